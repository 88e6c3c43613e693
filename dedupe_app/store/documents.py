"""Files, contents, texts and vectors: what was read, and what still has to be. Returns records, never rows.

A file points to a content (its bytes), a content to a text (its canonical tokens): equal bytes are read once, equal
texts are embedded once.
"""

from __future__ import annotations

import json
import os
import zlib
from typing import TYPE_CHECKING

from dedupe_app.records import (
    Change,
    ChangeKind,
    Document,
    FileState,
    ReadText,
    Skipped,
    SkipReason,
)
from dedupe_app.store.effects import apply_decisions, recount_groups, recounted, touch_paths
from dedupe_app.store.library import translated_errors
from dedupe_app.store.moving import move_files
from dedupe_app.store.paths import fold_path, span, to_path

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from dedupe_app.store.library import Library

# SQLite takes 32,766 variables in one statement; smaller pieces are as fast.
_PIECE = 500


def define_scope(library: Library, folders: Sequence[Path]) -> None:
    """Make the files below some folders the ones that all following questions are about (this connection only)."""
    with translated_errors(library.path):
        library.execute("create temp table if not exists scope (file_id integer primary key)")
        library.execute("delete from temp.scope")
        for folder in folders:
            library.execute(
                "insert or ignore into temp.scope select id from files where path = ? or (path >= ? and path < ?)",
                [os.fsencode(folder), *span(folder)],
            )


def known_files(library: Library) -> dict[Path, FileState]:
    """Return the stored state of every file in scope."""
    rows = library.rows(
        "select path, size_bytes, mtime_ns, device, inode from files join temp.scope on file_id = id"
    )
    states = (
        FileState(to_path(path), size, mtime, int(device), int(inode))
        for path, size, mtime, device, inode in rows
    )
    return {state.path: state for state in states}


def apply_changes(library: Library, changes: Iterable[Change]) -> None:
    """Bring the stored files up to date.

    A moved file keeps its content and what was decided about it; a changed one has to be read again. The decision about
    a removed file stays, for when it comes back.
    """
    all_changes = list(changes)
    shaken = [
        os.fsencode(change.state.path)
        for change in all_changes
        if change.kind is not ChangeKind.ADDED
    ]
    with library.atomic():
        if not shaken:
            _apply(library, all_changes)
            return
        touch_paths(library, shaken)
        with recounted(library):
            _apply(library, all_changes)
            recount_groups(library)
        moved = [own for own in all_changes if own.kind is ChangeKind.MOVED]
        if moved:
            # Into a protected folder, say.
            touch_paths(library, [os.fsencode(own.state.path) for own in moved])
            apply_decisions(library)


def skip_files(library: Library, skipped: Iterable[tuple[Path, Skipped]]) -> None:
    """Note why files could not even be opened."""
    with library.atomic():
        for path, why in skipped:
            library.execute(
                "update files set content_id = null, reason = ?, detail = ? where path = ?",
                [why.reason.value, why.detail, os.fsencode(path)],
            )


def files_without_content(library: Library) -> list[FileState]:
    """Return the files in scope whose bytes are not known yet, or could not be had the last time."""
    rows = library.rows(
        "select path, size_bytes, mtime_ns, device, inode from files join temp.scope on file_id = id "
        "where content_id is null and (reason is null or reason not in ('unsupported', 'too large')) order by path"
    )
    return [
        FileState(to_path(path), size, mtime, int(device), int(inode))
        for path, size, mtime, device, inode in rows
    ]


def set_contents(library: Library, hashed: Iterable[tuple[FileState, str]]) -> None:
    """Note the SHA-256 of files, if they are still as they were when they were found."""
    with library.atomic():
        for state, sha256 in hashed:
            library.execute(
                "insert or ignore into contents (sha256, size_bytes) values (?, ?)",
                [sha256, state.size_bytes],
            )
            library.execute(
                "update files set reason = null, detail = '', content_id = (select id from contents where sha256 = ?) "
                "where path = ? and size_bytes = ? and mtime_ns = ?",
                [sha256, os.fsencode(state.path), state.size_bytes, state.mtime_ns],
            )


def contents_to_read(library: Library, reader: int) -> list[tuple[int, FileState]]:
    """Return the contents in scope that this version of the readers has not read, each with one file that holds it."""
    rows = library.rows(
        "select contents.id, min(path), contents.size_bytes, mtime_ns, device, inode "
        "from contents join files on files.content_id = contents.id join temp.scope on file_id = files.id "
        "where contents.reader is not ? group by contents.id order by contents.sha256",
        [reader],
    )
    return [
        (content, FileState(to_path(path), size, mtime, int(device), int(inode)))
        for content, path, size, mtime, device, inode in rows
    ]


def save_readings(
    library: Library, readings: Iterable[tuple[int, ReadText | Skipped]], reader: int, space: str
) -> None:
    """Keep texts with their vectors, or the reasons why there is none."""
    with library.atomic():
        space_id = _space_id(library, space)
        for content, reading in readings:
            if isinstance(reading, Skipped):
                library.execute(
                    "update contents set reader = ?, text_id = null, same_text = null, text = null, reason = ?, "
                    "detail = ?, warning = '' where id = ?",
                    [reader, reading.reason.value, reading.detail, content],
                )
                continue
            text_id = _text_id(library, reading, space_id)
            library.execute(
                "update contents set reader = ?, text_id = ?, same_text = ?, text = ?, format = ?, warning = ?, "
                "reason = null, detail = '' where id = ?",
                [
                    reader,
                    text_id,
                    reading.same_text,
                    reading.packed,
                    reading.format,
                    reading.warning,
                    content,
                ],
            )


def documents(library: Library, files: Collection[int] | None = None) -> list[Document]:
    """Return every file in scope, or those of some files that are, ordered by path."""
    chosen = "" if files is None else "where file_id in (select value from json_each(?)) "
    rows = library.rows(
        "select files.id, path, files.size_bytes, mtime_ns, coalesce(sha256, ''), coalesce(format, ''), "  # noqa: S608
        "coalesce(words, 0), text_id, coalesce(same_text, ''), coalesce(files.reason, contents.reason), "
        "case when files.reason is not null then files.detail "
        "else coalesce(nullif(contents.detail, ''), contents.warning, '') end "
        "from files join temp.scope on file_id = files.id left join contents on contents.id = content_id "
        f"left join texts on texts.id = text_id {chosen}order by path",
        [] if files is None else [json.dumps(list(files))],
    )
    return [
        Document(*(file, to_path(path), *known, SkipReason(reason) if reason else None, detail))
        for file, path, *known, reason, detail in rows
    ]


def count_files(library: Library) -> int:
    """Count all files that the library knows, whatever the scope."""
    row = library.row("select count(*) from files")
    return int(row[0]) if row else 0


def texts_in_scope(library: Library) -> list[tuple[int, str]]:
    """Return number and hash of each text in scope, ordered by hash: an order that does not depend on chance."""
    rows = library.rows(
        "select distinct texts.id, hash from texts join contents on text_id = texts.id "
        "join files on content_id = contents.id join temp.scope on file_id = files.id order by hash"
    )
    return [(int(text), str(name)) for text, name in rows]


def text_hashes(library: Library, texts: Collection[int]) -> list[tuple[int, str]]:
    """Return number and hash of some texts, ordered by hash."""
    rows = library.rows(
        "select id, hash from texts where id in (select value from json_each(?)) order by hash",
        [json.dumps(list(texts))],
    )
    return [(int(text), str(name)) for text, name in rows]


def vectors(
    library: Library, texts: Sequence[int], space: str, dtype: type[np.generic]
) -> NDArray[np.generic]:
    """Return the vectors of some texts in one space as a matrix (n, d), in the order asked for."""
    import numpy as np  # here, and not for the many questions that need no numbers

    query = "select text_id, vector from vectors join spaces on spaces.id = space_id where spaces.name = ?"
    some = texts if len(texts) <= _PIECE else ()
    if some:
        query += f" and text_id in ({','.join('?' * len(some))})"
    found = {row[0]: row[1] for row in library.rows(query, [space, *some])}
    return np.array([np.frombuffer(found[text], dtype) for text in texts])


def file_at(library: Library, path: Path) -> int | None:
    """Return the number of the file at a path, None if it is not known."""
    row = library.row("select id from files where path = ?", [os.fsencode(path)])
    return int(row[0]) if row else None


def sketches(library: Library, texts: Sequence[int]) -> list[tuple[NDArray[np.uint64], int]]:
    """Return the sketch and its shift of some texts, in the order asked for."""
    import numpy as np

    query = "select id, sketch, sketch_shift from texts"
    some = texts if len(texts) <= _PIECE else ()
    if some:
        query += f" where id in ({','.join('?' * len(some))})"
    found = {text: (sketch, shift) for text, sketch, shift in library.rows(query, some)}
    return [(np.frombuffer(found[text][0], np.uint64), found[text][1]) for text in texts]


def raw_texts(library: Library, texts: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Yield number and words of some texts (of several contents with the same text, that with the least SHA-256)."""
    for text, packed in packed_texts(library, texts):
        yield text, unpacked(library, packed)


def packed_texts(library: Library, texts: Sequence[int]) -> Iterator[tuple[int, bytes]]:
    """Yield the same as `raw_texts`, the words as they are stored."""
    for first in range(0, len(texts), _PIECE):
        piece = texts[first : first + _PIECE]
        marks = ",".join("?" * len(piece))
        rows = library.rows(
            f"select text_id, text, min(sha256) from contents where text_id in ({marks}) group by text_id",  # noqa: S608
            list(piece),
        )
        for text, packed, _ in rows:
            yield text, packed


def unpacked(library: Library, packed: bytes) -> str:
    """Return the words of a text that is stored."""
    with translated_errors(library.path):
        return zlib.decompress(packed).decode()


def forget_unused(library: Library) -> None:
    """Drop contents that no file has any more, and texts that no content has."""
    with library.atomic():
        library.execute(
            "delete from contents where id not in (select content_id from files where content_id is not null)"
        )
        library.execute(
            "delete from texts where id not in (select text_id from contents where text_id is not null)"
        )


def _apply(library: Library, changes: Sequence[Change]) -> None:
    move_files(library, [change for change in changes if change.kind is ChangeKind.MOVED])
    for change in changes:
        state = change.state
        own = os.fsencode(state.path)
        if change.kind is ChangeKind.MOVED:
            continue
        if change.kind is ChangeKind.REMOVED:
            library.execute("delete from files where path = ?", [own])
            continue
        if change.kind is ChangeKind.CHANGED:
            # What was suggested is about other bytes.
            library.execute(
                "update group_members set suggested = 'undecided', decision = 'undecided' "
                "where role <> 'protected' and file_id = (select id from files where path = ?)",
                [own],
            )
        known = [state.size_bytes, state.mtime_ns, str(state.device), str(state.inode)]
        library.execute(
            "insert into files (path, folded, size_bytes, mtime_ns, device, inode) values (?, ?, ?, ?, ?, ?) "
            "on conflict (path) do update set size_bytes = excluded.size_bytes, mtime_ns = excluded.mtime_ns, "
            "device = excluded.device, inode = excluded.inode, content_id = null, reason = null, detail = ''",
            [own, fold_path(own), *known],
        )


def _space_id(library: Library, space: str) -> int:
    library.execute(
        "insert or ignore into spaces (name, dimensions, dtype) values (?, 256, 'int8')", [space]
    )
    return int(library.execute("select id from spaces where name = ?", [space]).fetchone()[0])


def _text_id(library: Library, reading: ReadText, space_id: int) -> int:
    library.execute(
        "insert or ignore into texts (hash, words, sketch, sketch_shift) values (?, ?, ?, ?)",
        [reading.hash, reading.words, reading.sketch.tobytes(), reading.shift],
    )
    text_id = int(
        library.execute("select id from texts where hash = ?", [reading.hash]).fetchone()[0]
    )
    library.execute(
        "insert or ignore into vectors (text_id, space_id, vector) values (?, ?, ?)",
        [text_id, space_id, reading.vector.tobytes()],
    )
    return text_id
