"""Copies of a file that is not the keeper are copies all the same: compared with that file, and marked."""

from __future__ import annotations

import os

from dedupe_app.engine.messages import ScanOptions
from dedupe_app.engine.pipeline import scan
from dedupe_app.records import Decision, GroupKind, Relation
from dedupe_app.store.database import open_library
from dedupe_app.store.results import report_rows

WORDS = "The supplier keeps the boxes of the client on the second floor and counts them every spring {}."
DRAFT = " ".join(WORDS.format(number) for number in "one two three four five six seven".split())
FINAL = f"{DRAFT} The client pays for what is lost, and nothing else is owed by anybody."


def test_all_but_one_of_equal_files_are_marked_though_none_is_the_keeper(tmp_path):
    docs = tmp_path / "docs"
    docs.mkdir()
    for day, (name, text) in enumerate(
        {
            "draft.txt": DRAFT,
            "draft copy.txt": DRAFT,
            "draft.md": f"{DRAFT}\n",
            "z.txt": FINAL,
        }.items()
    ):
        (docs / name).write_text(text)
        os.utime(docs / name, (86_400 * day, 86_400 * day))
    options = ScanOptions((docs,), processes=1)
    with open_library(tmp_path / "library.sqlite") as library:
        for _ in scan(library, options):
            pass
        rows = list(report_rows(library, options.scope, {GroupKind.DUPLICATES}))
    found = {row.path.name: row for row in rows}
    assert [row.path.name for row in rows if row.compared_with is None] == ["z.txt"]
    stays = found["draft.md"]
    assert (stays.relation, stays.decision) == (Relation.REVISION, Decision.UNDECIDED)
    assert stays.compared_with == docs / "z.txt"
    for name, relation in (
        ("draft.txt", Relation.SAME_TEXT),
        ("draft copy.txt", Relation.SAME_TEXT),
    ):
        row = found[name]
        assert (row.relation, row.decision) == (relation, Decision.REMOVE)
        assert row.compared_with == docs / "draft.md"
        assert row.similarity == 100.0
