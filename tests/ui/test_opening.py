"""What opening a file starts, on each system: never the file itself."""

import os
import sys
from pathlib import Path

import pytest

from dedupe_app.own_modules import keep_to_own_modules
from dedupe_app.ui import opening

SYSTEMS = ["win32", "darwin", "linux"]


@pytest.fixture
def started(monkeypatch):
    """Collect what is started in place of starting it."""
    found = []

    def start(program, arguments):
        found.append([program, *arguments])
        return True, 1

    def open_url(url):
        found.append(["desktop", url.toLocalFile(), "PYTHONSAFEPATH" in os.environ])
        return True

    monkeypatch.setattr(opening.QProcess, "startDetached", start)
    monkeypatch.setattr(opening.QDesktopServices, "openUrl", open_url)
    monkeypatch.setenv("SYSTEMROOT", "W")
    return found


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_document_is_opened_by_the_desktop(tmp_path, monkeypatch, started, system):
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF")
    monkeypatch.setattr(sys, "platform", system)
    keep_to_own_modules()
    assert opening.open_file(path)
    assert started == [["desktop", str(path), False]]
    assert os.environ["PYTHONSAFEPATH"] == "1"


@pytest.mark.parametrize("name", ["a.bat", "b.PY", "c.js", "d.vbs", "e.sh", "f.command"])
def test_a_script_is_shown_and_not_run(tmp_path, monkeypatch, started, name):
    path = tmp_path / name
    path.write_text("x", encoding="utf-8")
    for system in SYSTEMS:
        monkeypatch.setattr(sys, "platform", system)
        assert opening.open_file(path)
    assert started == [
        [str(Path("W", "System32", "notepad.exe")), str(path)],
        ["open", "-t", str(path)],
        ["desktop", str(path), False],
    ]


def test_what_is_not_there_is_not_opened(tmp_path, started):
    assert not opening.open_file(tmp_path / "a.pdf")
    assert not opening.reveal(tmp_path / "a.pdf")
    assert started == []
