"""A server that means harm or is broken in odd ways: nothing goes to another host, fills the memory, or never ends."""

import gzip
import json
import time

import numpy as np
import pytest
from fake_server import WIDTH, changed, expected, right, status

from dedupe_app.embed.encoder import EncoderOptions, Failure
from dedupe_app.embed.endpoint import Endpoint, Patience
from dedupe_app.embed.keys import find_key
from dedupe_app.embed.server import open_server
from dedupe_app.errors import EmbedderUnavailableError, UsageError

TEXTS = [f"text {number}" for number in range(40)]
KEY = {"DEDUPE_APP_API_KEY": "sk-very-secret"}


def endless(handler, body):
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    block = b"10000\r\n" + b" " * 65_536 + b"\r\n"
    while True:
        handler.server.sent = getattr(handler.server, "sent", 0) + len(block)
        handler.wfile.write(block)


def trickling(handler, body):
    handler.send_response(200)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    while True:
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.02)


def packed(content, coding="gzip"):
    return lambda handler, body: handler.answer(200, content, Content_Encoding=coding)


def numbered(value):
    return changed(lambda data: [entry.update(embedding=[value] * 32) for entry in data])


# ---- what it could take ------------------------------------------------------------------------


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_redirect_is_not_followed_and_the_key_stays(connect, server, second_server, code):
    server.fault = status(code, "moved", Location=f"{second_server.url}/v1/embeddings")
    with pytest.raises(EmbedderUnavailableError, match="another address, which is not followed"):
        connect(environment=KEY)
    assert second_server.requests == []


def test_redirect_on_the_way_condemns_the_server_and_no_text(connect, server, second_server):
    encoder = connect()
    server.fault = status(302, "log in first", Location=f"{second_server.url}/login")
    with pytest.raises(EmbedderUnavailableError):
        list(encoder.encode(TEXTS))


def test_key_over_a_network_in_the_clear_is_told(server, connect):
    for address, told in [
        ("http://gpu-box:8000", True),
        ("https://gpu-box:8000", False),
        ("http://127.0.0.1:8000", False),
        ("http://[::1]:8000", False),
        ("http://localhost:8000", False),
        ("http://localhost.gpu-box:8000", True),
    ]:
        endpoint = Endpoint(address, "bge", "key", Patience())
        assert endpoint.in_the_clear is told
        endpoint.close()
    assert not any("in the clear" in said for said in connect(environment=KEY).account)


def test_account_warns_of_a_key_in_the_clear(monkeypatch, server, connect):
    monkeypatch.setattr("dedupe_app.embed.endpoint.is_here", lambda host: False)
    account = connect(environment=KEY).account
    assert any("in the clear" in said and "https" in said for said in account)
    assert KEY["DEDUPE_APP_API_KEY"] not in " ".join(account)


@pytest.mark.parametrize("key", ["sk-1\nX-Other: header", "schl\u00fcssel", "sk\x00"])
def test_key_that_no_request_can_carry_is_wrong_usage(key):
    with pytest.raises(UsageError, match="characters"):
        find_key("http://localhost", {"DEDUPE_APP_API_KEY": key})


def test_spaces_around_a_key_are_not_part_of_it():
    assert find_key("http://localhost", {"DEDUPE_APP_API_KEY": " sk-1\n"}) == "sk-1"


# ---- what it could fill or hold up -------------------------------------------------------------


def test_endless_answer_is_broken_off(connect, server):
    server.fault = endless
    with pytest.raises(EmbedderUnavailableError, match="far more than was asked for"):
        connect()
    assert server.sent < 20_000_000


def test_endless_page_about_an_error_is_broken_off(connect, server):
    def page(handler, body):
        handler.answer(401, b"<p>" * 2_000_000)

    server.fault = page
    with pytest.raises(EmbedderUnavailableError, match="answered 401"):
        connect()


@pytest.mark.parametrize("coding", ["gzip", "gzip, gzip", "br", "deflate"])
def test_packed_answer_is_refused_without_unpacking(connect, server, coding):
    server.fault = packed(gzip.compress(gzip.compress(b" " * 30_000_000)), coding)
    with pytest.raises(EmbedderUnavailableError, match="packs its answers"):
        connect()
    assert server.headers[0]["Accept-Encoding"] == "identity"


def test_trickle_ends_with_the_time_of_an_answer(server):
    server.fault = trickling
    patience = Patience(attempts=1, first_wait_s=0.01, timeout_s=0.3)
    with pytest.raises(EmbedderUnavailableError, match="answer takes longer than"):
        open_server(f"{server.url}#bge", EncoderOptions(dimensions=32), {}, patience)


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 100_000,
        b'{"data": ' + b'{"a":' * 50_000,
        b'{"data": [' + b"9" * 10_000 + b"]}",
        b"\xff\xfe\x00",
        b"null",
        b"[]",
        b'{"data": {}}',
        b'{"data": [1, 2]}',
        b'{"data": [{"index": true, "embedding": [1]}, {"index": 0, "embedding": [1]}]}',
        b'{"data": [{"index": -1, "embedding": [1]}, {"index": 0, "embedding": [1]}]}',
        b'{"data": [{"index": 1e0, "embedding": [1]}, {"index": 0, "embedding": [1]}]}',
        b'{"data": [{"embedding": {"a": 1}}, {"embedding": "AAAA"}]}',
        b'{"data": [{"embedding": [[[1]]]}, {"embedding": []}]}',
    ],
)
def test_odd_json_is_a_faulty_server_and_nothing_worse(connect, server, body):
    server.fault = lambda handler, _: handler.answer(200, body)
    with pytest.raises(EmbedderUnavailableError):
        connect()


# ---- what its numbers could do -----------------------------------------------------------------


def test_numbers_beyond_float32_are_scaled(connect, server):
    encoder = connect()
    server.faults = [
        changed(
            lambda data: [
                entry.update(embedding=[each * scale for each in entry["embedding"]])
                for entry, scale in zip(data, (1e300, 1e-300, 1e30, 1e-45, 1.0), strict=True)
            ]
        )
    ]
    assert right(encoder, TEXTS[:5])


@pytest.mark.parametrize("value", [10**400, 1e999, "NaN", "x", None, {}])
def test_numbers_that_are_none_are_asked_for_again(connect, server, value):
    encoder = connect()
    spoilt = [0.5] * 31 + [value]
    server.faults = [changed(lambda data: [entry.update(embedding=spoilt) for entry in data])]
    assert right(encoder, TEXTS[:3])


def test_server_that_gives_every_text_the_same_vector_is_refused(connect, server):
    server.fault = numbered(0.25)
    with pytest.raises(EmbedderUnavailableError, match="different texts the same vector"):
        connect()


def test_any_order_of_the_answers_is_put_right(connect, server):
    encoder = connect()
    server.faults = [changed(lambda data: data.sort(key=lambda entry: entry["index"] * 7 % 11))]
    assert right(encoder, TEXTS)


@pytest.mark.parametrize("code", [402, 403, 407, 410, 418, 451, 501])
def test_trouble_of_the_server_is_never_put_down_to_a_text(connect, server, code):
    encoder = connect()
    server.fault = status(code, "credit exceeded")
    with pytest.raises(EmbedderUnavailableError, match="No embedding server answers any more"):
        list(encoder.encode(TEXTS))


def test_what_a_server_says_is_fit_to_be_shown_and_stored(connect, server):
    encoder = connect()
    server.fault = status(400, "half \ud83d \x1b]0;title\x07 such token")
    outcomes = encoder.encode(TEXTS)
    reasons = [found.reason for _, found in outcomes if isinstance(found, Failure)]
    assert reasons
    assert all("such token" in reason and reason.isprintable() for reason in reasons)


def test_vectors_of_another_length_than_at_first_are_no_vectors(connect, server):
    encoder = connect()
    answer = json.dumps({"data": [{"embedding": [1.0] * (WIDTH + 1)}]}).encode()
    server.faults = [lambda handler, _: handler.answer(200, answer)]
    found = dict(encoder.encode(["one"]))
    assert np.abs(found[0] - expected("one")).max() < 1e-6
