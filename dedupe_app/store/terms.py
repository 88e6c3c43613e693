"""Words as they are looked for: how a text goes into the index, what a query asks for, and how SQLite reads it.

Pure functions of text. Whatever people type is found as it stands: no sign of it has a meaning for the index.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from typing import TYPE_CHECKING

from dedupe_app.records import Term

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Scripts that put no spaces between words (and Hangul, whose words grow endings): two letters in a row are a word.
DENSE = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3100-\u312f\u31a0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
_RUN = re.compile(f"[{DENSE}]+")
_PARTS = re.compile(f"[{DENSE}]+|[^{DENSE}]+")
_SIGNS = re.compile(r"[\s!-/:-@\[-`{-~]+")
_SOFT_HYPHEN = "\u00ad"
_LINE_END_HYPHEN = re.compile(r"(?<=[^\W\d_])-[ \t]*\n[ \t]*(?=[^\W\d_])")
_QUOTE = '"\u201c\u201d\u201e\u00ab\u00bb'
_QUOTED = re.compile(f"[{_QUOTE}]([^{_QUOTE}]*)([{_QUOTE}]|$)|([^\\s{_QUOTE}]+)")
# Shorter beginnings stand for too many words to be of use, and take too long.
_SHORTEST_PREFIX = 3
_MOST_TERMS = 24
_LONGEST_TERM = 200


def fold_text(text: str) -> str:
    """Return a text without case, letters composed alike."""
    if text.isascii():
        return text.lower()
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text)
    text = text.casefold()
    return text if unicodedata.is_normalized("NFKC", text) else unicodedata.normalize("NFKC", text)


def index_form(text: str) -> str:
    """Return what the index is given of a text: words parted, those broken at line ends put together."""
    text = text.replace(_SOFT_HYPHEN, "")
    if "-" in text:
        text = _LINE_END_HYPHEN.sub("", text)
    text = fold_text(text)
    return text if text.isascii() else _RUN.sub(_spread, text)


def parse(query: str) -> tuple[Term, ...]:
    """Return what a query asks for. Words in quotes are one term; the last word may still be growing."""
    terms: list[Term] = []
    plain = query.encode("utf-8", "replace").decode().replace("\0", " ")
    for found in _QUOTED.finditer(plain):
        words = fold_text(found[3] if found[3] is not None else found[1]).replace(_SOFT_HYPHEN, "")
        words = " ".join(words[:_LONGEST_TERM].split())
        if not any(map(str.isalnum, words)):
            continue
        is_last = found.end() == len(plain)
        is_open = found[3] is not None or not found[2]
        grows = is_last and is_open and _may_grow(words)
        terms.append(Term(words, is_prefix=grows, is_exact=found[3] is None))
    return tuple(terms[-_MOST_TERMS:])


def all_of(terms: Sequence[Term]) -> str:
    """Return an expression of the index for texts in which all terms are; "" if there is nothing to look for."""
    return " AND ".join(filter(None, map(expression, terms)))


def atoms_of(terms: Sequence[Term]) -> list[Term]:
    """Return the terms taken apart as far as makes sense: long runs without spaces into pairs of letters."""
    found: dict[Term, None] = {}
    for term in terms:
        if term.is_exact:
            found[term] = None
            continue
        for part in _PARTS.findall(term.words):
            if _RUN.fullmatch(part) and len(part) > 2:
                found |= dict.fromkeys(Term(pair) for pair in _pairs(part))
            elif any(map(str.isalnum, part)):
                ends = term.words.endswith(part)
                found[Term(part.strip(), is_prefix=term.is_prefix and ends)] = None
    return list(found)


def some_of(atoms: Sequence[Term], least: int) -> str:
    """Return an expression for texts in which one of the atoms is; `least` 2: two of them, if there are two."""
    single = list(filter(None, map(expression, atoms)))
    if least < 2 or len(single) < 2:
        return " OR ".join(single)
    return " OR ".join(f"({a} AND {b})" for a, b in itertools.combinations(single, 2))


def expression(term: Term) -> str:
    """Return the expression of one term, "" if nothing of it is in the index."""
    parts = [" ".join(part) for part in _rows(term.words)]
    if not parts:
        return ""
    last = parts[-1].rpartition(" ")[2]
    ends = [""] * (len(parts) - 1) + ["*" if term.is_prefix or _is_single(last) else ""]
    quoted = (f'"{part}"{end}' for part, end in zip(parts, ends, strict=True))
    return " AND ".join(quoted)


def _rows(words: str) -> Iterator[list[str]]:
    """Yield the words of a term that stand in a row in the index: after a run of dense letters a new row begins."""
    row: list[str] = []
    for part in _PARTS.findall(words):
        if _RUN.fullmatch(part):
            row += _pairs(part) if len(part) > 1 else [part]
            yield row
            row = []
        else:
            # SQLite parts them further, as it did in the index.
            row += (word for word in part.replace('"', " ").split() if any(map(str.isalnum, word)))
    if row:
        yield row


def _spread(run: re.Match[str]) -> str:
    letters = run.group()
    # The last letter stands by itself too, so that it is found as the beginning of a word.
    return f" {' '.join(_pairs(letters))} {letters[-1]} "


def _pairs(letters: str) -> list[str]:
    return [letters[at : at + 2] for at in range(len(letters) - 1)]


def _may_grow(words: str) -> bool:
    last = _SIGNS.split(words)[-1]
    return len(last) >= _SHORTEST_PREFIX or _RUN.search(last) is not None


def _is_single(word: str) -> bool:
    return len(word) == 1 and _RUN.fullmatch(word) is not None
