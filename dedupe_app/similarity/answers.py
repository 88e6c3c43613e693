"""Tells whether one text answers another one and quotes it, as mails do: it is none of its drafts.

Quoted is what stands in lines that begin with ">", and in a mail all that follows the head of an earlier one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from dedupe_app.records import Quotation
from dedupe_app.similarity.alignment import LONGEST

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedupe_app.records import Tokens
    from dedupe_app.similarity.alignment import Alignment, Side

_QUOTED_LINE = re.compile(r"^[ \t]?>.*$", re.M)
_QUOTING = ("\n>", "\n >", "\n\t>")
# Three lines such as "from: ..." at least, in any language. It is a mail's if one of them has an address.
_HEAD = re.compile(r"^(?:[^\W\d][^\n:@]{0,30}:[^\n]*\n){3,}", re.M)
# Who wrote what is quoted, and when: one line or two right before it.
_INTRODUCED = re.compile(r"^(?:[^>\n][^\n]*\n)?[^>\n][^\n]*:[ \t]*\n\s*(?=>)", re.M)
# Aligned are 3,000 tokens; a text with ever so many marks of quotation among them is no mail.
_LONGEST_CHARS = 100_000
_LEAST_QUOTED = 10
# Who forwards something says less: "please find the text below", at most 12 words in the test corpora.
_LEAST_NEW = 15
# So many words a mail may have that its quotation lacks: a greeting, the number of a printed page.
_MOST_BESIDES = 6
# So much of the words of its own must be new, and so much of what both have must be quoted.
_NEW_SHARE = 0.60
_QUOTED_SHARE = 0.80


def find_quotation(a: Tokens, b: Tokens, alignment: Alignment) -> Quotation:
    """Tell whether one of two aligned texts answers the other: quotes it, and says more itself.

    A shorter one quotes a part at best.
    """
    left, right = alignment.only_a, alignment.only_b
    found = Quotation.NONE
    for (own, only), (other, lacking) in (((a, left), (b, right)), ((b, right), (a, left))):
        if _answers(own, only) and _is_quoted(other, lacking):
            found = max(found, Quotation.WHOLE if len(own) >= len(other) else Quotation.PART)
    return found


def _is_quoted(tokens: Tokens, only: Side) -> bool:
    """Tell whether a text itself says what both have, or has hardly a word besides: else both answer a third one."""
    text, starts = _aligned(tokens), tokens.starts[:LONGEST]
    quoted, head = _quotes(text)
    lacking = np.zeros(len(starts), bool)
    lacking[only.tokens] = True
    if not quoted or np.count_nonzero(_within(starts, quoted) & ~lacking) <= (
        1 - _QUOTED_SHARE
    ) * np.count_nonzero(~lacking):
        return True
    besides = [*head, *(found.span() for found in _INTRODUCED.finditer(text))]
    return bool(np.count_nonzero(lacking & ~_within(starts, besides)) <= _MOST_BESIDES)


def _aligned(tokens: Tokens) -> str:
    last = int(tokens.ends[:LONGEST].max(initial=0))
    return tokens.text[: min(last, _LONGEST_CHARS)]


def _answers(tokens: Tokens, only: Side) -> bool:
    quoted, head = _quotes(_aligned(tokens))
    if not quoted:
        return False
    starts = tokens.starts[:LONGEST]
    in_quotes = _within(starts, quoted)
    own = ~in_quotes & ~_within(starts, head)
    shared = np.ones(len(starts), bool)
    shared[only.tokens] = False
    new = np.count_nonzero(own & ~shared)
    both = np.count_nonzero(shared & in_quotes)
    return bool(
        both >= max(_LEAST_QUOTED, _QUOTED_SHARE * (both + np.count_nonzero(own & shared)))
        and new >= max(_LEAST_NEW, _NEW_SHARE * np.count_nonzero(own))
    )


def _quotes(text: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Return where a text quotes another one, and where its own head is; each in order, none in another."""
    own = _HEAD.match(text)
    head = [own.span()] if own and "@" in own[0] else []
    may_quote = text.startswith(">") or any(sign in text for sign in _QUOTING)
    quoted = [found.span() for found in _QUOTED_LINE.finditer(text)] if may_quote else []
    if head:
        later = next((at for at in _HEAD.finditer(text, head[0][1]) if "@" in at[0]), None)
        if later is not None:
            start = later.start()
            quoted = [*(span for span in quoted if span[0] < start), (start, len(text))]
    return quoted, head


def _within(starts: NDArray[np.int32], spans: list[tuple[int, int]]) -> NDArray[np.bool_]:
    """Tell which tokens begin in one of the spans: bool (n,)."""
    edges = starts.searchsorted(np.array(spans, np.int64).reshape(-1, 2))
    depth = np.zeros(len(starts) + 1, np.int64)
    np.add.at(depth, edges[:, 0], 1)
    np.add.at(depth, edges[:, 1], -1)
    inside: NDArray[np.bool_] = np.cumsum(depth[:-1]) > 0
    return inside
