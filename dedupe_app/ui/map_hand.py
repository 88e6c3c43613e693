"""What mouse and keys do on the map: move it, go nearer, point at files, choose some. Draws nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QPolygonF, QWheelEvent
from PySide6.QtWidgets import QApplication

from dedupe_app.ui.map_painting import rows_inside

if TYPE_CHECKING:
    from collections.abc import Callable

    from dedupe_app.ui.map_canvas import MapCanvas

# A press that moves less than this is a click.
_CLICK = 4
_POINT_MS = 120
_NOTCH = 120
_NEARER = 1.25
_KEY_NEARER = 1.5
_STEP = 80
_DIRECTIONS = {
    Qt.Key.Key_Left: "left",
    Qt.Key.Key_Right: "right",
    Qt.Key.Key_Up: "up",
    Qt.Key.Key_Down: "down",
}


class Hand(QObject):
    """Listens to a canvas. `lasso`: dragging draws a line around files instead of moving the map."""

    lasso_ended = Signal()
    cleared = Signal()

    def __init__(self, canvas: MapCanvas) -> None:
        """Listen from now on."""
        super().__init__(canvas)
        self.lasso = False
        self._canvas = canvas
        self._pressed: QPointF | None = None
        self._last = QPointF()
        self._deed = ""
        self._line: list[QPointF] = []
        self._place = QPointF()
        self._point = QTimer(self)
        self._point.setSingleShot(True)
        self._point.setInterval(_POINT_MS)
        self._point.timeout.connect(self._tell_pointed)
        canvas.installEventFilter(self)

    def eventFilter(self, _canvas: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Take what is meant for the map."""
        kind = event.type()
        if kind == QEvent.Type.Leave:
            self._point.stop()
            self._canvas.pointed.emit(-1)
        elif isinstance(event, QWheelEvent):
            self._wheel(event)
            return True
        elif isinstance(event, QKeyEvent) and kind == QEvent.Type.KeyPress:
            return self._key(event)
        elif isinstance(event, QKeyEvent) and kind == QEvent.Type.ShortcutOverride:
            if event.key() == Qt.Key.Key_Escape and len(self._canvas.chosen):
                event.accept()  # not for the window: it would clear its filter
                return True
        elif isinstance(event, QMouseEvent) and self._canvas.scene is not None:
            self._mouse(event)
        return False

    # ---- the mouse -----------------------------------------------------------------------------

    def _mouse(self, event: QMouseEvent) -> None:
        kind, left = event.type(), event.button() == Qt.MouseButton.LeftButton
        if kind == QEvent.Type.MouseButtonPress and left:
            self._press(event)
        elif kind == QEvent.Type.MouseMove:
            self._move(event)
        elif kind == QEvent.Type.MouseButtonRelease and left:
            self._release(event)
        elif kind == QEvent.Type.MouseButtonDblClick and left:
            self._double_click(event)

    def _press(self, event: QMouseEvent) -> None:
        self._pressed = self._last = event.position()
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._deed = "lasso" if self.lasso else "rectangle" if shift else "move"
        self._line = [event.position()]
        self._point.stop()
        self._canvas.pointed.emit(-1)

    def _move(self, event: QMouseEvent) -> None:
        place = event.position()
        if self._pressed is None:
            self._place = place
            self._point.start()
            if self._canvas.row_at(place) < 0:
                self._canvas.pointed.emit(-1)
            return
        if self._deed == "move":
            if self._is_click(place) and self._last == self._pressed:
                return
            self._canvas.setCursor(Qt.CursorShape.ClosedHandCursor)
            step = place - self._last
            self._last = place
            self._canvas.look(self._canvas.camera.moved(step.x(), step.y()))
            return
        self._line.append(place)
        if self._deed == "lasso":
            self._canvas.shape = QPolygonF(self._line)
        else:
            self._canvas.shape = QPolygonF(QRectF(self._pressed, place).normalized())
        self._canvas.update()

    def _release(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            return
        clicked = self._is_click(event.position()) and self._last == self._pressed
        shape, self._canvas.shape = self._canvas.shape, QPolygonF()
        self._pressed = None
        self._canvas.unsetCursor()
        more = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if clicked and len(self._line) < _CLICK:
            self._click(event.position(), more=more)
        elif self._deed != "move":
            self._choose(shape, more=more)
        if self._deed == "lasso":
            self.lasso_ended.emit()
        self._canvas.update()

    def _click(self, place: QPointF, *, more: bool) -> None:
        row = self._canvas.row_at(place)
        chosen = self._canvas.chosen
        if row >= 0 and more:
            known = chosen[chosen != row]
            self._canvas.set_chosen(known if len(known) < len(chosen) else np.append(chosen, row))
        elif len(chosen) and (row < 0 or row not in chosen):
            self._canvas.set_chosen(np.zeros(0, np.int64))
        if row >= 0:
            self._canvas.set_current(row)

    def _choose(self, shape: QPolygonF, *, more: bool) -> None:
        canvas = self._canvas
        if canvas.scene is None or shape.isEmpty():
            return
        rows = rows_inside(canvas.scene, canvas.camera, shape, canvas.rows_in_sight())
        canvas.set_chosen(np.concatenate([canvas.chosen, rows]) if more else rows)

    def _double_click(self, event: QMouseEvent) -> None:
        place = event.position()
        if self._canvas.row_at(place) >= 0:
            self._canvas.open_wanted.emit()
        else:
            self._canvas.look(self._canvas.camera.zoomed(2.0, place.x(), place.y()))

    def _wheel(self, event: QWheelEvent) -> None:
        place = event.position()
        turned = event.angleDelta().y() / _NOTCH
        if turned and self._canvas.scene is not None:
            camera = self._canvas.camera.zoomed(_NEARER**turned, place.x(), place.y())
            self._canvas.look(camera)
            self._canvas.pointed.emit(-1)

    @Slot()
    def _tell_pointed(self) -> None:
        if QApplication.activePopupWidget() is None:  # a card would stand behind the menu
            self._canvas.pointed.emit(self._canvas.row_at(self._place))

    def _is_click(self, place: QPointF) -> bool:
        return self._pressed is not None and (place - self._pressed).manhattanLength() < _CLICK

    # ---- the keys ------------------------------------------------------------------------------

    def _key(self, event: QKeyEvent) -> bool:
        canvas = self._canvas
        if canvas.scene is None or not len(canvas.scene):
            return False
        direction = _DIRECTIONS.get(Qt.Key(event.key()))
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if direction is not None:
            if held == Qt.KeyboardModifier.ShiftModifier:
                self._shift(direction)
            elif held == Qt.KeyboardModifier.NoModifier:
                self._go(direction)
            return True
        if event.matches(QKeySequence.StandardKey.SelectAll):
            canvas.set_chosen(np.arange(len(canvas.scene)))
            return True
        deed = self._deeds().get(event.key())
        if deed is None or held & ~Qt.KeyboardModifier.ShiftModifier:
            return False
        deed()
        return True

    def _deeds(self) -> dict[int, Callable[[], None]]:
        deeds: dict[int, Callable[[], None]] = {
            Qt.Key.Key_Plus: self._go_nearer,
            Qt.Key.Key_Equal: self._go_nearer,
            Qt.Key.Key_Minus: self._go_farther,
            Qt.Key.Key_0: self._canvas.fit,
            Qt.Key.Key_Return: self._canvas.open_wanted.emit,
            Qt.Key.Key_Enter: self._canvas.open_wanted.emit,
            Qt.Key.Key_Space: self._turn_current,
        }
        if len(self._canvas.chosen):
            deeds[Qt.Key.Key_Escape] = self._clear
        return deeds

    def _go(self, direction: str) -> None:
        canvas = self._canvas
        if canvas.scene is None:
            return
        if canvas.current < 0:
            x, y = canvas.camera.to_map(canvas.width() / 2, canvas.height() / 2)
            canvas.set_current(canvas.scene.nearest(x, y, float("inf")))
        else:
            canvas.set_current(canvas.scene.towards(canvas.current, direction))

    def _shift(self, direction: str) -> None:
        across = {"left": _STEP, "right": -_STEP}.get(direction, 0)
        down = {"up": _STEP, "down": -_STEP}.get(direction, 0)
        self._canvas.look(self._canvas.camera.moved(across, down))

    def _go_nearer(self) -> None:
        self._zoom(_KEY_NEARER)

    def _go_farther(self) -> None:
        self._zoom(1 / _KEY_NEARER)

    def _zoom(self, factor: float) -> None:
        """Go nearer to the current file if it is in sight, else to the middle."""
        canvas = self._canvas
        at = (canvas.width() / 2, canvas.height() / 2)
        if canvas.scene is not None and canvas.current >= 0:
            x, y = canvas.scene.x[canvas.current], canvas.scene.y[canvas.current]
            place = canvas.camera.to_screen(float(x), float(y))
            if canvas.rect().contains(int(place[0]), int(place[1])):
                at = place
        canvas.look(canvas.camera.zoomed(factor, *at))

    def _turn_current(self) -> None:
        """Choose the current file too, or no longer."""
        canvas = self._canvas
        if canvas.current >= 0:
            others = canvas.chosen[canvas.chosen != canvas.current]
            fewer = len(others) < len(canvas.chosen)
            canvas.set_chosen(others if fewer else np.append(others, canvas.current))

    def _clear(self) -> None:
        self._canvas.set_chosen(np.zeros(0, np.int64))
        self.cleared.emit()
