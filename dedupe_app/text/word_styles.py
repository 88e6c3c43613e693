"""What the styles and lists of a DOCX look like that it uses: saving it may give them other names and numbers."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from dedupe_app.text.digests import shortened

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dedupe_app.text.looks import Looks
    from dedupe_app.text.reading import Element

OFF = frozenset({"0", "false", "off"})
# What a style sets; the rest says where programs offer it.
_STYLING = frozenset({"pPr", "rPr", "tblPr", "trPr", "tcPr", "tblStylePr"})


class Styles:
    """What the styles and lists look like that a document uses: their names and numbers do not say it."""

    def __init__(self, looks: Looks, numbering: Element, styles: Element) -> None:
        """Take the root elements of numbering.xml and styles.xml, where the document has them."""
        self.used: set[str] = set()
        self._looks = looks
        self._lists: dict[str, Element] = {}
        self._levels: dict[tuple[str, str], Element] = {}
        self._overriding: dict[str, dict[str, list[Element]]] = {}
        self._defined: dict[tuple[str, str], str] = {}
        self._found: dict[tuple[str, str], str] = {}
        self._styles: dict[str, Element] = {}
        self._defaults: Element = None
        if styles is not None:
            space = styles.tag.rpartition("}")[0] + "}"
            self._defaults = styles.find(space + "docDefaults")
            for style in styles.iterfind(space + "style"):
                name = style.get(space + "styleId", "")
                self._styles[name] = style
                if style.get(space + "default", "0") not in OFF:
                    self.used.add(name)
        if numbering is not None:
            self._take_lists(numbering)

    def add_used(self) -> None:
        """Tell the looks what all used styles set, with those that they are based on."""
        if self._defaults is not None:
            self._looks.add(self._looks.definition(self._defaults))
        waiting = list(self.used)
        while waiting:
            style = self._styles.get(waiting.pop())
            above = "" if style is None else _value_of(style.find("{*}basedOn"))
            if above and above not in self.used:
                self.used.add(above)
                waiting.append(above)
        for name in sorted(self.used & self._styles.keys()):
            self._looks.add(f"{name} {self._style(self._styles[name])}")

    def list_level(self, number: str, level: str) -> str:
        """Return what a level of a list puts before its items."""
        if len(level) > 1:  # there are nine
            return ""
        if (known := self._found.get((number, level))) is not None:
            return known
        told: list[str] = []
        if (chosen := self._lists.get(number)) is not None:
            overriding = self._overriding_of(number, chosen).get(level, ())
            told += map(self._looks.definition, overriding)
            key = _value_of(chosen.find("{*}abstractNumId")), level
            told += [self._definition_of(key)] if key in self._levels else []
        found = self._found[number, level] = shortened(" ".join(told))
        return found

    def _overriding_of(self, number: str, chosen: Element) -> dict[str, list[Element]]:
        """Return what a list has in place of its levels, by level."""
        found = self._overriding.get(number)
        if found is None:
            found = self._overriding[number] = defaultdict(list)
            for each in chosen.iterfind("{*}lvlOverride"):
                found[value_in(each.attrib, "ilvl")].append(each)
        return found

    def _definition_of(self, key: tuple[str, str]) -> str:
        """Return what a level looks like that many lists may share."""
        if key not in self._defined:
            self._defined[key] = shortened(self._looks.definition(self._levels[key]))
        return self._defined[key]

    def _take_lists(self, numbering: Element) -> None:
        for each in numbering.iterchildren("{*}num"):
            self._lists[value_in(each.attrib, "numId")] = each
        for each in numbering.iterfind("{*}abstractNum/{*}lvl"):
            key = value_in(each.getparent().attrib, "abstractNumId"), value_in(each.attrib, "ilvl")
            self._levels[key] = each

    def _style(self, style: Element) -> str:
        parts = [
            f"{name}({self._looks.definition(part)})"
            for part in style.iterchildren("{*}*")
            if (name := self._looks.elements[part.tag]) in _STYLING
        ]
        for part in style.iterfind("{*}pPr/{*}numPr"):
            level = _value_of(part.find("{*}ilvl")) or "0"
            parts.append(self.list_level(_value_of(part.find("{*}numId")), level))
        return "".join(parts)


def value_in(attributes: Mapping[str, str], name: str) -> str:
    """Return an attribute by its local name, "" where there is none."""
    for key, value in attributes.items():
        if key.rpartition("}")[2] == name:
            return value
    return ""


def _value_of(element: Element) -> str:
    return "" if element is None else value_in(element.attrib, "val")
