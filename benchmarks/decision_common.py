"""What all development corpora share: documents, overlap of texts, the written form."""

from __future__ import annotations

import csv
import random
import re
import shutil
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_matrix

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

COLUMNS = [
    "path",
    "group",
    "relation",
    "family",
    "level",
    "kind",
    "source",
    "lang",
    "sim_to_ref",
    "note",
]


@dataclass
class Doc:
    """One file to be written; an empty group makes it a singleton."""

    text: str
    group: str = ""
    relation: str = "none"
    family: str = ""
    level: str = ""
    kind: str = ""
    source: str = ""
    lang: str = "en"
    sim_to_ref: str = ""
    note: str = ""
    ext: str = "txt"
    path: str = ""


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.lower())


def shingles(text: str, n: int = 5) -> set[tuple[str, ...]]:
    w = words(text)
    return {tuple(w[i : i + n]) for i in range(len(w) - n + 1)}


def jaccard(a: str, b: str) -> float:
    x, y = shingles(a), shingles(b)
    return len(x & y) / max(1, len(x | y))


def overlaps(texts: Sequence[str], least: float) -> Iterator[tuple[int, int, float, float]]:
    """All pairs (i < j) whose word-5-gram Jaccard or containment reaches `least`, with both."""
    seen: dict[tuple[str, ...], int] = {}
    rows, cols, sizes = [], [], []
    for i, t in enumerate(texts):
        found = shingles(t)
        sizes.append(len(found))
        for s in found:
            rows.append(i)
            cols.append(seen.setdefault(s, len(seen)))
    x = csr_matrix(
        (np.ones(len(rows), dtype=np.int32), (rows, cols)), shape=(len(texts), max(1, len(seen)))
    )
    common = (x @ x.T).tocoo()
    for i, j, n in zip(common.row, common.col, common.data, strict=True):
        if i < j:
            jac = n / (sizes[i] + sizes[j] - n)
            inside = n / max(1, min(sizes[i], sizes[j]))
            if max(jac, inside) >= least:
                yield int(i), int(j), float(jac), float(inside)


def level_of(similarity: float) -> str:
    for bound, name in ((0.9, "light"), (0.6, "medium"), (0.25, "heavy"), (0.10, "rewrite")):
        if similarity >= bound:
            return name
    return ""


def without_disputes(docs: list[Doc], jac: float, inside: float) -> tuple[list[Doc], int]:
    """Drop what overlaps a document of another group so much that the truth is open to dispute."""
    bad: set[int] = set()
    own = [d.group or f"#{i}" for i, d in enumerate(docs)]
    for i, j, a, b in overlaps([d.text for d in docs], min(jac, inside)):
        if own[i] == own[j] or own[i] in bad or own[j] in bad or (a < jac and b < inside):
            continue
        bad.add(own[i] if docs[j].group and not docs[i].group else own[j])
    kept = [d for i, d in enumerate(docs) if own[i] not in bad]
    return kept, len(docs) - len(kept)


def ungroup_loners(docs: list[Doc]) -> None:
    count: dict[str, int] = defaultdict(int)
    for d in docs:
        count[d.group] += 1
    for d in docs:
        if d.group and count[d.group] == 1:
            d.group, d.relation, d.level = "", "none", ""


def write(root: Path, name: str, docs: list[Doc], columns: list[str] | None = None) -> None:
    """Files with random names below files/ and truth.csv, sorted by path."""
    ungroup_loners(docs)
    folder = root / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    rng = random.Random("names " + name)
    codes = rng.sample(range(100000), len(docs))
    for doc, code in zip(docs, codes, strict=True):
        if not doc.path:
            doc.path = f"files/{code % 13:02}/d{code:05}.{doc.ext}"
        target = folder / doc.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(doc.text.rstrip("\n") + "\n", encoding="utf-8")
    columns = columns or COLUMNS
    with (folder / "truth.csv").open("w", newline="", encoding="utf-8") as handle:
        out = csv.DictWriter(handle, columns, extrasaction="ignore")
        out.writeheader()
        for doc in sorted(docs, key=lambda d: d.path):
            out.writerow({**vars(doc), "folder": doc.path.split("/")[0]})
