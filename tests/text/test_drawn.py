"""What is drawn or embedded is the same text as no file of another format; rules and frames are no drawings."""

from __future__ import annotations

import pytest
from test_exact import LONG, RTF_PICTURE, SIGNED, name_of, rtf_shape, with_part
from tiny_files import assemble, docx, epub, odt, paragraph, stream

from dedupe_app.sameness import is_same_text, letters_of

__all__ = ["name_of"]  # a fixture


def drawn_pdf(drawn: str, form: str = "") -> bytes:
    """Return a PDF of one line and of what is drawn; `form` is a piece of a page, placed by "/P Do"."""
    entries = "/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</P 7 0 R>>>>"
    return assemble(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count 1/Kids[4 0 R]>>",
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R"
            b"/Resources<</Font<</F 3 0 R>>/XObject<</P 6 0 R>>>>>>",
            stream(f"BT /F 12 Tf 14 TL 50 780 Td ({LONG}) Tj ET {drawn}".encode()),
            stream((form if "/P Do" in form else f"{form} /P Do").encode(), entries),
            stream(form.encode(), entries.replace("7 0 R", "6 0 R")),
        ]
    )


CURVE = "100 100 m 120 150 150 160 180 100 c S"
PLAIN = {
    "rule": "50 700 m 500 700 l S",
    "frame": "50 600 400 100 re S",
    "table": " ".join(
        f"{x} {y} 20 10 re S" for x in range(40, 540, 10) for y in range(40, 700, 10)
    ),
    "rounded rule": "50 700 m 500 700.4 l S",
}
DRAWN = {
    "curve": CURVE,
    "corners": "10 10 m " + " ".join(f"{x} 10 l {x} 20 l" for x in range(20, 90, 10)) + " S",
    "strokes": "100 100 m 105 112 l S 105 112 m 109 104 l S",
    "far": PLAIN["table"] + CURVE,
    "countless": "1 1 1 1 re f " * 20_001,
    "turned by ten": ".98 .17 -.17 .98 0 0 cm " + CURVE,
    "in the page": "BI /W 1 /H 1 /BPC 8 /CS /G ID x EI",
}


@pytest.mark.parametrize("form", [False, True], ids=["page", "piece"])
@pytest.mark.parametrize("drawn", DRAWN)
def test_what_is_drawn_on_a_page_is_the_same_as_no_file_of_another_format(name_of, drawn, form):
    plain = name_of("a.docx", docx(paragraph(LONG)))
    signed = drawn_pdf("/P Do", DRAWN[drawn]) if form else drawn_pdf(DRAWN[drawn])
    assert not is_same_text(plain, name_of("b.pdf", signed))


def test_a_line_through_words_of_a_page_is_a_drawing_and_one_below_them_is_not(name_of):
    plain = name_of("a.docx", docx(paragraph(LONG)))
    struck, underlined = (drawn_pdf(f"50 {y} m 300 {y} l S") for y in (784, 778))
    assert not is_same_text(plain, name_of("b.pdf", struck))
    assert is_same_text(plain, name_of("c.pdf", underlined))


@pytest.mark.parametrize("shape", ["ellipse", "line"])
def test_a_shape_that_is_no_frame_is_a_drawing(name_of, shape):
    text = name_of("a.txt", LONG)
    framed, drawn = (
        docx(
            f"{paragraph(LONG)}<w:p><w:r><w:drawing><prstGeom prst='{each}'/></w:drawing></w:r></w:p>"
        )
        for each in ("rect", shape)
    )
    assert is_same_text(text, name_of("b.docx", framed))
    assert not is_same_text(text, name_of("c.docx", drawn))
    circled = odt(f"<text:p>{LONG}<draw:{shape}/></text:p>")
    assert not is_same_text(text, name_of("d.odt", circled))


@pytest.mark.parametrize("drawn", PLAIN)
def test_rules_and_tables_of_a_page_are_no_drawings(name_of, drawn):
    plain = name_of("a.docx", docx(paragraph(LONG)))
    assert is_same_text(plain, name_of("b.pdf", drawn_pdf(PLAIN[drawn])))


def test_pieces_that_are_placed_again_count_again(name_of):
    plain = name_of("a.docx", docx(paragraph(LONG)))
    few, many = (drawn_pdf("/P Do " * times, "1 1 1 1 re f " * 300) for times in (2, 70))
    assert is_same_text(plain, name_of("b.pdf", few))
    assert not is_same_text(plain, name_of("c.pdf", many))


ALONE = {
    "metafile.docx": with_part(docx(paragraph(LONG)), word__media__image1_emf="lines"),
    "film.docx": with_part(docx(paragraph(LONG)), word__media__media1_mp4="film"),
    "ink.docx": with_part(docx(paragraph(LONG)), word__ink__ink1_xml="<a/>"),
    "chart.odt": odt(f"<text:p>{LONG}</text:p>", more={"Object 1/content.xml": "<a/>"}),
    "embedded.odt": odt(f"<text:p>{LONG}</text:p>", more={"Object 1": b"x"}),
    "metafile.odt": odt(f"<text:p>{LONG}</text:p>", more={"Pictures/1.svm": b"x"}),
    "shape.rtf": f"{{\\rtf1 {LONG}{rtf_shape('shapeType 0', 'pVerticies 8;1;(0,0)')}}}",
    "ellipse.rtf": f"{{\\rtf1 {LONG}{{\\*\\do\\dpellipse\\dpx1}}}}",
    "metafile.rtf": f"{{\\rtf1 {LONG}{{\\pict\\wmetafile8 {'ab' * 40}}}}}",
    "object.rtf": f"{{\\rtf1 {LONG}{{\\object{{\\*\\objdata {'ab' * 40}}}}}}}",
    "drawn.html": f"<p>{LONG}<svg><path d='M 1'/></svg>",
    "elsewhere.html": f"<p>{LONG}<iframe src=a.pdf></iframe>",
    "picture.html": f"<p>{LONG}<img src=ink.png>",
    "svg-picture.html": f"<p>{LONG}<svg><image href='ink.png'/></svg>",
}


@pytest.mark.parametrize("name", ALONE)
def test_what_is_drawn_or_embedded_is_the_same_as_no_file_of_another_format(name_of, name):
    drawn = name_of(name, ALONE[name])
    plain = name_of("a.txt", LONG)
    assert letters_of(drawn) == letters_of(plain)
    assert not is_same_text(drawn, plain)
    assert is_same_text(drawn, name_of(f"again-{name}", ALONE[name]))


NOT_ALONE = {
    "twice.rtf": f"{{\\rtf1 {LONG}{{\\*\\shppict{RTF_PICTURE.format('ab' * 40)}}}"
    f"{{\\nonshppict{{\\pict\\wmetafile8 {'cd' * 40}}}}}}}",
    "frame.rtf": f"{{\\rtf1 {LONG}{rtf_shape('shapeType 75')}{RTF_PICTURE.format('ab' * 40)}}}",
    "named.html": f"<p>{LONG}<img src=ink.png><a href=b><img src=next.png></a>",
    "cover.epub": epub(
        {"a.xhtml": f"<p>{LONG}<svg><image href='a.png'/></svg>"}, {"B/a.png": b"ink"}
    ),
}


@pytest.mark.parametrize("name", NOT_ALONE)
def test_one_picture_is_the_same_as_one_in_another_format(name_of, name):
    signed = name_of("a.docx", with_part(docx(paragraph(LONG)), **SIGNED))
    assert is_same_text(signed, name_of(name, NOT_ALONE[name]))
