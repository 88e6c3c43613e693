"""What is chosen on the map is chosen in the list of groups, and the other way round."""

from __future__ import annotations

import random

import numpy as np
import pytest

from dedupe_app.engine import mapping
from dedupe_app.engine.messages import WINDOW_SCOPE
from dedupe_app.engine.pipeline import scan
from dedupe_app.engine.scan_messages import ScanOptions
from dedupe_app.store.database import open_library
from dedupe_app.store.folders import add_folders
from dedupe_app.ui.library import LibraryThread
from dedupe_app.ui.top_bar import TopBar
from dedupe_app.ui.views import Views

WORDS = "tide mill water wheel sluice pond flour miller corn stone harbour ebb flood gate".split()


@pytest.fixture
def views(qtbot, tmp_path):
    tree = tmp_path / "tree"
    tree.mkdir()
    for number in range(20):
        text = " ".join(random.Random(number).choices(WORDS, k=80))
        (tree / f"text {number}.txt").write_text(text)
        if number < 3:
            (tree / f"text {number} copy.txt").write_text(text)
    options = ScanOptions((tree,), name=WINDOW_SCOPE, processes=1)
    with open_library(tmp_path / "library.sqlite") as library:
        add_folders(library, [tree])
        for _ in scan(library, options):
            pass
        for _ in mapping.make_map(library, options):
            pass
    library = LibraryThread(tmp_path / "library.sqlite")
    top = TopBar(30.0)
    qtbot.addWidget(top)
    shown = Views(library, top)
    qtbot.addWidget(shown)
    shown.resize(800, 600)
    shown.show()
    shown.reload_all()
    qtbot.waitUntil(lambda: shown.groups.shown_groups() > 0)
    yield shown
    library.close()


def show_map(views, qtbot):
    views.show_second()
    qtbot.waitUntil(lambda: views.map is not None and views.map.canvas.scene is not None)
    return views.map


def test_the_map_is_made_when_it_is_looked_at(views, qtbot):
    assert views.map is None
    shown = show_map(views, qtbot)
    assert views.currentWidget() is shown
    assert len(shown.canvas.scene) == 23


def test_chosen_in_the_list_is_chosen_on_the_map(views, qtbot):
    views.groups.table.go_to(1)
    (file,) = views.groups.selection()
    shown = show_map(views, qtbot)
    qtbot.waitUntil(lambda: shown.selection() == [file])


def test_chosen_on_the_map_is_chosen_in_the_list(views, qtbot):
    shown = show_map(views, qtbot)
    rows = np.flatnonzero(shown.canvas.scene.data.relations > 0)
    shown.canvas.set_chosen(rows)
    views.show_first()
    wanted = set(shown.canvas.scene.data.files[rows].tolist())
    qtbot.waitUntil(lambda: set(views.groups.selection()) == wanted)


def test_only_the_groups_of_chosen_files_and_all_again(views, qtbot):
    shown = show_map(views, qtbot)
    count = views.groups.shown_groups()
    row = int(np.flatnonzero(shown.canvas.scene.data.relations > 0)[0])
    shown.canvas.set_chosen(np.array([row]))
    shown.show_groups()
    assert views.currentWidget() is views.groups
    qtbot.waitUntil(lambda: 0 < views.groups.shown_groups() < count)
    assert views.query().files == (int(shown.canvas.scene.data.files[row]),)
    views.show_all_files()
    qtbot.waitUntil(lambda: views.groups.shown_groups() == count)


def test_the_window_is_asked_for_a_report(views, qtbot):
    shown = show_map(views, qtbot)
    shown.canvas.set_chosen(np.arange(4))
    with qtbot.waitSignal(views.export_wanted) as told:
        shown.export_chosen()
    assert len(told.args[0]) == 4
