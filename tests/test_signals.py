"""When Ctrl+C and SIGTERM take effect in a command."""

import os
import signal
import sys
import threading
import time

import pytest

from dedupe_app import signals
from dedupe_app.cli_progress import shown_progress
from dedupe_app.engine.scan_messages import Progress

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="sends signals to itself")
BOTH = pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])


def press(number=signal.SIGINT):
    os.kill(os.getpid(), number)


def cancelled(work):
    """Do something as a command does; tell whether it was cancelled."""
    try:
        with signals.cancelled_by_signals():
            work()
    except KeyboardInterrupt:
        return True
    return False


@BOTH
def test_a_step_is_not_broken_off_and_no_other_is_begun(number):
    done = []

    def work():
        with shown_progress(quiet=True) as show:
            for step in range(3):
                if step == 1:
                    press(number)
                    press(number)
                done.append(step)
                show(Progress("text", step, 3))

    assert cancelled(work)
    assert done == [0, 1]


def test_a_lock_is_given_back():
    """Where `threading.Condition` is entered and left Python looks for signals: raised there, it would stay taken."""
    changed = threading.Condition()
    given_back = []

    def work():
        for _ in range(100):
            with changed:
                press()
            given_back.append(changed.acquire(blocking=False))
            changed.release()
        signals.cancel_if_asked()

    assert cancelled(work)
    assert given_back == [True] * 100


def test_a_long_step_is_broken_off(monkeypatch):
    monkeypatch.setattr(signals, "_STEP_S", 0.05)
    ended = []

    def work():
        press()
        ended.append(threading.Event().wait(60))

    assert cancelled(work)
    assert ended == []


def test_waiting_is_broken_off_at_once():
    ended = []

    def work():
        with signals.cancelled_at_once():
            press()
            ended.append(True)

    assert cancelled(work)
    assert ended == []


def test_waiting_is_not_begun_when_somebody_asked_before():
    begun = []

    def work():
        press()
        with signals.cancelled_at_once():
            begun.append(True)

    assert cancelled(work)
    assert begun == []


def test_a_command_that_is_done_before_its_next_step_is_not_cancelled():
    assert not cancelled(press)


def test_the_clean_up_is_disturbed_only_by_who_asks_again_long_after(monkeypatch):
    left = []
    monkeypatch.setattr(os, "_exit", left.append)
    with signals.cancelled_by_signals():
        press()
        with pytest.raises(KeyboardInterrupt):
            signals.cancel_if_asked()
        press()
        signals.cancel_if_asked()
        assert left == []
        monkeypatch.setattr(signals, "_CLEAN_UP_S", 0.0)
        time.sleep(0.001)
        press()
    assert left == [signals.CANCELLED]


def test_what_others_do_with_signals_is_as_before():
    heard = []
    handlers = {
        signal.SIGINT: lambda *_: None,
        signal.SIGTERM: signal.SIG_IGN,
        signal.SIGALRM: lambda *_: heard.append("alarm"),
    }
    before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
    timer = signal.setitimer(signal.ITIMER_REAL, 100.0)
    try:
        with signals.cancelled_by_signals():
            press(signal.SIGTERM)
            signals.cancel_if_asked()
            press()
        assert 90 < signal.getitimer(signal.ITIMER_REAL)[0] <= 100
        assert {number: signal.getsignal(number) for number in handlers} == handlers
    finally:
        signal.setitimer(signal.ITIMER_REAL, *timer)
        for number, handler in before.items():
            signal.signal(number, handler)
    assert heard == []


def test_a_thread_hears_of_no_signals():
    handlers = []

    def run():
        with signals.cancelled_by_signals():
            handlers.append(signal.getsignal(signal.SIGINT))

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    assert handlers == [signal.getsignal(signal.SIGINT)]
