"""The map itself: dots that can be moved, gone nearer to, pointed at and chosen. Knows nothing of the library."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from dedupe_app.ui import map_painting
from dedupe_app.ui.map_camera import Camera, fit, fit_part
from dedupe_app.ui.map_drawing import Drawing, Drawn, Order, draw_moved, draw_quickly
from dedupe_app.ui.theme import colours

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtGui import (
        QContextMenuEvent,
        QHideEvent,
        QPaintEvent,
        QResizeEvent,
    )

    from dedupe_app.ui.map_colours import Colouring
    from dedupe_app.ui.map_scene import Scene

    Rows = NDArray[np.int64]

_SETTLE_MS = 80
_REACH = 9.0
_BESIDE = 14
_FADED = 0.72
# Farther away, links are shorter than dots are wide.
_LINKS_FROM = 2.5
_FEW_RINGED, _MOST_RINGED = 12, 200
_NO_ROWS = np.zeros(0, np.int64)


class MapCanvas(QWidget):
    """Shows a Scene. Files are given as rows of it; -1 is none."""

    current_changed = Signal(object)  # the row
    chosen_changed = Signal()
    pointed = Signal(object)  # the row under the pointer
    open_wanted = Signal()
    menu_wanted = Signal(object)  # QPoint, global

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self.scene: Scene | None = None
        self.camera = fit((-1, -1, 1, 1), 1, 1)
        self.current = -1
        self.chosen = np.zeros(0, np.int64)
        self.fades = True
        self.hint = ""
        self.shape = QPolygonF()
        self._colouring: Colouring | None = None
        self._drawn: Drawn | None = None
        self._drawing = Drawing(self)
        self._drawing.done.connect(self._take_drawn)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self._draw_well)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(self.tr("Map of all documents"))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for as much room as there is."""
        return QSize(700, 700)

    # ---- what is shown -------------------------------------------------------------------------

    def show_scene(self, scene: Scene, colouring: Colouring) -> None:
        """Show files; what is in sight, current and chosen stays so, as far as it is still there."""
        before = self.scene
        files = [] if before is None else before.data.files[self.chosen].tolist()
        current = [int(before.data.files[self.current])] if before and self.current >= 0 else []
        self.scene, self._colouring = scene, colouring
        self.chosen = scene.rows_of(files)
        found = scene.rows_of(current)
        self.current = int(found[0]) if len(found) else -1
        whole = fit(scene.bounds, self.width(), self.height())
        moved = before is None or (before.bounds != scene.bounds and self.camera.zoom < 1.01)
        self.camera = whole if moved else replace(self.camera, fit_scale=whole.fit_scale)
        self.redraw()

    def set_colouring(self, colouring: Colouring) -> None:
        """Colour the files by something else."""
        self._colouring = colouring
        self.redraw()

    def look(self, camera: Camera) -> None:
        """Look at another part of the map."""
        self.camera = camera
        self.pointed.emit(-1)
        self.redraw()

    def fit(self) -> None:
        """Look at the whole map."""
        if self.scene is not None:
            self.look(fit(self.scene.bounds, self.width(), self.height()))

    def fit_chosen(self) -> None:
        """Look at what is chosen."""
        if self.scene is not None and len(self.chosen):
            x, y = self.scene.x[self.chosen], self.scene.y[self.chosen]
            part = float(x.min()), float(y.min()), float(x.max()), float(y.max())
            whole = fit(self.scene.bounds, self.width(), self.height())
            self.look(fit_part(whole, part))

    def set_current(self, row: int, *, tell: bool = True) -> None:
        """Make a file the current one, and bring it into sight."""
        if row == self.current:
            return
        self.current = row
        if row >= 0:
            self._bring_into_sight(row)
        self.update()
        if tell:
            self.current_changed.emit(row)

    def set_chosen(self, rows: Rows, *, tell: bool = True, fade: bool = True) -> None:
        """Choose files: they stand out as the others `fade`, or have rings around them if they are few."""
        self.chosen = np.unique(rows)
        self.fades = fade or len(self.chosen) > _MOST_RINGED
        self.redraw()
        if tell:
            self.chosen_changed.emit()

    def redraw(self) -> None:
        """Draw anew: at once as well as is quick, and well when nothing has moved for a moment."""
        self._settle.start()
        self.update()

    def rows_in_sight(self) -> Rows | None:
        """Return the files in sight, and some around; None for all."""
        return None if self.scene is None else self.scene.rows_in(self.camera.bounds())

    def row_at(self, place: QPointF) -> int:
        """Return the file under a place of the screen."""
        if self.scene is None:
            return -1
        x, y = self.camera.to_map(place.x(), place.y())
        return self.scene.nearest(x, y, _REACH / self.camera.scale)

    def _bring_into_sight(self, row: int) -> None:
        if self.scene is None:
            return
        across, down = self.camera.to_screen(float(self.scene.x[row]), float(self.scene.y[row]))
        inside = self.rect().adjusted(_BESIDE, _BESIDE, -_BESIDE, -_BESIDE)
        if not QRectF(inside).contains(across, down):
            self.camera = self.camera.moved(self.width() / 2 - across, self.height() / 2 - down)
            self.redraw()

    # ---- drawing -------------------------------------------------------------------------------

    def order(self) -> Order | None:
        """Return what is to be drawn now, None if there is nothing."""
        if self.scene is None or self._colouring is None or not self.width():
            return None
        table = self._colouring.colours()
        return Order(
            scene=self.scene,
            camera=self.camera,
            ratio=self.devicePixelRatioF(),
            codes=self._colouring.codes,
            table=table,
            chosen=self.chosen if self.fades else _NO_ROWS,
            background=colours().panel.rgb() & 0xFFFFFF,
            faded=_FADED,
        )

    @Slot()
    def _draw_well(self) -> None:
        order = self.order()
        if order is not None and self.isVisible():
            self._drawing.begin(order)

    @Slot(object)
    def _take_drawn(self, drawn: Drawn) -> None:
        now = self.order()
        if now is not None and drawn.order.is_like(now):
            self._drawn = drawn
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the dots, and what belongs to them above."""
        painter = QPainter(self)
        order = self.order()
        if order is None or self.scene is None:
            painter.fillRect(self.rect(), colours().panel)
            return
        moved = draw_moved(self._drawn, order) if self._drawn is not None else None
        self._drawn = moved or draw_quickly(order)
        painter.drawImage(0, 0, map_painting.to_image(self._drawn.pixels, order.ratio))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.camera.zoom >= _LINKS_FROM:
            rows = self.rows_in_sight()
            if rows is not None and len(rows) <= map_painting.MOST_LINKED:
                map_painting.paint_links(painter, self.scene, self.camera, rows)
        self._paint_above(painter)

    def _paint_above(self, painter: QPainter) -> None:
        if self.scene is None or self._colouring is None:
            return
        free = [(0.0, 0.0, float(self.width()), 46.0)]
        if self._colouring.named:
            table = self._colouring.colours().tolist()
            entries = [
                (name, QColor.fromRgb(colour & 0xFFFFFF))
                for (name, _), colour in zip(self._colouring.entries, table, strict=True)
            ]
            box = map_painting.paint_legend(painter, entries, self.width() - 12.0, 52.0)
            free.append((box.x(), box.y(), box.width(), box.height()))
        metrics = painter.fontMetrics()
        free.append((0.0, self.height() - 32.0, metrics.horizontalAdvance(self.hint) + 24.0, 32.0))
        font = painter.font()
        map_painting.paint_labels(painter, self.scene, self.camera, free)
        map_painting.paint_text(
            painter, QPointF(12, self.height() - 13), self.hint, font, colours().mute
        )
        if not self.fades or len(self.chosen) <= _FEW_RINGED:
            for row in self.chosen[self.chosen != self.current].tolist():
                map_painting.paint_ring(painter, self.scene, self.camera, row, colours().mute)
        if self.current >= 0:
            ring = colours().acc
            map_painting.paint_ring(painter, self.scene, self.camera, self.current, ring)
        if not self.shape.isEmpty():
            map_painting.paint_lasso(painter, self.shape)
        if self.hasFocus():
            painter.setPen(colours().acc)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))

    # ---- Qt ------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Show the same part in the new size."""
        super().resizeEvent(event)
        if self.scene is not None:
            self.camera = self.camera.resized(self.width(), self.height(), self.scene.bounds)
            self.redraw()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Draw nothing while nobody looks."""
        self._settle.stop()
        super().hideEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        """Ask for the menu."""
        self.menu_wanted.emit(event.globalPos())
