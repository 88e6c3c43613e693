"""Writes down what the system had attached to files that were acted on: owner, last access, extended attributes.

One row for an entry of the journal, with the drives of the places that the entry names. Knows no files.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from typing import TYPE_CHECKING

from dedupe_app.records import Attached

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dedupe_app.records import JournalEntry
    from dedupe_app.store.library import Library

# How each row begins, by which it is known in a damaged library.
BEGINNING = '{"owner": '


def save(library: Library, entries: Iterable[JournalEntry]) -> None:
    """Keep what was attached to the files of entries; what was kept already stays as it is."""
    rows = [(entry.number, to_text(entry)) for entry in entries if entry.attached]
    if rows:
        query = "insert or ignore into attached (entry, facts) values (?, ?)"
        library.connection.executemany(query, rows)


def to_text(entry: JournalEntry) -> str:
    """Return what is kept of an entry as JSON, "" if nothing was attached to its file."""
    attached = entry.attached
    if attached is None:
        return ""
    return json.dumps(
        {
            "owner": attached.owner,
            "group": attached.group,
            "accessed_ns": attached.accessed_ns,
            "attributes": {name: b64encode(value).decode() for name, value in attached.attributes},
            "missed": attached.missed,
            "target_device": entry.target_device,
            "kept_device": entry.kept_device,
        }
    )


def from_text(text: str | None) -> tuple[Attached | None, int, int]:
    """Return what was written down, None if nothing was, and the drives of the target and of what stays, 0 if none."""
    if not text:
        return None, 0, 0
    facts = json.loads(text)
    attached = Attached(
        facts["owner"],
        facts["group"],
        facts["accessed_ns"],
        tuple((name, b64decode(value)) for name, value in facts["attributes"].items()),
        tuple(facts["missed"]),
    )
    # Earlier versions wrote down no drives.
    return attached, facts.get("target_device", 0), facts.get("kept_device", 0)
