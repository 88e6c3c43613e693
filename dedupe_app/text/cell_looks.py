"""How the cells of a table look, told row by row: of workbooks, and of all that OpenDocument has tables in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Key = TypeVar("Key", int, str)

_MOST_KNOWN = 1000


class CellLooks(Generic[Key]):
    """Collects how cells look, row by row: equal ones side by side and equal rows below each other are told once."""

    def __init__(self, look_of: Callable[[Key], str], told: list[str]) -> None:
        """Add what is not plain to what is `told`; `look_of` gives a plain style the look ""."""
        self._look_of: Callable[[Key], str] = look_of
        self._told = told
        self.cells: list[tuple[Key, int]] = []  # of the row: a style, and for how many cells
        self._rows: dict[tuple[tuple[Key, int], ...], str] = {}
        self._looks: dict[Key, str] = {}
        self._look, self._row = "", 0

    def end_row(self, first: int, last: int) -> None:
        """End a row, and those below it that are the same."""
        cells = tuple(self.cells)
        self.cells.clear()
        look = self._rows.get(cells)
        if look is None:
            if len(self._rows) >= _MOST_KNOWN:
                self._rows.clear()
            look = self._rows[cells] = self._told_of(cells)
        if look != self._look or (look and first != self._row + 1):
            self.close()
            self._look = look
            self._told.append(f"\n{first}:{look}")
        self._row = last

    def close(self) -> None:
        """End the last rows that are the same."""
        if self._look:
            self._told.append(f"\nto {self._row}")
        self._look = ""

    def _told_of(self, cells: Sequence[tuple[Key, int]]) -> str:
        told: list[str] = []
        column, before = 0, ""
        for style, times in cells:
            look = self._looks.get(style)
            if look is None:
                look = self._looks[style] = self._look_of(style)
            if look != before:
                told.append(f"{column} {look}")
                before = look
            column += times
        return ",".join((*told, f"{column}" if before else ""))
