"""Tells whether one text answers another one and quotes it, as mails do, or sends it on with a few words.

Quoted is what stands in lines that begin with ">", and in a mail all that follows the head of an earlier one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from dedupe_app.records import Quotation
from dedupe_app.similarity.alignment import LONGEST

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dedupe_app.records import Tokens
    from dedupe_app.similarity.alignment import Alignment, Side

_QUOTED_LINE = re.compile(r"^[ \t]?>.*$", re.M)
_QUOTING = ("\n>", "\n >", "\n\t>")
# Three lines such as "from: ..." at least, in any language. It is a mail's if one of them has an address.
_HEAD = re.compile(r"^(?:[^\W\d][^\n:@]{0,30}:[^\n]*\n){3,}", re.M)
# Of the head of a mail that was sent on not much more than this may be left.
_FROM = re.compile(
    r"^(?:from|von|de|da|van|od|från|fra|lähettäjä|kimden|από|от|від|feladó|发件人|寄件者|差出人|보낸 사람): [^\n@]*@"
    r"[^\n]*\n(?:[^\W\d][^\n:@]{0,30}:[^\n]*\n)+",
    re.M,
)
# What mail programs put before the subject, in the languages of Europe, Chinese and Japanese.
_ANSWERED = re.compile(
    r"^[^\n:]{2,30}: *(?:re|aw|sv|antw|odp|ynt|res|rif|r|vá|απ|回复|答复|回覆|返信) *[::]", re.M
)
_SENT_ON = re.compile(
    r"^[^\n:]{2,30}: *(?:fwd?|wg|tr|rv|enc|vb|vl|pd|továbbítás|i|转发|轉寄|転送) *[::]", re.M
)
# Who wrote what is quoted, and when: one line or two right before it.
_INTRODUCED = re.compile(r"^(?:[^>\n][^\n]*\n)?[^>\n][^\n]*:[ \t]*\n\s*(?=>)", re.M)
# What closes a mail: what follows, up to the quotation, is a signature. In folded text the German letter is two.
_CLOSING = re.compile(
    r"^(?:-- ?|(?:with )?(?:best|kind|warm|many|kindest)? ?(?:regards|wishes)|best|yours(?: \w+)?|"
    r"sincerely(?: yours)?|cheers|thanks|mit (?:freundlichen|besten|herzlichen) gr(?:ü|ue)ssen|"
    r"(?:viele|beste|herzliche|liebe|freundliche|schöne) gr(?:ü|ue)sse|mfg|(?:bien )?cordialement|salutations|"
    r"(?:un )?saludos?|atentamente|(?:cordiali|distinti) saluti|saluti|atenciosamente|(?:os meus )?cumprimentos|"
    r"met (?:vriendelijke|hartelijke) groet(?:en)?|groeten|(?:med )?vänlig(?:a)? hälsning(?:ar)?|"
    r"(?:med )?(?:venlig|vennlig) hilsen|(?:ystävällisin )?terveisin|(?:z )?pozdrawiam|z poważaniem|s pozdravem|"
    r"üdvözlettel|saygılarımla|cu stimă|с уважением|з повагою|με εκτίμηση|此致|祝好|以上)[,.!]*[ \t]*$",
    re.M,
)
_LONGEST_SIGNATURE = 50
_POSTSCRIPT = re.compile(r"^p\.? ?s\b", re.M)
# The lines of a head that differ from copy to copy of one mail: with an address, or a date under its name.
_ENVELOPE = re.compile(
    r"^(?:[^\n@]*@[^\n]*|(?:date|sent|datum|gesendet|envoyé|fecha|enviado|data|inviato|päiväys|lähetetty|dátum|elküldve|"
    r"tarih|wysłano|odesláno|дата|надіслано|日期|发送时间|日時|送信日時):[^\n]*)$",
    re.M,
)
# The head of any mail that is quoted, in whatever depth.
_ANY_HEAD = re.compile(r"^[ \t>]*(?:[^\W\d][^\n:@>]{0,30}:[^\n]*\n[ \t>]*){2,}", re.M)
# Aligned are 3,000 tokens; a text with ever so many marks of quotation among them is no mail.
_LONGEST_CHARS = 100_000
_LEAST_QUOTED = 10
# Who forwards something says less: "please find the text below", at most 12 words in the test corpora. In an answer
# that says so itself this is enough.
_LEAST_NEW, _LEAST_ANSWER = 15, 3
# So many words a mail may have that its quotation lacks: a greeting, the number of a printed page.
_MOST_BESIDES, _MOST_BESIDES_IN_ANSWER = 6, 2
# So much of the words of its own must be new, and so much of what both have must be quoted.
_NEW_SHARE = 0.60
_QUOTED_SHARE = 0.80


@dataclass(frozen=True, slots=True, eq=False)
class _Mail:
    """One of two aligned texts, by its first tokens: bool (n,) each. `length`: of all tokens.

    `shared`: the other text has it; `head`: it names who wrote, to whom and when; `quoted`: what somebody else said.
    """

    text: str
    starts: NDArray[np.int32]
    length: int
    shared: NDArray[np.bool_]
    head: NDArray[np.bool_]
    quoted: NDArray[np.bool_]

    @property
    def own(self) -> NDArray[np.bool_]:
        return ~self.quoted & ~self.head


def find_quotation(a: Tokens, b: Tokens, alignment: Alignment) -> Quotation:
    """Tell whether one of two aligned texts answers the other, by quoting it and saying more, or sends it on.

    An answer that is shorter quotes a part at best; two that share what both quote answer a third.
    """
    if not (_quotes(_aligned(a))[0] or _quotes(_aligned(b))[0]):
        return Quotation.NONE
    left, right = _mail(a, alignment.only_a), _mail(b, alignment.only_b)
    found = max(_quotation(left, right), _quotation(right, left))
    if found is Quotation.NONE and _answers(left) and _answers(right):
        return Quotation.BOTH
    return found


def _mail(tokens: Tokens, only: Side) -> _Mail:
    text, starts = _aligned(tokens), tokens.starts[:LONGEST]
    quoted, head = _quotes(text)
    shared = np.ones(len(starts), bool)
    shared[only.tokens] = False
    return _Mail(text, starts, len(tokens), shared, _within(starts, head), _within(starts, quoted))


def _aligned(tokens: Tokens) -> str:
    """Return the text up to the last token that is aligned."""
    last = min(len(tokens), LONGEST) - 1
    return tokens.text[: min(int(tokens.ends[last]), _LONGEST_CHARS)] if last >= 0 else ""


def _quotation(mail: _Mail, other: _Mail) -> Quotation:
    """Tell how one text quotes the other."""
    if not _shares_quoted(mail):
        return Quotation.NONE
    if _is_sent_on(mail):
        if not _quotes_more(mail):
            is_whole = bool(other.shared[~_envelope(other)].all())
            return Quotation.SENT_ON if is_whole else Quotation.NONE
    elif not _says_more(mail):
        return Quotation.NONE
    elif not _is_quoted(other):
        return Quotation.BOTH if _is_marked(other, _ANSWERED) else Quotation.NONE
    return Quotation.WHOLE if mail.length >= other.length else Quotation.PART


def _answers(mail: _Mail) -> bool:
    return _shares_quoted(mail) and not _is_sent_on(mail) and _says_more(mail)


def _shares_quoted(mail: _Mail) -> bool:
    """Tell whether what both have is nearly all quoted here."""
    both = np.count_nonzero(mail.shared & mail.quoted)
    beside = np.count_nonzero(mail.shared & mail.own)
    return bool(both >= max(_LEAST_QUOTED, _QUOTED_SHARE * (both + beside)))


def _is_sent_on(mail: _Mail) -> bool:
    """Tell whether a mail was sent on with a few words, its signature aside."""
    if not _is_marked(mail, _SENT_ON):
        return False
    return bool(np.count_nonzero(mail.own & ~mail.shared & ~_signature(mail)) < _LEAST_NEW)


def _says_more(mail: _Mail) -> bool:
    """Tell whether so much is new here that it is an answer, or a comment."""
    least = _LEAST_ANSWER if _is_marked(mail, _ANSWERED) else _LEAST_NEW
    new = np.count_nonzero(mail.own & ~mail.shared)
    return bool(new >= max(least, _NEW_SHARE * np.count_nonzero(mail.own)))


def _is_quoted(mail: _Mail) -> bool:
    """Tell whether a text itself says what both have, or has hardly a word besides: else both answer a third one."""
    quoted = np.count_nonzero(mail.quoted & mail.shared)
    if quoted <= (1 - _QUOTED_SHARE) * np.count_nonzero(mail.shared):
        return True
    introduced = _within(mail.starts, [found.span() for found in _INTRODUCED.finditer(mail.text)])
    besides = np.count_nonzero(~mail.shared & ~mail.head & ~introduced)
    # "I approve" and "I object" are two answers.
    most = _MOST_BESIDES_IN_ANSWER if _is_marked(mail, _ANSWERED) else _MOST_BESIDES
    return bool(besides <= most)


def _is_marked(mail: _Mail, mark: re.Pattern[str]) -> bool:
    """Tell whether the subject in the own head of a mail begins with a mark."""
    end = int(mail.starts[mail.head].max(initial=-1)) + 1
    return bool(end and mark.search(mail.text, 0, end))


def _quotes_more(mail: _Mail) -> bool:
    """Tell whether a mail quotes much besides the other, heads aside: a whole exchange of letters."""
    heads = _within(mail.starts, [at.span() for at in _ANY_HEAD.finditer(mail.text)])
    return bool(np.count_nonzero(mail.quoted & ~mail.shared & ~heads) >= _LEAST_NEW)


def _envelope(mail: _Mail) -> NDArray[np.bool_]:
    """Tell which tokens of the head of a mail say to whom it went and when; its subject is none of them."""
    return mail.head & _within(mail.starts, [at.span() for at in _ENVELOPE.finditer(mail.text)])


def _signature(mail: _Mail) -> NDArray[np.bool_]:
    """Tell which tokens stand between the last closing of a mail and what it quotes; none if that is much."""
    nothing = np.zeros(len(mail.starts), bool)
    own, quoted = mail.starts[mail.own], mail.starts[mail.quoted]
    if not len(own):
        return nothing
    later = quoted[quoted > own[0]]
    end = int(later[0]) if len(later) else len(mail.text)
    closings = list(_CLOSING.finditer(mail.text, int(own[0]), end))
    if not closings or _POSTSCRIPT.search(mail.text, closings[-1].end(), end):
        return nothing
    signature = _within(mail.starts, [(closings[-1].start(), end)])
    return signature if np.count_nonzero(signature) <= _LONGEST_SIGNATURE else nothing


@lru_cache(maxsize=128)  # asked again for every pair of a text
def _quotes(text: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Return where a text quotes another one, and where its own head is; each in order, none in another."""
    own = _HEAD.match(text)
    head = [own.span()] if own and "@" in own[0] else []
    may_quote = text.startswith(">") or any(sign in text for sign in _QUOTING)
    quoted = [found.span() for found in _QUOTED_LINE.finditer(text)] if may_quote else []
    if head:
        end = head[0][1]
        later = [at.start() for at in _HEAD.finditer(text, end) if "@" in at[0]][:1]
        later += [at.start() for at in [_FROM.search(text, end)] if at]
        if later:
            start = min(later)
            quoted = [*(span for span in quoted if span[0] < start), (start, len(text))]
    return quoted, head


def _within(starts: NDArray[np.int32], spans: Sequence[tuple[int, int]]) -> NDArray[np.bool_]:
    """Tell which tokens begin in one of the spans: bool (n,)."""
    if not spans:
        return np.zeros(len(starts), bool)
    edges = starts.searchsorted(np.array(spans, np.int64))
    depth = np.zeros(len(starts) + 1, np.int64)
    np.add.at(depth, edges[:, 0], 1)
    np.add.at(depth, edges[:, 1], -1)
    inside: NDArray[np.bool_] = np.cumsum(depth[:-1]) > 0
    return inside
