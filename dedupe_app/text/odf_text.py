"""The text of one part of an OpenDocument, streamed: paragraphs, cells, notes, what is struck out or deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeAlias

from lxml import etree

from dedupe_app.text.odf_looks import LINK, OdfLooks
from dedupe_app.text.odf_names import (
    ASIDE,
    CHANGES,
    DEFINING,
    DELETED,
    DRAW,
    LISTS,
    PARAGRAPHS,
    PRESENTATION,
    SKIPPED,
    SPANS,
    STYLE,
    TABLE,
    TEXT,
)
from dedupe_app.text.odf_styles import PLAIN, Styles, TextLook
from dedupe_app.text.reading import Element, TextLines

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dedupe_app.text.list_numbers import ListNumbers

    _Start: TypeAlias = Callable[["OpenDocumentText", str, Mapping[str, str]], None]
    _End: TypeAlias = Callable[["OpenDocumentText", str], None]

# What a master page shows of the day on which it is looked at.
_TODAY = frozenset({f"{TEXT}date", f"{TEXT}time"})
# More cells alike side by side than this are a gap, or a pattern.
_MOST_REPEATED = 50
_ROWS = f"{TABLE}number-rows-repeated"
_STYLED = f"{TEXT}style-name"
# Text inside of shapes has their look.
_SHAPES = {f"{DRAW}style-name": "graphic", f"{PRESENTATION}style-name": "presentation"}
_PRESENTED, _SHOWN = f"{PRESENTATION}class", ("footer", "header", "date-time", "page-number")
_UNSEEN = frozenset({f"{PRESENTATION}notes", f"{STYLE}handout-master"})
# Text of a real document is not written inside of more spans.
_DEEPEST = 100
_ANNOTATED = ("}display", "}resolved")
# Sections and fields that are not always shown.
_TELLING = tuple(f"{TEXT}{name}" for name in "display condition is-hidden string-value".split())


class OpenDocumentText:
    """Parser target for content.xml and styles.xml: text counts inside paragraphs and headings only."""

    def __init__(
        self,
        limit_chars: int,
        numbers: ListNumbers,
        styles: Styles,
        links: Mapping[str, str],
        *,
        is_sheet: bool = False,
        is_master: bool = False,
    ) -> None:
        """Collect at most about `limit_chars` characters; of a sheet also the names of tables.

        `links`: what names the contents of each part. `is_master`: it stands behind the text of all pages.
        """
        self._numbers = numbers
        self._styles = styles
        self.looks = OdfLooks(styles, links)
        self.lines = TextLines(limit_chars)
        self.notes = TextLines(limit_chars)
        self.deleted = TextLines(limit_chars)  # by changes that nobody has accepted
        self._is_sheet = is_sheet
        self._is_master = is_master
        self._value: list[str] = []  # of the cell of a sheet
        self._repeated = 1
        self._is_row_repeated, self._gap = False, 0
        self._current = self.lines
        self._depth = 0
        self._skipped_at = self._defining_at = 0
        self._paragraphs = 0
        self._look = self._base = PLAIN
        self._outer: list[TextLook] = []
        self._bases: list[tuple[int, TextLook]] = []  # around the cells and shapes that are open
        self._is_struck = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Begin lines and cells, and write what stands for white space."""
        self._depth += 1
        if self._skipped_at:
            return
        if self._defining_at:
            self._styles.start(tag, attributes)
            if tag.startswith(TEXT):
                self._numbers.start(tag, attributes)
        elif begin := self._STARTS.get(tag):
            begin(self, tag, attributes)
        elif tag.startswith(TEXT):
            self._begin_field(tag, attributes)
        else:
            self._begin_element(tag, attributes)

    def end(self, tag: str) -> None:
        """End lines, cells and notes."""
        self._depth -= 1
        if self._skipped_at:
            if self._depth < self._skipped_at:
                self._skipped_at = 0
            return
        if self._defining_at:
            self._end_style(tag)
            return
        if end := self._ENDS.get(tag):
            end(self, tag)
        if self._bases and self._depth < self._bases[-1][0]:
            self._base = self._bases.pop()[1]

    def data(self, text: str) -> None:
        """Take the text of paragraphs."""
        if self._skipped_at:
            return
        if self._paragraphs:
            start = self.looks.place
            self.looks.place = start + len(text) - text.count(" ") - text.count("\n")
            if self._look.name or self._is_struck:
                self._write(text, start)
                if self._look.raised:
                    text = self._current.small(text, is_raised=self._look.raised > 0)
            self._current.add_collapsed(text)
            if self._is_sheet:
                self._value.append(text)
        elif self._defining_at:
            self._styles.data(text)
        elif not text.isspace():
            self.looks.note(text)

    def close(self) -> None:
        """Finish; the text is in `lines` and `notes`."""

    def define(self, section: Element) -> None:
        """Take styles from a tree."""
        self._styles.add(section)
        for element in section.iter(f"{TEXT}*"):
            self._numbers.start(element.tag, element.attrib)

    def walk(self, section: Element) -> None:
        """Take what is shown from a tree."""
        for event, element in etree.iterwalk(section, ("start", "end")):
            if event == "start":
                self.start(element.tag, dict(element.attrib))
                if element.text:
                    self.data(element.text)
            else:
                self.end(element.tag)
                if element.tail:
                    self.data(element.tail)

    # ---- Text -------------------------------------------------------------------------------

    def _write(self, text: str, start: int) -> None:
        if self._look.is_struck != self._is_struck and not text.isspace():
            self._strike()
        self.looks.note_run(self._look.name, start)

    def _strike(self) -> None:
        # As Markdown has it: what is struck out is still to be read, and says the opposite.
        self._is_struck = not self._is_struck
        self._current.add("~~")
        self._value.append("~~")

    def _end_struck(self) -> None:
        if self._is_struck:
            self._strike()

    def _begin_paragraph(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._paragraphs += 1
        self._current.line()
        name = attributes.get(_STYLED, "") if attributes else ""
        self._outer.append(self._look)
        self._look = self._base
        if name or self._base is PLAIN:
            self._look = self._styles.inside(self._base, "paragraph", name)
        if name:
            self.looks.note_style("p", name)
        if tag == f"{TEXT}h":
            self.looks.note(f"h{attributes.get(f'{TEXT}outline-level', '')}")
        self._current.add(self._numbers.next_label(tag, attributes))

    def _end_paragraph(self, _tag: str) -> None:
        self._paragraphs -= 1
        if self._is_struck:
            self._strike()
        self._current.line()
        self._look = self._outer.pop()

    def _begin_span(self, _tag: str, attributes: Mapping[str, str]) -> None:
        self._outer.append(self._look)
        name = attributes.get(_STYLED)
        if name and len(self._outer) < _DEEPEST:
            self._look = self._styles.inside(self._look, "text", name)
        if link := attributes.get(LINK):
            self.looks.note_link(link)

    def _end_span(self, _tag: str) -> None:
        self._look = self._outer.pop()

    def _add_blanks(self, _tag: str, attributes: Mapping[str, str]) -> None:
        count = attributes.get(f"{TEXT}c", "1")
        self._add(" " * min(int(count[:9]) if count.isdecimal() else 1, 200))

    def _add_tab(self, _tag: str, _attributes: Mapping[str, str]) -> None:
        self._add("\t")

    def _add(self, blanks: str) -> None:
        if self._look.name:
            self.looks.note_run(self._look.name, self.looks.place)
        self._current.add(blanks)

    def _break_line(self, _tag: str, _attributes: Mapping[str, str]) -> None:
        self._current.line()

    def _begin_list(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._numbers.start(tag, attributes)
        if tag == f"{TEXT}list":
            self.looks.note("list")
            self.looks.note_style("list", attributes.get(_STYLED, ""))

    def _end_list(self, tag: str) -> None:
        self._numbers.end(tag)

    # ---- What stands elsewhere, or is no text ----------------------------------------------------

    def _skip(self, _tag: str, _attributes: Mapping[str, str]) -> None:
        self._skipped_at = self._depth

    def _define(self, _tag: str, _attributes: Mapping[str, str]) -> None:
        self._defining_at = self._depth

    def _end_style(self, tag: str) -> None:
        if self._depth < self._defining_at:
            self._defining_at = 0
            self._styles.finish()
            return
        self._styles.end()
        if tag in LISTS:
            self._numbers.end(tag)

    def _begin_aside(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._end_struck()
        self._current = self.deleted if tag == DELETED else self.notes
        told = [value for key, value in attributes.items() if key.endswith(_ANNOTATED)]
        self.looks.note(f"{tag} {told} {self.looks.cell()}")

    def _end_aside(self, _tag: str) -> None:
        self._end_struck()
        self._current.row()
        self._current = self.lines

    def _note_change(self, tag: str, _attributes: Mapping[str, str]) -> None:
        self.looks.note(tag)

    def _begin_field(self, tag: str, attributes: Mapping[str, str]) -> None:
        if self._is_master and tag in _TODAY and attributes.get(f"{TEXT}fixed") != "true":
            self._skipped_at = self._depth
            return
        self._numbers.start(tag, attributes)
        if told := [f"{key} {attributes[key]}" for key in _TELLING if key in attributes]:
            self.looks.note(f"{tag} {told}")
        self.looks.note_style(tag, attributes.get(_STYLED, ""))

    def _begin_element(self, tag: str, attributes: Mapping[str, str]) -> None:
        # On slides, what is written there takes the place of what masters have.
        if self._is_master and (
            tag in _UNSEEN or attributes.get(_PRESENTED, _SHOWN[0]) not in _SHOWN
        ):
            self._skipped_at = self._depth
            return
        self.looks.note_element(tag, attributes)
        for key, family in _SHAPES.items():
            if key in attributes:
                self._set_base(self._styles.inside(PLAIN, family, attributes[key]))

    def _set_base(self, look: TextLook) -> None:
        if look is not self._base:
            self._bases.append((self._depth, self._base))
            self._base = look

    # ---- Tables -----------------------------------------------------------------------------

    def _begin_table(self, _tag: str, attributes: Mapping[str, str]) -> None:
        self.looks.begin_table(attributes)
        if self._is_sheet:
            self._current.row()
            self._current.add(attributes.get(f"{TABLE}name", ""))
            self._current.row()

    def _begin_column(self, _tag: str, attributes: Mapping[str, str]) -> None:
        self.looks.begin_column(attributes)

    def _begin_row(self, _tag: str, attributes: Mapping[str, str]) -> None:
        self._current.row()
        self.looks.begin_row(attributes)
        self._is_row_repeated = attributes.get(_ROWS, "1") != "1"
        self._gap = 0

    def _begin_cell(self, tag: str, attributes: Mapping[str, str]) -> None:
        style, times = self.looks.add_cell(attributes)
        if style:
            self._set_base(self._styles.inside(PLAIN, "table-cell", style))
        if tag == f"{TABLE}table-cell":
            self._repeated = min(times, _MOST_REPEATED)
            self._gap += times - self._repeated
            self._value = []

    def _end_cell(self, _tag: str) -> None:
        """End a cell of a table, and write again those after it that hold the same."""
        self._current.cell()
        if self._value:
            # Its text is there but once.
            self.looks.is_drawn |= self._is_row_repeated
            if self._gap:
                self.looks.note(f"gap {self._gap}")
        if self._repeated > 1:
            value = " ".join("".join(self._value).split())
            for _ in range(self._repeated - 1):
                self._current.add(value)
                self._current.cell()
        self._repeated = 1

    def _end_row(self, _tag: str) -> None:
        self._current.row()
        self.looks.end_row()

    def _end_table(self, _tag: str) -> None:
        self.looks.end_table()

    _STARTS: ClassVar[dict[str, _Start]] = {
        **dict.fromkeys(SKIPPED, _skip),
        **dict.fromkeys(DEFINING, _define),
        **dict.fromkeys(PARAGRAPHS, _begin_paragraph),
        **dict.fromkeys(SPANS, _begin_span),
        **dict.fromkeys(LISTS, _begin_list),
        **dict.fromkeys(ASIDE, _begin_aside),
        **dict.fromkeys(CHANGES, _note_change),
        f"{TEXT}s": _add_blanks,
        f"{TEXT}tab": _add_tab,
        f"{TEXT}line-break": _break_line,
        f"{TABLE}table": _begin_table,
        f"{TABLE}table-column": _begin_column,
        f"{TABLE}table-row": _begin_row,
        f"{TABLE}table-cell": _begin_cell,
        f"{TABLE}covered-table-cell": _begin_cell,
    }
    _ENDS: ClassVar[dict[str, _End]] = {
        **dict.fromkeys(PARAGRAPHS, _end_paragraph),
        **dict.fromkeys(SPANS, _end_span),
        **dict.fromkeys(LISTS, _end_list),
        **dict.fromkeys(ASIDE, _end_aside),
        f"{TABLE}table": _end_table,
        f"{TABLE}table-row": _end_row,
        f"{TABLE}table-cell": _end_cell,
    }
