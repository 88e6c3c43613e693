"""Value slots: short places where one value stands against another, as in two fillings of one form.

What revisions change is the wording; what forms change is the values. Also tells when the subject itself was
exchanged throughout (audio for video, one party for another).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dedupe_app.similarity.crowd import FRAME_HOLDERS, SHINGLE
from dedupe_app.similarity.lookalikes import misread

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dedupe_app.records import Tokens
    from dedupe_app.similarity.alignment import Alignment, Block
    from dedupe_app.similarity.crowd import View

LONGEST_SLOT = 6
LONGEST_STAMP = 3
NEARLY_EVERYWHERE = 0.5
RARE_FIGURE = 0.5
RARE_NAME = 0.3
# Text added this near to the beginning or the end is a header, a stamp or a signature.
_MARGIN = 2
# A figure, or a code with at least four digits: numbers of invoices, policies, passports.
_VALUE = re.compile(r"[\d.,:/-]+|(?=(?:\D*\d){4}).*")
_VERSION = re.compile(r"\d+(?:\.\d+){2,}")
_DATE = re.compile(r"\d{1,2}\.\d{1,2}\.(?:\d\d|\d{4})|\d{4}\.\d{1,2}\.\d{1,2}")
# What follows these words is the stamp of a version, which revisions change.
_STAMPS = frozenset(
    "draft entwurf brouillon borrador bozza concept rev updated modified revised revision version versions edition "
    "release milestone printed generated changed reviewed "
    "stand fassung aktualisiert geändert überarbeitet révision modifié édition revisado actualizado versión modificado "
    "modificata aggiornato aggiornata versione versão atualizado gewijzigd bijgewerkt versie".split()
)


@dataclass(frozen=True, slots=True)
class Slots:
    """How many value slots differ, by kind, and their share of all replaced tokens (0-1).

    `figures`: a figure against another that the text lacks; `rare_figures`: both rare in their crowds;
    `framed_names`: words against others inside the frame.
    """

    figures: int
    rare_figures: int
    framed_names: int
    share: float


def find_slots(a: View, b: View, alignment: Alignment) -> Slots:
    """Count the value slots of an alignment."""
    figures = rare = names = inside = outside = 0
    for block in alignment.blocks:
        size = len(block.a) + len(block.b)
        if _is_stamp(a, b, block) or _is_misread(a, b, block):
            continue
        if not (block.a and block.b):
            outside += 0 if _is_margin(block, alignment) else size
            continue
        fresh_a, fresh_b = [i for i in block.a if a.fresh[i]], [i for i in block.b if b.fresh[i]]
        if not (fresh_a and fresh_b) or max(len(block.a), len(block.b)) > LONGEST_SLOT:
            outside += size
            continue
        inside += size
        values_a = [i for i in fresh_a if _is_value(a.tokens.word(i))]
        values_b = [i for i in fresh_b if _is_value(b.tokens.word(i))]
        if values_a and values_b:
            figures += 1
            rare += min(a.weight[values_a].max(), b.weight[values_b].max()) >= RARE_FIGURE
        elif min(a.weight[fresh_a].max(), b.weight[fresh_b].max()) >= RARE_NAME:
            names += _is_framed(a, block.a) or _is_framed(b, block.b)
    return Slots(figures, int(rare), int(names), inside / max(1, inside + outside))


@dataclass(frozen=True, slots=True)
class Exchange:
    """A word that another text has another word for, again and again, and (mostly) instead of it.

    `times`: how often; `at`: where first; `fresh_a`, `fresh_b`: the other text lacks it altogether.
    """

    times: int
    at: int
    fresh_a: bool
    fresh_b: bool


def find_exchanges(a: View, b: View, alignment: Alignment) -> list[Exchange]:
    """Find the words that are exchanged at least twice.

    One or the other text has only one of both, or they are exchanged nearly wherever they stand.
    """
    left, right = a.tokens, b.tokens
    places = [place for region in alignment.regions for place in _opposite(region)]
    if len(places) < 2:
        return []
    at_a, at_b = np.array(places).T
    # Figures have slots; and sections are renumbered when others come before them.
    named = np.flatnonzero(~(left.figures[at_a] & right.figures[at_b]))
    ids_a, ids_b = left.hashes[at_a[named]].tolist(), right.hashes[at_b[named]].tolist()
    times: Counter[tuple[int, int]] = Counter()
    first: dict[tuple[int, int], tuple[int, int]] = {}
    for pair, place in zip(zip(ids_a, ids_b, strict=True), named.tolist(), strict=True):
        times[pair] += 1
        first.setdefault(pair, places[place])
    found = []
    for pair, count in times.items():
        if count < 2:
            continue
        i, j = first[pair]
        fresh_a, fresh_b = bool(a.fresh[i]), bool(b.fresh[j])
        if (
            fresh_a
            or fresh_b
            or count >= NEARLY_EVERYWHERE * max(_times(left, i), _times(right, j))
        ):
            found.append(Exchange(count, min(i, j), fresh_a, fresh_b))
    return found


def _times(tokens: Tokens, token: int) -> int:
    """Count how often the word stands in the text."""
    return int(np.count_nonzero(tokens.hashes == tokens.hashes[token]))


def _is_value(word: str) -> bool:
    return bool(_VALUE.fullmatch(word)) and (
        not _VERSION.fullmatch(word) or bool(_DATE.fullmatch(word))
    )


def _opposite(region: tuple[int, int, int, int]) -> Iterator[tuple[int, int]]:
    first_a, last_a, first_b, last_b = region
    length_a, length_b = last_a - first_a, last_b - first_b
    if length_a == length_b <= LONGEST_SLOT:
        yield from zip(range(first_a, last_a), range(first_b, last_b), strict=True)
    elif 0 < length_a <= LONGEST_STAMP and 0 < length_b <= LONGEST_STAMP:
        yield from ((i, j) for i in range(first_a, last_a) for j in range(first_b, last_b))


def _is_stamp(a: View, b: View, block: Block) -> bool:
    if not (block.a and block.b) or max(len(block.a), len(block.b)) > LONGEST_STAMP:
        return False
    start = min(block.a)
    before = {a.tokens.word(i) for i in range(max(0, start - 2), start)}
    return bool(before & _STAMPS)


def _is_misread(a: View, b: View, block: Block) -> bool:
    if not block.a or len(block.a) != len(block.b):
        return False
    return all(
        not (a.fresh[i] and b.fresh[j]) and misread(a.tokens.word(i), b.tokens.word(j))
        for i, j in zip(block.a, block.b, strict=True)
    )


def _is_margin(block: Block, alignment: Alignment) -> bool:
    return (
        block.at <= _MARGIN or block.at >= min(alignment.length_a, alignment.length_b) - _MARGIN - 1
    )


def _is_framed(side: View, block: Sequence[int]) -> bool:
    """Tell whether the words right before or right after are the frame's."""
    before, after = min(block) - SHINGLE, max(block) + 1
    return any(
        0 <= at < len(side.holders) and side.holders[at] >= FRAME_HOLDERS for at in (before, after)
    )
