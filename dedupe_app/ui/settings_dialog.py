"""The dialog with the choices of the user, each with a line that says what it does. Changes nothing itself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from dedupe_app.settings import Choices
from dedupe_app.ui.model_cards import template_text
from dedupe_app.ui.patterns_dialog import PatternsField, patterns_hint

if TYPE_CHECKING:
    from collections.abc import Sequence

_SERVER = "server:"
_FOLDER = "folder:"
_LEXICAL = "lexical"
_MOST_MB = 1024 * 1024


class SettingsDialog(QDialog):
    """`chosen` gives the Choices once they are confirmed."""

    chosen = Signal(object)

    def __init__(
        self,
        choices: Choices,
        languages: Sequence[tuple[str, str]] = (),
        parent: QWidget | None = None,
    ) -> None:
        """Show the choices as they are. languages: codes and names of the translations that there are."""
        super().__init__(parent)
        self._before = choices
        self.setWindowTitle(self.tr("Settings"))
        self.resize(600, 680)
        self._page = QWidget(self)
        self._rows = QVBoxLayout(self._page)
        self._rows.setContentsMargins(24, 18, 24, 18)
        self._rows.setSpacing(4)
        self._add_window(languages)
        self._add_comparing()
        self._add_reading()
        self._rows.addStretch(1)
        for field in (*self.findChildren(QComboBox), *self.findChildren(QAbstractSpinBox)):
            field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            field.installEventFilter(self)
        self._show(choices)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it follows the field that has the keyboard
        area.setWidget(self._page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 14)
        column.addWidget(area)
        column.addWidget(self._make_buttons())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Let the wheel scroll the page, and change only the field that has the keyboard."""
        if (
            event.type() == QEvent.Type.Wheel
            and isinstance(watched, QWidget)
            and not watched.hasFocus()
        ):
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def choices(self) -> Choices:
        """Return what is chosen now."""
        return replace(
            self._before,
            look=self._look.currentData(),
            language=self._language.currentData() or "",
            watch=self._watch.isChecked(),
            embedder=self._embedder_name(),
            dimensions=self._dimensions.value(),
            template=self._template.currentData(),
            four_bit=self._four_bit.isChecked(),
            largest_mb=self._largest.value(),
            seconds=self._seconds.value(),
            processes=self._processes.value(),
            exclude=self._exclude.patterns(),
        )

    def focus_server(self) -> None:
        """Go to where the address of a server is written, or the folder that is in use instead of one."""
        if self._embedder.currentData() != _FOLDER:
            self._embedder.setCurrentIndex(self._embedder.findData(_SERVER))
        self._address.setFocus()

    # ---- rows ----------------------------------------------------------------------------------

    def _add_window(self, languages: Sequence[tuple[str, str]]) -> None:
        self._heading(self.tr("Window"))
        self._look = QComboBox(self._page)
        for name, text in (
            ("system", self.tr("As the desktop")),
            ("light", self.tr("Light")),
            ("dark", self.tr("Dark")),
        ):
            self._look.addItem(text, name)
        self._row(self.tr("Look"), self._look, self.tr("Light or dark."))
        self._language = QComboBox(self._page)
        self._language.addItem(self.tr("As the desktop"), "")
        for code, text in languages:
            self._language.addItem(text, code)
        language = self._row(
            self.tr("Language"),
            self._language,
            self.tr("Of the window."),
        )
        for widget in language:
            widget.setVisible(bool(languages))
        self._watch = QCheckBox(self.tr("Watch the folders"), self._page)
        self._row("", self._watch, self.tr("See changes at once, and look at start what changed."))

    def _add_comparing(self) -> None:
        self._heading(self.tr("Comparing"))
        self._embedder = QComboBox(self._page)
        for name, text in (
            (_LEXICAL, self.tr("By their words (built in)")),
            ("qwen3-0.6b", "Qwen3-Embedding 0.6B"),
            ("qwen3-4b", "Qwen3-Embedding 4B"),
            ("qwen3-8b", "Qwen3-Embedding 8B"),
            (_FOLDER, self.tr("A model in a folder")),
            (_SERVER, self.tr("A server")),
        ):
            self._embedder.addItem(text, name)
        self._embedder.currentIndexChanged.connect(self._show_address)
        self._row(
            self.tr("Compare documents"),
            self._embedder,
            self.tr("A model also finds translations and paraphrases; words are always compared."),
        )
        self._address = QLineEdit(self._page)
        self._address_row = self._row(self.tr("Where"), self._address, "")
        self._browse = QPushButton(self.tr("Choose a folder\u2026"), self._page)
        self._browse.setAutoDefault(False)
        self._browse.clicked.connect(self._choose_folder)
        self._rows.addWidget(self._browse, 0, Qt.AlignmentFlag.AlignLeft)
        self._template = QComboBox(self._page)
        self._template.addItem(self.tr("What suits the model"), "")
        for name in ("clustering", "official", "none"):
            self._template.addItem(template_text(name), name)
        self._row(
            self.tr("Instruction"),
            self._template,
            self.tr("What a model is told to look for in a document."),
        )
        self._dimensions = _spin_box(self._page, 64, 4096, 64)
        self._row(
            self.tr("Dimensions"),
            self._dimensions,
            self.tr("How many numbers a model keeps of each document; 256 are enough."),
        )
        self._four_bit = QCheckBox(self.tr("Four-bit weights"), self._page)
        self._row("", self._four_bit, self.tr("Lets a large model run on a small graphics card."))

    def _add_reading(self) -> None:
        self._heading(self.tr("Reading"))
        self._largest = _spin_box(self._page, 1, _MOST_MB, 64, self.tr(" MB"))
        self._row(
            self.tr("Largest file"),
            self._largest,
            self.tr("Larger files are not read, but listed."),
        )
        self._seconds = QDoubleSpinBox(self._page)
        self._seconds.setRange(1, 24 * 3600)
        self._seconds.setDecimals(0)
        self._seconds.setSuffix(self.tr(" s"))
        self._seconds.lineEdit().setTextMargins(6, 0, 0, 0)
        self._row(
            self.tr("Time for a file"),
            self._seconds,
            self.tr("A file that takes longer is given up and listed."),
        )
        self._processes = _spin_box(self._page, 0, 256, 1)
        self._processes.setSpecialValueText(self.tr("As many as there are cores"))
        self._row(
            self.tr("Processes"),
            self._processes,
            self.tr("How many files are read at the same time."),
        )
        self._exclude = PatternsField((), self._page)
        self._exclude.setFixedHeight(84)
        self._row(self.tr("Leave out"), self._exclude, patterns_hint())

    def _heading(self, text: str) -> None:
        label = QLabel(text, self._page)
        font = label.font()
        font.setPixelSize(15)
        font.setBold(True)
        label.setFont(font)
        if self._rows.count():
            self._rows.addSpacing(16)
        self._rows.addWidget(label)

    def _row(self, name: str, field: QWidget, says: str) -> list[QWidget]:
        widgets: list[QWidget] = []
        self._rows.addSpacing(6)
        if name:
            label = QLabel(name, self._page)
            label.setBuddy(field)
            field.setAccessibleName(name)
            widgets.append(label)
        widgets.append(field)
        hint = QLabel(says, self._page)
        hint.setWordWrap(True)
        hint.setProperty("look", "mute")
        field.setAccessibleDescription(says)
        widgets.append(hint)
        for widget in widgets:
            self._rows.addWidget(widget)
        return widgets

    def _make_buttons(self) -> QDialogButtonBox:
        standard = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(standard.Ok | standard.Cancel | standard.RestoreDefaults, self)
        buttons.setContentsMargins(24, 0, 24, 0)
        confirm = buttons.button(standard.Ok)
        confirm.setProperty("look", "primary")
        confirm.style().unpolish(confirm)  # it had its look before it had the property
        confirm.style().polish(confirm)
        buttons.accepted.connect(self._confirm)
        buttons.rejected.connect(self.reject)
        buttons.button(standard.RestoreDefaults).setText(self.tr("Defaults"))
        buttons.button(standard.RestoreDefaults).clicked.connect(self._restore)
        return buttons

    # ---- values --------------------------------------------------------------------------------

    def _show(self, choices: Choices) -> None:
        _choose(self._look, choices.look)
        _choose(self._language, choices.language)
        self._watch.setChecked(choices.watch)
        prefix = next(
            (each for each in (_SERVER, _FOLDER) if choices.embedder.startswith(each)), ""
        )
        _choose(self._embedder, prefix or choices.embedder)
        self._address.setText(choices.embedder.removeprefix(prefix) if prefix else "")
        _choose(self._template, choices.template)
        self._dimensions.setValue(choices.dimensions)
        self._four_bit.setChecked(choices.four_bit)
        self._largest.setValue(choices.largest_mb)
        self._seconds.setValue(choices.seconds)
        self._processes.setValue(choices.processes)
        self._exclude.setPlainText("\n".join(choices.exclude))
        self._show_address()

    def _embedder_name(self) -> str:
        kind = str(self._embedder.currentData())
        if kind not in (_SERVER, _FOLDER):
            return kind
        address = self._address.text().strip()
        return kind + address if address else _LEXICAL

    @Slot()
    def _show_address(self) -> None:
        kind = self._embedder.currentData()
        for option in (self._template, self._dimensions, self._four_bit):
            option.setEnabled(kind != _LEXICAL)
        for widget in self._address_row:
            widget.setVisible(kind in (_SERVER, _FOLDER))
        self._browse.setVisible(kind == _FOLDER)
        if kind == _SERVER:
            self._address.setPlaceholderText("http://localhost:8000/v1#Qwen/Qwen3-Embedding-0.6B")
        else:
            self._address.setPlaceholderText("/models/my-model")

    @Slot()
    def _choose_folder(self) -> None:
        title = self.tr("The folder of a model")
        chosen = QFileDialog.getExistingDirectory(self, title, self._address.text().strip())
        if chosen:
            self._address.setText(chosen)

    @Slot()
    def _restore(self) -> None:
        own = self._before
        self._before = replace(
            Choices(),
            similarity=own.similarity,
            export_folder=own.export_folder,
            move_folder=own.move_folder,
            keep_rules=own.keep_rules,
        )
        self._show(self._before)

    @Slot()
    def _confirm(self) -> None:
        self.chosen.emit(self.choices())
        self.accept()


def _choose(box: QComboBox, name: str) -> None:
    box.setCurrentIndex(max(0, box.findData(name)))


def _spin_box(parent: QWidget, least: int, most: int, step: int, suffix: str = "") -> QSpinBox:
    box = QSpinBox(parent)
    box.setRange(least, most)
    box.setSingleStep(step)
    box.setSuffix(suffix)
    box.lineEdit().setTextMargins(6, 0, 0, 0)
    return box
