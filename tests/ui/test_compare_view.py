"""The side-by-side view: folds, selecting and copying, narrow widths, and texts far larger than the window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from dedupe_app.review.differences import alone, compare, side_by_side
from dedupe_app.ui import difference_sheet
from dedupe_app.ui.difference_items import make_items
from dedupe_app.ui.difference_view import DifferenceView

LINES = [f"Line number {n} of the agreement.\n" for n in range(80)]
LEFT = "".join(LINES)
RIGHT = LEFT.replace("number 30 ", "number 31 ").replace("number 50 ", "figure 50 ")


@pytest.fixture
def view(qtbot):
    view = DifferenceView()
    qtbot.addWidget(view)
    view.resize(600, 500)
    view.show()
    qtbot.waitExposed(view)
    return view


def shown(view):
    """Return the texts of the parts in sight, left and right, from the top."""
    found = []
    for item, _ in view._sheet.in_sight(view.verticalScrollBar().value(), view.viewport().height()):
        if view._sheet.items[item].folded:
            found.append("fold")
        else:
            found += [part.laid.text for part in view._sheet.placed(item).parts]
    return found


def place_of(view, words, side=0):
    """Return a point of the viewport at the beginning of some words."""
    for item, y in view._sheet.in_sight(view.verticalScrollBar().value(), view.viewport().height()):
        if view._sheet.items[item].folded:
            continue
        for part in view._sheet.placed(item).parts:
            if part.side == side and words in part.laid.text:
                cursor = part.laid.cursor(part.laid.start + part.laid.text.index(words))
                line = part.laid.layout.lineForTextPosition(cursor)
                x = line.cursorToX(cursor)
                x = x[0] if isinstance(x, tuple) else x
                return QPoint(round(part.x + 18 + x + 1), round(y + part.top + line.y() + 5))
    raise AssertionError(words)


def test_what_is_alike_is_folded_around_the_changes(view):
    view.show_differences(compare(LEFT, RIGHT), ("a", "b"))
    assert view.folds() == 3
    assert shown(view)[0] == "fold"
    view.go_to(0)
    assert any("number 30" in text for text in shown(view))


def test_a_click_opens_a_fold(view):
    view.show_differences(compare(LEFT, RIGHT), ("a", "b"))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(60, 10))
    assert view.folds() == 2
    assert "Line number 0 " in shown(view)[0]


def test_enter_opens_the_first_fold_in_sight(view):
    view.show_differences(compare(LEFT, RIGHT), ("a", "b"))
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert view.folds() == 2
    view.open_all()
    assert view.folds() == 0


def test_going_to_a_change_brings_it_into_sight(view):
    long = "".join(f"Line number {n} of a long text.\n" for n in range(3000))
    changed = long.replace("number 1500 ", "number 0 ").replace("number 2900 ", "number 1 ")
    view.show_differences(compare(long, changed), ("a", "b"))
    view.open_all()
    for change, words in ((1, "number 2900 "), (0, "number 1500 ")):
        view.go_to(change)
        assert any(words in text for text in shown(view))


def test_a_text_without_changes_is_not_folded(view):
    view.show_differences(compare(LEFT, LEFT), ("a", "b"))
    assert view.folds() == 0


def test_text_is_selected_with_the_mouse_and_copied(view):
    view.show_differences(compare(LEFT, RIGHT), ("a", "b"))
    view.go_to(0)
    start = place_of(view, "30 of", side=0)
    end = start + QPoint(round(len("30 of the ") * view._script.character), 0)
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(view.viewport(), end)
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=end)
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert view.selected_text() == "30 of the "
    assert QGuiApplication.clipboard().text() == view.selected_text()


def test_a_double_click_selects_a_word_on_the_right(view):
    view.show_differences(compare(LEFT, RIGHT), ("a", "b"))
    view.go_to(1)
    place = place_of(view, "figure", side=1) + QPoint(10, 0)
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert view.selected_text() == "figure"


def test_everything_can_be_selected(view):
    view.show_differences(compare(LEFT, RIGHT), ("a", "b"))
    QTest.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert view.selected_text() == LEFT


def test_places_agree_after_characters_beyond_the_first_plane(view):
    view.show_alone(alone("\U0001f600\U0001f600 word and more\n"))
    place = place_of(view, "word") + QPoint(10, 0)
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert view.selected_text() == "word"


def test_a_narrow_view_shows_one_side_below_the_other(view):
    view.show_differences(compare(LEFT, RIGHT), ("a", "b"))
    view.go_to(0)
    wide = {part.x for item in range(len(view._sheet.items)) if not view._sheet.items[item].folded
            for part in view._sheet.placed(item).parts}  # fmt: skip
    assert len(wide) == 2
    view.resize(330, 500)
    changed = next(n for n, item in enumerate(view._sheet.items) if not item.folded
                   and len(view._sheet.placed(n).parts) == 2)  # fmt: skip
    parts = view._sheet.placed(changed).parts
    assert {part.x for part in parts} == {0}
    assert parts[1].top >= parts[0].laid.height


def test_control_characters_are_made_visible(view):
    view.show_alone(alone("a\x00b\x1bc\u202ed\n"))
    assert shown(view) == ["a\u2400b\u241bc\ufffdd"]


def test_only_what_is_in_sight_is_laid_out(view, monkeypatch):
    placed = []
    place_row = difference_sheet.place_row

    def counted(*arguments):
        placed.append(arguments)
        return place_row(*arguments)

    monkeypatch.setattr(difference_sheet, "place_row", counted)
    text = "".join(
        f"Line number {n} of a very long text that is read by nobody.\n" for n in range(35_000)
    )
    view.show_alone(alone(text))
    assert len(placed) < 30
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum() // 2)
    view.grab()
    assert len(placed) < 80


def test_the_end_can_be_reached(view):
    text = "".join(f"{'word ' * (n % 40)}{n}\n" for n in range(3000))
    view.show_alone(alone(text))
    QTest.keyClick(view, Qt.Key.Key_End)
    assert shown(view)[-1].endswith("2999")
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert shown(view)[0].startswith("0")


def test_another_width_keeps_what_stands_at_the_top(view):
    text = "".join(
        f"Line number {n} of a text that must be wrapped when it is narrow.\n" for n in range(2000)
    )
    view.show_alone(alone(text))
    view.verticalScrollBar().setValue(9000)
    top = shown(view)[0]
    view.resize(350, 500)
    assert shown(view)[0] == top


@pytest.mark.parametrize("width", [330, 600])
def test_everything_can_be_painted(view, width):
    left = (
        "alike\n" * 3
        + "Moved along: one two three four five six.\n"
        + "b c d\n"
        + "x y z \u5982\u4f55\n"
    )
    right = (
        "alike\n" * 3
        + "b c e\n"
        + "Moved along: one two three four five six.\n"
        + "\u5982 x, y Z\nnew line\n"
    )
    view.resize(width, 500)
    found = compare(left, right)
    view.show_differences(found, ("left", "right"))
    for change in range(len(found.changes)):
        view.go_to(change)
        assert not view.grab().isNull()
    view.show_differences(side_by_side("Pay 3.\n", "Zahle 4.\n"), ("left", "right"))
    assert not view.grab().isNull()


def test_folds_keep_context_around_each_change():
    found = compare(LEFT, RIGHT)
    rows = [found.rows[item.first] for item in make_items(found, ()) if not item.folded]
    text = "".join(LEFT[slice(*row.left)] for row in rows)
    assert "number 29 " in text
    assert "number 32 " in text


def test_a_paragraph_wrapped_in_another_way_flows(view):
    left = "The Client shall pay the Supplier the fees set out in Schedule 2.\n"
    right = "The Client shall pay\nthe Supplier the fees\nset out in Schedule 3.\n"
    view.show_differences(compare(left, right), ("left", "right"))
    assert shown(view) == [left.strip(), right.strip().replace("\n", " ")]


def test_lines_of_their_own_stay_lines(view):
    left = "one 1\ntwo 2\nthree 3\n"
    view.show_differences(compare(left, left.replace("2", "5")), ("left", "right"))
    assert shown(view) == ["one 1", "one 1", "two 2", "two 5", "three 3", "three 3"]
