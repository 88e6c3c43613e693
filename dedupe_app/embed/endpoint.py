"""One server that speaks the OpenAI embeddings protocol: sends a batch, retries, reads no more than was asked for.

Never logs keys, texts or addresses with credentials: errors name a server by scheme and host. Never goes elsewhere when
a server points there, so that the key stays with the server it is for.
"""

from __future__ import annotations

import logging
import random
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpx

from dedupe_app.embed.answers import (
    PassingError,
    ServerDenialError,
    ServerFaultError,
    refusal,
    vectors,
)
from dedupe_app.embed.keys import is_here

if TYPE_CHECKING:
    import threading
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

logger = logging.getLogger(__name__)

_MOST_WAIT_S = 120.0
# What an answer may hold: a number takes up to 25 characters, and some servers write each in a line of its own.
_NUMBER_BYTES, _FRAME_BYTES = 64, 65_536
# Before the length of its vectors is known.
_UNKNOWN_LENGTH = 16_384


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to bear with a server. The wait doubles from `first_wait_s` on; `timeout_s` is for one answer.

    `loading_s`: for one that says that it is still loading its model.
    """

    attempts: int = 6
    first_wait_s: float = 0.5
    timeout_s: float = 300.0
    loading_s: float = 60.0


class Endpoint:
    """One address with its connections. Safe to use from several threads."""

    def __init__(self, url: str, model: str, key: str | None, patience: Patience) -> None:
        """Take the address with or without /v1 and /embeddings."""
        address = httpx.URL(url)
        self.name = f"{address.scheme}://{address.netloc.decode()}"
        self.dimensions: int | None = None  # asked for with each batch, None once refused
        self.in_the_clear = (
            bool(key or address.username) and address.scheme == "http" and not is_here(address.host)
        )
        self._urls = _embeddings_urls(address)
        self._model = model
        self._patience = patience
        # A packed answer could be of any size once unpacked.
        headers = {"Accept-Encoding": "identity"}
        if key:
            headers["Authorization"] = f"Bearer {key}"
        limits = httpx.Timeout(patience.timeout_s, connect=min(10.0, patience.timeout_s))
        self._client = httpx.Client(
            headers=headers, timeout=limits, auth=_login(address), follow_redirects=False
        )

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def embed(
        self,
        texts: Sequence[str],
        stop: threading.Event,
        length: int | None = None,
        *,
        attempts: int | None = None,
    ) -> list[NDArray[np.float32] | None]:
        """Return a raw float32 vector for each text in their order, None where the server gave none that is finite.

        stop: ends all waiting. length: how many numbers each must have. attempts: fewer than patience allows.

        Raises:
            ServerFaultError: it was not reached, or its answers were faulty, in all attempts.
            ServerDenialError: key, path or model are wrong, or its answers are not what was asked for.
            ServerRejectionError: it does not take this batch.
        """
        problem, attempt = "stopped", 0
        most = min(attempts or self._patience.attempts, self._patience.attempts)
        loaded_by = time.monotonic() + self._patience.loading_s
        while attempt < most and not stop.is_set():
            try:
                return vectors(self._posted(texts, length), len(texts), length)
            except PassingError as error:
                problem = str(error)
                if not error.loading or time.monotonic() > loaded_by:
                    attempt += 1
                if attempt < most:
                    logger.info("%s: %s; trying again (%d)", self.name, problem, attempt + 1)
                    stop.wait(self._wait_s(max(0, attempt - 1), error.wait_s))
        raise ServerFaultError(f"{self.name}: {problem}")

    def takes_other_path(self) -> bool:
        """Go over to the other path that the address may mean; say whether there was one."""
        if len(self._urls) == 1:
            return False
        self._urls = self._urls[1:]
        return True

    def _posted(self, texts: Sequence[str], length: int | None) -> bytes:
        body: dict[str, object] = {
            "model": self._model,
            "input": list(texts),
            "encoding_format": "float",
        }
        if self.dimensions is not None:
            body["dimensions"] = self.dimensions
        most = len(texts) * (length or _UNKNOWN_LENGTH) * _NUMBER_BYTES + _FRAME_BYTES
        try:
            with self._client.stream("POST", self._urls[0], json=body) as answer:
                content = self._read(answer, most)
        except httpx.RequestError as error:
            raise PassingError(f"not reached ({type(error).__name__})") from error
        if answer.is_success:
            return content
        raise refusal(self.name, answer.status_code, content, answer.headers.get("Retry-After"))

    def _read(self, answer: httpx.Response, most: int) -> bytes:
        """Read an answer of at most so many bytes, in the time that one may take."""
        if answer.headers.get("Content-Encoding", "identity").lower() != "identity":
            raise ServerDenialError(f"{self.name} packs its answers, which it was not asked for")
        until = time.monotonic() + self._patience.timeout_s
        content = bytearray()
        for part in answer.iter_raw():
            content += part
            if len(content) > most:
                if not answer.is_success:
                    return b""  # a page about an error; its status says enough
                raise ServerDenialError(
                    f"{self.name} answers with far more than was asked for (over {most:,} bytes)"
                )
            # Each part by itself may come in time: a trickle would never end.
            if time.monotonic() > until:
                raise PassingError(f"its answer takes longer than {self._patience.timeout_s:g} s")
        return bytes(content)

    def _wait_s(self, attempt: int, asked: float | None) -> float:
        if asked is not None:
            return min(asked, _MOST_WAIT_S)
        # Not all at once again: between half and all of the doubled wait.
        return min(self._patience.first_wait_s * 2.0**attempt, _MOST_WAIT_S) * random.uniform(
            0.5, 1.0
        )


def _embeddings_urls(address: httpx.URL) -> tuple[httpx.URL, ...]:
    """Return where embeddings may be asked for, the usual path first; infinity has its own without /v1."""
    path = address.path.rstrip("/")
    if path.endswith("/embeddings"):
        paths = [path]
    else:
        root = path.removesuffix("/v1")
        paths = [f"{root}/v1/embeddings", f"{root}/embeddings"]
    return tuple(address.copy_with(path=each, username="", password="") for each in paths)


def _login(address: httpx.URL) -> tuple[str, str] | None:
    return (address.username, address.password) if address.username else None
