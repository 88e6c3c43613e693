"""When two files hold the same text, by what the library keeps of them."""

from __future__ import annotations

import pytest

from dedupe_app.sameness import (
    NO_OTHER,
    beside_name,
    find_doubtful,
    is_same_text,
    letters_of,
    named,
)


def name(family="docx", count=0, digest="a", letters="f00d"):
    return named(letters, beside_name(family, count, digest))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (name(), name(), True),
        (name(), name(letters="beef"), False),
        (name(digest="a"), name(digest="b"), False),
        (name(), name("pdf", digest="b"), True),
        (name(count=1), name("pdf", 1, "b"), True),
        (name(count=1), name("pdf", 0, "b"), False),
        (name("py", NO_OTHER), name("py", NO_OTHER), True),
        (name("py", NO_OTHER), name("js", NO_OTHER), False),
        (name("py", NO_OTHER), name("txt"), False),
        ("f00d", "f00d", True),
        ("f00d", name(), True),
        ("bytes 1", "bytes 2", False),
        ("bytes 1", "bytes 1", True),
        ("", name(), False),
    ],
)
def test_same_text(one, other, same):
    assert is_same_text(one, other) is same
    assert is_same_text(other, one) is same


def test_letters_are_equal_whatever_is_beside():
    assert letters_of(name()) == letters_of(name("pdf", 3, "b")) == "f00d"
    assert letters_of("bytes 1") == "bytes 1"


def test_which_of_two_another_format_shows_cannot_be_told():
    first, second, printed = name(count=1, digest="a"), name(count=1, digest="b"), name("pdf", 1)
    unsigned, unsigned_print = name(count=0), name("pdf", 0)
    doubtful = find_doubtful([first, second, printed, unsigned, unsigned_print])
    assert not is_same_text(first, printed, doubtful)
    assert not is_same_text(printed, second, doubtful)
    assert is_same_text(first, first, doubtful)
    assert is_same_text(unsigned, unsigned_print, doubtful)
    assert is_same_text(first, printed, find_doubtful([first, printed, unsigned]))
