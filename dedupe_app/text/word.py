"""DOCX to lines, streamed: header, body, notes, footer, comments, what is ticked; no field codes.

Deleted text that nobody has let go yet is no text, but told besides.
"""

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
# What is raised, lowered, hidden or coloured: 10 to the 2nd is not 102.
_LOOKS = frozenset({"vertAlign", "vanish", "highlight", "color"})
_PLAIN_LOOKS = _OFF | {"auto", "000000", "none", "baseline"}
_DELETING = frozenset({"del", "moveFrom"})
# How a formula is built says what it means, except for these.
_MATH = "officeDocument/2006/math}"
_PLAIN_MATH = frozenset({"oMath", "oMathPara", "r", "t", "ctrlPr", "e"})
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
    deleted: list[str] = []
    looks: list[str] = []
    for kind in _ORDER:
        for name in dict.fromkeys(parts.get(kind, ())):
            data = archive.read(name)
            part = _read_part(data, source.limits.text_chars, numbering)
            text = part.lines.text()
            deleted += part.deleted
            looks += part.looks
            if kind in ("header", "footer") and b"PAGE" in data:
                text = "\n".join(line for line in text.split("\n") if not line.strip().isdecimal())
            if text and text not in texts:
                texts.append(text)
    looks += archive.links(main)
    marks = ("".join(deleted),) if deleted else ()
    return Reading("\n".join(texts), marks=marks, looks=tuple(looks))


def _read_part(data: bytes, limit_chars: int, numbering: Numbering) -> WordText:
    target = WordText(limit_chars, numbering)
    try:
        feed(data, xml_parser(data, target), target.lines)
    except etree.XMLSyntaxError as error:
        raise damaged("its text part is not complete") from error
    return target


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
        self.deleted: list[str] = []
        self.looks: list[str] = []
        self._is_deleting = False
        self._look = self._look_before = ""
        self._look_end = -1

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Begin lines, and write tabs, breaks and list labels."""
        self._depth += 1
        name = tag.rpartition("}")[2]
        if self._skipped_at:
            # Deeper stands how the run was formatted before somebody changed it.
            if self._depth == self._skipped_at + 1:
                self._note_look(name, _value(attributes, "val"))
            return
        if _MATH in tag and name not in _PLAIN_MATH:
            self.looks.append(f"{name} {_value(attributes, 'val')} {self.lines.length}")
        if name in _SKIPPED:
            self._skipped_at = self._depth
            self._is_deleting = name in _DELETING
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
            self._is_struck, self._look = False, ""
        elif name == "textpath":  # a word written across the pages: draft, copy
            self.lines.line()
            self.lines.add(_value(attributes, "string"))
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
        if self._skipped_at:
            if self._is_deleting:
                self.deleted.append(text)
        elif self._in_text:
            if self._look:
                self._note_run(text)
            self.lines.add(text)

    def _mark_struck(self) -> None:
        # As Markdown has it: what is struck out is still to be read, and says the opposite.
        if self._is_struck:
            self.lines.add("~~")

    def close(self) -> None:
        """Finish; the text is in `lines`."""

    def _note_look(self, name: str, value: str) -> None:
        if name in _STRIKES:
            self._is_struck = value not in _OFF
        elif name in _LOOKS and value not in _PLAIN_LOOKS:
            self._look += f"{name}{value}"

    def _note_run(self, text: str) -> None:
        place = self.lines.length
        # Programs cut runs at other places when they save a document anew.
        if self._look == self._look_before and place == self._look_end:
            self.looks[-1] += text
        else:
            self.looks.append(f"{self._look} {place} {text}")
        self._look_before, self._look_end = self._look, place + len(text)

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
