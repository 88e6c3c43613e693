"""The widths of columns: names can be read in a narrow window, and what the user set is kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from synthetic_groups import make_model

from dedupe_app.records import SkipReason, UnreadRow
from dedupe_app.ui.group_model import Column
from dedupe_app.ui.group_table import GroupTable
from dedupe_app.ui.unread_model import UnreadColumn, UnreadModel
from dedupe_app.ui.unread_table import UnreadTable


@pytest.fixture
def table(qtbot):
    model, _ = make_model([3, 2])
    made = GroupTable(model)
    model.setParent(made)
    qtbot.addWidget(made)
    made.resize(900, 300)
    made.show()
    QApplication.processEvents()
    return made


def letters(table, count):
    return count * table.fontMetrics().averageCharWidth()


def drag(table, column, by):
    """Drag the right end of a column, as the mouse does."""
    header = table.horizontalHeader()
    end = header.sectionViewportPosition(column) + header.sectionSize(column) - 1
    place = QPoint(end, header.height() // 2)
    QTest.mousePress(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseMove(header.viewport(), place + QPoint(by, 0))
    QTest.mouseRelease(header.viewport(), Qt.MouseButton.LeftButton, pos=place + QPoint(by, 0))


@pytest.mark.parametrize("width", [420, 480, 560, 700, 900, 1600, 3000])
def test_names_can_be_read_at_any_width(table, width):
    table.resize(width, 300)
    QApplication.processEvents()
    assert table.columnWidth(Column.NAME) >= min(letters(table, 26), width * 0.4)
    assert not table.isColumnHidden(Column.SIMILAR)
    assert not table.isColumnHidden(Column.FOLDER)


def test_the_date_goes_before_the_size_and_comes_back(table):
    hidden = []
    for width in (900, 560, 420, 900):
        table.resize(width, 300)
        QApplication.processEvents()
        hidden.append([each for each in Column if table.isColumnHidden(each)])
    assert hidden[0] == hidden[-1] == []
    assert Column.MODIFIED in hidden[2]
    assert all(Column.MODIFIED in each for each in hidden if Column.SIZE in each)


def test_what_the_user_set_stays(table):
    assert table.columns.own() == ()
    before = table.columnWidth(Column.FOLDER)
    drag(table, Column.FOLDER, 40)
    assert table.columnWidth(Column.FOLDER) == before + 40
    table.resize(1000, 300)
    QApplication.processEvents()
    assert table.columnWidth(Column.FOLDER) == before + 40
    assert table.columns.own()[Column.FOLDER] == before + 40


def test_what_was_set_once_is_set_again(table):
    table.columns.restore((0, 0, 177, 0, 0, 99))
    assert (table.columnWidth(Column.FOLDER), table.columnWidth(Column.SIMILAR)) == (177, 99)
    assert table.columns.own() == (0, 0, 177, 0, 0, 99)


@pytest.mark.parametrize("width", [420, 525, 800])
def test_reasons_can_be_read_at_any_width(qtbot, width):
    model = UnreadModel()
    table = UnreadTable(model)
    qtbot.addWidget(table)
    model.show(
        [UnreadRow(1, Path("/a/b/c.pdf"), 9, SkipReason.DAMAGED, "Damaged: it has no pages.")], ()
    )
    table.resize(width, 300)
    table.show()
    QApplication.processEvents()
    assert table.columnWidth(UnreadColumn.WHY) >= width * 0.25
    assert table.columnWidth(UnreadColumn.NAME) >= width * 0.25
