"""The buttons over the map: choose with a lasso, see all of it, colour it, read it as a table."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QSizePolicy, QWidget

from dedupe_app.ui.formats import count_text
from dedupe_app.ui.map_colours import ColourBy, by_name


class MapBar(QWidget):
    """Says what is wanted, does nothing."""

    lasso_wanted = Signal(bool)
    fit_wanted = Signal()
    table_wanted = Signal(bool)
    colours_wanted = Signal(object)  # ColourBy

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make the buttons."""
        super().__init__(parent)
        self._lasso = self._button(self.tr("Lasso"), self.tr("Draw a line around files (L)"))
        self._lasso.setCheckable(True)
        self._lasso.setShortcut("L")
        self._lasso.toggled.connect(self.lasso_wanted)
        self._fit = self._button(self.tr("Fit"), self.tr("Show the whole map (0)"))
        self._fit.clicked.connect(self.fit_wanted)
        self._colour = self._button("", self.tr("What the colours mean"))
        self._colour.setMenu(self._make_menu())
        self._table = self._button(self.tr("Table"), self.tr("Show the same as a table (T)"))
        self._table.setCheckable(True)
        self._table.setShortcut("T")
        self._table.toggled.connect(self._turn)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for button in (self._lasso, self._fit, self._colour, self._table):
            row.addWidget(button)
        self.show_colours(ColourBy.TOPIC)

    def show_colours(self, by: ColourBy) -> None:
        """Name what the dots are coloured by."""
        self._colour.setText(self.tr("Colour: {} \u25be").format(by_name(by)))
        self._colour.setAccessibleName(self.tr("Colour by {}").format(by_name(by)))
        self.adjustSize()

    @Slot()
    def end_lasso(self) -> None:
        """Show that dragging moves the map again."""
        self._lasso.setChecked(False)

    def _button(self, text: str, tip: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setToolTip(tip)
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        return button

    def _make_menu(self) -> QMenu:
        menu = QMenu(self._colour)
        choices = QActionGroup(menu)
        for by in ColourBy:
            action = QAction(by_name(by), choices)
            action.setCheckable(True)
            action.setChecked(by is ColourBy.TOPIC)
            action.setData(by.value)
            menu.addAction(action)
        choices.triggered.connect(self._choose)
        return menu

    @Slot(QAction)
    def _choose(self, action: QAction) -> None:
        self.colours_wanted.emit(ColourBy(action.data()))

    @Slot(bool)
    def _turn(self, table: bool) -> None:
        for button in (self._lasso, self._fit, self._colour):
            button.setVisible(not table)
        self.adjustSize()
        self.table_wanted.emit(table)


class MapOffer(QFrame):
    """Offers to draw the map anew when much of it came later."""

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Offer nothing yet."""
        super().__init__(parent)
        self.setObjectName("card")
        self._text = QLabel(self)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        button = QPushButton(self.tr("Draw it anew"), self)
        button.clicked.connect(self.wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(12)
        row.addWidget(self._text)
        row.addWidget(button)
        self.hide()

    def offer(self, new: int) -> None:
        """Say how many documents came since the map was drawn; 0: nothing to be said."""
        self._text.setText(
            self.tr("%n document(s) came after the map was drawn.", "", new).replace(
                str(new), count_text(new), 1
            )
        )
        self.adjustSize()
        self.setVisible(new > 0)
