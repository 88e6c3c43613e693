"""Peak memory of the main process, and seconds per stage, of a scan of 10,000 synthetic documents.

Run: .venv/bin/python benchmarks/memory.py [--files 10000] [--folder FOLDER]

The documents (made in FOLDER, or a temporary folder, in about ten seconds) hold 5 KB of made-up prose each: words of
60 topics on top of words that all share, as letters and reports do. A fifth are in families of 2-6 edited copies; one
in two hundred is 40 times as long. The scan runs in a process of its own, which reports what it needed at most.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

TARGET_MB = 700
_TOPICS, _WORDS, _COMMON, _OF_TOPIC = 60, 12_000, 300, 600
_LENGTH, _LONG_FACTOR, _LONG_EVERY = 720, 40, 200
_SYLLABLES = [first + vowel for first in "bcdfglmnprstv" for vowel in "aeio"]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--folder", type=Path, help="where to make the documents, and leave them")
    parser.add_argument("--child", nargs=2, metavar=("TREE", "LIBRARY"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        scan_and_report(*map(Path, options.child))
        return
    with tempfile.TemporaryDirectory() as temporary:
        tree = options.folder or Path(temporary, "tree")
        if not tree.exists():
            make_tree(tree, options.files)
        own = [
            sys.executable,
            __file__,
            "--child",
            str(tree),
            str(Path(temporary, "library.sqlite")),
        ]
        print(
            f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, target {TARGET_MB} MB",
            flush=True,
        )
        for run in ("first", "second"):
            print(f"{run} scan: ", end="", flush=True)
            subprocess.run(own, check=True)


def scan_and_report(tree: Path, library_path: Path) -> None:
    """Scan and print the peak memory of this process."""
    from dedupe_app.engine.pipeline import scan
    from dedupe_app.engine.scan_messages import Progress, ScanFinished, ScanOptions
    from dedupe_app.store.database import open_library

    peaks: dict[str, int] = {}
    with open_library(library_path) as library:
        for event in scan(library, ScanOptions((tree,))):
            if isinstance(event, Progress):
                peaks[event.stage] = _peak_mb()
            elif isinstance(event, ScanFinished):
                print(
                    f"{_peak_mb()} MB; {event.files} files, {event.groups} groups, seconds {event.seconds}"
                )
    print(f"  peak up to the end of each stage, MB: {peaks}")


def make_tree(tree: Path, files: int) -> None:
    """Write the documents; the same for the same number."""
    random = np.random.default_rng(files)
    words = np.array(
        sorted(
            {"".join(random.choice(_SYLLABLES, random.integers(1, 5))) for _ in range(2 * _WORDS)}
        )
    )
    words = random.permutation(words)[:_WORDS]
    topics = [
        random.choice(_WORDS - _COMMON, _OF_TOPIC, replace=False) + _COMMON for _ in range(_TOPICS)
    ]
    done = 0
    while done < files:
        length = _LENGTH * (_LONG_FACTOR if done % _LONG_EVERY == 0 else 1)
        original = _prose(random, topics[done % _TOPICS], length)
        seed = done
        copies = int(random.integers(2, 7)) if random.random() < 0.06 else 1
        for _ in range(min(copies, files - done)):
            path = tree / f"{done // 500:03}" / f"{done:06}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(_as_text(words[_edited(random, original)], seed))
            done += 1


def _prose(random: np.random.Generator, topic: np.ndarray, length: int) -> np.ndarray:
    common = np.minimum(random.zipf(1.3, length) - 1, _COMMON - 1)
    return np.where(random.random(length) < 0.4, common, random.choice(topic, length))


def _edited(random: np.random.Generator, original: np.ndarray) -> np.ndarray:
    edited = original.copy()
    places = random.choice(len(original), max(1, len(original) // 100))
    edited[places] = random.integers(0, _WORDS, len(places))
    return edited


def _as_text(words: np.ndarray, seed: int) -> str:
    lines = []
    for first in range(0, len(words), 12):
        line = " ".join(words[first : first + 12]).capitalize()
        lines.append(f"{line} {(seed + first) * 7919 % 9973}." if first % 60 == 0 else f"{line}.")
    return "\n".join(lines) + "\n"


def _peak_mb() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
