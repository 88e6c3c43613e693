"""What the checks on a model are worth: python benchmarks/meaning.py FOLDER (the open corpora, unpacked).

Without any model. First the figures: how many true translations they confirm, how many other pairs they let through.
Then the calibration: cuts fitted on small samples of lexical vectors, which have subjects and near misses as those of
models do, against all unrelated pairs of all corpora. Then the rounding of stored vectors.
"""

from __future__ import annotations

import csv
import itertools
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from dedupe_app.embed.calibration import Sample, calibrate
from dedupe_app.engine.near_texts import find_families
from dedupe_app.engine.pipeline import scan
from dedupe_app.engine.same_meaning import LEAST_WORDS
from dedupe_app.engine.scan_messages import ScanFinished, ScanOptions
from dedupe_app.records import Extracted, FigureProfile
from dedupe_app.settings import ReadLimits
from dedupe_app.similarity.agreement import compare_figures, profile
from dedupe_app.store import documents, spaces
from dedupe_app.store.database import open_library
from dedupe_app.text.canonical import canonicalise
from dedupe_app.text.extract import extract
from dedupe_app.text.tokens import tokenise

if TYPE_CHECKING:
    from numpy.typing import NDArray

SIZES = (100, 150, 300, 600)


def main() -> None:
    """Print all three tables."""
    corpora = Path(sys.argv[1])
    print_figures(corpora / "translations")
    print_cuts(corpora)
    print_rounding()


def print_figures(corpus: Path) -> None:
    """Print what the figures say of true translations and of all other pairs."""
    known: list[tuple[str, FigureProfile]] = []
    with (corpus / "truth.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            read = extract(corpus / row["path"], ReadLimits())
            if isinstance(read, Extracted):
                own = row["group"] or row["path"]
                known.append((own, profile(tokenise(canonicalise(read.text)))))
    counts = {True: [0, 0, 0, 0], False: [0, 0, 0, 0]}
    for (group_a, a), (group_b, b) in itertools.combinations(known, 2):
        found = compare_figures(a, b)
        own = counts[group_a == group_b]
        own[{True: 0, False: 1, None: 2}[found.fits]] += 1
        own[3] += found.firm
    for same, (fit, refuted, unsure, firm) in counts.items():
        what = "translations" if same else "other pairs"
        total = fit + refuted + unsure
        print(
            f"{what}: {total:,}, {fit / total:.4f} confirmed ({firm:,} firmly), "
            f"{refuted:,} refuted, {unsure:,} unsure"
        )


def print_cuts(corpora: Path) -> None:
    """Print the cuts that samples of several sizes lead to, and the share of all unrelated pairs that reach them."""
    vectors, family = lexical_vectors(corpora)
    row, column = np.triu_indices(len(vectors), 1)
    unrelated = (vectors @ vectors.T)[row, column][family[row] != family[column]]
    print(f"{len(vectors):,} texts, {len(unrelated):,} unrelated pairs")
    for size in SIZES:
        for first in range(0, 3 * size, size):
            part = slice(first, first + size)
            a, b = np.triu_indices(size, 1)
            own = family[part]
            cosines = (vectors[part] @ vectors[part].T)[a, b][own[a] != own[b]]
            found = calibrate(
                Sample(tuple(range(size)), cosines, np.zeros(0, np.float32)), "lexical"
            )
            share, strict = (float((unrelated >= cut).mean()) for cut in (found.cut, found.strict))
            print(
                f"{size} texts: cut {found.cut:.3f} ({share:.1e} of all pairs), "
                f"strict {found.strict:.3f} ({strict:.1e})"
            )


def lexical_vectors(corpora: Path) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Scan all corpora; return the lexical vectors, float32 (n, 256), in order of hashes, and the family of each."""
    with tempfile.TemporaryDirectory() as place, open_library(Path(place, "library")) as library:
        last = list(scan(library, ScanOptions((corpora,))))[-1]
        assert isinstance(last, ScanFinished)
        texts = [text for text, _ in documents.texts_in_scope(library)]
        words = spaces.word_counts(library, texts)
        texts = [text for text in texts if words[text] >= LEAST_WORDS]
        vectors = documents.vectors(library, texts, "lexical-1", np.int8).astype(np.float32)
        families = find_families(spaces.related_texts(library))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors, np.array([families.get(text, text) for text in texts], np.int64)


def print_rounding() -> None:
    """Print the largest error of a cosine when unit vectors of 256 numbers are kept in fewer bits."""
    chance = np.random.default_rng(1)
    exact = chance.standard_t(4, (3000, 256)) + chance.normal(size=256)
    exact = (exact / np.linalg.norm(exact, axis=1, keepdims=True)).astype(np.float32)
    peak = np.abs(exact).max(axis=1, keepdims=True)
    kept = {"float16": exact.astype(np.float16), "int8": np.rint(exact / peak * 127)}
    for name, rounded in kept.items():
        unit = rounded.astype(np.float64)
        unit /= np.linalg.norm(unit, axis=1, keepdims=True)
        error = np.abs(exact.astype(np.float64) @ exact.T - unit @ unit.T)
        print(
            f"{name}: cosines are off by {error.max():.1e} at most, {error.mean():.1e} on average"
        )


if __name__ == "__main__":
    main()
