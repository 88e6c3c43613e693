"""What many tests need: a library in a temporary folder, trees of small files, and scans of them."""

from __future__ import annotations

import faulthandler
import io
import os
import signal
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings

from dedupe_app.engine.pipeline import scan
from dedupe_app.engine.scan_messages import Progress, ScanFinished, ScanOptions
from dedupe_app.records import GroupKind
from dedupe_app.review.export import write_csv
from dedupe_app.store import results
from dedupe_app.store.database import open_library

# How long one example takes says more of the machine than of the program.
settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")
# Whoever starts the tests in the background may have had Ctrl+C ignored, and a program that is started inherits that.
signal.signal(signal.SIGINT, signal.default_int_handler)


_END_S = 60.0


def pytest_sessionfinish(exitstatus):
    """A thread that a failed test left behind is told of; it does not keep the tests from ending."""

    def end():
        time.sleep(_END_S)
        faulthandler.dump_traceback(sys.__stderr__)
        os._exit(int(exitstatus))

    threading.Thread(target=end, daemon=True).start()


@dataclass(frozen=True)
class Scanned:
    """What came of a scan: the report, the groups without their numbers, and the events."""

    csv: str
    groups: frozenset
    rows: tuple
    finished: ScanFinished
    events: tuple

    def count(self, stage):
        """Count the files that went through a stage."""
        return sum(
            isinstance(event, Progress) and event.stage == stage and event.done > 0
            for event in self.events
        )

    def numbers(self):
        """Return the files of each group by its number."""
        found = {}
        for row in self.rows:
            found.setdefault(row.group, set()).add(row.path.name)
        return found

    def reasons(self):
        """Return why files were skipped, by name."""
        return {path.name: skipped.reason for path, skipped in self.finished.skipped}


def scan_tree(library_path, *folders, **options):
    """Scan folders into a library and return all that came of it."""
    chosen = ScanOptions(tuple(folders), **{"processes": 1, **options})
    with open_library(library_path) as library:
        events = tuple(scan(library, chosen))
        rows = tuple(results.report_rows(library, chosen.scope, set(GroupKind)))
    report = io.StringIO()
    write_csv(rows, report)
    return Scanned(report.getvalue(), groups_of(rows), rows, events[-1], events)


def groups_of(rows):
    """Return each group as its kind and its files with role and relation, without numbers."""
    found = {}
    for row in rows:
        found.setdefault((row.group, row.kind), set()).add(
            (row.path, row.role, row.relation, row.similarity)
        )
    return frozenset((kind, frozenset(files)) for (_, kind), files in found.items())


def plant_files(root, contents):
    """Write files given as a mapping of path to text or bytes; return their folder."""
    for name, content in contents.items():
        path = Path(root, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return Path(root)


@pytest.fixture(scope="session")
def qapp_cls():
    """Tests run in the application that the program makes."""
    from dedupe_app.ui.application import Application

    return Application


@pytest.fixture(scope="session")
def run_scan():
    return scan_tree


@pytest.fixture(scope="session")
def plant():
    return plant_files


@pytest.fixture
def library(tmp_path):
    with open_library(tmp_path / "library.sqlite") as opened:
        yield opened
