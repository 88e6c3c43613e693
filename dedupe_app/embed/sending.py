"""Spreads batches over servers: the least busy gets the next, a text that is refused is parted from its neighbours."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dedupe_app.embed.answers import ServerDenialError, ServerFaultError, ServerRejectionError
from dedupe_app.embed.encoder import Failure, Vector, mean_of_windows
from dedupe_app.errors import EmbedderUnavailableError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from dedupe_app.embed.endpoint import Endpoint

logger = logging.getLogger(__name__)

# Smaller parts say nothing; some models have room for 128 tokens, and a character may take three.
_SHORTEST_CHARS = 32


@dataclass(frozen=True, slots=True)
class Piece:
    """One window of a text without its prefix, and its share in the text's vector."""

    text: int
    words: str
    weight: float


Answered = list[tuple[Piece, Vector | Failure]]


class Sender:
    """The servers that answer, and how busy each is. Used from several threads at once."""

    def __init__(self, lengths: Mapping[Endpoint, int], dimensions: int) -> None:
        """Take the servers with the length of their raw vectors, and to what vectors are cut."""
        self._lengths = dict(lengths)
        self._busy = dict.fromkeys(lengths, 0)
        self._dimensions = dimensions
        self._lock = threading.Lock()

    def __len__(self) -> int:
        """Count the servers that still answer."""
        with self._lock:
            return len(self._busy)

    def send(self, batch: list[Piece], prefix: str, stop: threading.Event) -> Answered:
        """Embed a batch; one that is not taken is parted until the text that is at fault stands alone.

        Raises:
            EmbedderUnavailableError: no server answers any more.
        """
        try:
            raw = self._posted([prefix + piece.words for piece in batch], stop)
        except ServerRejectionError as error:
            if len(batch) > 1:
                middle = len(batch) // 2
                return self.send(batch[:middle], prefix, stop) + self.send(
                    batch[middle:], prefix, stop
                )
            return [(batch[0], self._halved(batch[0], prefix, stop, error))]
        if len(batch) == 1:
            return [(batch[0], self._unit(raw[0]))]
        answered: Answered = []
        for piece, vector in zip(batch, raw, strict=True):
            # A sick batch may have spoilt its neighbours: those without a vector are asked for again, alone.
            answered += (
                [(piece, self._unit(vector))]
                if vector is not None
                else self.send([piece], prefix, stop)
            )
        return answered

    def _halved(
        self, piece: Piece, prefix: str, stop: threading.Event, error: ServerRejectionError
    ) -> Vector | Failure:
        """Embed both halves of a text that is too long for the server, and average them."""
        if not error.too_long or len(piece.words) < 2 * _SHORTEST_CHARS:
            return Failure(f"The server does not take this text: {error}.")
        middle = len(piece.words) // 2
        halves = [
            Piece(piece.text, half, len(half))
            for half in (piece.words[:middle], piece.words[middle:])
        ]
        return joined([answer for half in halves for answer in self.send([half], prefix, stop)])

    def _posted(self, words: list[str], stop: threading.Event) -> list[NDArray[np.float32] | None]:
        """Send to the least busy server; when it fails for good, to the next."""
        while True:
            endpoint = self._taken()
            try:
                return endpoint.embed(words, stop, self._lengths[endpoint])
            except (ServerFaultError, ServerDenialError) as error:
                if stop.is_set():
                    raise EmbedderUnavailableError("Embedding was stopped.") from error
                logger.warning("%s; it is not asked again", error)
                with self._lock:
                    self._busy.pop(endpoint, None)
            finally:
                with self._lock:
                    if endpoint in self._busy:
                        self._busy[endpoint] -= 1

    def _taken(self) -> Endpoint:
        with self._lock:
            if not self._busy:
                raise EmbedderUnavailableError(
                    "No embedding server answers any more.",
                    "Start it again, then go on: nothing is done twice.",
                )
            endpoint = min(self._busy, key=self._busy.__getitem__)
            self._busy[endpoint] += 1
            return endpoint

    def _unit(self, raw: NDArray[np.float32] | None) -> Vector | Failure:
        """Cut, then normalise, in float32: servers do neither reliably."""
        if raw is None:
            return Failure("The server gives no finite numbers for this text.")
        cut = raw[: self._dimensions]
        norm = float(np.linalg.norm(cut))
        return (
            (cut / norm).astype(np.float32)
            if norm > 0
            else Failure("The server gives an empty vector.")
        )


class Assembly:
    """Puts the windows of each text together again."""

    def __init__(self) -> None:
        """Start with nothing expected."""
        self._missing: dict[int, int] = {}
        self._found: dict[int, Answered] = {}

    def expect(self, text: int, pieces: int) -> None:
        """Note how many windows a text has, before any is added."""
        self._missing[text] = pieces

    def add(self, answers: Answered) -> Iterator[tuple[int, Vector | Failure]]:
        """Yield the texts that are complete now."""
        for piece, answer in answers:
            self._found.setdefault(piece.text, []).append((piece, answer))
            self._missing[piece.text] -= 1
            if self._missing[piece.text] == 0:
                del self._missing[piece.text]
                yield piece.text, joined(self._found.pop(piece.text))


def joined(answers: Answered) -> Vector | Failure:
    """Average the windows of one text by length; one that failed fails the text."""
    vectors = []
    for _, answer in answers:
        if isinstance(answer, Failure):
            return answer
        vectors.append(answer)
    return mean_of_windows(np.stack(vectors), np.array([piece.weight for piece, _ in answers]))
