"""`dedupe-app --self-check`: whether this copy of the program can do all it should, told step by step.

Works in a temporary folder and offscreen; nothing of the user's is read or changed. What it needs besides the program,
a document of each format and a tiny model, comes with the installed program (packaging/build.py).
"""

from __future__ import annotations

import csv
import logging
import os
import shutil
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dedupe_app import __version__
from dedupe_app.settings import resource_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dedupe_app.engine.scan_messages import ScanFinished, ScanOptions
    from dedupe_app.store.library import Library

# Where each system is told that the user's folders are elsewhere.
_PLACES = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "HOME")
_PLACES_OF_WINDOWS = ("WIN_PD_OVERRIDE_APPDATA", "WIN_PD_OVERRIDE_LOCAL_APPDATA")
_HUNGARIAN = "A közgyűlés jegyzőkönyvét az elnök és két tag írja alá, és az irattárban őrzik."
_TEXTS = 80
_MATTERS = ("harbour", "orchard", "library", "railway")
_PATIENCE_S = 90
_STEP_MS = 20


class SelfCheckError(Exception):
    """Something does not work as it should; the message says what."""


@dataclass(frozen=True, slots=True)
class Supplies:
    """What is checked with: `documents`, one of each format; `samples`, among them copies; `model`, a tiny one."""

    documents: Path
    samples: Path
    model: Path


def supplies_of_program() -> Supplies:
    """Return what comes with the installed program."""
    own = resource_folder() / "self_check"
    return Supplies(own / "documents", resource_folder() / "samples", own / "tiny-qwen3")


def run(supplies: Supplies | None = None) -> int:
    """Check everything, print a line for each step, and return an exit status: 0 when all of it works."""
    # Printed on a pipe line by line, and on a console that knows few letters.
    sys.stdout.reconfigure(line_buffering=True, errors="replace")  # type: ignore[union-attr]
    print(f"Dedupe App {__version__}, self-check")  # noqa: T201 - what it is for
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="dedupe-app-", ignore_cleanup_errors=True) as name:
        place = Path(name)
        with _own_places(place / "user"):
            is_well = _check(place, supplies or supplies_of_program())
    print(f"{'All is well' if is_well else 'Not well'}, {time.monotonic() - start:.1f} s")  # noqa: T201
    return 0 if is_well else 1


def _check(place: Path, supplies: Supplies) -> bool:
    steps: dict[str, Callable[[], str]] = {
        "documents": lambda: _read_documents(place, supplies),
        "groups": lambda: _find_groups(place, supplies),
        "model": lambda: _embed(place, supplies),
        "map": lambda: _draw_map(place),
        "card": _find_maker,
        "window": lambda: _open_window(place, supplies),
    }
    done = [_is_done(name, step) for name, step in steps.items()]
    return all(done)


def _is_done(name: str, step: Callable[[], str]) -> bool:
    """Take a step and tell about it. A boundary: whatever goes wrong is told, and the next step taken."""
    import traceback

    start = time.monotonic()
    told = _Told()
    logging.getLogger("dedupe_app").addHandler(told)
    try:
        found, is_well = step(), True
        _demand(not told.warnings, "; ".join(told.warnings))
    except SelfCheckError as error:
        found, is_well = str(error), False
    except Exception:  # noqa: BLE001 - printed whole
        found, is_well = traceback.format_exc(), False
    finally:
        logging.getLogger("dedupe_app").removeHandler(told)
    seconds = time.monotonic() - start
    print(f"{'ok    ' if is_well else 'FAILED'}  {name:<10}{seconds:6.1f} s  {found}")  # noqa: T201
    return is_well


class _Told(logging.Handler):
    """Notes what the program warns of: it goes on without much that is broken, which nobody would see here."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.warnings: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.warnings.append(record.getMessage())


# ---- without a window --------------------------------------------------------------------------


def _read_documents(place: Path, supplies: Supplies) -> str:
    """Read one document of each format with the built-in comparison."""
    from dedupe_app.text.extract import format_of
    from dedupe_app.text.plain import decode

    _demand(decode(_HUNGARIAN.encode("cp1250")) == _HUNGARIAN, "an old encoding is not recognised")
    _demand(supplies.documents.is_dir(), f"{supplies.documents} is not there")
    with _library(place / "documents.sqlite") as library:
        finished = _scan(library, _options(supplies.documents))
    left = [f"{path.name}: {why.reason.value} {why.detail}" for path, why in finished.skipped]
    _demand(not left, f"not read: {'; '.join(left)}")
    formats = sorted({format_of(path) for path in supplies.documents.iterdir()})
    return f"{finished.read} read: {', '.join(formats)}"


def _find_groups(place: Path, supplies: Supplies) -> str:
    """Group the samples, and write the report."""
    from dedupe_app.engine.exporting import export_report

    options = _options(supplies.samples)
    with _library(place / "samples.sqlite") as library:
        finished = _scan(library, options)
        report = export_report(library, options.scope, place / "report.csv")
    with report.open(encoding="utf-8-sig", newline="") as file:
        rows = sum(1 for _ in csv.DictReader(file))
    _demand(finished.groups > 0, "no group was found among the samples")
    _demand(rows >= 2 * finished.groups, "the report lacks files")
    return f"{finished.groups} groups among {finished.files} files, {rows} lines of report"


def _embed(place: Path, supplies: Supplies) -> str:
    """Embed the samples with a model folder."""
    from dedupe_app.store.spaces import all_spaces, count_vectors

    _demand(supplies.model.is_dir(), f"{supplies.model} is not there")
    with _library(place / "samples.sqlite") as library:
        finished = _scan(library, _options(supplies.samples, f"folder:{supplies.model}"))
        _demand(finished.model_problem is None, " ".join(finished.model_problem or ()))
        (space,) = [each for each in all_spaces(library) if each.name.startswith("folder")]
        vectors = count_vectors(library, space.number)
    _demand(vectors > 0, "no text was embedded")
    return f"{vectors} texts embedded, {space.dimensions} dimensions"


def _draw_map(place: Path) -> str:
    """Draw the map of as many texts as it takes to find topics."""
    from dedupe_app.engine.mapping import make_map
    from dedupe_app.records import Layout
    from dedupe_app.store.maps import latest_map

    options = _options(_write_texts(place / "texts"))
    with _library(place / "texts.sqlite") as library:
        _scan(library, options)
        for _ in make_map(library, options, full=True):
            pass
        info = latest_map(library, options.scope)
    if info is None or info.texts < _TEXTS:
        raise SelfCheckError("the map is not whole")
    _demand(info.layout is Layout.DRAWN, "the map was not drawn")
    return f"{info.texts} texts on the map"


def _find_maker() -> str:
    """Look whether all is there that makes an environment for a graphics card; none is made."""
    import subprocess

    from dedupe_app.runtime.launch import program_folder
    from dedupe_app.runtime.uv import find_uv
    from dedupe_app.runtime.wanted import wanted

    _demand(
        (program_folder() / "dedupe_app" / "engine" / "on_card.py").is_file(), "no modules for it"
    )
    told = subprocess.run([find_uv(), "--version"], capture_output=True, text=True, check=True)
    return f"{told.stdout.strip()}, {len(wanted('cu130').packages)} packages"


def _write_texts(folder: Path) -> Path:
    """Write short texts about a few matters, all of them different."""
    folder.mkdir()
    for number in range(_TEXTS):
        matter = _MATTERS[number % len(_MATTERS)]
        words = [f"{matter}{(number * place) % 11}" for place in range(1, 60)]
        text = f"{matter} number {number}. {' '.join(words)}"
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    return folder


# ---- the window --------------------------------------------------------------------------------


def _open_window(place: Path, supplies: Supplies) -> str:
    """Open the window on a folder, let its engine process scan, and close it."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtWidgets import QApplication

    from dedupe_app.app import Program
    from dedupe_app.engine.messages import Failed, Finished

    application = QApplication.instance()
    if not isinstance(application, QApplication):
        application = QApplication(["dedupe-app"])
    shutil.copytree(supplies.samples, place / "shown")
    start = time.monotonic()
    program = Program(application, place / "window.sqlite")
    events: list[object] = []
    program.bridge.event.connect(events.append)
    program.show([place / "shown"])
    shown = time.monotonic() - start
    try:
        _wait(lambda: any(isinstance(each, Failed | Finished) for each in events))
        scans = [each.scan for each in events if isinstance(each, Finished) and each.scan]
        failed = [f"{each.title} {each.hint}" for each in events if isinstance(each, Failed)]
        _demand(not failed, "; ".join(failed))
        if not scans:
            _wait(lambda: any(isinstance(each, Finished) and each.scan for each in events))
        _demand(not program.window.grab().isNull(), "the window is empty")
    finally:
        program.close()
        application.processEvents()
    return f"shown after {shown:.1f} s, scanned, closed"


def _wait(condition: Callable[[], bool]) -> None:
    """Let the window run until something holds."""
    from PySide6.QtCore import QEventLoop, QTimer

    by = time.monotonic() + _PATIENCE_S
    while not condition():
        _demand(time.monotonic() < by, "the engine process does not answer")
        loop = QEventLoop()
        QTimer.singleShot(_STEP_MS, loop.quit)
        loop.exec()


# ---- below all ---------------------------------------------------------------------------------


@contextmanager
def _own_places(place: Path) -> Iterator[None]:
    """Keep settings, logs and models out of the user's folders."""
    place.mkdir()
    names = (*_PLACES, *_PLACES_OF_WINDOWS, "QT_QPA_PLATFORM")
    before = {name: os.environ.get(name) for name in names}
    os.environ.update(dict.fromkeys(names[:-1], str(place)))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


@contextmanager
def _library(path: Path) -> Iterator[Library]:
    from dedupe_app.store.database import open_library

    with open_library(path) as library:
        yield library


def _options(folder: Path, embedder: str = "lexical") -> ScanOptions:
    from dedupe_app.engine.scan_messages import ScanOptions

    return ScanOptions((folder,), embedder=embedder)


def _scan(library: Library, options: ScanOptions) -> ScanFinished:
    from dedupe_app.engine.pipeline import scan
    from dedupe_app.engine.scan_messages import ScanFinished

    found: ScanFinished | None = None
    for event in scan(library, options):
        if isinstance(event, ScanFinished):
            found = event
    if found is None:
        raise SelfCheckError("the scan ended without its summary")
    return found


def _demand(holds: bool, otherwise: str) -> None:
    if not holds:
        raise SelfCheckError(otherwise)
