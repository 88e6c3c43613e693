"""A short soak: a watched tree that changes all the time, with an engine that is killed, ends as a fresh scan would.

benchmarks/soak.py runs it for hours.
"""

import random
import sys

import pytest
from churn import grow, soak

from dedupe_app.engine import process

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


@pytest.mark.slow
@pytest.mark.parametrize("kill_s", [0.0, 1.2])
def test_library_follows_a_tree_that_changes_all_the_time(tmp_path, monkeypatch, kill_s):
    monkeypatch.setattr(process, "_BACKOFF_S", 0.05)
    monkeypatch.setattr(process, "_CRASH_SECONDS", 0.0)
    chance = random.Random(7)
    grow(tmp_path / "tree", 60, chance)
    report = soak(
        tmp_path / "tree", tmp_path / "library.sqlite", 3, chance, step_s=0.03, kill_s=kill_s
    )
    assert report.steps
    assert bool(report.kills) == bool(kill_s)
    assert report.differences == []
