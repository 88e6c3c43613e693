"""Stage 5, first step: which texts are near each other, and which pairs are worth comparing.

Depends on the texts in scope alone: the order in which they came, or were read, changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from dedupe_app.embed.lexical import SPACE
from dedupe_app.hashing import distinct
from dedupe_app.similarity.neighbours import nearest
from dedupe_app.similarity.renewal import renew
from dedupe_app.similarity.sketch_index import SketchIndex
from dedupe_app.similarity.sketches import sketch_candidates
from dedupe_app.store import documents

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from numpy.typing import NDArray

    from dedupe_app.similarity.neighbours import NeighbourLists
    from dedupe_app.store.library import Library

# All 32 neighbours make the crowd of a text, but only the nearest are compared with it. Measured on eleven corpora:
# with 6 of them and the pairs that share rare shingles no true pair is missed.
COMPARED = 8
# With more new texts than one in this many, a fresh search is as fast.
_NEW_SHARE = 8
Key = tuple[int, int]
_One = TypeVar("_One")
_Other = TypeVar("_Other")


@dataclass(frozen=True, slots=True)
class Cloud:
    """Texts that hang together as neighbours: nothing in it depends on another cloud.

    `neighbours` of each text, nearest first; `pairs` to compare, each ordered by the hashes of its texts, those of the
    same text one after the other.
    """

    neighbours: dict[int, tuple[int, ...]]
    pairs: tuple[Key, ...]


def find_candidates(
    library: Library,
    finder: CandidateFinder | None = None,
    texts: list[tuple[int, str]] | None = None,
) -> tuple[Cloud, ...]:
    """Find the neighbours of every text in scope and the pairs to compare: near by vector or by sketch.

    With the `finder` of an earlier time, only for what changed since; clouds that are as they were are the same
    objects. `texts` in scope, if they are known already.
    """
    texts = documents.texts_in_scope(library) if texts is None else texts
    if finder is not None:
        return finder.find(library, texts)
    numbers = [text for text, _ in texts]
    if not numbers:
        return ()
    vectors, sketches = _vectors(library, numbers), documents.sketches(library, numbers)
    lists, sketched = _at_once(partial(nearest, vectors), partial(sketch_candidates, sketches))
    return tuple(_clouds(numbers, lists, sketched, np.ones(len(numbers), bool)))


class CandidateFinder:
    """Remembers vectors, neighbours and sketches from one search to the next, so that little is searched again.

    About 256 bytes for the vector of a text, 400 for its neighbours, and 12 for each hash of its sketch.
    """

    def __init__(self) -> None:
        """Remember nothing yet."""
        self._texts: list[tuple[int, str]] = []
        self._vectors: NDArray[np.int8] = np.zeros((0, 256), np.int8)
        self._lists: NeighbourLists | None = None
        self._sketches = SketchIndex({})
        self._clouds: dict[int, Cloud] = {}

    def find(self, library: Library, texts: list[tuple[int, str]]) -> tuple[Cloud, ...]:
        """Find the clouds of some texts, given with their hashes and ordered by these."""
        if not texts:
            self._lists = None
            return ()
        known = {text for text, _ in self._texts}
        numbers = [text for text, _ in texts]
        new = [text for text in numbers if text not in known]
        gone = known.difference(numbers)
        if self._lists is None or len(new) * _NEW_SHARE > len(numbers):
            changed = self._search(library, numbers)
        else:
            changed = self._renew(library, numbers, new, gone)
        self._texts = texts
        self._renew_clouds(numbers, changed, gone)
        clouds = (self._clouds[text] for text in numbers if text in self._clouds)
        return tuple({id(cloud): cloud for cloud in clouds}.values())

    def _search(self, library: Library, numbers: list[int]) -> NDArray[np.bool_]:
        self._vectors, sketches = _vectors(library, numbers), documents.sketches(library, numbers)
        self._lists, self._sketches = _at_once(
            partial(nearest, self._vectors),
            partial(SketchIndex, dict(zip(numbers, sketches, strict=True))),
        )
        self._clouds = {}
        return np.ones(len(numbers), bool)

    def _renew(
        self, library: Library, numbers: list[int], new: list[int], gone: set[int]
    ) -> NDArray[np.bool_]:
        """Bring vectors, neighbours and sketches up to date; return which rows may have other neighbours or pairs."""
        if self._lists is None:
            raise RuntimeError("nothing was searched before")
        row_of = _rows(numbers, gone)
        places = row_of[[text for text, _ in self._texts]]
        vectors = np.empty((len(numbers), self._vectors.shape[1]), np.int8)
        vectors[places[places >= 0]] = self._vectors[places >= 0]
        if new:
            vectors[row_of[new]] = _vectors(library, new)
        self._vectors = vectors
        self._lists, changed = renew(self._lists, places, vectors)
        sketches = documents.sketches(library, new) if new else []
        affected = self._sketches.change(gone, dict(zip(new, sketches, strict=True)))
        changed[row_of[affected]] = True
        return changed

    def _renew_clouds(self, numbers: list[int], changed: NDArray[np.bool_], gone: set[int]) -> None:
        """Make the clouds anew in which something changed, or which hang together now."""
        lists = self._lists
        if lists is None:
            raise RuntimeError("nothing was searched before")
        row_of = _rows(numbers, gone)
        sketched = np.sort(row_of[self._sketches.pairs], axis=1)
        beside = changed.copy()
        beside[lists.columns[np.repeat(changed, np.diff(lists.starts))]] = True
        beside[sketched[changed[sketched].any(axis=1)]] = True
        touched = {numbers[row] for row in np.flatnonzero(beside).tolist()} | gone
        before = {id(cloud): cloud for text in touched if (cloud := self._clouds.get(text))}
        touched.update(text for cloud in before.values() for text in cloud.neighbours)
        mask = np.zeros(len(numbers), bool)
        mask[row_of[list(touched - gone)]] = True
        for text in touched:
            self._clouds.pop(text, None)
        same = {next(iter(cloud.neighbours)): cloud for cloud in before.values()}
        for cloud in _clouds(numbers, lists, sketched, mask):
            old = same.get(next(iter(cloud.neighbours)))
            kept = old if old == cloud else cloud
            self._clouds.update(dict.fromkeys(kept.neighbours, kept))


def _at_once(one: Callable[[], _One], other: Callable[[], _Other]) -> tuple[_One, _Other]:
    """Do two things at the same time: numpy lets go of the interpreter lock."""
    with ThreadPoolExecutor(1) as thread:
        future = thread.submit(other)
        return one(), future.result()


def _rows(numbers: Sequence[int], gone: Collection[int]) -> NDArray[np.int64]:
    """Return the row of each number, -1 for those that are gone: int64 (largest number + 1,)."""
    rows = np.full(max([*numbers, *gone], default=0) + 1, -1, np.int64)
    rows[np.array(numbers, np.int64)] = np.arange(len(numbers))
    return rows


def _vectors(library: Library, numbers: Sequence[int]) -> NDArray[np.int8]:
    return documents.vectors(library, numbers, SPACE, np.int8).astype(np.int8, copy=False)


def _clouds(
    texts: Sequence[int],
    lists: NeighbourLists,
    sketched: NDArray[np.int64],
    wanted: NDArray[np.bool_],
) -> Iterator[Cloud]:
    """Yield the clouds of the wanted rows, with which no other row hangs together.

    `sketched` int64 (m, 2): rows of the pairs that were found by their sketches, the lower first.
    """
    owners = np.repeat(np.arange(len(texts)), np.diff(lists.starts))
    mine = np.flatnonzero(wanted[owners])
    rows, columns = owners[mine], lists.columns[mine]
    near = mine - lists.starts[rows] < COMPARED
    sketched = sketched[wanted[sketched[:, 0]]]
    linked = np.column_stack([np.minimum(rows, columns), np.maximum(rows, columns)])
    beside: defaultdict[int, list[int]] = defaultdict(list)
    for a, b in np.concatenate([linked, sketched]).tolist():
        beside[a].append(b)
        beside[b].append(a)
    compared: defaultdict[int, list[int]] = defaultdict(list)
    for a, b in _distinct(np.concatenate([linked[near], sketched]), len(texts)).tolist():
        compared[a].append(b)
    seen: set[int] = set()
    for start in sorted(beside):
        if start in seen:
            continue
        seen.add(start)
        reached = [start]
        for row in reached:
            fresh = [other for other in dict.fromkeys(beside[row]) if other not in seen]
            seen.update(fresh)
            reached.extend(fresh)
        pairs = tuple((texts[row], texts[other]) for row in reached for other in compared[row])
        neighbours = {texts[row]: _neighbours(texts, lists, row) for row in reached}
        yield Cloud(neighbours, pairs)


def _distinct(pairs: NDArray[np.int64], most: int) -> NDArray[np.int64]:
    """Return the different pairs of numbers below `most`, in order: int64 (m, 2)."""
    keys = distinct(pairs[:, 0] * most + pairs[:, 1])
    return np.column_stack(np.divmod(keys, most))


def _neighbours(texts: Sequence[int], lists: NeighbourLists, row: int) -> tuple[int, ...]:
    return tuple(texts[column] for column in lists.of(row).tolist())
