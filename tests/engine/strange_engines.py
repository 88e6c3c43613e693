"""Engine processes whose commands do strange things, and what collects the events of any engine."""

import errno
import os
import queue
import time
from pathlib import Path

from dedupe_app.engine.messages import Cancelled, Failed, Finished
from dedupe_app.engine.scan_messages import Progress
from dedupe_app.errors import LibraryError

PATIENCE_S = 60.0
ENDS = (Finished, Cancelled, Failed)


class Heard:
    """The events of an engine in their order; wait for what is to come, or say what has come."""

    def __init__(self):
        self._queue = queue.SimpleQueue()
        self.events = []

    def __call__(self, event):
        self._queue.put(event)

    def until(self, wanted, seconds=PATIENCE_S):
        """Take events up to the first that `wanted`, a type or a test, fits; return it."""
        fits = wanted if not isinstance(wanted, type) else lambda event: isinstance(event, wanted)
        by = time.monotonic() + seconds
        while True:
            event = self._queue.get(timeout=max(0.1, by - time.monotonic()))
            self.events.append(event)
            if fits(event):
                return event

    def end_of(self, command):
        """Return how a command ended."""
        return self.until(lambda event: isinstance(event, ENDS) and event.command == command)

    def rest(self):
        """Take all that has come by now."""
        while not self._queue.empty():
            self.events.append(self._queue.get())
        return self.events


def steps(_library, _desk, command):
    """Work for ever, in many small steps."""
    done = 0
    while True:
        done += 1
        yield Progress(type(command).__name__, done, None)
        time.sleep(0.001)


def stuck(_library, _desk, _command):
    """Say that it begins, and never come to the next event."""
    yield Progress("stuck", 0, None)
    time.sleep(3600)
    yield Progress("stuck", 1, None)


def crash(_library, _desk, _command):
    yield Progress("crash", 0, None)
    os._exit(3)


def crash_once(library, _desk, _command):
    mark = Path(library.path).with_name("crashed once")
    if not mark.exists():
        mark.touch()
        os._exit(3)
    yield Progress("again", 1, 1)


def full(_library, _desk, _command):
    yield Progress("full", 0, None)
    raise OSError(errno.ENOSPC, "No space left on device")


def broken(library, _desk, _command):
    yield Progress("broken", 0, None)
    raise LibraryError(f"{library.path.name} has a hole.", "Mend it.")


def bug(_library, _desk, _command):
    yield Progress("bug", 0, None)
    raise ZeroDivisionError


def quick(_library, _desk, _command):
    yield Progress("quick", 1, 1)


def serve_strange(pipe, options):
    """Be an engine process in which the embedder's name says what Scan does; Regroup is done at once."""
    from dedupe_app.engine import commands, serving
    from dedupe_app.engine.messages import Regroup, Scan

    commands.HANDLERS[Scan] = globals()[options.embedder]
    commands.HANDLERS[Regroup] = quick
    serving.serve_commands(pipe, options)


def serve_hasty(pipe, options):
    """Be an engine process that notices changes sooner."""
    from dedupe_app.engine import serving
    from dedupe_app.intake import hints, watch

    hints.QUIET_S = watch._ROOTS_S = 0.2
    serving.serve_commands(pipe, options)
