"""How numbers, dates and names are written."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe_app.ui.formats import (
    count_text,
    duration_text,
    percent_text,
    shown_path,
    size_text,
    told_apart,
)
from dedupe_app.ui.languages import languages


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (1000, "1 KB"),
        (812_300, "812 KB"),
        (999_600, "1.0 MB"),
        (1_200_000, "1.2 MB"),
        (702_000_000, "702 MB"),
        (1_260_000_000, "1.26 GB"),
        (15_134_590_976, "15.1 GB"),
    ],
)
def test_sizes_have_three_digits_at_most(size, text):
    assert size_text(size).replace("\u00a0", " ") == text


def test_counts_have_their_thousands_parted():
    assert count_text(12480) == "12,480"


@given(st.floats(0, 99.99))
def test_only_what_is_wholly_alike_is_100_percent(value):
    assert percent_text(value) != percent_text(100)


def test_durations_are_rough():
    assert [duration_text(each) for each in (0.2, 24, 60, 200, 7500, 7200)] == [
        "1 s",
        "24 s",
        "60 s",
        "3 min",
        "2 h 5 min",
        "2 h",
    ]


@given(st.binary(min_size=1, max_size=30).filter(lambda name: b"\0" not in name))
def test_no_name_hides_or_turns_what_is_shown(name):
    shown = shown_path(name.decode("utf-8", "surrogateescape"))
    assert not set(shown) & set("\n\r\t\x1b\u202e\u2028\u200e")
    shown.encode()


def test_names_in_all_letters_are_left_as_they_are():
    assert shown_path("Research 论文 über नमस्ते.pdf") == "Research 论文 über नमस्ते.pdf"


def test_odd_names_show_their_bytes():
    assert shown_path("a\udcff\nb\u202etxt") == "a\\xff\\x0ab\\u202etxt"


def test_languages_are_named_as_they_name_themselves():
    assert languages() == [("en", "English"), ("zh_CN", "简体中文")]


@pytest.mark.parametrize(
    ("path", "other", "said"),
    [
        ("/a/b/c.txt", "/a/b/d.txt", "c.txt"),
        ("/a/b/c.txt", "/a/d/c.txt", "b/c.txt"),
        ("/a/x/b/c.txt", "/a/y/b/c.txt", "x/b/c.txt"),
        ("/b/c.txt", "/a/b/c.txt", "b/c.txt"),
        ("/a/one/b/c.txt", "/a/two/b/d/e.txt", "one/b/c.txt"),
        ("/a/b/c.txt", "/a/b/d/e.txt", "b/c.txt"),
        ("/a/b/d/e.txt", "/a/b/c.txt", "d/e.txt"),
    ],
)
def test_name_is_told_apart_by_its_folders(path, other, said):
    assert told_apart(Path(path), Path(other)) == str(Path(said))
