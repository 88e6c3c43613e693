"""Files that change their names, also with each other: what was decided goes with the file, never to another one."""

import os
from pathlib import Path

import pytest

from dedupe_app.engine.memory import Memory
from dedupe_app.engine.pipeline import scan
from dedupe_app.engine.scan_messages import ScanOptions
from dedupe_app.records import Decision
from dedupe_app.store import decisions, documents
from dedupe_app.store.database import open_library

TEXT = "The tide table of the old harbour lists every wreck and every light along the coast. " * 5
KEEP, REMOVE, UNDECIDED = Decision.KEEP, Decision.REMOVE, Decision.UNDECIDED
# Each: what is renamed into what, one after the other.
WAYS = {
    "over a former name": [("a", "z"), ("b", "a")],
    "chain": [("c", "d"), ("b", "c"), ("a", "b")],
    "chain the other way": [("a", "0"), ("b", "a"), ("c", "b")],
    "swap": [("a", "t"), ("b", "a"), ("t", "b")],
    "round": [("a", "t"), ("b", "a"), ("c", "b"), ("t", "c")],
    "over another": [("a", "b")],
}


@pytest.fixture
def prepared(tmp_path):
    """Return the library and the folder of three files with other decisions; `alike`: of the same bytes."""

    def prepare(*, alike):
        docs = tmp_path / "docs"
        docs.mkdir()
        for number, name in enumerate("abc"):
            text = TEXT if alike else TEXT.replace("wreck", "wreck " * (number + 1))
            (docs / name).with_suffix(".txt").write_text(text)
            os.utime(docs / f"{name}.txt", (1500000000 + number,) * 2)
        path = tmp_path / "library.sqlite"
        look(path, docs)
        with open_library(path) as library:
            for name, decision in zip("abc", (KEEP, REMOVE, UNDECIDED), strict=True):
                number = documents.file_at(library, docs / f"{name}.txt")
                decisions.decide(library, [number], decision)
        return path, docs

    return prepare


def look(path, docs, *parts):
    """Scan the whole folder, or in one go after the other some paths of it."""
    options = ScanOptions((docs,), processes=1)
    with open_library(path) as library:
        memory = Memory()
        if parts:
            memory.walked = options
        for only in parts or (None,):
            for _ in scan(library, options, memory, only):
                pass


def rename(docs, way):
    """Rename files; return what was decided about the file that each name has now."""
    before = {(docs / f"{name}.txt").stat().st_ino: name for name in "abc"}
    for old, new in way:
        (docs / f"{old}.txt").replace(docs / f"{new}.txt")
    words = dict(zip("abc", (KEEP, REMOVE, UNDECIDED), strict=True))
    return {path.name: words[before[path.stat().st_ino]] for path in docs.iterdir()}


def decided(path):
    """Return what is decided about the files that are there."""
    with open_library(path) as library:
        rows = library.rows(
            "select files.path, decision from files join contents on contents.id = content_id "
            "join decisions on decisions.path = files.path and decisions.sha256 = contents.sha256"
        )
        return {Path(os.fsdecode(file)).name: Decision(word) for file, word in rows}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
@pytest.mark.parametrize("alike", [False, True], ids=["other texts", "copies"])
def test_decisions_follow_while_nobody_looked(prepared, way, alike):
    path, docs = prepared(alike=alike)
    wanted = rename(docs, way)
    look(path, docs)
    assert decided(path) == wanted


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
def test_decisions_follow_where_hints_come_one_after_the_other(prepared, way):
    path, docs = prepared(alike=False)
    wanted = rename(docs, way)
    # A renaming is told with both names.
    told = [[docs / f"{name}.txt" for name in pair] for pair in way]
    look(path, docs, *told)
    assert decided(path) == wanted


def test_moved_files_are_not_read_again(prepared):
    path, docs = prepared(alike=False)
    with open_library(path) as library:
        before = dict(library.rows("select path, content_id from files"))
    rename(docs, WAYS["round"])
    with open_library(path) as library:
        for event in scan(library, ScanOptions((docs,), processes=1)):
            assert getattr(event, "stage", "") not in ("hash", "text") or not event.done
        after = dict(library.rows("select path, content_id from files"))
    assert sorted(after.values()) == sorted(before.values())
    assert after != before


def test_decision_about_an_overwritten_file_holds_when_it_is_back(prepared):
    path, docs = prepared(alike=False)
    text = (docs / "b.txt").read_bytes()
    rename(docs, WAYS["over another"])
    look(path, docs)
    (docs / "b.txt").write_bytes(text)
    look(path, docs)
    assert decided(path)["b.txt"] is REMOVE
