"""Names of topics: the words that their texts have, and the other texts have not. In the language of the texts.

Class-based TF-IDF (Grootendorst 2022) on how many texts have a word, not how often: one long text does not name all.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING

from dedupe_app.similarity.topic_spelling import as_written
from dedupe_app.similarity.topic_terms import is_ideographic, parts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dedupe_app.similarity.topic_terms import Terms

_MOST_WORDS, _LONGEST_ROW = 3, 4
# A name should be true of at least half of the texts. Where nothing is, of fewer; of fewer still it is no name.
_SHARES, _LEAST_TEXTS = (0.5, 0.34, 0.2), 2
# What so few of the others have counts as nothing.
_RARE = 0.05
# How many texts of a language it takes to know which of its words are common, and how common a word is till then.
_ENOUGH, _COMMON = 4, 0.2
# A language in which so large a share of a topic's texts is, is one of the topic's.
_LANGUAGE = 0.2
# A word that sets a topic apart from its neighbours in a broader one says as much as one that sets that apart.
_WITHIN = 0.6
# Below this a word is everywhere.
_LEAST_SCORE = 0.25
# Below this it is worth looking for one of fewer texts.
_TELLING = 1.5
# Words that nearly always stand together are one name.
_TOGETHER, _AS_MUCH, _PART_OF_ROW = 0.55, 0.7, 0.3
# A word in the title, or said often, counts for more than one that is said by the way.
_PROMINENCE, _BY_THE_WAY = 1.3, 1.2
# A longer name in which the best word is takes its place if it is said as much as a title.
_LIKE_A_TITLE, _FOR_LONGER = 1.8, 0.25
_LONG_BONUS, _POOR, _ABBREVIATION = 1.5, 0.6, 0.75
_UNLIKE_NOUN, _NOUN_ENOUGH = 0.3, 0.25
_SECOND, _SECOND_SHARE = 0.55, 0.4
_CANDIDATES = 40
_ALIKE = 5
_SHORTEST_LONG = 2
_SHORT_ABBREVIATION = 4
_POOR_ENDINGS = ("ly", "ed", "able", "ible", "ous", "ful")
# Parts of a longer run of ideographs are read in pieces of so many; so long may the whole be.
_PIECE, _LONGEST_RUN, _SAME_RUN = 4, 10, 0.8


@dataclass(frozen=True, slots=True)
class _Candidate:
    word: str
    score: float
    share: float


@dataclass(frozen=True, slots=True)
class _Counts:
    """Some texts of one language, and in how many of them each word is."""

    size: int
    having: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Others:
    """The texts to tell a topic from, by language: all of them, and those of the topic, which do not count."""

    size: int
    parts: Sequence[tuple[_Counts, _Counts]]

    def usual(self, word: str) -> float:
        """Return which share of them has a word, as far as it can be known from so few."""
        having = sum(all_.having.get(word, 0) - own.having.get(word, 0) for all_, own in self.parts)
        return (having + _ENOUGH * _COMMON) / (self.size + _ENOUGH)


def name_topics(
    texts: Mapping[int, Terms],
    topics: Sequence[Sequence[int]],
    taken: Iterable[str] = (),
    within: Mapping[int, Sequence[int]] | None = None,
) -> list[str]:
    """Return a short name for each topic, given as the numbers of some of its texts: one to four words; all distinct.

    `within`: for topics, by their places, the texts of the broader topic of which each is a part. A topic whose texts
    have nothing in common is named "".
    """
    everywhere = _counts(texts.values())
    used = {_bag(name) for name in taken}
    names = [""] * len(topics)
    for topic in sorted(range(len(topics)), key=lambda each: -len(topics[each])):
        own = [texts[text] for text in topics[topic] if text in texts]
        around = [texts[text] for text in (within or {}).get(topic, ()) if text in texts]
        names[topic] = _name(own, everywhere, _counts(around), used)
        used.add(_bag(names[topic]))
    return names


def _counts(texts: Iterable[Terms]) -> dict[str, _Counts]:
    """Count the words of texts, by language."""
    by_language: defaultdict[str, list[Terms]] = defaultdict(list)
    for terms in texts:
        by_language[terms.language].append(terms)
    return {language: _count(own) for language, own in by_language.items()}


def _count(texts: Sequence[Terms]) -> _Counts:
    having: Counter[str] = Counter()
    for terms in texts:
        having.update(terms.words.keys())
    return _Counts(len(texts), having)


def _others(own: Mapping[str, _Counts], everywhere: Mapping[str, _Counts]) -> _Others:
    """Return the texts in the languages of a topic that are not in it; in all languages if its own is unknown."""
    size = sum(part.size for part in own.values())
    languages = {each for each, part in own.items() if part.size >= _LANGUAGE * size}
    if "" in languages:
        languages = set(everywhere)
    nothing = _Counts(0, {})
    parts = [
        (everywhere[each], own.get(each, nothing))
        for each in sorted(languages)
        if each in everywhere
    ]
    return _Others(sum(all_.size - inside.size for all_, inside in parts), parts)


def _bag(name: str) -> frozenset[str]:
    """Return the words of a name: two names are the same if only their order differs."""
    return frozenset(name.casefold().replace(",", "").split())


def _name(
    own: Sequence[Terms],
    everywhere: Mapping[str, _Counts],
    around: Mapping[str, _Counts],
    used: set[frozenset[str]],
) -> str:
    ranked = _ranked(own, everywhere, around)
    for place, first in enumerate(ranked):
        name = _written(own, first.word)
        is_taken = _bag(name) in used
        for other in ranked[place + 1 :]:
            words = len(first.word.split()) + len(other.word.split())
            fits = words <= _MOST_WORDS + is_taken and (is_taken or _is_as_good(other, first))
            if fits and _is_other(other.word, name):
                both = f"{name}, {_written(own, other.word)}"
                if _bag(both) not in used:
                    return both[:1].upper() + both[1:]
                break
        if not is_taken:
            return name[:1].upper() + name[1:]
    return ""


def _ranked(
    own: Sequence[Terms], everywhere: Mapping[str, _Counts], around: Mapping[str, _Counts]
) -> list[_Candidate]:
    """Return the words that tell most about a topic, the best first; none if no word is in enough of its texts."""
    inside, by_language = _count(own), _counts(own)
    least = _LEAST_TEXTS if inside.size > _LEAST_TEXTS else 1
    lowest = max(_SHARES[-1] * inside.size, least)
    common = [word for word, count in inside.having.items() if count >= lowest]
    outside = _others(by_language, everywhere)
    siblings = _others(by_language, around)
    weights, nouns = _means(own, common)
    scores: dict[str, float] = {}
    for word in common:
        share = inside.having[word] / inside.size
        told = _told(share, outside.usual(word))
        if siblings.size:
            told = (1 - _WITHIN) * told + _WITHIN * _told(share, siblings.usual(word))
        scores[word] = share * weights[word] ** _PROMINENCE * told * _fitness(word, nouns)
    _demote_parts(scores, inside.having, weights)
    found = [
        _Candidate(word, score, inside.having[word] / inside.size)
        for word, score in scores.items()
        if score >= _LEAST_SCORE
    ]
    found.sort(key=lambda each: (-each.score, each.word))
    return _longer_first(_true_of_most(found, weights), weights)[:_CANDIDATES]


def _true_of_most(found: Sequence[_Candidate], weights: Mapping[str, float]) -> list[_Candidate]:
    """Return those that are true of most texts; of fewer where nothing that is said of most tells anything."""
    subjects = [each for each in found if weights[each.word] >= _BY_THE_WAY]
    for candidates, least in ((subjects, _TELLING), (subjects, 0.0), (found, 0.0)):
        for share in _SHARES:
            enough = [each for each in candidates if each.share >= share]
            if enough and enough[0].score >= least:
                return enough
    return []


def _longer_first(ranked: list[_Candidate], weights: Mapping[str, float]) -> list[_Candidate]:
    """Put a longer name in which the best word is before it, if it is nearly as good."""
    if not ranked:
        return ranked
    best = ranked[0]
    for each in ranked[1:]:
        longer = best.word in parts_of(each.word) and len(each.word.split()) <= _LONGEST_ROW
        if (
            longer
            and weights[each.word] >= _LIKE_A_TITLE
            and each.score >= _FOR_LONGER * best.score
        ):
            return [each, *(other for other in ranked if other not in (each, best))]
    return ranked


def _demote_parts(
    scores: dict[str, float], having: Mapping[str, int], weights: Mapping[str, float]
) -> None:
    """Let a word that mostly stands in a longer row count for little."""
    for word in sorted(scores, key=len, reverse=True):
        for part in parts_of(word):
            often = having[word] >= _TOGETHER * having.get(part, 0)
            if part in scores and often and weights[word] >= _AS_MUCH * weights[part]:
                scores[part] *= _PART_OF_ROW


def _told(share: float, usual: float) -> float:
    """Return how much it tells of a topic that this share of its texts has a word; 0 if as many of the others have."""
    return log(1 + max(share - usual, 0) / (usual + _RARE))


def _means(own: Sequence[Terms], words: Sequence[str]) -> tuple[dict[str, float], dict[str, float]]:
    """Return for words how much they say of the texts that have them, and how noun-like they are there."""
    weights: dict[str, float] = {}
    nouns: dict[str, float] = {}
    for word in words:
        having = [terms for terms in own if word in terms.words]
        weights[word] = sum(terms.words[word] for terms in having) / len(having)
        nouns[word] = sum(terms.nouns.get(word, 0.0) for terms in having) / len(having)
    return weights, nouns


def _fitness(word: str, nouns: Mapping[str, float]) -> float:
    """Tell how well a word names something: rows and nouns better, adverbs and abbreviations worse."""
    parts = word.split(" ")
    noun = sum(nouns.get(part, 0.0) for part in parts) / len(parts)
    fitness = _UNLIKE_NOUN + (1 - _UNLIKE_NOUN) * min(noun / _NOUN_ENOUGH, 1)
    if any(map(_is_poor, parts)):
        fitness *= _POOR
    if len(parts) > 1 or (is_ideographic(word) and len(word) > _SHORTEST_LONG):
        return fitness * _LONG_BONUS
    if not is_ideographic(word) and len(word) < _SHORT_ABBREVIATION:
        return fitness * _ABBREVIATION
    return fitness


def _is_poor(word: str) -> bool:
    return "-" in word or (word.isascii() and word.endswith(_POOR_ENDINGS))


def _is_as_good(other: _Candidate, first: _Candidate) -> bool:
    """Tell whether a word says enough, next to a first one, to stand in the name."""
    enough = min(_SECOND_SHARE, first.share)
    return other.score >= _SECOND * first.score and other.share >= enough


def _is_other(word: str, name: str) -> bool:
    """Tell whether a word adds something to a name, and is not the same in another form."""
    if is_ideographic(word):
        return not set(word) & set(name)
    words = name.casefold().replace("'", " ").replace("\u2019", " ").split()
    stems = {part[:_ALIKE] for part in words}
    return not stems & {part[:_ALIKE] for part in word.split(" ")}


def _written(own: Sequence[Terms], word: str) -> str:
    forms = [terms.written[word] for terms in own if word in terms.written]
    return _whole_run(own, word) if is_ideographic(word) else as_written(forms)


def _whole_run(own: Sequence[Terms], word: str) -> str:
    """Return the run of ideographs of which a piece is a part nearly everywhere; the piece if there is no such run."""
    if len(word) < _PIECE:
        return word
    having = Counter(
        each
        for terms in own
        for each in terms.words
        if len(each) == _PIECE and is_ideographic(each)
    )
    enough = _SAME_RUN * having[word]
    run = word
    for _ in range(_LONGEST_RUN + 1 - _PIECE):
        before = max(
            (each for each in having if each[1:] == run[: _PIECE - 1]),
            key=lambda e: (having[e], e),
            default="",
        )
        after = max(
            (each for each in having if each[:-1] == run[1 - _PIECE :]),
            key=lambda e: (having[e], e),
            default="",
        )
        if before and having[before] >= enough:
            run = before[0] + run
        elif after and having[after] >= enough:
            run += after[-1]
        else:
            return run
    return word
