"""A DOC that another reader takes for single bytes is read as it is stored; damaged ones give nothing."""

from __future__ import annotations

import struct

import kreuzberg
import pytest
from tiny_files import compound

from dedupe_app.settings import ReadLimits
from dedupe_app.text.extract import extract
from dedupe_app.text.word97 import _pieces, stored_text

SECTOR, HEADER = 512, 2048
CHINESE = "附录 本手册的中文翻译 由志愿者完成\r欢迎大家在邮件列表讨论\r"


def word97(
    text: str, single_bytes: bool = False, version: int = 0xC1, beside: str = "", **streams: bytes
) -> bytes:
    """Make a Word 97 document of one piece; `beside`: its header and notes; `streams`: what else is stored."""
    count, text = len(text), text + beside
    stored = text.encode("cp1252" if single_bytes else "utf-16-le")
    place = 0x40000000 | HEADER * 2 if single_bytes else HEADER
    pieces = struct.pack("<II", 0, len(text)) + struct.pack("<HIH", 0, place, 0)
    clx = b"\x01\x02\x00xx" + b"\x02" + struct.pack("<I", len(pieces)) + pieces
    main = bytearray(HEADER) + stored
    struct.pack_into("<HH6xH", main, 0, 0xA5EC, version, 0x0200)
    struct.pack_into("<I", main, 0x4C, count)
    struct.pack_into("<II", main, 0x1A2, 16, len(clx))
    table = bytes(16) + clx
    return compound({"WordDocument": bytes(main), "1Table": table, **streams})


def test_stored_text_without_field_codes():
    link = (
        'See \x13 HYPERLINK "a.html" \x14the \x13 PAGEREF x \x14next\x15 page\x15.\rA\x07B\x07\x07'
    )
    assert stored_text(word97(link)) == ("See the next page.\nA\tB\t\t", "")
    assert stored_text(word97("Two cafés\r", single_bytes=True)) == ("Two cafés\n", "")
    assert stored_text(word97("Body\r", beside="Header\r")) == ("Body\n", "Header\n")


def test_what_stands_beside_the_text_of_a_document_is_read(tmp_path, monkeypatch):
    path = tmp_path / "letter.doc"
    path.write_bytes(word97("The lease ends.\r", beside="Client Huber\r\rThe lease\r7\r"))
    monkeypatch.setattr(
        kreuzberg, "extract_bytes_sync", lambda *_, **__: _Result("The lease ends.")
    )
    assert extract(path, ReadLimits()).text == "The lease ends.\nClient Huber"


def test_a_document_taken_for_single_bytes_is_read_as_stored(tmp_path, monkeypatch):
    path = tmp_path / "manual.doc"
    path.write_bytes(word97(CHINESE))
    taken = CHINESE.encode("utf-16-le").decode("cp1252", "replace")
    monkeypatch.setattr(kreuzberg, "extract_bytes_sync", lambda *_, **__: _Result(taken))
    assert extract(path, ReadLimits()).text == CHINESE.replace("\r", "\n")


def test_a_document_read_well_stays_as_it_was_read(tmp_path, monkeypatch):
    path = tmp_path / "manual.doc"
    path.write_bytes(word97(CHINESE))
    well = "附录 本手册的中文翻译 由志愿者完成 欢迎大家在邮件列表讨论"
    monkeypatch.setattr(kreuzberg, "extract_bytes_sync", lambda *_, **__: _Result(well))
    assert extract(path, ReadLimits()).text == well


class _Result:
    def __init__(self, content: str) -> None:
        self.content = content


@pytest.mark.parametrize("cut", [0, 8, 40, 300, 600, 1100, 2000, 5000])
def test_what_is_cut_gives_nothing_and_does_not_fail(cut):
    assert CHINESE.strip() not in stored_text(word97(CHINESE)[:cut])


def test_older_and_looping_files_give_nothing():
    assert stored_text(word97(CHINESE, version=0x65)) == ("", "")
    looping = bytearray(word97(CHINESE))
    struct.pack_into("<I", looping, SECTOR + 4 * 3, 2)  # the text leads back to its beginning
    assert stored_text(bytes(looping)) == ("", "")


def test_pieces_that_all_name_the_same_bytes_give_nothing():
    main, count = b"a" * 1000, 50
    bounds = struct.pack(f"<{count + 1}I", *(1000 * number for number in range(count + 1)))
    places = struct.pack("<HIH", 0, 0x40000000, 0) * count
    table = struct.pack("<BI", 2, len(bounds + places)) + bounds + places
    assert _pieces(main, table) == []
