"""Aligns one stretch of two texts by its words and says where they differ. Spaces and line breaks do not count."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from dedupe_app.review.rows import Change, Mark, Row, RowKind, Span, Weight
from dedupe_app.review.signs import telling_signs
from dedupe_app.review.words import is_figure, is_name, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dedupe_app.review.matching import Run
    from dedupe_app.review.words import Words

Block = tuple[int, int, int, int]

# Words that happen to be the same between two larger changes: three at most, and twice as much around them.
_CHANCE = 3
_LONGEST_SLIDE = 60
_LONG = 1200
_DATE_WORDS = 2
_DAY, _YEAR = 2, 4
# Signs of layout, which the formats of documents do not share: bullets, rules, table lines, markup.
_LAYOUT = frozenset(
    "|*#_=~`>\\+-\u00b7\u2010\u2011\u2012\u2013\u2014\u2015\u2022\u25aa\u25cf\u25cb\u00ad\u200b\ufeff"
)
_QUOTES = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u201e": '"'})


@dataclass(frozen=True, slots=True)
class Side:
    """One stretch of a text, and its words."""

    text: str
    span: Span
    words: Words

    def word(self, number: int) -> str:
        """Return one word as it is written."""
        return self.text[self.words.starts[number] : self.words.ends[number]]

    def line_starts(self) -> list[int]:
        """Return for each word where its line starts if it is the first on it, else -1; last the end of the stretch."""
        starts = [self.span[0]]
        for before, start in zip(self.words.ends, self.words.starts[1:], strict=False):
            newline = self.text.rfind("\n", before, start)
            starts.append(newline + 1 if newline >= 0 else -1)
        return [*starts[: len(self.words)], self.span[1]]


def align(
    left: Side, right: Side, runs: Sequence[Run], *, names: bool
) -> Iterator[tuple[Row, list[Change]]]:
    """Yield the rows of a stretch with the changes in each, numbered from 0 in each row.

    `runs`: the words that both have; `names`: capitals tell names here.
    """
    starts_left, starts_right = left.line_starts(), right.line_starts()
    runs = _settled(left, right, list(runs), starts_left, starts_right)
    places = sorted(
        [*_changes(left, right, runs, names=names), *_sign_changes(left, right, runs)],
        key=lambda place: place[0],
    )
    cuts = _cuts(left, right, runs, starts_left, starts_right)
    at = 0
    for (i, j, start_l, start_r), (k, m, end_l, end_r) in pairwise(cuts):
        found: list[tuple[Block, Change]] = []
        while at < len(places) and places[at][0][1] <= k and places[at][0][3] <= m:
            found.append(places[at])
            at += 1
        yield _row(found, (start_l, end_l), (start_r, end_r), (i, k, j, m)), [c for _, c in found]


def _row(found: Sequence[tuple[Block, Change]], left: Span, right: Span, words: Block) -> Row:
    changed = [block for block, change in found if change.weight is not Weight.SIGNS]
    kind = RowKind.CHANGED if changed else RowKind.ALIKE
    if changed and words[0] == words[1] and words[2] < words[3]:
        kind = RowKind.ADDED
    elif changed and words[2] == words[3] and words[0] < words[1]:
        kind = RowKind.REMOVED
    if kind in (RowKind.ADDED, RowKind.REMOVED) or changed == [words]:
        return Row(kind, left, right, changes=(0, len(found)))
    changes = [change for _, change in found]
    marks_left = _marks([change.left for change in changes], changes, left)
    marks_right = _marks([change.right for change in changes], changes, right)
    return Row(kind, left, right, marks_left, marks_right, (0, len(found)))


def _marks(places: Sequence[Span], changes: Sequence[Change], row: Span) -> tuple[Mark, ...]:
    return tuple(
        Mark(max(start, row[0]), min(end, row[1]), number, changes[number].weight)
        for number, (start, end) in enumerate(places)
        if max(start, row[0]) < min(end, row[1])
    )


def _settled(
    left: Side, right: Side, runs: list[Run], starts_left: list[int], starts_right: list[int]
) -> list[Run]:
    """Move what was added or removed to where lines and sentences begin; drop words that are the same by chance."""
    settled: list[Run] = []
    total_left, total_right = len(left.words), len(right.words)
    runs = _slid(left, right, runs, starts_left, starts_right)
    for number, (i, j, length) in enumerate(runs):
        end_i, end_j = (
            (settled[-1][0] + settled[-1][2], settled[-1][1] + settled[-1][2])
            if settled
            else (0, 0)
        )
        next_i, next_j = (
            runs[number + 1][:2] if number + 1 < len(runs) else (total_left, total_right)
        )
        before = max(i - end_i, j - end_j)
        after = max(next_i - i - length, next_j - j - length)
        whole_line = (
            min(starts_left[i], starts_right[j], starts_left[i + length], starts_right[j + length])
            >= 0
        )
        if length <= _CHANCE and 2 * length <= min(before, after) and not whole_line:
            continue
        settled.append((i, j, length))
    return settled


def _slid(
    left: Side, right: Side, runs: list[Run], starts_left: list[int], starts_right: list[int]
) -> list[Run]:
    """Shift one-sided gaps between runs: "A. B. A. C" holds a new "B. A." as well as "A. B."."""
    for number in range(len(runs) - 1):
        (i, j, length), (k, m, following) = runs[number], runs[number + 1]
        if i + length == k:
            side, starts, first, last = right, starts_right, j + length, m
        elif j + length == m:
            side, starts, first, last = left, starts_left, i + length, k
        else:
            continue
        step = _best_slide(side, starts, first, last, (length - 1, following - 1))
        runs[number], runs[number + 1] = (
            (i, j, length + step),
            (k + step, m + step, following - step),
        )
    return runs


def _best_slide(side: Side, starts: list[int], first: int, last: int, room: tuple[int, int]) -> int:
    ids, best, score = side.words.ids, 0, _start_score(side, starts, first)
    for direction, limit in ((-1, room[0]), (1, room[1])):
        for step in range(1, min(limit, _LONGEST_SLIDE) + 1):
            entering, leaving = (
                (first - step, last - step)
                if direction < 0
                else (last + step - 1, first + step - 1)
            )
            if ids[entering] != ids[leaving]:
                break
            found = _start_score(side, starts, first + direction * step)
            if found > score:
                best, score = direction * step, found
    return best


def _start_score(side: Side, starts: list[int], word: int) -> int:
    if starts[word] >= 0:
        return 2
    gap = side.text[side.words.ends[word - 1] : side.words.starts[word]] if word else ""
    return int(any(sign in gap for sign in ".!?;\u3002"))


def _cuts(
    left: Side, right: Side, runs: Sequence[Run], starts_left: list[int], starts_right: list[int]
) -> list[tuple[int, int, int, int]]:
    """Return where rows begin: both texts begin a line there, at the same word; very long lines are cut within."""
    cuts = [(0, 0, left.span[0], right.span[0])]
    words_left, words_right = left.words.starts, right.words.starts
    for i, j, length in runs:
        for x, y in zip(range(i, i + length + 1), range(j, j + length + 1), strict=True):
            at_left, at_right = starts_left[x], starts_right[y]
            if at_left >= 0 and at_right >= 0:
                cut = (x, y, at_left, at_right)
            elif i < x < i + length and (
                words_left[x] - cuts[-1][2] > _LONG or words_right[y] - cuts[-1][3] > _LONG
            ):
                cut = (x, y, words_left[x], words_right[y])
            else:
                continue
            if cut != cuts[-1]:
                cuts.append(cut)
    end = (len(left.words), len(right.words), left.span[1], right.span[1])
    return [*cuts, end] if cuts[-1] != end else cuts


def _changes(
    left: Side, right: Side, runs: Sequence[Run], *, names: bool
) -> Iterator[tuple[Block, Change]]:
    i = j = 0
    for k, m, length in (*runs, (len(left.words), len(right.words), 0)):
        if k > i or m > j:
            block = (i, k, j, m)
            weight = _weigh(left, right, block, names=names)
            if _in_date(left, right, block):
                block, weight = _date(left, right, block), Weight.FIGURES
            spans = _span(left, block[0], block[1]), _span(right, block[2], block[3])
            yield (i, k, j, m), Change(*spans, weight)
        i, j = k + length, m + length


def _weigh(left: Side, right: Side, block: Block, *, names: bool) -> Weight:
    words_left = [left.word(n) for n in range(block[0], block[1])]
    words_right = [right.word(n) for n in range(block[2], block[3])]
    if any(is_figure(word) for word in (*words_left, *words_right)):
        return Weight.FIGURES
    if "".join(map(plain, words_left)).casefold() == "".join(map(plain, words_right)).casefold():
        return Weight.SIGNS  # written as one word here and as two there
    if names:
        for side, first, last in ((left, block[0], block[1]), (right, block[2], block[3])):
            if any(
                is_name(side.text, side.words.starts[n], side.word(n)) for n in range(first, last)
            ):
                return Weight.NAMES
    return Weight.WORDS


def _in_date(left: Side, right: Side, block: Block) -> bool:
    """Tell whether the name of a month changed: a word or two between (or before) the figures of a date."""
    if not (0 < block[1] - block[0] <= _DATE_WORDS and 0 < block[3] - block[2] <= _DATE_WORDS):
        return False
    return _date(left, right, block) != block


def _date(left: Side, right: Side, block: Block) -> Block:
    """Return the block with the figures of its date, or as it is."""
    i, k, j, m = block
    if i == 0 or j == 0 or k >= len(left.words) or m >= len(right.words):
        return block
    if left.words.ids[i - 1] != right.words.ids[j - 1] or left.words.ids[k] != right.words.ids[m]:
        return block
    before, after = left.word(i - 1), left.word(k)
    if before.isdecimal() and len(before) <= _DAY and after.isdecimal() and len(after) == _YEAR:
        return i - 1, k + 1, j - 1, m + 1
    if (
        after.isdecimal()
        and len(after) <= _DAY
        and k + 1 < len(left.words)
        and m + 1 < len(right.words)
    ):
        year = left.word(k + 1)
        same = left.words.ids[k + 1] == right.words.ids[m + 1]
        if same and year.isdecimal() and len(year) == _YEAR:
            return i, k + 2, j, m + 2
    return block


def _span(side: Side, first: int, last: int) -> Span:
    """Return where words stand, with the bracket that closes one opened among them."""
    if first == last:
        place = side.words.starts[first] if first < len(side.words) else side.span[1]
        return place, place
    start, end = side.words.starts[first], side.words.ends[last - 1]
    for opening, closing in ("()", "[]", "\u300c\u300d", "\uff08\uff09"):
        inside = side.text.count(opening, start, end) > side.text.count(closing, start, end)
        if inside and end < side.span[1] and side.text[end] == closing:
            end += 1
    return start, end


def _sign_changes(left: Side, right: Side, runs: Sequence[Run]) -> Iterator[tuple[Block, Change]]:
    """Find where words are the same but capitals, punctuation or the spelling of a character are not.

    A sign that says something, such as a ticked box, weighs as much as a word.
    """
    last = (len(left.words), len(right.words))
    for i, j, length in runs if last != (0, 0) else [(0, 0, 0)]:
        for x, y in zip(range(i, i + length + 1), range(j, j + length + 1), strict=True):
            if (x > i or (x, y) == (0, 0)) and (x < i + length or (x, y) == last):
                change = _sign_change(left, _gap(left, x), right, _gap(right, y))
                if change:
                    yield (x, x, y, y), change
            if x < i + length:
                word_left, word_right = left.word(x), right.word(y)
                if word_left != word_right and plain(word_left) != plain(word_right):
                    spans = _span(left, x, x + 1), _span(right, y, y + 1)
                    yield (x, x + 1, y, y + 1), Change(*spans, Weight.SIGNS)


def _sign_change(left: Side, left_gap: Span, right: Side, right_gap: Span) -> Change | None:
    """Tell how the signs between two words differ from those between two others, None if they do not."""
    if left.text[slice(*left_gap)] == right.text[slice(*right_gap)]:
        return None
    stripped = _stripped(left.text, left_gap), _stripped(right.text, right_gap)
    if telling_signs(left.text, *left_gap) != telling_signs(right.text, *right_gap):
        return Change(*stripped, Weight.WORDS)
    if _signs(left.text, left_gap) != _signs(right.text, right_gap):
        return Change(*stripped, Weight.SIGNS)
    return None


def _gap(side: Side, word: int) -> Span:
    start = side.words.ends[word - 1] if word else side.span[0]
    return start, side.words.starts[word] if word < len(side.words) else side.span[1]


def _signs(text: str, span: Span) -> str:
    gap = text[span[0] : span[1]]
    if gap == " " or gap.isspace():
        return ""
    if not gap.isascii():
        gap = unicodedata.normalize("NFKC", gap).translate(_QUOTES)
    return "".join(sign for sign in gap if not sign.isspace() and sign not in _LAYOUT)


def _stripped(text: str, span: Span) -> Span:
    gap = text[span[0] : span[1]]
    start = span[0] + len(gap) - len(gap.lstrip())
    return start, max(start, span[0] + len(gap.rstrip()))
