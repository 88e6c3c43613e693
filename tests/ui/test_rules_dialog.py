"""The dialog of keep rules: order by mouse and keys, a preview, and marks that are written."""

from __future__ import annotations

import itertools
from pathlib import Path

import marked
import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QPushButton

from dedupe_app.engine.messages import WINDOW_SCOPE
from dedupe_app.records import Decision, GroupQuery, Relation, Show
from dedupe_app.review.rules import DEFAULT_ORDER, KeepRule
from dedupe_app.store import browse, decisions
from dedupe_app.store.database import open_library
from dedupe_app.ui.library import LibraryThread
from dedupe_app.ui.rules_dialog import RulesDialog
from dedupe_app.ui.rules_list import RulesList, rule_text

SAME = {"new.txt": b"same", "old (1).txt": b"same", "deep/one.txt": b"same"}


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
def make(qtbot, thread):
    def build(*args, **options):
        shown = RulesDialog(thread, *args, **options)
        qtbot.addWidget(shown)
        shown.show()
        qtbot.waitUntil(lambda: shown._preview.said() != "")
        return shown

    return build


def decided(place):
    """Return what was decided, by name."""
    with open_library(place / "library.sqlite") as library:
        return {each.path.name: each.decision for each in decisions.decisions(library)}


def kept_now(place):
    """Return the names of the files that are not marked."""
    with open_library(place / "library.sqlite") as library:
        [number] = browse.group_list(library, WINDOW_SCOPE, GroupQuery())[0]
        rows = browse.file_rows(library, [number])[number]
        return [row.path.name for row in rows if row.decision is not Decision.REMOVE]


def prefer(shown, rule):
    """Put one rule before all others."""
    rules = shown._rules
    row = next(row for row in range(rules.count()) if rules.item(row).text() == rule_text(rule))
    rules.item(row).setCheckState(Qt.CheckState.Checked)
    rules.setCurrentRow(row)
    for _ in range(row):
        rules.move_up()


def test_built_in_order_changes_nothing(make):
    shown = make()
    assert shown.rules().order == DEFAULT_ORDER
    assert shown.rules().relations == {Relation.IDENTICAL, Relation.SAME_TEXT}
    assert "Nothing changes" in shown._preview.said()
    assert not shown._apply.isEnabled()


def test_nothing_lies_upon_anything_else(make):
    shown = make()
    parts = [shown._rules, shown._where, shown._overrule, shown._preview, shown._apply]
    spans = [(each.mapTo(shown, each.rect().topLeft()).y(), each.height()) for each in parts]
    assert all(top + height <= below for (top, height), (below, _) in itertools.pairwise(spans))
    button = next(each for each in shown.findChildren(QPushButton) if each.text() == "Up")
    assert button.y() >= shown._rules.geometry().bottom()
    assert shown._apply.mapTo(shown, shown._apply.rect().bottomLeft()).y() < shown.height()


def test_another_order_is_previewed_then_written_and_remembered(qtbot, make, place):
    shown = make()
    prefer(shown, KeepRule.PLAIN_NAME)
    shown._rules.add_folder(place / "docs" / "deep")
    qtbot.waitUntil(lambda: "would be marked" in shown._preview.said())
    chosen = []
    shown.order_chosen.connect(chosen.append)
    with qtbot.waitSignal(shown.applied):
        qtbot.mouseClick(shown._apply, Qt.MouseButton.LeftButton)
    [names] = chosen
    assert names[:2] == (f"folder:{place / 'docs' / 'deep'}", "plain-name")
    assert kept_now(place) == ["one.txt"]
    assert not shown.isVisible()


def test_the_list_names_the_file_that_stays(qtbot, make, place):
    shown = make()
    shown._rules.add_folder(place / "docs" / "deep")
    qtbot.waitUntil(lambda: "would be marked" in shown._preview.said())
    for row in shown._verdict.remove:
        assert shown._removal_text(row).endswith(str(Path("deep", "one.txt")))


def test_own_decisions_stand_until_overruled(qtbot, make, place):
    with open_library(place / "library.sqlite") as library:
        numbers = marked.file_numbers(library)
        decisions.decide(library, [numbers["old (1).txt"]], Decision.KEEP)
    shown = make()
    shown._rules.add_folder(place / "docs" / "deep")
    qtbot.waitUntil(lambda: shown._verdict.spared == 0 and not shown._calm.isActive())
    assert "old (1).txt" not in [row.path.name for row in shown._verdict.remove]
    shown._overrule.setChecked(True)
    qtbot.waitUntil(lambda: "old (1).txt" in [row.path.name for row in shown._verdict.remove])


def test_rules_can_be_applied_to_chosen_files_only(qtbot, make, place):
    with open_library(place / "library.sqlite") as library:
        numbers = marked.file_numbers(library)
    shown = make([numbers["new.txt"]], query=GroupQuery(show=Show.IDENTICAL))
    assert [shown._where.itemData(row) for row in range(3)] == ["files", "shown", "all"]
    shown._rules.add_folder(place / "docs" / "deep")
    qtbot.waitUntil(lambda: not shown._calm.isActive() and bool(shown._verdict.keep))
    assert {row.path.name for row in shown._verdict.remove} <= {"new.txt"}


def test_rules_move_with_keys_and_by_dragging(qtbot):
    rules = RulesList(DEFAULT_ORDER)
    qtbot.addWidget(rules)
    rules.show()
    with qtbot.waitSignal(rules.changed):
        qtbot.keyClick(rules, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert rules.order()[:2] == (KeepRule.LONGEST, KeepRule.NEWEST)
    assert rules.currentRow() == 1
    with qtbot.waitSignal(rules.changed):
        moved = rules.model().moveRow(QModelIndex(), 0, QModelIndex(), 2)
    assert moved
    assert rules.order()[:2] == (KeepRule.NEWEST, KeepRule.LONGEST)
    qtbot.keyClick(rules, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(rules, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)


def test_rule_is_left_out_with_the_space_bar(qtbot):
    rules = RulesList(DEFAULT_ORDER)
    qtbot.addWidget(rules)
    rules.show()
    rules.setCurrentRow(0)
    qtbot.keyClick(rules, Qt.Key.Key_Space)
    assert KeepRule.NEWEST not in rules.order()


def test_folder_rules_come_first_once_and_can_be_dropped(qtbot):
    rules = RulesList((Path("/docs"), *DEFAULT_ORDER))
    qtbot.addWidget(rules)
    rules.add_folder(Path("/docs"))
    rules.add_folder(Path("/other"))
    assert rules.order()[:3] == (Path("/other"), Path("/docs"), KeepRule.NEWEST)
    rules.setCurrentRow(0)
    qtbot.keyClick(rules, Qt.Key.Key_Delete)
    assert rules.order()[0] == Path("/docs")
    rules.setCurrentRow(1)
    qtbot.keyClick(rules, Qt.Key.Key_Delete)
    assert KeepRule.NEWEST in rules.order()


def test_every_control_has_a_name(make):
    shown = make()
    for each in (*shown.findChildren(QPushButton), shown._where, shown._rules):
        name = each.accessibleName() or getattr(each, "text", str)()
        assert name or not each.isVisible()


def test_no_word_is_cut_off_in_large_letters(make, qtbot):
    dialog = make()
    dialog.setStyleSheet("QCheckBox { font-size: 30px }")
    dialog.layout().activate()
    dialog._make_room()
    boxes = dialog._relations.values()
    qtbot.waitUntil(lambda: all(box.width() >= box.sizeHint().width() for box in boxes))
