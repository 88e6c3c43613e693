"""`dedupe-app search`: finds documents by words and by meaning. Reads no document; builds the index if it has to."""

from __future__ import annotations

import sys
from contextlib import closing
from typing import TYPE_CHECKING, Any

from rich.text import Text

from dedupe_app.cli_output import make_console, path_text, stdout, write_facts
from dedupe_app.cli_progress import shown_progress
from dedupe_app.embed.options import EncoderOptions
from dedupe_app.engine.searching import search
from dedupe_app.errors import EmbedderUnavailableError, LibraryError
from dedupe_app.records import SearchQuestion, Why
from dedupe_app.review.export import neutral
from dedupe_app.store import fulltext, spaces
from dedupe_app.store.database import open_for_reading, open_library
from dedupe_app.store.results import latest_scope

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console

    from dedupe_app.records import Nearest, SearchHit, SearchPage, Snippet
    from dedupe_app.store.library import Library

_LEXICAL = "lexical"


def run_search(
    library_path: Path,
    words: str,
    *,
    most: int,
    embedder: str | None,
    json_target: Path | None,
    quiet: bool,
) -> None:
    """Search the whole library and print the hits, or write them as JSON."""
    with _open(library_path) as library:
        _prepare(library, quiet=quiet)
        nearest, problem = _meanings(library, words, embedder)
        if problem and not quiet:
            make_console(sys.stderr).print(f"By words only: {neutral(problem)}")
        question = SearchQuestion(words, most=most)
        page = search(library, question, nearest, latest_scope(library), snippets=most)
        if json_target is not None:
            write_facts(_facts(library_path, page), json_target, library)
            return
        with stdout() as stream:
            _print(make_console(stream), page)


def _open(path: Path) -> Library:
    """Open the library for the index to be built; if another program writes it, for what is in it so far."""
    if not path.is_file():
        return open_for_reading(path)  # says what is wrong
    try:
        return open_library(path)
    except LibraryError:
        return open_for_reading(path)


def _prepare(library: Library, *, quiet: bool) -> None:
    if fulltext.is_complete(library):
        return
    if not library.is_writer:
        indexed, texts = fulltext.count_indexed(library)
        told = f"Another program has the library: only {indexed:,} of {texts:,} texts are searched."
        make_console(sys.stderr).print(told)
        return
    from dedupe_app.engine.looking_up import index_texts

    with closing(index_texts(library)) as steps, shown_progress(quiet=quiet) as show:
        for progress in steps:
            show(progress)


def _meanings(
    library: Library, words: str, embedder: str | None
) -> tuple[tuple[Nearest, ...], str]:
    """Return what the model finds, if there is one: the named one, or that which the library was scanned with last."""
    name = embedder
    if name is None:
        latest = next(iter(spaces.all_spaces(library)), None)
        name = latest.embedder if latest else _LEXICAL
    if name == _LEXICAL:
        return (), ""
    from dedupe_app.engine.nearest import Finder

    try:
        found = Finder().by_words(library, words, name, EncoderOptions())
    except EmbedderUnavailableError as error:
        if embedder is not None:
            raise
        return (), error.title
    if found is None:
        return (), f"no document was compared with {name}, as it is set up now."
    return (found,), ""


def _facts(library_path: Path, page: SearchPage) -> dict[str, Any]:
    return {
        "library": path_text(library_path),
        "words": page.question.words,
        "by": [why.value for why in page.by],
        "documents": page.documents,
        "total": page.total,
        "seconds": round(page.seconds, 4),
        "hits": [_hit_facts(hit) for hit in page.hits],
    }


def _hit_facts(hit: SearchHit) -> dict[str, Any]:
    row, snippet = hit.row, hit.snippet
    return {
        "path": path_text(row.path),
        "why": [why.value for why in hit.why],
        "meaning": None if hit.cosine is None else round(hit.cosine, 4),
        "copies": hit.copies,
        "group": row.group or None,
        "format": row.format,
        "words": row.words,
        "language": hit.language or None,
        "snippet": snippet.text if snippet else "",
        "marks": [list(place) for place in snippet.marks] if snippet else [],
    }


def _print(console: Console, page: SearchPage) -> None:
    for hit in page.hits:
        console.print(_title(hit), soft_wrap=True)
        if hit.snippet and hit.snippet.text:
            console.print(Text("  ").append_text(_marked(hit.snippet)), soft_wrap=True)
    if page.hits:
        console.print()
    ways = [why.value for why in page.by if why in (Why.WORDS, Why.MEANING)]
    by = f" by {' and '.join(ways)}" if ways else ""
    found = "nothing found" if not page.hits else f"{page.total:,} found{by}"
    if page.total > len(page.hits):
        found += f", the first {len(page.hits):,} shown"
    console.print(f"{found} in {page.documents:,} documents, {page.seconds * 1000:,.0f} ms")


def _title(hit: SearchHit) -> Text:
    row = hit.row
    title = Text(neutral(path_text(row.path)), "bold")
    more = " + ".join(why.value for why in hit.why)
    if hit.copies:
        more += f", {hit.copies:,} more with the same text"
    return title.append(f"  ({more})", "not bold")


def _marked(snippet: Snippet) -> Text:
    text = Text(neutral(snippet.text))
    if len(text) == len(snippet.text):
        for first, last in snippet.marks:
            text.stylize("bold underline", first, last)
    return text
