"""What the doctor says of models: which are there, what the library has from each, how fast, and what cosines mean.

Loads no model: it tells what was found out when one was last used.
"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from dedupe_app.embed.calibration import likely_cut
from dedupe_app.embed.weights import KNOWN_MODELS, find
from dedupe_app.engine.findings import Finding, State
from dedupe_app.errors import LibraryError
from dedupe_app.store.database import open_for_reading
from dedupe_app.store.spaces import all_spaces, count_all

if TYPE_CHECKING:
    from pathlib import Path

    from dedupe_app.records import Calibration, Space

# Of the unrelated pairs one in 100,000 should reach the cut.
_BLIND_SHARE = 0.01
_RETRY = "Try them again with: dedupe-app scan FOLDER --retry-failed"


def find_models(library: Path) -> list[Finding]:
    """Tell which embedders can be used, and how it is with each one that the library knows."""
    there = [name for name in KNOWN_MODELS if find(name) is not None]
    embedders = ", ".join(["lexical (built in)", *there])
    hint = "" if there else "Get one with: dedupe-app models download qwen3-0.6b"
    told = "models by folder or by server are known when they are used"
    return [Finding("Embedders", State.OK, f"{embedders}; {told}", hint), *_known(library)]


def _known(library: Path) -> list[Finding]:
    if not library.exists():
        return []
    try:
        with closing(open_for_reading(library)) as opened:
            spaces = [(space, *count_all(opened, space.number)) for space in all_spaces(opened)]
    except LibraryError:
        return []  # the line about the library says so
    return [finding for known in spaces for finding in _findings(*known)]


def _findings(space: Space, vectors: int, failures: int) -> list[Finding]:
    speed = space.words_per_second
    parts = [
        f"{space.embedder}: {vectors:,} texts",
        f"{space.dimensions} numbers each ({space.dtype})",
        *([f"{failures:,} could not be taken"] if failures else []),
        *([f"{speed:,.0f} words a second the last time"] if speed else []),
    ]
    state = State.LIMITED if failures else State.OK
    detail = " ".join([", ".join(parts) + ".", *space.account])
    return [
        Finding("Model", state, detail, _RETRY if failures else ""),
        _calibration(space.calibration, vectors),
    ]


def _calibration(found: Calibration | None, texts: int) -> Finding:
    if found is None:
        return Finding("Calibration", State.MISSING, "not made yet", "The next scan makes it.")
    told = (
        f"the same meaning from a cosine of {found.cut:.3f} on, {likely_cut(found, texts):.3f} where many figures "
        f"agree, {found.strict:.3f} without figures"
    )
    if not found.fitted:
        detail = f"{told}: careful guesses, because {found.texts:,} texts are too few to measure"
        return Finding("Calibration", State.LIMITED, detail, "It is measured from 100 texts on.")
    detail = (
        f"{told}; {found.pairs:,} unrelated pairs of {found.texts:,} texts lie at {found.usual:.3f} "
        f"(99 % below {found.unusual:.3f}), {100 * (found.false_share or 0):.4f} % of them above the cut"
    )
    blind = (
        "This model tells texts of this library badly apart: few will be found by their meaning."
    )
    if (found.false_share or 0) > _BLIND_SHARE:
        return Finding("Calibration", State.LIMITED, detail, blind)
    if found.copies_usual is None or found.copies_low is None:
        return Finding("Calibration", State.OK, f"{detail}; no revisions are known to compare with")
    detail += f"; {found.copies:,} known revisions at {found.copies_usual:.3f} (95 % above {found.copies_low:.3f})"
    if found.copies_usual < likely_cut(found, texts):
        return Finding("Calibration", State.LIMITED, detail, blind)
    return Finding("Calibration", State.OK, detail)
