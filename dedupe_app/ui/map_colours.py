"""What the dots of the map are coloured by, and with which colours: fit for colour-blind people, light and dark."""

from __future__ import annotations

import time
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QCoreApplication

from dedupe_app.records import Detail, Relation
from dedupe_app.ui.theme import is_dark, relation_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dedupe_app.records import MapFiles, Topic

# After Okabe and Ito 2008, yellow darkened and some more; the last is for what is none of these.
_LIGHT = "0072b2 e69f00 009e73 cc79a7 56b4e9 d55e00 8a6bbf a89b00 7a5c45".split()
_DARK = "4da3e0 f0b43c 2bc493 e59ac6 8ccbf2 f57f4a b49ae0 d9cc4a c49a7c".split()
_NONE = ("b4bcc9", "4d5666")
# From new to old: lightness alone tells them apart.
_AGES_LIGHT = "0b2a5b 1d5b9c 3f8fc5 7fb8d8 b5d5e5".split()
_AGES_DARK = "f2f7ff b9d6f5 7fb0e3 4a80bd 35567f".split()
_DAY_NS = 24 * 3600 * 10**9
_AGES = (30, 365, 3 * 365, 10 * 365)


class ColourBy(StrEnum):
    """What the dots are coloured by."""

    TOPIC = "topic"
    RELATION = "relation"
    FOLDER = "folder"
    FORMAT = "format"
    AGE = "age"


@dataclass(frozen=True, slots=True, eq=False)
class Colouring:
    """A colour for each file. `codes` int16 (n,): places in `entries`, the last of which is for all others.

    `entries`: names and places in the palette, -1 for the colour of none; `ages`: the palette is that of ages. `named`:
    a legend is of use; topics stand on the map itself.
    """

    codes: NDArray[np.int16]
    entries: tuple[tuple[str, int], ...]
    ages: bool = False
    named: bool = True

    def colours(self) -> NDArray[np.uint32]:
        """Return the colour 0xffrrggbb of each entry, in the look that is on now."""
        dark = is_dark()
        palette = (
            (_AGES_DARK if dark else _AGES_LIGHT) if self.ages else (_DARK if dark else _LIGHT)
        )
        found = [
            palette[place % len(palette)] if place >= 0 else _NONE[dark]
            for _, place in self.entries
        ]
        return np.array([0xFF000000 | int(colour, 16) for colour in found], np.uint32)


def by_name(by: ColourBy) -> str:
    """Return what dots are coloured by as people read it."""
    translate = QCoreApplication.translate
    return {
        ColourBy.TOPIC: translate("Map", "topic"),
        ColourBy.RELATION: translate("Map", "relation"),
        ColourBy.FOLDER: translate("Map", "folder"),
        ColourBy.FORMAT: translate("Map", "format"),
        ColourBy.AGE: translate("Map", "age"),
    }[by]


def colour_by_topic(found: MapFiles) -> Colouring:
    """Colour by the broad topics; near ones never alike, as far as there are colours."""
    topics = [topic for topic in found.topic_list if topic.detail is Detail.BROAD]
    chosen = _apart(topics)
    entries = [(topic.name, chosen[place]) for place, topic in enumerate(topics)]
    places = {topic.number: place for place, topic in enumerate(topics)}
    codes = _codes(found.topics[:, Detail.BROAD], places, len(topics))
    none = QCoreApplication.translate("Map", "Not in a topic")
    return Colouring(codes, (*entries, (none, -1)), named=False)


def colour_by_relation(found: MapFiles) -> Colouring:
    """Colour by what a file is to the one it was compared with."""
    entries = [(relation_name(each), place) for place, each in enumerate(Relation)]
    none = QCoreApplication.translate("Map", "Like no other")
    codes = np.where(found.relations > 0, found.relations.astype(np.int16) - 1, len(entries))
    return Colouring(codes.astype(np.int16), (*entries, (none, -1)))


def colour_by_format(found: MapFiles) -> Colouring:
    """Colour by format, the most frequent ones."""
    return _most_frequent(found.formats.astype(np.int64), found.format_names)


def colour_by_folder(found: tuple[Sequence[int], Sequence[str]]) -> Colouring:
    """Colour by folder, the fullest ones; given as places in a list of names."""
    places, names = found
    return _most_frequent(np.array(places, np.int64), names)


def colour_by_age(found: MapFiles) -> Colouring:
    """Colour by when a file was last changed."""
    translate = QCoreApplication.translate
    days = (time.time_ns() - found.modified_ns) // _DAY_NS
    codes = np.searchsorted(np.array(_AGES), days, "right").astype(np.int16)
    names = (
        translate("Map", "This month"),
        translate("Map", "This year"),
        translate("Map", "Up to 3 years"),
        translate("Map", "Up to 10 years"),
        translate("Map", "Older"),
    )
    return Colouring(codes, tuple((name, place) for place, name in enumerate(names)), ages=True)


def _most_frequent(values: NDArray[np.int64], names: Sequence[str]) -> Colouring:
    counts = np.bincount(values[values >= 0], minlength=len(names))
    order = np.argsort(-counts, kind="stable")[: len(_LIGHT)].tolist()
    entries = [(names[value], place) for place, value in enumerate(order)]
    codes = _codes(values, {value: place for place, value in enumerate(order)}, len(order))
    if (codes == len(order)).any():
        entries.append((QCoreApplication.translate("Map", "All others"), -1))
    return Colouring(codes, tuple(entries))


def _codes(values: NDArray[np.int64], places: dict[int, int], rest: int) -> NDArray[np.int16]:
    """Return the place of each value, `rest` for those that have none."""
    own, back = np.unique(values, return_inverse=True)
    found = [places.get(value, rest) for value in own.tolist()]
    return np.array(found, np.int16)[back.ravel()]


def _apart(topics: Sequence[Topic]) -> list[int]:
    """Give each topic the colour whose nearest bearer is farthest away; all colours come into use first."""
    chosen: list[int] = []
    for topic in topics:
        nearest = [float("inf")] * len(_LIGHT)
        for other, place in zip(topics, chosen, strict=False):
            away = (topic.x - other.x) ** 2 + (topic.y - other.y) ** 2
            nearest[place] = min(nearest[place], away)
        chosen.append(max(range(len(_LIGHT)), key=lambda place: nearest[place]))
    return chosen
