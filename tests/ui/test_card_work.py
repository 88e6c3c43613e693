"""What is done about the graphics card in the background: one thing at a time, and none is forgotten."""

from __future__ import annotations

import threading
import time

import pytest
from PySide6.QtCore import QObject

from dedupe_app.engine import card
from dedupe_app.errors import CardError
from dedupe_app.ui import card_work
from dedupe_app.ui.card_work import CardWork


class Lingering(threading.Thread):
    """A thread that lives for a while after its work, as on a busy machine."""

    def run(self):
        super().run()
        time.sleep(0.2)


def fail(_root):
    raise CardError("It went wrong.")


@pytest.mark.parametrize(("look", "signal"), [(lambda _root: "facts", "looked"), (fail, "failed")])
def test_what_follows_a_last_word_at_once_is_done(qtbot, monkeypatch, tmp_path, look, signal):
    monkeypatch.setattr(card, "look", look)
    monkeypatch.setattr(card_work.threading, "Thread", Lingering)
    parent = QObject()
    work = CardWork(parent, tmp_path / "card")
    with qtbot.waitSignal(getattr(work, signal)):
        work.look()
    with qtbot.waitSignal(work.ended):
        work.remove()
    work.close()
