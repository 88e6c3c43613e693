"""What a server's answer says: vectors in the order of the texts, or why there are none. Trusts no byte of it."""

from __future__ import annotations

import email.utils
import json
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import httpx
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_PASSING = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
# What is wrong with a text; all else is wrong with the server, and would be wrong with the next text too.
_OF_THE_TEXT = frozenset({400, 413, 422})
_NO_PATH = frozenset({404, 405})
# llama.cpp answers 500 to a text beyond its batch size, others 400, 413 or 422; only the words are alike. Not 429: a
# limit of requests is exceeded too.
_MAYBE_LONG = frozenset({*_OF_THE_TEXT, 500})
_LONG_WORDS = (
    "too large",
    "too long",
    "maximum context",
    "context length",
    "max_model_len",
    "exceed",
    "input length",
)
_LONGEST_MESSAGE = 200


class ServerFaultError(Exception):
    """Report that a server cannot be used now: not reached, or faulty after all attempts."""


class ServerDenialError(Exception):
    """Report that a server is of no use: key, path or model are wrong, or its answers are not what was asked for.

    `no_path`: it has nothing at this path.
    """

    def __init__(self, message: str, *, no_path: bool = False) -> None:
        """Keep both."""
        super().__init__(message)
        self.no_path = no_path


class ServerRejectionError(Exception):
    """Report that a server does not take this batch. `too_long`: it says so because of length."""

    def __init__(self, message: str, *, too_long: bool) -> None:
        """Keep both."""
        super().__init__(message)
        self.too_long = too_long


class PassingError(Exception):
    """Report what may be over at the next attempt; `wait_s` is what the server asked for.

    `loading`: it is there, and its model is not yet.
    """

    def __init__(self, message: str, wait_s: float | None = None, *, loading: bool = False) -> None:
        """Keep all."""
        super().__init__(message)
        self.wait_s = wait_s
        self.loading = loading


def vectors(body: bytes, count: int, length: int | None) -> list[NDArray[np.float32] | None]:
    """Read an answer: a raw vector for each of `count` texts in their order, None where one is not finite.

    length: how many numbers each must have. Vectors are scaled to a largest number of 1, so that float32 holds them.

    Raises:
        PassingError: it is no answer to what was asked.
    """
    answer = _json(body)
    data = answer.get("data") if isinstance(answer, dict) else None
    if not isinstance(data, list) or len(data) != count:
        found = len(data) if isinstance(data, list) else "no"
        raise PassingError(f"{found} vectors came back for {count} texts")
    ordered: list[NDArray[np.float32] | None] = [None] * count
    seen = set()
    for place, entry in enumerate(data):
        index = entry.get("index", place) if isinstance(entry, dict) else None
        if type(index) is not int or not 0 <= index < count or index in seen:
            raise PassingError("the vectors are not numbered as asked")
        seen.add(index)
        ordered[index] = _vector(entry.get("embedding"), length)
    return ordered


def refusal(
    name: str, status: int, body: bytes, retry_after: str | None
) -> PassingError | ServerDenialError | ServerRejectionError:
    """Turn an answer that is no success into the exception that fits. `name`: of the server, for people."""
    message = _message(body)
    said = f"{name} answered {status}" + (f" ({message})" if message else "")
    if httpx.codes.is_redirect(status):
        return ServerDenialError(f"{said}: it points to another address, which is not followed")
    long = any(word in message.lower() for word in _LONG_WORDS)
    if status == httpx.codes.REQUEST_ENTITY_TOO_LARGE or (long and status in _MAYBE_LONG):
        return ServerRejectionError(said, too_long=True)
    if status in _PASSING:
        loading = status == httpx.codes.SERVICE_UNAVAILABLE and "loading" in message.lower()
        return PassingError(said, _retry_after_s(retry_after), loading=loading)
    if status in _OF_THE_TEXT:
        return ServerRejectionError(said, too_long=False)
    # A server that is at the right path and does not know the model speaks of it.
    no_path = status in _NO_PATH and "model" not in message.lower()
    return ServerDenialError(said, no_path=no_path)


def _json(body: bytes) -> Any:  # noqa: ANN401
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise PassingError("the answer is no JSON") from error


def _vector(numbers: object, length: int | None) -> NDArray[np.float32] | None:
    if numbers is None:
        return None
    try:
        vector = np.asarray(numbers, np.float64)
    except (TypeError, ValueError, OverflowError):  # null among the numbers, or one of 400 digits
        return None
    if vector.ndim != 1 or (length is not None and len(vector) != length):
        raise PassingError(f"vectors have the shape {vector.shape} and not ({length},)")
    peak = float(np.abs(vector).max(initial=0.0))
    return (vector / peak).astype(np.float32) if 0 < peak < np.inf else None


def _message(body: bytes) -> str:
    try:
        said = _json(body)
    except PassingError:
        return ""
    error = said.get("error", said.get("detail", said)) if isinstance(said, dict) else said
    if isinstance(error, list):  # FastAPI: what is wrong with each part of a request
        error = error[0] if error else ""
    message = error.get("message", error.get("msg", "")) if isinstance(error, dict) else error
    # Half a character and codes for the terminal are not printable.
    plain = (each if each.isprintable() else " " for each in str(message)[: 4 * _LONGEST_MESSAGE])
    return " ".join("".join(plain).split())[:_LONGEST_MESSAGE]


def _retry_after_s(header: str | None) -> float | None:
    """Read Retry-After: seconds, or a date."""
    if not header:
        return None
    with suppress(ValueError):  # not seconds: then it is a date
        return max(0.0, float(header))
    try:
        return max(0.0, email.utils.parsedate_to_datetime(header).timestamp() - time.time())
    except (ValueError, OverflowError):
        return None
