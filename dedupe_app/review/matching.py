"""Finds what two sequences have in common, in nearly linear time: first what occurs once, then what lies between.

Gives up on a stretch (and calls it replaced) rather than exceed its time. Knows numbers only, no text.
"""

from __future__ import annotations

import time
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz.distance import Indel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

Run = tuple[int, int, int]
_Region = tuple[int, int, int, int]

# Stretches up to this many pairs of words are aligned exactly: a few milliseconds, during which nobody else runs.
_EXACT = 4_000_000
_SHIFT = 22
_SIZES = (6, 3, 1)


class ComparisonStoppedError(Exception):
    """Nobody waits for this comparison any more."""


@dataclass(slots=True)
class Clock:
    """How long a comparison may take, and whether anybody still waits for it.

    `deadline`: by time.monotonic(). `gave_up`: some stretch was not compared word by word.
    """

    deadline: float
    stopped: Callable[[], bool]
    gave_up: bool = False

    def is_over(self) -> bool:
        """Tell whether the time is up; raise ComparisonStoppedError when nobody waits."""
        if self.stopped():
            raise ComparisonStoppedError
        return time.monotonic() > self.deadline


def matching_runs(a: Sequence[int], b: Sequence[int], clock: Clock) -> list[Run]:
    """Return the runs that both have in the same order: where each starts in a and in b, and its length."""
    found: list[Run] = []
    waiting: list[_Region] = [(0, len(a), 0, len(b))]
    while waiting:
        over = clock.is_over()
        region, ends = _without_ends(a, b, waiting.pop())
        found += ends
        first_a, last_a, first_b, last_b = region
        if first_a == last_a or first_b == last_b:
            continue
        if (last_a - first_a) * (last_b - first_b) <= _EXACT:
            found += _exact(a, b, region)
            continue
        anchors = [] if over else _anchors(a, b, region)
        found += anchors
        waiting += _between(anchors, region) if anchors else ()
        clock.gave_up |= not anchors
    return _joined(sorted(found))


def anchored_runs(
    a: Sequence[int], b: Sequence[int], may_anchor: Callable[[int], bool]
) -> list[Run]:
    """Return the runs around what occurs once in each and `may_anchor` says yes to; nothing between them is sought."""
    once_a, once_b = _only_once(a), _only_once(b)
    pairs = [
        (i, once_b[key])
        for key, i in once_a.items()
        if i >= 0 and once_b.get(key, -1) >= 0 and may_anchor(i)
    ]
    found = _widened(_heaviest(_runs(pairs)), 1)
    gaps = _between(found, (0, len(a), 0, len(b)))
    around = [run for gap in gaps for run in _without_ends(a, b, gap)[1]]
    return _joined(sorted(found + around))


def _without_ends(a: Sequence[int], b: Sequence[int], region: _Region) -> tuple[_Region, list[Run]]:
    """Take off what is equal at the beginning and at the end."""
    first_a, last_a, first_b, last_b = region
    shorter = min(last_a - first_a, last_b - first_b)
    head = 0
    while head < shorter and a[first_a + head] == b[first_b + head]:
        head += 1
    tail = 0
    while tail < shorter - head and a[last_a - 1 - tail] == b[last_b - 1 - tail]:
        tail += 1
    runs = [(first_a, first_b, head)] if head else []
    if tail:
        runs.append((last_a - tail, last_b - tail, tail))
    return (first_a + head, last_a - tail, first_b + head, last_b - tail), runs


def _exact(a: Sequence[int], b: Sequence[int], region: _Region) -> list[Run]:
    first_a, last_a, first_b, last_b = region
    return [
        (first_a + step.src_start, first_b + step.dest_start, step.src_end - step.src_start)
        for step in Indel.opcodes(a[first_a:last_a], b[first_b:last_b])
        if step.tag == "equal"
    ]


def _anchors(a: Sequence[int], b: Sequence[int], region: _Region) -> list[Run]:
    """Return runs around word sequences that occur once in both, as long ones as can be found."""
    first_a, last_a, first_b, last_b = region
    for size in _SIZES:
        once_a = _only_once(_sequences(a[first_a:last_a], size))
        once_b = _only_once(_sequences(b[first_b:last_b], size))
        pairs = [
            (i, once_b[key]) for key, i in once_a.items() if i >= 0 and once_b.get(key, -1) >= 0
        ]
        if pairs:
            runs = _widened(_heaviest(_runs(pairs)), size)
            return [(first_a + i, first_b + j, length) for i, j, length in runs]
    return []


def _sequences(ids: Sequence[int], size: int) -> list[int]:
    """Number each sequence of `size` words: one number, because a million tuples would keep the collector busy."""
    if size == 1:
        return list(ids)
    triples = [
        (x << 2 * _SHIFT) | (y << _SHIFT) | z
        for x, y, z in zip(ids, ids[1:], ids[2:], strict=False)
    ]
    if size == 3:
        return triples
    return [(x << 3 * _SHIFT) | y for x, y in zip(triples, triples[3:], strict=False)]


def _only_once(keys: Iterable[int]) -> dict[int, int]:
    """Return where each key stands, -1 for those that occur again."""
    places: dict[int, int] = {}
    for place, key in enumerate(keys):
        places[key] = -1 if key in places else place
    return places


def _runs(pairs: Iterable[tuple[int, int]]) -> list[Run]:
    runs: list[Run] = []
    first = (0, 0)
    length = 0
    for i, j in pairs:
        if length and i == first[0] + length and j == first[1] + length:
            length += 1
            continue
        if length:
            runs.append((*first, length))
        first, length = (i, j), 1
    if length:
        runs.append((*first, length))
    return runs


def _heaviest(runs: Sequence[Run]) -> list[Run]:
    """Choose the runs that are in the same order in both and longest together. `runs`: sorted by their place in a."""
    ends: list[int] = []
    weights: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, (_, j, length) in enumerate(runs):
        at = bisect_right(ends, j) - 1
        weight = length + (weights[at] if at >= 0 else 0)
        before.append(last[at] if at >= 0 else -1)
        place = bisect_left(ends, j + length)
        if place and weights[place - 1] >= weight:
            continue
        stop = place
        while stop < len(ends) and weights[stop] <= weight:
            stop += 1
        ends[place:stop], weights[place:stop], last[place:stop] = [j + length], [weight], [number]
    chosen: list[Run] = []
    number = last[-1] if last else -1
    while number >= 0:
        chosen.append(runs[number])
        number = before[number]
    return chosen[::-1]


def _widened(runs: Iterable[Run], size: int) -> list[Run]:
    """Turn runs of sequences into runs of words that do not overlap."""
    found: list[Run] = []
    end_a = end_b = 0
    for i, j, sequences in runs:
        length = sequences + size - 1
        cut = max(0, end_a - i, end_b - j)
        if cut >= length:
            continue
        found.append((i + cut, j + cut, length - cut))
        end_a, end_b = i + length, j + length
    return found


def _between(runs: Sequence[Run], region: _Region) -> list[_Region]:
    first_a, last_a, first_b, last_b = region
    gaps = []
    for i, j, length in (*runs, (last_a, last_b, 0)):
        if i > first_a or j > first_b:
            gaps.append((first_a, i, first_b, j))
        first_a, first_b = i + length, j + length
    return gaps


def _joined(runs: Iterable[Run]) -> list[Run]:
    joined: list[Run] = []
    for i, j, length in runs:
        if joined and joined[-1][0] + joined[-1][2] == i and joined[-1][1] + joined[-1][2] == j:
            joined[-1] = (joined[-1][0], joined[-1][1], joined[-1][2] + length)
        else:
            joined.append((i, j, length))
    return joined
