"""The texts of a workbook, which its cells refer to by number; those that are not written alike throughout."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedupe_app.text.digests import digest
from dedupe_app.text.reading import TextLines
from dedupe_app.text.sheet_styles import STRUCK, local_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dedupe_app.text.sheet_styles import SheetStyles


class SharedStrings:
    """Parser target for the table of texts that cells refer to by number."""

    def __init__(self, limit_chars: int, styles: SheetStyles) -> None:
        """Collect at most about `limit_chars` characters."""
        self.lines = TextLines(limit_chars)
        self.texts: list[str] = []
        self.looks: dict[int, str] = {}  # of texts that are not written alike throughout
        self._styles = styles
        self._parts: list[str] = []
        self._phonetic = self._in_text = self._in_look = False
        self._look: list[str] = []  # of the text that is read, and of that before it
        self._before: list[str] = []
        self._length = 0
        self._told: list[str] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Begin a text."""
        name = local_name(tag)
        if name == "si":
            self._parts, self._told, self._look, self._before = [], [], [], []
            self._length = 0
        elif name == "rPh":
            self._phonetic = True
        elif name == "t":
            self._in_text = not self._phonetic
            if self._in_text:
                self._begin_run()
        elif name == "r":
            self._look = []
        elif name == "rPr":
            self._in_look = True
        elif self._in_look and (look := self._styles.property(name, attributes)):
            self._look.append(look)

    def end(self, tag: str) -> None:
        """End a text."""
        name = local_name(tag)
        if name == "si":
            self._look = []
            self._begin_run()
            if self._told:
                self.looks[len(self.texts)] = digest("\n".join(self._told))
            self.texts.append(" ".join("".join(self._parts).split()))
        elif name == "rPh":
            self._phonetic = False
        elif name == "t":
            self._in_text = False
        elif name == "rPr":
            self._in_look = False

    def data(self, text: str) -> None:
        """Take text."""
        if self._in_text:
            self._parts.append(text)
            self._length += len(text)

    def close(self) -> None:
        """Finish; the texts are in `texts`."""

    def _begin_run(self) -> None:
        # Programs cut text at other places when they save a book anew.
        if self._look == self._before:
            return
        self._told.append(f"{self._length} {self._look}")
        # As Markdown has it: what is struck out is still to be read, and says the opposite.
        if (STRUCK in self._look) != (STRUCK in self._before):
            self._parts.append("~~")
        self._before = self._look
