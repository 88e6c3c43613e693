"""The texts that are being compared: loaded from the library, tokenised, kept as long as there is room."""

from __future__ import annotations

from collections import OrderedDict
from functools import partial
from typing import TYPE_CHECKING, Generic, TypeVar

import numpy as np

from dedupe_app.engine.kept_texts import KeptTexts
from dedupe_app.hashing import distinct
from dedupe_app.records import Comparable, Measures
from dedupe_app.similarity.alignment import MOST_WORDS, Alignment, align
from dedupe_app.similarity.crowd import (
    CloseLook,
    Crowd,
    Places,
    build_crowd,
    find_places,
    look_closely,
)
from dedupe_app.similarity.differences import Differences, find_differences
from dedupe_app.similarity.overlap import Common, common
from dedupe_app.store import documents
from dedupe_app.text.canonical import canonicalise
from dedupe_app.text.fingerprint import shingles
from dedupe_app.text.tokens import tokenise

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    from numpy.typing import NDArray

    from dedupe_app.store.library import Library

_MIB = 1024 * 1024
_TEXT_BYTES = 160 * _MIB
_COMMON_BYTES = 48 * _MIB
# A crowd of a long text is as large as the text.
_CROWD_BYTES = 24 * _MIB
_LOOK_BYTES = 20 * _MIB
_PLACES_BYTES = 20 * _MIB
_DIFFERENCES_BYTES = 16 * _MIB
_FEWEST = 64
_ALIGNMENTS = 4096
_MEASURES = 16_384
_Value = TypeVar("_Value")


class Shelf:
    """Texts and crowds by number; the longest unused are put away when there are too many."""

    def __init__(self, library: Library, kept: KeptTexts | None = None) -> None:
        """Start with nothing loaded. `kept`: texts whose tokens are there already."""
        self._library = library
        self._kept = kept or KeptTexts()
        self._texts: OrderedDict[int, Comparable] = OrderedDict()
        self._bytes = 0
        self._commons = _Kept[Common](_common_size, _COMMON_BYTES)
        self._crowds = _Kept[Crowd](lambda crowd: crowd.shingles.nbytes, _CROWD_BYTES)
        self._looks = _Kept[CloseLook](lambda look: look.words.nbytes, _LOOK_BYTES)
        self._places = _Kept[Places](_places_size, _PLACES_BYTES)
        self._alignments = _Kept[Alignment](lambda _: 1, _ALIGNMENTS)
        self._differences = _Kept[Differences](lambda pair: pair.size_bytes, _DIFFERENCES_BYTES)
        self._measures = _Kept[Measures](lambda _: 1, _MEASURES)

    def load(self, texts: Iterable[int]) -> None:
        """Make sure that these texts are there until the next call."""
        wanted = list(texts)
        missing = [text for text in wanted if text not in self._texts]
        for text in wanted:
            if text in self._texts:
                self._texts.move_to_end(text)
        for text, packed in documents.packed_texts(self._library, missing):
            comparable = self._comparable(text, packed)
            self._texts[text] = comparable
            self._bytes += _size(comparable)
        while self._bytes > _TEXT_BYTES and len(self._texts) > len(wanted):
            self._bytes -= _size(self._texts.popitem(last=False)[1])

    def _comparable(self, text: int, packed: bytes) -> Comparable:
        kept = self._kept.take(packed)
        if kept is None:
            return make_comparable(text, documents.unpacked(self._library, packed))
        return Comparable(text, kept.tokens, distinct(kept.tokens.hashes), kept.shingles)

    def text(self, text: int) -> Comparable:
        """Return a text, loading it if need be."""
        if text not in self._texts:
            self.load([text])
        return self._texts[text]

    def common(self, a: int, b: int) -> Common:
        """Return the shingles that two texts share; it is asked again for every crowd of either."""
        if a > b:
            return self.common(b, a).flipped()
        return self._commons.get(
            (a, b), lambda: common(self.text(a).shingles, self.text(b).shingles)
        )

    def crowd(self, text: int, others: tuple[int, ...]) -> Crowd:
        """Return the crowd of a text that consists of `others`."""
        held, look = partial(self._held, text), partial(self._look, text, others)
        return self._crowds.get(
            (text, others), lambda: build_crowd(self.text(text), others, held, look)
        )

    def _held(self, text: int, other: int) -> NDArray[np.int64]:
        """Return the places of the shingles of a text that another has, too."""
        if text > other:
            return self.common(other, text).in_b
        return self.common(text, other).in_a

    def alignment(self, a: Comparable, b: Comparable) -> Alignment:
        """Return how two texts align; it is the same in every crowd, so it is kept for a while."""
        return self._alignments.get((a.key, b.key), lambda: self._aligned(a, b))

    def _aligned(self, a: Comparable, b: Comparable) -> Alignment:
        every = len(a.words) + len(b.words)
        if every > MOST_WORDS:
            return align(a.tokens, b.tokens)
        # The words of a keep their places as numbers; those that only b has come after them.
        shared = common(a.words, b.words)
        numbers = np.arange(len(a.words), every)
        numbers[shared.in_b] = shared.in_a
        own, other = self._places_of(a).words, self._places_of(b).words
        return align(a.tokens, b.tokens, (own, numbers[other]))

    def differences(self, a: Comparable, b: Comparable) -> Differences:
        """Return how two texts differ; that, too, is the same in every crowd."""
        return self._differences.get(
            (a.key, b.key),
            lambda: find_differences(
                *(a, b, self.alignment(a, b), self._places_of(a), self._places_of(b))
            ),
        )

    def _places_of(self, text: Comparable) -> Places:
        return self._places.get(text.key, lambda: find_places(text))

    def known_measures(self, key: Hashable) -> Measures | None:
        """Return what was measured on a pair in two crowds, None if nothing was."""
        return self._measures.find(key)

    def keep_measures(self, key: Hashable, measures: Measures) -> None:
        """Keep what was measured on a pair in two crowds."""
        self._measures.put(key, measures)

    def _look(self, text: int, others: tuple[int, ...]) -> CloseLook:
        return self._looks.get((text, others), lambda: self._looked(text, others))

    def _looked(self, text: int, others: tuple[int, ...]) -> CloseLook:
        own = self.text(text)
        return look_closely(own, [self.text(other) for other in others], self._places_of(own))


def make_comparable(number: int, raw: str) -> Comparable:
    """Tokenise a raw text for comparison."""
    tokens = tokenise(canonicalise(raw))
    return Comparable(number, tokens, distinct(tokens.hashes), shingles(tokens))


class _Kept(Generic[_Value]):
    """What was made, by key, as long as there is room; the last few always stay."""

    def __init__(self, size: Callable[[_Value], int], room: int) -> None:
        self._size = size
        self._room = room
        self._used = 0
        self._values: OrderedDict[Hashable, _Value] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], _Value]) -> _Value:
        value = self.find(key)
        if value is None:
            value = make()
            self.put(key, value)
        return value

    def find(self, key: Hashable) -> _Value | None:
        value = self._values.get(key)
        if value is not None:
            self._values.move_to_end(key)
        return value

    def put(self, key: Hashable, value: _Value) -> None:
        self._values[key] = value
        self._used += self._size(value)
        while self._used > self._room and len(self._values) > _FEWEST:
            self._used -= self._size(self._values.popitem(last=False)[1])


def _size(text: Comparable) -> int:
    tokens = text.tokens
    arrays = (tokens.hashes, tokens.starts, tokens.ends, tokens.figures, text.words, text.shingles)
    return sum(array.nbytes for array in arrays) + 2 * len(tokens.text)


def _common_size(found: Common) -> int:
    return found.in_a.nbytes + found.in_b.nbytes


def _places_size(places: Places) -> int:
    return places.words.nbytes + places.shingles.nbytes
