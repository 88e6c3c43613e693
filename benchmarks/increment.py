"""One changed file in a library that stays open, against making all of its groups anew.

Run: .venv/bin/python benchmarks/increment.py [--files 20000] [--changes 5] [--folder FOLDER] [--profile]

The tree is synthetic: short texts of random words, one file in five in a group of two to four (a word or two are
others). It is scanned once, as the engine does; then one file at a time is changed, and only its path is looked at.
The seconds are those of the whole scan of that path, and its stages; the CPU seconds those of this process, without
the one that reads the file. The folder given keeps tree and library for the next run; without one a temporary folder
is used.
"""

from __future__ import annotations

import argparse
import cProfile
import os
import pstats
import random
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from dedupe_app.engine.memory import Memory
from dedupe_app.engine.pipeline import make_groups_anew, scan
from dedupe_app.engine.scan_messages import Progress, ScanFinished, ScanOptions
from dedupe_app.store.database import open_library

if TYPE_CHECKING:
    from collections.abc import Collection

    from dedupe_app.store.library import Library

_WORDS, _VOCABULARY = 70, 30_000
_IN_GROUPS = 0.2
_PER_FOLDER = 500


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--files", type=int, default=20_000)
    parser.add_argument("--changes", type=int, default=5)
    parser.add_argument("--folder", type=Path, help="where tree and library are kept")
    parser.add_argument("--profile", action="store_true", help="say where the last change spends")
    options = parser.parse_args()
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {options.files:,} files")
    with tempfile.TemporaryDirectory(prefix="dedupe-increment-") as temporary:
        folder = options.folder or Path(temporary)
        tree = folder / f"tree-{options.files}"
        if not tree.exists():
            plant(tree, options.files)
        with open_library(folder / f"library-{options.files}.sqlite") as library:
            _measure(library, tree, options)


def plant(tree: Path, files: int, seed: int = 0) -> None:
    """Write the texts."""
    chance = random.Random(seed)
    vocabulary = _vocabulary(chance)
    copies: list[list[str]] = []
    for number in range(files):
        if copies:
            words = copies.pop()
        else:
            words = chance.choices(vocabulary, k=_WORDS)
            # A group of two to four for every twelve texts that stay alone.
            if chance.random() < _IN_GROUPS / (3 - 2 * _IN_GROUPS):
                copies = [_revised(words, vocabulary, chance) for _ in range(chance.randint(1, 3))]
        path = tree / f"{number // _PER_FOLDER:04}" / f"{number:07}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(" ".join(words), encoding="utf-8")


def _vocabulary(chance: random.Random) -> list[str]:
    letters = "abcdefghijklmnopqrstuvwxyz"
    return ["".join(chance.choices(letters, k=chance.randint(4, 9))) for _ in range(_VOCABULARY)]


def _revised(words: list[str], vocabulary: list[str], chance: random.Random) -> list[str]:
    revised = list(words)
    for _ in range(chance.randint(1, 2)):
        revised[chance.randrange(len(revised))] = chance.choice(vocabulary)
    return revised


def _measure(library: Library, tree: Path, chosen: argparse.Namespace) -> None:
    options = ScanOptions((tree,), name="window", processes=1)
    memory = Memory(is_lasting=True)
    _say("scan", _scan(library, options, memory))
    started = time.process_time()
    with library.atomic():
        library.execute("update scopes set signature = ''")
    memory.made = memory.seen = None
    list(make_groups_anew(library, options, memory))
    whole = time.process_time() - started
    print(f"groups anew: {whole:.2f} CPU s")
    chance = random.Random(time.time_ns())
    vocabulary = _vocabulary(chance)
    spent = []
    for turn in range(chosen.changes):
        path = _change(tree, chosen.files, vocabulary, chance)
        profile = cProfile.Profile() if chosen.profile and turn == chosen.changes - 1 else None
        if profile:
            profile.enable()
        started = time.process_time()
        finished = _scan(library, options, memory, [path])
        if profile:
            profile.disable()
            pstats.Stats(profile).sort_stats("cumulative").print_stats(70)
        else:
            spent.append(time.process_time() - started)
        _say("one change", finished)
    if spent:
        middle = statistics.median(spent)
        print(
            f"one change: {middle:.2f} CPU s (median); groups anew / one change: {whole / middle:.1f}"
        )


def _change(tree: Path, files: int, vocabulary: list[str], chance: random.Random) -> Path:
    number = chance.randrange(files)
    path = tree / f"{number // _PER_FOLDER:04}" / f"{number:07}.txt"
    words = path.read_text(encoding="utf-8").split(" ")
    path.write_text(" ".join(_revised(words, vocabulary, chance)), encoding="utf-8")
    return path


def _scan(
    library: Library, options: ScanOptions, memory: Memory, only: Collection[Path] | None = None
) -> ScanFinished:
    finished = None
    for event in scan(library, options, memory, only):
        if isinstance(event, ScanFinished):
            finished = event
        elif not isinstance(event, Progress):
            raise TypeError(event)
    if finished is None:
        raise RuntimeError("the scan did not finish")
    return finished


def _say(what: str, finished: ScanFinished) -> None:
    stages = "  ".join(f"{name} {seconds:.2f}" for name, seconds in finished.seconds.items())
    print(f"{what}: {finished.files:,} files, {finished.groups:,} groups: {stages}", flush=True)


if __name__ == "__main__":
    main()
