"""Takes back what the journal says was done to a file: bytes, name, and what belongs to it. Never overwrites.

Where the file itself is no more, it is made anew from a copy with the very same bytes, if one is still there.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from dedupe_app.records import ActionKind, Problem
from dedupe_app.review import trash
from dedupe_app.review.copying import copy_held
from dedupe_app.review.facts import BY_DESCRIPTOR, facts_in, set_facts
from dedupe_app.review.held import (
    LeftAlone,
    hold,
    holds,
    is_away,
    may_be_away,
    plain_errors,
)
from dedupe_app.review.moving import (
    aside_of,
    drop_piece,
    is_taken_name,
    move_held,
    rename_new,
    replace_held,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from dedupe_app.records import JournalEntry
    from dedupe_app.review.held import Held


_IN_PLACE = frozenset({ActionKind.LINK, ActionKind.CLONE})
_NOT_SET = "It is back; its date or permissions could not be set: {}."


def take_back(entry: JournalEntry) -> str:
    """Put one file back as it was; return what is worth knowing about it, "" if nothing.

    Raises:
        LeftAlone: nothing was done, and why.
    """
    if entry.kind in _IN_PLACE:
        return _part(entry)
    if os.path.lexists(entry.path):
        if holds(entry.path, entry.sha256, entry.size_bytes):
            _tidy(entry)
            return _restore_there(entry) or "It was back already."
        if not _is_only_a_name(entry):
            raise LeftAlone(Problem.IN_THE_WAY)
    _make_way(entry)
    source = _find(entry)
    if source is None:
        return _make_anew(entry)
    with hold(source, entry.sha256, entry.size_bytes) as held:
        _free_name(entry)
        move_held(held, entry.path)
        told = _restore_facts(held, entry) if held.is_at(entry.path) else None
    if entry.kind is ActionKind.TRASH:
        trash.forget(source)
    return _restore_there(entry) if told is None else told


def may_work_now(entry: JournalEntry) -> bool:
    """Tell whether what stood against taking an entry back the last time is no more, as far as a look tells."""
    if entry.problem is Problem.IN_THE_WAY:
        return not os.path.lexists(entry.path)
    if entry.problem is Problem.MISSING:
        source = _source(entry)
        is_there = source is not None and os.path.lexists(source)
        return is_there and next(_away(entry), None) is None
    return entry.problem is None


def _source(entry: JournalEntry) -> Path | None:
    """Return what an entry is taken back from, as far as it says so."""
    if entry.kind is ActionKind.DELETE:
        return entry.kept
    return entry.path if entry.kind in _IN_PLACE else entry.target


def _away(entry: JournalEntry) -> Iterator[Path]:
    """Yield the folders that an entry needs to be taken back, and that are on drives which are not there."""
    if is_away(entry.path.parent, entry.device):
        yield entry.path.parent  # a trash that is not that of the home is on the same drive
    device = {ActionKind.MOVE: entry.target_device, ActionKind.DELETE: entry.kept_device}
    source = _source(entry)
    if entry.kind in device and source and may_be_away(source.parent, device[entry.kind]):
        yield source.parent


def _find(entry: JournalEntry) -> Path | None:
    """Return where the file lies now, None if it is no more."""
    if entry.kind is ActionKind.TRASH:
        found = trash.find_again(entry.path, entry.sha256, entry.size_bytes, entry.target)
        if found is None:
            _demand_drive(entry)
        return found
    if entry.kind is ActionKind.DELETE or entry.target is None:
        return None
    if not os.path.lexists(entry.target):
        _demand_drive(entry)
        return None
    if not holds(entry.target, entry.sha256, entry.size_bytes):
        raise LeftAlone(Problem.CHANGED, f"It was changed since in {entry.target.parent}")
    return entry.target


def _make_anew(entry: JournalEntry) -> str:
    """Copy the bytes of the copy that stayed, if they are the same."""
    if entry.kept is None or entry.kept_sha256 != entry.sha256:
        raise LeftAlone(Problem.GONE)
    part = aside_of(entry.path, "part")
    try:
        with hold(entry.kept, entry.sha256, entry.size_bytes) as held, plain_errors():
            part.unlink(missing_ok=True)
            missed = copy_held(held, part, facts_in(entry))
            try:
                _free_name(entry)
                rename_new(part, entry.path)
            except BaseException:
                part.unlink()
                raise
    except LeftAlone as left:
        if left.problem is Problem.MISSING and entry.kind is ActionKind.DELETE:
            _demand_drive(entry)
        if left.problem in (Problem.MISSING, Problem.CHANGED, Problem.NOT_PLAIN):
            raise LeftAlone(Problem.GONE) from left
        raise
    if missed:
        return f"Made anew from the copy that stayed; these could not be set: {', '.join(missed)}."
    return "Made anew from the copy that stayed: the file itself was no longer there."


def _part(entry: JournalEntry) -> str:
    """Give a linked file bytes of its own again."""
    if not os.path.lexists(entry.path):
        _demand_drive(entry)
        raise LeftAlone(Problem.GONE)
    with hold(entry.path, entry.sha256, entry.size_bytes) as held:
        if entry.kind is ActionKind.CLONE or held.status.st_nlink == 1:
            drop_piece(aside_of(entry.path, "link"), entry)
            return _restore_facts(held, entry) or "It was a file of its own already."
        aside = aside_of(entry.path, "link")
        with plain_errors():
            aside.unlink(missing_ok=True)
        missed = copy_held(held, aside, facts_in(entry))
        replace_held(held, aside)
    return _what_is_missing(missed)


def _restore_there(entry: JournalEntry) -> str:
    """Open a file that is back by its name, and give it what belongs to it."""
    try:
        with hold(entry.path, entry.sha256, entry.size_bytes) as held:
            return _restore_facts(held, entry)
    except LeftAlone as left:
        return _NOT_SET.format(left.detail or left.problem.value)


def _restore_facts(held: Held, entry: JournalEntry) -> str:
    """Give a held file what belongs to it: itself, not what its name may lead to by then."""
    by_itself = BY_DESCRIPTOR and held.descriptor >= 0
    try:
        missed = set_facts(held.descriptor if by_itself else entry.path, facts_in(entry))
    except OSError as error:
        return _NOT_SET.format(error.strerror)
    return _what_is_missing(missed)


def _what_is_missing(missed: Sequence[str]) -> str:
    return f"It is back; these could not be set: {', '.join(missed)}." if missed else ""


def _tidy(entry: JournalEntry) -> None:
    """Clear away what an undo that broke off has left; another whole copy stays where it is."""
    if entry.target is None:
        return
    drop_piece(aside_of(entry.target, "moved"), entry)
    if entry.kind is ActionKind.TRASH:
        trash.forget(entry.target)


def _is_only_a_name(entry: JournalEntry) -> bool:
    """Tell whether the name is but taken: an undo that broke off leaves it where no name can be given in one step."""
    return bool(entry.size_bytes) and is_taken_name(entry.path)


def _free_name(entry: JournalEntry) -> None:
    with plain_errors():
        if _is_only_a_name(entry):
            entry.path.unlink()


def _demand_drive(entry: JournalEntry) -> None:
    """Say so if what is looked for may be on a drive that is not there: nobody knows that it is gone."""
    for folder in _away(entry):
        raise LeftAlone(Problem.MISSING, f"The drive of {folder} is not there")


def _make_way(entry: JournalEntry) -> None:
    """Make the folder of a file again if it went, but not on another drive in place of one that is not there."""
    folder = entry.path.parent
    if os.path.isdir(folder):  # no error where the drive does not answer  # noqa: PTH112
        return
    if is_away(folder, entry.device):
        raise LeftAlone(Problem.MISSING, f"The drive of {folder} is not there")
    with plain_errors():
        folder.mkdir(parents=True, exist_ok=True)
