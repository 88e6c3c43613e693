"""Says in one sentence, from the changes of a pair, why two files are what the program says they are."""

from __future__ import annotations

import re
from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING

import numpy as np

from dedupe_app.records import Changes, Relation

if TYPE_CHECKING:
    from dedupe_app.records import Agreement, Evidence, Tokens
    from dedupe_app.similarity.alignment import Alignment, Block

MOST_EXAMPLES = 5
_LONGEST_EXAMPLE = 80
_DATE = re.compile(r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})")
_TIME = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?")
_AMOUNT = re.compile(r"\d[\d.,]*[.,]\d{2}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_MONTHS = frozenset(
    "january february march april may june july august september october november december "
    "januar februar märz mai juni juli oktober dezember janvier février mars avril juin juillet août septembre octobre "
    "novembre décembre enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()
)


def describe(a: Tokens, b: Tokens, alignment: Alignment) -> Changes:
    """Sum up an alignment: how many words were replaced, added and removed, of which kinds, with examples.

    Figures and identifiers come first among the examples, then words, in the order of the text.
    """
    replaced = added = removed = 0
    kinds: dict[str, None] = {}
    examples: list[tuple[bool, int, Block]] = []
    for block in alignment.blocks:
        both = min(len(block.a), len(block.b))
        replaced += both
        added += len(block.b) - both
        removed += len(block.a) - both
        if both:
            words = (*map(a.word, block.a), *map(b.word, block.b))
            found = {kind: None for word in words if (kind := _kind(word))}
            kinds |= found
            examples.append((not found, block.at, block))
    best = sorted(examples, key=itemgetter(0, 1))[:MOST_EXAMPLES]
    figures = np.minimum(
        alignment.only_a.sums(a.figures.astype(np.float64)),
        alignment.only_b.sums(b.figures.astype(np.float64)),
    ).sum()
    return Changes(
        replaced,
        added,
        removed,
        int(figures),
        tuple(kinds),
        tuple((_shown(a, block.a), _shown(b, block.b)) for _, _, block in best),
    )


def flipped(changes: Changes) -> Changes:
    """Return the changes seen from the other text."""
    examples = tuple((new, old) for old, new in changes.examples)
    return Changes(
        changes.replaced, changes.removed, changes.added, changes.figures, changes.kinds, examples
    )


def sentence(relation: Relation | None, evidence: Evidence, *, direct: bool = True) -> str:
    """Say in one sentence how a file differs from the one it is compared with.

    `direct`: False when the two are in one group only through other files of it.
    """
    changes = evidence.changes
    if not direct:
        return (
            "Belongs to the group through other files of it; it differs more from the file to keep."
        )
    if relation is Relation.IDENTICAL:
        return "The same file, byte for byte."
    if relation is Relation.SAME_TEXT:
        return "The same text, letter for letter; only format or layout differ."
    if relation is Relation.SAME_MEANING:
        return evidence.support or "The same in other words, as far as the model can tell."
    if relation is Relation.CONTAINED:
        return f"{evidence.contained:.0f} % of the shorter text stands in the longer one."
    what = _what_changed(changes)
    if relation is Relation.SAME_TEMPLATE:
        return f"The same wording for another matter: {what}."
    if not (changes.replaced or changes.added or changes.removed):
        return "The same words, some perhaps misread or mistyped; only signs, pictures, links or page headers differ."
    return f"{what[0].upper()}{what[1:]}."


def say_agreement(agreement: Agreement) -> str:
    """Say what speaks for two texts of the same meaning besides the model."""
    told = "The same in other words, as far as the model can tell"
    if agreement.fits is None:
        return f"{told}; there are no figures to check it by."
    return f"{told}; {agreement.shared:,} of {agreement.all:,} figures agree."


def _what_changed(changes: Changes) -> str:
    parts = []
    if changes.replaced:
        among = f", among them {_listed(changes.kinds)}" if changes.kinds else ""
        parts.append(f"{_counted(changes.replaced)} replaced{among}")
    if changes.added:
        parts.append(f"{_counted(changes.added)} only here")
    if changes.removed:
        parts.append(f"{_counted(changes.removed)} missing here")
    return "; ".join(parts) or "no words differ"


def _counted(number: int) -> str:
    return "1 word" if number == 1 else f"{number:,} words"


def _listed(kinds: tuple[str, ...]) -> str:
    return kinds[0] if len(kinds) == 1 else f"{', '.join(kinds[:-1])} and {kinds[-1]}"


def _shown(tokens: Tokens, block: tuple[int, ...]) -> str:
    text = " ".join(map(tokens.word, block))
    return text if len(text) <= _LONGEST_EXAMPLE else text[: _LONGEST_EXAMPLE - 1] + "…"


@lru_cache(maxsize=8_192)  # the words of one template come again and again
def _kind(word: str) -> str:
    if _DATE.fullmatch(word) or _YEAR.fullmatch(word) or word in _MONTHS:
        return "a date"
    if _TIME.fullmatch(word):
        return "a time"
    if _AMOUNT.fullmatch(word):
        return "an amount"
    if any(char.isdigit() for char in word):
        return "an identifier" if any(char.isalpha() for char in word) else "a number"
    return ""
