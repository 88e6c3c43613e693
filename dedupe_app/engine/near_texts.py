"""Which texts of different families are near each other in the space of a model; only what changed is searched anew."""

from __future__ import annotations

import logging
from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from dedupe_app.engine.scan_messages import Progress
from dedupe_app.similarity.across import pairs_across

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Mapping

    from numpy.typing import NDArray

    from dedupe_app.records import Agreement

    Pairs = list[tuple[int, int, float]]

logger = logging.getLogger(__name__)

# A document with translations into a dozen languages has a dozen twins.
MOST_TWINS = 12
# More pairs than these mean that the model puts nearly all texts in one place; a pair takes some 200 bytes.
MOST_PAIRS = 2_000_000


class NearFinder:
    """Finds near pairs; remembers them, so that next time only new texts, and those of split families, are searched.

    `judged`: what the figures say of pairs that were found, and the words of the shorter text.
    """

    def __init__(self) -> None:
        """Know nothing yet."""
        self.judged: dict[tuple[int, int], tuple[Agreement | None, int]] = {}
        self._space = ""
        self._cut = 0.0
        self._families: dict[int, int] = {}
        self._pairs: dict[tuple[int, int], float] = {}

    def find(
        self,
        space: str,
        numbers: NDArray[np.int64],
        vectors: NDArray[np.float32],
        families: Mapping[int, int],
        cut: float,
    ) -> Generator[Progress, None, Pairs]:
        """Return the pairs above the cut that are among each other's nearest, once each; no two of one family.

        `numbers` of the texts (n,), in an order that does not depend on chance; their unit vectors (n, d).
        """
        own = {number: families.get(number, number) for number in numbers.tolist()}
        if space != self._space or cut < self._cut:
            self._families, self._pairs = {}, {}
        stale = _stale(self._families, own)
        family = np.array([own[number] for number in numbers.tolist()], np.int64)
        fresh = np.array([place for place, number in enumerate(own) if number in stale], np.int64)
        pairs = {
            (a, b): cosine
            for (a, b), cosine in self._pairs.items()
            if cosine >= cut and a in own and b in own and a not in stale and b not in stale
        }
        searched = pairs_across(vectors, family, cut, None if len(fresh) == len(own) else fresh)
        for done, (rows, columns, cosines) in searched:
            near = cosines >= cut
            ends = numbers[rows[near]].tolist(), numbers[columns[near]].tolist()
            pairs.update(zip(zip(*ends, strict=True), cosines[near].tolist(), strict=True))
            if len(pairs) > MOST_PAIRS:
                cut = _raised_cut(pairs)
                pairs = {pair: cosine for pair, cosine in pairs.items() if cosine >= cut}
            yield Progress("meaning", done, len(fresh))
        self._space, self._cut, self._families, self._pairs = space, cut, own, pairs
        return _mutual(pairs, own)


def _raised_cut(pairs: Mapping[tuple[int, int], float]) -> float:
    """Return a cut that less than half of the pairs reach; none, if all are equally near."""
    cosines = np.fromiter(pairs.values(), np.float64, len(pairs))
    cut = float(np.nextafter(np.median(cosines), np.inf))
    logger.warning(
        "%d pairs are near each other; now only from a cosine of %.4f on", len(pairs), cut
    )
    return cut


def _stale(before: Mapping[int, int], now: Mapping[int, int]) -> set[int]:
    """Return the texts that are new, and those of families that fell apart: what was one family was never searched."""
    members: defaultdict[int, list[int]] = defaultdict(list)
    for number, family in before.items():
        if number in now:
            members[family].append(number)
    split = (
        number
        for kin in members.values()
        if len({now[number] for number in kin}) > 1
        for number in kin
    )
    return {number for number in now if number not in before} | set(split)


def _mutual(pairs: Mapping[tuple[int, int], float], families: Mapping[int, int]) -> Pairs:
    """Keep pairs of two families in which each text is among the nearest of the other."""
    place = {number: at for at, number in enumerate(families)}
    near: defaultdict[int, list[tuple[float, int, int]]] = defaultdict(list)
    for (a, b), cosine in pairs.items():
        if families[a] != families[b]:
            near[a].append((-cosine, place[b], b))
            near[b].append((-cosine, place[a], a))
    chosen = {
        number: {other for _, _, other in sorted(others)[:MOST_TWINS]}
        for number, others in near.items()
    }
    found = {
        (min(a, b, key=place.__getitem__), max(a, b, key=place.__getitem__)): -cosine
        for a, others in near.items()
        for cosine, _, b in others
        if b in chosen[a] and a in chosen[b]
    }
    ordered = sorted(found.items(), key=lambda item: (place[item[0][0]], place[item[0][1]]))
    return [(a, b, cosine) for (a, b), cosine in ordered]


def find_families(related: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Return for each text that is alike to others by its words one of those that hang together with it."""
    parents: dict[int, int] = {}

    def root(text: int) -> int:
        while (parent := parents.setdefault(text, text)) != text:
            parents[text] = parents[parent]
            text = parent
        return text

    for a, b in related:
        parents[root(a)] = root(b)
    return {text: root(text) for text in parents}
