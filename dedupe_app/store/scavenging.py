"""Reads rows out of the bytes of a damaged library, without SQLite: its pages, and those of its write-ahead log.

For what nobody can make again: decisions, rejections, folders, the journal. Rows are known by their shape, so that
neither the first page nor the schema has to be whole. Reads only; what makes no sense is passed over.
Source: the SQLite file format, https://www.sqlite.org/fileformat2.html.
"""

from __future__ import annotations

import mmap
import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    Value = int | float | str | bytes | None
    Row = tuple[Value, ...]

_PAGE_SIZES = (4096, 1024, 512, 2048, 8192, 16384, 32768, 65536)
_WAL_HEADER, _FRAME_HEADER = 32, 24
# The pages that hold rows, with the lengths of their headers and of what stands before a row. Tables without rowids are
# kept as indexes are, some of their rows in the pages above the leaves.
_TABLE_LEAF = 0x0D
_PAGES = {_TABLE_LEAF: (8, 0), 0x0A: (8, 0), 0x02: (12, 4)}
_MOST_COLUMNS = 64
_SIZES = {0: 0, 1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8, 7: 8, 8: 0, 9: 0}
_FLOAT, _ZERO, _ONE, _FIRST_BLOB = 7, 8, 9, 12


def scavenge(path: Path, shapes: Mapping[str, str]) -> Iterator[tuple[str, Row]]:
    """Yield (shape name, row) for all rows of some shapes in a damaged library, later versions last.

    A shape has a letter for each column: n nothing, i a whole number, t text, b bytes, h 64 hexadecimal digits; a
    capital one may be empty (null) as well. Keys of tables with rowids are stored as nothing: the first value of such
    a row is replaced by its rowid.
    """
    for data, start, step, header in _files(path):
        for at in range(start, len(data), step):
            page = data[at + header : at + step]
            # On the first page the file has a header before that of the page.
            offset = 100 if not header and at == 0 else 0
            for row in _rows(page, offset):
                for name, shape in shapes.items():
                    if _fits(row, shape):
                        yield name, row


def _files(path: Path) -> Iterator[tuple[bytes | mmap.mmap, int, int, int]]:
    """Yield the bytes of the library and of its log, where pages begin, from one to the next, and headers between."""
    log = path.with_name(path.name + "-wal")
    size = _page_size(path)
    for file, start, header in ((path, 0, 0), (log, _WAL_HEADER, _FRAME_HEADER)):
        try:
            with file.open("rb") as opened:
                data = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError):  # not there, or empty
            continue
        with data:
            yield data, start, size + header, header


def _page_size(path: Path) -> int:
    with path.open("rb") as file:
        head = file.read(18)
    named = int.from_bytes(head[16:18], "big") if len(head) == 18 else 0
    size = 65536 if named == 1 else named
    return size if size in _PAGE_SIZES else _PAGE_SIZES[0]


def _rows(page: bytes, offset: int) -> Iterator[Row]:
    """Yield what the cells of one page hold, if it is one that holds rows."""
    if len(page) < offset + 8 or page[offset] not in _PAGES:
        return
    header, before = _PAGES[page[offset]]
    (cells,) = struct.unpack_from(">H", page, offset + 3)
    if offset + header + 2 * cells > len(page):
        return
    for place in struct.unpack_from(f">{cells}H", page, offset + header):
        try:
            yield _cell(page, place + before, page[offset] == _TABLE_LEAF)
        except (IndexError, ValueError, KeyError, struct.error):
            continue


def _cell(page: bytes, at: int, in_table: bool) -> Row:
    length, at = _number(page, at)
    rowid: int | None = None
    if in_table:
        rowid, at = _number(page, at)
    if length <= 0 or at + length > len(page):
        raise ValueError("longer than its page")
    body = at
    head, at = _number(page, at)
    end, values = body + head, body + head
    kinds = []
    while at < end:
        kind, at = _number(page, at)
        kinds.append(kind)
        if len(kinds) > _MOST_COLUMNS:
            raise ValueError("too many columns")
    row = []
    for kind in kinds:
        size = _SIZES[kind] if kind < _FIRST_BLOB else (kind - _FIRST_BLOB) // 2
        if values + size > body + length:
            raise ValueError("longer than its cell")
        row.append(_value(kind, page[values : values + size]))
        values += size
    if in_table and row and row[0] is None:
        row[0] = rowid
    return tuple(row)


def _value(kind: int, data: bytes) -> Value:
    if kind >= _FIRST_BLOB:
        return data.decode() if kind % 2 else bytes(data)
    if kind == _FLOAT:
        return float(struct.unpack(">d", data)[0])
    if kind in (_ZERO, _ONE):
        return kind - _ZERO
    return int.from_bytes(data, "big", signed=True) if kind else None


def _number(page: bytes, at: int) -> tuple[int, int]:
    """Read a number of one to nine bytes; return it and where the next thing begins."""
    value = 0
    for count in range(8):
        byte = page[at + count]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + count + 1
    return value << 8 | page[at + 8], at + 9


def _fits(row: Row, shape: str) -> bool:
    return len(row) == len(shape) and all(map(_is, row, shape))


def _is(value: Value, letter: str) -> bool:
    if value is None:
        return letter == "n" or letter.isupper()
    match letter.lower():
        case "i":
            return isinstance(value, int)
        case "t":
            return isinstance(value, str)
        case "b":
            return isinstance(value, bytes)
        case "h":
            return (
                isinstance(value, str)
                and len(value) == 64
                and set(value) <= set("0123456789abcdef")
            )
    return False
