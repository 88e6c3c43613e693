"""DOCX to lines, streamed: header, body, notes, footer, comments, what is ticked; no deleted text, no field codes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from dedupe_app.text.archives import Archive
from dedupe_app.text.markup import feed, xml_parser
from dedupe_app.text.numbering import Numbering
from dedupe_app.text.reading import Reading, Source, TextLines, damaged

if TYPE_CHECKING:
    from collections.abc import Mapping

# fmt: off
_SKIPPED = frozenset({
    "rPr", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr", "sdtPr", "sdtEndPr", "del", "moveFrom",
    "instrText", "delText", "delInstrText", "Fallback", "rt", "rubyPr", "annotationRef", "docPr",
    "cNvPr",
})
# fmt: on
_SIGNS = {"tab": "\t", "ptab": "\t", "noBreakHyphen": "-"}
_ORDER = ("header", "", "footnotes", "endnotes", "footer", "comments")
# In hexadecimal; no half of a pair (D800 to DFFF).
_SIGN = re.compile(r"(?![dD][89a-fA-F])[0-9A-Fa-f]{4}")
_STRIKES, _OFF = frozenset({"strike", "dstrike"}), frozenset({"0", "false", "off"})
_TICKED, _EMPTY = "\u2612", "\u2610"


def read_docx(source: Source) -> Reading:
    """Return the text of a Word document.

    Raises:
        UnreadableError: It is damaged or protected by a password.
    """
    archive = Archive(source.data, source.limits)
    main = next((name for _, kind, name in archive.related("") if kind == "officeDocument"), "")
    main = main or "word/document.xml"
    parts: dict[str, list[str]] = {"": [main]}
    for _, kind, name in archive.related(main):
        parts.setdefault(kind, []).append(name)
    numbering = Numbering(
        *(
            archive.tree(name)
            for kind in ("numbering", "styles")
            for name in parts.get(kind, [])[:1]
        )
    )
    texts: list[str] = []
    for kind in _ORDER:
        for name in dict.fromkeys(parts.get(kind, ())):
            text = _part_text(archive.read(name), source.limits.text_chars, numbering)
            if kind in ("header", "footer"):
                text = "\n".join(line for line in text.split("\n") if not line.strip().isdecimal())
            if text and text not in texts:
                texts.append(text)
    return Reading("\n".join(texts))


def _part_text(data: bytes, limit_chars: int, numbering: Numbering) -> str:
    target = WordText(limit_chars, numbering)
    try:
        return feed(data, xml_parser(data, target), target.lines)
    except etree.XMLSyntaxError as error:
        raise damaged("its text part is not complete") from error


class WordText:
    """Parser target for the parts of a DOCX; tags are told apart by their local names."""

    def __init__(self, limit_chars: int, numbering: Numbering) -> None:
        """Collect at most about `limit_chars` characters; `numbering` knows the list labels."""
        self.lines = TextLines(limit_chars)
        self._numbering = numbering
        self._depth = 0
        self._skipped_at = 0
        self._in_text = False
        self._properties_at = 0
        self._style = self._list = self._level = ""
        self._is_struck = False
        self._field: list[tuple[str, str]] | None = None  # of a form: what is said of it

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Begin lines, and write tabs, breaks and list labels."""
        self._depth += 1
        name = tag.rpartition("}")[2]
        if self._skipped_at:
            # Deeper stands how the run was formatted before somebody changed it.
            if name in _STRIKES and self._depth == self._skipped_at + 1:
                self._is_struck = _value(attributes, "val") not in _OFF
            return
        if name in _SKIPPED:
            self._skipped_at = self._depth
        elif self._properties_at:
            self._note_property(name, attributes)
        elif self._field is not None:
            self._field.append((name, _value(attributes, "val")))
        elif name in ("checkBox", "ddList"):
            self._field = []
        else:
            self._begin(name, attributes)

    def _begin(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "t":
            self._in_text = True
            self._mark_struck()
        elif name == "r":
            self._is_struck = False
        elif name == "p":
            self.lines.line()
        elif name == "tr":
            self.lines.row()
        elif name == "pPr":
            self._properties_at = self._depth
            self._style = self._list = self._level = ""
        elif name in ("br", "cr"):
            self.lines.line()
        elif name in _SIGNS:
            self.lines.add(_SIGNS[name])
        elif name == "sym" and _SIGN.fullmatch(code := _value(attributes, "char")):
            self.lines.add(chr(int(code, 16)))

    def end(self, tag: str) -> None:
        """End lines and cells."""
        self._depth -= 1
        if self._skipped_at:
            if self._depth < self._skipped_at:
                self._skipped_at = 0
            return
        name = tag.rpartition("}")[2]
        if name == "t":
            self._in_text = False
            self._mark_struck()
        elif name == "p":
            self.lines.line()
        elif name == "tc":
            self.lines.cell()
        elif name == "tr":
            self.lines.row()
        elif name == "pPr":
            self._properties_at = 0
            self._write_label()
        elif name in ("checkBox", "ddList") and self._field is not None:
            self.lines.add(_box(self._field) if name == "checkBox" else _choice(self._field))
            self._field = None

    def data(self, text: str) -> None:
        """Take the text of runs."""
        if self._in_text and not self._skipped_at:
            self.lines.add(text)

    def _mark_struck(self) -> None:
        # As Markdown has it: what is struck out is still to be read, and says the opposite.
        if self._is_struck:
            self.lines.add("~~")

    def close(self) -> None:
        """Finish; the text is in `lines`."""

    def _note_property(self, name: str, attributes: Mapping[str, str]) -> None:
        value = _value(attributes, "val")
        if name == "pStyle":
            self._style = value
        elif name == "numId":
            self._list = value
        elif name == "ilvl":
            self._level = value

    def _write_label(self) -> None:
        label = self._numbering.next_label(self._style, self._list, self._level)
        if label:
            self.lines.add(label + " ")


def _value(attributes: Mapping[str, str], name: str) -> str:
    return next((v for k, v in attributes.items() if k.rpartition("}")[2] == name), "")


def _box(field: list[tuple[str, str]]) -> str:
    """Return a box of an old form, ticked or not: as it was left, else as it began."""
    said = dict(field)
    is_ticked = said.get("checked", said.get("default", "0")) not in _OFF
    return _TICKED if is_ticked else _EMPTY


def _choice(field: list[tuple[str, str]]) -> str:
    """Return what is chosen from the list of an old form."""
    choices = [value for name, value in field if name == "listEntry"]
    said = dict(field)
    number = said.get("result") or said.get("default") or "0"
    return choices[int(number)] if number.isdecimal() and int(number) < len(choices) else ""
