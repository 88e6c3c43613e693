"""DOCX to lines, streamed: header, body, notes, footer, comments, what is ticked; no field codes.

Deleted text that nobody has let go yet is no text, but told besides.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from lxml import etree

from dedupe_app.text.archives import Archive
from dedupe_app.text.looks import Looks, said
from dedupe_app.text.markup import feed, xml_parser
from dedupe_app.text.numbering import Numbering, number_of
from dedupe_app.text.part_text import AROUND, PartText
from dedupe_app.text.reading import Reading, Source, damaged, raised_by
from dedupe_app.text.word_styles import OFF, Styles, value_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dedupe_app.text.part_text import Begin, End

_SIGNS = {"tab": "\t", "ptab": "\t", "noBreakHyphen": "-"}
_ORDER = ("header", "", "footnotes", "endnotes", "footer", "comments")
# In hexadecimal; no half of a pair (D800 to DFFF).
_SIGN = re.compile(r"(?![dD][89a-fA-F])[0-9A-Fa-f]{4}")
_OFFSETS = frozenset({"vertAlign", "position"})
_STRIKES = frozenset({"strike", "dstrike"})
_DELETING = ("del", "moveFrom")
_FIELDS = ("checkBox", "ddList")
_SETTINGS = ("checked", "default", "result", "listEntry")
_NUMBERED = {
    f"{kind}{part}": kind
    for kind in ("footnote", "endnote", "comment")
    for part in ("", "Reference", "RangeStart", "RangeEnd")
}
# Of notes, which some programs write where there are no notes.
_SEPARATORS = frozenset({"separator", "continuationSeparator"})
# Fields that write something else each time the pages are broken anew.
_PAGES = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES"})
_SIMPLE_PAGES = [[name] for name in _PAGES]
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
    roots = [
        archive.tree(parts[kind][0]) if kind in parts else None for kind in ("numbering", "styles")
    ]
    looks = Looks(archive)
    styles, numbering = Styles(looks, *roots), Numbering(*roots)
    texts: list[str] = []
    deleted: list[str] = []
    for kind in _ORDER:
        for name in dict.fromkeys(parts.get(kind, ())):
            data = archive.read(name)
            part = WordText(source.limits.text_chars, looks, name, styles, numbering)
            text = _read_part(data, part)
            deleted += part.deleted
            if kind in ("header", "footer") and part.pages:
                text = "\n".join(
                    line for line in text.split("\n") if line.strip() not in part.pages
                )
            if text and text not in texts:
                texts.append(text)
    styles.add_used()
    looks.add_unread()
    marks = ("".join(deleted),) if deleted else ()
    return Reading("\n".join(texts), marks=marks, looks=looks.hashed(), is_drawn=looks.is_drawn)


def _read_part(data: bytes, target: WordText) -> str:
    try:
        return feed(data, xml_parser(data, target), target.lines)
    except etree.XMLSyntaxError as error:
        raise damaged("its text part is not complete") from error


class WordText(PartText):
    """Parser target for the parts of a DOCX."""

    def __init__(
        self, limit_chars: int, looks: Looks, part: str, styles: Styles, numbering: Numbering
    ) -> None:
        """Collect at most about `limit_chars` characters; `numbering` knows the list labels."""
        super().__init__(limit_chars, looks, part)
        self._styles = styles
        self._numbering = numbering
        self._settled_at = 0
        self._style = self._list = self._level = ""
        self._field: list[tuple[str, str]] | None = None  # of a form: what is said of it
        self._code: list[str] = []
        self._in_code = self._is_paging = False
        self._deletion_before = ""
        self.deleted: list[str] = []
        self.pages: set[str] = set()  # what stood for the numbers of pages

    def data(self, text: str) -> None:
        """Take the text of runs, of field codes, and of what was deleted."""
        if self._in_text and not (self._is_paging or self._skipped_at):
            self._write(text)
        elif self._is_deleting:
            self.deleted.append(text)
        elif self._in_code and not self._skipped_at:
            self._code.append(text)
        else:
            place = self._place
            super().data(text)
            self._place = place
            if self._is_paging and self._in_text:
                self.pages.add(text.strip())

    def _set_special(self, name: str, attributes: Mapping[str, str]) -> bool:
        if name == "rStyle":
            self._styles.used.add(value_in(attributes, "val"))
            return True
        if name in _STRIKES:
            self._is_struck |= value_in(attributes, "val") not in OFF
        elif name in _OFFSETS:
            self._raised = raised_by(value_in(attributes, "val")) or self._raised
        return super()._set_special(name, attributes)

    def _begin_around(self, name: str, attributes: Mapping[str, str]) -> None:
        super()._begin_around(name, attributes)
        if self._settled_at:  # a row, or the end of a paragraph
            self._show(name, attributes)

    def _begin_deletion(self, name: str, attributes: Mapping[str, str]) -> None:
        self._skipped_at, self._is_deleting = self._depth, True
        look = said(name, attributes, self._attributes, self._targets) + f" {self._place}"
        if self._settled_at or look != self._deletion_before:
            self._add(look)
        self._deletion_before = look

    def _begin_aside(self, name: str, attributes: Mapping[str, str]) -> None:
        self._aside_at = self._depth  # written small above a word
        self._show(name, attributes)

    def _begin_settled(self, name: str, _attributes: Mapping[str, str]) -> None:
        self._settled_at = self._depth
        if name == "pPr":
            self._style = self._list = self._level = ""

    def _begin_style(self, name: str, attributes: Mapping[str, str]) -> None:
        self._show(name, attributes)
        style = value_in(attributes, "val")
        self._styles.used.add(style)
        if name == "pStyle":
            self._style = style

    def _begin_list(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "numId":
            self._list = value_in(attributes, "val")
        else:
            self._level = value_in(attributes, "val")

    def _begin_numbered(self, name: str, attributes: Mapping[str, str]) -> None:
        if value_in(attributes, "type") in _SEPARATORS:
            self._skipped_at = self._depth
            return
        number = self._looks.number(_NUMBERED[name], value_in(attributes, "id"))
        self._show(f"{name} {number}", attributes)

    def _begin_row(self, name: str, attributes: Mapping[str, str]) -> None:
        self.lines.row()
        self._show(name, attributes)

    def _begin_break(self, name: str, attributes: Mapping[str, str]) -> None:
        self._end_line()
        if attributes:  # of a page or a column
            self._show(name, attributes)

    def _write_sign(self, sign: str) -> None:
        if self._is_struck != self._is_strike_open:
            self._mark_struck()
        self._write(sign)

    def _begin_sign(self, name: str, attributes: Mapping[str, str]) -> None:
        self._show(name, attributes)
        if self._run_at:  # else a place where a tab goes to
            self._write_sign(_SIGNS[name])

    def _begin_symbol(self, name: str, attributes: Mapping[str, str]) -> None:
        self._show(name, attributes)
        if _SIGN.fullmatch(code := value_in(attributes, "char")):
            self._write_sign(chr(int(code, 16)))

    def _begin_word_art(self, name: str, attributes: Mapping[str, str]) -> None:
        self._show(name, attributes)  # a word written across the pages: draft, copy
        self.lines.line()
        self._write(value_in(attributes, "string"))

    def _begin_code(self, _name: str, _attributes: Mapping[str, str]) -> None:
        self._in_code = True

    def _begin_simple_field(self, name: str, attributes: Mapping[str, str]) -> None:
        self._show(name, attributes)
        self._is_paging = value_in(attributes, "instr").split()[:1] in _SIMPLE_PAGES

    def _end_simple_field(self) -> None:
        self._is_paging = False

    def _begin_field_part(self, name: str, attributes: Mapping[str, str]) -> None:
        self._show(name, attributes)
        kind = value_in(attributes, "fldCharType")
        if kind != "begin":
            code = "".join(self._code)
            self._code.clear()
            self._looks.add(code)
            words = code.split(None, 1)
            self._is_paging = kind == "separate" and bool(words) and words[0] in _PAGES

    def _begin_form_field(self, name: str, attributes: Mapping[str, str]) -> None:
        self._field = []
        self._show(name, attributes)

    def _begin_setting(self, name: str, attributes: Mapping[str, str]) -> None:
        if self._field is not None:
            self._field.append((name, value_in(attributes, "val")))
        self._show(name, attributes)

    def _end_aside(self) -> None:
        self._aside_at = 0

    def _end_code(self) -> None:
        self._in_code = False

    def _end_paragraph_properties(self) -> None:
        self._settled_at = 0
        label = self._numbering.next_label(self._style, self._list, self._level)
        if label:
            self._write(label + " ")
        if self._list:
            self._looks.add(self._styles.list_level(self._list, self._level or "0"))

    def _end_settled(self) -> None:
        self._settled_at = 0

    def _end_box(self) -> None:
        self._write(_box(self._field or []))
        self._field = None

    def _end_choice(self) -> None:
        self._write(_choice(self._field or []))
        self._field = None

    begins: ClassVar[dict[str, Begin]] = {
        **PartText.begins,
        "fldSimple": _begin_simple_field,
        **dict.fromkeys(AROUND, _begin_around),
        **dict.fromkeys(_DELETING, _begin_deletion),
        **dict.fromkeys(_FIELDS, _begin_form_field),
        **dict.fromkeys(_SETTINGS, _begin_setting),
        **dict.fromkeys(_NUMBERED, _begin_numbered),
        **dict.fromkeys(_SIGNS, _begin_sign),
        **dict.fromkeys(("pStyle", "tblStyle"), _begin_style),
        **dict.fromkeys(("numId", "ilvl"), _begin_list),
        **dict.fromkeys(("br", "cr"), _begin_break),
        "fldChar": _begin_field_part,
        "instrText": _begin_code,
        "pPr": _begin_settled,
        "rt": _begin_aside,
        "sym": _begin_symbol,
        "textpath": _begin_word_art,
        "tr": _begin_row,
        "trPr": _begin_settled,
    }
    ends: ClassVar[dict[str, End]] = {
        **PartText.ends,
        "fldSimple": _end_simple_field,
        "checkBox": _end_box,
        "ddList": _end_choice,
        "instrText": _end_code,
        "pPr": _end_paragraph_properties,
        "rt": _end_aside,
        "trPr": _end_settled,
    }


def _box(field: list[tuple[str, str]]) -> str:
    """Return a box of an old form, ticked or not: as it was left, else as it began."""
    said = dict(field)
    is_ticked = said.get("checked", said.get("default", "0")) not in OFF
    return _TICKED if is_ticked else _EMPTY


def _choice(field: list[tuple[str, str]]) -> str:
    """Return what is chosen from the list of an old form."""
    choices = [value for name, value in field if name == "listEntry"]
    said = dict(field)
    number = number_of(said.get("result") or said.get("default") or "0", len(choices))
    return choices[number] if number < len(choices) else ""
