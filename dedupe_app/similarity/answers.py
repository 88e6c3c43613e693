"""Tells whether one text answers another one and quotes it, as mails do: it holds that text, and is none of its drafts.

Quoted is what stands in lines that begin with ">", and in a mail all that follows the head of an earlier one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedupe_app.records import Tokens
    from dedupe_app.similarity.alignment import Alignment, Side

_QUOTED_LINE = re.compile(r"^[ \t]*>.*$", re.M)
# Three lines such as "from: ..." at least, in any language; one of them has an address.
_HEAD = re.compile(r"^(?:[^\W\d][^\n:@]{0,30}:[^\n]*\n){3,}", re.M)
_LEAST_QUOTED = 10
# Who forwards something says less: "please find the text below", at most 12 words in the test corpora.
_LEAST_NEW = 15
# So much of the words of its own must be new, and so much of what both have must be quoted.
_NEW_SHARE = 0.60
_QUOTED_SHARE = 0.80


def is_answer(a: Tokens, b: Tokens, alignment: Alignment) -> bool:
    """Tell whether one of two aligned texts quotes most of what both have, and says something else itself."""
    return _answers(a, alignment.only_a) or _answers(b, alignment.only_b)


def _answers(tokens: Tokens, only: Side) -> bool:
    quoted, head = _quotes(tokens.text)
    if not quoted:
        return False
    in_quotes = _within(tokens, quoted)
    own = ~in_quotes & ~_within(tokens, head)
    shared = np.ones(len(tokens.starts), bool)
    shared[only.tokens] = False
    new = np.count_nonzero(own & ~shared)
    both = np.count_nonzero(shared & in_quotes)
    return bool(
        both >= max(_LEAST_QUOTED, _QUOTED_SHARE * (both + np.count_nonzero(own & shared)))
        and new >= max(_LEAST_NEW, _NEW_SHARE * np.count_nonzero(own))
    )


def _quotes(text: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Return where a text quotes another one, and where its own head is."""
    own = _HEAD.match(text)
    head = [own.span()] if own and "@" in own[0] else []
    quoted = [found.span() for found in _QUOTED_LINE.finditer(text)] if ">" in text else []
    if head:
        later = (found for found in _HEAD.finditer(text, head[0][1]) if "@" in found[0])
        quoted += [(found.start(), len(text)) for found in later][:1]
    return sorted(quoted), head


def _within(tokens: Tokens, spans: list[tuple[int, int]]) -> NDArray[np.bool_]:
    """Tell which tokens begin in one of the spans, which may only overlap at their ends: bool (n,)."""
    inside = np.zeros(len(tokens.starts), bool)
    for start, end in spans:
        inside[np.searchsorted(tokens.starts, start) : np.searchsorted(tokens.starts, end)] = True
    return inside
