"""A library whose every write can fail: counts them, and raises, or kills the process, at the wanted one."""

import os
import signal
import sqlite3
from contextlib import contextmanager

ERRORS = {
    "ENOSPC": "database or disk is full",
    "EIO": "disk I/O error",
    "EACCES": "attempt to write a readonly database",
    "SQLITE_BUSY": "database is locked",
}
KILL = "kill -9"
_WRITES = (
    "insert",
    "update",
    "delete",
    "create",
    "alter",
    "drop",
    "begin",
    "commit",
    "replace",
    "with",
)


class Faults:
    """What is counted, and where it fails: the error is raised at statement number `at`."""

    def __init__(self):
        self.count = 0
        self.at = 0
        self.message = ""

    def step(self, statement):
        if statement.lstrip().lower().startswith(_WRITES):
            self.count += 1
            if self.count == self.at:
                if self.message == KILL:
                    os.kill(os.getpid(), signal.SIGKILL)
                raise sqlite3.OperationalError(self.message)


@contextmanager
def failing(monkeypatch, error="", at=0):
    """Let statement number `at` of all connections that are opened from now on fail; yield the counter."""
    faults = Faults()
    faults.message, faults.at = ERRORS.get(error, error), at

    class Connection(sqlite3.Connection):
        def execute(self, statement, *values):
            faults.step(statement)
            return super().execute(statement, *values)

        def executemany(self, statement, *values):
            faults.step(statement)
            return super().executemany(statement, *values)

    original = sqlite3.connect
    with monkeypatch.context() as patch:
        patch.setattr(
            sqlite3,
            "connect",
            lambda *places, **more: original(*places, **{**more, "factory": Connection}),
        )
        yield faults
