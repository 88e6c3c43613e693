"""What the list of groups says in words: cells, tips, and sentences for people who cannot see it. Pure functions."""

from __future__ import annotations

from html import escape
from pathlib import PurePath
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from dedupe_app.records import Decision, GroupRow, Relation, Role
from dedupe_app.ui import formats, theme
from dedupe_app.ui.sentences import in_words, join

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from dedupe_app.records import FileRow

NOTHING = "\u2014"
_LONGEST_SUFFIX = 6


def title_text(group: GroupRow) -> str:
    """Return the title of a group: the name of its keeper without the suffix."""
    suffix = PurePath(group.title).suffix
    plain = suffix[1:].isalnum() and suffix[1:2].isalpha() and len(suffix) <= _LONGEST_SUFFIX
    return formats.shown_path(group.title[: -len(suffix)] if plain else group.title)


def summary_text(group: GroupRow) -> str:
    """Return how many files a group has and what its copies take: "4 files · could free 192 KB"."""
    files = QCoreApplication.translate("Groups", "%n file(s)", "", group.files)
    if group.reclaimable_bytes <= 0:
        return files
    frees = QCoreApplication.translate("Groups", "could free {}")
    return f"{files} · {frees.format(formats.size_text(group.reclaimable_bytes))}"


def folder_text(folder: Path, roots: Iterable[Path]) -> str:
    """Return a folder as it is called from the folder that the user added: "Contracts/2024"."""
    above = [root for root in roots if root == folder or root in folder.parents]
    if not above:
        return formats.shown_path(folder)
    root = max(above, key=lambda each: len(each.parts))
    named = PurePath(root.name or str(root)) / folder.relative_to(root)
    return formats.shown_path(str(named))


def similar_text(row: FileRow) -> str:
    """Return how similar a file is to the one that is kept, a dash for that one itself."""
    if row.similarity is None or row.role is Role.KEEPER:
        return NOTHING
    return formats.percent_text(row.similarity)


def mark_text(row: FileRow) -> str:
    """Return what shall happen to a file, in words."""
    if row.role is Role.PROTECTED:
        return QCoreApplication.translate("Groups", "protected")
    return decision_text(row.decision)


def decision_text(decision: Decision) -> str:
    """Return a decision in words."""
    translate = QCoreApplication.translate
    return {
        Decision.KEEP: translate("Groups", "kept"),
        Decision.REMOVE: translate("Groups", "marked to remove"),
        Decision.UNDECIDED: translate("Groups", "undecided"),
    }[decision]


def group_sentence(group: GroupRow, *, is_open: bool) -> str:
    """Say a whole group in one sentence."""
    translate = QCoreApplication.translate
    parts = [
        translate("Groups", "Group {}").format(title_text(group)),
        theme.relation_name(group.relation),
        summary_text(group).replace(" · ", ", "),
        translate("Groups", "{} similar").format(formats.percent_text(group.similarity)),
        translate("Groups", "expanded") if is_open else translate("Groups", "collapsed"),
    ]
    return ", ".join(parts)


def file_sentence(row: FileRow, keeper: str, folder: str, marking: GroupRow | None = None) -> str:
    """Say a whole file in one sentence.

    keeper: the name of the file that it was compared with, "" for none; marking: the group in which it was marked, if
    that is another one.
    """
    translate = QCoreApplication.translate
    role = {
        Role.KEEPER: translate("Groups", "the file to keep"),
        Role.COPY: translate("Groups", "copy"),
        Role.PROTECTED: translate("Groups", "copy in a protected folder"),
    }[row.role]
    parts = [formats.shown_path(row.path.name), role, mark_text(row)]
    if row.role is Role.PROTECTED:
        parts.remove(mark_text(row))
    if marking is not None:
        parts.append(translate("Groups", "marked in the group {}").format(_named(marking)))
    if row.offline:
        parts.append(translate("Groups", "offline"))
    if row.relation and row.role is not Role.KEEPER:
        parts.append(_alike(row.relation, formats.shown_path(keeper)))
    if row.similarity is not None and row.role is not Role.KEEPER:
        parts.append(translate("Groups", "{} similar").format(similar_text(row)))
    in_folder = translate("Groups", "in {}").format(folder)
    return ", ".join([*parts, formats.size_text(row.size_bytes), in_folder])


def mark_tip(row: FileRow, marking: GroupRow | None = None) -> str:
    """Say what shall happen to a file and by whom; `marking`: the group in which it was marked, if another one."""
    translate = QCoreApplication.translate
    mark = mark_text(row)
    if row.role is not Role.PROTECTED and row.decision is not Decision.UNDECIDED:
        by = translate("Groups", "{} by you") if row.decided else translate("Groups", "{} by rule")
        mark = by.format(mark)
    told = translate("Sentences", "{}.").format(mark[:1].upper() + mark[1:])
    if marking is None:
        return told
    where = translate("Groups", "It was marked in another group, {}, not because of this one.")
    return join(told, where.format(_named(marking)))


def file_tip(row: FileRow, marking: GroupRow | None = None) -> str:
    """Return the full path, what shall happen and by whom, and the reason, in lines."""
    translate = QCoreApplication.translate
    lines = [formats.shown_path(row.path), mark_tip(row, marking)]
    if row.reason:
        lines.append(formats.shown_path(in_words(row.reason)))
    if row.offline:
        lines.append(translate("Groups", "Offline: its folder is not there now."))
    return "\n".join(lines)


def group_tip(group: GroupRow) -> str:
    """Return what the badge of a group means."""
    translate = QCoreApplication.translate
    return {
        Relation.IDENTICAL: translate("Groups", "All files of this group have the same bytes."),
        Relation.SAME_TEXT: translate(
            "Groups",
            "The same words in other files: another format, other line breaks or letter case.",
        ),
        Relation.REVISION: translate("Groups", "Mostly the same words: drafts and revisions."),
        Relation.CONTAINED: translate("Groups", "One file holds all, or nearly all, of the other."),
        Relation.SAME_TEMPLATE: translate(
            "Groups", "The same wording with other figures, dates or names: different documents."
        ),
        Relation.SAME_MEANING: translate(
            "Groups", "The same said in other words, such as a translation."
        ),
    }[group.relation]


def as_tip(text: str) -> str:
    """Return a text as a tip that shows it as it is: a name that looks like markup is not taken for it."""
    return f"<qt>{escape(text).replace(chr(10), '<br>')}</qt>" if "<" in text else text


def _named(group: GroupRow) -> str:
    named = QCoreApplication.translate("Groups", "“{title}” ({relation})")
    return named.format(title=title_text(group), relation=theme.relation_name(group.relation))


def _alike(relation: Relation, keeper: str) -> str:
    translate = QCoreApplication.translate
    if not keeper:
        return theme.relation_name(relation)
    return {
        Relation.IDENTICAL: translate("Groups", "identical to {}"),
        Relation.SAME_TEXT: translate("Groups", "same text as {}"),
        Relation.REVISION: translate("Groups", "revision of {}"),
        Relation.CONTAINED: translate("Groups", "one of {} and this file holds the other"),
        Relation.SAME_TEMPLATE: translate("Groups", "same template as {}"),
        Relation.SAME_MEANING: translate("Groups", "same meaning as {}"),
    }[relation].format(keeper)
