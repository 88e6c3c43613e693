"""Says what went wrong with the engine or the library, and what can be done: in the banner, or in a dialog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QMessageBox, QWidget

from dedupe_app.ui.sentences import in_words

if TYPE_CHECKING:
    from dedupe_app.engine.messages import EngineLost, Failed
    from dedupe_app.ui.notices import Banner

_ENGINE, _LIBRARY = "engine", "library"  # what the banner is about
_START = "start"


class Troubles(QObject):
    """`start_wanted`: the engine is to be started again; `unusable`: nothing can be done with this library."""

    start_wanted = Signal()
    unusable = Signal()

    def __init__(self, banner: Banner, window: QWidget) -> None:
        """Speak through the banner of a window."""
        super().__init__(window)
        self._banner = banner
        self._window = window
        self._ready = False
        self.has_given_up = False
        self._detail = ""
        banner.action_wanted.connect(self._act)

    @Slot(object)
    def take_ready(self, _ready: object) -> None:
        """Take back what was said about the engine: it works."""
        self._ready = True
        self.has_given_up = False
        self._banner.settle(_ENGINE)

    @Slot(object)
    def take_failed(self, failed: Failed) -> None:
        """Say what could not be done; a library that cannot be used gets a dialog."""
        if self.has_given_up:
            self._tell_given_up()  # whatever it was, this is what can be done about it
            return
        if not failed.fatal:
            self._banner.tell(in_words(failed.title), in_words(failed.hint))
            return
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Critical)
        box.setWindowTitle(self.tr("The library cannot be used"))
        box.setText(in_words(failed.title))
        box.setInformativeText(in_words(failed.hint))
        close = box.addButton(self.tr("Close the window"), QMessageBox.ButtonRole.RejectRole)
        again = box.addButton(self.tr("Try again"), QMessageBox.ButtonRole.AcceptRole)
        box.setEscapeButton(close)
        box.exec()
        if box.clickedButton() is again:
            self.start_wanted.emit()
        else:
            self.unusable.emit()

    @Slot(object)
    def take_lost(self, lost: EngineLost) -> None:
        """Say that the engine process ended, and whether it comes back."""
        self._ready = False
        self.has_given_up = not lost.again
        self._detail = lost.detail
        if lost.again:
            self._banner.tell(
                self.tr("The engine stopped and is being started again."),
                self.tr("Nothing is lost; the work goes on where it was."),
                subject=_ENGINE,
            )
        else:
            self._tell_given_up()

    def _tell_given_up(self) -> None:
        self._banner.tell(
            self.tr("The engine stopped several times and was given up."),
            in_words(self._detail),
            subject=_ENGINE,
            action=(_START, self.tr("Start again")),
            stays=True,
        )

    @Slot(str, str)
    def take_library(self, title: str, hint: str) -> None:
        """Say that the library gave no answer; before the engine is ready it need not be there yet."""
        if self._ready:
            self._banner.tell(title, hint, subject=_LIBRARY)

    @Slot(str)
    def _act(self, what: str) -> None:
        if what == _START:
            self.has_given_up = False
            self.start_wanted.emit()
