"""What of a text could name it: without links, code, keys and the heads of mails; where its title is.

What is written for machines is no name, except for what their names begin with: xcb_map, xcb_draw tell of XCB.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

# What a text is about stands at its beginning, or it is a long one.
_MOST_LETTERS = 6000
_TITLE_LETTERS, _TITLE_LINES = 200, 2
# A family of names has so many members in a text, and begins with at least so many letters.
_FAMILY, _MEMBERS = 3, 2
_LINK = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+|</?[a-zA-Z][^<>\n]{0,200}>|\[[0-9a-z]{1,3}\]")
# The head of a text in which its settings stand; of these only the title is said to people.
_HEAD = re.compile(r"\A\s*---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_HEAD_TITLE = re.compile(r"^title:[ \t]*(.+)$", re.MULTILINE | re.IGNORECASE)
# The head of a mail: who, to whom and when are no subjects.
_MAIL_WITHIN = 600
_MAIL = re.compile(r"^(?:[^\W\d_][\w-]{1,19}:[ \t].*\n){2,}", re.MULTILINE)
_MAIL_LINE = re.compile(r"^[\w-]+:[ \t]+(.*)$", re.MULTILINE)
_DATE = re.compile(r"\d{4}|\d:\d\d")
_KEY = re.compile(
    r"^[ \t]*(?:-[ \t]+)?[a-z][\w.-]{0,40}:(?:[ \t]+\S+[ \t]*$|(?=\s|$))", re.MULTILINE
)
_FENCED = re.compile(r"^[ \t]*(```|~~~).*?(?:^[ \t]*\1|\Z)", re.DOTALL | re.MULTILINE)
_CODE_LINE = re.compile(r"^.*(?:[;{}]|\\)[ \t]*$|^[ \t]*(?:#include|[$>] ).*$", re.MULTILINE)
# Words that nobody says: names of functions, variables, paths, options, other manual pages.
_CODE = re.compile(
    r"`[^`\n]+`|(?<![\w-])--?[a-zA-Z][\w-]*|(?<![^\s,;])[^\s,;]*(?:[_\\{}=<>|$~^]|::|->|\(\)|/\w+/)[^\s,;]*"
    r"|\b[\w.-]+\(\d\w{0,4}\)|\b[a-z]+[A-Z]\w*|\b[A-Za-z_]*\d[A-Za-z_\d]*|\b\w+\.[a-z]{1,5}\b"
)
_IDENTIFIER = re.compile(r"(?<![\w/.-])([A-Za-z]{3,12})\d?(?:_|::)\w+")


@dataclass(frozen=True, slots=True)
class Spoken:
    """A text as people would say it; `title`: where its title ends; `families`: how often names begin like that."""

    text: str
    title: int = 0
    families: Mapping[str, int] = field(default_factory=dict)


def spoken(raw: str) -> Spoken:
    """Return the beginning of a text without what is written for machines."""
    whole = unicodedata.normalize("NFKC", raw[:_MOST_LETTERS])
    text = _without_code(_without_heads(whole))
    return Spoken(text, _end_of_title(text), _families(whole))


def spoken_name(name: str) -> str:
    """Return the words of a file's name."""
    return _without_code(re.sub(r"[_.\-]+", " ", unicodedata.normalize("NFKC", name)))


def _without_heads(text: str) -> str:
    head = _HEAD.match(text)
    if head:
        title = _HEAD_TITLE.search(head[1])
        return (title[1].strip("\"' ") + "\n" if title else "") + text[head.end() :]
    mail = _MAIL.search(text, 0, _MAIL_WITHIN)
    if mail and "@" in mail[0]:
        said = [
            line
            for line in _MAIL_LINE.findall(mail[0])
            if "@" not in line and not _DATE.search(line)
        ]
        return "\n".join([*said, text[mail.end() :]])
    return text


def _without_code(text: str) -> str:
    text = _LINK.sub(" \n ", text)
    text = _FENCED.sub("\n", text)
    text = _CODE_LINE.sub("", text)
    return _CODE.sub(" \n ", _KEY.sub("", text))


def _end_of_title(text: str) -> int:
    """Return where the first lines with words in them end; a line that is there twice counts once."""
    end = 0
    known: set[str] = set()
    for line in re.finditer(r"[^\n]*\w[^\n]*", text[: 2 * _TITLE_LETTERS]):
        if len(known | {line[0].strip()}) > _TITLE_LINES or line.start() > _TITLE_LETTERS:
            break
        known.add(line[0].strip())
        end = line.end()
    return min(end, _TITLE_LETTERS)


def _families(text: str) -> Mapping[str, int]:
    """Count how often names for machines begin with the same word, if several different ones do."""
    if text.count("_") + text.count("::") < _FAMILY:
        return {}
    members: dict[str, set[str]] = {}
    times: Counter[str] = Counter()
    for name in _IDENTIFIER.finditer(text):
        if not name[0].endswith("_t") or name[0].count("_") > 1:
            times[name[1]] += 1
            members.setdefault(name[1], set()).add(name[0])
    return {
        first: count
        for first, count in times.items()
        if count >= _FAMILY and len(members[first]) >= _MEMBERS
    }
