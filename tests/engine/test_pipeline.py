"""A scan from end to end on small trees: the same files give the same report, whatever happened before."""

import multiprocessing
import os
import shutil
from pathlib import Path

import pytest

from dedupe_app.engine.pipeline import scan
from dedupe_app.engine.scan_messages import Progress, ScanFinished, ScanOptions
from dedupe_app.records import GroupKind, Relation, Role, SkipReason
from dedupe_app.store import documents
from dedupe_app.store.database import open_library

LEASE = (
    "The tenant shall pay the rent on the first day of each month to the account named below. The landlord keeps the "
    "roof, the walls and the heating in good order. Either party may end the lease with three months of notice in "
    "writing. Pets are allowed with the consent of the landlord, which is not refused without a good reason. The "
    "deposit of 1,200.00 is returned within six weeks after the keys were handed over on 31 May 2024.\n"
)
RECIPE = (
    "Peel six apples and cut them into thin slices. Melt butter in a pan, add sugar and cinnamon, and let everything "
    "simmer for ten minutes. Roll out pastry, fill it, close its edges with egg yolk, then bake at medium heat until "
    "golden. Serve warm with vanilla sauce or whipped cream; leftovers freeze well for about three weeks.\n"
)
MINUTES = "".join(
    f"Item {number}: the board heard {who} on {what} and took note of it without a vote.\n"
    for number, (who, what) in enumerate(
        [
            ("Ms Ito", "the roof"),
            ("Mr Okafor", "the budget"),
            ("Dr Lund", "safety"),
            ("Ms Novak", "hiring"),
            ("Mr Diaz", "travel"),
        ],
        1,
    )
)
THINGS = [
    "letters",
    "maps",
    "songs",
    "bills",
    "plans",
    "stamps",
    "poems",
    "deeds",
    "prints",
    "menus",
    "tickets",
    "diaries",
]
COLOURS = [
    "red",
    "green",
    "blue",
    "grey",
    "brown",
    "white",
    "black",
    "yellow",
    "pink",
    "purple",
    "orange",
    "silver",
]
GIVERS = [
    "neighbours",
    "cities",
    "sisters",
    "banks",
    "builders",
    "posts",
    "teachers",
    "lawyers",
    "artists",
    "cooks",
    "trains",
    "nobody",
]
HOUSE = [
    f"Volume {number} of the house papers holds {thing}, bound in {colour} cloth, given by {giver} after long search."
    for number, thing, colour, giver in zip(range(21, 33), THINGS, COLOURS, GIVERS, strict=True)
]
TREE = {
    "lease.txt": LEASE,
    "copies/lease (1).txt": LEASE,
    "copies/lease.md": LEASE.replace(". ", ".\n\n"),
    "copies/lease.html": f"<html><body><p>{LEASE}</p></body></html>",
    "drafts/lease.txt": LEASE.replace("six weeks", "some weeks").replace(
        "good order", "proper order"
    ),
    "recipe.txt": RECIPE,
    "minutes.md": MINUTES,
    "all.txt": "\n\n".join([RECIPE, MINUTES, *HOUSE]),
    "empty.txt": "",
    "film.bin": b"\x89PNG\r\n\x1a\n" + bytes(100),
}
OLD = 1_700_000_000


@pytest.fixture
def tree(plant, tmp_path):
    folder = plant(tmp_path / "tree", TREE)
    for number, name in enumerate(sorted(TREE)):
        os.utime(folder / name, (OLD + number, OLD + number))
    return folder


@pytest.fixture
def library_path(tmp_path):
    return tmp_path / "library.sqlite"


def named(scanned, kind=GroupKind.DUPLICATES):
    """Return the groups of a kind as sets of names relative to the tree."""
    found = {}
    for row in scanned.rows:
        if row.kind is kind:
            found.setdefault(row.group, set()).add(row.path.parent.name + "/" + row.path.name)
    return sorted(found.values(), key=sorted)


# ---- the same again ----------------------------------------------------------------------------


def test_planted_copies_are_found(tree, library_path, run_scan):
    found = run_scan(library_path, tree)
    lease = {
        "tree/lease.txt",
        "copies/lease (1).txt",
        "copies/lease.md",
        "copies/lease.html",
        "drafts/lease.txt",
    }
    assert named(found) == [lease]
    relations = {
        f"{row.path.parent.name}/{row.path.name}": row.relation
        for row in found.rows
        if row.kind is GroupKind.DUPLICATES
    }
    assert relations["copies/lease.md"] is not Relation.REVISION
    assert Relation.REVISION in relations.values()
    assert found.reasons() == {"empty.txt": SkipReason.EMPTY, "film.bin": SkipReason.UNSUPPORTED}
    finished = found.finished
    assert (finished.files, finished.read, finished.groups, finished.duplicate_files) == (
        10,
        8,
        1,
        4,
    )


def test_second_scan_reads_nothing_and_reports_the_same(tree, library_path, run_scan):
    first, second = (run_scan(library_path, tree) for _ in range(2))
    assert first.count("text") == 8
    assert second.count("text") == second.count("hash") == second.count("compare") == 0
    assert second.csv == first.csv


def test_fresh_library_gives_the_same_bytes(tree, library_path, tmp_path, run_scan):
    assert (
        run_scan(library_path, tree).csv
        == run_scan(tmp_path / "other.sqlite", tree, processes=2).csv
    )


def test_folder_named_twice_or_within_another_changes_no_groups(tree, library_path, run_scan):
    once = run_scan(library_path, tree)
    assert run_scan(library_path, tree, tree / "copies").groups == once.groups


def test_files_that_come_in_two_steps_give_the_groups_of_one(
    tree, library_path, tmp_path, run_scan
):
    whole = run_scan(tmp_path / "other.sqlite", tree)
    shutil.move(tree / "copies", tmp_path / "later")
    run_scan(library_path, tree)
    shutil.move(tmp_path / "later", tree / "copies")
    assert run_scan(library_path, tree).groups == whole.groups


def test_group_keeps_its_number_when_a_file_comes(tree, library_path, plant, run_scan):
    before = run_scan(library_path, tree).numbers()
    plant(tree, {"aaa first by name.txt": LEASE, "recipe copy.txt": RECIPE})
    after = run_scan(library_path, tree).numbers()
    lease = next(number for number, files in before.items() if "lease.md" in files)
    assert after[lease] == before[lease] | {"aaa first by name.txt"}


def test_each_set_of_folders_has_its_own_groups(tree, library_path, run_scan):
    whole = run_scan(library_path, tree)
    part = run_scan(library_path, tree / "copies")
    assert named(part) == [{"copies/lease (1).txt", "copies/lease.md", "copies/lease.html"}]
    again = run_scan(library_path, tree)
    assert (again.csv, again.count("text")) == (whole.csv, 0)


def test_cut_of_100_keeps_only_equal_ones(tree, library_path, run_scan):
    run_scan(library_path, tree)
    strict = run_scan(library_path, tree, similarity=100.0)
    assert {"lease.txt", "lease (1).txt"} <= set().union(*strict.numbers().values())
    assert "drafts/lease.txt" not in set().union(*named(strict))
    assert strict.count("text") == 0


# ---- files that change -------------------------------------------------------------------------


def keeper(scanned):
    return next(
        row.path
        for row in scanned.rows
        if row.role is Role.KEEPER and row.kind is GroupKind.DUPLICATES
    )


def test_touched_file_becomes_the_keeper_and_is_not_read_again(tree, library_path, run_scan):
    before = run_scan(library_path, tree)
    copy = tree / "copies" / "lease (1).txt"
    assert keeper(before) != copy
    os.utime(copy, (OLD + 1000, OLD + 1000))
    after = run_scan(library_path, tree)
    assert keeper(after) == copy
    assert after.count("text") == 0


def test_moved_file_is_not_read_again(tree, library_path, run_scan):
    run_scan(library_path, tree)
    (tree / "recipe.txt").rename(tree / "copies" / "cake.txt")
    after = run_scan(library_path, tree)
    assert after.count("text") == after.count("hash") == 0


def test_protected_folder_has_the_keeper(tree, library_path, run_scan):
    found = run_scan(library_path, tree, protected=(tree / "copies",))
    duplicates = [row for row in found.rows if row.kind is GroupKind.DUPLICATES]
    assert {row.path.parent.name for row in duplicates if row.role is Role.PROTECTED} == {"copies"}
    assert duplicates[0].role is Role.PROTECTED


def test_files_that_go_and_come_back_are_grouped_again(tree, library_path, tmp_path, run_scan):
    whole = run_scan(library_path, tree)
    shutil.move(tree / "copies", tmp_path / "away")
    run_scan(library_path, tree / "drafts", tree / "copies")
    run_scan(library_path, tree)
    shutil.move(tmp_path / "away", tree / "copies")
    assert run_scan(library_path, tree).groups == whole.groups


def test_removed_copy_ends_its_group(library_path, plant, tmp_path, run_scan):
    tree = plant(tmp_path / "tree", {"a.txt": LEASE, "b.txt": LEASE})
    assert len(run_scan(library_path, tree).groups) == 1
    (tree / "b.txt").unlink()
    assert len(run_scan(library_path, tree).groups) == 0


def test_copy_that_differs_in_a_capital_alone_is_a_revision(
    library_path, plant, tmp_path, run_scan
):
    page = f"<p>{LEASE}</p>"
    tree = plant(
        tmp_path / "tree", {"a.txt": LEASE, "b.txt": LEASE.replace("Pets", "PETS"), "c.html": page}
    )
    for age, name in enumerate(("a.txt", "b.txt", "c.html")):
        os.utime(tree / name, (OLD - 10 * age, OLD - 10 * age))

    def relations():
        rows = run_scan(library_path, tree).rows
        return {row.path.name: row.relation for row in rows if row.role is Role.COPY}

    # Which of the two the page shows cannot be told, until one of them is gone.
    assert relations() == {"b.txt": Relation.REVISION, "c.html": Relation.REVISION}
    (tree / "b.txt").unlink()
    assert relations() == {"c.html": Relation.SAME_TEXT}
    plant(tree, {"b.txt": LEASE})
    os.utime(tree / "b.txt", (OLD - 10, OLD - 10))
    assert relations() == {"b.txt": Relation.IDENTICAL, "c.html": Relation.SAME_TEXT}


def test_missing_folder_keeps_what_is_known_of_it(tree, library_path, run_scan):
    before = run_scan(library_path, tree)
    tree.rename(tree.with_name("unplugged"))
    after = run_scan(library_path, tree)
    assert after.csv == before.csv
    assert after.reasons()["tree"] is SkipReason.VANISHED


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_unreadable_folder_is_named_and_the_rest_goes_on(tree, library_path, run_scan):
    (tree / "copies").chmod(0)
    try:
        found = run_scan(library_path, tree)
    finally:
        (tree / "copies").chmod(0o700)
    assert found.reasons()["copies"] is SkipReason.NOT_PERMITTED
    assert named(found) == [{"tree/lease.txt", "drafts/lease.txt"}]


def test_names_that_are_not_utf8_are_reported(library_path, plant, tmp_path, run_scan):
    names = [os.fsdecode(b"l\xe9ase.txt"), os.fsdecode(b"\xff.txt")]
    tree = plant(tmp_path / "tree", dict.fromkeys(names, LEASE))
    first, second = (run_scan(library_path, tree) for _ in range(2))
    assert r"l\xe9ase.txt" in first.csv
    assert {row.path.name for row in first.rows} == set(names)
    assert first.csv == second.csv


def scan_with(library_path, tree, stage, act):
    """Scan, and act once when a stage is done; return the end of the scan."""
    with open_library(library_path) as library:
        for event in scan(library, ScanOptions((tree,), processes=1)):
            if (
                isinstance(event, Progress)
                and event.stage == stage
                and event.done == event.total
                and act
            ):
                act()
                act = None
    return event


@pytest.mark.parametrize("stage", ["intake", "hash"])
@pytest.mark.parametrize("change", ["gone", "longer", "other"])
def test_file_that_changes_under_a_scan_is_read_the_next_time(
    tree, library_path, tmp_path, run_scan, stage, change
):
    file = tree / "recipe.txt"
    acts = {
        "gone": file.unlink,
        "longer": lambda: file.write_text(RECIPE + LEASE),
        "other": lambda: file.write_text(RECIPE[::-1]),
    }
    finished = scan_with(library_path, tree, stage, acts[change])
    reasons = {path.name: why.reason for path, why in finished.skipped}
    assert reasons["recipe.txt"] is SkipReason.VANISHED
    assert finished.read == 7
    after = run_scan(library_path, tree)
    assert "recipe.txt" not in after.reasons()
    assert after.groups == run_scan(tmp_path / "other.sqlite", tree).groups


def test_other_copy_is_read_when_the_first_goes_under_the_scan(library_path, plant, tmp_path):
    tree = plant(tmp_path / "tree", {"a.txt": LEASE, "b.txt": LEASE})
    finished = scan_with(library_path, tree, "hash", (tree / "a.txt").unlink)
    assert [path.name for path, _ in finished.skipped] == ["a.txt"]
    assert finished.read == 1


# ---- scans that are stopped --------------------------------------------------------------------


@pytest.mark.parametrize("stage", ["intake", "hash", "text", "compare", "groups"])
def test_stopped_scan_leaves_no_process_and_the_next_finishes(
    tree, library_path, tmp_path, run_scan, stage
):
    with open_library(library_path) as library:
        events = scan(library, ScanOptions((tree,), processes=2))
        for event in events:
            if isinstance(event, Progress) and event.stage == stage:
                break
        events.close()
        assert multiprocessing.active_children() == []
    assert run_scan(library_path, tree).csv == run_scan(tmp_path / "other.sqlite", tree).csv


def test_empty_folder_gives_an_empty_report(library_path, tmp_path, run_scan):
    (tmp_path / "tree").mkdir()
    found = run_scan(library_path, tmp_path / "tree")
    assert found.rows == ()
    assert (found.finished.files, found.finished.groups, found.finished.skipped) == (0, 0, ())


def test_events_of_a_scan_count_upwards_and_end_with_the_summary(tree, library_path, run_scan):
    events = run_scan(library_path, tree).events
    assert isinstance(events[-1], ScanFinished)
    assert [
        event.done for event in events if isinstance(event, Progress) and event.stage == "text"
    ] == list(range(1, 9))
    assert set(events[-1].seconds) == {
        "intake",
        "text",
        "embed",
        "neighbours",
        "evidence",
        "groups",
        "total",
    }


def test_library_within_the_tree_is_no_document(tree, run_scan):
    library = tree / "library.sqlite"
    first, second = (run_scan(library, tree) for _ in range(2))
    assert first.finished.files == second.finished.files == len(TREE)


def test_texts_that_nobody_has_any_more_are_forgotten(tree, library_path, run_scan):
    run_scan(library_path, tree)
    for path in tree.rglob("*.*"):
        path.unlink()
    run_scan(library_path, tree)
    with open_library(library_path) as library:
        documents.define_scope(library, [Path("/")])
        assert documents.documents(library) == []
        assert library.row("select count(*) from texts") == (0,)
        assert library.row("select count(*) from pairs") == (0,)
