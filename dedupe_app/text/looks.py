"""What is seen of the parts of DOCX and PPTX besides their letters: elements, attributes, formats.

All counts except for a few things that are not seen, or that say nothing: ids, languages, sizes, fonts, alignment.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from typing import TYPE_CHECKING

from dedupe_app.text.digests import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dedupe_app.text.archives import Archive
    from dedupe_app.text.reading import Element

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
FONTS = frozenset({"rFonts", "latin", "ea", "cs"})
# In these a letter is a sign: a box that is ticked or not.
_SIGN_FONTS = frozenset({
    "Wingdings", "Wingdings 2", "Wingdings 3", "Webdings", "Symbol", "Marlett", "ZapfDingbats",
    "Bookshelf Symbol 7", "Monotype Sorts", "OpenSymbol", "StarSymbol",
})
_RESOLVED = re.compile(rb"done=.(\w+)")
# Lists, which are told by what they look like.
_RENUMBERED = frozenset({"numId", "abstractNumId"})
# Parts that are read, or to which a link leads: they have other bytes each time they are saved.
_READ = frozenset({"header", "footer", "slide", "slideLayout", "slideMaster", "notesSlide"})
# fmt: on
_WAITING = 2000


class Looks:
    """Collects what is seen of all parts of one document, in a hash: it may be far longer than the text."""

    def __init__(self, archive: Archive) -> None:
        """Begin with nothing; `archive` is the document."""
        self.elements: dict[str, str] = _Names(_UNSEEN - FONTS)
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
        """Take buttons that other programs draw, styles of tables, themes, and which comments are resolved."""
        for name, check in sorted(self._checks.items()):
            if "/activeX/" in name or name.endswith(("/tableStyles.xml", "word/theme/theme1.xml")):
                self.add(check)
            elif name.endswith("/commentsExtended.xml"):
                self.add(f"{_RESOLVED.findall(self._archive.read(name))}")

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
                if name not in FONTS or is_sign_font(child.attrib):
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
                self[found] = shortened(name) if kind in _READ else self._checks.get(name, "")
            for found, target in self._archive.links(self._part):
                self[found] = shortened(target)
            return self[key]
        return ""


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
