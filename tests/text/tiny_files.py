"""The smallest valid documents of the formats that the program reads itself, built from strings."""

from __future__ import annotations

import io
import struct
import zipfile

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_P = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
_S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:form="urn:oasis:names:tc:opendocument:xmlns:form:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" '
    'xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:presentation="urn:oasis:names:tc:opendocument:xmlns:presentation:1.0" '
    'xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"'
)
_SECTOR, _NOTHING, _END = 512, 0xFFFFFFFF, 0xFFFFFFFE


def compound(streams: dict[str, bytes]) -> bytes:
    """Return a compound file of streams by path, filled up with zeros to the size of large ones."""
    nodes = {path: [1, 0, 0] for path in ["", *(path.rpartition("/")[0] for path in streams)]}
    nodes[""] = [5, _END, 0]
    chain, body = [_END - 1], b""  # the first holds the chain
    for path, data in streams.items():
        stored = data.ljust(4096, b"\0")
        stored += bytes(-len(stored) % _SECTOR)
        nodes[path] = [2, len(chain), len(stored)]
        chain += [*range(len(chain) + 1, len(chain) + len(stored) // _SECTOR), _END]
        body += stored
    names = sorted(nodes, key=lambda path: (len(path.rpartition("/")[2]), path))
    directory = b"".join(_entry(at, names, nodes[name]) for at, name in enumerate(names))
    directory += bytes(-len(directory) % _SECTOR)
    first = len(chain)
    chain += [*range(first + 1, first + len(directory) // _SECTOR), _END]
    chain += [_NOTHING] * (_SECTOR // 4 - len(chain))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(24, b"\0")
    head += struct.pack("<5H10xII4xIIIII", 62, 3, 0xFFFE, 9, 6, 1, first, 4096, _END, 0, _END, 0)
    head += struct.pack("<109I", 0, *[_NOTHING] * 108)
    return head + struct.pack("<128I", *chain) + body + directory


def _entry(at: int, names: list[str], node: list[int]) -> bytes:
    """Return the entry of a directory; those of one storage follow each other, short names first."""
    kind, first, size = node
    path = names[at]
    parent = path.rpartition("/")[0] if path else None
    after = [other for other in names[at + 1 :] if other.rpartition("/")[0] == parent]
    inside = [other for other in names if other and other.rpartition("/")[0] == path]
    right = names.index(after[0]) if after and path else _NOTHING
    child = names.index(inside[0]) if inside and kind != 2 else _NOTHING
    stored = (path.rpartition("/")[2] or "Root Entry").encode("utf-16-le") + b"\0\0"
    head = struct.pack("<64sHBBIII", stored, len(stored), kind, 1, _NOTHING, right, child)
    return head + struct.pack("<36xIQ", first, size)


def packed(parts: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip of the parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def relations(*entries: tuple[str, str, str]) -> str:
    """Return an OOXML relations part from (id, kind, target)."""
    items = "".join(
        f'<Relationship Id="{key}" Type="{_KINDS}{kind}" Target="{target}"/>'
        for key, kind, target in entries
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{items}</Relationships>'


def docx(body: str, more: dict[str, tuple[str, str]] | None = None) -> bytes:
    """Return a Word document; `more` maps a kind of part to (file name, contents)."""
    more = more or {}
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": relations(("r1", "officeDocument", "word/document.xml")),
        "word/document.xml": f"<w:document {_W}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": relations(
            *((f"r{i}", kind, name) for i, (kind, (name, _)) in enumerate(more.items()))
        ),
    }
    for name, contents in more.values():
        parts[f"word/{name}"] = contents.replace("<w:root>", f"<w:root {_W}>")
    return packed(parts)


def paragraph(text: str, properties: str = "") -> str:
    """Return one paragraph of a Word document."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def odt(
    body: str, kind: str = "text", more: dict[str, str | bytes] | None = None, styles: str = ""
) -> bytes:
    """Return an OpenDocument file; kind is text, spreadsheet or presentation, `styles` are automatic ones."""
    content = (
        f"<office:document-content {ODF}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
    )
    mimetype = f"application/vnd.oasis.opendocument.{kind}"
    return packed({"mimetype": mimetype, "content.xml": content, **(more or {})})


def epub(chapters: dict[str, str], more: dict[str, str | bytes] | None = None) -> bytes:
    """Return a book whose reading order is that of `chapters`; they are stored backwards."""
    items = "".join(f'<item id="{name}" href="{name}"/>' for name in sorted(chapters))
    order = "".join(f'<itemref idref="{name}"/>' for name in chapters)
    parts: dict[str, str | bytes] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container><rootfiles><rootfile full-path="B/book.opf"/>'
        "</rootfiles></container>",
        "B/book.opf": f'<package xmlns="http://www.idpf.org/2007/opf"><manifest>{items}</manifest>'
        f"<spine>{order}</spine></package>",
    }
    for name in reversed(chapters):
        parts[f"B/{name}"] = chapters[name]
    return packed({**parts, **(more or {})})


def pptx(*slides: str, notes: str = "") -> bytes:
    """Return a presentation with one text box on each slide; `notes` belong to the first."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": relations(("r1", "officeDocument", "ppt/presentation.xml")),
        "ppt/presentation.xml": f"<p:presentation {_P} {_R}><p:sldIdLst>"
        + "".join(f'<p:sldId id="{i}" r:id="s{i}"/>' for i in range(len(slides)))
        + "</p:sldIdLst></p:presentation>",
        # Listed backwards: the order is in the presentation, not in the names.
        "ppt/_rels/presentation.xml.rels": relations(
            *((f"s{i}", "slide", f"slides/slide{9 - i}.xml") for i in range(len(slides)))
        ),
    }
    for i, text in enumerate(slides):
        parts[f"ppt/slides/slide{9 - i}.xml"] = _slide(text)
    if notes:
        parts["ppt/notesSlides/n.xml"] = _slide(notes)
        parts["ppt/slides/_rels/slide9.xml.rels"] = relations(
            ("n", "notesSlide", "../notesSlides/n.xml")
        )
    return packed(parts)


def _slide(text: str) -> str:
    lines = "".join(f"<a:p><a:r><a:t>{line}</a:t></a:r></a:p>" for line in text.split("\n"))
    return f"<p:sld {_P} {_A}><p:txBody>{lines}</p:txBody></p:sld>"


def xlsx(
    rows: str,
    strings: tuple[str, ...] = (),
    *,
    styles: str = "",
    before: str = "",
    after: str = "",
    more: dict[str, str | bytes] | None = None,
) -> bytes:
    """Return a workbook with one sheet; style 1 is a date, unless there are other `styles`.

    `before` and `after` stand beside the rows; strings that begin with a tag are written as they are.
    """
    table = "".join(
        f"<si>{text if text.startswith('<') else f'<t>{text}</t>'}</si>" for text in strings
    )
    styles = styles or '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
    return packed(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": relations(("r1", "officeDocument", "xl/workbook.xml")),
            "xl/workbook.xml": f"<workbook {_S} {_R}><sheets>"
            '<sheet name="Costs" r:id="a"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": relations(
                ("a", "worksheet", "/xl/worksheets/sheet1.xml"),
                ("b", "sharedStrings", "sharedStrings.xml"),
                ("c", "styles", "styles.xml"),
            ),
            "xl/sharedStrings.xml": f"<sst {_S}>{table}</sst>",
            "xl/styles.xml": f"<styleSheet {_S}>{styles}</styleSheet>",
            "xl/worksheets/sheet1.xml": f"<worksheet {_S} {_R}>{before}<sheetData>{rows}</sheetData>"
            f"{after}</worksheet>",
            **(more or {}),
        }
    )


def pdf(*pages: str, trailer: str = "", objects: tuple[bytes, ...] = (), drawn: str = "") -> bytes:
    """Return a PDF with one line of ASCII text per line of each page; on a page without any, what is `drawn`."""
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(pages)))
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for i, text in enumerate(pages):
        bodies.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {5 + 2 * i} 0 R"
            f"/Resources<</Font<</F 3 0 R>>>>>>".encode()
        )
        shown = "".join(f"({line}) Tj T* " for line in text.split("\n") if line)
        bodies.append(
            stream(f"BT /F 12 Tf 14 TL 50 780 Td {shown}ET".encode() if shown else drawn.encode())
        )
    return assemble([*bodies, *objects], trailer)


def noted_pdf(text: str, *notes: str) -> bytes:
    """Return a PDF of one line with annotations, given as the entries of their dictionaries; widgets are fields."""
    first = 6
    places = [f"{first + i} 0 R" for i in range(len(notes))]
    fields = [place for place, note in zip(places, notes, strict=True) if "/Widget" in note]
    return assemble(
        [
            f"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[{' '.join(fields)}]>>>>".encode(),
            b"<</Type/Pages/Count 1/Kids[4 0 R]>>",
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Annots[{' '.join(places)}]"
            "/Resources<</Font<</F 3 0 R>>>>>>".encode(),
            stream(f"BT /F 12 Tf 14 TL 50 780 Td ({text}) Tj ET".encode()) if text else stream(b""),
            *(f"<</Type/Annot/Rect[50 700 90 720]/P 4 0 R{note}>>".encode() for note in notes),
        ]
    )


def stream(data: bytes, entries: str = "") -> bytes:
    """Return the body of a stream object."""
    return f"<</Length {len(data)}{entries}>>stream\n".encode() + data + b"\nendstream"


def assemble(bodies: list[bytes], trailer: str = "") -> bytes:
    """Return a PDF of the numbered objects; the first is the catalogue."""
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += b"%d 0 obj" % number + body + b"endobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R%s>>\n" % (len(bodies) + 1, trailer.encode())
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def ole(*streams: str) -> bytes:
    """Return the bare look of an OLE file: its signature, and the names of these streams."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(22) + b"\x09\x00" + bytes(480)
    entries = b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in streams)
    return head + entries + bytes(512)
