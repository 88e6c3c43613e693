"""Names of topics: the words that their texts have, and the other texts have not. In the language of the texts.

Class-based TF-IDF (Grootendorst 2022) on how many texts have a word, not how often: one long text does not name all.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING

from dedupe_app.similarity.topic_terms import bent, is_ideographic, parts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dedupe_app.similarity.topic_terms import Terms

_MOST_WORDS = 3
# A name should be true of at least half of the texts. Where nothing is, of fewer; of fewer still it is no name.
_SHARES, _LEAST_TEXTS = (0.5, 0.34, 0.2), 2
# What so few of the others have counts as nothing.
_RARE = 0.05
# A word that sets a topic apart from its neighbours in a broader one says as much as one that sets that apart.
_WITHIN = 0.6
# Below this a word is everywhere.
_LEAST_SCORE = 0.25
# Two words that nearly always stand together are one name.
_TOGETHER, _AS_MUCH, _PART_OF_PAIR = 0.55, 0.7, 0.3
# A word in the title, or said often, counts for more than one that is said by the way.
_PROMINENCE = 1.3
# A longer name in which the best word is takes its place if it is said as much as a title.
_LIKE_A_TITLE, _FOR_LONGER = 1.8, 0.35
_PAIR_BONUS, _POOR, _ABBREVIATION = 1.25, 0.6, 0.75
_UNLIKE_NOUN, _NOUN_ENOUGH = 0.3, 0.25
_SECOND, _SECOND_SHARE = 0.55, 0.4
_CANDIDATES = 40
_ALIKE = 5
_SHORTEST_LONG, _LONGEST_ABBREVIATION = 2, 5
_SHORT_ABBREVIATION = 4
_POOR_ENDINGS = ("ly", "ed", "able", "ible", "ous", "ful")
# A shorter form of a word is its usual one if it is this often there, against the most frequent.
_AS_OFTEN = 0.3
# A word that is written small in so large a share of the texts is an ordinary one.
_SMALL = 0.25


@dataclass(frozen=True, slots=True)
class _Candidate:
    word: str
    score: float
    share: float


@dataclass(frozen=True, slots=True)
class _Texts:
    """Some texts and in how many of them each word is."""

    size: int
    having: Mapping[str, int]

    def share(self, word: str) -> float:
        return self.having.get(word, 0) / self.size if self.size > 0 else 0.0

    def without(self, other: _Texts) -> _Texts:
        """Leave out texts that are among these."""
        rest = {word: self.having[word] - count for word, count in other.having.items()}
        return _Texts(self.size - other.size, {**self.having, **rest})


def name_topics(
    texts: Mapping[int, Terms],
    topics: Sequence[Sequence[int]],
    taken: Iterable[str] = (),
    within: Mapping[int, Sequence[int]] | None = None,
) -> list[str]:
    """Return a name of one to three words for each topic, given as the numbers of some of its texts; all distinct.

    `within`: for topics, by their places, the texts of the broader topic of which each is a part. A topic whose texts
    have nothing in common is named "".
    """
    everywhere = _count(texts.values())
    used = {_bag(name) for name in taken}
    names = [""] * len(topics)
    for topic in sorted(range(len(topics)), key=lambda each: -len(topics[each])):
        own = [texts[text] for text in topics[topic] if text in texts]
        around = [texts[text] for text in (within or {}).get(topic, ()) if text in texts]
        names[topic] = _name(own, everywhere, _count(around), used)
        used.add(_bag(names[topic]))
    return names


def _count(texts: Iterable[Terms]) -> _Texts:
    having: Counter[str] = Counter()
    size = 0
    for terms in texts:
        having.update(terms.words.keys())
        size += 1
    return _Texts(size, having)


def _bag(name: str) -> frozenset[str]:
    """Return the words of a name: two names are the same if only their order differs."""
    return frozenset(name.casefold().replace(",", "").split())


def _name(
    own: Sequence[Terms], everywhere: _Texts, around: _Texts, used: set[frozenset[str]]
) -> str:
    inside = _count(own)
    ranked = _ranked(own, inside, everywhere.without(inside), around)
    for place, first in enumerate(ranked):
        chosen = [first]
        for other in ranked[place + 1 :]:
            words = sum(len(each.word.split()) for each in (*chosen, other))
            if len(chosen) < 2 and words <= _MOST_WORDS and _is_second(other, first):
                chosen.append(other)
        written = [_as_written(own, each.word) for each in chosen]
        for name in (", ".join(written), written[0]):
            if _bag(name) not in used:
                return name[:1].upper() + name[1:]
    return ""


def _ranked(
    own: Sequence[Terms], inside: _Texts, outside: _Texts, around: _Texts
) -> list[_Candidate]:
    """Return the words that tell most about a topic, the best first; none if no word is in enough of its texts."""
    least = _LEAST_TEXTS if inside.size > _LEAST_TEXTS else 1
    lowest = max(_SHARES[-1] * inside.size, least)
    common = [word for word, count in inside.having.items() if count >= lowest]
    siblings = around.without(inside) if around.size > inside.size else None
    weights, nouns = _means(own, common)
    scores: dict[str, float] = {}
    for word in common:
        share, usual = inside.share(word), outside.share(word)
        told = _told(share, usual)
        if siblings is not None:
            told = (1 - _WITHIN) * told + _WITHIN * _told(share, siblings.share(word))
        scores[word] = share * weights[word] ** _PROMINENCE * told * _fitness(word, nouns)
    for word in sorted(common, key=len, reverse=True):
        for part in parts_of(word):
            often = inside.having[word] >= _TOGETHER * inside.having.get(part, 0)
            if part in scores and often and weights[word] >= _AS_MUCH * weights[part]:
                scores[part] *= _PART_OF_PAIR
    found = [_Candidate(word, score, inside.share(word)) for word, score in scores.items()]
    for share in _SHARES:
        enough = [each for each in found if each.share >= share and each.score >= _LEAST_SCORE]
        if enough:
            enough.sort(key=lambda each: (-each.score, each.word))
            enough = _longer_first(enough, weights)
            return enough[:_CANDIDATES]
    return []


def _longer_first(ranked: list[_Candidate], weights: Mapping[str, float]) -> list[_Candidate]:
    """Put a longer name in which the best word is before it, if it is nearly as good."""
    best = ranked[0]
    for each in ranked[1:]:
        longer = best.word in parts_of(each.word) and len(each.word.split()) <= _MOST_WORDS
        if (
            longer
            and weights[each.word] >= _LIKE_A_TITLE
            and each.score >= _FOR_LONGER * best.score
        ):
            return [each, *(other for other in ranked if other not in (each, best))]
    return ranked


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
    """Tell how well a word names something: pairs and nouns better, adverbs and abbreviations worse."""
    parts = word.split(" ")
    noun = sum(nouns.get(part, 0.0) for part in parts) / len(parts)
    fitness = _UNLIKE_NOUN + (1 - _UNLIKE_NOUN) * min(noun / _NOUN_ENOUGH, 1)
    if any(map(_is_poor, parts)):
        fitness *= _POOR
    if len(parts) > 1 or (is_ideographic(word) and len(word) > _SHORTEST_LONG):
        return fitness * _PAIR_BONUS
    if not is_ideographic(word) and len(word) < _SHORT_ABBREVIATION:
        return fitness * _ABBREVIATION
    return fitness


def _is_poor(word: str) -> bool:
    return "-" in word or (word.isascii() and word.endswith(_POOR_ENDINGS))


def _is_second(other: _Candidate, first: _Candidate) -> bool:
    """Tell whether a word adds something to a first one: it is as good, and not the same in another form."""
    if other.score < _SECOND * first.score or other.share < min(_SECOND_SHARE, first.share):
        return False
    if is_ideographic(other.word):
        return not set(other.word) & set(first.word)
    stems = {part[:_ALIKE] for part in first.word.split(" ")}
    return not stems & {part[:_ALIKE] for part in other.word.split(" ")}


def _as_written(own: Sequence[Terms], word: str) -> str:
    forms: defaultdict[str, int] = defaultdict(int)
    for terms in own:
        if word in terms.written:
            forms[terms.written[word]] += 1
    most = max(forms.values())
    small = [form for form, count in forms.items() if form.islower() and count >= _SMALL * most]
    usual = [form for form, count in forms.items() if count >= _AS_OFTEN * most]
    form = min(small or usual, key=lambda form: (bent(form), len(form), -forms[form], form))
    if form.isupper() and " " in form:
        return form.capitalize()
    # What is shouted in a heading is said in a name; short words in capitals are abbreviations.
    return " ".join(
        part.capitalize() if part.isupper() and len(part) > _LONGEST_ABBREVIATION else part
        for part in form.split(" ")
    )
