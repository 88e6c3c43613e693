"""Holds signals back from the calling thread, and from a process that it starts meanwhile. Nothing else."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def held_back(name: str) -> Iterator[None]:
    """Let a signal wait, such as "SIGINT", where the system can.

    A process that is started inherits this: from its very first moment Ctrl+C is not for it.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {getattr(signal, name)})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
