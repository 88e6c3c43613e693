"""The model reads only what is looked at, and is a proper model whatever is opened and closed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from synthetic_groups import ROOT, listing_of, make_file, make_model

from dedupe_app.records import Decision, FileRow, GroupKind, GroupRow, Relation, Role
from dedupe_app.ui.group_model import Column, Openness
from dedupe_app.ui.group_pages import KEPT_FILES, PAGE_FILES

MODE = QAbstractItemModelTester.FailureReportingMode.Warning


@pytest.fixture
def watched(qapp, qtlog):
    """Make a model that is watched for breaking the rules of models until the test ends."""
    made = []

    def make(sizes):
        model, source = make_model(sizes)
        made.append(QAbstractItemModelTester(model, MODE))
        return model, source

    yield make
    assert [record.message for record in qtlog.records] == []


def texts(model, row):
    return [model.data(model.index(row, column)) for column in Column]


def test_headers_and_files_in_order(watched):
    model, _ = watched([2, 3])
    assert model.rowCount() == 7
    kinds = [type(model.entry(row)) for row in range(7)]
    assert kinds == [GroupRow, FileRow, FileRow, GroupRow, FileRow, FileRow, FileRow]
    header = texts(model, 0)
    assert header[Column.NAME] == "Letter 1 (0)"
    assert "2 file" in header[Column.FOLDER]
    assert "2" in header[Column.FOLDER].split("could free")[1]
    assert header[Column.SIMILAR] == "100\u00a0%"
    assert texts(model, 2) == [
        "marked to remove",
        "Letter 1 (1).odt",
        "Contracts/1",
        "2\u00a0KB",
        "2023-11-14",
        "100\u00a0%",
    ]
    assert texts(model, 1)[Column.SIMILAR] == "—"


def test_a_mark_that_comes_from_another_group_says_which(watched):
    model, source = watched([3, 2])
    source.kinds[1] = GroupKind.TEMPLATE
    there = {"decision": Decision.REMOVE}
    for each in (
        make_file(1, 0, **there),
        make_file(1, 1, relation=Relation.SAME_TEXT, **there),
        make_file(1, 2, relation=Relation.SAME_TEMPLATE, decided=True, **there),
    ):
        source.changed[each.file] = each
    model.refresh()
    named = "“Letter 2 (0)” (Same text)"
    for row in (1, 2):
        for column in (Column.MARK, Column.NAME):
            tip = model.data(model.index(row, column), Qt.ItemDataRole.ToolTipRole)
            assert "Marked to remove by rule." in tip
            assert f"It was marked in another group, {named}" in tip
        spoken = model.data(model.index(row, Column.NAME), Qt.ItemDataRole.AccessibleTextRole)
        assert f"marked in the group {named}" in spoken
    own = model.data(model.index(3, Column.NAME), Qt.ItemDataRole.ToolTipRole)
    assert "Marked to remove by you." in own
    assert "another group" not in own
    assert source.markings_asked == 2
    here = model.data(model.index(6, Column.NAME), Qt.ItemDataRole.ToolTipRole)
    assert "another group" not in here


def test_opening_and_closing(watched):
    model, _ = watched([2, 3, 2])
    removed, inserted = [], []
    model.rowsRemoved.connect(lambda _, first, last: removed.append((first, last)))
    model.rowsInserted.connect(lambda _, first, last: inserted.append((first, last)))
    model.set_open(1, is_open=False)
    model.set_open(1, is_open=False)
    assert removed == [(4, 6)]
    assert model.entry(4).number == 3
    assert model.openness == Openness(usual=True, others=frozenset({2}))
    model.set_open(1, is_open=True)
    assert inserted == [(4, 6)]
    assert model.openness == Openness()
    model.set_all_open(is_open=False)
    assert model.rowCount() == 3
    model.set_open(0, is_open=True)
    assert [type(model.entry(row)) for row in range(5)].count(FileRow) == 2


def test_what_is_open_stays_open_in_the_next_listing(watched):
    model, _ = watched([2, 3, 2])
    model.set_open(1, is_open=False)
    assert model.show(listing_of([2, 3], [3, 2]))
    assert [model.rows.is_open(position) for position in range(2)] == [True, False]


def test_what_follows_the_first_groups_is_added_below_them(watched):
    model, _ = watched([2, 3, 4])
    assert model.show(listing_of([2, 3]))
    resets, inserted = [], []
    model.modelReset.connect(lambda: resets.append(True))
    model.rowsInserted.connect(lambda _, first, last: inserted.append((first, last)))
    model.set_open(0, is_open=False)
    assert not model.show(listing_of([2, 3, 4]))
    assert (resets, inserted) == ([], [(5, 9)])
    assert not model.rows.is_open(0)
    assert model.rowCount() == 10
    assert model.entry(9).group == 3
    assert model.show(listing_of([2, 4, 4])), "another size is another list"


def test_the_same_groups_are_read_anew_without_moving_a_row(watched):
    model, source = watched([2, 2])
    assert model.entry(2).decision is Decision.REMOVE
    source.changed[100_001] = make_file(1, 1, decision=Decision.UNDECIDED)
    assert not model.show(listing_of([2, 2]))
    assert model.entry(2).decision is Decision.UNDECIDED


def test_a_million_rows_are_read_page_by_page(watched):
    groups = 100_000
    model, source = make_model([9] * groups)
    assert model.rowCount() == 1_000_000
    assert source.file_questions == source.group_questions == 0
    jumps = range(0, 1_000_000, 25_000)
    for row in jumps:
        for shown in range(row, row + 40):
            for column in Column:
                model.data(model.index(shown, column))
    assert source.file_questions <= 2 * len(jumps)
    assert source.group_questions <= 2 * len(jumps)
    assert source.files_given <= 2 * len(jumps) * PAGE_FILES
    before = source.file_questions
    model.set_open(groups // 2, is_open=False)
    assert model.rowCount() == 1_000_000 - 9
    assert source.file_questions == before, "closing a group reads nothing"


def test_a_huge_group_is_read_in_pieces(watched):
    model, source = make_model([2, 50_000, 2])
    assert model.entry(30_004).file == 2 * 100_000 + 30_000
    assert source.files_given <= PAGE_FILES
    assert model.line_of(1, 2 * 100_000 + 30_000, 30_010) == 30_001
    for row in range(0, 50_000, 100):
        model.entry(row)
    assert sum(1 for _ in model.rows.stretches(0, model.rowCount() - 1)) == 3
    assert source.files_given <= 50_000 + KEPT_FILES


def test_scrolling_up_reads_pages_too(watched):
    model, source = make_model([4] * 1000)
    for row in reversed(range(model.rowCount())):
        model.entry(row)
    assert source.file_questions <= 4000 // PAGE_FILES + 3


def test_groups_that_are_gone_are_shown_as_waiting(qapp):
    model, source = make_model([2, 2])
    source.sizes.clear()
    assert model.entry(0) is None
    assert texts(model, 1) == ["", "…", "", "", "", ""]
    assert model.data(model.index(1, 1), Qt.ItemDataRole.ToolTipRole) is None


def test_a_decision_shows_at_once_wherever_the_file_is(watched, qtbot):
    model, _ = watched([3, 3])
    for row in range(model.rowCount()):
        model.entry(row)
    with qtbot.waitSignal(model.dataChanged):
        model.redecide({100_001}, Decision.KEEP)
    assert model.entry(2).decision is Decision.KEEP
    assert model.entry(2).decided
    assert model.entry(3).decision is Decision.REMOVE


def test_sentences_for_screen_readers(watched):
    model, source = watched([4])
    source.changed[100_002] = make_file(
        1, 2, role=Role.PROTECTED, decision=Decision.KEEP, offline=True
    )
    role = Qt.ItemDataRole.AccessibleTextRole
    said = [model.data(model.index(row, Column.NAME), role) for row in range(5)]
    assert said[0].startswith("Group Letter 1 (0), Same text, 4 file")
    assert said[0].endswith("100\u00a0% similar, expanded")
    assert said[1] == "Letter 1 (0).odt, the file to keep, kept, 1\u00a0KB, in Contracts/1"
    assert said[2] == (
        "Letter 1 (1).odt, copy, marked to remove, same text as Letter 1 (0).odt, "
        "100\u00a0% similar, 2\u00a0KB, in Contracts/1"
    )
    assert "copy in a protected folder, offline" in said[3]
    assert model.data(model.index(2, Column.MARK), role) == "marked to remove"
    model.set_open(0, is_open=False)
    assert model.data(model.index(0, Column.NAME), role).endswith("collapsed")


def test_tips_give_the_whole_path_and_the_reason(watched):
    model, source = watched([2])
    source.changed[100_001] = make_file(1, 1, decided=True)
    tip = model.data(model.index(2, Column.FOLDER), Qt.ItemDataRole.ToolTipRole)
    assert tip.splitlines() == [
        "/home/ada/Contracts/1/Letter 1 (1).odt",
        "Marked to remove by you.",
        "The same words.",
    ]


def test_a_name_that_looks_like_markup_is_shown_as_it_is(watched):
    model, source = watched([2])
    source.changed[100_001] = make_file(1, 1, path=ROOT / "<img src=x> & co.odt")
    tip = model.data(model.index(2, Column.NAME), Qt.ItemDataRole.ToolTipRole)
    assert "&lt;img src=x&gt; &amp; co.odt<br>" in tip


def test_columns_have_names_also_for_those_who_cannot_see(watched):
    model, _ = watched([2])
    horizontal = Qt.Orientation.Horizontal
    shown = [model.headerData(column, horizontal) for column in Column]
    assert shown == ["", "Name", "Folder", "Size", "Modified", "Similar"]
    said = model.headerData(0, horizontal, Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Decision"
