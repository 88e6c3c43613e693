"""The parts around the list: sidebar, top bar, status line, messages, cards, dialogs. Each alone, without an engine."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QColor, QWheelEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QSlider,
)

from dedupe_app.engine.messages import (
    Acted,
    EngineLost,
    Failed,
    FilesChanged,
    Finished,
    FolderStates,
    GroupsChanged,
    NearCopy,
    Paused,
    Ready,
    Resumed,
    Scan,
    Working,
)
from dedupe_app.records import ActionKind, Counts, Folder, FolderState, Relation, Show
from dedupe_app.settings import Choices
from dedupe_app.ui import theme
from dedupe_app.ui.badge import Badge
from dedupe_app.ui.drops import DropZone
from dedupe_app.ui.engine_events import EngineEvents
from dedupe_app.ui.first_run import FirstPage
from dedupe_app.ui.model_cards import ModelCard, model_choices
from dedupe_app.ui.model_dialog import ModelChooser
from dedupe_app.ui.near_copy_card import NearCopyCard
from dedupe_app.ui.notices import Banner
from dedupe_app.ui.patterns_dialog import PatternsDialog
from dedupe_app.ui.settings_dialog import SettingsDialog
from dedupe_app.ui.shortcuts import ShortcutsDialog, shortcut_texts
from dedupe_app.ui.side_list import Shape, SideItem, SideList
from dedupe_app.ui.sources_panel import UNREAD, SourcesPanel
from dedupe_app.ui.states import Situation, words_for
from dedupe_app.ui.status_line import StatusLine, stage_text
from dedupe_app.ui.top_bar import TopBar

COUNTS = Counts(43586, {Show.ALL: 1214, Show.IDENTICAL: 402}, 17, 412, 1_260_000_000)
FOLDERS = [
    Folder(Path("/data/Contracts"), number=1),
    Folder(Path("/data/Old"), protected=True, number=2),
]


def button(widget, text):
    return next(each for each in widget.findChildren(QPushButton) if each.text() == text)


@pytest.fixture
def themed(qapp):
    """Gives the program a look, and takes it away again."""
    before = qapp.palette(), qapp.styleSheet(), qapp.font()
    yield lambda look: theme.apply(qapp, look)
    qapp.setPalette(before[0])
    qapp.setStyleSheet(before[1])
    qapp.setFont(before[2])


# ---- look --------------------------------------------------------------------------------------


def luminance(colour: QColor) -> float:
    parts = [each / 12.92 if each <= 0.03928 else ((each + 0.055) / 1.055) ** 2.4
             for each in (colour.redF(), colour.greenF(), colour.blueF())]  # fmt: skip
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, other: QColor) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("look", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_texts_can_be_read_in_both_looks(look):
    pairs = [(look.ink, look.panel), (look.mute, look.panel), (look.mute, look.side),
             (look.danger, look.panel), (look.ink, look.accbg), (look.acc, look.accbg),
             (look.on_acc, look.acc), (look.ink, look.del_), (look.ink, look.addk)]  # fmt: skip
    assert min(contrast(*pair) for pair in pairs) > 3.7
    assert all(contrast(*theme.badge_colours(each)) > 4.5 for each in Relation)


def test_the_look_changes_at_once(themed):
    themed("dark")
    assert theme.is_dark()
    assert theme.colours() == theme.DARK
    themed("light")
    assert theme.colours() == theme.LIGHT


def test_every_relation_has_a_name_of_its_own(qapp):
    assert len({theme.relation_name(each) for each in Relation}) == len(Relation)


# ---- sidebar -----------------------------------------------------------------------------------


@pytest.fixture
def side_list(qtbot):
    made = SideList("Things", or_none=True)
    qtbot.addWidget(made)
    QAbstractItemModelTester(made.model(), made)
    made.show_items([SideItem(key, key.upper(), "3") for key in "abc"])
    made.resize(200, made.sizeHint().height())
    made.show()
    return made


def test_a_row_is_chosen_by_mouse_and_by_a_second_click_no_more(qtbot, side_list):
    place = side_list.visualRect(side_list.model().index(1, 0)).center()
    with qtbot.waitSignal(side_list.chosen) as chosen:
        qtbot.mouseClick(side_list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args == ["b"]
    with qtbot.waitSignal(side_list.chosen) as chosen:
        qtbot.mouseClick(side_list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args == [None]


def test_a_row_is_chosen_by_keyboard(qtbot, side_list):
    side_list.setFocus()
    side_list.choose("a")
    with qtbot.waitSignal(side_list.chosen) as chosen:
        qtbot.keyClick(side_list, Qt.Key.Key_Down)
    assert chosen.args == ["b"]
    with qtbot.waitSignal(side_list.chosen) as chosen:
        qtbot.keyClick(side_list, Qt.Key.Key_Escape)
    assert chosen.args == [None]


def test_new_counts_leave_the_choice_alone(qtbot, side_list):
    side_list.choose("b")
    with qtbot.assertNotEmitted(side_list.chosen):
        side_list.show_items([SideItem(key, key.upper(), "4") for key in "abc"])
        side_list.show_items([SideItem(key, key.upper(), "4") for key in "xbc"])
    assert side_list.key() == "b"


def test_a_row_that_is_gone_is_chosen_no_more(side_list):
    side_list.choose("b")
    side_list.show_items([SideItem("a", "A")])
    assert side_list.key() is None


@pytest.fixture
def panel(qtbot):
    made = SourcesPanel()
    qtbot.addWidget(made)
    made.show()
    return made


def rows(panel, name):
    found = next(each for each in panel.findChildren(SideList) if each.accessibleName() == name)
    return {item.key: item for item in found.items()}


def test_the_sidebar_counts(panel):
    panel.show_counts(COUNTS)
    shown = rows(panel, "Show")
    assert shown[Show.ALL].count == "1,214"
    assert shown[Show.REVISION].count == "0"
    assert shown[UNREAD].count == "17"


def test_folders_say_how_they_are_not_by_colour_alone(panel):
    panel.show_folders(FOLDERS, {FOLDERS[0].path: 12480})
    states = {FOLDERS[0].path: FolderState.WATCHED, FOLDERS[1].path: FolderState.OFFLINE}
    panel.show_states(states, {FOLDERS[1].path: "Plug in the drive."})
    shown = rows(panel, "Folders")
    fine, gone = shown[FOLDERS[0].path], shown[FOLDERS[1].path]
    assert (fine.count, fine.note, fine.shape) == ("12,480", "", Shape.FULL)
    assert (gone.note, gone.shape) == ("offline", Shape.BARRED)
    assert "Plug in the drive." in gone.tooltip
    assert "offline" in gone.spoken


def test_no_folder_looks_watched_while_there_is_no_engine(panel):
    panel.show_folders(FOLDERS, {})
    panel.show_states({each.path: FolderState.WATCHED for each in FOLDERS}, {})
    panel.show_engine_lost()
    for item in rows(panel, "Folders").values():
        assert (item.note, item.shape, item.dot) == ("not watched", Shape.RING, "mute")
        assert "the engine is not running" in item.tooltip
        assert "the engine is not running" in item.spoken
    assert "protected" in rows(panel, "Folders")[FOLDERS[1].path].spoken
    panel.show_states({each.path: FolderState.WATCHED for each in FOLDERS}, {})
    assert rows(panel, "Folders")[FOLDERS[0].path].note == ""


def test_a_protected_folder_says_so(panel):
    panel.show_folders(FOLDERS, {})
    assert rows(panel, "Folders")[FOLDERS[1].path].note == "protected"


def test_in_a_low_window_the_field_for_dropping_gives_way_to_the_lists(panel):
    folders = [Folder(Path(f"/docs/{n}")) for n in range(15)]
    panel.show_folders(folders, {})
    panel.resize(232, 600)
    zone, (listed, shows) = panel.findChild(DropZone), panel.findChildren(SideList)
    assert not zone.isVisible()
    assert shows.height() >= shows.sizeHint().height(), "all that can be shown is in sight"
    assert listed.height() < listed.sizeHint().height()
    assert shows.mapTo(panel, shows.rect().bottomLeft()).y() < panel.height()
    panel.resize(232, 1000)
    assert zone.isVisible()


def test_choosing_what_to_show(qtbot, panel):
    with qtbot.waitSignal(panel.show_chosen) as chosen:
        panel.choose_show(UNREAD)
    assert chosen.args == [UNREAD]


def test_a_folder_is_asked_to_be_removed_with_the_keyboard(qtbot, panel):
    panel.show_folders(FOLDERS, {})
    folders = panel.findChildren(SideList)[0]
    folders.setFocus()
    folders.choose(FOLDERS[1].path)
    with qtbot.waitSignal(panel.folder_wanted) as wanted:
        qtbot.keyClick(folders, Qt.Key.Key_Delete)
    assert wanted.args == ["remove", FOLDERS[1]]


# ---- top bar -----------------------------------------------------------------------------------


@pytest.fixture
def top(qtbot):
    made = TopBar(30)
    qtbot.addWidget(made)
    made.show()
    return made


def test_the_slider_asks_once_it_rests(qtbot, top):
    slider = top.findChild(QSlider)
    with qtbot.waitSignal(top.similarity_chosen) as chosen:
        for value in range(31, 91):
            slider.setValue(value)
    assert chosen.args == [90.0]


def test_showing_a_similarity_asks_for_nothing(qtbot, top):
    with qtbot.assertNotEmitted(top.similarity_chosen, wait=400):
        top.show_similarity(55)
    assert top.findChild(QSlider).value() == 55


def test_typing_filters_once_it_rests(qtbot, top):
    with qtbot.waitSignal(top.words_changed) as changed:
        qtbot.keyClicks(top.findChild(QLineEdit), " lease ")
    assert changed.args == ["lease"]


def test_the_views_are_offered_only_when_there_is_a_choice(qtbot, top):
    top.add_view("Groups")
    assert not button(top, "Groups").isVisible()
    top.add_view("Map")
    assert button(top, "Groups").isChecked()
    with qtbot.waitSignal(top.view_chosen) as chosen:
        qtbot.mouseClick(button(top, "Map"), Qt.MouseButton.LeftButton)
    assert chosen.args == [1]


def test_export_offers_all_what_is_shown_and_the_selection(qtbot, top):
    wanted = []
    top.export_wanted.connect(wanted.append)
    for action in button(top, "Export…").menu().findChildren(QAction):
        action.trigger()
    assert wanted == ["all", "shown", "selection"]


# ---- status line -------------------------------------------------------------------------------


@pytest.fixture
def status(qtbot):
    made = StatusLine()
    qtbot.addWidget(made)
    made.show()
    return made


def labels(widget):
    from PySide6.QtWidgets import QLabel

    return [each.text() for each in widget.findChildren(QLabel) if each.text() and each.isVisible()]


def test_work_is_shown_with_rate_and_time_left(status):
    status.show_working(Working("embed", 3204, 8311, 214.2, 24.3))
    assert labels(status) == ["Embedding 3,204 of 8,311", "214 documents/s · 24 s left"]


def test_words_are_not_cut_off_by_the_bar(status):
    status.resize(1100, 52)
    status.show_counts(COUNTS)
    status.show_working(Working("meaning", 100_000, 1_000_000, None, 7000.0))
    status.tell("412 files moved to the trash, and something longer than that was said too")
    QApplication.processEvents()
    text = next(each for each in status.findChildren(QLabel) if "1,000,000" in each.text())
    assert text.width() >= text.sizeHint().width()
    assert stage_text("hash") != stage_text("text")


def test_a_download_is_counted_in_bytes(status):
    status.show_working(Working("download", 120_000_000, 1_190_000_000, 8_000_000.0, 134.0))
    shown = [each.replace("\u00a0", " ") for each in labels(status)]
    assert shown == ["Downloading 120 MB of 1.19 GB", "8.0 MB/s · 2 min left"]


def test_pause_and_go_on(qtbot, status):
    status.show_working(Working("text", 1, 10))
    with qtbot.waitSignal(status.pause_wanted) as wanted:
        button(status, "Pause").click()
    assert wanted.args == [True]
    status.show_paused(paused=True)
    with qtbot.waitSignal(status.pause_wanted) as wanted:
        button(status, "Go on").click()
    assert wanted.args == [False]


def test_a_pause_can_be_ended_also_when_all_is_done(qtbot, status):
    status.show_working(Working("text", 9, 10))
    status.show_paused(paused=True)
    status.show_idle("10 documents")
    assert labels(status) == ["Paused"]
    with qtbot.waitSignal(status.pause_wanted) as wanted:
        button(status, "Go on").click()
    assert wanted.args == [False]
    status.show_paused(paused=False)
    status.show_idle("10 documents")
    assert labels(status) == ["10 documents"]
    assert not button(status, "Pause").isVisible()


def test_what_is_marked_is_counted(qtbot, status):
    status.show_counts(COUNTS)
    assert "<b>412</b>" in labels(status)[-1]
    assert button(status, "Move to trash…").isEnabled()
    status.show_counts(Counts(1, {}, 0, 0, 0))
    assert not button(status, "Move to trash…").isEnabled()


def test_every_stage_has_words():
    stages = (
        "intake",
        "hash",
        "text",
        "model",
        "embed",
        "neighbours",
        "compare",
        "meaning",
        "groups",
    )
    assert all(stage_text(stage) != "Working" for stage in (*stages, "act", "undo", "download"))
    assert stage_text("something new") == "Working"


# ---- messages ----------------------------------------------------------------------------------


def test_a_banner_stays_until_it_is_closed_or_settled(qtbot):
    banner = Banner()
    qtbot.addWidget(banner)
    assert banner.text() == ""
    banner.tell(
        "The engine stopped.", "It comes back.", subject="engine", action=("start", "Start again")
    )
    assert banner.text() == "The engine stopped. It comes back."
    banner.settle("library")
    assert banner.text()
    with qtbot.waitSignal(banner.action_wanted) as wanted:
        button(banner, "Start again").click()
    assert wanted.args == ["start"]
    banner.tell("Again.", subject="engine")
    banner.settle("engine")
    assert banner.text() == ""


def test_a_message_that_has_to_stay_comes_back(qtbot):
    banner = Banner()
    qtbot.addWidget(banner)
    banner.tell("Given up.", subject="engine", action=("start", "Start again"), stays=True)
    banner.tell("It cannot be opened.")
    assert banner.text() == "It cannot be opened."
    assert banner.close_message()
    assert banner.text() == "Given up."
    assert not banner.close_message()
    assert banner.text() == "Given up."
    button(banner, "Start again").click()
    assert banner.text() == ""
    banner.tell("Something else.")
    banner.close_message()
    assert banner.text() == ""


def test_what_is_settled_does_not_come_back(qtbot):
    banner = Banner()
    qtbot.addWidget(banner)
    banner.tell("Given up.", subject="engine", action=("start", "Start again"), stays=True)
    banner.tell("It cannot be opened.")
    banner.settle("engine")
    assert banner.text() == "It cannot be opened."
    banner.close_message()
    assert banner.text() == ""


def test_a_near_copy_is_told_and_shown(qtbot, qwidget):
    card = NearCopyCard(qwidget)
    near = NearCopy(Path("/d/Lease 2.txt"), Path("/d/Lease.pdf"), Relation.REVISION)
    card.tell(near)
    assert card.isVisibleTo(qwidget)
    assert card.accessibleName() == "You just saved a near-copy of Lease.pdf"
    assert card.findChild(Badge).text() == "Revision"
    with qtbot.waitSignal(card.show_wanted) as wanted:
        button(card, "Show").click()
    assert wanted.args == [near]
    assert card.path() is None
    card.tell(near)
    qtbot.keyClick(card, Qt.Key.Key_Escape)
    assert card.path() is None


@pytest.fixture
def qwidget(qtbot):
    from PySide6.QtWidgets import QWidget

    made = QWidget()
    made.resize(1200, 800)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize(
    ("now", "title"),
    [
        (Situation(shown=3), ""),
        (Situation(), "No documents yet"),
        (Situation(scanning=True), "Your documents are being read"),
        (Situation(files=9, groups=4, show=Show.REVISION), "Nothing fits this filter"),
        (Situation(files=9, groups=4, filtered=True, scanning=True), "Nothing fits this filter"),
        (Situation(files=9), "No document is here twice"),
    ],
)
def test_an_empty_list_says_why(now, title):
    assert words_for(now)[0] == title


# ---- the engine's news -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("event", "signal"),
    [
        (Ready("lexical", "CPU"), "ready"),
        (Working("text", 1, 2), "working"),
        (Finished(Scan()), "ended"),
        (Failed(None, "No", "Sorry"), "failed"),
        (EngineLost(again=True, detail=""), "lost"),
        (GroupsChanged(), "groups_changed"),
        (FilesChanged(), "files_changed"),
        (FolderStates({}, {}), "folder_states"),
        (NearCopy(Path("a"), Path("b"), Relation.IDENTICAL), "near_copy"),
        (Paused(), "paused"),
        (Resumed(), "paused"),
        (Acted(1, ActionKind.TRASH, 1, 1, ()), "acted"),
    ],
)
def test_every_news_has_its_signal(qtbot, event, signal):
    events = EngineEvents()
    with qtbot.waitSignal(getattr(events, signal)):
        events.take(event)


def test_the_engine_is_idle_once_it_rests(qtbot):
    events = EngineEvents()
    events.take(Working("text", 1, 2))
    events.take(Finished(Scan()))
    events.take(Working("text", 1, 2))
    assert events.busy
    with qtbot.waitSignal(events.idle):
        events.take(Finished(Scan()))
    assert not events.busy


# ---- first page and dialogs --------------------------------------------------------------------


def test_the_first_page_offers_what_there_is(qtbot):
    page = FirstPage()
    qtbot.addWidget(page)
    page.show_models(model_choices("RTX 3060, 12 GB"), "lexical")
    cards = page.findChildren(ModelCard)
    assert [card.choice.name for card in cards] == ["lexical", "qwen3-0.6b", "qwen3-4b"]
    assert "RTX 3060" in cards[1].accessibleDescription()
    assert cards[0].accessibleName() == "By their words, in use"
    with qtbot.waitSignal(page.model_chosen) as chosen:
        qtbot.keyClick(cards[1], Qt.Key.Key_Space)
    assert chosen.args == ["qwen3-0.6b"]
    with qtbot.waitSignal(page.samples_wanted):
        button(page, "Try with samples").click()


@pytest.mark.parametrize(
    "choices",
    [
        Choices(),
        Choices(
            look="dark", watch=False, largest_mb=5, seconds=9.0, processes=3, exclude=("a", "b/")
        ),
        Choices(embedder="server:http://localhost:8000/v1#m", dimensions=512, template="official"),
        Choices(
            embedder="folder:/models/x", four_bit=True, keep_rules=("newest",), export_folder="/x"
        ),
    ],
)
def test_the_settings_dialog_gives_back_what_it_was_given(qtbot, choices):
    dialog = SettingsDialog(choices)
    qtbot.addWidget(dialog)
    assert dialog.choices() == choices
    with qtbot.waitSignal(dialog.chosen) as chosen:
        dialog._confirm()
    assert chosen.args == [choices]


def test_the_defaults_leave_what_is_chosen_elsewhere(qtbot):
    dialog = SettingsDialog(Choices(look="dark", export_folder="/x", keep_rules=("newest",)))
    qtbot.addWidget(dialog)
    dialog._restore()
    assert dialog.choices() == Choices(export_folder="/x", keep_rules=("newest",))


def test_every_choice_but_a_few_is_in_the_dialog():
    elsewhere = {"similarity", "export_folder", "move_folder", "keep_rules"}
    changed = set(SettingsDialog.choices.__code__.co_names) | set(_keywords())
    assert {field.name for field in fields(Choices)} - elsewhere <= changed


def _keywords():
    import ast
    import inspect
    import textwrap

    tree = ast.parse(textwrap.dedent(inspect.getsource(SettingsDialog.choices)))
    return [each.arg for each in ast.walk(tree) if isinstance(each, ast.keyword)]


def test_patterns_are_one_a_line(qtbot):
    dialog = PatternsDialog(Folder(Path("/x/Work"), exclude=("*.log",)))
    qtbot.addWidget(dialog)
    assert dialog.patterns() == ("*.log",)
    dialog._field.setPlainText(" *.tmp \n\nbuild/\n*.tmp\n")
    assert dialog.patterns() == ("*.tmp", "build/")


def test_the_list_of_keys_has_no_key_twice(qtbot):
    dialog = ShortcutsDialog()
    qtbot.addWidget(dialog)
    keys = [keys for keys, _ in shortcut_texts()]
    assert len(set(keys)) == len(keys)


def test_enter_presses_the_button_of_the_first_page(qtbot):
    page = FirstPage()
    qtbot.addWidget(page)
    button = next(
        each for each in page.findChildren(QPushButton) if each.text() == "Choose a folder…"
    )
    with qtbot.waitSignal(page.add_wanted):
        qtbot.keyClick(button, Qt.Key.Key_Return)


def test_options_of_models_are_for_models(qtbot):
    dialog = SettingsDialog(Choices())
    qtbot.addWidget(dialog)
    assert not dialog._dimensions.isEnabled()
    dialog.focus_server()
    assert dialog._dimensions.isEnabled()


def test_folder_of_a_model_can_be_chosen_and_is_kept(qtbot, monkeypatch, tmp_path):
    monkeypatch.setattr(
        "dedupe_app.ui.settings_dialog.QFileDialog.getExistingDirectory", lambda *_: str(tmp_path)
    )
    dialog = SettingsDialog(Choices(embedder="folder:/models/old"))
    qtbot.addWidget(dialog)
    dialog.focus_server()
    assert dialog.choices().embedder == "folder:/models/old"
    qtbot.keyClick(dialog._browse, Qt.Key.Key_Space)
    assert dialog.choices().embedder == f"folder:{tmp_path}"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("lexical", "or a folder of your own"),
        ("folder:/models/minilm/", "In use: minilm in a folder"),
        ("server:http://gpu-box:8000#Qwen/Qwen3", "In use: Qwen/Qwen3 on a server"),
    ],
)
def test_chooser_says_what_is_in_use_when_no_card_is(qtbot, name, said):
    chooser = ModelChooser()
    qtbot.addWidget(chooser)
    chooser.show_models(model_choices(), name)
    assert any(said in label.text() for label in chooser.findChildren(QLabel))


def test_the_wheel_scrolls_the_settings_and_changes_none(qtbot):
    dialog = SettingsDialog(Choices())
    qtbot.addWidget(dialog)
    dialog.show()
    for field in (*dialog.findChildren(QComboBox), *dialog.findChildren(QAbstractSpinBox)):
        field.clearFocus()
        there = QPointF(field.rect().center())
        turn = QWheelEvent(
            *(there, field.mapToGlobal(there), QPoint(), QPoint(0, -120)),
            *(Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier),
            *(Qt.ScrollPhase.NoScrollPhase, False),
        )
        QApplication.sendEvent(field, turn)
    assert dialog.choices() == SettingsDialog(Choices()).choices()
