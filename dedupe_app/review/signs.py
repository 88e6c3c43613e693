"""Signs that weigh as much as a word where two texts are compared: euros or dollars, boxes ticked or not, more or less.

Bullets, quotes, dashes, commas and marks of Markdown weigh less.
"""

from __future__ import annotations

import unicodedata

# It says something between two words, or right behind one (A+, x + y); before a list it does not.
_PLUS = "+"
# Beside a figure these say something; else they are brackets of addresses, marks of quotations, or placeholders.
_BESIDE_FIGURES = frozenset("<>%\u2030\u2031")
# So near stands the figure, behind "=", a sign of money, a minus, or what begins a fraction.
_NEAR = 6
_BEFORE_FIGURES = " \t=.,$\u20ac\u00a3\u00a5-\u2013\u2212"
# Two of them around words strike these out, in Markdown and in what is read of Word files.
_STRIKE = "~"
# A minus belongs to its figure.
_NOTHING = frozenset("=|^`\u00a9\u00ae\u00b0\u00ac\u2212")
_TELLING = frozenset({"Sc", "Sm", "So", "Co"})
# Empty and ticked boxes, also of the fonts that programs for writing use for them: they begin a line and say something.
_BOXES = frozenset("\u25a1\u25a2\uf06f\uf071\uf0a8\uf0fd\uf0fe\uf0a3\uf052\uf053\uf054")
_DRAWN = "\u2500", "\u259f"
_BULLETS = (("\u2190", "\u21ff"), ("\u25a0", "\u25ff"), ("\u2722", "\u2767"), ("\u2794", "\u27be"),
            ("\u27f0", "\u27ff"), ("\u2b00", "\u2bff"), ("\ue000", "\uf8ff"))  # fmt: skip
_BLANKS = frozenset(" \t")


def may_say_something(char: str) -> bool:
    """Tell whether a character that is no letter and no digit says something anywhere."""
    if char == _PLUS or char in _BESIDE_FIGURES:
        return True
    is_drawn = _DRAWN[0] <= char <= _DRAWN[1]
    return char not in _NOTHING and not is_drawn and unicodedata.category(char) in _TELLING


def says_something(text: str, at: int) -> bool:
    """Tell whether a sign that may say something does so where it stands."""
    char, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if char == _PLUS or char in _BESIDE_FIGURES:
        if char == _PLUS and before.isalnum():
            return True
        if before.isalpha() and after in _BLANKS:
            return False
        before = text[at - 2 : at - 1] if before in _BLANKS else before
        after = text[at + 2 : at + 3] if after in _BLANKS else after
        if char == _PLUS:
            return after.isdecimal() or (before.isalnum() and after.isalnum())
        return (
            before.isdecimal() or text[at + 1 : at + _NEAR].lstrip(_BEFORE_FIGURES)[:1].isdecimal()
        )
    if char == _STRIKE:
        opens = after == _STRIKE and text[at + 2 : at + 3].isalnum()
        return opens or (before == _STRIKE and text[at - 2 : at - 1].isalnum())
    if char in _BOXES or not any(first <= char <= last for first, last in _BULLETS):
        return True
    begins = before in _BLANKS and text[at - 2 : at - 1] in {"", "\n"}
    return not (begins or before in {"", "\n"})


def telling_signs(text: str, start: int, end: int) -> str:
    """Return the signs between two places of a text that say something there, in order."""
    return "".join(
        text[at]
        for at in range(start, end)
        if may_say_something(text[at]) and says_something(text, at)
    )
