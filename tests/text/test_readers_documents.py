"""Office documents, books and PDF: what is shown is read, and what is hidden is not."""

from __future__ import annotations

import random
import sys

import pytest
from tiny_files import (
    ODF,
    docx,
    epub,
    noted_pdf,
    odt,
    ole,
    packed,
    paragraph,
    pdf,
    pptx,
    xlsx,
)

from dedupe_app.records import Extracted, Skipped, SkipReason
from dedupe_app.settings import ReadLimits
from dedupe_app.text.extract import extract
from dedupe_app.text.fingerprint import text_hash
from dedupe_app.text.office import without_fields
from dedupe_app.text.pdf import HYPHEN, join_words


@pytest.fixture
def read(tmp_path):
    """Return a function that writes bytes under a name and reads them back."""

    def write_and_read(name, data):
        path = tmp_path / name
        path.write_bytes(data)
        return extract(path, ReadLimits())

    return write_and_read


# ---- Word ------------------------------------------------------------------------------------


def test_docx_runs_tabs_breaks_and_tables(read):
    body = (
        "<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>The ten</w:t></w:r><w:r><w:t>ant"
        '</w:t><w:tab/><w:t xml:space="preserve">pays </w:t><w:br/><w:t>rent</w:t></w:r></w:p>'
        f"<w:tbl><w:tr><w:tc>{paragraph('Item')}</w:tc><w:tc>{paragraph('Price')}</w:tc></w:tr>"
        f"<w:tr><w:tc>{paragraph('A')}</w:tc><w:tc>{paragraph('3')}</w:tc></w:tr></w:tbl>"
        + paragraph("End")
    )
    assert read("a.docx", docx(body)).text == "The tenant\tpays\nrent\nItem\tPrice\nA\t3\nEnd"


def test_docx_leaves_out_what_is_not_shown(read):
    body = (
        "<w:p><w:r><w:t>kept</w:t></w:r><w:del><w:r><w:delText>gone</w:delText><w:t>gone</w:t>"
        "</w:r></w:del><w:ins><w:r><w:t> added</w:t></w:r></w:ins><w:r><w:instrText> HYPERLINK x"
        "</w:instrText></w:r></w:p>"
    )
    assert read("a.docx", docx(body)).text == "kept added"


def test_docx_text_boxes_are_read_once(read):
    box = f"<w:txbxContent>{paragraph('boxed')}</w:txbxContent>"
    body = (
        '<w:p><w:r><mc:AlternateContent xmlns:mc="urn:mc"><mc:Choice>'
        f"{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert read("a.docx", docx(body)).text == "boxed"


PAGE = (
    "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>"
    "<w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>7</w:t></w:r>"
    "<w:r><w:fldChar w:fldCharType='end'/></w:r></w:p>"
    "<w:p><w:fldSimple w:instr=' PAGE '><w:r><w:t>8</w:t></w:r></w:fldSimple></w:p>"
)


def test_docx_header_notes_and_footer(read):
    more = {
        "footer": (
            "footer1.xml",
            f"<w:root>{paragraph('Firm')}{PAGE}{paragraph('4471208')}</w:root>",
        ),
        "footnotes": ("notes.xml", f"<w:root>{paragraph('See s. 2.')}</w:root>"),
        "header": ("header1.xml", f"<w:root>{paragraph('Draft')}</w:root>"),
        "comments": ("comments.xml", f"<w:root>{paragraph('check this')}</w:root>"),
    }
    assert read("a.docx", docx(paragraph("Body"), more)).text == (
        "Draft\nBody\nSee s. 2.\nFirm\n4471208\ncheck this"
    )
    more = {"header": ("header1.xml", f"<w:root>{paragraph('4711')}</w:root>")}
    assert read("b.docx", docx(paragraph("Body"), more)).text == "4711\nBody"


def field(said):
    """Return a field of an old form of Word."""
    return (
        f'<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData>{said}</w:ffData></w:fldChar></w:r>'
        "<w:r><w:instrText>FORM</w:instrText></w:r></w:p>"
    )


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ('<w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>', "\u2612"),
        ('<w:checkBox><w:default w:val="1"/><w:checked w:val="0"/></w:checkBox>', "\u2610"),
        ('<w:checkBox><w:default w:val="1"/></w:checkBox>', "\u2612"),
        ("<w:checkBox/>", "\u2610"),
        ('<w:ddList><w:result w:val="1"/><w:listEntry w:val="no"/><w:listEntry w:val="yes"/></w:ddList>', "yes"),
        ('<w:ddList><w:listEntry w:val="no"/><w:listEntry w:val="yes"/></w:ddList>', "no"),
        ('<w:ddList><w:result w:val="7"/><w:listEntry w:val="no"/></w:ddList>', ""),
    ],
)  # fmt: skip
def test_docx_says_what_is_ticked_and_chosen(read, said, text):
    assert (
        read("a.docx", docx(paragraph("Agreed?") + field(said))).text == f"Agreed?\n{text}".strip()
    )


def test_docx_says_what_is_struck_out(read):
    run = "<w:r><w:rPr>{}</w:rPr><w:t>{}</w:t></w:r>"
    body = (
        "<w:p><w:pPr><w:rPr><w:strike/></w:rPr></w:pPr>"
        + run.format("", "The rent is ")
        + run.format("<w:b/><w:strike/>", "900")
        + run.format('<w:strike w:val="0"/>', " 800 EUR")
        + run.format("<w:dstrike/>", "A&amp;B")
        + run.format("<w:rPrChange><w:rPr><w:strike/></w:rPr></w:rPrChange>", " net")
        + "</w:p>"
    )
    assert read("a.docx", docx(body)).text.strip() == "The rent is ~~900~~ 800 EUR~~A&B~~ net"


def test_docx_signs_of_a_font_are_read(read):
    body = '<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t> yes</w:t></w:r></w:p>'
    bad = '<w:p><w:r><w:sym w:char="D800"/><w:sym w:char="what"/><w:t>no</w:t></w:r></w:p>'
    assert read("a.docx", docx(body + bad)).text == "\uf0fe yes\nno"


def test_docx_list_labels_are_counted(read):
    levels = (
        '<w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/>'
        '</w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/>'
        '</w:lvl><w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl>'
    )
    more = {
        "numbering": (
            "numbering.xml",
            f'<w:root><w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
            '<w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num></w:root>',
        ),
        "styles": (
            "styles.xml",
            '<w:root><w:style w:styleId="H"><w:pPr><w:numPr><w:numId w:val="5"/></w:numPr></w:pPr>'
            '</w:style><w:style w:styleId="Sub"><w:basedOn w:val="H"/></w:style></w:root>',
        ),
    }
    item = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="5"/></w:numPr>'
    body = (
        paragraph("Term", '<w:pStyle w:val="Sub"/>')
        + paragraph("start", item.format(1))
        + paragraph("end", item.format(1))
        + paragraph("dot", item.format(2))
        + paragraph("Rent", item.format(0))
        + paragraph("plain", '<w:pStyle w:val="Sub"/><w:numPr><w:numId w:val="0"/></w:numPr>')
        + paragraph("due", item.format(1))
    )
    lines = read("a.docx", docx(body, more)).text.split("\n")
    assert lines == ["3. Term", "3.a) start", "3.b) end", "dot", "4. Rent", "plain", "4.a) due"]


# ---- OpenDocument ----------------------------------------------------------------------------


def test_odt_white_space_tables_lists_and_code(read):
    body = (
        "<text:h>Lease</text:h><text:p>if x:<text:line-break/><text:s text:c='4'/>y<text:tab/>z"
        "</text:p><table:table><table:table-row><table:table-cell><text:p>Item</text:p>"
        "</table:table-cell><table:table-cell><text:p>Price</text:p></table:table-cell>"
        "</table:table-row></table:table><text:list><text:list-item><text:p>a "
        "<text:span>b</text:span></text:p></text:list-item></text:list>"
    )
    assert read("a.odt", odt(body)).text == "Lease\nif x:\n    y\tz\nItem\tPrice\na b"


def test_an_empty_first_cell_does_not_join_a_table_to_the_line_before(read):
    cells = "<w:tr><w:tc><w:p/></w:tc><w:tc>" + paragraph("Note") + "</w:tc></w:tr>"
    assert read("a.docx", docx(f"{paragraph('Before')}<w:tbl>{cells}</w:tbl>")).text == (
        "Before\n\tNote"
    )
    row = "<table:table-cell/><table:table-cell><text:p>Note</text:p></table:table-cell>"
    table = f"<table:table><table:table-row>{row}</table:table-row></table:table>"
    assert read("a.odt", odt(f"<text:p>Before</text:p>{table}")).text == "Before\n\tNote"


def test_odt_list_and_heading_labels_are_counted(read):
    styles = (
        f"<office:document-styles {ODF}><text:outline-style><text:outline-level-style "
        "text:level='1' style:num-format='I' style:num-suffix='.'/></text:outline-style>"
        "<text:list-style style:name='L'><text:list-level-style-number text:level='1' "
        "style:num-format='1' style:num-suffix='.'/><text:list-level-style-number text:level='2' "
        "style:num-format='a' style:num-suffix=')' text:display-levels='2'/></text:list-style>"
        "</office:document-styles>"
    )
    item = "<text:list-item><text:p>{}</text:p></text:list-item>"
    inner = f"<text:list>{item.format('x')}{item.format('y')}</text:list>"
    body = (
        "<text:h text:outline-level='1'>Term</text:h><text:list text:style-name='L'>"
        f"{item.format('one')}<text:list-item><text:p>two</text:p><text:p>more</text:p>{inner}"
        "</text:list-item></text:list><text:h text:outline-level='1'>Rent</text:h>"
        f"<text:list text:style-name='L' text:continue-numbering='true'>{item.format('three')}"
        f"</text:list><text:list text:style-name='L'>{item.format('anew')}</text:list>"
    )
    assert read("a.odt", odt(body, more={"styles.xml": styles})).text.split("\n") == [
        "I. Term", "1. one", "2. two", "more", "2.a) x", "2.b) y", "II. Rent", "3. three",
        "1. anew",
    ]  # fmt: skip


def test_odt_leaves_out_what_is_not_shown_and_puts_notes_last(read):
    body = (
        "<text:tracked-changes><text:p>gone</text:p></text:tracked-changes><text:p>Body"
        "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>See s. 2."
        "</text:p></text:note-body></text:note> goes on<office:annotation><text:p>check</text:p>"
        "</office:annotation>.</text:p><text:p><svg:title>alt</svg:title>End</text:p>"
    )
    assert read("a.odt", odt(body)).text == "Body goes on.\nEnd\nSee s. 2.\ncheck"


@pytest.mark.parametrize(("kind", "suffix"), [("spreadsheet", "ods"), ("presentation", "odp")])
def test_other_open_documents(read, kind, suffix):
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    row = f"<table:table-row>{cell}</table:table-row>"
    body = f"<table:table>{row.format('one')}{row.format('two')}</table:table>"
    result = read(f"a.{suffix}", odt(body, kind))
    assert (result.text, result.format) == ("one\ntwo", suffix)


# ---- EPUB, slides, sheets --------------------------------------------------------------------


def test_epub_chapters_in_reading_order(read):
    page = "<html><body><p>{}</p></body></html>"
    book = epub({"z.xhtml": page.format("One 「引用」 “q”"), "a.xhtml": page.format("Two")})
    assert read("a.epub", book).text == "One 「引用」 “q”\nTwo"


def test_epub_without_a_package_is_still_read(read):
    pages = {
        "META-INF/container.xml": "<container/>",
        "2.html": "<p>two</p>",
        "1.html": "<p>one</p>",
    }
    assert read("a.epub", packed(pages)).text == "one\ntwo"


def test_epub_with_scrambled_fonts_is_not_locked(read):
    fonts = (
        "<encryption><EncryptedData><EncryptionMethod "
        'Algorithm="http://www.idpf.org/2008/embedding"/></EncryptedData></encryption>'
    )
    book = epub({"a.xhtml": "<p>Text</p>"}, {"META-INF/encryption.xml": fonts})
    assert read("a.epub", book).text == "Text"


def test_pptx_slides_in_their_order_with_notes(read):
    assert read("a.pptx", pptx("First\nslide", "Second", notes="Speak slowly")).text == (
        "First\nslide\nSpeak slowly\nSecond"
    )


def test_xlsx_cells(read):
    rows = (
        '<row><c t="s"><v>1</v></c><c t="inlineStr"><is><t>Sum</t></is></c></row>'
        '<row><c s="1"><v>45296</v></c><c><v>0.30000000000000004</v></c><c t="b"><v>1</v></c></row>'
    )
    assert read("a.xlsx", xlsx(rows, ("unused", "Day"))).text == (
        "Costs\nDay\tSum\n2024-01-05\t0.3\tTRUE"
    )


# ---- RTF and the older formats ---------------------------------------------------------------


def test_rtf_text_in_any_encoding(read):
    data = b"{\\rtf1\\ansi\\ansicpg1252 The {\\b ten}ant pays\\par caf\\'e9 \\u8364? 5\\par}"
    assert read("a.rtf", data).text == "The tenant pays\ncafé € 5"
    japanese = "賃料を".encode("cp932")
    escaped = b"".join(rb"\'%02x" % byte for byte in japanese)
    fonts = rb"{\fonttbl{\f0 Arial;}{\f1\fcharset128 Mincho;}{\f2\fcharset204 Times;}}"
    cyrillic = rb"\par{\f2 \'e4\'e0}\f0 \'e4\u-10179?\u-8704?}"
    data = rb"{\rtf1\ansi" + fonts + rb"\f1 " + escaped + cyrillic
    assert read("a.rtf", data).text == "賃料を\nдаä😀"


def test_rtf_shows_what_a_reader_sees(read):
    data = rb"""{\rtf1\ansi{\info{\title Secret}}{\header Draft\par}{\footer Firm\par}
{\*\generator X;}{\pict\bin5 {}\{a 0a0b}{\field{\*\fldinst HYPERLINK "http://x"}{\fldrslt link}}
{\deleted gone}{\listtext 1.\tab}kept{\footnote See s. 2.} on\par
\trowd A\cell\pard B\cell\row C\~D\_E\line
{\*\shpinst{\sp{\sn x}{\sv 1}}{\shptxt boxed\par}}\u8364\'80 end}"""
    assert read("a.rtf", data).text.split("\n") == [
        "Draft", "link1.\tkept on", "A\tB", "C D-E", "boxed", "€ end", "See s. 2.", "Firm",
    ]  # fmt: skip


def test_field_codes_of_a_doc_are_dropped():
    link = 'see HYPERLINK "https://x.org/a" \\l "b" the page'
    text = f"{link}\n SHAPE \nREF _Ref12 \\h 3 shapes, SHAPE up"
    words = without_fields(text).split()
    assert words == ["see", "the", "page", "3", "shapes,", "SHAPE", "up"]


def test_locked_office_files_say_so(read):
    for name in ("a.docx", "a.xlsx", "a.pptx", "a.doc"):
        assert read(name, ole("EncryptedPackage")).reason is SkipReason.ENCRYPTED
    assert read("a.ppt", ole("PowerPoint Document", "EncryptedSummary")).reason is (
        SkipReason.ENCRYPTED
    )


# ---- PDF -------------------------------------------------------------------------------------


def test_pdf_pages(read):
    assert read("a.pdf", pdf("The rent\nis due.", "Page two")).text == (
        "The rent\nis due.\fPage two"
    )


NAME = "/Subtype/Widget/FT/Tx/T(name)/V({})"
BOX = "/Subtype/Widget/FT/Btn/T(box)/V/{0}/AS/{0}/AP<</N<</Yes 3 0 R/Off 3 0 R>>>>"
COMMENT = "/Subtype/Text/Contents(check this)"


@pytest.mark.parametrize(
    ("notes", "text"),
    [
        ([NAME.format("Anna Birk")], "Anna Birk"),
        ([NAME.format("Anna"), BOX.format("Yes")], "Anna\n\u2612"),
        ([BOX.format("Off")], "\u2610"),
        ([COMMENT, "/Subtype/FreeText/Contents(paid)"], "check this\npaid"),
        (["/Subtype/Link/Contents(see there)", NAME.format("")], ""),
    ],
)
def test_pdf_says_what_is_filled_in_ticked_and_noted(read, notes, text):
    assert read("a.pdf", noted_pdf("Application", *notes)).text == f"Application\n{text}".strip()


def test_pdf_that_differs_in_what_is_filled_in_is_another_text(read):
    texts = [read("a.pdf", noted_pdf("Agreed", BOX.format(each))).text for each in ("Yes", "Off")]
    assert text_hash(texts[0]) != text_hash(texts[1])


def shows_more(result):
    assert isinstance(result, Extracted)
    return result.shows_more


def test_a_scanned_page_behind_a_letter_says_more_than_the_text(read):
    letter = "\n".join(f"Line {number} of the letter to the tenants" for number in range(30))
    assert not shows_more(read("a.pdf", pdf(letter, "")))
    assert shows_more(read("b.pdf", pdf(letter, "", drawn="0 0 1 rg 50 50 200 200 re f")))


def test_a_document_of_few_words_and_pictures_says_more_than_the_text(read):
    picture = {"image": ("media/image1.png", "x")}
    few, many = (paragraph("Photograph of the roof " * times) for times in (1, 40))
    assert not shows_more(read("a.docx", docx(few)))
    assert shows_more(read("b.docx", docx(few, picture)))
    assert not shows_more(read("c.docx", docx(many, picture)))


def test_scanned_pdf_with_a_comment_is_still_a_scan(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(noted_pdf("", COMMENT))
    result = extract(path, ReadLimits())
    assert isinstance(result, Skipped)
    assert result.reason in {SkipReason.NO_TEXT, SkipReason.EMPTY}


def test_pdf_of_mostly_empty_pages_is_flagged(read):
    result = read("a.pdf", pdf("Cover", "", "", ""))
    assert result.text == "Cover\f\f\f"
    assert result.warning == "3 of 4 pages hold no text; they may be scans."


def test_hyphens_at_line_ends():
    text = (
        f"the docu{HYPHEN}ment and public{HYPHEN}mailing, a public mailing of documents, document"
    )
    assert join_words(text) == (
        "the document and public-mailing, a public mailing of documents, document"
    )
    assert join_words("from 2014-\n11-15 on\n- item") == "from 2014-11-15 on\n- item"


@pytest.fixture
def tesseract(tmp_path, monkeypatch):
    """Put a program in the path that answers as Tesseract does, if it gets a picture."""
    program = tmp_path / "bin" / "tesseract"
    program.parent.mkdir()
    program.write_text(
        f"#!{sys.executable}\n"
        "import sys\n"
        "if sys.argv[1] == '--list-langs':\n"
        "    print('List of available languages (2):\\ndeu\\neng\\nosd')\n"
        "else:\n"
        "    magic, width, height = sys.stdin.buffer.readline().split()[:3]\n"
        "    size = len(sys.stdin.buffer.read())\n"
        "    assert size == int(width) * int(height)\n"
        "    print(magic.decode(), width.decode(), *sys.argv[3:])\n",
        encoding="utf-8",
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent))


@pytest.mark.skipif(sys.platform == "win32", reason="a script is no program there")
@pytest.mark.usefixtures("tesseract")
def test_a_scan_is_recognised_page_by_page(read):
    result = read("a.pdf", pdf("", ""))
    assert result.text.split() == ["P5", "1653", "-l", "deu+eng"] * 2
    assert result.warning == "The text was recognised from scanned pages and may hold errors."


def test_a_scan_without_tesseract_says_how_to_get_it(read, monkeypatch):
    monkeypatch.setenv("PATH", "")
    result = read("a.pdf", pdf("", ""))
    assert isinstance(result, Skipped)
    assert result.reason is SkipReason.NO_TEXT
    assert "apt install tesseract-ocr" in result.detail


# ---- damage ----------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", ["docx", "odt", "epub", "pptx", "xlsx", "pdf"])
def test_no_damage_gets_past_the_reader(read, suffix):
    whole = {
        "docx": docx(paragraph("Text") * 20),
        "odt": odt("<text:p>Text</text:p>" * 20),
        "epub": epub({"a.xhtml": "<p>Text</p>" * 20}),
        "pptx": pptx("one", "two"),
        "xlsx": xlsx("<row><c><v>1</v></c></row>" * 20),
        "pdf": pdf("Text\n" * 20),
    }[suffix]
    noise = random.Random(suffix)
    for _ in range(60):
        data = bytearray(whole[: noise.choice((len(whole), noise.randrange(9, len(whole))))])
        for _ in range(noise.randrange(1, 9)):
            data[noise.randrange(4, len(data))] = noise.randrange(256)
        result = read(f"a.{suffix}", bytes(data))
        assert isinstance(result, Extracted) or "reader failed" not in result.detail
