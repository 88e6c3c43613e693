"""Reading: what is kept of one file, and what becomes of those that cannot be read."""

import os
import zlib
from threading import get_ident

import numpy as np
import pytest

from dedupe_app.engine import preparing, reading
from dedupe_app.engine.preparing import prepare_text, read_content
from dedupe_app.engine.reading import hash_files, read_contents
from dedupe_app.engine.scan_messages import ScanOptions
from dedupe_app.intake.comparing import compare
from dedupe_app.intake.scan import ScanRules, walk
from dedupe_app.records import Extracted, ReadText, Skipped, SkipReason
from dedupe_app.settings import ReadLimits
from dedupe_app.store import documents
from dedupe_app.text import READER_VERSION

LETTER = "Dear Ms Ito, the meeting is on 3 May at 12:30 in room 7."


def take_in(library, tree):
    documents.define_scope(library, [tree])
    changes = compare(documents.known_files(library), list(walk([tree], ScanRules())))
    documents.apply_changes(library, changes)
    documents.define_scope(library, [tree])


def reasons(library):
    return {document.path.name: document.reason for document in documents.documents(library)}


def test_everything_that_is_kept_of_a_text():
    reading = prepare_text(Extracted(LETTER, "txt", "odd encoding"))
    assert isinstance(reading, ReadText)
    assert zlib.decompress(reading.packed).decode() == LETTER
    assert (reading.words, reading.format, reading.warning, reading.shift) == (
        14,
        "txt",
        "odd encoding",
        3,
    )
    assert len(reading.hash) == len(reading.same_text) == 64
    assert reading.vector.dtype == np.int8
    assert int(np.abs(reading.vector.astype(int)).max()) == 127


def test_what_could_not_be_decoded_is_the_same_only_in_the_same_bytes(tmp_path):
    """Two names, each with a letter of another encoding among much that is UTF-8, come out alike."""
    kept = []
    for name in ("K\u00f6hler", "K\u00e4hler"):
        path = tmp_path / f"{len(kept)}.txt"
        path.write_bytes("Grüße aus Köln, schöne Straßen. ".encode() * 9 + name.encode("latin-1"))
        kept.append(read_content(path, ReadLimits()))
    assert kept[0].hash == kept[1].hash
    assert kept[0].same_text != kept[1].same_text


def test_text_beside_pictures_is_the_same_only_in_the_same_bytes(tmp_path, monkeypatch):
    for number in range(2):
        (tmp_path / f"{number}.txt").write_text(LETTER + "\n" * number, encoding="utf-8")
    plain = [read_content(tmp_path / f"{number}.txt", ReadLimits()) for number in range(2)]
    assert plain[0].same_text == plain[1].same_text
    extracted = Extracted(LETTER, "pdf", shows_more=True)
    monkeypatch.setattr(preparing, "extract", lambda _path, _limits: extracted)
    shown = [read_content(tmp_path / f"{number}.txt", ReadLimits()) for number in range(2)]
    assert shown[0].same_text != shown[1].same_text
    assert shown[0].hash == plain[0].hash


def test_same_words_in_capitals_are_one_text():
    one, other = (prepare_text(Extracted(text, "txt")) for text in (LETTER, LETTER.upper()))
    assert (one.hash, one.same_text) == (other.hash, other.same_text)


def test_same_words_with_other_signs_are_one_text_that_is_not_the_same():
    one, other = (
        prepare_text(Extracted(text, "txt")) for text in (LETTER, LETTER.replace(",", ";"))
    )
    assert one.hash == other.hash
    assert one.same_text != other.same_text


def test_other_word_borders_are_another_text():
    one, other = (
        prepare_text(Extracted(text, "txt"))
        for text in (LETTER, LETTER.replace("meeting", "meet ing"))
    )
    assert one.hash != other.hash
    assert one.same_text != other.same_text


@pytest.mark.parametrize("text", ["", " \n\n", "*** --- ***"])
def test_text_without_letters_is_empty(text):
    found = prepare_text(Extracted(text, "txt"))
    assert isinstance(found, Skipped)
    assert found.reason is SkipReason.EMPTY


def test_content_of_a_file_is_read(plant, tmp_path):
    plant(tmp_path, {"letter.txt": LETTER})
    assert read_content(tmp_path / "letter.txt", ReadLimits()).words == 14


def test_every_file_is_hashed_or_has_a_reason(library, plant, tmp_path):
    tree = plant(
        tmp_path / "tree",
        {"a.txt": LETTER, "big.txt": "x" * 2000, "film.bin": b"\x89PNG\r\n\x1a\n" + bytes(50)},
    )
    take_in(library, tree)
    events = list(hash_files(library, ScanOptions((tree,), limits=ReadLimits(size_bytes=1000))))
    assert (events[-1].done, events[-1].total) == (3, 3)
    assert reasons(library) == {
        "a.txt": None,
        "big.txt": SkipReason.TOO_LARGE,
        "film.bin": SkipReason.UNSUPPORTED,
    }


def test_nothing_to_hash_gives_no_events(library, tmp_path):
    documents.define_scope(library, [tmp_path])
    assert list(hash_files(library, ScanOptions((tmp_path,)))) == []


def test_file_that_changed_or_went_before_hashing_is_noted(library, plant, tmp_path):
    tree = plant(
        tmp_path / "tree", {"gone.txt": LETTER, "longer.txt": LETTER, "touched.txt": LETTER}
    )
    take_in(library, tree)
    (tree / "gone.txt").unlink()
    (tree / "longer.txt").write_text(LETTER + LETTER)
    os.utime(tree / "touched.txt", (1, 1))
    list(hash_files(library, ScanOptions((tree,))))
    assert set(reasons(library).values()) == {SkipReason.VANISHED}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_file_that_may_not_be_read_is_noted(library, plant, tmp_path):
    tree = plant(tmp_path / "tree", {"secret.txt": LETTER})
    (tree / "secret.txt").chmod(0)
    take_in(library, tree)
    list(hash_files(library, ScanOptions((tree,))))
    assert reasons(library) == {"secret.txt": SkipReason.NOT_PERMITTED}


def test_files_are_read_while_others_are_still_hashed(library, plant, tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "_FIRST_HASHED", 2)
    texts = {f"{number}.txt": f"{LETTER} Number {number % 7}." for number in range(12)}
    tree = plant(tmp_path / "tree", texts)
    take_in(library, tree)
    options = ScanOptions((tree,), processes=2)
    hashing = hash_files(library, options)
    events = list(read_contents(library, options, hashing=hashing))
    assert [event.stage for event in events] == ["hash", *["text"] * 7]
    assert [event.done for event in events] == [2, 1, 2, 3, 4, 5, 6, 7]
    assert events[-1].total == 7
    assert all(event.done <= event.total for event in events)
    assert set(reasons(library).values()) == {None}
    assert not documents.contents_to_read(library, READER_VERSION)


def test_reading_goes_on_to_what_is_hashed_late(library, plant, tmp_path, monkeypatch):
    """Copies of one text come first: there is nothing more to read until they are all hashed."""
    monkeypatch.setattr(reading, "_FIRST_HASHED", 1)
    texts = {f"{number}.txt": LETTER for number in range(9)} | {"z.txt": LETTER + " More."}
    tree = plant(tmp_path / "tree", texts)
    take_in(library, tree)
    options = ScanOptions((tree,), processes=1)
    hashing = hash_files(library, options)
    events = list(read_contents(library, options, hashing=hashing))
    assert events[-1].done == events[-1].total == 2
    assert not documents.contents_to_read(library, READER_VERSION)


def test_files_that_keep_nobody_waiting_are_hashed_without_threads(
    library, plant, tmp_path, monkeypatch
):
    """However long the caller takes over the outcomes: that is not the disk."""
    tree = plant(tmp_path / "tree", {f"{number}.txt": f"{LETTER} {number}" for number in range(40)})
    take_in(library, tree)
    clock, hashed_in = [0.0], []
    monkeypatch.setattr(reading.time, "monotonic", lambda: clock[0])
    monkeypatch.setattr(reading, "_FIRST_HASHED", 1)
    hash_one = reading.hash_file
    monkeypatch.setattr(
        reading, "hash_file", lambda path: (hashed_in.append(get_ident()), hash_one(path))[1]
    )
    for _ in hash_files(library, ScanOptions((tree,))):
        clock[0] += 10
    assert len(hashed_in) == 40
    assert set(hashed_in) == {get_ident()}
