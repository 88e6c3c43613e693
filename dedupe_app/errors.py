"""The exception tree. Every error has a title and a hint that a person can read.

DedupeError
├── UsageError                 wrong options (exit status 2)
├── LibraryError               the library cannot be opened (exit status 3)
│   ├── LibraryLockedError
│   ├── LibraryNewerError
│   └── LibraryDamagedError
├── EmbedderUnavailableError   the chosen embedder cannot be used (exit status 4)
├── CardError                  the graphics card cannot be used (exit status 4)
└── ReportError                the report cannot be written (exit status 1)
"""

from __future__ import annotations


class DedupeError(Exception):
    """Carry a title (one sentence) and a hint (what to do) for the person at the screen."""

    exit_status = 1

    def __init__(self, title: str, hint: str = "") -> None:
        """Keep both sentences; `str(error)` joins them."""
        super().__init__(f"{title} {hint}".strip())
        self.title = title
        self.hint = hint


class UsageError(DedupeError):
    """Report options that make no sense together."""

    exit_status = 2


class LibraryError(DedupeError):
    """Report a library that cannot be opened."""

    exit_status = 3


class LibraryLockedError(LibraryError):
    """Report a library that another program is using."""


class LibraryNewerError(LibraryError):
    """Report a library written by a later version of this program."""


class LibraryDamagedError(LibraryError):
    """Report a file that is not a readable library."""


class EmbedderUnavailableError(DedupeError):
    """Report an embedder that is not installed, not downloaded or not reachable."""

    exit_status = 4


class CardError(DedupeError):
    """Report a graphics card that cannot be used, or an environment for it that cannot be made."""

    exit_status = 4


class ReportError(DedupeError):
    """Report a CSV or JSON file that could not be written."""
