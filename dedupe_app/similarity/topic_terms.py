"""What a text could give a topic as its name: words and pairs of words, how they are written, how noun-like they are.

Code, keys of settings, links and words that say nothing are no names. Knows no language but some signs of many.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import pairwise
from math import log2
from typing import TYPE_CHECKING

from dedupe_app.settings import resource_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

# What a text is about stands at its beginning, or it is a long one.
_MOST_LETTERS = 6000
_TITLE_LETTERS, _TITLE_LINES, _IN_TITLE, _IN_NAME = 200, 2, 2.0, 1.8
_OFTEN = 3
_MOST_NAMES = 3
_LONGEST_ABBREVIATION = 5
_LINK = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+|</?[a-zA-Z][^<>\n]{0,200}>|\[[0-9a-z]{1,3}\]")
# The head of a text in which its settings stand; of these only the title is said to people.
_HEAD = re.compile(r"\A\s*---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_HEAD_TITLE = re.compile(r"^title:[ \t]*(.+)$", re.MULTILINE | re.IGNORECASE)
_KEY = re.compile(
    r"^[ \t]*(?:-[ \t]+)?[a-z][\w.-]{0,40}:(?:[ \t]+\S+[ \t]*$|(?=\s|$))", re.MULTILINE
)
_FENCED = re.compile(r"^[ \t]*(```|~~~).*?(?:^[ \t]*\1|\Z)", re.DOTALL | re.MULTILINE)
_CODE_LINE = re.compile(r"^.*(?:[;{}]|\\)[ \t]*$|^[ \t]*(?:#include|[$>] ).*$", re.MULTILINE)
# Words that nobody says: names of functions, variables, paths, options, other manual pages.
_CODE = re.compile(
    r"`[^`\n]+`|(?<![\w-])--?[a-zA-Z][\w-]*|(?<![^\s,;])[^\s,;]*(?:[_\\{}=<>|$~^]|::|->|\(\)|/\w+/)[^\s,;]*"
    r"|\b[\w.-]+\(\d\w{0,4}\)|\b[a-z]+[A-Z]\w*|\b[A-Za-z_]*\d[A-Za-z_\d]*|\b\w+\.[a-z]{1,5}\b"
)
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
    r" (?:(?:of|de|du|des|di|del|della|do|da|dos|van) )?(?:(?:d|l|dell|all)['\u2019])?"
)
_LATIN_ENDING = re.compile(r"[aeiouyäöüáéíóúàèìòùâêîôûãõåąęěůűősnmx]+$")
_CYRILLIC_ENDING = re.compile(r"[аеёиіїоуыэюяйьъмвх]+$")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
# How far from the form in which it is named a Slavic word is by its ending; the first that fits counts, else the least.
_BENT = (
    (0, ("ь", "ия", "ние", "ство")),
    (1, ("ая", "яя", "ое", "ее", "ый", "ий", "ые", "ие")),
    (
        4,
        (
            "ого",
            "его",
            "ому",
            "ему",
            "ым",
            "им",
            "ом",
            "ем",
            "ой",
            "ей",
            "ую",
            "юю",
            "ых",
            "их",
            "ыми",
            "ими",
        ),
    ),
    (4, ("ам", "ям", "ами", "ями", "ах", "ях", "ов", "ев", "у", "ю", "ии")),
    (3, ("ы", "и", "е", "і", "ї", "є")),
    (2, ("а", "я", "о", "ё", "э")),
)
_STEM = 4
# So many words before one may be part of its name.
_ROW = 2
# After these stand nouns, sooner or later, and hardly ever verbs.
_BEFORE_NOUNS = frozenset(
    """the a an this these those your our their its his her my each every of with from between
    der das dem ein eine einen einem einer eines im zum zur vom beim ins la le les el los las un una une du des au aux
    de del dans sur avec sans il lo gli uno dello della dei degli delle nel nella sul sulla dal dalla o um uma ao da na
    no het een den det ett en az egy bir ο η το οι τα τον την του της των στο στη
    в на с для из от к по о об при без до через под над между за во со ко у з із від про під
    w z od dla bez przez pod przy v s pro při ve dari untuk pada dengan""".split()
)
# So large a share of these words makes a text German: there, what is written small names nothing.
_GERMAN = frozenset(
    "der die das und ist nicht mit von den dem ein eine werden wird sie oder".split()
)
_GERMAN_SHARE = 0.08
_SENTENCE_GOES_ON = re.compile(r"[^\W\d_],? $")


@dataclass(frozen=True, slots=True)
class Terms:
    """What one text could give a topic as its name, by the stems of the words; of two words with a space between.

    `words`: how much each says of the text, more in the title or the file's name; `nouns`: how much each single word
    looks like the name of something, 0-1; `written`: how it is written there.
    """

    words: Mapping[str, float]
    nouns: Mapping[str, float]
    written: Mapping[str, str]


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
        if known is None or (form != known and _is_plainer(form, known)):
            self.written[key] = form


def terms_of(raw: str, names: Sequence[str] = ()) -> Terms:
    """Return the words, and the pairs of words, of a text as it was read, and of its file's names without suffix."""
    text = _spoken(unicodedata.normalize("NFKC", raw[:_MOST_LETTERS]))
    found = _Found()
    _look(text, found, end_of_title=_end_of_title(text))
    called = _Found()
    for name in names[:_MOST_NAMES]:
        _look(_spoken(re.sub(r"[_.\-]+", " ", unicodedata.normalize("NFKC", name))), called)
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
    return Terms(words, nouns, found.written)


def is_ideographic(word: str) -> bool:
    """Tell whether a word is written without letters."""
    return _IDEOGRAPH.match(word) is not None


@cache
def stop_words() -> frozenset[str]:
    """Return the words of all languages that say nothing about a subject."""
    lines = (resource_folder() / "words" / "stop_words.txt").read_text(encoding="utf-8")
    return frozenset(
        word.casefold()
        for line in lines.splitlines()
        if not line.startswith("#")
        for word in line.partition(":")[2].split()
    )


def bent(form: str) -> int:
    """Tell how far a Slavic word is from the form in which it is named, by its ending: 0 to 4; 0 for all others."""
    first = form.casefold().partition(" ")[0]
    if not _CYRILLIC.match(first):
        return 0
    return next((far for far, endings in _BENT if first.endswith(endings)), 1)


def _is_plainer(form: str, known: str) -> bool:
    """Tell whether a form is nearer to the word itself than another one."""
    if bent(form) != bent(known):
        return bent(form) < bent(known)
    # What is written small is the word itself; a capital may be that of a sentence or a heading.
    is_short_name = known.isupper() and len(known) <= _LONGEST_ABBREVIATION
    return form.islower() and not known.islower() and not is_short_name


def _weight(times: int) -> float:
    """Tell how much a word says of a text in which it stands so often."""
    return 1 + min(log2(times), _OFTEN) / 2 if times else 1.0


def _spoken(text: str) -> str:
    """Return a text without what is written for machines."""
    head = _HEAD.match(text)
    if head:
        title = _HEAD_TITLE.search(head[1])
        text = (title[1].strip("\"' ") + "\n" if title else "") + text[head.end() :]
    text = _LINK.sub(" \n ", text)
    text = _FENCED.sub("\n", text)
    text = _CODE_LINE.sub("", text)
    return _CODE.sub(" \n ", _KEY.sub("", text))


def _end_of_title(text: str) -> int:
    """Return where the first lines with words in them end."""
    end = 0
    for _, line in zip(range(_TITLE_LINES), re.finditer(r"[^\n]*\w[^\n]*", text), strict=False):
        end = line.end()
    return min(end, _TITLE_LETTERS)


def _look(text: str, found: _Found, end_of_title: int = 0) -> None:
    """Read a text word by word."""
    german = _is_german(text)
    # The words before, as far as they stand in a row: their keys, and where they begin and end.
    row: list[tuple[str, int, int]] = []
    last = ""
    for match in _WORD.finditer(text):
        title = match.end() <= end_of_title
        word, start = match.group(), match.start()
        if word[0] >= "\u3005" and _IDEOGRAPH.match(word):
            for piece in _pieces(word):
                found.add(piece, piece, title=title, noun=True)
            row, last = [], ""
            continue
        elided = _ELISION.match(word)
        if elided:
            word, start = word[elided.end() :], start + elided.end()
        word = word.removesuffix("'s").removesuffix("\u2019s")
        small = word.casefold().replace("\u2019", "'")
        noun = bool(elided and elided[1]) or (last in _BEFORE_NOUNS and text[start - 1] == " ")
        if german:
            noun = word[0].isupper() and bool(_SENTENCE_GOES_ON.search(text, start - 3, start))
        last = small
        if len(small) < _SHORTEST or small in stop_words():
            continue
        if german and word[0].islower():
            row = []
            continue
        key = _stem(small)
        found.add(key, word, title=title, noun=noun)
        if row and not _LINKED.fullmatch(text, row[-1][2], start):
            row = []
        for first in range(len(row)):
            together = " ".join([*(each for each, _, _ in row[first:]), key])
            whole = text[row[first][1] : start] + word
            found.add(together, whole, title=title, noun=noun)
        row = [*row[-_ROW:], (key, start, start + len(word))]


def _is_german(text: str) -> bool:
    words = text[:2000].split()
    return sum(word.lower() in _GERMAN for word in words) > _GERMAN_SHARE * max(len(words), 12)


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    """Return what the forms of a word have in common, roughly."""
    latin = word[0] < "\u0370"
    cut = (_LATIN_ENDING if latin else _CYRILLIC_ENDING).search(word)
    return word[: max(cut.start(), _STEM - (not latin))] if cut else word


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
        return words if len(words) == 2 else [*words, *map(" ".join, pairwise(words))]
    if is_ideographic(word) and len(word) > _SHORTEST_NAME:
        return [
            word[first : first + length]
            for length in range(_SHORTEST_NAME, len(word))
            for first in range(len(word) - length + 1)
        ]
    return ()
