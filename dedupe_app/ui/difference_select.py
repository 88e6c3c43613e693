"""Selecting text with the mouse: which place of which text a point is on, and what lies between two places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dedupe_app.review.rows import Span
    from dedupe_app.ui.difference_paint import Page, Part


@dataclass(frozen=True, slots=True)
class Selection:
    """What is selected of one text: from where the mouse went down to where it is."""

    side: int = 0
    anchor: int = 0
    end: int = 0

    def span(self) -> Span:
        """Return the places in the order of the text."""
        return min(self.anchor, self.end), max(self.anchor, self.end)


def place_at(part: Part, x: int, inside: int, page: Page, gutter: int) -> int:
    """Return the place in the text that is nearest to a point `inside` pixels down in a part."""
    layout = part.laid.layout
    if not layout.lineCount():
        return part.laid.start
    number = max(0, min(inside // page.script.line_height, layout.lineCount() - 1))
    return part.laid.place(layout.lineAt(number).xToCursor(x - part.x - gutter))


def word_around(text: str, place: int) -> Span:
    """Return the word at a place, or the sign that stands there."""
    start = end = max(0, min(place, len(text)))
    while start > 0 and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return (start, end) if start < end else (place, min(place + 1, len(text)))
