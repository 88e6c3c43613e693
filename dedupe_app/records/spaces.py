"""Records of the spaces that models put texts into, and of what counts as near in them. Data only."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Calibration:
    """What cosines mean in one space, measured on the texts of the library.

    `cut`: from this cosine on two texts may mean the same, if their figures agree; `strict`: if there are no figures to
    compare. `texts`, `pairs`: how many were looked at. `usual`, `unusual`: cosine of unrelated pairs, median and 99th
    percentile. `false_share`: how many of the unrelated pairs reach the cut, 0-1. `copies`: pairs known to be
    revisions, with their cosine: median and 5th percentile. `fitted`: False where the library is too small and the cuts
    are those that the program brings along. `sample`: the numbers of the texts that were looked at. `version`:
    of the way to measure.
    """

    cut: float
    strict: float
    texts: int = 0
    pairs: int = 0
    usual: float | None = None
    unusual: float | None = None
    false_share: float | None = None
    copies: int = 0
    copies_usual: float | None = None
    copies_low: float | None = None
    fitted: bool = False
    sample: tuple[int, ...] = ()
    version: int = 0


@dataclass(frozen=True, slots=True)
class Space:
    """One space as the library knows it.

    `request` names what was asked for, `embedder` says it as the user did. `account`: what it ran on, in sentences.
    `words_per_second`: how fast the last texts were, None before.
    """

    number: int
    name: str
    request: str
    embedder: str
    dimensions: int
    dtype: str
    account: tuple[str, ...]
    words_per_second: float | None
    calibration: Calibration | None


@dataclass(frozen=True, slots=True)
class FigureProfile:
    """The figures and identifiers of one text, as often as they occur, and its size in UTF-8 and in tokens."""

    counts: Counter[str] = field(default_factory=Counter)
    size_bytes: int = 0
    tokens: int = 0


@dataclass(frozen=True, slots=True)
class Agreement:
    """Whether two texts may be one in other words, by what every language writes alike.

    `shared`, `all`: figures and identifiers that both have, and that either has. `fits`: True if they agree, False if
    they do not or the lengths are not plausible, None if there are too few to tell. `firm`: so many agree so well that
    this is hardly chance.
    """

    shared: int
    all: int
    fits: bool | None
    firm: bool = False
