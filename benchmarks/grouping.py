"""Neighbours and groups of synthetic vectors with planted families, against hdbscan.HDBSCAN on the same vectors.

Run: .venv/bin/python benchmarks/grouping.py [--peer-size 20000] [--size 100000] [--seed 0]

Ours: the exact neighbour lists at cosine 0.9, the hierarchy of their pairs, and its cut at 90. The peer: HDBSCAN with
min_cluster_size = 2 and min_samples = 1 on all vectors (Euclidean, which orders unit vectors as the cosine does). Both
run in this process, one after the other; ours five times at the smaller size, and the medians are given. Precision and
recall count pairs of vectors of one planted family. Families are 0.92 or more alike and everything else less than 0.81,
so this measures speed, not judgement.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
import warnings
from typing import TYPE_CHECKING

import numpy as np

from dedupe_app.similarity.groups import build_hierarchy, cut, distances
from dedupe_app.similarity.neighbours import nearest

if TYPE_CHECKING:
    from numpy.typing import NDArray

DIMENSIONS = 256
LEAST_COSINE = 0.9
_TOPICS, _AREAS = 300, 40
_IN_FAMILIES = 0.2
_LARGEST_FAMILY = 30


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--peer-size", type=int, default=20_000, help="vectors for both; 0 leaves the peer out"
    )
    parser.add_argument(
        "--size", type=int, default=100_000, help="vectors for ours alone; 0 leaves this out"
    )
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    if options.peer_size:
        vectors, families = planted(options.peer_size, options.seed)
        ours = _report("ours", vectors, families, our_groups, repeat=5)
        peer = _report("hdbscan", vectors, families, peer_groups)
        print(
            f"ratio at {options.peer_size:,}: {peer[0] / ours[0]:.0f}x wall, {peer[1] / ours[1]:.0f}x CPU"
        )
    if options.size:
        alone = _report("ours", *planted(options.size, options.seed), our_groups)
        if options.peer_size:
            print(
                f"ours at {options.size:,} against hdbscan at {options.peer_size:,}: "
                f"{peer[0] / alone[0]:.1f}x wall, {peer[1] / alone[1]:.1f}x CPU"
            )


def our_groups(vectors: NDArray[np.float32]) -> NDArray[np.int64]:
    """Return the group of each vector, -1 for those alone: int64 (n,)."""
    lists = nearest(vectors, cut=LEAST_COSINE)
    rows = np.repeat(np.arange(len(vectors)), np.diff(lists.starts))
    once = rows < lists.columns
    once |= ~_is_mutual(rows, lists.columns, len(vectors))
    hierarchy = build_hierarchy(
        rows[once], lists.columns[once], distances(100 * lists.cosines[once].astype(np.float64))
    )
    labels = np.full(len(vectors), -1)
    labels[hierarchy.nodes] = cut(hierarchy, 100 * LEAST_COSINE)
    return labels


def peer_groups(vectors: NDArray[np.float32]) -> NDArray[np.int64]:
    """Return what hdbscan makes of the same vectors."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import hdbscan

        return np.asarray(
            hdbscan.HDBSCAN(min_cluster_size=2, min_samples=1).fit_predict(vectors), np.int64
        )


def planted(n: int, seed: int) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Return unit vectors float32 (n, 256) and the family of each, -1 for the singles: int64 (n,).

    300 topics in 40 areas; within a topic cosines of 0.36-0.72, within a family 0.92-1.0; a fifth of the vectors are
    in families of 2-30, a tenth of which hold two equal ones.
    """
    random = np.random.default_rng(seed)
    sizes = _family_sizes(random, int(_IN_FAMILIES * n))
    singles = n - sum(sizes)
    bases = _topic_vectors(random, singles + len(sizes))
    vectors, families = np.empty((n, DIMENSIONS), np.float32), np.full(n, -1, np.int64)
    vectors[:singles] = bases[:singles]
    first = singles
    for family, size in enumerate(sizes):
        alike = random.uniform(0.93, 0.999)
        members = np.sqrt(alike) * bases[singles + family] + np.sqrt(1 - alike) * _unit(
            random, size
        )
        members /= np.linalg.norm(members, axis=1, keepdims=True)
        if random.random() < 0.1:
            members[1] = members[0]
        vectors[first : first + size], families[first : first + size] = members, family
        first += size
    order = random.permutation(n)
    return np.ascontiguousarray(vectors[order]), families[order]


def pair_scores(found: NDArray[np.int64], families: NDArray[np.int64]) -> tuple[float, float]:
    """Return precision and recall of the pairs in one group, against those in one planted family."""
    both = (found >= 0) & (families >= 0)
    right = _pairs(found[both] * (families.max() + 1) + families[both])
    return right / max(1, _pairs(found[found >= 0])), right / max(
        1, _pairs(families[families >= 0])
    )


def _report(name, vectors, families, group, repeat=1) -> tuple[float, float]:  # noqa: ANN001
    runs = []
    for _ in range(repeat):
        start, cpu = time.perf_counter(), time.process_time()
        found = group(vectors)
        runs.append((time.perf_counter() - start, time.process_time() - cpu))
    seconds, cpu = (statistics.median(run[which] for run in runs) for which in (0, 1))
    precision, recall = pair_scores(found, families)
    print(
        f"{name:8} {len(vectors):8,} vectors: {seconds:8.2f} s wall {cpu:8.2f} s CPU, "
        f"precision {precision:.4f}, recall {recall:.4f}, load {os.getloadavg()[0]:.1f}",
        flush=True,
    )
    return seconds, cpu


def _family_sizes(random: np.random.Generator, files: int) -> list[int]:
    sizes: list[int] = []
    while sum(sizes) < files:
        sizes.append(min(_LARGEST_FAMILY, 1 + int(random.geometric(0.35))))
    return sizes


def _topic_vectors(random: np.random.Generator, n: int) -> NDArray[np.float32]:
    centres = (
        0.8 * _unit(random, _TOPICS)
        + 0.6 * _unit(random, _AREAS)[random.integers(0, _AREAS, _TOPICS)]
    )
    centres /= np.linalg.norm(centres, axis=1, keepdims=True)
    closeness = random.uniform(0.40, 0.70, _TOPICS)
    topics = random.choice(_TOPICS, n, p=random.dirichlet(np.ones(_TOPICS)))
    share = closeness[topics, None].astype(np.float32)
    vectors = np.sqrt(share) * centres[topics] + np.sqrt(1 - share) * _unit(random, n)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def _unit(random: np.random.Generator, n: int) -> NDArray[np.float32]:
    vectors = random.standard_normal((n, DIMENSIONS), np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def _is_mutual(rows: NDArray[np.int64], columns: NDArray[np.int64], n: int) -> NDArray[np.bool_]:
    return np.isin(columns * n + rows, rows * n + columns)


def _pairs(labels: NDArray[np.int64]) -> int:
    counts = np.unique(labels, return_counts=True)[1]
    return int((counts * (counts - 1) // 2).sum())


if __name__ == "__main__":
    main()
