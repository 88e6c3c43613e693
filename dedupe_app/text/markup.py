"""HTML and XML to plain lines, streamed: no tree is built, so neither depth nor size does harm.

External entities are never loaded and nothing is fetched. kreuzberg is not used here: it loses
paragraphs in nested <div> (measured: 495 of 2,464 characters left).
"""

from __future__ import annotations

import re
from contextlib import suppress
from itertools import chain
from typing import NamedTuple

from lxml import etree

from dedupe_app.text.markup_looks import LOOKS, PageLooks
from dedupe_app.text.numbering import figure
from dedupe_app.text.plain import decode
from dedupe_app.text.reading import Parser, Reading, Source, TextFullError, TextLines

# fmt: off
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
    "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1",
    "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "legend", "li", "main", "menu", "nav",
    "ol", "optgroup", "option", "p", "pre", "section", "summary", "table", "tbody", "textarea",
    "tfoot", "thead", "tr", "ul",
})
# fmt: on
# fmt: off
_STRUCK = frozenset({"del", "s", "strike"})
_SMALL = frozenset({"sup", "sub"})
_SKIPPED = frozenset({
    "script", "style", "template", "noscript", "head", "svg", "math", "object", "iframe", "audio",
    "video", "canvas", "select",
})
# fmt: on
# fmt: off
_VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
})
# fmt: on
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)")
_LIST_KINDS = {
    **dict.fromkeys(("a", "lower-alpha", "lower-latin"), "lowerLetter"),
    **dict.fromkeys(("A", "upper-alpha", "upper-latin"), "upperLetter"),
    **dict.fromkeys(("i", "lower-roman"), "lowerRoman"),
    **dict.fromkeys(("I", "upper-roman"), "upperRoman"),
}
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)""", re.I)
_XML_ENCODING = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)""")
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_OPENED = re.compile(r"<([a-zA-Z][\w:-]*)((?:\s[^<>]*)?)")


def read_html(source: Source) -> Reading:
    """Return the text of a web page, without scripts, styles and pictures."""
    text, looks, marks, is_drawn = read_page(source.data, source.limits.text_chars)
    warning = ""
    if len(source.data) > 20_000 and len(text) * 200 < len(source.data):
        warning = "Hardly any text was found in this page for its size."
    return Reading(text, warning, marks=marks, looks=looks, is_drawn=is_drawn)


class Page(NamedTuple):
    """The text of a page; how it is written, what pictures it names, and whether more is drawn: as in Reading."""

    text: str
    looks: tuple[str, ...]
    marks: tuple[str, ...]
    is_drawn: bool


def read_page(data: bytes, limit_chars: int, declared: str = "") -> Page:
    """Return the text of HTML or XHTML in any encoding, and what it shows besides."""
    found = _CHARSET.search(data[:4096]) or _XML_ENCODING.search(data[:400])
    page = decode(data, declared or (found[1].decode("ascii", "replace") if found else ""))
    if _XML_DECLARATION.match(page) or "//DTD XHTML" in page[:600]:
        # An HTML parser takes <script/> or <title/> as an opening tag that swallows the page.
        page = _closed(_XML_DECLARATION.sub("", page, count=1))
    target = HtmlText(limit_chars)
    parser = etree.HTMLParser(target=target, encoding="utf-8", huge_tree=True)
    with suppress(etree.XMLSyntaxError):  # it holds not a single element
        feed(page.replace("\0", "").encode("utf-8", "replace"), parser, target.lines)
    shown = target.shows
    text = target.lines.text()
    return Page(text, tuple(shown.looks), tuple(shown.marks), shown.is_drawn)


def read_xml(source: Source) -> Reading:
    """Return the text between the tags of an XML file, or the file where that is hardly any."""
    data = source.data
    target = XmlText(source.limits.text_chars)
    try:
        text = feed(data, xml_parser(data, target), target.lines)
    except etree.XMLSyntaxError:
        return Reading(decode(data))
    if len(text) * 20 < len(data):  # the contents are in attributes
        return Reading(decode(data))
    return Reading(text)


def xml_parser(data: bytes, target: object) -> Parser:
    """Return a streaming parser that loads nothing from outside and expands no entities.

    The limits of libxml2 on depth and size are lifted only where no entity can be declared.
    """
    huge = b"<!" not in data.replace(b"<!--", b"").replace(b"<![CDATA[", b"") and data[:1] == b"<"
    return etree.XMLParser(
        target=target, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=huge
    )


def feed(data: bytes, parser: Parser, lines: TextLines) -> str:
    """Run a parser over the data and return what its target collected, up to the limit."""
    with suppress(TextFullError):  # raised by the target when there is enough text
        # In pieces, so that the time limit of the pool and Ctrl-C are not held up by one call.
        for start in range(0, len(data), 1 << 20):
            parser.feed(data[start : start + (1 << 20)])
        parser.close()
    return lines.text()


def _closed(page: str) -> str:
    """Return the page with a closing tag in place of the end of each tag that closes itself."""
    pieces = page.split("/>")
    ends: list[str] = []
    for piece in pieces[:-1]:
        tag = _OPENED.fullmatch(piece, max(0, piece.rfind("<")))
        is_open = tag is not None and tag[1].lower() not in _VOID
        ends.append(f"></{tag[1]}>" if tag and is_open else "/>")
    return "".join(chain.from_iterable(zip(pieces, [*ends, ""], strict=True)))


class HtmlText:
    """Parser target for HTML: blocks begin lines, table rows are lines, blanks are collapsed."""

    def __init__(self, limit_chars: int) -> None:
        """Collect at most about `limit_chars` characters."""
        self.lines = TextLines(limit_chars)
        self._depth = 0
        self._skipped_at = 0
        self._preformatted_at = 0
        self._small = ""
        # How the points of each list are numbered, and the next number; None for those that are not.
        self._lists: list[tuple[str, int] | None] = []
        self.shows = PageLooks()

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Begin lines and cells."""
        self._depth += 1
        name = tag.rpartition(":")[2] if ":" in tag else tag  # in small letters by the parser
        if self._skipped_at:
            self.shows.start_skipped(name, attributes)
            return
        if name in _STRUCK:
            self.lines.add("~~")  # as Markdown has it: what is struck out says the opposite
        elif name in _SMALL:
            self._small = name
        if attributes or name in LOOKS:
            self.shows.start(name, attributes, self._depth, self.lines.length)
        if name in _SKIPPED:
            self._skipped_at = self._depth
        elif name == "tr":
            self.lines.row()
        elif name in ("br", "hr"):
            self.lines.line()
        elif name in _BLOCKS:
            self.lines.line()
            self._start_block(name, attributes)

    def end(self, tag: str) -> None:
        """End lines and cells."""
        depth, self._depth = self._depth, self._depth - 1
        if self._skipped_at:
            self.shows.end_skipped(is_last=depth == self._skipped_at)
            if depth > self._skipped_at:
                return
        if self.shows.open_at[-1] == depth:
            self.shows.end(self.lines.length)
        if self._skipped_at:
            self._skipped_at = 0
            return
        if self._depth < self._preformatted_at:
            self._preformatted_at = 0
        self._end_shown(
            tag.rpartition(":")[2] if ":" in tag else tag
        )  # in small letters by the parser

    def _end_shown(self, name: str) -> None:
        if name in _STRUCK:
            self.lines.add("~~")
        elif name in _SMALL:
            self._small = ""
        elif name == "tr":
            self.lines.row()
        elif name in ("td", "th"):
            self.lines.cell()
        elif name in _BLOCKS:
            self.lines.line()
            if name in ("ol", "ul") and self._lists:
                self._lists.pop()

    def data(self, text: str) -> None:
        """Take running text, or preformatted text as it is."""
        if self._skipped_at:
            self.shows.data_skipped(text)
            return
        if self._small:
            text = self.lines.small(text, is_raised=self._small == "sup")
        if self._preformatted_at:
            self.lines.add(text)
        else:
            self.lines.add_collapsed(text)

    def close(self) -> None:
        """Finish; the text is in `lines`."""

    def _start_block(self, name: str, attributes: dict[str, str]) -> None:
        if name in ("pre", "textarea") and not self._preformatted_at:
            self._preformatted_at = self._depth
        elif name == "ul":
            self._lists.append(None)
        elif name == "ol":
            self._lists.append((_list_kind(attributes), _number(attributes.get("start", ""), 1)))
        elif name == "li" and self._lists and (points := self._lists[-1]):
            number = _number(attributes.get("value", ""), points[1])
            self.lines.add(f"{figure(points[0], number)}. ")
            self._lists[-1] = points[0], number + 1


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isdecimal() and len(text) < 9 else otherwise


def _list_kind(attributes: dict[str, str]) -> str:
    """Return how the points of a list are numbered, as Word names it."""
    styled = _LIST_STYLE.search(attributes.get("style", ""))
    return _LIST_KINDS.get(styled[1] if styled else attributes.get("type", ""), "decimal")


class XmlText:
    """Parser target for any XML: tags inside running text do not break the line, others do."""

    def __init__(self, limit_chars: int) -> None:
        """Collect at most about `limit_chars` characters."""
        self.lines = TextLines(limit_chars)
        self._in_text = False

    def start(self, _tag: str, _attributes: dict[str, str]) -> None:
        """Begin a line, unless the tag follows text directly."""
        if not self._in_text:
            self.lines.line()

    def end(self, _tag: str) -> None:
        """Forget the text before."""
        self._in_text = False

    def data(self, text: str) -> None:
        """Take text as it is."""
        self._in_text = bool(text.strip())
        if self._in_text or "\n" not in text:
            self.lines.add(text)
        else:
            self.lines.line()

    def close(self) -> None:
        """Finish; the text is in `lines`."""
