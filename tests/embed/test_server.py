"""The server encoder against a real HTTP server of our own that speaks the protocol and has every fault we know of."""

import logging
import math
import sys
import threading
import time
import types
from email.utils import formatdate

import numpy as np
import pytest
from fake_server import WIDTH, changed, cut_connection, expected, invalid, numbers, right, status

from dedupe_app.embed.encoder import EncoderOptions, Failure
from dedupe_app.embed.endpoint import Patience
from dedupe_app.embed.keys import find_key
from dedupe_app.embed.opening import open_encoder
from dedupe_app.embed.server import open_server
from dedupe_app.errors import EmbedderUnavailableError, UsageError

TEXTS = [f"text {number}" for number in range(100)]


# ---- the protocol ----------------------------------------------------------------------------


def test_vectors_come_back_in_order_cut_and_of_length_1(connect):
    encoder = connect()
    assert encoder.dimensions == 32
    assert right(encoder, TEXTS)


@pytest.mark.parametrize("path", ["", "/", "/v1", "/v1/", "/v1/embeddings"])
def test_address_may_be_given_with_or_without_its_path(connect, server, path):
    connect(f"{server.url}{path}#bge")
    assert server.requests[0][0] == "/v1/embeddings"


@pytest.mark.parametrize("path", ["", "/v1", "/api/v1"])
def test_server_without_the_usual_path_is_found_at_its_own(connect, server, path):
    server.path = path.removesuffix("/v1") + "/embeddings"  # as infinity does
    encoder = connect(f"{server.url}{path}#bge")
    assert right(encoder, TEXTS)
    assert [asked for asked, _ in server.requests].count(f"{server.path}") == len(
        server.requests
    ) - 1


def test_server_without_embeddings_is_asked_for_once_on_each_path(connect, server):
    server.path = "/elsewhere"
    with pytest.raises(EmbedderUnavailableError, match=r"answered 404 \(Not Found\)"):
        connect()
    assert [asked for asked, _ in server.requests] == ["/v1/embeddings", "/embeddings"]


def test_server_is_asked_to_cut(connect, server):
    connect()
    assert server.requests[0][1]["dimensions"] == 32


def test_server_that_refuses_to_cut_is_asked_once_and_cut_here(connect, server):
    server.matryoshka = False
    encoder = connect()
    assert right(encoder, TEXTS)
    assert sum("dimensions" in body for _, body in server.requests) == 1
    assert "cut here" in encoder.account[0]


def test_fewer_numbers_than_wanted_are_all_kept(connect):
    assert connect(dimensions=256).dimensions == WIDTH


def test_qwen3_on_a_server_has_its_template(connect, server):
    encoder = connect(f"{server.url}#Qwen/Qwen3-Embedding-0.6B")
    assert right(encoder, ["lease"], prefix="Instruct: clustering\nDocument: ")
    found = dict(encoder.encode(["rent"], query=True))
    assert np.abs(found[0] - expected("rent", prefix="Instruct: retrieval\nQuery: ")).max() < 1e-6


def test_space_names_model_and_template_but_not_the_address(connect, server, second_server):
    first, second = connect(), connect(f"{second_server.url}#bge")
    assert first.space == second.space == "server/bge:none:32:8192x8"
    assert connect(f"{server.url}#bge", template="clustering").space != first.space


def test_several_servers_share_the_load(connect, server, second_server):
    encoder = connect(f"{server.url}, {second_server.url}#bge")
    server.delay_s = second_server.delay_s = 0.02
    assert right(encoder, [f"{number}" for number in range(1000)])
    assert min(len(server.requests), len(second_server.requests)) > 5


def test_servers_that_run_different_models_are_refused(connect, server, second_server):
    def other(handler, body):
        data = [
            {"index": place, "embedding": numbers(f"other {text}")}
            for place, text in enumerate(body["input"])
        ]
        handler.answer(200, {"data": data})

    second_server.fault = other
    with pytest.raises(EmbedderUnavailableError, match="one text different vectors") as refused:
        connect(f"{server.url},{second_server.url}#bge")
    assert "must run the same" in refused.value.hint


def test_several_batches_are_under_way_at_once(connect, server):
    encoder = connect()
    server.delay_s = 0.2
    started = time.monotonic()
    assert right(encoder, [f"{number}" for number in range(128)])
    assert time.monotonic() - started < 0.7


# ---- faults that pass ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fault",
    [
        status(429, "rate limit exceeded"),
        status(429, Retry_After="0.01"),
        status(429, Retry_After=formatdate(0, usegmt=True)),
        status(500),
        status(503),
        cut_connection,
        lambda handler, body: handler.answer(200, b"not json"),
        lambda handler, body: handler.answer(200, {"object": "error"}),
        changed(lambda data: data.pop()),
        changed(lambda data: data[0].update(index=data[1]["index"])),
        changed(lambda data: data[0].update(embedding=[1.0] * 5)),
        changed(lambda data: data[0].update(embedding=[[1.0]])),
    ],
)
def test_passing_fault_is_retried(connect, server, fault):
    encoder = connect()
    server.faults = [fault, fault]
    assert right(encoder, TEXTS[:10])


def test_server_is_given_the_time_it_asks_for(connect, server):
    encoder = connect()
    server.faults = [status(429, Retry_After="0.5")]
    started = time.monotonic()
    assert right(encoder, TEXTS[:3])
    assert time.monotonic() - started >= 0.5


def test_server_that_loads_its_model_is_waited_for(connect, server):
    server.faults = [status(503, "Loading model")] * 20
    assert right(connect(), TEXTS[:3])


def test_server_that_never_ends_loading_is_an_unavailable_embedder(server):
    server.fault = status(503, "Loading model")
    patience = Patience(attempts=2, first_wait_s=0.01, timeout_s=5.0, loading_s=0.1)
    with pytest.raises(EmbedderUnavailableError, match="Loading model"):
        open_server(f"{server.url}#bge", EncoderOptions(dimensions=32), {}, patience)


def test_waits_grow():
    from dedupe_app.embed.endpoint import Endpoint

    endpoint = Endpoint("http://localhost", "m", None, Patience(first_wait_s=1.0))
    waits = [endpoint._wait_s(attempt, None) for attempt in range(5)]
    endpoint.close()
    assert all(2**place / 2 <= wait <= 2**place for place, wait in enumerate(waits))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda entry: entry.update(embedding=None),
        lambda entry: entry.update(embedding=[math.nan] * 32),
        lambda entry: entry.update(embedding=[None] * 32),
        lambda entry: entry.update(embedding=[0.0] * 32),
    ],
)
def test_text_without_finite_numbers_is_asked_for_again_alone(connect, server, spoil):
    encoder = connect()
    server.faults = [changed(lambda data: [spoil(entry) for entry in data[:3]])]
    assert right(encoder, TEXTS[:10])


def test_text_without_finite_numbers_for_good_fails_alone(connect, server):
    def spoil(handler, body):
        answer = handler.vectors(body)
        for entry in answer["data"]:
            if body["input"][entry["index"]] == "import x":
                entry["embedding"] = [math.nan] * 32
        handler.answer(200, answer)

    encoder = connect()
    server.fault = spoil
    found = dict(encoder.encode(["good", "import x", "fine"]))
    assert "finite" in found[1].reason
    assert np.abs(found[2] - expected("fine")).max() < 1e-6


def test_text_the_server_refuses_fails_alone_with_its_reason(connect, server):
    def refuse(handler, body):
        if any("bad" in text for text in body["input"]):
            handler.answer(422, {"error": {"message": "no such token"}})
        else:
            handler.answer(200, handler.vectors(body))

    encoder = connect()
    server.fault = refuse
    found = dict(encoder.encode([*TEXTS, "bad"]))
    assert isinstance(found[100], Failure)
    assert "no such token" in found[100].reason
    assert sum(isinstance(result, Failure) for result in found.values()) == 1


def test_reason_of_a_framework_is_passed_on(connect, server):
    encoder = connect()
    server.fault = invalid
    assert "Input should be a string" in dict(encoder.encode(["one"]))[0].reason


def test_text_too_dense_for_a_server_is_halved_until_it_fits(connect, server):
    encoder = connect()
    server.longest = 100
    assert not [found for _, found in encoder.encode(["文" * 300]) if isinstance(found, Failure)]


def test_text_too_long_for_the_server_is_halved_and_averaged(connect, server):
    encoder = connect()
    server.longest = 700
    text = "a" * 500 + "b" * 500
    total = expected("a" * 500) + expected("b" * 500)
    found = dict(encoder.encode([text, "short"]))
    assert np.abs(found[0] - total / np.linalg.norm(total)).max() < 1e-6
    assert np.abs(found[1] - expected("short")).max() < 1e-6


def test_long_text_is_sent_in_windows(connect, server):
    encoder = connect(max_tokens=100)
    found = dict(encoder.encode(["a" * 1000, ""]))
    assert max(len(text) for _, body in server.requests for text in body["input"]) <= 300
    assert abs(np.linalg.norm(found[0]) - 1) < 1e-6


# ---- faults that stay ------------------------------------------------------------------------


def test_load_of_a_server_that_dies_goes_to_the_other(connect, server, second_server):
    encoder = connect(f"{server.url},{second_server.url}#bge")
    second_server.fault = status(500)
    assert right(encoder, [f"{number}" for number in range(300)])


def test_server_that_is_not_there_is_left_out_with_a_word(connect, server):
    encoder = connect(f"http://127.0.0.1:9,{server.url}#bge")
    assert "left out" in encoder.account[0]
    assert right(encoder, TEXTS)


def test_no_server_at_all_is_an_unavailable_embedder(connect):
    with pytest.raises(EmbedderUnavailableError, match="not reached") as caught:
        connect("http://127.0.0.1:9#bge")
    assert caught.value.exit_status == 4


def test_all_servers_dying_on_the_way_is_an_unavailable_embedder(connect, server):
    encoder = connect()
    server.fault = status(500)
    with pytest.raises(EmbedderUnavailableError, match="No embedding server answers any more"):
        list(encoder.encode(TEXTS))


@pytest.mark.parametrize(
    ("code", "message"), [(401, "no key"), (404, "The model `bge` does not exist.")]
)
def test_denial_is_said_at_once_and_not_retried(connect, server, code, message):
    server.fault = status(code, message)
    with pytest.raises(EmbedderUnavailableError, match=message):
        connect()
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "address", ["http://localhost", "#bge", "localhost:80#bge", "ftp://host#bge", "http://#bge"]
)
def test_incomplete_address_is_wrong_usage(address):
    with pytest.raises(UsageError):
        open_encoder(f"server:{address}")


# ---- cancel, keys ----------------------------------------------------------------------------


def test_cancel_does_not_wait_for_answers(connect, server):
    encoder = connect()
    server.delay_s = 1.5
    stop = threading.Event()
    threading.Timer(0.1, stop.set).start()
    started = time.monotonic()
    assert list(encoder.encode(TEXTS, cancelled=stop.is_set)) == []
    assert time.monotonic() - started < 1.0


def test_progress_counts_texts(connect):
    seen = []
    list(connect().encode(TEXTS, progress=lambda done, total: seen.append((done, total))))
    assert seen[-1] == (100, 100)
    assert seen == sorted(seen)


def test_key_is_sent_and_never_shown(connect, server, caplog):
    key = "sk-very-secret"
    with caplog.at_level(logging.DEBUG):
        encoder = connect(environment={"DEDUPE_APP_API_KEY": key})
        server.faults = [status(500)]
        right(encoder, TEXTS[:3])
        server.fault = status(401, "wrong key")
        with pytest.raises(EmbedderUnavailableError) as caught:
            list(encoder.encode(TEXTS[:3]))
    assert server.headers[0]["Authorization"] == f"Bearer {key}"
    assert key not in caplog.text + encoder.space + str(caught.value) + " ".join(encoder.account)


def test_login_in_the_address_is_sent_and_never_shown(connect, server, caplog):
    with caplog.at_level(logging.DEBUG):
        encoder = connect(f"http://anna:pass-word@127.0.0.1:{server.server_port}#bge")
    assert server.headers[0]["Authorization"].startswith("Basic ")
    assert "pass-word" not in caplog.text + encoder.space + " ".join(encoder.account)


def test_common_key_goes_to_this_machine_or_over_tls_only():
    known = {"OPENAI_API_KEY": "common"}
    assert find_key("http://localhost:8000", known) == "common"
    assert find_key("https://api.openai.com/v1", known) == "common"
    assert find_key("http://gpu-box:8000", known) is None
    assert find_key("http://gpu-box:8000", {**known, "DEDUPE_APP_API_KEY": "own"}) == "own"


@pytest.fixture
def keyring(monkeypatch):
    """A keyring of the system, with one key; `fails`: it is locked."""

    class KeyringError(Exception):
        pass

    def get_password(service, user):
        if kept.fails:
            raise KeyringError("locked")
        return {("dedupe-app", "gpu-box"): "kept"}.get((service, user))

    kept = types.ModuleType("keyring")
    kept.fails, kept.get_password, kept.errors = False, get_password, types.ModuleType("errors")
    kept.errors.KeyringError = KeyringError
    monkeypatch.setitem(sys.modules, "keyring", kept)
    monkeypatch.setitem(sys.modules, "keyring.errors", kept.errors)
    return kept


def test_key_in_the_keyring_is_for_its_server_alone(keyring):
    known = {"OPENAI_API_KEY": "common"}
    assert find_key("http://gpu-box:8000/v1", known) == "kept"
    assert find_key("http://gpu-box", {**known, "DEDUPE_APP_API_KEY": "own"}) == "own"
    assert find_key("http://other-box", known) is None


def test_keyring_that_is_locked_is_no_key(keyring):
    keyring.fails = True
    assert find_key("http://gpu-box", {}) is None


def test_texts_are_not_logged(connect, server, caplog):
    encoder = connect()
    server.faults = [status(500), status(422, "no")]
    with caplog.at_level(logging.DEBUG):
        list(encoder.encode(["a secret letter"]))
    assert "secret" not in caplog.text
