"""What is done about the graphics card: offer it, set it up, renew it, remove it, and let the engine follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from dedupe_app.engine.messages import Ready, Working
from dedupe_app.runtime.places import State
from dedupe_app.ui import card_words
from dedupe_app.ui.card_work import CardWork
from dedupe_app.ui.shade import open_over

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from dedupe_app.engine.card import CardFacts
    from dedupe_app.runtime.wanted import Sources
    from dedupe_app.ui.bridge import Bridge
    from dedupe_app.ui.card_line import CardLine
    from dedupe_app.ui.notices import Banner

_SUBJECT, _OPEN = "card", "open card"


class CardActions(QObject):
    """Looks once the engine is ready, and tells every line about the card. `line_changed`: its sentence and link."""

    line_changed = Signal(str, str)

    def __init__(
        self,
        bridge: Bridge,
        banner: Banner,
        line: CardLine,
        window: QWidget,
        root: Path | None = None,
    ) -> None:
        """Look later. banner: where a renewal is offered; line: of the first page; window: what dialogs belong to."""
        super().__init__(window)
        self._bridge = bridge
        self._banner = banner
        self._window = window
        self._facts: CardFacts | None = None
        self._working: Working | None = None
        self._trouble = ("", "")
        self._shown = self._open = False
        self.work = CardWork(self, root)
        self.work.looked.connect(self._take_facts)
        self.work.progressed.connect(self._take_progress)
        self.work.ended.connect(self._take_end)
        self.work.failed.connect(self._take_failure)
        bridge.event.connect(self.take_event)
        banner.action_wanted.connect(self._act)
        self.attach(line)

    def attach(self, line: CardLine) -> None:
        """Keep a line up to date as long as it lives."""
        line.wanted.connect(self.open)
        self.line_changed.connect(line.say)
        if self._facts is not None:
            line.say(*card_words.line_texts(self._facts, self._working))

    @Slot(object)
    def take_event(self, event: object) -> None:
        """Look for the card the first time that the engine is ready: the window has better to do before."""
        if isinstance(event, Ready) and self._facts is None:
            self.work.look()

    @Slot()
    def open(self) -> None:
        """Open the dialog."""
        if self._facts is None:
            return
        from dedupe_app.ui.card_dialog import CardDialog

        dialog = CardDialog(self._window)
        dialog.set_up_wanted.connect(self._set_up)
        dialog.stop_wanted.connect(self.work.stop)
        dialog.remove_wanted.connect(self._remove)
        self._dialog_facts.connect(dialog.show_facts)
        self._dialog_working.connect(dialog.show_working)
        self._dialog_trouble.connect(dialog.show_trouble)
        dialog.show_facts(self._facts)
        if self._working is not None:
            dialog.show_working(self._working)
        dialog.finished.connect(self._note_closed)
        self._open = True
        open_over(dialog, self._window)

    _dialog_facts = Signal(object)
    _dialog_working = Signal(object)
    _dialog_trouble = Signal(str, str)

    def is_setting_up(self) -> bool:
        """Tell whether the environment of the graphics card is being made or removed."""
        return self._working is not None and self.work.is_busy()

    def close(self) -> None:
        """Break off what is being done; what was fetched is kept."""
        self.work.close()

    # ---- what is heard -------------------------------------------------------------------------

    @Slot(object)
    def _take_facts(self, facts: CardFacts) -> None:
        self._facts = facts
        self._tell_lines()
        self._dialog_facts.emit(facts)
        if any(self._trouble):
            self._dialog_trouble.emit(*self._trouble)
        if facts.found.state is State.OUTDATED and not self._shown and not facts.own_torch:
            self._shown = True
            self._banner.tell(
                self.tr("The graphics card has to be set up anew for this version."),
                self.tr("Until then models run on the processor."),
                subject=_SUBJECT,
                action=(_OPEN, self.tr("Renew…")),
            )

    @Slot(object)
    def _take_progress(self, working: Working) -> None:
        self._working = working
        self._tell_lines()
        self._dialog_working.emit(working)

    @Slot()
    def _take_end(self) -> None:
        self._working = None
        self._bridge.look_again()
        self._banner.settle(_SUBJECT)
        self.work.close()  # its thread says so as its last word
        self.work.look()

    @Slot(str, str)
    def _take_failure(self, title: str, hint: str) -> None:
        self._working = None
        self._trouble = (title, hint)
        self.work.close()
        self.work.look()
        if not self._open:
            from dedupe_app.ui.sentences import in_words

            action = (_OPEN, self.tr("Show"))
            self._banner.tell(in_words(title), in_words(hint), subject=_SUBJECT, action=action)

    # ---- what is wanted ------------------------------------------------------------------------

    @Slot(object)
    def _set_up(self, sources: Sources) -> None:
        self._trouble = ("", "")
        self._take_progress(Working("card-python", 0, None))
        self.work.set_up(sources)

    @Slot()
    def _remove(self) -> None:
        self.work.remove()

    @Slot()
    def _note_closed(self) -> None:
        self._open = False

    @Slot(str)
    def _act(self, what: str) -> None:
        if what == _OPEN:
            self.open()

    def _tell_lines(self) -> None:
        if self._facts is not None:
            self.line_changed.emit(*card_words.line_texts(self._facts, self._working))
