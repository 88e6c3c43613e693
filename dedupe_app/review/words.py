"""Cuts the texts that a person compares into words, figures and single CJK characters, each with its place.

Finer than the tokens that decide: every word keeps where it stands, so that it can be shown. Never changes a text.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import islice

# Written without spaces: each character is compared on its own.
_SINGLE = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
# Everything that is neither space nor sign is part of a word: vowel signs and accents too, which \w leaves out.
_SIGNS = (
    r"!-/:-@\[-`{-~\u00a1-\u00a9\u00ab-\u00ac\u00ae-\u00b4\u00b6-\u00b8\u00bb\u00bf\u0589\u05be\u060c\u061b\u061f"
    r"\u066a\u06d4\u0964\u0965\u2000-\u206f\u20a0-\u20cf\u2190-\u2bff\u3000-\u303f\ufe10-\ufe1f\ufe30-\ufe6f"
    r"\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\ue000-\uf8ff"
)
_IN_WORD = rf"[^\s\x00-\x1f{_SIGNS}{_SINGLE}]"
_LETTER = rf"[^\W\d_{_SINGLE}]"
_WORD = re.compile(
    r"(?:(?<![^\s(])[-\u2212](?=\d))?"  # the sign of a negative figure
    rf"{_IN_WORD}(?:{_IN_WORD}|(?<=\d)[.,:/\-](?=\d)|(?<={_LETTER})['\u2019_](?={_LETTER})"
    rf"|(?<={_LETTER})[-\u2010\u2011](?=\d)|(?<={_LETTER})-[ \t]*\n[ \t]*(?={_LETTER}))*"
    rf"|[{_SINGLE}]|[%\u2030$\u00a2-\u00a5\u20a0-\u20cf]"
)
_FIGURE = re.compile(r"\d|^[%\u2030$\u00a2-\u00a5\u20a0-\u20cf]$")
_HYPHEN_AT_LINE_END = re.compile(r"-[ \t]*\n[ \t]*")
_FIGURES = re.compile(r"\d+(?:[.,:/\-]\d+)*")
_SENTENCE_END = frozenset('.!?:;\u2026\u3002\n\u2022*#|"\u201c\u201e\u00ab')
# Where more of the words inside sentences than this are capitalised, capitals do not tell names (as in German).
_CAPITALS_TELL_NAMES = 0.2
_LINE_ENDS = ("\f", "\v", "\r", "\x85", "\u2028", "\u2029")
_PIECE = 100_000
_FEWEST, _SAMPLE = 12, 2000
_NEGATIVE = ("-", "\u2212")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one stretch of text: what each is (equal numbers: the same word), and where it starts and ends."""

    ids: list[int]
    starts: list[int]
    ends: list[int]

    def __len__(self) -> int:
        """Count the words."""
        return len(self.ids)


class Vocabulary(dict[str, int]):
    """Numbers words as they come: those that differ only in case or in how they are encoded get the same number."""

    def __init__(self) -> None:
        """Know no word yet."""
        super().__init__()
        self._spellings: dict[str, int] = {}

    def __missing__(self, word: str) -> int:
        """Number a spelling that was not seen before."""
        number = self._spellings.setdefault(
            plain(word).casefold().replace(",", "."), len(self._spellings)
        )
        self[word] = number
        return number


def split_words(text: str, start: int, end: int, vocabulary: Vocabulary) -> Words:
    """Return the words between two places of a text."""
    ids, starts, ends = [], [], []
    for found in _WORD.finditer(text, start, end):
        ids.append(vocabulary[found[0]])
        starts.append(found.start())
        ends.append(found.end())
    return Words(ids, starts, ends)


def with_line_ends(text: str) -> str:
    """Return a text with a newline for whatever else ends a line or a page; every place in it stays the same."""
    for end in _LINE_ENDS:
        if end in text:
            text = text.replace(end, "\n")
    return text


def plain(word: str) -> str:
    """Return a word in its plain encoding, put together again where a line end divided it; the case stays."""
    if "\n" in word:
        word = _HYPHEN_AT_LINE_END.sub("", word)
    if not word.isascii():
        word = unicodedata.normalize("NFKC", word).replace("\u00ad", "").replace("\u2019", "'")
        word = word.replace("\u2010", "-").replace("\u2011", "-").replace("\u2212", "-")
    return word


def is_figure(word: str) -> bool:
    """Tell whether a word holds a digit, or is a sign of money or of a percentage."""
    return _FIGURE.search(word) is not None


def count_figures(text: str) -> int:
    """Count the figures of a text."""
    count = start = 0
    while start < len(text):  # in pieces: one long search would keep every other thread waiting
        end = text.find("\n", min(start + _PIECE, len(text)))
        end = len(text) if end < 0 else end
        count += sum(1 for _ in _FIGURES.finditer(text, start, end))
        start = end + 1
    return count


def find_figures(text: str) -> list[tuple[int, int]]:
    """Return where the figures of a text stand."""
    return [found.span() for found in _FIGURES.finditer(text)]


def is_name(text: str, start: int, word: str) -> bool:
    """Tell whether a word is capitalised though no sentence begins with it."""
    if not word[0].isupper() or len(word) == 1:
        return False
    before = start - 1
    while before >= 0 and text[before] in " \t":
        before -= 1
    return before >= 0 and text[before] not in _SENTENCE_END


def has_names(text: str) -> bool:
    """Tell whether capitals inside sentences are rare enough in a text to mean names."""
    seen = named = 0
    for found in islice(_WORD.finditer(text), _SAMPLE):
        seen += 1
        named += is_name(text, found.start(), found[0])
    return seen < _FEWEST or named <= _CAPITALS_TELL_NAMES * seen
