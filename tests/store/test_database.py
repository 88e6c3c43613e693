"""Opening the library: what is ours is opened and brought up to date, all else is refused and left alone."""

import hashlib
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from make_library import make, names, path_for
from sqlite_utils import Database

from dedupe_app.errors import (
    LibraryDamagedError,
    LibraryError,
    LibraryLockedError,
    LibraryNewerError,
)
from dedupe_app.records import Decision, Folder, GroupKind, GroupQuery, Relation, Show
from dedupe_app.store import browse, decisions, documents, folders, results
from dedupe_app.store.database import (
    find_damage,
    open_beside,
    open_for_reading,
    open_library,
)
from dedupe_app.store.steps import STEPS

HOLD_EXCLUSIVE = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("begin exclusive")
print("held", flush=True)
sys.stdin.read()
"""
HOLD_OPEN = """
import pathlib, sys
from dedupe_app.store.database import open_library
library = open_library(pathlib.Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    path = tmp_path_factory.mktemp("filled") / "library.sqlite"
    make(path)
    return path


@pytest.fixture
def copy(filled, tmp_path):
    return shutil.copy(filled, tmp_path / "library.sqlite")


def state_of(folder):
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def held_by(program, path):
    process = subprocess.Popen(
        [sys.executable, "-c", program, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "held\n"
    return process


def rows_of(db, table, columns=None):
    """Return the rows of a table with some of its columns, in any order."""
    found = [{name: row[name] for name in columns or row} for row in db[table].rows]
    return sorted(found, key=str)


def export(path):
    with open_library(path) as library:
        return list(results.report_rows(library, results.latest_scope(library), set(GroupKind)))


# ---- schema ------------------------------------------------------------------------------------


@pytest.mark.parametrize("migration", names())
def test_every_shipped_library_opens_and_exports(migration, tmp_path):
    copy = shutil.copy(path_for(migration), tmp_path / "library.sqlite")
    rows = export(copy)
    assert [(row.path.name, row.relation) for row in rows] == [
        ("b.md", None),
        ("a.txt", Relation.SAME_TEXT),
        ("c.txt", Relation.SAME_TEXT),
    ]
    assert all(row.words == 19 and len(row.sha256) == 64 for row in rows)


def test_first_library_is_brought_up_to_date_with_all_it_has(tmp_path):
    copy = shutil.copy(path_for("m001_first_schema"), tmp_path / "library.sqlite")
    tables = ("files", "contents", "texts", "spaces", "vectors", "pairs", "scopes", "groups")
    before = Database(copy)
    kept = {table: rows_of(before, table) for table in (*tables, "group_members")}
    columns = {table: before[table].columns_dict for table in kept}
    before.close()
    kept["scopes"] = [{**row, "signature": ""} for row in kept["scopes"]]  # groups are made anew
    with open_library(copy) as library:
        for table, rows in kept.items():
            assert rows_of(Database(library.connection), table, columns[table]) == rows
        scope = results.latest_scope(library)
        (number,) = browse.group_list(library, scope, GroupQuery(words="TREE b.md"))[0]
        (row,) = browse.group_rows(library, [number])
        assert (row.title, row.relation, row.files) == ("b.md", Relation.SAME_TEXT, 3)
        files = browse.file_rows(library, [number])[number]
        assert [each.path.name for each in files] == ["b.md", "a.txt", "c.txt"]
        assert [each.decision for each in files] == [Decision.KEEP, *[Decision.REMOVE] * 2]
        counts = browse.count_all(library, scope)
        assert (counts.files, counts.groups[Show.ALL], counts.marked_files) == (3, 1, 2)
        assert counts.marked_bytes == sum(each.size_bytes for each in files[1:])
        assert list(library.rows("pragma foreign_key_check")) == []


def test_decisions_of_an_earlier_library_hold(tmp_path):
    copy = shutil.copy(path_for("m002_decisions"), tmp_path / "library.sqlite")
    with open_library(copy) as library:
        assert folders.folders(library) == [Folder(Path("/paper"), True, True, ("*.bak",), 1)]
        assert decisions.kept_files(library) == {2}
        assert [each.decision for each in decisions.decisions(library)] == [
            Decision.UNDECIDED,
            None,
        ]
        assert decisions.undo_last(library) == "these are not duplicates: 2 files"
        assert decisions.rejections(library) == set()
        assert decisions.undo_last(library) == "leave 1 file undecided"
        scope = results.latest_scope(library)
        assert [each.file for each in browse.marked(library, scope)] == [1, 3]
        assert browse.count_all(library, scope).marked_files == 2


def test_earlier_marks_are_for_the_same_text_if_that_is_what_they_are_now(tmp_path):
    copy = shutil.copy(path_for("m009_order_and_former_folders"), tmp_path / "library.sqlite")
    before = Database(copy)
    before.execute(
        "insert into decisions (path, sha256, decision, made) select path, sha256, 'remove', '2026-11-23' "
        "from files join contents on contents.id = content_id where files.id = 3"
    )
    before.close()
    with open_library(copy) as library:
        (number,) = browse.group_list(library, results.latest_scope(library), GroupQuery())[0]
        rows = browse.file_rows(library, [number])[number]
        assert {row.path.name: row.for_same_text for row in rows} == {
            **{"a.txt": False, "b.md": False},
            "c.txt": True,
        }


def test_earlier_mark_that_is_taken_back_to_is_for_the_same_text(tmp_path):
    copy = shutil.copy(path_for("m009_order_and_former_folders"), tmp_path / "library.sqlite")
    before = Database(copy)
    before.execute(
        "insert into decision_log (id, made, what, files) values (9, '2026-11-23', 'leave undecided', 1)"
    )
    before.execute("insert into decision_log_files values (9, 1, 'remove', 0, '2026-11-21')")
    before.close()
    with open_library(copy) as library:
        (number,) = browse.group_list(library, results.latest_scope(library), GroupQuery())[0]
        assert not any(row.for_same_text for row in browse.file_rows(library, [number])[number])
        decisions.undo_last(library)
        rows = browse.file_rows(library, [number])[number]
        assert {row.path.name for row in rows if row.for_same_text} == {"a.txt"}


def test_number_of_a_file_is_never_used_again(library):
    for _ in range(2):
        library.execute(
            "insert into files (path, folded, size_bytes, mtime_ns, device, inode) "
            "values (x'61', 'a', 1, 1, '1', '1')"
        )
        number = library.row("select max(id) from files")[0]
        library.execute("delete from files")
    assert number == 2


def test_every_migration_has_a_library():
    missing = [name for name in names() if not path_for(name).is_file()]
    assert missing == [], "run tests/store/make_library.py"


def test_newest_library_has_the_schema_of_today(tmp_path):
    shutil.copy(path_for(names()[-1]), tmp_path / "shipped.sqlite")
    with (
        open_library(tmp_path / "shipped.sqlite") as shipped,
        open_library(tmp_path / "new.sqlite") as new,
    ):
        assert Database(shipped.connection).schema == Database(new.connection).schema


def test_steps_are_the_migrations():
    assert list(STEPS) == names()


def test_new_library_has_all_migrations_and_no_files(tmp_path):
    with open_library(tmp_path / "new" / "library.sqlite") as library:
        assert [row[0] for row in library.rows("select name from _sqlite_migrations")] == names()
        assert documents.count_files(library) == 0
        assert find_damage(library) == ""
        assert library.row("pragma foreign_keys") == (1,)
        assert library.row("pragma journal_mode") == ("wal",)


def test_empty_file_becomes_a_library(tmp_path):
    (tmp_path / "library.sqlite").touch()
    with open_library(tmp_path / "library.sqlite") as library:
        assert documents.count_files(library) == 0


def test_number_of_a_text_is_never_used_again(library):
    for _ in range(2):
        library.execute(
            "insert into texts (hash, words, sketch, sketch_shift) values ('h', 1, x'', 3)"
        )
        number = library.row("select max(id) from texts")[0]
        library.execute("delete from texts")
    assert number == 2


def test_failed_writing_leaves_nothing(library):
    def fail():
        with library.atomic():
            library.execute("insert into spaces (name, dimensions, dtype) values ('x', 1, 'int8')")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert library.row("select count(*) from spaces") == (0,)


# ---- refused -----------------------------------------------------------------------------------


def test_newer_library_is_refused_and_left_alone(copy, tmp_path):
    database = Database(copy)
    database["_sqlite_migrations"].insert(
        {"migration_set": "dedupe-app", "name": "m999_later", "applied_at": "2030"}
    )
    database.close()
    before = state_of(tmp_path)
    for opening in (open_library, open_for_reading, open_beside):
        with pytest.raises(LibraryNewerError, match="newer version"):
            opening(copy)
    assert state_of(tmp_path) == before


def test_library_of_another_program_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "library.sqlite"
    connection = sqlite3.connect(path)
    connection.execute("create table photos (id integer)")
    connection.close()
    before = state_of(tmp_path)
    with pytest.raises(LibraryDamagedError, match="another program"):
        open_library(path)
    assert state_of(tmp_path) == before


def flip(data, place, length):
    return (
        data[:place]
        + bytes(255 - byte for byte in data[place : place + length])
        + data[place + length :]
    )


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"This is a letter, not a library.\n" * 9,
        lambda data: data[: len(data) // 2],
        lambda data: data[:100],
        lambda data: flip(data, 0, 16),
        lambda data: flip(data, len(data) // 2, 4096),
        lambda data: flip(data, 4096, 64),
    ],
    ids=["no database", "half", "head only", "head", "middle", "second page"],
)
def test_damaged_library_is_refused_and_left_alone(copy, tmp_path, damage):
    copy.write_bytes(damage(copy.read_bytes()))
    before = state_of(tmp_path)
    for opening in (open_library, open_for_reading, open_beside):
        with pytest.raises(LibraryDamagedError, match="damaged"):
            opening(copy)
    assert state_of(tmp_path) == before


@pytest.mark.parametrize("seed", range(25))
def test_any_damage_ends_in_a_library_error_or_a_report(filled, tmp_path, seed):
    chance = random.Random(seed)
    data = filled.read_bytes()
    path = tmp_path / "library.sqlite"
    path.write_bytes(flip(data, chance.randrange(100, len(data)), chance.choice([1, 8, 512, 4096])))
    try:
        found = len(export(path))
    except LibraryError as error:
        found = error.hint
    assert found in (0, 2, 3) or isinstance(found, str)


def test_damaged_text_is_a_damaged_library(copy):
    with open_library(copy) as library:
        library.execute("update contents set text = x'00112233'")
        number = library.row("select max(text_id) from contents")[0]
        with pytest.raises(LibraryDamagedError):
            list(documents.raw_texts(library, [number]))


def test_damage_found_while_reading_is_a_damaged_library(copy):
    with open_library(copy) as library:
        library.execute("update contents set detail = cast(x'ff' as text)")
        documents.define_scope(library, [])
        library.execute("insert into temp.scope select id from files")
        with pytest.raises(LibraryDamagedError):
            documents.documents(library)


def test_library_in_a_writing_transaction_of_another_program_is_locked(copy, tmp_path):
    before = hashlib.sha256(copy.read_bytes()).hexdigest()
    holder = held_by(HOLD_EXCLUSIVE, copy)
    start = time.monotonic()
    with pytest.raises(LibraryLockedError, match="in use by another program"):
        open_library(copy)
    assert time.monotonic() - start < 6.5
    holder.communicate()
    assert hashlib.sha256(copy.read_bytes()).hexdigest() == before
    with open_library(copy) as library:
        assert documents.count_files(library) == 3


def test_library_of_a_running_scan_is_locked_at_once(copy):
    holder = held_by(HOLD_OPEN, copy)
    start = time.monotonic()
    with pytest.raises(LibraryLockedError):
        open_library(copy)
    assert time.monotonic() - start < 1
    holder.kill()
    holder.communicate()
    open_library(copy).close()


def test_library_of_a_running_scan_can_be_read(copy):
    holder = held_by(HOLD_OPEN, copy)
    reading = open_for_reading(copy)
    assert documents.count_files(reading) == 3
    reading.close()
    holder.communicate()


def test_second_opening_in_one_program_is_locked(copy):
    with open_library(copy), pytest.raises(LibraryLockedError):
        open_library(copy)


def test_folder_in_place_of_the_library_is_refused(tmp_path):
    with pytest.raises(LibraryError, match="is a folder"):
        open_library(tmp_path)


def test_place_below_a_file_is_refused(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(LibraryError, match="cannot be used"):
        open_library(tmp_path / "file" / "library.sqlite")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_library_in_a_folder_that_cannot_be_written_is_refused(copy, tmp_path):
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(LibraryError):
            open_library(copy)
        with pytest.raises(LibraryError):
            open_library(tmp_path / "other.sqlite")
    finally:
        tmp_path.chmod(0o700)


def test_reading_writes_nothing(copy, tmp_path):
    before = state_of(tmp_path)
    library = open_for_reading(copy)
    with pytest.raises(LibraryError, match="cannot be written"):
        results.touch_scope(library, "any", "now")
    library.close()
    assert state_of(tmp_path) == before


@pytest.mark.parametrize("opening", [open_for_reading, open_beside])
def test_reading_needs_a_library(opening, tmp_path):
    with pytest.raises(LibraryError, match="no library"):
        opening(tmp_path / "nothing.sqlite")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("opening", [open_for_reading, open_beside])
def test_library_of_an_older_version_has_to_be_updated_first(opening, tmp_path):
    copy = shutil.copy(path_for("m001_first_schema"), tmp_path / "library.sqlite")
    with pytest.raises(LibraryError, match="older version"):
        opening(copy)


# ---- beside the engine -------------------------------------------------------------------------


def test_window_and_engine_see_what_the_other_wrote(copy):
    with open_library(copy) as engine, open_beside(copy) as window:
        folders.add_folders(window, [Path("/papers")])
        assert [folder.path for folder in folders.folders(engine)] == [Path("/papers")]
        folders.set_offline(engine, Path("/papers"), True)
        assert folders.offline_folders(window) == [Path("/papers")]
        assert window.row("pragma foreign_keys") == (1,)


def test_window_keeps_its_place_while_the_engine_writes(copy):
    with open_library(copy) as engine, open_beside(copy) as window:
        reading = window.rows("select id from files order by id")
        assert next(reading) == (1,)
        results.touch_scope(engine, results.latest_scope(engine), "2031")
        assert list(reading) == [(2,), (3,)]
        decisions.decide(window, [1], Decision.KEEP)
        assert len(decisions.decisions(engine)) == 1


def test_window_waits_for_the_engine(copy):
    def decide():
        with open_beside(copy) as window:
            began.set()
            decisions.decide(window, [1], Decision.KEEP)

    began = threading.Event()
    thread = threading.Thread(target=decide, daemon=True)
    with open_library(copy) as engine:
        with engine.atomic():
            results.touch_scope(engine, results.latest_scope(engine), "2031")
            thread.start()
            assert began.wait(30)
            assert decisions.decisions(engine) == []
        thread.join(30)
        assert len(decisions.decisions(engine)) == 1


def test_window_holds_no_lock(copy):
    with open_beside(copy), open_beside(copy), open_library(copy) as engine:
        assert documents.count_files(engine) == 3


def test_name_that_is_not_utf8_is_taken(tmp_path):
    path = tmp_path / os.fsdecode(b"libr\xe9ry.sqlite")
    for _ in range(2):
        with open_library(path) as library:
            assert documents.count_files(library) == 0
