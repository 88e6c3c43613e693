"""Decides where the engine process runs, and starts it: from the program itself, or in the environment for the card.

A process in the environment that does not get ready, or ends by itself twice, is followed by one of the program itself.
"""

from __future__ import annotations

import logging
import multiprocessing
from typing import TYPE_CHECKING

from dedupe_app.engine import wire
from dedupe_app.engine.messages import EngineOptions, Failed, Ready
from dedupe_app.errors import CardError
from dedupe_app.runtime import launch, places
from dedupe_app.runtime.places import State

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess
    from pathlib import Path

    from dedupe_app.engine.messages import EngineEvent

    Serve = Callable[[Connection, EngineOptions], None]
    Started = tuple[Connection, SpawnProcess | wire.ForeignProcess]

logger = logging.getLogger(__name__)

_CODE = "from dedupe_app.engine.on_card import main; main()"
_MOST_CRASHES = 2
_UNUSED = "The graphics card is not used."
_UNUSED_HINT = "The engine does not start there; models run on the processor until the program is started again."


def runs_on_card(embedder: str) -> bool:
    """Tell whether an embedder computes here, so that a graphics card would help."""
    return embedder != "lexical" and not embedder.startswith("server:")


class Launcher:
    """Starts engine processes, and remembers how the environment for the card behaved."""

    def __init__(self, root: Path | None = None) -> None:
        """Look below `root` for the environment; without one: where it is kept for this user."""
        self._root = root
        self._barred = False
        self._is_ready = False
        self._told = False
        self._crashes = 0
        self.is_on_card = False

    def start(self, serve: Serve, options: EngineOptions) -> Started:
        """Start a process that does what `serve` does; return our end of its pipe, and the process."""
        self._is_ready = self._told = False
        self.is_on_card = self._wants_card(options)
        if self.is_on_card:
            try:
                return self._start_on_card(options)
            except (OSError, CardError) as error:
                logger.warning("The engine cannot be started for the graphics card: %s", error)
                self._barred, self.is_on_card = True, False
        context = multiprocessing.get_context("spawn")
        pipe, theirs = context.Pipe()
        process = context.Process(target=serve, args=(theirs, options), name="dedupe-app engine")
        process.start()
        theirs.close()
        return pipe, process

    def note(self, event: EngineEvent) -> None:
        """Look at what the process says."""
        if isinstance(event, Ready):
            self._is_ready = True
            if self.is_on_card:
                places.forget_trouble(self._place())
        elif (
            isinstance(event, Failed)
            and event.command is None
            and self.is_on_card
            and not self._is_ready
        ):
            # It says itself why it does not work there.
            self._told = not event.fatal
            if self._told:
                places.note_trouble(self._place(), event.title, event.hint)

    def is_misplaced(self, options: EngineOptions) -> bool:
        """Tell whether the process should run elsewhere with these options; reads a few small files."""
        return self._wants_card(options) != self.is_on_card

    def let_try_again(self) -> None:
        """Forget that the environment did not work: it was made anew."""
        self._barred, self._crashes = False, 0

    def took_the_card_away(self) -> tuple[bool, Failed | None]:
        """Tell, after a process ended by itself, whether the next one runs elsewhere, and what people are told."""
        if not self.is_on_card:
            return False, None
        self._crashes += 1
        if self._is_ready and self._crashes < _MOST_CRASHES:
            return False, None
        self._barred = True
        if self._told:
            return True, None
        places.note_trouble(self._place(), _UNUSED, _UNUSED_HINT)
        return True, Failed(None, _UNUSED, _UNUSED_HINT)

    def _place(self) -> Path:
        return self._root or places.root_folder()

    def _wants_card(self, options: EngineOptions) -> bool:
        if self._barred or launch.is_inside() or not runs_on_card(options.embedder):
            return False
        return places.find(self._place()).state is State.READY

    def _start_on_card(self, options: EngineOptions) -> Started:
        root = self._place()
        manifest = places.find(root).manifest
        if manifest is None:
            raise CardError("There is no environment for the graphics card.")
        command = launch.command(root / manifest.folder, _CODE)
        pipe, process = wire.start(command, launch.variables(root))
        try:
            pipe.send(options)
        except OSError:
            logger.warning("The engine for the graphics card ended at once")
        return pipe, process
