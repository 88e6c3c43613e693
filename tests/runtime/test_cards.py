from __future__ import annotations

import pytest

from dedupe_app.errors import CardError
from dedupe_app.runtime import cards, wanted
from dedupe_app.runtime.cards import NvidiaCard, find_card, read_answer, windows_driver
from dedupe_app.runtime.wanted import Sources, build_for, torch_index

RTX = NvidiaCard("NVIDIA GeForce RTX 3060", "580.95.05", (8, 6), 12288 * 1024 * 1024)


@pytest.fixture
def smi(tmp_path, monkeypatch):
    """Return a function that puts an nvidia-smi on an otherwise empty PATH."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(cards, "_PROC", tmp_path / "proc")

    def put(script):
        (folder / "nvidia-smi").write_text(f"#!/bin/sh\n{script}\n")
        (folder / "nvidia-smi").chmod(0o755)

    return put


def test_card_is_what_the_driver_says(smi):
    smi("echo 'NVIDIA GeForce RTX 3060, 580.95.05, 12288, 8.6'; echo 'another, 1.0, 1, 1.0'")
    assert find_card() == RTX


@pytest.mark.parametrize("script", ["exit 9", "echo", "echo 'NVIDIA-SMI has failed'"])
def test_a_driver_that_does_not_answer_means_no_card(smi, script):
    smi(script)
    assert find_card() is None


def test_an_older_driver_says_less():
    assert read_answer("Tesla K80, 470.1, [N/A], [N/A]\n") == NvidiaCard("Tesla K80", "470.1")


def test_without_its_program_the_driver_is_found_where_it_lies(tmp_path, smi):
    own = tmp_path / "proc" / "gpus" / "0000:01:00.0"
    own.mkdir(parents=True)
    (own / "information").write_text("Model: \t\t NVIDIA GeForce RTX 3060\nIRQ:   \t\t 5\n")
    (tmp_path / "proc" / "version").write_text(
        "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  580.95.05  Release Build\n"
    )
    assert find_card() == NvidiaCard("NVIDIA GeForce RTX 3060", "580.95.05")


def test_windows_numbers_drivers_in_its_own_way():
    assert windows_driver("32.0.15.8088") == "580.88"
    assert windows_driver("nonsense") == ""


@pytest.mark.parametrize(
    ("driver", "capability", "build"),
    [
        ("580.65.06", (7, 5), "cu130"),
        ("590.1", (12, 0), "cu130"),
        ("580.65", None, "cu130"),
        ("570.86", (8, 6), "cu126"),
        ("590.1", (6, 1), "cu126"),
        ("525.60", (5, 0), "cu126"),
    ],
)
def test_build_suits_card_and_driver(driver, capability, build):
    assert build_for(NvidiaCard("card", driver, capability)) == build


@pytest.mark.parametrize(
    ("driver", "capability", "words"),
    [
        ("470.1", (8, 6), "driver of card is too old: 470.1"),
        ("570.1", (12, 0), "driver of card is too old"),
        ("580.1", (3, 5), "graphics card card is too old"),
        ("", (8, 6), "does not answer"),
    ],
)
def test_a_card_that_cannot_be_used_is_told_why(driver, capability, words):
    with pytest.raises(CardError, match=words) as caught:
        build_for(NvidiaCard("card", driver, capability))
    assert caught.value.hint


def test_no_card_is_told():
    with pytest.raises(CardError, match="no NVIDIA graphics card"):
        build_for(None)


def test_torch_is_listed_apart_where_pypi_has_no_build_for_cards(monkeypatch):
    monkeypatch.setattr(wanted.sys, "platform", "win32")
    assert torch_index("cu130", Sources()) == "https://download.pytorch.org/whl/cu130"
    assert torch_index("cu130", Sources(torch_index="http://mirror")) == "http://mirror"
    assert torch_index("cu130", Sources(wheels="folder")) == ""
    monkeypatch.setattr(wanted.sys, "platform", "linux")
    monkeypatch.setattr(wanted.platform, "machine", lambda: "x86_64")
    assert torch_index("cu130", Sources()) == ""
    assert torch_index("cu126", Sources()) == "https://download.pytorch.org/whl/cu126"
    monkeypatch.setattr(wanted.platform, "machine", lambda: "aarch64")
    assert torch_index("cu130", Sources()) == "https://download.pytorch.org/whl/cu130"


@pytest.mark.parametrize(
    ("version", "platform", "sees"),
    [
        ("2.13.0", "linux", True),
        ("2.13.0+cpu", "linux", False),
        ("2.13.0+cu130", "win32", True),
        ("2.13.0", "win32", False),
        ("2.13.0", "darwin", False),
    ],
)
def test_own_torch_tells_by_its_version_whether_it_sees_cards(monkeypatch, version, platform, sees):
    monkeypatch.setattr(wanted.sys, "platform", platform)
    monkeypatch.setattr(wanted.importlib.metadata, "version", lambda _: version)
    assert wanted.own_torch_sees_cards() is sees
