"""The choices of the user: written, read again, and set aside when they make no sense."""

from __future__ import annotations

import string
import tomllib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe_app.engine.messages import DEFAULT_SIMILARITY
from dedupe_app.settings import (
    Choices,
    WindowState,
    load_choices,
    load_window,
    resource_folder,
    save_choices,
    save_window,
)
from dedupe_app.ui.samples import copy_samples

texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
names = st.text(string.ascii_letters, min_size=1, max_size=8)
choices = st.builds(
    Choices,
    embedder=names,
    dimensions=st.integers(64, 4096),
    template=texts,
    four_bit=st.booleans(),
    similarity=st.floats(0, 100),
    look=st.sampled_from(("system", "light", "dark")),
    language=texts,
    largest_mb=st.integers(1, 10**6),
    seconds=st.floats(0.1, 1000),
    exclude=st.lists(texts, max_size=4).map(tuple),
    processes=st.integers(0, 256),
    watch=st.booleans(),
    export_folder=texts,
    move_folder=texts,
    keep_rules=st.lists(names, max_size=4).map(tuple),
)


@given(choices)
def test_what_was_chosen_is_read_again(tmp_path_factory, chosen):
    path = tmp_path_factory.mktemp("settings") / "settings.toml"
    save_choices(chosen, path)
    assert load_choices(path) == (chosen, "", ())
    assert [each.name for each in path.parent.iterdir()] == ["settings.toml"]


def test_without_a_file_the_defaults_hold(tmp_path):
    assert load_choices(tmp_path / "none.toml") == (Choices(), "", ())
    assert Choices().similarity == DEFAULT_SIMILARITY


@pytest.mark.parametrize("content", [b"this is no TOML", b"\xff\xfe\x00", b"similarity = 130\n="])
def test_a_file_that_makes_no_sense_is_set_aside(tmp_path, content):
    path = tmp_path / "settings.toml"
    path.write_bytes(content)
    found, aside, wrong = load_choices(path)
    assert (found, wrong) == (Choices(), ())
    assert not path.exists()
    assert (tmp_path / aside).read_bytes() == content


@pytest.mark.parametrize(
    "line",
    [
        "similarity = 130",
        "similarity = 'much'",
        "look = 'pink'",
        "keep_rules = [1, 2]",
        "watch = 1",
        "embedder = ''",
        "seconds = nan",
        "processes = {a = 1}",
    ],
)
def test_one_value_that_makes_no_sense_costs_only_itself(tmp_path, line):
    path = tmp_path / "settings.toml"
    content = f"exclude = ['*.secret']\nlargest_mb = 7\n{line}\n[of_a_later_version]\nx = 1\n"
    path.write_text(content)
    wanted = Choices(exclude=("*.secret",), largest_mb=7)
    found, aside, wrong = load_choices(path)
    assert (found, wrong) == (wanted, (line.split()[0],))
    assert (tmp_path / aside).read_text() == content
    # The next start finds nothing wrong any more, and all else as it was.
    assert load_choices(path) == (wanted, "", ())
    assert "of_a_later_version" in path.read_text()


def test_what_later_versions_wrote_stays(tmp_path):
    path = tmp_path / "settings.toml"
    path.write_text("colour = 'green'\nsimilarity = 40\n[table]\nday = 2026-11-23\n")
    save_choices(Choices(similarity=50.0), path)
    assert load_choices(path)[0].similarity == 50
    found = tomllib.loads(path.read_text())
    assert (found["colour"], found["table"]) == ("green", {"day": date(2026, 11, 23)})


def test_names_of_other_versions_are_passed_over(tmp_path):
    path = tmp_path / "settings.toml"
    path.write_text("colour = 'green'\nsimilarity = 40\n")
    assert load_choices(path) == (Choices(similarity=40.0), "", ())


def test_a_place_that_cannot_be_written_keeps_what_was_there(tmp_path):
    path = tmp_path / "file" / "settings.toml"
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(OSError, match="file"):
        save_choices(Choices(), path)


@pytest.mark.parametrize(
    "state",
    [WindowState(), WindowState(1200, 800, True, (200, 600, 400), (0, 0, 177, 0), "name", False)],
)
def test_the_window_is_found_as_it_was_left(tmp_path, state):
    path = tmp_path / "deep" / "window.toml"
    save_window(state, path)
    assert load_window(path) == state


def test_a_window_state_that_makes_no_sense_is_forgotten(tmp_path):
    path = tmp_path / "window.toml"
    path.write_text("width = -4\nheight = 500\n")
    assert load_window(path) == WindowState(height=500)


def test_the_resources_are_found():
    assert (resource_folder() / "style" / "window.qss").is_file()


def test_every_sample_has_the_time_at_which_it_was_written(tmp_path):
    copy_samples(tmp_path)
    copy_samples(tmp_path)
    samples = resource_folder() / "samples"
    copies = sorted(path for path in tmp_path.rglob("*") if path.is_file())
    assert [path.relative_to(tmp_path) for path in copies] == sorted(
        path.relative_to(samples) for path in samples.rglob("*") if path.is_file()
    )
    dates = tomllib.loads((resource_folder() / "sample_dates.toml").read_text(encoding="utf-8"))
    written = {path.relative_to(tmp_path).as_posix(): path.stat().st_mtime for path in copies}
    assert written == {name: day.timestamp() for name, day in dates.items()}
