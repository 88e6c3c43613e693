"""Progress is thinned at the source; commands wait in their order."""

import threading
from pathlib import Path

import pytest

from dedupe_app.engine.inbox import Inbox
from dedupe_app.engine.messages import (
    Cancel,
    FilesChanged,
    Pause,
    ReadAgain,
    Regroup,
    Resume,
    Scan,
    Shutdown,
    Working,
)
from dedupe_app.engine.outlet import Outlet
from dedupe_app.engine.scan_messages import Progress


class Clock:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def said():
    return []


@pytest.fixture
def outlet(said, clock):
    return Outlet(said.append, clock)


def test_ten_a_second_are_enough_and_the_last_is_never_lost(outlet, said, clock):
    for done in range(1, 1001):
        clock.now += 0.001
        outlet.say(Progress("text", done, 1000))
    assert 10 <= len(said) <= 12
    assert said[-1].done == 1000


def test_what_is_held_back_comes_before_what_follows(outlet, said, clock):
    outlet.say(Progress("text", 1, 9))
    outlet.say(Progress("text", 2, 9))
    outlet.say(FilesChanged())
    outlet.say(Progress("compare", 1, 5))
    assert [getattr(event, "done", None) for event in said] == [1, 2, None, 1]


def test_rate_and_what_is_left_are_those_of_the_last_seconds(outlet, said, clock):
    for done in range(101):
        outlet.say(Progress("text", done, 200))
        clock.now += 0.1
    for done in range(101, 111):
        outlet.say(Progress("text", done, 200))
        clock.now += 1.0
    assert said[0] == Working("text", 0, 200)
    assert said[-1].rate == pytest.approx(1.0)
    assert said[-1].seconds_left == pytest.approx(90.0)


def test_rate_of_another_stage_or_command_is_forgotten(outlet, said, clock):
    for done in range(3):
        outlet.say(Progress("text", done, 9))
        clock.now += 1.0
    outlet.begin()
    outlet.say(Progress("text", 3, 9))
    assert said[-1] == Working("text", 3, 9)


def test_commands_come_out_in_order_and_not_while_paused():
    inbox = Inbox()
    inbox.put(Scan())
    inbox.put(Regroup())
    assert [inbox.take(), inbox.take()] == [Scan(), Regroup()]
    inbox.put(Pause())
    inbox.put(Scan())
    assert inbox.take() is None
    inbox.put(Resume())
    assert inbox.take() == Scan()


def test_cancel_drops_what_waits_but_not_what_comes_later():
    inbox = Inbox()
    inbox.put(Scan())
    inbox.put(Cancel())
    assert inbox.giving_up
    inbox.put(Regroup())
    assert inbox.take_dropped() == [Scan()]
    assert inbox.take() == Regroup()
    assert not inbox.giving_up


def test_same_command_waits_once_if_so_wanted():
    inbox = Inbox()
    for _ in range(3):
        inbox.put_once(Scan())
    assert inbox.waits(Scan)
    assert not inbox.waits(ReadAgain)
    assert inbox.take() == Scan()
    assert not inbox.waits(Scan)


def test_what_the_watch_noticed_meanwhile_is_one_scan():
    inbox = Inbox()
    a, b, c = (Path("/t", name) for name in "abc")
    inbox.put(Scan((c,)))
    for paths in ((b,), (a,), (b,)):
        inbox.put_once(Scan(paths))
    assert [inbox.take(), inbox.take()] == [Scan((c,)), Scan((a, b))]
    inbox.put_once(Scan((a,)))
    inbox.put_once(Scan())
    inbox.put_once(Scan((b,)))
    inbox.put(Regroup())
    assert [inbox.take(), inbox.take()] == [Scan(), Regroup()]


def test_after_the_end_nothing_is_taken():
    inbox = Inbox()
    inbox.put(Shutdown())
    inbox.put(Scan())
    assert inbox.take() is None
    assert inbox.ended
    assert inbox.take_dropped() == [Scan()]


def test_standing_still_ends_with_resume_and_with_cancel():
    for control in (Resume(), Cancel()):
        inbox = Inbox()
        inbox.put(Pause())
        thread = threading.Thread(target=inbox.stand_still, daemon=True)
        thread.start()
        inbox.put(control)
        thread.join(30)
        assert not thread.is_alive()
