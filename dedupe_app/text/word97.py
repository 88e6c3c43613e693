"""The text of a DOC as its piece table has it: to see what another reader left out, or took for another encoding.

Word 97 to 2003 only ([MS-DOC] 2.4.1). Never raises for a damaged file, and never guesses: "" then.
"""

from __future__ import annotations

import re
import struct

from dedupe_app.text.compound import find_streams

_STREAMS = frozenset({"WordDocument", "0Table", "1Table"})
_WORD_97 = 0xC1
_SECOND_TABLE = 0x0200
_MAIN_CHARS = 0x4C  # how many characters are neither notes, headers, comments nor boxes
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


def stored_text(data: bytes) -> tuple[str, str]:
    """Return the text of the document as stored, and that of its notes, headers, comments and boxes; "" if not found.

    Without field codes.
    """
    try:
        streams = find_streams(data, _STREAMS.__contains__)
        main = streams["WordDocument"]
        version, flags = struct.unpack_from("<2xH6xH", main)
        if version < _WORD_97:
            return "", ""
        table = streams["1Table" if flags & _SECOND_TABLE else "0Table"]
        count = struct.unpack_from("<I", main, _MAIN_CHARS)[0]
        start, size = struct.unpack_from("<II", main, _CLX)
        pieces = _pieces(main, table[start : start + size])
    except (struct.error, LookupError):
        return "", ""
    text = "".join(pieces)
    return _shown(text[:count]), _shown(text[count:])


def _shown(text: str) -> str:
    return _without_fields(text).translate(_SIGNS)


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
