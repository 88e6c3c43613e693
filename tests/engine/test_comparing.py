"""Comparing: whoever does it, one process or several, whole clouds or in pieces, the outcome is the same."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal

import pytest

from dedupe_app.engine import comparing, explaining
from dedupe_app.engine.candidates import find_candidates
from dedupe_app.engine.comparing import compare_pairs
from dedupe_app.engine.crew import Crew
from dedupe_app.engine.explaining import explain_pairs, make_comparer
from dedupe_app.engine.pipeline import scan
from dedupe_app.engine.scan_messages import ScanOptions
from dedupe_app.settings import ReadLimits
from dedupe_app.store import documents
from dedupe_app.store.database import open_library


def letters(seed, files):
    """Return records of one template, revisions of them, and prose that hangs together with none."""
    chance = random.Random(seed)
    frame = [f"{chance.choice('bdfgkl')}{chance.choice('aeiou')}{n}" for n in range(90)]
    found = {}
    for number in range(files):
        own = random.Random(number)
        words = [*frame]
        for place in own.sample(range(90), 12):
            words[place] = f"w{own.randrange(400)}"
        found[f"record{number}.txt"] = f"Record {own.randrange(10**6)} " + " ".join(words)
        if number % 3 == 0:
            words[50] = "amended"
            found[f"draft{number}.txt"] = f"Record {number} " + " ".join(words)
    return found


@pytest.fixture(scope="module")
def tree(tmp_path_factory, plant):
    return plant(tmp_path_factory.mktemp("comparing") / "tree", letters(1, 40))


def read(tree, path):
    """Scan up to the neighbours."""
    with open_library(path) as library:
        events = scan(library, ScanOptions((tree,), processes=1))
        for event in events:
            if getattr(event, "stage", "") == "neighbours":
                break
        events.close()
    return path


def compare(path, tree, processes, crew=None, before=()):
    """Compare all pairs; return what is stored of them."""
    with open_library(path) as library:
        documents.define_scope(library, [tree])
        clouds = find_candidates(library)
        list(compare_pairs(library, clouds, processes, crew, before))
        return library.execute(
            "select a.hash, b.hash, family, sure, relation, similarity, changes from pairs "
            "join texts a on a.id = text_a join texts b on b.id = text_b order by 1, 2"
        ).fetchall()


@pytest.fixture
def in_pieces(monkeypatch):
    """Share even the smallest cloud, a few pairs at a time."""
    monkeypatch.setattr(comparing, "_WORTH_ASKING", 1)
    monkeypatch.setattr(comparing, "_WORTH_STARTING", 1)
    monkeypatch.setattr(comparing, "_LARGEST_WHOLE", 0)
    monkeypatch.setattr(comparing, "_BATCH_PAIRS", 40)
    monkeypatch.setattr(explaining, "_WORTH_ASKING", 1)


@pytest.fixture(scope="module")
def alone(tree, tmp_path_factory):
    return compare(read(tree, tmp_path_factory.mktemp("alone") / "library.sqlite"), tree, 1)


def test_whole_clouds_in_processes_come_out_alike(tree, alone, tmp_path, monkeypatch):
    monkeypatch.setattr(comparing, "_WORTH_STARTING", 1)
    found = compare(read(tree, tmp_path / "library.sqlite"), tree, 2)
    assert len(alone) > 100
    assert found == alone
    assert multiprocessing.active_children() == []


def test_cloud_in_pieces_comes_out_alike(tree, alone, tmp_path, in_pieces):
    path = read(tree, tmp_path / "library.sqlite")
    with Crew(3, ReadLimits()) as crew:
        assert compare(path, tree, 3, crew) == alone
        assert len(crew) == 3
    assert multiprocessing.active_children() == []


def test_what_a_killed_process_had_is_done_here(tree, alone, tmp_path, in_pieces):
    path = read(tree, tmp_path / "library.sqlite")
    with Crew(2, ReadLimits()) as crew, open_library(path) as library:
        documents.define_scope(library, [tree])
        events = compare_pairs(library, find_candidates(library), 2, crew)
        next(events)
        os.kill(multiprocessing.active_children()[0].pid, signal.SIGKILL)
        list(events)
    assert compare(path, tree, 1) == alone


def test_comparing_that_is_stopped_leaves_no_process_once_the_crew_is_closed(
    tree, tmp_path, in_pieces
):
    path = read(tree, tmp_path / "library.sqlite")
    with Crew(2, ReadLimits()) as crew, open_library(path) as library:
        documents.define_scope(library, [tree])
        events = compare_pairs(library, find_candidates(library), 2, crew)
        next(events)
        events.close()
    assert multiprocessing.active_children() == []


def test_clouds_that_were_compared_are_left_out(tree, tmp_path):
    path = read(tree, tmp_path / "library.sqlite")
    with open_library(path) as library:
        documents.define_scope(library, [tree])
        clouds = find_candidates(library)
        (last,) = compare_pairs(library, clouds, 1, None, clouds)
    assert (last.done, last.total) == (0, 0)


def test_reasons_from_a_crew_are_those_made_here(tree, alone, tmp_path, in_pieces):
    path = read(tree, tmp_path / "library.sqlite")
    compare(path, tree, 1)
    with open_library(path) as library, Crew(2, ReadLimits()) as crew:
        documents.define_scope(library, [tree])
        clouds = find_candidates(library)
        texts = [text for text, _ in documents.texts_in_scope(library)]
        asked = [(a, b) for a in texts[:12] for b in texts[:12] if a != b]
        here = make_comparer(library, clouds)
        crew.start(2)
        assert explain_pairs(library, clouds, asked, crew) == {pair: here(*pair) for pair in asked}
        assert explain_pairs(library, clouds, [], crew) == {}
