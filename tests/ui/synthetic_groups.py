"""Groups out of thin air, as many as wanted: what they hold follows from their numbers. Counts what it is asked."""

from __future__ import annotations

from array import array
from pathlib import Path

from dedupe_app.records import Decision, FileRow, GroupKind, GroupRow, Relation, Role
from dedupe_app.ui.group_model import GroupModel, make_listing

ROOT = Path("/home/ada/Contracts")


def make_file(group, line, **changed):
    """Make a file of a group; the first is its keeper."""
    keeper = line == 0
    values = {
        "group": group,
        "file": group * 100_000 + line,
        "path": ROOT / str(group % 7) / f"Letter {group} ({line}).odt",
        "size_bytes": 1000 * (line + 1),
        "mtime_ns": 1_700_000_000_000_000_000 + group,
        "format": "odt",
        "words": 500,
        "relation": None if keeper else Relation.SAME_TEXT,
        "similarity": None if keeper else 100.0,
        "shared_text": None if keeper else 100.0,
        "contained": None if keeper else 100.0,
        "meaning": None,
        "figures_changed": None if keeper else 0,
        "role": Role.KEEPER if keeper else Role.COPY,
        "decision": Decision.KEEP if keeper else Decision.REMOVE,
        "decided": False,
        "offline": False,
        "reason": "The newest." if keeper else "The same words.",
        "compared_with": None if keeper else group * 100_000,
    }
    return FileRow(**{**values, **changed})


class SyntheticSource:
    """Answers like the library, and remembers how often it was asked."""

    def __init__(self, sizes):
        """Know groups 1, 2, ... with these sizes."""
        self.sizes = dict(enumerate(sizes, 1))
        self.changed = {}
        self.kinds = {}
        self.markings_asked = 0
        self.group_questions = 0
        self.file_questions = 0
        self.files_given = 0

    def groups(self, numbers):
        self.group_questions += 1
        return [
            GroupRow(
                number,
                self.kinds.get(number, GroupKind.DUPLICATES),
                Relation.SAME_TEXT,
                f"Letter {number} (0).odt",
                self.sizes[number],
                1000 * self.sizes[number],
                100.0,
            )
            for number in numbers
            if number in self.sizes
        ]

    def files(self, numbers):
        self.file_questions += 1
        found = {number: self._rows(number, 0, self.sizes.get(number, 0)) for number in numbers}
        self.files_given += sum(map(len, found.values()))
        return found

    def page(self, number, first, count):
        self.file_questions += 1
        rows = self._rows(number, first, min(count, self.sizes.get(number, 0) - first))
        self.files_given += len(rows)
        return rows

    def marking(self, file, group):
        self.markings_asked += 1
        return next(iter(self.groups([group + 1])), None)

    def _rows(self, number, first, count):
        rows = (make_file(number, line) for line in range(first, first + count))
        return [self.changed.get(row.file, row) for row in rows]


def listing_of(sizes, numbers=None):
    """Lay out groups 1, 2, ... with these sizes."""
    listed = array("q", numbers or range(1, len(sizes) + 1))
    return make_listing(listed, array("i", sizes), (ROOT,))


def make_model(sizes, parent=None):
    """Make a model of synthetic groups; returns it with its source."""
    source = SyntheticSource(sizes)
    model = GroupModel(source, parent)
    model.show(listing_of(sizes))
    return model, source
