"""An XLS is read as its cells show it, and falls back to another reader where it is damaged."""

from __future__ import annotations

import random
import struct
from types import SimpleNamespace

import kreuzberg
import pytest
from tiny_files import compound, xlsx

from dedupe_app.engine.preparing import read_content
from dedupe_app.records import Extracted, ReadText, SkipReason
from dedupe_app.sameness import is_same_text
from dedupe_app.settings import ReadLimits
from dedupe_app.text.extract import extract

CODES = ("General", '#,##0.00\\ "€"', "dd.mm.yyyy", "0.0%", "yyyy-mm-dd")


def record(kind: int, *parts: bytes) -> bytes:
    contents = b"".join(parts)
    return struct.pack("<HH", kind, len(contents)) + contents


def text(value: str, wide: int = 2) -> bytes:
    return struct.pack("<BB" if wide == 1 else "<HB", len(value), 1) + value.encode("utf-16-le")


def cell(row: int, column: int, value: float | str | bool, code: int = 0) -> bytes:
    place = struct.pack("<HHH", row, column, code)
    if isinstance(value, bool):
        return record(0x205, place, struct.pack("<BB", value, 0))
    if isinstance(value, str):
        return record(0x204, place, text(value))
    return record(0x203, place, struct.pack("<d", value))


def xls(*cells: bytes, date_1904: bool = False, locked: bool = False, **streams: bytes) -> bytes:
    """Make a workbook of one sheet; `code` of a cell is a number in CODES."""
    styles = [
        record(0xE0, struct.pack("<HHHBBBBIIH", 0, 164 + at, 1, 0x20, 0, 0, 0, 0, 0, 0))
        for at in range(len(CODES))
    ]
    font = record(0x31, struct.pack("<HHHHHBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0), text("A", 1))
    begin = [
        record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0)),
        record(0x2F, struct.pack("<HHH48x", 1, 1, 1)) if locked else b"",
        record(0x42, struct.pack("<H", 1200)),
        record(0x22, struct.pack("<H", date_1904)),
        *[font] * 4,
        *[record(0x41E, struct.pack("<H", 164 + at), text(code)) for at, code in enumerate(CODES)],
        *styles,
    ]
    start = b"".join(begin)
    title = struct.pack("<BB", 5, 0) + b"Costs"
    where = len(start) + 4 + 6 + len(title) + 4
    sheet = record(0x85, struct.pack("<IH", where, 0), title)
    body = [record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0)), *cells, record(0x0A)]
    return compound({"Workbook": start + sheet + record(0x0A) + b"".join(body), **streams})


ROWS = (
    cell(0, 0, "Flat"), cell(0, 1, "From"), cell(0, 2, "Paid"),
    cell(1, 0, 1234.5, 1), cell(1, 1, 45000.0, 2), cell(1, 2, True),
    cell(2, 0, -7.25, 1), cell(2, 2, 0.125, 3),
)  # fmt: skip
SHOWN = "Costs\nFlat\tFrom\tPaid\n1,234.50 €\t15.03.2023\tTRUE\n-7.25 €\t\t12.5%"


@pytest.fixture
def read(tmp_path):
    """Return a function that writes bytes under a name and extracts what they say."""

    def extracted(name: str, data: bytes):
        path = tmp_path / name
        path.write_bytes(data)
        return extract(path, ReadLimits())

    return extracted


def test_cells_are_read_as_they_are_shown(read):
    assert read("rent.xls", xls(*ROWS)).text == SHOWN


def test_a_book_of_the_other_calendar_shows_its_own_days(read):
    days = cell(0, 0, 45000.0 - 1462, 2)
    assert read("rent.xls", xls(days, date_1904=True)).text == "Costs\n15.03.2023"


def test_a_book_is_the_same_text_as_its_copy_of_today(tmp_path):
    def name_of(name: str, data: bytes) -> str:
        path = tmp_path / name
        path.write_bytes(data)
        found = read_content(path, ReadLimits())
        assert isinstance(found, ReadText)
        return found.same_text

    old = name_of("rent.xls", xls(cell(0, 0, "Flat"), cell(0, 1, 45000.0, 4), cell(1, 1, 12.5)))
    new = (
        '<row><c t="str"><v>Flat</v></c><c s="1"><v>45000</v></c></row><row><c><v>{}</v></c></row>'
    )
    assert is_same_text(old, name_of("rent.xlsx", xlsx(new.format(12.5))))
    assert not is_same_text(old, name_of("other.xlsx", xlsx(new.format(12.6))))


def test_a_cell_far_off_costs_no_time(read):
    assert read("rent.xls", xls(cell(0, 0, 1.0), cell(65_535, 255, 2.0))).text.split() == [
        "Costs", "1", "2",
    ]  # fmt: skip


def test_a_locked_book_says_so(read):
    assert read("rent.xls", xls(*ROWS, locked=True)).reason == SkipReason.ENCRYPTED


@pytest.fixture
def other_reader(monkeypatch):
    """Let the other reader find one word: damage can end it, and with it the process."""
    read = lambda *_, **__: SimpleNamespace(content="Flat")  # noqa: E731
    monkeypatch.setattr(kreuzberg, "extract_bytes_sync", read)


@pytest.mark.usefixtures("other_reader")
def test_what_another_reader_knows_is_read_where_a_book_is_damaged(read):
    damaged = xls(*ROWS).replace(struct.pack("<HH", 0x809, 16), bytes(4))
    assert read("rent.xls", damaged).text == "Flat"


@pytest.mark.usefixtures("other_reader")
def test_random_damage_is_told_and_costs_nothing(read):
    chance = random.Random(7)
    whole = xls(*ROWS)
    for number in range(300):
        data = bytearray(whole)
        for _ in range(chance.choice((1, 4, 30))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        found = read(f"{number}.xls", bytes(data))
        assert isinstance(found, Extracted) or found.detail != "Damaged: its reader failed on it."
