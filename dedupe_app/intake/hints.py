"""Which paths were touched and have come to rest since. Knows no clock and no thread: it is told the time.

A path is at rest when nothing was heard of it for a moment and its size and time are what they were. Paths are given
out together: when all are at rest, or when the first has waited long enough for the others.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

QUIET_S = 1.0
_LONGEST_S = 5.0
# More than this is looked at as a whole.
_MOST = 20_000

State = tuple[int, int] | None


@dataclass(slots=True)
class _Hint:
    last: float
    state: State
    rested: float | None = None


def state_of(path: Path) -> State:
    """Return size and time of what is at a path, None if nothing is."""
    try:
        status = path.stat(follow_symlinks=False)
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns


class Hints:
    """Touched paths until they are taken. Times are seconds of any one clock."""

    def __init__(self, look: Callable[[Path], State] = state_of) -> None:
        """Begin with none. `look` tells size and time of a path."""
        self._look = look
        self._hints: dict[Path, _Hint] = {}

    def __len__(self) -> int:
        """Count the paths that are waited for."""
        return len(self._hints)

    def add(self, path: Path, root: Path, now: float) -> None:
        """Note that something happened to a path below a root; too many of them become their root."""
        if len(self._hints) >= _MOST and path not in self._hints:
            self._hints = {
                known: hint for known, hint in self._hints.items() if not known.is_relative_to(root)
            }
            path = root
        if path != root:
            self._hints[path] = _Hint(now, self._look(path))
        elif root not in self._hints:
            self._hints[root] = _Hint(now, None)

    def due_in(self, now: float) -> float | None:
        """Return in how many seconds something may be at rest, None if nothing is waited for."""
        if not self._hints:
            return None
        return max(0.0, min(self._due_at(hint) for hint in self._hints.values()) - now)

    def take(self, now: float) -> tuple[Path, ...]:
        """Return the paths that are at rest if it is time to look at them, in order; they are forgotten then."""
        for path, hint in self._hints.items():
            if hint.rested is None and hint.last + QUIET_S <= now:
                state = self._look(path) if hint.state is not None else hint.state
                if state == hint.state:
                    hint.rested = now
                else:
                    hint.last, hint.state = now, state
        rested = [path for path, hint in self._hints.items() if hint.rested is not None]
        if not rested:
            return ()
        waited = now - min(hint.rested for hint in self._hints.values() if hint.rested is not None)
        if len(rested) < len(self._hints) and waited < _LONGEST_S:
            return ()
        for path in rested:
            del self._hints[path]
        return tuple(sorted(rested, key=os.fsencode))

    def _due_at(self, hint: _Hint) -> float:
        return hint.last + QUIET_S if hint.rested is None else hint.rested + _LONGEST_S
