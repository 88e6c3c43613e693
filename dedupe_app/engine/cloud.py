"""Compares the pairs of one cloud of texts, in three passes. Reads the library, never writes it.

What was compared before in the same crowds is not compared again.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import TYPE_CHECKING

from dedupe_app.records import Pair
from dedupe_app.similarity import DECISION_VERSION
from dedupe_app.similarity.crowd import crowd_keys, is_family, may_be_family
from dedupe_app.similarity.evidence import explain
from dedupe_app.similarity.measures import measure, worth_aligning
from dedupe_app.similarity.overlap import jaccard
from dedupe_app.similarity.verdict import SURE_JACCARD, is_sure

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dedupe_app.engine.candidates import Cloud, Key
    from dedupe_app.engine.shelf import Shelf
    from dedupe_app.records import Comparable, Evidence, Measures, PairState
    from dedupe_app.similarity.crowd import Crowd

_AHEAD = 64
_Crowds = dict[int, tuple[int, ...]]


def compare_cloud(
    cloud: Cloud, shelf: Shelf, known: Mapping[Key, PairState]
) -> Iterator[Pair | None]:
    """Yield the pairs of a cloud that were compared anew, and None now and then while there is work.

    `known`: in which crowds pairs were compared before.
    """
    yield from _Comparison(cloud, shelf, known).run()


class _Comparison:
    """First the crowds leave out families that are so whatever the crowd; then also what was found surely one."""

    def __init__(self, cloud: Cloud, shelf: Shelf, known: Mapping[Key, PairState]) -> None:
        self._cloud = cloud
        self._shelf = shelf
        self._known = known
        # Only of pairs that were aligned: the others are measured again as fast as they are looked up.
        self._measured: dict[Key, tuple[bytes, Measures]] = {}

    def run(self) -> Iterator[Pair | None]:
        pairs = self._cloud.pairs
        families = {pair: self._known[pair].family for pair in pairs if pair in self._known}
        for pair in self._loaded([pair for pair in pairs if pair not in families], {}):
            families[pair] = self._is_family(*map(self._shelf.text, pair))
            yield None
        crowds = self._crowds(pair for pair, family in families.items() if family)
        first = _names(crowds)
        sure = {
            pair: state.sure
            for pair, state in self._known.items()
            if pair in families and state.first_crowds == first[pair[0]] + first[pair[1]]
        }
        for pair in self._loaded([pair for pair in pairs if pair not in sure], crowds):
            near = self._is_near(*map(self._shelf.text, pair))
            sure[pair] = near and is_sure(self._measure(pair, crowds, first))
            yield None
        crowds = self._crowds(pair for pair in pairs if families[pair] or sure[pair])
        names = _names(crowds)
        due = [
            pair
            for pair in pairs
            if pair not in self._known
            or self._known[pair].crowds != names[pair[0]] + names[pair[1]]
            or self._known[pair].first_crowds != first[pair[0]] + first[pair[1]]
        ]
        for a, b in self._loaded(due, crowds):
            evidence = self._explain((a, b), crowds, names)
            family = families[a, b]
            yield Pair(a, b, family, first[a] + first[b], sure[a, b], names[a] + names[b], evidence)

    def _is_family(self, a: Comparable, b: Comparable) -> bool:
        return may_be_family(a, b) and is_family(a, b, len(self._shelf.common(a.key, b.key)))

    def _is_near(self, a: Comparable, b: Comparable) -> bool:
        fewer, more = sorted((len(a.shingles), len(b.shingles)))
        if fewer < SURE_JACCARD * more:
            return False
        shared = len(self._shelf.common(a.key, b.key))
        return jaccard(a.shingles, b.shingles, shared) >= SURE_JACCARD

    def _measure(self, pair: Key, crowds: _Crowds, names: Mapping[int, bytes]) -> Measures:
        def crowd_of(text: Comparable) -> Crowd:
            return self._shelf.crowd(text.key, crowds[text.key])

        a, b = map(self._shelf.text, pair)
        shared = self._shelf.common(*pair)
        measures, alignment = measure(a, b, crowd_of, self._shelf.alignment, shared)
        if alignment is not None:
            self._measured[pair] = (names[pair[0]] + names[pair[1]], measures)
        return measures

    def _explain(self, pair: Key, crowds: _Crowds, names: Mapping[int, bytes]) -> Evidence:
        name, measures = self._measured.get(pair, (b"", None))
        if measures is None or name != names[pair[0]] + names[pair[1]]:
            measures = self._measure(pair, crowds, names)
        a, b = map(self._shelf.text, pair)
        aligned = self._shelf.alignment(a, b) if worth_aligning(measures) else None
        return explain(a, b, measures, aligned)

    def _crowds(self, together: Iterator[Key]) -> _Crowds:
        families = _families(together)
        return {
            text: crowd_keys(text, near, families) for text, near in self._cloud.neighbours.items()
        }

    def _loaded(self, pairs: Sequence[Key], crowds: _Crowds) -> Iterator[Key]:
        """Yield the pairs, with their texts and crowds on the shelf."""
        for first in range(0, len(pairs), _AHEAD):
            piece = pairs[first : first + _AHEAD]
            texts = dict.fromkeys(text for pair in piece for text in pair)
            around = (other for text in texts for other in crowds.get(text, ()))
            self._shelf.load(dict.fromkeys([*texts, *around]))
            yield from piece


def _families(together: Iterator[Key]) -> dict[int, frozenset[int]]:
    """Return for each text all that hang together with it, itself included."""
    beside: defaultdict[int, list[int]] = defaultdict(list)
    for a, b in together:
        beside[a].append(b)
        beside[b].append(a)
    found: dict[int, frozenset[int]] = {}
    for start in beside:
        if start in found:
            continue
        family = dict.fromkeys([start])
        waiting = [start]
        for text in waiting:
            fresh = [other for other in beside[text] if other not in family]
            family.update(dict.fromkeys(fresh))
            waiting.extend(fresh)
        found.update(dict.fromkeys(family, frozenset(family)))
    return found


def _names(crowds: _Crowds) -> dict[int, bytes]:
    """Name each crowd by its members and by the version of the decision, in 8 bytes."""
    return {
        text: hashlib.blake2b(
            f"{DECISION_VERSION} {sorted(crowd)}".encode(), digest_size=8
        ).digest()
        for text, crowd in crowds.items()
    }
