"""Value slots: short places where one value stands against another, as in two fillings of one form.

What revisions change is the wording; what forms change is the values.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dedupe_app.similarity.crowd import FRAME_HOLDERS, SHINGLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedupe_app.similarity.alignment import Alignment, Block
    from dedupe_app.similarity.crowd import View

LONGEST_SLOT = 6
HEAD = 40
RARE_FIGURE = 0.5
DIGITS_OF_NUMBER = 4
RARE_NAME = 0.3
# Text added this near to the beginning or the end is a header, a stamp or a signature.
_MARGIN = 2
# A figure, or a code with at least four digits: numbers of invoices, policies, passports.
_VALUE = re.compile(r"[\d.,:/-]+|(?=(?:\D*\d){4}).*")
# The number of a version, also behind a name: 5.36.0, perl5/5.36.0.
_VERSION = re.compile(r"(?:.*[^\d.])?\d+(?:\.\d+){2,}")
_AMOUNT = re.compile(r"\d[\d.,]*[.,]\d\d")
DIGITS_OF_REFERENCE = 5
_TIME = re.compile(r"\d{1,2}:\d\d(?::\d\d)?")
_CALENDAR = re.compile(r"(?:19|20)\d\d|\d{1,4}([-/.:])\d{1,2}\1\d{1,4}")
# Numbers as Chinese and Japanese contracts write them; after this sign they number an article.
_NUMERALS = frozenset("〇零一二三四五六七八九十百千万萬億亿兆两兩壱弐参")
_ORDINAL = "第"
_NUMBER_WORDS = frozenset(
    "no nr num núm number numéro número numero nummer numer numerot č číslo sz szám αρ αριθ αριθμόσ nro numara numărul "
    "номер n ref reference file case aktenzeichen az deed 号 號 番 番号 第".split()
)
_NUMBER = re.compile(r"\d{3,}")
_DATE = re.compile(r"\d{1,2}\.\d{1,2}\.(?:\d\d|\d{4})|\d{4}\.\d{1,2}\.\d{1,2}")


@dataclass(frozen=True, slots=True)
class Slots:
    """How many value slots differ, by kind, and their share of all replaced tokens (0-1).

    `figures`: a figure against another that the text lacks; `rare_figures`: both rare in their crowds;
    `framed_names`: words against others inside the frame; `telling`: with words, amounts or long numbers. `varying`:
    places where others of the crowd have something else again; `varying_head`: those in the head. `value_share`: their
    share of all that stands against something else, 1 if nothing does.
    """

    figures: int
    rare_figures: int
    framed_names: int
    telling: int
    varying: int
    varying_head: int
    share: float
    value_share: float


def find_slots(a: View, b: View, alignment: Alignment, blocks: Sequence[Block]) -> Slots:
    """Count the value slots among the blocks that say something."""
    figures = rare = names = telling = varying = varying_head = inside = reworded = alone = 0
    for block in blocks:
        size = len(block.a) + len(block.b)
        if not (block.a and block.b):
            alone += 0 if _is_margin(block, alignment) else size
            continue
        fresh_a, fresh_b = [i for i in block.a if a.fresh[i]], [i for i in block.b if b.fresh[i]]
        is_short = max(len(block.a), len(block.b)) <= LONGEST_SLOT
        if is_short and _varies(a, block.a) and _varies(b, block.b):
            varying += 1
            varying_head += block.at < HEAD
        if not (fresh_a and fresh_b and is_short):
            reworded += size
            continue
        inside += size
        telling += _is_telling(a, fresh_a, b, fresh_b)
        values_a = [i for i in fresh_a if _is_value(a, i)]
        values_b = [i for i in fresh_b if _is_value(b, i)]
        if values_a and values_b:
            figures += 1
            rare += min(a.weight[values_a].max(), b.weight[values_b].max()) >= RARE_FIGURE
        elif min(a.weight[fresh_a].max(), b.weight[fresh_b].max()) >= RARE_NAME:
            names += _is_framed(a, block.a) or _is_framed(b, block.b)
    counts = (figures, int(rare), int(names), int(telling), varying, varying_head)
    against = inside + reworded
    return Slots(*counts, inside / max(1, against + alone), inside / against if against else 1.0)


def _is_value(side: View, token: int) -> bool:
    word = side.tokens.word(token)
    if word in _NUMERALS:
        before = token - 1
        while before >= 0 and side.tokens.word(before) in _NUMERALS:
            before -= 1
        return before < 0 or side.tokens.word(before) != _ORDINAL
    return bool(_VALUE.fullmatch(word)) and (
        not _VERSION.fullmatch(word) or bool(_DATE.fullmatch(word))
    )


def _is_telling(a: View, fresh_a: list[int], b: View, fresh_b: list[int]) -> bool:
    """Tell whether a slot has a word on either side, or an amount or a number on both: not only dates and sections."""
    sides = ((a, fresh_a), (b, fresh_b))
    return any(not side.tokens.figures[i] for side, fresh in sides for i in fresh) or all(
        any(_is_amount_or_number(side.tokens.word(i)) for i in fresh) for side, fresh in sides
    )


def _is_amount_or_number(word: str) -> bool:
    return bool(_AMOUNT.fullmatch(word)) or (
        sum(map(str.isdigit, word)) >= DIGITS_OF_NUMBER
        and not _CALENDAR.fullmatch(word)
        and not _VERSION.fullmatch(word)
    )


def is_reference(word: str) -> bool:
    """Tell whether a word is the number of a document, a case or a company: no amount, date, time or version."""
    return (
        sum(map(str.isdigit, word)) >= DIGITS_OF_REFERENCE
        and _is_amount_or_number(word)
        and not _AMOUNT.fullmatch(word)
        and not _TIME.fullmatch(word)
    )


def numbers_document(side: View, token: int) -> bool:
    """Tell whether a word numbers a document: after a word that says so, at least three digits, nothing else."""
    return bool(
        token > 0
        and _NUMBER.fullmatch(side.tokens.word(token))
        and side.tokens.word(token - 1) in _NUMBER_WORDS
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


def _varies(side: View, block: Sequence[int]) -> bool:
    """Tell whether two others have the words right before or right after, but something else in between."""
    holders, before, after = side.holders, min(block) - SHINGLE, max(block) + 1
    return any(
        0 <= outer < len(holders)
        and 0 <= inner < len(holders)
        and holders[outer] - holders[inner] >= FRAME_HOLDERS
        for outer, inner in ((before, before + 1), (after, after - 1))
    )
