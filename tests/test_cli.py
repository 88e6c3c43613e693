from __future__ import annotations

import csv
import io
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import click
import filelock
import pytest
from click.testing import CliRunner

from dedupe_app.cli import program
from dedupe_app.review.export import COLUMNS
from dedupe_app.store.database import open_library
from dedupe_app.store.migrations import migrations

LETTER = """Dear Ms Okafor,

the roof of the boat house has been leaking since the storm in October, and the insurance wants
three offers before the end of the month. Could you ask the carpenter in Mill Lane, and the one who
built the jetty, what they would take for new shingles on the western side? Best regards, Piet
"""
UNLIKE = """The kitchen opens at seven. Whoever comes late finds cold porridge, and whoever comes
later still washes the pots. On Sundays there are pancakes with elderberry jam, as long as the flour
lasts.
"""


@pytest.fixture(autouse=True)
def own_places(tmp_path_factory, monkeypatch):
    """Logs and libraries of a test stay out of the user's folders."""
    home = tmp_path_factory.mktemp("home")
    for name in ("XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))
    return home


@pytest.fixture
def folder(tmp_path):
    return _plant(tmp_path / "tree")


@pytest.fixture
def library(tmp_path):
    return tmp_path / "library.sqlite"


@pytest.fixture(scope="module")
def scanned_once(tmp_path_factory):
    place = tmp_path_factory.mktemp("scanned")
    folder = _plant(place / "tree")
    run("scan", folder, "--library", place / "library.sqlite", "--quiet")
    return folder, place / "library.sqlite"


@pytest.fixture
def scanned(scanned_once, library):
    """A folder that was scanned before, and the library of that scan for this test alone."""
    shutil.copy(scanned_once[1], library)
    return scanned_once[0], library


def _plant(tree: Path) -> Path:
    tree.mkdir()
    (tree / "letter.txt").write_text(LETTER)
    (tree / "copy of letter.txt").write_text(LETTER)
    (tree / "kitchen.md").write_text(UNLIKE)
    (tree / "empty.txt").write_text("")
    return tree


def run(*arguments: object):
    return CliRunner().invoke(program, [str(argument) for argument in arguments])


def start(*arguments: object, **options) -> subprocess.Popen:
    command = [sys.executable, "-m", "dedupe_app", *map(str, arguments)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(command, **(pipes | options))


def contents(path: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in path.iterdir() if file.is_file()}


# ---- help and wrong options --------------------------------------------------------------------


def test_help_imports_nothing_heavy():
    code = (
        "import sys; sys.argv = ['dedupe-app', '--help']\n"
        "from dedupe_app.__main__ import main\n"
        "try: main()\n"
        "except SystemExit as end: assert end.code == 0\n"
        "heavy = {'numpy', 'kreuzberg', 'sqlite_utils', 'rich', 'torch', 'scipy', 'lxml'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "scan" in done.stdout


def test_without_a_command_the_help_is_printed():
    result = run()
    assert result.exit_code == 0
    assert result.stdout.startswith("Usage: ")


@pytest.mark.parametrize(
    "arguments",
    [
        ["scan"],
        ["scan", "/no/such/folder"],
        ["scan", __file__],
        ["scan", ".", "--similarity", "101"],
        ["scan", ".", "--protect", "/no/such/folder"],
        ["scan", ".", "--csv", "/no/such/folder/report.csv"],
        ["scan", ".", "--csv", "-", "--json", "-"],
        ["scan", ".", "--unheard-of"],
        ["export", "--kind", "everything"],
        ["unheard-of"],
    ],
)
def test_wrong_options_are_status_2_with_the_usage(arguments):
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith("Usage: ")
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("qwen3-4b", "dedupe-app models download qwen3-4b"),
        ("folder:/models/x", "Choose a folder"),
        ("word2vec", "--embedder lexical"),
    ],
)
def test_an_embedder_that_is_not_there_is_status_4(folder, library, name, hint):
    result = run("scan", folder, "--library", library, "--embedder", name)
    assert result.exit_code == 4
    assert name.removeprefix("folder:") in result.stderr
    assert hint in result.stderr
    assert not library.exists()


# ---- scan --------------------------------------------------------------------------------------


def test_scan_prints_groups_reasons_and_a_summary(scanned):
    folder, library = scanned
    result = run("scan", folder, "--library", library)
    assert result.exit_code == 0
    assert "Duplicates · 2 files" in result.stdout
    assert "The same file, byte for byte." in result.stdout
    assert "kitchen.md" not in result.stdout
    assert "Could not be read: 1 file" in result.stdout
    assert "An empty file." in result.stdout
    assert "4 files, 3 read, 1 could not be read." in " ".join(result.stdout.split())


def test_names_cannot_play_with_the_terminal(folder, library):
    (folder / "red\x1b[31m[bold].txt").write_text(LETTER)
    result = run("scan", folder, "--library", library)
    assert "red\\x1b[31m[bold].txt" in result.stdout
    assert "\x1b" not in result.stdout


def test_csv_to_stdout_is_nothing_but_csv(scanned):
    folder, library = scanned
    result = run("scan", folder, "--library", library, "--csv", "-")
    assert result.exit_code == 0
    assert result.stdout_bytes.startswith(b"\xef\xbb\xbfgroup,kind,")
    rows = list(csv.DictReader(io.StringIO(result.stdout.removeprefix("\ufeff"), newline="")))
    assert tuple(rows[0]) == COLUMNS
    assert [row["relation"] for row in rows] == ["", "identical"]
    assert "1 group of duplicates" in " ".join(result.stderr.split())


def test_json_to_stdout_has_the_agreed_keys(folder, library):
    odd = os.fsencode(folder) + b"/caf\xe9.txt"
    with open(odd, "wb"):  # noqa: PTH123 - the name is bytes
        pass
    result = run("scan", folder, "--library", library, "--json", "-", "--quiet")
    facts = json.loads(result.stdout)
    assert list(facts) == [
        *("library", "embedder", "files", "read", "skipped", "groups"),
        *("duplicate_files", "reclaimable_bytes", "seconds"),
    ]
    stages = ["intake", "text", "embed", "neighbours", "evidence", "groups", "total"]
    assert list(facts["seconds"]) == stages
    assert facts["library"] == str(library)
    assert (facts["files"], facts["read"], facts["groups"], facts["duplicate_files"]) == (
        5,
        3,
        1,
        1,
    )
    assert facts["reclaimable_bytes"] == len(LETTER)
    assert facts["skipped"][0] == {
        "path": f"{folder}/caf\\xe9.txt",
        "reason": "empty",
        "detail": "An empty file.",
    }


def test_quiet_says_nothing(scanned, tmp_path):
    folder, library = scanned
    result = run("scan", folder, "--library", library, "--quiet", "--csv", tmp_path / "r.csv")
    assert (result.exit_code, result.output) == (0, "")
    assert (tmp_path / "r.csv").exists()
    assert run("scan", folder, "--library", library, "--quiet").output == ""


def test_a_report_in_the_scanned_folder_is_not_a_document(folder, library):
    arguments = ("scan", folder, "--library", library, "--csv", folder / "report.csv", "--quiet")
    run(*arguments)
    first = (folder / "report.csv").read_bytes()
    assert run(*arguments).exit_code == 0
    assert (folder / "report.csv").read_bytes() == first
    assert b"report.csv" not in first


def test_excluded_names_are_passed_over(scanned):
    folder, library = scanned
    result = run(
        "scan", folder, "--library", library, "--exclude", "copy*", "--json", "-", "--quiet"
    )
    assert json.loads(result.stdout)["groups"] == 0


def test_a_reader_of_stdout_that_goes_away_is_no_error(scanned):
    _, library = scanned
    process = start("export", "--library", library)
    process.stdout.close()
    errors = process.stderr.read()
    process.stderr.close()
    assert process.wait() == 0
    assert errors == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("command", [["export"], ["doctor"], ["doctor", "--json", "-"]])
def test_an_output_that_takes_nothing_is_status_1(scanned, command):
    _, library = scanned
    with open("/dev/full", "wb") as full:  # noqa: PTH123 - a device
        process = start(*command, "--library", library, stdout=full)
        _, errors = process.communicate()
    assert process.returncode == 1
    assert b"could not be written to the output." in errors


def test_a_bug_is_logged_and_status_1(own_places):
    @click.group(cls=type(program))
    def faulty():
        """A program like ours, with a bug in one command."""

    @faulty.command()
    def divide():
        raise ZeroDivisionError

    result = CliRunner().invoke(faulty, ["divide"])
    assert result.exit_code == 1
    assert result.stderr.startswith("dedupe-app: Something went wrong")
    assert "Traceback" not in result.stderr
    [log] = own_places.rglob("dedupe-app.log")
    assert str(log) in result.stderr
    assert "ZeroDivisionError" in log.read_text()


def test_a_report_that_cannot_be_written_is_status_1(scanned):
    folder, library = scanned
    result = run("scan", folder, "--library", library, "--csv", "/dev/full")
    assert result.exit_code == 1
    assert "The disk is full" in result.stderr


# ---- protected folders -------------------------------------------------------------------------


@pytest.mark.parametrize("named", ["archive", "link"])
def test_protected_files_inside_are_never_marked(folder, library, named):
    (folder / "archive").mkdir()
    (folder / "copy of letter.txt").rename(folder / "archive" / "old.txt")
    link = folder.parent / "link"
    link.symlink_to(folder / "archive", target_is_directory=True)
    place = folder / "archive" if named == "archive" else link
    result = run("scan", folder, "--library", library, "--protect", place, "--csv", "-", "--quiet")
    rows = _rows(result)
    assert {Path(row["path"]).name: (row["role"], row["decision"]) for row in rows} == {
        "old.txt": ("protected", "keep"),
        "letter.txt": ("copy", "remove"),
    }


def test_a_protected_folder_outside_is_what_files_are_compared_with(folder, library, tmp_path):
    archive = tmp_path / "archive"
    archive.mkdir()
    (archive / "kept.txt").write_text(UNLIKE)
    arguments = (
        "scan",
        folder,
        "--library",
        library,
        "--protect",
        archive,
        "--csv",
        "-",
        "--quiet",
    )
    roles = {row["name"]: row["role"] for row in _rows(run(*arguments))}
    assert roles["kept.txt"] == "protected"
    assert roles["kitchen.md"] == "copy"


# ---- the library -------------------------------------------------------------------------------


def test_a_damaged_library_is_status_3_and_untouched(folder, library):
    library.write_bytes(b"not a database at all" * 100)
    _assert_refused(folder, library, "damaged or not a library")


def test_a_library_with_a_broken_page_is_status_3_and_untouched(scanned):
    folder, library = scanned
    whole = library.read_bytes()
    library.write_bytes(whole[:8192] + b"\xff" * 4096 + whole[12288:])
    _assert_refused(folder, library, "damaged")


def test_a_newer_library_is_status_3_and_untouched(scanned):
    folder, library = scanned
    connection = sqlite3.connect(library)
    connection.execute(
        "insert into _sqlite_migrations (migration_set, name, applied_at) values (?, ?, ?)",
        [migrations.name, "m999_from_the_future", "2040-01-01"],
    )
    connection.commit()
    connection.close()
    _assert_refused(folder, library, "newer version")


def test_a_locked_library_is_status_3_and_untouched(scanned):
    folder, library = scanned
    with filelock.FileLock(library.with_name(library.name + ".lock")):
        _assert_refused(folder, library, "in use by another program")


def test_a_library_in_no_usable_place_is_status_3(folder):
    result = run("scan", folder, "--library", "/dev/null/library.sqlite")
    assert result.exit_code == 3
    assert "cannot be used" in result.stderr


def _assert_refused(folder: Path, library: Path, words: str) -> None:
    before = library.read_bytes()
    result = run("scan", folder, "--library", library)
    assert result.exit_code == 3
    assert words in result.stderr
    assert result.stdout == ""
    assert library.read_bytes() == before


# ---- export ------------------------------------------------------------------------------------


def test_export_writes_what_scan_wrote(scanned, tmp_path):
    folder, library = scanned
    run("scan", folder, "--library", library, "--quiet", "--csv", tmp_path / "scan.csv")
    result = run("export", "--library", library)
    assert result.exit_code == 0
    assert result.stdout_bytes == (tmp_path / "scan.csv").read_bytes()


def test_export_takes_the_folders_that_were_scanned_last(folder, library, tmp_path):
    other = tmp_path / "other"
    shutil.copytree(folder, other)
    for scanned in (folder, other, folder):
        run("scan", scanned, "--library", library, "--quiet")
    assert {row["folder"] for row in _rows(run("export", "--library", library))} == {str(folder)}


def test_export_knows_kinds_and_json(scanned):
    _, library = scanned
    rows = json.loads(run("export", "--library", library, "--json", "-").stdout)["rows"]
    assert [row["role"] for row in rows] == ["keeper", "copy"]
    assert _rows(run("export", "--library", library, "--kind", "template")) == []


def test_export_without_a_library_is_status_3_and_makes_none(library):
    result = run("export", "--library", library)
    assert result.exit_code == 3
    assert "There is no library" in result.stderr
    assert list(library.parent.iterdir()) == []


def test_export_works_while_a_scan_holds_the_library_and_leaves_nothing_behind(scanned):
    _, library = scanned
    before = contents(library.parent)
    assert len(_rows(run("export", "--library", library))) == 2
    assert contents(library.parent) == before
    with open_library(library):
        assert len(_rows(run("export", "--library", library))) == 2


def test_export_refuses_a_damaged_library(library):
    library.write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000)
    assert run("export", "--library", library).exit_code == 3


# ---- doctor ------------------------------------------------------------------------------------


def test_doctor_prints_a_table_and_json(library):
    result = run("doctor", "--library", library)
    assert result.exit_code == 0
    assert "Library     missing" in result.stdout
    facts = json.loads(run("doctor", "--library", library, "--json", "-").stdout)
    assert facts["findings"][0]["what"] == "Python"
    assert set(facts["findings"][0]) == {"what", "state", "detail", "hint"}
    assert not library.exists()


# ---- cancel ------------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_cancelled_scan_is_status_130_and_leaves_no_process(tmp_path, library, number):
    tree = tmp_path / "tree"
    tree.mkdir()
    for index in range(100):
        words = random.Random(index).sample(range(100_000), 200)
        (tree / f"{index}.txt").write_text(" ".join(f"word{word}" for word in words))
    process = start("scan", tree, "--library", library, start_new_session=True)
    children = _wait_for_reader(process)
    process.send_signal(number)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == 130
    assert errors.startswith(b"dedupe-app: Cancelled.")
    _wait_until_gone(children)
    result = run("scan", tree, "--library", library, "--json", "-", "--quiet")
    assert json.loads(result.stdout)["read"] == 100


def test_what_a_thread_logs_after_its_command_is_not_printed(library):
    late = (
        "import logging; from dedupe_app.cli import program\n"
        f"program(['doctor', '--library', {str(library)!r}], standalone_mode=False)\n"
        "logging.getLogger('dedupe_app.late').error('The model cannot be loaded')"
    )
    ended = subprocess.run(
        [sys.executable, "-c", late], capture_output=True, check=True, timeout=60
    )
    assert b"Library" in ended.stdout
    assert ended.stderr == b""


def _wait_for_reader(process: subprocess.Popen) -> list[int]:
    tasks = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    while process.poll() is None:
        children = [int(child) for child in tasks.read_text().split()]
        if len(children) > 1:  # the first is the resource tracker of multiprocessing
            return children
    raise AssertionError(process.communicate())


def _wait_until_gone(processes: list[int]) -> None:
    # The tracker of multiprocessing ends a moment after its program.
    end = time.monotonic() + 10
    while left := [process for process in processes if _is_running(process)]:
        assert time.monotonic() < end, left


def _is_running(process: int) -> bool:
    try:
        status = Path(f"/proc/{process}/stat").read_text()
    except FileNotFoundError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


def _rows(result) -> list[dict[str, str]]:
    assert result.exit_code == 0, result.output
    return list(csv.DictReader(io.StringIO(result.stdout.removeprefix("\ufeff"), newline="")))
