"""Holds on to a process by a handle of the system, by which it can be ended whoever else is gone. Linux only.

A number of a process may come to mean another one as soon as it has ended; a handle never does.
"""

from __future__ import annotations

import os
import select
import signal
import sys
from contextlib import suppress

# One that is ended needs a moment to give its memory back.
_LAST_SECONDS = 5.0


class Grip:
    """A handle of a process; does nothing where the system has none."""

    def __init__(self, pid: int | None) -> None:
        """Take hold of a process that was just started."""
        self._handle = -1
        if sys.platform == "linux" and pid is not None:
            with suppress(OSError):  # gone already, or an old system
                self._handle = os.pidfd_open(pid)

    def is_there(self) -> bool:
        """Tell whether the process has surely not ended."""
        return self._handle >= 0 and not self._has_ended(0.0)

    def end(self) -> bool:
        """End the process, if it is still there, and wait until it is gone; return whether it surely is."""
        if sys.platform == "linux" and self._handle >= 0:
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._handle, signal.SIGKILL)
            return self._has_ended(_LAST_SECONDS)
        return False

    def let_go(self) -> None:
        """Give the handle back."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1

    def _has_ended(self, seconds: float) -> bool:
        # Not select(): that knows no handles above 1,023.
        waiting = select.poll()
        waiting.register(self._handle, select.POLLIN)
        return bool(waiting.poll(seconds * 1000))
