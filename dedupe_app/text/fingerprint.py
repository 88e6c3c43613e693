"""Fingerprints of bytes and of text: what tells, without looking again, that two are the same or overlap.

Each is versioned by its definition here; a stored one stays valid as long as nothing in this file changes.
"""

from __future__ import annotations

import hashlib
import os
import re
from typing import TYPE_CHECKING

import numpy as np

from dedupe_app.hashing import distinct, windows
from dedupe_app.text.canonical import normalise
from dedupe_app.text.letters import letters_and_digits

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from dedupe_app.records import Tokens

SHINGLE = 3
# A sketch keeps the shingles whose hash lies below 2**64 / 8, at most SKETCH_MOST of them (then / 16, / 32, ...).
SKETCH_SHIFT = 3
SKETCH_MOST = 16_384
# A figure that is raised, behind another one, and what stands for its being so: a sign that always says something.
_RAISED = re.compile(r"[\u00b2\u00b3\u00b9\u2070\u2074-\u2079](?<=[0-9].)")
_RAISING = "\u00a6"
# Markdown and TeX have a backslash before signs that shall be seen.
_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
# The number of a note, as some programs write what is raised.
_RAISED_NOTE = re.compile(r"\^\((\[[^\[\]()\n]{1,20}\])\)")
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
    """Return the same-text hash: SHA-256 of the letters, digits and telling signs of the normalised text, or "".

    Equal for copies in another format, with other line breaks, case, widths of space, hyphens at line ends, bullets or
    marks of Markdown; different as soon as one letter, digit, or sign that says something differs (signs.py), or a
    word is parted in two. Empty for a text without letters and digits.
    """
    ground = letters_and_digits(normalise(_without_escapes(text)))
    return hashlib.sha256(ground).hexdigest() if ground else ""


def _without_escapes(text: str) -> str:
    if not text.isascii():  # normalised, 10\u00b3 were 103
        text = _RAISED.sub(f"{_RAISING}\\g<0>", text)
    if "\\" in text:
        text = _ESCAPE.sub("", text)
    return _RAISED_NOTE.sub(r"\1", text) if "^([" in text else text


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
