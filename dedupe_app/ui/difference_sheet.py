"""The rows of two texts on a sheet of some width: which are folded, how high they are, those in sight laid out."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF

from dedupe_app.ui.difference_items import Heights, Item, estimate, item_of, make_items
from dedupe_app.ui.difference_paint import FOLD_HEIGHT, mark_areas, place_row

if TYPE_CHECKING:
    from dedupe_app.review.differences import Differences
    from dedupe_app.ui.difference_paint import Page, Part, Placed

_KEPT_LAID_OUT = 300


class Sheet:
    """Everything there is to scroll through. All places are pixels from the top of the whole."""

    def __init__(self, page: Page, found: Differences | None = None) -> None:
        """Put texts on pages of a width."""
        self.found = found
        self.items: list[Item] = []
        self.heights = Heights(())
        self._page = page
        self._open_rows: set[int] = set()
        self._placed: OrderedDict[int, Placed] = OrderedDict()
        self.set_page(page)

    def set_page(self, page: Page) -> None:
        """Divide the rows among items anew and estimate how high they are."""
        self._page = page
        self._placed.clear()
        found = self.found
        if found is None:
            return
        self.items = make_items(found, self._open_rows)
        columns = int(page.text_width() / page.script.character)
        line, stacked = page.script.line_height, not page.two_columns
        self.heights = Heights(
            FOLD_HEIGHT if item.folded else line * estimate(found, item, columns, stacked=stacked)
            for item in self.items
        )

    def height(self) -> int:
        """Return the height of everything, as far as it is known."""
        return self.heights.total() + self._page.script.line_height if self.items else 0

    def open_row(self, row: int) -> None:
        """Open the fold that holds a row."""
        self._open_rows.add(row)
        self.set_page(self._page)

    def open_all(self) -> None:
        """Open every fold."""
        self._open_rows |= {item.first for item in self.items if item.folded}
        self.set_page(self._page)

    def folds(self) -> list[int]:
        """Return the items that are folds."""
        return [number for number, item in enumerate(self.items) if item.folded]

    def placed(self, item: int) -> Placed:
        """Return a row laid out."""
        if item in self._placed:
            self._placed.move_to_end(item)
            return self._placed[item]
        if self.found is None:
            raise IndexError(item)
        placed = place_row(self.found, self.found.rows[self.items[item].first], self._page)
        self._placed[item] = placed
        self.heights[item] = placed.height
        if len(self._placed) > _KEPT_LAID_OUT:
            self._placed.popitem(last=False)
        return placed

    def in_sight(self, top: int, height: int) -> list[tuple[int, int]]:
        """Lay out what stands between two places; return the items and how far below `top` each begins."""
        found: list[tuple[int, int]] = []
        if not self.items:
            return found
        item = self.heights.at(top)
        y = self.heights.top(item) - top
        while item < len(self.items) and y < height:
            found.append((item, y))
            y += FOLD_HEIGHT if self.items[item].folded else self.placed(item).height
            item += 1
        return found

    def item_with(self, change: int) -> int:
        """Return the item that shows a change; a fold that holds it is opened."""
        if self.found is None:
            raise IndexError(change)
        row = self.found.changes[change].row
        item = item_of(self.items, row)
        if self.items[item].folded:
            self.open_row(row)
            item = item_of(self.items, row)
        return item

    def extent(self, item: int, change: int) -> tuple[int, int]:
        """Return from where to where a change reaches in a row; the whole row where no words are marked."""
        placed = self.placed(item)
        top = self.heights.top(item)
        areas = [
            area for part in placed.parts for area in mark_areas(part, QPointF(0, part.top), change)
        ]
        if not areas:
            return top, top + placed.height
        first, last = min(area.top() for area in areas), max(area.bottom() for area in areas)
        return top + int(first), top + int(last) + 1

    def part_at(self, x: int, y: int) -> tuple[Part, int] | None:
        """Return the side of a row at a place, and how far down in it; None on folds and where nothing is."""
        if not self.items or not 0 <= y < self.heights.total():
            return None
        item = self.heights.at(y)
        if self.items[item].folded:
            return None
        inside = y - self.heights.top(item)
        parts = self.placed(item).parts
        beside = [part for part in parts if part.x <= x < part.x + part.width] or list(parts)
        below = [part for part in beside if part.top <= inside] or beside
        return (below[-1], inside - below[-1].top) if below else None
