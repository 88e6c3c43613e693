"""What a cosine means in one space: cuts from the user's own texts, or cautious ones where these are too few.

Computes only. Models differ so much (unrelated texts lie at .1 in one and at .7 in another) that no cut fits all.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from dedupe_app.records import Calibration

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Raised whenever the cuts are found in another way, so that spaces are calibrated anew.
CALIBRATION_VERSION = 1
# Of so many unrelated pairs one may reach the cut; of the strict cut nothing but the cosine speaks for a pair.
FALSE_PER_PAIR, STRICT_PER_PAIR = 1e-5, 1e-7
LEAST_TEXTS = 100
MOST_TEXTS = 600
# The part of the pairs from which the tail is fitted.
TAIL = 0.01
_LEAST_TAIL = 40
# Few pairs may have a short tail by chance: the scale is widened by so many of its standard errors.
_MARGIN = 1.5
_HIGHEST = 0.995
# For libraries with too few texts to measure. Guesses on the careful side: no pair was measured in these spaces.
_CAREFUL = {"qwen3": (0.85, 0.93)}
_CAREFUL_OTHERS = (0.88, 0.95)


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """Cosines among some texts. `unrelated`: of pairs that count as such; `copies`: of pairs known to be revisions.

    Pairs whose figures agree are not among the unrelated ones: they may be translations of each other.
    """

    texts: tuple[int, ...]
    unrelated: NDArray[np.float32]
    copies: NDArray[np.float32]


def calibrate(sample: Sample, space: str) -> Calibration:
    """Find the cuts of a space: where one unrelated pair of 100,000 would lie (of 10 million for the strict one).

    The cosines above the 99th percentile are taken for an exponential tail (on atanh of the cosine, which is nearly
    normal, so that the tail falls faster than that: the cuts err on the careful side), with the median excess as its
    scale, which some undetected translations do not move.
    """
    careful = careful_cuts(space)
    told = _told(sample)
    if len(sample.texts) < LEAST_TEXTS or len(sample.unrelated) * TAIL < _LEAST_TAIL:
        return Calibration(*careful, fitted=False, **told)
    cuts = _fitted(sample.unrelated, FALSE_PER_PAIR), _fitted(sample.unrelated, STRICT_PER_PAIR)
    reached = float((sample.unrelated >= cuts[0]).mean())
    return Calibration(*cuts, false_share=reached, fitted=True, **told)


def likely_cut(found: Calibration, texts: int) -> float:
    """Return from which cosine on a pair may mean the same if other evidence is firm; never above the cut.

    One unrelated pair of a hundred reaches it, fewer in large libraries: about two pairs for each of `texts`.
    """
    if not found.fitted or found.unusual is None:
        return found.cut
    share = min(TAIL, 4 / 2 ** math.ceil(math.log2(max(1, texts))))
    # The tail is a line through the 99th percentile and the cut; see calibrate.
    low, high = math.atanh(min(found.unusual, found.cut)), math.atanh(found.cut)
    way = math.log(TAIL / share) / math.log(TAIL / FALSE_PER_PAIR)
    return min(found.cut, math.tanh(low + (high - low) * way))


def careful_cuts(space: str) -> tuple[float, float]:
    """Return cut and strict cut for a space of which too little is known."""
    return next((cuts for word, cuts in _CAREFUL.items() if word in space.lower()), _CAREFUL_OTHERS)


def _fitted(cosines: NDArray[np.float32], share: float) -> float:
    heights = np.arctanh(np.clip(cosines.astype(np.float64), -0.9999, 0.9999))
    start = float(np.quantile(heights, 1 - TAIL))
    excess = heights[heights > start] - start
    scale = float(np.median(excess)) / math.log(2) if len(excess) else 0.0
    scale *= 1 + _MARGIN / math.sqrt(max(1, len(excess)))
    cut = math.tanh(start + scale * math.log(TAIL / share))
    return round(min(_HIGHEST, max(0.0, cut)), 4)


def _told(sample: Sample) -> dict[str, Any]:
    def at(values: NDArray[np.float32], share: float) -> float | None:
        return round(float(np.quantile(values, share)), 4) if len(values) else None

    return {
        "texts": len(sample.texts),
        "pairs": len(sample.unrelated),
        "usual": at(sample.unrelated, 0.5),
        "unusual": at(sample.unrelated, 1 - TAIL),
        "copies": len(sample.copies),
        "copies_usual": at(sample.copies, 0.5),
        "copies_low": at(sample.copies, 0.05),
        "sample": sample.texts,
        "version": CALIBRATION_VERSION,
    }
