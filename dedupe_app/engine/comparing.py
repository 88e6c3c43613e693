"""Stage 5, first half: neighbours, candidate pairs, and the evidence of each pair, made once and kept.

What was compared before in the same crowds is not compared again; the outcome depends on the texts in scope alone,
not on the order in which they came.
"""

from __future__ import annotations

import hashlib
import time
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dedupe_app.embed.lexical import SPACE
from dedupe_app.engine.messages import Progress
from dedupe_app.engine.shelf import Shelf
from dedupe_app.records import Pair
from dedupe_app.similarity.crowd import crowd_keys, is_family
from dedupe_app.similarity.evidence import compare
from dedupe_app.similarity.neighbours import nearest
from dedupe_app.similarity.sketches import sketch_candidates
from dedupe_app.store import documents, results

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from dedupe_app.records import Evidence, PairState
    from dedupe_app.store.database import Library

_AHEAD = 64
_SAVE_SECONDS = 2.0
_Key = tuple[int, int]
_Crowds = dict[int, tuple[int, ...]]
_NOBODY: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Candidates:
    """The texts in scope with their neighbours (nearest first), and the pairs worth comparing.

    A pair is ordered by the hashes of its texts; pairs stand in an order in which the same texts follow each other.
    """

    neighbours: dict[int, tuple[int, ...]]
    pairs: tuple[_Key, ...]


def find_candidates(library: Library) -> Candidates:
    """Find the neighbours of every text in scope and the pairs to compare: near by vector or by sketch."""
    texts = [text for text, _ in documents.texts_in_scope(library)]
    if not texts:
        return Candidates({}, ())
    lists = nearest(documents.vectors(library, texts, SPACE, np.int8))
    numbers = np.array(texts)
    neighbours = {text: tuple(numbers[lists.of(row)].tolist()) for row, text in enumerate(texts)}
    rows = np.repeat(np.arange(len(texts)), np.diff(lists.starts))
    near = np.column_stack([np.minimum(rows, lists.columns), np.maximum(rows, lists.columns)])
    sketched = sketch_candidates(documents.sketches(library, texts))
    both = np.unique(np.concatenate([near, sketched]), axis=0)
    return Candidates(neighbours, tuple(_in_order_of_nearness(numbers, both)))


def compare_pairs(library: Library, candidates: Candidates) -> Iterator[Progress]:
    """Compare every candidate pair whose crowds are not those it was compared in before, and keep the evidence."""
    work = _Comparison(library, candidates)
    yield from work.find_families()
    yield from work.compare_in_first_crowds()
    yield from work.compare_without_families()


class _Comparison:
    """The comparison of one set of candidates, in three passes over the pairs.

    First the crowds leave out families that are so whatever the crowd; then also the texts found to be surely one.
    """

    def __init__(self, library: Library, candidates: Candidates) -> None:
        self._library = library
        self._candidates = candidates
        self._shelf = Shelf(library)
        known = results.load_pair_states(library, candidates.neighbours.keys())
        self._states: dict[_Key, PairState] = {pair: known[pair] for pair in candidates.pairs if pair in known}
        self._families: dict[_Key, bool] = {pair: state.family for pair, state in self._states.items()}

    def find_families(self) -> Iterator[Progress]:
        new = [pair for pair in self._candidates.pairs if pair not in self._families]
        for pair in self._loaded(new, {}):
            a, b = (self._shelf.text(text) for text in pair)
            self._families[pair] = is_family(a, b)
        yield Progress("compare", 0, len(self._candidates.pairs))

    def compare_in_first_crowds(self) -> Iterator[Progress]:
        crowds = self._crowds(self._families)
        names = {pair: _name(crowds[pair[0]], crowds[pair[1]]) for pair in self._candidates.pairs}
        due = [pair for pair, name in names.items() if pair not in self._states or self._states[pair].first_crowds != name]
        yield from self._compare(due, crowds, names, names, {})

    def compare_without_families(self) -> Iterator[Progress]:
        surely = {pair: family or self._states[pair].sure for pair, family in self._families.items()}
        crowds = self._crowds(surely)
        names = {pair: _name(crowds[pair[0]], crowds[pair[1]]) for pair in self._candidates.pairs}
        due = [pair for pair, name in names.items() if self._states[pair].crowds != name]
        first = {pair: self._states[pair].first_crowds for pair in due}
        sure = {pair: self._states[pair].sure for pair in due}
        yield from self._compare(due, crowds, first, names, sure)

    def _compare(
        self,
        due: Sequence[_Key],
        crowds: _Crowds,
        first: Mapping[_Key, bytes],
        names: Mapping[_Key, bytes],
        sure: Mapping[_Key, bool],
    ) -> Iterator[Progress]:
        self._shelf.forget_crowds()
        found: list[Pair] = []
        saved = time.monotonic()
        for done, pair in enumerate(self._loaded(due, crowds), 1):
            a, b = pair
            evidence, is_sure = compare(
                *(self._shelf.text(a), self._shelf.text(b)),
                *(self._shelf.crowd(a, crowds[a]), self._shelf.crowd(b, crowds[b])),
            )
            found.append(
                Pair(a, b, self._families[pair], first[pair], sure.get(pair, is_sure), names[pair], evidence)
            )
            if time.monotonic() - saved > _SAVE_SECONDS:
                self._save(found)
                found, saved = [], time.monotonic()
            yield Progress("compare", done, len(due))
        self._save(found)

    def _save(self, found: list[Pair]) -> None:
        results.save_pairs(self._library, found)
        self._states |= {(pair.text_a, pair.text_b): pair.state for pair in found}

    def _crowds(self, together: Mapping[_Key, bool]) -> _Crowds:
        families: defaultdict[int, set[int]] = defaultdict(set)
        for (a, b), one in together.items():
            if one:
                families[a].add(b)
                families[b].add(a)
        frozen = {text: frozenset(others) for text, others in families.items()}
        return {text: crowd_keys(text, near, frozen) for text, near in self._candidates.neighbours.items()}

    def _loaded(self, pairs: Sequence[_Key], crowds: _Crowds) -> Iterator[_Key]:
        """Yield the pairs, with their texts and crowds on the shelf."""
        for first in range(0, len(pairs), _AHEAD):
            piece = pairs[first : first + _AHEAD]
            texts = dict.fromkeys(text for pair in piece for text in pair)
            self._shelf.load(dict.fromkeys([*texts, *(other for text in texts for other in crowds.get(text, ()))]))
            yield from piece


def _in_order_of_nearness(numbers: np.ndarray, pairs: np.ndarray) -> Iterator[_Key]:
    """Order pairs so that those of one connected cloud follow each other: each text is then loaded about once."""
    beside: defaultdict[int, list[int]] = defaultdict(list)
    for a, b in pairs.tolist():
        beside[a].append(b)
        beside[b].append(a)
    seen: set[int] = set()
    for start in sorted(beside):
        waiting = [start] if start not in seen else []
        seen.add(start)
        for row in waiting:
            for other in beside[row]:
                if other not in seen:
                    seen.add(other)
                    waiting.append(other)
            yield from (
                (int(numbers[row]), int(numbers[other])) for other in beside[row] if row < other
            )


def _name(crowd_a: Iterable[int], crowd_b: Iterable[int]) -> bytes:
    sides = (",".join(map(str, sorted(crowd))) for crowd in (crowd_a, crowd_b))
    return hashlib.blake2b("|".join(sides).encode(), digest_size=8).digest()


def make_comparer(library: Library, candidates: Candidates) -> Callable[[int, int], Evidence]:
    """Return a function that compares two texts that were not candidates, with their neighbours as crowds."""
    shelf = Shelf(library)

    def compare_two(a: int, b: int) -> Evidence:
        crowds = (shelf.crowd(text, candidates.neighbours.get(text, ())) for text in (a, b))
        return compare(shelf.text(a), shelf.text(b), *crowds)[0]

    return compare_two
