"""OpenDocument texts, sheets and slides (ODT, ODS, ODP, also flat XML) to lines, streamed.

kreuzberg is not used: it loses code blocks (10.3k of 13.2k characters left of one manual).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from dedupe_app.text.archives import Archive
from dedupe_app.text.list_numbers import TEXT as _TEXT
from dedupe_app.text.list_numbers import ListNumbers
from dedupe_app.text.markup import feed, xml_parser
from dedupe_app.text.reading import Reading, Source, TextLines, damaged, encrypted

if TYPE_CHECKING:
    from collections.abc import Mapping

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"

_SKIPPED = frozenset(
    {
        f"{_TEXT}note-citation",
        f"{_TEXT}ruby-text",
        f"{_OFFICE}change-info",
        f"{_OFFICE}binary-data",
        f"{_SVG}title",
        f"{_SVG}desc",
        f"{_STYLE}header-left",
        f"{_STYLE}footer-left",
        f"{_TEXT}page-number",
        f"{_TEXT}page-count",
        f"{_DC}creator",
        f"{_DC}date",
    }
)
# More cells alike side by side than this are a gap, or a pattern.
_MOST_REPEATED = 50
# What stands elsewhere than where it is read.
_DELETED = frozenset({f"{_TEXT}tracked-changes"})
_ASIDE = _DELETED | {f"{_TEXT}note-body", f"{_OFFICE}annotation"}
_PARAGRAPHS = frozenset({f"{_TEXT}p", f"{_TEXT}h"})


def read_opendocument(source: Source) -> Reading:
    """Return the text of a document: page header, body, footnotes and comments, page footer.

    Raises:
        UnreadableError: It is damaged or protected by a password.
    """
    if not source.data.startswith(b"PK"):
        limit_chars = source.limits.text_chars
        return _reading([_read(source.data, limit_chars, source.format, ListNumbers())])
    archive = Archive(source.data, source.limits)
    if "META-INF/manifest.xml" in archive and b"encryption-data" in archive.read(
        "META-INF/manifest.xml"
    ):
        raise encrypted()
    limit_chars = source.limits.text_chars
    numbers = ListNumbers()  # styles.xml comes first: it names the styles of lists
    names = ["styles.xml"] if source.format == "odt" and "styles.xml" in archive else []
    return _reading(
        [
            _read(archive.read(name), limit_chars, source.format, numbers)
            for name in (*names, "content.xml")
        ]
    )


def _reading(parts: list[OpenDocumentText]) -> Reading:
    texts = [text for part in parts for text in (part.lines.text(), part.notes.text())]
    deleted = [part.deleted.text() for part in parts]
    return Reading(
        "\n".join(text for text in texts if text),
        marks=tuple(text for text in deleted if text),
        looks=tuple(look for part in parts for look in part.looks),
    )


def _read(data: bytes, limit_chars: int, kind: str, numbers: ListNumbers) -> OpenDocumentText:
    target = OpenDocumentText(limit_chars, numbers, is_sheet=kind == "ods")
    try:
        feed(data, xml_parser(data, target), target.lines)
    except etree.XMLSyntaxError as error:
        raise damaged("its text part is not complete") from error
    return target


class OpenDocumentText:
    """Parser target for content.xml: text counts inside paragraphs and headings only."""

    def __init__(self, limit_chars: int, numbers: ListNumbers, *, is_sheet: bool) -> None:
        """Collect at most about `limit_chars` characters; of a sheet also the names of tables."""
        self._numbers = numbers
        self.lines = TextLines(limit_chars)
        self.notes = TextLines(limit_chars)
        self.deleted = TextLines(limit_chars)  # by changes that nobody has accepted
        self.looks: list[str] = []
        self._is_sheet = is_sheet
        self._value: list[str] = []  # of the cell of a sheet
        self._repeated = 1
        self._current = self.lines
        self._depth = 0
        self._skipped_at = 0
        self._paragraphs = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Begin lines and cells, and write what stands for white space."""
        self._depth += 1
        if self._skipped_at:
            return
        self._numbers.start(tag, attributes)
        if tag in _SKIPPED:
            self._skipped_at = self._depth
        elif tag in _PARAGRAPHS:
            self._paragraphs += 1
            self._current.line()
            self._current.add(self._numbers.next_label(tag, attributes))
        elif tag in _ASIDE:
            self._current = self.deleted if tag in _DELETED else self.notes
        elif tag.startswith(_TABLE):
            self._begin_table(tag, attributes)
        elif tag == f"{_TEXT}s":
            count = attributes.get(f"{_TEXT}c", "1")
            self._current.add(" " * min(int(count[:9]) if count.isdecimal() else 1, 200))
        elif tag == f"{_TEXT}tab":
            self._current.add("\t")
        elif tag == f"{_TEXT}line-break":
            self._current.line()

    def end(self, tag: str) -> None:
        """End lines, cells and notes."""
        self._depth -= 1
        if self._skipped_at:
            if self._depth < self._skipped_at:
                self._skipped_at = 0
            return
        self._numbers.end(tag)
        if tag in _PARAGRAPHS:
            self._paragraphs -= 1
            self._current.line()
        elif tag == f"{_TABLE}table-cell":
            self._end_cell()
        elif tag == f"{_TABLE}table-row":
            self._current.row()
        elif tag in _ASIDE:
            self._current.row()
            self._current = self.lines

    def data(self, text: str) -> None:
        """Take the text of paragraphs."""
        if self._paragraphs and not self._skipped_at:
            self._current.add_collapsed(text)
            if self._is_sheet:
                self._value.append(text)

    def _begin_table(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == f"{_TABLE}table-row":
            self._current.row()
        elif tag == f"{_TABLE}table-cell":
            self._begin_cell(attributes)
        elif tag == f"{_TABLE}table" and self._is_sheet:
            self._current.row()
            self._current.add(attributes.get(f"{_TABLE}name", ""))
            self._current.row()

    def _begin_cell(self, attributes: Mapping[str, str]) -> None:
        times = attributes.get(f"{_TABLE}number-columns-repeated", "1")
        self._repeated = min(int(times[:9]) if times.isdecimal() else 1, _MOST_REPEATED)
        self._value = []
        if formula := attributes.get(f"{_TABLE}formula"):
            self.looks.append(formula)

    def _end_cell(self) -> None:
        """End a cell of a table, and write again those after it that hold the same."""
        self._current.cell()
        value = " ".join("".join(self._value).split())
        for _ in range(self._repeated - 1):
            self._current.add(value)
            self._current.cell()
        self._repeated = 1

    def close(self) -> None:
        """Finish; the text is in `lines` and `notes`."""
