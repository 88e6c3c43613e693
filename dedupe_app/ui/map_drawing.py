"""Draws the dots of the map: at once as well as is quick, or well in a thread of its own. Paints no widgets."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from dedupe_app.ui.map_raster import NEAR, Style, draw_dots, moving_style, resting_style

if TYPE_CHECKING:
    from collections.abc import Iterator

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


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """A picture: `pixels` uint32 (h, w), 0xffrrggbb, of an order in a style."""

    order: Order
    pixels: NDArray[np.uint32]
    style: Style


class Drawing(QObject):
    """Draws the latest order in the background; `done` gives what is Drawn, in the GUI thread."""

    done = Signal(object)

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
            drawn = draw_well(self._order)
            try:
                self._drawing.done.emit(drawn)
            except RuntimeError:
                return  # the window is gone


def draw_quickly(order: Order) -> Drawn:
    """Draw in milliseconds: squares, and of very many dots only some."""
    rows = order.scene.rows_in(order.camera.bounds())
    count = len(order.scene) if rows is None else len(rows)
    if count <= NEAR:
        return _draw(order, rows, resting_style(count, order.ratio))
    if count > _MOST_MOVING:
        rows = order.scene.sample if rows is None else rows[:: 1 + count // (_MOST_MOVING // 2)]
    return _draw(order, rows, moving_style(len(order.scene) if rows is None else len(rows)))


def draw_well(order: Order) -> Drawn:
    """Draw as well as can be."""
    rows = order.scene.rows_in(order.camera.bounds())
    count = len(order.scene) if rows is None else len(rows)
    return _draw(order, rows, resting_style(count, order.ratio))


def draw_moved(before: Drawn, order: Order) -> Drawn | None:
    """Draw by shifting a picture from a moment ago, and draw only what came into sight; None if that cannot be done.

    The camera of what is drawn is up to half a pixel from that which was ordered.
    """
    old, new = before.order.camera, order.camera
    if not before.order.is_like(replace(order, camera=old)) or old.scale != new.scale:
        return None
    scale = new.scale * order.ratio
    across, down = round((old.x - new.x) * scale), round((old.y - new.y) * scale)
    height, width = before.pixels.shape
    if (old.width, old.height) != (new.width, new.height):
        return None
    if not across and not down:
        return before
    if abs(across) > width // 2 or abs(down) > height // 2:
        return None
    camera = replace(old, x=old.x - across / scale, y=old.y - down / scale)
    own = replace(order, camera=camera)
    pixels = _shifted(before.pixels, across, down)
    for part in _uncovered(width, height, across, down, before.style.reach):
        _draw_part(own, before.style, pixels, part)
    return Drawn(own, pixels, before.style)


def _shifted(pixels: NDArray[np.uint32], across: int, down: int) -> NDArray[np.uint32]:
    """Return a picture moved by some pixels; what comes in from outside is anything."""
    height, width = pixels.shape
    found = np.empty_like(pixels)
    rows = slice(max(down, 0), height + min(down, 0)), slice(max(-down, 0), height + min(-down, 0))
    columns = (
        slice(max(across, 0), width + min(across, 0)),
        slice(max(-across, 0), width + min(-across, 0)),
    )
    found[rows[0], columns[0]] = pixels[rows[1], columns[1]]
    return found


def _uncovered(
    width: int, height: int, across: int, down: int, reach: int
) -> Iterator[tuple[int, int, int, int]]:
    """Yield the parts of a moved picture that are to be drawn, as left, top, right, bottom.

    Dots at the edge were not drawn before, so a part reaches a little into what was in sight.
    """
    if across:
        left = 0 if across > 0 else width + across - 2 * reach
        yield max(left, 0), 0, min(left + abs(across) + 2 * reach, width), height
    if down:
        top = 0 if down > 0 else height + down - 2 * reach
        yield 0, max(top, 0), width, min(top + abs(down) + 2 * reach, height)


def _draw_part(
    order: Order, style: Style, pixels: NDArray[np.uint32], part: tuple[int, int, int, int]
) -> None:
    """Draw a part of a picture, in place; `part` in its pixels."""
    left, top, right, bottom = part
    margin = 2 * style.reach
    whole = _sharp(order)
    width, height = right - left + 2 * margin, bottom - top + 2 * margin
    camera = replace(
        whole,
        x=whole.x + (left - margin + (width - whole.width) / 2) / whole.scale,
        y=whole.y + (top - margin + (height - whole.height) / 2) / whole.scale,
        width=width,
        height=height,
    )
    rows = order.scene.rows_in(camera.bounds())
    drawn = _draw_dots(order, rows, camera, style)
    pixels[top:bottom, left:right] = drawn[margin : height - margin, margin : width - margin]


def _draw(order: Order, rows: NDArray[np.int64] | None, style: Style) -> Drawn:
    return Drawn(order, _draw_dots(order, rows, _sharp(order), style), style)


def _sharp(order: Order) -> Camera:
    """Return the camera in pixels of the screen."""
    camera = order.camera
    if order.ratio == 1:
        return camera
    return replace(
        camera,
        scale=camera.scale * order.ratio,
        width=round(camera.width * order.ratio),
        height=round(camera.height * order.ratio),
    )


def _draw_dots(
    order: Order, rows: NDArray[np.int64] | None, camera: Camera, style: Style
) -> NDArray[np.uint32]:
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
    return draw_dots(x, y, colours, camera, order.background, style)


def _mixed(table: NDArray[np.uint32], background: int, share: float) -> NDArray[np.uint32]:
    """Return colours mixed with a share of the background."""
    mixed = np.full(len(table), 0xFF000000, np.uint32)
    for shift in (16, 8, 0):
        own = ((table >> np.uint32(shift)) & np.uint32(0xFF)).astype(np.float64)
        value = own * (1 - share) + ((background >> shift) & 0xFF) * share
        mixed |= value.astype(np.uint32) << np.uint32(shift)
    return mixed
