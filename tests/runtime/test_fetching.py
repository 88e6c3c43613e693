from __future__ import annotations

from dedupe_app.runtime.fetching import UNPACKED, Fetching, Package, pins, read_list

PACKAGES = [Package("big", "1", 1000), Package("small-one", "2", 200)]


def test_counts_what_uv_says_it_has(tmp_path):
    fetching = Fetching(PACKAGES, tmp_path)
    assert fetching.total == 1200
    assert fetching.hear(["Downloading big (1.0KiB)"]) == 0
    assert fetching.hear([" Downloaded small_one"]) == 200
    assert fetching.hear([]) == 200


def test_counts_what_lies_on_the_disk_and_never_back(tmp_path):
    now = 0.0
    fetching = Fetching(PACKAGES, tmp_path, lambda: now)
    part = tmp_path / "archive" / "one" / "file"
    part.parent.mkdir(parents=True)
    part.write_bytes(b"x" * int(500 * UNPACKED))
    now = 5.0
    grown = fetching.hear([])
    assert 480 < grown <= 500
    part.unlink()
    now = 10.0
    assert fetching.hear([]) == grown


def test_is_not_done_before_uv_is(tmp_path):
    (tmp_path / "archive" / "one").mkdir(parents=True)
    (tmp_path / "archive" / "one" / "file").write_bytes(b"x" * 9000)
    assert Fetching(PACKAGES, tmp_path).done < 1200


def test_begins_with_what_is_there_from_the_last_time(tmp_path):
    (tmp_path / "archive" / "one").mkdir(parents=True)
    (tmp_path / "archive" / "one" / "file").write_bytes(b"x" * 910)
    assert Fetching(PACKAGES, tmp_path).done == 500


def test_sizes_of_files_are_looked_up_when_the_list_does_not_say(tmp_path):
    (tmp_path / "a b.whl").write_bytes(b"12345")
    (tmp_path / "near.whl").write_bytes(b"123")
    path = tmp_path / "pylock.toml"
    path.write_text(
        '[[packages]]\nname = "one"\nversion = "1"\n'
        f'wheels = [{{ url = "{tmp_path.as_uri()}/a%20b.whl" }}]\n'
        '[[packages]]\nname = "two"\nversion = "2"\nwheels = [{ path = "near.whl" }]\n'
        '[[packages]]\nname = "three"\nversion = "3"\n'
        'wheels = [{ url = "https://x/y.whl", size = 7, hashes = { sha256 = "ab" } }]\n'
        '[[packages]]\nname = "four"\nversion = "4"\nwheels = [{ url = "https://x/z.whl" }]\n',
        encoding="utf-8",
    )
    assert [(each.name, each.size_bytes) for each in read_list(path)] == [
        ("one", 5),
        ("two", 3),
        ("three", 7),
        ("four", 0),
    ]
    assert pins(read_list(path)[2:]) == "three==3 --hash=sha256:ab\nfour==4\n"
