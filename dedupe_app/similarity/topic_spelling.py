"""How a word is written in a name: its stem, its plainest form, capitals that are its own and not a heading's."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST_ABBREVIATION = 5
# A shorter form of a word is its usual one if it is this often there, against the most frequent.
_AS_OFTEN = 0.3
# A word that is written small in so large a share of the texts is an ordinary one.
_SMALL = 0.25
_LATIN_ENDING = re.compile(r"[aeiouyäöüáéíóúàèìòùâêîôûãõåąęěůűősnmx]+$")
_CYRILLIC_ENDING = re.compile(r"[аеёиіїоуыэюяйьъмвх]+$")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
# How far from the form in which it is named a Slavic word is by its ending; the first that fits counts, else the least.
_BENT = (
    (0, "ь ия ние ство".split()),
    (1, "ая яя ое ее ый ий ые ие".split()),
    (4, "ого его ому ему ым им ом ем ой ей ую юю ых их ыми ими".split()),
    (4, "ам ям ами ями ах ях ов ев у ю ии".split()),
    (3, "ы и е і ї є".split()),
    (2, "а я о ё э".split()),
)
_STEM = 4


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return what the forms of a word have in common, roughly."""
    latin = word[0] < "\u0370"
    cut = (_LATIN_ENDING if latin else _CYRILLIC_ENDING).search(word)
    return word[: max(cut.start(), _STEM - (not latin))] if cut else word


def is_plainer(form: str, known: str) -> bool:
    """Tell whether a form is nearer to the word itself than another one."""
    if _bent(form) != _bent(known):
        return _bent(form) < _bent(known)
    # What is written small is the word itself; a capital may be that of a sentence or a heading.
    is_short_name = known.isupper() and len(known) <= _LONGEST_ABBREVIATION
    return form.islower() and not known.islower() and not is_short_name


def as_written(forms: Iterable[str]) -> str:
    """Return how a word, or a row of words, is written in a name, by its form in each text."""
    counts = Counter(forms)
    most = max(counts.values())
    small = [form for form, count in counts.items() if form.islower() and count >= _SMALL * most]
    usual = [form for form, count in counts.items() if count >= _AS_OFTEN * most]
    form = min(small or usual, key=lambda form: (_bent(form), len(form), -counts[form], form))
    # What is shouted in a heading is said in a name; short words in capitals are abbreviations if they stand alone.
    words = form.split(" ")
    if form.isupper() and len(words) > 1:
        return form.capitalize()
    if any(is_shouted(word) for word in words):
        return " ".join(word.capitalize() if word.isupper() else word for word in words)
    return form


def is_shouted(word: str) -> bool:
    """Tell whether the capitals of a word are those of a heading and not of an abbreviation."""
    return word.isupper() and len(word) > _LONGEST_ABBREVIATION


def _bent(form: str) -> int:
    """Tell how far a Slavic word is from the form in which it is named, by its ending: 0 to 4; 0 for all others."""
    first = form.casefold().partition(" ")[0]
    if not _CYRILLIC.match(first):
        return 0
    return next((far for far, ends in _BENT if first.endswith(tuple(ends))), 1)
