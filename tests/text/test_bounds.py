"""What is told of a file grows with its size only, and nothing that is odd in it keeps the rest from being read."""

from __future__ import annotations

import struct
import time
from pathlib import Path

import pytest
from tiny_files import (
    ODF,
    assemble,
    compound,
    docx,
    odt,
    packed,
    paragraph,
    pdf,
    relations,
    stream,
    xlsx,
)

from dedupe_app.records import Extracted
from dedupe_app.settings import ReadLimits
from dedupe_app.text.compound import find_streams
from dedupe_app.text.exact import name_exactly
from dedupe_app.text.extract import extract
from dedupe_app.text.opendocument import read_opendocument
from dedupe_app.text.reading import Source
from dedupe_app.text.rtf import read_rtf
from dedupe_app.text.sheets import read_xlsx
from dedupe_app.text.slides import read_pptx
from dedupe_app.text.word import read_docx

LONG = "The tenant pays the rent on the first day of each month without any deduction. " * 3
DIGITS = "1" * 5000  # more than Python makes a number of
READERS = {
    "docx": read_docx,
    "odt": read_opendocument,
    "pptx": read_pptx,
    "rtf": read_rtf,
    "xlsx": read_xlsx,
}
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'


def linked(count):
    """One link with a long target, to which each second run leads."""
    target = f'<Relationship Id="x" Target="{"t" * 50 * count}" TargetMode="External"/>'
    body = '<w:p><w:hyperlink r:id="x"><w:r><w:t>a</w:t></w:r></w:hyperlink><w:r><w:t>b</w:t></w:r></w:p>'
    return packed(
        {
            "_rels/.rels": relations(("r1", "officeDocument", "word/document.xml")),
            "word/document.xml": f"<w:document {W} {R}><w:body>{body * count}</w:body></w:document>",
            "word/_rels/document.xml.rels": relations().replace("</", target + "</"),
        }
    )


def numbered(count):
    """As many lists, all with one level that has a long bullet."""
    level = f'<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="{"-" * 50 * count}"/></w:lvl>'
    lists = "".join(
        f'<w:num w:numId="{at}"><w:abstractNumId w:val="1"/></w:num>' for at in range(count)
    )
    body = "".join(
        paragraph("a", f'<w:numPr><w:numId w:val="{at}"/></w:numPr>') for at in range(count)
    )
    root = f'<w:root><w:abstractNum w:abstractNumId="1">{level}</w:abstractNum>{lists}</w:root>'
    return docx(body, {"numbering": ("numbering.xml", root)})


def overridden(count):
    """One list with many levels, each overridden."""
    levels = [chr(0x4E00 + at) for at in range(count)]
    lists = "".join(f'<w:lvlOverride w:ilvl="{level}"><w:lvl/></w:lvlOverride>' for level in levels)
    number = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr>'
    body = "".join(paragraph("a", number.format(level)) for level in levels)
    root = f'<w:root><w:num w:numId="1"><w:abstractNumId w:val="1"/>{lists}</w:num></w:root>'
    return docx(body, {"numbering": ("numbering.xml", root)})


def nested(count):
    """Spans with styles of their own inside of a paragraph whose style has a long value."""
    long = f'<style:text-properties fo:color="{"x" * 50 * count}"/>'
    styles = f'<style:style style:name="P" style:family="paragraph">{long}</style:style>' + "".join(
        f'<style:style style:name="T{at}" style:family="text">'
        f'<style:text-properties fo:background-color="#{at}"/></style:style>'
        for at in range(count)
    )
    spans = "".join(f'<text:span text:style-name="T{at}">a</text:span>' for at in range(count))
    return odt(f'<text:p text:style-name="P">{spans}</text:p>', styles=styles)


def coloured(count):
    """Text between two colours, of which one is told at length."""
    return b"{\\rtf1{\\colortbl;%b;}%b}" % (b"\\red1" * 10 * count, b"\\cf1 a\\cf0 b" * count)


def stored(count):
    """Pictures that all say that the rest of the file is theirs."""
    return b"{\\rtf1 a%b}" % (b"{\\pict\\bin99999999 }" * 10 * count)


def rows(count):
    """Rows with a style of their own, whose font has much to say."""
    fonts = f"<fonts><font/><font>{'<b/>' * count}</font></fonts>"
    styles = f'{fonts}<cellXfs><xf/><xf fontId="1"/></cellXfs>'
    return xlsx('<row s="1" customFormat="1"><c><v>1</v></c></row>' * count, styles=styles)


def conditions(count):
    """Conditions that all change the look of a cell in one way."""
    styles = f"<cellXfs><xf/></cellXfs><dxfs><dxf>{'<b/>' * count}</dxf></dxfs>"
    rule = '<conditionalFormatting><cfRule dxfId="0"/></conditionalFormatting>'
    return xlsx("<row><c><v>1</v></c></row>", styles=styles, after=rule * count)


def slides(count):
    """One slide that is shown again and again."""
    order = '<p:sldId r:id="s"/>' * count
    show = f"<p:presentation {R} xmlns:p='p'><p:sldIdLst>{order}</p:sldIdLst></p:presentation>"
    return packed(
        {
            "_rels/.rels": relations(("r1", "officeDocument", "ppt/presentation.xml")),
            "ppt/presentation.xml": show,
            "ppt/_rels/presentation.xml.rels": relations(("s", "slide", "slide.xml")),
            "ppt/slide.xml": f"<p:sld xmlns:p='p'>{'<p:sp/>' * count}</p:sld>",
        }
    )


@pytest.mark.parametrize(
    ("ending", "make", "count"),
    [
        ("docx", linked, 1000),
        ("docx", numbered, 500),
        ("docx", overridden, 500),
        ("odt", nested, 500),
        ("pptx", slides, 500),
        ("rtf", coloured, 1000),
        ("rtf", stored, 1000),
        ("xlsx", rows, 500),
        ("xlsx", conditions, 500),
    ],
)
def test_what_is_told_again_and_again_takes_no_longer_for_its_length(ending, make, count):
    def seconds(count):
        source = Source(Path("a"), ending, make(count), ReadLimits())
        begun = time.process_time()
        reading = READERS[ending](source)
        name_exactly(source, reading, reading.text)
        return time.process_time() - begun

    seconds(10)
    assert seconds(8 * count) < 24 * max(seconds(count), 0.005)


CHOICE = f'<w:ddList><w:result w:val="{DIGITS}"/><w:listEntry w:val="a"/></w:ddList>'
IN_THE_PAGE = f"BT /F 12 Tf 14 TL 50 780 Td ({LONG}) Tj ET BI /W 1 /H 1 /BPC 8 /CS /G ID x EI"
PAGE = [
    b"<</Type/Catalog/Pages 2 0 R>>",
    b"<</Type/Pages/Count 1/Kids[4 0 R]>>",
    b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<</Font<</F 3 0 R>>>>>>",
    stream(IN_THE_PAGE.encode()),
]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.docx", docx(f"<w:p><w:r><w:fldChar>{CHOICE}</w:fldChar><w:t>{LONG}</w:t></w:r></w:p>")),
        ("a.rtf", f"{{\\rtf1{{\\colortbl;\\red0 {DIGITS};}}{LONG}}}".encode()),
        ("mask.pdf", pdf(LONG, objects=(f"<</A /SMask {DIGITS} 0 R>>".encode(),))),
        ("size.pdf", assemble([*PAGE, f"<</Width {DIGITS}>>".encode()])),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_numbers_without_an_end_are_none(tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data)
    found = extract(path, ReadLimits())
    assert isinstance(found, Extracted)
    assert "first day of each month" in found.text


def test_more_conditions_than_a_style_may_have_are_told_apart_all_the_same():
    def look(count):
        maps = "".join(
            f'<style:map style:condition="v{at}" style:apply-style-name="b"/>'
            for at in range(count)
        )
        styles = (
            f'<style:style style:name="a" style:family="table-cell">{maps}</style:style>'
            '<style:style style:name="b" style:family="table-cell"/>'
        )
        cell = f'<table:table-cell table:style-name="a"><text:p>{LONG}</text:p></table:table-cell>'
        body = f"<table:table><table:table-row>{cell}</table:table-row></table:table>"
        source = Source(Path("a"), "ods", odt(body, "spreadsheet", styles=styles), ReadLimits())
        return read_opendocument(source).looks

    assert look(150) == look(150) != look(151)


def test_comments_in_the_parts_of_a_document_take_nothing_away():
    header = (
        f"<office:document-styles {ODF}><office:master-styles><style:master-page><style:header>"
        "<text:p>Copy<!-- --> five</text:p></style:header></style:master-page></office:master-styles>"
        "</office:document-styles>"
    )
    text = odt(f"<text:p>{LONG}</text:p>", more={"styles.xml": header})
    reading = read_opendocument(Source(Path("a"), "odt", text, ReadLimits()))
    assert reading.text.startswith("Copy five\n")
    styles = '<!-- --><cellXfs><!-- --><xf numFmtId="0"/><?x y?><xf numFmtId="14"/></cellXfs>'
    book = xlsx('<row><c s="1"><v>45000</v></c></row>', styles=styles)
    assert read_xlsx(Source(Path("a"), "xlsx", book, ReadLimits())).text == "Costs\n2023-03-15"


def test_streams_that_name_the_same_bytes_are_no_bomb():
    sectors = 60
    data = bytearray(compound({"A": b"a" * 512 * sectors, "B": b"", "C": b"", "D": b""}))
    for inside, name in enumerate("BCD", 1):
        entry = data.rindex(f"{name}\0".encode("utf-16-le"))
        struct.pack_into("<IQ", data, entry + 116, inside + 1, 512 * (sectors - inside))
    found = find_streams(bytes(data), lambda _: True)
    assert len(found["A"]) == 512 * sectors
    assert sum(map(len, found.values())) <= len(data)
