"""`dedupe-app map`: a picture or a table of the map, made if need be."""

from __future__ import annotations

import csv
import random
import struct

import pytest
from click.testing import CliRunner

from dedupe_app.cli import program
from dedupe_app.engine.pipeline import scan
from dedupe_app.engine.scan_messages import ScanOptions
from dedupe_app.store.database import open_library

WORDS = "tide mill water wheel bee hive honey queen roof shingle slate rafter".split()


@pytest.fixture(autouse=True)
def own_places(tmp_path, monkeypatch):
    for name in ("XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    place = tmp_path_factory.mktemp("map")
    tree = place / "tree"
    tree.mkdir()
    for number in range(56):
        said = random.Random(number).choices(WORDS[number % 3 * 4 :][:4], k=60)
        (tree / f"={number}.txt").write_text(" ".join(said) + f" {number}")
    with open_library(place / "library.sqlite") as opened:
        for _ in scan(opened, ScanOptions((tree,), processes=1)):
            pass
    return place / "library.sqlite"


def run(*args):
    return CliRunner().invoke(program, ["map", *map(str, args)])


def test_picture_of_the_wanted_size(library, tmp_path):
    for name, more in (("light.png", ()), ("dark.png", ("--dark",))):
        done = run("--library", library, "--png", tmp_path / name, "--size", "320x240", *more)
        assert done.exit_code == 0, done.output
        data = (tmp_path / name).read_bytes()
        assert data.startswith(b"\x89PNG")
        assert struct.unpack(">II", data[16:24]) == (320, 240)
    assert (tmp_path / "light.png").read_bytes() != (tmp_path / "dark.png").read_bytes()


def test_table_of_places_and_topics(library, tmp_path):
    done = run("--library", library, "--csv", tmp_path / "map.csv", "--quiet")
    assert done.exit_code == 0, done.output
    with (tmp_path / "map.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 56
    assert list(rows[0]) == [
        *("path", "x", "y", "topic", "subtopic", "detail_topic", "relation", "group"),
    ]
    assert all(-5 < float(row["x"]) < 5 for row in rows)
    assert [row["path"] for row in rows] == sorted(row["path"] for row in rows)


def test_the_same_table_each_time(library, tmp_path):
    for name in ("one.csv", "two.csv"):
        run("--library", library, "--csv", tmp_path / name)
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "two.csv").read_bytes()


def test_table_on_the_standard_output(library):
    done = run("--library", library, "--csv", "-", "--quiet")
    assert done.stdout.count("\r\n") + done.stdout.count("\n") >= 57


@pytest.mark.parametrize(
    "args",
    [
        (),
        ("--png", "-", "--csv", "-"),
        ("--png", "x.png", "--size", "big"),
        ("--png", "x.png", "--size", "10x10"),
        ("--png", "x.png", "--size", "99999x200"),
    ],
)
def test_wrong_usage(library, args):
    assert run("--library", library, *args).exit_code == 2


def test_no_library(tmp_path):
    done = run("--library", tmp_path / "none.sqlite", "--csv", tmp_path / "x.csv")
    assert done.exit_code == 3
    assert not (tmp_path / "none.sqlite").exists()


def test_map_that_is_there_while_another_writes(library, tmp_path):
    run("--library", library, "--csv", tmp_path / "before.csv")
    with open_library(library):
        done = run("--library", library, "--csv", tmp_path / "beside.csv")
    assert done.exit_code == 0
    assert (tmp_path / "before.csv").read_bytes() == (tmp_path / "beside.csv").read_bytes()


def test_picture_that_cannot_be_written(library, tmp_path):
    (tmp_path / "folder.png").mkdir()
    assert (
        run("--library", library, "--png", tmp_path / "folder.png" / "x" / "y.png").exit_code == 2
    )
