"""How much of a text a server reads: some cut long texts without a word, and see no more than their beginning.

Asks with made-up texts that differ in their last part only. A server that refuses what is too long says so itself.
"""

from __future__ import annotations

import itertools
import logging
import re
import threading
from enum import Enum
from typing import TYPE_CHECKING

import numpy as np

from dedupe_app.embed.answers import ServerDenialError, ServerFaultError, ServerRejectionError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dedupe_app.embed.endpoint import Endpoint

logger = logging.getLogger(__name__)

# Words of two letters, each one token nearly everywhere: with their space, three letters to a token.
_LETTERS = 3
_PLAIN = re.compile(r"[A-Za-z\s]+")
HEAD = ("to", "of", "in", "is", "it", "on", "as", "at")
_TAILS = (("he", "or", "an", "my", "up", "by"), ("do", "no", "if", "me", "so", "go"))
_TAIL_SHARE = 8
# Measured with MiniLM and a small Qwen3, 128 to 8192 tokens: another tail moves the cosine by 0.01 to 0.1. The same
# text again moves it by less than 0.0002, in bfloat16.
_SAME_COSINE = 0.999
_MANY_TIMES = 4
# In tokens, somewhat less than the usual windows hold; the first is as good as always read.
_STEPS = tuple((size << power) - 8 for power in range(12) for size in (128, 192))


class _Verdict(Enum):
    READ = "read to its end"
    CUT = "cut"
    REFUSED = "refused"


class Reach:
    """What is known so far of how much the servers of one embedder read."""

    def __init__(self, lengths: Mapping[Endpoint, int]) -> None:
        """Take the servers with the length of their vectors."""
        self._lengths = dict(lengths)
        self._lock = threading.Lock()
        self._read = _proven(_STEPS[0])
        self._cut = self._refused = False

    def covers(self, wanted: int) -> bool:
        """Tell whether `limit` has its answer without asking the servers."""
        return self._cut or self._refused or not self._lengths or wanted <= self._read

    def limit(self, wanted: int, stop: threading.Event) -> int | None:
        """Return how many tokens a window may have so that it is read whole, None if `wanted` may be sent.

        The servers are asked when a text is longer than any before. stop: ends all waiting for them.
        """
        if not self.covers(wanted):
            with self._lock:  # who gave up waiting may be asking still
                self._find(wanted, stop)
        # What is refused is halved until it fits. Many times over, that is slow, and reads more than is asked for.
        limited = self._cut or (self._refused and wanted >= _MANY_TIMES * self._read)
        return self._read if limited else None

    def _find(self, wanted: int, stop: threading.Event) -> None:
        """Go down from what is wanted until a text is read to its end."""
        cut = refused = False
        top = next((step for step in _STEPS if _proven(step) >= wanted), _STEPS[-1])
        for step in reversed([step for step in _STEPS if step <= top]):
            if _proven(step) <= self._read:
                break
            verdict = self._verdict(step, stop)
            if stop.is_set():
                return
            if verdict is _Verdict.READ:
                self._read = _proven(step)
                break
            cut, refused = cut or verdict is _Verdict.CUT, refused or verdict is _Verdict.REFUSED
        # What is refused above the longest that is read whole is never cut in silence.
        self._cut, self._refused = cut, refused
        if cut or refused:
            logger.info("The server reads about %d tokens of a text (cut: %s)", self._read, cut)

    def _verdict(self, size: int, stop: threading.Event) -> _Verdict:
        """Say what becomes of a text of so many tokens, on the server that reads least."""
        texts = made_up(size)
        verdict = _Verdict.REFUSED
        for endpoint, length in list(self._lengths.items()):
            try:
                one, other = endpoint.embed(texts, stop, length)
            except ServerRejectionError:
                continue
            except (ServerFaultError, ServerDenialError) as error:
                # Whether it is of use at all shows when texts are sent.
                logger.info("It is not known how much is read there: %s", error)
                del self._lengths[endpoint]
                continue
            if one is None or other is None:
                continue
            cosine = float(one @ other / (np.linalg.norm(one) * np.linalg.norm(other)))
            if cosine > _SAME_COSINE:
                return _Verdict.CUT
            verdict = _Verdict.READ
        return verdict


def generous_tokens(text: str) -> float:
    """Estimate the tokens of a text, rather too many: three letters or one of all other characters to each."""
    others = len(_PLAIN.sub("", text))
    return others + (len(text) - others) / _LETTERS


def made_up(tokens: int) -> tuple[str, str]:
    """Return two texts of so many tokens that differ in their last eighth."""
    head, tail = _running(HEAD, _proven(tokens)), tokens - _proven(tokens)
    return head + _running(_TAILS[0], tail), head + _running(_TAILS[1], tail)


def _proven(tokens: int) -> int:
    """Return how many tokens are read for certain where made-up texts of so many are told apart."""
    return tokens - tokens // _TAIL_SHARE


def _running(words: Sequence[str], count: int) -> str:
    """Return so many words."""
    return "".join(f"{word} " for word in itertools.islice(itertools.cycle(words), count))
