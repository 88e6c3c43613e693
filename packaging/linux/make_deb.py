"""Makes the .deb and the portable archive from the frozen program; needs dpkg-deb, readelf and zstd.

Run by packaging/build.py, or alone with three folders: the frozen program, its icons, and where to write.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[2]
SHARE = Path(__file__).parent / "share"
ICON_SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
# Where each library comes from that is the system's; those of newer systems have another name for the same.
PACKAGES = {
    "ld-linux-x86-64.so": "libc6 (>= 2.36)",
    "ld-linux-aarch64.so": "libc6 (>= 2.36)",
    "libc.so": "libc6 (>= 2.36)",
    "libm.so": "libc6 (>= 2.36)",
    "libdl.so": "libc6 (>= 2.36)",
    "libpthread.so": "libc6 (>= 2.36)",
    "librt.so": "libc6 (>= 2.36)",
    "libutil.so": "libc6 (>= 2.36)",
    "libresolv.so": "libc6 (>= 2.36)",
    "libstdc++.so": "libstdc++6 (>= 12)",
    "libgcc_s.so": "libgcc-s1",
    "libGL.so": "libgl1",
    "libEGL.so": "libegl1",
    "libGLX.so": "libglx0",
    "libOpenGL.so": "libopengl0",
    "libX11.so": "libx11-6",
    "libX11-xcb.so": "libx11-xcb1",
    "libxcb.so": "libxcb1",
    "libXau.so": "libxau6",
    "libXdmcp.so": "libxdmcp6",
    "libXext.so": "libxext6",
    "libXrender.so": "libxrender1",
    "libdbus-1.so": "libdbus-1-3",
    "libfontconfig.so": "libfontconfig1",
    "libfreetype.so": "libfreetype6",
    "libglib-2.0.so": "libglib2.0-0 | libglib2.0-0t64",
    "libgobject-2.0.so": "libglib2.0-0 | libglib2.0-0t64",
    "libgio-2.0.so": "libglib2.0-0 | libglib2.0-0t64",
    "libgthread-2.0.so": "libglib2.0-0 | libglib2.0-0t64",
    "libgmodule-2.0.so": "libglib2.0-0 | libglib2.0-0t64",
    "libdrm.so": "libdrm2",
    "libxcb-dri3.so": "libxcb-dri3-0",
    "libwayland-client.so": "libwayland-client0",
    "libwayland-cursor.so": "libwayland-cursor0",
    "libwayland-egl.so": "libwayland-egl1",
    "libudev.so": "libudev1",
    "libsystemd.so": "libsystemd0",
    "libz.so": "zlib1g",
    "libgomp.so": "libgomp1",
}
CONTROL = """\
Package: dedupe-app
Version: {version}
Architecture: {architecture}
Maintainer: The Dedupe App developers <maintainers@users.noreply.github.com>
Installed-Size: {kilobytes}
Depends: {depends}
Recommends: fonts-noto-cjk, xdg-utils
Suggests: tesseract-ocr, fonts-noto-core, python3-nautilus
Section: utils
Priority: optional
Description: find the documents that exist more than once
 Dedupe App reads the documents in the folders you name, finds which of them are
 the same or nearly the same, says why, and helps to clean up: copies, other
 formats, revisions, excerpts, and look-alikes that are no copies at all.
 .
 It works without a network. What it read is kept in your own user data folder,
 which stays when this package is removed.
"""
# What is where in the package, and with which rights.
FILES = {
    "dedupe-app.desktop": "usr/share/applications/dedupe-app.desktop",
    "dedupe-app-servicemenu.desktop": "usr/share/kio/servicemenus/dedupe-app.desktop",
    "dedupe-app.nemo_action": "usr/share/nemo/actions/dedupe-app.nemo_action",
    "dedupe-app-action.desktop": "usr/share/file-manager/actions/dedupe-app.desktop",
    "nautilus_dedupe_app.py": "usr/share/nautilus-python/extensions/dedupe_app.py",
    "nautilus-script.sh": "usr/share/dedupe-app/Scan for duplicates",
    "copyright": "usr/share/doc/dedupe-app/copyright",
}
EXECUTABLE = ("nautilus-script.sh", "dedupe-app-servicemenu.desktop")
METAINFO = "io.github.dedupe_app.dedupe_app.metainfo.xml"
# Level 19 takes ten times as long and saves a twentieth.
LEVEL = "12"


def main() -> None:
    """Make both; say where they are."""
    frozen, icons, out = map(Path, sys.argv[1:4])
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix="deb-") as place:
        print(make_deb(frozen, icons, out, Path(place, "tree")))  # noqa: T201 - what a script is for
        print(make_portable(frozen, icons, out, Path(place)))  # noqa: T201


def make_deb(frozen: Path, icons: Path, out: Path, tree: Path) -> Path:
    """Lay out the tree of the package and pack it."""
    program = tree / "usr/lib/dedupe-app"
    shutil.copytree(frozen, program, symlinks=True, copy_function=_link)
    command = tree / "usr/bin/dedupe-app"
    command.parent.mkdir(parents=True)
    command.symlink_to("../lib/dedupe-app/dedupe-app")
    lay_out_share(icons, tree)
    control = tree / "DEBIAN/control"
    control.parent.mkdir()
    control.write_text(describe(tree), encoding="utf-8")
    for folder in (tree, *(each for each in tree.rglob("*") if each.is_dir())):
        folder.chmod(0o755)
    target = out / f"dedupe-app_{version()}_{architecture()}.deb"
    build = ["dpkg-deb", "--root-owner-group", "-Zzstd", f"-z{LEVEL}", "--build", str(tree)]
    subprocess.run([*build, str(target)], check=True, stdout=subprocess.DEVNULL)
    return target


def make_portable(frozen: Path, icons: Path, out: Path, place: Path) -> Path:
    """Pack the program with a script that puts it into the user's own menu."""
    name = f"dedupe-app-{version()}-linux-{os.uname().machine}"
    tree = place / name
    shutil.copytree(frozen, tree / "lib", symlinks=True, copy_function=_link)
    (tree / "dedupe-app").symlink_to("lib/dedupe-app")
    lay_out_share(icons, tree / "desktop")
    for script in ("add-to-menu.sh", "README.txt"):
        shutil.copy(Path(__file__).parent / "portable" / script, tree / script)
    target = out / f"{name}.tar.zst"
    pack = ["tar", "--create", "--owner=0", "--group=0", "--numeric-owner", "--sort=name"]
    compress = f"--use-compress-program=zstd -T0 -{LEVEL}"
    subprocess.run(
        [*pack, compress, "--directory", str(place), "--file", str(target), name], check=True
    )
    return target


def lay_out_share(icons: Path, tree: Path) -> None:
    """Put entries for the menu, icons and what file managers read into usr/share of a tree."""
    for name, place in FILES.items():
        target = tree / place
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(SHARE / name, target)
        target.chmod(0o755 if name in EXECUTABLE else 0o644)
    metainfo = tree / "usr/share/metainfo" / METAINFO
    metainfo.parent.mkdir(parents=True)
    text = (SHARE / METAINFO).read_text(encoding="utf-8")
    today = datetime.now(UTC).date().isoformat()
    metainfo.write_text(
        text.replace("@VERSION@", version()).replace("@DATE@", today), encoding="utf-8"
    )
    themes = tree / "usr/share/icons/hicolor"
    for size in ICON_SIZES:
        target = themes / f"{size}x{size}/apps/dedupe-app.png"
        target.parent.mkdir(parents=True)
        shutil.copyfile(icons / f"{size}.png", target)
    drawing = themes / "scalable/apps/dedupe-app.svg"
    drawing.parent.mkdir(parents=True)
    shutil.copyfile(ROOT / "resources/icons/dedupe-app.svg", drawing)


def describe(tree: Path) -> str:
    """Return the control file; a library that nobody brings stops the build."""
    size = sum(each.lstat().st_size for each in tree.rglob("*") if not each.is_dir())
    return CONTROL.format(
        version=version(),
        architecture=architecture(),
        kilobytes=size // 1024,
        depends=", ".join(sorted({*_packages(tree), "xkb-data"})),
    )


def missing_libraries(tree: Path) -> dict[str, str]:
    """Return the libraries that files of the tree need and that are not in it, each with a file that needs it."""
    needed: dict[str, str] = {}
    present = set()
    for path in tree.rglob("*"):
        if path.is_symlink() or not path.is_file() or not _is_elf(path):
            present.add(path.name)
            continue
        present.add(path.name)
        found = subprocess.run(
            ["readelf", "--dynamic", "--wide", str(path)],
            capture_output=True,
            text=True,
            check=True,
        )
        for line in found.stdout.splitlines():
            if "(NEEDED)" in line:
                needed.setdefault(line.partition("[")[2].rstrip("]"), str(path.relative_to(tree)))
    return {name: user for name, user in needed.items() if name not in present}


def version() -> str:
    """Return the version of the program."""
    found: dict[str, str] = {}
    exec((ROOT / "dedupe_app/__init__.py").read_text(encoding="utf-8"), found)
    return found["__version__"]


def architecture() -> str:
    """Return Debian's name of the processor."""
    asked = ["dpkg", "--print-architecture"]
    return subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()


def _packages(tree: Path) -> set[str]:
    missing = missing_libraries(tree)
    own = {name: name.partition(".so")[0] + ".so" for name in missing}
    unknown = [f"{name} (for {missing[name]})" for name, key in own.items() if key not in PACKAGES]
    if unknown:
        sys.exit(
            f"Nobody brings {', '.join(unknown)}: add it to PACKAGES, or install it where you build."
        )
    return {PACKAGES[key] for key in own.values()}


def _is_elf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def _link(source: str, target: str) -> str:
    """Put a file at a second place without copying it, where that can be done."""
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        shutil.copy2(source, target, follow_symlinks=False)
    return target


if __name__ == "__main__":
    main()
