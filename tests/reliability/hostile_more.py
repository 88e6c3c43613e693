"""More files that attackers and accidents make, in numbers: broken pieces of each format, odd encodings, odd names.

Each has the reasons that reading it may end with; None stands for a text. Made from the program's own tiny documents.
"""

from __future__ import annotations

import codecs
import gzip
import io
import os
import struct
import tarfile
import zipfile
import zlib
from typing import TYPE_CHECKING

from hostile_endless import WORDS, endless
from tiny_files import assemble, docx, epub, odt, ole, packed, paragraph, pdf, pptx, stream, xlsx

from dedupe_app.records import SkipReason

if TYPE_CHECKING:
    from pathlib import Path

DAMAGED, ENCRYPTED, EMPTY = SkipReason.DAMAGED, SkipReason.ENCRYPTED, SkipReason.EMPTY
UNSUPPORTED, TOO_LARGE, NO_TEXT = SkipReason.UNSUPPORTED, SkipReason.TOO_LARGE, SkipReason.NO_TEXT

BROKEN = {DAMAGED, UNSUPPORTED, EMPTY}
MIB = 1 << 20
ENCODINGS = (
    "utf-8-sig utf-16 utf-16-le utf-16-be utf-32 utf-32-le cp1250 cp1251 cp1252 cp1253 cp1254 cp437 cp850 iso8859-1 "
    "iso8859-2 iso8859-5 iso8859-7 iso8859-15 koi8-r koi8-u mac-roman shift_jis euc-jp iso2022_jp gb18030 big5 euc-kr"
).split()
SAMPLES = {
    "japanese": "賃借人は、毎月一日に賃料を支払うものとします。修繕費は賃貸人が負担します。\n" * 12,
    "chinese": "承租人應於每月第一日支付租金，不得扣除任何費用。修繕費由出租人負擔。\n" * 12,
    "korean": "임차인은 매월 첫째 날에 임대료를 지불합니다. 수리비는 임대인이 부담합니다.\n" * 12,
    "russian": "Арендатор платит в первый день каждого месяца. Ремонт оплачивает владелец.\n" * 12,
    "greek": "Ο μισθωτής πληρώνει το ενοίκιο την πρώτη ημέρα κάθε μήνα.\n" * 12,
    "polish": "Najemca płaci czynsz pierwszego dnia każdego miesiąca, bez żadnych potrąceń.\n" * 12,
    "turkish": "Kiracı her ayın ilk günü kirayı öder; onarım giderleri ev sahibine aittir.\n" * 12,
    "german": "Der Mieter zahlt die Miete am Ersten; Schönheitsreparaturen übernimmt er.\n" * 12,
}


def make_more(folder: Path, server: str) -> dict[Path, set[SkipReason | None]]:
    """Write the files and return the reasons that are right for each; `server` is the address that some name."""
    found: dict[Path, set[SkipReason | None]] = {}
    makers = (_cut, _lying, _bombs, _markup, _pdfs, _tables, _mail, _texts, _shapes, endless)
    for files in (*(make() for make in makers), _outside(server)):
        for name, (data, reasons) in files.items():
            path = folder / name
            path.write_bytes(data)
            found[path] = reasons
    return {**found, **_names(folder)}


def whole() -> dict[str, bytes]:
    """Return one sound document of each format."""
    text = WORDS * 8
    page = f"<!DOCTYPE html><html><head><title>x</title></head><body><p>{text}</p></body></html>"
    return {
        "docx": docx(paragraph(text)),
        "odt": odt(f"<text:p>{text}</text:p>"),
        "epub": epub({"a.xhtml": f"<html><body><p>{text}</p></body></html>"}),
        "pptx": pptx(text, text),
        "xlsx": xlsx(f'<row><c t="inlineStr"><is><t>{text}</t></is></c></row>'),
        "pdf": pdf(text[:70], text[:60]),
        "html": page.encode(),
        "xml": f"<a><b>{text}</b></a>".encode(),
        "rtf": b"{\\rtf1\\ansi " + text.encode() + b"\\par}",
        "eml": f"From: a@b.example\nTo: c@d.example\nSubject: Roof\n\n{text}\n".encode(),
    }


def _cut() -> dict[str, tuple[bytes, set[SkipReason | None]]]:
    """Return each format cut, with a hole of zeros, with bytes before, with another file behind."""
    files: dict[str, tuple[bytes, set[SkipReason | None]]] = {}
    anything = {None, *BROKEN, NO_TEXT, ENCRYPTED}
    for kind, data in whole().items():
        hole = len(data) // 2
        files[f"cut-early.{kind}"] = data[:9], anything
        files[f"cut-late.{kind}"] = data[: len(data) * 9 // 10], anything
        files[f"hole.{kind}"] = data[:hole] + bytes(64) + data[hole + 64 :], anything
        files[f"behind.{kind}"] = data + os.urandom(300), anything
        files[f"twice.{kind}"] = data + data, anything
        files[f"zeros.{kind}"] = bytes(len(data)), BROKEN
        files[f"one-byte.{kind}"] = data[:1], anything
    return files


def _lying() -> dict[str, tuple[bytes, set[SkipReason | None]]]:
    """Return files that are something else than their names say, and archives with paths that lead out."""
    sound = whole()
    pairs = (
        ("docx", "pdf"),
        ("pdf", "docx"),
        ("epub", "odt"),
        ("odt", "xlsx"),
        ("xlsx", "html"),
        ("pptx", "txt"),
    )
    files: dict[str, tuple[bytes, set[SkipReason | None]]] = {
        f"really-{real}.{name}": (sound[real], {None}) for real, name in pairs
    }
    out = {"../../outside.txt": WORDS, "/tmp/outside.txt": WORDS, "C:\\outside.txt": WORDS}
    links = io.BytesIO()
    with tarfile.open(fileobj=links, mode="w") as archive:
        link = tarfile.TarInfo("a.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    return files | {
        "paths.zip": (packed(dict(out)), {UNSUPPORTED}),
        "paths.docx": (
            packed({**out, "word/document.xml": "<x/>", "[Content_Types].xml": "<Types/>"}),
            {*BROKEN},
        ),
        "paths.epub": (
            epub({"../../../a.xhtml": f"<html><body>{WORDS}</body></html>"}),
            {None, *BROKEN},
        ),
        "links.tar": (links.getvalue(), {UNSUPPORTED}),
        "links.txt": (links.getvalue(), {None, *BROKEN}),
        "packed.txt": (gzip.compress(WORDS.encode() * 50), {UNSUPPORTED, DAMAGED}),
        "program.docx": (b"MZ" + bytes(300), {DAMAGED, UNSUPPORTED}),
        "class.doc": (b"\xca\xfe\xba\xbe" + bytes(300), {DAMAGED, UNSUPPORTED}),
        "macro.doc": (ole("VBA", "Macros"), {DAMAGED}),
        "photo.txt": (b"\xff\xd8\xff\xe0" + os.urandom(900), {UNSUPPORTED, DAMAGED}),
        "song.pdf": (b"ID3\x04" + os.urandom(900), {UNSUPPORTED, DAMAGED}),
        "film.xlsx": (bytes(4) + b"ftypisom" + os.urandom(900), {UNSUPPORTED, DAMAGED}),
        "half-zip.odt": (b"PK\x03\x04" + os.urandom(200), {DAMAGED, UNSUPPORTED}),
        "end-only.docx": (b"PK\x05\x06" + bytes(18), {DAMAGED, UNSUPPORTED}),
        "zip64.docx": (
            b"PK\x06\x06" + struct.pack("<Q", 2**62) + bytes(60),
            {DAMAGED, UNSUPPORTED},
        ),
    }


def _bombs() -> dict[str, tuple[bytes, set[SkipReason | None]]]:
    """Return small files that become large, deep or endless."""
    large = b"<w:p>" + b" " * (600 * MIB // 8) + b"</w:p>"
    parts = {"[Content_Types].xml": b"<Types/>", "word/document.xml": large}
    lies = bytearray(docx(paragraph(WORDS * 50)))
    for signature, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = lies.find(signature)
        lies[place + at : place + at + 4] = b"\xff\xff\xff\x7f"
    inner = b"x"
    for _ in range(12):
        inner = packed({"a.zip": inner})
    tree = "".join(f"<w:tbl><w:tr><w:tc>{''}" for _ in range(3000))
    many = {f"word/p{n}.xml": "" for n in range(20_000)} | {"word/document.xml": "<x/>"}
    return {
        "blanks.docx": (packed(parts), {EMPTY, TOO_LARGE, DAMAGED}),
        "lies-of-size.docx": (bytes(lies), {DAMAGED, TOO_LARGE, None}),
        "zip-in-zip.zip": (inner, {UNSUPPORTED}),
        "zip-in-zip.docx": (inner, {UNSUPPORTED}),
        "deep-tables.docx": (docx(tree), {None, *BROKEN}),
        "many-parts.docx": (packed(many), {*BROKEN}),
        "wide.xlsx": (xlsx('<row><c r="XFD1048576"><v>1</v></c></row>'), {None, EMPTY}),
        "far-row.xlsx": (xlsx('<row r="2147483647"><c><v>1</v></c></row>'), {None, EMPTY}),
        "repeat.ods": (odt(_repeated(), "spreadsheet"), {None, EMPTY, TOO_LARGE}),
        "spaces.odt": (odt('<text:p>a<text:s text:c="2000000000"/>b</text:p>'), {None, TOO_LARGE}),
        "levels.html": (b"<ul><li>" * 60_000 + WORDS.encode(), {None}),
        "tables.html": (b"<table><tr><td>" * 30_000 + WORDS.encode(), {None}),
        "braces.rtf": (b"{\\rtf1 " + b"{" * 200_000 + WORDS.encode(), {None, *BROKEN}),
        "brackets.md": (b"[" * 300_000 + b"](" + WORDS.encode(), {None}),
        "pictures.md": (b"![](" * 100_000 + WORDS.encode(), {None}),
        "hyphens.txt": (b"-\n" * 300_000 + WORDS.encode(), {None}),
        "pages.txt": (b"a\n\f" * 200_000 + WORDS.encode(), {None}),
        "one-word.txt": (b"a" * 3_000_000, {None}),
        "accents.txt": (("e" + "\u0301" * 300_000).encode(), {None}),
    }


def _repeated() -> str:
    cell = '<table:table-cell table:number-columns-repeated="1000000000"><text:p>x</text:p></table:table-cell>'
    row = f'<table:table-row table:number-rows-repeated="1000000000">{cell}</table:table-row>'
    return f"<table:table>{row}</table:table>"


def _markup() -> dict[str, tuple[bytes, set[SkipReason | None]]]:
    """Return pages and feeds with entities, attributes and declarations that are traps."""
    entity = '<!DOCTYPE x [<!ENTITY a "%s"><!ENTITY b "&a;&a;"><!ENTITY c "&b;&c;">]>' % (
        "z" * 9999
    )
    quadratic = f'<!DOCTYPE x [<!ENTITY a "{"z" * 50_000}">]><x>{"&a;" * 50_000}{WORDS}</x>'
    return {
        "self-entity.xml": (f"{entity}<x>{WORDS}&c;</x>".encode(), {None}),
        "quadratic.xml": (quadratic.encode(), {None}),
        "no-root.xml": (b"<?xml version='1.0'?>", {None, *BROKEN}),
        "wrong-encoding.xml": (
            f"<?xml version='1.0' encoding='x-lie'?><a>{WORDS}</a>".encode(),
            {None},
        ),
        "two-roots.xml": (f"<a>{WORDS}</a><b>{WORDS}</b>".encode(), {None}),
        "cdata.xml": (f"<a><![CDATA[{WORDS}".encode(), {None}),
        "long-attribute.html": (f'<p title="{"x" * 3_000_000}">{WORDS}</p>'.encode(), {None}),
        "no-elements.html": (b"<!DOCTYPE html>\n", {EMPTY}),
        "comment.html": (f"<!-- {WORDS}".encode(), {None, EMPTY}),
        "lie.html": (b'<meta charset="utf-7">' + b"+ADw-script+AD4- " + WORDS.encode(), {None}),
        "nul-tags.html": (b"<p\0>" * 900 + WORDS.encode(), {None, DAMAGED}),
        "script.html": (f"<script>{WORDS * 500}</script><p>{WORDS}".encode(), {None}),
        "svg.html": (f"<svg><script>x</script><text>{WORDS}</text></svg>".encode(), {None, EMPTY}),
        "many-attributes.html": (b"<p " + b"a=1 " * 200_000 + b">" + WORDS.encode(), {None}),
    }


def _outside(server: str) -> dict[str, tuple[bytes, set[SkipReason | None]]]:
    """Return files that name something outside: on the network, or on the disk."""
    dtd = f'<!DOCTYPE x SYSTEM "{server}/x.dtd" [<!ENTITY % p SYSTEM "{server}/p"> %p; '
    dtd += f'<!ENTITY e SYSTEM "{server}/e">]>'
    include = '<x xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="/etc/passwd" parse="text"/>%s</x>'
    page = f'<link href="{server}/a.css" rel=stylesheet><img src="{server}/a.png"><iframe src="{server}"></iframe>'
    template = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="t" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
        f'Target="{server}/t.dotm" TargetMode="External"/></Relationships>'
    )
    word = io.BytesIO(docx(paragraph(WORDS * 3)))
    with zipfile.ZipFile(word, "a") as archive:
        archive.writestr("word/_rels/settings.xml.rels", template)
        archive.writestr("word/settings.xml", "<x/>")
    field = f'{{\\field{{\\*\\fldinst INCLUDETEXT "{server}/x" }}{{\\fldrslt {WORDS}}}}}'
    action = f"/OpenAction<</S/URI/URI({server})>>".encode()
    body = [
        b"<</Type/Catalog/Pages 2 0 R" + action + b">>",
        b"<</Type/Pages/Count 0/Kids[]>>",
    ]
    message = f'From: a@b.example\nSubject: x\nContent-Type: message/external-body; access-type=URL; URL="{server}"\n\n'
    return {
        "dtd.xml": (f"{dtd}<x>{WORDS}&e;</x>".encode(), {None}),
        "include.xml": ((include % WORDS).encode(), {None}),
        "sheet.xml": (f'<?xml-stylesheet href="{server}/a.xsl"?><a>{WORDS}</a>'.encode(), {None}),
        "loads.html": (f"{page}<p>{WORDS}</p>".encode(), {None}),
        "dtd.html": (f"{dtd}<html><body>{WORDS}</body></html>".encode(), {None}),
        "template.docx": (word.getvalue(), {None}),
        "picture.docx": (
            docx(paragraph(WORDS), {"image": (f"../../{server}", "x")}),
            {None, *BROKEN},
        ),
        "field.rtf": (b"{\\rtf1 " + field.encode() + WORDS.encode() + b"}", {None}),
        "action.pdf": (assemble(body), {DAMAGED, NO_TEXT, EMPTY}),
        "dtd.odt": (
            packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": dtd}),
            BROKEN,
        ),
        "outside.eml": (message.encode(), {None, *BROKEN}),
    }


def _pdfs() -> dict[str, tuple[bytes, set[SkipReason | None]]]:
    """Return PDF files whose objects lie about themselves."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>"
    head, kids = b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>"
    twice = zlib.compress(zlib.compress(bytes(8 * MIB)))
    anything = {None, *BROKEN, NO_TEXT}
    return {
        "many-pages.pdf": (
            assemble([head, b"<</Type/Pages/Count 2000000000/Kids[3 0 R]>>", page, b"<<>>"]),
            anything,
        ),
        "negative.pdf": (assemble([head, b"<</Type/Pages/Count -5/Kids[]>>"]), anything),
        "long-stream.pdf": (
            assemble([head, kids, page, b"<</Length 99999999>>stream\nx\nendstream"]),
            anything,
        ),
        "self.pdf": (
            assemble([head, kids, page, b"<</Length 4 0 R>>stream\nx\nendstream"]),
            anything,
        ),
        "double.pdf": (
            assemble([head, kids, page, stream(twice, "/Filter[/FlateDecode/FlateDecode]")]),
            anything,
        ),
        "hundred.pdf": (
            assemble([head, kids, page, stream(b"x", f"/Filter[{'/FlateDecode' * 500}]")]),
            anything,
        ),
        "big-box.pdf": (
            assemble([head, kids, page.replace(b"9 9", b"1e30 1e30"), stream(b"")]),
            anything,
        ),
        "deep-array.pdf": (assemble([head, kids, b"[" * 100_000, stream(b"")]), anything),
        "no-xref.pdf": (pdf(WORDS[:60]).split(b"xref")[0], anything),
        "header-only.pdf": (b"%PDF-1.7\n", {DAMAGED}),
        "late-header.pdf": (b"\n" * 900 + pdf(WORDS[:60]), {None, DAMAGED}),
    }


def _tables() -> dict[str, tuple[bytes, set[SkipReason | None]]]:
    """Return tables that a spreadsheet would run or choke on."""
    return {
        "formula.csv": (b"=cmd|'/c calc'!A1,+1,-1,@x\n" * 50, {None}),
        "columns.csv": (b"a," * 200_000, {None}),
        "quotes.csv": (b'"' * 200_001, {None, *BROKEN}),
        "long-field.csv": (b'a,"' + WORDS.encode() * 9000 + b'"\n', {None}),
        "returns.csv": (b"a,b\r" * 5000, {None}),
        "nul.csv": (b"a,b\0,c\n" * 500, {None, *BROKEN}),
        "one-column.tsv": (WORDS.encode() * 30, {None}),
    }


def _mail() -> dict[str, tuple[bytes, set[SkipReason | None]]]:
    """Return messages with odd structures."""
    head = b"From: a@b.example\nTo: c@d.example\nSubject: Roof\nMIME-Version: 1.0\n"
    nested = b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(400)
    )
    within = head + b"Content-Type: message/rfc822\n\n"
    coded = head + b"Content-Transfer-Encoding: base64\nContent-Type: text/plain\n\n"
    strange = head + b"Content-Type: text/plain; charset=x-nobody-knows\n\n" + WORDS.encode()
    return {
        "nested.eml": (head + nested + WORDS.encode(), {None, *BROKEN}),
        "within.eml": (within * 200 + WORDS.encode(), {None, *BROKEN}),
        "base64.eml": (coded + b"!!!!" * 500, {None, *BROKEN}),
        "charset.eml": (strange, {None}),
        "boundary.eml": (
            head + b"Content-Type: multipart/mixed\n\n--\n" + WORDS.encode(),
            {None, *BROKEN},
        ),
        "long-header.eml": (head + b"X: " + b"y" * MIB + b"\n\n" + WORDS.encode(), {None}),
        "many-headers.eml": (head + b"X: y\n" * 50_000 + b"\n" + WORDS.encode(), {None}),
        "encoded-word.eml": (
            b"From: a@b.example\nSubject: =?utf-8?b?" + b"A" * 9999 + b"?=\n\nx\n",
            {None},
        ),
    }


def _texts() -> dict[str, tuple[bytes, set[SkipReason | None]]]:
    """Return texts in many encodings, and bytes that are none."""
    files: dict[str, tuple[bytes, set[SkipReason | None]]] = {}
    for encoding in ENCODINGS:
        for language, sample in SAMPLES.items():
            try:
                data = sample.encode(encoding)
            except UnicodeEncodeError:
                continue
            files[f"{language}-{encoding}.txt"] = data, {None}
            break
    marks = {"utf8": codecs.BOM_UTF8, "utf16": codecs.BOM_UTF16_LE, "utf32": codecs.BOM_UTF32_BE}
    files |= {f"mark-{name}.txt": (mark, {EMPTY, DAMAGED}) for name, mark in marks.items()}
    return files | {
        "odd-length.txt": (codecs.BOM_UTF16_LE + "Räume".encode("utf-16-le") * 9 + b"\0", {None}),
        "halves.txt": (
            codecs.BOM_UTF16_LE + b"\x00\xd8" * 200 + "Räume ".encode("utf-16-le") * 40,
            {None},
        ),
        "overlong.txt": (b"\xc0\xaf\xe0\x80\xaf" * 99 + WORDS.encode() * 9, {None, DAMAGED}),
        "controls.txt": (bytes(range(1, 32)) * 9 + WORDS.encode() * 20, {None, DAMAGED}),
        "escapes.txt": (b"\x1b[31m\x1b]0;owned\x07" * 40 + WORDS.encode() * 9, {None, DAMAGED}),
        "direction.txt": (("\u202e\u2066" * 300 + WORDS * 3).encode(), {None}),
        "marks-only.txt": (b".,;:!? " * 300, {EMPTY}),
        "half-binary.txt": (WORDS.encode() * 30 + os.urandom(200_000), {None, DAMAGED}),
    }


def _shapes() -> dict[str, tuple[bytes, set[SkipReason | None]]]:
    """Return sound documents of unusual shape that have to be read."""
    return {
        "SHOUTING.DOCX": (docx(paragraph(WORDS)), {None}),
        "dots.tar.final.v2.docx": (docx(paragraph(WORDS)), {None}),
        ".hidden-letter.txt": (WORDS.encode(), {None}),
        "-rf.txt": (WORDS.encode(), {None}),
        "con.txt": (WORDS.encode(), {None}),
    }


def _names(folder: Path) -> dict[Path, set[SkipReason | None]]:
    """Write sound texts under names that terminals, spreadsheets and shells trip over."""
    names = (
        b"=cmd|'calc'!A1.txt", b"+1.txt", b"@sum.txt", b"\ttab.txt", b"\rreturn.txt", b"a\nb.txt", b"\x1b]0;x\x07.txt",
        b"\xff\xfe.txt", b"caf\xe9.txt", b"$(touch x).txt", b"`x`.txt", b"; rm -rf.txt", b"'q' \"q\".txt",
        "\u202etxt.exe.txt".encode(), "e\u0301.txt".encode(), "\u00e9.txt".encode(), b"%s%n%x.txt", b"\\.txt",
        b"x" * 250 + b".txt", "\U0001f4c4.txt".encode(), b" .txt", b"...txt", b"{0}.txt", b"<b>&amp;.txt",
    )  # fmt: skip
    found: dict[Path, set[SkipReason | None]] = {}
    for name in names:
        path = folder / os.fsdecode(name)
        path.write_bytes(WORDS.encode())
        found[path] = {None}
    return found
