"""Where reports and pictures go: over an earlier one silently, over nothing else; whole or as it was."""

from __future__ import annotations

import errno
import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from dedupe_app.cli import program
from dedupe_app.engine.exporting import export_report
from dedupe_app.engine.pipeline import scan
from dedupe_app.engine.scan_messages import ScanOptions
from dedupe_app.errors import UsageError
from dedupe_app.review.earlier import is_picture
from dedupe_app.store.database import open_for_reading, open_library
from dedupe_app.store.results import latest_scope

WORDS = "tide mill water wheel bee hive honey queen roof shingle slate rafter".split()
PHOTO = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x06\x40\0\0\x04\xb0\x08\x06\0\0\0\x12\x34\x56\x78"
    b"\0\0\0\x04eXIfIFD0\x12\x34\x56\x78\0\0\0\0IEND\xae\x42\x60\x82"
)


@pytest.fixture(autouse=True)
def own_places(tmp_path_factory, monkeypatch):
    home = tmp_path_factory.mktemp("home")
    for name in ("XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A folder with a library and a tree of documents, one of which is empty."""
    place = tmp_path_factory.mktemp("targets")
    (place / "tree").mkdir()
    for number in range(30):
        said = random.Random(number).choices(WORDS[number % 3 * 4 :][:4], k=60)
        (place / "tree" / f"{number}.txt").write_text(" ".join(said))
    (place / "tree" / "copy.txt").write_bytes((place / "tree" / "1.txt").read_bytes())
    (place / "tree" / "empty.txt").touch()
    (place / "tree" / "photo.png").write_bytes(PHOTO)
    with open_library(place / "library.sqlite") as opened:
        for _ in scan(opened, ScanOptions((place / "tree",), processes=1)):
            pass
    return place


def run(place, command, *arguments):
    whole = [*command.split(), *map(str, arguments)]
    if whole[0] in ("scan", "export", "map", "search"):
        whole += ["--library", str(place / "library.sqlite")]
    if whole[0] == "scan":
        whole.append(str(place / "tree"))
    return CliRunner().invoke(program, whole)


COMMANDS = [
    "scan --quiet --csv",
    "scan --quiet --json",
    "export --csv",
    "export --json",
    "map --quiet --csv",
    "map --quiet --png",
    "search tide --json",
    "doctor --json",
    "models list --json",
    "gpu status --json",
]


@pytest.mark.parametrize("command", COMMANDS)
def test_earlier_report_is_replaced_silently(place, tmp_path, command):
    target = tmp_path / "report"
    first = run(place, command, target)
    assert (first.exit_code, target.stat().st_size > 20) == (0, True), first.output
    target.write_bytes(target.read_bytes() + b" ")
    again = run(place, command, target)
    assert again.exit_code == 0, again.output
    assert not target.read_bytes().endswith(b"  ")
    assert [each.name for each in tmp_path.iterdir()] == ["report"]


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    "content", [b"My letter to the bank.", b'{"version": 1}', b"a,b,c\r\n", PHOTO, b"\0"]
)
def test_what_is_no_report_stays(place, tmp_path, command, content):
    target = tmp_path / "letter"
    target.write_bytes(content)
    done = run(place, command, target)
    assert done.exit_code == 2
    assert "no earlier report" in done.stderr
    assert "Name another file" in done.stderr
    assert target.read_bytes() == content


@pytest.mark.parametrize("command", COMMANDS)
def test_empty_file_is_filled_but_no_empty_document(place, tmp_path, command):
    (tmp_path / "empty").touch()
    assert run(place, command, tmp_path / "empty").exit_code == 0
    assert (tmp_path / "empty").stat().st_size
    if command.split()[0] in ("scan", "export", "map", "search"):
        document = place / "tree" / "empty.txt"
        done = run(place, command, document)
        assert (done.exit_code, document.stat().st_size) == (2, 0), done.output
        assert "one of the documents" in done.stderr


def test_nothing_is_scanned_before_a_target_is_refused(place, tmp_path):
    (tmp_path / "letter").write_text("mine")
    whole = ["scan", place / "tree", "--library", tmp_path / "new.sqlite"]
    whole += ["--csv", tmp_path / "letter"]
    done = CliRunner().invoke(program, [str(part) for part in whole])
    assert done.exit_code == 2
    assert [each.name for each in tmp_path.iterdir()] == ["letter"]


@pytest.mark.parametrize("separator", [";", "\t", ","])
def test_report_that_a_spreadsheet_saved_is_an_earlier_report(place, tmp_path, separator):
    target = tmp_path / "report.csv"
    assert run(place, "export --csv", target).exit_code == 0
    lines = target.read_text(encoding="utf-8-sig").splitlines()
    target.write_text("\n".join(line.replace(",", separator) for line in lines))
    assert run(place, "export --csv", target).exit_code == 0


def test_report_that_a_formatter_saved_is_an_earlier_report(place, tmp_path):
    target = tmp_path / "report.json"
    assert run(place, "export --json", target).exit_code == 0
    target.write_text(json.dumps(json.loads(target.read_text()), indent=4))
    assert run(place, "export --json", target).exit_code == 0


def test_picture_of_an_earlier_version_is_replaced_and_no_other(place, tmp_path):
    target = tmp_path / "map.png"
    assert run(place, "map --quiet --png", target).exit_code == 0
    assert is_picture(target)
    mark = b"tEXtSoftware\0Dedupe App"
    data = target.read_bytes()
    at = data.index(mark)
    bare = data[: at - 4] + data[at + len(mark) + 4 :]
    target.write_bytes(bare)
    assert run(place, "map --quiet --size 640x480 --png", target).exit_code == 2
    assert target.read_bytes() == bare
    assert run(place, "map --quiet --png", target).exit_code == 0
    assert is_picture(target)


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right of their own")
def test_document_behind_a_link_stays(place, tmp_path):
    (tmp_path / "link.csv").symlink_to(place / "tree" / "1.txt")
    (tmp_path / "hard.csv").hardlink_to(place / "tree" / "empty.txt")
    before = (place / "tree" / "1.txt").read_bytes()
    assert run(place, "export --csv", tmp_path / "link.csv").exit_code == 2
    assert run(place, "export --csv", tmp_path / "hard.csv").exit_code == 2
    assert (place / "tree" / "1.txt").read_bytes() == before


@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="needs /dev/stdout")
def test_devices_and_pipes_are_written_to(place):
    for device in ("/dev/stdout", "/dev/null"):
        whole = [sys.executable, "-m", "dedupe_app", "search", "tide", "--json", device]
        whole += ["--library", str(place / "library.sqlite")]
        done = subprocess.run(whole, capture_output=True, check=True)
        assert done.stdout.startswith(b"{") == (device == "/dev/stdout")
    assert Path("/dev/null").is_char_device()


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("broken", ["write", "fsync", "replace"])
def test_full_disk_leaves_the_earlier_one(place, tmp_path, command, broken, monkeypatch):
    target = tmp_path / "report"
    assert run(place, command, target).exit_code == 0
    target.write_bytes(target.read_bytes() + b" ")
    before = target.read_bytes()

    def full(*_arguments, **_more):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    if broken == "write":
        real = Path.open
        monkeypatch.setattr(Path, "open", lambda own, *a, **b: refusing(real(own, *a, **b), full))
    else:
        monkeypatch.setattr(*{"fsync": (os, "fsync"), "replace": (Path, "replace")}[broken], full)
    done = run(place, command, target)
    monkeypatch.undo()
    assert done.exit_code == 1
    assert "could not be written to" in done.stderr
    assert "full" in done.stderr
    assert target.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["report"]


def refusing(file, full):
    if not file.writable() or not file.name.endswith(".part"):
        return file

    class Full:
        def __enter__(self):
            return self

        def __exit__(self, *_):
            file.close()

        writelines = write = full

    return Full()


# ---- the window --------------------------------------------------------------------------------


def test_window_replaces_what_it_was_told_to_but_no_document(place, tmp_path):
    (tmp_path / "other.csv").write_text("mine")
    document = place / "tree" / "2.txt"
    before = document.read_bytes()
    with open_for_reading(place / "library.sqlite") as library:
        scope = latest_scope(library)
        export_report(library, scope, tmp_path / "other.csv")
        with pytest.raises(UsageError, match="one of the documents"):
            export_report(library, scope, document)
    assert document.read_bytes() == before
    assert "mine" not in (tmp_path / "other.csv").read_text(encoding="utf-8")
