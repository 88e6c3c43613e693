"""The line at the bottom: what is going on, what is marked, undo, trash. Shows and asks, does nothing itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from dedupe_app.ui.compare_head import ShortLabel
from dedupe_app.ui.formats import count_text, duration_text, size_text
from dedupe_app.ui.theme import colours

if TYPE_CHECKING:
    from dedupe_app.engine.messages import Working
    from dedupe_app.records import Counts

_HEIGHT = 52
_TOLD_MS = 8000
_DOCUMENT_STAGES = ("hash", "text", "embed")
_DOWNLOAD = "download"


class StatusLine(QFrame):
    """`pause_wanted` tells whether to stand still or to go on."""

    pause_wanted = Signal(bool)
    stop_wanted = Signal()
    undo_wanted = Signal()
    trash_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make the line; nothing is going on yet."""
        super().__init__(parent)
        self.setObjectName("status_line")
        self.setFixedHeight(_HEIGHT)
        self._paused = False
        self._working: Working | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 14, 0)
        row.setSpacing(14)
        self._add_work(row)
        row.addStretch(1)
        self._add_marked(row)
        self.show_idle("")
        self.show_counts(None)

    def show_working(self, working: Working) -> None:
        """Show how far the engine is."""
        self._working = working
        self._set_busy(busy=True)
        self._show_work()

    def show_idle(self, text: str) -> None:
        """Show that nothing is going on, with a sentence about what there is."""
        self._working = None
        self._set_busy(busy=False)
        self._text.setText(self.tr("Paused") if self._paused else text)

    def show_up_to_date(self, counts: Counts) -> None:
        """Show that nothing is left to do, and how many documents there are."""
        files = self.tr("%n document(s)", "", counts.files)
        files = files.replace(str(counts.files), count_text(counts.files), 1)
        self.show_idle(self.tr("{} \u00b7 up to date").format(files))

    def show_paused(self, *, paused: bool) -> None:
        """Show whether the engine stands still."""
        self._paused = paused
        self._set_busy(busy=self._working is not None)
        self._show_work()

    def show_counts(self, counts: Counts | None) -> None:
        """Show how many files are marked to be removed, and their size."""
        marked = counts.marked_files if counts else 0
        if marked and counts:
            words = self.tr("%n file(s) marked to remove", "", marked)
            words = words.replace(str(marked), f"<b>{count_text(marked)}</b>", 1)
            self._marked.setText(f"{words} \u00b7 <b>{size_text(counts.marked_bytes)}</b>")
        else:
            self._marked.setText(self.tr("Nothing is marked to remove") if counts else "")
        self._trash.setEnabled(bool(marked))

    @Slot(bool)
    def show_undoable(self, can_undo: bool) -> None:
        """Show whether there is something to take back."""
        self._undo.setEnabled(can_undo)

    @Slot(str)
    def tell(self, text: str) -> None:
        """Say something in passing; it goes by itself after a while."""
        self._told.setText(text)
        self._told.setAccessibleName(text)
        QAccessible.updateAccessibility(QAccessibleEvent(self._told, QAccessible.Event.Alert))
        self._told_long_enough.start()

    @Slot()
    def _fall_silent(self) -> None:
        self._told.setText("")

    def show_only_promise(self, only: bool) -> None:
        """Show nothing but that nothing leaves this computer: there is nothing else yet."""
        for widget in (self._marked, self._undo, self._trash):
            widget.setVisible(not only)
        if only:
            self.show_idle(self.tr("Nothing leaves this computer."))

    # ---- parts ---------------------------------------------------------------------------------

    def _add_work(self, row: QHBoxLayout) -> None:
        self._text = QLabel(self)
        self._bar = ProgressBar(self)
        self._rate = ShortLabel(self, Qt.TextElideMode.ElideRight)
        self._rate.setProperty("look", "mute")
        self._pause = QPushButton(self)
        self._pause.clicked.connect(self._toggle_pause)
        self._stop = QPushButton(self.tr("Stop"), self)
        self._stop.setToolTip(self.tr("What was done is kept; the next scan goes on from there."))
        self._stop.clicked.connect(self.stop_wanted)
        for widget in (self._text, self._bar, self._rate, self._pause, self._stop):
            row.addWidget(widget)

    def _add_marked(self, row: QHBoxLayout) -> None:
        self._told = ShortLabel(self, Qt.TextElideMode.ElideRight)
        self._told.setProperty("look", "mute")
        self._told_long_enough = QTimer(self)
        self._told_long_enough.setSingleShot(True)
        self._told_long_enough.setInterval(_TOLD_MS)
        self._told_long_enough.timeout.connect(self._fall_silent)
        row.addWidget(self._told)
        self._marked = QLabel(self)
        self._marked.setTextFormat(Qt.TextFormat.RichText)
        self._undo = QPushButton(self.tr("Undo last"), self)
        self._undo.setToolTip(self.tr("Take back the last mark or choice (Ctrl+Z)"))
        self._undo.clicked.connect(self.undo_wanted)
        self._undo.setEnabled(False)
        self._trash = QPushButton(self.tr("Move to trash\u2026"), self)
        self._trash.setProperty("look", "danger")
        self._trash.setToolTip(self.tr("Shows first what would be moved, and why."))
        self._trash.clicked.connect(self.trash_wanted)
        for widget in (self._marked, self._undo, self._trash):
            row.addWidget(widget)

    # ---- what is going on ----------------------------------------------------------------------

    def _set_busy(self, *, busy: bool) -> None:
        for widget in (self._bar, self._rate, self._stop):
            widget.setVisible(busy)
        # Also when all is done: what comes next would wait, and nobody could say that it may begin.
        self._pause.setVisible(busy or self._paused)
        self._text.setProperty("look", "" if busy else "mute")
        self._text.style().unpolish(self._text)
        self._text.style().polish(self._text)

    def _show_work(self) -> None:
        working = self._working
        self._pause.setText(self.tr("Go on") if self._paused else self.tr("Pause"))
        if working is None:
            if self._paused:
                self._text.setText(self.tr("Paused"))
            return
        words = stage_text(working.stage)
        if working.total:
            write = size_text if working.stage == _DOWNLOAD else count_text
            words = self.tr("{stage} {done} of {total}").format(
                stage=words, done=write(working.done), total=write(working.total)
            )
        elif working.done:
            words = f"{words} {count_text(working.done)}"
        self._text.setText(self.tr("{} (paused)").format(words) if self._paused else words)
        self._bar.show_share(working.done / working.total if working.total else None)
        self._bar.setAccessibleName(words)
        self._rate.setText("" if self._paused else self._rate_text(working))

    def _rate_text(self, working: Working) -> str:
        parts = []
        if working.rate and working.rate >= 1:
            if working.stage in _DOCUMENT_STAGES:
                rate = count_text(round(working.rate))
                parts.append(self.tr("{} documents/s").format(rate))
            elif working.stage == _DOWNLOAD:
                parts.append(self.tr("{}/s").format(size_text(round(working.rate))))
        if working.seconds_left is not None and working.total:
            parts.append(self.tr("{} left").format(duration_text(working.seconds_left)))
        return " \u00b7 ".join(parts)

    @Slot()
    def _toggle_pause(self) -> None:
        self.pause_wanted.emit(not self._paused)


def stage_text(stage: str) -> str:
    """Return what a stage of the work is called."""
    translate = QCoreApplication.translate
    return {
        "intake": translate("Stage", "Looking for files"),
        "hash": translate("Stage", "Checking files"),
        "text": translate("Stage", "Reading texts"),
        "embed": translate("Stage", "Embedding"),
        "neighbours": translate("Stage", "Finding neighbours"),
        "compare": translate("Stage", "Comparing"),
        "meaning": translate("Stage", "Comparing meanings"),
        "model": translate("Stage", "Loading the model"),
        "download": translate("Stage", "Downloading"),
        "groups": translate("Stage", "Grouping"),
        "index": translate("Stage", "Preparing search"),
        "map": translate("Stage", "Drawing the map"),
        "topics": translate("Stage", "Naming topics"),
        "place": translate("Stage", "Placing on the map"),
        "act": translate("Stage", "Moving"),
        "undo": translate("Stage", "Putting back"),
    }.get(stage, translate("Stage", "Working"))


class ProgressBar(QWidget):
    """A thin bar. Of unknown length it shows an empty track: nothing moves without need."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make an empty bar."""
        super().__init__(parent)
        self._share: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_share(self, share: float | None) -> None:
        """Fill the bar to a share of 0-1; None: nobody knows."""
        self._share = None if share is None else min(max(share, 0.0), 1.0)
        self.setAccessibleDescription("" if share is None else f"{round(share * 100)} %")
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for the size of the design."""
        return QSize(240, 6)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for enough to be seen: words need their room more than the bar does."""
        return QSize(48, 6)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the track and what is done."""
        shown = colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        track = QPainterPath()
        track.addRoundedRect(QRectF(self.rect()), 3, 3)
        painter.setClipPath(track)
        painter.fillRect(self.rect(), shown.chip)
        if self._share is None:
            painter.setOpacity(0.35)
            painter.fillRect(self.rect(), shown.acc)
        else:
            done = QRectF(self.rect())
            done.setWidth(done.width() * self._share)
            painter.fillRect(done, shown.acc)
