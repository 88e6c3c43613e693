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
_SHIFTS = (0.0, -1.2, 1.2, -2.4, 2.4)
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
    taken = list(keep_free)
    names: set[str] = set()
    labels: list[Label] = []
    for topic in fitting:
        if len(labels) == _MOST:
            break
        label = None if topic.name in names else _place(topic, camera, measure, taken)
        if label is not None:
            labels.append(label)
            names.add(topic.name)
            taken.append((label.left, label.top, label.width, label.height))
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
        own = (left - _APART, top - _APART / 2, width + 2 * _APART, height + _APART)
        if top >= 0 and top + height <= camera.height and not any(_overlap(own, o) for o in taken):
            return Label(topic, left, top, width, height)
    return None


def _overlap(
    one: tuple[float, float, float, float], other: tuple[float, float, float, float]
) -> bool:
    return (
        one[0] < other[0] + other[2]
        and other[0] < one[0] + one[2]
        and one[1] < other[1] + other[3]
        and other[1] < one[1] + one[3]
    )
