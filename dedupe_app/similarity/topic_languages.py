"""In which language a text is, told by the words that say nothing; these words themselves. Guesses, never fails."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from dedupe_app.settings import resource_folder

if TYPE_CHECKING:
    from collections.abc import Mapping

# So many such words tell a language; of texts without letters so large a share of kana, or of hangul.
_FEWEST, _LETTERS = 4, 1500
# Its words are in texts of all languages.
_EVERYWHERE = "en"
_KANA_SHARE = 0.05
_HIRAGANA = re.compile("[\u3041-\u309f]")
_IDEOGRAPHS = re.compile("[\u4e00-\u9fff]")
_WORD = re.compile(r"[^\W\d_]+")


@cache
def stop_words(language: str = "") -> frozenset[str]:
    """Return the words of a language, and of English, that say nothing about a subject; of all languages if unknown."""
    return frozenset(
        word
        for word, languages in _languages().items()
        if not language or language in languages or _EVERYWHERE in languages
    )


def language_of(text: str) -> str:
    """Return the code of the language of a text, "" if it cannot be told."""
    start = text[:_LETTERS]
    ideographs, hiragana = len(_IDEOGRAPHS.findall(start)), len(_HIRAGANA.findall(start))
    if 4 * (ideographs + hiragana) > len(start):
        return "ja" if hiragana > _KANA_SHARE * ideographs else "zh"
    known = _languages()
    words = Counter(_WORD.findall(start.casefold()))
    found: Counter[str] = Counter()
    for word in words.keys() & known.keys():
        for language in known[word]:
            found[language] += words[word]
    best, times = max(found.items(), key=lambda each: (each[1], each[0]), default=("", 0))
    return best if times >= _FEWEST else ""


@cache
def _languages() -> Mapping[str, tuple[str, ...]]:
    """Return for each word that says nothing the languages in which it does so."""
    lines = (resource_folder() / "words" / "stop_words.txt").read_text(encoding="utf-8")
    found: dict[str, tuple[str, ...]] = {}
    for line in lines.splitlines():
        language, _, words = line.partition(":")
        if not line.startswith("#"):
            for word in set(words.casefold().split()):
                found[word] = (*found.get(word, ()), language.strip())
    return found
