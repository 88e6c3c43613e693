"""Files, contents and texts: what is kept of them, and when it is forgotten."""

import os
from pathlib import Path

import numpy as np
import pytest
from sqlite_utils import Database

from dedupe_app.embed.lexical import SPACE
from dedupe_app.engine.preparing import prepare_text
from dedupe_app.records import Change, ChangeKind, Extracted, FileState, Skipped, SkipReason
from dedupe_app.store import documents

ROOT = Path("/home/ito/papers")
NOT_UTF8 = Path(os.fsdecode(b"/home/ito/papers/r\xe9sum\xe9.txt"))
READER = 1
HUGE = 2**63 + 5  # device and inode numbers of some file systems need 64 bits without a sign


def state(name, size=10, mtime=1_000, inode=1):
    return FileState(ROOT / name, size, mtime, HUGE, inode)


def change(kind, own, old=None):
    return Change(kind, own, old and ROOT / old)


def add(library, *states):
    documents.apply_changes(library, [change(ChangeKind.ADDED, own) for own in states])
    documents.define_scope(library, [ROOT])


def read(library, text="Some words of a letter", form="txt"):
    """Read all that waits as one text."""
    waiting = documents.contents_to_read(library, READER)
    readings = [(content, prepare_text(Extracted(text, form))) for content, _ in waiting]
    documents.save_readings(library, readings, READER, SPACE)
    return len(waiting)


def by_name(library):
    return {document.path.name: document for document in documents.documents(library)}


@pytest.fixture
def letter(library):
    """A library with one file, hashed and read."""
    add(library, state("letter.txt"))
    documents.set_contents(library, [(state("letter.txt"), "aa")])
    read(library)
    return library


# ---- files -------------------------------------------------------------------------------------


def test_added_file_is_known_as_it_was_found(library):
    add(library, state("letter.txt", inode=HUGE))
    assert documents.known_files(library) == {ROOT / "letter.txt": state("letter.txt", inode=HUGE)}
    assert documents.count_files(library) == 1


def test_path_that_is_not_utf8_comes_back_byte_for_byte(library):
    add(library, FileState(NOT_UTF8, 1, 2, 3, 4))
    assert list(documents.known_files(library)) == [NOT_UTF8]
    assert documents.files_without_content(library)[0].path == NOT_UTF8
    documents.skip_files(library, [(NOT_UTF8, Skipped(SkipReason.DAMAGED, "broken"))])
    assert documents.documents(library)[0].path == NOT_UTF8


def test_moved_file_keeps_its_content_and_number(letter):
    before = by_name(letter)["letter.txt"]
    documents.apply_changes(letter, [change(ChangeKind.MOVED, state("new/name.txt"), "letter.txt")])
    after = by_name(letter)["name.txt"]
    assert (after.file, after.sha256, after.text) == (before.file, "aa", before.text)
    assert documents.files_without_content(letter) == []


def test_changed_file_loses_its_content(letter):
    documents.apply_changes(letter, [change(ChangeKind.CHANGED, state("letter.txt", size=11))])
    assert by_name(letter)["letter.txt"].sha256 == ""
    assert documents.files_without_content(letter) == [state("letter.txt", size=11)]


def test_changed_file_loses_its_reason(library):
    add(library, state("letter.txt"))
    documents.skip_files(
        library, [(ROOT / "letter.txt", Skipped(SkipReason.UNSUPPORTED, "a film"))]
    )
    documents.apply_changes(library, [change(ChangeKind.CHANGED, state("letter.txt", size=11))])
    assert by_name(library)["letter.txt"].reason is None


def test_removed_file_is_forgotten(letter):
    documents.apply_changes(letter, [change(ChangeKind.REMOVED, state("letter.txt"))])
    assert documents.known_files(letter) == {}


@pytest.mark.parametrize(
    ("reason", "again"),
    [
        (SkipReason.NOT_PERMITTED, True),
        (SkipReason.VANISHED, True),
        (SkipReason.DAMAGED, True),
        (SkipReason.UNSUPPORTED, False),
        (SkipReason.TOO_LARGE, False),
    ],
)
def test_what_could_not_be_opened_is_tried_again(library, reason, again):
    add(library, state("letter.txt"))
    documents.skip_files(library, [(ROOT / "letter.txt", Skipped(reason, "why"))])
    assert len(documents.files_without_content(library)) == again
    assert (by_name(library)["letter.txt"].reason, by_name(library)["letter.txt"].detail) == (
        reason,
        "why",
    )


# ---- scope -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("folders", "expected"),
    [
        (["/a"], {"/a/1", "/a/b/2"}),
        (["/a/b"], {"/a/b/2"}),
        (["/a", "/a/b"], {"/a/1", "/a/b/2"}),
        (["/a.b", "/a-b"], {"/a.b/3", "/a-b/4"}),
        (["/"], {"/a/1", "/a/b/2", "/a.b/3", "/a-b/4", "/ab/5"}),
        (["/ab/5"], {"/ab/5"}),
        ([], set()),
    ],
)
def test_scope_is_what_lies_below_the_folders(library, folders, expected):
    paths = ["/a/1", "/a/b/2", "/a.b/3", "/a-b/4", "/ab/5"]
    states = [FileState(Path(path), 1, 2, 3, number) for number, path in enumerate(paths)]
    documents.apply_changes(library, [Change(ChangeKind.ADDED, own) for own in states])
    documents.define_scope(library, [Path(folder) for folder in folders])
    assert set(map(str, documents.known_files(library))) == expected


def test_scope_of_a_folder_that_is_not_utf8(library):
    folder = Path(os.fsdecode(b"/d\xff"))
    documents.apply_changes(
        library, [Change(ChangeKind.ADDED, FileState(folder / "x", 1, 2, 3, 4))]
    )
    documents.define_scope(library, [folder])
    assert list(documents.known_files(library)) == [folder / "x"]


def test_nothing_outside_of_the_scope_is_asked_for(letter):
    documents.define_scope(letter, [Path("/elsewhere")])
    assert documents.documents(letter) == []
    assert documents.files_without_content(letter) == []
    assert documents.contents_to_read(letter, READER + 1) == []
    assert documents.texts_in_scope(letter) == []


# ---- contents and texts ------------------------------------------------------------------------


def test_equal_bytes_are_read_once(library):
    states = [state("a.txt", inode=1), state("b.txt", inode=2)]
    add(library, *states)
    documents.set_contents(library, [(own, "aa") for own in states])
    assert documents.contents_to_read(library, READER) == [(1, states[0])]
    assert read(library) == 1
    assert len({document.text for document in documents.documents(library)}) == 1
    assert documents.contents_to_read(library, READER) == []


def test_equal_texts_of_different_bytes_are_one_text(library):
    states = [state("a.txt", inode=1), state("b.md", inode=2)]
    add(library, *states)
    documents.set_contents(library, [(states[0], "aa"), (states[1], "bb")])
    assert read(library) == 2
    assert len(documents.texts_in_scope(library)) == 1


def test_file_that_changed_meanwhile_gets_no_content(library):
    add(library, state("letter.txt"))
    documents.apply_changes(library, [change(ChangeKind.CHANGED, state("letter.txt", mtime=2_000))])
    documents.set_contents(library, [(state("letter.txt"), "aa")])
    assert by_name(library)["letter.txt"].sha256 == ""


def test_hash_takes_an_earlier_reason_away(library):
    add(library, state("letter.txt"))
    documents.skip_files(library, [(ROOT / "letter.txt", Skipped(SkipReason.NOT_PERMITTED, "no"))])
    documents.set_contents(library, [(state("letter.txt"), "aa")])
    assert by_name(library)["letter.txt"].reason is None


def test_reason_of_a_content_is_that_of_its_files(library):
    add(library, state("scan.pdf"))
    documents.set_contents(library, [(state("scan.pdf"), "aa")])
    documents.save_readings(library, [(1, Skipped(SkipReason.NO_TEXT, "no OCR"))], READER, SPACE)
    document = by_name(library)["scan.pdf"]
    assert (document.reason, document.detail, document.text) == (SkipReason.NO_TEXT, "no OCR", None)


def test_newer_readers_read_again_and_may_find_another_text(letter):
    before = by_name(letter)["letter.txt"]
    assert len(documents.contents_to_read(letter, READER + 1)) == 1
    documents.save_readings(
        letter, [(1, prepare_text(Extracted("Other words now", "md")))], READER + 1, SPACE
    )
    after = by_name(letter)["letter.txt"]
    assert (after.format, after.words) == ("md", 3)
    assert after.text != before.text
    assert documents.contents_to_read(letter, READER + 1) == []


def test_newer_readers_may_fail_where_older_ones_did_not(letter):
    documents.save_readings(letter, [(1, Skipped(SkipReason.DAMAGED, "x"))], READER + 1, SPACE)
    assert documents.texts_in_scope(letter) == []
    assert by_name(letter)["letter.txt"].same_text == ""


def test_text_comes_back_as_it_was_read(library):
    text = "Zeile eins\nline two \u00e9 文 \U0001f600\n"
    add(library, state("letter.txt"))
    documents.set_contents(library, [(state("letter.txt"), "aa")])
    read(library, text)
    assert list(documents.raw_texts(library, [1])) == [(1, text)]


def test_of_equal_texts_that_of_the_least_hash_is_given(library):
    states = [state("a.txt", inode=1), state("b.txt", inode=2)]
    add(library, *states)
    documents.set_contents(library, [(states[0], "bb"), (states[1], "aa")])
    readings = [
        (content, prepare_text(Extracted(f"Same words{sign}", "txt")))
        for content, sign in ((1, "!"), (2, "?"))
    ]
    documents.save_readings(library, readings, READER, SPACE)
    assert list(documents.raw_texts(library, [1])) == [(1, "Same words?")]


def test_many_texts_are_given_in_pieces(library):
    states = [state(f"{number:04}.txt", inode=number) for number in range(1100)]
    add(library, *states)
    documents.set_contents(library, [(own, f"{number:04}") for number, own in enumerate(states)])
    waiting = documents.contents_to_read(library, READER)
    readings = [
        (content, prepare_text(Extracted(f"word {content}", "txt"))) for content, _ in waiting
    ]
    documents.save_readings(library, readings, READER, SPACE)
    numbers = [number for number, _ in documents.texts_in_scope(library)]
    assert len(set(documents.raw_texts(library, numbers))) == 1100


def test_vectors_and_sketches_come_in_the_order_asked_for(library):
    texts = ["one two three four " * 30, "other words here " * 30]
    states = [state(f"{number}.txt", inode=number) for number in range(2)]
    add(library, *states)
    documents.set_contents(library, [(own, str(number)) for number, own in enumerate(states)])
    readings = [prepare_text(Extracted(text, "txt")) for text in texts]
    documents.save_readings(library, list(enumerate(readings, 1)), READER, SPACE)
    found = documents.vectors(library, [2, 1], SPACE, np.int8)
    assert found.tolist() == [readings[1].vector.tolist(), readings[0].vector.tolist()]
    kept = documents.sketches(library, [2, 1])
    assert [(sketch.tolist(), shift) for sketch, shift in kept] == [
        (readings[1].sketch.tolist(), readings[1].shift),
        (readings[0].sketch.tolist(), readings[0].shift),
    ]


def test_texts_come_in_an_order_of_their_own(library):
    states = [state(f"{number}.txt", inode=number) for number in range(5)]
    add(library, *states)
    documents.set_contents(library, [(own, str(number)) for number, own in enumerate(states)])
    readings = [
        (number, prepare_text(Extracted(f"text {number}", "txt"))) for number in range(1, 6)
    ]
    documents.save_readings(library, readings, READER, SPACE)
    names = [name for _, name in documents.texts_in_scope(library)]
    assert names == sorted(reading.hash for _, reading in readings)


# ---- forgetting --------------------------------------------------------------------------------


def test_content_without_files_is_forgotten_with_text_and_vector(letter):
    documents.apply_changes(letter, [change(ChangeKind.REMOVED, state("letter.txt"))])
    documents.forget_unused(letter)
    counts = [
        Database(letter.connection).table(table).count for table in ("contents", "texts", "vectors")
    ]
    assert counts == [0, 0, 0]


def test_content_of_another_scope_is_kept(letter):
    documents.define_scope(letter, [Path("/elsewhere")])
    documents.forget_unused(letter)
    documents.define_scope(letter, [ROOT])
    assert len(documents.texts_in_scope(letter)) == 1
