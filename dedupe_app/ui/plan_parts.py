"""Parts of the dialogs about actions: coloured boxes with a sentence, and the table of why files are marked."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from dedupe_app.ui import theme
from dedupe_app.ui.badge import Badge
from dedupe_app.ui.formats import count_text, size_text
from dedupe_app.ui.plan_words import is_same
from dedupe_app.ui.sentences import join

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

    from dedupe_app.review.plan import Reason

_RADIUS = 8
_NUMBER_WIDTH = 82
_TITLE = 17 / 13  # of the size of the text


class NoteBox(QFrame):
    """Sentences on a coloured ground, their beginnings bold, and a link. `colour`: a field of theme.Colours."""

    link_wanted = Signal()

    def __init__(self, colour: str, parent: QWidget | None = None) -> None:
        """Make a box that says nothing and is not shown."""
        super().__init__(parent)
        self._colour = colour
        self._text = QLabel(self)
        self._text.setTextFormat(Qt.TextFormat.RichText)
        self._text.setWordWrap(True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._link = QPushButton(self)
        self._link.setProperty("look", "link")
        self._link.setCursor(Qt.CursorShape.PointingHandCursor)
        self._link.clicked.connect(self.link_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 9, 12, 9)
        row.setSpacing(10)
        row.addWidget(self._text, 1)
        row.addWidget(self._link, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def say(self, lines: Sequence[tuple[str, str]], link: str = "") -> None:
        """Show sentences, each as its bold beginning and the rest; nothing hides the box."""
        text = "<br>".join(join(f"<b>{escape(bold)}</b>", escape(rest)) for bold, rest in lines)
        self._text.setText(text)
        self._link.setText(link)
        self._link.setVisible(bool(link))
        said = " ".join(join(bold, rest) for bold, rest in lines)
        self.setAccessibleName(said)
        self._text.setAccessibleName(said)
        self._link.setAccessibleDescription(said)
        self.setVisible(bool(lines))

    def said(self) -> str:
        """Return what the box says, "" if it is not shown."""
        return "" if self.isHidden() else self.accessibleName()

    def link(self) -> QPushButton:
        """Return the link at the end of the sentence."""
        return self._link

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the ground in the colours that hold now."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(getattr(theme.colours(), self._colour))
        painter.drawRoundedRect(self.rect(), _RADIUS, _RADIUS)


class ReasonTable(QWidget):
    """Why files are marked, how many they are and how large, one relation a line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make a table with nothing but its head."""
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(0)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(0, 1)
        for column in (1, 2):
            self._grid.setColumnMinimumWidth(column, _NUMBER_WIDTH)
        self._row = 0
        self._texts: list[str] = []

    def show_reasons(self, reasons: Sequence[Reason]) -> None:
        """Show these, in this order."""
        while item := self._grid.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self._row, self._texts = 0, []
        self._add_line(
            *(self._label(text, look="mute") for text in self._heads()),
        )
        for reason in reasons:
            numbers = count_text(reason.files), size_text(reason.size_bytes)
            self._add_line(self._why(reason), *(self._label(text) for text in numbers))
            self._texts.append(f"{self._words(reason)}: {', '.join(numbers)}")
        self.setAccessibleName("; ".join(self._texts))

    def texts(self) -> list[str]:
        """Return the lines as they are read aloud."""
        return self._texts

    def _heads(self) -> tuple[str, str, str]:
        return self.tr("Why they are marked"), self.tr("Files"), self.tr("Size")

    def _add_line(self, *cells: QWidget) -> None:
        for column, cell in enumerate(cells):
            self._grid.addWidget(cell, self._row, column)
            cell.show()  # at once, so that the height of the whole is known
        line = QFrame(self)
        line.setProperty("look", "line")
        line.setFixedHeight(1)
        line.show()
        self._grid.addWidget(line, self._row + 1, 0, 1, 3)
        self._row += 2

    def _label(self, text: str, look: str = "") -> QLabel:
        label = QLabel(text, self)
        label.setProperty("look", look)
        label.setContentsMargins(10, 7, 10, 7)
        return label

    def _why(self, reason: Reason) -> QWidget:
        cell = QWidget(self)
        row = QHBoxLayout(cell)
        row.setContentsMargins(10, 6, 10, 6)
        row.setSpacing(6)
        badge = Badge(cell)
        badge.show_relation(reason.relation)
        row.addWidget(badge)
        if not is_same(reason.relation):
            row.addWidget(QLabel(self.tr("not the same text as what stays"), cell))
        row.addStretch(1)
        return cell

    def _words(self, reason: Reason) -> str:
        name = theme.relation_name(reason.relation)
        if is_same(reason.relation):
            return name
        return self.tr("{}, not the same text as what stays").format(name)


def title_label(parent: QWidget) -> QLabel:
    """Return a label for what a dialog asks."""
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    font = QFont(label.font())
    pixels = font.pixelSize() if font.pixelSize() > 0 else label.fontInfo().pixelSize()
    font.setPixelSize(round(pixels * _TITLE))
    font.setWeight(QFont.Weight.DemiBold)
    label.setFont(font)
    return label


def mute_label(parent: QWidget) -> QLabel:
    """Return a label for what is said beside."""
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("look", "mute")
    return label
