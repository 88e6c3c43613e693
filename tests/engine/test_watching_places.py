"""The watch where names are not what they seem: other letters, other forms of one letter, folders with two names.

DEDUPE_DRIVES (see tests/reliability/test_drives.py) names folders on other drives that this is tried on, too.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
import unicodedata
from pathlib import Path

import pytest
from strange_engines import Heard, serve_hasty

from dedupe_app.engine import process
from dedupe_app.engine.messages import WINDOW_SCOPE, EngineOptions, Finished, Scan
from dedupe_app.engine.pipeline import scan
from dedupe_app.engine.planning import plan_marked
from dedupe_app.engine.scan_messages import ScanOptions
from dedupe_app.records import Decision, GroupKind, Problem
from dedupe_app.store import decisions, folders, results
from dedupe_app.store.database import open_beside, open_library

STORY = (
    "An old clockmaker lived above the bakery and counted the bells at night. When the tower fell silent in winter, he "
    "climbed its stairs with a lantern, oiled the wheels, and found a nest of owls among the weights and chains. "
)
PATIENCE_S = 60.0
OTHERS = [each for each in os.environ.get("DEDUPE_DRIVES", "").split(":") if each]


@pytest.fixture(params=["own", *OTHERS])
def tree(request, tmp_path):
    """Give a folder with two files, on a drive of its own where one is named."""
    if request.param == "own":
        place = tmp_path / "tree"
        place.mkdir()
    else:
        place = Path(tempfile.mkdtemp(dir=request.param.partition("=")[2]))
    (place / "story.txt").write_text(STORY)
    (place / "other.txt").write_text(f"{STORY} The owls stayed.")
    yield place
    shutil.rmtree(place, ignore_errors=True)


@pytest.fixture
def watching(tree, tmp_path, monkeypatch):
    """Return what watches folders by an engine of their own, and then says whether its library becomes right."""
    monkeypatch.setattr(process, "serve", serve_hasty)
    path = tmp_path / "library.sqlite"

    @contextlib.contextmanager
    def watch(*watched):
        with open_library(path) as library:
            folders.add_folders(library, watched)
        heard = Heard()
        engine = process.Engine(EngineOptions(path, processes=1), heard)
        engine.start()
        try:
            heard.until(lambda event: isinstance(event, Finished) and event.command == Scan())
            yield lambda: becomes_right(path, tmp_path / "fresh.sqlite", watched)
        finally:
            engine.stop()

    return watch


def becomes_right(path, fresh, watched):
    """Wait until the library says what a fresh scan says; return the names in it, relative to the folders."""
    fresh.unlink(missing_ok=True)
    with open_library(fresh) as library:
        for _ in scan(library, ScanOptions(watched, processes=1, name=WINDOW_SCOPE)):
            pass
    expected, start = state_of(fresh), time.monotonic()
    while state_of(path) != expected:
        assert time.monotonic() - start < PATIENCE_S, (state_of(path) ^ expected,)
        time.sleep(0.1)  # nothing is told when a scan changes nothing
    return {name for name, _ in expected if isinstance(name, str)}


def state_of(path):
    with open_beside(path) as library:
        groups = {}
        for row in results.report_rows(library, WINDOW_SCOPE, set(GroupKind)):
            groups.setdefault(row.group, set()).add((str(row.path), row.role, row.relation))
        files = library.rows(
            "select path, sha256 from files left join contents on contents.id = content_id"
        )
        listed = {(Path(os.fsdecode(name)).name, sha256) for name, sha256 in files}
        return frozenset(listed | {(frozenset(each), "group") for each in groups.values()})


def test_file_becomes_a_folder_of_its_name_and_a_file_again(watching, tree):
    with watching(tree) as right:
        (tree / "story.txt").unlink()
        (tree / "story.txt").mkdir()
        (tree / "story.txt" / "inner.txt").write_text(STORY)
        assert right() == {"inner.txt", "other.txt"}
        shutil.rmtree(tree / "story.txt")
        (tree / "story.txt").write_text(STORY)
        assert right() == {"story.txt", "other.txt"}


def test_folder_becomes_a_file_of_its_name_and_a_folder_again(watching, tree):
    (tree / "sub" / "deep").mkdir(parents=True)
    (tree / "sub" / "deep" / "a.txt").write_text(STORY)
    with watching(tree) as right:
        (tree / "sub").rename(tree / "away")
        (tree / "sub").write_text(STORY)
        right()
        (tree / "sub").unlink()
        (tree / "away").rename(tree / "sub")
        assert right() == {"story.txt", "other.txt", "a.txt"}
        (tree / "sub" / "deep" / "b.txt").write_text(STORY)
        assert right() == {"story.txt", "other.txt", "a.txt", "b.txt"}


def test_name_in_other_letters_alone(watching, tree):
    (tree / "Sub").mkdir()
    (tree / "Sub" / "A.txt").write_text(STORY)
    with watching(tree) as right:
        (tree / "Sub" / "A.txt").rename(tree / "Sub" / "a.txt")
        assert right() == {"story.txt", "other.txt", "a.txt"}
        (tree / "Sub").rename(tree / "SUB")
        assert right() == {"story.txt", "other.txt", "a.txt"}
        (tree / "SUB" / "B.txt").write_text(STORY)
        assert right() == {"story.txt", "other.txt", "a.txt", "B.txt"}


def test_names_that_look_the_same(watching, tree):
    """The letter and its dots as one character or as two: other names for the system, or the same one."""
    composed = unicodedata.normalize("NFC", "Mu\u0308ller.txt")
    parted = unicodedata.normalize("NFD", composed)
    with watching(tree) as right:
        (tree / composed).write_text(STORY)
        right()
        (tree / parted).write_text(STORY)
        assert right() == {"story.txt", "other.txt", *(path.name for path in tree.glob("M*"))}
        (tree / composed).unlink()
        assert right() == {"story.txt", "other.txt", *(path.name for path in tree.glob("M*"))}


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_folder_under_its_name_and_that_of_a_link(watching, tree, tmp_path):
    (tmp_path / "link").symlink_to(tree)
    check_two_names(watching, tree, tmp_path / "link", tmp_path / "library.sqlite")


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="mounts")
def test_folder_that_is_mounted_twice(watching, tree, tmp_path):
    place = tmp_path / "mounted"
    place.mkdir()
    if subprocess.run(
        ["mount", "--bind", tree, place], check=False, capture_output=True
    ).returncode:
        pytest.skip("nothing can be mounted here")
    try:
        check_two_names(watching, tree, place, tmp_path / "library.sqlite")
    finally:
        subprocess.run(["umount", place], check=True)


def check_two_names(watching, tree, other, library_path):
    """Both names follow every change, and one file under two names is never two copies."""
    with watching(tree, other) as right:
        (tree / "new.txt").write_text(f"{STORY} By way of the one name.")
        (other / "more.txt").write_text(f"{STORY} By way of the other name.")
        right()
        (other / "new.txt").rename(other / "renamed.txt")
        (tree / "more.txt").unlink()
        (other / "story.txt").rename(other / "moved.txt")
        assert right() == {"other.txt", "renamed.txt", "moved.txt"}
    with open_library(library_path) as library:
        numbers = [number for (number,) in library.rows("select id from files order by path")]
        decisions.decide(library, numbers[:3], Decision.REMOVE)
        items = plan_marked(library, WINDOW_SCOPE).items
    for item in items:
        kept = [each.path for each in item.kept if each.path.samefile(item.path)]
        assert kept == [] or item.problem is Problem.SAME_FILE
