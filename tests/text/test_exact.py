"""Two files of one format are the same text only if nothing that people see in them differs."""

from __future__ import annotations

import email.message
import io
import struct
import zipfile
from pathlib import Path

import pytest
from test_word97 import word97
from tiny_files import compound, docx, noted_pdf, odt, paragraph, pdf, pptx, stream, xlsx

from dedupe_app.engine.preparing import read_content
from dedupe_app.records import ReadText
from dedupe_app.sameness import is_same_text, letters_of
from dedupe_app.settings import ReadLimits
from dedupe_app.text.pictures import find_pictures
from dedupe_app.text.reading import Source

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


RAISED = '<w:vertAlign w:val="superscript"/>'
SIGNED = {"word__media__image1_png": "ink"}
PICTURE = stream(b"ink", "/Type/XObject/Subtype/Image/Width 1/Height 1")
RTF = "{{\\rtf1 Not {} liable\\par}}"
# As all photographs of one camera begin: with the tables by which they are packed.
TABLES = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 3
EMF = b"\x40\x3d\x1a\xf0"
RTF_PICTURE = "{{\\pict\\jpegblip\\picw9 {}}}"
DIFFERENT = {
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
    "cell.xlsx": (cells("Rent", "500", ""), cells("Rent", "", "500")),
    "formula.xlsx": (
        xlsx('<row><c r="A1"><f>SUM(B1:B5)</f><v>5</v></c></row>'),
        xlsx('<row><c r="A1"><v>5</v></c></row>'),
    ),
    "comment.pptx": (
        with_part(pptx(LONG), ppt__comments__comment1_xml="<a>no</a>"),
        pptx(LONG),
    ),
    "cell.csv": ("Rent,500,\n", "Rent,,500\n"),
    "sign.csv": ('result,"+"\n', 'result,"-"\n'),
    "laid-over.pdf": (
        pdf("Pregnant Yes No\nX"),
        pdf("Pregnant Yes No\nX").replace(b"50 780 Td", b"90 780 Td"),
    ),
    "highlighted.pdf": (noted_pdf(LONG, "/Subtype/Highlight"), noted_pdf(LONG)),
    "stamp.pdf": (pdf(LONG, objects=(PICTURE,)), pdf(LONG)),
    "attached.eml": (mail(b"one pdf"), mail(b"two pdf")),
    "unseen.eml": (mail(b"a", Bcc="x@example.org"), mail(b"a")),
    "raised.html": ("<p>10<sup>2</sup> mg", "<p>102 mg"),
    "struck.html": ("<p>is <del>not</del> liable", "<p>is not liable"),
    "chosen.html": (
        "<p>Paid<select><option selected>yes<option>no</select>",
        "<p>Paid<select><option>yes<option selected>no</select>",
    ),
    "formula.html": ("<p>so<math><mfrac>1 2</mfrac></math>", "<p>so<math><mrow>1 2</mrow></math>"),
    "struck.rtf": (RTF.format("\\strike at all\\strike0"), RTF.format("at all")),
    "deleted.rtf": (RTF.format("{\\deleted at all}"), RTF.format("")),
    "raised.rtf": (RTF.format("10{\\super 2}"), RTF.format("102")),
    "comment.rtf": (RTF.format("{\\*\\annotation never}"), RTF.format("")),
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
    "broken.txt": ("they fol-\nlowed the 甲方\n同意", "they fol- lowed the 甲方同意"),
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


def test_pictures_of_a_word_97_document_are_told_apart_by_all_of_their_bytes():
    def pictures(data):
        document = word97(LONG, Data=data)
        return find_pictures(Source(Path("a.doc"), "doc", document, ReadLimits()))

    one, other = pictures(blip(TABLES + b"one")), pictures(blip(TABLES + b"two"))
    assert len(one[0]) == len(other[0]) == 1
    assert one != other
    assert one == pictures(b"moved" * 9 + blip(TABLES + b"one"))
    drawing, another = pictures(blip(b"one", EMF)), pictures(blip(b"two", EMF))
    assert len(drawing[1]) == len(another[1]) == 1
    assert drawing != another
    assert pictures(EMF + b"\xff\xff\xff\x7f" + blip(b"one")) == pictures(blip(b"one"))


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


def test_list_numbers_and_years_in_brackets_are_no_negative_figures(name_of):
    assert is_same_text(name_of("a.txt", "(1) Rent"), name_of("b.html", "<p>1. Rent"))
