"""What a plan and the keep rules need to know of files, their groups and their bytes; and what the rules decided."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dedupe_app.records import Decision, Relation, Role
from dedupe_app.store.decisions import choose_keeper, decide
from dedupe_app.store.paths import to_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from dedupe_app.store.library import Library


# By their words: a million times the way through an enum is felt.
_RELATIONS: dict[str | None, Relation | None] = {each.value: each for each in Relation}
_RELATIONS[None] = None
_ROLES = {each.value: each for each in Role}
_DECISIONS = {each.value: each for each in Decision}


@dataclass(frozen=True, slots=True)
class Likeness:
    """What makes files the same: equal `sha256` the same bytes, the `same_text` names ("" if none) the same text."""

    sha256: str
    same_text: str


@dataclass(frozen=True, slots=True)
class Member:
    """What a decision has to know of a file of a group, of which there may be a million."""

    file: int
    relation: Relation | None
    role: Role
    decision: Decision


def members(library: Library, groups: Sequence[int]) -> dict[int, list[Member]]:
    """Return the files of some groups, keeper first, without what only people look at."""
    rows = library.rows(
        "select group_id, file_id, relation, role, decision from json_each(?) asked "
        "cross join group_members on group_id = asked.value order by asked.key, place",
        [json.dumps(list(groups))],
    )
    found: dict[int, list[Member]] = {group: [] for group in groups}
    for group, file, relation, role, decision in rows:
        found[group].append(Member(file, _RELATIONS[relation], _ROLES[role], _DECISIONS[decision]))
    return found


def marked_elsewhere(library: Library, scope: str) -> set[int]:
    """Return the files that are in several groups of a scope and are to be removed according to one of them."""
    rows = library.rows(
        "select distinct file_id from group_members cross join groups on groups.id = group_id "
        "where scope_id = (select id from scopes where name = ?) and decision = 'remove' and file_id in "
        "(select file_id from group_members group by file_id having count(*) > 1)",
        [scope],
    )
    return {file for (file,) in rows}


def marking_group(library: Library, file: int, group: int) -> int | None:
    """Return another group of the same scope than `group` according to which a file is to be removed, None without."""
    row = library.row(
        "select twin.group_id from group_members twin cross join groups other on other.id = twin.group_id "
        "where twin.file_id = ? and twin.group_id != ? and twin.decision = 'remove' "
        "and other.scope_id = (select scope_id from groups where id = ?) "
        "order by kind != 'duplicates', twin.group_id limit 1",
        [file, group, group],
    )
    return row[0] if row else None


def marked_groups(library: Library, scope: str) -> list[int]:
    """Return the groups of a scope in which a file is to be removed."""
    rows = library.rows(
        "select distinct groups.id from scopes cross join groups on scope_id = scopes.id "
        "cross join group_members on group_id = groups.id where scopes.name = ? and decision = 'remove' "
        "order by groups.id",
        [scope],
    )
    return [number for (number,) in rows]


def groups_of(library: Library, scope: str, files: Sequence[int]) -> list[int]:
    """Return the groups of a scope in which some of the files are."""
    rows = library.rows(
        "select distinct group_id from json_each(?) asked cross join group_members on file_id = asked.value "
        "cross join groups on groups.id = group_id "
        "where scope_id = (select id from scopes where name = ?) order by group_id",
        [json.dumps(list(files)), scope],
    )
    return [number for (number,) in rows]


def groups_with_files(library: Library, scope: str, files: Sequence[int]) -> list[tuple[int, int]]:
    """Return for each of some files the first of its groups in a scope, in the order asked for: (group, file).

    The one of duplicates, if there is one: a file may also be of a template, or be contained in others.
    """
    rows = library.rows(
        "select group_id, file_id from (select group_id, file_id, asked.key as place, row_number() over "
        "(partition by file_id order by kind != 'duplicates', group_id) as nth from json_each(?) asked "
        "cross join group_members on file_id = asked.value cross join groups on groups.id = group_id "
        "where scope_id = (select id from scopes where name = ?)) where nth = 1 order by place",
        [json.dumps(list(files)), scope],
    )
    return [(group, file) for group, file in rows]


def file_numbers(library: Library, paths: Iterable[Path]) -> list[int]:
    """Return the numbers of the files at some paths; those that are not in the library are left out."""
    found = (
        library.row("select id from files where path = ?", [os.fsencode(path)]) for path in paths
    )
    return [row[0] for row in found if row]


def paths_of(library: Library, files: Sequence[int]) -> list[Path]:
    """Return where some files are; those that are not in the library are left out."""
    rows = library.rows(
        "select files.path from json_each(?) asked cross join files on files.id = asked.value",
        [json.dumps(list(files))],
    )
    return [to_path(path) for (path,) in rows]


def likenesses(library: Library, groups: Sequence[int]) -> dict[int, Likeness]:
    """Return what is known of the bytes and letters of the files of some groups, by file."""
    rows = library.rows(
        "select distinct file_id, sha256, coalesce(same_text, '') from json_each(?) asked "
        "cross join group_members on group_id = asked.value cross join files on files.id = file_id "
        "cross join contents on contents.id = content_id",
        [json.dumps(list(groups))],
    )
    return {file: Likeness(sha256, same_text) for file, sha256, same_text in rows}


def outdated_members(library: Library, groups: Sequence[int]) -> set[tuple[int, int]]:
    """Return the members of some groups, as (group, file), whose bytes are others than what is said was found for."""
    rows = library.rows(
        "select group_id, file_id from json_each(?) asked cross join group_members on group_id = asked.value "
        "cross join files on files.id = file_id left join contents on contents.id = content_id "
        "where found_for is null or found_for is not contents.sha256",
        [json.dumps(list(groups))],
    )
    return {(group, file) for group, file in rows}


def mark_by_rules(
    library: Library,
    scope: str,
    keep: Sequence[int],
    remove: Sequence[int],
    keepers: Mapping[int, int],
) -> None:
    """Decide to keep some files and to remove others, as one change that is taken back at once.

    `keepers`: the file that becomes the keeper, by the number of its group.
    """
    with library.atomic():
        row = library.execute("select coalesce(max(id), 0) from decision_log").fetchone()
        decide(library, keep, Decision.KEEP)
        decide(library, remove, Decision.REMOVE)
        for group, file in keepers.items():
            choose_keeper(library, scope, group, file)
        new = [
            number
            for (number,) in library.execute(
                "select id from decision_log where id > ? order by id", [row[0]]
            )
        ]
        if len(new) < 2:
            return
        first = new[0]
        for entry in new[1:]:
            # What the first entry knows of a file is how it was before all of them.
            library.execute(
                "update or ignore decision_log_files set entry = ? where entry = ?", [first, entry]
            )
            library.execute("delete from decision_log where id = ?", [entry])
        library.execute(
            "update decision_log set what = ?, files = files + ? where id = ?",
            ["apply keep rules", len(remove), first],
        )
