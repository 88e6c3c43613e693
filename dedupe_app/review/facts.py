"""What belongs to a file beside its bytes: permissions, times, owner, access lists and other extended attributes.

Reads it before a file goes, and gives it to a file that is made anew or came back. Touches no bytes and no names.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

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
    attributes, missed = _read_attributes(path)
    return Attached(status.st_uid, status.st_gid, status.st_atime_ns, attributes, missed)


def set_facts(path: Path, facts: Facts) -> tuple[str, ...]:
    """Give a file what it had; return the names of what the system did not take.

    Raises:
        OSError: time or permissions could not be set.
    """
    # The owner first, which takes special permissions away, and permissions last: a file may be for reading only.
    missed = _set_attached(path, facts.attached) if facts.attached else ()
    if (
        abs(facts.mtime_ns) < LATEST_NS
    ):  # else it is not the very time, which a renamed file has kept
        accessed = facts.attached.accessed_ns if facts.attached else facts.mtime_ns
        os.utime(path, ns=(accessed, facts.mtime_ns))
    if facts.mode:
        # Special permissions are of one owner: with another one they would give away his rights.
        path.chmod(facts.mode & (0o777 if "owner" in missed else 0o7777))
    return missed


def _read_attributes(path: Path) -> tuple[tuple[tuple[str, bytes], ...], tuple[str, ...]]:
    """Return names and values of the extended attributes, and the names of those that cannot be kept."""
    kept: list[tuple[str, bytes]] = []
    missed: list[str] = []
    room = _MOST_BYTES
    for name in _names(path):
        value = _value(path, name)
        if value is None or len(value) > room:
            missed.append(name)
        else:
            kept.append((name, value))
            room -= len(value)
    return tuple(kept), tuple(missed)


def _set_attached(path: Path, attached: Attached) -> tuple[str, ...]:
    missed = list(attached.missed)
    status = path.lstat()
    if hasattr(os, "chown") and (status.st_uid, status.st_gid) != (attached.owner, attached.group):
        try:
            os.chown(path, attached.owner, attached.group, follow_symlinks=False)
        except OSError:  # only an administrator may give files away
            missed.append("owner")
    wanted: dict[str, bytes | None] = dict(attached.attributes)
    wanted.setdefault(_ACCESS_LIST, None)  # not the one that a new file gets from its folder
    return (*missed, *(name for name, value in wanted.items() if not _set(path, name, value)))


def _set(path: Path, name: str, value: bytes | None) -> bool:
    """Give a file an attribute, or take it away; tell whether it is so now."""
    if sys.platform != "linux":
        return value is None
    if _value(path, name) == value:
        return True
    try:
        if value is None:
            os.removexattr(path, name, follow_symlinks=False)
        else:
            os.setxattr(path, name, value, follow_symlinks=False)
    except OSError:
        return False
    return True


def _names(path: Path) -> list[str]:
    if sys.platform != "linux":
        return []
    try:
        names = os.listxattr(path, follow_symlinks=False)
    except OSError:
        return []  # a drive that has none
    return sorted(
        name
        for name in names
        if name not in _KERNELS_OWN and (name in _CHOSEN or not name.startswith("system."))
    )


def _value(path: Path, name: str) -> bytes | None:
    if sys.platform != "linux":
        return None
    try:
        return os.getxattr(path, name, follow_symlinks=False)
    except OSError:
        return None
