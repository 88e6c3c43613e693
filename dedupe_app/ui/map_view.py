"""The map with its buttons, its card and its table: what is chosen here is told to the window, and the other way."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from dedupe_app.engine.messages import MakeMap
from dedupe_app.records import Decision
from dedupe_app.ui import map_colours, map_questions, map_words
from dedupe_app.ui.formats import shown_path
from dedupe_app.ui.map_bar import MapBar, MapOffer
from dedupe_app.ui.map_canvas import MapCanvas
from dedupe_app.ui.map_colours import ColourBy, Colouring
from dedupe_app.ui.map_hand import Hand
from dedupe_app.ui.map_menu import hint_text, map_menu
from dedupe_app.ui.map_pointing import Pointing
from dedupe_app.ui.map_table import MapModel, MapTable
from dedupe_app.ui.message_page import MessagePage
from dedupe_app.ui.note import Note, announce

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent

    from dedupe_app.engine.messages import Command
    from dedupe_app.records import FileRow
    from dedupe_app.ui.group_choice import Marking
    from dedupe_app.ui.library import LibraryThread
    from dedupe_app.ui.map_scene import Scene

_MARGIN, _BAR = 12, 52


class MapView(QWidget):
    """Shows all documents as dots. What is to be opened, shown elsewhere or exported it asks of the window."""

    files_selected = Signal(object)  # list[int]
    current_changed = Signal(object)  # FileRow | None
    open_wanted = Signal(object)  # Path
    reveal_wanted = Signal(object)  # Path
    groups_wanted = Signal(object)  # list[int]: show only the groups of these files
    export_wanted = Signal(object)  # list[int]
    decisions_changed = Signal()

    def __init__(
        self,
        library: LibraryThread,
        submit: Callable[[Command], None],
        parent: QWidget | None = None,
    ) -> None:
        """Show nothing yet: the map is read when the view is first seen."""
        super().__init__(parent)
        self._library = library
        self._submit = submit
        self._by = ColourBy.TOPIC
        self._row: FileRow | None = None
        self._asked = False
        self._is_due = True
        self._wanted: tuple[list[int], bool] | None = None
        self.canvas = MapCanvas(self)
        self.hand = Hand(self.canvas)
        self.model = MapModel(self._read_rows, self)
        self.table = MapTable(self.model, self)
        self.bar = MapBar(self)
        self._offer = MapOffer(self)
        self._pointing = Pointing(self.canvas, library, self)
        self._page = MessagePage(self)
        self._note = Note(self)
        self._lay_out()
        self._connect()
        self._page.say(*map_words.being_drawn())

    def _lay_out(self) -> None:
        self._stack = QStackedWidget(self)
        self._sheet = QWidget(self)
        below_bar = QVBoxLayout(self._sheet)
        below_bar.setContentsMargins(0, _BAR, 0, 0)
        below_bar.addWidget(self.table)
        for page in (self._page, self.canvas, self._sheet):
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._stack, 1)
        column.addWidget(self._note)
        self.bar.hide()
        self.setFocusProxy(self.canvas)

    def _connect(self) -> None:
        canvas, bar, table = self.canvas, self.bar, self.table
        canvas.current_changed.connect(self._tell_current)
        canvas.chosen_changed.connect(self._tell_chosen)
        canvas.open_wanted.connect(self.open_current)
        canvas.menu_wanted.connect(self._show_menu)
        self.hand.lasso_ended.connect(bar.end_lasso)
        bar.lasso_wanted.connect(self._set_lasso)
        bar.fit_wanted.connect(canvas.fit)
        bar.table_wanted.connect(self._show_table)
        bar.colours_wanted.connect(self._colour_by)
        self._offer.wanted.connect(self._draw_anew)
        table.chosen_changed.connect(canvas.set_chosen)
        table.current_changed.connect(canvas.set_current)
        table.open_wanted.connect(self.open_current)

    # ---- what is shown -------------------------------------------------------------------------

    @Slot()
    def reload(self) -> None:
        """Read the map anew; what is in sight, current and chosen stays so."""
        if not self.isVisible():
            self._is_due = True
            return
        self._is_due = False
        self._library.ask(map_questions.read_scene, self._show, key="map")

    def select_files(self, files: list[int], *, fade: bool = True) -> None:
        """Choose files that were chosen elsewhere, and let the others `fade`; nothing is told."""
        scene = self.canvas.scene
        if scene is None:
            self._wanted = files, fade
            return
        self._wanted = None
        rows = scene.rows_of(files)
        self.canvas.set_chosen(rows if len(rows) > 1 else rows[:0], tell=False, fade=fade)
        if len(rows):
            self.canvas.set_current(int(rows[0]), tell=False)
        self._follow()

    def selection(self) -> list[int]:
        """Return the numbers of the chosen files, or that of the current one."""
        scene = self.canvas.scene
        if scene is None:
            return []
        if len(self.canvas.chosen):
            return [int(file) for file in scene.data.files[self.canvas.chosen]]
        return [int(scene.data.files[self.canvas.current])] if self.canvas.current >= 0 else []

    @Slot(object)
    def _show(self, answer: tuple[Scene, tuple[Path, ...]]) -> None:
        scene, roots = answer
        self._pointing.roots = roots
        info = scene.data.info
        self._ask_for_map(scene)
        if not len(scene):
            return
        self.canvas.show_scene(scene, self._colouring(scene))
        self.model.show(scene, roots)
        self._offer.offer(info.placed if info is not None and info.is_stale else 0)
        self.bar.show()
        self._turn_to(self._stack.currentWidget() is self._sheet)
        self._place_parts()
        if self._wanted is not None:
            self.select_files(self._wanted[0], fade=self._wanted[1])
        self._follow()
        if self._by is ColourBy.FOLDER:
            self._ask_folders()

    def _ask_for_map(self, scene: Scene) -> None:
        """Let the map be drawn if there is none; ask once, until there is one."""
        is_wanted = scene.data.info is None and scene.data.missing > 0
        if is_wanted and not self._asked:
            self._submit(MakeMap())
        self._asked = is_wanted
        if is_wanted:
            self._page.say(*map_words.being_drawn())
        elif not len(scene):
            self._page.say(*map_words.nothing_to_draw())

    def show_stopped(self) -> None:
        """Say that the map was not drawn; it is asked for again when something changes."""
        if self._asked:
            self._asked = False
            self._page.say(*map_words.not_drawn())

    def _turn_to(self, table: bool) -> None:
        if table:  # a table that is given the keyboard without a current row takes the first
            self.table.follow(self.canvas.chosen, self.canvas.current)
        self._stack.setCurrentWidget(self._sheet if table else self.canvas)
        self.setFocusProxy(self.table if table else self.canvas)

    def _follow(self) -> None:
        """Say how much is chosen, and choose the same in the table."""
        scene, canvas = self.canvas.scene, self.canvas
        if scene is None:
            return
        canvas.hint = hint_text(scene, len(canvas.chosen))
        canvas.setAccessibleDescription(canvas.hint)
        canvas.update()
        if self._stack.currentWidget() is self._sheet:
            self.table.follow(canvas.chosen, canvas.current)

    # ---- colours -------------------------------------------------------------------------------

    def _colouring(self, scene: Scene) -> Colouring:
        made: dict[ColourBy, Callable[..., Colouring]] = {
            ColourBy.RELATION: map_colours.colour_by_relation,
            ColourBy.FORMAT: map_colours.colour_by_format,
            ColourBy.AGE: map_colours.colour_by_age,
        }
        return made.get(self._by, map_colours.colour_by_topic)(scene.data)

    @Slot(object)
    def _colour_by(self, by: ColourBy) -> None:
        self._by = by
        self.bar.show_colours(by)
        self._place_parts()
        if by is ColourBy.FOLDER:
            self._ask_folders()
        elif self.canvas.scene is not None:
            self.canvas.set_colouring(self._colouring(self.canvas.scene))

    def _ask_folders(self) -> None:
        if self.canvas.scene is not None:
            files = self.canvas.scene.data.files.tolist()
            question = partial(map_questions.read_folders, files=files)
            self._library.ask(question, self._colour_by_folder, key="map folders")

    @Slot(object)
    def _colour_by_folder(self, found: tuple[list[int], list[str]]) -> None:
        scene = self.canvas.scene
        if scene is not None and len(found[0]) == len(scene) and self._by is ColourBy.FOLDER:
            self.canvas.set_colouring(map_colours.colour_by_folder(found))

    # ---- what is chosen ------------------------------------------------------------------------

    @Slot(object)
    def _tell_current(self, row: int) -> None:
        file = self._file(row)
        rows = self._read_rows([file]) if file else []
        self._row = rows[0] if rows else None
        if self._row is not None:
            announce(self.canvas, shown_path(self._row.path.name))
        self._follow()
        self.current_changed.emit(self._row)

    @Slot()
    def _tell_chosen(self) -> None:
        self._note.say("")
        self._follow()
        self.files_selected.emit(self.selection())

    def _file(self, row: int) -> int:
        scene = self.canvas.scene
        return int(scene.data.files[row]) if scene is not None and row >= 0 else 0

    def _read_rows(self, files: Sequence[int]) -> list[FileRow]:
        return map_questions.read_rows(self._library.reading(), files)

    # ---- what is done --------------------------------------------------------------------------

    @Slot(bool)
    def _set_lasso(self, lasso: bool) -> None:
        self.hand.lasso = lasso
        if lasso and self.isVisible():
            self.canvas.setFocus()

    @Slot(bool)
    def _show_table(self, table: bool) -> None:
        self._pointing.hide()
        self._turn_to(table)
        self._place_parts()
        self._follow()
        # A key presses a button a moment later: another view may be there by then.
        if self.isVisible():
            self.setFocus()

    @Slot()
    def open_current(self) -> None:
        """Ask the window to open the current file."""
        if self._row is not None:
            self.open_wanted.emit(self._row.path)

    @Slot()
    def reveal_current(self) -> None:
        """Ask the window to show the current file in the file manager."""
        if self._row is not None:
            self.reveal_wanted.emit(self._row.path)

    @Slot()
    def show_groups(self) -> None:
        """Ask the window for the groups of the chosen files."""
        self.groups_wanted.emit(self.selection())

    @Slot()
    def export_chosen(self) -> None:
        """Ask the window for a report of the chosen files."""
        self.export_wanted.emit(self.selection())

    @Slot()
    def mark_copies(self) -> None:
        """Mark the copies among the chosen files to be removed; of each group one stays."""
        change = partial(map_questions.mark_files, files=self.selection(), decision=Decision.REMOVE)
        self._library.write(change, self._tell_marked)

    @Slot(object)
    def _tell_marked(self, marking: Marking) -> None:
        self.decisions_changed.emit()
        if marking.files:
            self._note.say(self.tr("%n file(s) marked to remove", "", len(marking.files)))
        else:
            self._note.say(self.tr("No copies here: nothing was marked."))

    @Slot()
    def _draw_anew(self) -> None:
        self._offer.hide()
        self._submit(MakeMap(full=True))

    @Slot(object)
    def _show_menu(self, place: QPoint) -> None:
        if self.selection():
            self._pointing.hide()
            map_menu(self).popup(place)

    # ---- Qt ------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Read the map if it changed while nobody looked."""
        super().showEvent(event)
        if self._is_due or not (self._asked or self.canvas.scene):
            self.reload()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Say nothing of files any more."""
        self._pointing.hide()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the buttons in their corner."""
        super().resizeEvent(event)
        self._place_parts()

    def _place_parts(self) -> None:
        self.bar.adjustSize()
        self.bar.move(self.width() - self.bar.width() - _MARGIN, _MARGIN)
        self._offer.adjustSize()
        is_narrow = self._offer.width() + self.bar.width() > self.width() - 3 * _MARGIN
        self._offer.move(_MARGIN, 2 * _MARGIN + self.bar.height() if is_narrow else _MARGIN)
        self.bar.raise_()
        self._offer.raise_()
