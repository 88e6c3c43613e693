"""Makes the installer for Windows from the frozen program; needs makensis, and runs wherever that does.

Run by packaging/build.py, or alone with three folders: the frozen program, what was staged for it (with its icon), and
where to write.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SCRIPT = Path(__file__).with_name("dedupe_app.nsi")
# Where NSIS installs itself without putting itself on the PATH.
_USUAL = Path("C:/Program Files (x86)/NSIS/makensis.exe")


def main() -> None:
    """Make the installer; say where it is."""
    frozen, staged, out = map(Path, sys.argv[1:4])
    print(make_setup(frozen, staged / "dedupe-app.ico", out))  # noqa: T201 - what a script is for


def make_setup(frozen: Path, icon: Path, out: Path) -> Path:
    """Compile the script; its warnings are errors."""
    found = shutil.which("makensis") or str(_USUAL)
    target = out / f"Dedupe-App-{version()}-windows-x64-setup.exe"
    named = {"VERSION": version(), "PAYLOAD": frozen, "ICON": icon, "OUTFILE": target}
    defined = [
        f"-D{name}={value.resolve() if isinstance(value, Path) else value}"
        for name, value in named.items()
    ]
    options = ["-V2", "-WX", "-INPUTCHARSET", "UTF8"]
    subprocess.run([found, *options, *defined, str(SCRIPT)], check=True)
    return target


def version() -> str:
    """Return the version of the program."""
    found: dict[str, str] = {}
    exec((ROOT / "dedupe_app/__init__.py").read_text(encoding="utf-8"), found)
    return found["__version__"]


if __name__ == "__main__":
    main()
