"""The card beside the pointer: which file a dot is, what it is like, and what lies around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from dedupe_app.ui.badge import Badge
from dedupe_app.ui.formats import shown_path, size_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedupe_app.records import FileRow, Relation

_WIDTH = 260
_AWAY = 16


class MapCard(QFrame):
    """Shows one file."""

    def __init__(self, parent: QWidget) -> None:
        """Make a hidden card."""
        super().__init__(parent)
        self._parent = parent
        self.setObjectName("card")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFixedWidth(_WIDTH)
        self._name = QLabel(self)
        self._name.setProperty("look", "bold")
        self._place = QLabel(self)
        self._badge = Badge(self)
        self._other = QLabel(self)
        self._near = QLabel(self)
        for label in (self._place, self._near):
            label.setProperty("look", "mute")
        for label in (self._name, self._place, self._other, self._near):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self._badge, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._other, 1)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(4)
        column.addWidget(self._name)
        column.addWidget(self._place)
        column.addLayout(row)
        column.addWidget(self._near)
        self.hide()

    def tell(
        self,
        file: FileRow,
        place: str,
        like: tuple[Relation, str] | None,
        near: Sequence[str],
    ) -> None:
        """Show a file: `place` its folder, `like` its relation to another one, `near` what lies around it."""
        self._name.setText(_breakable(shown_path(file.path.name)))
        self._place.setText(_breakable(f"{place} \u00b7 {size_text(file.size_bytes)}"))
        for widget in (self._badge, self._other):
            widget.setVisible(like is not None)
        if like is not None:
            self._badge.show_relation(like[0])
            self._other.setText(_breakable(like[1]))
        self._near.setVisible(bool(near))
        self._near.setText(_breakable(self.tr("Around it: {}").format(", ".join(near))))
        self.setAccessibleName(self._name.text())
        self.setFixedHeight(self._column.totalHeightForWidth(_WIDTH))

    def show_at(self, place: QPoint, room: QWidget) -> None:
        """Show the card beside a place of the map, inside of it."""
        left, top = place.x() + _AWAY, place.y() + _AWAY
        if left + self.width() > room.width():
            left = place.x() - self.width() - _AWAY
        if top + self.height() > room.height():
            top = place.y() - self.height() - _AWAY
        inside = QPoint(max(left, 4), max(top, 4))
        self.move(self._parent.mapFromGlobal(room.mapToGlobal(inside)))
        self.raise_()
        self.show()


def _breakable(text: str) -> str:
    """Let a long name be broken after signs that part words, as labels only do at spaces."""
    for sign in "_-./":
        text = text.replace(sign, f"{sign}\u200b")
    return text
