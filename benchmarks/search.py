"""Searching by words: building the index, its size, and how long questions take, against LIKE over the plain texts.

Run: .venv/bin/python benchmarks/search.py [--documents 100000] [--library FILE] [--seed 0]

The documents are synthetic: words of a vocabulary of 200,000 with frequencies as in languages (Zipf), figures, commas;
every tenth in Chinese signs. Lengths are log-normal, 270 words at the median. The library is made with plain
statements; the index is built by the steps that the engine takes. Ours is the whole answer as the window asks for it:
the total, hits with file rows, and snippets of the first twenty. The peer counts the documents with
`text like '%word%'` in a table of the texts as they are, uncompressed, without order or snippets; both run in this
process, in turn. Times are of the wall and of the processor; ratios are of the latter, for the wall depends on what
else the machine does. Likeness is measured on the lexical vectors, all cosines computed; its peer is one Python loop
over numpy dot products.
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import sqlite3
import statistics
import tempfile
import time
import zlib
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from dedupe_app.embed.lexical import SPACE
from dedupe_app.embed.options import EncoderOptions
from dedupe_app.engine.looking_up import index_texts
from dedupe_app.engine.nearest import Finder
from dedupe_app.engine.searching import search
from dedupe_app.records import SearchQuestion
from dedupe_app.store import likeness
from dedupe_app.store.database import open_library
from dedupe_app.store.paths import fold_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from dedupe_app.store.library import Library

_VOCABULARY, _SIGNS = 200_000, 20_000
_CONSONANTS, _VOWELS = "bcdfghjklmnprstvwz", "aeiou"
_PIECE = 2_000
_MOST = 50
_QUESTIONS, _PEER_QUESTIONS = 40, 5


class Language:
    """Makes words and documents by chance, always the same for one seed."""

    def __init__(self, seed: int) -> None:
        """Make the vocabulary."""
        self.chance = np.random.default_rng(seed)
        own = random.Random(seed)
        self.words = [self._word(own) for _ in range(_VOCABULARY)]
        self.signs = [
            chr(0x4E00 + own.randrange(5_000)) + chr(0x4E00 + own.randrange(5_000))
            for _ in range(_SIGNS)
        ]
        self._shares = [self._zipf(_VOCABULARY), self._zipf(_SIGNS)]

    def document(self, number: int) -> str:
        """Return one document; every tenth is Chinese."""
        length = int(np.clip(self.chance.lognormal(5.6, 0.9), 20, 6_000))
        if number % 10 == 0:
            picked = self._pick(1, length)
            return "".join(
                self.signs[at] + ("\u3002" if n % 9 == 8 else "") for n, at in enumerate(picked)
            )
        parts = [self.words[at] for at in self._pick(0, length)]
        for place in range(9, length, 10):
            parts[place] += ",.;"[place % 3]
        for place in range(0, length, 37):
            parts[place] = str(self.chance.integers(1, 9_999))
        return " ".join(parts)

    def _pick(self, kind: int, count: int) -> list[int]:
        shares = self._shares[kind]
        picked = np.searchsorted(shares, self.chance.random(count))
        return np.minimum(picked, len(shares) - 1).tolist()

    def _word(self, own: random.Random) -> str:
        return "".join(
            own.choice(_CONSONANTS)
            + own.choice(_VOWELS)
            + (own.choice(_CONSONANTS) if own.random() < 0.4 else "")
            for _ in range(own.randint(1, 4))
        )

    def _zipf(self, count: int) -> np.ndarray:
        weights = 1 / (np.arange(count) + 3) ** 1.05
        return np.cumsum(weights / weights.sum())


def main() -> None:
    """Make a library, build the index, ask."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--library", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    print(f"load {os.getloadavg()[0]:.1f}, SQLite {sqlite3.sqlite_version}")
    language = Language(options.seed)
    with tempfile.TemporaryDirectory() as folder:
        place = options.library or Path(folder, "library.sqlite")
        peer = sqlite3.connect(place.with_suffix(".peer"))
        is_new = not place.exists()
        with open_library(place) as library:
            if is_new:
                _make(library, peer, language, options.documents)
            _build(library, place)
            _ask(library, peer, language)
            _ask_for_likeness(library)
        peer.close()


def _make(library: Library, peer: sqlite3.Connection, language: Language, count: int) -> None:
    peer.execute("create table texts (id integer primary key, text text)")
    plain = packed_bytes = 0
    library.execute("insert into spaces (name, dimensions, dtype) values (?, 256, 'int8')", [SPACE])
    for first in range(0, count, _PIECE):
        numbers = range(first + 1, min(first + _PIECE, count) + 1)
        texts = [language.document(number) for number in numbers]
        packed = [zlib.compress(text.encode(), 1) for text in texts]
        plain += sum(len(text.encode()) for text in texts)
        packed_bytes += sum(map(len, packed))
        vectors = language.chance.integers(-127, 127, (len(texts), 256), np.int8)
        with library.atomic():
            run = library.connection.executemany
            run(
                "insert into texts (id, hash, words, sketch, sketch_shift) values (?, ?, ?, x'', 3)",
                ((n, str(n), len(text.split())) for n, text in zip(numbers, texts, strict=True)),
            )
            run(
                "insert into contents (id, sha256, size_bytes, format, reader, text_id, same_text, text) "
                "values (?1, ?1, 1000, 'txt', 1, ?1, ?1, ?2)",
                zip(numbers, packed, strict=True),
            )
            run(
                "insert into vectors values (?, 1, ?)",
                zip(numbers, (each.tobytes() for each in vectors), strict=True),
            )
            run(
                "insert into files (path, folded, size_bytes, mtime_ns, device, inode, content_id) "
                "values (?1, ?2, 1000, 1, '1', ?3, ?3)",
                ((path, fold_path(path), n) for n, path in _paths(language, numbers)),
            )
        peer.executemany("insert into texts values (?, ?)", zip(numbers, texts, strict=True))
        peer.commit()
    print(
        f"{count:,} documents, {plain / 1e6:.0f} MB of text, {packed_bytes / 1e6:.0f} MB in the library"
    )


def _paths(language: Language, numbers: range) -> Iterator[tuple[int, bytes]]:
    for number in numbers:
        folder = "/".join(language.words[at] for at in (number % 7, number % 61, number % 977))
        name = f"{language.words[number % _VOCABULARY]} {language.words[number * 7 % _VOCABULARY]} {number}.txt"
        yield number, f"/archive/{folder}/{name}".encode()


def _build(library: Library, place: Path) -> None:
    before, start, cpu = place.stat().st_size, time.perf_counter(), time.process_time()
    steps = [time.perf_counter()]
    steps += [time.perf_counter() for _ in index_texts(library)]
    took, used = time.perf_counter() - start, time.process_time() - cpu
    library.execute("pragma wal_checkpoint(truncate)")
    size = library.row("select sum(length(block)) from text_words_data")[0]
    longest = max((b - a for a, b in itertools.pairwise(steps)), default=0.0)
    print(
        f"index: {took:.1f} s ({used:.1f} s of CPU), {len(steps) - 1} steps, the longest {longest:.2f} s; "
        f"{size / 1e6:.0f} MB, the library grew by {(place.stat().st_size - before) / 1e6:.0f} MB"
    )


def _ask(library: Library, peer: sqlite3.Connection, language: Language) -> None:
    own = random.Random(5)
    words = language.words

    def some(low: int, high: int) -> str:
        return words[own.randrange(low, high)]

    kinds: dict[str, Callable[[], str]] = {
        "one word, usual": lambda: some(300, 3_000) + " ",
        "one word, rare": lambda: some(20_000, 100_000) + " ",
        "one word, in nearly all": lambda: some(0, 20) + " ",
        "two words": lambda: f"{some(100, 2_000)} {some(100, 2_000)} ",
        "four words, two common": lambda: (
            f"{some(0, 20)} {some(300, 5_000)} {some(0, 20)} {some(300, 5_000)} "
        ),
        "six words, not all in one": lambda: " ".join(some(0, 9_000) for _ in range(6)),
        "as typed, three letters": lambda: next(
            w for w in iter(lambda: some(0, 9_000), "") if len(w) > 2
        )[:3],
        "phrase of two words": lambda: f'"{some(0, 40)} {some(0, 40)}"',
        "Chinese word": lambda: language.signs[own.randrange(50, 5_000)],
        "nothing to be found": lambda: "qqqq" + some(0, 1_000),
    }
    everything: list[_Took] = []
    for name, make in kinds.items():
        queries = [make() for _ in range(_QUESTIONS)]
        took = [
            _timed(partial(search, library, SearchQuestion(query, most=_MOST))) for query in queries
        ]
        everything += took
        peers = [_timed(partial(_like, peer, query)) for query in queries[:_PEER_QUESTIONS]]
        _report(name, took, "like", peers)
    _report("all of them", everything)


@dataclass(frozen=True)
class _Took:
    """Seconds of the wall and of this thread on the processor."""

    wall: float
    cpu: float


def _timed(work: Callable[[], object]) -> _Took:
    start, begun = time.perf_counter(), time.thread_time()
    work()
    return _Took(time.perf_counter() - start, time.thread_time() - begun)


def _report(name: str, took: list[_Took], peer: str = "", peers: Sequence[_Took] = ()) -> None:
    walls, cpus = sorted(each.wall for each in took), sorted(each.cpu for each in took)
    late = int(0.95 * len(took))
    line = f"{name:26} wall p50 {walls[len(walls) // 2] * 1000:6.1f} p95 {walls[late] * 1000:6.1f} ms   "
    line += f"CPU p50 {cpus[len(cpus) // 2] * 1000:6.1f} p95 {cpus[late] * 1000:6.1f} max {cpus[-1] * 1000:6.1f} ms"
    if peers:
        other = statistics.median(each.cpu for each in peers)
        line += f"   {peer} {other * 1000:7.1f} ms   {other / cpus[len(cpus) // 2]:6.1f}x"
    print(line, flush=True)


def _like(peer: sqlite3.Connection, query: str) -> object:
    terms = [query.strip('"')] if '"' in query else query.split()
    condition = " and ".join(["text like ?"] * len(terms))
    return peer.execute(
        f"select count(*) from texts where {condition}",  # noqa: S608
        [f"%{term}%" for term in terms],
    ).fetchall()


def _ask_for_likeness(library: Library) -> None:
    finder, options = Finder(), EncoderOptions()
    took = [
        _timed(partial(finder.by_text, library, text, "lexical", options)) for text in range(1, 22)
    ]
    print(f"vectors loaded in {took[0].wall:.2f} s")
    _, matrix = likeness.space_vectors(library, SPACE)
    own = matrix[0].astype(np.float32)

    def loop() -> object:
        return sorted((float(row.astype(np.float32) @ own) for row in matrix), reverse=True)

    _report("documents like this one", took[1:], "loop", [_timed(loop)])


if __name__ == "__main__":
    main()
