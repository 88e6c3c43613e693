"""The plan dialog: what it shows and asks, with a real library; and the whole way through a real engine and back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import marked
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QPushButton

from dedupe_app.engine.messages import Act, Acted, Cancel, Cancelled, Failed, UndoAction, Working
from dedupe_app.records import ActionKind, Decision, Problem, Relation
from dedupe_app.review.plan import Reason
from dedupe_app.store import browse, decisions
from dedupe_app.store.database import open_library
from dedupe_app.ui import plan_words
from dedupe_app.ui.library import LibraryThread
from dedupe_app.ui.plan_dialog import PlanDialog
from dedupe_app.ui.plan_list import Column, ListDialog, ListLine, ListModel

SAME = {"a.txt": b"same", "b.txt": b"same", "sub/c.txt": b"same", "other.txt": b"other"}


@pytest.fixture(autouse=True)
def own_trash(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


@pytest.fixture
def place(tmp_path):
    library, _, _ = marked.prepare(tmp_path, SAME)
    library.close()
    return tmp_path


@pytest.fixture
def thread(place):
    asked = LibraryThread(place / "library.sqlite")
    yield asked
    asked.close()


@pytest.fixture
def submitted():
    return []


@pytest.fixture
def dialog(qtbot, thread, submitted):
    shown = PlanDialog(thread, submitted.append)
    qtbot.addWidget(shown)
    shown.show()
    qtbot.waitUntil(lambda: "?" in title(shown) or "can go" in below(shown))
    return shown


def title(dialog):
    return dialog._ask._title.text()


def below(dialog):
    return dialog._ask._below.text()


def choose(qtbot, dialog, kind):
    """Choose an action and wait until the plan is shown for it."""
    box = dialog._ask._kind
    box.setCurrentIndex(box.findData(kind.value))
    qtbot.waitUntil(lambda: dialog._ask._summary.kind is kind)


def button(page, text):
    """Return the button that says this."""
    [found] = [each for each in page.findChildren(QPushButton) if each.text() == text]
    return found


def test_plan_says_how_many_why_and_what_stays(dialog):
    assert title(dialog).startswith("Move 2 file")
    assert below(dialog).startswith("8\u00a0B from 2 folder")
    assert dialog._ask._reasons.texts()[0].startswith("Identical: 2")
    assert "at least one copy of every group" in dialog._ask._stays.said()
    assert dialog._ask._left.said() == ""
    assert dialog._ask._go.isEnabled()


def test_confirming_submits_exactly_what_was_shown(qtbot, dialog, submitted, place):
    qtbot.mouseClick(dialog._ask._go, Qt.MouseButton.LeftButton)
    [command] = submitted
    assert isinstance(command, Act)
    assert command.kind is ActionKind.TRASH
    library = open_library(place / "library.sqlite")
    with library:
        assert command.files == marked.all_marked(library)


def test_cancel_and_escape_submit_nothing(qtbot, dialog, submitted):
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert submitted == []


def test_changed_file_is_shown_as_left_alone(qtbot, thread, place, submitted):
    library = open_library(place / "library.sqlite")
    with library:
        path = marked.all_marked(library)[0][0]
    path.write_bytes(b"changed")
    shown = PlanDialog(thread, submitted.append)
    qtbot.addWidget(shown)
    qtbot.waitUntil(lambda: title(shown).startswith("Move 1 file"))
    assert "changed since the scan and will be left alone" in shown._ask._left.said()


def test_documents_of_their_own_are_warned_of_and_enter_lets_nothing_go(qtbot, dialog):
    page = dialog._ask
    qtbot.waitUntil(page._go.isEnabled)
    assert page._go.isDefault()
    reasons = (Reason(Relation.SAME_TEMPLATE, 1, 10),)
    page.show_summary(replace(page._summary, reasons=reasons, different=1))
    assert "no copy of them" in page._warning.said()
    assert not page._different.said()
    assert page._cancel.isDefault()
    assert not page._go.isDefault()
    assert page._go.isEnabled()


def test_the_list_says_which_file_stays(dialog):
    (item, *_) = dialog._plan.items
    assert f"stays: {item.kept[0].path.name}" in plan_words.why_and_kept_text(item)


def test_delete_needs_a_tick_and_warns(qtbot, dialog, submitted):
    choose(qtbot, dialog, ActionKind.DELETE)
    assert title(dialog).startswith("Delete 2 file")
    assert "cannot be undone" in dialog._ask._warning.said()
    assert not dialog._ask._go.isEnabled()
    dialog._ask._sure.setChecked(True)
    qtbot.mouseClick(dialog._ask._go, Qt.MouseButton.LeftButton)
    assert submitted[0].kind is ActionKind.DELETE


def test_tick_does_not_outlive_another_choice(qtbot, dialog):
    choose(qtbot, dialog, ActionKind.DELETE)
    dialog._ask._sure.setChecked(True)
    choose(qtbot, dialog, ActionKind.TRASH)
    assert dialog._ask._warning.said() == ""
    choose(qtbot, dialog, ActionKind.DELETE)
    assert not dialog._ask._go.isEnabled()


def test_move_needs_a_folder_and_remembers_it(qtbot, dialog, submitted, tmp_path, monkeypatch):
    choose(qtbot, dialog, ActionKind.MOVE)
    assert not dialog._ask._go.isEnabled()
    monkeypatch.setattr(
        "dedupe_app.ui.plan_pages.QFileDialog.getExistingDirectory",
        lambda *_args: str(tmp_path / "out"),
    )
    with qtbot.waitSignal(dialog.folder_chosen) as chosen:
        qtbot.mouseClick(button(dialog._ask, "Choose folder…"), Qt.MouseButton.LeftButton)
    assert chosen.args == [tmp_path / "out"]
    qtbot.mouseClick(dialog._ask._go, Qt.MouseButton.LeftButton)
    assert submitted[0].folder == tmp_path / "out"


def test_last_copies_go_only_when_ticked_one_by_one(qtbot, thread, place, submitted, monkeypatch):
    library = open_library(place / "library.sqlite")
    with library:
        numbers = [
            row.file
            for row in browse.file_rows(library, [browse.marked(library, "window")[0].group])[
                browse.marked(library, "window")[0].group
            ]
        ]
        decisions.decide(library, numbers, Decision.REMOVE)
    shown = PlanDialog(thread, submitted.append)
    qtbot.addWidget(shown)
    shown.show()
    qtbot.waitUntil(lambda: "can go" in below(shown))
    assert not shown._ask._go.isEnabled()

    def tick_first(self):
        model = self._model
        index = model.index(0, Column.NAME)
        assert index.flags() & Qt.ItemFlag.ItemIsUserCheckable
        role = Qt.ItemDataRole.CheckStateRole
        assert model.setData(index, Qt.CheckState.Checked.value, role)

    monkeypatch.setattr(ListDialog, "exec", tick_first)
    qtbot.mouseClick(shown._ask._left.link(), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: shown._ask._go.isEnabled())
    assert "No copy of 1 file" in shown._ask._different.said()
    qtbot.mouseClick(shown._ask._go, Qt.MouseButton.LeftButton)
    [command] = submitted
    assert len(command.files) == len(command.last_copies) == 1


def test_nothing_marked(qtbot, thread, place, submitted):
    library = open_library(place / "library.sqlite")
    with library:
        numbers = [row.file for row in browse.marked(library, "window")]
        decisions.decide(library, numbers, Decision.KEEP)
    shown = PlanDialog(thread, submitted.append)
    qtbot.addWidget(shown)
    qtbot.waitUntil(lambda: below(shown).startswith("Nothing is marked"))
    assert not shown._ask._go.isEnabled()


def test_all_goes_by_keys(qtbot, dialog, submitted):
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    assert dialog.focusWidget().text() == "Continue in the background"
    dialog.take_event(Failed(submitted[0], "The engine is not running.", "Start it."))
    close = dialog.focusWidget()
    assert (close.text(), close.accessibleDescription()) == (
        "Close",
        "The engine is not running. Start it.",
    )
    qtbot.keyClick(close, Qt.Key.Key_Return)
    assert not dialog.isVisible()


def test_progress_stop_and_report_of_what_was_done(qtbot, dialog, submitted, place):
    qtbot.mouseClick(dialog._ask._go, Qt.MouseButton.LeftButton)
    [command] = submitted
    dialog.take_event(Working("text", 5, 10))
    assert "Waiting" in dialog._busy._below.text()
    dialog.take_event(Working("act", 1, 2))
    assert dialog._busy._below.text() == "1 of 2"
    qtbot.mouseClick(button(dialog._busy, "Stop"), Qt.MouseButton.LeftButton)
    assert isinstance(submitted[-1], Cancel)
    library = open_library(place / "library.sqlite")
    with library:
        steps = marked.run_act(library, marked.sit_down(library), command)
        next(steps)
        next(steps)
        steps.close()
    dialog.take_event(Cancelled(command))
    qtbot.waitUntil(lambda: dialog._pages.currentWidget() is dialog._report)
    assert dialog._report._title.text().startswith("1 file")
    assert "Stopped" in dialog._report._below.text()


def test_report_after_a_crash_is_put_right_by_the_next_start(qtbot, dialog, submitted, place):
    qtbot.mouseClick(dialog._ask._go, Qt.MouseButton.LeftButton)
    library = open_library(place / "library.sqlite")
    with library:
        next(marked.run_act(library, marked.sit_down(library), submitted[0]))
    dialog.take_event(Cancelled(submitted[0]))
    qtbot.waitUntil(lambda: dialog._report.batch() == 1)
    assert dialog._report._title.text().startswith("0 file")
    dialog.take_event(Acted(1, ActionKind.TRASH, 1, 4, (), stopped=True))
    assert dialog._report._title.text().startswith("1 file")


def test_report_offers_undo_and_says_what_was_left(qtbot, dialog, submitted):
    qtbot.mouseClick(dialog._ask._go, Qt.MouseButton.LeftButton)
    left = ((Path("/docs/x.txt"), Problem.NOT_PERMITTED, "Permission denied"),)
    dialog.take_event(Acted(7, ActionKind.TRASH, 1, 4, left))
    assert dialog._report._title.text().startswith("1 file")
    assert "1 file" in dialog._report._left.said()
    qtbot.mouseClick(dialog._report._undo, Qt.MouseButton.LeftButton)
    assert submitted[-1] == UndoAction(7)
    dialog.take_event(Acted(7, ActionKind.TRASH, 1, 4, (), undone=True))
    assert "as before" in dialog._report._title.text()
    assert dialog._report._undo.isHidden()


def test_failure_of_the_engine_is_shown(qtbot, dialog, submitted):
    qtbot.mouseClick(dialog._ask._go, Qt.MouseButton.LeftButton)
    dialog.take_event(Failed(submitted[0], "The disk is full.", "Make space."))
    assert dialog._report._title.text() == "The disk is full."
    assert dialog._report._undo.isHidden()
    dialog.take_event(Acted(1, ActionKind.TRASH, 1, 4, (), stopped=True))
    assert dialog._report._title.text().startswith("1 file")


def test_events_of_other_commands_change_nothing(dialog):
    dialog.take_event(Acted(7, ActionKind.TRASH, 1, 4, ()))
    assert dialog._pages.currentWidget() is dialog._ask


def test_dialog_is_as_high_as_its_page(qtbot, dialog):
    before = dialog.height()
    choose(qtbot, dialog, ActionKind.DELETE)
    qtbot.waitUntil(lambda: dialog.height() > before)


def test_every_control_has_a_name(dialog):
    for each in (*dialog.findChildren(QPushButton), dialog._ask._kind, dialog._busy._bar):
        assert each.accessibleName() or each.text() or not each.isVisible()


def test_every_problem_and_action_has_words():
    for problem in Problem:
        assert plan_words.problem_text(problem)
        assert plan_words.problem_text(problem, "what the system said")
        assert all(plan_words.left_text(problem, 3))
    for kind in ActionKind:
        assert plan_words.question(kind, 2)
        assert plan_words.button_text(kind)
        assert plan_words.busy_text(kind)
        assert plan_words.done_text(kind, 2)
        assert plan_words.stays_text(kind)


def test_list_model_is_sound(qtbot):
    things = [Path(f"/docs/{number}.txt") for number in range(5)]
    model = ListModel(things, lambda path: ListLine(path, "why", 5, last=True), frozenset())
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    index = model.index(2, Column.NAME)
    model.setData(index, Qt.CheckState.Checked.value, Qt.ItemDataRole.CheckStateRole)
    assert model.ticked() == {things[2]}
    model.setData(index, Qt.CheckState.Unchecked.value, Qt.ItemDataRole.CheckStateRole)
    assert model.ticked() == frozenset()


def test_list_of_many_files_describes_only_what_is_seen(qtbot):
    seen = []

    def describe(number):
        seen.append(number)
        return ListLine(Path(f"/docs/{number}.txt"), "why", number)

    shown = ListDialog("Marked files", range(100_000), describe)
    qtbot.addWidget(shown)
    shown.show()
    qtbot.waitExposed(shown)
    assert len(set(seen)) < 200


def test_whole_way_through_the_engine_and_back(qtbot, place, thread, monkeypatch):
    from dedupe_app.engine.messages import EngineOptions
    from dedupe_app.ui.bridge import Bridge

    docs = place / "docs"
    before = {path: path.read_bytes() for path in docs.rglob("*.txt")}
    bridge = Bridge(EngineOptions(place / "library.sqlite", processes=1, watch=False))
    bridge.start()
    try:
        shown = PlanDialog(thread, bridge.submit)
        qtbot.addWidget(shown)
        bridge.event.connect(shown.take_event)
        shown.show()
        qtbot.waitUntil(lambda: shown._ask._go.isEnabled())
        qtbot.mouseClick(shown._ask._go, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: shown._report._title.text().startswith("2 file"), timeout=30_000)
        assert len(list(docs.rglob("*.txt"))) == 2
        assert len(list((place / "data" / "Trash" / "files").iterdir())) == 2
        qtbot.mouseClick(shown._report._undo, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: "as before" in shown._report._title.text(), timeout=30_000)
        assert {path: path.read_bytes() for path in docs.rglob("*.txt")} == before
        assert not any((place / "data" / "Trash" / "files").iterdir())
    finally:
        bridge.close()


@pytest.mark.parametrize("kind", ActionKind)
def test_question_says_when_there_is_nothing_to_do(qapp, kind):
    assert plan_words.question(kind, 0) == "None of the marked files can go now."
