"""The search view: what is typed, what is found, keys, and what is wanted of the window."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QPainter
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from dedupe_app.engine.looking_up import index_texts
from dedupe_app.engine.messages import (
    WINDOW_SCOPE,
    Cancelled,
    Configure,
    EngineOptions,
    Finished,
    Ready,
)
from dedupe_app.engine.pipeline import scan
from dedupe_app.engine.scan_messages import ScanOptions
from dedupe_app.engine.search_messages import Search, SearchFound, SimilarTo
from dedupe_app.records import (
    Decision,
    FileRow,
    Nearest,
    Role,
    SearchHit,
    SearchPage,
    SearchQuestion,
    Snippet,
    Why,
)
from dedupe_app.store.database import open_library
from dedupe_app.store.folders import add_folders
from dedupe_app.ui.library import LibraryThread
from dedupe_app.ui.search_model import HitModel
from dedupe_app.ui.search_view import SearchView
from dedupe_app.ui.search_words import copies_text, nothing_found, summary_text, why_text

ROOT = Path("/home/ada/Archive")
FILES = {
    "Contracts/terms.txt": "4.2 Invoices are payable within 45 days of receipt, as agreed.",
    "Contracts/policy.txt": "Invoices without an order number are not payable at all.",
    "Recht/Zahlung.txt": "Rechnungen sind innerhalb von 30 Tagen nach Erhalt und ohne Abzug zu begleichen.",
    "Recht/论文.txt": "发票须在收到后四十五日内支付。",
}


def file_row(file, name, **more):
    row = FileRow(
        *(0, file, ROOT / name, 1234, 1, "txt", 9),
        *(None, None, None, None, None, None),
        *(Role.KEEPER, Decision.UNDECIDED, False, False, "", None),
    )
    return replace(row, **more)


def hit(file, name, *why, **more):
    return SearchHit(file_row(file, name), file, why or (Why.WORDS,), **more)


def page_of(*hits, **more):
    facts = {"total": len(hits), "documents": 43_586, "indexed": 9, "texts": 9, "seconds": 0.038}
    return SearchPage(SearchQuestion("words"), tuple(hits), **(facts | more))


HITS = (
    hit(
        1, "2024/terms.pdf", Why.WORDS, Why.MEANING, snippet=Snippet("4.2 Invoices are", ((4, 12),))
    ),
    hit(2, "DE/Zahlung.docx", Why.MEANING, language="de", cosine=0.7, copies=3),
    hit(3, "x/like.txt", Why.WORDING, cosine=0.874, snippet=Snippet("\U0001d49c b", ((2, 3),))),
)


@pytest.fixture
def model(qapp, qtlog):
    made = HitModel()
    made.tester = QAbstractItemModelTester(
        made, QAbstractItemModelTester.FailureReportingMode.Warning
    )
    made.show(page_of(*HITS, language="en"), (ROOT,))
    yield made
    assert [record.message for record in qtlog.records] == []


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    root = tmp_path_factory.mktemp("Archive")
    for name, text in FILES.items():
        path = root / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    path = tmp_path_factory.mktemp("library") / "library.sqlite"
    with open_library(path) as library:
        for _ in scan(library, ScanOptions((root,), name=WINDOW_SCOPE, processes=1)):
            pass
        add_folders(library, [root])
        list(index_texts(library))
    return path, root


@pytest.fixture
def view(qtbot, shelf):
    library = LibraryThread(shelf[0])
    submitted = []
    made = SearchView(library, submitted.append)
    made.submitted = submitted
    qtbot.addWidget(made)
    made.resize(700, 500)
    made.show()
    yield made
    library.close()


def names(view):
    return [each.row.path.name for each in view.model.hits()]


def search(qtbot, view, words):
    view.field.insert(words)
    qtbot.waitUntil(lambda: view._page is not None and view._page.question.words == words)


# ---- words -------------------------------------------------------------------------------------


def test_reasons_are_in_words_and_name_a_foreign_language(model):
    assert [model.why_text(row) for row in range(3)] == [
        "words + meaning",
        "meaning · German",
        "wording 87\xa0%",
    ]
    german = page_of(*HITS, language="de")
    model.show(german, (ROOT,))
    assert model.why_text(1) == "meaning"
    assert why_text(HITS[1], "") == "meaning · German"


def test_summary_says_how_many_in_which_ways_and_how_long():
    page = page_of(*HITS, by=(Why.WORDS, Why.NAME, Why.MEANING))
    assert summary_text(page) == "3 of 43,586 documents · words and meaning · 38 ms"
    many = replace(page, total=2310, by=(Why.WORDS,), indexed=5, seconds=1.234)
    assert summary_text(many) == (
        "2,310 of 43,586 documents · words · 1.2 s · the first 3 · preparing search: 5 of 9 texts"
    )
    like = replace(page, by=(Why.WORDING,))
    assert summary_text(like, "a.txt") == "3 of 43,586 documents like “a.txt” · wording"
    assert copies_text(0) == ""
    assert nothing_found(" x ")[0] == "Nothing found for “x”"
    assert nothing_found("x", early=True)[0] == "Nothing found for “x” so far"


def test_a_hit_is_said_in_one_sentence(model):
    said = model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert said == "terms.pdf, in Archive/2024, found by words + meaning. 4.2 Invoices are"
    assert model.data(model.index(1)) == "Zahlung.docx"
    assert model.data(model.index(1), Qt.ItemDataRole.ToolTipRole) == str(ROOT / "DE/Zahlung.docx")


def test_snippets_that_come_later_take_their_places(model):
    model.complete([replace(HITS[1], snippet=Snippet("später")), hit(99, "gone.txt")])
    assert [each.snippet.text for each in model.hits()] == [
        "4.2 Invoices are",
        "später",
        "\U0001d49c b",
    ]


def test_rows_are_painted_with_marks(qtbot, model):
    from dedupe_app.ui import theme
    from dedupe_app.ui.search_list import HitList

    shown = HitList(model)
    qtbot.addWidget(shown)
    shown.resize(500, 400)
    image = QImage(500, 80, QImage.Format.Format_RGB32)
    option = QStyleOptionViewItem()
    option.rect = image.rect()
    option.state |= QStyle.StateFlag.State_Selected
    for row in range(3):
        painter = QPainter(image)
        shown.itemDelegate().paint(painter, option, model.index(row))
        painter.end()
        mark = theme.colours().mark.rgb()
        painted = {image.pixel(x, y) for x in range(0, 500) for y in range(0, 80)}
        assert (mark in painted) == (row != 1)


# ---- searching ---------------------------------------------------------------------------------


def test_words_are_searched_for_as_they_are_typed(qtbot, view):
    assert not view.list.isVisible()
    search(qtbot, view, "invoices pay")
    assert names(view) == ["policy.txt", "terms.txt"] or names(view) == ["terms.txt", "policy.txt"]
    assert "2 of 4 documents · words" in view._summary.text()
    assert view.submitted[-1].words == "invoices pay"
    view.field.clear()
    search(qtbot, view, "granite")
    assert names(view) == []
    assert view._message.said()[0] == "Nothing found for “granite”"


def test_emptied_field_finds_nothing_any_more(qtbot, view):
    search(qtbot, view, "发票")
    assert names(view) == ["论文.txt"]
    qtbot.keyClick(view.field, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: view.model.rowCount() == 0)
    assert view._message.said()[0] == "Search names and texts"
    assert view.current_file() is None


def test_first_hit_becomes_the_current_one(qtbot, view):
    with qtbot.waitSignal(view.current_changed, check_params_cb=lambda row: row is not None):
        search(qtbot, view, "Abzug")
    assert view.current_file().path.name == "Zahlung.txt"


def test_only_the_chosen_folder_is_searched(qtbot, view, shelf):
    search(qtbot, view, "invoices")
    view.look_in(shelf[1] / "Recht")
    qtbot.waitUntil(lambda: names(view) == [])
    view.look_in(None)
    qtbot.waitUntil(lambda: len(names(view)) == 2)


def test_meaning_joins_when_the_engine_answers(qtbot, view, shelf):
    view.engine_event(Ready("qwen3-0.6b", "CPU"))
    search(qtbot, view, "invoices")
    assert "meaning follows" in view._summary.text()
    asked = view.submitted[-1]
    assert isinstance(asked, Search)
    with open_library(shelf[0]) as library:
        texts = {
            path.decode().rpartition("/")[2]: text
            for path, text in library.rows(
                "select path, text_id from files join contents on contents.id = content_id"
            )
        }
    near = Nearest(Why.MEANING, (texts["Zahlung.txt"], texts["terms.txt"]), (0.8, 0.7))
    view.engine_event(SearchFound(asked.number - 1, (near,)))
    assert "meaning follows" in view._summary.text()  # that was an older question
    view.engine_event(SearchFound(asked.number, (near,)))
    qtbot.waitUntil(lambda: len(names(view)) == 3)
    assert names(view)[0] == "terms.txt"
    assert "words and meaning" in view._summary.text()
    reasons = {each.row.path.name: each.why for each in view.model.hits()}
    assert reasons["Zahlung.txt"] == (Why.MEANING,)


def test_model_that_fails_is_told(qtbot, view):
    view.engine_event(Finished(Configure(EngineOptions(Path("x"), embedder="server:x#y"))))
    search(qtbot, view, "invoices")
    view.engine_event(SearchFound(view.submitted[-1].number, (), "The server does not answer."))
    assert "not by meaning: The server does not answer." in view._summary.text()


def test_search_that_was_stopped_waits_no_longer(qtbot, view):
    view.engine_event(Ready("qwen3-0.6b", "CPU"))
    search(qtbot, view, "invoices")
    view.engine_event(Cancelled(view.submitted[-1]))
    assert "not by meaning: It was stopped." in view._summary.text()


def test_documents_like_a_hit_are_asked_of_the_engine(qtbot, view):
    search(qtbot, view, "Abzug")
    qtbot.keyClick(view.field, Qt.Key.Key_Return)
    file = view.list.current_hit().row.file
    qtbot.mouseClick(view._similar, Qt.MouseButton.LeftButton)
    asked = view.submitted[-1]
    assert (type(asked), asked.file) == (SimilarTo, file)
    assert view.field.text() == ""
    view.engine_event(SearchFound(asked.number, ()))
    qtbot.waitUntil(lambda: view._message.said()[0] == "Nothing is like “Zahlung.txt”")
    assert view.window().focusWidget() in (view.field, view.list)


def test_index_that_grows_is_asked_again(qtbot, view):
    search(qtbot, view, "invoices")
    before = view._page
    view.engine_event(SearchFound(0, indexed=True))
    qtbot.waitUntil(lambda: view._page is not before)
    assert len(names(view)) == 2


# ---- keys and deeds ----------------------------------------------------------------------------


def test_keys_lead_from_the_field_to_the_hits_and_back(qtbot, view):
    search(qtbot, view, "invoices")
    qtbot.keyClick(view.field, Qt.Key.Key_Down)
    assert view.list.currentIndex().row() == 0
    with qtbot.waitSignal(view.open_wanted) as opened:
        qtbot.keyClick(view.list, Qt.Key.Key_Return)
    assert opened.args == [view.current_file().path]
    with qtbot.waitSignal(view.reveal_wanted):
        qtbot.keyClick(view.list, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(view.list, Qt.Key.Key_Down)
    assert view.list.currentIndex().row() == 1
    qtbot.keyClick(view.list, Qt.Key.Key_Up)
    with qtbot.waitSignal(view.list.up_wanted):
        qtbot.keyClick(view.list, Qt.Key.Key_Up)
    qtbot.keyClick(view.list, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == str(view.current_file().path)


def test_hits_are_shown_on_the_map_all_or_the_chosen_ones(qtbot, view):
    search(qtbot, view, "invoices")
    with qtbot.waitSignal(view.show_on_map_wanted) as wanted:
        qtbot.mouseClick(view._on_map, Qt.MouseButton.LeftButton)
    assert wanted.args == [[each.row.file for each in view.model.hits()]]


# ---- what is dropped ---------------------------------------------------------------------------


def drop(view, mime):
    point, left, none = QPoint(50, 100), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(point, Qt.DropAction.CopyAction, mime, left, none)
    view.dragEnterEvent(enter)
    if enter.isAccepted():
        view.dropEvent(QDropEvent(point, Qt.DropAction.CopyAction, mime, left, none))
    return enter.isAccepted()


def test_dropped_file_or_text_is_what_documents_shall_be_like(qtbot, view, tmp_path):
    mime = QMimeData()
    mime.setText("Some paragraph about payable invoices, longer than a name may be.")
    assert drop(view, mime)
    assert view.submitted[-1].text == mime.text()
    assert "Some paragraph about payable invoices" in view._summary.text()
    path = tmp_path / "dropped.txt"
    path.write_text("words")
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(path))])
    assert drop(view, files)
    assert view.submitted[-1].path == path


def test_dropped_folder_is_left_to_the_window(view, tmp_path):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path))])
    assert not drop(view, mime)
    assert view.submitted == []


def test_long_text_in_the_field_is_not_taken_for_words(qtbot, view):
    view.field.setText("invoices are payable " * 30)
    view.field.send()
    assert isinstance(view.submitted[-1], SimilarTo)
