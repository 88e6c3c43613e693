"""Builds the window and what it needs, in one place; closes it all again."""

from __future__ import annotations

import logging
import signal
import socket
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSocketNotifier, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication

from dedupe_app.settings import (
    choices_path,
    engine_log_path,
    load_choices,
    load_window,
    save_window,
    window_path,
)
from dedupe_app.signals import cancel_if_asked
from dedupe_app.ui import theme
from dedupe_app.ui.application import Application
from dedupe_app.ui.bridge import Bridge
from dedupe_app.ui.icons import program_icon
from dedupe_app.ui.languages import put_in_place
from dedupe_app.ui.library import LibraryThread
from dedupe_app.ui.main_window import MainWindow
from dedupe_app.ui.one_window import Door, hand_over
from dedupe_app.ui.preferences import Preferences

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from types import FrameType, TracebackType

    from dedupe_app.settings import WindowState

logger = logging.getLogger(__name__)

# The window stays fluent while a thread of its own is busy in Python.
_SWITCH_S = 0.001


def run(library: Path, add: Sequence[Path] = ()) -> int:
    """Open the window on a library, add folders to it, and return when it is closed, with an exit status."""
    sys.setswitchinterval(_SWITCH_S)
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        application = Application(sys.argv[:1])
    application.setApplicationName("dedupe-app")
    application.setApplicationDisplayName("Dedupe App")
    application.setDesktopFileName("dedupe-app")
    application.setWindowIcon(program_icon())
    if hand_over(library, add):
        return 0
    program = Program(application, library)
    door = Door(library, program)
    door.knocked.connect(program.come_forward)
    program.show(add)
    with_signals = _Signals(program)
    try:
        cancel_if_asked()
        return application.exec()
    finally:
        with_signals.end()
        door.close()
        program.close()


class Program(QObject):
    """All that the window needs, made once and closed once."""

    def __init__(self, application: QApplication, library: Path) -> None:
        """Make everything; nothing is shown or started yet."""
        super().__init__(application)
        self._application = application
        self._library_path = library
        choices, set_aside, wrong = load_choices(choices_path())
        theme.apply(application, choices.look)
        put_in_place(application, choices.language)
        self.preferences = Preferences(choices, choices_path(), library, engine_log_path(), self)
        self.library = LibraryThread(library, self)
        self.bridge = Bridge(self.preferences.engine_options(), self)
        self.window = self._make_window(load_window(window_path()))
        self.preferences.look_changed.connect(self._show_look)
        # Queued: the dialog in which it was chosen belongs to the window that goes.
        queued = Qt.ConnectionType.QueuedConnection
        self.preferences.language_changed.connect(self._show_language, queued)
        application.styleHints().colorSchemeChanged.connect(self._follow_desktop)
        if isinstance(application, Application):
            application.opened.connect(self._take_opened)
        self._hook, sys.excepthook = sys.excepthook, self._report_bug
        if set_aside:
            self._tell_set_aside(set_aside, wrong)

    def show(self, add: Sequence[Path] = ()) -> None:
        """Show the window; the engine starts right after it was painted."""
        if add:
            self.window.add_folders(list(add))
        self.window.show()
        if self._library_path.exists():
            QTimer.singleShot(0, self.window.peek)
        QTimer.singleShot(0, self.bridge.start)

    @Slot(object)
    def come_forward(self, add: list[Path]) -> None:
        """Show the window in front of others, and add folders: the program was started again."""
        if add:
            self.window.add_folders(add)
        self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
        self.window.raise_()
        self.window.activateWindow()

    @Slot(object)
    def _take_opened(self, paths: list[Path]) -> None:
        self.come_forward([])
        self.window.take_dropped(paths)

    def close(self) -> None:
        """Close everything; what the engine did so far is kept."""
        sys.excepthook = self._hook
        try:
            save_window(self.window.state(), window_path())
        except OSError as error:
            logger.warning("The state of the window cannot be written: %s", error)
        self.window.close()
        self.bridge.close()
        self.library.close()
        self.window.deleteLater()
        self.deleteLater()

    def _tell_set_aside(self, name: str, wrong: Sequence[str]) -> None:
        if wrong:
            title = self.tr("Some settings made no sense.")
            hint = self.tr("The defaults hold for {}. The file as it was is {}.")
            self.window.tell(title, hint.format(", ".join(wrong), name))
            return
        title = self.tr("The settings made no sense and were set aside.")
        self.window.tell(title, self.tr("They are in {}; the defaults hold now.").format(name))

    def _make_window(self, state: WindowState) -> MainWindow:
        window = MainWindow(self.bridge, self.library, self.preferences)
        window.restore(state)
        window.closed.connect(self._application.quit)
        return window

    @Slot(str)
    def _show_language(self, language: str) -> None:
        """Put another window in the place of this one: its texts are written when it is made."""
        before = self.window
        if before.is_setting_up_card():  # it ends with its window
            before.tell(
                self.tr("The language changes at the next start."),
                self.tr("The graphics card is being set up, and that goes on."),
            )
            return
        before.closed.disconnect(self._application.quit)
        put_in_place(self._application, language)
        self.window = self._make_window(before.state())
        self.window.move(before.pos())
        self.window.show()
        self.window.peek()
        before.close()
        before.deleteLater()
        self.bridge.repeat()

    @Slot(str)
    def _show_look(self, look: str) -> None:
        theme.apply(self._application, look)

    @Slot()
    def _follow_desktop(self) -> None:
        if self.preferences.choices.look == "system":
            theme.apply(self._application, "system")

    def _report_bug(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Log what nobody caught, and say so; the window goes on."""
        logger.critical("Nobody caught this", exc_info=(kind, error, trace))
        self.window.tell(
            self.tr("Something went wrong in the program itself."),
            self.tr("The details are in the log."),
        )


class _Signals(QObject):
    """Closes the window on Ctrl+C and SIGTERM: Qt does not let Python see them by itself."""

    def __init__(self, program: Program) -> None:
        super().__init__(program)
        self._program = program
        self._ours, self._theirs = socket.socketpair()
        self._ours.setblocking(False)
        self._theirs.setblocking(False)
        self._before = signal.set_wakeup_fd(self._theirs.fileno(), warn_on_full_buffer=False)
        self._handlers = {
            number: signal.signal(number, self._take)
            for number in (signal.SIGINT, signal.SIGTERM)
            if signal.getsignal(number) is not signal.SIG_IGN
        }
        self._notifier = QSocketNotifier(self._ours.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._close_window)

    def end(self) -> None:
        """Leave signals alone again."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._before)
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        self._ours.close()
        self._theirs.close()

    def _take(self, _number: int, _frame: FrameType | None) -> None:
        """Interrupt nothing: a slot that were broken off could leave half of its work undone."""

    @Slot()
    def _close_window(self) -> None:
        if self._handlers.keys() & set(self._ours.recv(64)):
            self._program.window.close()
