"""Starts the process from which a crew is forked while the rest of the program is still being imported.

Imports next to nothing itself.
"""

from __future__ import annotations

from dedupe_app.text import forking

# What the processes of a crew import, all told.
NEEDED = (
    "dedupe_app.engine.chores",
    "dedupe_app.engine.answering",
    "dedupe_app.engine.shelf",
    "dedupe_app.store.results",
)


def get_ready() -> None:
    """Let the first processes of a crew start sooner, for whoever knows early that there will be work.

    Waits for nothing; does nothing where processes cannot be forked.
    """
    if forking.FORKS:
        forking.begin_forking(NEEDED)
