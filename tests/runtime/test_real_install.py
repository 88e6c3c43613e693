"""The whole way with the real packages, some of gigabytes: only when asked for, with DEDUPE_APP_TEST_CARD=1.

DEDUPE_APP_TEST_TORCH=ADDRESS names a list of another torch, such as that for processors. Without a card the processor
stands in for it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from dedupe_app.runtime.wanted import STAND_IN
from dedupe_app.settings import resource_folder

sys.path.append(str(Path(__file__).parents[1] / "embed"))

import tiny_qwen3

pytestmark = [
    pytest.mark.skipif(
        not os.environ.get("DEDUPE_APP_TEST_CARD"),
        reason="fetches gigabytes: DEDUPE_APP_TEST_CARD=1",
    ),
    pytest.mark.timeout(3000),
]


@pytest.fixture
def home(tmp_path, monkeypatch):
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "nvidia-smi").write_text("#!/bin/sh\necho 'NVIDIA RTX 3060, 580.95.05, 12288, 8.6'\n")
    (folder / "nvidia-smi").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
    monkeypatch.setenv(STAND_IN, str(resource_folder() / "card" / "packages.txt"))
    return tmp_path / "data" / "dedupe-app" / "card"


def run(*arguments):
    command = [sys.executable, "-m", "dedupe_app", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=2400, check=False)


def test_set_up_from_the_network_scan_with_it_remove_it(home, plant, tmp_path):
    torch = os.environ.get("DEDUPE_APP_TEST_TORCH")
    made = run("gpu", "install", *(["--torch-index", torch] if torch else []))
    assert made.returncode == 0, made.stderr
    assert "matrix products agree" in made.stdout
    tree = plant(
        tmp_path / "tree", {"a.txt": "The mill at the quay. " * 9, "b.txt": "A lease. " * 30}
    )
    model = tiny_qwen3.build(tmp_path / "model")
    library = tmp_path / "library.sqlite"
    told = run("scan", tree, "--library", library, "--embedder", f"folder:{model}", "--json", "-")
    assert told.returncode == 0, told.stderr
    assert json.loads(told.stdout)["files"] == 2
    assert (home / "compiled").is_dir()  # the environment's Python ran our modules
    assert run("gpu", "remove").returncode == 0
    assert not home.exists()
