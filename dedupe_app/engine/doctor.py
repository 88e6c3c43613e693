"""Finds out what this computer offers to the program, and how to get what is missing.

Changes nothing, reaches nothing outside this computer, and imports no heavy library to look at it.
"""

from __future__ import annotations

import importlib.metadata
import os
import platform
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from dedupe_app.engine.card import examine_card
from dedupe_app.engine.findings import Finding, State
from dedupe_app.engine.model_findings import find_models
from dedupe_app.errors import LibraryError
from dedupe_app.store.database import find_damage, open_for_reading
from dedupe_app.store.documents import count_files
from dedupe_app.store.places import is_half_replaced
from dedupe_app.text.extract import SUPPORTED
from dedupe_app.text.sniff import BINARY, MARKUP

__all__ = ["Finding", "State", "examine"]

_GB = 1_000_000_000
_LEAST_MEMORY_GB = 4.0
_LEAST_DISK_GB = 1.0
_LEAST_OPEN_FILES = 512
_LEAST_WATCHES = 100_000
_ANSWER_SECONDS = 10
_INOTIFY = Path("/proc/sys/fs/inotify")


def examine(library: Path) -> list[Finding]:
    """Look at everything that the program uses on this computer."""
    findings = [
        _python(),
        _processors(),
        _memory(),
        _gpu(),
        *examine_card(),
        *find_models(library),
        _formats(),
        _recognition(),
        _library(library),
        _disk(library),
    ]
    return findings + _limits()


# ---- the computer ------------------------------------------------------------------------------


def _python() -> Finding:
    system = f"{platform.system()} {platform.release()}, {platform.machine()}"
    return Finding("Python", State.OK, f"{platform.python_version()} on {system}")


def _processors() -> Finding:
    count = os.cpu_count() or 1
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else count
    detail = f"{usable} of {count} may be used" if usable < count else f"{count}"
    return Finding("Processors", State.OK, detail)


def _memory() -> Finding:
    try:
        size = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / _GB
    except (AttributeError, ValueError, OSError):
        return Finding("Memory", State.OK, "size unknown on this system")
    if size < _LEAST_MEMORY_GB:
        hint = "Large collections may need more; scan folder by folder."
        return Finding("Memory", State.LIMITED, f"{size:.1f} GB", hint)
    return Finding("Memory", State.OK, f"{size:.1f} GB")


def _gpu() -> Finding:
    hint = (
        "Only models that compare by meaning use one; without it they run on the processor, slowly."
    )
    if sys.platform == "darwin" and platform.machine() == "arm64":
        return Finding("GPU", State.OK, f"Apple, {_torch()}")
    program = shutil.which("nvidia-smi")
    if not program:
        return Finding("GPU", State.MISSING, f"no NVIDIA driver found; {_torch()}", hint)
    names = _answer([program, "--query-gpu=name,memory.total", "--format=csv,noheader"])
    if not names:
        detail = f"the driver does not answer; {_torch()}"
        return Finding("GPU", State.LIMITED, detail, "Run nvidia-smi to see why.")
    return Finding("GPU", State.OK, f"{'; '.join(names)}; {_torch()}")


def _torch() -> str:
    try:
        version = importlib.metadata.version("torch")
    except importlib.metadata.PackageNotFoundError:
        return "torch is not installed"
    return f"torch {version}" + (" (processor only)" if version.endswith("+cpu") else "")


# ---- the program -------------------------------------------------------------------------------


def _formats() -> Finding:
    named = sorted(BINARY | MARKUP)
    others = len(SUPPORTED) - len(named)
    detail = f"{', '.join(named)}; {others} other endings, most of them plain text and source code"
    return Finding("Formats", State.OK, detail)


def _recognition() -> Finding:
    program = shutil.which("tesseract")
    if not program:
        hint = "Scanned pages cannot be read. Debian: apt install tesseract-ocr"
        return Finding("OCR", State.MISSING, "Tesseract is not installed", hint)
    names = [name for name in _answer([program, "--list-langs"])[1:] if name not in ("osd", "equ")]
    if not names:
        hint = "Debian: apt install tesseract-ocr-eng"
        return Finding("OCR", State.LIMITED, "Tesseract knows no language", hint)
    return Finding("OCR", State.OK, f"Tesseract, languages: {', '.join(names)}")


def _library(path: Path) -> Finding:
    if not path.exists() and not is_half_replaced(path):
        return Finding("Library", State.MISSING, f"{path}", "The first scan makes it.")
    try:
        with closing(open_for_reading(path)) as library:
            damage, files = find_damage(library), count_files(library)
    except LibraryError as error:
        return Finding("Library", State.FAULTY, error.title, error.hint)
    size = path.stat().st_size / 1_000_000
    if damage:
        hint = "Rescue what was decided: dedupe-app doctor --repair."
        return Finding("Library", State.FAULTY, f"{path} is damaged: {damage}", hint)
    return Finding("Library", State.OK, f"{path}: {files:,} files, {size:.1f} MB, no damage")


# ---- limits ------------------------------------------------------------------------------------


def _disk(library: Path) -> Finding:
    place = next(folder for folder in library.absolute().parents if folder.exists())
    free = shutil.disk_usage(place).free / _GB
    if free < _LEAST_DISK_GB:
        hint = "Free some space, or name a library elsewhere with --library."
        return Finding("Disk", State.LIMITED, f"{free:.1f} GB free for the library", hint)
    return Finding("Disk", State.OK, f"{free:,.1f} GB free for the library")


def _limits() -> list[Finding]:
    findings = []
    if sys.platform != "win32":
        import resource

        most, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
        endless = most == resource.RLIM_INFINITY
        few = not endless and most < _LEAST_OPEN_FILES
        findings.append(
            Finding(
                "Open files",
                State.LIMITED if few else State.OK,
                "no limit" if endless else f"at most {most:,}",
                f"Raise it with: ulimit -n {2 * _LEAST_OPEN_FILES}" if few else "",
            )
        )
    if _INOTIFY.is_dir():
        findings.append(_watches())
    return findings


def _watches() -> Finding:
    watches, instances = (
        int((_INOTIFY / name).read_text(encoding="ascii"))
        for name in ("max_user_watches", "max_user_instances")
    )
    few = watches < _LEAST_WATCHES
    return Finding(
        "Watching",
        State.LIMITED if few else State.OK,
        f"{watches:,} folders at a time (inotify), {instances:,} programs",
        "Raise it with: sudo sysctl fs.inotify.max_user_watches=524288" if few else "",
    )


def _answer(command: list[str]) -> list[str]:
    """Return the lines that a program prints, none if it fails."""
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=_ANSWER_SECONDS, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return []
    return [line.strip() for line in done.stdout.splitlines() if line.strip()]
