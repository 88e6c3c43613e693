"""What a text could give a topic as its name: words and rows of words, how they are written, how noun-like they are.

Words that say nothing are no names. Knows no language but some signs of many.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from math import log2
from typing import TYPE_CHECKING, NamedTuple

from dedupe_app.similarity.topic_languages import language_of, stop_words
from dedupe_app.similarity.topic_spelling import is_plainer, is_shouted, stem
from dedupe_app.similarity.topic_text import spoken, spoken_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_IN_TITLE, _IN_NAME = 2.0, 1.8
_OFTEN = 3
_MOST_NAMES = 3
_IDEOGRAPHS = "\u3005\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_KANA = "\u30a1-\u30fa\u30fc"
_LETTER = rf"[^\W\d_{_IDEOGRAPHS}\u3040-\u30ff]"
_WORD = re.compile(
    rf"[{_IDEOGRAPHS}]+|[{_KANA}]{{3,}}|{_LETTER}+(?:['\u2019\u0301\u094d-]{_LETTER}+)*"
)
_IDEOGRAPH = re.compile(rf"[{_IDEOGRAPHS}]")
# Characters that hold sentences together, and are hardly ever part of a name.
_FILLERS = (
    "的了是在和与或有不这那为以及其之于也而且但并此他她它们我你您所就都很更最又還與這為將會們於"
    "呢吗把让给中里每请没着过只还再才已吧啊若则些无無个個要可等如"
)
_SHORTEST, _SHORTEST_NAME = 3, 2
_ELISION = re.compile(r"^(?:(l|d|un|dell|all|nell|sull|dall)|qu|n|s|c|j|m|t)['\u2019](?=\w)", re.I)
# What may stand between two words that are one name: "terms of service", "système de fichiers".
_LINKED = re.compile(
    r" (?:(?:of|de|du|des|di|del|della|do|da|dos|van)(?: the| la| las| los)? )?(?:(?:d|l|dell|all)['\u2019])?",
    re.IGNORECASE,
)
# In a title any small words may stand there: "Report on the flood", "Last will and testament".
_IN_ROW = re.compile(r" (?:[^\W\d_]{1,5} ){0,2}(?:[^\W\d_]{1,4}['\u2019])?")
_LONGEST_ROW = 36
_MARK_BEFORE = re.compile(
    r"(?:^|[\n:;,.()\[\]|\u00b7\u2022\u2014\u2013\"*#=-])[ \t]*(?:[^\W\d_]{1,3} )?$"
)
_MARK_AFTER = re.compile(r"[ \t]*(?:$|[\n:;,.()\[\]|\u00b7\u2022\u2014\u2013\"*#=]|- |\S{0,3} ?\d)")
# So many words before one may be part of its name.
_ROW, _WHOLE_ROW = 2, 3
# Capitals so near to those of a long word are those of a heading too.
_NEAR = 2
# The first half of a word that goes on later: "Vor- und Nachteile".
_HALF = ("- ", "-\n")
_SUFFIX = re.compile("['\u2019]s$")
# After these stand nouns, sooner or later, and hardly ever verbs.
_BEFORE_NOUNS = frozenset(
    """the a an this these those your our their its his her my each every of with from between
    der das dem ein eine einen einem einer eines im zum zur vom beim ins la le les el los las un una une du des au aux
    de del dans sur avec sans il lo gli uno dello della dei degli delle nel nella sul sulla dal dalla o um uma ao da na
    no het een den det ett en az egy bir ο η το οι τα τον την του της των στο στη
    в на с для из от к по о об при без до через под над между за во со ко у з із від про під
    w z od dla bez przez pod przy v s pro při ve dari untuk pada dengan""".split()
)
# In German, what is written small names nothing.
_GERMAN = "de"
_SENTENCE_GOES_ON = re.compile(r"[^\W\d_],? $")


@dataclass(frozen=True, slots=True)
class Terms:
    """What one text could give a topic as its name, by the stems of the words; of several words with spaces between.

    `words`: how much each says of the text, more in the title or the file's name; `nouns`: how much each single word
    looks like the name of something, 0-1; `written`: how it is written there; `language`: a code, "" if unknown.
    """

    words: Mapping[str, float]
    nouns: Mapping[str, float]
    written: Mapping[str, str]
    language: str


class _InRow(NamedTuple):
    """A word in a row, where it is, and whether what is between it and the one before makes them one name."""

    key: str
    start: int
    end: int
    is_linked: bool = True


@dataclass(slots=True)
class _Found:
    """What is found while a text is read."""

    times: Counter[str] = field(default_factory=Counter)
    named: Counter[str] = field(default_factory=Counter)
    titles: set[str] = field(default_factory=set)
    written: dict[str, str] = field(default_factory=dict)

    def add(self, key: str, form: str, *, title: bool, noun: bool) -> None:
        self.times[key] += 1
        self.named[key] += noun
        if title:
            self.titles.add(key)
        known = self.written.get(key)
        if known is None or (form != known and is_plainer(form, known)):
            self.written[key] = form


def terms_of(raw: str, names: Sequence[str] = ()) -> Terms:
    """Return the words, and the rows of words, of a text as it was read, and of its file's names without suffix."""
    text = spoken(raw)
    found = _Found()
    language = language_of(text.text)
    small = stop_words(language)
    german = language == _GERMAN
    _look(text.text, found, small, end_of_title=text.title, german=german)
    for family, times in text.families.items():
        key = stem(family.casefold())
        if family.casefold() not in small:
            found.times[key] += times
            found.named[key] += times
            found.written.setdefault(key, family)
    called = _Found()
    for name in names[:_MOST_NAMES]:
        _look(spoken_name(name), called, small)
    for key, form in called.written.items():
        found.times[key] += 0  # known, if only by the name
        found.written.setdefault(key, form)
    words = {
        key: _weight(times)
        * (_IN_TITLE if key in found.titles else 1)
        * (_IN_NAME if key in called.times else 1)
        for key, times in found.times.items()
    }
    nouns = {
        key: 1.0
        if key in called.times or _IDEOGRAPH.match(key)
        else max(0.5 * (key in found.titles), found.named[key] / max(times, 1))
        for key, times in found.times.items()
        if " " not in key
    }
    return Terms(words, nouns, found.written, language)


def is_ideographic(word: str) -> bool:
    """Tell whether a word is written without letters."""
    return _IDEOGRAPH.match(word) is not None


def _weight(times: int) -> float:
    """Tell how much a word says of a text in which it stands so often."""
    return 1 + min(log2(times), _OFTEN) / 2 if times else 1.0


def _look(
    text: str, found: _Found, stop: frozenset[str], *, end_of_title: int = 0, german: bool = False
) -> None:
    """Read a text word by word."""
    row: list[_InRow] = []
    # Where the last word in the capitals of a heading ends.
    last, loud = "", -_NEAR - 1
    for match in _WORD.finditer(text):
        word, start, end = match.group(), match.start(), match.end()
        small = word.casefold()
        if small in stop:
            last = small
            continue
        title = end <= end_of_title
        if word[0] >= "\u3005" and _IDEOGRAPH.match(word):
            for piece in _pieces(word):
                found.add(piece, piece, title=title, noun=True)
            row, last = [], ""
            continue
        noun = last in _BEFORE_NOUNS and text[start - 1] == " "
        if "'" in word or "\u2019" in word:
            word, is_noun = _bare(word)
            noun |= is_noun
            start, small = end - len(word), word.casefold()
            word, small = _SUFFIX.sub("", word), _SUFFIX.sub("", small)
        if german:
            noun = word[0].isupper() and bool(_SENTENCE_GOES_ON.search(text, start - 3, start))
        last = small
        if len(small) < _SHORTEST or small in stop or text.startswith(_HALF, end):
            continue
        form, is_upper = word, word.isupper()
        if (german and word[0].islower()) or (is_upper and _is_label(text, start, end)):
            row = []
            continue
        if is_upper and (start - loud <= _NEAR or is_shouted(word)):
            form, loud = word.capitalize() if start - loud <= _NEAR else word, end
        key = stem(small)
        found.add(key, form, title=title, noun=noun)
        row = _rows(text, row, _InRow(key, start, start + len(word)), found, title=title, noun=noun)


def _bare(word: str) -> tuple[str, bool]:
    """Return a word without the article or the like that is written with it, and whether that is one of a noun."""
    elided = _ELISION.match(word)
    return (word[elided.end() :], bool(elided[1])) if elided else (word, False)


def _rows(
    text: str, row: list[_InRow], word: _InRow, found: _Found, *, title: bool, noun: bool
) -> list[_InRow]:
    """Add the rows that end with a word; return the row for the next one."""
    if row:
        gap = text[row[-1].end : word.start]
        if gap != " ":
            if not _IN_ROW.fullmatch(gap):
                return [word]
            word = word._replace(is_linked=_LINKED.fullmatch(gap) is not None)
    is_linked = word.is_linked
    for place in range(len(row) - 1, -1, -1):
        first = row[place]
        whole = text[first.start : word.end]
        if len(whole) > _LONGEST_ROW:
            break
        is_name = is_linked and len(row) - place <= _ROW
        if is_name or (title and _is_whole(text, first.start, word.end)):
            together = " ".join([*(each.key for each in row[place:]), word.key])
            found.add(together, whole, title=title, noun=noun)
        is_linked = is_linked and first.is_linked
    return [*row[-_WHOLE_ROW + 1 :], word]


def _is_label(text: str, start: int, end: int) -> bool:
    """Tell whether a word stands alone on its line, not the first: it is called like a part of the text."""
    line = text.rfind("\n", 0, start)
    after = text.find("\n", end)
    return (
        not text[line + 1 : start].strip()
        and not text[end : after if after >= 0 else None].strip(" \t:*#=-")
        and bool(text[: max(line, 0)].strip())
    )


def _is_whole(text: str, start: int, end: int) -> bool:
    """Tell whether words stand between two marks, or ends of a line."""
    before = _MARK_BEFORE.search(text, max(start - 5, 0), start)
    return bool(before and _MARK_AFTER.match(text, end))


def _pieces(run: str) -> Iterator[str]:
    """Yield the parts of two to four ideographs between those that only hold the sentence together."""
    for words in _breaks().split(run):
        for length in (2, 3, 4):
            for first in range(len(words) - length + 1):
                yield words[first : first + length]


@cache
def _breaks() -> re.Pattern[str]:
    common = sorted(
        (w for w in stop_words() if is_ideographic(w) and len(w) > 1), key=lambda w: (-len(w), w)
    )
    return re.compile("|".join([*common, f"[{_FILLERS}]"]))


def parts_of(word: str) -> Iterable[str]:
    """Return the shorter words in a longer one."""
    if " " in word:
        words = word.split(" ")
        return [
            " ".join(words[first : first + length])
            for length in range(1, len(words))
            for first in range(len(words) - length + 1)
        ]
    if is_ideographic(word) and len(word) > _SHORTEST_NAME:
        return [
            word[first : first + length]
            for length in range(_SHORTEST_NAME, len(word))
            for first in range(len(word) - length + 1)
        ]
    return ()
