"""For people who use no mouse, or do not see the window: names, the order of the Tab key, shapes beside colours."""

from __future__ import annotations

from pathlib import Path

import marked
import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible, QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QToolButton, QWidget

from dedupe_app.app import Program
from dedupe_app.engine.messages import Working
from dedupe_app.records import Decision, FileRow, Folder, FolderState, Role
from dedupe_app.settings import Choices
from dedupe_app.ui.compare_tools import CompareTools
from dedupe_app.ui.export_dialog import ExportDialog
from dedupe_app.ui.first_run import FirstPage
from dedupe_app.ui.group_table import GroupTable
from dedupe_app.ui.marks import paint_mark
from dedupe_app.ui.model_dialog import ModelDialog
from dedupe_app.ui.notices import Banner
from dedupe_app.ui.patterns_dialog import PatternsDialog
from dedupe_app.ui.plan_dialog import PlanDialog
from dedupe_app.ui.rules_dialog import RulesDialog
from dedupe_app.ui.settings_dialog import SettingsDialog
from dedupe_app.ui.shortcuts import ShortcutsDialog
from dedupe_app.ui.side_list import SideList
from dedupe_app.ui.status_line import StatusLine
from dedupe_app.ui.theme import colours
from dedupe_app.ui.top_bar import TopBar

SAME = {"new.txt": b"same", "old (1).txt": b"same", "deep/one.txt": b"same"}


@pytest.fixture
def program(tmp_path, qtbot, qapp, own_places):
    """The window on a library with a group, without an engine."""
    library, _, _ = marked.prepare(tmp_path, SAME)
    library.close()
    made = Program(qapp, tmp_path / "library.sqlite")
    made.window.resize(1440, 900)
    made.window.show()
    made.window.peek()
    qtbot.waitUntil(lambda: made.window.findChild(GroupTable).model().rowCount() > 0)
    yield made
    made.close()
    qapp.setStyleSheet("")


def name_of(widget):
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def in_focus(widget):
    """Return the parts of a widget that the keyboard comes to, in the order of the Tab key."""
    parts = []
    part = widget.nextInFocusChain()
    while part is not widget:
        if widget.isAncestorOf(part) and part.focusPolicy() & Qt.FocusPolicy.TabFocus:
            parts.append(part)
        part = part.nextInFocusChain()
    return parts


# ---- names -------------------------------------------------------------------------------------


def test_everything_that_takes_the_keyboard_has_a_name(program):
    window = program.window
    for number in range(len(window._top.view_names())):
        window._views.show_view(number)
    window.findChild(Banner).tell("Something", "happened", action=("again", "Try again"))
    window.findChild(StatusLine).show_working(Working("text", 3, 10))
    parts = [
        each
        for each in window.findChildren(QWidget)
        if each.focusPolicy() != Qt.FocusPolicy.NoFocus and not isinstance(each, QLabel)
    ]
    assert len(parts) > 30
    assert [each for each in parts if not name_of(each).strip()] == []


def dialogs(program, tmp_path):
    window, library = program.window, program.library
    return [
        SettingsDialog(Choices(), [("en", "English")], window),
        ShortcutsDialog(["Groups", "Map"], window),
        ModelDialog(window),
        PatternsDialog(Folder(tmp_path), window),
        ExportDialog(library, window),
        RulesDialog(library, [], window),
        PlanDialog(library, lambda _command: None, window),
    ]


def test_everything_in_dialogs_has_a_name(program, tmp_path, qtbot):
    nameless = []
    for dialog in dialogs(program, tmp_path):
        dialog.show()
        QApplication.processEvents()
        nameless += [
            (type(dialog).__name__, type(each).__name__)
            for each in in_focus(dialog)
            if each.isVisible() and each.focusProxy() is None and not name_of(each).strip()
        ]
        assert dialog.windowTitle()
        dialog.reject()
    assert nameless == []


def test_every_dialog_is_closed_by_escape(program, tmp_path):
    for dialog in dialogs(program, tmp_path):
        dialog.open()
        QApplication.processEvents()
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        assert not dialog.isVisible(), type(dialog).__name__


# ---- the keyboard ------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [TopBar, StatusLine, CompareTools, FirstPage])
def test_the_tab_key_goes_as_one_reads(program, kind):
    part = program.window.findChild(kind)
    part.setVisible(True)
    window = program.window
    if kind is FirstPage:
        window._pages.setCurrentWidget(part)
    QApplication.processEvents()
    shown = [each for each in in_focus(part) if each.isVisibleTo(part)]
    places = [each.mapTo(window, each.rect().center()) for each in shown]
    rows = [(place.y() // 24, place.x()) for place in places]
    assert len(rows) >= 2
    assert rows == sorted(rows), [name_of(each) for each in shown]


def test_all_of_the_window_is_reached_with_the_tab_key(program):
    window = program.window
    window.activateWindow()
    first = window.findChild(GroupTable)
    first.setFocus()
    reached = []
    while QApplication.focusWidget() not in reached:
        reached.append(QApplication.focusWidget())
        QTest.keyClick(reached[-1], Qt.Key.Key_Tab)
    wanted = {
        each
        for each in in_focus(window)
        if each.isVisible() and each.isEnabled() and each.focusProxy() is None
    }
    assert {name_of(each) for each in wanted - set(reached)} == set()


def test_a_group_is_walked_through_and_marked_with_keys_alone(program, qtbot):
    table = program.window.findChild(GroupTable)
    table.setFocus()
    table.go_to(0)
    QTest.keyClick(table, Qt.Key.Key_Left)
    assert table.model().rowCount() == 1
    QTest.keyClick(table, Qt.Key.Key_Right)
    assert table.model().rowCount() == 4
    QTest.keyClick(table, Qt.Key.Key_End)
    row = table.current_row()
    assert row == 3
    for key, said in (
        (Qt.Key.Key_Space, "Undecided."),
        (Qt.Key.Key_Delete, "Marked to remove by you."),
    ):
        QTest.keyClick(table, key)
        qtbot.waitUntil(lambda said=said: said in tip_of(table, row))


def tip_of(table, row):
    return table.model().index(row, 1).data(Qt.ItemDataRole.ToolTipRole)


# ---- not by colour alone -----------------------------------------------------------------------


def row_of(role, decision):
    return FileRow(
        *(1, 2, Path("/a/b.txt"), 5, 0, "txt", 9, None, None, None, None, None, None),
        *(role, decision, False, False, "", None),
    )


def outline(paint):
    """Return where something is painted, whatever its colour."""
    image = QImage(32, 32, QImage.Format.Format_ARGB32)
    image.fill(QColor(0, 0, 0, 0))
    painter = QPainter(image)
    paint(painter)
    painter.end()
    return bytes(
        image.pixelColor(x, y).alpha() > 100 for y in range(image.height()) for x in range(32)
    )


def test_decisions_are_told_apart_by_their_shape():
    rows = [row_of(Role.COPY, decision) for decision in Decision]
    rows.append(row_of(Role.PROTECTED, Decision.KEEP))
    shapes = {
        outline(lambda painter, row=row: paint_mark(painter, QRect(0, 0, 32, 32), row, colours()))
        for row in rows
    }
    assert len(shapes) == len(rows)


def test_states_of_folders_are_told_apart_by_shape_or_word(program):
    window = program.window
    folder = window._side.folders()[0].path
    seen = set()
    for state in FolderState:
        window._side.show_states({folder: state}, {})
        [item] = window.findChildren(SideList)[0].items()
        seen.add((item.shape, item.note))
        assert item.tooltip
    # Not watched and looked at now and then are both "not at once": one ring for both.
    assert len(seen) >= len(FolderState) - 1


def test_every_picture_button_says_what_it_does(program):
    for button in program.window.findChildren(QToolButton):
        if not button.text() and not isinstance(button.parent(), QLineEdit):
            assert name_of(button)
