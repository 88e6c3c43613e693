"""Names of topics: the words that their texts have, and the other texts have not. In the language of the texts.

Class-based TF-IDF (Grootendorst 2022) on how many texts have a word, not how often: one long text does not name all.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache
from math import log, log2
from typing import TYPE_CHECKING

from dedupe_app.settings import resource_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

# What a text is about stands at its beginning, or it is a long one.
_MOST_LETTERS = 6000
_TITLE_LETTERS, _IN_TITLE = 200, 1.6
_OFTEN = 3
_LINK = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+|</?[a-zA-Z][^<>\n]{0,200}>")
_IDEOGRAPHS = "\u3005\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_KANA = "\u30a1-\u30fa\u30fc"
_WORD = re.compile(
    rf"[{_IDEOGRAPHS}]+|[{_KANA}]{{3,}}"
    rf"|[^\W\d_{_IDEOGRAPHS}\u3040-\u30ff]+(?:['\u2019\u0301\u094d-][^\W\d_{_IDEOGRAPHS}\u3040-\u30ff]+)*"
)
_IDEOGRAPH = re.compile(rf"[{_IDEOGRAPHS}]")
# Characters that hold sentences together rather than name things.
_FILLERS = frozenset(
    "的了是在和与或有不人这那中为以及其之于也而且但并被由从到对将会可等个种该此他她它们我你您们所就都很更最又"
    "還與這為個對將會從過們並於時後年月日第一二三四五六七八九十上下大小多少能要如若则若因因此即如何什么么呢吗"
    "時者等及各本同様用其他前後間内外的無不"
)
_SHORTEST, _SHORTEST_NAME = 3, 2
_MOST_WORDS = 3
# A word names a topic if so many of its texts have it.
_LEAST_SHARE, _LEAST_TEXTS = 0.12, 2
# Two words that nearly always stand together are one name.
_TOGETHER = 0.55
_PAIR_BONUS, _POOR = 1.25, 0.6
_SECOND = 0.55
_CANDIDATES = 40
_STEM = 5
_LONGEST_ABBREVIATION = 7


@dataclass(frozen=True, slots=True)
class Terms:
    """What one text could give a topic as its name, with its weight: more in the title; and how it is written there."""

    words: Mapping[str, float]
    written: Mapping[str, str]


def terms_of(raw: str) -> Terms:
    """Return the words, and the pairs of words, of a text as it was read."""
    text = unicodedata.normalize("NFKC", raw[:_MOST_LETTERS])
    written: dict[str, str] = {}
    times: Counter[str] = Counter()
    titles: frozenset[str] = frozenset()
    before: tuple[str, re.Match[str]] | None = None
    for match in _WORD.finditer(_LINK.sub(" \n ", text)):
        word = match.group()
        key = word.casefold().replace("\u2019", "'")
        if _IDEOGRAPH.match(word):
            times.update(pieces := list(_pieces(word)))
            written |= {piece: piece for piece in pieces}
            before = None
        elif len(key) >= _SHORTEST and key not in stop_words():
            times[key] += 1
            # What is written small is the word itself; a capital may be that of a sentence or a heading.
            if key not in written or (word.islower() and not written[key].islower()):
                written[key] = word
            if before and match.string[before[1].end() : match.start()] == " ":
                pair = f"{before[0]} {key}"
                times[pair] += 1
                written.setdefault(pair, match.string[before[1].start() : match.end()])
            before = key, match
        else:
            before = None
        if match.end() <= _TITLE_LETTERS:
            titles = frozenset(written)
    weights = {
        key: _weight(count) * (_IN_TITLE if key in titles else 1) for key, count in times.items()
    }
    return Terms(weights, written)


def _weight(times: int) -> float:
    """Tell how much a word says of a text in which it stands so often."""
    return 1 + min(log2(times), _OFTEN) / 2


def name_topics(
    texts: Mapping[int, Terms], topics: Sequence[Sequence[int]], taken: Iterable[str] = ()
) -> list[str]:
    """Return a name of one to three words for each topic, given as the numbers of some of its texts; all distinct.

    A topic whose texts have nothing in common that the others have not is named after what they have most, or "".
    """
    everywhere: defaultdict[str, float] = defaultdict(float)
    for terms in texts.values():
        _add(everywhere, terms)
    used = {name.casefold() for name in taken}
    names = [""] * len(topics)
    for topic in sorted(range(len(topics)), key=lambda each: -len(topics[each])):
        own = [texts[text] for text in topics[topic] if text in texts]
        names[topic] = _name(own, everywhere, len(texts), used)
        used.add(names[topic].casefold())
    return names


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


def _add(sums: defaultdict[str, float], terms: Terms) -> None:
    for word, weight in terms.words.items():
        sums[word] += weight


def _name(own: Sequence[Terms], everywhere: Mapping[str, float], total: int, used: set[str]) -> str:
    counts: defaultdict[str, float] = defaultdict(float)
    for terms in own:
        _add(counts, terms)
    ranked = _ranked(counts, len(own), everywhere, total)
    if not ranked:
        return ""
    for first in range(len(ranked)):
        chosen = [ranked[first]]
        for other in ranked:
            fits = sum(len(each[0].split()) for each in (*chosen, other)) <= _MOST_WORDS
            if fits and len(chosen) < 2 and _is_other(other[0], chosen) and _is_good(other, chosen):
                chosen.append(other)
        words = [_as_written(own, each[0]) for each in chosen]
        for name in (", ".join(words), words[0]):
            shown = name[:1].upper() + name[1:]
            if shown.casefold() not in used:
                return shown
    return ""


def _ranked(
    counts: Mapping[str, float], size: int, everywhere: Mapping[str, float], total: int
) -> list[tuple[str, float]]:
    """Return the words that tell most about a topic, the best first."""
    least = max(_LEAST_TEXTS, _LEAST_SHARE * size) if size > _LEAST_TEXTS else 1
    common = {word: count for word, count in counts.items() if count >= least}
    scores: dict[str, float] = {}
    for word, count in common.items():
        share, usual = count / size, everywhere[word] / total
        scores[word] = share * log(1 + share / usual) * _fitness(word)
    for word in sorted(common, key=len, reverse=True):
        for part in _parts(word):
            if part in scores and common[word] >= _TOGETHER * common[part]:
                scores[part] *= 0.3
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    return ranked[:_CANDIDATES]


def _parts(word: str) -> list[str]:
    if " " in word:
        return word.split(" ")
    if _IDEOGRAPH.match(word) and len(word) > _SHORTEST_NAME:
        return [
            word[first : first + length]
            for length in range(_SHORTEST_NAME, len(word))
            for first in range(len(word) - length + 1)
        ]
    return []


def _fitness(word: str) -> float:
    """Tell how well a word names something: pairs better, adverbs and keys of tables worse."""
    if " " in word or _is_long(word):
        return _PAIR_BONUS * (_POOR if any(map(_is_poor, word.split(" "))) else 1.0)
    return _POOR if _is_poor(word) else 1.0


def _is_poor(word: str) -> bool:
    return "-" in word or (word.isascii() and word.endswith("ly"))


def _is_long(word: str) -> bool:
    return bool(_IDEOGRAPH.match(word)) and len(word) > _SHORTEST_NAME


def _is_other(word: str, chosen: Sequence[tuple[str, float]]) -> bool:
    """Tell whether a word is not the same as one that is chosen, in another form."""
    stems = {part[:_STEM] for each, _ in chosen for part in each.split(" ")}
    own = {part[:_STEM] for part in word.split(" ")}
    if _IDEOGRAPH.match(word):
        return not any(set(word) & set(each) for each, _ in chosen)
    return not own & stems


def _is_good(other: tuple[str, float], chosen: Sequence[tuple[str, float]]) -> bool:
    return other[1] >= _SECOND * chosen[0][1]


def _as_written(own: Sequence[Terms], word: str) -> str:
    forms: defaultdict[str, int] = defaultdict(int)
    for terms in own:
        if word in terms.written:
            forms[terms.written[word]] += 1
    form = max(forms, key=lambda form: (forms[form], form))
    # What is shouted in a heading is said in a name; short words in capitals are abbreviations.
    return " ".join(
        part.capitalize() if part.isupper() and len(part) > _LONGEST_ABBREVIATION else part
        for part in form.split(" ")
    )


def _pieces(run: str) -> Iterable[str]:
    """Yield the parts of two to four ideographs in which none only holds the sentence together."""
    for length in (2, 3, 4):
        for first in range(len(run) - length + 1):
            piece = run[first : first + length]
            if _FILLERS.isdisjoint(piece) and piece not in stop_words():
                yield piece
