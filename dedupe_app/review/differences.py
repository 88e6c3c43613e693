"""Compares two texts for a person: rows side by side, what changed in each word by word, what matters most.

Pure: reads no file, keeps nothing. Longer texts cost time in proportion; past the time allowed they are compared
more coarsely instead.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dedupe_app.review.aligning import Side, align
from dedupe_app.review.figures import count_changed, mark_figures, own_figures
from dedupe_app.review.matching import Clock, anchored_runs, matching_runs
from dedupe_app.review.moves import mark_moves
from dedupe_app.review.rows import (
    JOINED_LINES,
    LONG_ROW,
    SHORT_ROW,
    Change,
    Row,
    RowKind,
    Span,
    cut_rows,
    pieces,
)
from dedupe_app.review.words import (
    Vocabulary,
    count_figures,
    has_names,
    split_words,
    with_line_ends,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from dedupe_app.review.matching import Run

# Shorter lines occur in many places: they are matched by what surrounds them.
_ANCHOR_CHARACTERS = 12


@dataclass(frozen=True, slots=True)
class Differences:
    """Two texts side by side, their line ends made one kind.

    `figures`: how many the text with more of them has; `figures_changed`: how many have no counterpart. `coarse`: the
    time did not suffice for all of it.
    """

    left: str
    right: str
    rows: tuple[Row, ...]
    changes: tuple[Change, ...]
    figures: int = 0
    figures_changed: int = 0
    coarse: bool = False


def compare(
    left: str, right: str, *, seconds: float = 5.0, stopped: Callable[[], bool] = lambda: False
) -> Differences:
    """Compare two texts. Raises matching.ComparisonStoppedError once `stopped` says that nobody waits for it."""
    left, right = with_line_ends(left), with_line_ends(right)
    # Equally good alignments are told apart by chance: the same ones whichever side comes first.
    if right < left:
        return mirrored(compare(right, left, seconds=seconds, stopped=stopped))
    if left == right:
        rows = tuple(Row(RowKind.ALIKE, span, span) for span in _spans(left))
        return Differences(left, right, rows, (), count_figures(left))
    clock = Clock(time.monotonic() + seconds, stopped)
    found = _Found([], [], Vocabulary(), has_names(left) and has_names(right))
    for region in _regions(left, right):
        _compare_region(found, left, right, region, clock)
    rows, changes = _numbered(left, right, found)
    rows, changes = mark_moves(left, right, rows, changes)
    figures = [count_figures(text) for text in (left, right)]
    return Differences(
        left,
        right,
        rows,
        changes,
        max(figures),
        count_changed(left, right, changes),
        clock.gave_up,
    )


def alone(text: str) -> Differences:
    """Show one text by itself, on the left."""
    text = with_line_ends(text)
    rows = tuple(Row(RowKind.ALIKE, span, (0, 0)) for span in _spans(text))
    return Differences(text, "", rows, (), count_figures(text))


def side_by_side(left: str, right: str) -> Differences:
    """Put texts in different words side by side, paragraph by paragraph; only figures of one of them are marked."""
    left, right = with_line_ends(left), with_line_ends(right)
    lines_left, lines_right = _lines(left), _lines(right)
    rows = [
        Row(
            RowKind.PARALLEL,
            _span_of(lines_left, number, number + 1, len(left)),
            _span_of(lines_right, number, number + 1, len(right)),
        )
        for number in range(max(len(lines_left), len(lines_right)))
    ]
    only_left, only_right = own_figures(left, right), own_figures(right, left)
    marked, changes = mark_figures(list(cut_rows(left, right, rows)), only_left, only_right)
    return Differences(
        left,
        right,
        tuple(marked),
        tuple(changes),
        max(count_figures(text) for text in (left, right)),
        max(len(only_left), len(only_right)),
    )


def mirrored(found: Differences) -> Differences:
    """Exchange the two sides."""
    kinds = {RowKind.REMOVED: RowKind.ADDED, RowKind.ADDED: RowKind.REMOVED}
    rows = tuple(
        replace(
            row,
            kind=kinds.get(row.kind, row.kind),
            left=row.right,
            right=row.left,
            left_marks=row.right_marks,
            right_marks=row.left_marks,
        )
        for row in found.rows
    )
    changes = tuple(
        replace(change, left=change.right, right=change.left) for change in found.changes
    )
    return replace(found, left=found.right, right=found.left, rows=rows, changes=changes)


@dataclass(frozen=True, slots=True)
class _Found:
    """What was found so far: rows, the changes in each, and the words known. `names`: capitals tell names."""

    rows: list[Row]
    changes: list[Sequence[Change]]
    vocabulary: Vocabulary
    names: bool


def _spans(text: str) -> Iterator[Span]:
    return pieces(text, (0, len(text)), SHORT_ROW)


def _lines(text: str) -> list[int]:
    """Return where each line starts that is not blank; the first one starts with the text."""
    starts, place = [], 0
    while place < len(text):
        end = text.find("\n", place)
        end = len(text) if end < 0 else end + 1
        if not text[place:end].isspace():
            starts.append(place)
        place = end
    return [0, *starts[1:]] if text else []


def _span_of(lines: Sequence[int], first: int, last: int, end: int) -> Span:
    start = lines[first] if first < len(lines) else end
    return start, lines[last] if last < len(lines) else end


def _line_keys(text: str, lines: Sequence[int]) -> list[str]:
    keys = []
    for number in range(len(lines)):
        start, end = _span_of(lines, number, number + 1, len(text))
        line = text[start:end]
        # Of a huge line a copy without its spaces would cost more than it helps.
        keys.append(" ".join(line.split()) if end - start <= LONG_ROW else line.strip())
    return keys


def _same_lines(keys_left: Sequence[str], keys_right: Sequence[str]) -> list[Run]:
    """Return the runs of lines that both texts have."""
    if keys_left != keys_right and " ".join(keys_left).strip() == " ".join(keys_right).strip():
        # Wrapped in another way, else the same: a line may stand in both, but not for the same words.
        return []
    numbers = {key: number for number, key in enumerate(dict.fromkeys((*keys_left, *keys_right)))}

    def may_anchor(line: int) -> bool:
        return len(keys_left[line]) >= _ANCHOR_CHARACTERS

    return anchored_runs(
        [numbers[key] for key in keys_left], [numbers[key] for key in keys_right], may_anchor
    )


def _regions(left: str, right: str) -> Iterator[tuple[bool, Span, Span]]:
    """Yield stretches of whole lines: those with the same lines (True), and those to be compared by words."""
    lines_left, lines_right = _lines(left), _lines(right)
    runs = _same_lines(_line_keys(left, lines_left), _line_keys(right, lines_right))
    i = j = 0
    for k, m, length in (*runs, (len(lines_left), len(lines_right), 0)):
        a, b = _span_of(lines_left, i, k, len(left)), _span_of(lines_right, j, m, len(right))
        if (k > i or m > j) or (not length and (a[0] < a[1] or b[0] < b[1])):
            yield False, a, b
        for first, last in _shared_rows(lines_left, k, k + length):
            yield (
                True,
                _span_of(lines_left, first, last, len(left)),
                _span_of(lines_right, first - k + m, last - k + m, len(right)),
            )
        i, j = k + length, m + length


def _shared_rows(lines: Sequence[int], first: int, last: int) -> Iterator[Span]:
    """Divide lines that are alike into rows: small ones next to changes, where they are not folded."""
    begin = first
    while first < last:
        stop = min(first + JOINED_LINES, last)
        while (
            first > begin and stop < last - JOINED_LINES and lines[stop] - lines[first] < SHORT_ROW
        ):
            stop += 1
        yield first, stop
        first = stop


def _compare_region(
    found: _Found, left: str, right: str, region: tuple[bool, Span, Span], clock: Clock
) -> None:
    same, a, b = region
    if same:
        found.rows.append(Row(RowKind.ALIKE, a, b))
        found.changes.append(())
        return
    sides = (
        Side(left, a, split_words(left, *a, found.vocabulary)),
        Side(right, b, split_words(right, *b, found.vocabulary)),
    )
    runs = matching_runs(sides[0].words.ids, sides[1].words.ids, clock)
    for row, changes in align(*sides, runs, names=found.names):
        found.rows.append(row)
        found.changes.append(changes)


def _numbered(left: str, right: str, found: _Found) -> tuple[tuple[Row, ...], tuple[Change, ...]]:
    """Number the changes through, and cut the rows."""
    changes: list[Change] = []
    rows = []
    for row, inside in zip(found.rows, found.changes, strict=True):
        first = len(changes)
        changes += inside
        rows.append(_shifted(row, first) if inside else row)
    cut = tuple(cut_rows(left, right, rows))
    return cut, _placed(cut, changes)


def _shifted(row: Row, by: int) -> Row:
    """Give the changes of a row their numbers in the whole text."""
    return replace(
        row,
        left_marks=tuple(replace(mark, change=mark.change + by) for mark in row.left_marks),
        right_marks=tuple(replace(mark, change=mark.change + by) for mark in row.right_marks),
        changes=(by, by + row.changes[1]),
    )


def _placed(rows: Sequence[Row], changes: Sequence[Change]) -> tuple[Change, ...]:
    """Tell for each change in which row it begins."""
    placed = list(changes)
    for number in range(len(rows) - 1, -1, -1):
        row = rows[number]
        for change in range(*row.changes):
            left, right = changes[change].left, changes[change].right
            if left[0] < row.left[1] or right[0] < row.right[1] or number + 1 == len(rows):
                placed[change] = replace(changes[change], row=number)
    return tuple(placed)
