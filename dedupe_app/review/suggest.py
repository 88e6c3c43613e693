"""Suggests which file of a group to keep and which copies to remove. Decides and deletes nothing.

The same members give the same suggestion in whatever order they come.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from dedupe_app.records import SAME_TEXTS, Decision, KeeperChoice, Relation, Role

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dedupe_app.records import Member

# Best first, formats on one line are equal: what can still be edited, then what is laid out for
# reading, then bare text and data. Formats that are not listed come last.
FORMAT_ORDER: tuple[tuple[str, ...], ...] = (
    ("docx",),
    ("odt",),
    ("doc",),
    ("rtf",),
    ("pptx",),
    ("ppt",),
    ("xlsx",),
    ("xls",),
    ("odp",),
    ("ods",),
    ("md", "markdown"),
    ("tex", "latex"),
    ("rst",),
    ("epub",),
    ("html", "htm", "xhtml"),
    ("pdf",),
    ("eml",),
    ("msg",),
    ("txt", "text"),
    ("csv", "tsv"),
    ("json", "jsonl"),
    ("yaml", "yml"),
    ("xml",),
    ("code", "py", "c", "h", "cpp", "cs", "go", "java", "js", "ts", "rb", "rs", "sh", "sql"),
)
_RANKS = {name: rank for rank, names in enumerate(FORMAT_ORDER) for name in names}


def choose_keeper(members: Sequence[Member]) -> KeeperChoice:
    """Choose the file to keep; the reason is the rule that left only this one.

    Raises:
        ValueError: There are no members.
    """
    return _first_alone(members, (_PROTECTED, _NEWEST, _LONGEST, _BEST_FORMAT, _SHORTEST_PATH))


def choose_container(members: Sequence[Member]) -> KeeperChoice:
    """Choose the file that holds the others: the longest text, protected or not; of several, a protected one.

    Raises:
        ValueError: There are no members.
    """
    choice = _first_alone(members, (_LONGEST, _PROTECTED, _NEWEST, _BEST_FORMAT, _SHORTEST_PATH))
    return KeeperChoice(choice.member, "holds the others")


def default_decision(relation: Relation | None, role: Role) -> Decision:
    """Return what is marked before a person looks: only copies with the same text go."""
    if role in (Role.KEEPER, Role.PROTECTED):
        return Decision.KEEP
    if relation in SAME_TEXTS:
        return Decision.REMOVE
    return Decision.UNDECIDED


def _first_alone(
    members: Sequence[Member], rules: Sequence[tuple[str, Callable[[Member], int], int]]
) -> KeeperChoice:
    if not members:
        message = "a group without members has no keeper"
        raise ValueError(message)
    if len(members) == 1:
        return KeeperChoice(members[0], "the only file")
    left = list(members)
    for reason, key, slack in rules:
        least = min(key(member) for member in left)
        best = [member for member in left if key(member) <= least + slack]
        if len(best) == 1:
            return KeeperChoice(best[0], _in_words(reason, best[0], left))
        left = best
    return KeeperChoice(min(left, key=lambda member: os.fsencode(member.path)), "first by name")


def _in_words(reason: str, chosen: Member, others: Sequence[Member]) -> str:
    if reason != _BEST_FORMAT[0]:
        return reason
    second = min(
        (member for member in others if member is not chosen),
        key=lambda member: (_format_rank(member), _format_name(member)),
    )
    return f"{reason} ({_format_name(chosen)} before {_format_name(second)})"


def _format_name(member: Member) -> str:
    return member.format.lower().removeprefix(".") or "unknown"


def _format_rank(member: Member) -> int:
    return _RANKS.get(_format_name(member), len(FORMAT_ORDER))


# What decides, the number of which the smallest wins, and how near to it counts as equal.
_PROTECTED = ("in a protected folder", lambda member: not member.protected, 0)
# Files unpacked or copied together are less than a second apart: that makes none the newer one.
_NEWEST = ("newest", lambda member: -member.mtime_ns, 999_999_999)
_LONGEST = ("longest text", lambda member: -member.words, 0)
_BEST_FORMAT = ("best format", _format_rank, 0)
_SHORTEST_PATH = ("shortest path", lambda member: len(str(member.path)), 0)
