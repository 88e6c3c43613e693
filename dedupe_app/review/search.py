"""What makes hits of what was found: lists in one order, snippets with marks, languages. Pure functions of text."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from dedupe_app.records import Snippet, Why

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from dedupe_app.records import Term

# Reciprocal rank fusion (Cormack, Clarke and Buettcher 2009): being high in one list counts, being in two counts more.
_K = 60
_WIDTH = 200
_BEFORE = 60
_MOST_MARKS = 400
_SLOW_CHARS = 300_000
_SAMPLE_CHARS = 4_000
# Only from the beginning of a word: tried again from each of its letters, a long one took forever.
_ODD_WORD = re.compile(r"(?<!\w)\w*[^\W\x00-\x7f]\w*")
_SENTENCE = re.compile(r"[.!?:]\s+|[\u3002\uff01\uff1f]\s*|\n\s*")
_SPACES = re.compile(r"[\s\u200b\ufeff]+")
_MARKUP = re.compile(r"[#*_=|>~`-]{2,}|(?:^|(?<=\n))[#>*-](?= )")

_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("hi", re.compile("[\u0900-\u097f]")),
    ("uk", re.compile("[\u0456\u0457\u0454\u0491]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
)
_SCRIPT_SHARE = 0.1
# Words that are common in one language and rare in the others.
_COMMON = {
    "en": "the and of is are that with for this from which not be have was it to in on by or an how when what who",
    "de": "der die und das ist nicht mit von den dem ein eine auf werden sich f\u00fcr",
    "fr": "le les et des est une dans pour que qui sur pas avec au du sont",
    "es": "el los y las una por con para que del se es como m\u00e1s su al",
    "it": "il di che la per con del della una sono non gli nel alla \u00e8 dei",
    "pt": "o os e as uma para com n\u00e3o que do da em no na dos s\u00e3o",
    "nl": "de het een van en niet met voor zijn op dat te aan wordt ook bij",
}
_WORDS = {language: frozenset(words.split()) for language, words in _COMMON.items()}
_LEAST_WORDS, _LEAST_LEAD = 3, 1.3


def fuse(lists: Mapping[Why, Sequence[int]]) -> list[tuple[int, tuple[Why, ...]]]:
    """Put lists, best first, into one: what is near the top of more of them comes first; and why it is there."""
    scores: dict[int, float] = {}
    reasons: dict[int, list[Why]] = {}
    for why, found in lists.items():
        for rank, key in enumerate(dict.fromkeys(found)):
            scores[key] = scores.get(key, 0.0) + 1.0 / (_K + rank)
            reasons.setdefault(key, []).append(why)
    order = sorted(scores, key=lambda key: -scores[key])  # stable: the first list decides
    return [(key, tuple(reasons[key])) for key in order]


def telling(terms: Sequence[Term]) -> list[Term]:
    """Return the terms that are worth being pointed out: no articles and the like, unless there is nothing else."""
    common = frozenset[str]().union(*_WORDS.values())
    return [term for term in terms if term.words not in common] or list(terms)


def make_snippet(text: str, terms: Sequence[Term]) -> Snippet:
    """Return the piece of a text in which most of the terms stand, or its beginning if none does."""
    found = _places(text, terms)
    first, last = _best_window(found)
    start = _start(text, first) if found else 0
    end = max(start + _WIDTH, last)
    marks = [(a, b) for _, a, b in found if start <= a and b <= end]
    return _on_one_line(text, start, min(end, len(text)), marks)


def language_of(text: str) -> str:
    """Return the code of the language of a text, such as "de"; "" where it cannot be told from a look at it."""
    sample = text[:_SAMPLE_CHARS]
    letters = sum(map(str.isalpha, sample))
    for language, script in _SCRIPTS:
        if len(script.findall(sample)) > _SCRIPT_SHARE * letters / (5 if language == "uk" else 1):
            return language
    words = Counter(re.findall(r"\w+", sample.lower()))
    votes = sorted(
        ((sum(words[word] for word in known), language) for language, known in _WORDS.items()),
        reverse=True,
    )
    (most, language), (second, _) = votes[:2]
    return language if most >= _LEAST_WORDS and most >= _LEAST_LEAD * second else ""


# ---- where the terms are -----------------------------------------------------------------------


def _places(text: str, terms: Sequence[Term]) -> list[tuple[int, int, int]]:
    """Return (number of the term, first, last + 1) of where the terms stand, in order, without overlaps."""
    plain = _lower(text)
    found = [
        (number, *place) for number, term in enumerate(terms) for place in _plainly(plain, term)
    ]
    if not found and terms:
        found = list(_oddly(text[:_SLOW_CHARS], terms))
    found.sort(key=lambda each: (each[1], -each[2]))
    apart: list[tuple[int, int, int]] = []
    for each in found[:_MOST_MARKS]:
        if not apart or each[1] >= apart[-1][2]:
            apart.append(each)
    return apart


def _plainly(plain: str, term: Term) -> Iterator[tuple[int, int]]:
    """Yield the places of a term in a text without capitals."""
    words = re.findall(r"\w+", term.words)
    if not words:
        return
    pattern = r"[\W_]+".join(map(re.escape, words))
    count = 0
    for match in re.finditer(pattern, plain):
        first, last = match.span()
        dense = _is_dense(plain[first]) or _is_dense(plain[last - 1])
        if not dense and first and plain[first - 1].isalnum():
            continue
        if not dense and last < len(plain) and plain[last].isalnum():
            if not term.is_prefix:
                continue
            while last < len(plain) and plain[last].isalnum():
                last += 1
        yield first, last
        count += 1
        if count == _MOST_MARKS:
            return


def _oddly(text: str, terms: Sequence[Term]) -> Iterator[tuple[int, int, int]]:
    """Yield the places of words that are written with other signs than they were asked for: accents, ligatures."""
    wanted = {_bare(term.words): number for number, term in enumerate(terms)}
    grows = [(bare, number) for bare, number in wanted.items() if terms[number].is_prefix]
    for match in _ODD_WORD.finditer(text):
        bare = _bare(match.group())
        number = wanted.get(bare, -1)
        if number < 0:
            number = next((own for start, own in grows if bare.startswith(start)), -1)
        if number >= 0:
            yield number, *match.span()


def _bare(word: str) -> str:
    parted = unicodedata.normalize("NFKD", word.casefold().replace("\u00ad", ""))
    return "".join(letter for letter in parted if not unicodedata.combining(letter)).casefold()


def _lower(text: str) -> str:
    """Return the text without capitals, each letter in its place."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)


def _is_dense(letter: str) -> bool:
    return letter >= "\u0e00" and unicodedata.category(letter) == "Lo"


# ---- which piece is shown ----------------------------------------------------------------------


def _best_window(found: Sequence[tuple[int, int, int]]) -> tuple[int, int]:
    """Return first and last + 1 of the marks that hold most different terms close together."""
    best, score = (0, 0), (0, 0)
    for at, (_, first, last) in enumerate(found):
        inside = [
            each for each in found[at : at + 24] if each[2] <= max(first + _WIDTH - _BEFORE, last)
        ]
        own = len({number for number, *_ in inside}), min(len(inside), 3)
        if own > score:
            best, score = (first, inside[-1][2]), own
    return best


def _start(text: str, first: int) -> int:
    """Return where a piece begins that shows what stands at `first`: with its sentence, if that is near."""
    before = text[max(0, first - _BEFORE) : first]
    ends = [match.end() for match in _SENTENCE.finditer(before)]
    if ends:
        return first - len(before) + ends[-1]
    if first <= _BEFORE:
        return 0
    space = before.find(" ")
    return first - len(before) + (space + 1 if space >= 0 else 0)


def _on_one_line(text: str, start: int, end: int, marks: Iterable[tuple[int, int]]) -> Snippet:
    """Return a piece of a text with single spaces, cut between words, and its marks where they are then."""
    if end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        space = text.rfind(" ", start, end)
        if space > max([start + _WIDTH // 2, *(last for _, last in marks)]):
            end = space
    pieces: list[str] = []
    length, at = 0, start
    moved: list[tuple[int, int]] = []

    def add(part: str) -> None:
        nonlocal length
        part = _SPACES.sub(" ", _MARKUP.sub(" ", part))
        if (not pieces or pieces[-1].endswith(" ")) and part.startswith(" "):
            part = part[1:]
        if part:
            pieces.append(part)
            length += len(part)

    if start and not _ends_sentence(text, start):
        add("\u2026")
    for first, last in marks:
        add(text[at:first])
        before = length
        add(text[first:last])
        moved.append((before, length))
        at = last
    add(text[at:end])
    if end < len(text.rstrip()):
        add("\u2026")
    return Snippet("".join(pieces).rstrip(), tuple(moved))


def _ends_sentence(text: str, at: int) -> bool:
    before = text[:at].rstrip(" \t")[-1:]
    return not before or before in ".!?:\n\u3002\uff01\uff1f"
