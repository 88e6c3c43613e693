"""PPTX to lines: the slides in their order, each followed by its diagrams and its speaker notes."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, ClassVar

from lxml import etree

from dedupe_app.text.archives import Archive
from dedupe_app.text.looks import Looks
from dedupe_app.text.markup import feed, xml_parser
from dedupe_app.text.part_text import PartText
from dedupe_app.text.reading import Reading, Source, damaged, raised_by

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dedupe_app.text.part_text import Begin

_WITH_TEXT = ("diagramData", "notesSlide")
_UNSTRUCK = "noStrike"
_FIELD, _FIELD_END = b"<a:fld ", b"</a:fld>"


def read_pptx(source: Source) -> Reading:
    """Return the text of a presentation.

    Raises:
        UnreadableError: It is damaged or protected by a password.
    """
    archive = Archive(source.data, source.limits)
    looks = Looks(archive)
    layouts: dict[str, None] = {}
    read: set[str] = set()  # each part is read once
    texts: list[str] = []
    left = source.limits.text_chars
    for slide in _slides(archive):
        more: list[str] = []
        for _, kind, name in archive.related(slide):
            if kind in _WITH_TEXT and name not in read:
                more.append(name)
            elif kind == "slideLayout":
                looks.add(f"{kind} {looks.number(kind, name)}")
                layouts[name] = None
        read.update(more)
        for name in (slide, *dict.fromkeys(more)):
            texts.append(_read_part(archive.read(name), SlideText(left, looks, name)))
            left -= len(texts[-1])
        if left < 0:
            break
    for master in dict.fromkeys(_add_backdrop(archive, name, looks) for name in layouts):
        if master:
            _add_backdrop(archive, master, looks)
    looks.add_unread()
    text = "\n".join(text for text in texts if text)
    return Reading(text, looks=looks.hashed(), is_drawn=looks.is_drawn)


def _add_backdrop(archive: Archive, part: str, looks: Looks) -> str:
    """Take all that a layout or master shows behind slides; return the master of a layout, else nothing."""
    shown = archive.read(part).split(_FIELD)
    for at, piece in enumerate(shown[1:], 1):  # the date of today
        shown[at] = piece.partition(_FIELD_END)[2]
    looks.add(hashlib.sha256(b"".join(shown)).hexdigest())
    master = ""
    for key, kind, name in archive.related(part):
        if kind == "slideMaster":
            master = name
        elif kind != "slideLayout":
            looks.add(f"{key} {looks.check(name)}")
    return master


def _slides(archive: Archive) -> list[str]:
    main = next((name for _, kind, name in archive.related("") if kind == "officeDocument"), "")
    main = main or "ppt/presentation.xml"
    names = {key: name for key, kind, name in archive.related(main) if kind == "slide"}
    order: list[str] = []
    for entry in archive.tree(main).iterfind(".//{*}sldIdLst/{*}sldId"):
        key = next((v for k, v in entry.items() if k.startswith("{") and k.endswith("}id")), "")
        if key in names:
            order.append(names[key])
    return list(dict.fromkeys(order)) or sorted(set(names.values()))


def _read_part(data: bytes, target: SlideText) -> str:
    try:
        return feed(data, xml_parser(data, target), target.lines)
    except etree.XMLSyntaxError as error:
        raise damaged("one of its slides is not complete") from error


class SlideText(PartText):
    """Parser target for slides, their diagrams and their notes."""

    def _begin_properties(self, name: str, attributes: Mapping[str, str]) -> None:
        super()._begin_properties(name, attributes)
        self._is_struck = attributes.get("strike", _UNSTRUCK) != _UNSTRUCK
        self._raised = raised_by(attributes.get("baseline", ""))

    def _begin_break(self, _name: str, _attributes: Mapping[str, str]) -> None:
        self._end_line()
        self._skipped_at = self._depth

    def _begin_field(self, name: str, attributes: Mapping[str, str]) -> None:
        self._show_only(name, attributes)  # the number of the slide, the date of today

    begins: ClassVar[dict[str, Begin]] = {
        **PartText.begins,
        "br": _begin_break,
        "fld": _begin_field,
        "rPr": _begin_properties,
    }
