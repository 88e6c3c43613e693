"""Records of the map: where texts lie on it, and what they are about. Data only."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# A map of which more than this share came after it was drawn is worth drawing anew.
STALE_SHARE = 0.1


class Layout(StrEnum):
    """How a map was made: as a first sketch, or drawn."""

    SKETCH = "pca"
    DRAWN = "umap"


class Detail(IntEnum):
    """How much of the map a topic takes. The values are columns of arrays of topics."""

    BROAD = 0
    MIDDLE = 1
    FINE = 2


@dataclass(frozen=True, slots=True)
class MapInfo:
    """One map. `texts`: how many lie on it; `placed`: how many of these came after it was drawn."""

    number: int
    space: int
    layout: Layout
    texts: int
    placed: int

    @property
    def is_stale(self) -> bool:
        """Tell whether so much is new that it is worth drawing anew."""
        return self.placed > STALE_SHARE * self.texts


@dataclass(frozen=True, slots=True)
class Topic:
    """What the texts in one part of the map are about. `number` 0: not yet stored. `x`, `y`: where its name stands."""

    detail: Detail
    name: str
    texts: int
    x: float
    y: float
    number: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class MapPoints:
    """The texts of a map, ordered by number.

    `texts` int64 (n,). `places` float64 (n, 2): about -1 to 1. `topics` int64 (n, 3): numbers of topics by detail, 0
    for none. `placed` bool (n,): came after the map was drawn.
    """

    texts: NDArray[np.int64]
    places: NDArray[np.float64]
    topics: NDArray[np.int64]
    placed: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class MapFiles:
    """The files on a map, those of one text one after the other.

    `files`, `texts` int64 (n,). `places` float64 (n, 2). `topics` int64 (n, 3). `relations` uint8 (n,): 0 for a file
    that is like no other, else 1 + the place of its relation among all. `formats` int16 (n,): places in `format_names`.
    `modified_ns` int64 (n,). `groups` int64 (n,): 0 for none. `links` int64 (m, 2): a file and the one it was compared
    with, as places in `files`. `missing`: how many files of the library have a text, but are not on the map.
    """

    info: MapInfo | None
    topic_list: tuple[Topic, ...]
    files: NDArray[np.int64]
    texts: NDArray[np.int64]
    places: NDArray[np.float64]
    topics: NDArray[np.int64]
    relations: NDArray[np.uint8]
    formats: NDArray[np.int16]
    format_names: tuple[str, ...]
    modified_ns: NDArray[np.int64]
    groups: NDArray[np.int64]
    links: NDArray[np.int64]
    missing: int = 0
