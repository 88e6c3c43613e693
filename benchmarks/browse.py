"""What the window asks of a large library: lists, pages, counts and decisions, against joins over all files.

Run: .venv/bin/python benchmarks/browse.py [--groups 100000] [--files 1000000] [--library FILE] [--seed 0]

The library is synthetic: files in folders four deep, a tenth of the names not ASCII, every tenth group not duplicates,
one content for each file and one text for two. It is made with plain statements, its groups by save_groups. With
--library it is made there once and used again. The peer asks the same of the tables of files and members alone, with
GROUP BY, as one would without anything kept for the list; both run in this process, in turn, five times each, and the
medians are given. Decisions have no peer.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import statistics
import tempfile
import time
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dedupe_app.records import (
    Changes,
    Decision,
    Evidence,
    Group,
    GroupKind,
    GroupMember,
    GroupQuery,
    Relation,
    Role,
    Show,
    SortKey,
)
from dedupe_app.store import browse, decisions, folders, results
from dedupe_app.store.database import open_beside, open_library
from dedupe_app.store.paths import fold_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dedupe_app.store.library import Library

SCOPE = "window"
ROOT = Path("/archive")
PAGE = 256
_REPEAT = 5
_WORDS = (
    "annual report minutes board lease Vertrag Änderung rechnung 合同 论文 draft final copy Ελληνικά northwind"
).split()
_KINDS = (GroupKind.CONTAINED, GroupKind.TEMPLATE)
_ALL = (
    "from groups join scopes on scopes.id = scope_id join group_members on group_id = groups.id "
    "join files on files.id = file_id where scopes.name = 'window' "
)
_ORDER = {
    SortKey.FREES: "sum(case when place > 0 and role <> 'protected' then files.size_bytes end)",
    SortKey.NAME: "lower(max(case when place = 0 then cast(path as text) end))",
    SortKey.FOLDER: "lower(max(case when place = 0 then cast(path as text) end))",
    SortKey.FILES: "count(*)",
    SortKey.SIZE: "max(files.size_bytes)",
    SortKey.MODIFIED: "max(files.mtime_ns)",
    SortKey.SIMILAR: "min(group_members.similarity)",
}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--groups", type=int, default=100_000)
    parser.add_argument("--files", type=int, default=1_000_000)
    parser.add_argument("--library", type=Path, help="make it here, or use the one that is here")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory(prefix="dedupe-") as temporary:
        path = options.library or Path(temporary, "library.sqlite")
        if not path.exists():
            make_library(path, options.groups, options.files, options.seed)
        print(f"{path.stat().st_size / 1e6:,.0f} MB")
        opened = _timed(lambda: open_beside(path).close())
        print(f"{'open':28} {opened * 1000:9.1f} ms")
        with open_beside(path) as library:
            measure(library)


def measure(library: Library) -> None:
    """Print how long each question takes, ours and the peer's."""
    for key in SortKey:
        query = GroupQuery(sort=key)
        _compare(
            f"sorted by {key}",
            lambda query=query: browse.group_list(library, SCOPE, query),
            lambda key=key: _list_naively(library, _ORDER[key]),
        )
    for name, query in {
        "one relation": GroupQuery(show=Show.REVISION),
        "one folder": GroupQuery(folder=ROOT / "3"),
        "words": GroupQuery(words="ÄNDERUNG northwind"),
    }.items():
        _compare(name, lambda query=query: browse.group_list(library, SCOPE, query))
    numbers, sizes = browse.group_list(library, SCOPE, GroupQuery(sort=SortKey.NAME))
    middle = len(numbers) // 2
    shown = list(numbers[middle : middle + PAGE])
    some = shown[: max(1, PAGE * len(numbers) // sum(sizes))]
    _compare(
        f"page of {PAGE} groups",
        lambda: browse.group_rows(library, shown),
        lambda: _page_naively(library, middle),
    )
    _compare(f"page of about {PAGE} files", lambda: browse.file_rows(library, some))
    _compare(f"files of {PAGE} groups", lambda: browse.file_rows(library, shown))
    _compare("counts", lambda: browse.count_all(library, SCOPE), lambda: _count_naively(library))
    took = _timed(lambda: browse.marked(library, SCOPE))
    print(f"{'all marked files, once':28} {took * 1000:9.1f} ms")
    file = browse.file_rows(library, some)[some[0]][1].file
    measure_decisions(library, file)


def measure_decisions(library: Library, file: int) -> None:
    """Print how long it takes to decide about one file and about 100,000, and to take it back."""
    many = [row[0] for row in library.rows("select id from files order by id limit 100000")]
    for name, files in (("one file", [file]), (f"{len(many):,} files", many)):
        for decision in (Decision.REMOVE, Decision.UNDECIDED):
            took = _timed(lambda: decisions.decide(library, files, decision))  # noqa: B023
            print(f"{f'decide about {name}':28} {took * 1000:9.1f} ms")
        for _ in range(2):
            print(f"{'undo':28} {_timed(lambda: decisions.undo_last(library)) * 1000:9.1f} ms")


def make_library(path: Path, groups: int, files: int, seed: int) -> None:
    """Fill a library with synthetic files and groups."""
    chance = random.Random(seed)
    with open_library(path) as library:
        start = time.perf_counter()
        with library.atomic():
            library.connection.executemany(
                "insert into texts (hash, words, sketch, sketch_shift) values (?, ?, x'', 3)",
                ((f"{number:064x}", 100 + number % 5000) for number in range(files // 2 + 1)),
            )
            packed = zlib.compress(random.Random(1).randbytes(600))
            library.connection.executemany(
                "insert into contents (sha256, size_bytes, format, reader, text_id, same_text, text, reason) "
                "values (?, ?, 'docx', 1, ?, ?, ?, ?)",
                _contents(files, packed),
            )
            library.connection.executemany(
                "insert into files (path, folded, size_bytes, mtime_ns, device, inode, content_id) "
                "values (?, ?, ?, ?, '1', ?, ?)",
                _files(files, chance),
            )
        folders.add_folders(library, [ROOT])
        print(f"{files:,} files made in {time.perf_counter() - start:.1f} s")
        start = time.perf_counter()
        contents = dict(
            library.rows(
                "select files.id, sha256 from files join contents on contents.id = content_id"
            )
        )
        results.save_groups(
            *(library, SCOPE, "s", "2026", _groups(groups, files, chance), contents)
        )
        print(f"{groups:,} groups saved in {time.perf_counter() - start:.1f} s")


def _contents(files: int, packed: bytes) -> Iterator[tuple[Any, ...]]:
    for number in range(files):
        sha256 = hashlib.sha256(str(number).encode()).hexdigest()
        reason = "empty" if number % 997 == 0 else None
        yield sha256, number % 100_000, number // 2 + 1, sha256, packed, reason


def _files(files: int, chance: random.Random) -> Iterator[tuple[Any, ...]]:
    for number in range(files):
        words = chance.sample(_WORDS, 3)
        folder = ROOT / str(number % 10) / words[0] / str(number % 1000) / words[1]
        path = os.fsencode(folder / f"{' '.join(words)} {number}.docx")
        mtime = 1_600_000_000_000_000_000 + chance.randrange(10**17)
        yield path, fold_path(path), chance.randrange(5_000_000), mtime, str(number), number + 1


def _groups(groups: int, files: int, chance: random.Random) -> Iterator[Group]:
    numbers = list(range(1, files + 1))
    chance.shuffle(numbers)
    each = files // groups
    evidence = [
        Evidence(relation, 100.0 - spread, 90.0, 95.0, Changes())
        for relation in (Relation.IDENTICAL, Relation.SAME_TEXT, Relation.REVISION)
        for spread in range(30)
    ]
    for number in range(groups):
        kind = _KINDS[number // 10 % 2] if number % 10 == 0 else GroupKind.DUPLICATES
        found = chance.choice(evidence)
        members = [
            GroupMember(
                file,
                Role.COPY if place else Role.KEEPER,
                (Decision.REMOVE if found.relation is not Relation.REVISION else Decision.UNDECIDED)
                if place
                else Decision.KEEP,
                found.relation if place else None,
                found if place else None,
                1.0,
                "It says why in a sentence of usual length.",
            )
            for place, file in enumerate(numbers[number * each : (number + 1) * each])
        ]
        yield Group(kind, tuple(members), chance.randrange(10**9), found.similarity)


def _list_naively(library: Library, order: str) -> list[tuple[Any, ...]]:
    return list(
        library.rows(
            f"select groups.id, count(*) {_ALL} group by groups.id order by {order} desc, groups.id"
        )
    )


def _page_naively(library: Library, first: int) -> list[tuple[Any, ...]]:
    return list(
        library.rows(
            f"select groups.id, kind, count(*), max(case when place = 0 then path end) {_ALL} "
            f"group by groups.id order by {_ORDER[SortKey.NAME]}, groups.id limit ? offset ?",
            [PAGE, first],
        )
    )


def _count_naively(library: Library) -> list[tuple[Any, ...]]:
    queries = (
        "select count(*) from files",
        "select relation, count(*) from groups group by relation",
        "select count(*) from files left join contents on contents.id = content_id "
        "where files.reason is not null or contents.reason is not null",
        f"select count(*), sum(size_bytes) from files where id in (select file_id {_ALL} and decision = 'remove')",  # noqa: S608
    )
    return [row for query in queries for row in library.rows(query)]


def _compare(
    name: str, ours: Callable[[], object], peer: Callable[[], object] | None = None
) -> None:
    own, other = [], []
    for _ in range(_REPEAT):
        own.append(_timed(ours))
        if peer:
            other.append(_timed(peer))
    took = statistics.median(own)
    line = f"{name:28} {took * 1000:9.1f} ms"
    if other:
        naive = statistics.median(other)
        line += f"   peer {naive * 1000:9.1f} ms   {naive / took:7.1f}x"
    print(line, flush=True)


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
