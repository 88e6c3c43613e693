"""Builds what people install: freezes the program, lets it check itself, and packs it for the system this runs on.

    python packaging/build.py [--keep-frozen]      what comes out is in dist/, with SHA256SUMS

Needs the packages of `pip install -c constraints.txt -e .[package]` with torch for the processor; uv is among them, and
goes along. Writes only to build/ and dist/.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parent.parent
BUILD, DIST = ROOT / "build", ROOT / "dist"
STAGED, FROZEN = BUILD / "staged", BUILD / "frozen" / "dedupe-app"
ICONS, SUPPLIES = STAGED / "icons", STAGED / "self_check"
_DOCUMENTS = "lease.*"  # one of each format, and none that cannot be read
_CHECK_SECONDS = 300


def main() -> None:
    """Do all steps; each one says how long it took."""
    _check_torch()
    if "--keep-frozen" not in sys.argv[1:]:
        _timed("stage", stage)
        _timed("freeze", freeze)
    _timed("self-check", check)
    shutil.rmtree(DIST, ignore_errors=True)
    DIST.mkdir()
    _timed("pack", pack)
    for path in write_sums():
        print(f"{path.stat().st_size / 1e6:8.1f} MB  {path.relative_to(ROOT)}")  # noqa: T201


def stage() -> None:
    """Make what the frozen program takes along: icons, and what it checks itself with."""
    shutil.rmtree(STAGED, ignore_errors=True)
    for folder in (ICONS, SUPPLIES):
        folder.mkdir(parents=True)
    _python("packaging/make_icons.py", str(ICONS))
    for ending in ("ico", "icns"):
        (ICONS / f"dedupe-app.{ending}").rename(STAGED / f"dedupe-app.{ending}")
    documents = SUPPLIES / "documents"
    documents.mkdir()
    for path in (ROOT / "tests/data/documents").glob(_DOCUMENTS):
        shutil.copy(path, documents)
    make_model = "import sys; sys.path.insert(0, 'tests/embed'); import tiny_qwen3; tiny_qwen3.build(sys.argv[1])"
    _python("-c", make_model, str(SUPPLIES / "tiny-qwen3"))


def freeze() -> None:
    """Put the program and its Python into one folder."""
    folders = ["--distpath", str(FROZEN.parent), "--workpath", str(BUILD / "pyinstaller")]
    spec = str(ROOT / "packaging" / "dedupe_app.spec")
    _python("-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN", *folders, spec)


def check() -> None:
    """Let the frozen program check itself, from a folder that has nothing to do with it."""
    subprocess.run([str(program()), "--self-check"], check=True, cwd=STAGED, timeout=_CHECK_SECONDS)


def pack() -> None:
    """Make the installer of this system."""
    if sys.platform == "win32":
        _python("packaging/windows/make_setup.py", str(FROZEN), str(STAGED), str(DIST))
    elif sys.platform == "darwin":
        app = FROZEN.with_name("Dedupe App.app")
        subprocess.run([str(ROOT / "packaging/macos/make_dmg.sh"), str(app), str(DIST)], check=True)
    else:
        _python("packaging/linux/make_deb.py", str(FROZEN), str(ICONS), str(DIST))


def program() -> Path:
    """Return the frozen program."""
    if sys.platform == "darwin":
        return FROZEN.with_name("Dedupe App.app") / "Contents/MacOS/dedupe-app"
    return FROZEN / ("dedupe-app.exe" if sys.platform == "win32" else "dedupe-app")


def write_sums() -> list[Path]:
    """Write the SHA-256 of everything in dist; return what is there."""
    made = sorted(path for path in DIST.iterdir() if path.is_file())
    lines = []
    for path in made:
        with path.open("rb") as file:
            lines.append(f"{hashlib.file_digest(file, 'sha256').hexdigest()}  {path.name}\n")
    (DIST / "SHA256SUMS").write_text("".join(lines), encoding="utf-8", newline="\n")
    return made


def _check_torch() -> None:
    """Refuse the build with CUDA: it is three times as large as all the rest."""
    asked = "import torch; print(torch.version.cuda or '')"
    found = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True
    )
    if found.stdout.strip():
        sys.exit(
            "This torch is the build with CUDA. Take that for the processor first:\n"
            "    pip install --force-reinstall --no-deps torch==2.13.0 --index-url https://download.pytorch.org/whl/cpu"
        )


def _python(*arguments: str) -> None:
    subprocess.run([sys.executable, *arguments], check=True, cwd=ROOT)


def _timed(name: str, step: Callable[[], None]) -> None:
    start = time.monotonic()
    step()
    print(f"{name}: {time.monotonic() - start:.0f} s", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
