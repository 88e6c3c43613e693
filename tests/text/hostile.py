"""Files that attackers and accidents make, each with the reason that reading it must end with."""

from __future__ import annotations

import copy
import io
import os
import random
import socket
import zipfile
import zlib
from typing import TYPE_CHECKING

from tiny_files import assemble, docx, epub, odt, ole, packed, paragraph, pdf, stream, xlsx

from dedupe_app.records import SkipReason
from dedupe_app.settings import MIB

if TYPE_CHECKING:
    from pathlib import Path

    Expected = dict[Path, SkipReason | None]

DAMAGED, ENCRYPTED, EMPTY = SkipReason.DAMAGED, SkipReason.ENCRYPTED, SkipReason.EMPTY
UNSUPPORTED, TOO_LARGE, NO_TEXT = SkipReason.UNSUPPORTED, SkipReason.TOO_LARGE, SkipReason.NO_TEXT

WORDS = "The tenant pays the rent on the first day of each month, without any deduction. "
ENCODED = {
    "utf16le.txt": ("utf-16-le", "Der Mieter zahlt die Miete.\nÜbergabe am Ersten.\n" * 9),
    "utf16be.txt": ("utf-16-be", "Арендатор платит в первый день месяца.\nБез вычетов.\n" * 9),
    "utf32.txt": ("utf-32-le", "Le locataire paie le loyer.\nSans déduction.\n" * 9),
    "shift-jis.txt": (
        "shift_jis",
        "賃借人は、毎月一日に賃料を支払うものとします。\n賃料は月額十万円とします。\n" * 9,
    ),
    "gb18030.txt": (
        "gb18030",
        "承租人应当于每月第一日支付租金，不得扣除任何费用。\n租金为每月一千元。\n" * 9,
    ),
    "koi8-r.txt": (
        "koi8-r",
        "Арендатор платит арендную плату в первый день каждого месяца.\nБез вычетов.\n" * 9,
    ),
    "cp1252.txt": ("cp1252", "Le locataire paie le loyer – à l’échéance – sans déduction.\n" * 9),
    "iso2022.txt": ("iso2022_jp", "賃借人は賃料を支払う。\n毎月一日とします。\n" * 9),
}
_LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a0 "lol">'
    + "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))
    + f"]><l>{WORDS}&a9;</l>"
)
_OUTSIDE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'


def make_hostile(folder: Path) -> Expected:
    """Write the files and return the expected reason for each; None means that text comes out."""
    expected: Expected = {}
    for name, (data, reason) in {**_texts(), **_packed(), **_pages(), **_mislabelled()}.items():
        path = folder / name
        path.write_bytes(data)
        expected[path] = reason
    for name, (encoding, text) in ENCODED.items():
        path = folder / name
        path.write_bytes(text.encode(encoding))
        expected[path] = None
    return {**expected, **_odd_names(folder), **_odd_files(folder)}


def _texts() -> dict[str, tuple[bytes, SkipReason | None]]:
    blob = random.Random(1).randbytes(50_000)
    return {
        "empty.txt": (b"", EMPTY),
        "empty.docx": (b"", EMPTY),
        "blank.txt": (b" \r\n\t\n" * 100, EMPTY),
        "blank.html": (b"<html><body><p> </p></body></html>", EMPTY),
        "blob.txt": (blob, DAMAGED),
        "blob.csv": (blob, DAMAGED),
        "blob.pdf": (blob, DAMAGED),
        "blob.docx": (blob, DAMAGED),
        "blob": (blob, UNSUPPORTED),
        "blob.xyz": (blob, UNSUPPORTED),
        "nuls.txt": (bytes(100_000), DAMAGED),
        "some-nuls.txt": (WORDS.encode() * 20 + b"\0\0" + WORDS.encode(), None),
        "one-line.txt": (WORDS.encode() * 250_000, None),
        "one-line.csv": (b"a,b;c " * 3_500_000, None),
        "open-quote.csv": (b'a,b\n"' + WORDS.encode() * 20_000, None),
        "cut-utf8.txt": ("Miete für Räume. ".encode() * 50 + "ü".encode()[:1], None),
    }


def _packed() -> dict[str, tuple[bytes, SkipReason | None]]:
    word, writer = docx(paragraph(WORDS * 50)), odt(f"<text:p>{WORDS * 50}</text:p>")
    book = epub({"a.xhtml": f"<html><body><p>{WORDS * 50}</p></body></html>"})
    central = word.rfind(b"PK\x01\x02")
    locked = bytearray(word)
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = locked.find(signature)
        locked[place + at] |= 1
    manifest = "<manifest><file-entry><encryption-data/></file-entry></manifest>"
    body = word.find(b"word/document.xml") + 60
    return {
        "truncated.docx": (word[: len(word) // 2], DAMAGED),
        "truncated.odt": (writer[: len(writer) // 2], DAMAGED),
        "truncated.epub": (book[: len(book) // 2], DAMAGED),
        "central.docx": (word[:central] + b"\0" * 40 + word[central + 40 :], DAMAGED),
        "flipped.docx": (word[:body] + bytes(8) + word[body + 8 :], DAMAGED),
        "part-missing.odt": (packed({"mimetype": _ODT}), DAMAGED),
        "locked.docx": (ole("EncryptionInfo", "EncryptedPackage"), ENCRYPTED),
        "locked-zip.docx": (bytes(locked), ENCRYPTED),
        "locked.odt": (odt("", more={"META-INF/manifest.xml": manifest}), ENCRYPTED),
        "locked.epub": (epub({"a.xhtml": ""}, {"META-INF/encryption.xml": _DRM}), ENCRYPTED),
        "bomb.docx": (_bomb("word/document.xml", "[Content_Types].xml"), TOO_LARGE),
        "bomb.epub": (_bomb("a.xhtml", "META-INF/container.xml"), TOO_LARGE),
        "files.zip": (packed({"a.txt": WORDS}), UNSUPPORTED),
        "nested.docx": (packed({"inner.docx": word}), UNSUPPORTED),
        "outside.docx": (_outside_docx(), None),
        "deep.xlsx": (xlsx("<row>" * 5000 + "</row>" * 5000), EMPTY),
    }


_ODT = "application/vnd.oasis.opendocument.text"
_DRM = '<encryption><EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/></encryption>'


def _pages() -> dict[str, tuple[bytes, SkipReason | None]]:
    page = f"<html><body>{'<div><b>' * 400_000}{WORDS}".encode()
    return {
        "deep.html": (page, None),
        "deep.xml": (b"<a>" * 100_000 + WORDS.encode() + b"</a>" * 100_000, None),
        "laughs.xml": (_LAUGHS.encode(), None),
        "laughs.html": (_LAUGHS.encode(), None),
        "outside.xml": (f"{_OUTSIDE}<x>{WORDS}&e;</x>".encode(), None),
        "half.xml": (f"<x><y>{WORDS}</y><z>".encode(), None),
        "locked.pdf": (pdf(WORDS, trailer=_PDF_LOCK), ENCRYPTED),
        "truncated.pdf": (pdf(WORDS)[:60], DAMAGED),
        "no-pages.pdf": (pdf(), DAMAGED),
        "scan.pdf": (pdf("", ""), NO_TEXT),
        "bomb.pdf": (_pdf_bomb(), NO_TEXT),
        "loop.pdf": (assemble([b"<</Type/Catalog/Pages 2 0 R>>", _PAGE_LOOP]), DAMAGED),
    }


_PDF_LOCK = (
    f"/ID[<{'00' * 16}><{'00' * 16}>]"
    f"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<{'41' * 32}>/U<{'42' * 32}>>>"
)
_PAGE_LOOP = b"<</Type/Pages/Count 1/Kids[2 0 R]>>"


def _mislabelled() -> dict[str, tuple[bytes, SkipReason | None]]:
    word, page = docx(paragraph(WORDS)), f"<!DOCTYPE html><html><body>{WORDS}".encode()
    rtf = b"{\\rtf1\\ansi " + WORDS.encode() + b"\\par}"
    return {
        "word-as.pdf": (word, None),
        "word-as.txt": (word, None),
        "word-as.odt": (word, None),
        "word-without-suffix": (word, None),
        "page-as.doc": (page, None),
        "page-as.txt": (page, None),
        "rtf-as.doc": (rtf, None),
        "pdf-as.txt": (pdf(WORDS), None),
        "pdf-as.unknown": (pdf(WORDS), None),
        "text-as.doc": (WORDS.encode(), None),
        "text-as.unknown": (WORDS.encode(), None),
        "README": (WORDS.encode(), None),
        "picture-as.pdf": (b"\x89PNG\r\n\x1a\n" + bytes(500), UNSUPPORTED),
        "picture.png": (b"\x89PNG\r\n\x1a\n" + bytes(500), UNSUPPORTED),
        "program-as.txt": (b"\x7fELF" + bytes(500), UNSUPPORTED),
        "sound-as.doc": (ole("Something"), DAMAGED),
    }


def _odd_names(folder: Path) -> Expected:
    expected: Expected = {}
    for name in (b"line\nbreak.txt", b"\x1b[31mred\x07.txt", b"caf\xe9.txt", b" ~$ 'quoted' .txt"):
        path = folder / os.fsdecode(name)
        path.write_bytes(WORDS.encode())
        expected[path] = None
    return expected


def _odd_files(folder: Path) -> Expected:
    expected: Expected = {folder / "gone.txt": SkipReason.VANISHED, folder: UNSUPPORTED}
    pipe, loop, sparse, zero = (folder / n for n in ("pipe.txt", "loop.txt", "5gb.txt", "zero.txt"))
    os.mkfifo(pipe)
    loop.symlink_to(loop)
    zero.symlink_to("/dev/zero")
    sparse.touch()
    os.truncate(sparse, 5 * 1024 * MIB)
    expected |= {pipe: UNSUPPORTED, loop: UNSUPPORTED, zero: UNSUPPORTED, sparse: TOO_LARGE}
    with socket.socket(socket.AF_UNIX) as listener:
        place = folder / "s.txt"
        if len(os.fsencode(place)) < 100:  # the longest name that a socket can have
            listener.bind(str(place))
            expected[place] = UNSUPPORTED
    if os.geteuid() != 0:  # root may read everything
        secret = folder / "secret.txt"
        secret.write_text(WORDS, encoding="utf-8")
        secret.chmod(0)
        expected[secret] = SkipReason.NOT_PERMITTED
    return expected


def _bomb(*names: str) -> bytes:
    """Return a zip of 0.1 MiB that unpacks to 640 MiB: its directory names one part many times."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr(names[0], bytes(32 * MIB))
        for i in range(19):
            entry = copy.copy(archive.filelist[0])
            entry.filename = names[1] if not i else f"part{i}.xml"
            archive.filelist.append(entry)
    return buffer.getvalue()


def _pdf_bomb() -> bytes:
    zeros = stream(zlib.compress(bytes(64 * MIB), 1), "/Filter/FlateDecode")
    head = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>"]
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>"
    return assemble([*head, page, zeros])


def _outside_docx() -> bytes:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    run = f"<w:p><w:r><w:t>{WORDS}&e;</w:t></w:r></w:p>"
    document = f"{_OUTSIDE}<w:document {space}><w:body>{run}</w:body></w:document>"
    return packed({"[Content_Types].xml": "<Types/>", "word/document.xml": document})
