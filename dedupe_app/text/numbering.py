"""The numbers that Word writes before headings and list items; they are in no run of the text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dedupe_app.text.reading import Element

_LEVELS = 9
_LONGEST = 9
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
          (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered: the style of figures, the first one, and "%1.%2."."""

    style: str
    start: int
    pattern: str


class Numbering:
    """Counts list items while a document is read from its beginning."""

    def __init__(self, numbering: Element = None, styles: Element = None) -> None:
        """Take the root elements of numbering.xml and styles.xml, where the document has them."""
        self._levels: dict[str, dict[int, Level]] = {}
        self._abstract: dict[str, str] = {}
        self._styles: dict[str, tuple[str, int]] = {}
        self._counts: dict[str, list[int]] = {}
        if numbering is not None:
            self._take_lists(numbering)
        if styles is not None:
            self._take_styles(styles)

    def next_label(self, style: str, list_id: str, level_text: str) -> str:
        """Count one paragraph and return its label; empty for bullets and ordinary paragraphs."""
        of_style, style_level = self._styles.get(style, ("", 0))
        chosen = list_id or of_style
        level = number_of(level_text, style_level)
        abstract = self._abstract.get(chosen, "")
        levels = self._levels.get(abstract)
        if not levels or level not in levels or level >= _LEVELS:
            return ""
        counts = self._counts.setdefault(abstract, [0] * _LEVELS)
        counts[level] = counts[level] + 1 if counts[level] else levels[level].start
        counts[level + 1 :] = [0] * (_LEVELS - level - 1)
        if levels[level].style in ("bullet", "none"):
            return ""
        return re.sub(
            "%([1-9])",
            lambda found: _level_figure(levels, counts, int(found[1]) - 1),
            levels[level].pattern,
        )

    def _take_lists(self, root: Element) -> None:
        for abstract in root.iterfind("{*}abstractNum"):
            levels = {
                number_of(_value(level, "ilvl"), 0): Level(
                    _child_value(level, "numFmt") or "decimal",
                    number_of(_child_value(level, "start"), 1),
                    _child_value(level, "lvlText"),
                )
                for level in abstract.iterfind("{*}lvl")
                if _value(level, "ilvl").isdecimal()
            }
            self._levels[_value(abstract, "abstractNumId")] = levels
        for entry in root.iterfind("{*}num"):
            number, abstract_id = _value(entry, "numId"), _child_value(entry, "abstractNumId")
            override = entry.find("{*}lvlOverride/{*}startOverride")
            if override is not None and abstract_id in self._levels:
                own = f"{abstract_id}/{number}"  # a list that starts anew counts for itself
                self._levels[own] = self._levels[abstract_id]
                abstract_id = own
            self._abstract[number] = abstract_id

    def _take_styles(self, root: Element) -> None:
        parents: dict[str, str] = {}
        for style in root.iterfind("{*}style"):
            name = _value(style, "styleId")
            parents[name] = _child_value(style, "basedOn")
            properties = style.find("{*}pPr/{*}numPr")
            if properties is not None:
                level = number_of(_child_value(properties, "ilvl"), 0)
                self._styles[name] = (_child_value(properties, "numId"), level)
        for name in parents:
            above = parents[name]
            for _ in range(10):  # styles may form a circle
                if name in self._styles or not above:
                    break
                if above in self._styles:
                    self._styles[name] = self._styles[above]
                above = parents.get(above, "")


def _value(element: Element, name: str) -> str:
    return next((str(v) for k, v in element.items() if k.rpartition("}")[2] == name), "")


def _child_value(element: Element, name: str) -> str:
    child = element.find(f"{{*}}{name}")
    return "" if child is None else _value(child, "val")


def number_of(text: str, otherwise: int) -> int:
    """Return the number that a text is, or something else where it is none, or no sensible one."""
    return int(text) if text.isdecimal() and len(text) <= _LONGEST else otherwise


def figure(style: str, number: int) -> str:
    """Return a number as figures, letters or Roman figures, by the names that Word uses."""
    if style in ("lowerLetter", "upperLetter") and 0 < number < 1000:
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters if style == "lowerLetter" else letters.upper()
    if style in ("lowerRoman", "upperRoman") and 0 < number < 4000:
        roman = _roman(number)
        return roman if style == "lowerRoman" else roman.upper()
    return str(number)


def _level_figure(levels: dict[int, Level], counts: list[int], level: int) -> str:
    known = levels.get(level)
    number = counts[level] or (known.start if known else 1)
    return figure(known.style if known else "decimal", number)


def _roman(number: int) -> str:
    text = ""
    for value, sign in _ROMAN:
        while number >= value:
            text += sign
            number -= value
    return text
