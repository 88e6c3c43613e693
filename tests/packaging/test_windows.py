"""The script of the installer for Windows compiles, without a warning, wherever makensis is."""

import shutil
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "packaging" / "windows"))

import make_setup  # noqa: E402


@pytest.mark.skipif(not shutil.which("makensis"), reason="needs makensis")
def test_script_makes_a_program_for_windows(tmp_path):
    frozen = tmp_path / "frozen"
    (frozen / "_internal").mkdir(parents=True)
    for name in ("Dedupe App.exe", "dedupe-app.exe", "_internal/base.dll"):
        (frozen / name).write_bytes(b"MZ")
    sys.path.insert(0, str(ROOT / "packaging"))
    import make_icons

    icon = tmp_path / "dedupe-app.ico"
    icon.write_bytes(make_icons.ico(make_icons.draw(make_icons.DRAWING, (16, 48))))
    setup = make_setup.make_setup(frozen, icon, tmp_path)
    assert setup.name == f"Dedupe-App-{make_setup.version()}-windows-x64-setup.exe"
    assert setup.read_bytes()[:2] == b"MZ"
