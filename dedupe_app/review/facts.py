"""What belongs to a file beside its bytes: permissions, times, owner, access lists and other extended attributes.

Reads it before a file goes, and gives it to a file that is made anew or came back. Touches no bytes and no names.
"""

from __future__ import annotations

import os
import stat
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

from dedupe_app.records import LATEST_NS, Attached

if TYPE_CHECKING:
    from pathlib import Path

    from dedupe_app.records import JournalEntry

_ACCESS_LIST = "system.posix_acl_access"
# Of the attributes that the system makes up itself, those that are a person's choice.
_CHOSEN = frozenset({_ACCESS_LIST, "system.nfs4_acl", "system.richacl"})
_KERNELS_OWN = frozenset({"security.evm", "security.ima"})
# Together, for one file: labels, not contents.
_MOST_BYTES = 256 * 1024
BY_DESCRIPTOR = {os.utime, os.chmod, getattr(os, "chown", os.utime)} <= os.supports_fd
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
)


class _Itself(TypedDict, total=False):
    follow_symlinks: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """What belongs to a file. `mode` 0: not known; `attached` None: neither."""

    mode: int
    mtime_ns: int
    attached: Attached | None = None


def facts_in(entry: JournalEntry) -> Facts:
    """Return what the journal says of a file as it was."""
    return Facts(entry.mode, entry.mtime_ns, entry.attached)


def read_attached(path: Path) -> Attached | None:
    """Return what the system keeps of a file, None if it is not there any more."""
    try:
        status = path.lstat()
    except OSError:
        return None
    attributes, missed = _read_attributes(path, _MOST_BYTES)
    return Attached(status.st_uid, status.st_gid, status.st_atime_ns, attributes, missed)


def read_facts(descriptor: int) -> Facts:
    """Return what belongs to an open file, however much it is."""
    status = os.fstat(descriptor)
    attributes, _ = _read_attributes(descriptor, sys.maxsize)
    attached = Attached(status.st_uid, status.st_gid, status.st_atime_ns, attributes)
    return Facts(status.st_mode, status.st_mtime_ns, attached)


def set_facts(place: Path | int, facts: Facts) -> tuple[str, ...]:
    """Give a file what it had; return the names of what the system did not take.

    `place`: the open file where the system lets that be done to one; by its name it could be another one by then.

    Raises:
        OSError: time or permissions could not be set.
    """
    if not isinstance(place, int) and BY_DESCRIPTOR:
        descriptor = os.open(place, _FLAGS)
        try:
            return set_facts(descriptor, facts)
        finally:
            os.close(descriptor)
    # The owner first, which takes special permissions away, and permissions last: a file may be for reading only.
    missed = _set_attached(place, facts.attached) if facts.attached else ()
    # A time beyond that is not the very time, which a renamed file has kept.
    if abs(facts.mtime_ns) < LATEST_NS:
        accessed = facts.attached.accessed_ns if facts.attached else facts.mtime_ns
        os.utime(place, ns=(accessed, facts.mtime_ns))
    if facts.mode:
        # Special permissions are of one owner: with another one they would give away his rights.
        os.chmod(place, stat.S_IMODE(facts.mode) & (0o777 if "owner" in missed else 0o7777))  # noqa: PTH101 - a path or an open file
    return missed


def _read_attributes(
    place: Path | int, room: int
) -> tuple[tuple[tuple[str, bytes], ...], tuple[str, ...]]:
    """Return names and values of the extended attributes, and the names of those that cannot be kept."""
    kept: list[tuple[str, bytes]] = []
    missed: list[str] = []
    for name in _names(place):
        value = _value(place, name)
        if value is None or len(value) > room:
            missed.append(name)
        else:
            kept.append((name, value))
            room -= len(value)
    return tuple(kept), tuple(missed)


def _set_attached(place: Path | int, attached: Attached) -> tuple[str, ...]:
    missed = list(attached.missed)
    status = os.stat(place, **_itself(place))  # noqa: PTH116 - a path or an open file
    if hasattr(os, "chown") and (status.st_uid, status.st_gid) != (attached.owner, attached.group):
        try:
            os.chown(place, attached.owner, attached.group, **_itself(place))
        except OSError:  # only an administrator may give files away
            missed.append("owner")
    wanted: dict[str, bytes | None] = dict(attached.attributes)
    wanted.setdefault(_ACCESS_LIST, None)  # not the one that a new file gets from its folder
    return (*missed, *(name for name, value in wanted.items() if not _set(place, name, value)))


def _set(place: Path | int, name: str, value: bytes | None) -> bool:
    """Give a file an attribute, or take it away; tell whether it is so now."""
    if sys.platform != "linux":
        return value is None
    if _value(place, name) == value:
        return True
    try:
        if value is None:
            os.removexattr(place, name, **_itself(place))
        else:
            os.setxattr(place, name, value, **_itself(place))
    except OSError:
        return False
    return True


def _names(place: Path | int) -> list[str]:
    if sys.platform != "linux":
        return []
    try:
        names = os.listxattr(place, **_itself(place))
    except OSError:
        return []  # a drive that has none
    return sorted(
        name
        for name in names
        if name not in _KERNELS_OWN and (name in _CHOSEN or not name.startswith("system."))
    )


def _value(place: Path | int, name: str) -> bytes | None:
    if sys.platform != "linux":
        return None
    try:
        return os.getxattr(place, name, **_itself(place))
    except OSError:
        return None


def _itself(place: Path | int) -> _Itself:
    """Return what says that a link is not followed; an open file is none, and takes no such word."""
    return {} if isinstance(place, int) else {"follow_symlinks": False}
