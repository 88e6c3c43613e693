"""Keeps the journal true while files are acted on: written before each, after each, and settled when it breaks off.

Nothing is done to a file before its entry, with where it goes, is on the disk.
"""

from __future__ import annotations

import logging
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from dedupe_app.errors import DedupeError
from dedupe_app.records import ActionKind, ActionState, JournalEntry, Problem
from dedupe_app.review.actions import Deed, perform
from dedupe_app.review.facts import read_attached
from dedupe_app.review.held import LeftAlone, device_of
from dedupe_app.review.moving import sync_folder
from dedupe_app.review.settle import settle, settle_left
from dedupe_app.review.undo import take_back
from dedupe_app.signals import held_back
from dedupe_app.store import folders, journal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from dedupe_app.records import PlanItem
    from dedupe_app.store.library import Library

logger = logging.getLogger(__name__)

_STOPPED = "Stopped before this file's turn."
_MOST_UNWRITTEN = 100


class Ledger:
    """The entries of one action while it runs; `entries` always says what is known of each."""

    def __init__(self, library: Library, entries: Sequence[JournalEntry]) -> None:
        """Take entries that are in the journal already."""
        self._library = library
        self.entries = list(entries)
        self._unwritten: dict[int, JournalEntry] = {}
        self._touched: set[Path] = set()

    def paths(self) -> frozenset[Path]:
        """Return where files went from and where they went to."""
        return frozenset(self._touched)

    def act(self, index: int, item: PlanItem, deed: Deed) -> None:
        """Do it to one file, and note what became of it. Raises LibraryError: the journal cannot be written."""
        deed = replace(deed, protected=folders.protected_folders(self._library))
        with ExitStack() as shield:
            try:
                target = perform(item, deed, partial(self._intend, shield, index, item))
            except LeftAlone as left:
                self._note(index, settle_left(self.entries[index], left))
            except DedupeError:
                raise
            except Exception:
                # The boundary of one file: whatever happened, the others have their turn, and the disk tells the truth.
                logger.exception("A file could not be acted on")
                self._note(index, settle(self.entries[index]))
            else:
                self._settled(index, ActionState.DONE, target)

    def undo(self, index: int) -> None:
        """Take one entry back, and note it. Raises LibraryError: the journal cannot be written."""
        entry = self.entries[index]
        with held_back("SIGUSR1"):
            self._touch(entry.path, entry.target)
            try:
                message = take_back(entry)
            except LeftAlone as left:
                self._settled(index, ActionState.DONE, entry.target, left.problem, left.detail)
            except Exception:
                # The boundary of one file, as in act(): undoing it again later finds out how far this came.
                logger.exception("A file could not be brought back")
                self._settled(index, ActionState.DONE, entry.target, Problem.FAILED)
            else:
                self._settled(index, ActionState.UNDONE, None, None, message)

    def flush(self) -> None:
        """Write down all that is known."""
        unwritten, self._unwritten = list(self._unwritten.values()), {}
        # What is said to be back must be: on some drives the names of others could still be lost with the power.
        for folder in {each.path.parent for each in unwritten if each.state is ActionState.UNDONE}:
            sync_folder(folder)
        if unwritten:
            journal.note(self._library, unwritten)

    def close(self) -> None:
        """Find out what became of the file whose turn it was, if it broke off; the others were not touched."""
        with held_back("SIGUSR1"):
            for index, entry in enumerate(self.entries):
                if entry.state is not ActionState.PLANNED:
                    continue
                if entry.target is None:
                    self._settled(index, ActionState.FAILED, None, Problem.STOPPED, _STOPPED)
                else:
                    self._note(index, settle(entry))
            self.flush()

    def _intend(
        self, shield: ExitStack, index: int, item: PlanItem, target: Path, kept: Path | None
    ) -> None:
        """Write down where a file goes, and let nothing interrupt from here until that is done."""
        shield.enter_context(held_back("SIGUSR1"))
        standby = next((each for each in item.kept if each.path == kept), None)
        entry = replace(
            self.entries[index],
            target=target,
            kept=kept,
            kept_sha256=standby.sha256 if standby else "",
            mode=_mode_of(item.path),
            attached=read_attached(item.path),
            target_device=device_of(target.parent),
            kept_device=device_of(kept),
        )
        self._note(index, entry)
        self._touch(item.path, target if entry.kind is ActionKind.MOVE else None)
        self.flush()

    def _settled(
        self,
        index: int,
        state: ActionState,
        target: Path | None,
        problem: Problem | None = None,
        message: str = "",
    ) -> None:
        entry = replace(
            self.entries[index], state=state, target=target, problem=problem, message=message
        )
        self._note(index, entry)

    def _note(self, index: int, entry: JournalEntry) -> None:
        # Written with the next one: should the program end before that, settle() says the same.
        self.entries[index] = entry
        self._unwritten[index] = entry
        if len(self._unwritten) >= _MOST_UNWRITTEN:
            self.flush()

    def _touch(self, path: Path, target: Path | None) -> None:
        self._touched.add(path)
        if target is not None:
            self._touched.add(target)


def _mode_of(path: Path) -> int:
    try:
        return path.lstat().st_mode
    except OSError:
        return 0  # it went in this moment: what follows says so
