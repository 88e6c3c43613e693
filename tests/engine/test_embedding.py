"""Texts get vectors in a scan: all of them, once, whatever happens on the way."""

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import closing

import pytest
from meaning_server import Server, answer_by_matter, direction, status, vector_of

from dedupe_app.embed.options import EncoderOptions
from dedupe_app.embed.reach import HEAD
from dedupe_app.embed.server import GREETING
from dedupe_app.engine import encoders
from dedupe_app.engine.embedding import TRIALS
from dedupe_app.engine.pipeline import scan
from dedupe_app.engine.scan_messages import Progress, ScanOptions
from dedupe_app.store import documents, spaces
from dedupe_app.store.database import open_for_reading, open_library

WORDS = "the harbour keeps its boats in winter and mends their sails while snow lies on the quay".split()
TEXTS = {
    f"{number:02}.txt": " ".join(
        WORDS[(number * 7 + place * (number + 1)) % len(WORDS)] + str((number * place) % 5)
        for place in range(60)
    )
    for number in range(12)
}


@pytest.fixture
def server():
    running = Server()
    running.fault = answer_by_matter({})
    yield running
    running.fault = status(401)  # whoever still asks gives up at once
    running.stop()


@pytest.fixture
def tree(plant, tmp_path):
    folder = plant(tmp_path / "tree", TEXTS)
    for number, name in enumerate(sorted(TEXTS)):
        os.utime(folder / name, (1_700_000_000 + number, 1_700_000_000 + number))
    return folder


@pytest.fixture
def library_path(tmp_path):
    return tmp_path / "library.sqlite"


def embedder(server, model="m"):
    return f"server:{server.url}#{model}"


def inputs(server):
    """Return the texts that a server was asked for, without the greeting and what shows how much it reads."""
    probe = " ".join(HEAD)
    return [
        text
        for _, body in server.requests
        for text in body["input"]
        if text not in GREETING and not text.startswith(probe)
    ]


def counts(path):
    """Return how many vectors each space has."""
    with open_for_reading(path) as library:
        return {
            space.name: spaces.count_all(library, space.number)
            for space in spaces.all_spaces(library)
        }


def test_every_text_is_embedded_once_newest_files_first(run_scan, tree, library_path, server):
    (tree / "copy of 03.txt").write_text(TEXTS["03.txt"])
    os.utime(tree / "copy of 03.txt", (1_700_000_003, 1_700_000_003))
    scanned = run_scan(library_path, tree, embedder=embedder(server))
    assert inputs(server) == [TEXTS[name] for name in sorted(TEXTS, reverse=True)]
    assert counts(library_path) == {"server/m:none:256:8192x8": (12, 0)}
    assert scanned.finished.model_problem is None
    assert [event for event in scanned.events[:-1] if event.stage == "embed"][-1] == Progress(
        "embed", 12, 12
    )


def test_unchanged_tree_needs_no_model(run_scan, tree, library_path, server):
    first = run_scan(library_path, tree, embedder=embedder(server))
    server.fault = status(404)
    asked = len(server.requests)
    again = run_scan(library_path, tree, embedder=embedder(server))
    assert len(server.requests) == asked
    assert again.finished.model_problem is None
    assert again.csv == first.csv


def test_only_new_texts_are_embedded(run_scan, tree, library_path, server):
    run_scan(library_path, tree, embedder=embedder(server))
    before = len(inputs(server))
    (tree / "new.txt").write_text("Something else altogether, written down only now.")
    run_scan(library_path, tree, embedder=embedder(server))
    *trials, new = inputs(server)[before:]
    assert new == "Something else altogether, written down only now."
    assert len(trials) == TRIALS
    assert set(trials) <= set(TEXTS.values())


def test_another_model_under_the_name_of_the_first_is_found_out(
    run_scan, tree, library_path, server
):
    """Most servers of one model take any name, so the name says nothing of what is behind it."""
    run_scan(library_path, tree, embedder=embedder(server))
    (tree / "new.txt").write_text("Something else altogether, written down only now.")
    first = answer_by_matter({})

    def other(handler, body):
        body["input"] = [f"to the other model: {text}" for text in body["input"]]
        first(handler, body)

    server.fault = other
    title, hint = run_scan(library_path, tree, embedder=embedder(server)).finished.model_problem
    assert "Another model runs behind" in title
    assert "name of its own" in hint
    assert list(counts(library_path).values()) == [(12, 0)]
    run_scan(library_path, tree, embedder=embedder(server, "other"))
    assert sorted(counts(library_path).values()) == [(12, 0), (13, 0)]
    server.fault = first
    assert run_scan(library_path, tree, embedder=embedder(server)).finished.model_problem is None


def test_one_model_on_another_server_is_the_same(run_scan, tree, library_path, server):
    """Other number formats move vectors a little."""
    run_scan(library_path, tree, embedder=embedder(server))
    (tree / "new.txt").write_text("Something else altogether, written down only now.")

    def rounded(handler, body):
        vectors = [
            vector_of(text, {}) + 0.008 * direction(f"round {text}") for text in body["input"]
        ]
        data = [{"index": place, "embedding": own.tolist()} for place, own in enumerate(vectors)]
        handler.answer(200, {"data": data})

    server.fault = rounded
    scanned = run_scan(library_path, tree, embedder=embedder(server))
    assert scanned.finished.model_problem is None
    assert list(counts(library_path).values()) == [(13, 0)]


def test_another_model_keeps_the_vectors_of_the_first(run_scan, tree, library_path, server):
    run_scan(library_path, tree, embedder=embedder(server, "one"))
    run_scan(library_path, tree, embedder=embedder(server, "two"))
    asked = len(server.requests)
    run_scan(library_path, tree, embedder=embedder(server, "one"))
    assert len(server.requests) == asked
    assert [vectors for vectors, _ in counts(library_path).values()] == [12, 12]


def test_text_that_the_model_refuses_is_told_and_not_tried_again(
    run_scan, tree, library_path, server
):
    good = answer_by_matter({})

    def refuse(handler, body):
        if any(TEXTS["05.txt"] in text for text in body["input"]):
            handler.answer(400, {"error": {"message": "I do not like this text"}})
        else:
            good(handler, body)

    server.fault = refuse
    scanned = run_scan(library_path, tree, embedder=embedder(server))
    assert [
        (path.name, "I do not like this text" in why) for path, why in scanned.finished.partly
    ] == [("05.txt", True)]
    assert list(counts(library_path).values()) == [(11, 1)]
    server.fault = good
    asked = len(server.requests)
    run_scan(library_path, tree, embedder=embedder(server))
    assert len(server.requests) == asked
    with open_library(library_path) as library:
        assert spaces.forget_failures(library) == 1
    scanned = run_scan(library_path, tree, embedder=embedder(server))
    assert scanned.finished.partly == ()
    assert list(counts(library_path).values()) == [(12, 0)]


def test_server_that_is_not_there_leaves_groups_by_wording(run_scan, tree, library_path, server):
    (tree / "copy.txt").write_text(TEXTS["03.txt"])
    server.fault = status(401, "who are you")
    scanned = run_scan(library_path, tree, embedder=embedder(server))
    title, hint = scanned.finished.model_problem
    assert "who are you" in title
    assert hint
    assert {row.path.name for row in scanned.rows} == {"03.txt", "copy.txt"}


def test_model_folder_that_is_not_there_is_told(run_scan, tree, library_path):
    scanned = run_scan(library_path, tree, embedder=f"folder:{tree / 'nowhere'}")
    assert "nowhere" in scanned.finished.model_problem[0]


def test_scan_goes_on_where_a_server_died(run_scan, tree, library_path, server, monkeypatch):
    monkeypatch.setattr("dedupe_app.embed.server._BATCH_TEXTS", 1)
    good, left = answer_by_matter({}), [6]  # the greeting and five texts

    def die(handler, body):
        left[0] -= 1
        (good if left[0] >= 0 else status(403))(handler, body)

    server.fault = die
    scanned = run_scan(library_path, tree, embedder=embedder(server))
    assert scanned.finished.model_problem is not None
    done = next(iter(counts(library_path).values()))[0]
    assert 1 <= done < 12
    server.fault = good
    before = len(inputs(server))
    run_scan(library_path, tree, embedder=embedder(server))
    assert len(inputs(server)) - before == 12 - done + min(done, TRIALS)
    assert list(counts(library_path).values()) == [(12, 0)]


SCAN = """
import sys
from pathlib import Path
from dedupe_app.embed import server
from dedupe_app.engine import embedding
from dedupe_app.engine.scan_messages import ScanOptions
from dedupe_app.engine.pipeline import scan
from dedupe_app.store.database import open_library
if __name__ == "__main__":
    embedding._BATCH_SECONDS, server._BATCH_TEXTS = 0.0, 1  # as often as with texts that take long
    with open_library(Path(sys.argv[2])) as library:
        options = ScanOptions((Path(sys.argv[1]),), processes=1, embedder=sys.argv[3])
        for event in scan(library, options):
            print(getattr(event, "stage", "finished"), getattr(event, "done", 0), flush=True)
"""


def test_scan_that_was_killed_goes_on(run_scan, tree, library_path, server, tmp_path):
    server.delay_s = 0.05
    command = [sys.executable, "-c", SCAN, str(tree), str(library_path), embedder(server)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout:
            stage, done = line.split()
            if stage == "embed" and int(done) >= 6:
                process.send_signal(signal.SIGKILL)
                break
    done = next(iter(counts(library_path).values()))[0]
    assert 5 <= done < 12
    server.delay_s = 0
    before = len(inputs(server))
    resumed = run_scan(library_path, tree, embedder=embedder(server))
    assert len(inputs(server)) - before == 12 - done + min(done, TRIALS)
    fresh = run_scan(tmp_path / "fresh.sqlite", tree, embedder=embedder(server))
    assert resumed.csv == fresh.csv
    assert resumed.groups == fresh.groups


def test_scan_that_is_given_up_lets_the_model_go(tree, library_path, server):
    server.delay_s = 0.2
    options = ScanOptions((tree,), processes=1, embedder=embedder(server))
    with open_library(library_path) as library, closing(scan(library, options)) as events:
        for event in events:
            if event.stage == "model":
                break
    deadline = time.monotonic() + 30
    while any(thread.name.startswith("embed") for thread in threading.enumerate()):
        assert time.monotonic() < deadline
        threading.Event().wait(0.05)


def test_texts_reach_the_model_through_a_narrow_window(
    run_scan, tree, library_path, server, monkeypatch
):
    monkeypatch.setattr("dedupe_app.engine.conveyor._AHEAD_CHARS", 1)
    monkeypatch.setattr("dedupe_app.engine.embedding._LOADED_AT_ONCE", 1)
    run_scan(library_path, tree, embedder=embedder(server))
    assert list(counts(library_path).values()) == [(12, 0)]


def test_error_of_the_model_is_not_swallowed(run_scan, tree, library_path, server, monkeypatch):
    def broken(*_arguments, **_options):
        raise ZeroDivisionError("a fault of our own")
        yield

    monkeypatch.setattr("dedupe_app.embed.server.ServerEncoder.encode", broken)
    with pytest.raises(ZeroDivisionError):
        run_scan(library_path, tree, embedder=embedder(server))


def test_vectors_come_back_as_unit_vectors_near_what_was_stored(
    run_scan, tree, library_path, server
):
    from meaning_server import vector_of

    run_scan(library_path, tree, embedder=embedder(server))
    with open_library(library_path) as library:
        documents.define_scope(library, [tree])
        space = spaces.all_spaces(library)[0]
        numbers, matrix = spaces.vectors_in_scope(library, space.number)
        texts = dict(documents.raw_texts(library, numbers.tolist()))
    assert matrix.shape == (12, 256)
    for number, row in zip(numbers.tolist(), matrix, strict=True):
        assert abs(float(row @ row) - 1) < 1e-5
        assert float(row @ vector_of(texts[number], {})) > 1 - 1e-5


# ---- a folder ----------------------------------------------------------------------------------

SMALL = EncoderOptions(device="cpu", dimensions=32, max_tokens=512)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    import tiny_qwen3
    import torch

    torch.set_num_threads(1)
    return tiny_qwen3.build(tmp_path_factory.mktemp("models") / "tiny")


def test_model_folder_embeds_a_tree(run_scan, tree, library_path, tiny):
    scanned = run_scan(library_path, tree, embedder=f"folder:{tiny}", model=SMALL)
    assert scanned.finished.model_problem is None
    ((name, found),) = counts(library_path).items()
    assert found == (12, 0)
    assert name.startswith("folder@")
    assert name.endswith(":clustering:32:512x8:float32")
    with open_for_reading(library_path) as library:
        (space,) = spaces.all_spaces(library)
    assert space.dimensions == 32
    assert any("processor" in sentence for sentence in space.account)


def test_scan_with_all_vectors_loads_no_torch(run_scan, tree, library_path, tiny, tmp_path):
    run_scan(library_path, tree, embedder=f"folder:{tiny}", model=SMALL)
    moved = tiny.rename(tmp_path / "moved")
    code = (
        "import sys; from pathlib import Path\n"
        "from dedupe_app.embed.options import EncoderOptions\n"
        "from dedupe_app.engine.scan_messages import ScanOptions\n"
        "from dedupe_app.engine.pipeline import scan\n"
        "from dedupe_app.store.database import open_library\n"
        "small = EncoderOptions(device='cpu', dimensions=32, max_tokens=512)\n"
        "with open_library(Path(sys.argv[2])) as library:\n"
        "    options = ScanOptions((Path(sys.argv[1]),), embedder='folder:' + sys.argv[3], model=small)\n"
        "    last = list(scan(library, options))[-1]\n"
        "print(last.model_problem, [name for name in ('torch', 'transformers', 'httpx') if name in sys.modules])"
    )
    arguments = [sys.executable, "-c", code, str(tree), str(library_path), str(moved)]
    found = subprocess.run(arguments, capture_output=True, text=True, check=True)
    moved.rename(tiny)
    assert found.stdout.strip() == "None []"


def test_scan_without_a_model_imports_nothing_for_models(tree, library_path):
    code = (
        "import sys; from pathlib import Path\n"
        "from dedupe_app.engine.scan_messages import ScanOptions\n"
        "from dedupe_app.engine.pipeline import scan\n"
        "from dedupe_app.store.database import open_library\n"
        "with open_library(Path(sys.argv[2])) as library:\n"
        "    list(scan(library, ScanOptions((Path(sys.argv[1]),), processes=1)))\n"
        "heavy = ('torch', 'transformers', 'httpx', 'tokenizers')\n"
        "own = [f'dedupe_app.{name}' for name in ('embed.spaces', 'engine.embedding', 'engine.same_meaning')]\n"
        "print([name for name in (*heavy, *own) if name in sys.modules])"
    )
    arguments = [sys.executable, "-c", code, str(tree), str(library_path)]
    found = subprocess.run(arguments, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_model_stays_loaded_when_asked_to(tree, library_path, tiny):
    options = EncoderOptions(device="cpu", dimensions=32, max_tokens=512)
    encoders.keep_loaded()
    try:
        with encoders.lent_encoder(f"folder:{tiny}", options) as first:
            pass
        with encoders.lent_encoder(f"folder:{tiny}", options) as second:
            assert second is first
            assert dict(second.encode(["a text"]))
    finally:
        encoders.keep_loaded(0)
    with encoders.lent_encoder(f"folder:{tiny}", options) as third:
        assert third is not first


def test_a_model_is_lent_to_one_thread_at_a_time(server):
    name, order = embedder(server), []
    inside, leave = threading.Event(), threading.Event()

    def other():
        inside.wait(30)
        with encoders.lent_encoder(name, EncoderOptions()):
            order.append("other")

    thread = threading.Thread(target=other, daemon=True)
    thread.start()
    with encoders.lent_encoder(name, EncoderOptions()):
        inside.set()
        leave.wait(0.1)
        order.append("first")
    thread.join(30)
    assert order == ["first", "other"]
