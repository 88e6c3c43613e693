"""Tells on what kind of file system a folder is: over a network, nobody tells of changes. Reads system tables only."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

_MOUNTS = Path("/proc/self/mountinfo")
_NETWORK = re.compile(
    r"nfs4?|cifs|smb3?|smbfs|afs|ncpfs|9p|ceph|glusterfs|davfs|webdav|vboxsf|vmhgfs|prl_fs|"
    r"fuse\.(sshfs|rclone|s3fs|gvfsd-fuse|davfs2?|smbnetfs|vmhgfs-fuse|glusterfs|gcsfuse)"
)
_ESCAPED = re.compile(r"\\([0-7]{3})")
_DRIVE_REMOTE = 4


def is_on_network(folder: Path) -> bool:
    """Tell whether a folder is on a drive of another computer. Linux and Windows only; elsewhere False."""
    if sys.platform == "win32":
        import ctypes

        drive = folder.drive + "\\"
        return drive.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(drive) == (
            _DRIVE_REMOTE
        )
    try:
        table = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return False
    return bool(_NETWORK.fullmatch(_kind(table, Path(os.path.realpath(folder)))))


def _kind(table: str, folder: Path) -> str:
    """Return the kind of the file system that the innermost mount above a folder has."""
    found, depth = "", -1
    for line in table.splitlines():
        fields = line.split(" ")
        mount = Path(_ESCAPED.sub(lambda match: chr(int(match[1], 8)), fields[4]))
        if "-" in fields and folder.is_relative_to(mount) and len(mount.parts) >= depth:
            found, depth = fields[fields.index("-") + 1], len(mount.parts)
    return found
