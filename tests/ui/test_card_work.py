"""What is done about the graphics card in the background: one thing at a time, and none is forgotten."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QObject

from dedupe_app.engine import card
from dedupe_app.errors import CardError
from dedupe_app.ui.card_work import CardWork


@pytest.mark.parametrize("goes_wrong", [False, True])
def test_what_is_wanted_during_a_look_is_done_after_it(qtbot, monkeypatch, tmp_path, goes_wrong):
    wanted = threading.Event()

    def look(_root):
        wanted.wait()
        if goes_wrong:
            raise CardError("It went wrong.")
        return "facts"

    monkeypatch.setattr(card, "look", look)
    parent = QObject()
    work = CardWork(parent, tmp_path / "card")
    with qtbot.waitSignals(
        [work.failed if goes_wrong else work.looked, work.ended], order="strict"
    ):
        work.look()
        work.remove()
        assert work.is_busy()
        wanted.set()
    work.close()
    assert not work.is_busy()


def test_nothing_is_begun_after_the_end(qtbot, monkeypatch, tmp_path):
    wanted = threading.Event()
    monkeypatch.setattr(card, "look", lambda _root: wanted.wait())
    parent = QObject()
    work = CardWork(parent, tmp_path / "card")
    work.look()
    work.remove()
    threading.Timer(0.05, wanted.set).start()
    with qtbot.assertNotEmitted(work.ended, wait=200):
        work.close()
    assert not work.is_busy()
