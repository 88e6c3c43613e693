from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dedupe_app.engine.doctor import State, examine
from dedupe_app.store.database import open_library

if TYPE_CHECKING:
    from pathlib import Path


def finding(what: str, library: Path):
    return next(each for each in examine(library) if each.what == what)


@pytest.fixture
def programs(tmp_path, monkeypatch):
    """Return a function that puts a program with a given answer on an otherwise empty PATH."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))

    def add(name: str, script: str) -> None:
        (folder / name).write_text(f"#!/bin/sh\n{script}\n")
        (folder / name).chmod(0o755)

    return add


def test_every_finding_that_is_not_ok_has_a_hint(tmp_path, programs):
    findings = examine(tmp_path / "library.sqlite")
    assert all(each.hint for each in findings if each.state is not State.OK)
    assert all(each.detail for each in findings)


def test_a_library_that_is_not_there_is_not_made(tmp_path):
    assert finding("Library", tmp_path / "new" / "library.sqlite").state is State.MISSING
    assert list(tmp_path.iterdir()) == []


def test_a_good_library_is_counted(tmp_path):
    path = tmp_path / "library.sqlite"
    open_library(path).close()
    found = finding("Library", path)
    assert found.state is State.OK
    assert "0 files" in found.detail


def test_a_damaged_library_is_faulty_and_stays_as_it_is(tmp_path):
    path = tmp_path / "library.sqlite"
    path.write_bytes(b"nonsense" * 1000)
    found = finding("Library", path)
    assert found.state is State.FAULTY
    assert "damaged" in found.detail
    assert path.read_bytes() == b"nonsense" * 1000


def test_missing_ocr_names_the_package(tmp_path, programs):
    found = finding("OCR", tmp_path / "library.sqlite")
    assert found.state is State.MISSING
    assert "apt install tesseract-ocr" in found.hint


def test_ocr_languages_are_listed(tmp_path, programs):
    programs("tesseract", "echo 'List of available languages (3):'; echo deu; echo eng; echo osd")
    assert finding("OCR", tmp_path / "x").detail == "Tesseract, languages: deu, eng"


def test_a_gpu_is_named_as_its_driver_does(tmp_path, programs):
    programs("nvidia-smi", "echo 'NVIDIA H100, 81559 MiB'")
    found = finding("GPU", tmp_path / "x")
    assert found.state is State.OK
    assert found.detail.startswith("NVIDIA H100, 81559 MiB")


def test_a_driver_that_fails_is_limited(tmp_path, programs):
    programs("nvidia-smi", "exit 9")
    assert finding("GPU", tmp_path / "x").state is State.LIMITED
