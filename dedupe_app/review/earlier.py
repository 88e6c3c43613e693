"""Tells earlier reports and pictures of this program from all other files: only those are written over unasked.

Looks at the beginning of a file, also of one that a spreadsheet or a formatter has saved since. Changes nothing.
"""

from __future__ import annotations

import re
import struct
from typing import TYPE_CHECKING, BinaryIO

from dedupe_app.errors import UsageError
from dedupe_app.review.export import is_stream, neutral, readable_errors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

# Pictures carry this, as Qt and the PNG format name it.
MARK = ("Software", "Dedupe App")

_BEGINNING = 4096
_HEADERS = ((b"group", b"kind", b"relation", b"similarity"), (b"path", b"x", b"y", b"topic"))
_TEXT = rb'"(?:[^"\\]|\\.)*"'
_OBJECTS = (
    rb'"version"\s*:\s*\d+\s*,\s*"rows"\s*:\s*\[',
    rb'"library"\s*:\s*%s\s*,\s*"(?:embedder|words)"\s*:' % _TEXT,
    rb'"version"\s*:\s*%s\s*,\s*"findings"\s*:\s*\[' % _TEXT,
    rb'"models"\s*:\s*\[\s*\{\s*"name"\s*:',
    rb'"card"\s*:\s*(?:null|\{[^{}]*\})\s*,\s*"own_torch"\s*:',
)
_HEADER = b"|".join(b"[,;\\t]".join(b'"?%s"?' % name for name in names) for names in _HEADERS)
_TABLE = re.compile(rb"(?:\xef\xbb\xbf)?(?:%s)" % _HEADER)
_FACTS = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{\s*(?:%s)" % b"|".join(_OBJECTS))
_PNG = b"\x89PNG\r\n\x1a\n"
_PLAIN_CHUNKS = {b"IHDR", b"pHYs", b"IDAT", b"IEND"}


def is_table(path: Path) -> bool:
    """Tell whether a file is a report or a map that was written as CSV."""
    return _TABLE.match(_beginning(path)) is not None


def is_facts(path: Path) -> bool:
    """Tell whether a file is something that this program wrote as JSON."""
    return _FACTS.match(_beginning(path)) is not None


def is_picture(path: Path) -> bool:
    """Tell whether a file is a picture of a map."""
    with path.open("rb") as file:
        wanted = b"\0".join(word.encode("latin-1") for word in MARK)
        return any(kind == b"tEXt" and text == wanted for kind, text in _chunks(file))


def may_be_picture(path: Path, size: tuple[int, int]) -> bool:
    """Tell whether a picture may be one that an earlier version drew: those carry no mark, and nothing else besides."""
    with path.open("rb") as file:
        chunks = list(_chunks(file))
    has_size = bool(chunks) and chunks[0][1][:8] == struct.pack(">II", *size)
    return has_size and {kind for kind, _ in chunks} == _PLAIN_CHUNKS


def check_target(
    target: Path,
    is_own: Callable[[Path], bool],
    *,
    is_document: Callable[[Path], bool] | None = None,
    may_be_own: Callable[[Path], bool] | None = None,
    confirmed: bool = False,
) -> None:
    """Refuse to write over what is not an earlier report; a file without a single byte may be written over.

    `is_document`: tells whether the library knows a file as a document; then it has to be an earlier report for sure.
    `confirmed`: the person at the screen wants this file to be replaced.

    Raises:
        UsageError: the file stays as it is.
        ReportError: it cannot be looked at.
    """
    if is_stream(target):
        return
    name = neutral(str(target))
    with readable_errors(f"The report could not be written to {name}."):
        if not target.is_file() or is_own(target):
            return
        is_known = is_document is not None and is_document(target)
        is_fine = confirmed or not target.stat().st_size or (may_be_own and may_be_own(target))
    if is_known:
        raise UsageError(
            f"{name} is one of the documents in the library.",
            "It is as it was. Name another file for the report.",
        )
    if not is_fine:
        raise UsageError(
            f"{name} is there already, and it is no earlier report.",
            "It is as it was. Name another file for the report, or move this one away first.",
        )


def _beginning(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_BEGINNING)


def _chunks(file: BinaryIO) -> Iterator[tuple[bytes, bytes]]:
    """Yield kind and content of the chunks of a PNG file; of those with the picture itself, no content."""
    if file.read(len(_PNG)) != _PNG:
        return
    while len(head := file.read(8)) == 8:
        length, kind = struct.unpack(">I4s", head)
        content = b"" if kind == b"IDAT" else file.read(min(length, _BEGINNING))
        yield kind, content
        file.seek(length - len(content) + 4, 1)
