"""Groups of real files for tests of plans and actions: written to disk, and as the rows that the store would give."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, field
from pathlib import Path

from dedupe_app.records import (
    ActionState,
    Decision,
    FileRow,
    Folder,
    JournalEntry,
    Relation,
    Role,
)
from dedupe_app.review.actions import Deed, perform
from dedupe_app.review.facts import read_attached
from dedupe_app.review.held import LeftAlone, device_of
from dedupe_app.review.plan import make_plan
from dedupe_app.review.settle import settle, settle_left

OLD = 1_500_000_000_123_456_789


@dataclass
class Shelf:
    """A folder with files in groups; `rows` are what a scan would have stored when it was last looked at."""

    root: Path
    protected: Path | None = None
    groups: dict[int, list[FileRow]] = field(default_factory=dict)
    hashes: dict[int, str] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    outdated: set[tuple[int, int]] = field(default_factory=set)

    def add(self, group, name, content, *, decision=Decision.UNDECIDED, relation=None, **facts):
        """Write a file and put it into a group; the first of a group is its keeper."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, Path):
            os.link(content, path)
        else:
            path.write_bytes(content)
            os.utime(path, ns=(OLD, OLD))
        return self.store(group, path, decision=decision, relation=relation, **facts)

    def store(
        self,
        group,
        path,
        *,
        decision,
        relation=None,
        decided=False,
        offline=False,
        for_same_text=False,
        decided_at="",
    ):
        """Put a file that is there into a group, as it is now."""
        rows = self.groups.setdefault(group, [])
        status = path.stat()
        number = len(self.hashes) + 1
        guarded = self.protected is not None and path.is_relative_to(self.protected)
        role = Role.PROTECTED if guarded else Role.COPY if rows else Role.KEEPER
        self.hashes[number] = hashlib.sha256(path.read_bytes()).hexdigest()
        is_same = bool(rows) and relation in {Relation.IDENTICAL, Relation.SAME_TEXT}
        self.names[number] = self.names[rows[0].file] if is_same else f"letters{number}"
        row = FileRow(
            group=group,
            file=number,
            path=path,
            size_bytes=status.st_size,
            mtime_ns=status.st_mtime_ns,
            format="txt",
            words=5,
            relation=relation if rows else None,
            similarity=100.0 if rows else None,
            shared_text=None,
            contained=None,
            meaning=None,
            figures_changed=None,
            role=role,
            decision=Decision.KEEP if guarded else decision,
            decided=decided,
            offline=offline,
            reason="",
            compared_with=rows[0].file if rows else None,
            for_same_text=for_same_text,
            decided_at=decided_at,
        )
        rows.append(row)
        return path

    def folders(self):
        """Return the folder that is scanned, and the protected one."""
        found = [Folder(self.root)]
        if self.protected:
            found.append(Folder(self.protected, protected=True))
        return found

    def plan(self):
        """Plan what becomes of the marked files."""
        marked = [
            row for rows in self.groups.values() for row in rows if row.decision is Decision.REMOVE
        ]
        return make_plan(
            *(marked, self.groups, self.hashes, self.folders()),
            names=self.names,
            outdated=self.outdated,
        )

    def items(self):
        """Return the plan by name."""
        return {item.path.name: item for item in self.plan().items}


def twins(root, **options):
    """Return a shelf with one group: a.txt to keep, b.txt identical and marked."""
    shelf = Shelf(root, **options)
    shelf.add(1, "a.txt", b"the same words", decision=Decision.KEEP)
    shelf.add(
        *(1, "b.txt", b"the same words"), decision=Decision.REMOVE, relation=Relation.IDENTICAL
    )
    return shelf


def entry_of(item, kind):
    """Return the journal's entry for a planned file, before anything is done."""
    return JournalEntry(
        *(kind, item.path, item.sha256, item.size_bytes, item.mtime_ns, item.relation),
        device=item.device,
        inode=item.inode,
        number=1,
        batch=1,
    )


class Diary:
    """A journal in memory: does things to files and keeps the entries."""

    def __init__(self, deed):
        self.deed = deed
        self.entries = []
        if deed.folder is not None:  # somebody chose it
            deed.folder.mkdir(parents=True, exist_ok=True)

    def act(self, item):
        """Do it to one file and return its entry."""
        entry = entry_of(item, self.deed.kind)
        self.entries.append(entry)
        place = len(self.entries) - 1

        def intend(target, kept):
            known = {each.path: each.sha256 for each in item.kept}
            self.entries[place] = _with(
                *(self.entries[place],),
                target=target,
                kept=kept,
                kept_sha256=known.get(kept, ""),
                mode=item.path.lstat().st_mode,
                attached=read_attached(item.path),
                target_device=device_of(target.parent),
                kept_device=device_of(kept),
            )

        try:
            target = perform(item, self.deed, intend)
        except LeftAlone as left:
            self.entries[place] = settle_left(self.entries[place], left)
            return self.entries[place]
        return self._set(place, ActionState.DONE, target)

    def settle(self):
        """Find out what became of what broke off."""
        self.entries = [
            settle(each) if each.state is ActionState.PLANNED else each for each in self.entries
        ]
        return self.entries

    def _set(self, place, state, target, problem=None):
        self.entries[place] = _with(
            self.entries[place], state=state, target=target, problem=problem
        )
        return self.entries[place]


def do(shelf, kind, *, folder=None, last_copies=()):
    """Do something to all marked files of a shelf; return the entries by name."""
    deed = Deed(kind, folder, [shelf.protected] if shelf.protected else [], last_copies)
    diary = Diary(deed)
    for item in shelf.plan().items:
        diary.act(item)
    return {entry.path.name: entry for entry in diary.entries}


def snapshot(folder):
    """Return bytes, time and mode of every file below a folder, hidden ones too."""
    return {
        path: (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_mode)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }


def _with(entry, **changes):
    from dataclasses import replace

    return replace(entry, **changes)
