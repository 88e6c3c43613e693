"""Two DOCX or two PPTX are the same text only if all that is seen in them is the same, also formats and drawings."""

from __future__ import annotations

import io
import re
import time
import zipfile
from pathlib import Path

import pytest
from test_exact import LONG, run
from tiny_files import docx, packed, paragraph, pptx, relations

from dedupe_app.engine.preparing import read_content
from dedupe_app.records import ReadText
from dedupe_app.sameness import is_same_text
from dedupe_app.settings import ReadLimits
from dedupe_app.text.extract import extract
from dedupe_app.text.reading import Source
from dedupe_app.text.slides import read_pptx
from dedupe_app.text.word import read_docx

SPACES = (
    ("r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    ("a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
    ("v", "urn:schemas-microsoft-com:vml"),
    ("w14", "http://schemas.microsoft.com/office/word/2010/wordml"),
    ("mc", "http://schemas.openxmlformats.org/markup-compatibility/2006"),
)
MORE = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in SPACES)
STYLES = (
    '<w:root><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="x"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Base"><w:rPr>{base}</w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Used"><w:name w:val="{name}"/><w:basedOn w:val="Base"/>'
    "<w:rPr>{used}</w:rPr></w:style>"
    '<w:style w:type="paragraph" w:styleId="Other"><w:rPr>{other}</w:rPr></w:style></w:root>'
)
LISTS = (
    '<w:root><w:abstractNum w:abstractNumId="{abstract}"><w:nsid w:val="{abstract}{abstract}"/>'
    '<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="{bullet}"/>'
    '<w:rPr><w:rFonts w:ascii="{font}"/></w:rPr></w:lvl></w:abstractNum>'
    '<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/></w:num></w:root>'
)


def drawn(shape: str) -> bytes:
    return docx(
        f"<w:p><w:r><w:t>{LONG}</w:t></w:r><w:r {MORE}><w:pict>{shape}</w:pict></w:r></w:p>"
    )


def table(properties: str, of_row: str = "") -> bytes:
    cell = f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph('Bridge 4')}</w:tc>"
    return docx(f"<w:tbl><w:tr><w:trPr>{of_row}</w:trPr>{cell}</w:tr></w:tbl>")


def formatted(properties: str) -> bytes:
    return docx(f"<w:p>{run('He is ')}{run('liable', properties)}</w:p>")


def styled(base: str = "", used: str = "", other: str = "", name: str = "x") -> bytes:
    styles = STYLES.format(base=base, used=used, other=other, name=name)
    return docx(paragraph(LONG, '<w:pStyle w:val="Used"/>'), {"styles": ("styles.xml", styles)})


def listed(number: int = 3, abstract: int = 5, bullet: str = "-", font: str = "Wingdings") -> bytes:
    lists = LISTS.format(number=number, abstract=abstract, bullet=bullet, font=font)
    properties = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
    return docx(paragraph(LONG, properties), {"numbering": ("numbering.xml", lists)})


def word_parts(body: str, targets: tuple[tuple[str, str, str], ...]) -> bytes:
    """Return a document with relations of these ids, and two pictures."""
    word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    return packed(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": relations(("r1", "officeDocument", "word/document.xml")),
            "word/document.xml": f"<w:document {word} {MORE}><w:body>{body}</w:body></w:document>",
            "word/_rels/document.xml.rels": relations(*targets).replace(
                'Target="http', 'TargetMode="External" Target="http'
            ),
            "word/media/image1.png": "Ann's hand",
            "word/media/image2.png": "Bob's hand",
        }
    )


def pictures(*ids: str, first: str = "1") -> bytes:
    body = "".join(
        f'<w:p><w:r><w:t>{LONG}</w:t></w:r><w:r><w:drawing><a:blip r:embed="{key}"/></w:drawing></w:r></w:p>'
        for key in ids
    )
    other = "12".replace(first, "")
    files = (("i", "image", f"media/image{first}.png"), ("k", "image", f"media/image{other}.png"))
    return word_parts(body, files)


def linked(*ids: str) -> bytes:
    body = "".join(f'<w:hyperlink r:id="{key}">{run(LONG)}</w:hyperlink>' for key in ids)
    return word_parts(
        f"<w:p>{body}</w:p>",
        (("i", "hyperlink", "http://a.example"), ("k", "hyperlink", "http://b.example")),
    )


def field(code: str, result: str) -> str:
    kinds = [
        f'<w:r><w:fldChar w:fldCharType="{each}"/></w:r>' for each in ("begin", "separate", "end")
    ]
    codes = "".join(f"<w:r><w:instrText>{each}</w:instrText></w:r>" for each in code.split("|"))
    return f"<w:p>{kinds[0]}{codes}{kinds[1]}{run(result)}{kinds[2]}</w:p>"


def headed(header: str) -> bytes:
    return docx(paragraph(LONG), {"header": ("header1.xml", f"<w:root>{header}</w:root>")})


def with_parts(data: bytes, parts: dict[str, str]) -> bytes:
    """Return an office file in which these parts are new, or in place of others."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return packed({**{name: archive.read(name) for name in archive.namelist()}, **parts})


def slide(contents: str, root: str = "", parts: dict[str, str] | None = None) -> bytes:
    """Return a presentation of one slide with these shapes."""
    space = "http://schemas.openxmlformats.org/presentationml/2006/main"
    whole = f'<p:sld xmlns:p="{space}" {MORE} {root}><p:cSld>{contents}</p:cSld></p:sld>'
    return with_parts(pptx(""), {"ppt/slides/slide9.xml": whole, **(parts or {})})


def shape(
    text: str, at: int = 0, properties: str = "", of_run: str = "", name: str = "Box 1"
) -> str:
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="4" name="{name}"/></p:nvSpPr><p:spPr><a:xfrm><a:off x="{at}" y="7"/>'
        f"</a:xfrm>{properties}</p:spPr><p:txBody><a:p><a:r>{of_run}<a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp>"
    )


def on_layout(layout: str, name: str = "a") -> bytes:
    return slide(
        shape(LONG),
        parts={
            "ppt/slides/_rels/slide9.xml.rels": relations(
                ("r", "slideLayout", f"../slideLayouts/{name}.xml")
            ),
            f"ppt/slideLayouts/{name}.xml": layout,
            f"ppt/slideLayouts/_rels/{name}.xml.rels": relations(("r", "slideMaster", "../m.xml")),
            "ppt/m.xml": f"<master>{layout}</master>",
        },
    )


def slide_run(properties: str) -> bytes:
    return slide(shape("Yes", of_run=f"<a:rPr {properties}/>"))


def grid(fill: str) -> bytes:
    cell = f"<a:tc><a:txBody><a:p><a:r><a:t>Bridge 4</a:t></a:r></a:p></a:txBody><a:tcPr>{fill}</a:tcPr></a:tc>"
    return slide(f"<a:tbl><a:tr h='5'>{cell}</a:tr></a:tbl>")


def solid(colour: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'


def inserted(text: str) -> str:
    return f'<w:ins w:id="1" w:author="Ann">{run(text)}</w:ins>'


PLAIN = formatted("")
WORD_DIFFERENT = {
    **{
        kind: (formatted(f"<w:{kind}/>"), PLAIN)
        for kind in "b i u smallCaps caps strike vanish outline emboss imprint shadow rtl".split()
    },
    "colour": (formatted('<w:color w:val="FF0000"/>'), formatted('<w:color w:val="00B050"/>')),
    "highlight": (
        formatted('<w:highlight w:val="red"/>'),
        formatted('<w:highlight w:val="green"/>'),
    ),
    "shading": (formatted('<w:shd w:fill="FF0000"/>'), PLAIN),
    "border": (formatted('<w:bdr w:val="single"/>'), PLAIN),
    "position": (formatted('<w:position w:val="6"/>'), PLAIN),
    "wingdings": (formatted('<w:rFonts w:ascii="Wingdings"/>'), PLAIN),
    "character style": (formatted('<w:rStyle w:val="Deleted"/>'), PLAIN),
    "place": (
        docx(f"<w:p>{run('yes', '<w:b/>')}{run(' yes')}</w:p>"),
        docx(f"<w:p>{run('yes ')}{run('yes', '<w:b/>')}</w:p>"),
    ),
    "hidden picture": (
        docx("<w:p><w:r><w:t>a</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:drawing/></w:r></w:p>"),
        docx("<w:p><w:r><w:t>a</w:t></w:r><w:r><w:drawing/></w:r></w:p>"),
    ),
    "paragraph shading": (docx(paragraph(LONG, '<w:shd w:fill="FF0000"/>')), docx(paragraph(LONG))),
    "paragraph border": (docx(paragraph(LONG, "<w:pBdr><w:top/></w:pBdr>")), docx(paragraph(LONG))),
    "paragraph style": (
        docx(paragraph(LONG, '<w:pStyle w:val="Heading1"/>')),
        docx(paragraph(LONG)),
    ),
    "paragraphs": (docx(paragraph("He may not")), docx(paragraph("He may") + paragraph(" not"))),
    "style": (styled(used="<w:b/>"), styled(used="<w:strike/>")),
    "style above": (styled(base="<w:vanish/>"), styled()),
    "bullet": (listed(bullet="þ"), listed(bullet="o")),
    "bullet font": (listed(font="Symbol"), listed(font="Arial")),
    "cell fill": (table('<w:shd w:fill="FF0000"/>'), table('<w:shd w:fill="00B050"/>')),
    "merged cell": (table('<w:gridSpan w:val="2"/>'), table("")),
    "joined rows": (table("<w:vMerge/>"), table('<w:vMerge w:val="restart"/>')),
    "text direction": (table('<w:textDirection w:val="btLr"/>'), table("")),
    "hidden row": (table("", "<w:hidden/>"), table("")),
    "pending row": (table("", "<w:ins w:author='Ann'/>"), table("")),
    "leaving row": (table("", "<w:del w:author='Ann'/>"), table("")),
    "rows": (
        docx(f"<w:tbl><w:tr><w:tc>{paragraph('a')}</w:tc></w:tr></w:tbl>"),
        docx(paragraph("a")),
    ),
    "scribble": (drawn('<v:shape path="m0,0 c5,9"/>'), drawn('<v:shape path="m0,0 c9,5"/>')),
    "freeform": (drawn("<a:custGeom><a:moveTo/></a:custGeom>"), drawn("")),
    "arrow": (drawn('<a:prstGeom prst="leftArrow"/>'), drawn('<a:prstGeom prst="rightArrow"/>')),
    "offset": (drawn("<posOffset>14</posOffset>"), drawn("<posOffset>9014</posOffset>")),
    "page border": (
        docx(paragraph("a") + "<w:sectPr><w:pgBorders w:val='1'/></w:sectPr>"),
        docx(paragraph("a") + "<w:sectPr/>"),
    ),
    "column break": (
        docx(f"<w:p>{run('a')}<w:r><w:br w:type='column'/></w:r>{run('b')}</w:p>"),
        docx(f"<w:p>{run('a')}<w:r><w:br/></w:r>{run('b')}</w:p>"),
    ),
    "pending": (
        docx(f"<w:p>{run('He is ')}{inserted('not')}</w:p>"),
        docx(f"<w:p>{run('He is not')}</w:p>"),
    ),
    "pending author": (
        docx(f"<w:p>{inserted('not')}</w:p>"),
        docx(f"<w:p>{inserted('not').replace('Ann', 'Bob')}</w:p>"),
    ),
    "pending paragraph": (
        docx(paragraph("a", "<w:rPr><w:ins w:author='Ann'/></w:rPr>") + paragraph("b")),
        docx(paragraph("a") + paragraph("b")),
    ),
    "pending format": (formatted("<w:rPrChange w:author='Ann'><w:rPr/></w:rPrChange>"), PLAIN),
    "deletion elsewhere": (
        docx(f"<w:p><w:del><w:r><w:delText>not</w:delText></w:r></w:del>{run('a b')}</w:p>"),
        docx(f"<w:p>{run('a b')}<w:del><w:r><w:delText>not</w:delText></w:r></w:del></w:p>"),
    ),
    "picture elsewhere": (pictures("i", "k"), pictures("k", "i")),
    "link elsewhere": (linked("i", "k"), linked("k", "i")),
    "field": (docx(field("DATE", "May")), docx(f"<w:p>{run('May')}</w:p>")),
    "note elsewhere": (
        docx("<w:p><w:r><w:footnoteReference w:id='1'/><w:t>a</w:t></w:r></w:p>"),
        docx("<w:p><w:r><w:t>a</w:t><w:footnoteReference w:id='1'/></w:r></w:p>"),
    ),
    "ruby": (
        docx(f"<w:p>{run('a')}<w:r><w:ruby><w:rt>{run('b')}</w:rt></w:ruby></w:r></w:p>"),
        docx(f"<w:p>{run('a')}<w:r><w:ruby><w:rt>{run('c')}</w:rt></w:ruby></w:r></w:p>"),
    ),
    "fraction": (
        docx(f"<w:p><w:oMath><w:f><w:num>{run('12')}</w:num></w:f></w:oMath></w:p>"),
        docx(f"<w:p><w:oMath>{run('12')}</w:oMath></w:p>"),
    ),
    "backwards": (
        docx(f"<w:p><w:bdo w:val='rtl'>{run('12')}</w:bdo></w:p>"),
        docx(f"<w:p>{run('12')}</w:p>"),
    ),
    "header": (
        headed(f"<w:p>{run('Old', '<w:strike/>')}</w:p>"),
        headed(f"<w:p>{run('Old', '<w:b/>')}</w:p>"),
    ),
    "button": (
        with_parts(PLAIN, {"word/activeX/activeX1.bin": "on"}),
        with_parts(PLAIN, {"word/activeX/activeX1.bin": "off"}),
    ),
}
TWO = "<w:r><w:rPr>{0}</w:rPr><w:t>li</w:t></w:r><w:r><w:rPr>{0}</w:rPr><w:t>able</w:t></w:r>"
WORD_SAME = {
    "ids": (
        docx(f"<w:p w:rsidR='1' {MORE} w14:paraId='2'>{run('a')}</w:p>"),
        docx(f"<w:p w:rsidR='3' {MORE} w14:paraId='4' w:rsidP='5'>{run('a')}</w:p>"),
    ),
    "runs": (
        docx(f"<w:p>{run('liable', '<w:b/>')}</w:p>"),
        docx(f"<w:p>{TWO.format('<w:b/>')}</w:p>"),
    ),
    "struck runs": (
        docx(f"<w:p>{run('liable', '<w:strike/>')} {run('now')}</w:p>"),
        docx(f"<w:p>{TWO.format('<w:strike/>')} {run('now')}</w:p>"),
    ),
    "insertions": (
        docx(f"<w:p>{inserted('liable')}</w:p>"),
        docx(f"<w:p>{inserted('li')}{inserted('able')}</w:p>"),
    ),
    "deletions": (
        docx(f"<w:p>{run('a')}<w:del><w:r><w:delText>not</w:delText></w:r></w:del></w:p>"),
        docx(
            f"<w:p>{run('a')}<w:del><w:r><w:delText>n</w:delText></w:r></w:del>"
            "<w:del><w:r><w:delText>ot</w:delText></w:r></w:del></w:p>"
        ),
    ),
    "codes": (docx(field("DATE x", "May")), docx(field("DA|TE x", "May"))),
    "checked": (
        docx(
            f"<w:p><w:bookmarkStart w:name='a'/>{run('a', '<w:lang w:val=x/>'.replace('x', repr('de')))}</w:p>"
        ),
        docx(
            f"<w:p><w:proofErr w:type='spellStart'/>{run('a')}<w:r><w:lastRenderedPageBreak/></w:r></w:p>"
        ),
    ),
    "fonts": (
        formatted('<w:rFonts w:ascii="Arial"/><w:sz w:val="20"/><w:spacing w:val="2"/>'),
        formatted('<w:rFonts w:ascii="Times"/>'),
    ),
    "alignment": (docx(paragraph(LONG, '<w:jc w:val="both"/>')), docx(paragraph(LONG))),
    "page": (
        docx(paragraph("a") + "<w:sectPr><w:pgSz w:w='1'/><w:pgMar w:top='1'/></w:sectPr>"),
        docx(paragraph("a") + "<w:sectPr><w:pgSz w:w='2'/><w:pgMar w:top='2'/></w:sectPr>"),
    ),
    "width": (table("<w:tcW w:w='1'/>"), table("<w:tcW w:w='2'/>")),
    "style name": (styled(used="<w:b/>", name="Used"), styled(used="<w:b/>", name="Benutzt")),
    "style not used": (styled(other="<w:b/>"), styled()),
    "list numbers": (listed(number=3, abstract=5), listed(number=7, abstract=1)),
    "picture ids": (pictures("i", "k"), pictures("k", "i", first="2")),
    "note ids": (
        docx("<w:p><w:r><w:footnoteReference w:id='1'/><w:t>a</w:t></w:r></w:p>"),
        docx("<w:p><w:r><w:footnoteReference w:id='7'/><w:t>a</w:t></w:r></w:p>"),
    ),
    "older programs": (
        drawn("<mc:AlternateContent><mc:Fallback><a:x/></mc:Fallback></mc:AlternateContent>"),
        drawn("<mc:AlternateContent/>"),
    ),
    "page number": (
        headed(field("PAGE", "2") + "<w:p/>"),
        headed(field("PAGE", "12") + "<w:p/>"),
    ),
}
SLIDES_DIFFERENT = {
    **{
        kind: (slide_run(kind), slide_run(""))
        for kind in ("b='1'", "u='sng'", "strike='sngStrike'", "baseline='30000'", "cap='all'")
    },
    "colour": (
        slide(shape("Yes", of_run=f"<a:rPr>{solid('FF0000')}</a:rPr>")),
        slide(shape("Yes", of_run=f"<a:rPr>{solid('00B050')}</a:rPr>")),
    ),
    "place": (slide(shape("Yes No") + shape("X", 10)), slide(shape("Yes No") + shape("X", 90))),
    "fill": (slide(shape("Yes", 1, solid("FF0000"))), slide(shape("Yes", 1, solid("00B050")))),
    "geometry": (
        slide(shape("Go", 1, "<a:prstGeom prst='leftArrow'/>")),
        slide(shape("Go", 1, "<a:prstGeom prst='rightArrow'/>")),
    ),
    "wordless shape": (slide(shape("Yes") + "<p:cxnSp/>"), slide(shape("Yes"))),
    "hidden": (slide(shape("Yes"), "show='0'"), slide(shape("Yes"))),
    "cell fill": (grid(solid("FF0000")), grid(solid("00B050"))),
    "hidden shape": (
        slide(shape("Yes", name="Box' hidden='1").replace('"', "'")),
        slide(shape("Yes", name="Box").replace('"', "'")),
    ),
    "layout": (on_layout("<t>Draft</t>"), on_layout("<t>Final</t>")),
    "bullets": (
        slide(shape("Yes").replace("<a:p>", "<a:p><a:pPr><a:buChar char='x'/></a:pPr>")),
        slide(shape("Yes")),
    ),
}
SLIDES_SAME = {
    "ids": (
        slide(shape("Yes", name="Box 1")),
        slide(shape("Yes", name="Rechteck 7").replace('id="4"', 'id="9"')),
    ),
    "checked": (slide_run("lang='de-DE' dirty='0' err='1'"), slide_run("lang='en-GB'")),
    "runs": (
        slide(shape("liable", of_run="<a:rPr b='1'/>")),
        slide(
            shape(
                "li</a:t></a:r><a:r><a:rPr b='1' err='1'/><a:t>able",
                of_run="<a:rPr b='1' dirty='0'/>",
            )
        ),
    ),
    "size": (slide_run("sz='1800'"), slide_run("sz='2000'")),
    "date": (
        on_layout("<a:fld id='1' type='datetime'><a:t>May</a:t></a:fld>", "a"),
        on_layout("<a:fld id='1' type='datetime'><a:t>June</a:t></a:fld>", "b"),
    ),
    "number": (
        slide(shape("Yes") + "<a:p><a:fld id='{1}' type='slidenum'><a:t>1</a:t></a:fld></a:p>"),
        slide(shape("Yes") + "<a:p><a:fld id='{2}' type='slidenum'><a:t>2</a:t></a:fld></a:p>"),
    ),
}


def named(path: Path, data: bytes) -> str:
    path.write_bytes(data)
    found = read_content(path, ReadLimits())
    assert isinstance(found, ReadText)
    assert not found.same_text.startswith("bytes")
    return found.same_text


def _cases(word: dict[str, tuple[bytes, bytes]], slides: dict[str, tuple[bytes, bytes]]) -> list:
    return [
        pytest.param(f"a.{ending}", *pair, id=f"{ending} {kind}")
        for ending, table in (("docx", word), ("pptx", slides))
        for kind, pair in table.items()
    ]


@pytest.mark.parametrize(("name", "one", "other"), _cases(WORD_DIFFERENT, SLIDES_DIFFERENT))
def test_what_is_seen_otherwise_is_not_the_same(tmp_path, name, one, other):
    assert not is_same_text(named(tmp_path / name, one), named(tmp_path / name, other))


@pytest.mark.parametrize(("name", "one", "other"), _cases(WORD_SAME, SLIDES_SAME))
def test_what_a_program_changes_when_it_saves_anew_is_the_same(tmp_path, name, one, other):
    assert is_same_text(named(tmp_path / name, one), named(tmp_path / name, other))


@pytest.mark.parametrize(("ending", "read"), [("docx", read_docx), ("pptx", read_pptx)])
@pytest.mark.parametrize(
    ("shown", "is_drawn"),
    [
        ("<a:custGeom/>", True),
        ('<v:shape path="m0,0 c5,9"/>', True),
        ("<w14:contentPart/>", True),
        ('<v:shapetype path="m0,0"/><v:shape style="x"/>', False),
        ('<a:prstGeom prst="rect"/>', False),
    ],
)
def test_lines_that_were_drawn_by_hand_are_told(ending, read, shown, is_drawn):
    data = drawn(shown) if ending == "docx" else slide(shape("Yes", 1, shown))
    assert read(Source(Path("a"), ending, data, ReadLimits())).is_drawn is is_drawn


def test_struck_text_is_marked_once_however_its_runs_are_cut(tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(docx(f"<w:p>{TWO.format('<w:strike/>')}{run(' now')}</w:p>{paragraph('b')}"))
    assert extract(path, ReadLimits()).text == "~~liable~~ now\nb"
    path = tmp_path / "a.pptx"
    path.write_bytes(slide_run("strike='sngStrike'"))
    assert extract(path, ReadLimits()).text == "~~Yes~~"


def test_a_tracked_change_of_a_list_item_is_counted_once(tmp_path):
    lists = (
        '<w:root><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:lvlText w:val="%1."/></w:lvl>'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:root>'
    )
    number = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    changed = (
        f"{number}<w:pPrChange><w:pPr><w:numPr><w:numId w:val='0'/></w:numPr></w:pPr></w:pPrChange>"
    )
    path = tmp_path / "a.docx"
    path.write_bytes(
        docx(
            paragraph("Rent", changed) + paragraph("Term", number),
            {"numbering": ("numbering.xml", lists)},
        )
    )
    assert extract(path, ReadLimits()).text == "1. Rent\n2. Term"


@pytest.mark.parametrize(
    "repeated",
    [
        "<w:tab w:val='1'/>",
        "<w:ins>",
        "<w:r><w:rPr><w:b/></w:rPr>",
        "<w:rPr><w:b/></w:rPr>",
        "<w:r><w:instrText>a</w:instrText></w:r>",
        "<w:del><w:r><w:delText>a</w:delText></w:r></w:del>",
    ],
)
def test_time_and_memory_grow_with_the_size_only(repeated):
    def seconds(count):
        inside = repeated * count
        opened = re.findall("<([a-zA-Z:]+)(?=[ >])(?![^>]*/>)", repeated)
        ends = "".join(f"</{name}>" for name in reversed(opened) if f"</{name}>" not in repeated)
        data = docx(f"<w:p>{run('a')}{inside}{run('b')}{ends * count}</w:p>")
        begun = time.process_time()
        read_docx(Source(Path("a"), "docx", data, ReadLimits()))
        return time.process_time() - begun

    seconds(10)
    assert seconds(40_000) < 30 * max(seconds(4_000), 0.005)
