"""Applies keep rules to the library: to all groups, those of a query, or the groups of some files. Short of writing.

The window shows the verdict first; `carry_out` then writes it as one change that can be taken back.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from dedupe_app.records import GroupQuery, Relation
from dedupe_app.review.rules import Verdict, apply_rules, spare_last
from dedupe_app.store import browse, marks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedupe_app.records import FileRow
    from dedupe_app.review.rules import RuleSet
    from dedupe_app.store.library import Library


def judge(
    library: Library,
    scope: str,
    rules: RuleSet,
    query: GroupQuery | None = None,
    files: Sequence[int] = (),
) -> Verdict:
    """Say what rules do to the groups of a query, or to some files; to all groups when neither is given."""
    only = frozenset(files) if files else None
    if only is not None:
        numbers = marks.groups_of(library, scope, list(only))
    else:
        numbers = list(browse.group_list(library, scope, query or GroupQuery())[0])
    likenesses = marks.likenesses(library, numbers)
    same_text = Relation.SAME_TEXT in rules.relations or Relation.REVISION in rules.relations

    def sameness(row: FileRow) -> str:
        known = likenesses.get(row.file)
        if known is None:
            return ""
        return (same_text and known.same_text) or known.sha256

    @cache
    def related(file: int, other: int) -> Relation | None:
        evidence = browse.file_evidence(library, file, other)
        return evidence.relation if evidence else None

    groups = browse.file_rows(library, numbers)
    verdict = apply_rules(groups.values(), rules, sameness, related, only)
    touched = marks.groups_of(library, scope, [row.file for row in verdict.remove])
    return spare_last(verdict, browse.file_rows(library, touched))


def carry_out(library: Library, scope: str, verdict: Verdict) -> None:
    """Write down what the rules decided; a group whose keeper goes gets the one that stays instead."""
    keep = [row.file for row in verdict.keep]
    remove = [row.file for row in verdict.remove]
    marks.mark_by_rules(library, scope, keep, remove, _new_keepers(library, verdict))


def _new_keepers(library: Library, verdict: Verdict) -> dict[int, int]:
    """Return for groups whose keeper goes the file that takes its place."""
    kept = {row.file for row in verdict.keep}
    removed = {row.file for row in verdict.remove}
    groups = {row.group for row in verdict.remove if row.compared_with is None}
    found: dict[int, int] = {}
    for group, rows in browse.file_rows(library, sorted(groups)).items():
        left = [row.file for row in rows if row.file not in removed]
        if left:
            found[group] = next((file for file in left if file in kept), left[0])
    return found
