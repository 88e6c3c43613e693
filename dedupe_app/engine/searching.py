"""Answers what people look for: by words from the index, fused with what a model or a likeness found. Writes nothing.

Light: the window asks in a thread of its own. What needs numbers or a model is in nearest.py.
"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from dedupe_app.engine.messages import WINDOW_SCOPE
from dedupe_app.records import SearchHit, SearchPage, Why
from dedupe_app.review.search import fuse, language_of, make_snippet, telling
from dedupe_app.store import documents, fulltext, map_files
from dedupe_app.store.folders import count_below, folders, outermost
from dedupe_app.store.terms import atoms_of, parse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from dedupe_app.records import FileRow, Matches, Nearest, SearchQuestion, Term
    from dedupe_app.store.library import Library

_SNIPPETS_AT_ONCE = 20


def search(
    library: Library,
    question: SearchQuestion,
    nearest: Sequence[Nearest] = (),
    scope: str = WINDOW_SCOPE,
    snippets: int = _SNIPPETS_AT_ONCE,
) -> SearchPage:
    """Return what was found by words, and in the lists of what is `nearest`; with snippets of the first hits."""
    started = time.perf_counter()
    terms = parse(question.words)
    found = fulltext.find_texts(library, terms, question.most, question.folders, telling(terms))
    names = fulltext.find_names(library, terms, question.most, question.folders)
    # A file without a text has none that others could share: its own number, below 0, stands for it.
    named = {text or -file: file for file, text in reversed(names)}
    lists: dict[Why, Sequence[int]] = {
        Why.WORDS: found.texts,
        Why.NAME: [text or -file for file, text in names],
    }
    for each in nearest:
        lists[each.why] = [text for text in each.texts if text != question.like]
    hits = _hits(library, question, scope, fuse(lists), named, nearest)
    indexed, texts = fulltext.count_indexed(library)
    return SearchPage(
        question,
        tuple(read_snippets(library, question, hits[:snippets]) + hits[snippets:]),
        total=_total(found, lists),
        documents=_count(library, question),
        indexed=indexed,
        texts=texts,
        seconds=time.perf_counter() - started,
        by=tuple(why for why in Why if lists.get(why)),
        language=language_of(question.words),
    )


def read_snippets(
    library: Library, question: SearchQuestion, hits: Sequence[SearchHit]
) -> list[SearchHit]:
    """Return hits with a piece of their texts in which the words stand."""
    terms = needles(question.words)
    texts = dict(documents.raw_texts(library, [hit.text for hit in hits if hit.text]))
    return [
        replace(
            hit,
            snippet=make_snippet(texts.get(hit.text, ""), terms),
            language=language_of(texts.get(hit.text, "")),
        )
        for hit in hits
    ]


def needles(words: str) -> list[Term]:
    """Return what is marked in snippets: the terms, then their parts."""
    terms = parse(words)
    return telling(list(dict.fromkeys((*terms, *atoms_of(terms)))))


def _hits(
    library: Library,
    question: SearchQuestion,
    scope: str,
    fused: Sequence[tuple[int, tuple[Why, ...]]],
    named: Mapping[int, int],
    nearest: Sequence[Nearest],
) -> list[SearchHit]:
    keys = [key for key, _ in fused if key > 0]
    files = fulltext.files_of(library, keys, question.folders)
    shown = {
        key: named.get(key) or files[key][0] for key, _ in fused if key in files or key in named
    }
    wanted = [(key, why) for key, why in fused if key in shown][: question.most]
    rows: dict[int, FileRow] = {
        row.file: row
        for row in map_files.rows_of(library, scope, [shown[key] for key, _ in wanted])
    }
    cosines: dict[int, float] = {}
    for each in nearest:
        for text, cosine in zip(each.texts, each.cosines, strict=True):
            cosines[text] = max(cosine, cosines.get(text, 0.0))
    return [
        SearchHit(
            rows[shown[key]],
            max(key, 0),
            why,
            copies=files.get(key, (0, 0))[1],
            cosine=cosines.get(key),
        )
        for key, why in wanted
        if shown[key] in rows
    ]


def _total(found: Matches, lists: Mapping[Why, Sequence[int]]) -> int:
    """Count what was found by words and what was found in another way only."""
    by_words = set(found.texts)
    others = {key for why, keys in lists.items() if why is not Why.WORDS for key in keys}
    return found.total + len(others - by_words)


def _count(library: Library, question: SearchQuestion) -> int:
    if question.folders:
        return count_below(library, question.folders)
    return documents.count_files(library)


def folders_to_search(library: Library, chosen: Path | None = None) -> tuple[Path, ...]:
    """Return the folders to look in: the chosen one, else those that people added; none if these are everything."""
    if chosen is not None:
        return (chosen,)
    added = tuple(outermost(folder.path for folder in folders(library)))
    everything = count_below(library, added) == documents.count_files(library)
    return () if everything else added
