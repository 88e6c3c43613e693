"""Sees to it that Python processes which are started take their modules from the program, and run nobody's documents.

Python would look first in the folder in which the program was started: a document named json.py there would be run.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Python 3.11, "Command line and environment", -P: the current folder is no place to look for modules.
_VARIABLE = "PYTHONSAFEPATH"


def keep_to_own_modules() -> None:
    """Have all Python processes that are started from now on leave the current folder out."""
    os.environ.setdefault(_VARIABLE, "1")


@contextmanager
def as_others_expect() -> Iterator[None]:
    """Start a program of somebody else within, as it would start without us: it may be written in Python too."""
    before = os.environ.pop(_VARIABLE, None)
    try:
        yield
    finally:
        if before is not None:
            os.environ[_VARIABLE] = before
