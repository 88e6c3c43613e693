"""Real texts for the development corpora: documentation of releases, man pages, Debian records."""

from __future__ import annotations

import gzip
import importlib.util
import os
import re
import subprocess
import sys
import tarfile
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

DL = Path("build/downloads")
RELEASES = """django==2.2.28 django==3.2.25 django==4.2.16 django==5.1.4 pytest==6.2.5 pytest==7.4.4
pytest==8.3.4 sphinx==4.5.0 sphinx==6.2.1 sphinx==8.1.3 click==7.1.2 click==8.0.4 click==8.1.8
werkzeug==1.0.1 werkzeug==2.2.3 werkzeug==3.1.3 flask==1.1.4 flask==2.2.5 flask==3.1.0
jinja2==2.11.3 jinja2==3.1.5 attrs==20.3.0 attrs==22.2.0 attrs==24.3.0"""
DEBS = (
    "manpages-dev ncurses-doc tcl8.6-doc tk8.6-doc libssl-doc git-man libcurl4-doc zsh-common "
    "manpages"
)
Pages = dict[tuple[str, str], list[tuple[str, str]]]


def fetch() -> None:
    """Download the sdists and packages once (pip and apt, the ordinary way)."""
    (DL / "sdist").mkdir(parents=True, exist_ok=True)
    (DL / "deb").mkdir(exist_ok=True)
    for spec in RELEASES.split():
        cmd = [
            "pip",
            "download",
            "-q",
            "--no-deps",
            "--no-binary",
            ":all:",
            spec,
            "-d",
            str(DL / "sdist"),
        ]
        subprocess.run(cmd, check=False)
    subprocess.run(["apt-get", "download", *DEBS.split()], cwd=DL / "deb", check=True)
    for deb in (DL / "deb").glob("*.deb"):
        target = DL / "deb" / "x" / deb.name.split("_")[0]
        target.mkdir(parents=True, exist_ok=True)
        subprocess.run(["dpkg", "-x", deb, target], check=True)


def version_key(version: str) -> tuple[int, ...]:
    return tuple(int(n) for n in re.findall(r"\d+", version))


def topics() -> Pages:
    """The language reference as pydoc ships it, in the Python versions that lie beside this one."""
    out: Pages = defaultdict(list)
    found = Path(sys.base_prefix).parent.glob("3*/lib/python3*/pydoc_data/topics.py")
    for file in sorted(found, key=lambda p: version_key(p.parents[3].name)):
        spec = importlib.util.spec_from_file_location("topics", file)
        if spec and spec.loader:
            module = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(module)
            for name, text in module.topics.items():
                out["pydoc", name].append((file.parents[3].name, text))
    return out


def sdist_pages() -> Pages:
    """Documentation pages of packages, oldest release first; change logs left out."""
    out: Pages = defaultdict(list)
    files = (DL / "sdist").glob("*.tar.gz")
    for file in sorted(files, key=lambda p: (p.name.split("-")[0].lower(), version_key(p.name))):
        package, version = file.name[:-7].rsplit("-", 1)
        with tarfile.open(file) as tar:
            for member in tar:
                path = member.name.split("/", 1)[-1]
                good = re.match(r"(docs?|doc/en)/.*\.(rst|md|txt)$", path) and member.isfile()
                if good and not re.search(
                    r"chang|release|announce|/_|requirements|histor|licen", path.lower()
                ):
                    data = tar.extractfile(member)
                    text = data.read().decode("utf-8", "replace") if data else ""
                    out[package.lower(), path].append((version, text))
    return out


def pages() -> Pages:
    """80-3000 words each."""
    out: Pages = {}
    for key, found in {**topics(), **sdist_pages()}.items():
        fit = [(v, t) for v, t in found if 80 <= len(t.split()) <= 3000]
        if fit:
            out[key] = fit
    return out


def man(file: Path, width: int) -> str:
    env = {**os.environ, "MANWIDTH": str(width), "LC_ALL": "C.UTF-8", "MAN_KEEP_FORMATTING": ""}
    shown = subprocess.run(["man", "-l", str(file)], env=env, capture_output=True, check=False)
    plain = subprocess.run(
        ["col", "-bx"], input=shown.stdout, env=env, capture_output=True, check=False
    )
    return plain.stdout.decode("utf-8", "replace")


def unzipped(file: Path) -> str:
    return gzip.decompress(file.read_bytes()).decode("utf-8", "replace")


def man_files(package: str, pattern: str) -> list[Path]:
    found = (DL / "deb" / "x" / package / "usr/share/man").glob("man*/*.gz")
    good = [p for p in found if re.search(pattern, p.name) and p.is_file() and not p.is_symlink()]
    with_text = [p for p in good if not unzipped(p).lstrip().startswith(".so ")]
    return sorted(with_text)


def chunks(found: list[Path], n: int, rng: random.Random, size: int = 6) -> list[Path]:
    """About n files in runs of neighbouring names: siblings lie beside each other."""
    starts = list(range(0, len(found), size))
    rng.shuffle(starts)
    return [p for s in starts for p in found[s : s + size]][:n]


def copyrights() -> list[tuple[str, str]]:
    """One licence file of each source package on this machine."""
    seen: dict[str, tuple[str, str]] = {}
    for file in sorted(Path("/usr/share/doc").glob("*/copyright")):
        stem = re.sub(r"^lib|[-\d.+].*$", "", file.parent.name) or file.parent.name
        text = file.read_text("utf-8", "replace")
        if 60 <= len(text.split()) <= 2500:
            seen.setdefault(stem, (file.parent.name, text))
    return list(seen.values())


def changelog_entries() -> list[tuple[str, str]]:
    """The largest of the newest three entries of Debian changelogs, one per package stem."""
    seen: dict[str, tuple[str, str]] = {}
    for file in sorted(Path("/usr/share/doc").glob("*/changelog.Debian.gz")):
        text = unzipped(file)
        entries = re.findall(r"(?ms)^\S+ \([^)]*\).*?^ -- [^\n]*\n", text)[:3]
        stem = re.sub(r"^lib|[-\d.+].*$", "", file.parent.name) or file.parent.name
        if entries and 40 <= len(max(entries, key=len).split()) <= 600:
            seen.setdefault(stem, (file.parent.name, max(entries, key=len)))
    return list(seen.values())


def units() -> list[tuple[str, str]]:
    found = sorted(Path("/usr/lib/systemd/system").glob("*.*"))
    texts = [
        (p.name, p.read_text("utf-8", "replace"))
        for p in found
        if p.is_file() and not p.is_symlink()
    ]
    return [(n, t) for n, t in texts if 45 <= len(t.split()) <= 600]
