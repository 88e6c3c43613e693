"""The fields for other places to fetch the packages from; folded away, as few people need them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QFileDialog,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from dedupe_app.runtime.wanted import Sources


class SourcesFields(QWidget):
    """Mirrors and a folder, "" each for the usual place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show none of the fields."""
        super().__init__(parent)
        self._more = QToolButton(self)
        self._more.setText(self.tr("Fetch from elsewhere"))
        self._more.setProperty("look", "plain")
        self._more.setCheckable(True)
        self._more.setArrowType(Qt.ArrowType.RightArrow)
        self._more.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._more.toggled.connect(self._unfold)
        self._fields = QWidget(self)
        self._index = QLineEdit(self._fields)
        self._torch = QLineEdit(self._fields)
        self._wheels = QLineEdit(self._fields)
        self._python = QLineEdit(self._fields)
        self._lay_out()
        self._fields.hide()

    def show_sources(self, sources: Sources) -> None:
        """Show where packages came from the last time."""
        self._index.setText(sources.index)
        self._torch.setText(sources.torch_index)
        self._wheels.setText(sources.wheels)
        self._python.setText(sources.python_mirror)
        self._more.setChecked(sources != Sources())

    def sources(self) -> Sources:
        """Return what is written."""
        return Sources(
            self._index.text().strip(),
            self._torch.text().strip(),
            self._wheels.text().strip(),
            self._python.text().strip(),
        )

    def _lay_out(self) -> None:
        grid = QGridLayout(self._fields)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        rows = (
            (self.tr("Mirror of PyPI"), self._index, "https://…/simple"),
            (self.tr("Mirror for torch"), self._torch, "https://…/whl/cu130"),
            (self.tr("Folder with all packages"), self._wheels, "/media/…/wheels"),
            (self.tr("Mirror for Python"), self._python, "https://…"),
        )
        for number, (text, field, example) in enumerate(rows):
            label = QLabel(text, self._fields)
            label.setBuddy(field)
            field.setAccessibleName(text)
            field.setPlaceholderText(example)
            grid.addWidget(label, number, 0)
            grid.addWidget(field, number, 1)
        choose = QPushButton(self.tr("Choose…"), self._fields)
        choose.setAutoDefault(False)
        choose.clicked.connect(self._choose)
        grid.addWidget(choose, 2, 2)
        grid.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._fields)

    @Slot(bool)
    def _unfold(self, unfolded: bool) -> None:
        self._more.setArrowType(Qt.ArrowType.DownArrow if unfolded else Qt.ArrowType.RightArrow)
        self._fields.setVisible(unfolded)

    @Slot()
    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, self.tr("Folder with all packages"), self._wheels.text()
        )
        if chosen:
            self._wheels.setText(chosen)
