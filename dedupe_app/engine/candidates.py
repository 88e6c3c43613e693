"""Stage 5, first step: which texts are near each other, and which pairs are worth comparing.

Depends on the texts in scope alone: the order in which they came, or were read, changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dedupe_app.embed.lexical import SPACE
from dedupe_app.similarity.neighbours import nearest
from dedupe_app.similarity.sketches import sketch_candidates
from dedupe_app.store import documents

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from dedupe_app.store.database import Library

# All 32 neighbours make the crowd of a text, but only the nearest are compared with it. Measured on eleven corpora:
# with 6 of them and the pairs that share rare shingles no true pair is missed.
COMPARED = 8
Key = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Cloud:
    """Texts that hang together as neighbours: nothing in it depends on another cloud.

    `neighbours` of each text, nearest first; `pairs` to compare, each ordered by the hashes of its texts, those of the
    same text one after the other.
    """

    neighbours: dict[int, tuple[int, ...]]
    pairs: tuple[Key, ...]


def find_candidates(library: Library) -> tuple[Cloud, ...]:
    """Find the neighbours of every text in scope and the pairs to compare: near by vector or by sketch."""
    texts = [text for text, _ in documents.texts_in_scope(library)]
    if not texts:
        return ()
    lists = nearest(documents.vectors(library, texts, SPACE, np.int8).astype(np.int8))
    numbers = np.array(texts)
    neighbours = {text: tuple(numbers[lists.of(row)].tolist()) for row, text in enumerate(texts)}
    rows = np.repeat(np.arange(len(texts)), np.diff(lists.starts))
    rank = np.arange(len(rows)) - lists.starts[rows]
    linked = np.column_stack([np.minimum(rows, lists.columns), np.maximum(rows, lists.columns)])
    sketched = sketch_candidates(documents.sketches(library, texts))
    chosen = np.unique(np.concatenate([linked[rank < COMPARED], sketched]), axis=0)
    return tuple(_clouds(texts, neighbours, np.concatenate([linked, sketched]), chosen))


def _clouds(
    texts: Sequence[int],
    neighbours: dict[int, tuple[int, ...]],
    linked: NDArray[np.int64],
    chosen: NDArray[np.int64],
) -> Iterator[Cloud]:
    beside: defaultdict[int, list[int]] = defaultdict(list)
    for a, b in linked.tolist():
        beside[a].append(b)
        beside[b].append(a)
    compared: defaultdict[int, list[int]] = defaultdict(list)
    for a, b in chosen.tolist():
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
        yield Cloud({texts[row]: neighbours[texts[row]] for row in reached}, pairs)
