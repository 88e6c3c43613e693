"""Spaces and their vectors: what a model made of the texts, what it could not take, and what cosines mean there.

Vectors of unit length are kept in float16 (docs/models.md says why) and come back as float32. The lexical vectors are
kept by documents.py: they belong to the reading of a text.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dedupe_app.records import Calibration, Space

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from dedupe_app.store.library import Library

DTYPE = "float16"
_SPACE = (
    "select id, name, request, embedder, dimensions, dtype, account, words_per_second, calibration "
    "from spaces where request != '' "
)
_TEXTS_IN_SCOPE = (
    "select text_id, max(mtime_ns) newest, min(path) path from contents join files on content_id = contents.id "
    "join temp.scope on file_id = files.id where text_id is not null group by text_id"
)


def open_space(library: Library, name: str, request: str, embedder: str, dimensions: int) -> int:
    """Return the number of a space, making it when it is new; it is the request's latest from now on."""
    with library.atomic():
        library.execute(
            "insert into spaces (name, dimensions, dtype, request, embedder) values (?, ?, ?, ?, ?) "
            "on conflict (name) do update set request = excluded.request, embedder = excluded.embedder",
            [name, dimensions, DTYPE, request, embedder],
        )
        number = int(_value(library, "select id from spaces where name = ?", [name]))
        library.execute(
            "update spaces set used = 1 + (select max(used) from spaces) where id = ?", [number]
        )
    return number


def find_space(library: Library, request: str) -> Space | None:
    """Return the space that a request led to last, None if it never was opened."""
    row = library.row(_SPACE + "and request = ? order by used desc limit 1", [request])
    return _space(row) if row else None


def all_spaces(library: Library) -> list[Space]:
    """Return all spaces of models, the one used last first."""
    return [_space(row) for row in library.rows(_SPACE + "order by used desc")]


def texts_to_embed(library: Library, space: int) -> list[int]:
    """Return the texts in scope that have neither a vector in a space nor a reason why not; newest files first."""
    rows = library.rows(
        f"select text_id from ({_TEXTS_IN_SCOPE}) own "  # noqa: S608
        "where not exists (select 1 from vectors v where v.text_id = own.text_id and space_id = ?) "
        "and not exists (select 1 from vector_failures f where f.text_id = own.text_id and space_id = ?) "
        "order by newest desc, path",
        [space, space],
    )
    return [int(text) for (text,) in rows]


def save_vectors(
    library: Library,
    space: int,
    vectors: Iterable[tuple[int, NDArray[np.float32]]],
    failures: Iterable[tuple[int, str]] = (),
) -> None:
    """Keep unit vectors float32 (d,) of some texts, and why others have none."""
    rows = [(text, space, vector.astype(DTYPE).tobytes()) for text, vector in vectors]
    with library.atomic():
        library.connection.executemany(
            "insert or replace into vectors (text_id, space_id, vector) select id, ?2, ?3 from texts where id = ?1",
            rows,
        )
        library.connection.executemany(
            "insert or replace into vector_failures (text_id, space_id, reason) "
            "select id, ?2, ?3 from texts where id = ?1",
            [(text, space, reason) for text, reason in failures],
        )


def vectors_in_scope(library: Library, space: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Return numbers int64 (n,) and unit vectors float32 (n, d) of the texts in scope, ordered by their hashes."""
    return _matrix(
        library.rows(
            "select text_id, vector from vectors join texts on texts.id = text_id where space_id = ? and text_id in ("
            "select text_id from contents join files on content_id = contents.id "
            "join temp.scope on file_id = files.id) order by hash",
            [space],
        )
    )


def sample_vectors(
    library: Library, space: int, most: int, least_words: int
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Return numbers and unit vectors of some texts of the whole library: the first by their hashes, so by chance."""
    return _matrix(
        library.rows(
            "select text_id, vector from vectors join texts on texts.id = text_id "
            "where space_id = ? and words >= ? order by hash limit ?",
            [space, least_words, most],
        )
    )


def short_texts(
    library: Library, space: int, most: int, least_words: int
) -> dict[int, NDArray[np.float32]]:
    """Return the unit vectors float32 (d,) of the shortest texts of the whole library that have one."""
    numbers, matrix = _matrix(
        library.rows(
            "select text_id, vector from vectors join texts on texts.id = text_id "
            "where space_id = ? and words >= ? order by words, hash limit ?",
            [space, least_words, most],
        )
    )
    return dict(zip(numbers.tolist(), matrix, strict=True))


def text_vectors(
    library: Library, space: int, texts: Sequence[int]
) -> dict[int, NDArray[np.float32]]:
    """Return the unit vectors float32 (d,) of those of some texts that have one."""
    numbers, matrix = _matrix(
        library.rows(
            "select text_id, vector from vectors where space_id = ? "
            "and text_id in (select value from json_each(?))",
            [space, json.dumps(list(texts))],
        )
    )
    return dict(zip(numbers.tolist(), matrix, strict=True))


def count_all(library: Library, space: int) -> tuple[int, int]:
    """Count the texts of the whole library that have a vector in a space, and those that the model could not take."""
    vectors = _value(library, "select count(*) from vectors where space_id = ?", [space])
    failures = _value(library, "select count(*) from vector_failures where space_id = ?", [space])
    return int(vectors), int(failures)


def count_vectors(library: Library, space: int) -> int:
    """Count the texts in scope that have a vector in a space."""
    return int(
        _value(
            library,
            f"select count(*) from vectors where space_id = ? and text_id in (select text_id from ({_TEXTS_IN_SCOPE}))",  # noqa: S608
            [space],
        )
    )


def related_texts(library: Library) -> list[tuple[int, int]]:
    """Return all pairs of texts that are alike in their words, whatever the relation."""
    rows = library.rows("select text_a, text_b from pairs where relation is not null")
    return [(int(a), int(b)) for a, b in rows]


def some_revisions(library: Library, most: int) -> list[tuple[int, int]]:
    """Return some pairs of texts that are revisions of each other, always the same as long as nothing changes."""
    rows = library.rows(
        "select text_a, text_b from pairs where relation = 'revision' order by text_a, text_b limit ?",
        [most],
    )
    return [(int(a), int(b)) for a, b in rows]


def failed_files(library: Library, space: int) -> list[tuple[Path, str]]:
    """Return the files in scope whose text a model could not take, with the reason, ordered by path."""
    rows = library.rows(
        "select path, vector_failures.reason from vector_failures join contents using (text_id) "
        "join files on content_id = contents.id join temp.scope on file_id = files.id where space_id = ? order by path",
        [space],
    )
    return [(Path(os.fsdecode(path)), str(reason)) for path, reason in rows]


def forget_failures(library: Library, files: Sequence[int] = ()) -> int:
    """Let the texts of some files, or all, be tried again in every space; return how many."""
    chosen = (
        "where text_id in (select text_id from contents join files on content_id = contents.id "
        "where files.id in (select value from json_each(?)))"
    )
    with library.atomic():
        done = library.execute(
            f"delete from vector_failures {chosen if files else ''}",  # noqa: S608
            [json.dumps(list(files))] if files else [],
        )
    return done.rowcount


def note_run(
    library: Library, space: int, account: Sequence[str], words_per_second: float | None
) -> None:
    """Keep what a space was computed on, and how fast; None leaves the speed as it was."""
    with library.atomic():
        library.execute(
            "update spaces set account = ?, words_per_second = coalesce(?, words_per_second) where id = ?",
            [json.dumps(list(account), ensure_ascii=False), words_per_second, space],
        )


def save_calibration(library: Library, space: int, calibration: Calibration) -> None:
    """Keep what cosines mean in a space."""
    with library.atomic():
        library.execute(
            "update spaces set calibration = ? where id = ?",
            [json.dumps(asdict(calibration)), space],
        )


def word_counts(library: Library, texts: Sequence[int]) -> dict[int, int]:
    """Return how many words some texts have."""
    rows = library.rows(
        "select id, words from texts where id in (select value from json_each(?))",
        [json.dumps(list(texts))],
    )
    return {int(text): int(words) for text, words in rows}


def _matrix(
    rows: Iterable[tuple[Any, ...]],
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    import numpy as np  # here, and not for the many questions that need no numbers

    numbers: list[int] = []
    pieces: list[bytes] = []
    for number, vector in rows:
        numbers.append(number)
        pieces.append(vector)
    flat = np.frombuffer(b"".join(pieces), DTYPE).astype(np.float32)
    matrix = flat.reshape(len(numbers), -1) if numbers else np.zeros((0, 0), np.float32)
    # float16 rounds lengths by some ten thousandths.
    matrix /= np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-9)
    return np.array(numbers, np.int64), matrix


def _space(row: tuple[Any, ...]) -> Space:
    number, name, request, embedder, dimensions, dtype, account, speed, calibration = row
    known = json.loads(calibration) if calibration else None
    if known:
        known["sample"] = tuple(known["sample"])
    return Space(
        *(number, name, request, embedder, dimensions, dtype),
        tuple(json.loads(account)) if account else (),
        speed,
        Calibration(**known) if known else None,
    )


def _value(library: Library, query: str, values: Sequence[Any]) -> Any:  # noqa: ANN401
    row = library.row(query, values)
    if row is None:
        raise LookupError(query)
    return row[0]
