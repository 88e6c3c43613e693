"""The trash of the desktop, after the freedesktop.org specification: where it is, names in it, finding a file again.

Done here rather than by send2trash, which neither says where a file went nor keeps two programs from taking the same
name. Other systems have their own trash: there send2trash is asked, and the file is theirs to give back.
"""

from __future__ import annotations

import os
import re
import stat
import sys
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote_to_bytes

from dedupe_app.records import Problem
from dedupe_app.review.held import LeftAlone, holds

if TYPE_CHECKING:
    from collections.abc import Iterator

_SUFFIX = ".trashinfo"
_TRIES = 10_000
# In bytes: with a number and the ending of the note they stay within 255.
_LONGEST_STEM, _LONGEST_ENDING = 180, 40


@dataclass(frozen=True, slots=True)
class TrashFolder:
    """One trash. `top`: the drive that it is for, None for that of the user's home."""

    path: Path
    top: Path | None = None


def has_own_trash() -> bool:
    """Tell whether this module can put files in the trash here; else the system does it."""
    return sys.platform not in {"win32", "darwin"}


def find_trash(path: Path) -> TrashFolder:
    """Return the trash for a file: that of the home on the same drive, or else that of the file's own drive.

    Raises:
        LeftAlone: its drive has no trash and none can be made.
    """
    device = path.lstat().st_dev
    home = _home_trash()
    if _device_of(home) == device:
        _make(home)
        return TrashFolder(home)
    top = _top_of(path, device)
    for candidate in _trashes_on(top):
        try:
            _make(candidate)
        except OSError:
            continue
        status = candidate.lstat()
        if stat.S_ISDIR(status.st_mode) and status.st_uid == os.getuid():
            return TrashFolder(candidate, top)
    raise LeftAlone(Problem.NO_TRASH)


def reserve(trash: TrashFolder, path: Path) -> Path:
    """Take a free name in the trash for a file, by writing its note; return where the file has to go.

    Raises:
        OSError: the note could not be written.
    """
    stem, ending = _shortened(path)
    for number in range(1, _TRIES):
        name = f"{stem}{ending}" if number == 1 else f"{stem} {number}{ending}"
        target = trash.path / "files" / name
        try:
            note = os.open(_note_of(target), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            continue
        try:
            with os.fdopen(note, "wb") as file:
                file.write(_note(trash, path))
        except BaseException:  # a full disk, say: no note without its file
            _note_of(target).unlink(missing_ok=True)
            raise
        if not os.path.lexists(target):
            return target
        _note_of(target).unlink()
    raise LeftAlone(Problem.NO_TRASH, "There are too many files of this name")


def forget(target: Path) -> None:
    """Remove the note of a file that is not in the trash (any more)."""
    if not os.path.lexists(target):
        with suppress(OSError):
            _note_of(target).unlink()


def forget_all(path: Path) -> None:
    """Remove the notes of a file that is in no trash, those too that were not written to their end."""
    if not has_own_trash():
        return
    stem, ending = _shortened(path)
    ours = re.compile(rf"{re.escape(stem)}( \d+)?{re.escape(ending + _SUFFIX)}")
    for trash in _all_trashes(path):
        for candidate in _noted(trash, path):
            forget(candidate)
        with suppress(OSError):
            for note in (trash.path / "info").iterdir():
                if ours.fullmatch(note.name) and not note.lstat().st_size:
                    forget(trash.path / "files" / note.name.removesuffix(_SUFFIX))


def is_in_trash(path: Path) -> bool:
    """Tell whether a file lies in a trash, whoever put it there."""
    real = Path(os.path.realpath(path.parent))
    home = Path(os.path.realpath(_home_trash()))
    return any(
        folder == home or folder.name.startswith(".Trash") or folder.name.upper() == "$RECYCLE.BIN"
        for folder in (real, *real.parents)
    )


def find_again(path: Path, sha256: str, size_bytes: int, target: Path | None) -> Path | None:
    """Return where in the trash a file lies that was at `path`, None if it is not there any more.

    Asks for it under the name it got, then by the notes of all trashes; bytes decide.
    """
    if target is not None and holds(target, sha256, size_bytes):
        return target
    for trash in _all_trashes(path):
        for candidate in _noted(trash, path):
            if holds(candidate, sha256, size_bytes):
                return candidate
    return None


def _home_trash() -> Path:
    # Read each time: the specification wants an absolute path, anything else counts as not set.
    data = os.environ.get("XDG_DATA_HOME", "")
    base = Path(data) if data.startswith("/") else Path.home() / ".local" / "share"
    return base / "Trash"


def _device_of(folder: Path) -> int | None:
    for each in (folder, *folder.parents):
        with suppress(FileNotFoundError):
            return each.stat().st_dev
    return None


def _top_of(path: Path, device: int) -> Path:
    folder = Path(os.path.realpath(path.parent))
    while not folder.is_mount() and folder.parent != folder:
        if folder.parent.stat().st_dev != device:
            break
        folder = folder.parent
    return folder


def _trashes_on(top: Path) -> Iterator[Path]:
    user = str(os.getuid())
    shared = top / ".Trash"
    with suppress(OSError):
        mode = shared.lstat().st_mode
        if stat.S_ISDIR(mode) and mode & stat.S_ISVTX:
            yield shared / user
    yield top / f".Trash-{user}"


def _all_trashes(path: Path) -> Iterator[TrashFolder]:
    if not has_own_trash():
        return
    yield TrashFolder(_home_trash())
    for folder in path.parents:
        with suppress(OSError):
            if folder.is_mount():
                yield from (TrashFolder(each, folder) for each in _trashes_on(folder))


def _make(trash: Path) -> None:
    trash.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in ("files", "info"):
        (trash / name).mkdir(mode=0o700, exist_ok=True)


def _note_of(target: Path) -> Path:
    return target.parent.parent / "info" / f"{target.name}{_SUFFIX}"


def _note(trash: TrashFolder, path: Path) -> bytes:
    full = Path(os.path.realpath(path.parent)) / path.name
    shown = full.relative_to(trash.top) if trash.top else path.absolute()
    where = quote(os.fsencode(shown), safe="/")
    moment = datetime.now().astimezone().strftime("%Y-%m-%dT%H:%M:%S")
    return f"[Trash Info]\nPath={where}\nDeletionDate={moment}\n".encode()


def _noted(trash: TrashFolder, path: Path) -> Iterator[Path]:
    """Yield the files of a trash that were at a path."""
    wanted = {path.absolute(), Path(os.path.realpath(path.parent)) / path.name}
    try:
        notes = sorted((trash.path / "info").glob(f"*{_SUFFIX}"))
    except OSError:
        return
    for note in notes:
        with suppress(OSError):
            lines = note.read_bytes().splitlines()
            where = next((line[5:] for line in lines if line.startswith(b"Path=")), b"")
            origin = Path(os.fsdecode(unquote_to_bytes(where)))
            if (trash.top or Path("/")) / origin in wanted:
                yield trash.path / "files" / note.name.removesuffix(_SUFFIX)


def _shortened(path: Path) -> tuple[str, str]:
    """Return the name of a file and its ending, which are not too long for a number and the ending of the note."""
    ending = path.suffix if len(os.fsencode(path.suffix)) <= _LONGEST_ENDING else ""
    stem = path.name.removesuffix(ending) if ending else path.name
    while len(os.fsencode(stem)) > _LONGEST_STEM:
        stem = stem[:-1]
    return stem, ending
