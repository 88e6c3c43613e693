"""What the styles of OpenDocument look like; programs name them anew each time they save a document.

What is not seen, or says nothing, is left out: fonts, sizes, margins, languages. All else counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from dedupe_app.text.digests import digest, shortened
from dedupe_app.text.odf_names import FO, STYLE, TEXT
from dedupe_app.text.reading import raised_by

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dedupe_app.text.reading import Element

    # The tags of a style with their attributes, and the texts inside of them.
    _Record: TypeAlias = list[tuple[str, Mapping[str, str]]]

# In fonts of signs, letters are boxes, ticks and arrows.
SIGN_FONTS = re.compile(r"dings|symbol", re.I)
_NAME, _FAMILY = f"{STYLE}name", f"{STYLE}family"
_PARENT, _FONT = f"{STYLE}parent-style-name", f"{STYLE}font-name"
_OWN = frozenset({_PARENT, _FAMILY, f"{STYLE}class"})
_TEXT_PROPERTIES = f"{STYLE}text-properties"
_COLOR = f"{FO}color"
_COLORED = ("}color", "}opacity")
_COLOR_OF_WINDOW = f"{STYLE}use-window-font-color"
_OF_LINES = tuple(f"{STYLE}text-{line}-" for line in ("line-through", "underline", "overline"))
_LINES = tuple((line, f"{line}style", f"{line}type") for line in _OF_LINES)
_POSITION = f"{STYLE}text-position"
# Of these families the text properties are told with each text.
_WRITTEN = frozenset({"graphic", "paragraph", "presentation", "table-cell", "text"})
# What an attribute names that is a style or the like itself.
_NAMING_ENDS = ("-name", "}stroke-dash", "}marker-start", "}marker-end")
# Attributes by the beginnings of their local names.
_UNSEEN_NAMES = re.compile(
    r"align|auto-|border-model|break|cell-protect|column-(?:count|gap|width)|contextual|country|decimal-places"
    r"|default-outline|display-name|duration|editable|end-line|fit-to|flow-with|font-(?!style$|style-[ac]|weight|variant"
    r"|relief)|footnote|glyph|guide|hyphenat|join|justify|keep|language|letter|line-(?:break|distance|height|number"
    r"|spacing)|list-(?:level|tab)|master-page|margin|max-|may-break|min-|name$|next-style|number-(?:lines|wrapped)"
    r"|orphans|padding|page-|paper|paragraph-rsid|parallel|percentage|print|protect|punctuation|register|rel-|rfc"
    r"|row-height|rsid|script|shrink|snap|space-before|start-line|tab-|text-(?:align|autospace|indent|scale)|textarea"
    r"|transition|transliteration|use-optimal|vertical-align|volatile|widows|width$|wrap|writing-mode"
)
_UNSEEN, _SAYING, _NAMING = 1, 2, 3
_PLAIN_TEXT = frozenset(
    {"none", "normal", "transparent", "false", "auto", "font-color", "0% 100%", "100%"}
)
_PLAIN = frozenset({"none", "transparent"})
_NOTHING_ON = re.compile(r".*\}(?:background|border|shadow|diagonal)")
# Programs write it for the colour that needs no name.
_BLACK = "#000000"
# No style of a real document has more properties; those of a damaged one are told apart, but not overridden.
_MOST_PROPERTIES = 100
_MOST_KNOWN = 2000
_LIST = "list-style"
_OF_LISTS = tuple(
    f"{TEXT}{name}" for name in ("level", "bullet-char", "display-levels", "start-value")
) + tuple(f"{STYLE}num-{name}" for name in ("format", "prefix", "suffix"))
# Deeper are the margins of lists, the bullets that a shape might have, and tabs.
_DEEPEST, _DEEPEST_OF_LISTS = 3, 2


@dataclass(frozen=True, slots=True, eq=False)
class TextLook:
    """How text is written: "" as the name of what is plain; all properties, for what is written inside.

    raised: 1 where it is raised, -1 where it is lowered.
    """

    name: str = ""
    is_struck: bool = False
    raised: int = 0
    properties: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Style:
    """A style with all that it has of its parents: properties, names of other styles, the rest as one digest."""

    text: dict[str, str] = field(default_factory=dict)
    properties: dict[str, str] = field(default_factory=dict)
    named: dict[str, str] = field(default_factory=dict)
    others: str = ""


PLAIN = TextLook()


class Styles:
    """The styles of a document by their names, understood only when they are used."""

    def __init__(self) -> None:
        """Begin without any style: styles.xml and content.xml bring them."""
        self._depth = 0
        self._deepest = _DEEPEST
        self._record: _Record = []
        self._records: dict[tuple[str, str], _Record | Element] = {}
        self._families: dict[str, list[str]] = {}
        self._known: dict[tuple[str, str], _Style] = {}
        self._inside: dict[tuple[TextLook, str, str], TextLook] = {}
        self._looks: dict[str, str] = {}
        self._named_looks: dict[str, str] = {}
        self._is_stale = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take a tag that begins among styles."""
        self._depth += 1
        if self._depth == 1:
            self._record = [(tag, attributes)]
            self._deepest = _depth_of(tag)
            self._define(tag, attributes, self._record)
        elif self._depth <= self._deepest:
            self._record.append((tag, attributes))

    def add(self, section: Element) -> None:
        """Take all styles of a section from a tree."""
        for style in section.iterchildren("{*}*"):
            self._define(style.tag, style.attrib, style)
        self.finish()

    def _define(self, tag: str, attributes: Mapping[str, str], record: _Record | Element) -> None:
        name = attributes.get(_NAME)
        if name is None:
            name = next((v for k, v in attributes.items() if k.endswith("}name")), "")
        family = attributes.get(_FAMILY) or tag.rpartition("}")[2]
        known = name in self._looks or name in self._named_looks
        self._is_stale |= known or (family, name) in self._known
        if (family, name) not in self._records:
            self._families.setdefault(name, []).append(family)
        self._records[family, name] = record

    def _record_of(self, key: tuple[str, str]) -> _Record:
        record = self._records.get(key, [])
        if not isinstance(record, list):
            parts = [record, *record.iterchildren("{*}*")]
            if _depth_of(record.tag) == _DEEPEST:
                parts += [part for group in parts[1:] for part in group.iterchildren("{*}*")]
            record = [(part.tag, part.attrib) for part in parts]
            self._records[key] = record
        return record

    def end(self) -> None:
        """Take a tag that ends among styles."""
        self._depth -= 1

    def data(self, text: str) -> None:
        """Take text among styles."""
        if 0 < self._depth <= self._deepest and not text.isspace():
            self._record.append((text, {}))

    def finish(self) -> None:
        """End a part of the document with styles: what names meant before may have changed."""
        self._depth = 0
        if self._is_stale:
            for known in (self._known, self._inside, self._looks, self._named_looks):
                known.clear()
        self._is_stale = False

    def inside(self, before: TextLook, family: str, name: str) -> TextLook:
        """Return how text of a style looks that stands inside of other text."""
        look = self._inside.get((before, family, name))
        if look is None:
            if len(self._inside) >= _MOST_KNOWN:
                self._inside.clear()
            own = self._style(family, name).text
            look = _text_look(_over(before.properties, own)) if own else before
            self._inside[before, family, name] = look
        return look

    def look(self, name: str) -> str:
        """Return what tells a style apart from those that look otherwise, but for its text; "" if it is plain."""
        look = self._looks.get(name) if name else ""
        if look is None:
            styles = [self._style(family, name) for family in self._families.get(name, ())]
            told = [text for style in styles if (text := self._told(style))]
            look = self._looks[name] = digest("\n".join(told)) if told else ""
        return look

    def _told(self, style: _Style) -> str:
        named = ((key, self._named_look(name)) for key, name in sorted(style.named.items()))
        told = [f"{key} {look}" for key, look in named if look]
        return "\n".join((*filter(None, (_own_look(style),)), *told))

    def _named_look(self, name: str) -> str:
        """Return what styles look like that others name; of more than a style may have there is but a digest."""
        look = self._named_looks.get(name)
        if look is None:
            families = self._families.get(name)
            own = (_own_look(self._style(family, name)) for family in families or ())
            look = shortened("\n".join(filter(None, own))) if families else name
            self._named_looks[name] = look
        return look

    def _style(self, family: str, name: str) -> _Style:
        # The style, its parent, ..., what holds for all of the family.
        chain: list[tuple[str, str]] = []
        met: set[str] = set()
        style = _Style()
        while name not in met:
            met.add(name)
            known = self._known.get((family, name))
            if known is not None:
                style = known
                break
            chain.append((family, name))
            record = self._record_of((family, name))
            name = record[0][1].get(_PARENT, "") if record else ""
        for key in reversed(chain):
            if key in self._records:
                style = self._over_style(style, key)
            self._known[key] = style
        return style

    def _over_style(self, parent: _Style, key: tuple[str, str]) -> _Style:
        if key[0] == _LIST:
            return _Style(others=_look_of_list(self._record_of(key)))
        text, properties, named = parent.text, dict(parent.properties), parent.named
        others = [parent.others] if parent.others else []
        for place, (tag, attributes) in enumerate(self._record_of(key)):
            if tag == _TEXT_PROPERTIES and key[0] in _WRITTEN:
                text = _over(text, self._told_text(attributes))
                continue
            rest: dict[str, str] = {}
            for name, value in attributes.items():
                kind = _kind_of(name)
                if kind == _NAMING and value in self._families:
                    named = _over(named, {f"{place} {name}": value})
                elif kind != _UNSEEN:
                    rest[name] = shortened(value)
            if not place or tag.endswith("-properties"):
                properties.update(rest)
            elif rest or not tag.startswith("{"):
                others.append(f"{tag} {sorted(rest.items())}")
        told = digest("\n".join(others)) if others else ""
        return _Style(text, _over(properties, {}), named, told)

    def _told_text(self, attributes: Mapping[str, str]) -> dict[str, str]:
        told = {k: shortened(value) for k, value in attributes.items() if _kind_of(k) != _UNSEEN}
        if _COLOR in told:
            told.setdefault(_COLOR_OF_WINDOW, "false")
        if font := attributes.get(_FONT):
            told[_FONT] = shortened(font) if SIGN_FONTS.search(font) else "auto"
        return told


def _depth_of(tag: str) -> int:
    return _DEEPEST_OF_LISTS if tag.endswith(_LIST) else _DEEPEST


def _look_of_list(record: _Record) -> str:
    told = (f"{key}{said[key]}" for _, said in record for key in _OF_LISTS if key in said)
    return digest("\n".join(told))


@lru_cache(maxsize=_MOST_KNOWN)
def _kind_of(key: str) -> int:
    if key in _OWN or _UNSEEN_NAMES.match(key.rpartition("}")[2]):
        return _UNSEEN
    return _NAMING if key.endswith(_NAMING_ENDS) else _SAYING


def _over(before: dict[str, str], own: dict[str, str]) -> dict[str, str]:
    both = {**before, **own} if own else before
    return both if len(both) <= _MOST_PROPERTIES else {"": digest(f"{sorted(both.items())}")}


def _own_look(style: _Style) -> str:
    told = (
        f"{key}={value}"
        for key, value in sorted(style.properties.items())
        if value not in _PLAIN or not _NOTHING_ON.match(key)
    )
    return "\n".join((*told, *filter(None, (style.others,))))


def _text_look(properties: dict[str, str]) -> TextLook:
    told = {
        key: value
        for key, value in properties.items()
        if value not in _PLAIN_TEXT or key.endswith("}display")
    }
    if told.pop(_COLOR_OF_WINDOW, "") or told.get(_COLOR) == _BLACK:
        told = {key: value for key, value in told.items() if not key.endswith(_COLORED)}
    lines = [
        line
        for line, style, kind in _LINES
        if (style in told or kind in told) and properties.get(style) != "none"
    ]
    told = {
        key: value
        for key, value in told.items()
        if not key.startswith(_OF_LINES) or key.startswith(tuple(lines))
    }
    is_struck = _LINES[0][0] in lines
    name = "\n".join(sorted(f"{key}={value}" for key, value in told.items()))
    raised = raised_by(properties.get(_POSITION, "").partition(" ")[0])
    return TextLook(digest(name) if name else "", is_struck, raised, properties)
