"""How paths stand in the library: as the bytes of the file system, and folded for finding words in them."""

from __future__ import annotations

import os
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_SEPARATOR = os.fsencode(os.sep)
_AFTER_SEPARATOR = bytes([_SEPARATOR[0] + 1])


def span(folder: Path) -> tuple[bytes, bytes]:
    """Return the least path below a folder and the least path after all of them."""
    own = os.fsencode(folder)
    first = own if own.endswith(_SEPARATOR) else own + _SEPARATOR
    return first, first[:-1] + _AFTER_SEPARATOR


def below(folders: Iterable[Path]) -> tuple[str, list[bytes]]:
    """Return a condition on `files`, with its values, for those that are some folders or below them; none is false."""
    values = [(os.fsencode(folder), *span(folder)) for folder in folders]
    each = "files.path = ? or (files.path >= ? and files.path < ?)"
    condition = " or ".join([each] * len(values)) or "false"
    return f"({condition})", [value for own in values for value in own]


@lru_cache(maxsize=8192)  # a first scan asks four times for each
def to_path(stored: bytes) -> Path:
    """Return a stored path as the program uses it."""
    return Path(os.fsdecode(stored))


def fold(words: str) -> str:
    """Return words as they are compared: without case, letters composed alike, odd bytes replaced."""
    if words.isascii():
        return words.lower()
    whole = words.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", whole).casefold())


def fold_path(path: bytes) -> str:
    """Return a stored path as words are found in it."""
    return fold(os.fsdecode(path))
