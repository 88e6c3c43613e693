"""Folders that are one by a link, a mount or other letters of their names are walked as one."""

import os
import shutil
import subprocess

import pytest

from dedupe_app import spelling
from dedupe_app.intake.paths import looked_at
from dedupe_app.intake.roots import met_names, new_folders, outside
from dedupe_app.intake.scan import ScanRules, walk
from dedupe_app.review.guard import is_guarded
from dedupe_app.spelling import as_written


@pytest.fixture
def careless(tmp_path, monkeypatch):
    """Give a folder of a drive that takes USB/Docs and usb/docs for one, and makes another number up for each.

    Both are there; only the names that were given are listed.
    """
    for name in ("USB/Docs/sub", "USB/Docs/Other"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "USB/Docs/a.txt").write_text("words")
    (tmp_path / "USB/Docs/sub/b.txt").write_text("other words")
    for other in ("usb/Docs", "usb/docs", "USB/docs"):
        shutil.copytree(tmp_path / "USB/Docs", tmp_path / other)
    given = {tmp_path: {"USB"}, tmp_path / "USB": {"Docs"}}
    real = spelling.listed
    monkeypatch.setattr(spelling, "has_other_name", lambda *_: True)
    monkeypatch.setattr(spelling, "listed", lambda folder: given.get(folder) or real(folder))
    return tmp_path


def found(folders, only=None):
    return [state.path for state in walk(folders, ScanRules(), only=only)]


def test_a_folder_is_written_as_its_drive_writes_it(careless):
    assert as_written(careless / "usb/docs") == careless / "USB/Docs"
    assert as_written(careless / "USB/docs/sub/b.txt") == careless / "USB/Docs/sub/b.txt"
    assert as_written(careless / "usb/gone/x") == careless / "USB/gone/x"


def test_names_that_differ_in_letters_are_two_where_both_are_listed(tmp_path):
    for name in ("Docs", "docs"):
        (tmp_path / name).mkdir(exist_ok=True)
    if len(list(tmp_path.iterdir())) < 2:
        pytest.skip("the drive takes them for one name")
    both = [tmp_path / "Docs", tmp_path / "docs"]
    assert [as_written(path) for path in both] == both
    assert new_folders([both[0]], [both[1]]) == [both[1]]
    assert not is_guarded(both[1] / "a.txt", [both[0]])


@pytest.mark.parametrize("named", ["usb/docs", "USB/docs", "usb/Docs", "USB/Docs"])
def test_two_spellings_give_each_file_once(careless, named):
    folders = [careless / "USB/Docs", careless / named]
    assert found(folders) == [careless / "USB/Docs/a.txt", careless / "USB/Docs/sub/b.txt"]


def test_folder_within_another_by_another_spelling_gives_each_file_once(careless):
    for folders in (["USB/Docs", "usb/docs/sub"], ["usb/docs/sub", "USB/Docs"]):
        files = found([careless / name for name in folders])
        assert sorted(path.name for path in files) == ["a.txt", "b.txt"]


def test_added_folder_is_the_listed_one(careless):
    listed = [careless / "USB/Docs"]
    assert new_folders(listed, [careless / "usb/docs", careless / "USB/Docs"]) == []
    assert new_folders([], [careless / "usb/docs", careless / "USB/Docs"]) == listed
    assert new_folders(listed, [careless / "usb/docs/sub"]) == [careless / "USB/Docs/sub"]


def test_protection_holds_by_every_spelling(careless):
    assert is_guarded(careless / "USB/Docs/a.txt", [careless / "usb/docs"])
    assert is_guarded(careless / "usb/docs/sub/b.txt", [careless / "USB/Docs"])
    assert not is_guarded(careless / "USB/Docs/a.txt", [careless / "usb/docs/sub"])
    folders = [careless / "USB/Docs"]
    assert careless / "USB/Docs/sub" in met_names(folders, [careless / "usb/docs/sub"])
    assert outside(folders, [careless / "usb/docs/sub", careless]) == (careless,)


@pytest.fixture(params=["a link", "a mount"])
def twice(request, tmp_path):
    """Give a folder with two files, and another name for the folder within it."""
    (tmp_path / "m/sub").mkdir(parents=True)
    for name in ("m/1.txt", "m/sub/2.txt"):
        (tmp_path / name).write_text(name)
    other = tmp_path / ("z" if request.param == "a link" else "y")
    if request.param == "a link":
        other.symlink_to(tmp_path / "m")
        yield tmp_path / "m", other
        return
    other.mkdir()
    mount = ["mount", "--bind", tmp_path / "m", other]
    if os.name != "posix" or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("may not mount")
    yield tmp_path / "m", other
    subprocess.run(["umount", other], check=True)


def test_other_way_to_a_listed_folder_adds_nothing(twice):
    folder, other = twice
    assert new_folders([folder], [other]) == []
    assert new_folders([], [other, folder]) == [other]
    assert found([other, folder]) == [folder / "1.txt", folder / "sub/2.txt"]


def test_touched_path_is_looked_at_in_every_way_that_leads_to_it(twice):
    folder, other = twice
    folders = [folder, other]
    for touched in (folder / "sub/2.txt", other / "sub/2.txt"):
        looked = looked_at([touched], folders)
        assert looked == [folder / "sub/2.txt", other / "sub/2.txt"]
        assert found(folders, looked) == [folder / "sub/2.txt"]


def test_link_to_an_inner_folder_is_looked_at_in_the_order_of_the_whole_walk(tmp_path):
    (tmp_path / "m/sub").mkdir(parents=True)
    (tmp_path / "m/sub/2.txt").write_text("words")
    for name in ("a", "z"):
        link, folder = tmp_path / name, tmp_path / "m"
        link.symlink_to(folder / "sub")
        whole = found([folder, link])
        for touched in (link / "2.txt", folder / "sub/2.txt"):
            assert found([folder, link], looked_at([touched], [folder, link])) == whole
        link.unlink()
