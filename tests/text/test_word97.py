"""A DOC that another reader takes for single bytes is read as it is stored; damaged ones give nothing."""

from __future__ import annotations

import struct

import kreuzberg
import pytest

from dedupe_app.settings import ReadLimits
from dedupe_app.text.extract import extract
from dedupe_app.text.word97 import _pieces, stored_text

SECTOR, HEADER, NOTHING, END = 512, 2048, 0xFFFFFFFF, 0xFFFFFFFE
CHINESE = "附录 本手册的中文翻译 由志愿者完成\r欢迎大家在邮件列表讨论\r"


def word97(text: str, single_bytes: bool = False, version: int = 0xC1, beside: str = "") -> bytes:
    """Make a Word 97 document of one piece; `beside`: its header and notes."""
    count, text = len(text), text + beside
    stored = text.encode("cp1252" if single_bytes else "utf-16-le")
    place = 0x40000000 | HEADER * 2 if single_bytes else HEADER
    pieces = struct.pack("<II", 0, len(text)) + struct.pack("<HIH", 0, place, 0)
    clx = b"\x01\x02\x00xx" + b"\x02" + struct.pack("<I", len(pieces)) + pieces
    main = bytearray(HEADER) + stored
    struct.pack_into("<HH6xH", main, 0, 0xA5EC, version, 0x0200)
    struct.pack_into("<I", main, 0x4C, count)
    struct.pack_into("<II", main, 0x1A2, 16, len(clx))
    main += bytes(max(0, 4096 - len(main)))
    main += bytes(-len(main) % SECTOR)
    table = (bytes(16) + clx).ljust(4096, b"\0")
    streams = {"WordDocument": bytes(main), "1Table": table}
    chain, entries, body = [END - 1, END], [_entry("Root Entry", 5, END, 0)], b""
    for name, data in streams.items():
        entries.append(_entry(name, 2, len(chain), len(data)))
        body += data
        last = len(chain) + len(data) // SECTOR
        chain += [*range(len(chain) + 1, last), END]
    chain += [NOTHING] * (SECTOR // 4 - len(chain))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(24, b"\0") + struct.pack(
        "<4H", 62, 3, 0xFFFE, 9
    )
    head = head.ljust(44, b"\0") + struct.pack("<II4xIIIII", 1, 1, 4096, END, 0, END, 0)
    head += struct.pack("<109I", 0, *[NOTHING] * 108)
    return head + struct.pack("<128I", *chain) + b"".join(entries).ljust(SECTOR, b"\0") + body


def _entry(name: str, kind: int, first: int, size: int) -> bytes:
    stored = name.encode("utf-16-le") + b"\0\0"
    return struct.pack("<64sHB49xIQ", stored, len(stored), kind, first, size)


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
