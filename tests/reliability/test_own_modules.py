"""Documents are read, never run: not even those that have the name of a module of Python."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dedupe_app.own_modules import as_others_expect, keep_to_own_modules

ROOT = Path(__file__).parents[2]
START = "from dedupe_app.__main__ import main\n\nif __name__ == '__main__':\n    main()\n"
NAMES = ("re", "json", "random", "pickle", "numpy", "zipfile", "lxml", "dedupe_app")


@pytest.fixture
def clean(monkeypatch):
    monkeypatch.delenv("PYTHONSAFEPATH", raising=False)


def test_no_file_of_the_scanned_folder_is_run(tmp_path, clean):
    documents, trace = tmp_path / "documents", tmp_path / "trace"
    documents.mkdir()
    for name in NAMES:
        script = f"open({str(trace)!r}, 'a').write({name!r})\n"
        (documents / f"{name}.py").write_text(script, encoding="utf-8")
    (tmp_path / "start.py").write_text(START, encoding="utf-8")
    places = ["--library", str(tmp_path / "library.sqlite"), "--csv", "../report.csv"]
    done = subprocess.run(
        [sys.executable, str(tmp_path / "start.py"), "scan", ".", *places],
        cwd=documents,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert not trace.exists()
    assert done.returncode == 0
    assert done.stderr.startswith(f"{len(NAMES)} files, {len(NAMES)} read. No duplicates")


def test_programs_of_others_start_as_they_would_without_us(clean):
    keep_to_own_modules()
    with as_others_expect():
        assert "PYTHONSAFEPATH" not in os.environ
    assert os.environ["PYTHONSAFEPATH"] == "1"


def test_nothing_is_set_that_was_not(clean):
    with as_others_expect():
        pass
    assert "PYTHONSAFEPATH" not in os.environ
