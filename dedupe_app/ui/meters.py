"""The meters of the evidence: a name, a bar that is filled as far as its value, and the value in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from dedupe_app.ui import theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

_BAR_HEIGHT = 6


@dataclass(frozen=True, slots=True)
class Gauge:
    """One measure: its name, how full its bar is (0-1, None while unknown), what it says, and whether to look twice."""

    name: str
    value: float | None
    words: str
    warn: bool = False


class Meter(QWidget):
    """A thin bar, filled as far as its value."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show an empty bar."""
        super().__init__(parent)
        self._gauge = Gauge("", None, "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_gauge(self, gauge: Gauge) -> None:
        """Show a measure."""
        self._gauge = gauge
        self.setAccessibleName(f"{gauge.name}: {gauge.words}")
        self.update()

    def gauge(self) -> Gauge:
        """Return the measure that is shown."""
        return self._gauge

    def sizeHint(self) -> QSize:  # noqa: N802
        """Ask for a thin line."""
        return QSize(120, _BAR_HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Paint the bar."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        colours, radius = theme.colours(), _BAR_HEIGHT / 2
        track = QRectF(0, (self.height() - _BAR_HEIGHT) / 2, self.width(), _BAR_HEIGHT)
        painter.setBrush(colours.chip)
        painter.drawRoundedRect(track, radius, radius)
        if self._gauge.value:
            track.setWidth(max(_BAR_HEIGHT, self.width() * min(1.0, self._gauge.value)))
            painter.setBrush(colours.warn if self._gauge.warn else colours.acc)
            painter.drawRoundedRect(track, radius, radius)


class Gauges(QWidget):
    """Several measures below each other: name, bar, words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show none."""
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 4, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(1, 1)
        self._lines: list[tuple[QLabel, Meter, QLabel]] = []

    def set_gauges(self, gauges: Sequence[Gauge]) -> None:
        """Show these measures and no others."""
        while len(self._lines) < len(gauges):
            self._add_line()
        for number, line in enumerate(self._lines):
            for widget in line:
                widget.setVisible(number < len(gauges))
            if number < len(gauges):
                name, meter, words = line
                name.setText(gauges[number].name)
                meter.set_gauge(gauges[number])
                words.setText(gauges[number].words)
        self.setVisible(bool(gauges))

    def gauges(self) -> list[Gauge]:
        """Return the measures that are shown."""
        return [meter.gauge() for _, meter, _ in self._lines if not meter.isHidden()]

    def _add_line(self) -> None:
        name, meter, words = QLabel(self), Meter(self), QLabel(self)
        name.setProperty("look", "mute")
        row = len(self._lines)
        for column, widget in enumerate((name, meter, words)):
            self._grid.addWidget(widget, row, column)
        self._lines.append((name, meter, words))
