"""Records of how texts are alike, and of the groups that follow. Data only."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from dedupe_app.records.review import Decision, Role
    from dedupe_app.records.texts import Tokens


class Relation(StrEnum):
    """How two files are alike, strongest first. Fixed words: code, tables, window and CSV."""

    IDENTICAL = "identical"
    SAME_TEXT = "same-text"
    REVISION = "revision"
    CONTAINED = "contained"
    SAME_TEMPLATE = "same-template"
    SAME_MEANING = "same-meaning"


# What is marked without being asked for; anything else a person marks, or rules that a person applies.
SAME_TEXTS = frozenset({Relation.IDENTICAL, Relation.SAME_TEXT})


class GroupKind(StrEnum):
    """What the members of a group share."""

    DUPLICATES = "duplicates"
    CONTAINED = "contained"
    TEMPLATE = "template"
    MEANING = "meaning"


class Quotation(IntEnum):
    """Whether two texts answer a third one, or one the other: quotes a part of it, (nearly) all, or sends it on."""

    NONE = 0
    BOTH = 1
    PART = 2
    WHOLE = 3
    SENT_ON = 4


@dataclass(frozen=True, slots=True, eq=False)
class Comparable:
    """One text, ready to be compared: `key` names it; `words` and `shingles` are sorted, distinct uint64 hashes."""

    key: int
    tokens: Tokens
    words: NDArray[np.uint64]
    shingles: NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Measures:
    """What was measured on a pair of texts; shares are 0-1. Those that were not needed keep their default.

    length_ratio: shorter / longer token count; shorter: the shorter count. jaccard, containment: of three-word
    shingles; weighted_*: the same with crowd weights. replaced: weight replaced / (replaced + kept). head_*: in the
    first 40 tokens, counting only what occurs nowhere in the other text; title_words: the same in the first 20.
    identifiers: replaced by others of the same form, in the head; title_identifiers: by others that share a part, in
    the title. figure_share: of all changed tokens. *_slots, slot_share: similarity/slots.py; varying_*: places where
    the crowd has other values again; telling_slots: with a word, an amount or a long number. frame: share that two
    others of the crowd have word for word. exchanged: how often the most exchanged word of the head is, both words
    being only in their own text; half_exchanged: one of them; title_exchanged: the same in the title;
    anywhere_exchanged: in the whole text, one of them being only in its own. value_share: of all that stands against
    something else, what lies in value slots. head_changed: words of the head without a counterpart, on the side with
    fewer; new_title_words: of the title, lacking in the other text, on both sides; particulars: shingles of the head
    that both have, and few others; form_words: words of the form for which the other has others, form_lacking: that it
    lacks (similarity/particulars.py). quotation: one answers the other, or sends it on (similarity/answers.py).
    words_per_token: less than 1 in scripts without spaces. references: numbers of documents or cases in the head that
    stand against others; title_numbers: such of three digits or more in the title, behind a word for "number".
    """

    length_ratio: float
    shorter: int
    jaccard: float
    containment: float
    weighted_jaccard: float = 0.0
    weighted_containment: float = 0.0
    replaced: float = 1.0
    head_replaced: float = 1.0
    head_figures: int = 0
    head_words: int = 0
    title_words: int = 0
    identifiers: int = 0
    figure_share: float = 0.0
    figure_slots: int = 0
    rare_figure_slots: int = 0
    framed_name_slots: int = 0
    slot_share: float = 0.0
    frame: float = 0.0
    exchanged: int = 0
    half_exchanged: int = 0
    title_exchanged: int = 0
    telling_slots: int = 0
    anywhere_exchanged: int = 0
    title_identifiers: int = 0
    varying_slots: int = 0
    varying_head_slots: int = 0
    value_share: float = 1.0
    head_changed: int = 0
    new_title_words: int = 0
    particulars: int = 0
    form_words: int = 0
    form_lacking: int = 0
    quotation: Quotation = Quotation.NONE
    words_per_token: float = 1.0
    references: int = 0
    title_numbers: int = 0


@dataclass(frozen=True, slots=True)
class Changes:
    """What is different from one text to another, in words. `kinds`: what was replaced, such as "the date"."""

    replaced: int = 0
    added: int = 0
    removed: int = 0
    figures: int = 0
    kinds: tuple[str, ...] = ()
    examples: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why two texts are, or are not, duplicates. `relation` is None when they are simply different.

    `similarity`, `shared_text`, `contained`: 0-100. `changes`: from the first text to the second. `support`: what else
    speaks for it, in words.
    """

    relation: Relation | None
    similarity: float
    shared_text: float
    contained: float
    changes: Changes
    support: str = ""


@dataclass(frozen=True, slots=True)
class PairState:
    """In which crowds a pair was compared, and what matters for the crowds of others."""

    family: bool
    first_crowds: bytes
    sure: bool
    crowds: bytes


@dataclass(frozen=True, slots=True)
class Pair:
    """The verified comparison of two texts, with the crowds it was made in.

    `family`: surely one, whatever the crowd. `first_crowds` names the crowds without families, `sure` what came of
    them; `crowds` names the final ones, `evidence` what came of those.
    """

    text_a: int
    text_b: int
    family: bool
    first_crowds: bytes
    sure: bool
    crowds: bytes
    evidence: Evidence

    @property
    def state(self) -> PairState:
        """Leave out the evidence."""
        return PairState(self.family, self.first_crowds, self.sure, self.crowds)


@dataclass(frozen=True, slots=True)
class GroupMember:
    """One file in a group, compared with the keeper. `strength` 0-1: how firmly it belongs.

    `meaning`: cosine of the two in the space of a model, None without one.
    """

    file: int
    role: Role
    decision: Decision
    relation: Relation | None
    evidence: Evidence | None
    strength: float
    reason: str
    meaning: float | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A group of files, keeper first. `number` 0: not yet stored."""

    kind: GroupKind
    members: tuple[GroupMember, ...]
    reclaimable_bytes: int
    similarity: float
    number: int = 0
