"""Finds out what became of a file when the program ended in the middle of an action. Clears away half-done pieces.

Asks the disk, never memory: an entry is done, was not done, or cannot be told. Removes only names that this program
gave, and only when the file itself is safe.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from dedupe_app.records import ActionKind, ActionState, Problem
from dedupe_app.review import trash
from dedupe_app.review.held import holds, is_away, is_same_file, may_be_away
from dedupe_app.review.moving import aside_of, drop_piece, is_taken_name, rename_new

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from dedupe_app.records import JournalEntry
    from dedupe_app.review.held import LeftAlone

_NOT_TURN = "The program ended before this file's turn; it was not touched."
_LOST = "The program ended in the middle: it is not where it was, and was not found again."
_OTHER = "The program ended in the middle: another file is there now."
_SYSTEM = "The program ended in the middle: look for it in the trash."


def settle_all(entries: Sequence[JournalEntry]) -> list[JournalEntry]:
    """Return those of the entries that broke off, in their order, of which is known now what became of them."""
    turns = {entry.batch: entry for entry in reversed(entries) if entry.target is None}
    for entry in turns.values():
        if entry.kind is ActionKind.TRASH:
            trash.forget_all(entry.path)  # its name there was taken before the journal knew of it
    return [now for entry in entries if (now := settle(entry)) != entry]


def settle(entry: JournalEntry) -> JournalEntry:
    """Return the entry with what is true of it now; as it is while nobody can tell: its drive is not there."""
    if entry.target is None:
        return _not_done(entry)  # nothing is done to a file before the journal knows where it goes
    if is_away(entry.path.parent, entry.device):
        return entry
    if entry.kind in (ActionKind.LINK, ActionKind.CLONE):
        return _settle_in_place(entry)
    if entry.kind is ActionKind.DELETE:
        _bring_back(entry, aside_of(entry.path, "removed"))
    else:
        _bring_back(entry, aside_of(entry.path, "moved"))
        if _is_out_of_sight(entry):
            return entry
        _drop(aside_of(entry.target, "part"))
    if holds(entry.path, entry.sha256, entry.size_bytes):
        return _not_done(entry)
    if os.path.lexists(entry.path):
        return _unknown(entry, Problem.CHANGED, _OTHER)
    return _settle_gone(entry)


def settle_left(entry: JournalEntry, left: LeftAlone) -> JournalEntry:
    """Return the entry of a file that was left alone, unless it was done although the system said no."""
    told = replace(
        entry,
        state=ActionState.FAILED,
        target=None,
        problem=left.problem,
        message=left.detail,
    )
    if entry.target is None:
        return told
    settled = settle(entry)
    if settled.state is ActionState.PLANNED:  # the drive went in the middle: told when it is back
        return replace(settled, problem=left.problem, message=left.detail)
    # A deleted file leaves no trace: that it is not there does not say that it was removed here.
    is_sure = settled.state is ActionState.DONE and entry.kind is not ActionKind.DELETE
    return settled if is_sure else told


def _settle_gone(entry: JournalEntry) -> JournalEntry:
    """Say what became of a file that is not where it was."""
    found: Path | None = None
    if entry.kind is ActionKind.DELETE:
        return _done(entry, None)
    if entry.kind is ActionKind.TRASH:
        if not trash.has_own_trash():
            return _unknown(entry, Problem.GONE, _SYSTEM)
        found = trash.find_again(entry.path, entry.sha256, entry.size_bytes, entry.target)
    elif entry.target and holds(entry.target, entry.sha256, entry.size_bytes):
        found = entry.target
    if found:
        return _done(entry, found)
    return _unknown(entry, Problem.GONE, _LOST)


def _settle_in_place(entry: JournalEntry) -> JournalEntry:
    """Tell whether a file was replaced by a link or a clone, by its inode; drop what is left of the other one."""
    aside = aside_of(entry.path, entry.kind.value)
    try:
        now = entry.path.lstat()
    except OSError:
        return _unknown(entry, Problem.GONE, _LOST)
    if now.st_ino == entry.inode:
        _drop(aside)
        return _not_done(entry)
    if not holds(entry.path, entry.sha256, entry.size_bytes):
        return _unknown(entry, Problem.CHANGED, _OTHER)
    drop_piece(aside, entry)
    return _done(entry, entry.path)


def _is_out_of_sight(entry: JournalEntry) -> bool:
    """Tell whether a file may lie where it was moved to, on a drive that is not there."""
    if entry.kind is not ActionKind.MOVE or entry.target is None or os.path.lexists(entry.path):
        return False
    return may_be_away(entry.target.parent, entry.target_device)


def _bring_back(entry: JournalEntry, aside: Path) -> None:
    """Give a file that was about to go its name back, unless it is safe elsewhere or the name is taken."""
    if not holds(aside, entry.sha256, entry.size_bytes):
        _drop_empty(aside, entry)
        return
    carried = (
        entry.kind in (ActionKind.MOVE, ActionKind.TRASH)
        and entry.target is not None
        and holds(entry.target, entry.sha256, entry.size_bytes)
    )
    with suppress(OSError):
        if carried:
            aside.unlink()
        else:
            _drop_empty(entry.path, entry)  # by which this has taken the name before it broke off
            rename_new(aside, entry.path)


def _not_done(entry: JournalEntry) -> JournalEntry:
    """Clear away what was prepared for a file that stayed where it was."""
    own_trash = entry.kind is ActionKind.TRASH and trash.has_own_trash()
    if entry.target and (own_trash or entry.kind is ActionKind.MOVE):
        _drop_empty(entry.target, entry)
        _drop_copy(entry.target, entry)
    if entry.target and own_trash:
        trash.forget(entry.target)
    return replace(
        entry,
        state=ActionState.FAILED,
        problem=Problem.STOPPED,
        message=_NOT_TURN,
        target=None,
    )


def _done(entry: JournalEntry, target: Path | None) -> JournalEntry:
    # What was said of it while nobody could tell is no more.
    return replace(entry, state=ActionState.DONE, target=target, problem=None, message="")


def _unknown(entry: JournalEntry, problem: Problem, message: str) -> JournalEntry:
    return replace(entry, state=ActionState.UNKNOWN, problem=problem, message=message)


def _drop_empty(path: Path, entry: JournalEntry) -> None:
    """Remove the empty file by which a name was taken for another, where names cannot be given in one step."""
    with suppress(OSError):
        if entry.size_bytes and is_taken_name(path):
            path.unlink()


def _drop_copy(path: Path, entry: JournalEntry) -> None:
    """Remove the copy that was made on another drive for a file that stayed where it was; it has its time, too."""
    with suppress(OSError):
        copy, own = path.lstat(), entry.path.lstat()
        if copy.st_mtime_ns == own.st_mtime_ns and not is_same_file(copy, own):
            drop_piece(path, entry)


def _drop(path: Path) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)
