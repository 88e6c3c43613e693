"""`dedupe-app models`, and a scan with a model, as a person types them."""

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from dedupe_app.cli import program
from dedupe_app.embed import weights
from dedupe_app.embed.options import EncoderOptions
from dedupe_app.engine.model_messages import CheckModel, DownloadModel, ModelReport
from dedupe_app.engine.models import check_model, download_model, find_card, list_models
from dedupe_app.engine.scan_messages import Progress
from dedupe_app.errors import UsageError

# The hub and the servers that stand in for real ones live with the tests of the embedders.
sys.path.append(str(Path(__file__).parent / "embed"))

import tiny_qwen3
from fake_server import Server, status
from test_weights import NAME, Hub, KnownModel

CPU = EncoderOptions(device="cpu", max_tokens=512)


@pytest.fixture(autouse=True)
def own_places(tmp_path, monkeypatch):
    """Models, logs and libraries of a test stay out of the user's folders."""
    for name in ("XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    model = KnownModel(NAME, "maker/tiny-embedding", 131_648, 64, 2, 528_920, 10**9)
    monkeypatch.setitem(weights.KNOWN_MODELS, NAME, model)
    return tmp_path


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    import torch

    torch.set_num_threads(1)
    return tiny_qwen3.build(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture
def hub(tiny, monkeypatch):
    running = Hub(tiny)
    monkeypatch.setenv("HF_ENDPOINT", running.url)
    yield running
    running.shutdown()
    running.server_close()
    running.thread.join()


@pytest.fixture
def server():
    running = Server()
    yield running
    running.stop()


@pytest.fixture
def card(tmp_path, monkeypatch):
    """Return a function that puts a driver with a given answer in the way of the real one."""

    def put(script):
        (tmp_path / "bin").mkdir()
        driver = tmp_path / "bin" / "nvidia-smi"
        driver.write_text(f"#!/bin/sh\n{script}\n")
        driver.chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path / "bin"))

    return put


def run(*arguments):
    return CliRunner().invoke(program, [str(argument) for argument in arguments])


def drained(work):
    events = []
    while True:
        try:
            events.append(next(work))
        except StopIteration as stop:
            return events, stop.value


def test_list_shows_sizes_and_what_is_there(tiny):
    weights.import_folder(NAME, tiny)
    result = run("models", "list")
    assert result.exit_code == 0
    assert "lexical" in result.stdout
    assert "1.2 GB to download" in result.stdout
    assert "not downloaded" in result.stdout
    assert str(weights.models_folder() / NAME) in "".join(result.stdout.split())
    rows = json.loads(run("models", "list", "--json", "-").stdout)["models"]
    assert [row["name"] for row in rows if row["place"]] == [NAME]


def test_a_card_says_what_fits(card):
    card("echo 'NVIDIA GeForce RTX 3060, 9000, 12288'")
    assert find_card().free_bytes == 9000 * 1024 * 1024
    fits = {row.name: row.fits for row in list_models()}
    assert fits == {"qwen3-0.6b": True, "qwen3-4b": False, "qwen3-8b": False, NAME: True}


@pytest.mark.parametrize("script", ["exit 9", "echo nonsense", "true"])
def test_a_driver_that_fails_is_no_card(card, script):
    card(script)
    assert find_card() is None
    assert {row.fits for row in list_models()} == {None}


def test_download_then_check(hub):
    result = run("models", "download", NAME)
    assert result.exit_code == 0, result.stderr
    assert weights.find(NAME) is not None
    assert "is there already" in run("models", "download", NAME).stdout
    events, report = drained(check_model(CheckModel(NAME), CPU))
    assert report.problems == ()
    assert report.words_per_second > 0
    assert "1 files compared with their checksums" in report.told[0]
    assert {event.stage for event in events} == {"check", "model"}


def test_download_tells_bytes(hub):
    events, report = drained(download_model(DownloadModel(NAME)))
    assert all(isinstance(event, Progress) and event.stage == "download" for event in events)
    assert events[-1].done == events[-1].total > 500_000
    assert isinstance(report, ModelReport)


def test_download_that_is_given_up_is_no_model(hub):
    work = download_model(DownloadModel(NAME))
    next(work)
    work.close()
    assert weights.find(NAME) is None or weights.check(NAME).problems == ()


def test_damaged_model_is_status_4(tiny):
    place = weights.import_folder(NAME, tiny)
    file = place / "model.safetensors"
    file.write_bytes(file.read_bytes()[:-10])
    result = run("models", "check", NAME)
    assert result.exit_code == 4
    assert "damaged" in result.stderr


def test_import_from_a_folder(tiny):
    result = run("models", "download", NAME, "--from", tiny)
    assert result.exit_code == 0
    assert weights.find(NAME) is not None


def test_another_model_is_not_imported(tiny):
    result = run("models", "download", "qwen3-0.6b", "--from", tiny)
    assert result.exit_code == 4
    assert "another model" in result.stderr


@pytest.mark.parametrize("command", ["download", "check"])
def test_unknown_model_is_refused(command):
    result = run("models", command, "word2vec")
    assert result.exit_code in (2, 4)
    assert "word2vec" in result.stderr


def test_download_of_an_unknown_model_is_wrong_usage():
    with pytest.raises(UsageError):
        drained(download_model(DownloadModel("word2vec")))


def test_check_of_a_server(server):
    report = drained(check_model(CheckModel(f"server:{server.url}#m"), CPU))[1]
    assert report.problems == ()
    assert report.words_per_second > 0
    server.fault = status(401, "who are you")
    report = drained(check_model(CheckModel(f"server:{server.url}#m"), CPU))[1]
    assert "who are you" in report.problems[0]
    assert report.words_per_second is None


def test_scan_with_a_server_says_so_and_never_shows_its_login(plant, tmp_path, server):
    folder = plant(tmp_path / "tree", {"a.txt": "one text " * 9, "b.txt": "another one " * 9})
    name = f"server:http://anna:secret@127.0.0.1:{server.server_port}#m"
    library = tmp_path / "library.sqlite"
    result = run("scan", folder, "--library", library, "--embedder", name, "--json", "-")
    assert result.exit_code == 0, result.stderr
    assert json.loads(result.stdout)["embedder"] == f"server:{server.url}#m"
    told = run("doctor", "--library", library).stdout
    assert f"server:{server.url}#m: 2 texts" in told.replace("\n", " ").replace("  ", " ")
    assert "secret" not in result.output + told
    assert b"secret" not in library.read_bytes()


def test_scan_with_a_server_that_denies_is_status_4(plant, tmp_path, server):
    folder = plant(tmp_path / "tree", {"a.txt": "one text " * 9, "b.txt": "one text " * 9})
    server.fault = status(403, "not you")
    library = tmp_path / "library.sqlite"
    name = f"server:{server.url}#m"
    result = run("scan", folder, "--library", library, "--embedder", name, "--quiet")
    assert result.exit_code == 4
    assert "not you" in result.stderr
    assert "identical" in run("export", "--library", library).stdout


def test_failed_texts_are_tried_again_on_request(plant, tmp_path, server):
    folder = plant(tmp_path / "tree", {"a.txt": "one text " * 9, "b.txt": "another one " * 9})
    arguments = ("--library", tmp_path / "library.sqlite", "--embedder", f"server:{server.url}#m")
    refused = status(422, "no")

    def refuse(handler, body):
        if any("another" in text for text in body["input"]):
            refused(handler, body)
        else:
            handler.answer(200, handler.vectors(body))

    server.fault = refuse
    assert "Not compared by meaning" in run("scan", folder, *arguments).stdout
    server.fault = None
    asked = len(server.requests)
    assert "Not compared by meaning" in run("scan", folder, *arguments).stdout
    assert len(server.requests) == asked
    assert "Not compared" not in run("scan", folder, *arguments, "--retry-failed").stdout
