"""The self-check of the program: what it says, and that it sees what does not work."""

import os
from pathlib import Path

import pytest

from dedupe_app import self_check
from dedupe_app.settings import resource_folder

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

ROOT = Path(__file__).parents[1]


@pytest.fixture
def supplies(tmp_path):
    """A document of two formats, the samples, and no model."""
    documents = tmp_path / "documents"
    documents.mkdir()
    for name in ("lease.docx", "lease.txt"):
        (documents / name).write_bytes((ROOT / "tests/data/documents" / name).read_bytes())
    return self_check.Supplies(documents, resource_folder() / "samples", tmp_path / "none")


def results(capsys):
    """Return whether each step was well, by its name."""
    lines = capsys.readouterr().out.splitlines()
    steps = [line.split() for line in lines if line.startswith(("ok", "FAILED"))]
    return {words[1]: words[0] == "ok" for words in steps}


def test_what_is_missing_fails_and_all_else_is_checked(supplies, capsys, qapp):
    home = os.environ.get("HOME")
    assert self_check.run(supplies) == 1
    found = results(capsys)
    well = {"documents": True, "groups": True, "map": True, "card": True, "window": True}
    assert found == {**well, "model": False}
    assert os.environ.get("HOME") == home


def test_document_that_cannot_be_read_is_named(supplies, tmp_path):
    (supplies.documents / "broken.docx").write_bytes(b"PK\x03\x04 no archive at all")
    with pytest.raises(self_check.SelfCheckError, match=r"broken\.docx: damaged"):
        self_check._read_documents(tmp_path, supplies)


def test_documents_that_are_not_there_are_no_success(supplies, tmp_path):
    with pytest.raises(self_check.SelfCheckError, match="not there"):
        self_check._read_documents(
            tmp_path, self_check.Supplies(tmp_path / "none", supplies.samples, supplies.model)
        )
