"""The commands that wait in the engine, and whether to stand still, give up or end. Does no work itself.

Any thread may put commands in; one thread, the worker, takes them out.
"""

from __future__ import annotations

import threading
from collections import deque

from dedupe_app.engine.messages import Cancel, Command, Pause, Resume, Scan, Shutdown

_MOST_PATHS = 20_000


class Inbox:
    """Commands in the order in which they came; Pause, Resume, Cancel and Shutdown hold at once."""

    def __init__(self) -> None:
        """Begin with nothing to do."""
        self._changed = threading.Condition()
        self._waiting: deque[Command] = deque()
        self._dropped: list[Command] = []
        self._look: Scan | None = None
        self._news = False
        self._paused = False
        self._giving_up = False
        self._ended = False

    @property
    def paused(self) -> bool:
        """Tell whether nothing is to be done for now."""
        return self._paused

    @property
    def giving_up(self) -> bool:
        """Tell whether the running command is to be given up."""
        return self._giving_up

    @property
    def ended(self) -> bool:
        """Tell whether no more commands are to be done."""
        return self._ended

    def put(self, command: Command) -> None:
        """Add a command, or do what Pause, Resume, Cancel or Shutdown says."""
        with self._changed:
            if isinstance(command, Pause):
                self._paused = True
            elif isinstance(command, Resume):
                self._paused = False
            elif isinstance(command, Cancel | Shutdown):
                self._give_up()
                self._ended = self._ended or isinstance(command, Shutdown)
            else:
                self._waiting.append(command)
                if self._ended:
                    self._give_up()
            self._news = True
            self._changed.notify_all()

    def put_once(self, command: Command) -> None:
        """Add a command of the engine's own unless it waits already; what is to be looked at is put together."""
        with self._changed:
            if command in self._waiting or (isinstance(command, Scan) and Scan() in self._waiting):
                return
            if isinstance(command, Scan) and self._look is not None:
                place = next(
                    (at for at, each in enumerate(self._waiting) if each is self._look), -1
                )
                if place >= 0:
                    self._look = self._waiting[place] = _together(self._look, command)
                    return
        if isinstance(command, Scan):
            self._look = command
        self.put(command)

    def waits(self, kind: type[Command]) -> bool:
        """Tell whether a command of some kind waits."""
        with self._changed:
            return any(isinstance(command, kind) for command in self._waiting)

    def take(self) -> Command | None:
        """Wait until something changes; return the next command, None if there is only news to be told."""
        with self._changed:
            self._changed.wait_for(lambda: self._news or (self._waiting and not self._paused))
            self._news = False
            self._giving_up = self._ended
            if self._ended or self._paused or not self._waiting:
                return None
            return self._waiting.popleft()

    def take_waiting(self, kind: type[Command]) -> Command | None:
        """Return the first command of a kind that waits, out of turn; None if there is none."""
        with self._changed:
            found = next((command for command in self._waiting if isinstance(command, kind)), None)
            if found is not None:
                self._waiting.remove(found)
            return found

    def take_dropped(self) -> list[Command]:
        """Return the waiting commands that were given up since the last call."""
        with self._changed:
            dropped, self._dropped = self._dropped, []
            return dropped

    def stand_still(self) -> None:
        """Wait until the pause is over, or the running command is to be given up."""
        with self._changed:
            self._changed.wait_for(lambda: not self._paused or self._giving_up)

    def _give_up(self) -> None:
        self._giving_up = True
        self._paused = False
        self._dropped += self._waiting
        self._waiting.clear()


def _together(one: Scan, other: Scan) -> Scan:
    """Return the scan that looks at what both look at; one without paths looks at everything."""
    paths = {*one.paths, *other.paths}
    if not one.paths or not other.paths or len(paths) > _MOST_PATHS:
        return Scan()
    return Scan(tuple(sorted(paths)))
