"""Does one planned thing to one file, after checking everything again. Removes no last copy, touches nothing protected.

Whatever does not go as expected leaves the file as it is, with a reason. A copy that stays is read in full first; the
name of the file is given away in one step, and then it is checked that it was the file that had been read.
"""

from __future__ import annotations

import errno
import os
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dedupe_app.records import ActionKind, Problem
from dedupe_app.review import trash
from dedupe_app.review.clone import clone_file
from dedupe_app.review.guard import is_guarded
from dedupe_app.review.held import Held, LeftAlone, hold, is_same_file, plain_errors
from dedupe_app.review.moving import aside_of, move_held, remove_held, replace_held
from dedupe_app.review.plan import problem_of, standbys

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from pathlib import Path

    from dedupe_app.records import PlanItem

    # Told right before the step that shows: where the file is going, and which copy stays.
    Intend = Callable[[Path, Path | None], None]

_MOST_NAMES = 1000
# What drives say that have no links, or no more of them for one file.
_NO_LINKS = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK})


@dataclass(frozen=True, slots=True)
class Deed:
    """What to do with the files of a plan. `folder`: where MOVE puts them. `protected`: folders never touched.

    `last_copies`: files that may go although no copy of them stays.
    """

    kind: ActionKind
    folder: Path | None = None
    protected: Sequence[Path] = ()
    last_copies: Collection[Path] = ()


@dataclass(frozen=True, slots=True)
class _Task:
    """One file that is about to be changed: it and the copy that stays are open and read."""

    item: PlanItem
    deed: Deed
    own: Held
    kept: Held | None
    intend: Intend

    def announce(self, target: Path) -> None:
        """Tell what comes now, then look once more at all that it depends on."""
        self.intend(target, self.kept.path if self.kept else None)
        if is_guarded(self.item.path, self.deed.protected):
            raise LeftAlone(Problem.PROTECTED)
        if self.kept:
            try:
                self.kept.check()
            except LeftAlone as lost:
                raise LeftAlone(Problem.KEPT_LOST, lost.detail) from lost

    def be_sure(self) -> None:
        """Make sure that the copy that stays did not go with the file.

        Some drives give one file two names (other letters, another mount) and each of them another number.
        """
        if self.kept and not self.kept.is_still_there():
            raise LeftAlone(Problem.SAME_FILE)

    def kept_file(self) -> Held:
        """Return the copy that stays, without which nothing can be done."""
        if self.kept is None:
            raise LeftAlone(Problem.LAST_COPY)
        return self.kept


def perform(item: PlanItem, deed: Deed, intend: Intend) -> Path | None:
    """Do it, and return where the file is now, None if the system keeps that to itself or it is no more.

    `intend` is told each time before something can be seen on the disk; what it raises stops everything.

    Raises:
        LeftAlone: the file is as it was.
    """
    problem = problem_of(item, deed.kind, deed.last_copies)
    if problem:
        raise LeftAlone(problem)
    with ExitStack() as stack:
        kept = _hold_standby(stack, item, deed)
        own = stack.enter_context(hold(item.path, item.sha256, item.size_bytes, item.mtime_ns))
        if kept and is_same_file(kept.status, own.status):
            raise LeftAlone(Problem.SAME_FILE)
        return _DEEDS[deed.kind](_Task(item, deed, own, kept, intend))


def _hold_standby(stack: ExitStack, item: PlanItem, deed: Deed) -> Held | None:
    """Open and read the first copy that stays which is as it was; None only where it was agreed that none stays."""
    with plain_errors():
        status = item.path.lstat()
    for standby in standbys(item, deed.kind):
        if trash.is_in_trash(standby.path):
            continue  # it is gone as soon as the trash is emptied
        with suppress(LeftAlone):
            opened = hold(standby.path, standby.sha256, standby.size_bytes)
            held = stack.enter_context(opened)
            if not is_same_file(held.status, status):
                return held
    if item.problem is Problem.LAST_COPY and not item.kept:
        return None  # problem_of() let it pass: each such file was confirmed
    raise LeftAlone(Problem.KEPT_LOST)


def _to_trash(task: _Task) -> Path | None:
    if not trash.has_own_trash():
        _to_system_trash(task)
        return None
    with plain_errors():
        place = trash.find_trash(task.item.path)
        target = trash.reserve(place, task.item.path)
    try:
        task.announce(target)
        move_held(task.own, target, task.be_sure)
    except BaseException:
        trash.forget(target)
        raise
    return target


def _to_system_trash(task: _Task) -> None:
    from send2trash import send2trash  # only where it is needed

    task.announce(task.item.path)  # the system does not tell where it puts it
    task.own.let_go()
    task.own.check()
    with plain_errors():
        send2trash(os.fspath(task.item.path))
    if os.path.lexists(task.item.path):
        raise LeftAlone(Problem.NO_TRASH)


def _to_folder(task: _Task) -> Path:
    item, folder = task.item, task.deed.folder
    if folder is None:
        raise LeftAlone(Problem.NOT_POSSIBLE, "No folder was chosen")
    wanted = folder / item.root.name / item.path.relative_to(item.root)
    if is_guarded(wanted, task.deed.protected):
        raise LeftAlone(Problem.PROTECTED, "The chosen folder is protected")
    _make_folders(folder, wanted.parent)
    with plain_errors():
        if os.path.samestat(wanted.parent.stat(), item.path.parent.stat()):
            raise LeftAlone(Problem.NOT_POSSIBLE, "It is in this folder already")
    for number in range(1, _MOST_NAMES):
        name = wanted.name if number == 1 else f"{wanted.stem} ({number}){wanted.suffix}"
        target = wanted.with_name(name)
        if os.path.lexists(target):
            continue
        task.announce(target)
        try:
            move_held(task.own, target, task.be_sure)
        except LeftAlone as left:
            if left.problem is not Problem.IN_THE_WAY:
                raise
            continue
        return target
    raise LeftAlone(Problem.IN_THE_WAY)


def _make_folders(folder: Path, wanted: Path) -> None:
    """Make the folders below the chosen one; never that one: it would be hidden by its drive, once that is back."""
    if not folder.is_dir():
        raise LeftAlone(Problem.NOT_POSSIBLE, "The chosen folder is not there")
    with plain_errors():
        for part in reversed([wanted, *wanted.parents]):
            if part.is_relative_to(folder) and part != folder:
                part.mkdir(exist_ok=True)


def _to_nothing(task: _Task) -> None:
    task.kept_file()
    aside = aside_of(task.item.path, "removed")
    task.announce(aside)
    remove_held(task.own, aside, task.be_sure)


def _to_link(task: _Task) -> Path:
    kept, aside = task.kept_file(), aside_of(task.item.path, "link")
    if is_guarded(kept.path, task.deed.protected):
        raise LeftAlone(Problem.KEPT_PROTECTED)
    task.announce(aside)
    with plain_errors():
        try:
            os.link(kept.path, aside)
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            raise LeftAlone(Problem.NOT_POSSIBLE, error.strerror or "") from error
        if not kept.is_at(aside):
            aside.unlink()
            raise LeftAlone(Problem.KEPT_LOST)
    replace_held(task.own, aside)
    return task.item.path


def _to_clone(task: _Task) -> Path:
    aside = aside_of(task.item.path, "clone")
    task.announce(aside)
    clone_file(task.kept_file(), task.own, aside)
    replace_held(task.own, aside)
    return task.item.path


_DEEDS: dict[ActionKind, Callable[[_Task], Path | None]] = {
    ActionKind.TRASH: _to_trash,
    ActionKind.MOVE: _to_folder,
    ActionKind.DELETE: _to_nothing,
    ActionKind.LINK: _to_link,
    ActionKind.CLONE: _to_clone,
}
