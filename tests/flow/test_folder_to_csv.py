"""From folders to the report, through the command line: planted files, and the samples."""

from __future__ import annotations

import csv
import io
import json
import os
from collections import defaultdict
from pathlib import Path

import pytest
from click.testing import CliRunner

from dedupe_app.cli import program

SAMPLES = Path(__file__).parents[2] / "resources" / "samples"
TRUTH = Path(__file__).parents[1] / "data" / "samples_truth.csv"

CHAPTERS = [
    """The reading room was closed for eleven weeks while the floor was taken up. Beneath the oak
boards lay a bed of crushed shells, which nobody had expected, and beneath those the brick
vault of a cellar that is on no plan. The architect had it measured, photographed and closed
again. Readers were served in the gallery meanwhile, where it was cold, and where the staff
learned to wear two cardigans.""",
    """Lending rose again, by a tenth among adults and by nearly a third among children. The reason
is the bookmobile, which since March also stops at the ferry and at the two schools behind
the dike. Its driver keeps a list of what was asked for and not found; half of this year's
purchases come from it.""",
    """Three bequests reached the library. The largest is the herbarium of the Thorsen sisters,
forty boxes of pressed plants with labels in a hand that only one of our volunteers can
read. Pastor Amsel left his hymn books, and an unnamed giver a barrel organ, which works and
which we may not play.""",
    """The heating failed twice. The second time it took the plumber four days to find the valve,
which a predecessor had walled in behind the card catalogue. It has now been moved, and a
brass plate says where it is. The catalogue itself, all ninety drawers, was photographed and
given to the museum.""",
]
REPORT = "\n\n".join(CHAPTERS)
REVISED = REPORT.replace("eleven weeks", "twelve weeks").replace(
    "The heating failed twice.", "The heating failed twice, both times on a Sunday."
)
MANUAL = """Clean the lens with the dry cloth only. Never unscrew the front ring, and keep the
projector away from heaters. When the fan grows loud, take out the filter below the handle, knock the
dust off outdoors and put it back with the arrow up. A lamp lasts about two thousand hours;
a blinking red light says that it wants to be replaced. Let it cool for half an hour before
opening the lid."""
NAMES = [
    ("Marlene Aguado", "2024-0311", "12 March 2024", "4 pallets of roof slate", "1,840.00"),
    ("Fitzroy and Daughters", "2024-0398", "2 July 2024", "rental of one cement mixer", "215.50"),
    ("Kofi Asante-Wren", "2024-0402", "9 July 2024", "repair of the garden wall", "977.25"),
    (
        "Harbour Office Greyness",
        "2024-0477",
        "30 October 2024",
        "sandbags and delivery",
        "3,012.80",
    ),
]
INVOICE = """Tillmann Building Supplies, Quay Street 14, Greyness

Invoice number: {number}
Date: {date}

To: {name}

For the following goods and services we take the liberty of charging you: {what}.
Amount due: {amount} EUR. Please pay within fourteen days to the account named below and give the
number of this invoice. Goods remain our property until they are paid for in full. Complaints reach
us within eight days of delivery, in writing. Thank you for your order and for your trust in us.
"""


@pytest.fixture(autouse=True)
def own_places(tmp_path_factory, monkeypatch):
    for name in ("XDG_STATE_HOME", "XDG_DATA_HOME", "HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path_factory.mktemp("home")))


@pytest.fixture
def tree(tmp_path):
    """A folder with copies, other formats, a revision, an excerpt, invoices, unreadable files."""
    root = tmp_path / "tree"
    files = {
        "library/report.txt": REPORT,
        "library/report - copy.txt": REPORT,
        "library/report.html": _html(REPORT),
        "library/wrapped.md": REPORT.replace("\n\n", "\0").replace("\n", " ").replace("\0", "\n\n"),
        "library/report revised.txt": REVISED,
        "library/bequests.txt": CHAPTERS[2],
        "workshop/manual.txt": MANUAL,
        "workshop/manual.eml": f"From: a@b.example\nTo: c@d.example\nSubject: Manual\n\n{MANUAL}\n",
        "lists/plants.csv": "name,box,year\n"
        + "".join(f"fern {i},{i % 9},{1880 + i}\n" for i in range(40)),
        "broken/empty.txt": "",
        "broken/cut off.pdf": "%PDF-1.7\n1 0 obj <<",
        "broken/not really.docx": "PK\x03\x04 nothing more",
    }
    for name, number, date, what, amount in NAMES:
        files[f"invoices/{number}.txt"] = INVOICE.format(
            name=name, number=number, date=date, what=what, amount=amount
        )
    for index, (name, text) in enumerate(files.items()):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        # Each a second older than the one before: the first of a group is the one to keep.
        os.utime(path, (1_700_000_000 - index, 1_700_000_000 - index))
    return root


@pytest.fixture
def scan(tmp_path):
    """Return a function that scans folders and gives the CSV (bytes) and the facts of the JSON."""

    def run(*arguments: object) -> tuple[bytes, dict]:
        places = ["--library", tmp_path / "library.sqlite", "--csv", tmp_path / "report.csv"]
        command = ["scan", *arguments, *places, "--json", "-", "--quiet"]
        result = CliRunner().invoke(program, [str(part) for part in command])
        assert result.exit_code == 0, result.output
        return (tmp_path / "report.csv").read_bytes(), json.loads(result.stdout)

    return run


def test_planted_relations_come_out(tree, scan):
    rows = _rows(scan(tree)[0])
    groups = _groups(rows, "duplicates")
    report = {"report.txt", "report - copy.txt", "report.html", "wrapped.md", "report revised.txt"}
    assert sorted(map(sorted, groups)) == sorted([sorted(report), ["manual.eml", "manual.txt"]])
    assert _row(rows, "duplicates", "report.txt")["role"] == "keeper"
    relations = {name: _row(rows, "duplicates", name)["relation"] for name in report}
    assert relations == {
        "report.txt": "",
        "report - copy.txt": "identical",
        "report.html": "same-text",
        "wrapped.md": "same-text",
        "report revised.txt": "revision",
    }
    [contained] = _groups(rows, "contained")
    assert "bequests.txt" in contained
    assert _row(rows, "contained", "bequests.txt")["relation"] == "contained"
    assert _groups(rows, "template") == [{f"{number}.txt" for _, number, *_ in NAMES}]


def test_columns_hold_what_they_promise(tree, scan):
    rows = _rows(scan(tree)[0])
    keepers = {row["group"]: row for row in rows if row["role"] == "keeper"}
    assert set(keepers) == {row["group"] for row in rows}
    for row in rows:
        path = Path(row["path"])
        assert (Path(row["folder"]), row["name"]) == (path.parent, path.name)
        assert int(row["size_bytes"]) == path.stat().st_size
        assert row["modified"][10] == "T"
        assert row["modified"][-6] in "+-"
        assert len(row["sha256"]) == 64
        if row["role"] == "keeper":
            assert row["relation"] == row["similarity"] == row["compared_with"] == ""
        else:
            assert row["compared_with"] == keepers[row["group"]]["path"]
            assert 0 <= float(row["similarity"]) <= 100
        may_go = row["relation"] in ("identical", "same-text")
        assert row["decision"] == (
            "remove" if may_go else "keep" if row["role"] == "keeper" else "undecided"
        )


def test_what_could_not_be_read_has_its_reason(tree, scan):
    _, facts = scan(tree)
    reasons = {Path(each["path"]).name: each["reason"] for each in facts["skipped"]}
    assert reasons == {
        "empty.txt": "empty",
        "cut off.pdf": "damaged",
        "not really.docx": "damaged",
    }
    assert all(each["detail"] for each in facts["skipped"])
    assert (facts["files"], facts["read"]) == (16, 13)
    assert facts["groups"] == 2
    assert facts["duplicate_files"] == 5


def test_a_second_scan_writes_the_same_bytes(tree, scan):
    first, _ = scan(tree)
    assert scan(tree)[0] == first


def test_a_moved_file_keeps_its_group(tree, scan):
    before = _rows(scan(tree)[0])
    (tree / "workshop" / "manual.eml").rename(tree / "lists" / "old mail.eml")
    after = _rows(scan(tree)[0])
    kept = _row(before, "duplicates", "manual.eml")["group"]
    assert _row(after, "duplicates", "old mail.eml")["group"] == kept
    assert {row["group"] for row in after} == {row["group"] for row in before}


def test_a_changed_file_leaves_its_group_and_may_join_another(tree, scan):
    before = _rows(scan(tree)[0])
    (tree / "workshop" / "manual.eml").write_text(REPORT)
    after = _rows(scan(tree)[0])
    assert [group for group in _groups(after, "duplicates") if "manual.txt" in group] == []
    group = _row(after, "duplicates", "manual.eml")["group"]
    assert group == _row(before, "duplicates", "report.txt")["group"]


def test_a_removed_copy_leaves_no_group_behind(tree, scan):
    scan(tree)
    (tree / "workshop" / "manual.eml").unlink()
    assert not any("manual.txt" in group for group in _groups(_rows(scan(tree)[0]), "duplicates"))


def test_protected_files_are_kept_and_lead_their_group(tree, scan):
    rows = _rows(scan(tree, "--protect", tree / "library")[0])
    inside = [row for row in rows if Path(row["folder"]) == tree / "library"]
    assert inside
    assert {(row["role"], row["decision"]) for row in inside} == {("protected", "keep")}


# ---- the samples -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def samples(tmp_path_factory):
    """The report of resources/samples and the names by group that it ought to have."""
    places = tmp_path_factory.mktemp("samples")
    command = [
        "scan",
        SAMPLES,
        "--library",
        places / "l.sqlite",
        "--csv",
        places / "r.csv",
        "--quiet",
    ]
    environment = {"XDG_STATE_HOME": str(places), "HOME": str(places)}
    result = CliRunner().invoke(program, [str(part) for part in command], env=environment)
    assert result.exit_code == 0, result.output
    return _rows((places / "r.csv").read_bytes())


def test_duplicates_of_the_samples_are_exactly_the_true_ones(samples):
    assert _sorted(_groups(samples, "duplicates")) == _sorted(_truth("duplicates"))


@pytest.mark.parametrize("folder", ["Invoices", "Personnel", "Mail"])
def test_documents_of_one_template_are_never_duplicates(samples, folder):
    names = {path.name for path in (SAMPLES / folder).iterdir()}
    assert not [group for group in _groups(samples, "duplicates") if group & names]


def test_minutes_of_different_months_are_never_duplicates(samples):
    months = {"Board minutes 2024-01.docx", "Board minutes 2024-02.docx", "minutes march.txt"}
    assert all(len(group & months) < 2 for group in _groups(samples, "duplicates"))


def test_templates_of_the_samples_are_found(samples):
    assert _sorted(_groups(samples, "template")) == _sorted(_truth("template"))


def test_excerpts_of_the_samples_are_found(samples):
    found = _groups(samples, "contained")
    wholes_with_parts = [
        ("Annual report 2023.docx", "reading room (from the report).txt"),
        ("Board minutes Q1 2024.pdf", "minutes march.txt"),
        ("Board minutes Q1 2024.pdf", "Board minutes 2024-01.docx"),
    ]
    for pair in wholes_with_parts:
        assert any(group.issuperset(pair) for group in found), pair


# ---- reading reports ---------------------------------------------------------------------------


def _rows(report: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(report.decode("utf-8-sig"), newline="")))


def _groups(rows: list[dict[str, str]], kind: str) -> list[set[str]]:
    groups = defaultdict(set)
    for row in rows:
        if row["kind"] == kind:
            groups[row["group"]].add(row["name"])
    return list(groups.values())


def _truth(kind: str) -> list[set[str]]:
    groups = defaultdict(set)
    for row in csv.DictReader(io.StringIO(TRUTH.read_text(encoding="utf-8"))):
        if row["kind"] == kind:
            groups[row["group"]].add(Path(row["path"]).name)
    return list(groups.values())


def _sorted(groups: list[set[str]]) -> list[list[str]]:
    return sorted(map(sorted, groups))


def _row(rows: list[dict[str, str]], kind: str, name: str) -> dict[str, str]:
    [found] = [row for row in rows if row["kind"] == kind and row["name"] == name]
    return found


def _html(text: str) -> str:
    parts = "".join(f"<p>{part}</p>" for part in text.split("\n\n"))
    return f"<!doctype html><html><body>{parts}</body></html>"
