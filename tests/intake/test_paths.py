"""A look at some paths finds out exactly what a walk through everything would, if they are the paths that changed."""

import os
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedupe_app.intake.comparing import compare
from dedupe_app.intake.paths import looked_at, wanted_names
from dedupe_app.intake.scan import ScanRules, Unreadable, walk
from dedupe_app.records import ChangeKind, SkipReason

FOLDERS = ["", "a", "a/b", "a/b/c", ".h", "x", "x/old"]
FILES = [f"{folder}/{name}".lstrip("/") for folder in FOLDERS for name in ("1.txt", "2.tmp", "b")]
PLACE = st.sampled_from(FILES + [folder for folder in FOLDERS if folder])
STEP = st.one_of(
    st.tuples(st.just("write"), st.sampled_from(FILES), st.just("")),
    st.tuples(st.just("folder"), PLACE, st.just("")),
    st.tuples(st.just("remove"), PLACE, st.just("")),
    st.tuples(st.sampled_from(["move", "copy", "link"]), PLACE, PLACE),
)
RULES = [
    ScanRules(),
    ScanRules(exclude=("*.tmp", "old/")),
    ScanRules(exclude=("a/b/**",)),
]


def act(root, step, size):
    """Do one step; return the paths that a watcher would tell of."""
    what, name, other = step
    path, target = root / name, root / other
    # What is written through a link is told of where it is.
    real = [Path(os.path.realpath(each)) for each in (path, target)]
    try:
        if what == "write":
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("x" * size)
        elif what == "folder":
            path.mkdir(parents=True)
        elif what == "remove":
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
        elif what == "move":
            target.parent.mkdir(parents=True, exist_ok=True)
            path.rename(target)
        elif what == "link":
            target.symlink_to(path)
        elif not real[1].is_relative_to(real[0]):
            copy = shutil.copytree if path.is_dir() else shutil.copy
            copy(path, target)
    except OSError:
        pass  # not every step is possible
    # A folder that is made on the way is told of too.
    ends = [path, *real, *([target] if other else [])]
    return [each for end in ends for each in (end, *end.parents)]


def states(folders, rules, only=None):
    found = list(walk(folders, rules, only=only))
    assert not any(isinstance(each, Unreadable) for each in found)
    return found


@settings(max_examples=150)
@given(
    first=st.lists(STEP, max_size=12),
    then=st.lists(STEP, min_size=1, max_size=5),
    rules=st.sampled_from(RULES),
    named=st.sampled_from([("",), ("a", "x"), ("", "a/b"), ("x", "")]),
)
def test_what_changed_is_found_by_looking_at_the_touched_paths(first, then, rules, named):
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary, "root")
        folders = [root / name for name in named]
        for folder in [*folders, root]:
            folder.mkdir(parents=True, exist_ok=True)
        if "a/b" in named:
            rules = replace(rules, exclude_in={root / "a/b": ("c/",)})
        for size, step in enumerate(first):
            act(root, step, size)
        folders = [folder for folder in folders if folder.is_dir() and not folder.is_symlink()]
        known = {state.path: state for state in states(folders, rules)}
        touched = [path for size, step in enumerate(then, 50) for path in act(root, step, size)]
        if not all(folder.is_dir() and not folder.is_symlink() for folder in folders):
            return
        inside = [path for path in touched if path != root and path.is_relative_to(root)]
        looked = looked_at(inside, folders)
        part = {path: known[path] for path in known if is_below(path, looked)}
        changes = compare(part, states(folders, rules, only=looked))
        # All that moved leaves its place at once, before anything else comes there.
        for change in changes:
            known.pop(change.old_path or change.state.path, None)
        known |= {
            change.state.path: change.state
            for change in changes
            if change.kind is not ChangeKind.REMOVED
        }
        assert known == {state.path: state for state in states(folders, rules)}


def is_below(path, folders):
    return any(path.is_relative_to(folder) for folder in folders)


def test_nothing_else_is_looked_at(tmp_path, monkeypatch):
    for name in ("a/1.txt", "a/2.txt", "b/3.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    listed = []
    scandir = os.scandir
    monkeypatch.setattr(os, "scandir", lambda path: listed.append(path) or scandir(path))
    found = states([tmp_path], ScanRules(), only=[tmp_path / "a" / "2.txt"])
    assert [each.path for each in found] == [tmp_path / "a" / "2.txt"]
    assert listed == []


def test_path_in_a_folder_that_went_stands_for_that_folder(tmp_path):
    (tmp_path / "a").mkdir()
    assert looked_at([tmp_path / "a/b/c.txt"], [tmp_path]) == [tmp_path / "a/b"]
    assert looked_at([tmp_path / "gone/c.txt"], [tmp_path / "gone"]) == [tmp_path / "gone"]


def test_paths_below_others_or_outside_are_left_out(tmp_path):
    inside, below, outside = tmp_path / "in", tmp_path / "in/1.txt", tmp_path.parent / "x"
    inside.mkdir()
    assert looked_at([below, inside, outside], [tmp_path]) == [inside]


def test_hidden_and_excluded_paths_are_passed_over_also_when_named(tmp_path):
    for name in (".git/1.txt", "old/2.txt"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text("x")
    only = [tmp_path / ".git/1.txt", tmp_path / "old/2.txt"]
    assert states([tmp_path], ScanRules(exclude=("old/",)), only=only) == []


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_path_in_a_closed_folder_is_unreadable(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a/1.txt").write_text("x")
    (tmp_path / "a").chmod(0)
    try:
        (found,) = walk([tmp_path], ScanRules(), only=[tmp_path / "a/1.txt"])
    finally:
        (tmp_path / "a").chmod(0o700)
    assert found.reason is SkipReason.NOT_PERMITTED


def test_wanted_names_nest(tmp_path):
    paths = [tmp_path / "a/b", tmp_path / "a/b/c", tmp_path / "d"]
    assert wanted_names(tmp_path, paths) == {"a": {"b": None}, "d": None}
    assert wanted_names(tmp_path, [tmp_path]) is None
    assert wanted_names(tmp_path / "z", paths) == {}


def test_exclude_of_one_folder_holds_there_alone(tmp_path):
    for name in ("a/1.tmp", "a/2.txt", "b/3.tmp"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    rules = ScanRules(exclude_in={tmp_path / "a": ("*.tmp",)})
    found = states([tmp_path / "a", tmp_path / "b"], rules)
    assert [each.path.name for each in found] == ["2.txt", "3.tmp"]


def test_exclude_of_a_folder_within_another_counts_from_there(tmp_path):
    for name in ("old/1.txt", "in/old/2.txt", "in/3.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / name).write_text("x")
    rules = ScanRules(exclude_in={tmp_path / "in": ("old/**",)})
    found = states([tmp_path, tmp_path / "in"], rules)
    assert [each.path.name for each in found] == ["3.txt", "1.txt"]


@pytest.fixture
def careless(tmp_path, monkeypatch):
    """Give a folder on a drive that takes other letters of a name for the same name."""

    def spelled(path):
        found = Path(path)
        if found.parent.is_dir():
            same = [
                name
                for name in (each.name for each in found.parent.iterdir())
                if name.lower() == found.name.lower()
            ]
            found = found.with_name(same[0]) if same else found
        return found

    lstat = Path.lstat
    monkeypatch.setattr(
        os.path, "lexists", lambda path: spelled(path) in spelled(path).parent.iterdir()
    )
    monkeypatch.setattr(Path, "lstat", lambda path: lstat(spelled(path)))
    return tmp_path


def test_name_in_other_letters_is_not_another_file(careless):
    (careless / "a.txt").write_text("words")
    looked = [careless / "A.txt", careless / "a.txt", careless / "b.txt"]
    found = list(walk([careless], ScanRules(), only=looked))
    assert [state.path.name for state in found] == ["a.txt"]


def test_both_are_found_where_they_are_two_files(tmp_path):
    for name in ("A.TXT", "a.txt"):
        (tmp_path / name).write_text(name)
    if len(list(tmp_path.iterdir())) < 2:
        pytest.skip("the drive takes them for one name")
    looked = [tmp_path / "A.TXT", tmp_path / "a.txt"]
    found = list(walk([tmp_path], ScanRules(), only=looked))
    assert {state.path.name for state in found} == {"A.TXT", "a.txt"}
