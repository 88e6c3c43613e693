"""What the window's commands about search do: find what is near, and put new texts into the index of words."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, get_args

from dedupe_app.engine.meaning import LEXICAL
from dedupe_app.engine.messages import Command
from dedupe_app.engine.scan_messages import Progress
from dedupe_app.engine.search_messages import PrepareSearch, Search, SearchFound, SimilarTo
from dedupe_app.engine.searching import folders_to_search
from dedupe_app.errors import EmbedderUnavailableError
from dedupe_app.records import ReadText
from dedupe_app.store import documents, fulltext

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from dedupe_app.engine.desk import Desk
    from dedupe_app.engine.nearest import Finder
    from dedupe_app.engine.scanning import Steps
    from dedupe_app.records import Nearest
    from dedupe_app.store.library import Library

_WORTH_TIDYING = 1_000


def run_search(library: Library, desk: Desk, command: Search) -> Steps:
    """Find the texts whose meaning is near; nothing is said if there is a newer question already."""
    if desk.waits(Search) or desk.waits(SimilarTo):
        return None
    options = desk.options
    lists: tuple[Nearest, ...] = ()
    problem = ""
    if options.embedder != LEXICAL:
        try:
            found = _finder(desk).by_words(library, command.words, options.embedder, options.model)
            lists = (found,) if found else ()
        except EmbedderUnavailableError as error:
            problem = error.title
    yield SearchFound(command.number, lists, problem)
    return None


def run_similar_to(library: Library, desk: Desk, command: SimilarTo) -> Steps:
    """Find the texts that are near to a document of the library, to a file from elsewhere, or to a text."""
    finder, options = _finder(desk), desk.options
    embedder, model = options.embedder, options.model
    text = fulltext.text_of(library, command.file) if command.file else 0
    raw = "" if text else command.text or _read(desk, _path(library, command))

    def find(embedder: str) -> list[Nearest]:
        if text:
            return finder.by_text(library, text, embedder, model)
        return finder.by_raw_text(library, raw, embedder, model)

    try:
        lists, problem = find(embedder), ""
    except EmbedderUnavailableError as error:
        # What needs no model is found all the same.
        lists, problem = find(LEXICAL), error.title
    yield SearchFound(command.number, tuple(lists), problem)
    return None


def run_prepare_search(library: Library, desk: Desk, _command: PrepareSearch) -> Steps:
    """Put what is not in the index of words into it; let other commands go first."""
    grown = False
    for progress in index_texts(library):
        grown = True
        yield progress
        if any(map(desk.waits, get_args(Command))):
            desk.later(PrepareSearch())
            break
    if grown:
        yield SearchFound(0, indexed=True)
    return None


def index_texts(library: Library) -> Generator[Progress, None, None]:
    """Bring the index of words up to date, a step at a time; what is done stays done."""
    documents.forget_unused(library)
    fulltext.drop_if_stale(library)
    indexed, texts = fulltext.count_indexed(library)
    missing = texts - indexed
    added = 0
    while added < missing and (step := fulltext.index_more(library)):
        added += step
        yield Progress("index", indexed + added, texts)
    if added > _WORTH_TIDYING:
        fulltext.tidy(library)


def _finder(desk: Desk) -> Finder:
    if desk.finder is None:
        from dedupe_app.engine.nearest import Finder

        desk.finder = Finder()
    desk.finder.look_in(folders_to_search(desk.library))
    return desk.finder


def _path(library: Library, command: SimilarTo) -> Path | None:
    return fulltext.path_of(library, command.file) if command.file else command.path


def _read(desk: Desk, path: Path | None) -> str:
    """Read a file as a scan would, in a process of its own; "" if there is no text in it."""
    if path is None:
        return ""
    from dedupe_app.engine.crew import Crew

    with Crew(1, desk.options.limits) as crew:
        for _, outcome in crew.read([(0, path)]):
            return zlib.decompress(outcome.packed).decode() if isinstance(outcome, ReadText) else ""
    return ""
