"""The list of keep rules: ticked ones count, from top to bottom; moved by dragging or with Alt and the arrows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from dedupe_app.review.rules import KeepRule
from dedupe_app.ui.formats import shown_path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

_RULE = Qt.ItemDataRole.UserRole
_SHOWN, _LEAST = 7, 4


class RulesList(QListWidget):
    """`changed`: another order, or other rules count."""

    changed = Signal()

    def __init__(self, order: Sequence[KeepRule | Path], parent: QWidget | None = None) -> None:
        """Show the rules in their order, those that do not count below."""
        super().__init__(parent)
        self.setProperty("look", "field")
        self.setAccessibleName(self.tr("Keep rules, the most important first"))
        self.setAccessibleDescription(
            self.tr("Space ticks a rule, Alt with the up and down arrows moves it.")
        )
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        for rule in order:
            self._append(rule, counts=True)
        for other in KeepRule:
            if other not in order:
                self._append(other, counts=False)
        self.setCurrentRow(0)
        self.itemChanged.connect(self._tell)
        self.model().rowsMoved.connect(self._tell)

    def order(self) -> tuple[KeepRule | Path, ...]:
        """Return the rules that count, the most important first."""
        items = (self.item(row) for row in range(self.count()))
        return tuple(_rule_of(item) for item in items if item.checkState() == Qt.CheckState.Checked)

    def add_folder(self, folder: Path) -> None:
        """Let files in a folder stay, before all other rules."""
        if folder in self.order():
            return
        item = self._make(folder, counts=True)
        self.insertItem(0, item)
        self.setCurrentItem(item)
        self.changed.emit()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for room for the rules of the program, and one more."""
        return self._room(_SHOWN)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for a few rules at least: the others can be scrolled to."""
        return self._room(_LEAST)

    def _room(self, rows: int) -> QSize:
        return QSize(240, self.sizeHintForRow(0) * rows + 2 * self.frameWidth())

    @Slot()
    def move_up(self) -> None:
        """Give the chosen rule more weight."""
        self._move(-1)

    @Slot()
    def move_down(self) -> None:
        """Give the chosen rule less weight."""
        self._move(1)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Move the chosen rule with Alt and the arrows, drop a folder with Delete."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._move(step)
        elif event.key() == Qt.Key.Key_Delete:
            self._drop_folder()
        else:
            super().keyPressEvent(event)

    def _move(self, step: int) -> None:
        row = self.currentRow()
        target = row + step
        if row < 0 or not 0 <= target < self.count():
            return
        self.insertItem(target, self.takeItem(row))
        self.setCurrentRow(target)
        self.changed.emit()

    def _drop_folder(self) -> None:
        item = self.currentItem()
        if item is not None and isinstance(_rule_of(item), Path):
            self.takeItem(self.row(item))
            self.changed.emit()

    def _append(self, rule: KeepRule | Path, *, counts: bool) -> None:
        self.addItem(self._make(rule, counts=counts))

    def _make(self, rule: KeepRule | Path, *, counts: bool) -> QListWidgetItem:
        item = QListWidgetItem(rule_text(rule))
        item.setData(_RULE, rule if isinstance(rule, KeepRule) else str(rule))
        item.setFlags(
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemIsUserCheckable
            | Qt.ItemFlag.ItemIsDragEnabled
        )
        item.setCheckState(Qt.CheckState.Checked if counts else Qt.CheckState.Unchecked)
        return item

    @Slot()
    def _tell(self) -> None:
        self.changed.emit()


def rule_text(rule: KeepRule | Path) -> str:
    """Return a rule in words."""
    translate = QCoreApplication.translate
    if isinstance(rule, Path):
        return translate("Rules", "Keep what is in {}").format(shown_path(rule))
    return {
        KeepRule.NEWEST: translate("Rules", "Keep the newest"),
        KeepRule.OLDEST: translate("Rules", "Keep the oldest"),
        KeepRule.LONGEST: translate("Rules", "Keep the longest text"),
        KeepRule.BEST_FORMAT: translate("Rules", "Keep the format that can be edited best"),
        KeepRule.SHORTEST_PATH: translate("Rules", "Keep the shortest path"),
        KeepRule.PLAIN_NAME: translate("Rules", "Keep names without “copy” or “(1)”"),
    }[rule]


def _rule_of(item: QListWidgetItem) -> KeepRule | Path:
    data = str(item.data(_RULE))
    return KeepRule(data) if data in set(KeepRule) else Path(data)
