"""Make the sample documents again: resources/samples and tests/data/documents.

The results are committed, and LibreOffice writes new bytes each time: run this only to change them.
From the system it needs pandoc, LibreOffice (writer, calc, impress, python3-uno), poppler-utils,
qpdf and the fonts Carlito, Caladea and Noto CJK; in a virtual environment of its own it needs
extract-msg, msoffcrypto-tool and Pillow.

What belongs together is written down in tests/data/samples_truth.csv, which is kept by hand.
"""

import csv
import io
import json
import math
import shutil
import struct
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Iterator
from datetime import datetime
from email import message_from_string, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

import msoffcrypto
from extract_msg import OleWriter
from olefile import OleFileIO
from PIL import Image, ImageDraw, ImageFilter

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "packaging" / "samples_source"
SAMPLES = ROOT / "resources" / "samples"
DOCUMENTS = ROOT / "tests" / "data" / "documents"
TRUTH = ROOT / "tests" / "data" / "samples_truth.csv"

PASSWORD = "mill"
MAIL_HEAD = "From: {0}\nTo: {1}\nDate: {2}\nSubject: {3}\n\n"
CSV_IN = "CSV:44,34,76,1"  # comma, double quote, UTF-8, from the first line
OFFICE_FILTERS = {"doc": "doc:MS Word 97", "xls": "xls:MS Excel 97", "ppt": "ppt:MS PowerPoint 97"}


def text(name: str) -> str:
    """Return one source text."""
    return (SOURCE / name).read_text("utf-8")


def table(name: str) -> dict[str, list]:
    """Return one table of values for a template."""
    return tomllib.loads(text(name))


def command(*words: str | Path, stdin: str = "") -> None:
    """Run a program; its failure is ours."""
    subprocess.run([str(word) for word in words], input=stdin.encode(), check=True,
                   stdout=subprocess.DEVNULL)  # fmt: skip


# --- formats --------------------------------------------------------------------------------------


def write(content: str, target: Path) -> None:
    """Write text as it is."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(content, "utf-8")


def copy(source: Path, target: Path) -> None:
    """Make a second file of the same bytes."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def pandoc(markdown: str, target: Path) -> None:
    """Write Markdown in a format that pandoc knows by the target's suffix."""
    target.parent.mkdir(parents=True, exist_ok=True)
    heading = markdown.split("\n", 1)[0].lstrip("#% ")
    command("pandoc", "-s", "-f", "markdown-auto_identifiers", "-V", "lang=en", "-M",
            f"pagetitle={heading}", "-o", target, stdin=markdown)  # fmt: skip


def office(source: Path, target: Path, infilter: str = "") -> None:
    """Convert a file with LibreOffice to the format of the target's suffix."""
    target.parent.mkdir(parents=True, exist_ok=True)
    suffix = target.suffix[1:]
    with tempfile.TemporaryDirectory() as folder:
        words = [f"--infilter={infilter}"] if infilter else []
        command("soffice", profile(folder), "--headless", *words, "--convert-to",
                OFFICE_FILTERS.get(suffix, suffix), "--outdir", folder, source)  # fmt: skip
        shutil.move(Path(folder, source.stem).with_suffix(target.suffix), target)


def profile(folder: str) -> str:
    """Return the option that keeps LibreOffice away from the user's own settings."""
    return f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"


def through_docx(markdown: str, target: Path) -> None:
    """Write Markdown through Word's format, for what pandoc cannot write well itself."""
    with tempfile.TemporaryDirectory() as folder:
        middle = Path(folder, target.stem + ".docx")
        pandoc(markdown, middle)
        office(middle, target)


def scan(markdown: str, target: Path, signed: bool = False) -> None:
    """Write a PDF that holds only the picture of the text's last page, as from an old scanner."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "page.pdf")
        through_docx(markdown, page)
        command("pdftoppm", "-r", "80", "-gray", "-png", page, Path(folder, "page"))
        with Image.open(max(Path(folder).glob("page-*.png"))) as picture:
            sheet = picture.convert("L")
    if signed:
        pen = ImageDraw.Draw(sheet)
        for left, top in ((330, 150), (330, 195)):
            curve = [(0.3 * i, math.sin(i / 3 + left) * (14 - i / 20)) for i in range(260)]
            points = [(left + x + 9 * math.sin(x), top + y) for x, y in curve]
            pen.line(points, fill=60, width=2, joint="curve")
    sheet = sheet.rotate(0.8, fillcolor=245).filter(ImageFilter.GaussianBlur(0.4))
    target.parent.mkdir(parents=True, exist_ok=True)
    sheet.save(target, "PDF", resolution=80, quality=40)


def mail(source: str, target: Path) -> None:
    """Write a mail, given as headers and text, as .eml or .msg."""
    target.parent.mkdir(parents=True, exist_ok=True)
    parts = message_from_string(source)
    if target.suffix == ".msg":
        body = str(parts.get_payload())
        outlook(target, parts["From"], parts["To"], parts["Date"], parts["Subject"], body)
        return
    message = EmailMessage(policy.SMTP)
    for name, value in parts.items():
        message[name] = value
    sent = parsedate_to_datetime(parts["Date"])
    message["Message-ID"] = f"<{sent:%Y%m%d%H%M}@marrowlane.example>"
    message.set_content(parts.get_payload())
    target.write_bytes(message.as_bytes())


def outlook(target: Path, sender: str, to: str, date: str, subject: str, body: str) -> None:
    """Write a mail as Outlook saves it: an OLE file with one stream per property (MS-OXMSG)."""
    sender_name, sender_address = sender.rstrip(">").split(" <")
    to_name, to_address = to.rstrip(">").split(" <")
    epoch = datetime.fromisoformat("1601-01-01T00:00:00+00:00")
    ticks = int((parsedate_to_datetime(date) - epoch).total_seconds()) * 10**7
    head = MAIL_HEAD.format(sender, to, date, subject).replace("\n", "\r\n")
    strings = {0x001A: "IPM.Note", 0x0037: subject, 0x0E1D: subject, 0x0042: sender_name,
               0x0064: "SMTP", 0x0065: sender_address, 0x0C1A: sender_name, 0x0C1E: "SMTP",
               0x0C1F: sender_address, 0x0E04: to_name, 0x007D: head,
               0x1000: body.replace("\n", "\r\n")}  # fmt: skip
    numbers = {0x0E07_0003: 1, 0x340D_0003: 0x40000, 0x3FDE_0003: 65001,
               0x0039_0040: ticks, 0x0E06_0040: ticks}  # fmt: skip
    receiver = {0x3001: to_name, 0x3002: "SMTP", 0x3003: to_address, 0x39FE: to_address}
    ole = OleWriter()
    ole.addEntry("__nameid_version1.0", storage=True)
    for kind in ("0002", "0003", "0004"):
        ole.addEntry(["__nameid_version1.0", f"__substg1.0_{kind}0102"], b"")
    ole.addEntry("__recip_version1.0_#00000000", storage=True)
    properties(ole, [], struct.pack("<8x4I8x", 1, 0, 1, 0), strings, numbers)
    properties(ole, ["__recip_version1.0_#00000000"], bytes(8), receiver, {0x0C15_0003: 1})
    ole.write(str(target))


def properties(
    ole: OleWriter, folder: list[str], head: bytes, strings: dict[int, str], numbers: dict[int, int]
) -> None:
    """Add the properties of one object of an Outlook file."""
    rows = [struct.pack("<IIQ", tag, 6, value) for tag, value in numbers.items()]
    for number, value in strings.items():
        data = value.encode("utf-16-le")
        rows.append(struct.pack("<IIII", number << 16 | 0x1F, 6, len(data) + 2, 0))
        ole.addEntry([*folder, f"__substg1.0_{number:04X}001F"], data)
    ole.addEntry([*folder, "__properties_version1.0"], head + b"".join(rows))


# --- texts ----------------------------------------------------------------------------------------


def agreements() -> Iterator[str]:
    """Yield the four versions of the service agreement."""
    content = text("service-agreement.md")
    yield content
    for edits in table("service-agreement.toml").values():
        for old, new in edits:
            if content.count(old) != 1:
                raise ValueError(f"{old!r} is not in the agreement once")
            content = content.replace(old, new)
        yield content


def minutes() -> dict[str, str]:
    """Return the minutes of the board by month."""
    months = table("minutes.toml")
    return {month: text("minutes.md").format(**values) for month, values in months.items()}


def invoice(values: dict) -> str:
    """Return an invoice with its sums."""
    items = values["items"]
    rows = ["| Description | Quantity | Price | Amount |", f"|:{'-' * 50}|{'---------:|' * 3}"]
    rows += [f"| {what} | {n} | {price:.2f} | {n * price:.2f} |" for what, n, price in items]
    net = sum(n * price for _, n, price in items)
    sums = {"net": f"{net:.2f}", "tax": f"{net * 0.2:.2f}", "total": f"{net * 1.2:.2f}"}
    return text("invoice.md").format(lines="\n".join(rows), **sums, **values)


def chapter(report: str, heading: str) -> str:
    """Return one chapter of the report."""
    start = report.index(f"# {heading}")
    return report[start : report.index("\n# ", start + 1)].strip() + "\n"


def plain(markdown: str) -> str:
    """Return Markdown as somebody would paste it into a text file."""
    words = ["pandoc", "-t", "plain", "--columns=76"]
    return subprocess.run(words, input=markdown, text=True, capture_output=True, check=True).stdout


# --- the small office -----------------------------------------------------------------------------


def make_samples() -> None:
    """Write the folders of the small office."""
    contracts, board, desktop = SAMPLES / "Contracts", SAMPLES / "Board", SAMPLES / "Desktop"
    personnel, research = SAMPLES / "Personnel", SAMPLES / "Research 论文"
    letters, mails = SAMPLES / "Archive 2019", SAMPLES / "Mail"

    v1, v2, v3, v4 = agreements()
    agreement = "Service agreement - Northwind"
    third = contracts / f"2024/{agreement} v3.docx"
    through_docx(v1, contracts / f"2023/{agreement} v1.doc")
    pandoc(v2, contracts / f"2024/{agreement} v2.odt")
    pandoc(v3, third)
    copy(third, desktop / "old/Northwind SA v3 (copy).docx")
    through_docx(v4, contracts / f"2024/{agreement} v4 (final).pdf")
    scan(v4, contracts / "2024/Northwind_SA_signed scan.pdf", signed=True)
    through_docx(text("lease.md"), contracts / "Lease Goose Acre.rtf")

    report = text("annual-report.md")
    pandoc(report, board / "Annual report 2023.docx")
    office(board / "Annual report 2023.docx", board / "Annual report 2023.pdf")
    pandoc(report, board / "Published/report-2023.epub")
    write(plain(chapter(report, "3 ")), desktop / "reading room (from the report).txt")

    months = minutes()
    pandoc(months["january"], board / "Board minutes 2024-01.docx")
    pandoc(months["february"], board / "Board minutes 2024-02.docx")
    write(plain(months["march"]), desktop / "minutes march.txt")
    through_docx("\n\n".join(months.values()), board / "Board minutes Q1 2024.pdf")
    pandoc(text("fire-drill.md"), board / "Fire drill.pptx")

    for values in table("invoices.toml")["invoice"]:
        name = f"{values['number']} {values['client'].split(',')[0]}.pdf"
        through_docx(invoice(values), SAMPLES / "Invoices" / name)
    for values in table("offers.toml")["offer"]:
        pandoc(text("offer.md").format(**values), personnel / f"Offer {values['name']}.docx")

    pandoc(text("letter.md"), letters / "letter.odt")
    copy(letters / "letter.odt", desktop / "old/letter (1).odt")
    write("", desktop / "old/New document.txt")

    write(text("cuda.en.md"), research / "faq/install-cuda-driver.md")
    write(text("cuda.zh.md"), research / "faq/如何安装CUDA驱动.md")
    write(text("cuda.de.md"), research / "faq/CUDA-Treiber installieren.md")
    pandoc(text("wet-paper.md"), research / "Drying wet paper.docx")
    pandoc(text("tide-mills.md"), research / "Tide mills.html")
    write(text("accessions.csv"), research / "Accessions 2023.csv")
    office(SOURCE / "accessions.csv", board / "Accessions 2023.xlsx", CSV_IN)
    mail(text("wet-paper-mail.txt"), mails / "Your soggy minute books.eml")
    mail(text("lunch-mail.txt"), mails / "Lunch for the harbour festival.msg")


# --- one file per format --------------------------------------------------------------------------


def make_documents() -> None:
    """Write the same short text once in each format that the program reads."""
    source = text("mill.md")
    titled = source.replace("# ", "% ", 1)
    base = DOCUMENTS / "lease"
    for suffix in (".txt", ".md"):
        write(plain(source) if suffix == ".txt" else source, base.with_suffix(suffix))
    for suffix in (".rst", ".html", ".docx", ".odt", ".epub", ".tex", ".pptx"):
        pandoc(source if suffix == ".pptx" else titled, base.with_suffix(suffix))
    for suffix in (".pdf", ".doc", ".rtf"):
        office(base.with_suffix(".docx"), base.with_suffix(suffix))
    for suffix in (".ppt", ".odp"):
        office(base.with_suffix(".pptx"), base.with_suffix(suffix))
    without_thumbnail(base.with_suffix(".ppt"))
    structured(source, base)
    for suffix in (".xlsx", ".xls", ".ods"):
        office(base.with_suffix(".csv"), base.with_suffix(suffix), CSV_IN)
    head = ("Jürgen Müßig <juergen@mill.example>", "The parish <clerk@hamble.example>",
            "Mon, 02 Oct 2023 09:30:00 +0000", "Lease of the mill")  # fmt: skip
    for suffix in (".eml", ".msg"):
        mail(MAIL_HEAD.format(*head) + plain(source), base.with_suffix(suffix))
    scan(source, DOCUMENTS / "lease-scan.pdf")
    protect(base)


def without_thumbnail(target: Path) -> None:
    """Drop the summary of an Office 97 file: its picture is 20 times as large as the rest."""
    ole = OleWriter()
    ole.fromOleFile(OleFileIO(io.BytesIO(target.read_bytes())))
    ole.deleteEntry("\x05SummaryInformation")
    ole.write(str(target))


def structured(source: str, base: Path) -> None:
    """Write the text as rows and as data."""
    heading, first, second, *rest = [block for block in source.strip().split("\n\n") if block]
    grid = [[cell.strip() for cell in line.strip("|").split("|")] for line in rest[0].splitlines()]
    head, _, *figures = grid
    items = [line.removeprefix("- ") for line in rest[1].splitlines()]
    heading = heading.removeprefix("# ")

    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(
        [[heading], [first], [second], head, *figures, *([item] for item in items)]
    )
    write(stream.getvalue(), base.with_suffix(".csv"))
    rents = [dict(zip(head, row, strict=True)) for row in figures]
    data = {"heading": heading, "paragraphs": [first, second], "table": rents, "list": items}
    write(json.dumps(data, ensure_ascii=False, indent=2) + "\n", base.with_suffix(".json"))

    write(f"heading: {heading}\nparagraphs:\n" + bullets((first, second)) + "table:\n"
          + bullets("{" + ", ".join(f"{k}: {v}" for k, v in row.items()) + "}" for row in rents)
          + "list:\n" + bullets(items), base.with_suffix(".yaml"))  # fmt: skip
    lines = [f"  <title>{heading}</title>", f"  <para>{first}</para>", f"  <para>{second}</para>"]
    lines += ["  <row>" + "".join(f"<cell>{cell}</cell>" for cell in row) + "</row>"
              for row in (head, *figures)]  # fmt: skip
    lines += [f"  <item>{item}</item>" for item in items]
    xml = ['<?xml version="1.0" encoding="UTF-8"?>', "<lease>", *lines, "</lease>", ""]
    write("\n".join(xml), base.with_suffix(".xml"))
    wrapped = plain(f"{first}\n\n{second}\n")
    rows = "".join(f"    {tuple(row)!r},\n" for row in (head, *figures)).replace("'", '"')
    names = "".join(f'    "{item}",\n' for item in items)
    write(f'"""{heading}.\n\n{wrapped}"""\n\nRENT = (\n{rows})\nITEMS = (\n{names})\n',
          base.with_suffix(".py"))  # fmt: skip


def bullets(values: Iterable[str]) -> str:
    """Return a YAML list."""
    return "".join(f"  - {value}\n" for value in values)


def protect(base: Path) -> None:
    """Write the files that ask for a password."""
    for suffix in (".docx", ".xlsx"):
        target = base.with_name("lease-password" + suffix)
        with base.with_suffix(suffix).open("rb") as source, target.open("wb") as out:
            msoffcrypto.OfficeFile(source).encrypt(PASSWORD, out)
    command("qpdf", "--encrypt", PASSWORD, PASSWORD, "256", "--", base.with_suffix(".pdf"),
            base.with_name("lease-password.pdf"))  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        words = ["soffice", profile(folder), "--headless", "--accept=pipe,name=samples;urp;"]
        with subprocess.Popen(words) as server:
            command("/usr/bin/python3", SOURCE / "encrypt_odt.py", "samples",
                    base.with_suffix(".odt"), base.with_name("lease-password.odt"),
                    PASSWORD)  # fmt: skip
            server.wait(60)


def check() -> None:
    """Compare the list of what belongs together with the files that were made."""
    with TRUTH.open(encoding="utf-8", newline="") as file:
        listed = {row["path"] for row in csv.DictReader(file)}
    made = {path.relative_to(SAMPLES).as_posix() for path in SAMPLES.rglob("*") if path.is_file()}
    if listed != made:
        sys.exit(f"{TRUTH.name} and the samples differ: {sorted(listed ^ made)}")


if __name__ == "__main__":
    for tree in (SAMPLES, DOCUMENTS):
        shutil.rmtree(tree, ignore_errors=True)
    make_samples()
    make_documents()
    check()
