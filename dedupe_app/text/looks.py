"""What is seen of the parts of DOCX and PPTX besides their letters: elements, attributes, formats, and their places.

All counts except for a few things that are not seen, or that say nothing: ids, languages, sizes, fonts, alignment.
"""

from __future__ import annotations

import hashlib
import posixpath
from collections import defaultdict
from typing import TYPE_CHECKING, Any, ClassVar

from dedupe_app.text.reading import TextLines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from dedupe_app.text.archives import Archive
    from dedupe_app.text.reading import Element

    Begin = Callable[[Any, str, Mapping[str, str]], None]
    End = Callable[[Any], None]

# With all that they hold. What programs note for themselves; fonts, sizes, spacing, alignment, pages, widths; how a
# part looks in older programs; the settings of form controls, of which the contents are text.
# fmt: off
_UNSEEN = frozenset({
    "proofErr", "noProof", "lang", "bookmarkStart", "bookmarkEnd", "lastRenderedPageBreak", "rsid",
    "annotationRef", "permStart", "permEnd", "name", "extLst", "Fallback", "custDataLst",
    "rFonts", "latin", "ea", "cs", "sz", "szCs", "kern", "spacing", "w", "fitText", "snapToGrid",
    "contextualSpacing", "lnSpc", "spcBef", "spcAft", "normAutofit", "spAutoFit", "noAutofit",
    "jc", "textAlignment", "vAlign", "suppressAutoHyphens", "adjustRightInd", "autoSpaceDE", "autoSpaceDN", "rubyPr",
    "pgSz", "pgMar", "docGrid", "paperSrc", "printerSettings",
    "keepNext", "keepLines", "widowControl", "cantSplit",
    "tblW", "tblInd", "tblGrid", "tblCellMar", "tblLayout", "tblCellSpacing", "trHeight", "tcW",
    "tcMar", "wBefore", "wAfter", "gridCol",
    "sdtPr", "sdtEndPr", "endParaRPr",
})
_UNSEEN_ATTRIBUTES = frozenset({
    "rsid", "rsidR", "rsidRDefault", "rsidP", "rsidRPr", "rsidSect", "rsidTr", "rsidDel",
    "paraId", "textId", "anchorId", "editId", "id", "spid", "ObjectID", "ShapeID", "tplc",
    "tentative", "name", "descr", "title", "alt", "gfxdata", "dateUtc", "lang", "altLang", "dirty",
    "err", "smtClean", "smtId", "noProof", "bmk", "sz", "kern", "spc", "space", "algn",
    "lIns", "rIns", "tIns", "bIns", "Ignorable",
})
# These say nothing where nothing is said in them.
_CONTAINERS = frozenset({
    "pPr", "rPr", "numPr", "sectPr", "tblPr", "tblPrEx", "trPr", "tcPr", "sdt", "sdtContent",
    "smartTag", "ctrlPr", "lstStyle", "document", "footnotes", "endnotes", "comments",
})
_FONTS = frozenset({"rFonts", "latin", "ea", "cs"})
# In these a letter is a sign: a box that is ticked or not.
_SIGN_FONTS = frozenset({
    "Wingdings", "Wingdings 2", "Wingdings 3", "Webdings", "Symbol", "Marlett", "ZapfDingbats",
    "Bookshelf Symbol 7",
})
# Lists, which are told by what they look like.
_RENUMBERED = frozenset({"numId", "abstractNumId"})
# Parts that are read, or to which a link leads: they have other bytes each time they are saved.
_READ = frozenset({"header", "footer", "slide", "slideLayout", "slideMaster", "notesSlide"})
# fmt: on
# How something was formatted before somebody changed it: the change is shown, the rest is not.
_CHANGES = frozenset(
    f"{name}PrChange" for name in ("p", "r", "sect", "tbl", "tblPrEx", "tc", "tr")
) | {"tblGridChange", "numberingChange"}
# Lines that are no picture and were drawn by hand: a signature.
_FREEHAND = frozenset({"custGeom", "contentPart"})
# Properties of runs that mean more than how they look, or not that much.
_SPECIAL = _FONTS | _CHANGES | {"strike", "dstrike", "rStyle"}
# What stands around runs is as good as a property of theirs.
AROUND = ("ins", "moveTo", "hyperlink", "dir", "bdo")
_WAITING = 2000
_NESTED = 8


class Looks:
    """Collects what is seen of all parts of one document, in a hash: it may be far longer than the text."""

    def __init__(self, archive: Archive) -> None:
        """Begin with nothing; `archive` is the document."""
        self.elements: dict[str, str] = _Names(_UNSEEN - _FONTS)
        self.attributes: dict[str, str] = _Names(_UNSEEN_ATTRIBUTES)
        self.is_drawn = False
        self._archive = archive
        self._checks = {name: f"{check} {size}" for name, check, size in archive.parts()}
        self._no_targets: dict[str, str] = defaultdict(str)
        self._numbers: dict[str, int] = {}
        self._digest = hashlib.sha256()
        self._waiting: list[str] = []

    def add(self, look: str) -> None:
        """Take one thing that is seen."""
        self._waiting.append(look)
        if len(self._waiting) > _WAITING:
            self._hash()

    def check(self, part: str) -> str:
        """Return what is equal for parts of equal contents."""
        return self._checks.get(part, "")

    def add_unread(self) -> None:
        """Take buttons and boxes that other programs draw, and the styles of tables on slides."""
        for name, check in sorted(self._checks.items()):
            if "/activeX/" in name or name.endswith("/tableStyles.xml"):
                self.add(check)

    def hashed(self) -> tuple[str, ...]:
        """Return what names all that was taken."""
        self._hash()
        return (self._digest.hexdigest(),)

    def targets(self, part: str) -> dict[str, str]:
        """Return what the relations of a part lead to, by their ids: pictures by their contents."""
        return _Targets(self._archive, part, self._checks)

    def number(self, kind: str, key: str) -> int:
        """Return the number of a note or comment: ids are given anew when a document is saved."""
        return self._numbers.setdefault(f"{kind} {key}", len(self._numbers))

    def definition(self, element: Element) -> str:
        """Return what is seen of what an element sets, as the text parts have it."""
        return "".join(self._sayings(element))

    def _sayings(self, element: Element) -> Iterator[str]:
        for child in element.iterchildren("*"):
            if (name := self.elements[child.tag]) and name not in _RENUMBERED:
                if name not in _FONTS or is_sign_font(child.attrib):
                    yield said(name, child.attrib, self.attributes, self._no_targets)
                    yield from self._sayings(child)
                yield ";"

    def _hash(self) -> None:
        self._digest.update("\n".join(self._waiting).encode("utf-8", "replace"))
        self._waiting.clear()


class _Names(dict[str, str]):
    """Local names by full names; none for what is not seen, and "@" for the id of a relation."""

    def __init__(self, unseen: frozenset[str]) -> None:
        super().__init__()
        self._unseen = unseen

    def __missing__(self, key: str) -> str:
        space, _, name = key.rpartition("}")
        if space.endswith("/relationships") or name == "relid":
            name = "@"
        self[key] = name = "" if name in self._unseen else name
        return name


class _Targets(dict[str, str]):
    """What relations lead to, by their ids; read when the first is asked for: most parts have none."""

    def __init__(self, archive: Archive, part: str, checks: dict[str, str]) -> None:
        super().__init__()
        self._archive, self._part, self._checks = archive, part, checks
        self._is_read = False

    def __missing__(self, key: str) -> str:
        if not self._is_read:
            self._is_read = True
            for found, kind, name in self._archive.related(self._part):
                self[found] = name if kind in _READ else self._checks.get(name, "")
            self.update(self._outside())
            return self[key]
        return ""

    def _outside(self) -> Iterator[tuple[str, str]]:
        folder, base = posixpath.split(self._part)
        relations = f"{folder}/_rels/{base}.rels".removeprefix("/")
        if relations in self._archive:
            root = self._archive.tree(relations)
            for item in root.iterfind("{*}Relationship[@TargetMode='External']"):
                yield item.get("Id", ""), item.get("Target", "")


def said(
    name: str, attributes: Mapping[str, str], names: dict[str, str], targets: dict[str, str]
) -> str:
    """Return an element with those of its attributes that are seen."""
    for key, value in attributes.items():
        if local := names[key]:
            name += f" {local}={value}" if local != "@" else f" {targets[value]}"
    return name


def is_sign_font(attributes: Mapping[str, str]) -> bool:
    """Tell whether a font shows signs instead of letters."""
    return not _SIGN_FONTS.isdisjoint(attributes.values())


class PartText:
    """Parser target that parts of DOCX and PPTX share; tags are told apart by their local names."""

    def __init__(self, limit_chars: int, looks: Looks, part: str) -> None:
        """Collect at most about `limit_chars` characters, and in `looks` what else is seen."""
        self.lines = TextLines(limit_chars)
        self._looks = looks
        self._names, self._attributes = looks.elements, looks.attributes
        self._targets = looks.targets(part)
        self._depth = self._skipped_at = self._properties_at = self._run_at = 0
        self._aside_at = 0
        self._place = 0  # letters so far: where lines end does not count
        self._has_moved = self._is_due = False
        self._add = looks.add
        self._in_text = self._is_struck = self._is_strike_open = self._is_deleting = False
        self._properties: list[str] = []
        self._around: list[str] = []
        self._look = self._look_before = ""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Begin lines, and note what is seen."""
        self._depth += 1
        if self._skipped_at:
            return
        name = self._names[tag]
        if not name:
            self._skipped_at = self._depth
        elif self._properties_at:
            if name not in _SPECIAL or self._set_special(name, attributes):
                self._properties.append(said(name, attributes, self._attributes, self._targets))
        elif begin := self.begins.get(name):
            begin(self, name, attributes)
        else:
            self._show(name, attributes)

    def end(self, tag: str) -> None:
        """End lines and cells."""
        self._depth = depth = self._depth - 1
        if self._skipped_at:
            if depth < self._skipped_at:
                self._skipped_at, self._is_deleting = 0, False
        elif self._properties_at:
            if depth < self._properties_at:
                self._properties_at = 0
                self._look = ";".join(self._properties)
        elif end := self.ends.get(self._names[tag]):
            end(self)

    def data(self, text: str) -> None:
        """Take the text of runs, and what else is written between tags as something that is seen."""
        if self._skipped_at:
            return
        if self._in_text:
            self._write(text)
        elif not text.isspace():
            self._add(text)

    def close(self) -> None:
        """Finish; the text is in `lines`."""

    def _show(self, name: str, attributes: Mapping[str, str]) -> None:
        if self._is_due:
            self._note_place()
        if attributes:
            name = said(name, attributes, self._attributes, self._targets)
        if name not in _CONTAINERS:
            self._add(f"{self._depth} {name}")

    def _show_only(self, name: str, attributes: Mapping[str, str]) -> None:
        self._show(name, attributes)
        self._skipped_at = self._depth

    def _show_font(self, name: str, attributes: Mapping[str, str]) -> None:
        if is_sign_font(attributes):
            self._show(name, attributes)

    def _show_freehand(self, name: str, attributes: Mapping[str, str]) -> None:
        self._looks.is_drawn = True
        self._show(name, attributes)

    def _show_shape(self, name: str, attributes: Mapping[str, str]) -> None:
        self._looks.is_drawn |= "path" in attributes
        self._show(name, attributes)

    def _set_special(self, name: str, attributes: Mapping[str, str]) -> bool:
        """Take a property of a run, and tell whether it is seen."""
        if name in _CHANGES:
            self._skipped_at = self._depth
        return name not in _FONTS or is_sign_font(attributes)

    def _begin_line(self, name: str, attributes: Mapping[str, str]) -> None:
        self.lines.line()
        self._show(name, attributes)

    def _begin_run(self, _name: str, _attributes: Mapping[str, str]) -> None:
        self._run_at, self._is_due = self._depth, True
        self._properties.clear()
        self._look, self._is_struck = "", False

    def _begin_properties(self, name: str, attributes: Mapping[str, str]) -> None:
        if self._run_at and self._depth == self._run_at + 1:
            self._properties_at = self._depth
            self._properties.append(said("", attributes, self._attributes, self._targets))
        else:
            self._show(name, attributes)

    def _begin_text(self, name: str, attributes: Mapping[str, str]) -> None:
        if self._aside_at:
            self._show(name, attributes)
            return
        self._note_run()
        if self._is_struck != self._is_strike_open:
            self._mark_struck()
        self._in_text = True

    def _begin_around(self, name: str, attributes: Mapping[str, str]) -> None:
        self._around.append(said(name, attributes, self._attributes, self._targets))

    def _note_place(self) -> None:
        """Tell where in the text the next thing stands, and how its run is formatted."""
        self._is_due = False
        if self._run_at:
            self._note_run()
        if self._has_moved:
            self._note("")

    def _note_run(self) -> None:
        # Programs cut runs at other places when they save a document anew.
        look = self._look
        if self._around:
            look = " ".join((*self._around[-_NESTED:], look))
        if look != self._look_before:
            self._look_before = look
            self._note(look)

    def _note(self, look: str) -> None:
        self._has_moved = False
        self._add(f"{look} {self._place}")

    def _write(self, text: str) -> None:
        self._has_moved = self._is_due = True
        self._place += len(text) - text.count(" ")
        self.lines.add(text)

    def _mark_struck(self) -> None:
        # As Markdown has it: what is struck out is still to be read, and says the opposite.
        self._is_strike_open = not self._is_strike_open
        self._write("~~")

    def _end_text(self) -> None:
        self._in_text = False

    def _end_run(self) -> None:
        self._run_at = 0

    def _end_around(self) -> None:
        if self._around:
            self._around.pop()

    def _end_line(self) -> None:
        if self._is_strike_open:
            self._mark_struck()
        self.lines.line()

    def _end_cell(self) -> None:
        self.lines.cell()

    def _end_row(self) -> None:
        self.lines.row()

    begins: ClassVar[dict[str, Begin]] = {
        **dict.fromkeys(_CHANGES, _show_only),
        **dict.fromkeys(_FONTS, _show_font),
        **dict.fromkeys(_FREEHAND, _show_freehand),
        **dict.fromkeys(AROUND, _begin_around),
        "p": _begin_line,
        "r": _begin_run,
        "rPr": _begin_properties,
        "shape": _show_shape,
        "t": _begin_text,
    }
    ends: ClassVar[dict[str, End]] = {
        **dict.fromkeys(AROUND, _end_around),
        "p": _end_line,
        "r": _end_run,
        "t": _end_text,
        "tc": _end_cell,
        "tr": _end_row,
    }
