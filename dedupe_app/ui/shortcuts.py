"""The keys that work everywhere in the window, and the list of them that F1 shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QLabel, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def add_shortcut(window: QWidget, keys: str, slot: Callable[[], None]) -> None:
    """Let keys do something anywhere in a window."""
    shortcut = QShortcut(QKeySequence(keys), window)
    shortcut.activated.connect(slot)


def shortcut_texts() -> list[tuple[str, str]]:
    """Return all keys with what they do, those of the list of groups and the comparison included."""
    translate = QCoreApplication.translate
    return [
        ("Ctrl+O", translate("Shortcuts", "Add a folder")),
        ("F5", translate("Shortcuts", "Scan again")),
        ("Ctrl+F", translate("Shortcuts", "Filter")),
        ("Ctrl+E", translate("Shortcuts", "Export")),
        ("Ctrl+Z", translate("Shortcuts", "Undo the last mark or choice")),
        ("Ctrl+,", translate("Shortcuts", "Settings")),
        (translate("Shortcuts", "Space"), translate("Shortcuts", "Mark: keep, remove, undecided")),
        ("Del", translate("Shortcuts", "Mark to remove; on a folder: remove from the list")),
        ("K", translate("Shortcuts", "Keep this file of its group")),
        ("\u2190 \u2192", translate("Shortcuts", "Close or open a group")),
        ("Enter", translate("Shortcuts", "Open the file")),
        ("Ctrl+Enter", translate("Shortcuts", "Reveal it in the file manager")),
        ("F7, Shift+F7", translate("Shortcuts", "Next, previous difference")),
        ("Esc", translate("Shortcuts", "Close messages, clear the filter, show all groups")),
        ("F1", translate("Shortcuts", "This list")),
    ]


class ShortcutsDialog(QDialog):
    """Lists the keys."""

    def __init__(self, views: Sequence[str] = (), parent: QWidget | None = None) -> None:
        """Make the list. views: the names of the views that can be chosen among."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keys"))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(16)
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(7)
        for row, (keys, text) in enumerate([*shortcut_texts(), *_view_texts(views)]):
            label = QLabel(keys, self)
            label.setProperty("look", "bold")
            grid.addWidget(label, row, 0)
            grid.addWidget(QLabel(text, self), row, 1)
        column.addLayout(grid)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)


def _view_texts(views: Sequence[str]) -> list[tuple[str, str]]:
    return [(f"Ctrl+{number}", name) for number, name in enumerate(views, 1) if len(views) > 1]
