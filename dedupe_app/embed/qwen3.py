"""The encoder for local models: Qwen3-Embedding, and any folder in the Hugging Face layout. Built by loading.py."""

from __future__ import annotations

import logging
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedupe_app.embed.batches import Pace, TokenBudget, batch_end
from dedupe_app.embed.device import empty_cache, is_out_of_memory
from dedupe_app.embed.encoder import Failure, Vector, mean_of_windows
from dedupe_app.embed.model import Layout

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence
    from concurrent.futures import Future

    import torch
    from numpy.typing import NDArray

    from dedupe_app.embed.encoder import Cancelled, Progress
    from dedupe_app.embed.model import LoadedModel
    from dedupe_app.embed.templates import Template
    from dedupe_app.embed.tokens import Piece, TokenReader

logger = logging.getLogger(__name__)

_CHUNKS_AHEAD = 2
_TOO_LARGE = Failure(
    "It needs more memory than the device has. Choose fewer tokens at once, or a smaller model."
)
_NOT_FINITE = Failure("The model gives no finite numbers for this text, in float32 neither.")


class Qwen3Encoder:
    """Embeds texts on the local device. Use it from one thread at a time."""

    def __init__(
        self,
        model: LoadedModel,
        tokens: TokenReader,
        template: Template,
        *,
        space: str,
        budget: int,
        account: tuple[str, ...] = (),
    ) -> None:
        """Take what loading.py made. `budget`: the most tokens of one batch."""
        self.model = model
        self.space = space
        self.dimensions = model.dimensions
        self.account = account
        self.budget = TokenBudget(budget)
        self._tokens = tokens
        self._template = template

    def encode(
        self,
        texts: Sequence[str],
        *,
        query: bool = False,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> Iterator[tuple[int, Vector | Failure]]:
        """Yield the index of each text with its unit vector or why it has none; see encoder.Encoder.

        Chunks of some seconds each keep the order of the texts; within one the longest come first.
        """
        pace, done = Pace(), 0
        for chunk in self._tokenised(pace, texts, self._template.prefix(query=query)):
            pace.start()
            run = _Run(self, chunk.pieces, cancelled)
            for batch_share in run.batches():
                if progress is not None:
                    progress(done + int(batch_share * chunk.texts), len(texts))
            yield from run.results()
            if run.stopped:
                return
            pace.finish(chunk.chars)
            done += chunk.texts
            if progress is not None:
                progress(done, len(texts))

    def close(self) -> None:
        """Drop the model and give the device's memory back."""
        if (model := self.__dict__.pop("model", None)) is not None:
            device = model.device.type
            del model
            empty_cache(device)

    def _tokenised(
        self, pace: Pace, texts: Sequence[str], prefix: str
    ) -> Generator[_Chunk, None, None]:
        """Tokenise ahead, at most two chunks, in a thread: the tokeniser lets go of the interpreter lock."""
        with ThreadPoolExecutor(1, "tokenise") as thread:
            ahead: deque[Future[_Chunk]] = deque()
            try:
                for first, chunk in pace.chunks(texts):
                    ahead.append(thread.submit(self._chunk, first, chunk, prefix))
                    if len(ahead) > _CHUNKS_AHEAD:
                        yield ahead.popleft().result()
                while ahead:
                    yield ahead.popleft().result()
            finally:
                for future in ahead:
                    future.cancel()

    def _chunk(self, first: int, texts: list[str], prefix: str) -> _Chunk:
        pieces = self._tokens.pieces(first, texts, prefix)
        pieces.sort(key=lambda piece: -len(piece.ids))
        return _Chunk(pieces, len(texts), sum(map(len, texts)))


class _Chunk(NamedTuple):
    """Tokenised texts, longest piece first."""

    pieces: list[Piece]
    texts: int
    chars: int


class _Run:
    """The way of one chunk through the model: batches, what did not fit, what came out wrong."""

    def __init__(
        self, encoder: Qwen3Encoder, pieces: list[Piece], cancelled: Cancelled | None
    ) -> None:
        self.stopped = False
        self._model, self._budget = encoder.model, encoder.budget
        self._pieces = pieces
        self._cancelled = cancelled
        self._parts: list[torch.Tensor] = []
        self._computed: list[int] = []
        self._failures: dict[int, Failure] = {}

    def batches(self) -> Iterator[float]:
        """Compute all pieces, longest first so that want of memory shows at once; yield the share done."""
        lengths = [len(piece.ids) for piece in self._pieces]
        place, retried = 0, -1
        while place < len(lengths):
            if self._cancelled is not None and self._cancelled():
                self.stopped = True
                return
            padded = self._model.layout is not Layout.PACKED
            end = batch_end(lengths, place, self._budget.tokens, padded=padded)
            if self._fits(place, end):
                place = end
                yield place / len(lengths)
            elif end - place > 1 or retried != place:
                retried = place
            else:
                self._failures[self._pieces[place].text] = _TOO_LARGE
                place += 1

    def results(self) -> Iterator[tuple[int, Vector | Failure]]:
        """Fetch everything from the device at once; yield the texts of which all pieces were computed."""
        rows = self._fetched()
        places: dict[int, list[int]] = {}
        for place, row in enumerate(self._computed):
            places.setdefault(self._pieces[row].text, []).append(place)
        wanted: dict[int, int] = {}
        for piece in self._pieces:
            wanted[piece.text] = wanted.get(piece.text, 0) + 1
        for text, found in places.items():
            if text not in self._failures and len(found) == wanted[text]:
                weights = np.array([self._pieces[self._computed[place]].weight for place in found])
                yield text, mean_of_windows(rows[found], weights)
        yield from self._failures.items()

    def _fits(self, start: int, end: int) -> bool:
        """Start computing a batch; say whether memory sufficed."""
        batch = [piece.ids for piece in self._pieces[start:end]]
        vectors = None
        try:
            vectors = self._model.vectors(batch)
        except (RuntimeError, MemoryError) as error:
            if not is_out_of_memory(error):
                raise
        # The exception held the tensors of the failed batch; only now can the cache be emptied.
        if vectors is None:
            self._budget.halve(sum(map(len, batch)))
            empty_cache(self._model.device.type)
            logger.warning("Memory ran out; batches are now of %d tokens", self._budget.tokens)
            return False
        self._budget.fitted()
        self._parts.append(vectors)
        self._computed.extend(range(start, end))
        return True

    def _fetched(self) -> NDArray[np.float32]:
        """Return float32 (pieces computed, dimensions); what is not finite is computed again, or its text failed."""
        import torch

        if not self._parts:
            return np.zeros((0, self._model.dimensions), np.float32)
        rows: NDArray[np.float32] = torch.cat(self._parts).cpu().numpy()
        for place in np.flatnonzero(~np.isfinite(rows).all(axis=1)):
            piece = self._pieces[self._computed[place]]
            logger.warning(
                "A text of %d tokens came out not finite; computing it in float32", len(piece.ids)
            )
            again = self._in_float32(piece)
            if again is None:
                self._failures[piece.text] = _NOT_FINITE
            else:
                rows[place] = again
        return rows

    def _in_float32(self, piece: Piece) -> Vector | None:
        # The packed kernel takes no float32.
        before = self._model.layout
        try:
            if before is Layout.PACKED:
                self._model.use(Layout.PADDED)
            row: Vector = self._model.in_float32(piece.ids).cpu().numpy()[0]
        except (RuntimeError, MemoryError) as error:
            logger.warning("It could not be computed in float32: %s", type(error).__name__)
            return None
        finally:
            self._model.use(before)
        return row if np.isfinite(row).all() else None
