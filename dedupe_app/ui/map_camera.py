"""Which part of the map is in sight, and where on the screen. Pure arithmetic."""

from __future__ import annotations

from dataclasses import dataclass, replace

_MARGIN = 0.92
_LEAST, _MOST = 0.5, 4000.0


@dataclass(frozen=True, slots=True)
class Camera:
    """Looks at a place (x, y) of the map from so near that a unit is `scale` pixels; the picture has a size."""

    x: float
    y: float
    scale: float
    width: int
    height: int
    fit_scale: float

    @property
    def zoom(self) -> float:
        """Return how much nearer this is than the whole map."""
        return self.scale / self.fit_scale

    def to_screen(self, x: float, y: float) -> tuple[float, float]:
        """Return where a place of the map is on the screen, in pixels."""
        return (
            (x - self.x) * self.scale + self.width / 2,
            (y - self.y) * self.scale + self.height / 2,
        )

    def to_map(self, across: float, down: float) -> tuple[float, float]:
        """Return which place of the map is at a pixel."""
        return (
            (across - self.width / 2) / self.scale + self.x,
            (down - self.height / 2) / self.scale + self.y,
        )

    def bounds(self) -> tuple[float, float, float, float]:
        """Return the part of the map that is in sight: left, top, right, bottom."""
        left, top = self.to_map(0, 0)
        right, bottom = self.to_map(self.width, self.height)
        return left, top, right, bottom

    def moved(self, across: float, down: float) -> Camera:
        """Look elsewhere, so that the map moves by so many pixels."""
        return replace(self, x=self.x - across / self.scale, y=self.y - down / self.scale)

    def zoomed(self, factor: float, across: float, down: float) -> Camera:
        """Go nearer by a factor; what is at a pixel stays there."""
        scale = self.fit_scale * min(_MOST, max(_LEAST, self.zoom * factor))
        x, y = self.to_map(across, down)
        return replace(
            self,
            x=x - (across - self.width / 2) / scale,
            y=y - (down - self.height / 2) / scale,
            scale=scale,
        )

    def resized(self, width: int, height: int, around: tuple[float, float, float, float]) -> Camera:
        """Give the picture another size; as much nearer than the whole map (`around`) as before."""
        whole = fit(around, width, height)
        scale = whole.fit_scale * self.zoom
        return Camera(self.x, self.y, scale, width, height, whole.fit_scale)


def fit(around: tuple[float, float, float, float], width: int, height: int) -> Camera:
    """Look at all of a part of the map, given as left, top, right, bottom."""
    left, top, right, bottom = around
    across, down = max(right - left, 1e-6), max(bottom - top, 1e-6)
    scale = _MARGIN * min(max(width, 1) / across, max(height, 1) / down)
    return Camera((left + right) / 2, (top + bottom) / 2, scale, width, height, scale)


def fit_part(whole: Camera, part: tuple[float, float, float, float]) -> Camera:
    """Look at a part of the map, from where `whole` is the whole of it."""
    own = fit(part, whole.width, whole.height)
    scale = whole.fit_scale * min(_MOST / 4, max(1.0, own.scale / whole.fit_scale))
    return replace(own, scale=scale, fit_scale=whole.fit_scale)
