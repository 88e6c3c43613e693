"""Compares raw texts as the engine does: tokens, families, crowds, measures, decision."""

from __future__ import annotations

from collections import defaultdict
from functools import partial

import numpy as np

from dedupe_app.embed.lexical import lexical_vector
from dedupe_app.records import Comparable, Evidence, Measures
from dedupe_app.similarity.alignment import align
from dedupe_app.similarity.crowd import (
    Crowd,
    build_crowd,
    crowd_keys,
    find_places,
    is_family,
    look_closely,
)
from dedupe_app.similarity.differences import Differences, find_differences
from dedupe_app.similarity.evidence import explain
from dedupe_app.similarity.measures import measure
from dedupe_app.similarity.neighbours import nearest
from dedupe_app.similarity.overlap import Common, common
from dedupe_app.text.canonical import canonicalise
from dedupe_app.text.fingerprint import shingles
from dedupe_app.text.tokens import joined, tokenise


def comparable(key: int, raw: str) -> Comparable:
    tokens = tokenise(canonicalise(raw))
    return Comparable(key, tokens, np.unique(tokens.hashes), shingles(tokens))


def measures_of(a: str, b: str, others: list[str] | None = None) -> Measures:
    return _compare(a, b, others)[0]


def compare(a: str, b: str, others: list[str] | None = None) -> Evidence:
    """Return the evidence of two texts, with `others` in the same folder."""
    return _compare(a, b, others)[1]


def _compare(a: str, b: str, others: list[str] | None) -> tuple[Measures, Evidence]:
    texts = [comparable(key, raw) for key, raw in enumerate([a, b, *(others or [])])]
    vectors = np.array([lexical_vector(joined(text.tokens), text.tokens.hashes) for text in texts])
    near = nearest(vectors)
    families: defaultdict[int, set[int]] = defaultdict(set)

    def shared(a: int, b: int) -> Common:
        return common(texts[a].shingles, texts[b].shingles)

    for text in texts:
        for other in near.of(text.key).tolist():
            if is_family(text, texts[other], len(shared(text.key, other))):
                families[text.key].add(other)
    frozen = {key: frozenset(value) for key, value in families.items()}

    def crowd_of(text: Comparable) -> Crowd:
        keys = crowd_keys(text.key, near.of(text.key).tolist(), frozen)
        look = partial(look_closely, text, [texts[key] for key in keys])
        return build_crowd(text, keys, lambda key: shared(text.key, key).in_a, look)

    def differences(x: Comparable, y: Comparable) -> Differences:
        alignment = align(x.tokens, y.tokens)
        return find_differences(x, y, alignment, find_places(x), find_places(y))

    measures, alignment = measure(texts[0], texts[1], crowd_of, differences, shared(0, 1))
    return measures, explain(texts[0], texts[1], measures, alignment)
