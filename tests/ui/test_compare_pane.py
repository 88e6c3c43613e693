"""The compare pane on a real library: what it says of each kind of file, and from difference to difference."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from dedupe_app.engine.scan_messages import ScanOptions
from dedupe_app.records import Decision, GroupQuery, Relation, Role
from dedupe_app.settings import resource_folder
from dedupe_app.store import browse
from dedupe_app.store.database import open_beside
from dedupe_app.ui.compare_pane import ComparePane
from dedupe_app.ui.comparing import How
from dedupe_app.ui.library import LibraryThread

NOW_S, DAY_S = 1_700_000_000, 24 * 3600
OLD = (
    "2023.docx",
    "2023.pdf",
    "letter.odt",
    "Northwind v3.docx",
    "v3 (copy).docx",
    "v2.odt",
    "v1.doc",
)  # newest first


@pytest.fixture(scope="module")
def samples(tmp_path_factory, run_scan):
    """Scan the samples; return the library and its rows by name and relation."""
    place = tmp_path_factory.mktemp("compare")
    path, folder = place / "library.sqlite", place / "samples"
    shutil.copytree(resource_folder() / "samples", folder)
    for file in folder.rglob("*"):  # which one is kept depends on the times
        days = next((age for age, end in enumerate(OLD, 1) if file.name.endswith(end)), 0)
        os.utime(file, (NOW_S - days * DAY_S,) * 2)
    run_scan(path, folder)
    with open_beside(path) as library:
        numbers, _ = browse.group_list(library, ScanOptions((folder,)).scope, GroupQuery())
        rows = [row for rows in browse.file_rows(library, numbers).values() for row in rows]
    return path, {(row.path.name, row.relation): row for row in rows}


@pytest.fixture
def pane(samples, qtbot):
    library = LibraryThread(samples[0])
    pane = ComparePane(library)
    qtbot.addWidget(pane)
    pane.resize(480, 800)
    pane.show()
    qtbot.waitExposed(pane)
    yield pane
    pane.close()
    library.close()


@pytest.fixture
def show(pane, samples, qtbot):
    """Show a file by its name and relation and wait for its differences."""

    def show_it(name, relation=None, changes=()):
        row = replace(samples[1][(name, relation)], **dict(changes))
        pane.show_file(row)
        qtbot.waitUntil(lambda: pane._found is not None)
        return row

    return show_it


V3 = "Service agreement - Northwind v3.docx"


def marked(pane, side):
    """Return what is marked on one side of the current difference."""
    change = pane._found.changes[pane._view.current()]
    text = pane._found.left if side == "left" else pane._found.right
    return text[slice(*getattr(change, side))]


def counter(pane):
    return pane._tools._counter.text()


def test_a_revision_shows_its_evidence_and_its_differences(pane, show):
    row = show(V3, Relation.REVISION)
    assert pane._head._name.text() == V3
    assert pane._head._badge.accessibleName() == "Revision"
    assert pane._head._other.text() == (
        "compared with the file to keep: Service agreement - Northwind v4 (final).pdf"
    )
    assert [(gauge.name, gauge.words) for gauge in pane._head._gauges.gauges()] == [
        ("Shared text", "97\u00a0%"),
        ("Numbers", "4 differ"),
    ]
    assert pane._head._reason.text() == row.reason
    assert pane._tools._summary.text().startswith(
        "30 \u2192 45 \u00b7 3 \u2192 2.5 \u00b7 1 April 2024"
    )
    assert counter(pane) == f"1 of {len(pane._found.changes)}"


def test_keys_go_from_difference_to_difference_and_around(pane, show):
    show(V3, Relation.REVISION)
    count = len(pane._visited)
    QTest.keyClick(pane, Qt.Key.Key_F7)
    assert counter(pane) == f"2 of {count}"
    QTest.keyClick(pane, Qt.Key.Key_F7, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(pane, Qt.Key.Key_F7, Qt.KeyboardModifier.ShiftModifier)
    assert counter(pane) == f"{count} of {count}"
    pane._tools._next.click()
    assert counter(pane) == f"1 of {count}"


def test_only_figures_and_names_can_be_gone_through(pane, show):
    show(V3, Relation.REVISION)
    everything = len(pane._visited)
    pane._tools._weighty.click()
    assert 0 < len(pane._visited) < everything
    seen = []
    for _ in pane._visited:
        seen.append((marked(pane, "left"), marked(pane, "right")))
        pane.go_to_next()
    assert ("30", "45") in seen
    assert ("twelve (12)", "twenty-four (24)") in seen
    assert ("or", "") not in seen


def test_the_current_difference_is_said_to_those_who_do_not_see_it(pane, show):
    show(V3, Relation.REVISION)
    while marked(pane, "left") != "30":
        pane.go_to_next()
    assert "removed 30, added 45" in pane._view.accessibleDescription()


def test_the_same_bytes_need_no_comparison_but_are_shown(pane, show):
    show("letter.odt", Relation.IDENTICAL)
    assert pane._tools._summary.text() == "Same bytes: nothing to compare."
    assert counter(pane) == "No differences"
    assert "Captain H. Sundberg" in pane._found.left
    assert not pane._tools._next.isEnabled()


def test_the_same_text_in_another_format_says_so(pane, show):
    show("Annual report 2023.pdf", Relation.SAME_TEXT)
    assert pane._tools._summary.text() == "Same text, other format: only the layout differs."
    assert counter(pane) == "No differences"
    assert pane._view.folds() == 0


def test_an_excerpt_shows_how_much_of_it_is_contained(pane, show):
    show("reading room (from the report).txt", Relation.CONTAINED)
    assert ("Contained", "100\u00a0%") in [
        (gauge.name, gauge.words) for gauge in pane._head._gauges.gauges()
    ]


def test_a_translation_is_put_beside_with_the_figures_compared(pane, show):
    changes = {"relation": Relation.SAME_MEANING, "meaning": 0.981, "figures_changed": None}
    show(V3, Relation.REVISION, changes=changes)
    assert pane._head._gauges.gauges()[0].words == "0.981"
    assert "only figures" in pane._tools._summary.text()
    assert pane._head._other.text().startswith("compared with: ")


def test_the_file_to_keep_stands_alone(pane, show):
    row = show("Service agreement - Northwind v4 (final).pdf")
    assert row.role is Role.KEEPER
    assert pane._head._other.text() == "This is the file to keep."
    assert pane._head._gauges.gauges() == []
    assert counter(pane) == ""
    assert not pane._tools._keep.isEnabled()


def test_a_file_of_no_group_cannot_be_the_one_to_keep(pane, show):
    row = show(V3, Relation.REVISION)
    assert pane._tools._keep.isEnabled()
    pane.show_file(replace(row, group=0, compared_with=None, relation=None))
    assert not pane._tools._keep.isEnabled()


def test_without_a_file_there_is_a_hint(pane):
    pane.show_file(None)
    assert "Choose a file" in pane._message.text()
    assert pane._message.isVisible()
    assert not pane._head.isVisible()


def test_a_file_without_text_says_so(pane, samples, qtbot):
    row = samples[1][(V3, Relation.REVISION)]
    pane.show_file(replace(row, file=10**6, compared_with=None, relation=None))
    qtbot.waitUntil(lambda: "No text" in pane._message.text())
    assert pane._message.isVisible()


def test_a_file_whose_folder_is_gone_says_so_and_cannot_be_opened(pane, show):
    show(V3, Relation.REVISION, {"offline": True})
    assert pane._head._offline.isVisible()
    assert not pane._tools._open.isEnabled()


def test_buttons_say_what_is_wanted(pane, show, qtbot):
    row = show(V3, Relation.REVISION)
    with qtbot.waitSignal(pane.keep_wanted) as kept:
        pane._tools._keep.click()
    assert kept.args == [row]
    with qtbot.waitSignal(pane.open_wanted) as opened:
        pane._tools._open.click()
    assert opened.args == [row.path]
    with qtbot.waitSignal(pane.reveal_wanted) as revealed:
        pane._tools._reveal.click()
    assert revealed.args == [row.path]


def test_the_same_file_again_keeps_its_place(pane, show):
    row = show(V3, Relation.REVISION)
    pane.go_to_next()
    found = pane._found
    pane.show_file(replace(row, decision=Decision.REMOVE))
    assert pane._found is found
    assert counter(pane).startswith("2 of ")


def test_the_last_file_chosen_is_the_one_shown(pane, samples, qtbot):
    for name in ("Annual report 2023.docx", "Annual report 2023.pdf"):
        pane.show_file(samples[1][(name, Relation.SAME_TEXT)])
    pane.show_file(samples[1][(V3, Relation.REVISION)])
    qtbot.waitUntil(lambda: pane._found is not None)
    assert "Northwind" in pane._found.left
    assert pane._head._name.text() == V3


def test_an_answer_for_a_file_no_longer_chosen_is_dropped(pane, samples, qtbot):
    pane.show_file(samples[1][(V3, Relation.REVISION)])
    pane.show_file(None)
    with qtbot.waitSignal(pane._comparing.compared):
        pane._comparing.start("a b c", "a b d", How.COMPARED)
    assert pane._found is None
    assert pane._message.isVisible()


def test_a_comparison_that_fails_says_so(pane, samples, qtbot, monkeypatch, caplog):
    def fail(*_arguments, **_options):
        raise ZeroDivisionError

    monkeypatch.setattr("dedupe_app.review.differences.compare", fail)
    pane.show_file(samples[1][(V3, Relation.REVISION)])
    qtbot.waitUntil(lambda: "could not be compared" in pane._message.text())
    assert pane._head._name.text() == V3
    assert "ZeroDivisionError" in caplog.text


def test_a_comparison_nobody_saw_is_made_when_the_pane_is_shown_again(pane, samples, qtbot):
    pane.show_file(samples[1][(V3, Relation.REVISION)])
    pane.hide()
    pane.show()
    qtbot.waitUntil(lambda: pane._found is not None)
    assert counter(pane).startswith("1 of ")


def test_odd_names_are_shown_safely(pane, show):
    show(V3, Relation.REVISION, {"path": Path("/a/evil\u202egpj.exe")})
    assert "\u202e" not in pane._head._name.text()
