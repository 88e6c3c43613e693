"""Answers what is asked about pairs of texts: the work of stage 5 itself. Reads texts from a shelf, stores nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dedupe_app.engine.cloud import Question
from dedupe_app.similarity.crowd import is_family, may_be_family
from dedupe_app.similarity.evidence import explain
from dedupe_app.similarity.measures import measure, worth_aligning
from dedupe_app.similarity.overlap import jaccard
from dedupe_app.similarity.reasons import describe
from dedupe_app.similarity.verdict import SURE_JACCARD, is_sure, may_be_sure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from dedupe_app.engine.candidates import Key
    from dedupe_app.engine.cloud import Crowds
    from dedupe_app.engine.shelf import Shelf
    from dedupe_app.records import Changes, Comparable, Evidence, Measures
    from dedupe_app.similarity.crowd import Crowd

_AHEAD = 64


def answer(
    shelf: Shelf, question: Question, pairs: Sequence[Key], crowds: Crowds
) -> Iterator[tuple[Key, Any]]:
    """Yield each pair with what is asked about it; `crowds` of the texts, where they matter."""
    reply = _REPLIES[question]
    for pair in _loaded(shelf, pairs, crowds):
        yield pair, reply(shelf, pair, crowds)


def _family(shelf: Shelf, pair: Key, _crowds: Crowds) -> bool:
    a, b = map(shelf.text, pair)
    return may_be_family(a, b) and is_family(a, b, len(shelf.common(*pair)))


def _sure(shelf: Shelf, pair: Key, crowds: Crowds) -> bool:
    a, b = map(shelf.text, pair)
    fewer, more = sorted((len(a.shingles), len(b.shingles)))
    if fewer < SURE_JACCARD * more:
        return False
    near = jaccard(a.shingles, b.shingles, len(shelf.common(*pair))) >= SURE_JACCARD
    return near and is_sure(_measured(shelf, pair, crowds, may_be_sure))


def _evidence(shelf: Shelf, pair: Key, crowds: Crowds) -> Evidence:
    measures = _measured(shelf, pair, crowds)
    a, b = map(shelf.text, pair)
    return explain(a, b, measures, shelf.alignment(a, b) if worth_aligning(measures) else None)


def _reasons(shelf: Shelf, pair: Key, crowds: Crowds) -> Evidence:
    """Compare two texts that no candidates are, and align them however unlike they are: people want to know."""
    a, b = map(shelf.text, pair)
    return explain(a, b, _measured(shelf, pair, crowds), shelf.alignment(a, b))


def _changes(shelf: Shelf, pair: Key, _crowds: Crowds) -> Changes:
    a, b = map(shelf.text, pair)
    return describe(a.tokens, b.tokens, shelf.alignment(a, b))


_REPLIES: dict[Question, Callable[[Shelf, Key, Crowds], Any]] = {
    Question.FAMILY: _family,
    Question.SURE: _sure,
    Question.EVIDENCE: _evidence,
    Question.REASONS: _reasons,
    Question.CHANGES: _changes,
}


def _measured(
    shelf: Shelf, pair: Key, crowds: Crowds, worthwhile: Callable[[Measures], bool] | None = None
) -> Measures:
    """Measure a pair in its crowds. `worthwhile`: what else has to be so for what follows from the alignment."""
    key = (*pair, crowds.get(pair[0], ()), crowds.get(pair[1], ()))
    known = shelf.known_measures(key)
    if known is not None:
        return known

    def crowd_of(text: Comparable) -> Crowd:
        return shelf.crowd(text.key, crowds.get(text.key, ()))

    a, b = map(shelf.text, pair)
    shared = shelf.common(*pair)
    measures, alignment = measure(a, b, crowd_of, shelf.differences, shared, worthwhile)
    if alignment is not None or not worth_aligning(measures):
        shelf.keep_measures(key, measures)
    return measures


def _loaded(shelf: Shelf, pairs: Sequence[Key], crowds: Crowds) -> Iterator[Key]:
    """Yield the pairs, with their texts and crowds on the shelf."""
    for first in range(0, len(pairs), _AHEAD):
        piece = pairs[first : first + _AHEAD]
        texts = dict.fromkeys(text for pair in piece for text in pair)
        around = (other for text in texts for other in crowds.get(text, ()))
        shelf.load(dict.fromkeys([*texts, *around]))
        yield from piece
