"""The texts that are being compared: loaded from the library, tokenised, kept as long as there is room."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

import numpy as np

from dedupe_app.records import Comparable
from dedupe_app.similarity.alignment import Alignment, align
from dedupe_app.similarity.crowd import Crowd, build_crowd
from dedupe_app.store import documents
from dedupe_app.text.canonical import canonicalise
from dedupe_app.text.fingerprint import shingles
from dedupe_app.text.tokens import tokenise

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dedupe_app.store.database import Library

_TEXT_BYTES = 160 * 1024 * 1024
# A crowd of a long text is as large as the text.
_CROWD_BYTES = 64 * 1024 * 1024
_FEWEST_CROWDS = 64
_ALIGNMENTS = 4096


class Shelf:
    """Texts and crowds by number; the longest unused are put away when there are too many."""

    def __init__(self, library: Library) -> None:
        """Start with nothing loaded."""
        self._library = library
        self._texts: OrderedDict[int, Comparable] = OrderedDict()
        self._crowds: OrderedDict[tuple[int, tuple[int, ...]], Crowd] = OrderedDict()
        self._alignments: OrderedDict[tuple[int, int], Alignment] = OrderedDict()
        self._bytes = 0
        self._crowd_bytes = 0

    def load(self, texts: Iterable[int]) -> None:
        """Make sure that these texts are there until the next call."""
        wanted = list(texts)
        missing = [text for text in wanted if text not in self._texts]
        for text in wanted:
            if text in self._texts:
                self._texts.move_to_end(text)
        for text, raw in documents.raw_texts(self._library, missing):
            comparable = make_comparable(text, raw)
            self._texts[text] = comparable
            self._bytes += _size(comparable)
        while self._bytes > _TEXT_BYTES and len(self._texts) > len(wanted):
            self._bytes -= _size(self._texts.popitem(last=False)[1])

    def text(self, text: int) -> Comparable:
        """Return a text, loading it if need be."""
        if text not in self._texts:
            self.load([text])
        return self._texts[text]

    def crowd(self, text: int, others: tuple[int, ...]) -> Crowd:
        """Return the crowd of a text that consists of `others`."""
        key = (text, others)
        if key not in self._crowds:
            crowd = build_crowd(self.text(text), [self.text(other) for other in others])
            self._crowds[key] = crowd
            self._crowd_bytes += _crowd_size(crowd)
            while self._crowd_bytes > _CROWD_BYTES and len(self._crowds) > _FEWEST_CROWDS:
                self._crowd_bytes -= _crowd_size(self._crowds.popitem(last=False)[1])
        self._crowds.move_to_end(key)
        return self._crowds[key]

    def alignment(self, a: Comparable, b: Comparable) -> Alignment:
        """Return how two texts align; it is the same in every crowd, so it is kept for a while."""
        key = (a.key, b.key)
        if key not in self._alignments:
            self._alignments[key] = align(a.tokens, b.tokens)
            if len(self._alignments) > _ALIGNMENTS:
                self._alignments.popitem(last=False)
        return self._alignments[key]


def make_comparable(number: int, raw: str) -> Comparable:
    """Tokenise a raw text for comparison."""
    tokens = tokenise(canonicalise(raw))
    return Comparable(number, tokens, np.unique(tokens.hashes), shingles(tokens))


def _size(text: Comparable) -> int:
    tokens = text.tokens
    arrays = (tokens.hashes, tokens.starts, tokens.ends, tokens.figures, text.words, text.shingles)
    return sum(array.nbytes for array in arrays) + 2 * len(tokens.text)


def _crowd_size(crowd: Crowd) -> int:
    arrays = (crowd.words, crowd.shingles, crowd.word_at, crowd.shingle_at)
    return sum(array.nbytes for array in arrays)
