"""When touched paths are at rest: told by a clock of the test's own."""

from pathlib import Path

import pytest

from dedupe_app.intake import hints
from dedupe_app.intake.hints import Hints, state_of

ROOT = Path("/root")
A, B = ROOT / "a", ROOT / "b"


class Disk:
    """States by path, to be changed at will."""

    def __init__(self):
        self.states = {}

    def __call__(self, path):
        return self.states.get(path)


@pytest.fixture
def disk():
    return Disk()


@pytest.fixture
def touched(disk):
    return Hints(disk)


def test_path_is_given_out_once_when_it_is_quiet(touched):
    touched.add(A, ROOT, 10.0)
    assert touched.take(10.5) == ()
    assert touched.due_in(10.5) == pytest.approx(0.5)
    assert touched.take(11.0) == (A,)
    assert touched.take(20.0) == ()
    assert touched.due_in(20.0) is None


def test_paths_of_one_burst_come_together_and_in_order(touched):
    touched.add(B, ROOT, 10.0)
    touched.add(A, ROOT, 10.8)
    assert touched.take(11.1) == ()
    assert touched.take(11.8) == (A, B)


def test_file_that_is_still_written_waits(touched, disk):
    disk.states[A] = (1, 1)
    touched.add(A, ROOT, 10.0)
    disk.states[A] = (2, 2)
    assert touched.take(11.0) == ()
    assert touched.take(12.0) == (A,)


def test_others_do_not_wait_for_ever_for_a_file_that_never_rests(touched):
    touched.add(A, ROOT, 10.0)
    now = 10.0
    while now < 15.9:
        touched.add(B, ROOT, now)
        assert touched.take(now) == ()
        now += 0.5
    touched.add(B, ROOT, 16.5)
    assert touched.take(16.5) == (A,)
    assert touched.take(17.5) == (B,)


def test_too_many_paths_become_their_folder(touched, monkeypatch):
    monkeypatch.setattr(hints, "_MOST", 3)
    other = Path("/other/x")
    touched.add(other, Path("/other"), 10.0)
    for number in range(5):
        touched.add(ROOT / str(number), ROOT, 10.0)
    taken = touched.take(11.0)
    assert ROOT in taken
    assert other in taken
    assert len(taken) <= 4


def test_state_of_a_path(tmp_path):
    (tmp_path / "a").write_text("four")
    assert state_of(tmp_path / "a") == (4, (tmp_path / "a").stat().st_mtime_ns)
    assert state_of(tmp_path / "b") is None
