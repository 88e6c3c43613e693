"""Tells a misread or mistyped word from another word. A digit is never a look-alike of another digit."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

_CONFUSED = str.maketrans(
    {
        "0": "o",
        "1": "l",
        "i": "l",
        "|": "l",
        "5": "s",
        "8": "b",
        "6": "b",
        "9": "g",
        "q": "g",
        "2": "z",
    }
)
_NOT_DIGIT = re.compile(r"\D")
_DIGIT, _DIGITS = re.compile(r"\d"), re.compile(r"\d+")
_AMOUNT = re.compile(r"\d+(?:[.,]\d+)*")
_MOST_DECIMALS = 2
# Words of fewer letters differ from many others by one letter.
_SHORTEST = 4
# Figures of at least this many parts, such as dates, are the same with and without leading zeros.
_DATE_PARTS = 3
_LONGEST_PART = 18
_LONG = 8


@lru_cache(maxsize=16_384)
def folded(word: str) -> str:
    """Return the word with the characters that scanning confuses made one: 0/o, 1/l/i, 5/s, rn/m, cl/d, vv/w."""
    return word.translate(_CONFUSED).replace("rn", "m").replace("cl", "d").replace("vv", "w")


@lru_cache(maxsize=16_384)
def alike(a: str, b: str) -> bool:
    """Tell whether two tokens are probably one word, misread or mistyped."""
    if a == b:
        return True
    digit_a, digit_b = _has_digit(a), _has_digit(b)
    if digit_a and digit_b and not any(map(str.isalpha, a + b)):
        return _same_figure(a, b)
    if "_" in a or "_" in b or "-" in a or "-" in b:
        return _identifiers_alike(a, b)
    if digit_a and digit_b:
        return len(a) == len(b) and folded(a) == folded(b) and not _digits_differ(a, b)
    if folded(a) == folded(b):
        return True
    return digit_a == digit_b and _few_letters_differ(a, b)


def run_together(a: list[str], b: list[str]) -> bool:
    """Tell whether two runs of words are one, with blanks or stops lost or added by a scanner or a line end."""
    return _joined(a) == _joined(b)


def misread(a: str, b: str) -> bool:
    """Tell whether two words differ by one letter, which in a short word proves nothing by itself."""
    if _has_digit(a) or _has_digit(b) or min(len(a), len(b)) < 2:
        return False
    return Levenshtein.distance(a, b, score_cutoff=1) <= 1


def confusion(a: str, b: str) -> tuple[str, str] | None:
    """Return the letters for which one word has others, if it differs in at most one place as misread words do."""
    if _has_digit(a) != _has_digit(b) and folded(a) != folded(b):
        return None
    if Levenshtein.distance(folded(a), folded(b), score_cutoff=1) > 1:
        return None
    first = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(a))
    a, b = a[first:], b[first:]
    last = next(
        (i for i, (x, y) in enumerate(zip(a[::-1], b[::-1], strict=False)) if x != y),
        min(len(a), len(b)),
    )
    return a[: len(a) - last], b[: len(b) - last]


def shape(token: str) -> str:
    """Return the form of an identifier with its figures masked (`rustsec-#-#`), "" for any other token."""
    if (
        ("-" in token or "_" in token)
        and _has_digit(token)
        and any(char.isalpha() for char in token)
    ):
        return _DIGITS.sub("#", token)
    return ""


def _same_figure(a: str, b: str) -> bool:
    """Tell whether two figures have one value: 1,000.00 and 1.000,00; 2021-3-05 and 2021-03-05."""
    if _AMOUNT.fullmatch(a) and _AMOUNT.fullmatch(b):
        return _value(a) == _value(b)
    parts = _parts(a)
    return len(parts) >= _DATE_PARTS and parts == _parts(b)


def _parts(figure: str) -> list[int | str]:
    """Return the runs of digits of a figure as numbers; what no date or version has is too long to be made one."""
    runs = _DIGITS.findall(figure)
    return [int(run) if len(run) <= _LONGEST_PART else run.lstrip("0") for run in runs]


def _value(amount: str) -> tuple[str, str]:
    """Part an amount at its decimal sign: the last one, if one or two digits follow."""
    whole, sign, rest = amount.replace(",", ".").rpartition(".")
    if sign and len(rest) <= _MOST_DECIMALS:
        return whole.replace(".", "").lstrip("0"), rest.rstrip("0")
    return _NOT_DIGIT.sub("", amount).lstrip("0"), ""


def _joined(words: list[str]) -> str:
    return folded("".join(words).replace(".", "").replace(",", ""))


def _identifiers_alike(a: str, b: str) -> bool:
    if len(a) != len(b):
        return folded(a) == folded(b)
    different = sum(x != y for x, y in zip(a, b, strict=True))
    return not _digits_differ(a, b) and (
        folded(a) == folded(b) or different <= 1 or sorted(a) == sorted(b)
    )


def _digits_differ(a: str, b: str) -> bool:
    return any(x != y and x.isdigit() and y.isdigit() for x, y in zip(a, b, strict=True))


def _few_letters_differ(a: str, b: str) -> bool:
    shorter = min(len(a), len(b))
    swapped = len(a) == len(b) and sorted(a) == sorted(b)
    if shorter < _SHORTEST:
        return shorter == _SHORTEST - 1 and swapped
    distance = Levenshtein.distance(a, b, score_cutoff=2)
    return distance <= 1 or (distance == 2 and (shorter >= _LONG or swapped))


def _has_digit(word: str) -> bool:
    return _DIGIT.search(word) is not None
