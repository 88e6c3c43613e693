"""Random edits, moves and deletions in a watched tree for a long time: is the library right, is memory flat?

    python benchmarks/soak.py [--minutes 120] [--files 5000] [--kill SECONDS] [--seed 1]

At the end the library must equal one of a fresh scan. `--kill`: kill the engine that often.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "tests" / "reliability"))

from churn import grow, memory_of_fresh_engine, soak

from dedupe_app.engine import process


def main() -> int:
    """Soak, print what was used in the first and the last quarter, and what is wrong at the end."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--minutes", type=float, default=120.0)
    parser.add_argument("--files", type=int, default=5000)
    parser.add_argument("--kill", type=float, default=0.0)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    chance = random.Random(chosen.seed)
    if chosen.kill:
        process._CRASH_SECONDS = 0.0  # noqa: SLF001 - it is killed on purpose
    with tempfile.TemporaryDirectory() as place:
        tree = Path(place, "tree")
        grow(tree, chosen.files, chance)
        report = soak(
            tree,
            Path(place, "library.sqlite"),
            60 * chosen.minutes,
            chance,
            step_s=0.2,
            kill_s=chosen.kill,
            tell=lambda line: print(line, flush=True),
        )
        fresh = memory_of_fresh_engine(Path(place, "library.sqlite"))
        files = sum(1 for _ in tree.rglob("*.txt"))
    quarter = max(1, len(report.used) // 4)
    for name, part in (
        ("first", report.used[quarter : 2 * quarter]),
        ("last", report.used[-quarter:]),
    ):
        memory = statistics.median(used for _, used, _ in part) / 1e6 if part else 0.0
        handles = max((handles for _, _, handles in part), default=0)
        print(f"{name} quarter after warming up: {memory:,.0f} MB resident, {handles} open files")
    print(f"a fresh engine on the same library: {fresh / 1e6:,.0f} MB resident, {files:,} files")
    print(f"{report.steps:,} steps, {report.kills} kills, settled in {report.settled_s:.1f} s")
    for line in report.differences[:20]:
        print(line)
    print(f"{len(report.differences)} differences from a fresh scan")
    return bool(report.differences)


if __name__ == "__main__":
    sys.exit(main())
