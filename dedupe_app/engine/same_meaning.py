"""Which texts say the same in other words: near in the space of a model, each other's nearest, and of the same figures.

A model alone decides nothing: subjects are near each other too. What cosines mean is measured on the library itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dedupe_app.embed.calibration import (
    CALIBRATION_VERSION,
    MOST_TEXTS,
    Sample,
    calibrate,
    likely_cut,
)
from dedupe_app.engine.meaning import Meanings
from dedupe_app.engine.near_texts import NearFinder, find_families
from dedupe_app.engine.scan_messages import Progress
from dedupe_app.records import Changes, Evidence, Relation
from dedupe_app.similarity.agreement import compare_figures, profile
from dedupe_app.similarity.reasons import say_agreement
from dedupe_app.store import documents, spaces
from dedupe_app.text.canonical import canonicalise
from dedupe_app.text.tokens import tokenise

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Mapping

    from numpy.typing import NDArray

    from dedupe_app.records import Agreement, Calibration, FigureProfile, Space
    from dedupe_app.store.library import Library

    Key = tuple[int, int]

# Below this a text says too little for a model, and has too few figures to check it by.
LEAST_WORDS = 30
# Without figures to compare the words alone speak for it, so there have to be some.
LEAST_WORDS_WITHOUT_FIGURES = 60
# A space is calibrated anew when more than this share of the texts looked at is another.
_MOST_OTHERS = 0.1
# The nearest of the sample may be translations of each other: those of them whose figures agree are left out.
_TAIL_SHARE, _LEAST_TAIL, _MOST_TAIL = 0.02, 50, 2000
_COPIES = 500


def find_meanings(
    library: Library,
    space: Space,
    related: Iterable[tuple[int, int]],
    finder: NearFinder | None = None,
) -> Generator[Progress, None, Meanings]:
    """Find the texts in scope that mean the same and do not hang together by their words already.

    `related`: pairs of texts that are alike in their words, whatever the relation. `finder`: of an earlier time.
    """
    yield Progress("meaning", 0, None)
    numbers, vectors = spaces.vectors_in_scope(library, space.number)
    places = {number: place for place, number in enumerate(numbers.tolist())}

    def cosine(a: int, b: int) -> float | None:
        if a not in places or b not in places:
            return None
        return float(np.clip(vectors[places[a]] @ vectors[places[b]], -1.0, 1.0))

    figures = _Figures(library)
    calibration = calibrated(library, space, figures)
    likely = likely_cut(calibration, len(numbers))
    families, near_texts = find_families(related), finder or NearFinder()
    pairs = yield from near_texts.find(space.name, numbers, vectors, families, likely)
    twins: dict[Key, Evidence] = {}
    known = near_texts.judged
    near_texts.judged = {}
    for done, (a, b, near) in enumerate(pairs, 1):
        agreement, words = known.get((a, b)) or figures.judge(a, b)
        near_texts.judged[a, b] = agreement, words
        if agreement is not None and _is_twin(near, agreement, words, calibration):
            twins[a, b] = _evidence(near, agreement)
        yield Progress("meaning", done, len(pairs))
    return Meanings(twins, cosine)


def calibrated(library: Library, space: Space, figures: _Figures | None = None) -> Calibration:
    """Return what cosines mean in a space, measured anew if the library has other texts than the last time."""
    numbers, vectors = spaces.sample_vectors(library, space.number, MOST_TEXTS, LEAST_WORDS)
    chosen = tuple(numbers.tolist())
    known = space.calibration
    if known is not None and known.version == CALIBRATION_VERSION and known.sample and chosen:
        others = len(set(chosen) - set(known.sample))
        if others <= _MOST_OTHERS * len(chosen) and len(known.sample) >= len(chosen) - others:
            return known
    unrelated = _unrelated(library, numbers, vectors, figures or _Figures(library))
    sample = Sample(chosen, unrelated, _copies(library, space))
    found = calibrate(sample, space.name)
    spaces.save_calibration(library, space.number, found)
    return found


def _unrelated(
    library: Library, numbers: NDArray[np.int64], vectors: NDArray[np.float32], figures: _Figures
) -> NDArray[np.float32]:
    """Return the cosines of all pairs of the sample that are of two families and do not look like translations."""
    row, column = np.triu_indices(len(numbers), 1)
    if not len(row):
        return np.zeros(0, np.float32)
    cosines = (vectors @ vectors.T)[row, column]
    family = _family_of(numbers, find_families(spaces.related_texts(library)))
    keep = family[row] != family[column]
    count = min(_MOST_TAIL, max(_LEAST_TAIL, int(_TAIL_SHARE * len(row))))
    for place in np.argsort(-cosines, kind="stable")[:count].tolist():
        if keep[place]:
            agreement = figures.compare(int(numbers[row[place]]), int(numbers[column[place]]))
            keep[place] = agreement is None or not agreement.fits
    return np.asarray(cosines[keep], np.float32)


def _copies(library: Library, space: Space) -> NDArray[np.float32]:
    """Return the cosines of some pairs that are revisions of each other."""
    pairs = spaces.some_revisions(library, _COPIES)
    vectors = spaces.text_vectors(library, space.number, [text for pair in pairs for text in pair])
    return np.array(
        [float(vectors[a] @ vectors[b]) for a, b in pairs if a in vectors and b in vectors],
        np.float32,
    )


def _family_of(numbers: NDArray[np.int64], families: Mapping[int, int]) -> NDArray[np.int64]:
    return np.array([families.get(number, number) for number in numbers.tolist()], np.int64)


def _is_twin(near: float, agreement: Agreement, words: int, calibration: Calibration) -> bool:
    """Decide on a pair that is at least likely: the firmer its figures agree, the less its cosine must say."""
    if agreement.fits is None:
        return near >= calibration.strict and words >= LEAST_WORDS_WITHOUT_FIGURES
    return agreement.firm or (agreement.fits and near >= calibration.cut)


def _evidence(near: float, agreement: Agreement) -> Evidence:
    return Evidence(
        Relation.SAME_MEANING,
        round(100 * max(0.0, near), 2),
        0.0,
        0.0,
        Changes(),
        say_agreement(agreement),
    )


class _Figures:
    """The figures of texts, read when they are first asked for."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._profiles: dict[int, FigureProfile] = {}

    def compare(self, a: int, b: int) -> Agreement | None:
        """Compare two texts; None when one says too little."""
        first, second = self._profile(a), self._profile(b)
        if min(first.tokens, second.tokens) < LEAST_WORDS:
            return None
        return compare_figures(first, second)

    def judge(self, a: int, b: int) -> tuple[Agreement | None, int]:
        """Compare two texts, and return how many words the shorter one has."""
        return self.compare(a, b), min(self._profile(a).tokens, self._profile(b).tokens)

    def _profile(self, text: int) -> FigureProfile:
        if text not in self._profiles:
            for number, raw in documents.raw_texts(self._library, [text]):
                self._profiles[number] = profile(tokenise(canonicalise(raw)))
        return self._profiles[text]
