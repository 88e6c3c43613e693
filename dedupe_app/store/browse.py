"""What the window lists: groups in any order, their files page by page, counts, texts and evidence. Never writes.

Lists of groups are numbers alone; what is shown of them is asked for a page at a time.
"""

from __future__ import annotations

import json
import zlib
from array import array
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from dedupe_app.records import (
    Changes,
    Counts,
    Decision,
    Evidence,
    FileRow,
    GroupKind,
    GroupRow,
    Relation,
    Role,
    Show,
    SkipReason,
    SortKey,
    UnreadRow,
)
from dedupe_app.sameness import find_doubtful, is_same_text, letters_of
from dedupe_app.store import documents, fulltext, results
from dedupe_app.store.folders import count_below, folders, offline_folders, outermost
from dedupe_app.store.library import translated_errors
from dedupe_app.store.paths import fold, span, to_path
from dedupe_app.store.terms import parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dedupe_app.records import GroupQuery
    from dedupe_app.store.library import Library

_ORDER = {
    SortKey.FREES: ("reclaimable_bytes",),
    SortKey.NAME: ("name_key", "folder_key"),
    SortKey.FOLDER: ("folder_key", "name_key"),
    SortKey.FILES: ("files",),
    SortKey.SIZE: ("size_bytes",),
    SortKey.MODIFIED: ("mtime_ns",),
    SortKey.SIMILAR: ("similarity",),
}
# Rules suggest something for each group, but what happens to a file is one thing, in whichever group it is shown.
_MARK = (
    "(select case when max(twin.decision = 'remove') then 'remove' when max(twin.decision = 'keep') then 'keep' end "
    "from group_members twin cross join groups other_group on other_group.id = twin.group_id "
    "where twin.file_id = group_members.file_id "
    "and other_group.scope_id = (select scope_id from groups where id = group_members.group_id))"
)
_FILE_COLUMNS = (
    "select group_id, file_id, own.path, own.size_bytes, own.mtime_ns, coalesce(format, ''), coalesce(words, 0), "  # noqa: S608
    "group_members.relation, group_members.similarity, shared_text, contained, meaning, figures_changed, role, "
    f"coalesce({_MARK}, 'undecided'), "
    "group_members.reason, compared_with, coalesce(decisions.made, ''), decisions.decision = 'remove' and exists "
    "(select 1 from same_text_marks where decision = decisions.id and made = decisions.made) "
)
_FILE_TABLES = (
    "cross join files own on own.id = file_id left join contents on contents.id = own.content_id "
    "left join texts on texts.id = text_id "
    "left join decisions on decisions.path = own.path and decisions.sha256 = contents.sha256 "
    "and (decisions.decision is not null or decisions.keeper) "
)


@dataclass(frozen=True, slots=True)
class _Condition:
    """Part of a where clause with its values."""

    sql: str
    values: tuple[Any, ...] = ()


def group_list(
    library: Library, scope: str, query: GroupQuery, most: int = -1
) -> tuple[array[int], array[int]]:
    """Return the numbers of the groups that a query asks for, in its order, and how many files each has.

    `most`: how many of them, from the first on; -1: all.
    """
    narrowing = _conditions(query)
    where = _joined([_of_scope(scope), *narrowing])
    direction = "desc" if query.descending else "asc"
    order = ", ".join(f"{column} {direction}" for column in _ORDER[query.sort])
    # Whoever wants nearly all rows has them sooner from one end of the table to the other than by an index.
    table = "groups" if narrowing else "groups not indexed"
    rows = library.rows(
        f"select id, files from {table} where {where.sql} order by {order}, id limit ?",  # noqa: S608
        [*where.values, most],
    )
    numbers, sizes = array("q"), array("i")
    for number, files in rows:
        numbers.append(number)
        sizes.append(files)
    return numbers, sizes


def group_rows(library: Library, numbers: Sequence[int]) -> list[GroupRow]:
    """Return groups by their numbers, in the order asked for; those that are no more are left out."""
    rows = library.rows(
        "select groups.id, kind, relation, files.path, groups.files, reclaimable_bytes, similarity "
        "from json_each(?) asked cross join groups on groups.id = asked.value "
        "left join files on files.id = keeper order by asked.key",
        [json.dumps(list(numbers))],
    )
    return [
        GroupRow(
            *(number, GroupKind(kind), Relation(relation), to_path(path).name if path else ""),
            *(files, frees, similarity),
        )
        for number, kind, relation, path, files, frees, similarity in rows
    ]


def file_rows(library: Library, groups: Sequence[int]) -> dict[int, list[FileRow]]:
    """Return the files of some groups, keeper first; a group that is no more has none."""
    found: dict[int, list[FileRow]] = {group: [] for group in groups}
    rows = library.rows(
        f"{_FILE_COLUMNS} from json_each(?) asked cross join group_members on group_id = asked.value "
        f"{_FILE_TABLES} order by asked.key, place",
        [json.dumps(list(groups))],
    )
    for row in _file_rows(library, rows):
        found[row.group].append(row)
    return found


def file_page(library: Library, group: int, first: int, count: int) -> list[FileRow]:
    """Return some files of one group, keeper first, counted from 0: for groups too large to be read at once."""
    rows = library.rows(
        f"{_FILE_COLUMNS} from group_members {_FILE_TABLES} where group_id = ? order by place limit ? offset ?",
        [group, count, first],
    )
    return _file_rows(library, rows)


def marked(library: Library, scope: str) -> list[FileRow]:
    """Return each file of a scope that is to be removed, once, with the first of its groups."""
    rows = library.rows(
        f"{_FILE_COLUMNS} from scopes cross join groups on scope_id = scopes.id "
        f"cross join group_members on group_id = groups.id {_FILE_TABLES} "
        "where scopes.name = ? and group_members.decision = 'remove' order by groups.id, place",
        [scope],
    )
    first: dict[int, FileRow] = {}
    for row in _file_rows(library, rows):
        first.setdefault(row.file, row)
    return list(first.values())


def unread(library: Library) -> list[UnreadRow]:
    """Return the files that could not be compared, by path, files of other kinds (pictures, films) last.

    Of the folders that people added, or of the whole library when there are none.
    """
    below = _below_folders(library)
    rows = library.rows(
        "select id, path, size_bytes, why, what from ("  # noqa: S608
        "select files.id, path, files.size_bytes, files.reason as why, files.detail as what "
        f"from files where reason is not null and {below.sql} union all "
        "select files.id, path, files.size_bytes, contents.reason, contents.detail "
        "from contents cross join files on content_id = contents.id "
        f"where contents.reason is not null and {below.sql}) order by why = 'unsupported', path",
        [*below.values, *below.values],
    )
    return [
        UnreadRow(file, to_path(path), size, SkipReason(why), what)
        for file, path, size, why, what in rows
    ]


def count_all(library: Library, scope: str, query: GroupQuery | None = None) -> Counts:
    """Count what the window shows: files and unread ones of the folders, groups and marked files of the scope.

    `query`: what groups are counted, whatever of them is shown; None: all.
    """
    stored = [folder.path for folder in folders(library)]
    total = documents.count_files(library)
    files = count_below(library, stored) if stored else total
    # When all files are below the folders, nothing has to be looked at but the index of reasons.
    below = _below_folders(library) if files < total else _Condition("true")
    marks = library.row("select marked_files, marked_bytes from scopes where name = ?", [scope])
    marked_files, marked_bytes = marks or (0, 0)
    return Counts(
        files=files,
        groups=_count_groups(library, scope, query),
        unread=_count_unread(library, below),
        marked_files=marked_files,
        marked_bytes=marked_bytes,
    )


def file_text(library: Library, file: int) -> str:
    """Return the plain text of a file as it was read, "" if there is none."""
    row = library.row(
        "select text from files join contents on contents.id = content_id where files.id = ?",
        [file],
    )
    if row is None or row[0] is None:
        return ""
    with translated_errors(library.path):
        return zlib.decompress(row[0]).decode()


def file_evidence(library: Library, file: int, other: int) -> Evidence | None:
    """Return how alike two files are, with the changes from `other` to `file`; None if they were never compared."""
    rows = library.rows(
        "select contents.id, same_text, text_id from json_each(?) asked cross join files on files.id = asked.value "
        "join contents on contents.id = content_id order by asked.key",
        [json.dumps([file, other])],
    )
    known = list(rows)
    if len(known) < 2:
        return None
    (content, same_text, text), (other_content, other_same, other_text) = known
    if content == other_content:
        return Evidence(Relation.IDENTICAL, 100.0, 100.0, 100.0, Changes())
    if text is None or other_text is None:
        return None
    letters = letters_of(same_text)
    if is_same_text(same_text, other_same, find_doubtful(_names_of(library, letters))):
        return Evidence(Relation.SAME_TEXT, 100.0, 100.0, 100.0, Changes())
    if text == other_text or letters == letters_of(other_same):
        return Evidence(Relation.REVISION, 100.0, 100.0, 100.0, Changes())
    return results.find_evidence_between(library, other_text, text)


def _names_of(library: Library, letters: str) -> list[str]:
    """Return the same-text names of all files with the same letters."""
    rows = library.rows(
        "select distinct same_text from contents where same_text = ? or (same_text > ? and same_text < ?)",
        [letters, f"{letters} ", f"{letters} \x7f"],
    )
    return [name for (name,) in rows]


def _count_groups(library: Library, scope: str, query: GroupQuery | None) -> dict[Show, int]:
    """Count the groups of each relation, as they are listed when one of them is shown alone."""
    narrowing = _conditions(replace(query, show=Show.ALL)) if query else []
    where = _joined([_of_scope(scope), *narrowing])
    groups = dict.fromkeys(Show, 0)
    for relation, count in library.rows(
        f"select relation, count(*) from groups where {where.sql} group by relation",  # noqa: S608
        where.values,
    ):
        groups[Show(relation)] = count
        groups[Show.ALL] += count
    return groups


def _of_scope(scope: str) -> _Condition:
    return _Condition("scope_id = (select id from scopes where name = ?) and files > 1", (scope,))


def _joined(conditions: Sequence[_Condition]) -> _Condition:
    sql = " and ".join(each.sql for each in conditions)
    return _Condition(sql, tuple(value for each in conditions for value in each.values))


def _conditions(query: GroupQuery) -> list[_Condition]:
    found = []
    if query.show is not Show.ALL:
        found.append(_Condition("relation = ?", (query.show.value,)))
    if query.folder is not None:
        found.append(_has_file("path >= ? and path < ?", span(query.folder)))
    if query.files:
        own = "select group_id from json_each(?) asked cross join group_members on file_id = asked.value"
        found.append(_Condition(f"id in ({own})", (json.dumps(query.files),)))
    if terms := fold(query.words).split():
        found.append(_has_words(query.words, terms))
    return found


def _has_words(words: str, terms: Sequence[str]) -> _Condition:
    """Ask for groups with a file in whose path all the words are, or in whose text, as far as it is indexed."""
    in_path = " and ".join(["instr(folded, ?)"] * len(terms))
    in_text = fulltext.has_words(parse(words))
    if in_text is None:
        return _has_file(in_path, tuple(terms))
    return _has_file(f"({in_path}) or {in_text[0]}", (*terms, *in_text[1]))


def _has_file(sql: str, values: tuple[Any, ...]) -> _Condition:
    return _Condition(
        "id in (select group_id from files cross join group_members on file_id = files.id "  # noqa: S608
        f"where {sql})",
        values,
    )


def _below_folders(library: Library) -> _Condition:
    stored = outermost(folder.path for folder in folders(library))
    if not stored:
        return _Condition("true")
    spans = [span(path) for path in stored]
    # With the sign the path is not searched for: files with a reason are few, those below the folders are most.
    sql = " or ".join(["+path >= ? and +path < ?"] * len(spans))
    return _Condition(f"({sql})", tuple(end for each in spans for end in each))


def _count_unread(library: Library, below: _Condition) -> int:
    row = library.row(
        f"select (select count(*) from files where reason is not null and {below.sql}) + "  # noqa: S608
        "(select count(*) from contents cross join files on content_id = contents.id "
        f"where contents.reason is not null and {below.sql})",
        [*below.values, *below.values],
    )
    return int(row[0]) if row else 0


def _file_rows(library: Library, rows: Iterable[tuple[Any, ...]]) -> list[FileRow]:
    gone = [span(path) for path in offline_folders(library)]
    return [_file_row(row, gone) for row in rows]


def _file_row(row: tuple[Any, ...], gone: Sequence[tuple[bytes, bytes]]) -> FileRow:
    group, file, path, size, mtime, form, words, relation, similarity, shared, contained = row[:11]
    meaning, figures, role, decision, reason, other, decided_at, for_same_text = row[11:]
    return FileRow(
        group=group,
        file=file,
        path=to_path(path),
        size_bytes=size,
        mtime_ns=mtime,
        format=form,
        words=words,
        relation=Relation(relation) if relation else None,
        similarity=similarity,
        shared_text=shared,
        contained=contained,
        meaning=meaning,
        figures_changed=figures,
        role=Role(role),
        decision=Decision(decision),
        decided=bool(decided_at),
        offline=any(first <= path < last for first, last in gone),
        reason=reason,
        compared_with=other,
        decided_at=decided_at,
        for_same_text=bool(for_same_text),
    )
