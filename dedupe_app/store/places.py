"""Where a library really is, who may read it, what lies beside it, and how a repaired one takes its place.

A repair is written down before the first file moves: whoever opens the library next finishes one that broke off.
Deletes nothing but that note and a lock that nobody holds.
"""

from __future__ import annotations

import logging
import os
from contextlib import suppress
from pathlib import Path

logger = logging.getLogger(__name__)

# The main file comes last: while it is in its place, what lies beside it is still known by its name.
_BESIDE = ("-wal", "-shm", "-journal")
COMPANIONS = ("", *_BESIDE)
_NEW = ".new"
_NOTE = ".repair"
_PRIVATE = 0o600


def real_place(path: Path) -> Path:
    """Return the place of a library that is named through a link, so that it has one lock and one log.

    Folders that are links stay as they are named: what lies beside the library is the same either way.
    """
    return Path(os.path.realpath(path)) if path.is_symlink() else path


def has_other_name(path: Path) -> bool:
    """Tell whether a file has a second name elsewhere (a hard link); SQLite would keep a second log there."""
    try:
        return path.stat().st_nlink > 1
    except OSError:
        return False  # not there yet; all else is told when it is opened


def make_private(path: Path) -> None:
    """Let nobody but its owner read a library: it holds the text of documents. Its companions take its mode."""
    if os.name == "nt":
        return  # the folders of a user are private there
    with suppress(OSError):  # whatever stands against it is told when the library is opened
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), _PRIVATE)
        try:
            if os.fstat(descriptor).st_mode & 0o077:
                os.fchmod(descriptor, _PRIVATE)
        finally:
            os.close(descriptor)


def new_place(path: Path) -> Path:
    """Return where a repair makes the new library."""
    return path.with_name(path.name + _NEW)


def is_half_replaced(path: Path) -> bool:
    """Tell whether a repair of a library was broken off between the first move and the last."""
    path = real_place(path)
    note = _note(path)
    if not note.exists() or not new_place(path).exists():
        return False
    # Where both are, somebody put a library of their own there since.
    return not (path.exists() and _noted_aside(path, note).exists())


def forget_replacing(path: Path) -> None:
    """Take away what an earlier repair wrote down, before another one begins.

    Raises:
        OSError: it could not be done.
    """
    _note(path).unlink(missing_ok=True)


def replace_library(path: Path, aside: Path) -> None:
    """Set a library aside, under a free name in its folder, and put the new one, which is complete, in its place.

    Raises:
        OSError: it could not be done as a whole; `finish_replacing` does the rest.
    """
    note = _note(path)
    part = note.with_name(note.name + ".part")
    with part.open("wb") as file:
        file.write(os.fsencode(aside.name))
        file.flush()
        os.fsync(file.fileno())
    part.replace(note)
    _sync(path.parent)
    _move(path, aside)


def finish_replacing(path: Path) -> Path | None:
    """Do what is left of a repair that was broken off; return where the damaged library is, None if there was none.

    Raises:
        OSError: it could not be done.
    """
    if not is_half_replaced(path):
        return None
    aside = _noted_aside(path, _note(path))
    logger.warning("A repair of %s was broken off; it is finished now", path)
    _move(path, aside)
    return aside


def _move(path: Path, aside: Path) -> None:
    for end in (*_BESIDE, ""):
        source = path.with_name(path.name + end)
        if source.exists():
            source.rename(aside.with_name(aside.name + end))
    new = new_place(path)
    new.with_name(new.name + ".lock").unlink(missing_ok=True)
    new.rename(path)
    _sync(path.parent)
    _note(path).unlink(missing_ok=True)


def _note(path: Path) -> Path:
    return path.with_name(path.name + _NOTE)


def _noted_aside(path: Path, note: Path) -> Path:
    try:
        return path.with_name(os.fsdecode(note.read_bytes()))
    except ValueError:  # not a name
        return path.with_name(f"{path.stem}-damaged{path.suffix}")


def _sync(folder: Path) -> None:
    """Bring the names in a folder down to the disk; Windows does that by itself."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
