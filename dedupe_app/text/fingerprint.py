"""Fingerprints of bytes and of text: what tells, without looking again, that two are the same or overlap.

Each is versioned by its definition here; a stored one stays valid as long as nothing in this file changes.
"""

from __future__ import annotations

import hashlib
import os
import unicodedata
from typing import TYPE_CHECKING

import numpy as np

from dedupe_app.hashing import distinct, windows
from dedupe_app.text.canonical import beyond_ascii, normalise
from dedupe_app.text.letters import letters_and_digits

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from dedupe_app.records import Tokens

SHINGLE = 3
# A sketch keeps the shingles whose hash lies below 2**64 / 8, at most SKETCH_MOST of them (then / 16, / 32, ...).
SKETCH_SHIFT = 3
SKETCH_MOST = 16_384
# What becomes another letter or figure when it is normalised, and what is put before it: 10\u00b3 is not 103.
_MARK_OF = {"<super>": "\u00a6", "<circle>": "\u00a6", "<fraction>": "\u00a6", "<sub>": "\u00a4"}
_MARKED = {
    char: mark + char
    for char in map(chr, range(0x80, 0x3400))
    if (mark := _MARK_OF.get(unicodedata.decomposition(char).partition(" ")[0]))
} | {"\u00df": "\u00a6\u00df", "\u2033": '"'}
_FEWEST, _CHUNK = 1 << 16, 1 << 20


def hash_file(path: Path) -> tuple[str, int]:
    """Return the SHA-256 of a file's bytes as hex, and how many bytes were read.

    Raises OSError as the file system gives it.
    """
    digest, size = hashlib.sha256(), 0
    with path.open("rb", buffering=0) as file:
        # Python reserves as many bytes as it is asked for, which takes longer than to read a small file.
        wanted = min(_CHUNK, max(_FEWEST, os.fstat(file.fileno()).st_size + 1))
        while chunk := file.read(wanted):
            digest.update(chunk)
            size += len(chunk)
    return digest.hexdigest(), size


def text_hash(text: str) -> str:
    """Return the same-text hash: SHA-256 of the letters, digits and signs of the normalised text, or "".

    Equal for copies in another format, with other line breaks, case, widths of space, kinds of quotes and dashes,
    hyphens within words, bullets, marks of Markdown; different as soon as anything else differs or a word is parted.
    """
    ground = letters_and_digits(normalise(_with_marked(text)))
    return hashlib.sha256(ground).hexdigest() if ground else ""


def _with_marked(text: str) -> str:
    """Return the text with a mark before what would become another letter, figure or sign when it is normalised."""
    if "''" in text:
        text = text.replace("''", '"')
    if text.isascii():
        return text
    for char in _MARKED.keys() & beyond_ascii(text):
        text = text.replace(char, _MARKED[char])
    return text


def shingles(tokens: Tokens) -> NDArray[np.uint64]:
    """Return the distinct hashes of all runs of three tokens, sorted: uint64 (m,).

    A text of one or two tokens has one shingle: the whole text.
    """
    if not len(tokens.hashes):
        return np.zeros(0, np.uint64)
    return distinct(windows(tokens.hashes, min(SHINGLE, len(tokens.hashes))))


def sketch(shingle_hashes: NDArray[np.uint64]) -> tuple[NDArray[np.uint64], int]:
    """Return the FracMinHash sketch of a text and its shift s: the sorted shingles below 2**(64 - s).

    A uniform sample, so the share of A's sketch found in B's (at the larger of both shifts) estimates how much of A
    is contained in B. Source: Irber et al. 2022, "Lightweight compositional analysis of metagenomes with FracMinHash".
    """
    shift = SKETCH_SHIFT
    while (
        kept := int(np.searchsorted(shingle_hashes, np.uint64(1) << np.uint64(64 - shift)))
    ) > SKETCH_MOST:
        shift += 1
    return shingle_hashes[:kept], shift
