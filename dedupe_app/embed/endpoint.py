"""One server that speaks the OpenAI embeddings protocol: sends a batch, retries, checks what comes back.

Never logs keys, texts or addresses with credentials: errors name a server by scheme and host.
"""

from __future__ import annotations

import email.utils
import json
import logging
import random
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx
import numpy as np

if TYPE_CHECKING:
    import threading
    from collections.abc import Sequence

    from numpy.typing import NDArray

logger = logging.getLogger(__name__)

_PASSING = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
_DENIED = frozenset({401, 403, 404, 405})
# llama.cpp answers 500 to a text beyond its batch size, others 400, 413 or 422; only the words are alike. Not 429: a
# limit of requests is exceeded too.
_MAYBE_LONG = frozenset({400, 413, 422, 500})
_LONG_WORDS = (
    "too large",
    "too long",
    "maximum context",
    "context length",
    "max_model_len",
    "exceed",
    "input length",
)
_MOST_WAIT_S = 120.0
_LONGEST_MESSAGE = 200


class ServerFaultError(Exception):
    """Report that a server cannot be used now: not reached, or faulty after all attempts."""


class ServerDenialError(Exception):
    """Report that a server does not want us: key, path or model are wrong."""


class ServerRejectionError(Exception):
    """Report that a server does not take this batch. `too_long`: it says so because of length."""

    def __init__(self, message: str, *, too_long: bool) -> None:
        """Keep both."""
        super().__init__(message)
        self.too_long = too_long


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to bear with a server. The wait doubles from `first_wait_s` on; `timeout_s` is for one answer."""

    attempts: int = 6
    first_wait_s: float = 0.5
    timeout_s: float = 300.0


class Endpoint:
    """One address with its connections. Safe to use from several threads."""

    def __init__(self, url: str, model: str, key: str | None, patience: Patience) -> None:
        """Take the address with or without /v1 and /embeddings."""
        address = httpx.URL(url)
        self.name = f"{address.scheme}://{address.netloc.decode()}"
        self.dimensions: int | None = None  # asked for with each batch, None once refused
        self._url = _embeddings_url(address)
        self._model = model
        self._patience = patience
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        limits = httpx.Timeout(patience.timeout_s, connect=min(10.0, patience.timeout_s))
        self._client = httpx.Client(headers=headers, timeout=limits, auth=_login(address))

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
            ServerDenialError: key, path or model are wrong.
            ServerRejectionError: it does not take this batch.
        """
        problem = "stopped"
        most = min(attempts or self._patience.attempts, self._patience.attempts)
        for attempt in range(most):
            if stop.is_set():
                break
            try:
                return _checked(self._posted(texts), len(texts), length)
            except _PassingError as error:
                problem = str(error)
                if attempt < most - 1:
                    logger.info("%s: %s; trying again (%d)", self.name, problem, attempt + 2)
                    stop.wait(self._wait_s(attempt, error.wait_s))
        raise ServerFaultError(f"{self.name}: {problem}")

    def _posted(self, texts: Sequence[str]) -> Any:  # noqa: ANN401
        body: dict[str, object] = {
            "model": self._model,
            "input": list(texts),
            "encoding_format": "float",
        }
        if self.dimensions is not None:
            body["dimensions"] = self.dimensions
        try:
            answer = self._client.post(self._url, json=body)
        except httpx.RequestError as error:
            raise _PassingError(f"not reached ({type(error).__name__})") from error
        if answer.is_success:
            try:
                return answer.json()
            except ValueError as error:
                raise _PassingError("the answer is no JSON") from error
        raise _refusal(self.name, answer)

    def _wait_s(self, attempt: int, asked: float | None) -> float:
        if asked is not None:
            return min(asked, _MOST_WAIT_S)
        # Not all at once again: between half and all of the doubled wait.
        return min(self._patience.first_wait_s * 2.0**attempt, _MOST_WAIT_S) * random.uniform(
            0.5, 1.0
        )


class _PassingError(Exception):
    """Report what may be over at the next attempt; `wait_s` is what the server asked for."""

    def __init__(self, message: str, wait_s: float | None = None) -> None:
        super().__init__(message)
        self.wait_s = wait_s


def _checked(answer: Any, count: int, length: int | None) -> list[NDArray[np.float32] | None]:  # noqa: ANN401
    """Put an answer into the order of the texts, and look at every number."""
    data = answer.get("data") if isinstance(answer, dict) else None
    if not isinstance(data, list) or len(data) != count:
        found = len(data) if isinstance(data, list) else "no"
        raise _PassingError(f"{found} vectors came back for {count} texts")
    ordered: list[NDArray[np.float32] | None] = [None] * count
    seen = set()
    for place, entry in enumerate(data):
        index = entry.get("index", place) if isinstance(entry, dict) else None
        if not isinstance(index, int) or not 0 <= index < count or index in seen:
            raise _PassingError("the vectors are not numbered as asked")
        seen.add(index)
        ordered[index] = _vector(entry.get("embedding"), length)
    return ordered


def _vector(numbers: object, length: int | None) -> NDArray[np.float32] | None:
    if numbers is None:
        return None
    try:
        vector = np.asarray(numbers, np.float64)
    except (TypeError, ValueError):  # null among the numbers
        return None
    if vector.ndim != 1 or (length is not None and len(vector) != length):
        raise _PassingError(f"vectors have the shape {vector.shape} and not ({length},)")
    return vector.astype(np.float32) if np.isfinite(vector).all() and vector.any() else None


def _refusal(name: str, answer: httpx.Response) -> Exception:
    """Turn an answer that is no success into the exception that fits."""
    status, message = answer.status_code, _message(answer)
    said = f"{name} answered {status}" + (f" ({message})" if message else "")
    if (
        any(word in message.lower() for word in _LONG_WORDS)
        or status == httpx.codes.REQUEST_ENTITY_TOO_LARGE
    ):
        return ServerRejectionError(said, too_long=True)
    if status in _PASSING:
        return _PassingError(said, _retry_after_s(answer.headers.get("Retry-After")))
    if status in _DENIED:
        return ServerDenialError(said)
    return ServerRejectionError(said, too_long=False)


def _message(answer: httpx.Response) -> str:
    try:
        body = answer.json()
    except (ValueError, json.JSONDecodeError):
        return ""
    error = body.get("error", body) if isinstance(body, dict) else body
    message = error.get("message", "") if isinstance(error, dict) else error
    return " ".join(str(message).split())[:_LONGEST_MESSAGE]


def _retry_after_s(header: str | None) -> float | None:
    """Read Retry-After: seconds, or a date."""
    if not header:
        return None
    with suppress(ValueError):  # not seconds: then it is a date
        return max(0.0, float(header))
    try:
        return max(0.0, email.utils.parsedate_to_datetime(header).timestamp() - time.time())
    except ValueError:
        return None


def _embeddings_url(address: httpx.URL) -> httpx.URL:
    path = address.path.rstrip("/")
    if not path.endswith("/embeddings"):
        path += "/embeddings" if path.endswith("/v1") else "/v1/embeddings"
    return address.copy_with(path=path, username="", password="")


def _login(address: httpx.URL) -> tuple[str, str] | None:
    return (address.username, address.password) if address.username else None
