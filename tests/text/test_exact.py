"""Two files of one format are the same text only if nothing that people see in them differs."""

from __future__ import annotations

import email.message
import io
import struct
import zipfile
from pathlib import Path

import pytest
from test_word97 import word97
from tiny_files import (
    compound,
    docx,
    epub,
    noted_pdf,
    odt,
    paragraph,
    pdf,
    pptx,
    stream,
    xlsx,
)

from dedupe_app.engine.preparing import read_content
from dedupe_app.records import ReadText
from dedupe_app.sameness import is_same_text, letters_of
from dedupe_app.settings import ReadLimits
from dedupe_app.text.pictures import find_pictures
from dedupe_app.text.reading import Source

LEASE = (Path(__file__).parents[1] / "data/documents/lease.doc").read_bytes()
LONG = " ".join(f"clause {number} of the lease between the parties" for number in range(40))


@pytest.fixture
def name_of(tmp_path):
    """Return a function that writes bytes under a name and returns what names their text."""

    def read(name, data):
        path = tmp_path / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        found = read_content(path, ReadLimits())
        assert isinstance(found, ReadText)
        return found.same_text

    return read


def with_part(data: bytes, **parts: str) -> bytes:
    """Return an office file with more parts; __ in their names stands for a slash."""
    buffer = io.BytesIO(data)
    with zipfile.ZipFile(buffer, "a") as archive:
        for name, contents in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), contents)
    return buffer.getvalue()


def word_table(*cells: str) -> bytes:
    row = "".join(f"<w:tc>{paragraph(cell) if cell else '<w:p/>'}</w:tc>" for cell in cells)
    return docx(f"<w:tbl><w:tr>{row}</w:tr></w:tbl>")


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def cells(*values: str) -> bytes:
    row = "".join(
        f'<c r="{"ABCDEF"[at]}1" t="str"><v>{value}</v></c>'
        for at, value in enumerate(values)
        if value
    )
    return xlsx(f"<row>{row}</row>")


def mail(attached: bytes, **headers: str) -> bytes:
    message = email.message.EmailMessage()
    message["Subject"] = "Lease"
    for header, value in headers.items():
        message[header.replace("_", "-")] = value
    message.set_content(LONG)
    message.add_attachment(attached, "application", "pdf", filename="lease.pdf")
    return message.as_bytes()


def ods_cells(times: int) -> bytes:
    cell = f"<table:table-cell table:number-columns-repeated='{times}'><text:p>100</text:p></table:table-cell>"
    return odt(
        f"<table:table><table:table-row>{cell}</table:table-row></table:table>", "spreadsheet"
    )


def blip(picture: bytes, kind: bytes = b"\xa0\x46\x1d\xf0") -> bytes:
    """Return a picture as the older formats of Office store it, by default a photograph."""
    stored = bytes(17) + picture
    return kind + struct.pack("<I", len(stored)) + stored


def message(attached: bytes) -> bytes:
    body = "__substg1.0_1000001F"
    return compound(
        {
            "__properties_version1.0": bytes(32),
            "__substg1.0_0037001F": "Lease".encode("utf-16-le"),
            body: LONG.encode("utf-16-le"),
            "__attach_version1.0_#00000000/__properties_version1.0": bytes(8),
            "__attach_version1.0_#00000000/__substg1.0_37010102": attached,
        }
    )


def shape(kind: int, flags: int = 0xA00) -> bytes:
    """Return a shape as a DOC stores it."""
    return struct.pack("<HHIII", kind << 4 | 2, 0xF00A, 8, 1025, flags)


def rtf_shape(*properties: str, left: int = 0) -> str:
    said = "".join(
        f"{{\\sp{{\\sn {name}}}{{\\sv {value}}}}}" for name, value in map(str.split, properties)
    )
    return f"{{\\shp{{\\*\\shpinst\\shpleft{left}{said}}}}}"


def rtf_row(*fills: str) -> str:
    """Return a table row of empty cells; `fills`: what is said of each."""
    bounds = "".join(f"{fill}\\cellx{at}" for at, fill in enumerate(fills))
    return "\\trowd" + bounds + "\\cell" * len(fills) + "\\row"


RAISED = '<w:vertAlign w:val="superscript"/>'
SIGNED = {"word__media__image1_png": "ink"}
PICTURE, OTHER_PICTURE = (
    stream(data, "/Type/XObject/Subtype/Image/Width 1/Height 1") for data in (b"ink", b"pen")
)
RTF = "{{\\rtf1 Not {} liable\\par}}"
# As all photographs of one camera begin: with the tables by which they are packed.
TABLES = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 3
EMF = b"\x40\x3d\x1a\xf0"
COLOURS = "{\\colortbl;\\red255\\green0\\blue0;\\red0\\green128\\blue0;}"
FORMULA = "{\\mmath{\\*\\moMath{\\mf{\\mnum{\\mr 1}}{\\mden{\\mr 2}}}}}"
RTF_PICTURE = "{{\\pict\\jpegblip\\picw9 {}}}"
DIFFERENT = {
    "levels.md": ("- one\n  - two\n  - three\n", "- one\n  - two\n- three\n"),
    "block.rst": ("::\n\n  if a:\n    b()\n    c()\n", "::\n\n  if a:\n    b()\n  c()\n"),
    "parted.txt": ("it is now here again", "it is nowhere again"),
    "photograph.rtf": (
        RTF.format(RTF_PICTURE.format((TABLES + b"one").hex())),
        RTF.format(RTF_PICTURE.format((TABLES + b"two").hex())),
    ),
    "bytes.rtf": (
        RTF.format(RTF_PICTURE.format("\\bin8 " + "x" * 7 + "1")),
        RTF.format(RTF_PICTURE.format("\\bin8 " + "x" * 7 + "2")),
    ),
    "attached.msg": (message(b"one"), message(b"two")),
    "signed.docx": (docx(paragraph(LONG)), with_part(docx(paragraph(LONG)), **SIGNED)),
    "other-picture.docx": (
        with_part(docx(paragraph(LONG)), word__media__image1_png="one"),
        with_part(docx(paragraph(LONG)), word__media__image1_png="two"),
    ),
    "chart.docx": (
        with_part(docx(paragraph(LONG)), word__charts__chart1_xml="<c>1</c>"),
        with_part(docx(paragraph(LONG)), word__charts__chart1_xml="<c>2</c>"),
    ),
    "cell.docx": (word_table("Allergic", "x", ""), word_table("Allergic", "", "x")),
    "raised.docx": (
        docx(f"<w:p>{run('10')}{run('2', RAISED)}</w:p>"),
        docx(f"<w:p>{run('10')}{run('2')}</w:p>"),
    ),
    "hidden.docx": (
        docx(f"<w:p>{run('Pay ')}{run('now', '<w:vanish/>')}</w:p>"),
        docx(f"<w:p>{run('Pay ')}{run('now')}</w:p>"),
    ),
    "pending.docx": (
        docx(
            f"<w:p>{run('He is ')}<w:del><w:r><w:delText>not </w:delText></w:r></w:del>{run('liable')}</w:p>"
        ),
        docx(f"<w:p>{run('He is liable')}</w:p>"),
    ),
    "watermark.docx": (
        docx(paragraph(LONG) + "<w:p><w:r><w:pict><textpath string='DRAFT'/></w:pict></w:r></w:p>"),
        docx(paragraph(LONG)),
    ),
    "case.docx": (docx(paragraph("Pay the US")), docx(paragraph("Pay the us"))),
    "pending.odt": (
        odt(
            "<text:tracked-changes><text:p>not</text:p></text:tracked-changes><text:p>liable</text:p>"
        ),
        odt("<text:p>liable</text:p>"),
    ),
    "repeated.ods": (ods_cells(3), ods_cells(1)),
    "resolved.docx": (
        with_part(docx(paragraph("a")), **{"word__commentsExtended_xml": '<c w15:done="0"/>'}),
        with_part(docx(paragraph("a")), **{"word__commentsExtended_xml": '<c w15:done="1"/>'}),
    ),
    "formula.docx": (
        docx(f"<w:p><m:oMath><m:sup>{run('a')}{run('b')}</m:sup></m:oMath></w:p>"),
        docx(f"<w:p><m:oMath><m:sup>{run('a')}</m:sup>{run('b')}</m:oMath></w:p>"),
    ),
    "far.xlsx": (
        xlsx('<row><c r="A1" t="str"><v>a</v></c><c r="CA1" t="str"><v>b</v></c></row>'),
        xlsx('<row><c r="A1" t="str"><v>a</v></c><c r="CB1" t="str"><v>b</v></c></row>'),
    ),
    "picture.xlsx": (
        xlsx('<row><c r="A1" t="e" vm="1"><v>#VALUE!</v></c></row>'),
        xlsx('<row><c r="A1" t="e" vm="2"><v>#VALUE!</v></c></row>'),
    ),
    "cell.xlsx": (cells("Rent", "500", ""), cells("Rent", "", "500")),
    "formula.xlsx": (
        xlsx('<row><c r="A1"><f>SUM(B1:B5)</f><v>5</v></c></row>'),
        xlsx('<row><c r="A1"><v>5</v></c></row>'),
    ),
    "comment.pptx": (
        with_part(pptx(LONG), ppt__comments__comment1_xml="<a>no</a>"),
        pptx(LONG),
    ),
    "row.csv": ("8:00,Smith\n8:30,\n", "8:00,\n8:30,Smith\n"),
    "row.html": (
        "<table><tr><td>8:00<td>Smith<tr><td>8:30<td></table>",
        "<table><tr><td>8:00<td><tr><td>8:30<td>Smith</table>",
    ),
    "slot.xlsx": (
        xlsx('<row><c t="str"><v>8:00</v></c><c t="str"><v>Smith</v></c></row><row></row>'),
        xlsx('<row><c t="str"><v>8:00</v></c></row><row><c r="B2" t="str"><v>Smith</v></c></row>'),
    ),
    "data.html": (
        "<p>Report<script>plot([1, 2])</script>",
        "<p>Report<script>plot([1, 3])</script>",
    ),
    "sign.html": ('<p><font face="Wingdings">o yes', "<p><font>o yes"),
    "cell.csv": ("Rent,500,\n", "Rent,,500\n"),
    "sign.csv": ('result,"+"\n', 'result,"-"\n'),
    "laid-over.pdf": (
        pdf("Pregnant Yes No\nX"),
        pdf("Pregnant Yes No\nX").replace(b"50 780 Td", b"90 780 Td"),
    ),
    "highlighted.pdf": (noted_pdf(LONG, "/Subtype/Highlight"), noted_pdf(LONG)),
    "stamp.pdf": (pdf(LONG, objects=(PICTURE,)), pdf(LONG)),
    "swapped.pdf": (
        pdf(LONG, objects=(PICTURE, OTHER_PICTURE)),
        pdf(LONG, objects=(OTHER_PICTURE, PICTURE)),
    ),
    "cropped.pdf": (
        pdf(LONG),
        pdf(LONG).replace(b"/Parent 2 0 R", b"/Parent 2 0 R/CropBox[0 0 9 9]"),
    ),
    "link.pdf": (
        pdf(LONG, trailer="/A<</URI (https://a.org)>>"),
        pdf(LONG, trailer="/A<</URI (https://b.org)>>"),
    ),
    "attached.eml": (mail(b"one pdf"), mail(b"two pdf")),
    "unseen.eml": (mail(b"a", Bcc="x@example.org"), mail(b"a")),
    "raised.html": ("<p>10<sup>2</sup> mg", "<p>102 mg"),
    "struck.html": ("<p>is <del>not</del> liable", "<p>is not liable"),
    "chosen.html": (
        "<p>Paid<select><option selected>yes<option>no</select>",
        "<p>Paid<select><option>yes<option selected>no</select>",
    ),
    "formula.html": ("<p>so<math><mfrac>1 2</mfrac></math>", "<p>so<math><mrow>1 2</mrow></math>"),
    "longer.html": ("<p><del>not</del> at all</p>", "<p><del>not at</del> all</p>"),
    "bold.html": ("<p>Pay <b>now</b>", "<p>Pay now"),
    "heading.html": ("<h1>Pay now</h1>", "<p>Pay now</p>"),
    "colour.html": ("<p>Pay <span style='color:red'>now</span>", "<p>Pay <span>now</span>"),
    "old-colour.html": ("<p>Pay <font color=red>now</font>", "<p>Pay <font color=green>now</font>"),
    "class.html": ("<p class=a>Pay now", "<p class=b>Pay now"),
    "hidden.html": ("<p>Pay <span hidden>not</span>", "<p>Pay <span>not</span>"),
    "fill.html": (
        "<table><tr><td>Gate<td bgcolor=red><td></table>",
        "<table><tr><td>Gate<td><td bgcolor=red></table>",
    ),
    "merged.html": (
        "<table><tr><td>Gate<td colspan=2>open</table>",
        "<table><tr><td>Gate<td>open</table>",
    ),
    "styles.html": (
        "<head><style>p {color: red}</style></head><p>Pay",
        "<head><style>p {color: green}</style></head><p>Pay",
    ),
    "named.html": (
        "<style>#a {color: red}</style><p id=a>Pay<p id=b>now",
        "<style>#a {color: red}</style><p id=b>Pay<p id=a>now",
    ),
    "sheet.html": (
        "<head><link rel=stylesheet href=a.css></head><p>Pay",
        "<head><link rel=stylesheet href=b.css></head><p>Pay",
    ),
    "picture.html": ("<p>Paid <img src=yes.png>", "<p>Paid <img src=no.png>"),
    "drawn.html": (
        "<p>Signed<svg><path d='M 1 2 3'/></svg>",
        "<p>Signed<svg><path d='M 1 2 4'/></svg>",
    ),
    "styles.epub": (
        epub({"a.xhtml": f"<p>{LONG}"}, {"B/a.css": "p {color: red}"}),
        epub({"a.xhtml": f"<p>{LONG}"}, {"B/a.css": "p {color: green}"}),
    ),
    "bold.epub": (epub({"a.xhtml": "<p>Pay <b>now</b>"}), epub({"a.xhtml": "<p>Pay now"})),
    "written.doc": (LEASE, LEASE + bytes(512)),
    "bold.rtf": (RTF.format("{\\b at} all"), RTF.format("{\\b at all}")),
    "underlined.rtf": (RTF.format("{\\ul at all}"), RTF.format("{\\uldb at all}")),
    "capitals.rtf": (RTF.format("{\\scaps at all}"), RTF.format("at all")),
    "hidden.rtf": (RTF.format("{\\v at all}"), RTF.format("at all")),
    "pending.rtf": (RTF.format("{\\revised at all}"), RTF.format("at all")),
    "colour.rtf": (
        RTF.format(COLOURS + "{\\cf1 at all}"),
        RTF.format(COLOURS + "{\\cf2 at all}"),
    ),
    "recoloured.rtf": (
        RTF.format(COLOURS + "{\\highlight1 at all}"),
        RTF.format(COLOURS.replace("red255", "red128") + "{\\highlight1 at all}"),
    ),
    "shaded.rtf": (
        RTF.format(COLOURS + "\\par\\cbpat1 at all\\par\\pard ever"),
        RTF.format(COLOURS + "\\par\\cbpat1 at all\\par ever"),
    ),
    "fill.rtf": (
        RTF.format(COLOURS + rtf_row("\\clcbpat1", "")),
        RTF.format(COLOURS + rtf_row("", "\\clcbpat1")),
    ),
    "merged.rtf": (RTF.format(rtf_row("\\clmgf", "\\clmrg")), RTF.format(rtf_row("", ""))),
    "shape.rtf": (RTF.format(rtf_shape("shapeType 20")), RTF.format(rtf_shape("shapeType 1"))),
    "moved.rtf": (
        RTF.format(rtf_shape("shapeType 20")),
        RTF.format(rtf_shape("shapeType 20", left=900)),
    ),
    "drawn.rtf": (
        RTF.format(rtf_shape("pVerticies 8;2;(0,0);(1,1)")),
        RTF.format(rtf_shape("pVerticies 8;2;(0,0);(1,2)")),
    ),
    "embedded.rtf": (
        RTF.format("{\\object{\\*\\objdata " + "ab" * 40 + "}}"),
        RTF.format("{\\object{\\*\\objdata " + "cd" * 40 + "}}"),
    ),
    "swapped.rtf": (
        RTF.format(RTF_PICTURE.format("ab" * 40) + "and" + RTF_PICTURE.format("cd" * 40)),
        RTF.format(RTF_PICTURE.format("cd" * 40) + "and" + RTF_PICTURE.format("ab" * 40)),
    ),
    "link.rtf": (
        RTF.format('{\\field{\\*\\fldinst HYPERLINK "a.com"}{\\fldrslt at all}}'),
        RTF.format('{\\field{\\*\\fldinst HYPERLINK "b.com"}{\\fldrslt at all}}'),
    ),
    "formula.rtf": (RTF.format(FORMULA), RTF.format(FORMULA.replace("mf", "md"))),
    "struck.rtf": (RTF.format("\\strike at all\\strike0"), RTF.format("at all")),
    "deleted.rtf": (RTF.format("{\\deleted at all}"), RTF.format("")),
    "raised.rtf": (RTF.format("10{\\super 2}"), RTF.format("102")),
    "comment.rtf": (RTF.format("{\\*\\annotation never}"), RTF.format("")),
    "commented.rtf": (
        RTF.format("at{\\*\\annotation never} all"),
        RTF.format("at all{\\*\\annotation never}"),
    ),
    "note.rtf": (RTF.format("at{\\footnote If so} all"), RTF.format("at all{\\footnote If so}")),
    "ticked.rtf": (
        RTF.format("{\\fonttbl{\\f1\\fcharset2 Wingdings;}}{\\f1 n}{\\f0 o}"),
        RTF.format("{\\fonttbl{\\f1\\fcharset2 Wingdings;}}{\\f0 n}{\\f1 o}"),
    ),
    "attribute.xml": (
        '<a><b cur="EUR">total amount 5</b></a>',
        '<a><b cur="USD">total amount 5</b></a>',
    ),
    "indented.py": ("if a:\n    b()\n    c()\n", "if a:\n    b()\nc()\n"),
    "commented.conf": ("#PermitRootLogin yes\n", "PermitRootLogin yes\n"),
    "compared.txt": ("we found p < .05 there", "we found p > .05 there"),
    "version.md": ('patched = [">= 0.4.3"]', 'patched = ["^0.4.3"]'),
    "result.txt": ("HIV (+)", "HIV (-)"),
}
SAME = {
    "shifted.md": ("one\n  two\n\nthree\n", "    one\n      two\n\n    three\n"),
    "saved.html": (
        "<head><meta content=1><title>a</title></head><p class=a>Pay <a name=b>now</a><img src='a_files/x.png'>",
        "<head><meta content=2></head><p class=a data-id=7>Pay <a name=c>now</a><img src='b_files/x.png'>",
    ),
    "saved.epub": (
        epub({"a.xhtml": f"<p>{LONG}"}, {"B/a.css": "p {color: red}", "B/b.ncx": "<a>1</a>"}),
        epub({"a.xhtml": f"<p>{LONG}"}, {"B/a.css": "p {color: red}", "B/b.ncx": "<a>2</a>"}),
    ),
    "fonts.rtf": (
        RTF.format("{\\fonttbl{\\f1\\fcharset2 Wingdings;}{\\f2 Arial;}}{\\f2 n}{\\f1 o}"),
        RTF.format("{\\fonttbl{\\f4\\fcharset2 Wingdings;}{\\f5 Times;}}{\\f5 n}{\\f4 o}"),
    ),
    "runs.rtf": (
        RTF.format("{\\b\\i at all}{\\b\\i  times}"),
        RTF.format("{\\i\\b at }{\\lang7\\b\\i\\fs20 all ti}{\\b\\cf0\\i\\insrsid9 mes}"),
    ),
    "colours.rtf": (
        RTF.format(COLOURS + "{\\cf2\\highlight1 at all}" + rtf_row("\\clcbpat2", "")),
        RTF.format(
            "{\\colortbl;\\red0\\green128\\blue0;\\red1\\green2\\blue3;\\red255\\green0\\blue0;}"
            "{\\highlight3\\cf1 at all}" + rtf_row("\\clcbpat1", "")
        ),
    ),
    "names.rtf": (
        RTF.format(
            rtf_shape("wzName one", "shapeType 20")
            + "{\\field{\\*\\fldinst PAGEREF _Toc1 \\h}{\\fldrslt 4}}"
        ),
        RTF.format(
            rtf_shape("wzName two", "shapeType 20")
            + "{\\field{\\*\\fldinst PAGEREF _Toc2 \\h}{\\fldrslt 4}}"
        ),
    ),
    "photograph.rtf": (
        RTF.format(RTF_PICTURE.format((TABLES + b"one").hex())),
        RTF.format(RTF_PICTURE.format((TABLES + b"one").hex("\n", 64))),
    ),
    "wrapped.txt": (LONG, LONG.replace(" of ", "\nof ").replace("lease", "lease  ")),
    "ends.py": ("if a:\n    b()\n", "if a:\r\n    b()  \r\n\r\n"),
    "quotes.docx": (
        docx(paragraph("the “tenant’s” duty")),
        docx(paragraph('the "tenant\'s" duty')),
    ),
    "runs.docx": (
        docx(f"<w:p>{run('10')}{run('23', RAISED)}</w:p>"),
        docx(f"<w:p>{run('10')}{run('2', RAISED)}{run('3', RAISED)}</w:p>"),
    ),
    "stamped.docx": (
        with_part(docx(paragraph(LONG)), docProps__core_xml="<a>2025</a>", **SIGNED),
        with_part(docx(paragraph(LONG)), docProps__core_xml="<a>2026</a>", **SIGNED),
    ),
    "title.pdf": (
        pdf(LONG, trailer="/Info<</Title(a)>>", objects=(stream(b"<x>1", "/Type/Metadata"),)),
        pdf(LONG, trailer="/Info<</Title(b)>>", objects=(stream(b"<x>2", "/Type/Metadata"),)),
    ),
    "indented.txt": ("  one\ntwo\n  three", "one two three"),
    "broken.txt": ("they fol-\nlowed the 甲方\n同意", "they fol- \nlowed the 甲方同意"),
}


@pytest.mark.parametrize("name", DIFFERENT)
def test_what_differs_in_anything_that_people_see_is_not_the_same(name_of, name):
    one, other = DIFFERENT[name]
    first, second = (name_of(f"{number}-{name}", data) for number, data in enumerate((one, other)))
    assert not is_same_text(first, second)


@pytest.mark.parametrize("name", SAME)
def test_what_differs_in_nothing_that_people_see_is_the_same(name_of, name):
    one, other = SAME[name]
    first, second = (name_of(f"{number}-{name}", data) for number, data in enumerate((one, other)))
    assert is_same_text(first, second)


def test_pictures_and_shapes_of_a_word_97_document_are_found_once():
    def pictures(data, table=b""):
        document = word97(LONG, Data=data, **{"0Table": table})
        return find_pictures(Source(Path("a.doc"), "doc", document, ReadLimits()))

    one, other = blip(TABLES + b"one"), blip(TABLES + b"two")
    assert len(set(pictures(one + other).shown)) == 2
    assert len(set(pictures(one + b"between" + one).shown)) == 1
    assert pictures(EMF + b"\xff\xff\xff\x7f" + one) == pictures(one)
    assert not pictures(one).drawn
    assert pictures(blip(b"one", EMF)).drawn
    assert pictures(b"", shape(0)).drawn
    assert pictures(b"", shape(3)).drawn
    sheet, deleted = shape(0, 0x5), shape(3, 0xA08)
    assert not pictures(b"", sheet + deleted + shape(1) + shape(20) + shape(75) + shape(202)).drawn


def test_another_format_is_the_same_by_its_letters_and_number_of_pictures(name_of):
    signed = with_part(docx(paragraph(LONG)), **SIGNED)
    word, unsigned_word = name_of("a.docx", signed), name_of("b.docx", docx(paragraph(LONG)))
    printed, unsigned = name_of("a.pdf", pdf(LONG, objects=(PICTURE,))), name_of("b.pdf", pdf(LONG))
    assert is_same_text(word, printed)
    assert is_same_text(unsigned_word, unsigned)
    assert not is_same_text(word, unsigned)
    assert letters_of(word) == letters_of(unsigned)
    assert is_same_text(unsigned, name_of("c.txt", LONG.upper()))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a loss of (1,234.00)", "a loss of 1,234.00"),
        ("a loss of 1234.00-", "a loss of 1234.00"),
        ("a loss of -$500", "a loss of $500"),
        ("give .5 mg", "give 5 mg"),
        ("more than >= 18 mg", "more than <= 18 mg"),
        ("p < .05", "p > .05"),
    ],
)
def test_figures_that_differ_in_their_sign_are_not_the_same_in_any_format(name_of, one, other):
    assert not is_same_text(name_of("a.txt", one), name_of("b.html", f"<p>{other}"))


def test_what_is_struck_out_on_a_page_is_not_the_same_as_what_is_in_force(name_of):
    struck = name_of("a.html", "<p>He is <s>not</s> liable")
    assert not is_same_text(struck, name_of("b.txt", "He is not liable"))
    assert is_same_text(struck, name_of("b.md", "He is ~~not~~ liable"))


@pytest.mark.parametrize(
    "shown",
    [
        '<span style="text-decoration: line-through">not</span>',
        "<style>.x {text-decoration:line-through}</style><span class=x>not</span>",
        "not <input value=Anna>",
        "not <input type=radio checked>",
    ],
)
def test_what_a_page_strikes_out_or_has_filled_in_is_in_no_other_format(name_of, shown):
    text = name_of("a.txt", "It is not allowed.")
    assert not is_same_text(text, name_of("b.html", f"<p>It is {shown} allowed."))
    assert is_same_text(text, name_of("c.html", "<p>It is not allowed.<input type=hidden value=7>"))


@pytest.mark.parametrize(
    ("name", "raised", "lowered"),
    [
        ("a.html", "<p>10<sup>2</sup> mg", "<p>10<sub>2</sub> mg"),
        ("a.rtf", "{\\rtf1 10{\\super 2} mg}", "{\\rtf1 10{\\sub 2} mg}"),
        ("b.rtf", "{\\rtf1 10{\\up8 2} mg}", "{\\rtf1 10{\\dn8 2} mg}"),
        *(
            (
                "a.docx",
                docx(f"<w:p>{run('10')}{run('2', up)}{run(' mg')}</w:p>"),
                docx(f"<w:p>{run('10')}{run('2', down)}{run(' mg')}</w:p>"),
            )
            for up, down in (
                (RAISED, RAISED.replace("super", "sub")),
                ('<w:position w:val="8"/>', '<w:position w:val="-8"/>'),
            )
        ),
    ],
)
def test_a_raised_figure_is_another_number_in_every_format(name_of, name, raised, lowered):
    first, second = name_of(name, raised), name_of(f"l-{name}", lowered)
    assert is_same_text(first, name_of("a.txt", "10\u00b2 mg"))
    assert is_same_text(second, name_of("b.txt", "10\u2082 mg"))
    assert not is_same_text(first, name_of("c.txt", "102 mg"))
    assert not is_same_text(second, name_of("c.txt", "102 mg"))


def test_what_is_raised_behind_a_word_is_read_as_it_is(name_of):
    assert is_same_text(
        name_of("a.html", "<p>the 1<sup>st</sup> word<sup>2</sup>"),
        name_of("b.txt", "the 1st word2"),
    )


def test_list_numbers_and_years_in_brackets_are_no_negative_figures(name_of):
    assert is_same_text(name_of("a.txt", "1. Rent (2024)"), name_of("b.html", "<p>1. Rent (2024)"))
