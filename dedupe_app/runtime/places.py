"""Where the environment lies, which one is in use, and in what state it is. One file says so; it is written last.

An environment that this file does not name was not finished, and is never used.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import sys
import tempfile
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import platformdirs
from filelock import FileLock, Timeout

from dedupe_app.errors import CardError
from dedupe_app.runtime.wanted import Sources, wanted

if TYPE_CHECKING:
    from collections.abc import Iterator

logger = logging.getLogger(__name__)

_MANIFEST, _TROUBLE = "environment.json", "trouble.json"
_FORMAT = 1


class State(StrEnum):
    """How it is with the environment; only one that is READY is used."""

    ABSENT = "absent"
    UNFINISHED = "unfinished"
    OUTDATED = "outdated"
    FAULTY = "faulty"
    READY = "ready"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What was made: `folder` within the root, what is in it, for which card, and what the trial said."""

    folder: str
    build: str
    fingerprint: str
    packages: dict[str, str]
    card: str
    python: str
    made: str
    size_bytes: int
    account: tuple[str, ...] = ()
    sources: Sources = field(default_factory=Sources)


@dataclass(frozen=True, slots=True)
class Found:
    """What is there. `trouble`: title and hint of what went wrong when it was used last, ("", "") for nothing."""

    state: State
    manifest: Manifest | None = None
    trouble: tuple[str, str] = ("", "")


def root_folder() -> Path:
    """Return the folder of everything about the graphics card: beside the library, in the user's data folder."""
    return Path(platformdirs.user_data_dir("dedupe-app", appauthor=False)) / "card"


def find(root: Path) -> Found:
    """Look at what is there; a few small files are read."""
    manifest = _read_manifest(root)
    trouble = _read_trouble(root)
    if manifest is None:
        started = any(root.glob("env-*")) or (root / "cache").exists()
        return Found(State.UNFINISHED if started else State.ABSENT, None, trouble)
    if manifest.fingerprint != wanted(manifest.build).fingerprint:
        return Found(State.OUTDATED, manifest, trouble)
    if not python_of(root / manifest.folder).exists():
        return Found(State.FAULTY, manifest, trouble)
    return Found(State.READY, manifest, trouble)


def python_of(environment: Path) -> Path:
    """Return the Python of an environment."""
    if sys.platform == "win32":
        return environment / "Scripts" / "python.exe"
    return environment / "bin" / "python"


def log_path(root: Path) -> Path:
    """Return the file in which uv's words of the latest try are."""
    return root / "install.log"


def write_manifest(root: Path, manifest: Manifest) -> None:
    """Put an environment into use."""
    _write(root / _MANIFEST, {"format": _FORMAT, **asdict(manifest)})
    with suppress(OSError):  # what is left is read again, and no more than a hint
        (root / _TROUBLE).unlink(missing_ok=True)


def note_trouble(root: Path, title: str, hint: str) -> None:
    """Remember what went wrong when the environment was used."""
    try:
        _write(root / _TROUBLE, {"title": title, "hint": hint})
    except OSError as error:
        logger.warning("The trouble with the graphics card cannot be written down: %s", error)


def forget_trouble(root: Path) -> None:
    """Forget what went wrong: it works."""
    (root / _TROUBLE).unlink(missing_ok=True)


@contextmanager
def alone(root: Path) -> Iterator[None]:
    """Keep other windows and commands from making or removing the same environment at the same time.

    Raises:
        CardError: one of them is at it.
    """
    root.mkdir(parents=True, exist_ok=True)
    lock = FileLock(root.with_name(f"{root.name}.lock"))
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise CardError(
            "The graphics card is being set up already.",
            "Another window or command of Dedupe App is at it: wait until it is done.",
        ) from error
    try:
        yield
    finally:
        lock.release()


def drop_others(root: Path, kept: str) -> None:
    """Delete environments that are not in use, as far as nobody holds their files."""
    for folder in root.glob("env-*"):
        if folder.name != kept:
            shutil.rmtree(folder, ignore_errors=True)


def remove(root: Path) -> int:
    """Delete everything, first what says that it is in use; return the bytes that are free now.

    Raises:
        CardError: it is being made.
    """
    if not root.exists():
        return 0
    with alone(root):
        size = size_of(root)
        (root / _MANIFEST).unlink(missing_ok=True)
        shutil.rmtree(root, ignore_errors=True)
    return size - size_of(root)


def size_of(folder: Path) -> int:
    """Return the bytes of all files below a folder; a file with several names counts once."""
    seen: set[int] = set()
    size, waiting = 0, [folder]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(Path(entry.path))
                        continue
                    told = entry.stat(follow_symlinks=False)
                    if told.st_nlink > 1:
                        if told.st_ino in seen:
                            continue
                        seen.add(told.st_ino)
                    size += told.st_size
        except OSError:
            continue  # it went away while it was looked at
    return size


def _read_manifest(root: Path) -> Manifest | None:
    told = _read(root / _MANIFEST)
    if told.pop("format", None) != _FORMAT:
        return None
    try:
        sources = Sources(**told.pop("sources"))
        return Manifest(**{**told, "account": tuple(told["account"]), "sources": sources})
    except (KeyError, TypeError) as error:
        logger.warning("%s makes no sense: %s", root / _MANIFEST, error)
        return None


def _read_trouble(root: Path) -> tuple[str, str]:
    told = _read(root / _TROUBLE)
    return str(told.get("title", "")), str(told.get("hint", ""))


def _read(path: Path) -> dict[str, Any]:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def _write(path: Path, content: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
    written = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(content, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        written.replace(path)
    except BaseException:
        written.unlink(missing_ok=True)
        raise
