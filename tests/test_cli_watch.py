"""`dedupe-app watch` as a person runs it: one line per change, Ctrl+C to end it."""

import csv
import os
import queue
import signal
import subprocess
import sys
import threading

import pytest

PATIENCE_S = 60.0
STORY = (
    "An old clockmaker lived above the bakery and counted the bells at night. When the tower fell silent in winter, he "
    "climbed its stairs with a lantern, oiled the wheels, and found a nest of owls among the weights and chains. "
)
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="sends SIGINT")


class Running:
    """A running command whose lines can be waited for."""

    def __init__(self, home, *arguments):
        own = {
            f"XDG_{name}_HOME": str(home / name) for name in ("DATA", "STATE", "CONFIG", "CACHE")
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "dedupe_app", "watch", *map(str, arguments)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, **own},
        )
        self._lines = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self):
        for line in self.process.stdout:
            self._lines.put(line.rstrip("\n"))

    def line(self):
        return self._lines.get(timeout=PATIENCE_S)

    def lines_until(self, wanted):
        found = [self.line()]
        while found[-1] != wanted:
            found.append(self.line())
        return found

    def end(self):
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(PATIENCE_S)
        return code, self.process.stderr.read()

    def close(self):
        self.process.kill()
        self.process.wait()
        self._reader.join(PATIENCE_S)
        for stream in (self.process.stdout, self.process.stderr):
            stream.close()


@pytest.fixture
def start(tmp_path):
    """Start a watch; whatever a test finds, none is left running after it."""
    started = []

    def run(*arguments):
        started.append(Running(tmp_path, *arguments))
        return started[-1]

    yield run
    for each in started:
        each.close()


@pytest.fixture
def tree(plant, tmp_path):
    return plant(tmp_path / "tree", {"story.txt": STORY})


@POSIX
def test_each_change_is_one_line(start, tree, tmp_path):
    report = tmp_path / "report.csv"
    watch = start(tree, "--library", tmp_path / "l.sqlite", "--csv", report, "--quiet")
    assert watch.line() == f"added {tree / 'story.txt'}"
    (tree / "draft.txt").write_text(STORY.replace("night", "dusk"))
    assert watch.line() == f"added {tree / 'draft.txt'}"
    grouped = watch.line()
    assert grouped.startswith("grouped ")
    assert grouped.endswith("(revision)")
    (tree / "draft.txt").rename(tree / "later.txt")
    assert watch.line() == f"moved {tree / 'draft.txt'} -> {tree / 'later.txt'}"
    with report.open(encoding="utf-8-sig", newline="") as file:
        assert {row["name"] for row in csv.DictReader(file)} >= {"story.txt"}
    (tree / "later.txt").unlink()
    assert watch.line() == f"removed {tree / 'later.txt'}"
    code, errors = watch.end()
    assert code == 130
    assert "Traceback" not in errors


@POSIX
def test_what_changed_meanwhile_is_told_at_the_next_start(start, tree, tmp_path):
    for expected in (f"added {tree / 'story.txt'}", f"changed {tree / 'story.txt'}"):
        watch = start(tree, "--library", tmp_path / "l.sqlite", "--quiet")
        assert watch.line() == expected
        assert watch.end()[0] == 130
        (tree / "story.txt").write_text("Other words.")


def test_report_cannot_go_where_the_changes_go(tree, tmp_path):
    run = subprocess.run(
        [sys.executable, "-m", "dedupe_app", "watch", str(tree), "--csv", "-"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert run.returncode == 2
    assert "name a file" in run.stderr
