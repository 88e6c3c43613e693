"""A tree of hostile files is scanned: each ends with a reason or a text, the good ones among them are grouped."""

import csv
import io
import resource
import socket
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

import pytest
from hostile import make_hostile
from hostile_more import make_more, whole

from dedupe_app.records import Relation, SkipReason
from dedupe_app.review.export import write_csv
from dedupe_app.settings import ReadLimits
from dedupe_app.text import forking

SECONDS = 20.0
LETTER = "Dear neighbour, the fence between our gardens fell in the storm of last week. " * 6


@dataclass
class Outcome:
    expected: dict
    scanned: object
    calls: list
    before: set
    after: set
    trees: Path
    peak_bytes: int


@pytest.fixture(scope="module")
def outcome(tmp_path_factory, plant, run_scan):
    root = tmp_path_factory.mktemp("hostile")
    for folder in ("h", "m"):
        (root / "tree" / folder).mkdir(parents=True)
    plant(root / "tree", {"a/letter.txt": LETTER, "b/letter.md": LETTER, "h/letter.txt": LETTER})
    plant(root / "tree", {f"sound/whole.{kind}": data for kind, data in whole().items()})
    calls = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=count_calls, args=(server, calls), daemon=True).start()
        address = f"http://127.0.0.1:{server.getsockname()[1]}"
        expected = {path: {reason} for path, reason in make_hostile(root / "tree" / "h").items()}
        expected |= make_more(root / "tree" / "m", address)
        before = everything(root / "tree")
        limits = ReadLimits(seconds=SECONDS)
        # Readers that are forked by another process are no children of this one: their memory would not be seen.
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(forking, "FORKS", False)
            scanned = run_scan(root / "library.sqlite", root / "tree", processes=2, limits=limits)
        after = everything(root / "tree")
        server.shutdown(socket.SHUT_RDWR)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    return Outcome(expected, scanned, calls, before, after, root, peak)


def count_calls(server, calls):
    try:
        while True:
            calls.append(server.accept()[1])
    except OSError:
        return


def everything(folder):
    return {(path, path.lstat().st_size) for path in folder.rglob("*")}


def test_there_are_many(outcome):
    assert len(outcome.expected) >= 250


def test_every_file_ends_with_an_expected_reason(outcome):
    reasons = {path: skipped.reason for path, skipped in outcome.scanned.finished.skipped}
    wrong = {
        path.name: (reasons.get(path), allowed)
        for path, allowed in outcome.expected.items()
        # What is not looked at at all is not listed: folders, what has no known ending, what went.
        if reasons.get(path) not in allowed and not (path not in reasons and unlisted(allowed))
    }
    assert wrong == {}


def unlisted(allowed):
    return bool(allowed & {SkipReason.UNSUPPORTED, SkipReason.VANISHED})


def test_no_file_took_longer_than_it_may(outcome):
    late = [
        path for path, why in outcome.scanned.finished.skipped if why.reason is SkipReason.TIMED_OUT
    ]
    assert late == []


def test_no_reader_failed_by_a_fault_of_its_own(outcome):
    failed = [
        path.name
        for path, why in outcome.scanned.finished.skipped
        if "stopped unexpectedly" in why.detail or "its reader failed" in why.detail
    ]
    assert failed == []


def test_good_files_among_them_are_grouped(outcome):
    letters = {path for path, *_ in (row for _, files in outcome.scanned.groups for row in files)}
    names = {path.relative_to(outcome.trees / "tree").as_posix() for path in letters}
    assert {"a/letter.txt", "b/letter.md", "h/letter.txt"} <= names
    of_letter = [
        {path.name: relation for path, _, relation, _ in files}
        for _, files in outcome.scanned.groups
        if any(path.name == "letter.md" for path, *_ in files)
    ]
    assert of_letter
    assert set(of_letter[0].values()) <= {None, Relation.IDENTICAL, Relation.SAME_TEXT}


def test_sound_documents_of_each_format_are_read(outcome):
    unread = {
        path.name for path, _ in outcome.scanned.finished.skipped if path.parent.name == "sound"
    }
    assert unread == set()


def test_nobody_called_the_server_that_files_name(outcome):
    assert outcome.calls == []


def test_nothing_is_written_beside_the_library(outcome):
    assert outcome.after == outcome.before
    assert {path.name.partition("-")[0] for path in outcome.trees.iterdir()} <= {
        *("tree", "library.sqlite", "library.sqlite.lock"),
    }
    assert not Path("/tmp/outside.txt").exists()


def test_no_name_reaches_a_spreadsheet_as_a_formula(outcome):
    rows = csv.reader(io.StringIO(outcome.scanned.csv.removeprefix("\ufeff"), newline=""))
    cells = [cell for row in rows for cell in row]
    assert any(cell.startswith("'=cmd|") for cell in cells)
    assert not [cell for cell in cells if cell[:1] in set("=+-@\t\r") and cell]


def test_no_name_reaches_a_terminal_as_a_command(outcome):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    terminal = Terminal()
    write_csv(outcome.scanned.rows, terminal)
    assert "red" in terminal.getvalue()
    assert not set(terminal.getvalue()) & (set(map(chr, range(32))) - set("\r\n\t"))


@pytest.mark.skipif(sys.platform != "linux", reason="memory as Linux counts it")
def test_memory_of_a_reader_is_bounded(outcome):
    limits = ReadLimits()
    assert outcome.peak_bytes < limits.memory_bytes + (1 << 30)
