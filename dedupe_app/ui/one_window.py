"""One window for each library: a program that is started again hands its folders to the window that is open already.

Goes through a local socket of the user's own; says nothing over it but paths, and takes nothing else.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

if TYPE_CHECKING:
    from collections.abc import Sequence

logger = logging.getLogger(__name__)

_PATIENCE_MS = 2000
_MOST_BYTES = 1_000_000
_TAKEN = b"taken\n"


def hand_over(library: Path, folders: Sequence[Path], patience_ms: int = _PATIENCE_MS) -> bool:
    """Give folders to the window that has this library open; tell whether there is one, and it took them."""
    socket = QLocalSocket()
    socket.connectToServer(_name(library))
    if not socket.waitForConnected(patience_ms):
        return False
    paths = [os.fsencode(os.path.abspath(folder)).hex() for folder in folders]  # noqa: PTH100
    socket.write(json.dumps(paths).encode() + b"\n")
    while not socket.canReadLine():
        if not socket.waitForReadyRead(patience_ms):
            return False  # it hangs, or ends just now
    return bytes(socket.readLine().data()) == _TAKEN


class Door(QObject):
    """Where a program that is started again knocks. `knocked` gives its folders, a list of paths, maybe none."""

    knocked = Signal(object)

    def __init__(self, library: Path, parent: QObject | None = None) -> None:
        """Listen; without it the program works as well, only not as one window."""
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._let_in)
        name = _name(library)
        if not self._server.listen(name):
            # Left by a program that was killed: one that lives would have answered before.
            QLocalServer.removeServer(name)
            if not self._server.listen(name):
                logger.warning("Nobody will be heard: %s", self._server.errorString())

    def close(self) -> None:
        """Listen no more."""
        self._server.close()

    @Slot()
    def _let_in(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            visitor = _Visitor(socket)
            visitor.told.connect(self.knocked)
            visitor.hear()


class _Visitor(QObject):
    """One program that was started again; gone with its socket."""

    told = Signal(object)

    def __init__(self, socket: QLocalSocket) -> None:
        super().__init__(socket)
        self._socket = socket
        socket.readyRead.connect(self.hear)

    @Slot()
    def hear(self) -> None:
        """Read the line when it is whole."""
        if not self._socket.canReadLine():
            if self._socket.bytesAvailable() > _MOST_BYTES:
                self._socket.abort()
            return
        try:
            found = json.loads(bytes(self._socket.readLine().data()))
            folders = [Path(os.fsdecode(bytes.fromhex(each))) for each in found]
        except (ValueError, TypeError):
            logger.warning("Somebody said something else than paths.")
            self._socket.abort()
            return
        self._socket.write(_TAKEN)
        self._socket.flush()
        self.told.emit([folder for folder in folders if folder.is_dir()])


def _name(library: Path) -> str:
    """Name the socket after the library; where the user has a folder for such things, it is there."""
    digest = hashlib.sha256(os.fsencode(os.path.realpath(library))).hexdigest()[:16]
    name = f"dedupe-app-{digest}"
    own = os.environ.get("XDG_RUNTIME_DIR", "")
    return str(Path(own, name)) if own and os.name == "posix" and Path(own).is_dir() else name
