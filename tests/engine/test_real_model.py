"""With a real model, where one is named: DEDUPE_MODEL=qwen3-0.6b (or folder:PATH, server:URL#MODEL) pytest ..."""

import os

import pytest
from test_meaning import ESSAY_EN, ESSAY_FR, LEASE_DE, LEASE_EN, OTHER_DE, meaning_groups

from dedupe_app.records import GroupKind, Relation

MODEL = os.environ.get("DEDUPE_MODEL", "")


@pytest.mark.skipif(not MODEL, reason="no model is named in DEDUPE_MODEL")
def test_translations_are_nearer_than_everything_else(run_scan, plant, tmp_path):
    texts = {"lease.txt": LEASE_EN, "miete.txt": LEASE_DE, "other.txt": OTHER_DE}
    essays = {"shore.txt": ESSAY_EN, "rivage.txt": ESSAY_FR}
    tree = plant(tmp_path / "tree", {**texts, **essays})
    scanned = run_scan(tmp_path / "library.sqlite", tree, embedder=MODEL)
    assert scanned.finished.model_problem is None
    for group in meaning_groups(scanned):
        assert set(group) in ({"lease.txt", "miete.txt"}, {"shore.txt", "rivage.txt"})
    rows = [row for row in scanned.rows if row.kind is GroupKind.MEANING]
    assert {row.relation for row in rows} <= {None, Relation.SAME_MEANING}
