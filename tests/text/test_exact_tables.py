"""Two workbooks, or two files of OpenDocument, are the same text only if they look the same."""

from __future__ import annotations

import pytest
from test_exact import name_of  # noqa: F401 - a fixture
from tiny_files import ODF, docx, odt, packed, paragraph, relations, xlsx

from dedupe_app.sameness import is_same_text

# ---- Workbooks -------------------------------------------------------------------------------

FONTS = (
    '<fonts><font><sz val="11"/><color theme="1"/><name val="Calibri"/></font>'
    '<font><b/><color rgb="FFFF0000"/></font><font><strike/></font><font><name val="Wingdings 2"/></font></fonts>'
)
FILLS = (
    '<fills><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FFFF0000"/><bgColor indexed="64"/></patternFill></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FF00FF00"/></patternFill></fill></fills>'
)
BORDERS = '<borders><border><left/></border><border diagonalUp="1"><diagonal style="thin"/></border></borders>'
DIFFERENCES = (
    '<dxfs><dxf><fill><patternFill><bgColor rgb="FFFF0000"/></patternFill></fill></dxf>'
    '<dxf><fill><patternFill><bgColor rgb="FF00FF00"/></patternFill></fill></dxf></dxfs>'
)


def styles(*cells: str, fonts: str = FONTS) -> str:
    """Return the styles of a workbook: those of the cells after the first, which is plain."""
    entries = "".join(f"<xf {cell}/>" for cell in ('numFmtId="0" fontId="0"', *cells))
    formats = '<numFmts><numFmt numFmtId="170" formatCode=";;;"/></numFmts>'
    return f"{formats}{fonts}{FILLS}{BORDERS}<cellXfs>{entries}</cellXfs>{DIFFERENCES}"


def book(*numbers: int, of: str = "", row: str = "", **more) -> bytes:
    """Return a workbook of one row of texts, whose cells have these styles."""
    cells = "".join(
        f'<c r="{"ABCDEF"[at]}1" s="{number}" t="str"><v>Yes</v></c>'
        for at, number in enumerate(numbers)
    )
    return xlsx(f'<row r="1" {row}>{cells}</row>', styles=of or styles(), **more)


def beside(kind: str, part: str) -> dict[str, str]:
    """Return a part that the sheet leads to."""
    return {
        "xl/worksheets/_rels/sheet1.xml.rels": relations(("r1", kind, "../part.xml")),
        "xl/part.xml": part,
    }


def rich(*runs: tuple[str, str]) -> bytes:
    text = "".join(f"<r><rPr>{look}</rPr><t>{text}</t></r>" for look, text in runs)
    return xlsx('<row><c t="s"><v>0</v></c></row>', (text,))


def cell_of(properties: str) -> bytes:
    return book(1, of=styles(properties))


PLAIN = book(0)
RULE = (
    '<conditionalFormatting sqref="A1"><cfRule type="cellIs" dxfId="{}" operator="{}"><formula>5</formula></cfRule>\
</conditionalFormatting>'
)
LIST = (
    '<dataValidations><dataValidation type="list" sqref="A1"><formula1>"{}"</formula1></dataValidation>'
    "</dataValidations>"
)
BOX = (
    '<xml xmlns:v="v" xmlns:x="x"><v:shape id="s{}"><x:ClientData ObjectType="Checkbox"><x:Checked>{}</x:Checked>'
    '</x:ClientData></v:shape><v:shape id="n{}"><x:ClientData ObjectType="Note"/></v:shape></xml>'
)
DIFFERENT_BOOKS = {
    "filled": (cell_of('fillId="2"'), PLAIN),
    "other fill": (cell_of('fillId="2"'), cell_of('fillId="3"')),
    "coloured or bold": (cell_of('fontId="1"'), PLAIN),
    "struck": (cell_of('fontId="2"'), PLAIN),
    "signs": (cell_of('fontId="3"'), PLAIN),
    "crossed out": (cell_of('borderId="1"'), PLAIN),
    "hidden by its format": (cell_of('numFmtId="170"'), PLAIN),
    "other cell": (book(1, 0, of=styles('fillId="2"')), book(0, 1, of=styles('fillId="2"'))),
    "empty cell between": (
        xlsx('<row r="1"><c r="A1" s="1"><v>7</v></c><c r="C1" s="1"/></row>', styles=styles('fillId="2"')),
        xlsx(
            '<row r="1"><c r="A1" s="1"><v>7</v></c><c r="B1" s="1"/><c r="C1" s="1"/></row>',
            styles=styles('fillId="2"'),
        ),
    ),
    "rows below": (
        xlsx('<row r="1"><c r="A1" s="1"><v>7</v></c></row>', styles=styles('fillId="2"')),
        xlsx(
            '<row r="1"><c r="A1" s="1"><v>7</v></c></row><row r="2"><c r="A2" s="1"/></row>',
            styles=styles('fillId="2"'),
        ),
    ),
    "coloured column": (book(0, before='<cols><col min="2" max="2" style="1"/></cols>', of=styles('fillId="2"')),
                        book(0, of=styles('fillId="2"'))),
    "hidden column": (book(0, before='<cols><col min="1" max="1" hidden="1"/></cols>'), PLAIN),
    "hidden row": (book(0, row='hidden="1"'), PLAIN),
    "no height": (book(0, row='ht="0"'), PLAIN),
    "no zeros": (book(0, before='<sheetViews><sheetView showZeros="0"/></sheetViews>'),
                 book(0, before="<sheetViews><sheetView/></sheetViews>")),
    "merged": (book(0, after='<mergeCells><mergeCell ref="A1:B2"/></mergeCells>'), PLAIN),
    "condition": (book(0, after=RULE.format(0, "lessThan")), book(0, after=RULE.format(0, "greaterThan"))),
    "look by condition": (book(0, after=RULE.format(0, "lessThan")), book(0, after=RULE.format(1, "lessThan"))),
    "choices": (book(0, after=LIST.format("yes,no")), book(0, after=LIST.format("yes,no,maybe"))),
    "sparkline": (book(0, after="<extLst><ext><sparkline><f>A1:A9</f></sparkline></ext></extLst>"), PLAIN),
    "ticked": (book(0, more=beside("ctrlProp", '<a checked="Checked"/>')), book(0, more=beside("ctrlProp", "<a/>"))),
    "ticked as of old": (book(0, more=beside("vmlDrawing", BOX.format(1, 1, 1))),
                         book(0, more=beside("vmlDrawing", BOX.format(1, 0, 1)))),
    "striped table": (book(0, more=beside("table", '<a style="striped"/>')), book(0, more=beside("table", "<a/>"))),
    "theme": (
        book(1, of=styles('fontId="1"', fonts='<fonts><font/><font><color theme="5"/></font></fonts>')),
        book(1, of=styles('fontId="1"', fonts='<fonts><font/><font><color theme="6"/></font></fonts>')),
    ),
    "part of a cell struck": (rich(("<strike/>", "500"), ("", "600")), rich(("", "500"), ("", "600"))),
    "part of a cell coloured": (
        rich(('<color rgb="FFFF0000"/>', "500"), ("", "600")),
        rich(("", "500"), ('<color rgb="FFFF0000"/>', "600")),
    ),
}  # fmt: skip
SAME_BOOKS = {
    "styles numbered anew": (book(1, 0, of=styles('fillId="2"')), book(2, 0, of=styles("", 'fillId="2"'))),
    "fonts and sizes": (
        book(1, of=styles('fontId="1"', fonts='<fonts><font/><font><sz val="9"/><name val="Arial"/></font></fonts>')),
        PLAIN,
    ),
    "what is so of itself": (
        book(
            1,
            of=styles('fontId="1"', fonts='<fonts><font/><font><b val="0"/><color auto="1"/></font></fonts>'),
            row='hidden="false" ht="12.8"',
            before='<cols><col min="1" max="1" hidden="false" style="0"/></cols>',
        ),
        PLAIN,
    ),
    "where one has left off": (
        book(0, before='<dimension ref="A1"/><sheetViews><sheetView zoomScale="90"><selection activeCell="B2"/>'
                       "</sheetView></sheetViews>"),
        book(0, before='<sheetViews><sheetView tabSelected="1"><selection activeCell="A1"/></sheetView></sheetViews>'),
    ),
    "notes and shapes numbered anew": (
        book(0, more=beside("vmlDrawing", BOX.format(1, 1, 1))),
        book(0, more=beside("vmlDrawing", BOX.format(2, 1, 2))),
    ),
    "cut at other places": (
        rich(("<b/>", "ab"), ("", "c")),
        rich(("<b/>", "a"), ("<b/>", "b"), ("", "c")),
    ),
    "printer": (book(0, more=beside("printerSettings", "<a/>")), book(0, more=beside("printerSettings", "<b/>"))),
}  # fmt: skip


@pytest.mark.parametrize("name", DIFFERENT_BOOKS)
def test_workbooks_that_look_different_are_not_the_same(name_of, name):  # noqa: F811
    one, other = DIFFERENT_BOOKS[name]
    assert not is_same_text(name_of("a.xlsx", one), name_of("b.xlsx", other))


@pytest.mark.parametrize("name", SAME_BOOKS)
def test_workbooks_saved_again_are_the_same(name_of, name):  # noqa: F811
    one, other = SAME_BOOKS[name]
    assert is_same_text(name_of("a.xlsx", one), name_of("b.xlsx", other))


# ---- OpenDocument ----------------------------------------------------------------------------


def style(
    name: str, properties: str, family: str = "text", parent: str = "", kind: str = "text"
) -> str:
    """Return a style with properties of a kind."""
    of = f' style:parent-style-name="{parent}"' if parent else ""
    inside = f"<style:{kind}-properties {properties}/>"
    return f'<style:style style:name="{name}" style:family="{family}"{of}>{inside}</style:style>'


def written(properties: str, name: str = "T1") -> bytes:
    """Return a text of which a part has these properties."""
    span = f'<text:span text:style-name="{name}">at all</text:span>'
    return odt(f"<text:p>not {span} liable</text:p>", styles=style(name, properties))


@pytest.mark.parametrize(
    ("position", "shown"),
    [
        ("super 58%", "10\u00b2"),
        ("sub 58%", "10\u2082"),
        ("33% 58%", "10\u00b2"),
        ("-33% 58%", "10\u2082"),
        ("0% 100%", "102"),
    ],
)
def test_a_raised_figure_of_an_odt_is_read_as_such(name_of, position, shown):  # noqa: F811
    span = '10<text:span text:style-name="T1">2</text:span> mg'
    raised = odt(
        f"<text:p>{span}</text:p>", styles=style("T1", f'style:text-position="{position}"')
    )
    assert is_same_text(name_of("a.odt", raised), name_of("a.txt", f"{shown} mg"))


def named(definition: str, span: str = "Strong") -> bytes:
    """Return a text of which a part has a style that has its name from people."""
    root = f"<office:document-styles {ODF}><office:styles>{definition}</office:styles></office:document-styles>"
    return odt(f'<text:p>not <text:span text:style-name="{span}">at all</text:span></text:p>',
               more={"styles.xml": root})  # fmt: skip


def master(shown: str, name: str = "") -> bytes:
    """Return a slide, and what stands behind all slides."""
    root = (
        f"<office:document-styles {ODF}><office:master-styles><style:master-page>{shown}</style:master-page>"
        "</office:master-styles></office:document-styles>"
    )
    return odt(
        f"<draw:page {name}><text:p>Yes</text:p></draw:page>", "presentation", {"styles.xml": root}
    )


def sheet(
    cell: str = "",
    *,
    column: str = "",
    row: str = "",
    styles: str = "",
    table: str = "",
    text: str = "Yes",
) -> bytes:
    """Return a sheet of one cell."""
    return odt(
        f"<table:table {table}><table:table-column {column}/><table:table-row {row}><table:table-cell {cell}>"
        f"<text:p>{text}</text:p></table:table-cell></table:table-row></table:table>",
        "spreadsheet",
        styles=styles,
    )


def colored(color: str, name: str = "ce1") -> str:
    return style(name, f'fo:background-color="{color}"', "table-cell", kind="table-cell")


TEXT = odt("<text:p>not at all liable</text:p>")
YES = sheet()
CE1 = 'table:style-name="ce1"'
LINE = '<text:p>Yes<draw:line svg:x1="{}cm" svg:y1="1cm" svg:x2="3cm" svg:y2="1cm"/></text:p>'
TICK = (
    '<office:forms><form:form><form:checkbox form:id="c{}" form:label="Paid" {}/></form:form></office:forms>'
    "<text:p>Yes</text:p>"
)
BULLET = (
    '<text:list-style style:name="{}"><text:list-level-style-bullet text:level="1" text:bullet-char="{}"/>'
    "</text:list-style>"
)
LISTED = '<text:list text:style-name="{}"><text:list-item><text:p>Yes</text:p></text:list-item></text:list>'
CHANGED = (
    '<text:tracked-changes><text:changed-region text:id="{}"><text:{}/></text:changed-region></text:tracked-changes>\
<text:p>not <text:change-start text:change-id="{}"/>at all</text:p>'
)
MONEY = (
    '<number:number-style style:name="N1"><style:text-properties fo:color="{}"/><number:number/></number:number-style>'
    '<style:style style:name="ce1" style:family="table-cell" style:data-style-name="N1"/>'
)
CHOICE = (
    '<table:content-validations><table:content-validation table:name="{}" table:condition="{}"/>'
    "</table:content-validations><table:table><table:table-row><table:table-cell "
    'table:content-validation-name="{}"><text:p>Yes</text:p></table:table-cell></table:table-row></table:table>'
)
IMAGES = {"Pictures/a.png": b"one", "Pictures/b.png": b"two"}
IMAGE = '<draw:frame svg:x="1cm"><draw:image xlink:href="Pictures/{}.png"/></draw:frame>'
DIFFERENT_ODF = {
    "struck.odt": (written('style:text-line-through-style="solid" style:text-line-through-type="single"'), TEXT),
    "hidden.odt": (written('text:display="none"'), TEXT),
    "raised.odt": (written('style:text-position="super 58%"'), written('style:text-position="sub 58%"')),
    "red.odt": (written('fo:color="#ff0000"'), TEXT),
    "other-colour.odt": (written('fo:color="#ff0000"'), written('fo:color="#00ff00"')),
    "highlighted.odt": (written('fo:background-color="#ffff00"'), TEXT),
    "bold.odt": (written('fo:font-weight="bold"'), TEXT),
    "italic.odt": (written('fo:font-style="italic"'), TEXT),
    "underlined.odt": (written('style:text-underline-style="solid"'), TEXT),
    "capitals.odt": (written('fo:font-variant="small-caps"'), TEXT),
    "signs.odt": (written('style:font-name="Wingdings 2"'), TEXT),
    "elsewhere.odt": (
        odt('<text:p><text:span text:style-name="T">a</text:span>b</text:p>', styles=style("T", 'fo:color="#ff0000"')),
        odt('<text:p>a<text:span text:style-name="T">b</text:span></text:p>', styles=style("T", 'fo:color="#ff0000"')),
    ),
    "paragraph.odt": (
        odt('<text:p text:style-name="P">not</text:p>',
            styles=style("P", 'fo:background-color="#ff0000"', "paragraph", kind="paragraph")),
        odt("<text:p>not</text:p>"),
    ),
    "heading.odt": (odt('<text:h text:outline-level="1">Rent</text:h>'), odt("<text:p>Rent</text:p>")),
    "named.odt": (named(style("Strong", 'fo:font-weight="bold"')), named(style("Strong", 'fo:color="#ff0000"'))),
    "inherited.odt": (
        named(style("Base", 'fo:font-weight="bold"') + style("Strong", 'fo:font-size="9pt"', parent="Base")),
        named(style("Base", 'fo:color="#ff0000"') + style("Strong", 'fo:font-size="9pt"', parent="Base")),
    ),
    "section.odt": (
        odt('<text:section text:display="none"><text:p>Yes</text:p></text:section>'),
        odt("<text:section><text:p>Yes</text:p></text:section>"),
    ),
    "hidden-text.odt": (
        odt('<text:p>Yes<text:hidden-text text:string-value="no"/></text:p>'),
        odt("<text:p>Yes</text:p>"),
    ),
    "line.odt": (odt(LINE.format(1)), odt("<text:p>Yes</text:p>")),
    "line-elsewhere.odt": (odt(LINE.format(1)), odt(LINE.format(2))),
    "shape-filled.odp": (
        odt('<draw:rect draw:style-name="g"/><text:p>Yes</text:p>', "presentation",
            styles=style("g", 'draw:fill-color="#ff0000"', "graphic", kind="graphic")),
        odt('<draw:rect draw:style-name="g"/><text:p>Yes</text:p>', "presentation",
            styles=style("g", 'draw:fill-color="#00ff00"', "graphic", kind="graphic")),
    ),
    "shape-struck.odp": (
        odt('<draw:rect draw:style-name="g"><text:p>Yes</text:p></draw:rect>', "presentation",
            styles=style("g", 'style:text-line-through-style="solid"', "graphic")),
        odt('<draw:rect draw:style-name="g"><text:p>Yes</text:p></draw:rect>', "presentation",
            styles=style("g", "", "graphic")),
    ),
    "hidden-slide.odp": (
        odt('<draw:page draw:style-name="d"><text:p>Yes</text:p></draw:page>', "presentation",
            styles=style("d", 'presentation:visibility="hidden"', "drawing-page", kind="drawing-page")),
        odt('<draw:page draw:style-name="d"><text:p>Yes</text:p></draw:page>', "presentation"),
    ),
    "stamp.odp": (master("<draw:frame><text:p>DRAFT</text:p></draw:frame>"), master("")),
    "pictures-swapped.odp": (
        odt("<text:p>Yes</text:p>" + IMAGE.format("a") + IMAGE.format("b"), "presentation", IMAGES),
        odt("<text:p>Yes</text:p>" + IMAGE.format("b") + IMAGE.format("a"), "presentation", IMAGES),
    ),
    "ticked.odt": (odt(TICK.format(1, 'form:current-state="checked"')), odt(TICK.format(1, ""))),
    "bullet.odt": (
        odt(LISTED.format("L1"), styles=BULLET.format("L1", "\u2610")),
        odt(LISTED.format("L1"), styles=BULLET.format("L1", "\u2612")),
    ),
    "pending.odt": (odt(CHANGED.format(1, "insertion", 1)), odt("<text:p>not at all</text:p>")),
    "link.odt": (
        odt('<text:p><text:a xlink:href="https://a.org">Pay</text:a></text:p>'),
        odt('<text:p><text:a xlink:href="https://b.org">Pay</text:a></text:p>'),
    ),
    "cell.ods": (sheet(CE1, styles=colored("#ff0000")), sheet(CE1, styles=colored("#00ff00"))),
    "struck.ods": (
        sheet(CE1, styles=style("ce1", 'style:text-line-through-style="solid"', "table-cell")),
        sheet(CE1, styles=style("ce1", "", "table-cell")),
    ),
    "column.ods": (
        sheet(column='table:default-cell-style-name="ce1"', styles=colored("#ff0000")),
        sheet(column='table:default-cell-style-name="ce1"', styles=colored("#00ff00")),
    ),
    "format.ods": (sheet(CE1, styles=MONEY.format("#ff0000")), sheet(CE1, styles=MONEY.format("#00ff00"))),
    "merged.ods": (sheet('table:number-columns-spanned="2"'), YES),
    "hidden-row.ods": (sheet(row='table:visibility="collapse"'), YES),
    "hidden-column.ods": (sheet(column='table:visibility="collapse"'), YES),
    "hidden-sheet.ods": (
        sheet(table='table:style-name="ta1"', styles=style("ta1", 'table:display="false"', "table", kind="table")),
        sheet(table='table:style-name="ta1"', styles=style("ta1", 'table:display="true"', "table", kind="table")),
    ),
    "rounded.ods": (
        sheet('office:value-type="float" office:value="1.04"', text="1.0"),
        sheet('office:value-type="float" office:value="1.01"', text="1.0"),
    ),
    "rows.ods": (sheet(row='table:number-rows-repeated="3"'), YES),
    "choices.ods": (
        odt(CHOICE.format("val1", "yes;no", "val1"), "spreadsheet"),
        odt(CHOICE.format("val1", "yes;no;maybe", "val1"), "spreadsheet"),
    ),
}  # fmt: skip
BOLD = style("T1", 'fo:font-weight="bold"')
SAME_ODF = {
    "renamed.odt": (written('fo:font-weight="bold"', "T1"), written('fo:font-weight="bold"', "T7")),
    "unseen.odt": (
        written('fo:font-size="9pt" fo:language="de" style:font-name="Arial" fo:letter-spacing="1pt"'),
        TEXT,
    ),
    "plain.odt": (
        written('fo:font-weight="normal" style:text-underline-style="none" style:text-underline-width="auto" '
                'fo:color="#000000"'),
        TEXT,
    ),
    "cut.odt": (
        odt('<text:p>a<text:span text:style-name="T1">b c</text:span></text:p>', styles=BOLD),
        odt('<text:p>a<text:span text:style-name="T1">b</text:span><text:span text:style-name="T1"> </text:span>'
            '<text:span text:style-name="T1">c</text:span></text:p>', styles=BOLD),
    ),
    "of-paragraph.odt": (
        odt('<text:p text:style-name="P1">all</text:p>', styles=style("P1", 'fo:font-weight="bold"', "paragraph")),
        odt('<text:p text:style-name="P2"><text:span text:style-name="T1">all</text:span></text:p>',
            styles=BOLD + style("P2", "", "paragraph")),
    ),
    "marks-in-text.odt": (
        odt('<text:p>a<text:bookmark text:name="b"/><text:soft-page-break/>b</text:p>'),
        odt("<text:p>ab</text:p>"),
    ),
    "bullet.odt": (
        odt(LISTED.format("L1"), styles=BULLET.format("L1", "\u2610")),
        odt(LISTED.format("L5"), styles=BULLET.format("L5", "\u2610")),
    ),
    "ticked.odt": (
        odt(TICK.format(1, 'form:current-state="checked"')),
        odt(TICK.format(2, 'form:current-state="checked"')),
    ),
    "pending.odt": (odt(CHANGED.format(1, "insertion", 1)), odt(CHANGED.format(2, "insertion", 2))),
    "cell.ods": (
        sheet(CE1, styles=colored("#ff0000")),
        sheet('table:style-name="ce9"', styles=colored("#ff0000", "ce9")),
    ),
    "choices.ods": (
        odt(CHOICE.format("val1", "yes;no", "val1"), "spreadsheet"),
        odt(CHOICE.format("val2", "yes;no", "val2"), "spreadsheet"),
    ),
    "today.odp": (
        master("<draw:frame><text:p><text:date>1 May</text:date></text:p></draw:frame>", 'draw:name="page1"'),
        master("<draw:frame><text:p><text:date>2 May</text:date></text:p></draw:frame>", 'draw:name="page2"'),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", DIFFERENT_ODF)
def test_open_documents_that_look_different_are_not_the_same(name_of, name):  # noqa: F811
    one, other = DIFFERENT_ODF[name]
    assert not is_same_text(name_of(f"1-{name}", one), name_of(f"2-{name}", other))


@pytest.mark.parametrize("name", SAME_ODF)
def test_open_documents_saved_again_are_the_same(name_of, name):  # noqa: F811
    one, other = SAME_ODF[name]
    assert is_same_text(name_of(f"1-{name}", one), name_of(f"2-{name}", other))


def test_flat_documents_are_read_alike(name_of):  # noqa: F811
    def flat(color, author):
        return (
            f"<?xml version='1.0'?><office:document {ODF} xmlns:dc='http://purl.org/dc/elements/1.1/' "
            "office:mimetype='application/vnd.oasis.opendocument.text'>"
            f"<office:meta><dc:creator>{author}</dc:creator></office:meta><office:automatic-styles>"
            + style("T1", f'fo:color="{color}"')
            + "</office:automatic-styles><office:body><office:text><text:p>not <text:span text:style-name='T1'>"
            "at all</text:span></text:p></office:text></office:body></office:document>"
        )

    one = name_of("a.fodt", flat("#ff0000", "A"))
    assert is_same_text(one, name_of("b.fodt", flat("#ff0000", "B")))
    assert not is_same_text(one, name_of("c.fodt", flat("#00ff00", "A")))


def test_what_is_struck_out_is_not_the_same_in_any_format(name_of):  # noqa: F811
    struck = style("T1", 'style:text-line-through-style="solid"')
    body = '<text:p>He is <text:span text:style-name="T1">not</text:span> liable</text:p>'
    text, word = name_of("a.odt", odt(body, styles=struck)), docx(paragraph("He is not liable"))
    assert not is_same_text(text, name_of("a.docx", word))
    assert is_same_text(name_of("b.odt", odt(body)), name_of("a.docx", word))
    assert is_same_text(text, name_of("a.txt", "He is ~~not~~ liable"))
    assert not is_same_text(
        name_of("a.xlsx", cell_of('fontId="2"')), name_of("a.csv", "Costs\nYes\n")
    )
    assert is_same_text(name_of("b.xlsx", PLAIN), name_of("a.csv", "Costs\nYes\n"))


def test_what_is_drawn_by_hand_is_told(name_of):  # noqa: F811
    drawn = odt('<text:p>I agree<draw:path svg:d="m0 0c1 1 2 2 3 3"/></text:p>')
    assert not is_same_text(name_of("a.odt", drawn), name_of("a.docx", docx(paragraph("I agree"))))


def test_styles_that_name_each_other_come_to_an_end(name_of):  # noqa: F811
    circle = style("A", 'fo:color="#ff0000"', parent="B") + style("B", "", parent="A")
    deep = "".join(style(f"S{i}", 'fo:color="#ff0000"', parent=f"S{i - 1}") for i in range(3000))
    body = "".join(f'<text:span text:style-name="{name}">a</text:span>' for name in ("A", "S2999"))
    assert name_of("a.odt", odt(f"<text:p>{body}</text:p>", styles=circle + deep))


def test_spans_inside_of_spans_without_an_end_are_read(name_of):  # noqa: F811
    depth = 5000
    many = "".join(style(f"S{i}", f'fo:a{i}="{i}"') for i in range(depth))
    opened = "".join(f'<text:span text:style-name="S{i}">x' for i in range(depth))
    body = f"<text:p>{opened}{'</text:span>' * depth}</text:p>"
    assert name_of("a.odt", odt(body, styles=many, more={"Pictures/x.png": packed({})}))


def _ods_row(cells: str, times: int = 1) -> bytes:
    row = f"<table:table-row table:number-rows-repeated='{times}'>{cells}</table:table-row>"
    return odt(f"<table:table table:name='Costs'>{row}</table:table>", "spreadsheet")


def test_a_row_that_stands_for_several_is_the_same_as_no_single_one(name_of):  # noqa: F811
    cell = "<table:table-cell><text:p>Parking 10</text:p></table:table-cell>"
    book = name_of("a.xlsx", xlsx('<row><c t="str"><v>Parking 10</v></c></row>'))
    assert is_same_text(book, name_of("b.ods", _ods_row(cell)))
    assert not is_same_text(book, name_of("c.ods", _ods_row(cell, 3)))


def test_cells_after_gaps_of_other_widths_are_not_the_same(name_of):  # noqa: F811
    cell = "<table:table-cell><text:p>U</text:p></table:table-cell>"
    gap = "<table:table-cell table:number-columns-repeated='{}'/>" + cell
    one, other = (name_of(f"{times}.ods", _ods_row(gap.format(times))) for times in (58, 88))
    assert not is_same_text(one, other)


def test_comment_on_another_empty_cell_is_not_the_same(name_of):  # noqa: F811
    cell = "<table:table-cell><text:p>U</text:p></table:table-cell>"
    note = "<office:annotation><text:p>Not agreed</text:p></office:annotation>"
    commented, empty = f"<table:table-cell>{note}</table:table-cell>", "<table:table-cell/>"
    one, other, twice = (
        name_of(f"{number}.ods", _ods_row(cell + cells))
        for number, cells in enumerate(
            (commented + empty, empty + commented, commented + empty * 2)
        )
    )
    assert not is_same_text(one, other)
    assert is_same_text(one, twice)
