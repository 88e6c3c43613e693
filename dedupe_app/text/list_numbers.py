"""The numbers that OpenDocument writers show before list items and headings; no text holds them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dedupe_app.text.numbering import figure
from dedupe_app.text.odf_names import STYLE, TEXT

if TYPE_CHECKING:
    from collections.abc import Mapping

_FORMATS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman",
            "I": "upperRoman"}  # fmt: skip
_LEVEL_TAGS = (f"{TEXT}list-level-style-number", f"{TEXT}outline-level-style")
_STYLE_TAGS = (f"{TEXT}list-style", f"{TEXT}outline-style")
_LEVELS = 10
_OUTLINE = "\0outline"  # no list style can have this name


@dataclass(frozen=True, slots=True)
class _Level:
    style: str
    prefix: str
    suffix: str
    start: int
    shown_levels: int


class ListNumbers:
    """Follows list styles, lists and headings while a document is read from its beginning."""

    def __init__(self) -> None:
        """Begin without any style: styles.xml and content.xml bring them."""
        self._styles: dict[str, dict[int, _Level]] = {}
        self._defined = ""
        self._open: list[str] = []
        self._counts: list[int] = []
        self._counts_of: dict[str, list[int]] = {}
        self._is_new_item = False
        self._start: int | None = None

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take a tag that begins."""
        if tag == f"{TEXT}list-item":
            self._is_new_item = True
            self._start = _number(attributes.get(f"{TEXT}start-value"), None)
        elif tag == f"{TEXT}list":
            self._open_list(attributes)
        elif tag in _LEVEL_TAGS:
            self._define(attributes)
        elif tag in _STYLE_TAGS:
            self._defined = attributes.get(f"{STYLE}name", "")
            if tag == f"{TEXT}outline-style":
                self._defined = _OUTLINE

    def end(self, tag: str) -> None:
        """Take a tag that ends."""
        if tag == f"{TEXT}list" and self._open:
            self._open.pop()
        elif tag == f"{TEXT}list-item":
            self._is_new_item = False

    def next_label(self, tag: str, attributes: Mapping[str, str]) -> str:
        """Count the paragraph or heading that begins, and return its label with a blank, or ""."""
        if self._open:
            if not self._is_new_item:
                return ""
            self._is_new_item = False
            start, self._start = self._start, None
            return self._count(self._open[-1], self._counts, len(self._open), start)
        level = _number(attributes.get(f"{TEXT}outline-level"), None)
        if tag != f"{TEXT}h" or level is None:
            return ""
        counts = self._counts_of.setdefault(_OUTLINE, [0] * _LEVELS)
        return self._count(_OUTLINE, counts, level, None)

    def _open_list(self, attributes: Mapping[str, str]) -> None:
        inherited = self._open[-1] if self._open else ""
        style = attributes.get(f"{TEXT}style-name", inherited)
        if not self._open:
            goes_on = attributes.get(f"{TEXT}continue-numbering") == "true"
            if not (goes_on or f"{TEXT}continue-list" in attributes):
                self._counts_of[style] = [0] * _LEVELS
            self._counts = self._counts_of.setdefault(style, [0] * _LEVELS)
        self._open.append(style)

    def _define(self, attributes: Mapping[str, str]) -> None:
        level = _number(attributes.get(f"{TEXT}level"), 1) or 1
        self._styles.setdefault(self._defined, {})[level] = _Level(
            _FORMATS.get(attributes.get(f"{STYLE}num-format", ""), ""),
            attributes.get(f"{STYLE}num-prefix", ""),
            attributes.get(f"{STYLE}num-suffix", ""),
            _number(attributes.get(f"{TEXT}start-value"), 1) or 0,
            _number(attributes.get(f"{TEXT}display-levels"), 1) or 1,
        )

    def _count(self, style: str, counts: list[int], level: int, start: int | None) -> str:
        levels = self._styles.get(style, {})
        known = levels.get(level)
        if known is None or level > _LEVELS:
            return ""
        following = counts[level - 1] + 1 if counts[level - 1] else known.start
        counts[level - 1] = following if start is None else start
        counts[level:] = [0] * (_LEVELS - level)
        if not known.style:
            return ""
        shown = range(max(1, level - known.shown_levels + 1), level + 1)
        figures = [
            figure(levels[at].style, counts[at - 1] or levels[at].start)
            for at in shown
            if at in levels and levels[at].style
        ]
        return f"{known.prefix}{'.'.join(figures)}{known.suffix} "


def _number(text: str | None, otherwise: int | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 9 else otherwise
