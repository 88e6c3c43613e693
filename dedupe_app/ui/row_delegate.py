"""Paints the rows of the list of groups: headers with badge and summary, files with mark and evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from dedupe_app.records import FileRow, GroupRow
from dedupe_app.ui import group_words, theme
from dedupe_app.ui.formats import percent_text
from dedupe_app.ui.group_model import Column, GroupModel
from dedupe_app.ui.marks import paint_arrow, paint_mark

if TYPE_CHECKING:
    from dedupe_app.records import Relation
    from dedupe_app.ui.group_model import Index
    from dedupe_app.ui.theme import Colours

PAD = 10
BADGE_PAD = 8
BADGE_GAP = 6
_BADGE_SHRINK = 0.85
_BAR = 3
# Absolute: a name in Hebrew or Arabic stands where all other names stand.
MIDDLE_LEFT = (
    Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute
)
_MIDDLE, _END = Qt.TextElideMode.ElideMiddle, Qt.TextElideMode.ElideRight
_WAITING = "\u2026"
# How much of the background of the window is in that of a header.
_HEADER_SHADE = 0.7
_SUMMARY = (Column.FOLDER, Column.SIZE, Column.MODIFIED)


class Lettering:
    """The fonts of the rows with their metrics, made from the font of the view."""

    def __init__(self, font: QFont) -> None:
        """Derive the bold font and the small one of the badges."""
        self.plain, self.bold, self.badge = QFont(font), QFont(font), QFont(font)
        self.bold.setWeight(QFont.Weight.DemiBold)
        self.badge.setWeight(QFont.Weight.DemiBold)
        if font.pixelSize() > 0:
            self.badge.setPixelSize(round(font.pixelSize() * _BADGE_SHRINK))
        else:
            self.badge.setPointSizeF(font.pointSizeF() * _BADGE_SHRINK)
        self.plain_metrics = QFontMetrics(self.plain)
        self.bold_metrics = QFontMetrics(self.bold)
        self.badge_metrics = QFontMetrics(self.badge)


def badge_text_width(lettering: Lettering, text: str) -> int:
    """Return how wide a badge with this text is."""
    return lettering.badge_metrics.horizontalAdvance(text) + 2 * BADGE_PAD


def badge_width(lettering: Lettering, relation: Relation) -> int:
    """Return how wide the badge of a relation is."""
    return badge_text_width(lettering, theme.relation_name(relation))


def paint_badge(
    painter: QPainter, left: int, row: QRect, lettering: Lettering, relation: Relation
) -> None:
    """Paint the badge of a relation from `left` on, in the middle of a row."""
    ground, ink = theme.badge_colours(relation)
    _paint_pill(painter, left, row, lettering, theme.relation_name(relation), ground, ink)


def blend(first: QColor, second: QColor, share: float) -> QColor:
    """Mix two colours; `share` 0-1 of the first."""
    rest = 1.0 - share
    return QColor.fromRgbF(
        first.redF() * share + second.redF() * rest,
        first.greenF() * share + second.greenF() * rest,
        first.blueF() * share + second.blueF() * rest,
    )


class RowDelegate(QStyledItemDelegate):
    """Paints the cells of a table that shows a GroupModel."""

    def __init__(self, table: QTableView, model: GroupModel) -> None:
        """Paint for one table."""
        super().__init__(table)
        self._table = table
        self._model = model
        self.refresh_fonts()

    def refresh_fonts(self) -> None:
        """Take the font of the table again."""
        self._lettering = Lettering(self._table.font())

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt
        """Return a size that fits any cell: the widths are set by the view."""
        return QSize(40, self._lettering.plain_metrics.height() + 16)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        row, column = index.row(), index.column()
        entry = self._model.entry(row)
        colours = theme.colours()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        ground = colours.panel
        if chosen:
            ground = colours.accbg
        elif isinstance(entry, GroupRow):
            ground = blend(colours.bg, colours.panel, _HEADER_SHADE)
        rect = option.rect
        painter.fillRect(rect, ground)
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, colours.line)
        if column == Column.MARK and self._is_current(row):
            painter.fillRect(rect.x(), rect.y(), _BAR, rect.height() - 1, colours.acc)
        if isinstance(entry, GroupRow):
            self._paint_group(painter, rect, row, column, entry, colours)
        elif isinstance(entry, FileRow):
            self._paint_file(painter, rect, column, entry, colours)
        elif column == Column.NAME:
            painter.setPen(colours.mute)
            painter.drawText(_inner(rect), MIDDLE_LEFT, _WAITING)

    def _is_current(self, row: int) -> bool:
        return self._table.hasFocus() and row == self._table.currentIndex().row()

    # ---- a group -------------------------------------------------------------------------------

    def _paint_group(
        self,
        painter: QPainter,
        rect: QRect,
        row: int,
        column: int,
        group: GroupRow,
        colours: Colours,
    ) -> None:
        if column == Column.MARK:
            place = self._model.rows.place(row)
            paint_arrow(
                painter, rect, colours.ink, is_open=self._model.rows.is_open(place.position)
            )
        elif column == Column.NAME:
            self._paint_title(painter, _inner(rect), group, colours)
        elif column == Column.SIMILAR:
            painter.setPen(colours.ink)
            painter.setFont(self._lettering.bold)
            painter.drawText(_inner(rect), MIDDLE_LEFT, percent_text(group.similarity))
        else:
            self._paint_summary(painter, rect, group_words.summary_text(group), colours)

    def _paint_title(
        self, painter: QPainter, inner: QRect, group: GroupRow, colours: Colours
    ) -> None:
        lettering = self._lettering
        room = inner.width() - badge_width(lettering, group.relation) - BADGE_GAP
        title = lettering.bold_metrics.elidedText(group_words.title_text(group), _MIDDLE, room)
        painter.setPen(colours.ink)
        painter.setFont(lettering.bold)
        painter.drawText(inner, MIDDLE_LEFT, title)
        left = inner.left() + lettering.bold_metrics.horizontalAdvance(title) + BADGE_GAP
        paint_badge(painter, left, inner, lettering, group.relation)

    def _paint_summary(self, painter: QPainter, rect: QRect, text: str, colours: Colours) -> None:
        """Paint the part that a cell shows of a text that runs over several columns."""
        table = self._table
        whole = QRect(rect)
        whole.setLeft(table.columnViewportPosition(_SUMMARY[0]))
        whole.setWidth(sum(table.columnWidth(each) for each in _SUMMARY))
        inner = _inner(whole)
        painter.setClipRect(rect)
        painter.setPen(colours.mute)
        painter.setFont(self._lettering.plain)
        shown = self._lettering.plain_metrics.elidedText(text, _END, inner.width())
        painter.drawText(inner, MIDDLE_LEFT, shown)
        painter.setClipping(False)

    # ---- a file --------------------------------------------------------------------------------

    def _paint_file(
        self, painter: QPainter, rect: QRect, column: int, file: FileRow, colours: Colours
    ) -> None:
        if column == Column.MARK:
            paint_mark(painter, rect, file, colours)
            return
        inner, lettering = _inner(rect), self._lettering
        painter.setFont(lettering.plain)
        if column == Column.NAME and file.offline:
            offline = QCoreApplication.translate("Groups", "offline")
            inner.setWidth(inner.width() - badge_text_width(lettering, offline) - BADGE_GAP)
        text = self._model.file_text(file, Column(column))
        shown = lettering.plain_metrics.elidedText(text, _MIDDLE, inner.width())
        muted = file.offline or column == Column.FOLDER
        painter.setPen(colours.mute if muted else colours.ink)
        painter.drawText(inner, MIDDLE_LEFT, shown)
        if column == Column.NAME and file.offline:
            left = inner.left() + lettering.plain_metrics.horizontalAdvance(shown) + BADGE_GAP
            _paint_pill(painter, left, inner, lettering, offline, colours.chip, colours.ink)


def _inner(rect: QRect) -> QRect:
    return rect.adjusted(PAD, 0, -PAD, -1)


def _paint_pill(
    painter: QPainter,
    left: int,
    row: QRect,
    lettering: Lettering,
    text: str,
    ground: QColor,
    ink: QColor,
) -> None:
    height = lettering.badge_metrics.height() + 3
    top = row.top() + (row.height() - height) / 2
    rect = QRectF(left, top, badge_text_width(lettering, text), height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(rect, height / 2, height / 2)
    painter.setPen(ink)
    painter.setFont(lettering.badge)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()
