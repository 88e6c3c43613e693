"""OpenDocument texts, sheets and slides (ODT, ODS, ODP, also flat XML) to lines, streamed.

kreuzberg is not used: it loses code blocks (10.3k of 13.2k characters left of one manual).
"""

from __future__ import annotations

from contextlib import suppress

from lxml import etree

from dedupe_app.settings import MIB
from dedupe_app.text.archives import Archive, parse_tree
from dedupe_app.text.list_numbers import ListNumbers
from dedupe_app.text.markup import feed, xml_parser
from dedupe_app.text.odf_names import OFFICE
from dedupe_app.text.odf_styles import Styles
from dedupe_app.text.odf_text import OpenDocumentText
from dedupe_app.text.reading import Reading, Source, TextFullError, damaged, encrypted

_MASTERS = f"{OFFICE}master-styles"
# A larger part with styles is read as a stream, for the sake of memory.
_LARGEST_TREE = 8 * MIB


def read_opendocument(source: Source) -> Reading:
    """Return the text of a document: page header, body, footnotes and comments, page footer.

    Raises:
        UnreadableError: It is damaged or protected by a password.
    """
    limit_chars = source.limits.text_chars
    numbers, styles, is_sheet = ListNumbers(), Styles(), source.format == "ods"
    if not source.data.startswith(b"PK"):
        target = OpenDocumentText(limit_chars, numbers, styles, {}, is_sheet=is_sheet)
        return _reading([_read(source.data, target)], [])
    archive = Archive(source.data, source.limits)
    if "META-INF/manifest.xml" in archive and b"encryption-data" in archive.read(
        "META-INF/manifest.xml"
    ):
        raise encrypted()
    links = {name: f"{check} {size}" for name, check, size in archive.parts()}
    parts: list[OpenDocumentText] = []
    masters: list[OpenDocumentText] = []
    if "styles.xml" in archive:
        # Of texts it holds the headers of pages and the styles of lists; of others, what stands behind the text.
        is_text = source.format == "odt"
        known = numbers if is_text else ListNumbers()
        target = OpenDocumentText(limit_chars, known, styles, links, is_master=not is_text)
        _read_styles(archive.read("styles.xml"), target)
        (parts if is_text else masters).append(target)
    target = OpenDocumentText(limit_chars, numbers, styles, links, is_sheet=is_sheet)
    parts.append(_read(archive.read("content.xml"), target))
    return _reading(parts, masters)


def _reading(parts: list[OpenDocumentText], masters: list[OpenDocumentText]) -> Reading:
    texts = [text for part in parts for text in (part.lines.text(), part.notes.text())]
    deleted = [part.deleted.text() for part in parts]
    looks = [look for part in (*masters, *parts) for look in part.looks.told()]
    return Reading(
        "\n".join(text for text in texts if text),
        marks=tuple(text for text in deleted if text),
        looks=(*looks, *(part.lines.text() for part in masters)),
        is_drawn=any(part.looks.is_drawn for part in (*masters, *parts)),
    )


def _read(data: bytes, target: OpenDocumentText) -> OpenDocumentText:
    try:
        feed(data, xml_parser(data, target), target.lines)
    except etree.XMLSyntaxError as error:
        raise damaged("its text part is not complete") from error
    return target


def _read_styles(data: bytes, target: OpenDocumentText) -> None:
    """Read the part with the styles: most are never used, so that a tree is faster than a stream."""
    if len(data) > _LARGEST_TREE:
        _read(data, target)
        return
    try:
        root = parse_tree(data)
    except etree.XMLSyntaxError:
        _read(data, target)  # deeper than a tree may be, or damaged
        return
    with suppress(TextFullError):
        for section in root.iterchildren("{*}*"):
            if section.tag == _MASTERS:
                target.walk(section)
            else:
                target.define(section)
