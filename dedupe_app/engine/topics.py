"""The topics of a map with their names: found on the places, named from a few texts of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dedupe_app.engine.scan_messages import Progress
from dedupe_app.records import Detail, Topic
from dedupe_app.similarity import topic_terms, topic_words
from dedupe_app.similarity.topics import NONE, find_topics, middles, same_topics
from dedupe_app.store import documents, maps

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

    from numpy.typing import NDArray

    from dedupe_app.similarity.topic_terms import Terms
    from dedupe_app.store.library import Library

    Labels = NDArray[np.int64]

# So many texts of a topic are read for its name.
_READ = 30
# A topic that is nearly the same at two levels of detail has one name.
_NEARLY = 0.8
_LOADED_AT_ONCE = 64


def name_topics(
    library: Library, number: int, texts: NDArray[np.int64], places: NDArray[np.float64]
) -> Generator[Progress, None, tuple[list[Topic], Labels]]:
    """Find the topics of a map and name them; those of the map `number` that they continue give them their numbers.

    Returns the topics, and for each text its topics by detail as places in that list: int64 (n, 3), -1 for none.
    """
    yield Progress("topics", 0, None)
    labels = find_topics(places)
    terms = yield from _read(library, texts, labels)
    before = _before(library, number, texts)
    found: list[Topic] = []
    names: list[list[str]] = []
    for detail in Detail:
        own = labels[:, detail]
        names.append(_names(texts, terms, labels, detail, names))
        numbers = same_topics(own, before[:, detail])
        centres = middles(places, own)
        counts = np.bincount(own[own != NONE], minlength=len(centres))
        first = len(found)
        found += [
            Topic(detail, name, int(counts[each]), x, y, numbers.get(each, 0))
            for each, (name, (x, y)) in enumerate(zip(names[-1], centres.tolist(), strict=True))
        ]
        own[own != NONE] += first
    return _without_nameless(found, labels)


def _read(
    library: Library, texts: NDArray[np.int64], labels: Labels
) -> Generator[Progress, None, dict[int, Terms]]:
    """Read some texts of each topic, chosen evenly; the order of the texts says nothing about them."""
    chosen: set[int] = set()
    for detail in Detail:
        own = labels[:, detail]
        for topic in range(int(own.max(initial=NONE)) + 1):
            rows = np.flatnonzero(own == topic)
            chosen.update(rows[:: max(1, len(rows) // _READ)].tolist())
    wanted = texts[sorted(chosen)].tolist()
    found: dict[int, Terms] = {}
    for first in range(0, len(wanted), _LOADED_AT_ONCE):
        yield Progress("topics", first, len(wanted))
        piece = wanted[first : first + _LOADED_AT_ONCE]
        called = maps.names_of(library, piece)
        for text, raw in documents.raw_texts(library, piece):
            found[text] = topic_terms.terms_of(raw, called.get(text, ()))
    return found


def _names(
    texts: NDArray[np.int64],
    terms: Mapping[int, Terms],
    labels: Labels,
    detail: Detail,
    above: list[list[str]],
) -> list[str]:
    """Name the topics of one level; those that are one of a level above have its name."""
    own = labels[:, detail]
    count = int(own.max(initial=NONE)) + 1
    names: dict[int, str] = {}
    for level, known in enumerate(above):
        names |= _inherited(own, labels[:, level], known)
    rest = [topic for topic in range(count) if topic not in names]
    read = np.isin(texts, np.fromiter(terms, np.int64, len(terms)))
    members = [texts[(own == topic) & read].tolist() for topic in rest]
    taken = [name for known in above for name in known]
    within = _around(texts, labels[:, detail - 1], own, rest, read) if detail else {}
    named = topic_words.name_topics(terms, members, taken, within)
    names |= dict(zip(rest, named, strict=True))
    return [names[topic] for topic in range(count)]


def _inherited(own: Labels, above: Labels, known: list[str]) -> dict[int, str]:
    first = min(above[above != NONE], default=0)  # the level above counts on from that before it
    shifted = np.where(above == NONE, NONE, above - first)
    found = {}
    for new, old in same_topics(own, shifted).items():
        inside, outside = own == new, shifted == old
        if (inside & outside).sum() >= _NEARLY * (inside | outside).sum():
            found[new] = known[old]
    return found


def _around(
    texts: NDArray[np.int64],
    above: Labels,
    own: Labels,
    topics: list[int],
    read: NDArray[np.bool_],
) -> dict[int, list[int]]:
    """Return for topics, by their places, the texts that were read of the broader topic in which most of each is."""
    found = {}
    for place, topic in enumerate(topics):
        there = above[(own == topic) & (above != NONE)]
        if 2 * len(there) > (own == topic).sum():
            broader = np.bincount(there).argmax()
            found[place] = texts[(above == broader) & read].tolist()
    return found


def _before(library: Library, number: int, texts: NDArray[np.int64]) -> Labels:
    """Return the topics in which texts were on the map before: numbers, NONE for none."""
    found = np.full((len(texts), len(Detail)), NONE, np.int64)
    if not number:
        return found
    points = maps.points(library, number)
    if len(points.texts):
        at = np.searchsorted(points.texts, texts).clip(0, len(points.texts) - 1)
        there = points.texts[at] == texts
        found[there] = np.where(points.topics[at[there]] > 0, points.topics[at[there]], NONE)
    return found


def _without_nameless(found: list[Topic], labels: Labels) -> tuple[list[Topic], Labels]:
    """Leave out topics whose texts have no words in common: nobody could tell what they are."""
    lookup = np.full(len(found) + 1, NONE, np.int64)
    kept: list[Topic] = []
    for place, topic in enumerate(found):
        if topic.name:
            lookup[place] = len(kept)
            kept.append(topic)
    return kept, lookup[labels]
