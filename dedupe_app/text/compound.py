"""The streams of a compound file, as the older formats of Office are stored ([MS-CFB] 2.3). Reads memory only."""

from __future__ import annotations

import struct

_END = 0xFFFFFFFA  # sector numbers from here on mean something else
_FATS_IN_HEADER = 109
_SMALL = 4096  # streams below this lie in another stream
_ENTRY = 128


class CompoundFile:
    """The streams of a compound file; KeyError, IndexError or struct.error where it is damaged."""

    def __init__(self, data: bytes) -> None:
        """Read where the streams are."""
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
