"""How soon the window is there, how well it answers while the engine works, and a list of a million files.

Run: .venv/bin/python benchmarks/window.py [--documents 3000] [--groups 100000] [--files 1000000] [--library FILE]

Start: from the start of a new process to the first paint, against a process that shows a bare window with an empty
table (the least that Python and Qt can do); in turn, five times each, medians. Answers: how late a timer of 10 ms is
while the engine scans made-up documents, against the same window at rest. List: the library of benchmarks/browse.py in
the real view; from the question to the painted answer. Offscreen unless there is a display; the times hold for both.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import browse

if TYPE_CHECKING:
    from collections.abc import Callable

    from dedupe_app.ui.groups_view import GroupsView
    from dedupe_app.ui.library import LibraryThread

_REPEAT = 5
_PATIENCE_S = 600.0
_TICK_MS = 10
_WORDS = "lease contract fee supplier client notice term payable archive minutes board report shelf box wet".split()
_PAINT = """
import sys, time
from pathlib import Path
from PySide6.QtCore import QEvent, QObject, QTimer
class FirstPaint(QObject):
    def eventFilter(self, seen, event):
        if event.type() == QEvent.Type.Paint:
            print(time.time(), flush=True)
            QTimer.singleShot(0, application.quit)
            seen.removeEventFilter(self)
        return False
from PySide6.QtWidgets import QApplication
application = QApplication(sys.argv[:1])
watcher = FirstPaint()
"""
_BARE = (
    _PAINT
    + """
from PySide6.QtWidgets import QMainWindow, QTableWidget
window = QMainWindow()
window.setCentralWidget(QTableWidget())
window.centralWidget().viewport().installEventFilter(watcher)
window.show()
application.exec()
"""
)
_OURS = (
    _PAINT
    + """
from dedupe_app.app import Program
program = Program(application, Path(sys.argv[1]))
program.window.installEventFilter(watcher)
program.show()
application.exec()
program.close()
"""
)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=3000)
    parser.add_argument("--groups", type=int, default=100_000)
    parser.add_argument("--files", type=int, default=1_000_000)
    parser.add_argument("--library", type=Path, help="the large library: make it here, or use it")
    options = parser.parse_args()
    if not any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory(prefix="dedupe-") as temporary:
        place = Path(temporary)
        for name in ("CONFIG", "DATA", "STATE", "CACHE"):
            os.environ[f"XDG_{name}_HOME"] = str(place / name.lower())
        measure_start(place)
        measure_answers(place, options.documents)
        large = options.library or place / "large.sqlite"
        if not large.exists():
            browse.make_library(large, options.groups, options.files, 0)
        measure_list(large)


def measure_start(place: Path) -> None:
    times: dict[str, list[float]] = {"bare window": [], "ours": []}
    for _ in range(_REPEAT):
        for name, script in (("bare window", _BARE), ("ours", _OURS)):
            began = time.time()
            shown = subprocess.run(
                [sys.executable, "-c", script, str(place / "start.sqlite")],
                stdout=subprocess.PIPE,
                check=True,
                text=True,
            ).stdout
            times[name].append(float(shown.split()[0]) - began)
    bare, ours = (statistics.median(times[name]) for name in ("bare window", "ours"))
    print(
        f"first paint after start of the process: {ours:.2f} s, bare window {bare:.2f} s ({ours / bare:.1f}x)"
    )


def measure_answers(place: Path, documents: int) -> None:
    from PySide6.QtWidgets import QApplication

    from dedupe_app.app import Program
    from dedupe_app.engine.messages import Finished

    folder = place / "documents"
    make_documents(folder, documents)
    application = QApplication.instance() or QApplication(sys.argv[:1])
    program = Program(application, place / "answers.sqlite")
    finished: list[object] = []
    program.bridge.event.connect(finished.append)
    program.show()
    settled = time.monotonic() + 8
    turn(lambda: time.monotonic() > settled)
    rested = time.monotonic() + 5
    still = lateness(lambda: time.monotonic() > rested)
    program.window.add_folders([folder])
    began = time.monotonic()
    busy = lateness(
        lambda: any(isinstance(each, Finished) and each.scan is not None for each in finished)
    )
    print(f"scan of {documents:,} documents in the window: {time.monotonic() - began:.1f} s")
    for name, late in (("while scanning", busy), ("at rest", still)):
        late.sort()
        print(
            f"timer late by, {name}: p50 {late[len(late) // 2]:.1f} ms, p99 {late[int(len(late) * 0.99)]:.1f} ms, "
            f"max {late[-1]:.1f} ms ({len(late)} ticks)"
        )
    program.close()


def make_documents(folder: Path, count: int) -> None:
    """Write letters of 200 to 2,000 words, every third an edited copy of the one before."""
    chance = random.Random(0)
    folder.mkdir()
    words: list[str] = []
    for number in range(count):
        if number % 3 or not words:
            words = [
                chance.choice(_WORDS) + str(chance.randrange(4000))
                for _ in range(chance.randrange(200, 2000))
            ]
        else:
            words = [*words]
            words[chance.randrange(len(words))] = "edited"
        (folder / f"letter {number}.txt").write_text(" ".join(words))


def measure_list(path: Path) -> None:
    from PySide6.QtWidgets import QApplication

    from dedupe_app.records import GroupQuery, SortKey
    from dedupe_app.ui.groups_view import GroupsView
    from dedupe_app.ui.library import LibraryThread

    application = QApplication.instance() or QApplication(sys.argv[:1])
    library = LibraryThread(path, application)
    view = GroupsView(library)
    view.resize(1000, 800)
    view.show()
    listed: list[int] = []
    view.listed.connect(listed.append)
    measure_loading(library)

    def ask(query: GroupQuery) -> float:
        listed.clear()
        began = time.perf_counter()
        if query == view.query():
            view.reload()
        view.set_query(query)
        late = lateness(lambda: bool(listed))
        view.table.viewport().repaint()
        took = (time.perf_counter() - began) * 1000
        print(f"  longest the window did not answer: {max(late, default=0.0):.0f} ms")
        return took

    shown: list[float] = []
    began = time.perf_counter()

    def note_rows() -> None:
        if not shown:
            view.table.viewport().repaint()
            shown.append((time.perf_counter() - began) * 1000)

    view.model.modelReset.connect(note_rows)
    whole = ask(GroupQuery())
    view.model.modelReset.disconnect(note_rows)
    print(f"open: first rows {shown[0]:.0f} ms, all {view.model.rowCount():,} rows {whole:.0f} ms")
    print(f"sort by size: {ask(GroupQuery(sort=SortKey.SIZE)):.0f} ms")
    print(f"sort by name: {ask(GroupQuery(sort=SortKey.NAME, descending=False)):.0f} ms")
    measure_jumps(view)
    view.close()
    library.close()


def measure_loading(library: LibraryThread) -> None:
    """Print what the first question costs in the background whatever it is: modules, and the library itself."""
    from dedupe_app.store.folders import folders

    began = time.perf_counter()
    ready: list[object] = []
    library.ask(folders, ready.append)
    turn(lambda: bool(ready))
    print(f"store loaded, library opened: {(time.perf_counter() - began) * 1000:.0f} ms")


def measure_jumps(view: GroupsView) -> None:
    bar = view.table.verticalScrollBar()
    chance = random.Random(0)
    jumps = []
    for _ in range(40):
        began = time.perf_counter()
        bar.setValue(chance.randrange(bar.maximum()))
        view.table.viewport().repaint()
        jumps.append((time.perf_counter() - began) * 1000)
    print(f"scroll jump: median {statistics.median(jumps):.0f} ms, max {max(jumps):.0f} ms")


def lateness(done: Callable[[], bool]) -> list[float]:
    """Turn the event loop until done; return by how many ms each tick of a timer was late."""
    from PySide6.QtCore import QElapsedTimer, Qt, QTimer

    late: list[float] = []
    watch = QElapsedTimer()
    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)

    def tick() -> None:
        late.append(max(0.0, watch.nsecsElapsed() / 1e6 - _TICK_MS))
        watch.restart()

    timer.timeout.connect(tick)
    watch.start()
    timer.start(_TICK_MS)
    turn(done)
    return late


def turn(done: Callable[[], bool]) -> None:
    """Turn the event loop, as the program itself does, until something is so."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    look = QTimer()

    def check() -> None:
        if done() or time.monotonic() > until:
            loop.quit()

    until = time.monotonic() + _PATIENCE_S
    look.timeout.connect(check)
    look.start(5)
    loop.exec()


if __name__ == "__main__":
    main()
