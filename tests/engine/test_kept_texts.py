"""Texts that a process has read are compared without being cut into tokens again, as far as there is room."""

from __future__ import annotations

from dedupe_app.engine.kept_texts import KeptTexts
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
