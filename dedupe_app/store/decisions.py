"""What people decided: about files, keepers, and pairs that are no duplicates; and taking the last of it back.

A decision is about a path and its bytes. It outlives groups and moves, is void while the bytes are others, and holds
again when they are back.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from dedupe_app.records import Decision
from dedupe_app.sameness import find_doubtful, is_same_text, letters_of
from dedupe_app.store.effects import apply_decisions, touch_files, touch_paths
from dedupe_app.store.folders import protected_folders
from dedupe_app.store.paths import span, to_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from dedupe_app.store.library import Library

_MOST_ENTRIES = 1000
# Of one large change after the other, fewer are kept.
_MOST_LOGGED_FILES = 1_000_000
_WORDS = {
    Decision.KEEP: "keep {}",
    Decision.REMOVE: "mark {} to remove",
    Decision.UNDECIDED: "leave {} undecided",
}
_TOUCHED_MEMBERS = (
    "select group_id, sha256, coalesce(same_text, ''), touched.file_id from temp.touched "
    "cross join group_members using (file_id) cross join contents using (sha256)"
)
# Each text but once: a group may have thousands of members.
_STAYING_TEXTS = (
    "select distinct group_id, sha256, coalesce(same_text, '') from "
    "(select distinct group_id from temp.touched cross join group_members using (file_id)) "
    "cross join group_members using (group_id) cross join files on files.id = group_members.file_id "
    "cross join contents on contents.id = content_id "
    "where decision <> 'remove' and files.id not in (select file_id from temp.touched)"
)


@dataclass(frozen=True, slots=True)
class StoredDecision:
    """What a person decided about the file at a path while its bytes have this SHA-256; None: only about the keeper."""

    path: Path
    sha256: str
    decision: Decision | None
    keeper: bool


def decide(library: Library, files: Sequence[int], decision: Decision) -> None:
    """Remember what shall happen to some files; of those to be removed also whether the same text was to stay.

    Files in protected folders, and those whose bytes are not known, are left out.
    """
    with library.atomic():
        touch_files(library, files)
        for folder in protected_folders(library):
            library.execute("delete from temp.touched where path >= ? and path < ?", span(folder))
        library.execute(
            "delete from temp.touched where sha256 is null or exists (select 1 from decisions where "
            "decisions.path = touched.path and decisions.sha256 = touched.sha256 and decision = ?)",
            [decision.value],
        )
        count = int(library.execute("select count(*) from temp.touched").fetchone()[0])
        if not count:
            return
        made = _now()
        with _logged(library, _WORDS[decision].format(_counted(count))):
            library.execute(
                "insert into decisions (path, sha256, decision, made) "
                "select path, sha256, ?, ? from temp.touched where true "
                "on conflict (path, sha256) do update set decision = excluded.decision, made = excluded.made, "
                "keeper = keeper and excluded.decision = 'keep'",
                [decision.value, made],
            )
            if decision is Decision.REMOVE:
                library.execute(
                    "insert or ignore into same_text_marks select decisions.id, ? from temp.touched cross join "
                    "decisions using (path, sha256) where file_id in (select value from json_each(?))",
                    [made, json.dumps(sorted(_beside_same_text(library)))],
                )


def choose_keeper(library: Library, scope: str, group: int, file: int) -> None:
    """Remember that a file is the one to keep of its group; its group gets it as keeper when groups are made anew."""
    with library.atomic():
        others = library.rows(
            "select file_id from group_members join groups on groups.id = group_id "
            "join scopes on scopes.id = scope_id where groups.id = ? and scopes.name = ?",
            [group, scope],
        )
        touch_files(library, {file, *(other for (other,) in others)})
        chosen = kept_files(library)
        library.execute(
            "delete from temp.touched where sha256 is null or (file_id <> ? and file_id not in "
            "(select value from json_each(?)))",
            [file, json.dumps(sorted(chosen))],
        )
        touched = {row[0] for row in library.rows("select file_id from temp.touched")}
        if file not in touched or (touched == {file} and file in chosen):
            return
        with _logged(library, "keep another file of a group"):
            library.execute(
                "update decisions set keeper = 0 from temp.touched "
                "where decisions.path = touched.path and decisions.sha256 = touched.sha256"
            )
            # Whoever says that this file stays does not want it removed any more.
            library.execute(
                "insert into decisions (path, sha256, keeper, made) "
                "select path, sha256, 1, ? from temp.touched where file_id = ? "
                "on conflict (path, sha256) do update set keeper = 1, made = excluded.made, "
                "decision = nullif(nullif(decision, 'remove'), 'undecided')",
                [_now(), file],
            )


def reject(library: Library, files: Sequence[int], others: Sequence[int]) -> int:
    """Remember for good that no file is a duplicate of any of the others; return how many pairs that are new.

    Files of equal bytes cannot be told apart: they stay duplicates.
    """
    return reject_each(library, [(files, others)])


def reject_each(library: Library, parts: Iterable[tuple[Sequence[int], Sequence[int]]]) -> int:
    """Do the same as `reject` for several lots of files and others, as one change."""
    with library.atomic():
        pairs: set[tuple[str, str]] = set()
        chosen: set[int] = set()
        for files, others in parts:
            chosen.update(files, others)
            second = _hashes(library, others)
            pairs.update(
                (min(a, b), max(a, b)) for a in _hashes(library, files) for b in second if a != b
            )
        pairs -= rejections(library) if pairs else set()
        if not pairs:
            return 0
        what = f"these are not duplicates: {_counted(len(chosen))}"
        entry, made = _new_entry(library, what, 0), _now()
        library.connection.executemany(
            "insert into rejections (sha256_a, sha256_b, made, entry) values (?, ?, ?, ?)",
            ((a, b, made, entry) for a, b in sorted(pairs)),
        )
        _forget_old_entries(library)
        return len(pairs)


def undo_last(library: Library) -> str:
    """Take back the last change of decisions, keepers or rejections; return it in words, "" if there is none left."""
    with library.atomic():
        last = library.row("select id, what from decision_log order by id desc limit 1")
        if last is None:
            return ""
        entry, what = last
        logged = library.rows(
            "select path from decision_log_files join decisions on decisions.id = decision_id where entry = ?",
            [entry],
        )
        touch_paths(library, [path for (path,) in logged])
        library.execute(
            "delete from decisions where id in "
            "(select decision_id from decision_log_files where entry = ? and made is null)",
            [entry],
        )
        library.execute(
            "update decisions set decision = earlier.decision, keeper = earlier.keeper, made = earlier.made "
            "from decision_log_files earlier where entry = ? and decision_id = decisions.id",
            [entry],
        )
        library.execute("delete from rejections where entry = ?", [entry])
        library.execute("delete from decision_log where id = ?", [entry])
        apply_decisions(library)
        return str(what)


def decisions(library: Library) -> list[StoredDecision]:
    """Return all that was decided about files, also about those that are gone or have other bytes now."""
    rows = library.rows(
        "select path, sha256, decision, keeper from decisions where decision is not null or keeper "
        "order by path, sha256"
    )
    return [
        StoredDecision(to_path(path), sha256, Decision(word) if word else None, bool(keeper))
        for path, sha256, word, keeper in rows
    ]


def kept_files(library: Library) -> set[int]:
    """Return the files that people chose as the keepers of their groups."""
    rows = library.rows(
        "select files.id from decisions cross join files on files.path = decisions.path "
        "join contents on contents.id = content_id and contents.sha256 = decisions.sha256 where keeper"
    )
    return {file for (file,) in rows}


def rejections(library: Library) -> set[tuple[str, str]]:
    """Return the pairs of SHA-256, the lesser first, that people said are no duplicates."""
    return {(a, b) for a, b in library.rows("select sha256_a, sha256_b from rejections")}


def _beside_same_text(library: Library) -> set[int]:
    """Return the touched files with the same bytes or text as a member of their groups that stays."""
    staying = list(library.rows(_STAYING_TEXTS))
    if not staying:
        return set()
    touched = list(library.rows(_TOUCHED_MEMBERS))
    doubtful = find_doubtful({row[2] for row in (*staying, *touched)})
    hashes = {(group, sha256) for group, sha256, _ in staying}
    names: dict[tuple[int, str], list[str]] = {}
    for group, _, name in staying:
        names.setdefault((group, letters_of(name)), []).append(name)
    return {
        file
        for group, sha256, name, file in touched
        if (group, sha256) in hashes
        or any(
            is_same_text(name, other, doubtful)
            for other in names.get((group, letters_of(name)), ())
        )
    }


@contextmanager
def _logged(library: Library, what: str) -> Iterator[None]:
    """Log how the touched files were decided before the change that follows, and see to its effects."""
    files = library.execute("select count(*) from temp.touched").fetchone()[0]
    entry = _new_entry(library, what, files)
    library.execute(
        "insert into decision_log_files select ?, id, decision, keeper, made "
        "from temp.touched cross join decisions using (path, sha256)",
        [entry],
    )
    latest = library.execute("select coalesce(max(id), 0) from decisions").fetchone()[0]
    yield
    # Those that are new were nothing before.
    library.execute(
        "insert into decision_log_files (entry, decision_id) select ?, id from decisions where id > ?",
        [entry, latest],
    )
    apply_decisions(library)
    _forget_old_entries(library)


def _new_entry(library: Library, what: str, files: int) -> int:
    cursor = library.execute(
        "insert into decision_log (made, what, files, after_batch) "
        "select ?, ?, ?, coalesce(max(batch), 0) from actions",
        [_now(), what, files],
    )
    return int(cursor.lastrowid or 0)


def _forget_old_entries(library: Library) -> None:
    library.execute(
        "delete from decision_log where id <= coalesce((select max(id) from ("
        "select id, row_number() over (order by id desc) as place, sum(files) over (order by id desc) as logged "
        "from decision_log) where place > ? or (place > 1 and logged > ?)), 0)",
        [_MOST_ENTRIES, _MOST_LOGGED_FILES],
    )


def _hashes(library: Library, files: Sequence[int]) -> set[str]:
    rows = library.rows(
        "select distinct sha256 from json_each(?) asked cross join files on files.id = asked.value "
        "join contents on contents.id = content_id",
        [json.dumps(list(files))],
    )
    return {sha256 for (sha256,) in rows}


def _counted(files: int) -> str:
    return "1 file" if files == 1 else f"{files:,} files"


def _now() -> str:
    return datetime.now(UTC).isoformat()
