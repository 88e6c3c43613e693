"""What is done with models: choose one, download it first if need be, say which one is in use."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QMessageBox, QWidget

from dedupe_app.engine.messages import Configure, Finished, Ready, Working
from dedupe_app.engine.model_messages import DownloadModel
from dedupe_app.ui.formats import percent_text
from dedupe_app.ui.model_cards import ModelChoice, model_choices, template_text
from dedupe_app.ui.sentences import in_words, join

if TYPE_CHECKING:
    from collections.abc import Callable

    from dedupe_app.engine.messages import Cancelled, Command, EngineOptions, Failed
    from dedupe_app.engine.model_messages import ModelReport
    from dedupe_app.ui.preferences import Preferences

_LEXICAL = "lexical"
_DOWNLOAD = "download"
_SERVER = "server:"
_NAMES = {
    "qwen3-0.6b": "Qwen3-Embedding-0.6B",
    "qwen3-4b": "Qwen3-Embedding-4B",
    "qwen3-8b": "Qwen3-Embedding-8B",
}


@dataclass(frozen=True, slots=True)
class _Way:
    """A way to compare, as it is chosen."""

    embedder: str = _LEXICAL
    dimensions: int = 256
    template: str = ""
    four_bit: bool = False


class ModelActions(QObject):
    """`cards_changed`: the choices, and the name in use; `used_changed`: its name, device, a detail; `told`: news."""

    cards_changed = Signal(object, str)
    used_changed = Signal(str, str, str)
    told = Signal(str, str)

    def __init__(
        self, preferences: Preferences, submit: Callable[[Command], None], window: QWidget
    ) -> None:
        """Choose among models; `submit` tells the engine, `window` is what questions belong to."""
        super().__init__(window)
        self._preferences = preferences
        self._submit = submit
        self._window = window
        self._device = ""
        self._worked = self._chosen()
        self._downloads: dict[str, str] = {}

    @Slot()
    def reload(self) -> None:
        """Look again which models there are."""
        used = self._preferences.choices.embedder
        self.cards_changed.emit(self.choices(), used)
        self.used_changed.emit(*self._used_texts(used))

    def choices(self) -> list[ModelChoice]:
        """Return the ways to compare that there are."""
        return model_choices(self._device, self._downloads)

    @Slot(str)
    def choose(self, name: str) -> None:
        """Compare with this model from now on; one that is not there is downloaded first, if that is wanted."""
        found = next((each for each in self.choices() if each.name == name), None)
        if found is None or name in self._downloads:
            return
        if found.ready:
            self._preferences.change(embedder=name)
            self.reload()
        elif self._confirm_download(found):
            self._downloads[name] = self.tr("Waiting")
            self._submit(DownloadModel(name))
            self.reload()

    @Slot(object)
    def take_ready(self, ready: Ready) -> None:
        """Note where models run."""
        self._device = ready.device
        self.reload()

    @Slot(object)
    def take_working(self, working: Working) -> None:
        """Show how far a download is."""
        if working.stage == _DOWNLOAD and working.total and self._downloads:
            name = next(iter(self._downloads))
            share = percent_text(100 * working.done / working.total)
            text = self.tr("Downloading {}").format(share)
            if self._downloads[name] != text:
                self._downloads[name] = text
                self.cards_changed.emit(self.choices(), self._preferences.choices.embedder)

    @Slot(object)
    def take_ended(self, end: Finished | Cancelled | Failed) -> None:
        """Use a model that was downloaded."""
        command = end.command
        if isinstance(command, Configure) and isinstance(end, Finished):
            self._worked = _way(command.options)
        if not isinstance(command, DownloadModel):
            return
        self._downloads.pop(command.name, None)
        if isinstance(end, Finished):
            self._preferences.change(embedder=command.name)
        self.reload()

    @Slot(object)
    def take_failed(self, failed: Failed) -> None:
        """Go back to what worked before when a model that was just chosen cannot be used, and say so.

        Servers stay chosen: they may only be not there yet.
        """
        if not failed.model:
            return
        chosen, worked = self._chosen(), self._worked
        if chosen == worked:
            self._worked = _Way()  # it worked once; what is chosen next is not to go back to it
        elif (
            isinstance(failed.command, Configure)
            and _way(failed.command.options) == chosen
            and not chosen.embedder.startswith(_SERVER)
        ):
            self._preferences.change(**asdict(worked))
            self.reload()
            name = self._used_texts(worked.embedder)[0]
            back = self.tr("What was chosen before holds again: {}.").format(name)
            self.told.emit(in_words(failed.title), join(in_words(failed.hint), back))

    @Slot(object)
    def take_report(self, report: ModelReport) -> None:
        """Say what is wrong with a model, if anything is."""
        if report.problems:
            title = self.tr("The model {} cannot be used as it is.").format(report.name)
            self.told.emit(title, join(*map(in_words, report.problems)))
        self.reload()

    def _chosen(self) -> _Way:
        own = self._preferences.choices
        return _Way(own.embedder, own.dimensions, own.template, own.four_bit)

    def _confirm_download(self, choice: ModelChoice) -> bool:
        text = self.tr("{name}: {state} from huggingface.co?").format(
            name=choice.title, state=choice.state
        )
        hint = self.tr("Only the model is fetched. Your documents stay on this computer.")
        answer = QMessageBox.question(
            self._window, self.tr("Download a model"), f"{text}\n\n{hint}"
        )
        return answer == QMessageBox.StandardButton.Yes

    def _used_texts(self, used: str) -> tuple[str, str, str]:
        own = self._preferences.choices
        if used == _LEXICAL:
            return (
                self.tr("Words"),
                self.tr("built in"),
                self.tr("Finds copies, revisions and excerpts."),
            )
        detail = self.tr("%n dimension(s)", "", own.dimensions)
        if own.template:
            detail += " \u00b7 " + template_text(own.template)
        kind, _, place = used.partition(":")
        if kind == "server":
            host, _, model = place.partition("#")
            return model or self.tr("Server"), self.tr("server"), f"{host}\n{detail}"
        if kind == "folder":
            return place.rstrip("/").rpartition("/")[2], self._device, detail
        return _NAMES.get(used, used), self._device, detail


def _way(options: EngineOptions) -> _Way:
    model = options.model
    return _Way(options.embedder, model.dimensions, model.template or "", model.four_bit)
