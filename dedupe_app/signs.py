"""Signs that say something, as letters do: amounts in euros or dollars, boxes ticked or not, more than or less than.

Two texts that differ in one of them are not the same text. Bullets, quotes, dashes and marks of Markdown say nothing
by themselves, and neither does what programs write otherwise when they save a text in another format.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Beside a figure these say something; else they are brackets of addresses, marks of quotations, or placeholders.
_BESIDE_FIGURES = frozenset("<>%\u2030\u2031")
# So near stands the figure, behind "=", a sign of money, a minus, or what begins a fraction.
_NEAR = 6
_BEFORE_FIGURES = " \t=.,$\u20ac\u00a3\u00a5-\u2013\u2212"
# Two of them around words strike these out, in Markdown and in what is read of Word files.
_STRIKE = "~"
# The minus of a figure is seen to elsewhere (letters.py).
_NOTHING = frozenset("+=|^`\u00a9\u00ae\u00b0\u00ac\u2212")
_TELLING = frozenset({"Sc", "Sm", "So", "Co"})
# Empty and ticked boxes, and rings, also of the fonts that programs for writing use for them: they begin a line and say
# something.
_BOXES = frozenset(
    "\u25a1\u25a2\u25c9\u25cb\u25ef\uf06f\uf071\uf0a8\uf0fd\uf0fe\uf0a3\uf052\uf053\uf054"
)
_DRAWN = "\u2500", "\u259f"
# Up and down are the same as bullets nowhere.
_UP_AND_DOWN = frozenset("\u2191\u2193\u21d1\u21d3\u25b2\u25b3\u25b4\u25b5\u25bc\u25bd\u25be\u25bf")
_BULLETS = (("\u2190", "\u21ff"), ("\u25a0", "\u25ff"), ("\u2722", "\u2767"), ("\u2794", "\u27be"),
            ("\u27f0", "\u27ff"), ("\u2b00", "\u2bff"), ("\ue000", "\uf8ff"))  # fmt: skip
_BLANKS = frozenset(" \t")


# What programs write alike in every format counts wherever it stands; quotation marks stand for each other.
EVERYWHERE = {
    **{char: char for char in "()!?;,:./&@\u3001\u3002"},
    **dict.fromkeys('"\u201c\u201d\u201e\u201f\u00ab\u00bb', '"'),
}
# Others count only in some places: what they stand for, the sign, what stands before it (looked at from behind the
# sign) and what follows. A "-" behind a word may be a line end that is no more seen, before small letters.
_HYPHENS = "-\u2010\u2011"
_DASHES = f"{_HYPHENS}\u2012\u2013\u2014\u2015\u2212"
_MORE = rf"[{re.escape(_DASHES)}]{{0,2}}"
_SUSPENDED = r"(?:and|or|und|oder|bzw|et|ou|y|e|o)\b"
_PLACES = (
    ("+", "+", r"(?<![-=:]{2}.)", r"(?![-=:]{2})"),  # Rh +, C++, x + y; no border of a table
    ("-", _HYPHENS, r"(?<=[^\W_].)", rf"(?=[,;.:)\]/]|\Z|\s+(?!{_SUSPENDED}))"),  # HIV-
    ("-", _HYPHENS, r"(?:(?<=\b\w.)|(?<=\b\w\w.))", r"(?=\s)"),  # B-, Cl-
    ("-", "\u2212", r"(?<=[^\W_].)", r"(?=[\s,;.:)\]/]|\Z)"),
    ("-", "\u2212", "", r"(?=[ \t]+\d)"),
    ("-", _DASHES, r"(?<=[ \t].)", rf"(?={_MORE}[ \t\n]+[$\u20ac\u00a3\u00a5]?\d)"),  # - 18, 9 - 4
    ("-", _DASHES, r"(?<=:[ \t].)", rf"(?={_MORE}[ \t]*(?:\n|\Z))"),  # Protein: -
    ("<", "<", r"(?<=[\w)\]%] .)", r"(?==?[ \t]+[\w(\[-])"),  # a < b
    (">", ">", r"(?<=[\w)\]%] .)", r"(?==?[ \t]+[\w(\[-])"),
    ("~", "~", r"(?<![^ \t(\n].)", r"(?=[ \t]?\d)"),  # ~500
    ("\u00ac", "\u00ac", r"(?<![^ \t(\n].)", r"(?=[\w(])"),
    ("*", "*", r"(?<=\d.)", r"(?=\d)"),
    ("*", "*", r"(?:(?<=\d .)|(?<=\b\w .))", r"(?= (?:\d|\w\b))"),  # 9 * 4, a * b
    ('"', "'\u2032", r"(?<=\d.)", r"(?=['\u2032])"),  # 12", as two signs
    ("'", "'\u2018\u2019\u201a\u2032\u2039\u203a", r"(?<=\d.)", r"(?!\w)"),  # 12'
    ("|", "|", r"(?<=[=+*/<>(] .)", r"(?=\w)"),  # f(x) = |x|
    ("#", "#", r"(?<=[^\W\d_].)", r"(?!\w)"),  # C#
)
_BY_CHAR = tuple(
    (char, [place for place in _PLACES if char in place[1]])
    for char in sorted({char for _, chars, _, _ in _PLACES for char in chars})
)
_PLACE = re.compile(
    "|".join(
        # Begun with the sign itself, a pattern passes over most of a text at once.
        f"{re.escape(char)}(?:{'|'.join(f'({before}{behind})' for _, _, before, behind in of_char)})"
        for char, of_char in _BY_CHAR
    )
)
_STANDS_FOR = tuple(sign for _, of_char in _BY_CHAR for sign, _, _, _ in of_char)
_BULLET = frozenset("+-")
# No more characters are looked at behind such a sign.
_LOOKED_AT = 80


def may_say_something(char: str) -> bool:
    """Tell whether a character that is no letter and no digit says something by itself anywhere."""
    if char in _BESIDE_FIGURES:
        return True
    is_drawn = _DRAWN[0] <= char <= _DRAWN[1]
    return char not in _NOTHING and not is_drawn and unicodedata.category(char) in _TELLING


def says_something(text: str, at: int) -> bool:
    """Tell whether a sign that may say something by itself does so where it stands."""
    char, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if char in _BESIDE_FIGURES:
        if before.isalpha() and after in _BLANKS:
            return False
        before = text[at - 2 : at - 1] if before in _BLANKS else before
        return (
            before.isdecimal() or text[at + 1 : at + _NEAR].lstrip(_BEFORE_FIGURES)[:1].isdecimal()
        )
    if char == _STRIKE:
        opens = after == _STRIKE and text[at + 2 : at + 3].isalnum()
        return opens or (before == _STRIKE and text[at - 2 : at - 1].isalnum())
    if char in _UP_AND_DOWN or char in _BOXES:
        return True
    if not any(first <= char <= last for first, last in _BULLETS):
        return True
    begins = before in _BLANKS and text[at - 2 : at - 1] in {"", "\n"}
    return not (begins or before in {"", "\n"})


def signs_by_place(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, str]]:
    """Yield the places of signs that say something because of what stands beside them, with what they stand for."""
    last = len(text) if end is None else end
    for found in _PLACE.finditer(text, start, last + _LOOKED_AT):
        sign, at = _STANDS_FOR[(found.lastindex or 1) - 1], found.start()
        if at < last and (sign not in _BULLET or not _is_bullet(text, at, found.end())):
            yield at, sign


def _is_bullet(text: str, at: int, end: int) -> bool:
    """Tell whether a sign stands before a line, with a blank behind it and then words; a true minus is no bullet."""
    if text[at] == "\u2212" or text[end : end + 1] not in _BLANKS:
        return False
    line = text.rfind("\n", 0, at) + 1, text.find("\n", end)
    behind = text[end : line[1] if line[1] >= 0 else len(text)]
    return not text[line[0] : at].strip() and bool(behind.strip())


def telling_signs(text: str, start: int, end: int) -> str:
    """Return the signs between two places of a text that say something there, in order."""
    found = {
        at: text[at]
        for at in range(start, end)
        if may_say_something(text[at]) and says_something(text, at)
    }
    found.update(signs_by_place(text, start, end))
    return "".join(found[at] for at in sorted(found))
