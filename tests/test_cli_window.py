"""`dedupe-app` without a command: the window where there is a display, the help where there is none."""

from __future__ import annotations

import sys

import pytest
from click.testing import CliRunner

from dedupe_app.cli import program

DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


@pytest.fixture(autouse=True)
def no_display(tmp_path, monkeypatch):
    """Without a display, and with logs in a place of the test's own."""
    for name in DISPLAYS:
        monkeypatch.delenv(name, raising=False)
    for name in ("XDG_STATE_HOME", "XDG_DATA_HOME", "HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path))


@pytest.fixture
def opened():
    return []


def run(opened, *arguments):
    def open_window(library, add):
        opened.append((library, add))
        return 0

    return CliRunner().invoke(program, [str(each) for each in arguments], obj=open_window)


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="there is always a display")
def test_without_a_display_the_help_says_so(opened):
    result = run(opened)
    assert (result.exit_code, opened) == (0, [])
    assert result.stdout.startswith("Usage: ")
    assert "no display" in result.stdout


def test_with_a_display_the_window_opens_on_a_library(opened, tmp_path, monkeypatch):
    monkeypatch.setenv("DISPLAY", ":7")
    result = run(opened, "--library", tmp_path / "l.sqlite", "--add", tmp_path)
    assert result.exit_code == 0, result.output
    assert opened == [(tmp_path / "l.sqlite", (tmp_path,))]


def test_folders_instead_of_a_command_are_added_to_the_window(opened, tmp_path, monkeypatch):
    monkeypatch.setenv("DISPLAY", ":7")
    folders = tmp_path / "a b", tmp_path / "-c"
    for folder in folders:
        folder.mkdir()
    result = run(opened, *folders)
    assert result.exit_code == 0, result.output
    assert [added for _, added in opened] == [folders]


def test_a_folder_named_like_a_command_does_not_hide_the_command(opened, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "doctor").mkdir()
    assert run(opened, "doctor", "--help").exit_code == 0
    assert opened == []


def test_a_folder_that_is_not_there_is_wrong_usage(opened, tmp_path, monkeypatch):
    monkeypatch.setenv("DISPLAY", ":7")
    assert run(opened, "--add", tmp_path / "none").exit_code == 2
    assert opened == []


def test_options_of_the_window_do_not_go_with_a_command(opened, tmp_path):
    result = run(opened, "--library", tmp_path / "l.sqlite", "doctor")
    assert result.exit_code == 2
    assert "after the command" in result.output
