"""Stage 5, first half: neighbours, candidate pairs, and the evidence of each pair, made once and kept.

What was compared before in the same crowds is not compared again; the outcome depends on the texts in scope alone,
not on the order in which they came.
"""

from __future__ import annotations

import hashlib
import time
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from dedupe_app.embed.lexical import SPACE
from dedupe_app.engine.messages import Progress
from dedupe_app.engine.shelf import Shelf
from dedupe_app.records import Changes, Pair, Relation
from dedupe_app.similarity.crowd import crowd_keys, is_family
from dedupe_app.similarity.evidence import explain
from dedupe_app.similarity.measures import measure, worth_aligning
from dedupe_app.similarity.neighbours import nearest
from dedupe_app.similarity.overlap import jaccard
from dedupe_app.similarity.reasons import flipped
from dedupe_app.similarity.sketches import sketch_candidates
from dedupe_app.similarity.verdict import SURE_JACCARD, is_sure
from dedupe_app.store import documents, results

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from dedupe_app.records import Comparable, Evidence, Measures, PairState
    from dedupe_app.similarity.crowd import Crowd
    from dedupe_app.store.database import Library

_AHEAD = 64
_SAVE_SECONDS = 2.0
_Key = tuple[int, int]
_Crowds = dict[int, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Candidates:
    """The texts in scope with their neighbours (nearest first), and the pairs worth comparing, cloud by cloud.

    A cloud holds all pairs that hang together, so nothing in it depends on another cloud. A pair is ordered by the
    hashes of its texts.
    """

    neighbours: dict[int, tuple[int, ...]]
    clouds: tuple[tuple[_Key, ...], ...]


def find_candidates(library: Library) -> Candidates:
    """Find the neighbours of every text in scope and the pairs to compare: near by vector or by sketch."""
    texts = [text for text, _ in documents.texts_in_scope(library)]
    if not texts:
        return Candidates({}, ())
    lists = nearest(documents.vectors(library, texts, SPACE, np.int8).astype(np.int8))
    numbers = np.array(texts)
    neighbours = {text: tuple(numbers[lists.of(row)].tolist()) for row, text in enumerate(texts)}
    rows = np.repeat(np.arange(len(texts)), np.diff(lists.starts))
    near = np.column_stack([np.minimum(rows, lists.columns), np.maximum(rows, lists.columns)])
    sketched = sketch_candidates(documents.sketches(library, texts))
    both = np.unique(np.concatenate([near, sketched]), axis=0)
    return Candidates(neighbours, tuple(_clouds(texts, both)))


def compare_pairs(library: Library, candidates: Candidates) -> Iterator[Progress]:
    """Compare every candidate pair whose crowds are not those it was compared in before, and keep the evidence."""
    shelf = Shelf(library)
    known = results.load_pair_states(library, candidates.neighbours.keys())
    total = sum(map(len, candidates.clouds))
    found: list[Pair] = []
    saved, done = time.monotonic(), 0
    for cloud in candidates.clouds:
        for pair in _Cloud(cloud, candidates.neighbours, shelf, known).compare():
            if isinstance(pair, Pair):
                found.append(pair)
            yield Progress("compare", done, total)
        done += len(cloud)
        if time.monotonic() - saved > _SAVE_SECONDS:
            results.save_pairs(library, found)
            found, saved = [], time.monotonic()
    results.save_pairs(library, found)
    yield Progress("compare", total, total)


class _Cloud:
    """The comparison of the pairs of one cloud.

    First the crowds leave out families that are so whatever the crowd; then also the texts found to be surely one.
    """

    def __init__(
        self,
        pairs: Sequence[_Key],
        neighbours: Mapping[int, tuple[int, ...]],
        shelf: Shelf,
        known: Mapping[_Key, PairState],
    ) -> None:
        self._pairs = pairs
        self._neighbours = {text: neighbours[text] for pair in pairs for text in pair}
        self._shelf = shelf
        self._known = {pair: known[pair] for pair in pairs if pair in known}
        self._measured: dict[_Key, tuple[bytes, Measures]] = {}

    def compare(self) -> Iterator[Pair | None]:
        """Yield the pairs that were compared anew, and None now and then while there is work."""
        families = {pair: state.family for pair, state in self._known.items()}
        for pair in self._loaded([pair for pair in self._pairs if pair not in families], {}):
            families[pair] = is_family(*map(self._shelf.text, pair))
            yield None
        crowds = self._crowds(families)
        first = self._names(crowds)
        sure = {
            pair: state.sure
            for pair, state in self._known.items()
            if state.first_crowds == first[pair]
        }
        for pair in self._loaded([pair for pair in self._pairs if pair not in sure], crowds):
            near = jaccard(*(self._shelf.text(text).shingles for text in pair)) >= SURE_JACCARD
            sure[pair] = near and is_sure(self._measure(pair, crowds, first[pair]))
            yield None
        crowds = self._crowds({pair: family or sure[pair] for pair, family in families.items()})
        names = self._names(crowds)
        due = [
            pair
            for pair in self._pairs
            if pair not in self._known or self._known[pair].crowds != names[pair]
        ]
        for pair in self._loaded(due, crowds):
            evidence = self._explain(pair, crowds, names[pair])
            yield Pair(*pair, families[pair], first[pair], sure[pair], names[pair], evidence)

    def _measure(self, pair: _Key, crowds: _Crowds, name: bytes) -> Measures:
        def crowd_of(text: Comparable) -> Crowd:
            return self._shelf.crowd(text.key, crowds[text.key])

        a, b = map(self._shelf.text, pair)
        measures, _ = measure(a, b, crowd_of, self._shelf.alignment)
        self._measured[pair] = (name, measures)
        return measures

    def _explain(self, pair: _Key, crowds: _Crowds, name: bytes) -> Evidence:
        known, measures = self._measured.get(pair, (b"", None))
        if measures is None or known != name:
            measures = self._measure(pair, crowds, name)
        a, b = map(self._shelf.text, pair)
        return explain(
            a, b, measures, self._shelf.alignment(a, b) if worth_aligning(measures) else None
        )

    def _names(self, crowds: _Crowds) -> dict[_Key, bytes]:
        return {(a, b): _name(crowds[a], crowds[b]) for a, b in self._pairs}

    def _crowds(self, together: Mapping[_Key, bool]) -> _Crowds:
        families: defaultdict[int, set[int]] = defaultdict(set)
        for (a, b), one in together.items():
            if one:
                families[a].add(b)
                families[b].add(a)
        frozen = {text: frozenset(others) for text, others in families.items()}
        return {text: crowd_keys(text, near, frozen) for text, near in self._neighbours.items()}

    def _loaded(self, pairs: Sequence[_Key], crowds: _Crowds) -> Iterator[_Key]:
        """Yield the pairs, with their texts and crowds on the shelf."""
        for first in range(0, len(pairs), _AHEAD):
            piece = pairs[first : first + _AHEAD]
            texts = dict.fromkeys(text for pair in piece for text in pair)
            self._shelf.load(
                dict.fromkeys(
                    [*texts, *(other for text in texts for other in crowds.get(text, ()))]
                )
            )
            yield from piece


def _clouds(texts: Sequence[int], pairs: NDArray[np.int64]) -> Iterator[tuple[_Key, ...]]:
    """Part the pairs into clouds that hang together; in each, pairs of the same text follow each other."""
    beside: defaultdict[int, list[int]] = defaultdict(list)
    for a, b in pairs.tolist():
        beside[a].append(b)
        beside[b].append(a)
    seen: set[int] = set()
    for start in sorted(beside):
        if start in seen:
            continue
        seen.add(start)
        cloud: list[_Key] = []
        waiting = [start]
        for row in waiting:
            fresh = [other for other in beside[row] if other not in seen]
            seen.update(fresh)
            waiting.extend(fresh)
            cloud.extend((texts[row], texts[other]) for other in beside[row] if row < other)
        yield tuple(cloud)


def _name(crowd_a: Iterable[int], crowd_b: Iterable[int]) -> bytes:
    sides = (",".join(map(str, sorted(crowd))) for crowd in (crowd_a, crowd_b))
    return hashlib.blake2b("|".join(sides).encode(), digest_size=8).digest()


def make_comparer(library: Library, candidates: Candidates) -> Callable[[int, int], Evidence]:
    """Return a function that tells what differs from one text to another: as stored, or else compared now.

    Texts that were not candidates of each other are compared with their neighbours as crowds.
    """
    shelf = Shelf(library)
    pairs = {pair for cloud in candidates.clouds for pair in cloud}

    def crowd_of(text: Comparable) -> Crowd:
        return shelf.crowd(text.key, candidates.neighbours.get(text.key, ()))

    def compare_now(a: int, b: int) -> Evidence:
        shelf.load([a, b])
        first, second = shelf.text(a), shelf.text(b)
        measures, _ = measure(first, second, crowd_of, shelf.alignment)
        return explain(first, second, measures, shelf.alignment(first, second))

    def compare_two(a: int, b: int) -> Evidence:
        if (a, b) in pairs:
            found = results.find_evidence(library, a, b)
        elif (b, a) in pairs:
            found = results.find_evidence(library, b, a)
            found = replace(found, changes=flipped(found.changes))
        else:
            return compare_now(a, b)
        if found.relation is Relation.SAME_TEMPLATE and found.changes == Changes():
            # Too unlike to be aligned for the decision; people still want to know what differs.
            return replace(found, changes=compare_now(a, b).changes)
        return found

    return compare_two
