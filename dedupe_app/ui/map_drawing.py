"""Draws the dots of the map: at once as well as is quick, or well in a thread of its own. Paints no widgets."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from dedupe_app.ui.map_raster import NEAR, draw_moving, draw_resting

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedupe_app.ui.map_camera import Camera
    from dedupe_app.ui.map_scene import Scene

# More than this many dots are thinned out while they move.
_MOST_MOVING = 300_000


@dataclass(frozen=True, slots=True, eq=False)
class Order:
    """What is to be drawn: `table` uint32: the colour of each code; `chosen` rows stand out, the others are `faded`."""

    scene: Scene
    camera: Camera
    ratio: float
    codes: NDArray[np.int16]
    table: NDArray[np.uint32]
    chosen: NDArray[np.int64]
    background: int
    faded: float

    def is_like(self, other: Order) -> bool:
        """Tell whether the picture would be the same."""
        return (
            self.scene is other.scene
            and self.camera == other.camera
            and self.ratio == other.ratio
            and self.codes is other.codes
            and self.chosen is other.chosen
            and self.background == other.background
        )


class Drawing(QObject):
    """Draws the latest order in the background; `done` gives the order and the picture, in the GUI thread."""

    done = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin with nothing to draw."""
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._latest = 0
        self._lock = threading.Lock()

    def begin(self, order: Order) -> None:
        """Draw an order, and no longer one from before."""
        with self._lock:
            self._latest += 1
            number = self._latest
        self._pool.start(_Task(self, order, number))

    def is_latest(self, number: int) -> bool:
        """Tell whether an order still counts."""
        with self._lock:
            return number == self._latest


class _Task(QRunnable):
    def __init__(self, drawing: Drawing, order: Order, number: int) -> None:
        super().__init__()
        self._drawing = drawing
        self._order = order
        self._number = number

    def run(self) -> None:
        if self._drawing.is_latest(self._number):
            picture = draw_well(self._order)
            try:
                self._drawing.done.emit(self._order, picture)
            except RuntimeError:
                return  # the window is gone


def draw_quickly(order: Order) -> NDArray[np.uint32]:
    """Draw in milliseconds: squares, and of very many dots only some."""
    rows = order.scene.rows_in(order.camera.bounds())
    count = len(order.scene) if rows is None else len(rows)
    if count <= NEAR:
        return _draw(order, rows, well=True)
    if count > _MOST_MOVING:
        rows = order.scene.sample if rows is None else rows[:: 1 + count // (_MOST_MOVING // 2)]
    return _draw(order, rows, well=False)


def draw_well(order: Order) -> NDArray[np.uint32]:
    """Draw as well as can be."""
    return _draw(order, order.scene.rows_in(order.camera.bounds()), well=True)


def _draw(order: Order, rows: NDArray[np.int64] | None, *, well: bool) -> NDArray[np.uint32]:
    scene = order.scene
    x, y, codes = scene.x, scene.y, order.codes
    if rows is not None:
        x, y, codes = x[rows], y[rows], codes[rows]
    colours = order.table[codes]
    if len(order.chosen):
        stands_out = np.zeros(len(scene), bool)
        stands_out[order.chosen] = True
        own = stands_out if rows is None else stands_out[rows]
        faint = _mixed(order.table, order.background, order.faded)[codes]
        colours = np.where(own, colours, faint)
    camera = order.camera
    if order.ratio != 1:
        camera = replace(
            camera,
            scale=camera.scale * order.ratio,
            width=round(camera.width * order.ratio),
            height=round(camera.height * order.ratio),
        )
    if well:
        return draw_resting(x, y, colours, camera, order.background, order.ratio)
    return draw_moving(x, y, colours, camera, order.background)


def _mixed(table: NDArray[np.uint32], background: int, share: float) -> NDArray[np.uint32]:
    """Return colours mixed with a share of the background."""
    mixed = np.full(len(table), 0xFF000000, np.uint32)
    for shift in (16, 8, 0):
        own = ((table >> np.uint32(shift)) & np.uint32(0xFF)).astype(np.float64)
        value = own * (1 - share) + ((background >> shift) & 0xFF) * share
        mixed |= value.astype(np.uint32) << np.uint32(shift)
    return mixed
