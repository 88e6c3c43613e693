"""What the desktop hands to the running program, such as folders dropped on its icon in the Dock of macOS."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication


def test_what_is_handed_over_together_is_told_together(qtbot, qapp):
    with qtbot.waitSignal(qapp.opened) as told:
        for path in ("/d/One two", "/d/三", "/d/One two"):
            event = QFileOpenEvent(QUrl.fromLocalFile(path))
            assert QApplication.sendEvent(qapp, event)
    assert told.args == [[Path("/d/One two"), Path("/d/三")]]


def test_addresses_on_the_net_are_not_told(qtbot, qapp):
    with qtbot.assertNotEmitted(qapp.opened, wait=150):
        QApplication.sendEvent(qapp, QFileOpenEvent(QUrl("https://example.org/a")))
