"""The bar at the top: add a folder, choose a view, how similar, filter, export. Says what is wanted, does nothing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QSizePolicy,
    QSlider,
    QToolButton,
    QWidget,
)

from dedupe_app.ui.formats import percent_text
from dedupe_app.ui.icons import icon
from dedupe_app.ui.theme import colours

_HEIGHT = 48
_SEGMENT_BESIDE = 15
_SLIDER_MS, _WORDS_MS = 250, 200


class TopBar(QFrame):
    """What is wanted, as signals; `view_chosen` gives the index of the view."""

    add_wanted = Signal()
    view_chosen = Signal(object)
    similarity_chosen = Signal(float)
    words_changed = Signal(str)
    export_wanted = Signal(str)
    settings_wanted = Signal()

    def __init__(self, similarity: float, parent: QWidget | None = None) -> None:
        """Make the bar; `similarity` 0-100 is where the slider stands."""
        super().__init__(parent)
        self.setObjectName("top_bar")
        self.setFixedHeight(_HEIGHT)
        self._sent = round(similarity)
        self._views = QButtonGroup(self)
        self._views.idClicked.connect(self._choose_view)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 14, 0)
        row.setSpacing(10)
        self._add = self._make_add()
        row.addWidget(self._add)
        self._rest = QWidget(self)
        row.addWidget(self._rest, 1)
        self._empty = QWidget(self)  # takes the place of the rest, so that nothing moves
        self._empty.hide()
        row.addWidget(self._empty, 1)
        rest = QHBoxLayout(self._rest)
        rest.setContentsMargins(0, 0, 0, 0)
        rest.setSpacing(10)
        rest.addWidget(self._make_segments())
        rest.addSpacing(10)
        self._add_slider(rest)
        rest.addStretch(1)
        rest.addWidget(self._make_field(), 2)
        rest.addWidget(self._make_export())
        row.addWidget(self._make_settings())

    def add_view(self, name: str) -> None:
        """Add the button of one more view."""
        button = QPushButton(name, self._segments)
        button.setCheckable(True)
        button.setProperty("look", "segment")
        before = self._views.buttons()
        number = len(before)
        button.setToolTip(self.tr("Ctrl+{}").format(number + 1))
        self._views.addButton(button, number)
        layout = self._segments.layout()
        if layout is not None:
            layout.addWidget(button)
        QWidget.setTabOrder(before[-1] if before else self._add, button)
        button.setChecked(number == 0)
        bold = QFont(button.font())
        bold.setWeight(QFont.Weight.DemiBold)
        button.setMinimumWidth(QFontMetrics(bold).horizontalAdvance(name) + 2 * _SEGMENT_BESIDE)
        self._segments.setVisible(number > 0)  # one view alone is no choice
        self._round_ends()

    def view_names(self) -> list[str]:
        """Return the names of the views, in order."""
        return [button.text() for button in self._views.buttons()]

    def show_view(self, index: int) -> None:
        """Mark the button of the view that is shown."""
        self._views.button(index).setChecked(True)

    def show_similarity(self, similarity: float) -> None:
        """Set the slider without asking for anything."""
        with QSignalBlocker(self._slider):
            self._slider.setValue(round(similarity))
        self._sent = round(similarity)
        self._percent.setText(percent_text(similarity))

    def show_only_add(self, only: bool) -> None:
        """Leave nothing but the button to add a folder: there is nothing else to do yet."""
        self._rest.setVisible(not only)
        self._empty.setVisible(only)

    def field(self) -> QLineEdit:
        """Return the field to filter with."""
        return self._field

    def filter_by(self, words: str) -> None:
        """Write words into the field and filter by them at once."""
        self._field.setText(words)
        self._send_words()

    def words(self) -> str:
        """Return what the list is filtered by."""
        return self._field.text().strip()

    # ---- parts ---------------------------------------------------------------------------------

    def _make_add(self) -> QPushButton:
        button = QPushButton(self.tr("+ Add folder"), self)
        button.setAccessibleName(self.tr("Add folder"))
        button.setToolTip(self.tr("Ctrl+O"))
        button.setProperty("look", "primary")
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        button.clicked.connect(self.add_wanted)
        return button

    def _make_segments(self) -> QFrame:
        self._segments = QFrame(self._rest)
        self._segments.setProperty("look", "segments")
        self._segments.setAccessibleName(self.tr("View"))
        self._segments.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self._segments)
        row.setContentsMargins(1, 1, 1, 1)
        row.setSpacing(0)
        return self._segments

    def _add_slider(self, row: QHBoxLayout) -> None:
        label = QLabel(self.tr("Similar at"), self._rest)
        label.setProperty("look", "mute")
        self._slider = QSlider(Qt.Orientation.Horizontal, self._rest)
        self._slider.setRange(0, 100)
        self._slider.setPageStep(5)
        self._slider.setValue(self._sent)
        self._slider.setFixedWidth(150)
        self._slider.setAccessibleName(self.tr("Similar at, percent"))
        self._slider.setToolTip(self.tr("Group only duplicates that are at least this similar."))
        label.setBuddy(self._slider)
        self._percent = QLabel(percent_text(self._sent), self._rest)
        self._percent.setProperty("look", "bold")
        self._percent.setMinimumWidth(self._percent.fontMetrics().horizontalAdvance("100 %") + 6)
        self._slider_quiet = _make_timer(self, _SLIDER_MS)
        self._slider_quiet.timeout.connect(self._send_similarity)
        self._slider.valueChanged.connect(self._slide)
        for widget in (label, self._slider, self._percent):
            row.addWidget(widget)

    def _make_field(self) -> QLineEdit:
        self._field = QLineEdit(self._rest)
        self._field.setPlaceholderText(self.tr("Filter names, folders, text\u2026"))
        self._field.setAccessibleName(self.tr("Filter"))
        self._field.setToolTip(self.tr("Ctrl+F"))
        self._field.setClearButtonEnabled(True)
        self._field.setAcceptDrops(False)  # folders that are dropped here are for the window
        self._field.setMaximumWidth(280)
        self._field.setMinimumWidth(120)
        self._words_quiet = _make_timer(self, _WORDS_MS)
        self._words_quiet.timeout.connect(self._send_words)
        self._field.textChanged.connect(self._type)
        self._field.returnPressed.connect(self._send_words)
        return self._field

    def _make_export(self) -> QPushButton:
        button = QPushButton(self.tr("Export\u2026"), self._rest)
        button.setToolTip(self.tr("Ctrl+E"))
        menu = QMenu(button)
        for what, name in (
            ("all", self.tr("Everything\u2026")),
            ("shown", self.tr("What is shown\u2026")),
            ("selection", self.tr("The selection\u2026")),
        ):
            menu.addAction(name).setData(what)
        menu.triggered.connect(self._export)
        button.setMenu(menu)
        return button

    def _make_settings(self) -> QToolButton:
        self._settings = QToolButton(self)
        self._settings.setProperty("look", "plain")
        self._settings.setAccessibleName(self.tr("Settings"))
        self._settings.setToolTip(self.tr("Settings (Ctrl+,)"))
        self._settings.clicked.connect(self.settings_wanted)
        self._settings.setIcon(icon("settings", colours().mute))
        return self._settings

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the icon anew in the colours of another look."""
        if event.type() == QEvent.Type.PaletteChange:
            self._settings.setIcon(icon("settings", colours().mute))
        super().changeEvent(event)

    def _round_ends(self) -> None:
        buttons = self._views.buttons()
        for index, button in enumerate(buttons):
            first, last = index == 0, index == len(buttons) - 1
            end = "both" if first and last else "left" if first else "right" if last else "none"
            button.setProperty("end", end)
            button.style().unpolish(button)
            button.style().polish(button)

    # ---- what is done with them ----------------------------------------------------------------

    @Slot(int)
    def _choose_view(self, index: int) -> None:
        self.view_chosen.emit(index)

    @Slot(int)
    def _slide(self, value: int) -> None:
        self._percent.setText(percent_text(value))
        self._slider_quiet.start()

    @Slot()
    def _send_similarity(self) -> None:
        if self._slider.isSliderDown() or self._slider.value() != self._sent:
            self._sent = self._slider.value()
            self.similarity_chosen.emit(float(self._sent))

    @Slot(str)
    def _type(self, _words: str) -> None:
        self._words_quiet.start()

    @Slot()
    def _send_words(self) -> None:
        self._words_quiet.stop()
        self.words_changed.emit(self.words())

    @Slot(object)
    def _export(self, action: object) -> None:
        self.export_wanted.emit(action.data())  # type: ignore[attr-defined]


def _make_timer(parent: QWidget, quiet_ms: int) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(quiet_ms)
    return timer
