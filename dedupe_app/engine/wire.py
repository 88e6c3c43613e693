"""A pipe between two processes whose Pythons differ: what one packs, the other understands. Carries messages alone.

The window may be frozen with one Python, and the environment for the graphics card have another.
"""

from __future__ import annotations

import io
import os
import pickle
import subprocess
import sys
from multiprocessing import connection
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# Python 3.13 packs a path under another name than the versions before it know.
_MOVED = {"pathlib._local": "pathlib"}
_KILL_SECONDS = 5.0

if sys.platform == "win32":
    _Base = connection.PipeConnection
else:
    _Base = connection.Connection


class Wire(_Base):
    """One end of a pipe that reads what any supported Python wrote."""

    def recv(self) -> Any:  # noqa: ANN401 - whatever was sent
        """Return the next message; raise EOFError when the other end is gone."""
        return _Reader(io.BytesIO(self.recv_bytes())).load()


class _Reader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401 - a class or function
        return super().find_class(_MOVED.get(module, module), name)


class ForeignProcess:
    """A process of another Python, with what the supervisor asks of those of multiprocessing."""

    def __init__(self, process: subprocess.Popen[bytes], sentinel: int) -> None:
        """Take a running process over; `sentinel` can be waited for, and is ready when it has ended."""
        self._process = process
        self.sentinel = sentinel

    @property
    def exitcode(self) -> int | None:
        """Return its exit status, None while it runs; -N when signal N ended it."""
        return self._process.poll()

    def join(self, timeout: float | None = None) -> None:
        """Wait until it has ended, or for so many seconds."""
        try:
            self._process.wait(timeout)
        except subprocess.TimeoutExpired:
            return

    def is_alive(self) -> bool:
        """Tell whether it runs."""
        return self._process.poll() is None

    def kill(self) -> None:
        """End it by force."""
        self._process.kill()

    def close(self) -> None:
        """Let go of it once it has ended."""
        if sys.platform != "win32":
            os.close(self.sentinel)


def start(command: Sequence[str], variables: Mapping[str, str]) -> tuple[Wire, ForeignProcess]:
    """Start a program whose last argument becomes the number of its end of the wire.

    Raises:
        OSError: it cannot be started.
    """
    from multiprocessing import Pipe

    ours, theirs = Pipe()
    wire = Wire(_detached(ours))
    try:
        process = _start_with(theirs.fileno(), command, variables)
    except BaseException:
        wire.close()
        raise
    finally:
        theirs.close()
    return wire, process


def take(number: str) -> Wire:
    """Return the end of the wire that this process was started with."""
    return Wire(int(number))


def _detached(pipe: Any) -> int:  # noqa: ANN401 - a pipe of either system
    """Return a handle of a pipe that lives on when the pipe is closed."""
    if sys.platform == "win32":
        import _winapi

        own = _winapi.GetCurrentProcess()
        copy = _winapi.DuplicateHandle(
            own, pipe.fileno(), own, 0, False, _winapi.DUPLICATE_SAME_ACCESS
        )
    else:
        copy = os.dup(pipe.fileno())
    pipe.close()
    return int(copy)


def _start_with(
    handle: int, command: Sequence[str], variables: Mapping[str, str]
) -> ForeignProcess:
    if sys.platform == "win32":
        os.set_handle_inheritable(handle, True)
        start_up = subprocess.STARTUPINFO(lpAttributeList={"handle_list": [handle]})
        process = subprocess.Popen(
            [*command, str(handle)],
            env=dict(variables),
            startupinfo=start_up,
            creationflags=subprocess.CREATE_NO_WINDOW,
        )
        return ForeignProcess(process, int(process._handle))  # noqa: SLF001 - the only way to wait for it
    # The process holds the other end of this pipe as long as it lives.
    sentinel, held = os.pipe()
    try:
        process = subprocess.Popen(
            [*command, str(handle)], env=dict(variables), pass_fds=(handle, held)
        )
    except BaseException:
        os.close(sentinel)
        raise
    finally:
        os.close(held)
    return ForeignProcess(process, sentinel)
