"""The text of a DOC as its piece table has it: to see whether another reader took UTF-16 for single bytes.

Word 97 to 2003 only ([MS-DOC] 2.4.1, [MS-CFB] 2.3). Never raises for a damaged file, and never guesses: "" then.
"""

from __future__ import annotations

import re
import struct

_END = 0xFFFFFFFA  # sector numbers from here on mean something else
_FATS_IN_HEADER = 109
_SMALL = 4096  # streams below this lie in another stream
_ENTRY = 128
_WORD_97 = 0xC1
_SECOND_TABLE = 0x0200
_CLX = 0x01A2  # where the header says where the piece table is
_SINGLE_BYTES = 0x40000000
_PIECES = 2
_DEEPEST = 4  # fields in fields: a link in a line of a table of contents
_CODE = re.compile("\x13[^\x13\x14\x15]*\x14([^\x13\x14\x15]*)\x15")
_LOST = re.compile("\x13[^\x13\x14\x15]*\x15")
_SIGNS = str.maketrans(
    {**{chr(i): None for i in range(32)}, **dict.fromkeys("\n\r\x0b\x0c", "\n"), "\x07": "\t"}
    | {"\t": "\t", "\x1e": "-"}
)


def stored_text(data: bytes) -> str:
    """Return the text of the document, its notes and headers as stored, without field codes; "" if it is not found."""
    try:
        streams = _Streams(data)
        main = streams.read("WordDocument")
        version, flags = struct.unpack_from("<2xH6xH", main)
        if version < _WORD_97:
            return ""
        table = streams.read("1Table" if flags & _SECOND_TABLE else "0Table")
        start, size = struct.unpack_from("<II", main, _CLX)
        pieces = _pieces(main, table[start : start + size])
    except (struct.error, IndexError, KeyError, UnicodeDecodeError):
        return ""
    return _without_fields("".join(pieces)).translate(_SIGNS)


class _Streams:
    """The streams of a compound file; KeyError, IndexError or struct.error where it is damaged."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._size = 1 << struct.unpack_from("<H", data, 30)[0]
        count, first = struct.unpack_from("<II", data, 44)
        if count > _FATS_IN_HEADER:
            raise KeyError(count)
        self._next: list[int] = []
        for sector in struct.unpack_from(f"<{count}I", data, 76):
            self._next += struct.unpack(f"<{self._size // 4}I", self._sector(sector))
        self._entries: dict[str, tuple[int, int]] = {}
        directory = self._chain(first)
        for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
            length = struct.unpack_from("<H", directory, at + 64)[0]
            name = directory[at : at + max(0, length - 2)].decode("utf-16-le")
            self._entries[name] = struct.unpack_from("<II", directory, at + 116)

    def read(self, name: str) -> bytes:
        """Return a stream."""
        first, size = self._entries[name]
        if size < _SMALL:
            raise KeyError(name)
        return self._chain(first)[:size]

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        return self._data[start : start + self._size]

    def _chain(self, sector: int) -> bytes:
        found: list[bytes] = []
        while sector < _END:
            # A chain that bites its tail is longer than all there is.
            if len(found) > len(self._next):
                raise KeyError(sector)
            found.append(self._sector(sector))
            sector = self._next[sector]
        return b"".join(found)


def _pieces(main: bytes, table: bytes) -> list[str]:
    at = 0
    while table[at] != _PIECES:
        at += 3 + struct.unpack_from("<H", table, at + 1)[0]
    size = struct.unpack_from("<I", table, at + 1)[0]
    at += 5
    count = (size - 4) // 12
    bounds = struct.unpack_from(f"<{count + 1}I", table, at)
    found: list[str] = []
    room = len(main)  # pieces that all name the same bytes would be a bomb
    for number in range(count):
        place = struct.unpack_from("<I", table, at + 4 * (count + 1) + 8 * number + 2)[0]
        length = bounds[number + 1] - bounds[number]
        room -= length
        if length < 0 or room < 0:
            return []
        if place & _SINGLE_BYTES:
            start = (place & ~_SINGLE_BYTES) // 2
            found.append(main[start : start + length].decode("cp1252", "replace"))
        else:
            found.append(main[place : place + 2 * length].decode("utf-16-le", "replace"))
    return found


def _without_fields(text: str) -> str:
    """Drop what a field was made from, and keep what it shows; a field may stand in another."""
    for _ in range(_DEEPEST):
        text = _LOST.sub("", _CODE.sub(r"\1", text))
    return text
