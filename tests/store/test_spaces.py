"""Spaces, their vectors, and what a model could not take."""

import numpy as np
import pytest

from dedupe_app.records import Calibration, Change, ChangeKind, FileState, ReadText
from dedupe_app.store import documents, spaces
from dedupe_app.store.database import open_library

CALIBRATION = Calibration(0.7, 0.8, texts=3, pairs=3, usual=0.1, unusual=0.3, sample=(1, 2, 3))


def read(name, words=40):
    return ReadText(
        "txt",
        b"x\x9c\x03\x00\x00\x00\x00\x01",  # the empty text
        f"same {name}",
        f"hash {name}",
        words,
        np.zeros(0, np.uint64),
        3,
        np.ones(256, np.int8),
    )


@pytest.fixture
def filled(library, tmp_path):
    """A library with texts 1 to 5, each in a file newer than that before; text 2 in two files."""
    for number, name in enumerate("abcdeb", 1):
        path = tmp_path / f"{number}.txt"
        state = FileState(path, number, number * 10, 1, number)
        documents.apply_changes(library, [Change(ChangeKind.ADDED, state)])
        documents.set_contents(library, [(state, f"sha {number}")])
        content = library.row("select id from contents where sha256 = ?", [f"sha {number}"])[0]
        documents.save_readings(library, [(content, read(name))], 1, "lexical-1")
    documents.define_scope(library, [tmp_path])
    return library


def unit(*numbers):
    vector = np.array(numbers, np.float32)
    return vector / np.linalg.norm(vector)


def opened(library, name="m"):
    return spaces.open_space(library, f"{name}:3", f"{name}!", name, 3)


def test_newest_texts_come_first_and_none_twice(filled):
    assert spaces.texts_to_embed(filled, opened(filled)) == [2, 5, 4, 3, 1]


def test_what_has_a_vector_or_a_reason_is_not_to_be_embedded(filled):
    space = opened(filled)
    spaces.save_vectors(filled, space, [(2, unit(1, 2, 3))], [(5, "too long")])
    assert spaces.texts_to_embed(filled, space) == [4, 3, 1]
    assert spaces.count_all(filled, space) == (1, 1)
    assert spaces.count_vectors(filled, space) == 1
    assert [(path.name, why) for path, why in spaces.failed_files(filled, space)] == [
        ("5.txt", "too long")
    ]


def test_another_space_has_none_of_them(filled):
    spaces.save_vectors(filled, opened(filled), [(2, unit(1, 2, 3))])
    assert len(spaces.texts_to_embed(filled, opened(filled, "other"))) == 5


def test_vectors_come_back_as_they_were_but_for_rounding(filled):
    space = opened(filled)
    given = {text: unit(text, 1, -2) for text in (1, 2, 4)}
    spaces.save_vectors(filled, space, list(given.items()))
    numbers, matrix = spaces.vectors_in_scope(filled, space)
    assert numbers.tolist() == [1, 2, 4]
    assert matrix.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(matrix, axis=1), 1, atol=1e-6)
    for number, row in zip(numbers.tolist(), matrix, strict=True):
        np.testing.assert_allclose(row, given[number], atol=5e-4)
    assert list(spaces.text_vectors(filled, space, [4, 3])) == [4]
    assert spaces.sample_vectors(filled, space, 2, 40)[0].tolist() == [1, 2]
    assert spaces.sample_vectors(filled, space, 2, 41)[0].tolist() == []


def test_only_files_in_scope_count(filled, tmp_path):
    space = opened(filled)
    spaces.save_vectors(filled, space, [(text, unit(1, 1, 1)) for text in range(1, 6)])
    documents.define_scope(filled, [tmp_path / "3.txt"])
    assert spaces.vectors_in_scope(filled, space)[0].tolist() == [3]
    assert spaces.count_vectors(filled, space) == 1
    assert spaces.count_all(filled, space) == (5, 0)


def test_text_that_is_gone_meanwhile_gets_no_vector(filled):
    space = opened(filled)
    spaces.save_vectors(filled, space, [(99, unit(1, 1, 1))], [(98, "gone")])
    assert spaces.count_all(filled, space) == (0, 0)


def test_vectors_go_with_their_text(filled):
    space = opened(filled)
    spaces.save_vectors(filled, space, [(1, unit(1, 1, 1))], [(3, "no")])
    filled.execute("update contents set text_id = null")
    filled.execute("delete from texts")
    assert spaces.count_all(filled, space) == (0, 0)


def test_failures_of_some_files_or_of_all_are_forgotten(filled):
    space = opened(filled)
    spaces.save_vectors(filled, space, [], [(text, "no") for text in (1, 2, 3)])
    assert spaces.forget_failures(filled, [6, 3]) == 2  # file 6 has text 2
    assert spaces.forget_failures(filled) == 1
    assert spaces.count_all(filled, space) == (0, 0)


def test_request_leads_to_the_space_it_led_to_last(filled):
    first = spaces.open_space(filled, "m:float32", "m!", "m", 3)
    second = spaces.open_space(filled, "m:bfloat16", "m!", "m", 3)
    assert spaces.find_space(filled, "m!").number == second
    spaces.open_space(filled, "m:float32", "m!", "m", 3)
    assert spaces.find_space(filled, "m!").number == first
    assert [space.number for space in spaces.all_spaces(filled)] == [first, second]
    assert spaces.find_space(filled, "other!") is None


def test_what_was_found_out_is_kept(filled, tmp_path):
    number = opened(filled)
    spaces.note_run(filled, number, ["on a card", "ünïcode"], 1234.5)
    spaces.note_run(filled, number, ["on a card"], None)
    spaces.save_calibration(filled, number, CALIBRATION)
    filled.close()
    with open_library(tmp_path / "library.sqlite") as again:
        space = spaces.find_space(again, "m!")
    assert space.account == ("on a card",)
    assert space.words_per_second == 1234.5
    assert space.calibration == CALIBRATION


def test_built_in_space_is_not_among_those_of_models(filled):
    assert spaces.all_spaces(filled) == []
