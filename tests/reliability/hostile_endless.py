"""Files that took time by the square of their length, or held numbers that no number may be: each a few hundred KB."""

from __future__ import annotations

import io
import zipfile

from tiny_files import odt, xlsx

from dedupe_app.records import SkipReason

WORDS = "The lessee keeps the roof in repair and pays for the chimney sweep each autumn. "
EMPTY = SkipReason.EMPTY


def endless() -> dict[str, tuple[bytes, set[SkipReason | None]]]:
    """Return the files with the reasons that each may end with."""
    head = "From: a@b.example\nSubject: Roof\nMIME-Version: 1.0\n"
    plain = f"{head}Content-Type: text/plain;"
    pieces = "".join(f" a*{n}*=utf-8''%41;\n" for n in range(30_000))
    long = "9" * 100_000
    files = {
        "marks.txt": "\u0f71\u0f72" * 300_000 + WORDS,
        "marks-in-one.txt": "\u0f73" * 300_000 + WORDS,
        "continued.eml": f"{plain}\n{pieces}\n{WORDS}",
        "parameters.eml": f"{plain} {'x=y; ' * 100_000}\n\n{WORDS}",
        "folded.eml": f"{head}To: x\n" + " y\n" * 500_000 + f"\n{WORDS}",
        "people.eml": f"To: {'<a@b.example>,' * 100_000}\nFrom: x\nSubject: x\n\n{WORDS}",
        "comments.eml": f"To: {'(' * 100_000}\nFrom: x\nSubject: x\n\n{WORDS}",
        "messages.eml": f"{head}Content-Type: message/rfc822\n\n" * 5000 + WORDS,
        "long-word.rtf": "{\\rtf1 \\" + "a" * 6_000_000 + f" {WORDS}}}",
        # Two that are compared, figure by figure.
        "figure-a.txt": f"{WORDS * 20} 2021-03-{long}8 {WORDS * 20}",
        "figure-b.txt": f"{WORDS * 20} 2021-3-{long}7 {WORDS * 20}",
    }
    one_sheet = xlsx(f'<row><c t="inlineStr" s="{long}"><is><t>{WORDS}</t></is></c></row>' * 9)
    found: dict[str, tuple[bytes, set[SkipReason | None]]] = {
        name: (text.encode(), {None, EMPTY}) for name, text in files.items()
    }
    return found | {
        "figures.xlsx": (one_sheet, {None}),
        "figures.odt": (odt(f'<text:p>a<text:s text:c="{long}"/>{WORDS}</text:p>'), {None}),
        "sheets.xlsx": (_many_sheets(), {None}),
    }


def _many_sheets() -> bytes:
    """Return a workbook whose 50,000 sheets are all the same part."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx("<row><c><v>7</v></c></row>" * 500))) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            data = source.read(name)
            if name == "xl/workbook.xml":
                data = data.replace(
                    b'<sheet name="Costs" r:id="a"/>', b'<sheet name="Costs" r:id="a"/>' * 50_000
                )
            target.writestr(name, data)
    return buffer.getvalue()
