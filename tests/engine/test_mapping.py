"""The map of a library: drawn when wanted, kept, and grown without moving what is on it."""

from __future__ import annotations

import random

import numpy as np
import pytest

from dedupe_app.engine import mapping
from dedupe_app.engine.messages import WINDOW_SCOPE, MakeMap, MapChanged
from dedupe_app.engine.pipeline import scan
from dedupe_app.engine.scan_messages import Progress, ScanOptions
from dedupe_app.records import Detail, Layout
from dedupe_app.store import documents, folders, maps
from dedupe_app.store.database import open_library
from dedupe_app.store.map_files import file_folders, map_files, rows_of

SUBJECTS = {
    "Tides": "tide mill water wheel sluice pond flour miller corn stone harbour ebb flood gate",
    "Roofs": "roof shingle carpenter rafter gutter slate ladder nail storm leak attic beam chimney",
    "Bees": "bee hive honey queen swarm comb wax smoke nectar drone keeper clover meadow sting",
}


def write_texts(root, count, first=0):
    """Write texts about each of the subjects, each one different."""
    for subject, words in SUBJECTS.items():
        folder = root / subject
        folder.mkdir(parents=True, exist_ok=True)
        for number in range(first, first + count):
            own = random.Random(f"{subject} {number}")
            said = own.choices(words.split(), k=90)
            (folder / f"{subject.lower()}-{number}.txt").write_text(" ".join(said))
    return root


def options(root):
    return ScanOptions((root,), name=WINDOW_SCOPE, processes=1)


def read_in(library, root):
    for _ in scan(library, options(root)):
        pass


def drawn(library, root, **more):
    """Make the map; return it with its points and what was said."""
    said = list(mapping.make_map(library, options(root), **more))
    info = maps.latest_map(library, WINDOW_SCOPE)
    return info, maps.points(library, info.number) if info else None, said


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    place = tmp_path_factory.mktemp("map")
    write_texts(place / "tree", 24)
    with open_library(place / "library.sqlite") as library:
        folders.add_folders(library, [place / "tree"])
        read_in(library, place / "tree")
    return place


@pytest.fixture
def tree(base):
    yield base / "tree"
    for path in (base / "tree").rglob("*-1??.txt"):
        path.unlink()


@pytest.fixture
def library(base, tmp_path):
    """Give a copy of the library that was read in."""
    (tmp_path / "library.sqlite").write_bytes((base / "library.sqlite").read_bytes())
    with open_library(tmp_path / "library.sqlite") as opened:
        yield opened


def test_a_sketch_is_shown_before_the_map(library, tree):
    info, points, said = drawn(library, tree)
    assert said.count(MapChanged()) == 2
    assert {step.stage for step in said if isinstance(step, Progress)} >= {"map", "topics"}
    assert info.layout is Layout.DRAWN
    assert info.texts == len(points.texts) == 72
    assert not points.placed.any()
    assert not info.is_stale


def test_topics_are_the_subjects(library, tree):
    info, points, _ = drawn(library, tree)
    found = [each for each in maps.topics(library, info.number) if each.detail is Detail.BROAD]
    names = " ".join(topic.name.lower() for topic in found)
    assert len(found) == 3
    assert len({topic.name for topic in found}) == 3
    for words in SUBJECTS.values():
        assert any(word in names for word in words.split())
    assert set(points.topics[:, Detail.BROAD]) - {0} <= {topic.number for topic in found}


def test_the_same_map_after_a_restart(library, tree, base, tmp_path):
    _, first, _ = drawn(library, tree)
    other = tmp_path / "other.sqlite"
    other.write_bytes((base / "library.sqlite").read_bytes())
    with open_library(other) as again:
        _, second, _ = drawn(again, tree)
    assert np.array_equal(first.texts, second.texts)
    assert np.array_equal(first.places, second.places)


def test_nothing_is_drawn_twice(library, tree):
    _, first, _ = drawn(library, tree)
    _, second, said = drawn(library, tree)
    assert np.array_equal(first.places, second.places)
    assert "map" not in {step.stage for step in said if isinstance(step, Progress)}


def test_new_texts_move_no_others(library, tree):
    info, before, _ = drawn(library, tree)
    write_texts(tree, 2, first=100)
    read_in(library, tree)
    assert list(mapping.place_new(library, options(tree)))[-1] == MapChanged()
    info = maps.latest_map(library, WINDOW_SCOPE)
    after = maps.points(library, info.number)
    known = np.isin(after.texts, before.texts)
    assert np.array_equal(after.places[known], before.places)
    assert after.placed.sum() == info.placed == 6
    assert (after.topics[after.placed, Detail.BROAD] > 0).mean() > 0.6


def test_more_than_a_tenth_new_is_worth_drawing_anew(library, tree):
    drawn(library, tree)
    write_texts(tree, 4, first=100)
    read_in(library, tree)
    info, _, _ = drawn(library, tree)
    assert info.placed == 12
    assert info.is_stale
    info, points, _ = drawn(library, tree, full=True)
    assert info.placed == 0
    assert len(points.texts) == 84


def test_redrawn_topics_keep_their_numbers(library, tree):
    info, _, _ = drawn(library, tree)
    before = {topic.number for topic in maps.topics(library, info.number)}
    info, _, _ = drawn(library, tree, full=True)
    after = {topic.number for topic in maps.topics(library, info.number)}
    assert len(before & after) >= 3


def test_outgrown_maps_are_drawn_anew_unasked(library, tree):
    drawn(library, tree)
    write_texts(tree, 30, first=100)
    read_in(library, tree)
    list(mapping.place_new(library, options(tree)))
    assert maps.latest_map(library, WINDOW_SCOPE).placed == 0


def test_no_map_is_drawn_unasked(library, tree):
    assert list(mapping.place_new(library, options(tree))) == []
    assert maps.latest_map(library, WINDOW_SCOPE) is None


def test_texts_that_went_are_off_the_map(library, tree):
    info, before, _ = drawn(library, tree)
    gone = next(tree.rglob("bees-3.txt"))
    kept = gone.read_text()
    gone.unlink()
    try:
        read_in(library, tree)
        list(mapping.place_new(library, options(tree)))
        after = maps.points(library, info.number)
        assert len(after.texts) == len(before.texts) - 1
        assert set(after.texts) < set(before.texts)
    finally:
        gone.write_text(kept)


def test_given_up_leaves_the_map_that_was(library, tree):
    _, before, _ = drawn(library, tree)
    steps = mapping.make_map(library, options(tree), full=True)
    for step in steps:
        if isinstance(step, Progress) and step.stage == "map" and step.done > 3:
            break
    steps.close()
    info = maps.latest_map(library, WINDOW_SCOPE)
    assert np.array_equal(maps.points(library, info.number).places, before.places)


@pytest.mark.parametrize("count", [0, 1, 3])
def test_few_texts(count, tmp_path):
    root = tmp_path / "few"
    root.mkdir()
    for number in range(count):
        (root / f"{number}.txt").write_text(f"{SUBJECTS['Bees']} {number} " * 3)
    with open_library(tmp_path / "few.sqlite") as library:
        read_in(library, root)
        info, points, said = drawn(library, root)
        assert said[-1] == MapChanged()
        assert (info is None) == (count == 0)
        if info is not None:
            assert info.layout is Layout.SKETCH
            assert np.isfinite(points.places).all()


def test_fifteen_documents_are_drawn_and_named(tmp_path):
    root = tmp_path / "some"
    write_texts(root, 5)
    with open_library(tmp_path / "some.sqlite") as library:
        read_in(library, root)
        info, points, _ = drawn(library, root)
        assert info.layout is Layout.DRAWN
        found = [topic for topic in maps.topics(library, info.number) if topic.detail == 0]
        assert len(found) == 3
        assert all(topic.name for topic in found)
        assert (points.topics[:, 0] > 0).mean() > 0.7


def test_a_sketch_from_before_is_drawn_with_the_next_scan(tmp_path):
    root = write_texts(tmp_path / "some", 5)
    with open_library(tmp_path / "some.sqlite") as library:
        read_in(library, root)
        info, _, _ = drawn(library, root)
        library.execute("update maps set layout = ?", [Layout.SKETCH.value])
        list(mapping.place_new(library, options(root)))
        assert maps.find_map(library, WINDOW_SCOPE, info.space).layout is Layout.DRAWN


def test_scope_of_the_command_line(library, tree, tmp_path):
    chosen = ScanOptions((tree,), processes=1)
    for _ in scan(library, chosen):
        pass
    assert mapping.scope_options(library, chosen.scope).folders == (tree,)
    assert mapping.scope_options(library, WINDOW_SCOPE).folders == (tree,)


def test_the_engine_does_the_command():
    from dedupe_app.engine.commands import HANDLERS

    assert HANDLERS[MakeMap] is mapping.run_make_map


def test_files_on_the_map(library, tree):
    drawn(library, tree)
    copy = tree / "Bees" / "bees-copy-100.txt"
    copy.write_text((tree / "Bees" / "bees-1.txt").read_text())
    read_in(library, tree)
    found = map_files(library, WINDOW_SCOPE, (tree,))
    assert len(found.files) == 73
    twins = np.flatnonzero(found.relations > 0)
    assert len(twins) == 2
    assert len(found.links) == 1
    assert set(found.links[0].tolist()) == set(twins.tolist())
    assert np.array_equal(found.places[twins[0]], found.places[twins[1]])
    assert found.groups[twins[0]] == found.groups[twins[1]] > 0
    assert [found.format_names[code] for code in set(found.formats.tolist())] == ["txt"]
    rows = rows_of(library, WINDOW_SCOPE, [*found.files[twins].tolist(), 10**9])
    assert {row.path.name for row in rows} == {"bees-1.txt", "bees-copy-100.txt"}
    single = rows_of(library, WINDOW_SCOPE, [int(found.files[found.relations == 0][0])])[0]
    assert single.group == 0
    assert single.relation is None
    places, names = file_folders(library, found.files.tolist())
    assert set(names) == set(SUBJECTS)
    assert len(places) == 73


def test_no_map_has_no_files(library, tree):
    found = map_files(library, WINDOW_SCOPE, (tree,))
    assert found.info is None
    assert len(found.files) == len(found.links) == 0
    assert found.missing == 72


def test_only_files_of_the_folders_are_on_the_map(library, tree):
    drawn(library, tree)
    whole = map_files(library, WINDOW_SCOPE, (tree,))
    part = map_files(library, WINDOW_SCOPE, (tree / "Bees",))
    assert len(part.files) == 24
    assert set(part.files.tolist()) < set(whole.files.tolist())
    assert {topic.number for topic in part.topic_list} <= set(part.topics.ravel().tolist())
    assert part.missing == 0
    nothing = map_files(library, WINDOW_SCOPE, ())
    assert (len(nothing.files), nothing.missing, nothing.topic_list) == (0, 0, ())


def test_documents_elsewhere_are_not_missing_from_the_map(library, tree, tmp_path):
    drawn(library, tree)
    elsewhere = tmp_path / "elsewhere"
    write_texts(elsewhere, 2, first=500)
    read_in(library, elsewhere)
    assert map_files(library, WINDOW_SCOPE, (tree,)).missing == 0


def test_files_without_a_place_are_counted(library, tree):
    drawn(library, tree)
    write_texts(tree, 1, first=100)
    read_in(library, tree)
    assert map_files(library, WINDOW_SCOPE, (tree,)).missing == 3


def test_map_of_a_model_is_its_own(library, tree):
    from dedupe_app.store import spaces

    info, lexical, _ = drawn(library, tree)
    documents.define_scope(library, [tree])
    space = spaces.open_space(library, "model:64", "model:64", "model", 64)
    chance = np.random.default_rng(0)
    texts = [text for text, _ in documents.texts_in_scope(library)]
    vectors = chance.standard_normal((len(texts), 64)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    spaces.save_vectors(library, space, zip(texts, vectors, strict=True))
    assert maps.find_map(library, WINDOW_SCOPE, space) is None
    assert maps.find_map(library, WINDOW_SCOPE, info.space).texts == len(lexical.texts)
