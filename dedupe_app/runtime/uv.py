"""Runs uv, which makes the environment: finds it, gives it our places, listens to it, ends it. Decides nothing."""

from __future__ import annotations

import contextlib
import os
import queue
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from dedupe_app.errors import CardError
from dedupe_app.runtime.places import log_path

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping, Sequence
    from typing import IO

_TICK_S = 0.25
_END_SECONDS = 5.0
# Python's settings of whoever starts us are not for the Python of the environment.
_NOT_PASSED_ON = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "CONDA_PREFIX", "UV_PROJECT")


def find_uv() -> Path:
    """Return the uv that came with the program, or else that of this computer.

    Raises:
        CardError: there is none.
    """
    name = "uv.exe" if sys.platform == "win32" else "uv"
    bundled = getattr(sys, "_MEIPASS", None)
    places = [Path(bundled, name)] if bundled else [Path(sys.executable).with_name(name)]
    for place in places:
        if place.is_file():
            return place
    found = shutil.which("uv")
    if found is None:
        raise CardError(
            "The program uv, which makes the environment, is not here.",
            "Install it with: pip install uv",
        )
    return Path(found)


def uv_environment(root: Path, python_mirror: str = "") -> dict[str, str]:
    """Return the variables that uv gets: all that it keeps lies below the root."""
    passed = {name: value for name, value in os.environ.items() if name not in _NOT_PASSED_ON}
    passed |= {
        "UV_CACHE_DIR": str(root / "cache"),
        "UV_PYTHON_INSTALL_DIR": str(root / "python"),
        "UV_NO_CONFIG": "1",
        "UV_NO_PROGRESS": "1",
        "UV_PREVIEW_FEATURES": "pylock",
        "NO_COLOR": "1",
    }
    if python_mirror:
        passed["UV_PYTHON_INSTALL_MIRROR"] = python_mirror
    return passed


def listen(
    command: Sequence[str | Path],
    environment: Mapping[str, str],
    log: Path,
    *,
    folder: Path | None = None,
    patience_s: float | None = None,
) -> Generator[list[str], None, tuple[int, list[str]]]:
    """Run a program, yield what it says a few times a second, and return its status with all lines.

    Closing the generator, or `patience_s` seconds, end the program. What it says goes to the end of the log too.
    """
    process = subprocess.Popen(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=dict(environment),
        cwd=folder,
        text=True,
        encoding="utf-8",
        errors="replace",
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    heard: queue.SimpleQueue[str | None] = queue.SimpleQueue()
    told: list[str] = []
    if process.stdout is None:
        raise RuntimeError("the program has no output")
    ear = threading.Thread(target=_hear, args=(process.stdout, heard), name="uv", daemon=True)
    ear.start()
    waited, is_over = 0.0, False
    try:
        with log.open("a", encoding="utf-8") as file:
            while True:
                lines, is_over = _take(heard)
                told += lines
                file.writelines(f"{line}\n" for line in lines)
                file.flush()
                if is_over:
                    break
                waited += _TICK_S
                if patience_s is not None and waited > patience_s:
                    break
                yield lines
    finally:
        _end(process, at_once=not is_over)
        ear.join(_END_SECONDS)
        process.stdout.close()
    return process.returncode, told


def last_words(root: Path) -> str:
    """Return where uv's words are to be read."""
    return f"What uv said is in {log_path(root)}."


def _hear(stream: IO[str], heard: queue.SimpleQueue[str | None]) -> None:
    with contextlib.suppress(ValueError, OSError):  # closed while it was read
        for line in stream:
            heard.put(line.rstrip())
    heard.put(None)


def _take(heard: queue.SimpleQueue[str | None]) -> tuple[list[str], bool]:
    """Wait a moment for lines; return them, and whether there will be no more."""
    lines: list[str] = []
    wait = _TICK_S
    while True:
        try:
            line = heard.get(timeout=wait) if wait else heard.get_nowait()
        except queue.Empty:
            return lines, False
        if line is None:
            return lines, True
        lines.append(line)
        wait = 0.0


def _end(process: subprocess.Popen[str], *, at_once: bool) -> None:
    if at_once:
        process.terminate()
    try:
        process.wait(_END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
