"""Stage 3, second half: texts without a vector in the chosen space get one, newest files first, in small batches.

What is stored is never computed again: a scan that was killed goes on after the last batch. Only where a name is all
that tells the model, some texts are, and nothing is stored before they came out as they did. Not imported without a
model, nor when all vectors are there (models_in_use.py says so).
"""

from __future__ import annotations

import time
from contextlib import closing
from typing import TYPE_CHECKING

from dedupe_app.embed.encoder import Failure
from dedupe_app.embed.one_model import (
    FEWEST_WORDS,
    another_model,
    is_known_by_name,
    is_one_model,
)
from dedupe_app.embed.spaces import describe
from dedupe_app.engine.conveyor import Conveyor, Embedded, Ended, Hungry, Opened
from dedupe_app.engine.scan_messages import Progress
from dedupe_app.store import documents, spaces

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dedupe_app.embed.encoder import Vector
    from dedupe_app.engine.scan_messages import ScanOptions
    from dedupe_app.store.library import Library

_BATCH_SECONDS = 1.0
_BATCH_TEXTS = 200
_LOADED_AT_ONCE = 16
# How long nothing may be heard of the model before the pipeline is asked whether to go on.
_SILENCE_S = 0.25
_LEAST_SECONDS = 0.5
# Texts that are embedded again to see whether a server has still the same model.
TRIALS = 3


def embed_texts(library: Library, options: ScanOptions) -> Iterator[Progress]:
    """Embed the texts in scope that have no vector yet in the space of the chosen model, which becomes known by that.

    Raises:
        EmbedderUnavailableError: the model cannot be used (any more), or is another one; what was embedded is kept.
    """
    yield Progress("model", 0, None)
    with closing(Conveyor(options.embedder, options.model)) as conveyor:
        yield from _Embedding(library, options, conveyor).run()


class _Embedding:
    """One run: texts from the library to the model, vectors from the model to the library."""

    def __init__(self, library: Library, options: ScanOptions, conveyor: Conveyor) -> None:
        self._library = library
        self._options = options
        self._conveyor = conveyor
        self._opened: Opened | None = None
        self._space = 0
        self._texts: list[int] = []
        self._waiting: Iterator[str] = iter(())
        self._vectors: list[tuple[int, Vector]] = []
        self._failures: list[tuple[int, str]] = []
        self._trials = _Trials({}, "")
        self._done = 0
        self._started = self._saved = 0.0

    def run(self) -> Iterator[Progress]:
        try:
            while not isinstance(message := self._conveyor.receive(_SILENCE_S), Ended):
                self._take(message)
                yield self._progress()
        finally:
            self._save()
        if message.error is not None:
            raise message.error
        self._note_run(message.account)

    def _take(self, message: Opened | Embedded | Hungry | None) -> None:
        if isinstance(message, Opened):
            self._begin(message)
        elif isinstance(message, Embedded):
            self._take_outcome(self._texts[message.index], message.outcome)
        while self._opened and self._conveyor.has_room():
            raw = next(self._waiting, None)
            if raw is None:
                break
            self._conveyor.put(raw)
        if time.monotonic() - self._saved > _BATCH_SECONDS or len(self._vectors) >= _BATCH_TEXTS:
            self._save()

    def _take_outcome(self, text: int, outcome: Vector | Failure) -> None:
        if self._trials.take(text, outcome):
            return
        self._done += 1
        if isinstance(outcome, Failure):
            self._failures.append((text, outcome.reason))
        else:
            self._vectors.append((text, outcome))

    def _begin(self, opened: Opened) -> None:
        request = describe(self._options.embedder, self._options.model)
        self._opened = opened
        self._space = spaces.open_space(
            self._library, opened.space, request.key, request.embedder, opened.dimensions
        )
        new = spaces.texts_to_embed(self._library, self._space)
        known = {}
        if new and is_known_by_name(opened.space):
            known = spaces.short_texts(self._library, self._space, TRIALS, FEWEST_WORDS)
        self._trials = _Trials(known, request.embedder)
        self._texts = [*known, *new]
        self._waiting = self._loaded()
        self._started = self._saved = time.monotonic()
        self._conveyor.begin(len(self._texts))

    def _loaded(self) -> Iterator[str]:
        """Yield the texts as they stand in the library, a few loaded at a time."""
        for first in range(0, len(self._texts), _LOADED_AT_ONCE):
            piece = self._texts[first : first + _LOADED_AT_ONCE]
            found = dict(documents.raw_texts(self._library, piece))
            yield from (found[text] for text in piece)

    def _save(self) -> None:
        if (self._vectors or self._failures) and self._trials.passed():
            spaces.save_vectors(self._library, self._space, self._vectors, self._failures)
            self._vectors, self._failures = [], []
        self._saved = time.monotonic()

    def _note_run(self, account: tuple[str, ...]) -> None:
        if self._opened is None:
            return
        seconds = time.monotonic() - self._started
        words = sum(spaces.word_counts(self._library, self._texts).values())
        speed = words / seconds if seconds > _LEAST_SECONDS else None
        spaces.note_run(self._library, self._space, account, speed)

    def _progress(self) -> Progress:
        if self._opened is None:
            return Progress("model", 0, None)
        return Progress("embed", self._done, len(self._texts) - self._trials.count)


class _Trials:
    """Texts that are embedded again, to see whether a server has still the model that made their stored vectors."""

    def __init__(self, known: Mapping[int, Vector], embedder: str) -> None:
        self.count = len(known)
        self._waiting = dict(known)
        self._agree: list[bool] = []
        self._embedder = embedder

    def passed(self) -> bool:
        """Tell whether all came back, and not all of them as other vectors."""
        return not self._waiting and (any(self._agree) or not self._agree)

    def take(self, text: int, outcome: Vector | Failure) -> bool:
        """Take what came of a text, and tell whether it is one of these.

        Raises:
            EmbedderUnavailableError: with this, all came back, and none as it was.
        """
        known = self._waiting.pop(text, None)
        if known is None:
            return False
        if not isinstance(outcome, Failure):
            self._agree.append(is_one_model(known, outcome))
        if not self._waiting and not self.passed():
            raise another_model(self._embedder)
        return True
