"""The index of words: which texts words stand in, best first. Built in small steps, in the order of the texts.

A text never changes and its number is never used again, so the index only grows; texts that are gone are passed over,
and when there are many of them the index is made anew. It holds no text: snippets are made from the texts themselves.
"""

from __future__ import annotations

import heapq
import json
import os
from typing import TYPE_CHECKING, Any

from dedupe_app.records import Matches
from dedupe_app.store import documents
from dedupe_app.store.paths import below, to_path
from dedupe_app.store.terms import all_of, atoms_of, expression, index_form, some_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from dedupe_app.records import Term
    from dedupe_app.store.library import Library

_STEP_WORDS = 200_000
_STEP_TEXTS = 500
# More matches than this are not ranked but for the newest: nobody finds anything by such a word.
_MOST_RANKED = 8_000
_MOST_PATHS = 30_000
# A word in a larger share of the texts does not tell them apart.
_COMMON_SHARE, _NOT_MANY = 0.25, 3
_MOST_ATOMS, _QUESTION = 6, 3
_FEW = 20
_STALE_SHARE, _STALE_TEXTS = 0.1, 200
_MERGED_PAGES = 2_000
_LAST = "(select coalesce(max(id), 0) from text_words_docsize)"
_HAS_CONTENT = "exists (select 1 from contents where text_id = texts.id)"


# ---- building ----------------------------------------------------------------------------------


def count_indexed(library: Library) -> tuple[int, int]:
    """Return how many texts are in the index, and how many there are."""
    (total,) = library.row("select count(*) from texts") or (0,)
    if is_complete(library):  # the usual case, and quickly found out
        return total, total
    query = f"select count(*) from texts where id > {_LAST} and {_HAS_CONTENT}"  # noqa: S608
    (missing,) = library.row(query) or (0,)
    return total - missing, total


def is_complete(library: Library) -> bool:
    """Tell whether every text is in the index."""
    row = library.row(f"select 1 from texts where id > {_LAST} and {_HAS_CONTENT} limit 1")  # noqa: S608
    return row is None


def index_more(library: Library) -> int:
    """Put the next texts into the index, as many as take a moment; return how many, 0 when all are in it."""
    rows = library.rows(
        f"select id, words from texts where id > {_LAST} and {_HAS_CONTENT} order by id limit ?",  # noqa: S608
        [_STEP_TEXTS],
    )
    texts, words = [], 0
    for text, count in rows:
        texts.append(text)
        words += count
        if words > _STEP_WORDS:
            break
    found = sorted((text, index_form(raw)) for text, raw in documents.raw_texts(library, texts))
    with library.atomic():
        library.connection.executemany("insert into text_words (rowid, words) values (?, ?)", found)
    return len(found)


def tidy(library: Library) -> None:
    """Put the index in order after much was added: questions are answered faster then."""
    with library.atomic():
        library.execute(
            "insert into text_words (text_words, rank) values ('merge', ?)", [_MERGED_PAGES]
        )


def drop_if_stale(library: Library) -> bool:
    """Empty the index if much of it is about texts that are gone; tell whether it was."""
    row = library.row(
        "select count(*), count(case when not exists (select 1 from texts where texts.id = text_words_docsize.id) "
        "then 1 end) from text_words_docsize"
    )
    known, gone = row or (0, 0)
    if gone < _STALE_TEXTS or gone < _STALE_SHARE * known:
        return False
    with library.atomic():
        library.execute("insert into text_words (text_words) values ('delete-all')")
    return True


# ---- asking ------------------------------------------------------------------------------------


def find_texts(
    library: Library,
    terms: Sequence[Term],
    most: int,
    folders: Collection[Path] = (),
    telling: Sequence[Term] = (),
) -> Matches:
    """Return the texts in which all terms are; if they are few, also those in which several of the `telling` ones are.

    `telling`: the terms that are no articles and the like; none: all of them.
    """
    wanted = all_of(terms)
    if not wanted:
        return Matches()
    found = _matches(library, wanted, most, folders)
    if found.total >= min(_FEW, most):
        return found
    atoms = atoms_of(telling or terms)
    # Of a pair of words both are wanted, if there is such a text at all; of a question most are said by the way.
    if found.total and len(atoms) < _QUESTION:
        return found
    rough = some_of(_telling(library, atoms), 2 if len(atoms) >= _QUESTION else 1)
    if not rough or rough == wanted:
        return found
    more = _matches(library, rough, min(_FEW, most), folders)
    texts = list(dict.fromkeys((*found.texts, *more.texts)))[: max(_FEW, len(found.texts))]
    return Matches(tuple(texts), len(texts))


def find_names(
    library: Library, terms: Sequence[Term], most: int, folders: Collection[Path] = ()
) -> list[tuple[int, int]]:
    """Return the files in whose name all terms are, the shortest names first, each with its text (0: none)."""
    words = [term.words for term in terms]
    if not words or (max(map(len, words)) < 2 and "".join(words).isascii()):
        return []
    in_path = " and ".join(["instr(folded, ?)"] * len(words))
    where, values = _below(folders)
    # The names are told from their folders here: SQLite takes four times as long to find the last part of a path.
    rows = library.rows(
        f"select folded, id from files where {in_path} and {where} order by id desc limit ?",  # noqa: S608
        [*words, *values, _MOST_PATHS],
    )
    named = (
        (len(name), path, file)
        for path, file in rows
        if all(word in (name := path.rpartition(os.sep)[2]) for word in words)
    )
    files = [file for _, _, file in heapq.nsmallest(most, named)]
    found = library.rows(
        "select asked.value, coalesce(text_id, 0) from json_each(?) asked cross join files on files.id = asked.value "
        "left join contents on contents.id = content_id order by asked.key",
        [json.dumps(files)],
    )
    return [(file, text) for file, text in found]


def files_of(
    library: Library, texts: Sequence[int], folders: Collection[Path] = ()
) -> dict[int, tuple[int, int]]:
    """Return for each text that has any one file, that which is kept if there is one, and how many others there are."""
    where, values = _below(folders)
    rows = library.rows(
        "select asked.value, files.id from json_each(?) asked cross join contents on text_id = asked.value "  # noqa: S608
        f"cross join files on content_id = contents.id where {where} order by asked.key, "
        "not exists (select 1 from group_members where file_id = files.id and role = 'keeper'), files.path",
        [json.dumps(list(texts)), *values],
    )
    found: dict[int, tuple[int, int]] = {}
    for text, file in rows:
        first, others = found.get(text, (file, -1))
        found[text] = first, others + 1
    return found


def texts_below(library: Library, folders: Collection[Path]) -> list[int]:
    """Return the numbers, in order, of the texts that files below some folders have."""
    where, values = below(folders)
    rows = library.rows(
        "select distinct text_id from contents join files on content_id = contents.id "  # noqa: S608
        f"where text_id is not null and {where} order by text_id",
        values,
    )
    return [text for (text,) in rows]


def text_of(library: Library, file: int) -> int:
    """Return the text of a file, 0 if it has none."""
    row = library.row(
        "select text_id from files join contents on contents.id = content_id where files.id = ?",
        [file],
    )
    return int(row[0]) if row and row[0] is not None else 0


def path_of(library: Library, file: int) -> Path | None:
    """Return where a file is, None if it is no longer known."""
    row = library.row("select path from files where id = ?", [file])
    return to_path(row[0]) if row else None


def has_words(terms: Sequence[Term]) -> tuple[str, tuple[Any, ...]] | None:
    """Return a condition on `files`, with its values, for those in whose text all terms are; None without terms."""
    wanted = all_of(terms)
    if not wanted:
        return None
    sql = (
        "content_id in (select contents.id from text_words cross join contents on text_id = text_words.rowid "
        "where text_words match ?)"
    )
    return sql, (wanted,)


def _matches(library: Library, wanted: str, most: int, folders: Collection[Path]) -> Matches:
    row = library.row("select count(*) from text_words where text_words match ?", [wanted])
    total = int(row[0]) if row else 0
    # Ordered by rank, all matches are looked at; ordered by number, only as many as are asked for.
    many = total > _MOST_RANKED
    rows = library.rows(
        "select rowid, rank from text_words where text_words match ? "  # noqa: S608
        f"order by {'rowid desc' if many else 'rank'} limit ?",
        [wanted, _MOST_RANKED if many or folders else 2 * most],
    )
    ranked = [text for text, _ in sorted(rows, key=lambda row: (row[1], -row[0]))]
    looked_at = ranked if folders else ranked[: 2 * most]
    there = _there(library, looked_at, folders)
    # Those that are not looked at cannot be told apart: they may be gone, or be elsewhere.
    exact = folders or len(looked_at) == total
    return Matches(tuple(there[:most]), len(there) if exact else total)


def _there(library: Library, texts: Sequence[int], folders: Collection[Path]) -> list[int]:
    """Return those of some texts that a file has, in the order given."""
    where, values = _below(folders)
    rows = library.rows(
        "select asked.value from json_each(?) asked where exists (select 1 from contents "  # noqa: S608
        f"cross join files on content_id = contents.id where text_id = asked.value and {where}) order by asked.key",
        [json.dumps(list(texts)), *values],
    )
    return [text for (text,) in rows]


def _telling(library: Library, atoms: Sequence[Term]) -> list[Term]:
    """Return the rarest atoms: those that tell texts apart, and of these only a few."""
    row = library.row("select count(*) from text_words_docsize")
    common = max(_COMMON_SHARE * (row[0] if row else 0), _NOT_MANY)
    counted = []
    for atom in atoms:
        found = library.row(
            "select count(*) from text_words where text_words match ?", [expression(atom) or '""']
        )
        if found and found[0]:
            counted.append((found[0], atom))
    counted.sort(key=lambda each: each[0])
    return [atom for count, atom in counted if count <= common][:_MOST_ATOMS]


def _below(folders: Collection[Path]) -> tuple[str, list[bytes]]:
    """Return a condition on `files` for those below some folders; for all if there are none."""
    return below(folders) if folders else ("true", [])
