"""Random edits, moves and deletions in a watched tree while an engine runs, and what the library makes of them."""

from __future__ import annotations

import os
import shutil
import signal
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from dedupe_app.engine import process
from dedupe_app.engine.messages import WINDOW_SCOPE, EngineLost, EngineOptions
from dedupe_app.engine.pipeline import scan
from dedupe_app.records import GroupKind
from dedupe_app.store import folders, results
from dedupe_app.store.database import open_beside, open_library

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterator

_SETTLE_S = 45.0
_LOOK_S = 0.5
_LONG_TEXT_BYTES = 4000
_CHANGED_AGAIN = 2 / 3


@dataclass
class Report:
    """What was done, and what the engine used meanwhile: (seconds, resident bytes, open files)."""

    steps: int = 0
    kills: int = 0
    settled_s: float = 0.0
    used: list[tuple[float, int, int]] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)


def grow(tree: Path, files: int, chance: random.Random) -> None:
    """Make a tree of text files, some of them copies and drafts of others.

    There are as many of them as after any number of steps: of what was copied two thirds have been changed since.
    """
    texts: list[str] = []
    for number in range(files):
        path = tree / f"f{number % 17}" / f"{number}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = chance.choice(texts) if texts and chance.random() < 0.3 else prose(chance)
        while chance.random() < _CHANGED_AGAIN:
            text = changed(text, chance)
        texts.append(text)
        path.write_text(text)


def soak(
    tree: Path,
    library: Path,
    seconds: float,
    chance: random.Random,
    *,
    step_s: float = 0.05,
    kill_s: float = 0.0,
    tell: Callable[[str], None] = lambda _line: None,
) -> Report:
    """Change the tree for some seconds while an engine watches it; compare its library with a fresh one at the end."""
    with open_library(library) as opened:
        folders.add_folders(opened, [tree])
    report = Report()
    lost: list[EngineLost] = []
    engine = process.Engine(
        EngineOptions(library, processes=1),
        lambda event: lost.append(event) if isinstance(event, EngineLost) else None,
    )
    engine.start()
    most = sum(1 for _ in tree.rglob("*.txt"))
    try:
        start = told = killed = time.monotonic()
        while (now := time.monotonic()) - start < seconds:
            step(tree, chance, most)
            report.steps += 1
            if kill_s and now - killed > kill_s:
                killed = now
                report.kills += kill(engine)
            if now - told > max(1.0, seconds / 200):
                told = now
                report.used += [(now - start, *each) for each in usage()]
                tell(f"{now - start:6.0f} s  {report.steps:7,} steps  {report.used[-1:]}")
            time.sleep(step_s)
        report.settled_s, report.differences = settle(tree, library)
    finally:
        engine.stop()
    return report


def memory_of_fresh_engine(library: Path) -> int:
    """Return the resident bytes of a new engine that has taken in the library and done its first scan."""
    engine = process.Engine(EngineOptions(library, processes=1), lambda _event: None)
    engine.start()
    try:
        time.sleep(_SETTLE_S)
        return max((used for used, _ in usage()), default=0)
    finally:
        engine.stop()


def step(tree: Path, chance: random.Random, most: int) -> None:
    """Do one thing to a file or a folder of the tree, which neither grows much over that many files nor in length."""
    files = sorted(tree.rglob("*.txt"))
    path = chance.choice(files) if files else tree / "first.txt"
    target = path.parent.parent / f"f{chance.randrange(17)}" / f"{chance.randrange(9999)}.txt"
    kind = 1 if len(files) > most else chance.randrange(10)
    if not tree.joinpath("f0").exists() or kind == 0 or not files:
        (tree / "f0").mkdir(exist_ok=True)
        (tree / "f0" / f"{chance.randrange(99999)}.txt").write_text(prose(chance))
    elif kind == 1:
        path.unlink()
    elif kind == 2 and target.parent.is_dir():
        path.rename(target)
    elif kind == 3 and target.parent.is_dir():
        shutil.copy2(path, target)
    elif kind == 4:
        path.write_text(longer(path.read_text(), chance))
    elif kind == 5:  # as editors save
        part = path.with_name(f".{path.name}.part")
        part.write_text(changed(path.read_text(), chance))
        part.replace(path)
    elif kind == 6 and chance.random() < 0.1 and path.parent != tree:
        renamed = tree / f"f{chance.randrange(17)}-{chance.randrange(999)}"
        if not renamed.exists():
            path.parent.rename(renamed)
    elif kind == 7:
        now = time.time() - chance.randrange(10**6)
        os.utime(path, (now, now))
    else:
        path.write_text(changed(path.read_text(), chance))


def prose(chance: random.Random, words: int = 120) -> str:
    """Return words that mean nothing."""
    return " ".join(
        f"{chance.choice('bdfgklmnprst')}{chance.choice('aeiou')}{chance.randrange(90)}"
        for _ in range(words)
    )


def changed(text: str, chance: random.Random) -> str:
    """Return a text with a word replaced."""
    words = text.split(" ")
    words[chance.randrange(len(words))] = f"new{chance.randrange(999)}"
    return " ".join(words)


def longer(text: str, chance: random.Random) -> str:
    """Return a text with a few words more, or another one when it has become long."""
    return text + prose(chance, 9) if len(text) <= _LONG_TEXT_BYTES else prose(chance)


def kill(engine: process.Engine) -> int:
    """Kill the engine process if it runs, and start it again if it was given up; return how many were killed."""
    killed = 0
    for pid in engine_pids():
        os.kill(pid, signal.SIGKILL)
        killed += 1
    if not killed:
        engine.start()
    return killed


def engine_pids() -> list[int]:
    """Return the running engine processes of this program."""
    import multiprocessing

    children = multiprocessing.active_children()
    return [each.pid for each in children if "engine" in each.name and each.pid]


def usage() -> Iterator[tuple[int, int]]:
    """Yield the resident bytes and the open files of each running engine."""
    for pid in engine_pids():
        try:
            pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
            yield pages * os.sysconf("SC_PAGE_SIZE"), len(list(Path(f"/proc/{pid}/fd").iterdir()))
        except OSError:
            continue


def settle(tree: Path, library: Path) -> tuple[float, list[str]]:
    """Wait until the library has caught up; return how long it took, and what is other than in a fresh one."""
    start = time.monotonic()
    fresh = library.with_name("fresh.sqlite")
    expected = state_of_fresh(tree, library, fresh)
    while (found := state_of(library)) != expected and time.monotonic() - start < _SETTLE_S:
        time.sleep(_LOOK_S)
    differences = [f"missing: {each}" for each in sorted(map(str, expected - found))]
    differences += [f"too much: {each}" for each in sorted(map(str, found - expected))]
    return time.monotonic() - start, differences


def state_of_fresh(tree: Path, library: Path, fresh: Path) -> frozenset[object]:
    """Return what a new library says of the tree, scanned in the same way."""
    from dedupe_app.engine.scan_messages import ScanOptions

    with open_library(fresh) as opened:
        for _ in scan(opened, ScanOptions((tree,), processes=1, name=WINDOW_SCOPE)):
            pass
    return state_of(fresh)


def state_of(path: Path) -> frozenset[object]:
    """Return all files and groups in a library, without their numbers."""
    with open_beside(path) as library:
        groups: dict[int, set[object]] = {}
        for row in results.report_rows(library, WINDOW_SCOPE, set(GroupKind)):
            facts = (row.path.name, row.sha256, row.role, row.relation, row.size_bytes)
            groups.setdefault(row.group, {row.kind}).add(facts)
        files = library.rows(
            "select path, sha256 from files left join contents on contents.id = content_id"
        )
        return frozenset({*files, *map(frozenset, groups.values())})
