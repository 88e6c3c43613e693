"""Stages 2 and 3 for one file: bytes to text, tokens, hashes, sketch and lexical vector. Runs in a reader process.

Knows nothing of the library, so that a reader starts quickly and can write nothing.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from isal import isal_zlib

from dedupe_app.embed.lexical import lexical_vector
from dedupe_app.records import Extracted, ReadText, Skipped, SkipReason
from dedupe_app.sameness import named
from dedupe_app.text.canonical import canonicalise
from dedupe_app.text.extract import extract
from dedupe_app.text.fingerprint import hash_file, shingles, sketch, text_hash
from dedupe_app.text.tokens import joined, tokenise

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from dedupe_app.records import Tokens
    from dedupe_app.settings import ReadLimits

    Keep = Callable[[bytes, Tokens, NDArray[np.uint64]], None]


_NOT_UNDERSTOOD = "\ufffd"
# Takes a third of the time of zlib's fastest, and less room; read by any zlib.
_PACKED = 2


def read_content(path: Path, limits: ReadLimits, keep: Keep | None = None) -> ReadText | Skipped:
    """Read one file and compute all that is kept of its text. Runs in a reader process.

    `keep` is told of the packed text, its tokens and shingles.
    """
    extracted = extract(path, limits)
    if isinstance(extracted, Skipped):
        return extracted
    prepared = prepare_text(extracted, keep)
    # What was not read or understood, or is a picture, may differ: only the bytes can say that the text is the same.
    in_doubt = extracted.warning or extracted.shows_more or _NOT_UNDERSTOOD in extracted.text
    if in_doubt and isinstance(prepared, ReadText):
        return replace(prepared, same_text=f"bytes {hash_file(path)[0]}")
    return prepared


def prepare_text(extracted: Extracted, keep: Keep | None = None) -> ReadText | Skipped:
    """Compute hashes, sketch and lexical vector of a text."""
    letters = text_hash(extracted.text)
    tokens = tokenise(canonicalise(extracted.text))
    if not letters or not len(tokens):
        return Skipped(SkipReason.EMPTY, "There are no letters or figures in it.")
    runs = shingles(tokens)
    kept, shift = sketch(runs)
    packed = isal_zlib.compress(extracted.text.encode(), _PACKED)
    if keep is not None:
        keep(packed, tokens, runs)
    return ReadText(
        format=extracted.format,
        packed=packed,
        same_text=named(letters, extracted.beside),
        hash=hashlib.sha256(tokens.hashes.data).hexdigest(),
        words=len(tokens),
        sketch=kept,
        shift=shift,
        vector=lexical_vector(joined(tokens), tokens.hashes),
        warning=extracted.warning,
    )
