"""The top of the compare pane: the name of the file, what it is compared with, the evidence, the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from dedupe_app.ui import compare_words, theme
from dedupe_app.ui.badge import Badge
from dedupe_app.ui.formats import shown_path
from dedupe_app.ui.meters import Gauges
from dedupe_app.ui.sentences import in_words

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from dedupe_app.records import FileRow
    from dedupe_app.review.differences import Differences


class ShortLabel(QLabel):
    """One line of text, shortened in the middle where it is too long; all of it in the tool tip."""

    def __init__(
        self, parent: QWidget | None = None, cut: Qt.TextElideMode = Qt.TextElideMode.ElideMiddle
    ) -> None:
        """Show nothing."""
        super().__init__(parent)
        self._cut = cut
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def setText(self, text: str) -> None:  # noqa: N802
        """Show a text."""
        super().setText(text)
        self.setToolTip(text)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Give way to what stands beside."""
        return QSize(40, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Paint as much as fits."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        shown = self.fontMetrics().elidedText(self.text(), self._cut, self.width())
        painter.drawText(
            self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown
        )


class CompareHead(QWidget):
    """Name, badge, what it is compared with, meters and reason of one file."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self._name, self._badge = ShortLabel(self), Badge(self)
        self._other, self._reason = QLabel(self), QLabel(self)
        self._offline = QLabel(self)
        self._gauges = Gauges(self)
        self._name.setProperty("look", "bold")
        for label in (self._other, self._reason, self._offline):
            label.setProperty("look", "mute")
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._offline.setText(
            self.tr("Its folder is not there now; this is the text as it was read last.")
        )
        title = QHBoxLayout()
        title.setSpacing(6)
        title.addWidget(self._name)
        title.addWidget(self._badge)
        title.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 11)
        layout.setSpacing(3)
        layout.addLayout(title)
        for widget in (self._other, self._gauges, self._reason, self._offline):
            layout.addWidget(widget)

    def show_file(self, row: FileRow, other: FileRow | None, found: Differences | None) -> None:
        """Show a file; `other`, `found`: what it is compared with and what differs, once known."""
        self._name.setText(shown_path(row.path.name))
        self._name.setToolTip(shown_path(row.path))
        self._badge.setVisible(row.relation is not None)
        if row.relation is not None:
            self._badge.show_relation(row.relation)
        alone = row.compared_with is None
        words = compare_words.compared_with(row, other) if other or alone else ""
        self._other.setText(words or " ")
        self._other.setVisible(bool(words) or not alone)
        self._other.setToolTip(shown_path(other.path) if other else "")
        self._gauges.set_gauges([] if alone else compare_words.gauges(row, found))
        self._reason.setText(in_words(row.reason))
        self._reason.setVisible(bool(row.reason))
        self._offline.setVisible(row.offline)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Paint the line below."""
        painter = QPainter(self)
        painter.setPen(theme.colours().line)
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
