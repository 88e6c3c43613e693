"""Dots to pixels, in numpy: quickly while the map moves, well when it rests. Pictures are arrays 0xffrrggbb.

While it moves each dot is a square and the last one wins. At rest dots are round with soft edges where there are few,
and where there are many the mean of their colours, the stronger the more there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import ceil
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedupe_app.ui.map_camera import Camera

    Picture = NDArray[np.uint32]
    Colours = NDArray[np.uint32]
    Coordinates = NDArray[np.float32]
    _Sums = NDArray[Any]  # what bincount gives: floating, whatever its types say

# Up to so many dots in sight are drawn with soft edges, larger or smaller; more than that as a density.
NEAR, FAR = 6_000, 40_000
_FEW = 600
_LARGEST, _LARGE, _SMALL = 3.4, 2.8, 2.2
_ALPHA = 0.82
# One document is as strong as this where they are shown as a density, and each doubling adds as much.
_FAINTEST, _DOUBLING = 0.42, 0.16
_OPAQUE = np.uint32(0xFF000000)


@dataclass(frozen=True, slots=True)
class Style:
    """How dots are drawn: `squares` or `round`, so many pixels wide or of that radius; or as a `density`."""

    kind: Literal["squares", "round", "density"]
    size: float = 0

    @property
    def reach(self) -> int:
        """Return how far from its place a dot may be seen, in pixels."""
        return 2 if self.kind == "density" else ceil(self.size)


def moving_style(count: int) -> Style:
    """Return how so many dots are drawn in milliseconds."""
    return Style("squares", 4 if count <= NEAR else 3 if count <= FAR else 2)


def resting_style(count: int, dot: float = 1) -> Style:
    """Return how so many dots are drawn best. `dot`: how much larger they are, for screens with small pixels."""
    if count > FAR:
        return Style("density")
    radius = _LARGEST if count <= _FEW else _LARGE if count <= NEAR else _SMALL
    return Style("round", radius * dot)


def draw_dots(
    x: Coordinates, y: Coordinates, colours: Colours, camera: Camera, background: int, style: Style
) -> Picture:
    """Draw dots: (h, w)."""
    if style.kind == "squares":
        return _draw_squares(x, y, colours, camera, background, int(style.size))
    if style.kind == "round":
        return _draw_round(x, y, colours, camera, background, style.size)
    return _draw_density(x, y, colours, camera, background)


def _draw_squares(
    x: Coordinates, y: Coordinates, colours: Colours, camera: Camera, background: int, size: int
) -> Picture:
    picture = _empty(camera, background)
    columns, rows = _pixels(x, y, camera)
    inside = (columns >= 0) & (columns < camera.width - size)
    inside &= (rows >= 0) & (rows < camera.height - size)
    if not inside.all():
        columns, rows, colours = columns[inside], rows[inside], colours[inside]
    at = rows * camera.width + columns
    flat = picture.reshape(-1)
    for down in range(size):
        for across in range(size):
            flat[at + (down * camera.width + across)] = colours
    return picture


def _draw_round(
    x: Coordinates,
    y: Coordinates,
    colours: Colours,
    camera: Camera,
    background: int,
    radius: float,
) -> Picture:
    columns, rows = _pixels(x, y, camera)
    stamp = _stamp(round(radius * 10))
    reach = len(stamp) // 2
    inside = (columns >= reach) & (columns < camera.width - reach)
    inside &= (rows >= reach) & (rows < camera.height - reach)
    at = rows[inside] * camera.width + columns[inside]
    steps = np.arange(-reach, reach + 1)
    offsets = (steps[:, None] * camera.width + steps[None, :])[stamp > 0]
    strength = stamp[stamp > 0]
    places = (at[:, None] + offsets[None, :]).ravel()
    weights = np.broadcast_to(strength, (len(at), len(strength))).ravel()
    return _blend(places, weights, np.repeat(colours[inside], len(strength)), camera, background)


def _draw_density(
    x: Coordinates, y: Coordinates, colours: Colours, camera: Camera, background: int
) -> Picture:
    columns, rows = _pixels(x, y, camera)
    inside = (columns >= 0) & (columns < camera.width) & (rows >= 0) & (rows < camera.height)
    at = rows[inside] * camera.width + columns[inside]
    size = camera.width * camera.height
    counts = _softened(np.bincount(at, minlength=size), camera)
    own = colours[inside]
    channels = [
        _softened(np.bincount(at, (own >> shift) & 0xFF, size), camera) for shift in (16, 8, 0)
    ]
    cover = np.where(counts > 0.05, _FAINTEST + _DOUBLING * np.log2(np.maximum(counts, 1)), 0)
    cover = np.clip(cover * np.minimum(1, counts * 2), 0, 1)
    return _composed(counts, channels, cover, camera, background)


def _softened(values: _Sums, camera: Camera) -> _Sums:
    """Let each pixel reach a little into its neighbours: a document is more than a pixel wide."""
    grid = values.astype(np.float32).reshape(camera.height, camera.width)
    soft = grid.copy()
    soft[1:] += 0.5 * grid[:-1]
    soft[:-1] += 0.5 * grid[1:]
    grid = soft.copy()
    soft[:, 1:] += 0.5 * grid[:, :-1]
    soft[:, :-1] += 0.5 * grid[:, 1:]
    return np.asarray(soft.ravel())


def _blend(
    places: NDArray[np.int64],
    weights: NDArray[np.float32],
    colours: Colours,
    camera: Camera,
    background: int,
) -> Picture:
    size = camera.width * camera.height
    total = np.bincount(places, weights, size)
    channels = [
        np.bincount(places, weights * ((colours >> shift) & 0xFF), size) for shift in (16, 8, 0)
    ]
    return _composed(total, channels, np.minimum(total, 1) * _ALPHA, camera, background)


def _composed(
    total: _Sums,
    channels: list[_Sums],
    cover: _Sums,
    camera: Camera,
    background: int,
) -> Picture:
    """Lay the mean colour of each pixel over the background."""
    picture = _empty(camera, background)
    drawn = np.flatnonzero(cover > 0)
    share, divisor = cover[drawn], np.maximum(total[drawn], 1e-6)
    mixed = np.full(len(drawn), _OPAQUE, np.uint32)
    for shift, channel in zip((16, 8, 0), channels, strict=True):
        own = channel[drawn] / divisor
        value = own * share + ((background >> shift) & 0xFF) * (1 - share)
        mixed |= np.clip(value, 0, 255).astype(np.uint32) << np.uint32(shift)
    picture.reshape(-1)[drawn] = mixed
    return picture


def _pixels(
    x: Coordinates, y: Coordinates, camera: Camera
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    scale = np.float32(camera.scale)
    across = (x - np.float32(camera.x)) * scale + np.float32(camera.width / 2)
    down = (y - np.float32(camera.y)) * scale + np.float32(camera.height / 2)
    # What is far outside may not fit into whole numbers.
    far = np.float32(4 * max(camera.width, camera.height))
    return (
        np.clip(np.floor(across), -far, far).astype(np.int64),
        np.clip(np.floor(down), -far, far).astype(np.int64),
    )


def _empty(camera: Camera, background: int) -> Picture:
    return np.full((camera.height, camera.width), background | 0xFF000000, np.uint32)


@cache
def _stamp(tenths: int) -> NDArray[np.float32]:
    """Return a disc with soft edges, its radius given in tenths of a pixel: (2r + 1, 2r + 1), 0-1."""
    radius = tenths / 10
    reach = int(np.ceil(radius))
    steps = np.arange(-reach, reach + 1)
    far = np.hypot(steps[:, None], steps[None, :])
    return np.clip(radius - far + 0.5, 0, 1).astype(np.float32)
