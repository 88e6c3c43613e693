"""Servers that cut long texts without a word, or refuse them: no end of a text is lost, and few questions are asked."""

import threading
import time

import pytest
from fake_server import status

from dedupe_app.embed.reach import generous_tokens, made_up


def different(encoder, size):
    """Tell whether two texts that differ in their last hundred characters have different vectors."""
    found = dict(encoder.encode(["a" * size + "b" * 100, "a" * size + "c" * 100]))
    return found[0] @ found[1] < 0.9999


@pytest.mark.parametrize("reads", [400, 1000, 3000])
def test_no_end_of_a_text_is_lost_where_a_server_cuts_in_silence(connect, server, reads):
    encoder = connect()
    server.reads = reads
    assert all(different(encoder, size) for size in (20, 500, 2000, 10_000))
    sent = [text for _, body in server.requests for text in body["input"] if "aa" in text]
    assert max(map(len, sent)) <= reads
    assert max(map(len, sent)) > reads / 2
    assert "sent in parts" in encoder.account[-1]


def test_figures_and_other_scripts_have_shorter_parts_where_a_server_cuts(connect, server):
    encoder = connect()
    server.reads = 1000
    list(encoder.encode(["a" * 2000, "7" * 2000, "文" * 2000]))
    longest = {
        letter: max(
            len(text) for _, body in server.requests for text in body["input"] if letter in text
        )
        for letter in "a7文"
    }
    assert longest["7"] == longest["文"] < longest["a"] / 2


def test_server_that_reads_all_is_asked_once_for_each_greater_length(connect, server):
    encoder = connect()
    greeted = len(server.requests)
    for size in (100, 5000, 5000, 3000):
        assert len(dict(encoder.encode(["a" * size]))) == 1
    assert len(server.requests) == greeted + 4 + 1
    assert (
        max(len(text) for _, body in server.requests[greeted + 3 :] for text in body["input"])
        == 5000
    )


def test_server_that_refuses_what_is_too_long_is_trusted_to_read_the_rest(connect, server):
    encoder = connect()
    server.longest = 2000
    assert all(different(encoder, size) for size in (1700, 5000))
    asked = len(server.requests)
    assert different(encoder, 1800)
    assert len(server.requests) == asked + 1


def test_server_that_takes_little_is_not_asked_for_much_again_and_again(connect, server):
    encoder = connect()
    server.longest = 1000
    assert different(encoder, 1200)
    assert len(encoder.account) == 1
    assert different(encoder, 10_000)
    assert "sent in parts" in encoder.account[-1]
    refused = sum(max(map(len, body["input"])) > 1000 for _, body in server.requests)
    assert refused < 10
    asked = len(server.requests)
    assert different(encoder, 20_000)
    assert len(server.requests) == asked + 1


def test_of_several_servers_the_one_that_reads_least_counts(connect, server, second_server):
    encoder = connect(f"{server.url},{second_server.url}#bge")
    second_server.reads = 1000
    assert all(different(encoder, 3000) for _ in range(4))


def test_server_that_dies_while_it_is_asked_how_much_it_reads_is_dropped(
    connect, server, second_server
):
    encoder = connect(f"{server.url},{second_server.url}#bge")
    second_server.fault = status(500)
    assert different(encoder, 3000)


def test_cancel_does_not_wait_for_how_much_is_read(connect, server):
    encoder = connect()
    server.delay_s = 1.5
    stop = threading.Event()
    threading.Timer(0.1, stop.set).start()
    started = time.monotonic()
    assert list(encoder.encode(["a" * 5000], cancelled=stop.is_set)) == []
    assert time.monotonic() - started < 1.0


def test_made_up_texts_differ_at_their_ends_alone():
    one, other = made_up(400)
    assert generous_tokens(one) == generous_tokens(other) == 400
    assert one[: 350 * 3] == other[: 350 * 3]
    assert one[350 * 3 :] != other[350 * 3 :]


def test_tokens_of_figures_and_other_scripts_are_counted_one_by_one():
    assert generous_tokens("") == 0
    assert generous_tokens("six letters ") == 4
    assert generous_tokens("2026-11-22") == 10
    assert generous_tokens("文字") == 2
