"""Finds what was only moved: removed in one place and added, word for word, in another."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dedupe_app.review.rows import Change, Row, RowKind, Weight
from dedupe_app.review.words import Vocabulary, split_words

if TYPE_CHECKING:
    from collections.abc import Sequence

# Shorter lines than this, in words, come back by chance.
_LEAST_WORDS = 5


def mark_moves(
    left: str, right: str, rows: Sequence[Row], changes: Sequence[Change]
) -> tuple[tuple[Row, ...], tuple[Change, ...]]:
    """Call the rows moved that the other text has elsewhere, and the changes that consist of such rows only."""
    vocabulary = Vocabulary()
    removed: dict[tuple[int, ...], list[int]] = {}
    moved_rows = list(rows)
    for number, row in enumerate(rows):
        if row.kind is RowKind.REMOVED:
            words = tuple(split_words(left, *row.left, vocabulary).ids)
            if len(words) >= _LEAST_WORDS:
                removed.setdefault(words, []).append(number)
    for number, row in enumerate(rows if removed else ()):
        if row.kind is RowKind.ADDED:
            partners = removed.get(tuple(split_words(right, *row.right, vocabulary).ids))
            if partners:
                partner = partners.pop(0)
                moved_rows[number] = replace(row, kind=RowKind.MOVED, partner=partner)
                moved_rows[partner] = replace(rows[partner], kind=RowKind.MOVED, partner=number)
    return tuple(moved_rows), _moved_changes(moved_rows, changes)


def _moved_changes(rows: Sequence[Row], changes: Sequence[Change]) -> tuple[Change, ...]:
    other = {
        change for row in rows if row.kind is not RowKind.MOVED for change in range(*row.changes)
    }
    moved = list(changes)
    for row in rows:
        for change in range(*row.changes) if row.kind is RowKind.MOVED else ():
            if change not in other:
                moved[change] = replace(changes[change], weight=Weight.WORDS, moved=True)
    return tuple(moved)
