"""Text to token numbers: cut, prefixed, ended, in windows when too long. Runs ahead in a thread; knows no torch."""

from __future__ import annotations

import logging
import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dedupe_app.embed.encoder import SHORTEST_MAX_TOKENS
from dedupe_app.errors import EmbedderUnavailableError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from tokenizers import Encoding, Tokenizer

logger = logging.getLogger(__name__)

END = "<|endoftext|>"
# Tokenising costs time for every character, also for those that are cut afterwards (mteb #5022). No language has as
# many as eight characters to a token.
_CHARS_PER_TOKEN = 8
_OVERLAP = 1 / 16
# A window is cut between tokens and tokenised again; its ends may fall apart into a few more.
_SLACK = 4
_LONE_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """One window of a text: the text's index, its token numbers int32 (n,), and its share in the text's vector."""

    text: int
    ids: NDArray[np.int32]
    weight: float


class TokenReader:
    """Turns texts into pieces. Safe to use in one thread at a time.

    `end`: the number of the end token whose vector is taken, None for models that pool otherwise.
    """

    def __init__(
        self, tokenizer: Tokenizer, end: int | None, max_tokens: int, most_windows: int
    ) -> None:
        """Take a tokeniser without truncation and padding."""
        if max_tokens < SHORTEST_MAX_TOKENS:
            raise UsageError(
                f"Windows of {max_tokens} tokens are too short.",
                f"Take at least {SHORTEST_MAX_TOKENS}.",
            )
        self._tokenizer = tokenizer
        self._end = end
        self.max_tokens = max_tokens
        self._most_windows = max(1, most_windows)
        empty = tokenizer.encode("").ids
        self._specials = max(len(empty), 1 if end is not None else 0)
        self.heals_end = end is not None and (not empty or empty[-1] != end)
        if self.heals_end:
            logger.warning(
                "The tokeniser does not append %s; it is appended here, or vectors would be wrong.",
                END,
            )

    def pieces(self, first: int, texts: Sequence[str], prefix: str) -> list[Piece]:
        """Tokenise texts; the first one has the index `first`. Every text has at least one piece."""
        most_chars = self.max_tokens * self._most_windows * _CHARS_PER_TOKEN
        cut = [_sampled(_well_formed(text), most_chars) for text in texts]
        found: list[Piece] = []
        for place, encoding in enumerate(
            self._tokenizer.encode_batch_fast([prefix + text for text in cut])
        ):
            ids = self._ended(encoding)
            if len(ids) <= self.max_tokens:
                found.append(Piece(first + place, ids, 1.0))
            else:
                found.extend(self._windows(first + place, cut[place], prefix))
        return found

    def _windows(self, index: int, text: str, prefix: str) -> list[Piece]:
        """Cut a long text into overlapping windows of nearly equal length, each with the prefix."""
        whole = self._tokenizer.encode(text, add_special_tokens=False)
        before = len(self._tokenizer.encode(prefix, add_special_tokens=False).ids)
        room = max(1, self.max_tokens - before - self._specials - _SLACK)
        spans = windows(len(whole.ids), room, self._most_windows)
        offsets = whole.offsets
        parts = [prefix + text[offsets[start][0] : offsets[end - 1][1]] for start, end in spans]
        return [
            Piece(index, self._cut(self._ended(encoding)), float(end - start))
            for (start, end), encoding in zip(
                spans, self._tokenizer.encode_batch_fast(parts), strict=True
            )
        ]

    def _ended(self, encoding: Encoding) -> NDArray[np.int32]:
        ids = np.array(encoding.ids, np.int32)
        if self._end is not None and (not len(ids) or ids[-1] != self._end):
            ids = np.append(ids, np.int32(self._end))
        return ids

    def _cut(self, ids: NDArray[np.int32]) -> NDArray[np.int32]:
        return (
            ids if len(ids) <= self.max_tokens else np.append(ids[: self.max_tokens - 1], ids[-1])
        )


def read_tokenizer(folder: Path) -> Tokenizer:
    """Load the tokeniser of a model folder, from tokenizer.json as it is.

    Raises:
        EmbedderUnavailableError: there is none that can be read.
    """
    from tokenizers import Tokenizer

    file = folder / "tokenizer.json"
    try:
        tokenizer = Tokenizer.from_file(str(file)) if file.exists() else _converted(folder)
    except Exception as error:  # tokenizers raises nothing narrower
        logger.exception("The tokeniser of %s cannot be read", folder)
        raise EmbedderUnavailableError(
            f"The tokeniser of the model folder {folder} cannot be read.",
            "Download the model again.",
        ) from error
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def windows(tokens: int, room: int, most: int) -> list[tuple[int, int]]:
    """Return start and end of overlapping windows, at most `room` tokens each, nearly equal in length.

    Neighbours share a sixteenth of a window. When `most` do not reach, as many are spread evenly over the text.
    """
    if tokens <= room:
        return [(0, tokens)]
    overlap = int(room * _OVERLAP)
    count = math.ceil((tokens - overlap) / (room - overlap))
    length = room if count > most else math.ceil((tokens + (count - 1) * overlap) / count)
    count = min(count, most)
    starts = (
        np.linspace(0, tokens - length, count).round().astype(int)
        if count > 1
        else np.zeros(1, int)
    )
    return [(int(start), int(start) + length) for start in starts]


def _sampled(text: str, most: int) -> str:
    """Cut a text by characters: first half, middle and end quarters, as the lexical vectors do."""
    if len(text) <= most:
        return text
    quarter, middle = most // 4, len(text) // 2
    return "\n".join((text[: 2 * quarter], text[middle : middle + quarter], text[-quarter:]))


def _well_formed(text: str) -> str:
    """Replace halves of surrogate pairs, which no tokeniser takes."""
    return _LONE_SURROGATES.sub("\ufffd", text)


def _converted(folder: Path) -> Tokenizer:
    """Build a tokeniser from the older files (vocab.txt and the like)."""
    from transformers import AutoTokenizer

    loaded = AutoTokenizer.from_pretrained(
        str(folder), local_files_only=True, trust_remote_code=False, use_fast=True
    )
    converted: Tokenizer = loaded.backend_tokenizer
    return converted
