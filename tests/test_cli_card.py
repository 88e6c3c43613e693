"""`dedupe-app gpu`, and commands that go on in the environment for the card."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from dedupe_app.runtime.wanted import STAND_IN
from dedupe_app.settings import resource_folder

sys.path.append(str(Path(__file__).parent / "runtime"))
sys.path.append(str(Path(__file__).parent / "embed"))

import tiny_qwen3
from wheelhouse import borrow, make_wheel

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="stands a shell script in for the driver"
)


@pytest.fixture
def home(tmp_path, monkeypatch):
    """The user's folders, and a driver that lists a card."""
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "nvidia-smi").write_text("#!/bin/sh\necho 'NVIDIA RTX 3060, 580.95.05, 12288, 8.6'\n")
    (folder / "nvidia-smi").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("UV_PYTHON_DOWNLOADS", "never")
    monkeypatch.setenv("COLUMNS", "200")
    return tmp_path / "data" / "dedupe-app" / "card"


def run(*arguments):
    command = [sys.executable, "-m", "dedupe_app", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)


@pytest.fixture
def stand_in(monkeypatch):
    monkeypatch.setenv(STAND_IN, str(resource_folder() / "card" / "packages.txt"))


def test_status_names_the_card_and_what_it_takes(home, stand_in):
    told = run("gpu", "status")
    assert told.returncode == 0
    assert "NVIDIA RTX 3060" in told.stdout
    assert "580.95.05" in told.stdout
    assert "2.9 GB" in told.stdout
    assert str(home) in told.stdout.replace("\n", "")
    assert not home.exists()


def test_status_for_programs(home, stand_in):
    borrow(home)
    facts = json.loads(run("gpu", "status", "--json", "-").stdout)
    assert facts["state"] == "ready"
    assert facts["card"]["capability"] == [8, 6]
    assert facts["environment"]["card"] == "Test card"
    assert facts["problem"] == ["", ""]


def test_install_that_fails_says_why_and_with_which_status(home, tmp_path, monkeypatch):
    monkeypatch.setenv(STAND_IN, str(tmp_path / "packages.txt"))
    (tmp_path / "packages.txt").write_text("tiny-torch==1.0\n")
    make_wheel(tmp_path / "wheels", "tiny-torch", "1.0")
    told = run("gpu", "install", "--wheels", tmp_path / "wheels")
    assert told.returncode == 4
    assert "The trial of the graphics card broke off" in told.stderr
    assert "No module named" in told.stderr
    assert "Setting up was not" not in told.stdout
    assert json.loads(run("gpu", "status", "--json", "-").stdout)["state"] == "unfinished"
    removed = run("gpu", "remove")
    assert "Removed" in removed.stdout
    assert not home.exists()
    assert "nothing to remove" in run("gpu", "remove").stdout


def test_a_driver_that_is_too_old_is_told(home, stand_in, tmp_path):
    (tmp_path / "bin" / "nvidia-smi").write_text("#!/bin/sh\necho 'Tesla, 470.1, 100, 7.5'\n")
    told = run("gpu", "install")
    assert told.returncode == 4
    assert "Install version 525 or newer." in told.stderr


def test_doctor_tells_of_the_environment(home, stand_in):
    assert re.search(r"Card +missing +not used", run("doctor").stdout)
    borrow(home)
    assert re.search(r"Card +ok +set up for Test card", run("doctor").stdout)


@pytest.fixture
def tree(plant, tmp_path):
    return plant(
        tmp_path / "tree", {"a.txt": "The mill at the quay. " * 9, "b.txt": "A lease. " * 30}
    )


@pytest.fixture
def model(tmp_path):
    return tiny_qwen3.build(tmp_path / "model")


# Says in which Python a scan runs: the first time that the program is imported there.
TELLS = "import sys, os; print('RUNS IN', sys.prefix, file=sys.stderr) if 'DEDUPE_APP_CARD' in os.environ else None"


def test_scan_with_a_model_runs_in_the_environment(
    home, stand_in, tree, model, tmp_path, monkeypatch
):
    manifest = borrow(home)
    own = next((home / manifest.folder).glob("lib/python*/site-packages"))
    (own / "sitecustomize.py").write_text(TELLS)
    library = tmp_path / "library.sqlite"
    told = run("scan", tree, "--library", library, "--embedder", f"folder:{model}", "--json", "-")
    assert told.returncode == 0
    assert f"RUNS IN {home / manifest.folder}" in told.stderr
    assert json.loads(told.stdout)["files"] == 2
    assert "RUNS IN" not in run("scan", tree, "--library", library).stderr
    monkeypatch.setenv("DEDUPE_APP_CARD", "off")
    told = run("scan", tree, "--library", library, "--embedder", f"folder:{model}")
    assert told.returncode == 0
    assert "RUNS IN" not in told.stderr
    monkeypatch.delenv("DEDUPE_APP_CARD")
    assert run("scan", tmp_path / "nowhere", "--embedder", f"folder:{model}").returncode == 2


def test_scan_goes_on_with_the_processor_when_the_card_does_not_answer(home, tree, model, tmp_path):
    borrow(home)
    library = tmp_path / "library.sqlite"
    told = run("scan", tree, "--library", library, "--embedder", f"folder:{model}", "--json", "-")
    assert told.returncode == 0
    assert "The graphics card does not answer to CUDA." in told.stderr
    assert json.loads(told.stdout)["embedder"] == f"folder:{model}"
