"""Short names for what is told of a file: a style, a shape, a value."""

from __future__ import annotations

import hashlib

_DIGEST_BYTES = 8
# Nothing that is told of a real document again and again is longer.
_LONGEST = 1000


def digest(text: str) -> str:
    """Return a short name for what a style, a shape or a value is."""
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=_DIGEST_BYTES).hexdigest()


def shortened(text: str) -> str:
    """Return what may be told many times: the text itself, or a short name for it if it is long."""
    return text if len(text) <= _LONGEST else digest(text)
