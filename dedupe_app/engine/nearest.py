"""Finds the texts that are nearest to a question or to a document: in meaning, where a model is chosen, and in wording.

Every cosine is computed, nothing is approximate. Runs in the engine, or in the command line; never in the window.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dedupe_app.embed.encoder import Failure
from dedupe_app.embed.lexical import SPACE as LEXICAL_SPACE
from dedupe_app.embed.one_model import (
    FEWEST_WORDS,
    another_model,
    is_known_by_name,
    is_one_model,
)
from dedupe_app.embed.spaces import describe
from dedupe_app.engine.encoders import lent_encoder
from dedupe_app.engine.meaning import LEXICAL
from dedupe_app.engine.preparing import prepare_text
from dedupe_app.records import Extracted, Nearest, ReadText, Why
from dedupe_app.store import documents, fulltext, likeness, spaces

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from dedupe_app.embed.encoder import Encoder
    from dedupe_app.embed.options import EncoderOptions
    from dedupe_app.records import Space
    from dedupe_app.store.library import Library

MOST = 50
# What is near stands out from the rest: by so many standard deviations, where there are enough texts to tell, and by
# so much of the lead of the nearest.
_DEVIATIONS, _ENOUGH = 2.5, 50
_LEAD = 0.5
# Any two texts of one language have some wording in common.
_LEAST_WORDING = 0.3
# So few rows at a time stay in the cache, and are too few for the processors to share: waiting for each other, they
# take five times as long.
_ROWS = 512
_KEPT_BYTES = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True, eq=False)
class _Vectors:
    """All vectors of a space: `texts` int64 (n,) in order, `matrix` (n, d) as stored, `inverse` float32 (n,) lengths.

    `state`: of the library when they were loaded.
    """

    state: tuple[str, str, int]
    texts: NDArray[np.int64]
    matrix: NDArray[np.generic]
    inverse: NDArray[np.float32]

    def of(self, text: int) -> NDArray[np.generic] | None:
        """Return the vector of a text, None if it has none."""
        place = int(np.searchsorted(self.texts, text))
        there = place < len(self.texts) and int(self.texts[place]) == text
        return self.matrix[place] if there else None


class Finder:
    """Finds what is near; keeps the vectors of a space for the next question while the library stays as it is."""

    def __init__(self) -> None:
        """Load nothing yet."""
        self._kept: dict[str, _Vectors] = {}
        self._folders: tuple[Path, ...] = ()
        self._trusted: Encoder | None = None

    def look_in(self, folders: tuple[Path, ...]) -> None:
        """Look only at texts of files below some folders from now on; none: at all texts."""
        if folders != self._folders:
            self._folders = folders
            self._kept.clear()

    def by_words(
        self, library: Library, words: str, embedder: str, options: EncoderOptions
    ) -> Nearest | None:
        """Return the texts whose meaning is nearest to some words, None without a model that knows the library.

        Raises:
            EmbedderUnavailableError: the model cannot be used.
        """
        space = find_space(library, embedder, options)
        if space is None or not words.strip():
            return None
        with lent_encoder(embedder, options) as encoder:
            self._check(library, space, encoder)
            vector = _vector(encoder, words, query=True)
        known = self._vectors(library, space.name)
        return None if vector is None else _nearest(Why.MEANING, known, vector)

    def by_text(
        self, library: Library, text: int, embedder: str, options: EncoderOptions
    ) -> list[Nearest]:
        """Return the texts that are nearest to one of the library, in wording and in meaning; it is not among them."""
        found = []
        for why, name in _names(find_space(library, embedder, options)):
            known = self._vectors(library, name)
            vector = known.of(text)
            if vector is not None:
                found.append(_nearest(why, known, vector, text))
        return found

    def by_raw_text(
        self, library: Library, raw: str, embedder: str, options: EncoderOptions
    ) -> list[Nearest]:
        """Return the texts that are nearest to a text from elsewhere, in wording and in meaning.

        Raises:
            EmbedderUnavailableError: the model cannot be used.
        """
        prepared = prepare_text(Extracted(raw, "text"))
        if not isinstance(prepared, ReadText):
            return []
        found = [_nearest(Why.WORDING, self._vectors(library, LEXICAL_SPACE), prepared.vector)]
        space = find_space(library, embedder, options)
        if space is None:
            return found
        with lent_encoder(embedder, options) as encoder:
            self._check(library, space, encoder)
            vector = _vector(encoder, raw, query=False)
        if vector is not None:
            found.append(_nearest(Why.MEANING, self._vectors(library, space.name), vector))
        return found

    def _check(self, library: Library, space: Space, encoder: Encoder) -> None:
        """See, when a server was just connected to, whether it has still the model that made the vectors of a space.

        Raises:
            EmbedderUnavailableError: it has another one, and nothing that was near would mean anything.
        """
        if encoder is self._trusted or not is_known_by_name(space.name):
            return
        known = spaces.short_texts(library, space.number, 1, FEWEST_WORDS)
        for text, raw in documents.raw_texts(library, list(known)):
            vector = _vector(encoder, raw, query=False)
            if vector is not None and not is_one_model(known[text], vector):
                raise another_model(space.embedder)
        self._trusted = encoder

    def _vectors(self, library: Library, space: str) -> _Vectors:
        state = (str(library.path), space, likeness.changes(library))
        kept = self._kept.get(space)
        if kept is not None and kept.state == state:
            return kept
        self._kept.pop(space, None)
        texts, matrix = likeness.space_vectors(library, space)
        if self._folders:
            there = np.isin(texts, fulltext.texts_below(library, self._folders))
            texts, matrix = texts[there], matrix[there]
        if matrix.dtype == np.float16 and 2 * matrix.nbytes <= _KEPT_BYTES:
            # Made wider for each question, they take four times as long as the question itself.
            matrix = matrix.astype(np.float32)
        loaded = _Vectors(state, texts, matrix, _inverse_lengths(matrix))
        if loaded.matrix.nbytes <= _KEPT_BYTES:
            self._kept[space] = loaded
        return loaded


def find_space(library: Library, embedder: str, options: EncoderOptions) -> Space | None:
    """Return the space of a model if texts of the library are in it; loads nothing.

    Raises:
        EmbedderUnavailableError: there is no such model, or it is not downloaded.
    """
    if embedder == LEXICAL:
        return None
    return spaces.find_space(library, describe(embedder, options).key)


def _names(space: Space | None) -> Sequence[tuple[Why, str]]:
    wording = (Why.WORDING, LEXICAL_SPACE)
    return (wording,) if space is None else (wording, (Why.MEANING, space.name))


def _vector(encoder: Encoder, text: str, *, query: bool) -> NDArray[np.float32] | None:
    for _, outcome in encoder.encode([text], query=query):
        return None if isinstance(outcome, Failure) else outcome
    return None


def _nearest(why: Why, known: _Vectors, vector: NDArray[np.generic], without: int = 0) -> Nearest:
    others = known.texts != without
    texts, cosines = known.texts[others], _cosines(known, vector)[others]
    if not len(cosines):
        return Nearest(why, (), ())
    top = _greatest(cosines)
    least = max(_least(cosines), _LEAST_WORDING if why is Why.WORDING else -1.0)
    top = top[cosines[top] >= least]
    return Nearest(why, tuple(texts[top].tolist()), tuple(cosines[top].tolist()))


def _greatest(cosines: NDArray[np.float32]) -> NDArray[np.int64]:
    """Return the rows of the MOST greatest, the greatest first; of equal ones the first."""
    rows = np.arange(len(cosines))
    if len(cosines) > MOST:
        least = np.partition(cosines, len(cosines) - MOST)[len(cosines) - MOST]
        rows = np.flatnonzero(cosines >= least)
    return np.asarray(rows[np.argsort(-cosines[rows], kind="stable")][:MOST])


def _cosines(known: _Vectors, vector: NDArray[np.generic]) -> NDArray[np.float32]:
    """Return the cosine of each vector with one (d,): float32 (n,); 0 where there is nothing to compare."""
    own = vector.astype(np.float32)
    own /= max(float(np.linalg.norm(own)), 1e-9)
    found = np.zeros(len(known.matrix), np.float32)
    piece = np.empty((_ROWS, known.matrix.shape[1]), np.float32)
    for first in range(0, len(found), _ROWS):
        rows = known.matrix[first : first + _ROWS]
        wide = piece[: len(rows)]
        if rows.dtype == np.float32:
            wide = np.asarray(rows, np.float32)
        else:
            wide[...] = rows
        found[first : first + _ROWS] = wide @ own
    return found * known.inverse


def _inverse_lengths(matrix: NDArray[np.generic]) -> NDArray[np.float32]:
    found = np.zeros(len(matrix), np.float32)
    for first in range(0, len(matrix), _ROWS):
        rows = matrix[first : first + _ROWS].astype(np.float32)
        lengths = np.sqrt(np.einsum("ij,ij->i", rows, rows))
        found[first : first + _ROWS] = 1 / np.maximum(lengths, 1e-9)
    return found


def _least(cosines: NDArray[np.float32]) -> float:
    """Return the least cosine that stands out from the others."""
    usual, top = float(cosines.mean()), float(cosines.max())
    margin = _LEAD * (top - usual)
    if len(cosines) >= _ENOUGH:
        margin = max(margin, _DEVIATIONS * float(cosines.std()))
    return min(usual + margin, top)
