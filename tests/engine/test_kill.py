"""A scan that is killed at any moment: the next one finishes the work, and nothing is left running.

DEDUPE_KILLS=200 makes the loop longer (12 kills otherwise), DEDUPE_KILLS_SEED another one.
"""

import os
import random
import select
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress
from pathlib import Path

import pytest

from dedupe_app.errors import LibraryError

KILLS = int(os.environ.get("DEDUPE_KILLS", "12"))
SEED = int(os.environ.get("DEDUPE_KILLS_SEED", "20261122"))
PATIENCE_S = 2.0
# Prints one line per event, so that a kill can be aimed at a moment of the scan however fast the computer is.
SCAN = """
import sys
from pathlib import Path
from dedupe_app.engine.scan_messages import Progress, ScanOptions
from dedupe_app.engine.pipeline import scan
from dedupe_app.store.database import open_library
from dedupe_app.engine import comparing
if __name__ == "__main__":
    comparing._SAVE_SECONDS = 0.02  # as often as on a large tree, where a comparison takes longer
    with open_library(Path(sys.argv[2])) as library:
        for event in scan(library, ScanOptions((Path(sys.argv[1]),), processes=2)):
            print(event.stage if isinstance(event, Progress) else "finished", flush=True)
"""


def prose(chance, words):
    return " ".join(
        f"{chance.choice('bdfgklmnprst')}{chance.choice('aeiou')}{chance.randrange(90)}"
        for _ in range(words)
    )


def documents():
    """Return about 150 files: single ones, copies, revisions, records of one template, excerpts."""
    chance = random.Random(1)
    files = {}
    frame = prose(chance, 120)
    for number in range(40):
        text = prose(chance, 200)
        files[f"single/{number}.txt"] = text
        if number % 2:
            files[f"copies/{number}.md"] = text.replace(" ", "\n", 30)
            files[f"drafts/{number}.txt"] = text.replace(" ", " newly ", 4)
        if number % 4 == 0:
            files[f"excerpts/{number}.txt"] = " ".join(text.split()[60:150])
            files[f"books/{number}.html"] = f"<p>{text}</p><p>{prose(chance, 500)}</p>"
    for number in range(50):
        files[f"records/{number}.txt"] = (
            f"Record {chance.randrange(9999)} {prose(chance, 15)} {frame} {prose(chance, 10)}"
        )
    return files


@pytest.fixture(scope="module")
def tree(tmp_path_factory, plant):
    return plant(tmp_path_factory.mktemp("kill") / "tree", documents())


@pytest.fixture(scope="module")
def undisturbed(tree, tmp_path_factory, run_scan):
    return run_scan(tmp_path_factory.mktemp("plain") / "library.sqlite", tree, processes=2)


@pytest.fixture(scope="module")
def moments(undisturbed):
    """Return the numbers of the events to kill at, spread over the scan, a third of them in its last stages."""
    chance = random.Random(SEED)
    total = len(undisturbed.events)
    late = next(
        place
        for place, event in enumerate(undisturbed.events)
        if getattr(event, "stage", "") == "neighbours"
    )
    early = KILLS - KILLS // 3
    spread = [int((place + chance.random()) * total / early) for place in range(early)]
    return sorted(spread + [chance.randrange(late, total) for _ in range(KILLS // 3)])


def start(tree, library):
    return subprocess.Popen(
        [sys.executable, "-c", SCAN, str(tree), str(library)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=0,
    )


def descendants(pid):
    found = []
    with suppress(FileNotFoundError, ProcessLookupError):
        for children in Path(f"/proc/{pid}/task").glob("*/children"):
            for child in map(int, children.read_text(encoding="ascii").split()):
                found += [child, *descendants(child)]
    return found


def kill_at(process, event, chance):
    """Read events up to a number, wait a moment that ends somewhere between two events, kill; return the children."""
    seen = 0
    while seen < event and (line := process.stdout.readline()):
        seen += bool(line)
    select.select([], [], [], chance.random() * 0.03)
    children = [(pid, os.pidfd_open(pid)) for pid in descendants(process.pid)]
    process.send_signal(signal.SIGKILL)
    process.stdout.close()
    process.wait()
    return children


def survivors(children):
    """Wait until the processes are gone, two seconds at most; return those that are not."""
    left = []
    for pid, handle in children:
        gone, _, _ = select.select([handle], [], [], PATIENCE_S)
        os.close(handle)
        if not gone:
            left.append(pid)
    return left


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="finds the readers in /proc")
@pytest.mark.parametrize("number", range(KILLS))
def test_killed_scan_is_finished_by_the_next(
    tree, undisturbed, moments, tmp_path, run_scan, number
):
    library = tmp_path / "library.sqlite"
    chance = random.Random(SEED + number)
    assert survivors(kill_at(start(tree, library), moments[number], chance)) == []
    assert run_scan(library, tree, processes=2).csv == undisturbed.csv
    with closing(sqlite3.connect(library)) as connection:
        assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="finds the readers in /proc")
def test_one_scan_that_is_killed_again_and_again_comes_to_its_end(
    tree, undisturbed, tmp_path, run_scan
):
    chance = random.Random(SEED)
    library = tmp_path / "library.sqlite"
    for event in (1, 3, 40, 60, 90, 200, 300):
        assert survivors(kill_at(start(tree, library), event, chance)) == []
    assert run_scan(library, tree, processes=2).csv == undisturbed.csv


@pytest.mark.skipif(sys.platform != "linux", reason="finds the readers in /proc")
def test_library_is_locked_while_a_scan_runs_and_free_when_it_was_killed(tree, tmp_path, run_scan):
    process = start(tree, tmp_path / "library.sqlite")
    process.stdout.readline()
    with pytest.raises(LibraryError, match="in use"):
        run_scan(tmp_path / "library.sqlite", tree)
    assert survivors(kill_at(process, 0, random.Random(SEED))) == []
    assert run_scan(tmp_path / "library.sqlite", tree).finished.files == len(documents())
