"""The whole window with the real engine: what people do to it, and what they see."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QMimeData, QPoint, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFileOpenEvent
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QToolButton,
    QWidget,
)

from dedupe_app.app import Program
from dedupe_app.engine.messages import (
    WINDOW_SCOPE,
    Acted,
    EngineLost,
    Failed,
    Finished,
    NearCopy,
    Ready,
)
from dedupe_app.engine.scan_messages import ScanFinished
from dedupe_app.records import ActionKind, Decision, Problem, Relation, Show, SortKey
from dedupe_app.settings import choices_path, resource_folder, window_path
from dedupe_app.store.database import open_library
from dedupe_app.ui.compare_pane import ComparePane
from dedupe_app.ui.drops import DropFilter
from dedupe_app.ui.export_dialog import ExportDialog
from dedupe_app.ui.first_run import FirstPage
from dedupe_app.ui.group_model import Column
from dedupe_app.ui.groups_view import GroupsView
from dedupe_app.ui.languages import put_in_place
from dedupe_app.ui.model_cards import ModelCard
from dedupe_app.ui.model_dialog import ModelDialog
from dedupe_app.ui.narrowed import Narrowed
from dedupe_app.ui.near_copy_card import NearCopyCard
from dedupe_app.ui.notices import Banner
from dedupe_app.ui.plan_dialog import PlanDialog
from dedupe_app.ui.rules_dialog import RulesDialog
from dedupe_app.ui.settings_dialog import SettingsDialog
from dedupe_app.ui.side_list import SideList
from dedupe_app.ui.sources_panel import UNREAD
from dedupe_app.ui.status_line import StatusLine
from dedupe_app.ui.unread_view import UnreadView
from dedupe_app.ui.views import Views

LONG_MS = 30_000
LETTER = (
    "The jetty at the mill was built in the year of the great flood, and nobody knew by whom. " * 4
)


class Running:
    """A program in a window, with what the engine said."""

    def __init__(self, program, qtbot):
        self.program, self.window, self.qtbot = program, program.window, qtbot
        self.events = []
        program.bridge.event.connect(self.events.append)

    def part(self, kind):
        return self.window.findChild(kind)

    def said(self, kind):
        return [each for each in self.events if isinstance(each, kind)]

    def wait(self, condition):
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=LONG_MS)

    def wait_for_scans(self, count=1):
        self.wait(lambda: len(self.scans()) >= count)

    def scans(self):
        return [each for each in self.said(Finished) if isinstance(each.scan, ScanFinished)]

    def counts(self):
        shows = next(
            each for each in self.window.findChildren(SideList) if each.accessibleName() == "Show"
        )
        return {item.key: item.count for item in shows.items()}

    def folders(self):
        return self.window.findChildren(SideList)[0].items()

    def button(self, text):
        return next(each for each in self.window.findChildren(QPushButton) if each.text() == text)

    def shows(self, text):
        return any(
            text in each.text() for each in self.window.findChildren(QLabel) if each.isVisible()
        )


@pytest.fixture
def library(tmp_path):
    return tmp_path / "library.sqlite"


@pytest.fixture
def start(qtbot, qapp, own_places, library):
    """Starts programs, and closes them."""
    started = []

    def begin(*add, path=library):
        program = Program(qapp, path)
        started.append(program)
        running = Running(program, qtbot)
        program.show(add)
        qtbot.waitExposed(program.window)
        return running

    yield begin
    for program in started:
        if shiboken6.isValid(program.window):  # else the test closed it
            program.close()
    qapp.setStyleSheet("")


@pytest.fixture
def folder(tmp_path, plant):
    contents = {
        "a.txt": LETTER,
        "sub/b.txt": LETTER,
        "other.md": "Pancakes on Sunday.",
        "no.txt": "",
    }
    return plant(tmp_path / "Papers", contents)


def drop(window, *paths):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    place = QPointF(400, 300)
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier
    offered = Qt.DropAction.MoveAction | Qt.DropAction.CopyAction
    enter = QDragEnterEvent(place.toPoint(), offered, mime, buttons, keys)
    QApplication.sendEvent(window, enter)
    event = QDropEvent(place, offered, mime, buttons, keys)
    QApplication.sendEvent(window, event)
    # Their data is gone with this function, so they are not returned themselves.
    return enter.isAccepted(), event.dropAction()


# ---- from the first start to groups ------------------------------------------------------------


def test_a_new_library_begins_with_the_first_page(start):
    running = start()
    running.wait(lambda: running.said(Ready))
    running.wait(lambda: running.part(FirstPage).isVisible())
    assert running.shows("Nothing leaves this computer.")
    assert not running.part(QLineEdit).isVisible()


def test_a_dropped_folder_is_scanned_and_its_groups_are_counted(start, folder):
    running = start()
    assert drop(running.window, folder) == (True, Qt.DropAction.CopyAction)
    running.wait_for_scans()
    running.wait(lambda: running.counts()[Show.ALL] == "1")
    assert running.counts()[Show.IDENTICAL] == "1"
    assert running.counts()[UNREAD] == "1"
    assert [(item.text, item.count) for item in running.folders()] == [("Papers", "4")]
    running.wait(lambda: running.part(GroupsView).shown_groups() == 1)
    assert not running.part(FirstPage).isVisible()
    running.wait(lambda: running.shows("4 documents"))
    assert running.shows("marked to remove")


def test_a_source_may_forget_its_data_at_the_drop(qtbot, tmp_path):
    window = QWidget()
    qtbot.addWidget(window)
    drops = DropFilter(window)
    mime, empty = QMimeData(), QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path))])
    rest = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    copy = Qt.DropAction.CopyAction
    QApplication.sendEvent(window, QDragEnterEvent(QPoint(9, 9), copy, mime, *rest))
    with qtbot.waitSignal(drops.dropped) as dropped:
        QApplication.sendEvent(window, QDropEvent(QPointF(9, 9), copy, empty, *rest))
    assert dropped.args == [[tmp_path]]


def test_a_drop_of_something_else_is_refused(start):
    running = start()
    mime = QMimeData()
    mime.setText("just words")
    event = QDropEvent(
        QPointF(9, 9),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    event.ignore()
    QApplication.sendEvent(running.window, event)
    assert not event.isAccepted()


def test_a_folder_that_went_before_it_was_dropped_is_named(start, tmp_path):
    running = start()
    drop(running.window, tmp_path / "gone")
    running.wait(lambda: "gone is not there." in running.part(Banner).text())
    assert running.folders() == ()


def test_for_a_dropped_file_its_folder_is_offered(start, folder, monkeypatch):
    asked = []

    def answer(_parent, _title, text):
        asked.append(text)
        return QMessageBox.StandardButton.Yes

    monkeypatch.setattr(QMessageBox, "question", answer)
    running = start()
    drop(running.window, folder / "a.txt")
    assert str(folder) in asked[0]
    running.wait_for_scans()
    running.wait(lambda: [item.key for item in running.folders()] == [folder])


def test_folders_named_at_the_start_are_added(start, folder):
    running = start(folder)
    running.wait_for_scans()
    running.wait(lambda: running.counts()[Show.ALL] == "1")


def test_the_samples_are_copied_and_scanned(start, own_places):
    running = start()
    running.wait(lambda: running.part(FirstPage).isVisible())
    running.button("Try with samples").click()
    running.wait_for_scans()
    running.wait(lambda: running.part(GroupsView).shown_groups() > 5)
    assert own_places in running.folders()[0].key.parents
    assert (resource_folder() / "samples").is_dir()


# ---- what is shown -----------------------------------------------------------------------------


@pytest.fixture
def scanned(start, folder):
    running = start(folder)
    running.wait_for_scans()
    running.wait(lambda: running.part(GroupsView).shown_groups() == 1)
    return running


def choose(running, key):
    running.window._side.choose_show(key)


def test_what_is_known_is_shown_before_the_engine_is_ready(
    qtbot, qapp, own_places, library, folder, run_scan
):
    run_scan(library, folder, name=WINDOW_SCOPE)
    program = Program(qapp, library)
    try:
        program.window.show()
        program.window.peek()
        groups = program.window.findChild(GroupsView)
        qtbot.waitUntil(lambda: groups.shown_groups() == 1, timeout=LONG_MS)
    finally:
        program.close()
        qapp.setStyleSheet("")


def test_what_could_not_be_read_is_a_view_of_its_own(scanned):
    choose(scanned, UNREAD)
    assert scanned.part(UnreadView).isVisible()
    assert not scanned.part(GroupsView).isVisible()
    choose(scanned, Show.ALL)
    assert scanned.part(GroupsView).isVisible()


def test_the_filter_says_when_nothing_fits(scanned):
    field = scanned.part(QLineEdit)
    field.setText("no such name")
    scanned.wait(lambda: scanned.part(GroupsView).shown_groups() == 0)
    scanned.wait(lambda: scanned.shows("Nothing fits this filter"))
    scanned.qtbot.keyClick(scanned.window, Qt.Key.Key_Escape)
    scanned.wait(lambda: scanned.part(GroupsView).shown_groups() == 1)
    assert field.text() == ""


def test_escape_shows_all_again_after_files_were_chosen_on_the_map(scanned):
    views = scanned.part(Views)
    everything = scanned.part(Narrowed)
    views.show_files([10**6])
    scanned.wait(lambda: scanned.part(GroupsView).shown_groups() == 0)
    assert everything.said() == "Only the groups of 1 file chosen on the map"
    scanned.qtbot.keyClick(scanned.window, Qt.Key.Key_Escape)
    scanned.wait(lambda: scanned.part(GroupsView).shown_groups() == 1)
    assert everything.said() == ""


def test_the_filter_counts_too(scanned):
    field = scanned.part(QLineEdit)
    field.setText("no such name")
    scanned.wait(lambda: scanned.counts()[Show.ALL] == "0")
    field.setText("")
    scanned.wait(lambda: scanned.counts()[Show.ALL] == "1")


def test_nothing_is_compared_beside_what_could_not_be_read(scanned):
    groups, pane = scanned.part(GroupsView), scanned.part(ComparePane)
    groups.table.go_to(2)
    scanned.wait(lambda: pane._row is not None)
    choose(scanned, UNREAD)
    assert pane._row is None
    scanned.window._top.view_chosen.emit(0)
    assert groups.isVisible()
    assert pane._row == groups.current_file()
    side = next(
        each for each in scanned.window.findChildren(SideList) if each.accessibleName() == "Show"
    )
    assert side.key() is Show.ALL, "what is pointed out is what is shown"


def test_what_could_not_be_read_has_the_room_of_the_comparison(scanned):
    window, pane = scanned.window, scanned.part(ComparePane)
    parts = window.state().parts
    table = scanned.part(UnreadView).table
    choose(scanned, UNREAD)
    assert not pane.isVisible()
    assert table.width() > parts[1]
    assert window.state().parts == parts
    choose(scanned, Show.ALL)
    assert pane.isVisible()
    assert window.state().parts == parts


def test_on_a_small_screen_all_of_the_window_can_be_reached(start, monkeypatch):
    monkeypatch.setattr("dedupe_app.ui.main_window.room_on", lambda _screen: QSize(1000, 560))
    running = start()
    assert running.window.height() <= 560
    assert running.window.width() <= 1000


def test_a_relation_without_groups_says_so(scanned):
    choose(scanned, Show.REVISION)
    scanned.wait(lambda: scanned.shows("Nothing fits this filter"))


def test_changes_in_a_watched_folder_are_seen(scanned, folder):
    (folder / "c.txt").write_text(LETTER)
    scanned.wait(lambda: scanned.folders()[0].count == "5")


def test_another_cut_groups_anew_and_is_remembered(scanned, start):
    scanned.window._top.similarity_chosen.emit(95.0)
    scanned.wait(
        lambda: any("Regroup" in type(each.command).__name__ for each in scanned.said(Finished))
    )
    assert "similarity = 95.0" in choices_path().read_text()


def test_marks_can_be_taken_back(scanned):
    groups = scanned.part(GroupsView)
    groups.table.setFocus()
    groups.table.setCurrentIndex(groups.model.index(1, 1))
    before = groups.model.entry(1).decision
    assert before is Decision.KEEP
    scanned.qtbot.keyClick(groups.table, Qt.Key.Key_Delete)
    scanned.wait(lambda: groups.model.entry(1).decision is Decision.REMOVE)
    scanned.wait(scanned.button("Undo last").isEnabled)
    assert groups._note.isVisible()
    scanned.button("Undo last").click()
    scanned.wait(lambda: scanned.shows("Taken back"))
    assert not groups._note.isVisible()
    scanned.wait(lambda: not scanned.button("Undo last").isEnabled())
    scanned.wait(lambda: groups.model.entry(1).decision is Decision.KEEP)


def test_a_folder_that_is_removed_is_gone(scanned, monkeypatch):
    def press_remove(box):
        button = next(each for each in box.buttons() if each.text() == "Remove and forget")
        monkeypatch.setattr(QMessageBox, "clickedButton", lambda _box: button)

    monkeypatch.setattr(QMessageBox, "exec", press_remove)
    scanned.window._folders.do("remove", scanned.window._side.folders()[0])
    scanned.wait(lambda: scanned.part(FirstPage).isVisible())


def test_a_link_to_a_listed_folder_is_said_to_be_one(scanned, folder, tmp_path):
    link = tmp_path / "another way"
    link.symlink_to(folder)
    scanned.window._drops.dropped.emit([link])
    scanned.wait(lambda: scanned.shows("another way is the same folder as"))
    assert [each.path for each in scanned.window._side.folders()] == [folder]


def test_settings_hold_at_once(scanned):
    scanned.qtbot.keyClick(scanned.window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    dialog = scanned.part(SettingsDialog)
    dialog._look.setCurrentIndex(dialog._look.findData("dark"))
    dialog._confirm()
    assert scanned.window.palette().window().color().lightness() < 128
    assert 'look = "dark"' in choices_path().read_text()


@pytest.mark.parametrize("what", ["all", "shown", "selection"])
def test_a_report_of_the_groups_is_offered(scanned, what):
    scanned.window._top.export_wanted.emit(what)
    dialog = scanned.part(ExportDialog)
    assert dialog.isVisible()
    dialog.reject()


def test_keep_rules_are_offered_for_the_selection(scanned):
    scanned.part(GroupsView).rules_wanted.emit([1, 2])
    dialog = scanned.part(RulesDialog)
    assert dialog.isVisible()
    dialog.order_chosen.emit(("newest",))
    assert scanned.program.preferences.choices.keep_rules == ("newest",)
    dialog.reject()


def open_plan(scanned):
    trash = scanned.button("Move to trash…")
    scanned.wait(trash.isEnabled)
    trash.click()
    return scanned.part(PlanDialog)


def test_what_goes_is_shown_first(scanned):
    dialog = open_plan(scanned)
    scanned.wait(lambda: scanned.shows("1 file"))
    assert dialog.isVisible()
    dialog.reject()


def test_marked_files_go_to_the_trash_and_come_back(scanned, folder):
    dialog = open_plan(scanned)
    button = next(
        each for each in dialog.findChildren(QPushButton) if each.text() == "Move to trash"
    )
    scanned.wait(button.isEnabled)
    button.click()
    scanned.wait(lambda: [each for each in scanned.said(Acted) if each.done == 1])
    dialog.reject()
    scanned.wait(lambda: scanned.folders()[0].count == "3")
    scanned.wait(lambda: scanned.counts()[Show.ALL] == "0")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QMessageBox, "question", lambda *_: QMessageBox.StandardButton.Yes)
        scanned.wait(scanned.button("Undo last").isEnabled)
        scanned.button("Undo last").click()
        scanned.wait(lambda: [each for each in scanned.said(Acted) if each.undone])
    scanned.wait(lambda: scanned.counts()[Show.ALL] == "1")
    assert sorted(path.name for path in folder.rglob("*.txt")) == ["a.txt", "b.txt", "no.txt"]


def test_the_model_is_chosen_in_a_dialog(scanned):
    scanned.window._side.model_wanted.emit()
    dialog = scanned.part(ModelDialog)
    cards = dialog.findChildren(ModelCard)
    assert [card.choice.name for card in cards][:2] == ["lexical", "qwen3-0.6b"]
    with pytest.MonkeyPatch.context() as patch:
        asked = []
        patch.setattr(
            QMessageBox,
            "question",
            lambda *words: asked.append(words) or QMessageBox.StandardButton.No,
        )
        scanned.qtbot.keyClick(cards[1], Qt.Key.Key_Space)
    assert "1.19" in asked[0][2]
    assert scanned.program.preferences.choices.embedder == "lexical"
    dialog.reject()


def test_a_near_copy_is_shown(scanned, folder):
    near = NearCopy(folder / "sub/b.txt", folder / "a.txt", Relation.IDENTICAL)
    scanned.program.bridge.event.emit(near)
    card = scanned.part(NearCopyCard)
    assert card.isVisible()
    next(each for each in card.findChildren(QPushButton) if each.text() == "Show").click()
    assert scanned.part(QLineEdit).text() == "b.txt"
    groups = scanned.part(GroupsView)
    scanned.wait(lambda: (row := groups.current_file()) and row.compared_with is not None)
    assert groups.selection() == [groups.current_file().file]


def test_what_narrows_the_list_is_said_and_taken_away(scanned):
    narrowed, groups = scanned.part(Narrowed), scanned.part(GroupsView)
    scanned.window._top.filter_by("sub")
    scanned.window._side.choose_folder(scanned.window._side.folders()[0].path)
    assert "Papers" in narrowed.said()
    assert "sub" in narrowed.said()
    scanned.button("Show all groups").click()
    assert not narrowed.said()
    assert groups.query().folder is None
    assert not groups.query().words


def test_a_right_click_on_a_folder_filters_nothing(scanned):
    folders = scanned.window.findChildren(SideList)[0]
    place = folders.visualRect(folders.model().index(0, 0)).center()
    scanned.qtbot.mouseClick(folders.viewport(), Qt.MouseButton.RightButton, pos=place)
    assert folders.key() is None
    assert folders.current_key() is not None
    assert scanned.part(GroupsView).query().folder is None


def test_a_closed_message_gives_the_keyboard_back_to_the_list(scanned):
    banner = scanned.part(Banner)
    banner.tell("Something went wrong.")
    close = banner.findChild(QToolButton)
    close.setFocus()
    scanned.qtbot.keyClick(close, Qt.Key.Key_Space)
    assert banner.isHidden()
    assert scanned.window.focusWidget() is scanned.part(GroupsView).table


def test_the_order_of_the_list_outlives_the_window(scanned):
    groups = scanned.part(GroupsView)
    groups._sort_by_column(Column.NAME)
    state = scanned.window.state()
    assert (state.sort, state.descending) == ("name", False)
    groups.reverse_order()
    scanned.window.restore(state)
    assert groups.query().sort is SortKey.NAME
    assert not groups.query().descending


def test_news_that_the_window_does_not_know_are_logged(scanned, caplog):
    scanned.program.bridge.event.emit(object())
    assert "Unknown news" in caplog.text


def test_everything_the_keyboard_reaches_has_a_name(scanned):
    nameless = []
    for widget in scanned.window.findChildren(QWidget):
        if not widget.focusPolicy() & Qt.FocusPolicy.TabFocus or widget.focusProxy():
            continue
        text = getattr(widget, "text", str)()
        if not widget.accessibleName() and not text and not widget.isHidden():
            nameless.append(f"{type(widget).__name__} in {type(widget.parent()).__name__}")
    assert nameless == []


def test_tab_goes_through_the_window_and_comes_back(scanned):
    start = widget = scanned.part(GroupsView).table
    seen = []
    for _ in range(200):
        widget = widget.nextInFocusChain()
        if widget is start:
            break
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            seen.append(widget)
    names = [each.accessibleName() or getattr(each, "text", str)() for each in seen]
    order = [names.index(name) for name in ("Undo last", "Filter", "Folders", "Show")]
    # From the list on: what is below it, then from the top again.
    assert order == sorted(order)


# ---- troubles ----------------------------------------------------------------------------------


def test_failures_stand_above_the_list_until_they_are_closed(scanned):
    scanned.program.bridge.event.emit(Failed(None, "The disk is full.", "Make space."))
    banner = scanned.part(Banner)
    assert banner.text() == "The disk is full. Make space."
    scanned.qtbot.keyClick(scanned.window, Qt.Key.Key_Escape)
    assert banner.text() == ""


def engine_pid():
    import multiprocessing

    return next(each.pid for each in multiprocessing.active_children())


def test_an_engine_that_dies_is_started_again(scanned):
    os.kill(engine_pid(), signal.SIGKILL)
    scanned.wait(lambda: scanned.said(EngineLost))
    assert "being started again" in scanned.part(Banner).text()
    scanned.wait(lambda: len(scanned.said(Ready)) == 2)
    scanned.wait(lambda: scanned.part(Banner).text() == "")


def test_what_was_not_put_back_is_named_with_its_reason(scanned):
    left = ((Path("/d/letter.odt"), Problem.IN_THE_WAY, ""),)
    acted = Acted(7, ActionKind.TRASH, 3, 4_000, left, undone=True)
    scanned.program.bridge.event.emit(acted)
    said = scanned.part(Banner).text()
    assert said.startswith("1 file was left alone. letter.odt: Another file is there now")


def test_an_engine_that_was_given_up_can_be_started_again(scanned):
    started = []
    scanned.program.bridge.event.emit(EngineLost(again=False, detail="It crashed."))
    scanned.window._troubles.start_wanted.connect(lambda: started.append(1))
    banner = scanned.part(Banner)
    assert "given up" in banner.text()
    assert not any(each.isVisibleTo(banner) for each in banner.findChildren(QToolButton))
    assert any(
        "not running" in each.text() for each in scanned.part(StatusLine).findChildren(QLabel)
    )
    assert [item.note for item in scanned.folders()] == ["not watched"]
    scanned.qtbot.keyClick(scanned.window, Qt.Key.Key_Escape)
    scanned.window.tell("Something else went wrong.")
    scanned.qtbot.keyClick(scanned.window, Qt.Key.Key_Escape)
    assert "given up" in banner.text()
    scanned.button("Start again").click()
    assert started == [1]


def test_without_an_engine_nothing_waits_for_it(scanned, folder):
    bridge = scanned.program.bridge
    bridge._receive(EngineLost(again=False, detail="It crashed."))
    scanned.wait(lambda: scanned.said(EngineLost))
    scanned.window._views.show_second()
    scanned.wait(lambda: scanned.shows("The map was not drawn"))
    scanned.button("Move to trash…").click()
    dialog = scanned.part(PlanDialog)
    scanned.wait(lambda: dialog._ask._go.isEnabled())
    dialog._ask._go.click()
    scanned.wait(lambda: "not running" in dialog._report._title.text())
    assert (folder / "sub" / "b.txt").exists()
    assert (folder / "a.txt").exists()
    dialog.reject()
    scanned.button("Start again").click()
    scanned.wait(lambda: scanned.part(Banner).text() == "")


def test_a_model_that_cannot_be_used_gives_way_to_what_worked(scanned, tmp_path):
    wrong = tmp_path / "No model"
    wrong.mkdir()
    scanned.program.preferences.change(embedder=f"folder:{wrong}", dimensions=128)
    scanned.wait(lambda: scanned.program.preferences.choices.embedder == "lexical")
    assert scanned.program.preferences.choices.dimensions == 256
    said = scanned.part(Banner).text()
    assert "No model" in said
    assert said.endswith("What was chosen before holds again: Words.")
    assert "No model" not in choices_path().read_text()


def test_a_server_that_is_not_there_yet_stays_chosen(scanned):
    server = "server:http://127.0.0.1:9#none"
    scanned.program.preferences.change(embedder=server)
    scanned.wait(lambda: [each for each in scanned.said(Failed) if each.model])
    assert scanned.program.preferences.choices.embedder == server


def test_folders_dropped_on_the_icon_of_the_program_are_added(start, folder):
    running = start()
    QApplication.sendEvent(QApplication.instance(), QFileOpenEvent(QUrl.fromLocalFile(str(folder))))
    running.wait(lambda: [item.text for item in running.folders()] == ["Papers"])


def test_a_library_in_use_gets_a_dialog_and_the_window_closes(start, library, monkeypatch):
    told = []

    def close(box):
        told.append((box.text(), box.informativeText()))
        button = next(each for each in box.buttons() if each.text() == "Close the window")
        monkeypatch.setattr(QMessageBox, "clickedButton", lambda _box: button)

    monkeypatch.setattr(QMessageBox, "exec", close)
    with open_library(library):
        running = start()
        running.wait(lambda: told)
        assert "in use" in told[0][0]
        running.wait(lambda: not running.window.isVisible())


def test_settings_that_make_no_sense_are_told(start, own_places):
    choices_path().parent.mkdir(parents=True)
    choices_path().write_text("look =")
    running = start()
    assert "set aside" in running.part(Banner).text()


def test_one_setting_that_makes_no_sense_is_named(start, own_places):
    choices_path().parent.mkdir(parents=True)
    choices_path().write_text("look = 7\nexclude = ['*.bak']")
    running = start()
    assert "Some settings made no sense" in running.part(Banner).text()
    assert "look" in running.part(Banner).text()


def test_a_bug_is_told_and_the_window_goes_on(scanned, caplog):
    try:
        raise ZeroDivisionError
    except ZeroDivisionError:
        sys.excepthook(*sys.exc_info())
    assert "ZeroDivisionError" in caplog.text
    assert "Something went wrong" in scanned.part(Banner).text()


# ---- the end -----------------------------------------------------------------------------------


def test_closing_while_the_engine_works_ends_it(start, tmp_path, plant):
    many = plant(tmp_path / "Many", {f"{n}.txt": LETTER + f" {n}" * (n % 50) for n in range(300)})
    running = start(many)
    running.wait(lambda: running.part(StatusLine)._working is not None)
    pid = engine_pid()
    running.window.close()
    running.program.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_the_window_is_found_as_it_was_left(start):
    running = start()
    running.window.resize(1210, 745)
    running.program.close()
    assert "width = 1210" in window_path().read_text()
    again = start()
    assert again.window.height() == 745


def test_view_and_filter_are_found_as_they_were_left(scanned, start):
    choose(scanned, Show.IDENTICAL)
    scanned.window._views.show_third()
    scanned.program.close()
    again = start()
    again.wait(lambda: again.window._views.index() == 2)
    assert again.part(GroupsView).query().show is Show.IDENTICAL
    assert again.window._views.currentWidget().isVisible()


def test_another_language_is_spoken_at_once(scanned, qapp, folder):
    program, before = scanned.program, scanned.window
    choose(scanned, Show.IDENTICAL)
    before.resize(1110, 745)
    gone = QSignalSpy(before.destroyed)
    try:
        program.preferences.change(language="zh_CN")
        scanned.wait(lambda: program.window is not before and gone.count())
        again = Running(program, scanned.qtbot)
        again.wait(lambda: again.part(GroupsView).shown_groups() == 1)
        assert again.button("导出…").isVisible()
        assert again.window.height() == 745
        assert again.part(GroupsView).query().show is Show.IDENTICAL
        (folder / "c.txt").write_text(LETTER)
        again.wait(lambda: again.folders() and again.folders()[0].count == "5")
        program.preferences.change(language="en")
        again.wait(lambda: program.window is not again.window)
        assert Running(program, scanned.qtbot).button("Export…")
    finally:
        put_in_place(qapp, "en")


def test_nothing_heavy_is_imported_when_the_window_is_shown(own_places, library):
    open_library(library).close()
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from PySide6.QtWidgets import QApplication\n"
        "from dedupe_app.app import Program\n"
        "application = QApplication(sys.argv[:1])\n"
        f"program = Program(application, Path({str(library)!r}))\n"
        "program.window.show()\n"
        "program.window.grab()\n"
        "heavy = 'torch transformers sklearn umap hdbscan scipy numpy httpx kreuzberg sqlite_utils'\n"
        "print([name for name in heavy.split() if name in sys.modules])\n"
        "program.close()\n"
    )
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_sigterm_closes_the_window(own_places, library):
    command = [sys.executable, "-m", "dedupe_app", "--library", str(library)]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
    try:
        log = own_places / "state" / "dedupe-app" / "log" / "engine.log"
        _wait_for(lambda: library.exists() and log.exists(), process)
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=30)
    finally:
        process.kill()
    assert (process.returncode, errors) == (0, "")


def _wait_for(condition, process):
    import threading

    for _ in range(300):
        if condition():
            return
        assert process.poll() is None
        threading.Event().wait(0.1)
    raise TimeoutError
