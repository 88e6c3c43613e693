"""The map in the window: what people see, point at and choose, with mouse and keys, and what follows."""

from __future__ import annotations

import random
import shutil

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester

from dedupe_app.engine import mapping
from dedupe_app.engine.messages import WINDOW_SCOPE, MakeMap
from dedupe_app.engine.pipeline import scan
from dedupe_app.engine.scan_messages import ScanOptions
from dedupe_app.records import Decision, GroupQuery, Relation
from dedupe_app.store import browse
from dedupe_app.store.database import open_for_reading, open_library
from dedupe_app.store.folders import add_folders
from dedupe_app.ui.library import LibraryThread
from dedupe_app.ui.map_colours import ColourBy
from dedupe_app.ui.map_menu import map_menu
from dedupe_app.ui.map_table import Column
from dedupe_app.ui.map_view import MapView
from dedupe_app.ui.shortcuts import add_shortcut

SUBJECTS = {
    "Tides": "tide mill water wheel sluice pond flour miller corn stone harbour ebb flood gate",
    "Bees": "bee hive honey queen swarm comb wax smoke nectar drone keeper clover meadow sting",
}


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    place = tmp_path_factory.mktemp("map")
    for subject, words in SUBJECTS.items():
        folder = place / "tree" / subject
        folder.mkdir(parents=True)
        for number in range(30):
            said = random.Random(f"{subject} {number}").choices(words.split(), k=80)
            (folder / f"{subject.lower()} {number}.txt").write_text(" ".join(said))
    text = (place / "tree/Bees/bees 1.txt").read_text()
    (place / "tree/Bees/bees 1 copy.txt").write_text(text)
    options = ScanOptions((place / "tree",), name=WINDOW_SCOPE, processes=1)
    with open_library(place / "library.sqlite") as library:
        add_folders(library, [place / "tree"])
        for _ in scan(library, options):
            pass
    shutil.copy(place / "library.sqlite", place / "undrawn.sqlite")
    with open_library(place / "library.sqlite") as library:
        for _ in mapping.make_map(library, options):
            pass
    return place


@pytest.fixture
def library_path(base, tmp_path):
    return shutil.copy(base / "library.sqlite", tmp_path / "library.sqlite")


@pytest.fixture
def said():
    return []


@pytest.fixture
def view(qtbot, library_path, said):
    library = LibraryThread(library_path)
    shown = MapView(library, said.append)
    qtbot.addWidget(shown)
    shown.resize(700, 600)
    shown.show()
    qtbot.waitUntil(lambda: shown.canvas.scene is not None)
    yield shown
    library.close()


def place_of(view, row):
    x, y = float(view.canvas.scene.x[row]), float(view.canvas.scene.y[row])
    return QPoint(*(round(value) for value in view.canvas.camera.to_screen(x, y)))


def lonely(view):
    """Return a row at whose pixel nothing else is."""
    scene, camera = view.canvas.scene, view.canvas.camera
    for row in range(len(scene)):
        other = scene.neighbours(row, 1)[0]
        apart = np.hypot(scene.x[row] - scene.x[other], scene.y[row] - scene.y[other])
        if apart * camera.scale > 4 and view.childAt(place_of(view, row)) is view.canvas:
            return row
    raise AssertionError("all dots overlap")


def twins(view):
    return np.flatnonzero(view.canvas.scene.data.relations > 0)


def test_shows_every_file(view, said):
    assert len(view.canvas.scene) == 61
    assert "61" in view.canvas.hint
    assert said == []  # there is a map already


def test_colours_are_painted(view):
    image = view.canvas.grab().toImage()
    colours = {image.pixel(x, y) for x in range(0, 700, 2) for y in range(60, 560, 2)}
    assert len(colours) > 5


def test_asks_for_a_map_when_there_is_none(qtbot, base, tmp_path, said):
    library = LibraryThread(shutil.copy(base / "undrawn.sqlite", tmp_path / "undrawn.sqlite"))
    view = MapView(library, said.append)
    qtbot.addWidget(view)
    view.show()
    qtbot.waitUntil(lambda: said == [MakeMap()])
    view.reload()
    library.close()
    assert said == [MakeMap()]


def test_asks_for_nothing_while_there_are_no_documents(qtbot, tmp_path, said):
    open_library(tmp_path / "empty.sqlite").close()
    library = LibraryThread(tmp_path / "empty.sqlite")
    view = MapView(library, said.append)
    qtbot.addWidget(view)
    view.show()
    waiting = view._page.said()
    qtbot.waitUntil(lambda: view._page.said() != waiting)
    library.close()
    assert said == []


def test_a_click_makes_a_file_current(view, qtbot):
    row = lonely(view)
    with qtbot.waitSignal(view.current_changed) as told:
        qtbot.mouseClick(view.canvas, Qt.MouseButton.LeftButton, pos=place_of(view, row))
    assert told.args[0].file == view.canvas.scene.data.files[row]
    assert view.selection() == [told.args[0].file]


def test_a_rectangle_chooses_what_is_in_it(view, qtbot):
    row = lonely(view)
    place, shift = place_of(view, row), Qt.KeyboardModifier.ShiftModifier
    around = QPoint(6, 6)
    with qtbot.waitSignal(view.files_selected) as told:
        qtbot.mousePress(view.canvas, Qt.MouseButton.LeftButton, shift, place - around)
        qtbot.mouseMove(view.canvas, place)
        qtbot.mouseMove(view.canvas, place + around)
        qtbot.mouseRelease(view.canvas, Qt.MouseButton.LeftButton, shift, place + around)
    assert int(view.canvas.scene.data.files[row]) in told.args[0]
    assert len(told.args[0]) < 30
    assert "of 61" in view.canvas.hint


def test_a_lasso_chooses_what_is_in_it(view, qtbot):
    view.bar.lasso_wanted.emit(True)
    corners = [(2, 60), (690, 60), (690, 590), (2, 590), (2, 62)]
    points = [QPoint(*corner) for corner in corners]
    with qtbot.waitSignal(view.files_selected) as told:
        qtbot.mousePress(view.canvas, Qt.MouseButton.LeftButton, pos=points[0])
        for point in points[1:]:
            qtbot.mouseMove(view.canvas, point)
        qtbot.mouseRelease(view.canvas, Qt.MouseButton.LeftButton, pos=points[-1])
    assert len(told.args[0]) > 55


def test_escape_chooses_none(view, qtbot):
    view.canvas.set_chosen(np.arange(10))
    with qtbot.waitSignal(view.files_selected) as told:
        qtbot.keyClick(view.canvas, Qt.Key.Key_Escape)
    assert len(view.canvas.chosen) == 0
    assert told.args[0] == []


def test_escape_is_for_the_map_while_something_is_chosen(view, qtbot):
    cleared = []
    add_shortcut(view, "Esc", lambda: cleared.append(True))
    view.canvas.setFocus()
    view.canvas.set_chosen(np.arange(10))
    qtbot.keyClick(view.canvas, Qt.Key.Key_Escape)
    assert len(view.canvas.chosen) == 0
    assert cleared == []


def test_dragging_moves_the_map(view, qtbot):
    before = view.canvas.camera
    qtbot.mousePress(view.canvas, Qt.MouseButton.LeftButton, pos=QPoint(20, 300))
    qtbot.mouseMove(view.canvas, QPoint(40, 310))
    qtbot.mouseMove(view.canvas, QPoint(60, 320))
    qtbot.mouseRelease(view.canvas, Qt.MouseButton.LeftButton, pos=QPoint(60, 320))
    after = view.canvas.camera
    assert before.to_screen(0, 0)[0] + 40 == pytest.approx(after.to_screen(0, 0)[0])
    assert len(view.canvas.chosen) == 0


def test_keys_go_from_file_to_file(view, qtbot):
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Down):
        with qtbot.waitSignal(view.current_changed):
            qtbot.keyClick(view.canvas, key)
        assert view.canvas.current >= 0
    zoom = view.canvas.camera.zoom
    qtbot.keyClick(view.canvas, Qt.Key.Key_Plus)
    assert view.canvas.camera.zoom > zoom
    qtbot.keyClick(view.canvas, Qt.Key.Key_0)
    assert view.canvas.camera.zoom == pytest.approx(1)
    with qtbot.waitSignal(view.open_wanted) as told:
        qtbot.keyClick(view.canvas, Qt.Key.Key_Return)
    assert told.args[0].suffix == ".txt"


def test_space_chooses_the_current_file_too(view, qtbot):
    view.canvas.set_current(4)
    qtbot.keyClick(view.canvas, Qt.Key.Key_Space)
    assert view.canvas.chosen.tolist() == [4]
    qtbot.keyClick(view.canvas, Qt.Key.Key_Space)
    assert view.canvas.chosen.tolist() == []


def test_the_card_tells_what_is_pointed_at(view):
    row = int(twins(view)[0])
    view.canvas.pointed.emit(row)
    card = view.findChild(type(view._pointing.card))
    assert card.isVisibleTo(view)
    words = " ".join(label.text() for label in card.findChildren(type(card._name)))
    assert "bees" in words.replace("\u200b", "")
    assert "Bees" in words
    assert "copy" in words or "bees 1" in words
    assert card._badge.text()
    view.canvas.pointed.emit(-1)
    assert not card.isVisibleTo(view)


def test_chosen_elsewhere_is_chosen_here(view):
    files = view.canvas.scene.data.files[[3, 8, 20]].tolist()
    told = []
    view.files_selected.connect(told.append)
    view.select_files(files)
    assert sorted(view.selection()) == sorted(files)
    assert view.canvas.current >= 0
    assert told == []
    view.select_files([10**9])
    assert len(view.canvas.chosen) == 0


def test_a_group_chosen_elsewhere_has_rings_and_nothing_fades(view):
    files = view.canvas.scene.data.files[:3].tolist()
    view.select_files(files, fade=False)
    assert len(view.canvas.chosen) == 3
    assert len(view.canvas.order().chosen) == 0
    view.canvas.set_chosen(view.canvas.chosen)
    assert len(view.canvas.order().chosen) == 3


def test_a_moved_map_is_shifted_and_then_drawn_well(view, qtbot):
    canvas = view.canvas
    qtbot.waitUntil(
        lambda: canvas._drawn is not None and canvas._drawn.order.is_like(canvas.order())
    )
    canvas.look(canvas.camera.moved(9, 4))
    canvas.repaint()
    qtbot.waitUntil(lambda: canvas._drawn.order.is_like(canvas.order()))


def test_hidden_it_takes_no_focus(view, qtbot):
    view.hide()
    with qtbot.assertNotEmitted(view.files_selected):
        view.bar.table_wanted.emit(True)
        view.bar.lasso_wanted.emit(True)
    assert not view.table.hasFocus()
    assert not view.canvas.hasFocus()


def test_reading_anew_keeps_what_is_chosen(view, qtbot):
    view.canvas.set_chosen(np.array([3, 8]))
    view.canvas.set_current(5)
    files, scene = view.selection(), view.canvas.scene
    view.canvas.look(view.canvas.camera.zoomed(3, 100, 100))
    looked = view.canvas.camera
    view.reload()
    qtbot.waitUntil(lambda: view.canvas.scene is not scene)
    assert view.selection() == files
    assert view.canvas.current == 5
    assert view.canvas.camera == looked


@pytest.mark.parametrize("by", list(ColourBy))
def test_colours_by_anything(view, qtbot, by):
    before = view.canvas._colouring
    view.bar.colours_wanted.emit(by)
    if by is not ColourBy.TOPIC:
        qtbot.waitUntil(lambda: view.canvas._colouring is not before)
    assert len(view.canvas._colouring.codes) == 61
    view.canvas.grab()


def test_copies_are_marked_and_one_stays(view, qtbot, library_path):
    view.canvas.set_chosen(np.arange(len(view.canvas.scene)))
    with qtbot.waitSignal(view.decisions_changed):
        view.mark_copies()
    with open_for_reading(library_path) as library:
        numbers, _ = browse.group_list(library, WINDOW_SCOPE, GroupQuery())
        found = browse.file_rows(library, list(numbers))
    duplicates = [rows for rows in found.values() if rows[1].relation is Relation.IDENTICAL]
    for rows in duplicates:
        assert [row.decision for row in rows].count(Decision.REMOVE) == len(rows) - 1


def test_what_is_wanted_of_the_window(view, qtbot):
    rows = twins(view)
    view.canvas.set_chosen(rows)
    for signal, deed in (
        (view.groups_wanted, view.show_groups),
        (view.export_wanted, view.export_chosen),
    ):
        with qtbot.waitSignal(signal) as told:
            deed()
        assert sorted(told.args[0]) == sorted(view.canvas.scene.data.files[rows].tolist())
    view.canvas.set_current(int(rows[0]))
    with qtbot.waitSignal(view.reveal_wanted):
        view.reveal_current()
    names = [action.text() for action in map_menu(view).actions() if action.text()]
    assert len(names) == len(set(names)) >= 6


def test_only_the_groups_of_chosen_files(view, library_path):
    files = view.canvas.scene.data.files
    with open_for_reading(library_path) as library:
        for chosen in (twins(view), np.flatnonzero(view.canvas.scene.data.relations == 0)[:5]):
            query = GroupQuery(files=tuple(files[chosen].tolist()))
            numbers, _ = browse.group_list(library, WINDOW_SCOPE, query)
            assert (len(numbers) > 0) == (chosen[0] in twins(view))


def test_the_table_says_the_same(view, qtbot, qtlog):
    tester = QAbstractItemModelTester(
        view.model, QAbstractItemModelTester.FailureReportingMode.Warning
    )
    view.bar.table_wanted.emit(True)
    assert view.table.isVisible()
    assert view.model.rowCount() == 61
    texts = [[view.model.index(row, column).data() for column in Column] for row in range(61)]
    assert {each[Column.FOLDER] for each in texts} == {"tree/Bees", "tree/Tides"}
    assert sum(each[Column.RELATION] == "Identical" for each in texts) == 2
    assert all(all(each) for each in texts)
    with qtbot.waitSignal(view.current_changed) as told:
        view.table.selectRow(7)
    assert told.args[0].path.name == texts[7][Column.NAME]
    qtbot.keyClick(view.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert len(view.selection()) == 2
    said = [
        record.message for record in qtlog.records if "propagateSizeHints" not in record.message
    ]
    assert said == []
    del tester


def test_the_table_follows_the_map(view):
    view.canvas.set_chosen(np.array([2, 9, 11]))
    view.bar.table_wanted.emit(True)
    rows = {index.row() for index in view.table.selectionModel().selectedRows()}
    assert set(view.model.dots(sorted(rows)).tolist()) == {2, 9, 11}


def test_the_table_shows_which_file_is_current(view):
    view.canvas.set_current(4)
    view.bar.table_wanted.emit(True)
    (row,) = {index.row() for index in view.table.selectionModel().selectedIndexes()}
    assert row == view.table.currentIndex().row() == view.model.rows(np.array([4]))[0]
    assert len(view.canvas.chosen) == 0


def test_much_that_is_new_is_offered_to_be_drawn_anew(view, qtbot, library_path, said):
    with open_library(library_path) as library:
        library.execute("update map_points set placed = 1 where text_id % 4 = 0")
        library.connection.commit()
    scene = view.canvas.scene
    view.reload()
    qtbot.waitUntil(lambda: view.canvas.scene is not scene)
    assert view._offer.isVisibleTo(view)
    for width in (460, 1200):
        view.resize(width, 500)
        assert not view._offer.geometry().intersects(view.bar.geometry())
    view._offer.wanted.emit()
    assert said == [MakeMap(full=True)]
    assert not view._offer.isVisibleTo(view)


def test_hidden_it_reads_nothing(view, qtbot):
    scene = view.canvas.scene
    view.hide()
    view.reload()
    assert view.canvas.scene is scene
    view.show()
    qtbot.waitUntil(lambda: view.canvas.scene is not scene)


def test_everything_has_a_name(view):
    for widget in (view.canvas, view.table):
        assert widget.accessibleName()
    assert view.canvas.accessibleDescription() == view.canvas.hint
