"""The library as a file: private, copied before it changes, and rescued when it is damaged."""

import os
import shutil
import sqlite3
import stat
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from faults import failing

from dedupe_app.cli import program
from dedupe_app.engine.desk import open_desk
from dedupe_app.engine.messages import EngineOptions
from dedupe_app.errors import LibraryDamagedError, LibraryError, LibraryLockedError
from dedupe_app.records import ActionKind, Attached, Decision, JournalEntry, Relation
from dedupe_app.store import decisions, folders, journal, rescue
from dedupe_app.store.backups import _MOST_BACKUPS
from dedupe_app.store.database import open_beside, open_library

DATA = Path(__file__).parents[1] / "data"
SIZE = 4096


@pytest.fixture(scope="module")
def decided(tmp_path_factory, plant, run_scan):
    """Return a library with 300 decisions, rejections, a protected folder and a journal; and what they are."""
    root = tmp_path_factory.mktemp("decided")
    tree = plant(root / "tree", {f"{n}.txt": f"text number {n} of many" for n in range(300)})
    path = root / "library.sqlite"
    run_scan(path, tree)
    with open_library(path) as library:
        numbers = [row[0] for row in library.rows("select id from files order by id")]
        decisions.decide(library, numbers[:200], Decision.REMOVE)
        decisions.decide(library, numbers[100:], Decision.KEEP)
        decisions.reject(library, numbers[:15], numbers[15:30])
        [folder] = folders.add_folders(library, [tree])
        folders.change_folder(library, folder)
        same = Relation.IDENTICAL
        entry = JournalEntry(ActionKind.TRASH, tree / "x.txt", "a" * 64, 1, 2, same, target=tree)
        [written] = journal.begin_batch(library, [entry])
        attached = Attached(1000, 100, 5, (("user.tags", b"taxes"),))
        journal.note(library, [replace(written, attached=attached)])
    return path, known(path)


def known(path):
    with open_library(path) as library:
        return (
            decisions.decisions(library),
            decisions.rejections(library),
            folders.folders(library),
            journal.batch_entries(library, 1),
        )


@pytest.fixture
def copy(decided, tmp_path):
    return Path(shutil.copy(decided[0], tmp_path / "library.sqlite"))


def spoil(path, pages):
    with path.open("r+b") as file:
        for page in pages:
            file.seek(page * SIZE)
            file.write(b"\xa5" * SIZE)


def pages_of(path, table):
    """Return the pages in which a table or index begins."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("select rootpage from sqlite_master where tbl_name = ?", [table])
        return [page - 1 for (page,) in rows if page]


# ---- repair ------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", ["files", "contents", "texts", "groups", "folders", "decisions"])
def test_decisions_survive_damage_anywhere(decided, copy, table):
    spoil(copy, pages_of(copy, table))
    before = copy.read_bytes()
    rescued = rescue.repair(copy)
    assert rescued.aside.read_bytes() == before
    assert rescued.aside.parent == copy.parent
    found, lost = known(copy), decided[1]
    for place in (0, 1, 2, 3):
        # The only folder is in the page that was destroyed.
        assert found[place] == ([] if table == "folders" and place == 2 else lost[place])


@pytest.mark.parametrize("length", [16, 100, SIZE])
def test_decisions_survive_the_loss_of_the_first_bytes(decided, copy, length):
    copy.write_bytes(b"\0" * length + copy.read_bytes()[length:])
    rescued = rescue.repair(copy)
    assert rescued.decisions == 300
    assert known(copy) == decided[1]


def test_rescued_marks_are_taken_for_such_beside_the_same_text(copy):
    with open_library(copy) as library:
        assert list(library.rows("select * from same_text_marks")) == []
    spoil(copy, [0])
    rescue.repair(copy)
    with open_library(copy) as library:
        marks = set(library.rows("select decision, made from same_text_marks"))
        removed = set(library.rows("select id, made from decisions where decision = 'remove'"))
    assert marks == removed
    assert len(marks) == 100


def test_of_a_library_cut_in_half_what_is_left_is_rescued(decided, copy):
    with copy.open("r+b") as file:
        file.truncate(copy.stat().st_size // 2)
    rescue.repair(copy)
    with open_library(copy) as library:
        assert set(decisions.decisions(library)) <= set(decided[1][0])


def test_what_was_decided_last_and_not_yet_in_the_main_file_is_rescued(copy, tmp_path):
    with open_library(copy), closing(open_beside(copy)) as window:
        decisions.decide(window, [1], Decision.UNDECIDED)
        for end in ("", "-wal"):
            shutil.copy(f"{copy}{end}", tmp_path / f"cut.sqlite{end}")
    cut = tmp_path / "cut.sqlite"
    spoil(cut, [0])
    rescue.repair(cut)
    with open_library(cut) as library:
        made = {each.decision for each in decisions.decisions(library)}
    assert Decision.UNDECIDED in made


def test_repaired_library_takes_the_next_scan_with_all_decisions(copy, decided, run_scan):
    tree = decided[0].parent / "tree"
    groups = run_scan(decided[0], tree).groups
    spoil(copy, pages_of(copy, "texts"))
    rescue.repair(copy)
    assert run_scan(copy, tree).groups == groups
    assert known(copy)[0] == decided[1][0]


def test_sound_library_is_not_repaired(copy):
    before = copy.read_bytes()
    assert rescue.repair(copy) is None
    assert copy.read_bytes() == before
    assert not list(copy.parent.glob("*damaged*"))


@pytest.mark.parametrize("content", [b"My letter to the bank. " * 900, b"SQLite format 3\0", b"x"])
def test_what_shows_no_sign_of_being_a_library_is_left_alone(tmp_path, content):
    path = tmp_path / "letter.txt"
    path.write_bytes(content)
    with pytest.raises(LibraryError, match="Nothing was touched"):
        rescue.repair(path)
    assert path.read_bytes() == content
    assert sorted(each.suffix for each in tmp_path.iterdir()) in ([".txt"], [".lock", ".txt"])


def test_library_of_another_program_is_left_alone(tmp_path):
    path = tmp_path / "mail.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("create table messages (body text)")
    before = path.read_bytes()
    with pytest.raises(LibraryError):
        rescue.repair(path)
    assert path.read_bytes() == before


def test_library_in_use_is_not_repaired(copy):
    with open_library(copy), pytest.raises(LibraryLockedError):
        rescue.repair(copy)


def test_two_damaged_libraries_of_one_second_get_two_names(copy, monkeypatch):
    for _ in range(2):
        spoil(copy, [0])
        rescue.repair(copy)
    assert len(list(copy.parent.glob("library-damaged-*.sqlite"))) == 2


def test_without_space_for_a_new_one_nothing_moves(copy, monkeypatch):
    spoil(copy, [0])
    before = copy.read_bytes()

    def full(_path):
        raise LibraryError("The disk is full.")

    monkeypatch.setattr(rescue, "open_library", full)
    with pytest.raises(LibraryError, match="full"):
        rescue.repair(copy)
    assert copy.read_bytes() == before


def test_disk_that_fails_is_not_a_damaged_library(copy, monkeypatch):
    with failing(monkeypatch, "EIO", 1), pytest.raises(LibraryError) as caught:
        open_desk(EngineOptions(copy), lambda _command: None, lambda _kind: False)
    assert not isinstance(caught.value, LibraryDamagedError)
    assert not list(copy.parent.glob("*damaged*"))


def test_engine_sets_a_damaged_library_aside_and_goes_on(copy, decided):
    spoil(copy, [0])
    with open_desk(EngineOptions(copy), lambda _command: None, lambda _kind: False) as desk:
        assert desk.rescued.decisions == 300
        assert desk.rescued.aside.exists()
        assert desk.library.path == copy
    assert known(copy) == decided[1]


def test_engine_leaves_a_file_that_is_no_library(tmp_path):
    path = tmp_path / "letter.txt"
    path.write_text("My letter to the bank.")
    with pytest.raises(LibraryError):
        open_desk(EngineOptions(path), lambda _command: None, lambda _kind: False)
    assert path.read_text() == "My letter to the bank."


def test_doctor_repairs(copy):
    spoil(copy, [0])
    done = CliRunner().invoke(program, ["doctor", "--repair", "--library", str(copy)])
    assert done.exit_code == 0
    assert "300 decisions" in done.stderr
    assert "no damage" in done.stdout
    again = CliRunner().invoke(program, ["doctor", "--repair", "--library", str(copy)])
    assert "not damaged" in again.stderr


# ---- copies before a change of the schema ------------------------------------------------------


def test_older_library_is_copied_before_it_is_brought_up_to_date(tmp_path):
    path = Path(shutil.copy(DATA / "library_m002.sqlite", tmp_path / "library.sqlite"))
    open_library(path).close()
    [copy] = tmp_path.glob("library-before-update-*.sqlite")
    assert "m002" in copy.name
    for each in (path, copy):
        with closing(sqlite3.connect(each)) as connection:
            assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
    with closing(sqlite3.connect(copy)) as connection:
        assert not connection.execute(
            "select 1 from sqlite_master where name = 'actions'"
        ).fetchall()


def test_new_library_and_one_of_today_are_not_copied(tmp_path):
    for _ in range(2):
        open_library(tmp_path / "library.sqlite").close()
    assert not list(tmp_path.glob("*before*"))


def test_only_the_latest_copies_stay(tmp_path):
    path = tmp_path / "library.sqlite"
    for number in (1, 2, 3, 4):
        shutil.copy(DATA / f"library_m00{number}.sqlite", path)
        open_library(path).close()
    assert len(list(tmp_path.glob("*before*"))) == _MOST_BACKUPS


def test_copy_just_made_stays_whatever_the_clock_says(tmp_path):
    path = Path(shutil.copy(DATA / "library_m004.sqlite", tmp_path / "library.sqlite"))
    for name in ("m005", "m006", "by-hand", "m006-of-mine"):
        other = tmp_path / f"library-before-update-{name}.sqlite"
        other.write_text("earlier")
        os.utime(other, (4_000_000_000,) * 2 if name.startswith("m") else (1, 1))
    open_library(path).close()
    left = {each.stem.removeprefix("library-before-update-") for each in tmp_path.glob("*before*")}
    # Those that a person named are none of ours.
    assert left == {"m004", "m006", "by-hand", "m006-of-mine"}
    assert (tmp_path / "library-before-update-m004.sqlite").stat().st_size > 1000


def test_without_space_for_the_copy_nothing_is_changed(tmp_path, monkeypatch):
    path = Path(shutil.copy(DATA / "library_m003.sqlite", tmp_path / "library.sqlite"))
    before = path.read_bytes()

    class Full(sqlite3.Connection):
        def backup(self, *_arguments, **_more):
            raise sqlite3.OperationalError("database or disk is full")

    original = sqlite3.connect
    monkeypatch.setattr(
        sqlite3, "connect", lambda *places, **more: original(*places, **more, factory=Full)
    )
    with pytest.raises(LibraryError, match="full"):
        open_library(path)
    monkeypatch.undo()
    with closing(sqlite3.connect(path)) as connection:
        assert not connection.execute("select 1 from sqlite_master where name = 'maps'").fetchall()
    assert len(path.read_bytes()) == len(before)


# ---- privacy -----------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="the folders of a user are private there")
def test_library_and_its_companions_are_readable_by_their_owner_only(tmp_path):
    path = tmp_path / "library.sqlite"
    before = os.umask(0)
    try:
        with open_library(path) as library, library.atomic():
            library.execute("insert into folders (path) values (?)", [b"/x"])
            modes = {each.name: stat.S_IMODE(each.stat().st_mode) for each in tmp_path.iterdir()}
    finally:
        os.umask(before)
    modes.pop("library.sqlite.lock")
    assert set(modes) >= {"library.sqlite", "library.sqlite-wal"}
    assert set(modes.values()) == {0o600}


@pytest.mark.skipif(sys.platform == "win32", reason="the folders of a user are private there")
def test_library_of_an_earlier_version_becomes_private(tmp_path):
    path = Path(shutil.copy(DATA / "library_m003.sqlite", tmp_path / "library.sqlite"))
    path.chmod(0o644)
    open_library(path).close()
    modes = {stat.S_IMODE(each.stat().st_mode) for each in tmp_path.glob("library*.sqlite")}
    assert modes == {0o600}
