"""Exclude patterns, compared with names and paths; no disk."""

import pytest

from dedupe_app.intake.patterns import compile_patterns, is_excluded


def excluded(pattern: str, path: str, *, is_folder: bool = False) -> bool:
    below, _, name = path.rpartition("/")
    folder = f"/data/{below}" if below else "/data"
    return is_excluded(compile_patterns([pattern]), name, folder, below, is_folder)


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("*.tmp", "a.tmp"),
        ("*.tmp", "deep/down/a.tmp"),
        ("~$*", "deep/~$letter.docx"),
        ("[a-c]?.txt", "b1.txt"),
        ("[!a-c]?.txt", "z1.txt"),
        ("[x", "[x"),
        ("build/**", "build/a/b.txt"),
        ("build/**", "build/a"),
        ("build/*.txt", "build/a.txt"),
        ("./build/*.txt", "build/a.txt"),
        ("/build/*.txt", "build/a.txt"),
        ("**/old/*.txt", "old/a.txt"),
        ("**/old/*.txt", "x/y/old/a.txt"),
        ("a/**/z.txt", "a/z.txt"),
        ("a/**/z.txt", "a/b/c/z.txt"),
        ("a/**/b/**/z.txt", "a/1/b/2/b/3/z.txt"),
        ("a//b.txt", "a/b.txt"),
        ("/data/private/**", "private/a.txt"),
        ("/data/a.txt", "a.txt"),
        ("line\n*", "line\nbreak"),
        ("*.t?t", "\udcff.txt"),
    ],
)
def test_pattern_fits(pattern, path):
    assert excluded(pattern, path)


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("*.tmp", "a.tmp.txt"),
        ("*.tmp", "x.tmp/a.txt"),
        ("build/**", "build"),
        ("build/**", "rebuild/a.txt"),
        ("build/**", "src/build/a.txt"),
        ("build/*.txt", "build/sub/a.txt"),
        ("build/", "build"),
        ("/data/private/**", "data/private2/a.txt"),
        ("", "a"),
        ("/", "a"),
        ("a/**/z.txt", "b/a/z.txt"),
    ],
)
def test_pattern_does_not_fit(pattern, path):
    assert not excluded(pattern, path)


def test_slash_at_the_end_means_folders_only():
    assert excluded("build/", "src/build", is_folder=True)
    assert excluded("src/build/", "src/build", is_folder=True)
    assert not excluded("src/build/", "src/build")


def test_many_double_stars_stay_fast_on_a_deep_path():
    path = "/".join(["a"] * 1500) + "/end"
    assert not excluded("**/a/" * 12 + "b", path)
