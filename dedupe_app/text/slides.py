"""PPTX to lines: the slides in their order, each followed by its diagrams and its speaker notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from dedupe_app.text.archives import Archive
from dedupe_app.text.markup import feed, xml_parser
from dedupe_app.text.reading import Reading, Source, TextLines, damaged

if TYPE_CHECKING:
    from collections.abc import Mapping

_SKIPPED = frozenset({"rPr", "pPr", "endParaRPr", "Fallback", "fld"})
_LOOKS = {"rPr": ("baseline", "strike"), "sld": ("show",)}
_WITH_TEXT = ("diagramData", "notesSlide")


def read_pptx(source: Source) -> Reading:
    """Return the text of a presentation.

    Raises:
        UnreadableError: It is damaged or protected by a password.
    """
    archive = Archive(source.data, source.limits)
    texts: list[str] = []
    looks: list[str] = []
    left = source.limits.text_chars
    for slide in _slides(archive):
        more = [name for _, kind, name in archive.related(slide) if kind in _WITH_TEXT]
        for name in (slide, *more):
            part = _read_part(archive.read(name), left)
            texts.append(part.lines.text())
            looks += part.looks
            left -= len(texts[-1])
        if left < 0:
            break
    return Reading("\n".join(text for text in texts if text), looks=tuple(looks))


def _slides(archive: Archive) -> list[str]:
    main = next((name for _, kind, name in archive.related("") if kind == "officeDocument"), "")
    main = main or "ppt/presentation.xml"
    names = {key: name for key, kind, name in archive.related(main) if kind == "slide"}
    order: list[str] = []
    for entry in archive.tree(main).iterfind(".//{*}sldIdLst/{*}sldId"):
        key = next((v for k, v in entry.items() if k.startswith("{") and k.endswith("}id")), "")
        if key in names:
            order.append(names[key])
    return order or sorted(names.values())


def _read_part(data: bytes, limit_chars: int) -> SlideText:
    target = SlideText(limit_chars)
    try:
        feed(data, xml_parser(data, target), target.lines)
    except etree.XMLSyntaxError as error:
        raise damaged("one of its slides is not complete") from error
    return target


class SlideText:
    """Parser target for slides and notes; tags are told apart by their local names."""

    def __init__(self, limit_chars: int) -> None:
        """Collect at most about `limit_chars` characters."""
        self.lines = TextLines(limit_chars)
        self._depth = 0
        self._skipped_at = 0
        self._in_text = False
        self.looks: list[str] = []  # hidden slides, what is raised, lowered or struck out

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Begin lines."""
        self._depth += 1
        name = tag.rpartition("}")[2]
        if self._skipped_at:
            return
        if said := [attributes[key] for key in _LOOKS.get(name, ()) if key in attributes]:
            self.looks.append(f"{name} {self.lines.length} {said}")
        if name in _SKIPPED:
            self._skipped_at = self._depth
        elif name == "t":
            self._in_text = True
        elif name == "p" or name == "br":
            self.lines.line()

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
        elif name == "p":
            self.lines.line()
        elif name == "tc":
            self.lines.cell()
        elif name == "tr":
            self.lines.row()

    def data(self, text: str) -> None:
        """Take the text of runs."""
        if self._in_text and not self._skipped_at:
            self.lines.add(text)

    def close(self) -> None:
        """Finish; the text is in `lines`."""
