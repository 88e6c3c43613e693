"""The list of what could not be read: why, and what can be done about it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from dedupe_app.engine.messages import WINDOW_SCOPE
from dedupe_app.engine.pipeline import scan
from dedupe_app.engine.scan_messages import ScanOptions
from dedupe_app.records import SkipReason, UnreadRow
from dedupe_app.store.database import open_library
from dedupe_app.store.folders import add_folders
from dedupe_app.ui.library import LibraryThread
from dedupe_app.ui.unread_model import (
    UnreadColumn,
    UnreadModel,
    deed_text,
    more_seconds,
    why_text,
)
from dedupe_app.ui.unread_view import UnreadView

ROOT = Path("/home/ada/Archive")


def unread_row(file, reason, detail="", name="deed.pdf"):
    return UnreadRow(file, ROOT / "1998" / name, 1234, reason, detail)


ROWS = (
    unread_row(1, SkipReason.NO_TEXT, "Scanned pages without text. Install Tesseract.", "deed.pdf"),
    unread_row(2, SkipReason.TIMED_OUT, "Took longer than 60 s.", "export.html"),
    unread_row(3, SkipReason.ENCRYPTED, "Protected by a password.", "merger.xlsx"),
    unread_row(4, SkipReason.NOT_PERMITTED, "You do not have permission to read it.", "board.pdf"),
)


@pytest.fixture
def model(qapp, qtlog):
    made = UnreadModel()
    mode = QAbstractItemModelTester.FailureReportingMode.Warning
    made.tester = QAbstractItemModelTester(made, mode)
    made.show(ROWS, (ROOT,))
    yield made
    assert [record.message for record in qtlog.records] == []


@pytest.fixture
def library_path(tmp_path, plant):
    root = plant(tmp_path / "Archive", {"empty.txt": "", "old/broken.docx": b"PK\x03\x04 nothing"})
    path = tmp_path / "library.sqlite"
    with open_library(path) as library:
        for _ in scan(library, ScanOptions((root,), name=WINDOW_SCOPE, processes=1)):
            pass
        add_folders(library, [root])
    return path


@pytest.fixture
def view(library_path, qtbot):
    thread = LibraryThread(library_path)
    made = UnreadView(thread)
    qtbot.addWidget(made)
    made.resize(760, 400)
    made.show()
    yield made
    thread.close()


def fill(view, rows=ROWS):
    view._show((rows, (ROOT,)))


def test_every_reason_is_said_in_words(qapp):
    for reason in SkipReason:
        assert why_text(unread_row(1, reason)).endswith(".")
        assert "Details." in why_text(unread_row(1, reason, "Details."))
    assert why_text(ROWS[3]) == "Not permitted. You do not have permission to read it."
    assert why_text(ROWS[1]) == "Took longer than 60 s."


def test_cells_and_sentences(model):
    cells = [model.data(model.index(0, column)) for column in UnreadColumn]
    assert cells == [
        "deed.pdf",
        "Archive/1998",
        "Scanned pages without text. Install Tesseract.",
        "Read again",
    ]
    said = model.data(model.index(1, UnreadColumn.NAME), Qt.ItemDataRole.AccessibleTextRole)
    assert said == "export.html, in Archive/1998, Took longer than 60 s, Give it more time"
    assert model.data(model.index(2, UnreadColumn.DEED)) == ""
    tip = model.data(model.index(2, UnreadColumn.WHY), Qt.ItemDataRole.ToolTipRole)
    assert tip.startswith("/home/ada/Archive/1998/merger.xlsx")


@pytest.mark.parametrize(
    ("detail", "seconds"),
    [
        ("Took longer than 60 s.", 300.0),
        ("Took longer than 300 s.", 1500.0),
        ("Took longer than 1e+06 s.", 5e6),
        ("", 300.0),
    ],
)
def test_more_time_is_several_times_what_it_had(detail, seconds):
    assert more_seconds(unread_row(1, SkipReason.TIMED_OUT, detail)) == seconds
    assert more_seconds(unread_row(1, SkipReason.NO_TEXT, detail)) is None


def test_the_unread_files_of_a_real_library_are_listed(view, qtbot):
    view.reload()
    qtbot.waitUntil(lambda: view.model.rowCount() == 2)
    listed = [view.model.data(view.model.index(row, UnreadColumn.NAME)) for row in range(2)]
    assert listed == ["empty.txt", "broken.docx"]
    assert "2 file" in view._title.text()
    folder = view.model.data(view.model.index(1, UnreadColumn.FOLDER))
    assert folder == "Archive/old"


def test_nothing_unread_is_said(view, qtbot):
    fill(view, ())
    assert view._page.isVisible()
    fill(view)
    assert view.table.isVisible()


def test_the_button_of_a_row_asks_for_its_file(view, qtbot):
    fill(view)
    index = view.model.index(1, UnreadColumn.DEED)
    rect = view.table.button_rect(view.table.visualRect(index), deed_text(ROWS[1]))
    with qtbot.waitSignal(view.read_again_wanted) as wanted:
        qtbot.mouseClick(view.table.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert wanted.args == [[2], 300.0]
    no_button = view.table.visualRect(view.model.index(2, UnreadColumn.DEED)).center()
    with qtbot.assertNotEmitted(view.read_again_wanted):
        qtbot.mouseClick(view.table.viewport(), Qt.MouseButton.LeftButton, pos=no_button)


def test_several_are_read_again_together(view, qtbot):
    fill(view)
    view.table.choose_rows([0, 2])
    assert "2" in view._again.text()
    with qtbot.waitSignal(view.read_again_wanted) as wanted:
        qtbot.keyClick(view.table, Qt.Key.Key_Space)
    assert wanted.args == [[1, 3], None]
    view.table.choose_rows([0, 1])
    with qtbot.waitSignal(view.read_again_wanted) as wanted:
        view._again.click()
    assert wanted.args == [[1, 2], 300.0]


def test_without_a_choice_all_are_read_again_where_it_may_help(view, qtbot):
    fill(view)
    assert view._again.text() == "Read all again"
    with qtbot.waitSignal(view.read_again_wanted) as wanted:
        view._again.click()
    assert wanted.args == [[1, 2, 4], 300.0]


def test_open_reveal_and_the_whole_reason(view, qtbot):
    fill(view)
    view.table.choose_rows([3])
    assert "Not permitted." in view._why.text()
    with qtbot.waitSignal(view.open_wanted) as opened:
        qtbot.keyClick(view.table, Qt.Key.Key_Return)
    with qtbot.waitSignal(view.reveal_wanted) as revealed:
        qtbot.keyClick(view.table, Qt.Key.Key_Enter, Qt.KeyboardModifier.ControlModifier)
    assert opened.args == revealed.args == [ROWS[3].path]


def test_what_is_chosen_stays_chosen(view, qtbot):
    fill(view)
    view.table.choose_rows([2])
    fill(view, ROWS[1:])
    assert view.table.chosen_rows() == [1]
    assert view._current_path() == ROWS[2].path
