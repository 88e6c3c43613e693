"""The list of groups over a real library: what people see, choose and decide in it."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from synthetic_groups import listing_of, make_model

from dedupe_app.engine.messages import WINDOW_SCOPE
from dedupe_app.engine.pipeline import scan
from dedupe_app.engine.scan_messages import ScanOptions
from dedupe_app.records import Decision, FileRow, GroupQuery, GroupRow, Show, SortKey
from dedupe_app.store import browse, decisions
from dedupe_app.store.database import open_for_reading, open_library
from dedupe_app.store.folders import add_folders, change_folder, folders
from dedupe_app.ui import group_questions
from dedupe_app.ui.group_bookmark import return_to, set_bookmark
from dedupe_app.ui.group_model import Column
from dedupe_app.ui.group_table import GroupTable
from dedupe_app.ui.groups_view import GroupsView
from dedupe_app.ui.library import LibraryThread

LETTER = " ".join(f"harbour{n} festival{n} lantern{n}" for n in range(60))
REPORT = " ".join(f"reading{n} room{n} visitors{n} books{n}" for n in range(80))
MINUTES = " ".join(f"board{n} agreed{n} secretary{n}" for n in range(70))
TREE = {
    "Letters/letter.txt": LETTER,
    "Letters/old/letter (1).txt": LETTER,
    "Letters/old/letter (2).txt": LETTER,
    "Reports/Annual report.txt": REPORT,
    "Reports/out/Annual report.md": REPORT.upper() + "\n",
    "Archive/minutes.txt": MINUTES,
    "Archive/minutes copy.txt": MINUTES.replace(" ", "  "),
    "Archive/only one.txt": "nothing like the others " * 30,
}


@pytest.fixture(scope="module")
def scanned(tmp_path_factory, plant):
    base = tmp_path_factory.mktemp("scanned")
    root = plant(base / "tree", TREE)
    for age, name in enumerate(TREE):  # the keep rules look at the times
        os.utime(root / name, (1_700_000_000 + age * 86_400,) * 2)
    roots = tuple(root / name for name in ("Archive", "Letters", "Reports"))
    with open_library(base / "library.sqlite") as library:
        for _ in scan(library, ScanOptions(roots, name=WINDOW_SCOPE, processes=1)):
            pass
        add_folders(library, roots)
    return base


@pytest.fixture
def library_path(scanned, tmp_path):
    return shutil.copy(scanned / "library.sqlite", tmp_path / "library.sqlite")


@pytest.fixture
def view(library_path, qtbot):
    thread = LibraryThread(library_path)
    made = GroupsView(thread)
    qtbot.addWidget(made)
    made.resize(760, 600)
    made.show()
    with qtbot.waitSignal(made.listed):
        made.reload()
    yield made
    thread.close()


def names(view):
    """Return what stands in the rows: titles in brackets, files as they are."""
    entries = [view.model.entry(row) for row in range(view.model.rowCount())]
    return [f"[{e.title}]" if isinstance(e, GroupRow) else e.path.name for e in entries]


def row_of(view, name):
    return names(view).index(name)


def decision_of(view, name):
    return view.model.entry(row_of(view, name)).decision


def stored(path, name):
    """Return what the library says about a file of a group, read with another connection."""
    with open_for_reading(path) as library:
        numbers, _ = browse.group_list(library, WINDOW_SCOPE, GroupQuery())
        rows = [row for rows in browse.file_rows(library, numbers).values() for row in rows]
    return next(row for row in rows if row.path.name == name)


def press(view, qtbot, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(view.table, key, modifier)


def click(view, qtbot, row, column, **how):
    place = view.table.visualRect(view.model.index(row, column)).center()
    qtbot.mouseClick(view.table.viewport(), Qt.MouseButton.LeftButton, pos=place, **how)


def test_groups_are_listed_with_their_files(view):
    assert view.shown_groups() == 3
    listed = names(view)
    assert len([name for name in listed if name.startswith("[")]) == 3
    assert len(listed) == 3 + 7
    assert view.model.folder_text(view.model.entry(row_of(view, "letter (1).txt")).path.parent) in (
        "Letters/old"
    )


def test_a_click_on_the_mark_goes_round_and_is_kept(view, qtbot, library_path):
    row = row_of(view, "letter (1).txt")
    start = decision_of(view, "letter (1).txt")
    seen = []
    for _ in range(3):
        with qtbot.waitSignal(view.decisions_changed):
            click(view, qtbot, row, Column.MARK)
            seen.append(decision_of(view, "letter (1).txt"))
        assert stored(library_path, "letter (1).txt").decision is seen[-1]
    assert len(set(seen)) == 3
    assert seen[-1] is start
    assert stored(library_path, "letter (1).txt").decided


def test_moving_the_mouse_off_a_mark_chooses_nothing(view, qtbot):
    view.table.go_to(8)
    viewport, button = view.table.viewport(), Qt.MouseButton.LeftButton
    mark = view.table.visualRect(view.model.index(1, Column.MARK)).center()
    qtbot.mousePress(viewport, button, pos=mark)
    qtbot.mouseMove(viewport, mark + QPoint(0, 100))
    qtbot.mouseRelease(viewport, button, pos=mark + QPoint(0, 100))
    assert view.table.chosen_rows() == [(8, 8)]


def test_space_and_delete_mark_what_is_chosen(view, qtbot, library_path):
    row = row_of(view, "Annual report.md")
    view.table.go_to(row)
    with qtbot.waitSignal(view.decisions_changed):
        press(view, qtbot, Qt.Key.Key_Space)
    after_space = stored(library_path, "Annual report.md").decision
    with qtbot.waitSignal(view.decisions_changed):
        press(view, qtbot, Qt.Key.Key_Space)
    assert stored(library_path, "Annual report.md").decision is not after_space
    view.deeds.leave_undecided()
    with qtbot.waitSignal(view.decisions_changed):
        press(view, qtbot, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: stored(library_path, "Annual report.md").decision is Decision.REMOVE)
    assert decision_of(view, "Annual report.md") is Decision.REMOVE


def test_marking_everything_spares_one_of_each_group_and_says_so(view, qtbot, library_path):
    press(view, qtbot, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignals([view.warned, view.decisions_changed]):
        press(view, qtbot, Qt.Key.Key_Delete)
    with open_for_reading(library_path) as library:
        assert len(browse.marked(library, WINDOW_SCOPE)) == 4


def test_marking_the_last_kept_file_is_done_and_told(view, qtbot, library_path):
    header = row_of(view, "[" + view.model.entry(0).title + "]")
    view.table.go_to(header)
    with qtbot.waitSignal(view.decisions_changed):
        press(view, qtbot, Qt.Key.Key_Delete)  # the copies
    keeper = view.model.entry(header + 1)
    view.table.go_to(header + 1)
    with qtbot.waitSignal(view.warned) as told:
        press(view, qtbot, Qt.Key.Key_Delete)
    assert "would stay" in told.args[0]
    qtbot.waitUntil(
        lambda: stored(library_path, keeper.path.name).decision is Decision.REMOVE, timeout=5000
    )
    view.table.go_to(header)
    assert not view._note.isVisible()


def test_protected_files_are_never_marked(scanned, library_path, qtbot):
    with open_library(library_path) as library:
        folder = next(f for f in folders(library) if f.path.name == "Archive")
        change_folder(library, replace(folder, protected=True))
    thread = LibraryThread(library_path)
    view = GroupsView(thread)
    qtbot.addWidget(view)
    view.resize(760, 600)
    view.show()
    with qtbot.waitSignal(view.listed):
        view.reload()
    row = row_of(view, "minutes.txt")
    with qtbot.waitSignal(view.warned):
        click(view, qtbot, row, Column.MARK)
    assert decision_of(view, "minutes.txt") is Decision.KEEP
    thread.close()


def test_k_chooses_the_keeper_and_asks_for_other_groups(view, qtbot, library_path):
    row = next(
        row
        for row in range(view.model.rowCount())
        if isinstance(entry := view.model.entry(row), FileRow)
        and entry.path.name.startswith("letter")
        and entry.role == "copy"
    )
    chosen = view.model.entry(row)
    view.table.go_to(row)
    with qtbot.waitSignal(view.regroup_wanted):
        press(view, qtbot, Qt.Key.Key_K)
    with open_for_reading(library_path) as library:
        assert decisions.kept_files(library) == {chosen.file}


def test_the_choice_follows_its_file_when_another_becomes_the_keeper(view, qtbot, library_path):
    row = row_of(view, "letter.txt")
    view.table.go_to(row)
    chosen = view.selection()
    with qtbot.waitSignal(view.regroup_wanted):
        press(view, qtbot, Qt.Key.Key_K)
    group = view.model.entry(row).group
    with open_library(
        library_path
    ) as library:  # as grouping anew does: another order, the same numbers
        library.execute(
            "update group_members set place = place + 1000 where group_id = ? and file_id <> ?",
            [group, *chosen],
        )
    with qtbot.waitSignal(view.listed):
        view.reload()
    assert row_of(view, "letter.txt") != row
    assert view.table.current_row() == row_of(view, "letter.txt")
    assert view.selection() == chosen


def test_not_duplicates_parts_the_chosen_from_the_rest(view, qtbot, library_path):
    view.table.go_to(row_of(view, "Annual report.md"))
    with qtbot.waitSignal(view.regroup_wanted):
        view.deeds.reject_chosen()
    with open_for_reading(library_path) as library:
        assert len(decisions.rejections(library)) == 1


def test_files_of_the_same_bytes_cannot_be_parted(view, qtbot, library_path):
    view.table.go_to(row_of(view, "letter (1).txt"))
    with qtbot.waitSignal(view.warned) as told:
        view.deeds.reject_chosen()
    assert "same bytes" in told.args[0]
    with open_for_reading(library_path) as library:
        assert decisions.rejections(library) == set()


def test_arrow_keys_close_open_and_walk(view, qtbot):
    view.table.go_to(1)
    press(view, qtbot, Qt.Key.Key_Left)
    assert view.table.current_row() == 0
    before = view.model.rowCount()
    press(view, qtbot, Qt.Key.Key_Left)
    assert view.model.rowCount() < before
    press(view, qtbot, Qt.Key.Key_Right)
    assert view.model.rowCount() == before
    press(view, qtbot, Qt.Key.Key_Right)
    assert view.table.current_row() == 1
    press(view, qtbot, Qt.Key.Key_End)
    assert view.table.current_row() == before - 1
    press(view, qtbot, Qt.Key.Key_X)
    assert view.table.current_row() == before - 1


def test_the_arrow_of_a_group_closes_it(view, qtbot):
    before = view.model.rowCount()
    click(view, qtbot, 0, Column.MARK)
    assert view.model.rowCount() < before
    click(view, qtbot, 0, Column.MARK)
    assert view.model.rowCount() == before


def test_all_groups_are_closed_and_opened(view):
    view.table.go_to(2)
    view.collapse_all()
    assert view.model.rowCount() == 3
    assert view.table.current_row() == 0
    view.expand_all()
    assert view.model.rowCount() == 10


def test_enter_opens_and_control_enter_reveals(view, qtbot):
    row = row_of(view, "letter (1).txt")
    view.table.go_to(row)
    path = view.model.entry(row).path
    with qtbot.waitSignal(view.open_wanted) as opened:
        press(view, qtbot, Qt.Key.Key_Return)
    with qtbot.waitSignal(view.reveal_wanted) as revealed:
        press(view, qtbot, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(view.protect_wanted) as protected:
        view.deeds.protect_folder()
    assert opened.args == revealed.args == [path]
    assert protected.args == [path.parent]


def test_paths_are_copied(view, qtbot):
    rows = sorted((row_of(view, "letter (1).txt"), row_of(view, "letter (2).txt")))
    view.table.choose_rows([(row, row) for row in rows], rows[0])
    press(view, qtbot, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text().split("\n")
    assert set(copied) == {str(view.model.entry(row).path) for row in rows}


def test_the_current_file_is_told_once(view, qtbot):
    told = []
    view.current_changed.connect(told.append)
    row = row_of(view, "letter (1).txt")
    view.table.go_to(row)
    with qtbot.waitSignal(view.decisions_changed):
        press(view, qtbot, Qt.Key.Key_Space)
    with qtbot.waitSignal(view.listed):
        view.reload()
    assert [each.path.name for each in told] == ["letter (1).txt"]
    view.table.go_to(0)
    assert told[-1] is None


def test_headers_sort_and_turn_the_order_round(view, qtbot):
    header = view.table.horizontalHeader()

    def titles_after_click():
        with qtbot.waitSignal(view.listed):
            header.sectionClicked.emit(Column.NAME)
        return [name for name in names(view) if name.startswith("[")]

    up = titles_after_click()
    assert up == sorted(up, key=str.casefold)
    assert view.query().sort is SortKey.NAME
    assert header.isSortIndicatorShown()
    assert titles_after_click() == up[::-1]
    with qtbot.waitSignal(view.listed):
        view.set_query(GroupQuery(words="letter"))
    assert view.query().sort is SortKey.NAME, "the order chosen in the list stays"


def test_filters_and_what_is_said_when_nothing_fits(view, qtbot):
    with qtbot.waitSignal(view.listed) as listed:
        view.set_query(GroupQuery(words="annual"))
    assert listed.args == [1]
    assert all("annual" in name.casefold() for name in names(view))
    view.set_state("Nothing fits this filter", "Other words show more.")
    with qtbot.waitSignal(view.listed):
        view.set_query(GroupQuery(words="no such words", show=Show.IDENTICAL))
    assert view._stack.currentWidget() is view._page
    assert view._page.said() == ("Nothing fits this filter", "Other words show more.")


def test_the_first_groups_are_there_before_all_are(view, qtbot, library_path, monkeypatch):
    monkeypatch.setattr(group_questions, "FIRST_GROUPS", 1)
    thread = LibraryThread(library_path)
    made = GroupsView(thread)
    qtbot.addWidget(made)
    shown = []

    def note():
        shown.append(made.shown_groups())
        made.table.go_to(1)

    made.model.modelReset.connect(note)
    try:
        with qtbot.waitSignal(made.listed) as listed:
            made.reload()
        assert (shown, listed.args) == ([1], [3])
        assert names(made) == names(view)
        assert made.table.chosen_rows() == [(1, 1)], "what was chosen meanwhile stays so"
    finally:
        thread.close()


def test_a_new_reading_keeps_choice_openness_and_place(view, qtbot, library_path):
    view.resize(760, 200)
    headers = [row for row in range(10) if isinstance(view.model.entry(row), GroupRow)]
    gone, closed, _ = (view.model.entry(row) for row in headers)
    view.model.set_open(1, is_open=False)
    last = view.model.rowCount() - 1
    chosen = view.model.entry(last)
    view.table.go_to(last)
    bar = view.table.verticalScrollBar()
    bar.setValue(bar.maximum() - 5)
    top = view.table.visualRect(view.model.index(last, Column.NAME)).top()
    with open_library(library_path) as library:
        library.execute("delete from groups where id = ?", [gone.number])
    with qtbot.waitSignal(view.listed) as listed:
        view.reload()
    assert listed.args == [2]
    assert view.model.entry(0) == closed
    assert not view.model.rows.is_open(0)
    row = view.table.current_row()
    assert view.model.entry(row) == chosen
    assert view.table.chosen_rows() == [(row, row)]
    if bar.maximum():  # else all rows fit
        assert view.table.visualRect(view.model.index(row, Column.NAME)).top() == top


def test_when_the_current_file_is_gone_the_next_takes_its_place(view, qtbot, library_path):
    gone = view.model.entry(0)
    view.table.go_to(1)
    with open_library(library_path) as library:
        library.execute("delete from groups where id = ?", [gone.number])
    with qtbot.waitSignals([view.listed, view.current_changed]):
        view.reload()
    assert view.table.current_row() == 1


def test_selection_gives_file_numbers(view):
    row = row_of(view, "letter (1).txt")
    view.table.go_to(row)
    assert view.selection() == [view.model.entry(row).file]
    view.table.selectAll()
    assert len(view.selection()) == 7
    view.table.go_to(0)
    assert len(view.selection()) == view.model.entry(0).files


def test_the_menus_open_and_act(view, qtbot):
    view.table.go_to(row_of(view, "letter (1).txt"))
    view.table.menu_wanted.emit(QPoint(10, 10))
    menu = next(child for child in view.children() if child.metaObject().className() == "QMenu")
    labels = [action.text() for action in menu.actions()]
    assert "These are not duplicates" in labels
    assert "Protect folder “old”" in labels
    rules = next(action for action in menu.actions() if action.text().startswith("Apply"))
    with qtbot.waitSignal(view.rules_wanted) as wanted:
        rules.trigger()
    assert wanted.args == [view.selection()]
    order = next(action.menu() for action in menu.actions() if action.menu())
    with qtbot.waitSignals([view.listed, view.query_changed]):
        next(action for action in order.actions() if action.text() == "Number of files").trigger()
    assert view.query().sort is SortKey.FILES
    menu.close()


def test_a_million_rows_jump_and_are_all_chosen_lazily(qtbot):
    groups = 100_000
    model, source = make_model([9] * groups)
    table = GroupTable(model)
    qtbot.addWidget(table)
    table.resize(760, 600)
    with qtbot.waitExposed(table):
        table.show()
    table.doItemsLayout()
    bar = table.verticalScrollBar()
    jumps = 20
    for jump in range(jumps):
        bar.setValue(bar.maximum() * jump // jumps)
        table.grab()
    assert 0 < source.file_questions <= 3 * jumps
    assert 0 < source.group_questions <= 3 * jumps
    table.selectAll()
    table.grab()
    assert table.chosen_rows() == [(0, 10 * groups - 1)]
    assert source.file_questions <= 4 * jumps
    model.set_open(5, is_open=False)
    table.go_to(model.rowCount() - 1)
    table.grab()
    assert source.file_questions <= 4 * jumps


def test_a_bookmark_finds_everything_chosen_again(qtbot):
    model, _ = make_model([3] * 50)
    table = GroupTable(model)
    qtbot.addWidget(table)
    table.selectAll()
    bookmark = set_bookmark(table, model)
    model.show(listing_of([3] * 49))
    return_to(bookmark, table, model, stay=True)
    assert table.chosen_rows() == [(0, 4 * 49 - 1)]
