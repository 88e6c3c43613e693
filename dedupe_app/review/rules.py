"""Applies a person's keep rules to groups: which file of the same text stays, which are marked. Writes nothing.

At least one file of every group stays, protected files are never marked, and what a person decided stands unless the
rules are to overrule it.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from dedupe_app.records import SAME_TEXTS, Decision, Relation, Role
from dedupe_app.review.suggest import FORMAT_ORDER
from dedupe_app.sameness import find_doubtful, is_same_text, letters_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from dedupe_app.records import FileRow

    Related = Callable[[int, int], Relation | None]
    # What makes two files the same text: a name, "" if none, compared by `is_same_text`.
    Sameness = Callable[[FileRow], str]

_FOLDER = "folder:"
_RANKS = {name: rank for rank, names in enumerate(FORMAT_ORDER) for name in names}
# "letter (1)", "letter - copy", "copy of letter", in the words of several systems.
_COPY = re.compile(
    r"\(\d{1,3}\)$|^(copy|kopie|copie|copia|cópia|kopia) (\(\d+\) )?(of|von|de|di|av) "
    r"|[ _-]\(?(copy|kopie|copie|copia|cópia|kopia|копия|副本|コピー)( ?\(?\d{1,3}\)?)?\)?$",
    re.IGNORECASE,
)


class KeepRule(StrEnum):
    """What decides which of several files stays."""

    NEWEST = "newest"
    OLDEST = "oldest"
    LONGEST = "longest"
    BEST_FORMAT = "best-format"
    SHORTEST_PATH = "shortest-path"
    PLAIN_NAME = "plain-name"


DEFAULT_ORDER: tuple[KeepRule | Path, ...] = (
    KeepRule.NEWEST,
    KeepRule.LONGEST,
    KeepRule.BEST_FORMAT,
    KeepRule.SHORTEST_PATH,
)


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Rules, the most important first; a folder means that files in it stay. `relations`: what may be marked.

    `overrule`: also what a person decided before.
    """

    order: tuple[KeepRule | Path, ...] = DEFAULT_ORDER
    relations: frozenset[Relation] = SAME_TEXTS
    overrule: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rules say: files to keep and files to mark, without those that are so already.

    `spared`: files that would be marked, had a person not decided otherwise. `stays`: the file that is kept instead of
    one that is marked, by the number of that one.
    """

    keep: tuple[FileRow, ...] = ()
    remove: tuple[FileRow, ...] = ()
    spared: int = 0
    stays: Mapping[int, FileRow] = field(default_factory=dict)


@dataclass(slots=True)
class _Court:
    """What was found so far."""

    rules: RuleSet
    sameness: Sameness
    related: Related
    only: Collection[int] | None
    doubtful: Collection[tuple[str, int, str]] = ()
    keep: dict[int, FileRow] = field(default_factory=dict)
    remove: dict[int, FileRow] = field(default_factory=dict)
    spared: set[int] = field(default_factory=set)
    stays: dict[int, FileRow] = field(default_factory=dict)


def apply_rules(
    groups: Iterable[Sequence[FileRow]],
    rules: RuleSet,
    sameness: Sameness,
    related: Related,
    only: Collection[int] | None = None,
) -> Verdict:
    """Say which files of groups stay and which are marked.

    `groups`: whole groups, keeper first. `sameness`: names the text of a file (see `dedupe_app.sameness`). `related`:
    what is known of two files. `only`: mark no others than these.
    """
    court = _Court(rules, sameness, related, only)
    for group in groups:
        _judge_group(group, court)
    remove = {file: row for file, row in court.remove.items() if file not in court.keep}
    changed = tuple(row for row in remove.values() if row.decision is not Decision.REMOVE)
    return Verdict(
        keep=tuple(row for row in court.keep.values() if row.decision is not Decision.KEEP),
        remove=changed,
        spared=len(court.spared),
        stays={row.file: court.stays[row.file] for row in changed},
    )


def spare_last(verdict: Verdict, groups: Mapping[int, Sequence[FileRow]]) -> Verdict:
    """Take files back out of a verdict that would leave a group without any file that stays.

    `groups`: all groups in which the files to be marked are.
    """
    removed = {row.file for row in verdict.remove}
    kept = {row.file for row in verdict.keep}
    for members in groups.values():
        own = [row.file for row in members if row.file in removed]
        if own and not any(_stays(row, kept, removed) for row in members):
            removed.discard(own[0])
    return replace(verdict, remove=tuple(row for row in verdict.remove if row.file in removed))


def read_order(names: Iterable[str]) -> tuple[KeepRule | Path, ...]:
    """Return rules by their stored names, unknown ones left out; those of the program when there are none."""
    known = {rule.value: rule for rule in KeepRule}
    found: list[KeepRule | Path] = []
    for name in names:
        if name.startswith(_FOLDER):
            found.append(Path(name.removeprefix(_FOLDER)))
        elif name in known:
            found.append(known[name])
    return tuple(dict.fromkeys(found)) or DEFAULT_ORDER


def write_order(order: Iterable[KeepRule | Path]) -> tuple[str, ...]:
    """Return the names by which rules are stored."""
    return tuple(rule.value if isinstance(rule, KeepRule) else f"{_FOLDER}{rule}" for rule in order)


def _judge_group(group: Sequence[FileRow], court: _Court) -> None:
    kinds = {row.relation for row in group if row.relation}
    if kinds & {Relation.SAME_TEMPLATE, Relation.SAME_MEANING}:
        return  # never: these are different documents
    if Relation.CONTAINED in kinds:
        if Relation.CONTAINED in court.rules.relations:
            _judge_excerpts(group, court)
        return
    left = list(group)
    court.doubtful = find_doubtful(court.sameness(row) for row in group)
    if Relation.REVISION in court.rules.relations:
        left = _judge_revisions(group, court)
    if court.rules.relations & SAME_TEXTS:
        for alike in _classes(left, court):
            _judge_same(alike, court)


def _judge_revisions(group: Sequence[FileRow], court: _Court) -> list[FileRow]:
    """Mark all versions but one; return the files that are no version of that one as far as is known."""
    keeper = _choose(group, court.rules)
    if keeper is None:
        return []
    versions = [row for row in group if row is keeper or _is_version(row, keeper, court)]
    _sentence(versions, keeper, court)
    return _without(group, versions)


def _judge_same(alike: Sequence[FileRow], court: _Court) -> None:
    """Mark what is the same as the best, then as the best of the others: one may show pictures that another lacks."""
    left = list(alike)
    while (keeper := _choose(left, court.rules)) is not None:
        same = [row for row in left if row is keeper or _is_same(row, keeper, court)]
        _sentence(same, keeper, court)
        left = _without(left, same)


def _without(rows: Sequence[FileRow], others: Sequence[FileRow]) -> list[FileRow]:
    left_out = {row.file for row in others}
    return [row for row in rows if row.file not in left_out]


def _judge_excerpts(group: Sequence[FileRow], court: _Court) -> None:
    """Mark what stands whole in the first file, which stays."""
    whole = group[0]
    gone = whole.decision is Decision.REMOVE and whole.decided and not court.rules.overrule
    if not (whole.offline or gone):
        direct = [row for row in group[1:] if row.compared_with == whole.file]
        _sentence([whole, *direct], whole, court)


def _sentence(rows: Sequence[FileRow], keeper: FileRow, court: _Court) -> None:
    """Keep one file and mark the others, as far as they may be."""
    marked = False
    for row in rows:
        if row is keeper or row.role is Role.PROTECTED or row.offline:
            continue
        if court.only is not None and row.file not in court.only:
            continue
        if row.decided and row.decision is not Decision.REMOVE and not court.rules.overrule:
            court.spared.add(row.file)
            continue
        court.remove[row.file] = row
        court.stays[row.file] = keeper
        marked = True
    if marked or keeper.decision is Decision.REMOVE:
        court.keep[keeper.file] = keeper


def _choose(rows: Sequence[FileRow], rules: RuleSet) -> FileRow | None:
    """Choose the file that stays: protected before all, then what a person kept, then by the rules.

    None if there is nothing to choose, or a person marked them all.
    """
    if len(rows) < 2:
        return None
    able = [row for row in rows if not row.offline]
    if not rules.overrule:
        able = [row for row in able if not (row.decided and row.decision is Decision.REMOVE)]
    if not able:
        return None
    return min(able, key=lambda row: _rank(row, rules))


def _rank(row: FileRow, rules: RuleSet) -> tuple[object, ...]:
    kept = row.decided and row.decision is Decision.KEEP and not rules.overrule
    merits = tuple(_merit(row, rule) for rule in rules.order)
    return (row.role is not Role.PROTECTED, not kept, *merits, os.fsencode(row.path))


def _merit(row: FileRow, rule: KeepRule | Path) -> int:
    """Return a number that is the smaller the better."""
    if isinstance(rule, Path):
        return 0 if row.path.is_relative_to(rule) else 1
    return {
        KeepRule.NEWEST: -row.mtime_ns,
        KeepRule.OLDEST: row.mtime_ns,
        KeepRule.LONGEST: -row.words,
        KeepRule.BEST_FORMAT: _RANKS.get(row.format.lower().removeprefix("."), len(FORMAT_ORDER)),
        KeepRule.SHORTEST_PATH: len(str(row.path)),
        KeepRule.PLAIN_NAME: int(bool(_COPY.search(row.path.stem))),
    }[rule]


def _classes(rows: Sequence[FileRow], court: _Court) -> list[list[FileRow]]:
    """Part files by the letters of their texts."""
    found: dict[str, list[FileRow]] = defaultdict(list)
    for row in rows:
        if name := court.sameness(row):
            found[letters_of(name)].append(row)
    return list(found.values())


def _is_version(row: FileRow, keeper: FileRow, court: _Court) -> bool:
    return _is_same(row, keeper, court) or court.related(row.file, keeper.file) is Relation.REVISION


def _is_same(row: FileRow, other: FileRow, court: _Court) -> bool:
    name = court.sameness(row)
    return bool(name) and is_same_text(name, court.sameness(other), court.doubtful)


def _stays(row: FileRow, kept: Collection[int], removed: Collection[int]) -> bool:
    if row.file in kept or row.role is Role.PROTECTED:
        return True
    return row.file not in removed and row.decision is not Decision.REMOVE
