"""The choices of the user while the program runs: kept, written to their file, and made into options of the engine."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from dedupe_app.embed.options import EncoderOptions
from dedupe_app.engine.messages import EngineOptions
from dedupe_app.settings import Choices, save_choices
from dedupe_app.ui.sentences import in_words

if TYPE_CHECKING:
    from pathlib import Path

logger = logging.getLogger(__name__)

_FOR_THE_ENGINE = (
    "embedder",
    "dimensions",
    "template",
    "four_bit",
    "largest_mb",
    "seconds",
    "exclude",
    "processes",
    "watch",
)


class Preferences(QObject):
    """`look_changed`, `language_changed` and `engine_changed` say what has to follow.

    `failed`: title and hint, the file is not written.
    """

    look_changed = Signal(str)
    language_changed = Signal(str)
    engine_changed = Signal()
    failed = Signal(str, str)

    def __init__(
        self, choices: Choices, path: Path, library: Path, log: Path | None, parent: QObject
    ) -> None:
        """Keep choices that are written to `path`; `library` and `log` are for the engine."""
        super().__init__(parent)
        self._choices = choices
        self._path = path
        self._library = library
        self._log = log

    @property
    def choices(self) -> Choices:
        """Return the choices that hold now."""
        return self._choices

    def change(self, **values: Any) -> None:  # noqa: ANN401 - the fields of Choices
        """Change some choices."""
        self.set(replace(self._choices, **values))

    def set(self, choices: Choices) -> None:
        """Take other choices: write them, and say what has to follow."""
        before, self._choices = self._choices, choices
        if choices == before:
            return
        try:
            save_choices(choices, self._path)
        except OSError as error:
            logger.warning("The settings cannot be written: %s", error)
            hint = self.tr("They hold until the window is closed. {}.").format(
                in_words(error.strerror or str(error))
            )
            self.failed.emit(self.tr("The settings cannot be written."), hint)
        if choices.look != before.look:
            self.look_changed.emit(choices.look)
        if choices.language != before.language:
            self.language_changed.emit(choices.language)
        if any(getattr(choices, name) != getattr(before, name) for name in _FOR_THE_ENGINE):
            self.engine_changed.emit()

    def engine_options(self) -> EngineOptions:
        """Return what the engine works with."""
        own = self._choices
        return EngineOptions(
            library=self._library,
            similarity=own.similarity,
            embedder=own.embedder,
            exclude=own.exclude,
            limits=own.limits,
            processes=own.reader_processes,
            watch=own.watch,
            log=self._log,
            model=EncoderOptions(
                template=own.template or None, dimensions=own.dimensions, four_bit=own.four_bit
            ),
        )
