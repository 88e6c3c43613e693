"""How paths stand in the library: as the bytes of the file system, and folded for finding words in them."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

_SEPARATOR = os.fsencode(os.sep)
_AFTER_SEPARATOR = bytes([_SEPARATOR[0] + 1])


def span(folder: Path) -> tuple[bytes, bytes]:
    """Return the least path below a folder and the least path after all of them."""
    own = os.fsencode(folder)
    first = own if own.endswith(_SEPARATOR) else own + _SEPARATOR
    return first, first[:-1] + _AFTER_SEPARATOR


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
