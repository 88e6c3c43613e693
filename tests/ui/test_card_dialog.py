"""What the window says of the graphics card and does about it, with the real uv and tiny wheels."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QMessageBox, QPushButton, QWidget

from dedupe_app.engine import card
from dedupe_app.engine.messages import Ready
from dedupe_app.runtime import places
from dedupe_app.runtime.places import State
from dedupe_app.runtime.wanted import STAND_IN
from dedupe_app.ui.card_actions import CardActions
from dedupe_app.ui.card_dialog import CardDialog
from dedupe_app.ui.card_line import CardLine
from dedupe_app.ui.notices import Banner

sys.path.append(str(Path(__file__).parents[1] / "runtime"))

from wheelhouse import make_wheel, serving

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="stands a shell script in for the driver"
)
PATIENCE_MS = 60_000


class FakeBridge(QObject):
    event = Signal(object)

    def __init__(self, parent):
        super().__init__(parent)
        self.looked = 0

    def look_again(self):
        self.looked += 1


class Shown:
    """A window with what belongs to the card in it."""

    def __init__(self, qtbot, root):
        self._qtbot = qtbot
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.bridge = FakeBridge(self.window)
        self.banner = Banner(self.window)
        self.line = CardLine(self.window)
        self.actions = CardActions(self.bridge, self.banner, self.line, self.window, root)
        self.window.show()
        with qtbot.waitSignal(self.actions.work.looked, timeout=PATIENCE_MS):
            self.bridge.event.emit(Ready("lexical", "CPU"))

    def open(self):
        self._qtbot.mouseClick(self.line.findChild(QPushButton), Qt.MouseButton.LeftButton)
        return self.window.findChild(CardDialog)

    def wait(self, condition):
        self._qtbot.waitUntil(condition, timeout=PATIENCE_MS)


@pytest.fixture
def root(tmp_path, monkeypatch):
    """A driver that lists a card, tiny packages, and a trial that they pass."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "nvidia-smi").write_text("#!/bin/sh\necho 'NVIDIA RTX 3060, 580.95.05, 12288, 8.6'\n")
    (folder / "nvidia-smi").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("UV_PYTHON_DOWNLOADS", "never")
    (tmp_path / "packages.txt").write_text("torch==1.0\n")
    monkeypatch.setenv(STAND_IN, str(tmp_path / "packages.txt"))
    monkeypatch.setattr(
        card, "_TRIAL", "import json, torch; print(json.dumps({'account': ['fine']}))"
    )
    make_wheel(tmp_path / "wheels", "torch", "1.0")
    return tmp_path / "card"


@pytest.fixture
def shown(qtbot, root):
    window = Shown(qtbot, root)
    yield window
    window.actions.close()


def button(dialog, text):
    return next(each for each in dialog.findChildren(QPushButton) if each.text() == text)


def texts(dialog):
    return " ".join(
        label.text()
        for label in dialog.findChildren(QWidget)
        if hasattr(label, "text") and label.isVisible()
    )


def fill_in(dialog, **values):
    for field in dialog.findChildren(QLineEdit):
        name = field.accessibleName()
        field.setText(next((str(text) for key, text in values.items() if key in name), ""))


def test_a_card_that_is_not_used_is_offered_with_its_price(shown):
    said, link = shown.line.said()
    assert "NVIDIA RTX 3060" in said
    dialog = shown.open()
    assert link == "Use the graphics card…"
    assert "2.90" in texts(dialog)
    assert "5.30" in texts(dialog)
    assert "pypi.org" in texts(dialog)
    assert button(dialog, "Set up").isVisible()
    assert not button(dialog, "Remove").isVisible()


def test_without_a_card_nothing_is_said(qtbot, root, tmp_path, monkeypatch):
    monkeypatch.setattr(card, "find_card", lambda: None)
    window = Shown(qtbot, root)
    assert window.line.said() == ("", "")
    assert window.banner.text() == ""


def test_it_is_set_up_from_a_folder_and_the_engine_follows(shown, root, tmp_path):
    dialog = shown.open()
    fill_in(dialog, Folder=tmp_path / "wheels")
    button(dialog, "Set up").click()
    assert button(dialog, "Stop").isVisible()
    shown.wait(lambda: "Models run on" in shown.line.said()[0])
    assert shown.bridge.looked == 1
    assert places.find(root).state is State.READY
    assert "torch 1.0" in texts(dialog)
    assert not button(dialog, "Set up").isVisible()
    assert button(dialog, "Remove").isVisible()


def test_what_was_set_up_is_removed_when_that_is_confirmed(shown, root, tmp_path, monkeypatch):
    dialog = shown.open()
    fill_in(dialog, Folder=tmp_path / "wheels")
    button(dialog, "Set up").click()
    shown.wait(lambda: "Models run on" in shown.line.said()[0])
    answers = iter((QMessageBox.StandardButton.No, QMessageBox.StandardButton.Yes))
    monkeypatch.setattr(QMessageBox, "question", lambda *_: next(answers))
    button(dialog, "Remove").click()
    assert places.find(root).state is State.READY
    button(dialog, "Remove").click()
    shown.wait(lambda: shown.bridge.looked == 2)
    shown.wait(lambda: "do not use it yet" in shown.line.said()[0])
    assert not root.exists()


def test_what_goes_wrong_is_told_in_the_dialog_and_can_be_tried_again(shown, tmp_path):
    dialog = shown.open()
    fill_in(dialog, Folder=tmp_path)
    button(dialog, "Set up").click()
    shown.wait(lambda: "does not hold all packages" in texts(dialog))
    shown.wait(lambda: "Go on" in texts(dialog))
    assert "does not hold all packages" in texts(dialog)
    assert shown.banner.text() == ""
    fill_in(dialog, Folder=tmp_path / "wheels")
    button(dialog, "Go on").click()
    shown.wait(lambda: "Models run on" in shown.line.said()[0])
    assert "does not hold all packages" not in texts(dialog)


def test_what_goes_wrong_in_the_background_is_told_above_the_list(shown, tmp_path):
    dialog = shown.open()
    fill_in(dialog, Folder=tmp_path)
    button(dialog, "Set up").click()
    button(dialog, "Continue in the background").click()
    shown.wait(lambda: "does not hold all packages" in shown.banner.text())


def test_stopped_it_can_be_gone_on_with(shown, root, tmp_path):
    with serving(tmp_path / "wheels") as index:
        index.held = {"torch"}
        dialog = shown.open()
        fill_in(dialog, PyPI=index.url)
        button(dialog, "Set up").click()
        shown.wait(index.started.is_set)
        button(dialog, "Stop").click()
        shown.wait(lambda: "Go on" in texts(dialog))
        index.let_go.set()
    assert places.find(root).state is State.UNFINISHED
    assert "was not finished" in shown.line.said()[0]


def test_closing_the_window_ends_what_is_being_done(shown, root, tmp_path):
    with serving(tmp_path / "wheels") as index:
        index.held = {"torch"}
        dialog = shown.open()
        fill_in(dialog, PyPI=index.url)
        button(dialog, "Set up").click()
        shown.wait(index.started.is_set)
        shown.actions.close()
        assert not shown.actions.work.is_busy()
        index.let_go.set()


def test_another_version_of_the_program_offers_to_renew(qtbot, shown, root, tmp_path):
    dialog = shown.open()
    fill_in(dialog, Folder=tmp_path / "wheels")
    button(dialog, "Set up").click()
    shown.wait(lambda: "Models run on" in shown.line.said()[0])
    make_wheel(tmp_path / "wheels", "torch", "2.0")
    (tmp_path / "packages.txt").write_text("torch==2.0\n")
    later = Shown(qtbot, root)
    assert "set up anew" in later.banner.text()
    assert later.line.said()[1] == "Renew…"
    dialog = later.open()
    button(dialog, "Renew").click()
    later.wait(lambda: "Models run on" in later.line.said()[0])
    assert places.find(root).manifest.packages == {"torch": "2.0"}
    assert later.banner.text() == ""
    later.actions.close()


def test_every_field_and_bar_has_a_name(shown):
    dialog = shown.open()
    assert all(field.accessibleName() for field in dialog.findChildren(QLineEdit))
