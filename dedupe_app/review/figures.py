"""Compares the figures of two texts, whatever the words around them say."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from dedupe_app.review.rows import Change, Mark, Row, Weight
from dedupe_app.review.words import find_figures

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dedupe_app.review.rows import Span


def count_changed(left: str, right: str, changes: Iterable[Change]) -> int:
    """Count the figures that were exchanged, added or removed, those of moved text left out."""
    counted = 0
    for change in changes:
        if change.weight is Weight.FIGURES and not change.moved:
            before, after = _figures(left, change.left), _figures(right, change.right)
            counted += max((before - after).total(), (after - before).total())
    return counted


def own_figures(text: str, other: str) -> list[Span]:
    """Return where the figures stand that the other text lacks."""
    there = _figures(other, (0, len(other)))
    own = []
    for start, end in find_figures(text):
        figure = _same(text[start:end])
        there[figure] -= 1
        if there[figure] < 0:
            own.append((start, end))
    return own


def mark_figures(
    rows: Sequence[Row], only_left: Iterable[Span], only_right: Iterable[Span]
) -> tuple[list[Row], list[Change]]:
    """Mark figures of one side, given in the order of the text, each as a change of its own."""
    changes: list[Change] = []
    marked = []
    waiting_left, waiting_right = list(only_left)[::-1], list(only_right)[::-1]
    for number, row in enumerate(rows):
        first = len(changes)
        marks_left, marks_right = [], []
        while waiting_left and waiting_left[-1][0] < row.left[1]:
            marks_left.append(Mark(*waiting_left[-1], len(changes), Weight.FIGURES))
            nothing = (row.right[0], row.right[0])
            changes.append(Change(waiting_left.pop(), nothing, Weight.FIGURES, number))
        while waiting_right and waiting_right[-1][0] < row.right[1]:
            marks_right.append(Mark(*waiting_right[-1], len(changes), Weight.FIGURES))
            nothing = (row.left[0], row.left[0])
            changes.append(Change(nothing, waiting_right.pop(), Weight.FIGURES, number))
        inside = (first, len(changes)) if len(changes) > first else (0, 0)
        marked.append(
            replace(
                row, left_marks=tuple(marks_left), right_marks=tuple(marks_right), changes=inside
            )
        )
    return marked, changes


def _figures(text: str, span: Span) -> Counter[str]:
    part = text[span[0] : span[1]]
    return Counter(_same(part[start:end]) for start, end in find_figures(part))


def _same(figure: str) -> str:
    return figure.replace(",", ".")
