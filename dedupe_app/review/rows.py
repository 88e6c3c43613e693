"""Rows of two texts side by side: data, and the cutting of long stretches into rows that are cheap to lay out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum
from itertools import zip_longest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Span = tuple[int, int]

# A row holds about this many characters at most; a few short lines that are alike share a row.
LONG_ROW = 1500
SHORT_ROW = 400
JOINED_LINES = 3


class RowKind(StrEnum):
    """How the two sides of a row differ. Parallel: in other words altogether, only side by side."""

    ALIKE = "alike"
    CHANGED = "changed"
    REMOVED = "removed"
    ADDED = "added"
    MOVED = "moved"
    PARALLEL = "parallel"


class Weight(IntEnum):
    """What a change touches. Signs: only capitals, punctuation or the spelling of a character."""

    SIGNS = 0
    WORDS = 1
    NAMES = 2
    FIGURES = 3


@dataclass(frozen=True, slots=True)
class Mark:
    """A changed stretch of words inside a row, as places in the whole text, and which change it is part of."""

    start: int
    end: int
    change: int
    weight: Weight


@dataclass(frozen=True, slots=True)
class Row:
    """A stretch of both texts that belongs together; an empty span where a side has nothing.

    All left spans put together are the left text, and so on the right. `changes`: the numbers of the changes in it,
    first and one past the last. `partner`: the row a moved one moved to or from.
    """

    kind: RowKind
    left: Span
    right: Span
    left_marks: tuple[Mark, ...] = ()
    right_marks: tuple[Mark, ...] = ()
    changes: Span = (0, 0)
    partner: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One place where the texts differ: what stands there on each side, and the first row that shows it."""

    left: Span
    right: Span
    weight: Weight
    row: int = 0
    moved: bool = False


def cut_rows(left: str, right: str, rows: Iterable[Row]) -> Iterator[Row]:
    """Cut rows that are too long, one-sided ones line by line; put a few short lines that are alike together."""
    last: Row | None = None
    for row in rows:
        for part in _divided(left, right, row):
            if last is not None and _may_join(left, right, last, part):
                sides = (last.left[0], part.left[1]), (last.right[0], part.right[1])
                last = Row(RowKind.ALIKE, *sides)
                continue
            if last is not None:
                yield last
            last = part
    if last is not None:
        yield last


def pieces(text: str, span: Span, size: int) -> Iterator[Span]:
    """Cut a stretch at line ends into pieces of about `size` characters; lines far longer than that between words."""
    start, end = span
    while start < end:
        stop = start
        while stop < end and stop - start < size:
            line_end = text.find("\n", stop, min(end, start + LONG_ROW))
            if line_end >= 0:
                stop = line_end + 1
            elif end - start <= LONG_ROW:
                stop = end
            else:
                stop = max(stop, _word_end(text, start, start + LONG_ROW))
                break
        yield start, stop
        start = stop


def _divided(left: str, right: str, row: Row) -> Iterator[Row]:
    if row.kind is RowKind.REMOVED:
        for number, piece in enumerate(pieces(left, row.left, 1)):
            # What the other side has here is no word; it stays with the first line.
            yield replace(row, left=piece, right=row.right if not number else (row.right[1],) * 2)
        return
    if row.kind is RowKind.ADDED:
        for number, piece in enumerate(pieces(right, row.right, 1)):
            yield replace(row, right=piece, left=row.left if not number else (row.left[1],) * 2)
        return
    if max(row.left[1] - row.left[0], row.right[1] - row.right[0]) <= 2 * LONG_ROW:
        yield row
        return
    place_left, place_right = row.left[0], row.right[0]
    size = LONG_ROW if row.kind is RowKind.ALIKE else SHORT_ROW
    for a, b in zip_longest(pieces(left, row.left, size), pieces(right, row.right, size)):
        part_left, part_right = a or (place_left,) * 2, b or (place_right,) * 2
        place_left, place_right = part_left[1], part_right[1]
        yield replace(
            row,
            left=part_left,
            right=part_right,
            left_marks=_clipped(row.left_marks, part_left),
            right_marks=_clipped(row.right_marks, part_right),
        )


def _clipped(marks: Sequence[Mark], span: Span) -> tuple[Mark, ...]:
    return tuple(
        replace(mark, start=max(mark.start, span[0]), end=min(mark.end, span[1]))
        for mark in marks
        if mark.start < span[1] and mark.end > span[0]
    )


def _may_join(left: str, right: str, row: Row, following: Row) -> bool:
    if not (row.kind is following.kind is RowKind.ALIKE):
        return False
    if row.changes != (0, 0) or following.changes != (0, 0):
        return False
    if following.left[1] - row.left[0] > SHORT_ROW or following.right[1] - row.right[0] > SHORT_ROW:
        return False
    if not left.endswith("\n", *row.left) or not right.endswith("\n", *row.right):
        return False
    ends = left.count("\n", *row.left), left.count("\n", *following.left)
    same = (right.count("\n", *row.right), right.count("\n", *following.right)) == ends
    return same and sum(ends) <= JOINED_LINES


def _word_end(text: str, start: int, limit: int) -> int:
    found = max(text.rfind(" ", start + LONG_ROW // 2, limit), text.rfind("\u3002", start, limit))
    return found + 1 if found > start else limit
