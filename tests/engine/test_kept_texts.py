"""Texts that a process has read are compared without being cut into tokens again, as far as there is room."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dedupe_app.engine.kept_texts import KeptTexts, share_memory
from dedupe_app.engine.preparing import prepare_text
from dedupe_app.engine.shelf import Shelf, make_comparable
from dedupe_app.records import Extracted
from dedupe_app.store import documents
from dedupe_app.store.database import open_library

TEXT = "One two three four five, six. Two three 4.50!"


def prepared(kept, text=TEXT):
    return prepare_text(Extracted(text, "txt"), kept.keep)


def test_what_was_kept_is_given_back_once():
    kept = KeptTexts()
    packed = prepared(kept).packed
    found = kept.take(packed)
    fresh = make_comparable(1, TEXT)
    assert found.tokens.text == fresh.tokens.text
    assert found.tokens.hashes.tolist() == fresh.tokens.hashes.tolist()
    assert found.shingles.tolist() == fresh.shingles.tolist()
    assert kept.take(packed) is None


def test_what_is_taken_makes_room():
    other_text = TEXT.replace("One", "Few")
    kept = KeptTexts(room_bytes=500)
    one = prepared(kept).packed
    fits = prepared(kept, other_text).packed
    assert kept.take(fits) is None
    assert kept.take(one) is not None
    prepared(kept, other_text)
    assert kept.take(fits) is not None


def test_a_shelf_gives_the_same_with_and_without(tmp_path, plant, run_scan):
    raws = [TEXT, TEXT.replace("five", "more"), f"# Head\n\n{TEXT} [link](http://a.example/b)"]
    tree = plant(tmp_path / "tree", {f"{number}.md": raw for number, raw in enumerate(raws)})
    run_scan(tmp_path / "library.sqlite", tree)
    kept = KeptTexts()
    with open_library(tmp_path / "library.sqlite") as library:
        documents.define_scope(library, [tree])
        texts = [text for text, _ in documents.texts_in_scope(library)]
        for _, raw in documents.raw_texts(library, texts):
            prepared(kept, raw)
        shelf, plain = Shelf(library, kept), Shelf(library)
        for number in texts:
            one, other = shelf.text(number), plain.text(number)
            assert one.words.tolist() == other.words.tolist()
            assert one.shingles.tolist() == other.shingles.tolist()
            assert one.tokens.text == other.tokens.text
        packed = [packed for _, packed in documents.packed_texts(library, texts)]
    assert len(packed) == len(raws)
    assert not any(map(kept.take, packed))


@pytest.fixture
def shared():
    """Where two processes find the texts of each other: here, two sets of texts in one."""
    memory = share_memory()
    if memory is None:
        pytest.skip("there is no memory without a name here")
    yield memory
    os.close(memory)


def test_what_one_process_keeps_another_finds(shared):
    one, other = KeptTexts(shared=shared), KeptTexts(shared=shared)
    texts = [TEXT, "Ünï 年5月 “x” 7", TEXT * 40, "a"]
    packed = [prepared(one if n % 2 else other, text).packed for n, text in enumerate(texts)]
    for kept in (one, other):
        for text, key in zip(texts, packed, strict=True):
            fresh, found = make_comparable(1, text), kept.take(key)
            assert found.tokens.text == fresh.tokens.text
            for name in ("hashes", "starts", "ends", "figures"):
                assert (getattr(found.tokens, name) == getattr(fresh.tokens, name)).all()
            assert (found.shingles == fresh.shingles).all()
    later = prepared(one, "written later").packed
    assert other.take(later).tokens.text == "written later"


def test_an_entry_that_was_cut_off_is_passed_over_whatever_follows(shared):
    one, other = KeptTexts(shared=shared), KeptTexts(shared=shared)
    whole = prepared(one).packed
    cut = prepared(one, "cut off in the middle").packed
    os.ftruncate(shared, os.fstat(shared).st_size - 16)
    following = prepared(other, "written behind it").packed
    assert other.take(whole).tokens.text == TEXT.lower()
    assert other.take(cut) is None
    assert other.take(following) is None


def test_a_damaged_entry_is_not_used(shared):
    one, other = KeptTexts(shared=shared), KeptTexts(shared=shared)
    packed = prepared(one).packed
    with Path(f"/proc/self/fd/{shared}").open("r+b") as memory:
        memory.seek(60)
        memory.write(b"?")
    assert other.take(packed) is None


def test_there_is_no_more_room_in_shared_memory_than_for_one_process(shared):
    kept = KeptTexts(room_bytes=500, shared=shared)
    assert kept.take(prepared(kept).packed) is not None
    assert kept.take(prepared(kept, TEXT.replace("One", "Few")).packed) is None
