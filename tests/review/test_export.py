"""The report byte by byte, with hostile names, and on disks that fail."""

import base64
import contextlib
import csv
import errno
import io
import json
import os
import re
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe_app.errors import ReportError
from dedupe_app.records import Decision, GroupKind, Relation, ReportRow, Role
from dedupe_app.review.export import COLUMNS, neutral, write_csv, write_json

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="POSIX paths")
HEADER = (
    "group,kind,relation,similarity,role,decision,path,folder,name,size_bytes,modified,format,"
    "words,shared_text,contained,meaning,figures_changed,compared_with,sha256"
)
KEEPER = ReportRow(
    group=3,
    kind=GroupKind.DUPLICATES,
    relation=None,
    similarity=None,
    role=Role.KEEPER,
    decision=Decision.KEEP,
    path=Path("/docs/plan, final.docx"),
    size_bytes=12345,
    mtime_ns=1_719_828_000_999_999_999,
    format="docx",
    words=1200,
    shared_text=None,
    contained=None,
    meaning=None,
    figures_changed=None,
    compared_with=None,
    sha256="ab" * 32,
    reason="newest",
)
COPY = replace(
    KEEPER,
    relation=Relation.REVISION,
    similarity=97.04,
    role=Role.COPY,
    decision=Decision.UNDECIDED,
    path=Path('/docs/=cmd|"x".docx'),
    shared_text=96.96,
    contained=100.0,
    meaning=0.91,
    figures_changed=0,
    compared_with=KEEPER.path,
    reason="",
)


@pytest.fixture(autouse=True)
def berlin(monkeypatch):
    if hasattr(time, "tzset"):
        monkeypatch.setenv("TZ", "Europe/Berlin")
        time.tzset()
        yield
        monkeypatch.undo()
        time.tzset()
    else:
        yield


def csv_bytes(*rows: ReportRow) -> bytes:
    out = io.TextIOWrapper(io.BytesIO(), encoding="ascii", newline="\r\n")
    write_csv(rows, out)
    return out.buffer.getvalue()


def cells(path: Path) -> dict[str, str]:
    text = csv_bytes(replace(COPY, path=path)).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    return row


def read_json(*rows: ReportRow) -> dict:
    out = io.StringIO()
    write_json(rows, out)
    return json.loads(out.getvalue())


# ---- CSV -------------------------------------------------------------------------------------


def test_columns_are_those_of_the_contract():
    assert ",".join(COLUMNS) == HEADER


@POSIX
def test_csv_byte_by_byte(tmp_path):
    expected = (
        f"\ufeff{HEADER}\r\n"
        '3,duplicates,,,keeper,keep,"/docs/plan, final.docx",/docs,"plan, final.docx",12345,'
        f"2024-07-01T12:00:00+02:00,docx,1200,,,,,,{'ab' * 32}\r\n"
        '3,duplicates,revision,97,copy,undecided,"/docs/=cmd|""x"".docx",/docs,'
        '"\'=cmd|""x"".docx",12345,2024-07-01T12:00:00+02:00,docx,1200,97,100,0.910,0,'
        f'"/docs/plan, final.docx",{"ab" * 32}\r\n'
    ).encode()
    assert csv_bytes(KEEPER, COPY) == expected
    write_csv([KEEPER, COPY], tmp_path / "report.csv")
    assert (tmp_path / "report.csv").read_bytes() == expected
    text = io.StringIO()
    write_csv([KEEPER, COPY], text)
    assert text.getvalue().encode() == expected


def test_csv_without_rows_has_a_header():
    assert csv_bytes() == f"\ufeff{HEADER}\r\n".encode()


@pytest.mark.parametrize(
    ("number", "written"), [(0.0, "0"), (-0.01, "0"), (99.95, "100"), (12.34, "12.3"), (7, "7")]
)
def test_percentages_have_one_decimal_at_most(number, written):
    text = csv_bytes(replace(COPY, similarity=number)).decode("utf-8-sig")
    assert next(csv.DictReader(io.StringIO(text)))["similarity"] == written


@pytest.mark.parametrize("mtime_ns", [2**62 * 1000, -(2**62) * 1000])
def test_time_that_no_calendar_knows_is_left_empty(mtime_ns):
    assert b",12345,,docx," in csv_bytes(replace(KEEPER, mtime_ns=mtime_ns))
    assert read_json(replace(KEEPER, mtime_ns=mtime_ns))["rows"][0]["modified"] is None


@POSIX
def test_winter_time_and_times_before_1970():
    assert b"1969-12-31T23:59:59+01:00" in csv_bytes(replace(KEEPER, mtime_ns=-3_600_000_000_001))


@POSIX
@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_formulas_are_disarmed(start):
    row = cells(Path(f"/docs/{start}1+1"))
    assert row["name"] == f"'{start}1+1"
    assert row["path"] == f"/docs/{start}1+1"
    relative = cells(Path(f"{start}docs/a"))
    assert relative["path"] == f"'{start}docs/a"
    assert relative["folder"] == f"'{start}docs"
    text = csv_bytes(replace(COPY, format=f"{start}x", compared_with=Path(f"{start}y"))).decode()
    assert f"'{start}x" in text
    assert f"'{start}y" in text


@POSIX
def test_bytes_that_are_not_utf8_are_written_as_escapes():
    assert cells(Path(os.fsdecode(b"/docs/caf\xe9\xff.txt")))["name"] == r"caf\xe9\xff.txt"
    assert cells(Path("/docs/\ud800x"))["name"] == r"\ud800x"


NAMES = st.one_of(
    st.binary(min_size=1, max_size=30).map(os.fsdecode),
    st.text(min_size=1, max_size=30),
    st.text("=+-@\t\r\n,\"' \\\udcff\ud800", min_size=1, max_size=8),
).filter(lambda name: "\0" not in name and "/" not in name and name not in (".", ".."))


@POSIX
@given(NAMES)
def test_any_name_can_be_read_back(name):
    shown = re.sub(
        "[\ud800-\udfff]",
        lambda odd: (
            f"\\x{ord(odd[0]) - 0xDC00:02x}"
            if 0xDC80 <= ord(odd[0]) <= 0xDCFF
            else f"\\u{ord(odd[0]):04x}"
        ),
        name,
    )
    row = cells(Path("/docs") / name)
    assert row["path"] == f"/docs/{shown}"
    assert row["folder"] == "/docs"
    guard = "'" if shown[0] in "=+-@\t\r" else ""
    assert row["name"] == guard + shown


# ---- JSON ------------------------------------------------------------------------------------


@POSIX
def test_json_holds_the_same_facts_with_types():
    assert read_json(KEEPER, COPY) == {
        "version": 1,
        "rows": [
            {
                "group": 3,
                "kind": "duplicates",
                "relation": None,
                "similarity": None,
                "role": "keeper",
                "decision": "keep",
                "path": "/docs/plan, final.docx",
                "folder": "/docs",
                "name": "plan, final.docx",
                "size_bytes": 12345,
                "modified": "2024-07-01T12:00:00+02:00",
                "format": "docx",
                "words": 1200,
                "shared_text": None,
                "contained": None,
                "meaning": None,
                "figures_changed": None,
                "compared_with": None,
                "sha256": "ab" * 32,
                "reason": "newest",
            },
            {
                "group": 3,
                "kind": "duplicates",
                "relation": "revision",
                "similarity": 97.0,
                "role": "copy",
                "decision": "undecided",
                "path": '/docs/=cmd|"x".docx',
                "folder": "/docs",
                "name": '=cmd|"x".docx',
                "size_bytes": 12345,
                "modified": "2024-07-01T12:00:00+02:00",
                "format": "docx",
                "words": 1200,
                "shared_text": 97.0,
                "contained": 100.0,
                "meaning": 0.91,
                "figures_changed": 0,
                "compared_with": "/docs/plan, final.docx",
                "sha256": "ab" * 32,
                "reason": "",
            },
        ],
    }


def test_json_without_rows():
    assert read_json() == {"version": 1, "rows": []}


@POSIX
def test_json_keeps_the_bytes_of_a_path_that_is_not_utf8(tmp_path):
    raw = b"/docs/caf\xe9\n.txt"
    write_json([replace(COPY, path=Path(os.fsdecode(raw))), KEEPER], tmp_path / "report.json")
    odd, plain = json.loads((tmp_path / "report.json").read_bytes())["rows"]
    assert odd["path"] == "/docs/caf\\xe9\n.txt"
    assert base64.b64decode(odd["path_bytes"]) == raw
    assert "path_bytes" not in plain


# ---- files -----------------------------------------------------------------------------------


def refuse(code: int):
    def fail(*_args, **_options):
        raise OSError(code, os.strerror(code))

    return fail


@pytest.mark.parametrize("broken", [(os, "fsync"), (Path, "replace")])
@pytest.mark.parametrize("write", [write_csv, write_json])
def test_full_disk_leaves_the_earlier_report(tmp_path, monkeypatch, broken, write):
    target = tmp_path / "report"
    target.write_text("earlier")
    monkeypatch.setattr(*broken, refuse(errno.ENOSPC))
    with pytest.raises(ReportError) as caught:
        write([COPY], target)
    assert str(target) in caught.value.title
    assert "disk is full" in caught.value.hint
    assert target.read_text() == "earlier"
    assert list(tmp_path.iterdir()) == [target]


def test_rows_that_fail_midway_leave_the_earlier_report(tmp_path):
    target = tmp_path / "report.csv"
    target.write_text("earlier")

    def rows():
        yield COPY
        message = "the store has gone"
        raise LookupError(message)

    with pytest.raises(LookupError):
        write_csv(rows(), target)
    assert target.read_text() == "earlier"
    assert list(tmp_path.iterdir()) == [target]


def test_missing_folder_and_folder_as_target(tmp_path):
    with pytest.raises(ReportError) as caught:
        write_csv([COPY], tmp_path / "nowhere" / "report.csv")
    assert "does not exist" in caught.value.hint
    with pytest.raises(ReportError):
        write_csv([COPY], tmp_path)
    assert list(tmp_path.iterdir()) == []


@POSIX
def test_name_of_the_target_is_harmless_in_the_error(tmp_path):
    with pytest.raises(ReportError) as caught:
        write_csv([COPY], tmp_path / "nowhere" / "a\x1b[2J\udcff")
    assert r"a\x1b[2J\xff" in caught.value.title


@POSIX
def test_link_to_the_report_and_its_permissions_stay(tmp_path):
    (tmp_path / "real.csv").write_text("earlier")
    (tmp_path / "real.csv").chmod(0o640)
    (tmp_path / "link.csv").symlink_to("real.csv")
    write_csv([COPY], tmp_path / "link.csv")
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_bytes() == csv_bytes(COPY)
    assert (tmp_path / "real.csv").stat().st_mode & 0o777 == 0o640


@POSIX
def test_new_report_has_ordinary_permissions(tmp_path):
    write_csv([COPY], tmp_path / "report.csv")
    (tmp_path / "plain").touch()
    assert (tmp_path / "report.csv").stat().st_mode == (tmp_path / "plain").stat().st_mode


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_full_device_is_reported_and_stays_a_device():
    with pytest.raises(ReportError) as caught:
        write_csv([COPY], Path("/dev/full"))
    assert "disk is full" in caught.value.hint
    assert Path("/dev/full").is_char_device()
    out = open("/dev/full", "w", encoding="utf-8")  # noqa: PTH123, SIM115
    with pytest.raises(ReportError):
        write_csv([COPY], out)
    with contextlib.suppress(OSError):
        out.close()


@POSIX
def test_reader_that_leaves_early_is_not_an_error_of_ours():
    reading, writing = os.pipe()
    os.close(reading)
    out = os.fdopen(writing, "w", encoding="utf-8")
    with pytest.raises(BrokenPipeError):
        write_csv([COPY], out)
    with contextlib.suppress(OSError):
        out.close()


@POSIX
def test_standard_output_gets_the_same_bytes():
    program = (
        "import sys, pathlib; from dedupe_app.review.export import write_csv;"
        "print('before'); write_csv([], sys.stdout); print('after');"
        "sys.stdout.flush(); write_csv([], pathlib.Path('/dev/stdout'))"
    )
    done = subprocess.run([sys.executable, "-c", program], stdout=subprocess.PIPE, check=True)
    report = f"\ufeff{HEADER}\r\n".encode()
    assert done.stdout == b"before\n" + report + b"after\n" + report


# ---- names on a terminal ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("plain name, ünï 文档 🙂.txt", "plain name, ünï 文档 🙂.txt"),
        ("C:\\docs\\a.txt", "C:\\docs\\a.txt"),
        ("\x1b[31mred", r"\x1b[31mred"),
        ("two\nlines\ttab\x7f\x9b", r"two\x0alines\x09tab\x7f\x9b"),
        ("invoice\u202efdp.exe", r"invoice\u202efdp.exe"),
        ("\u2066a\u2069\u200f\u061c\u2028", r"\u2066a\u2069\u200f\u061c\u2028"),
        ("caf\udce9 \ud800", r"caf\xe9 \ud800"),
    ],
)
def test_names_are_safe_to_show(name, shown):
    assert neutral(name) == shown


@given(st.text())
def test_shown_names_hold_nothing_that_a_terminal_obeys(name):
    shown = neutral(name)
    assert neutral(shown) == shown
    assert shown.encode("utf-8").decode("utf-8") == shown
    assert not any(ord(sign) < 32 or 127 <= ord(sign) < 160 for sign in shown)
