"""Which names of topics are shown on the map, and where: large topics first, none over another. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dedupe_app.records import Detail

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from dedupe_app.records import Topic
    from dedupe_app.ui.map_camera import Camera

# From so much nearer than the whole map on, topics of more detail are named.
_MIDDLE_FROM, _FINE_FROM = 1.7, 4.0
_APART = 4
# Above the document in the middle, not on it, then below it, then farther away: in heights of the name.
_SHIFTS = (-0.9, 0.9, -2.1, 2.1, -3.3)
_MOST = 60


@dataclass(frozen=True, slots=True)
class Label:
    """A name at a place of the screen: left, top, width, height in pixels."""

    topic: Topic
    left: float
    top: float
    width: float
    height: float


def detail_at(zoom: float) -> Detail:
    """Return how much detail is named when the map is so many times nearer than the whole of it."""
    if zoom >= _FINE_FROM:
        return Detail.FINE
    return Detail.MIDDLE if zoom >= _MIDDLE_FROM else Detail.BROAD


def place_labels(
    topics: Iterable[Topic],
    camera: Camera,
    measure: Callable[[str], tuple[float, float]],
    keep_free: Sequence[tuple[float, float, float, float]] = (),
) -> list[Label]:
    """Choose labels for what is in sight; `measure` gives width and height of a name.

    `keep_free`: rectangles (left, top, width, height) where nothing may stand.
    """
    detail = detail_at(camera.zoom)
    fitting = [topic for topic in topics if topic.detail <= detail]
    # Those of the detail asked for come first; broader ones only where there is room left.
    fitting.sort(key=lambda topic: (detail - topic.detail, -topic.texts, topic.number))
    # Right and bottom, not width and height: a frame compares tens of thousands of times.
    taken = [(left, top, left + width, top + height) for left, top, width, height in keep_free]
    names: set[str] = set()
    labels: list[Label] = []
    for topic in fitting:
        if len(labels) == _MOST:
            break
        label = None if topic.name in names else _place(topic, camera, measure, taken)
        if label is not None:
            labels.append(label)
            names.add(topic.name)
            right, bottom = label.left + label.width, label.top + label.height
            taken.append((label.left, label.top, right, bottom))
    return labels


def _place(
    topic: Topic,
    camera: Camera,
    measure: Callable[[str], tuple[float, float]],
    taken: Sequence[tuple[float, float, float, float]],
) -> Label | None:
    across, down = camera.to_screen(topic.x, topic.y)
    if not (0 <= across <= camera.width and 0 <= down <= camera.height):
        return None
    width, height = measure(topic.name)
    left = min(max(across - width / 2, _APART), camera.width - width - _APART)
    for shift in _SHIFTS:
        top = down - height / 2 + shift * height
        if top < 0 or top + height > camera.height:
            continue
        if _is_free(left - _APART, top - _APART / 2, left + width + _APART, top + height, taken):
            return Label(topic, left, top, width, height)
    return None


def _is_free(
    left: float,
    top: float,
    right: float,
    bottom: float,
    taken: Sequence[tuple[float, float, float, float]],
) -> bool:
    for other_left, other_top, other_right, other_bottom in taken:
        if (
            left < other_right
            and other_left < right
            and top < other_bottom
            and other_top < bottom + _APART / 2
        ):
            return False
    return True
