"""A burst of changes through the whole engine: is the library that of a fresh scan, and what does it cost?

    python benchmarks/burst.py [--files 20000] [--watches N] [--keep FOLDER]

Files are made, edited, renamed, deleted, and their folders moved, each at once, in a tree that an engine watches.
After each the library must come to equal a fresh scan. `--watches`: that many folders may be watched, in a name space
of its own (Linux, as root): the others are looked at every minute.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.append(str(Path(__file__).parents[1] / "tests" / "reliability"))

from churn import changed, engine_pids, prose, state_of, state_of_fresh, usage

from dedupe_app.engine import process
from dedupe_app.engine.messages import EngineOptions
from dedupe_app.store import folders
from dedupe_app.store.database import open_library

if TYPE_CHECKING:
    from collections.abc import Callable

_FOLDERS = 40
_LOOK_S = 2.0
_QUIET_S = 5.0
_LONGEST_S = 900.0


def make(tree: Path, files: int) -> None:
    """Write all files, a third of them copies or drafts of others."""
    chance = random.Random(3)
    texts: list[str] = []
    for number in range(files):
        text = chance.choice(texts) if texts and chance.random() < 0.3 else prose(chance, 40)
        if chance.random() < 0.2:
            text = changed(text, chance)
        texts.append(text)
        folder = tree / f"f{number % _FOLDERS}" / f"g{number % 3}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{number}.txt").write_text(text)


def edit(tree: Path, _files: int) -> None:
    """Write a third of the files anew."""
    chance = random.Random(4)
    for path in sorted(tree.rglob("*.txt"))[::3]:
        path.write_text(changed(path.read_text(), chance))


def rename(tree: Path, _files: int) -> None:
    """Give each file another name in its folder."""
    for path in sorted(tree.rglob("*.txt")):
        path.rename(path.with_name(f"r{path.name}"))


def move_tree(tree: Path, _files: int) -> None:
    """Give each folder another name."""
    for path in sorted(tree.iterdir()):
        path.rename(tree / f"moved-{path.name}")


def delete(tree: Path, _files: int) -> None:
    """Delete every second file."""
    for path in sorted(tree.rglob("*.txt"))[::2]:
        path.unlink()


def measured(tree: Path, library: Path, does: Callable[[Path, int], None], files: int) -> bool:
    """Do it, wait until the library is right, and print what it took."""
    cpu, start = cpu_seconds(), time.monotonic()
    does(tree, files)
    done = time.monotonic()
    peak, waited, right = 0, 0.0, False
    expected: frozenset[object] | None = None
    while not right and time.monotonic() - done < _LONGEST_S:
        time.sleep(_LOOK_S)
        peak = max([peak, *(used for used, _ in usage())])
        if expected is None and (time.monotonic() - done < _QUIET_S or not is_idle()):
            continue
        waited = time.monotonic() - done
        if expected is None:
            # A new one each time: not what the last one found.
            for path in library.parent.glob("fresh.sqlite*"):
                path.unlink()
            expected = state_of_fresh(tree, library, library.with_name("fresh.sqlite"))
        right = state_of(library) == expected
    print(
        f"{does.__name__:10} {done - start:6.1f} s to do, library right after {waited:6.1f} s, engine and readers "
        f"{cpu_seconds() - cpu:6.1f} CPU seconds, {peak / 1e6:6,.0f} MB resident  {'right' if right else 'WRONG'}",
        flush=True,
    )
    return right


_LAST = [0.0]


def cpu_seconds() -> float:
    """Return the processor time of the engine and of its readers, living and gone."""
    ticks = os.sysconf("SC_CLK_TCK")
    total = 0
    for pid in family(engine_pids()):
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            total += sum(map(int, fields[11:15]))
        except OSError:
            continue
    return total / ticks


def family(pids: list[int]) -> list[int]:
    """Return processes and all that came from them."""
    found = list(pids)
    for pid in found:
        try:
            listed = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        except OSError:
            continue
        found += map(int, listed)
    return found


def is_idle() -> bool:
    """Tell whether the engine used next to nothing since the last call."""
    now = cpu_seconds()
    idle = now - _LAST[0] < 0.3
    _LAST[0] = now
    return idle


def start_again(watches: int, files: int) -> None:
    """Start this program anew where no more than so many folders can be watched, in a name space of its own."""
    limit = f'echo {watches} > /proc/sys/user/max_inotify_watches && exec "$@"'
    again = (sys.executable, __file__, "--files", str(files))
    os.execvp(
        "unshare",
        ("unshare", "--user", "--map-root-user", "sh", "-c", limit, "sh", *again),
    )


def main() -> int:
    """Run all bursts and say whether the library was right after each."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--files", type=int, default=20_000)
    parser.add_argument("--watches", type=int, default=0)
    chosen = parser.parse_args()
    if chosen.watches:
        start_again(chosen.watches, chosen.files)
    with tempfile.TemporaryDirectory() as place:
        tree, library = Path(place, "tree"), Path(place, "library.sqlite")
        tree.mkdir()
        with open_library(library) as opened:
            folders.add_folders(opened, [tree])
        engine = process.Engine(EngineOptions(library, processes=1), lambda _event: None)
        engine.start()
        time.sleep(5)
        try:
            right = [
                measured(tree, library, does, chosen.files)
                for does in (make, edit, rename, move_tree, delete)
            ]
        finally:
            engine.stop()
        used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e3
        print(f"most that any process of it had resident: {used:,.0f} MB")
    return not all(right)


if __name__ == "__main__":
    sys.exit(main())
