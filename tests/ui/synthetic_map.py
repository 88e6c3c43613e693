"""A map that no library holds: files by chance, for tests and measurements."""

from __future__ import annotations

import numpy as np

from dedupe_app.records import Detail, Layout, MapFiles, MapInfo, Topic

DAY_NS = 24 * 3600 * 10**9


def make_topics(count, seed=0):
    """Return topics of all three levels."""
    chance = np.random.default_rng(seed)
    return tuple(
        Topic(Detail(n % 3), f"Topic {n}", int(900 / (n + 1)) + 1, *chance.uniform(-1, 1, 2), n + 1)
        for n in range(count)
    )


def make_map_files(count, places=None, topics=None, seed=0):
    """Return files around the topics, a tenth of them linked in pairs."""
    chance = np.random.default_rng(seed)
    topics = make_topics(30) if topics is None else topics
    of = chance.integers(0, len(topics), count)
    if places is None:
        centres = np.array([(topic.x, topic.y) for topic in topics])
        places = centres[of] + 0.08 * chance.standard_normal((count, 2))
    numbers = np.zeros((count, 3), np.int64)
    levels = np.array([topic.detail for topic in topics], np.int64)
    numbers[np.arange(count), levels[of]] = of + 1
    pairs = np.arange(count // 20 * 2).reshape(-1, 2)
    relations = np.zeros(count, np.uint8)
    relations[pairs.ravel()] = 1 + pairs.ravel() % 6
    groups = np.zeros(count, np.int64)
    groups[pairs.ravel()] = 1 + pairs.ravel() // 2
    return MapFiles(
        MapInfo(1, 1, Layout.DRAWN, count, 0),
        topics,
        np.arange(count, dtype=np.int64) + 1000,
        np.arange(count, dtype=np.int64),
        places,
        numbers,
        relations,
        (np.arange(count) % 12).astype(np.int16),
        tuple(f"format{n}" for n in range(12)),
        1_700_000_000 * 10**9 - np.arange(count, dtype=np.int64) * DAY_NS,
        groups,
        pairs,
    )
