"""What a web page shows besides its text: how words are set off, coloured and hidden, links, forms, pictures, drawings.

Each with its place, and with its end, so that what is struck out is not longer in another file.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

# fmt: off
# What is struck out, raised, set off, chosen in a form, or put in place of a picture.
LOOKS = frozenset({
    "a", "b", "bdo", "big", "cite", "code", "del", "dfn", "em", "embed", "font", "h1", "h2", "h3", "h4", "h5", "h6",
    "i", "iframe", "img", "input", "ins", "kbd", "li", "mark", "math", "meter", "object", "option", "progress", "q",
    "s", "samp", "script", "select", "small", "strike", "strong", "style", "sub", "sup", "svg", "td", "th", "tt", "u",
    "var", "video",
})
# fmt: on
# What of an element is seen, or says where to look; the rest are names, sizes and programs.
_SAYING = frozenset(
    "alt background bgcolor checked class color colspan data dir face hidden href label max open placeholder poster"
    " rowspan selected src srcdoc start style type value".split()
)
_SAYING_BY_NAME = _SAYING | {"id"}
_NAMED = re.compile(r"#[\w-]")
# Where a file is that belongs to a page: it is saved into a folder with a new name.
_FILES = frozenset({"background", "data", "poster", "src"})
_CELLS = frozenset({"td", "th"})
# Formulas, drawings and lists to choose from, of which the text is not read.
_DRAWN = frozenset({"math", "svg", "select"})
# Of a drawing that only holds a picture, as the covers of books do.
_HOLDING = frozenset({"a", "defs", "desc", "g", "image", "metadata", "style", "svg", "title"})
# What no style sheet gives to an element otherwise: the words stand there, and are struck out.
_STRUCK = "line-through"
# Of a field of these kinds nothing is filled in.
_NO_FIELDS = frozenset({"hidden", "submit", "button", "reset", "image"})
# What is shown there is not in the page.
_ELSEWHERE = frozenset({"canvas", "embed", "iframe", "object", "video"})


class PageLooks:
    """Collects what a page shows besides its text while it is parsed: as `looks`, `marks` and `is_drawn` of Reading."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.looks: list[str] = []
        # Pictures in files of their own; one in a link is a button. Those in the page itself are found in its bytes.
        self.marks: list[str] = []
        self.is_drawn = False
        # How deep the elements that are told about begin, from the outermost to the innermost.
        self.open_at: list[int] = [0]
        self._pictures: set[str] = set()
        self._link = 0
        self._cells = 0
        self._drawing = ""
        self._is_style = self._is_kept = False
        self._kept: list[str] = []
        self._saying = _SAYING

    def start(self, name: str, attributes: Mapping[str, str], depth: int, length: int) -> None:
        """Take the start of an element that is shown, `length` characters into the text."""
        if name == "script":
            self._is_kept = True  # it may draw what it holds
            return
        if name in _CELLS:
            self._cells += 1
        said = self._said(attributes) if attributes else ""
        self.is_drawn |= _STRUCK in attributes.get("style", "")
        if said or (name in LOOKS and name not in _CELLS):
            self.looks.append(f"{name} {length} {self._cells}{said}")
            self.open_at.append(depth)
        if name in _DRAWN:
            self._drawing = name
        elif name in _ELSEWHERE or (name == "input" and _is_filled_in(attributes)):
            self.is_drawn = True
        elif name == "style":
            self._is_style = self._is_kept = True
        elif name == "a" and "href" in attributes and not self._link:
            self._link = depth
        elif name == "img" and not self._link:
            self._mark(attributes.get("src", ""))

    def start_skipped(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take the start of an element in the head of a page, in a drawing or in another that is not shown as text."""
        if self._drawing:
            self.looks.append(f"{name} {list(attributes.items())}")
            if self._drawing == "svg" and name not in _HOLDING:
                self.is_drawn = True
            elif name == "image":
                self._mark(attributes.get("xlink:href") or attributes.get("href", ""))
        elif name in ("style", "script"):
            self._is_kept, self._is_style = True, name == "style"
        elif name == "link" and "stylesheet" in attributes.get("rel", "").lower():
            self.looks.append(f"{name} {_without_folder(attributes.get('href', ''))}")

    def data_skipped(self, text: str) -> None:
        """Take text that is not shown as text."""
        if self._drawing or self._is_kept:
            self._kept.append(text)

    def end(self, length: int) -> None:
        """Take the end of the innermost element that is told about, `length` characters into the text."""
        self.looks.append(f"/ {length}")
        if self.open_at.pop() == self._link:
            self._link = 0

    def end_skipped(self, *, is_last: bool) -> None:
        """Take the end of an element that is not shown as text; the last one holds the others."""
        if self._kept:
            text = " ".join("".join(self._kept).split())
            self._kept.clear()
            self.looks.append(text)
            self.is_drawn |= self._is_style and _STRUCK in text
            if self._is_style and _NAMED.search(text):
                # From here on the names of elements say how they are shown.
                self._saying = _SAYING_BY_NAME
        self._is_style = self._is_kept = False
        if is_last:
            self._drawing = ""

    def _said(self, attributes: Mapping[str, str]) -> str:
        said = ""
        for key, value in attributes.items():
            if key in self._saying:
                shown = _without_folder(value) if key in _FILES else value
                said += f" {key} {len(shown)} {shown}"
        return said

    def _mark(self, address: str) -> None:
        if address and not address.startswith("data:") and address not in self._pictures:
            self._pictures.add(address)
            self.marks.append(f"img {len(self._pictures)} {_without_folder(address)}")


def _is_filled_in(attributes: Mapping[str, str]) -> bool:
    is_field = attributes.get("type", "").lower() not in _NO_FIELDS
    return is_field and ("checked" in attributes or bool(attributes.get("value")))


def _without_folder(address: str) -> str:
    return address if address.startswith("data:") else address.rpartition("/")[2]
