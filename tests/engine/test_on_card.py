"""The engine in an environment of its own: that it works there, goes there and comes back, and why it does not."""

from __future__ import annotations

import multiprocessing
import pickle
import shutil
import signal
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from dedupe_app.engine import launching, process, wire
from dedupe_app.engine.launching import Launcher, runs_on_card
from dedupe_app.engine.messages import (
    Act,
    Configure,
    EngineLost,
    EngineOptions,
    Failed,
    Finished,
    Ready,
    Scan,
    Working,
)
from dedupe_app.engine.process import Engine
from dedupe_app.records import ActionKind
from dedupe_app.runtime import places
from dedupe_app.runtime.wanted import STAND_IN
from dedupe_app.settings import resource_folder
from dedupe_app.store import folders
from dedupe_app.store.database import open_library

sys.path.append(str(Path(__file__).parents[1] / "runtime"))
sys.path.append(str(Path(__file__).parents[1] / "embed"))

import tiny_qwen3
from strange_engines import Heard
from wheelhouse import borrow

TEXT = "The tide mill at the lower quay was rebuilt in {} with stones from the old bridge. "


def test_it_never_moves_in_the_middle_of_an_action(tmp_path, monkeypatch):
    engine = Engine(EngineOptions(tmp_path / "library.sqlite"), [].append)
    monkeypatch.setattr(engine._launcher, "is_misplaced", lambda _options: True)
    act = Act(ActionKind.TRASH, ())
    engine._running, engine._look = [act], True
    assert not engine._is_to_move()
    engine._running, engine._given_up = [], [act]  # cancelled, and at its last file
    assert not engine._is_to_move()
    engine._given_up = []
    assert engine._is_to_move()


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    return tiny_qwen3.build(tmp_path_factory.mktemp("model") / "tiny")


@pytest.fixture
def root(tmp_path, monkeypatch):
    """An environment that is ready, with the processor in the place of the card."""
    monkeypatch.setenv(STAND_IN, str(resource_folder() / "card" / "packages.txt"))
    place = tmp_path / "card"
    borrow(place)
    monkeypatch.setattr(launching.places, "root_folder", lambda: place)
    monkeypatch.setattr(process, "_BACKOFF_S", 0.01)
    return place


@pytest.fixture
def library_path(tmp_path, plant):
    tree = plant(tmp_path / "tree", {f"{n}.txt": TEXT.format(1700 + n) * 5 for n in range(4)})
    with open_library(tmp_path / "library.sqlite") as library:
        folders.add_folders(library, [tree])
    return tmp_path / "library.sqlite"


@contextmanager
def running(path, embedder):
    heard = Heard()
    engine = Engine(options(path, embedder), heard)
    engine.start()
    try:
        yield engine, heard
    finally:
        engine.stop()


def options(path, embedder):
    return EngineOptions(path, embedder=str(embedder), processes=1, watch=False)


def engines_here():
    return [each for each in multiprocessing.active_children() if "engine" in each.name]


def test_scan_with_a_model_is_done_there(root, library_path, model):
    with running(library_path, f"folder:{model}") as (engine, heard):
        engine.submit(Scan())
        assert isinstance(heard.until(lambda _: True), Ready)
        assert not engines_here()
        end = heard.end_of(Scan())
    assert isinstance(end, Finished)
    assert end.scan.files == 4
    assert end.scan.model_problem is None
    assert "embed" in {event.stage for event in heard.events if isinstance(event, Working)}


def test_it_goes_where_the_embedder_is_best_done_and_loses_no_command(root, library_path, model):
    with running(library_path, "lexical") as (engine, heard):
        heard.until(Ready)
        assert engines_here()
        for embedder, is_here in ((f"folder:{model}", False), ("lexical", True)):
            change = Configure(options(library_path, embedder))
            engine.submit(change)
            assert isinstance(heard.until(Ready), Ready)
            assert isinstance(heard.end_of(change), Finished)
            assert bool(engines_here()) is is_here
    assert not [event for event in heard.events if isinstance(event, EngineLost | Failed)]


def test_it_follows_when_the_environment_comes_and_goes(root, library_path, model):
    aside = root.with_name("aside")
    root.rename(aside)
    with running(library_path, f"folder:{model}") as (engine, heard):
        heard.until(Ready)
        assert engines_here()
        shutil.copytree(aside, root, symlinks=True)
        engine.look_again()
        heard.until(Ready)
        assert not engines_here()
        (root / "environment.json").unlink()
        engine.look_again()
        heard.until(Ready)
        assert engines_here()


def test_a_card_that_does_not_answer_is_told_and_the_processor_takes_over(
    root, library_path, model, monkeypatch
):
    monkeypatch.delenv(STAND_IN)
    with running(library_path, f"folder:{model}") as (engine, heard):
        engine.submit(Scan())
        failed = heard.until(Failed)
        heard.until(Ready)
        assert engines_here()
        assert isinstance(heard.end_of(Scan()), Finished)
    assert failed.title == "The graphics card does not answer to CUDA."
    assert failed.hint
    assert places.find(root).trouble == (failed.title, failed.hint)
    assert not [event for event in heard.events if isinstance(event, EngineLost)]


def test_an_environment_that_is_broken_is_told_and_the_processor_takes_over(
    root, library_path, model
):
    python = places.python_of(root / places.find(root).manifest.folder)
    python.unlink()
    python.write_text("#!/bin/sh\nexit 3\n")
    python.chmod(0o755)
    with running(library_path, f"folder:{model}") as (engine, heard):
        failed = heard.until(Failed)
        heard.until(Ready)
        assert engines_here()
        engine.submit(Scan())
        assert isinstance(heard.end_of(Scan()), Finished)
    assert failed.title == "The graphics card is not used."


def test_it_is_tried_once_more_after_a_crash_and_given_up_after_two(root, library_path, model):
    launcher = Launcher(root)
    for again in (True, False):
        pipe, started = launcher.start(process.serve, options(library_path, f"folder:{model}"))
        assert launcher.is_on_card
        launcher.note(Ready("folder", "card"))
        started.kill()
        started.join()
        assert started.exitcode == -signal.SIGKILL
        started.close()
        pipe.close()
        elsewhere, failed = launcher.took_the_card_away()
        assert elsewhere is not again
        assert (failed is None) is again
    launcher.let_try_again()
    assert not launcher.is_misplaced(options(library_path, f"folder:{model}"))


def test_only_models_of_this_computer_gain_by_a_card():
    assert [runs_on_card(name) for name in ("lexical", "server:http://x#m")] == [False, False]
    assert [runs_on_card(name) for name in ("qwen3-0.6b", "folder:/m")] == [True, True]


# ---- the wire ----------------------------------------------------------------------------------


def test_a_path_that_a_newer_python_packed_is_understood():
    packed = pickle.dumps(Path("/x y"), protocol=2).replace(b"cpathlib\n", b"cpathlib._local\n")
    ours, theirs = multiprocessing.Pipe()
    end = wire.Wire(wire._detached(ours))
    with theirs:
        theirs.send_bytes(packed)
        assert end.recv() == Path("/x y")
    with pytest.raises(EOFError):
        end.recv()
    end.close()


def test_a_process_is_waited_for_by_its_sentinel():
    pipe, started = wire.start([sys.executable, "-c", "pass"], {})
    assert multiprocessing.connection.wait([started.sentinel], 30) == [started.sentinel]
    started.join(5)
    assert started.exitcode == 0
    assert not started.is_alive()
    started.close()
    with pytest.raises((EOFError, OSError)):
        pipe.recv()
    pipe.close()


def test_a_process_that_runs_can_be_ended():
    pipe, started = wire.start([sys.executable, "-c", "import time; time.sleep(60)"], {})
    started.join(0.01)
    assert started.is_alive()
    started.kill()
    started.join()
    assert not started.is_alive()
    started.close()
    pipe.close()
