"""The dialog that exports: everything, what is shown, the selection; as CSV and JSON, as the command line does."""

from __future__ import annotations

import json
import os
from pathlib import Path

import marked
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QPushButton

from dedupe_app.engine.messages import WINDOW_SCOPE
from dedupe_app.records import GroupKind, GroupQuery
from dedupe_app.review.export import COLUMNS, write_csv
from dedupe_app.store.database import open_for_reading, open_library
from dedupe_app.store.results import report_rows
from dedupe_app.ui.export_dialog import ExportDialog
from dedupe_app.ui.library import LibraryThread

FILES = {"a.txt": b"one", "b.txt": b"one", "x.txt": b"two", "y.txt": b"two", "z.txt": b"two"}


@pytest.fixture
def place(tmp_path):
    library, _, _ = marked.prepare(tmp_path, FILES)
    library.close()
    return tmp_path


@pytest.fixture
def make(qtbot, place):
    thread = LibraryThread(place / "library.sqlite")

    def build(**options):
        shown = ExportDialog(thread, folder=place, **options)
        qtbot.addWidget(shown)
        shown.show()
        return shown

    yield build
    thread.close()


def export(qtbot, shown):
    """Press the button and return the lines that were written."""
    with qtbot.waitSignal(shown.folder_chosen):
        qtbot.mouseClick(shown._write, Qt.MouseButton.LeftButton)
    return shown.target().read_bytes().decode("utf-8-sig").split("\r\n")


def names(lines):
    column = COLUMNS.index("name")
    return [line.split(",")[column] for line in lines[1:] if line]


def test_everything_is_what_the_command_line_writes(qtbot, make, place):
    shown = make()
    export(qtbot, shown)
    with open_for_reading(place / "library.sqlite") as library:
        write_csv(report_rows(library, WINDOW_SCOPE, set(GroupKind)), place / "expected.csv")
    assert shown.target() == place / "duplicates.csv"
    assert shown.target().read_bytes() == (place / "expected.csv").read_bytes()
    assert str(shown.target()) in shown._done.said()


def test_what_is_shown(qtbot, make):
    shown = make(what="shown", query=GroupQuery(words="a.txt"))
    assert names(export(qtbot, shown)) == ["a.txt", "b.txt"]


def test_the_selection(qtbot, make, place):
    with open_library(place / "library.sqlite") as library:
        numbers = marked.file_numbers(library)
    shown = make(what="selection", files=[numbers["x.txt"], numbers["b.txt"]])
    assert sorted(names(export(qtbot, shown))) == ["b.txt", "x.txt"]


def test_json_by_choice_and_by_ending(qtbot, make):
    shown = make()
    shown._form.setCurrentIndex(1)
    assert shown.target().name == "duplicates.json"
    export(qtbot, shown)
    assert len(json.loads(shown.target().read_text())["rows"]) == 5
    shown._place.setText(str(shown.target().with_name("other.csv")))
    shown._place.textEdited.emit("")
    assert shown._form.currentData() == ".csv"


def test_what_is_not_there_is_not_offered(make):
    shown = make()
    assert [shown._what.itemData(row) for row in range(shown._what.count())] == ["all"]
    both = make(query=GroupQuery(), files=[1])
    assert both._what.count() == 3


def test_an_earlier_report_is_replaced_only_when_asked(qtbot, make, place, monkeypatch):
    target = place / "duplicates.csv"
    target.write_text("mine")
    answers = [QMessageBox.StandardButton.No, QMessageBox.StandardButton.Yes]
    monkeypatch.setattr(
        "dedupe_app.ui.export_dialog.QMessageBox.question", lambda *_args: answers.pop(0)
    )
    shown = make()
    qtbot.mouseClick(shown._write, Qt.MouseButton.LeftButton)
    assert target.read_text() == "mine"
    export(qtbot, shown)
    assert "mine" not in target.read_text()


def test_a_document_is_not_replaced_even_when_asked(qtbot, make, place, monkeypatch):
    with open_for_reading(place / "library.sqlite") as library:
        [(path,)] = library.rows("select path from files order by path limit 1")
    document = Path(os.fsdecode(path))
    link = place / "report.csv"
    link.symlink_to(document)
    before = document.read_bytes()
    monkeypatch.setattr(
        "dedupe_app.ui.export_dialog.QMessageBox.question",
        lambda *_args: QMessageBox.StandardButton.Yes,
    )
    shown = make()
    shown._place.setText(str(link))
    qtbot.mouseClick(shown._write, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "one of the documents" in shown._wrong.said())
    assert document.read_bytes() == before
    assert shown._write.isEnabled()


def test_failure_is_said_and_can_be_put_right(qtbot, make, place):
    shown = make()
    shown._place.setText(str(place / "missing" / "x.csv"))
    qtbot.mouseClick(shown._write, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "does not exist" in shown._wrong.said())
    assert shown._write.isEnabled()
    shown._place.setText(str(place / "x.csv"))
    export(qtbot, shown)
    assert shown._wrong.said() == ""


def test_written_report_can_be_shown_in_its_folder(qtbot, make):
    shown = make()
    export(qtbot, shown)
    with qtbot.waitSignal(shown.reveal_wanted) as wanted:
        qtbot.mouseClick(shown._done.link(), Qt.MouseButton.LeftButton)
    assert wanted.args == [shown.target()]


def test_closing_ends_its_thread(qtbot, make):
    shown = make()
    shown.reject()
    assert not shown._writer._thread.is_alive()


def test_place_is_chosen_in_a_dialog(qtbot, make, place, monkeypatch):
    monkeypatch.setattr(
        "dedupe_app.ui.export_dialog.QFileDialog.getSaveFileName",
        lambda *_args, **_options: (str(place / "report"), ""),
    )
    shown = make()
    [choose] = [each for each in shown.findChildren(QPushButton) if each.text() == "Choose…"]
    qtbot.mouseClick(choose, Qt.MouseButton.LeftButton)
    assert shown.target() == Path(place / "report.csv")


def test_stopped_export_leaves_the_earlier_report(place):
    from dedupe_app.engine.exporting import export_report
    from dedupe_app.errors import ReportError

    target = place / "report.csv"
    target.write_text("earlier")
    with open_for_reading(place / "library.sqlite") as library, pytest.raises(ReportError):
        export_report(library, WINDOW_SCOPE, target, is_stopped=lambda: True)
    assert target.read_text() == "earlier"
    assert [path.name for path in place.glob(".dedupe*")] == []
