"""Puts files, contents and groups into a library, as a scan would, without reading anything."""

from __future__ import annotations

import zlib
from pathlib import Path

import numpy as np

from dedupe_app.records import (
    Change,
    ChangeKind,
    Changes,
    Decision,
    Evidence,
    FileState,
    Group,
    GroupKind,
    GroupMember,
    ReadText,
    Relation,
    Role,
)
from dedupe_app.store import documents, results

ROOT = Path("/papers")
SCOPE = "window"
ALL = np.zeros(1, np.uint64)


def state(name, size=10, mtime=1000, inode=None):
    """Return the state of a file below the root."""
    return FileState(ROOT / name, size, mtime, 1, abs(hash(name)) if inode is None else inode)


def change(kind, own, old=None):
    """Return a change of a file; `old` is the name that it had."""
    return Change(kind, own, None if old is None else ROOT / old)


def add(library, name, words="", size=10, mtime=1000):
    """Add a file; equal words are equal bytes, "" is a file that was not read. Return its number."""
    own = state(name, size, mtime)
    documents.apply_changes(library, [change(ChangeKind.ADDED, own)])
    if words:
        read(library, own, words)
    return number_of(library, name)


def read(library, own, words):
    """Give a file its bytes and text."""
    sha256 = f"sha of {words}"
    documents.set_contents(library, [(own, sha256)])
    content = library.row("select id from contents where sha256 = ?", [sha256])[0]
    packed = zlib.compress(words.encode())
    name = words.replace(" ", "-")  # of the letters; a space would begin what is beside them
    text = ReadText("txt", packed, name, f"text of {words}", 7, ALL, 3, np.zeros(256, np.int8))
    documents.save_readings(library, [(content, text)], 1, "lexical")


def contents(library):
    """Return the SHA-256 of all files."""
    return dict(
        library.rows("select files.id, sha256 from files join contents on contents.id = content_id")
    )


def number_of(library, name):
    """Return the number of a file."""
    return library.row("select id from files where path = ?", [str(ROOT / name).encode()])[0]


def member(file, relation=None, decision=None, role=None):
    """Return a member of a group: the keeper when there is no relation."""
    evidence = relation and Evidence(relation, 90.0, 91.0, 92.0, Changes(figures=2))
    suggested = {None: Decision.KEEP, Relation.IDENTICAL: Decision.REMOVE}
    return GroupMember(
        file,
        role or (Role.COPY if relation else Role.KEEPER),
        decision or suggested.get(relation, Decision.UNDECIDED),
        *(relation, evidence, 1.0, f"why {file}"),
    )


def group(*files, relation=Relation.IDENTICAL, kind=GroupKind.DUPLICATES, **more):
    """Return a group, the first file its keeper."""
    members = (member(files[0]), *(member(file, relation) for file in files[1:]))
    return Group(kind, members, more.get("frees", 10), more.get("similarity", 90.0))


def save(library, *groups, scope=SCOPE):
    """Store groups; return their numbers in the order given."""
    results.save_groups(library, scope, "signature", "2026", groups, contents(library))
    rows = library.rows(
        "select groups.id from groups join scopes on scopes.id = scope_id where name = ? order by groups.id",
        [scope],
    )
    return [number for (number,) in rows]
