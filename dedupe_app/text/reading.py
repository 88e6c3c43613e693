"""What all readers share: the source they get, the reading they give back, the error they raise.

Data and the line collector only; no format is read here, and nothing here touches the file system.
"""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, TypeAlias

from dedupe_app.errors import DedupeError
from dedupe_app.records import SkipReason
from dedupe_app.settings import MIB

if TYPE_CHECKING:
    from pathlib import Path

    from dedupe_app.settings import ReadLimits

# lxml comes without types.
Element: TypeAlias = Any
Parser: TypeAlias = Any


@dataclass(frozen=True, slots=True)
class Source:
    """One opened file: its bytes (of a text perhaps only the first part), and how to read them."""

    path: Path
    format: str
    data: bytes
    limits: ReadLimits
    is_cut: bool = False


# A document with fewer is hardly more than its pictures, if it has any.
FEW_CHARS = 600
# More empty cells side by side than this are a gap between two tables.
_MOST_EMPTY = 100


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader found: the text, and one sentence where something is missing from it.

    `shows_more`: pictures or scanned pages say something that the text does not. `marks`: what is drawn on its pages,
    pictures that it names, and text that is deleted but still there; they count as pictures. `looks`: how it is
    written, where that says something that the text does not.
    `is_cut`: there is more than was read. `is_drawn`: lines are drawn in it by hand, or what else no file of another
    format can be told to show.
    """

    text: str
    warning: str = ""
    shows_more: bool = False
    marks: tuple[str, ...] = ()
    looks: tuple[str, ...] = ()
    is_cut: bool = False
    is_drawn: bool = False


class UnreadableError(DedupeError):
    """Report a file that gives no text: the reason, and as title the sentence that people see."""

    def __init__(self, reason: SkipReason, detail: str) -> None:
        """Keep the reason and the sentence."""
        super().__init__(detail)
        self.reason = reason


def size_text(size_bytes: int) -> str:
    """Return a size limit in words."""
    return f"{size_bytes // MIB:,} MiB" if size_bytes >= MIB else f"{size_bytes:,} bytes"


def trace_of(error: BaseException) -> str:
    """Return the kind of an error and where it came from, without its message: that may quote the document."""
    places = [
        f"{PurePath(frame.filename).name}:{frame.lineno}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    return f"{type(error).__name__} at {', '.join(places)}"


def damaged(what: str = "the file ends too early") -> UnreadableError:
    """Return the error for a file whose contents contradict its format."""
    return UnreadableError(SkipReason.DAMAGED, f"Damaged: {what}.")


def encrypted() -> UnreadableError:
    """Return the error for a file that needs a password."""
    return UnreadableError(
        SkipReason.ENCRYPTED, "Protected by a password. Save a copy without it and scan again."
    )


class TextFullError(Exception):
    """End a reading early: the text has reached its limit."""


_RAISED = str.maketrans(
    "0123456789+-\u2212n",
    "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079\u207a\u207b\u207b\u207f",
)
_LOWERED = str.maketrans(
    "0123456789+-\u2212",
    "\u2080\u2081\u2082\u2083\u2084\u2085\u2086\u2087\u2088\u2089\u208a\u208b\u208b",
)


def raised_by(offset: str) -> int:
    """Return 1 for an offset that raises text, -1 for one that lowers it: 33%, -25000, superscript, sub."""
    if offset.startswith(("-", "sub")):
        return -1
    return int(offset != "baseline" and offset.strip("0%.") != "")


class TextLines:
    """Collects text while a document is walked: breaks are written only before the next text.

    A table row becomes one line with tabs between its cells, however many paragraphs a cell is
    wrapped in; an empty cell has its tab, unless nothing follows it in the row.
    """

    def __init__(self, limit_chars: int) -> None:
        """Collect at most about `limit_chars` characters, then raise TextFullError."""
        self._parts: list[str] = []
        self._break = ""
        self._row_ended = False
        self._left = self._limit = limit_chars

    @property
    def length(self) -> int:
        """Return how many characters were collected, without the breaks."""
        return self._limit - self._left

    @property
    def at_line_start(self) -> bool:
        """Tell whether the next text begins a line or a cell."""
        return bool(self._break) or not self._parts

    def add(self, text: str) -> None:
        """Append text as it is."""
        if not text:
            return
        if self._break:
            if self._parts:
                self._parts[-1] = self._parts[-1].rstrip(" ")
            self._parts.append(self._break if self._parts else self._break.lstrip("\n"))
            self._break, self._row_ended = "", False
        self._parts.append(text)
        self._left -= len(text)
        if self._left < 0:
            raise TextFullError

    def add_collapsed(self, text: str) -> None:
        """Append running text: each run of white space is one blank, none begins a line."""
        words = " ".join(text.split())
        if not words:
            if text and not self.at_line_start and self._parts[-1][-1:] not in " \n\t":
                self._parts.append(" ")
            return
        if text[0].isspace() and not self.at_line_start:
            words = " " + words
        if text[-1].isspace():
            words += " "
        self.add(words)

    def small(self, text: str, *, is_raised: bool) -> str:
        """Return raised or lowered text as it is to be added: behind a figure as Unicode has it, 10² being no 102."""
        last = self._parts[-1][-1:] if self._parts and not self._break else ""
        table = _RAISED if is_raised else _LOWERED
        is_figure = last.isdigit() and all(ord(char) in table for char in text)
        return text.translate(table) if is_figure else text

    def line(self) -> None:
        """Begin a line before the next text, unless a new cell begins there."""
        if not self._break.endswith("\t"):
            self._break = "\n"

    def cell(self) -> None:
        """End a cell: the next text stands in the next one, whether or not there is text in this one."""
        if self._row_ended or self._break.endswith("\t"):
            self._break += "\t" * (len(self._break) < _MOST_EMPTY)
        else:
            self._break = "\t"

    def row(self) -> None:
        """Begin a line before the next text, also after a cell."""
        self._break, self._row_ended = "\n", True

    def text(self) -> str:
        """Return what was collected."""
        return "".join(self._parts).rstrip(" ")
