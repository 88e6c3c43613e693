"""Finds the signs of a text that are marks of its layout: bullets, headings, emphasis, links and tables in Markdown.

What programs write otherwise, or not at all, when they save a text in another format. Everything else says something.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    Span = tuple[int, int]

# Bullets that are nothing else, also in the fonts of signs that programs for writing have.
_BULLETS = (
    "\u2022\u2023\u2043\u204c\u204d\u2219\u25aa\u25ab\u25a0\u25b6\u25ba\u25b8\u25cf\u25c6\u25c7\u25e6\u2666\u2756"
    "\u2794\u2799\u279c\u27a2\u27a4\uf02d\uf06c\uf06e\uf076\uf0a7\uf0b7\uf0d8\uf0e0"
)
# How a line begins: with nothing but such signs, which part sections or rows of tables, or with a mark of a list. From
# line end to line end it goes faster than with "^".
_SIGNS = r"[-=_*~#+|:.\u2010-\u2015]"
_LINE = re.compile(
    rf"\n[ \t]*(?:({_SIGNS}(?:[ \t]*{_SIGNS}){{2,}}[ \t]*$)|"
    r"(#{1,6}|>(?:[ \t]?>)*|[-*+\u00b7\u2010-\u2015\u2212])(?=[ \t]))",
    re.M,
)
_BULLET = re.compile(rf"[{_BULLETS}](?<!\S.)")
# Each begins with its sign, so that most of a text is passed over at once, and looks back from behind it.
_STARS = re.compile(
    r"(\*(?<![\w*].)\*{0,2})(?=[^\s*])[^*\n]*(?:\n[^*\n]+)?(?<=[^\s*])(\1)(?![\w*])"
)
_LINES_BELOW = re.compile(
    r"(_(?<!\w.)_{0,2})(?=[^\s_])[^_\n]*(?:\n[^_\n]+)?(?<=[^\s_])(\1)(?![\w_])"
)
_LINK = re.compile(r"(\[)[^\[\]]{0,400}(\])(?=\()")
_PICTURE = re.compile(r"(!)(?=\[[^\[\]]{0,400}\]\()")
_NOTE = re.compile(r"(\^\()\[[^\[\]()\n]{1,20}\](\))")
# A sign that shall be seen has a backslash before it, in Markdown and TeX.
_ESCAPE = re.compile(r"(\\)(?=[!-/:-@\[-`{-~])")
# What leads up to the number of a page, or is to be filled in; and what stands for a long dash.
_STOPS = re.compile(r"(\.(?:[ \t]?\.){2,})")
_BLANK_SPACE, _LONG_LINE = re.compile("(_{3,})"), re.compile("(-{4,})")
_LONG_DASH = re.compile(
    r"-(-{1,2})(?:(?:(?<=[ ]--)|(?<=[ ]---))(?=\s)|(?:(?<=[^\W\d_]--)|(?<=[^\W\d_]---))(?=[^\W\d_]))"
)
# Behind a mark of a list stand words: no amount, of which the sign may be part, and not nothing.
_NO_WORDS = re.compile(r"[ \t]*(?:(?:[$\u20ac\u00a3\u00a5]|[a-z]{3}[ \t])?[.,]?\d|\n|\Z)")
_ENDS = frozenset(".:;,!?")
_PARTS = (
    (_BLANK_SPACE, "___"),
    (_LONG_LINE, "----"),
    (_LONG_DASH, "--"),
    (_STARS, "*"),
    (_LINES_BELOW, "_"),
    (_LINK, "]("),
    (_PICTURE, "!["),
    (_NOTE, "^(["),
    (_ESCAPE, "\\"),
)
# So much before a line is looked at.
_LOOKED_AT = 40


def find_layout_marks(text: str) -> Iterator[Span]:
    """Yield where marks of the layout begin and end; some may be told twice."""
    text = text.replace("\f", "\n")
    yield from _line_marks(text)
    if not text.isascii():
        for found in _BULLET.finditer(text):
            yield found.span()
    for pattern, needed in _PARTS:
        if needed in text:
            yield from _groups(pattern, text)
    if ".." in text or ". ." in text:
        yield from _groups(_STOPS, text)
    yield from _borders(text)


def _groups(pattern: re.Pattern[str], text: str) -> Iterator[Span]:
    for found in pattern.finditer(text):
        yield from map(found.span, range(1, pattern.groups + 1))


def _line_marks(text: str) -> Iterator[Span]:
    found = list(_LINE.finditer(f"\n{text}"))
    often = {sign for sign, count in Counter([each[2] for each in found]).items() if count > 1}
    for each in found:
        sign = each[2]
        if sign is None:
            yield each.start(1) - 1, each.end(1) - 1
        elif sign[0] == "#" or (
            not _NO_WORDS.match(text, each.end() - 1)
            and (sign in often or _may_begin(text, each.start()))
        ):
            yield each.start(2) - 1, each.end(2) - 1


def _may_begin(text: str, line: int) -> bool:
    """Tell whether something may begin with a line: the one before is empty, or did not break off."""
    before = text[max(0, line - _LOOKED_AT) : max(0, line - 1)].rpartition("\n")[2].rstrip()
    return not before or before[-1] in _ENDS


def _borders(text: str) -> Iterator[Span]:
    """Yield the borders of cells, in lines that begin with one."""
    at = text.find("|")
    while at >= 0:
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        if not text[text.rfind("\n", 0, at) + 1 : at].strip():
            yield from ((each, each + 1) for each in range(at, end) if text[each] == "|")
        at = text.find("|", end)
