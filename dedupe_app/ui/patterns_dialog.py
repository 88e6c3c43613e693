"""A small dialog: which files and folders of a folder are left out, one pattern a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from dedupe_app.ui.formats import shown_path

if TYPE_CHECKING:
    from dedupe_app.records import Folder


class PatternsDialog(QDialog):
    """Asks for the patterns of one folder."""

    def __init__(self, folder: Folder, parent: QWidget | None = None) -> None:
        """Make the dialog with the patterns that hold now."""
        super().__init__(parent)
        self.folder = folder
        self.setWindowTitle(self.tr("Leave out of {}").format(shown_path(folder.path.name)))
        self.resize(420, 300)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 18)
        column.setSpacing(10)
        label = QLabel(patterns_hint(), self)
        label.setWordWrap(True)
        label.setProperty("look", "mute")
        column.addWidget(label)
        self._field = PatternsField(folder.exclude, self)
        label.setBuddy(self._field)
        column.addWidget(self._field)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)

    def patterns(self) -> tuple[str, ...]:
        """Return the patterns."""
        return self._field.patterns()


class PatternsField(QPlainTextEdit):
    """A field with one pattern a line."""

    def __init__(self, patterns: tuple[str, ...], parent: QWidget | None = None) -> None:
        """Make the field with patterns in it."""
        super().__init__("\n".join(patterns), parent)
        self.setProperty("look", "field")
        self.setTabChangesFocus(True)
        self.setAccessibleName(self.tr("Patterns, one a line"))
        self.setPlaceholderText("*.log\n~$*\nbuild/")

    def patterns(self) -> tuple[str, ...]:
        """Return the patterns, without empty lines."""
        lines = (line.strip() for line in self.toPlainText().splitlines())
        return tuple(dict.fromkeys(line for line in lines if line))


def patterns_hint() -> str:
    """Return what a pattern may look like, in a sentence."""
    return QCoreApplication.translate(
        "Patterns",
        "One pattern a line. A star stands for any letters: *.log leaves out all such files, "
        "build/ a folder with all that is in it.",
    )
