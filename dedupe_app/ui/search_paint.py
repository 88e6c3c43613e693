"""Paints one hit of a search: name and folder, why it was found, and a piece of the text with the words marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from dedupe_app.ui import search_words, theme
from dedupe_app.ui.row_delegate import MIDDLE_LEFT, Lettering, badge_text_width

if TYPE_CHECKING:
    from dedupe_app.records import Snippet
    from dedupe_app.ui.search_model import HitModel, Index
    from dedupe_app.ui.theme import Colours

_PAD, _GAP, _BETWEEN = 10, 12, 4
_RADIUS = 7
_LINES = 2
_MIDDLE, _END = Qt.TextElideMode.ElideMiddle, Qt.TextElideMode.ElideRight
_LEAST_NAME = 80
_BAR = 3


class HitDelegate(QStyledItemDelegate):
    """Paints the rows of a list that shows a HitModel."""

    def __init__(self, view: QListView, model: HitModel) -> None:
        """Paint for one list."""
        super().__init__(view)
        self._view = view
        self._model = model
        self.refresh_fonts()

    def refresh_fonts(self) -> None:
        """Take the font of the list again."""
        self._lettering = Lettering(self._view.font())

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802 - Qt
        """Return the same height for every hit: a title and two lines of text."""
        return QSize(200, self._title_height() + _BETWEEN + self._text_height() + 2 * _PAD)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one hit."""
        colours, rect = theme.colours(), QRect(option.rect)
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, colours.panel)
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, colours.line)
        if is_chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.accbg)
            painter.drawRoundedRect(QRectF(rect).adjusted(0, 0, 0, -1), _RADIUS, _RADIUS)
            if self._view.hasFocus():
                painter.fillRect(
                    rect.x(), rect.y() + _RADIUS, _BAR, rect.height() - 2 * _RADIUS, colours.acc
                )
        inner = rect.adjusted(_PAD, _PAD, -_PAD, -_PAD)
        title = QRect(inner.x(), inner.y(), inner.width(), self._title_height())
        self._paint_title(painter, title, index.row(), colours)
        hit = self._model.hit(index.row())
        if hit.snippet is not None:
            text = inner.adjusted(0, title.height() + _BETWEEN, 0, 0)
            _paint_snippet(painter, text, hit.snippet, self._lettering, colours)
        painter.restore()

    def _paint_title(self, painter: QPainter, rect: QRect, row: int, colours: Colours) -> None:
        lettering, hit = self._lettering, self._model.hit(row)
        why = self._model.why_text(row)
        chip = badge_text_width(lettering, why)
        _paint_chip(painter, rect.right() - chip + 1, rect, lettering, why, colours)
        room = rect.width() - chip - _GAP
        folder = f" \u00b7 {self._model.place_text(row)}"
        if copies := search_words.copies_text(hit.copies):
            folder += f" \u00b7 {copies}"
        name = search_words.name_text(hit)
        name_width = lettering.bold_metrics.horizontalAdvance(name)
        for_name = max(_LEAST_NAME, room - lettering.plain_metrics.horizontalAdvance(folder))
        if name_width > room or name_width > for_name:
            name = lettering.bold_metrics.elidedText(name, _MIDDLE, max(for_name, room * 2 // 3))
        painter.setFont(lettering.bold)
        painter.setPen(colours.ink)
        painter.drawText(rect, MIDDLE_LEFT, name)
        used = lettering.bold_metrics.horizontalAdvance(name)
        rest = QRect(rect.x() + used, rect.y(), room - used, rect.height())
        painter.setFont(lettering.plain)
        painter.setPen(colours.mute)
        shown = lettering.plain_metrics.elidedText(folder, _END, rest.width())
        painter.drawText(rest, MIDDLE_LEFT, shown)

    def _title_height(self) -> int:
        return max(
            self._lettering.bold_metrics.height(), self._lettering.badge_metrics.height() + 5
        )

    def _text_height(self) -> int:
        return _LINES * self._lettering.plain_metrics.lineSpacing() + 2


def _paint_chip(
    painter: QPainter, left: int, row: QRect, lettering: Lettering, text: str, colours: Colours
) -> None:
    height = lettering.badge_metrics.height() + 4
    top = row.top() + (row.height() - height) / 2
    rect = QRectF(left, top, badge_text_width(lettering, text), height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.chip)
    painter.drawRoundedRect(rect, height / 2, height / 2)
    painter.setPen(colours.ink)
    painter.setFont(lettering.badge)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)


def _paint_snippet(
    painter: QPainter, rect: QRect, snippet: Snippet, lettering: Lettering, colours: Colours
) -> None:
    """Paint a piece of text on two lines; the marked words have a ground of their own and a line below them."""
    text, layout = snippet.text, QTextLayout()
    layout.setFont(lettering.plain)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    cut = _lay_out(layout, text, rect.width(), lettering)
    marked = QTextCharFormat()
    marked.setBackground(colours.mark)
    marked.setForeground(colours.ink)
    marked.setFontUnderline(True)
    layout.setFormats(
        [_range(first, last, marked) for first, last in _units(text, snippet.marks) if first < cut]
    )
    _lay_out(layout, layout.text(), rect.width(), lettering)
    painter.setPen(colours.ink)
    layout.draw(painter, QPointF(rect.topLeft()))


def _lay_out(layout: QTextLayout, text: str, width: int, lettering: Lettering) -> int:
    """Break a text into lines, cutting off what does not fit; return where it was cut, in Qt's letters."""
    layout.setText(text)
    layout.beginLayout()
    end, height = 0, 0
    for number in range(_LINES):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        line.setPosition(QPointF(0, height))
        height += lettering.plain_metrics.lineSpacing()
        start, end = line.textStart(), line.textStart() + line.textLength()
        whole = layout.text()
        if number == _LINES - 1 and end < len(whole):
            rest = lettering.plain_metrics.elidedText(whole[start:], _END, width - 4)
            layout.endLayout()
            return _lay_out(layout, whole[:start] + rest, width, lettering)
    layout.endLayout()
    return end


def _range(first: int, last: int, look: QTextCharFormat) -> QTextLayout.FormatRange:
    found = QTextLayout.FormatRange()
    found.start, found.length, found.format = first, last - first, look
    return found


def _units(text: str, marks: tuple[tuple[int, int], ...]) -> list[tuple[int, int]]:
    """Return marks as Qt counts: letters beyond U+FFFF are two."""
    if text.isascii():
        return list(marks)

    def at(place: int) -> int:
        return len(text[:place].encode("utf-16-le")) // 2

    return [(at(first), at(last)) for first, last in marks]
