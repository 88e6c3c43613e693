"""Pairs and groups: what was found out. Returns records, never rows."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dedupe_app.records import (
    Changes,
    Decision,
    Evidence,
    Group,
    GroupKind,
    Pair,
    PairState,
    Relation,
    ReportRow,
    Role,
)
from dedupe_app.store.effects import apply_to_scope
from dedupe_app.store.paths import to_path

if TYPE_CHECKING:
    from collections.abc import Collection, Generator, Iterable, Mapping

    from dedupe_app.store.library import Library

# SQLite takes 32,766 variables in one statement; smaller pieces are as fast.
_PIECE = 500
_PAIR = (
    "insert or replace into pairs (text_a, text_b, family, first_crowds, sure, crowds, relation, similarity, "
    "shared_text, contained, changes) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)

_GROUP = (
    "insert into groups (id, scope_id, kind, files, reclaimable_bytes, similarity, keeper, relation, name_key, "
    "folder_key) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_MEMBER = (
    "insert into group_members (group_id, place, file_id, role, suggested, decision, relation, similarity, "
    "shared_text, contained, meaning, figures_changed, strength, reason, compared_with, found_for) "
    "select ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? where exists (select 1 from files where id = ?)"
)
_RELATIONS = {
    GroupKind.CONTAINED: Relation.CONTAINED,
    GroupKind.TEMPLATE: Relation.SAME_TEMPLATE,
    GroupKind.MEANING: Relation.SAME_MEANING,
}
_WEAKEST_FIRST = (Relation.REVISION, Relation.SAME_TEXT, Relation.IDENTICAL)


def load_pair_states(library: Library, texts: Collection[int]) -> dict[tuple[int, int], PairState]:
    """Return in which crowds the pairs of some texts were compared."""
    found: dict[tuple[int, int], PairState] = {}
    wanted = list(texts)
    for first in range(0, len(wanted), _PIECE):
        piece = wanted[first : first + _PIECE]
        marks = ",".join("?" * len(piece))
        for a, b, family, first_crowds, sure, crowds in library.rows(
            f"select text_a, text_b, family, first_crowds, sure, crowds from pairs where text_a in ({marks})",  # noqa: S608
            piece,
        ):
            if b in texts:
                found[a, b] = PairState(bool(family), first_crowds, bool(sure), crowds)
    return found


def related_pairs(
    library: Library, texts: Collection[int] | None = None
) -> list[tuple[int, int, Relation, float]]:
    """Return texts, relation and similarity of all pairs that have a relation, ordered by the hashes of the texts.

    `texts`: those of pairs of which the first is one of some texts.
    """
    chosen = "" if texts is None else " and text_a in (select value from json_each(?))"
    rows = library.rows(
        "select text_a, text_b, relation, similarity from pairs join texts a on a.id = text_a "  # noqa: S608
        f"join texts b on b.id = text_b where relation is not null{chosen} order by a.hash, b.hash",
        [] if texts is None else [json.dumps(list(texts))],
    )
    return [(a, b, Relation(relation), similarity) for a, b, relation, similarity in rows]


def find_evidence(library: Library, text_a: int, text_b: int) -> Evidence:
    """Return the stored evidence of a pair that was compared; raises LookupError for any other."""
    for row in library.rows(
        "select relation, similarity, shared_text, contained, changes from pairs where text_a = ? and text_b = ?",
        [text_a, text_b],
    ):
        return _evidence(*row)
    raise LookupError(f"texts {text_a} and {text_b} were never compared")


def find_evidence_between(library: Library, text_a: int, text_b: int) -> Evidence | None:
    """Return the stored evidence of two texts, whichever was first, with the changes from `text_a` to `text_b`."""
    for row in library.rows(
        "select relation, similarity, shared_text, contained, changes, text_a from pairs "
        "where (text_a = ? and text_b = ?) or (text_a = ? and text_b = ?)",
        [text_a, text_b, text_b, text_a],
    ):
        found = _evidence(*row[:5])
        return found if row[5] == text_a else replace(found, changes=_flipped(found.changes))
    return None


def save_pairs(library: Library, pairs: Iterable[Pair]) -> None:
    """Keep the outcome of comparisons, in place of earlier ones."""
    with library.atomic():
        library.connection.executemany(_PAIR, (_pair_values(pair) for pair in pairs))


def scope_signature(library: Library, scope: str) -> str:
    """Return what the stored groups of a scope were made from, "" if there are none."""
    row = library.row("select signature from scopes where name = ?", [scope])
    return str(row[0]) if row else ""


def latest_scope(library: Library) -> str:
    """Return the scope whose groups were made last, "" if there is none."""
    row = library.row("select name from scopes order by finished desc, id desc limit 1")
    return str(row[0]) if row else ""


def touch_scope(library: Library, scope: str, finished: str) -> None:
    """Note that the stored groups of a scope are still right: they are the latest again."""
    with library.atomic():
        library.execute("update scopes set finished = ? where name = ?", [finished, scope])


def group_files(
    library: Library, scope: str, files: Collection[int] | None = None
) -> dict[int, tuple[GroupKind, frozenset[int]]]:
    """Return the stored groups of a scope, or those with any of some files: number to kind and files."""
    found: dict[int, tuple[GroupKind, set[int]]] = {}
    chosen = (
        ""
        if files is None
        else " and groups.id in (select group_id from group_members where file_id in (select value from json_each(?)))"
    )
    for number, kind, file in library.rows(
        "select groups.id, kind, file_id from groups join group_members on group_id = groups.id "  # noqa: S608
        f"join scopes on scopes.id = scope_id where name = ?{chosen}",
        [scope] if files is None else [scope, json.dumps(list(files))],
    ):
        found.setdefault(number, (GroupKind(kind), set()))[1].add(file)
    return {number: (kind, frozenset(files)) for number, (kind, files) in found.items()}


def save_groups(
    library: Library,
    scope: str,
    signature: str,
    finished: str,
    groups: Iterable[Group],
    contents: Mapping[int, str],
    *,
    instead_of: Collection[int] | None = None,
) -> None:
    """Replace the groups of a scope, all at once. Groups with a number keep it, others get a new one.

    The decisions of the members are suggestions: what a person decided about a file, its path and bytes being the same,
    takes their place here, except that a protected file is always kept. Files that went meanwhile are left out.
    `contents`: the SHA-256 of the files when that was found out about them: of others it says nothing.
    `instead_of`: the numbers of the groups that are replaced, when the others stay as they are.
    """
    with library.atomic():
        library.execute(
            "insert into scopes (name, signature, finished) values (?, ?, ?) on conflict (name) do update "
            "set signature = excluded.signature, finished = excluded.finished",
            [scope, signature, finished],
        )
        scope_id = library.execute("select id from scopes where name = ?", [scope]).fetchone()[0]
        _delete_groups(library, scope_id, instead_of)
        written = [_write_group(library, scope_id, group, contents) for group in groups]
        library.execute(
            "update groups set (files, size_bytes, mtime_ns) = (select count(*), coalesce(max(files.size_bytes), 0), "
            "coalesce(max(files.mtime_ns), 0) from group_members join files on files.id = file_id "
            "where group_id = groups.id) where id in (select value from json_each(?))",
            [json.dumps(written)],
        )
        apply_to_scope(library, scope_id)


def count_duplicates(library: Library, scope: str) -> tuple[int, int, int]:
    """Count the groups of duplicates, their files besides the first, and the bytes of those that are not protected."""
    row = library.row(
        "select count(distinct groups.id), count(other.id), "
        "coalesce(sum(own.size_bytes) filter (where other.id is not null and role <> 'protected'), 0) "
        "from groups join scopes on scopes.id = scope_id join group_members on group_id = groups.id "
        "join files own on own.id = file_id left join files other on other.id = compared_with "
        "where scopes.name = ? and kind = 'duplicates'",
        [scope],
    )
    groups, copies, size = row or (0, 0, 0)
    return int(groups), int(copies), int(size)


def report_rows(
    library: Library, scope: str, kinds: Collection[GroupKind]
) -> Generator[ReportRow, None, None]:
    """Yield the report of a scope: groups by number, in each the keeper first, then by path."""
    query = (
        "select groups.id, kind, group_members.relation, group_members.similarity, role, decision, own.path, "
        "own.size_bytes, own.mtime_ns, coalesce(contents.format, ''), coalesce(words, 0), shared_text, contained, "
        "meaning, figures_changed, other.path, coalesce(sha256, ''), group_members.reason "
        "from groups join scopes on scopes.id = scope_id join group_members on group_id = groups.id "
        "join files own on own.id = file_id left join contents on contents.id = own.content_id "
        "left join texts on texts.id = text_id left join files other on other.id = compared_with "
        "where scopes.name = ? order by groups.id, place > 0, own.path"
    )
    for row in library.rows(query, [scope]):
        if GroupKind(row[1]) in kinds:
            yield _report_row(row)


def _evidence(
    relation: str | None, similarity: float, shared: float, contained: float, changes: str
) -> Evidence:
    known = json.loads(changes)
    examples = tuple((old, new) for old, new in known.pop("examples", ()))
    kinds = tuple(known.pop("kinds", ()))
    return Evidence(
        Relation(relation) if relation else None,
        *(similarity, shared, contained),
        Changes(**known, kinds=kinds, examples=examples),
    )


def _flipped(changes: Changes) -> Changes:
    examples = tuple((new, old) for old, new in changes.examples)
    return replace(changes, added=changes.removed, removed=changes.added, examples=examples)


def _pair_values(pair: Pair) -> tuple[Any, ...]:
    evidence = pair.evidence
    changes = {name: getattr(evidence.changes, name) for name in evidence.changes.__slots__}
    return (
        *(
            pair.text_a,
            pair.text_b,
            int(pair.family),
            pair.first_crowds,
            int(pair.sure),
            pair.crowds,
        ),
        evidence.relation.value if evidence.relation else None,
        *(evidence.similarity, evidence.shared_text, evidence.contained),
        json.dumps({name: value for name, value in changes.items() if value}, ensure_ascii=False),
    )


def _group_values(library: Library, scope_id: int, group: Group) -> tuple[Any, ...]:
    keeper = group.members[0].file
    row = library.execute("select folded from files where id = ?", [keeper]).fetchone()
    folder_key, _, name_key = row[0].rpartition(os.sep) if row else ("", "", "")
    return (
        *(group.number or None, scope_id, group.kind.value, len(group.members)),
        *(group.reclaimable_bytes, group.similarity),
        *(keeper, _weakest_relation(group).value, name_key, folder_key),
    )


def _delete_groups(library: Library, scope_id: int, some: Collection[int] | None) -> None:
    if some is None:
        library.execute("delete from groups where scope_id = ?", [scope_id])
        return
    # With those of which all files went.
    library.execute(
        "delete from groups where scope_id = ? and (id in (select value from json_each(?)) "
        "or not exists (select 1 from group_members where group_id = groups.id))",
        [scope_id, json.dumps(list(some))],
    )


def _write_group(library: Library, scope_id: int, group: Group, contents: Mapping[int, str]) -> int:
    number = int(library.execute(_GROUP, _group_values(library, scope_id, group)).lastrowid or 0)
    library.connection.executemany(
        _MEMBER,
        (_member_values(number, group, index, contents) for index in range(len(group.members))),
    )
    return number


def _weakest_relation(group: Group) -> Relation:
    if group.kind is not GroupKind.DUPLICATES:
        return _RELATIONS[group.kind]
    found = {member.relation for member in group.members}
    return next(each for each in _WEAKEST_FIRST if each in found or each is Relation.IDENTICAL)


def _member_values(
    number: int, group: Group, index: int, contents: Mapping[int, str]
) -> tuple[Any, ...]:
    member = group.members[index]
    evidence = member.evidence
    return (
        *(number, index, member.file, member.role.value),
        *(member.decision.value, member.decision.value),
        member.relation.value if member.relation else None,
        *(
            (evidence.similarity, evidence.shared_text, evidence.contained)
            if evidence
            else (None, None, None)
        ),
        member.meaning,
        evidence.changes.figures if evidence else None,
        *(member.strength, member.reason),
        group.members[0].file if index else None,
        contents.get(member.file),
        member.file,
    )


def _report_row(row: tuple[Any, ...]) -> ReportRow:
    number, kind, relation, similarity, role, decision, path, size, mtime, form, words = row[:11]
    shared, contained, meaning, figures, other, sha256, reason = row[11:]
    return ReportRow(
        group=number,
        kind=GroupKind(kind),
        relation=Relation(relation) if relation else None,
        similarity=similarity,
        role=Role(role),
        decision=Decision(decision),
        path=to_path(path),
        size_bytes=size,
        mtime_ns=mtime,
        format=form,
        words=words,
        shared_text=shared,
        contained=contained,
        meaning=meaning,
        figures_changed=figures,
        compared_with=to_path(other) if other is not None else None,
        sha256=sha256,
        reason=reason,
    )
