"""Protected folders are known by name and by inode, each of which has to do where the other cannot."""

from __future__ import annotations

import os

import pytest

from dedupe_app.records import Problem
from dedupe_app.review import guard, held
from dedupe_app.review.guard import is_guarded
from dedupe_app.review.held import LeftAlone, hold


@pytest.fixture(params=["by inode too", "by name alone"])
def safe(request, tmp_path, monkeypatch):
    """Give a protected folder with a file; some drives number no files, and a folder may be away."""
    if request.param == "by name alone":
        monkeypatch.setattr(guard, "_identity", lambda _folder: None)
    folder = tmp_path / "safe"
    (folder / "deep" / "er").mkdir(parents=True)
    (folder / "deep" / "er" / "a.txt").write_bytes(b"words")
    return folder


def test_file_that_is_reached_by_a_link_to_a_folder_within(safe, tmp_path):
    (tmp_path / "link").symlink_to(safe / "deep")
    assert is_guarded(tmp_path / "link" / "er" / "a.txt", [safe])
    assert not is_guarded(tmp_path / "other" / "a.txt", [safe])


def test_folder_that_was_protected_under_the_name_of_a_link(safe, tmp_path):
    (tmp_path / "link").symlink_to(safe)
    assert is_guarded(safe / "deep" / "er" / "a.txt", [tmp_path / "link"])
    assert is_guarded(tmp_path / "link" / "deep" / "er" / "a.txt", [tmp_path / "link"])


def test_folder_that_was_protected_by_a_roundabout_name(safe, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    roundabout = tmp_path / "x" / ".." / "safe"
    assert is_guarded(safe / "deep" / "er" / "a.txt", [roundabout])


def test_link_in_a_folder_is_a_file_of_that_folder(safe, tmp_path):
    (tmp_path / "link.txt").symlink_to(safe / "deep" / "er" / "a.txt")
    assert not is_guarded(tmp_path / "link.txt", [safe])
    (safe / "out.txt").symlink_to(tmp_path / "elsewhere")
    assert is_guarded(safe / "out.txt", [safe])


def test_file_that_is_written_while_it_is_read_is_not_held(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    path.write_bytes(b"words")
    real = held.digest

    def digest_slowly(descriptor):
        found = real(descriptor)
        path.write_bytes(b"WORDS")
        os.utime(path, ns=(5, 5))
        return found

    os.utime(path, ns=(5, 5))
    with path.open("rb") as file:
        sha256 = real(file.fileno())
    monkeypatch.setattr(held, "digest", digest_slowly)
    with pytest.raises(LeftAlone) as left, hold(path, sha256, 5, 5):
        pass
    assert left.value.problem is Problem.CHANGED
