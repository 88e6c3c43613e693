"""The card about files that were just saved: one at a time, and the others a step away."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton, QWidget

from dedupe_app.engine.messages import NearCopy
from dedupe_app.records import Relation
from dedupe_app.ui.near_copy_card import NearCopyCard


def near(number):
    return NearCopy(Path(f"/d/{number}.txt"), Path(f"/d/old {number}.txt"), Relation.REVISION)


@pytest.fixture
def card(qtbot):
    window = QWidget()
    window.resize(1200, 800)
    qtbot.addWidget(window)
    window.show()
    return NearCopyCard(window)


def step(card, name):
    return next(each for each in card.findChildren(QToolButton) if each.accessibleName() == name)


def button(card, text):
    return next(each for each in card.findChildren(QPushButton) if each.text() == text)


def counted(card):
    return [each.text() for each in card.findChildren(QLabel) if " of " in each.text()][-1:]


def test_one_alone_has_no_steps(card):
    card.tell(near(1))
    assert not any(each.isVisible() for each in card.findChildren(QToolButton))


def test_several_can_be_gone_through(card):
    for number in (1, 2, 3):
        card.tell(near(number))
    assert card.path() == Path("/d/3.txt")
    assert counted(card) == ["3 of 3"]
    assert "3 of 3" in card.accessibleDescription()
    assert not step(card, "Next near-copy").isEnabled()
    step(card, "Previous near-copy").click()
    step(card, "Previous near-copy").click()
    assert card.path() == Path("/d/1.txt")
    assert card.accessibleName() == "You just saved a near-copy of old 1.txt"
    assert not step(card, "Previous near-copy").isEnabled()
    step(card, "Next near-copy").click()
    assert counted(card) == ["2 of 3"]


def test_what_was_shown_is_done_with_and_the_others_stay(qtbot, card):
    for number in (1, 2, 3):
        card.tell(near(number))
    step(card, "Previous near-copy").click()
    with qtbot.waitSignal(card.show_wanted) as wanted:
        button(card, "Show").click()
    assert wanted.args == [near(2)]
    assert card.path() == Path("/d/3.txt")
    assert counted(card) == ["2 of 2"]


def test_a_further_one_does_not_push_away_what_is_looked_at(card):
    for number in (1, 2):
        card.tell(near(number))
    step(card, "Previous near-copy").click()
    card.tell(near(3))
    assert card.path() == Path("/d/1.txt")
    assert counted(card) == ["1 of 3"]


def test_a_file_that_is_saved_again_is_told_once(card):
    for number in (1, 2, 1):
        card.tell(near(number))
    assert card.path() == Path("/d/1.txt")
    assert counted(card) == ["2 of 2"]


def test_what_was_closed_is_forgotten(qtbot, card):
    card.tell(near(1))
    card.tell(near(2))
    qtbot.keyClick(card, Qt.Key.Key_Escape)
    assert card.path() is None
    card.tell(near(3))
    assert not step(card, "Previous near-copy").isVisible()
