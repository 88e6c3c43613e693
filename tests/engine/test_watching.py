"""The engine with its watch: what changes in the folders is scanned, and near-copies are told."""

import shutil

import pytest
from strange_engines import Heard, serve_hasty

from dedupe_app.engine import process
from dedupe_app.engine.messages import (
    WINDOW_SCOPE,
    Configure,
    EngineOptions,
    Finished,
    FolderStates,
    GroupsChanged,
    NearCopy,
    ReadAgain,
    Scan,
)
from dedupe_app.engine.process import Engine
from dedupe_app.records import FolderState, GroupQuery, Relation
from dedupe_app.settings import ReadLimits
from dedupe_app.store import browse, folders
from dedupe_app.store.database import open_beside, open_library

STORY = (
    "An old clockmaker lived above the bakery and counted the bells at night. When the tower fell silent in winter, he "
    "climbed its stairs with a lantern, oiled the wheels, and found a nest of owls among the weights and chains. "
)
NOTE = (
    "The harbour office writes that the crane will be repaired in spring, and that ships which carry timber have to "
    "wait outside of the mole until noon, when the pilots come back with the tide and the fog has gone from the bay. "
)


def is_scanned(event):
    """Tell of the end of a scan: the search is prepared after it, which ends too."""
    return isinstance(event, Finished) and event.scan is not None


@pytest.fixture
def tree(plant, tmp_path):
    return plant(tmp_path / "tree", {"story.txt": STORY, "note.txt": NOTE})


@pytest.fixture
def library_path(tmp_path, tree):
    with open_library(tmp_path / "library.sqlite") as library:
        folders.add_folders(library, [tree])
    return tmp_path / "library.sqlite"


@pytest.fixture
def heard():
    return Heard()


@pytest.fixture
def engine(library_path, heard, monkeypatch):
    """Give an engine that has scanned all and watches."""
    monkeypatch.setattr(process, "serve", serve_hasty)
    running = Engine(EngineOptions(library_path, processes=1), heard)
    running.start()
    assert heard.until(is_scanned).command == Scan()
    heard.events.clear()
    yield running
    running.stop()


def names(path):
    """Return the names of the files in each group."""
    with open_beside(path) as library:
        numbers, _ = browse.group_list(library, WINDOW_SCOPE, GroupQuery())
        found = browse.file_rows(library, list(numbers))
    return [{row.path.name for row in rows} for rows in found.values()]


def test_saved_copy_is_grouped_and_told(engine, heard, tree, library_path):
    (tree / "draft.txt").write_text(STORY.replace("night", "dusk"))
    near = heard.until(NearCopy)
    assert {near.path, near.other} == {tree / "draft.txt", tree / "story.txt"}
    assert near.relation is Relation.REVISION
    heard.until(is_scanned)
    assert GroupsChanged() in heard.events
    assert names(library_path) == [{"draft.txt", "story.txt"}]


def test_copy_that_is_saved_again_is_not_told_again(engine, heard, tree):
    (tree / "draft.txt").write_text(STORY.replace("night", "dusk"))
    heard.until(is_scanned)
    heard.events.clear()
    (tree / "draft.txt").write_text(STORY.replace("night", "noon"))
    heard.until(is_scanned)
    assert GroupsChanged() in heard.events
    assert not [event for event in heard.events if isinstance(event, NearCopy)]


def test_moved_and_removed_files_are_noticed(engine, heard, tree, library_path):
    shutil.copy(tree / "story.txt", tree / "copy.txt")
    heard.until(is_scanned)
    (tree / "sub").mkdir()
    (tree / "copy.txt").rename(tree / "sub" / "moved.txt")
    moved = [{"moved.txt", "story.txt"}]
    heard.until(lambda event: isinstance(event, Finished) and names(library_path) == moved)
    (tree / "sub" / "moved.txt").unlink()
    assert heard.until(lambda event: isinstance(event, Finished) and names(library_path) == [])


def test_folder_that_goes_is_offline_and_keeps_its_files(
    engine, heard, tree, library_path, tmp_path
):
    heard.events.clear()
    tree.rename(tmp_path / "unplugged")
    heard.until(lambda event: state_of(event, tree) is FolderState.OFFLINE)
    heard.until(is_scanned)
    assert GroupsChanged() in heard.events, "lists show it at the files"
    with open_beside(library_path) as library:
        assert browse.count_all(library, WINDOW_SCOPE).files == 2
        assert folders.offline_folders(library) == [tree]
    (tmp_path / "unplugged").rename(tree)
    heard.until(lambda event: state_of(event, tree) is FolderState.WATCHED)


def state_of(event, folder):
    return event.states.get(folder) if isinstance(event, FolderStates) else None


def test_file_that_could_not_be_read_is_read_again_with_other_limits(
    library_path, heard, tree, plant
):
    plant(tree, {"long.txt": " ".join(f"{number} stones" for number in range(400_000))})
    limits = ReadLimits(seconds=0.01)
    engine = Engine(EngineOptions(library_path, processes=1, watch=False, limits=limits), heard)
    engine.start()
    try:
        engine.submit(Scan())
        heard.end_of(Scan())
        with open_beside(library_path) as library:
            (row,) = [row for row in browse.unread(library) if row.path.name == "long.txt"]
        again = ReadAgain((row.file,), 60.0)
        engine.submit(again)
        assert isinstance(heard.end_of(again), Finished)
        with open_beside(library_path) as library:
            assert "long.txt" not in [row.path.name for row in browse.unread(library)]
    finally:
        engine.stop()


def test_other_options_hold_at_once(engine, heard, tree, library_path):
    shutil.copy(tree / "story.txt", tree / "copy.tmp")
    heard.until(lambda event: isinstance(event, Finished) and names(library_path) != [])
    other = Configure(EngineOptions(library_path, processes=1, exclude=("*.tmp",)))
    engine.submit(other)
    assert isinstance(heard.end_of(other), Finished)
    assert names(library_path) == []


def test_folders_are_watched_only_while_they_are_to_be(engine, heard, tree, library_path):
    quiet = Configure(EngineOptions(library_path, processes=1, watch=False))
    engine.submit(quiet)
    heard.end_of(quiet)
    assert [state_of(event, tree) for event in heard.events if isinstance(event, FolderStates)][
        -1
    ] is FolderState.UNWATCHED
