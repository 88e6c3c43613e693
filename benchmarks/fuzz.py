"""Feeds broken files and odd texts to the readers and the text stage for some minutes; prints what did not hold.

    python benchmarks/fuzz.py [--minutes 30] [--seed 1]

Every file must end with a text or a reason, every text must survive canonicalisation, tokens, hashes and sketches, and
nothing may take long. Runs in reader processes, so that a crash is a finding and not the end.
"""

from __future__ import annotations

import argparse
import logging
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "tests" / "text"))

from tiny_files import docx, epub, noted_pdf, odt, paragraph, pdf, pptx, xlsx

from dedupe_app.records import Skipped
from dedupe_app.settings import ReadLimits
from dedupe_app.text.pool import ReaderPool

LIMITS = ReadLimits(seconds=20)
SLOW_SECONDS = 5.0
WORDS = "The tenant pays 1,200.50 on 2024-05-02; Räume, 賃料 und Übergabe – without deduction. "
SIGNS = [
    *(
        "[",
        "![",
        "](",
        ")",
        "(",
        "<a ",
        "</",
        "<br",
        "-\n",
        "....",
        "\f",
        "#1\n",
        "\r",
        "\t",
        "\u00ad",
        "\u2028",
    ),
    *(
        "e\u0301",
        "\u0301",
        "\u1100",
        "ß",
        "İ",
        "ﬁ",
        "\u200b",
        "\u202e",
        "\ufeff",
        "\x00",
        "\ud7ff",
        "\U0010ffff",
    ),
    *(
        "१२",
        "٣",
        "１",
        "-5",
        "3.14",
        "1,000",
        "٫",
        "½",
        "²",
        "a",
        "Z",
        "文",
        "ア",
        "ก",
        " ",
        "\n",
        "'",
        "’",
        "€",
        "☑",
        "\uf0a8",
        "<",
        "%",
        "+",
        "KS-\n2",
        "\n> ",
        "Fwd: ",
        "From: a@b\n",
    ),
]
RTF = (
    "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 A;}}\\f0 "
    + WORDS.encode("ascii", "ignore").decode()
    + "\\par}"
)
MAIL = f"From: a@b.example\nTo: c@d.example\nSubject: =?utf-8?q?x?=\nMIME-Version: 1.0\n\n{WORDS * 5}\n"
PAGE = f"<!DOCTYPE html><html><body><div><p>{WORDS}</p><table><tr><td>a<td>b</table><ul><li>x</ul></div>"
FEED = f'<?xml version="1.0" encoding="utf-8"?><a b="c"><d>{WORDS}</d><!-- x --><![CDATA[y]]></a>'
FIELD = (
    '<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:checked/></w:checkBox>'
    '<w:ddList><w:result w:val="1"/><w:listEntry w:val="x"/><w:listEntry w:val="y"/></w:ddList>'
    '</w:ffData></w:fldChar><w:sym w:char="F0FE"/></w:r></w:p>'
)
BASES = {
    "docx": docx(paragraph(WORDS * 5)),
    "form.docx": docx(paragraph(WORDS) + FIELD, {"comments": ("c.xml", f"<w:r>{FIELD}</w:r>")}),
    "odt": odt(f"<text:p>{WORDS * 5}</text:p>"),
    "epub": epub({"a.xhtml": f"<html><body><p>{WORDS * 5}</p></body></html>"}),
    "pptx": pptx(WORDS, WORDS),
    "xlsx": xlsx('<row><c t="inlineStr"><is><t>x</t></is></c><c s="1"><v>45000</v></c></row>'),
    "pdf": pdf("one two three", "four five six"),
    "form.pdf": noted_pdf(
        "one two",
        "/Subtype/Widget/FT/Tx/T(a)/V(three)",
        "/Subtype/Widget/FT/Btn/T(b)/V/Yes/AS/Yes/AP<</N<</Yes 3 0 R>>>>",
        "/Subtype/Widget/FT/Ch/T(c)/V(x)/Opt[(x)(y)]",
        "/Subtype/Text/Contents(four)",
    ),
    "rtf": RTF.encode(),
    "eml": MAIL.encode(),
    "html": PAGE.encode(),
    "xml": FEED.encode(),
    "csv": ("a;b;c\n" + '1;"x ""y"" z";3\n' * 20).encode(),
    "txt": (WORDS * 20).encode(),
    "md": f"# Title\n\n{WORDS}\n\n* [a](b) ![c](d)\n".encode(),
}


def broken(chance: random.Random, data: bytes) -> bytes:
    """Return the bytes with some of them flipped, cut, repeated, swapped or filled in."""
    out = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16, 64))):
        if not out:
            break
        start = chance.randrange(len(out))
        end = min(len(out), start + chance.choice((1, 2, 8, 64, 512)))
        kind = chance.randrange(6)
        if kind == 0:
            out[start] ^= 1 << chance.randrange(8)
        elif kind == 1:
            out[start:end] = chance.randbytes(end - start)
        elif kind == 2:
            del out[start:end]
        elif kind == 3:
            out[start:start] = out[start:end] * chance.choice((1, 3, 50))
        elif kind == 4:
            out[start:end] = chance.choice(
                (b"\xff\xff\xff\xff", bytes(4), b"<!--", b"]]>", b"\\u-1?", b"&x;")
            )
        else:
            del out[max(1, start) :]
    return bytes(out)


def odd_text(chance: random.Random) -> str:
    """Return a text of odd signs, some of them many times."""
    parts = []
    for _ in range(chance.randrange(1, 30)):
        many = chance.choice((1, 1, 1, 2, 3, 10, 200)) if chance.random() < 0.97 else 20_000
        parts.append("".join(chance.choices(SIGNS, k=chance.randrange(1, 4))) * many)
    return "".join(parts)


def examine_text(text: str) -> None:
    """Send a text through everything that is made of texts; raise where something does not hold."""
    from dedupe_app.embed.lexical import lexical_vector
    from dedupe_app.text.canonical import canonicalise, normalise
    from dedupe_app.text.fingerprint import shingles, sketch, text_hash
    from dedupe_app.text.tokens import joined, tokenise

    text.encode()  # the library keeps UTF-8
    tokens = tokenise(canonicalise(text))
    [tokens.word(index) for index in range(min(len(tokens), 1000))]
    hashes = shingles(tokens)
    kept, shift = sketch(hashes)
    assert len(kept) <= len(hashes), "the sketch is larger than what it is of"
    assert shift >= 3, "the shift is too small"
    assert bool(text_hash(text)) == bool(text_hash(normalise(text))), (
        "normalised twice, letters went"
    )
    if "-" not in text and "\u00ad" not in text and "\u2010" not in text:
        assert text_hash(text) == text_hash(text.replace("\n", " \n ")), "spaces made another text"
    lexical_vector(joined(tokens), tokens.hashes)


def examine(seed: int) -> tuple[str, str, str, float]:
    """Make one file of a seed and read it; return its kind, how it ended, what was wrong, and processor seconds."""
    from dedupe_app.text.extract import extract

    chance = random.Random(seed)
    start = time.process_time()
    if chance.random() < 0.4:
        examine_text(odd_text(chance))
        return "text", "held", "", time.process_time() - start
    kind = chance.choice(list(BASES))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"broken.{kind}")
        path.write_bytes(broken(chance, BASES[kind]))
        found = extract(path, LIMITS)
    if not isinstance(found, Skipped):
        examine_text(found.text)
        return kind, "text", "", time.process_time() - start
    failed = "reader failed" if "its reader failed" in found.detail else ""
    return kind, found.reason.value, failed, time.process_time() - start


def main() -> None:
    """Run until the time is up; print a table, and each finding with its seed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    logging.basicConfig(format="%(message)s", level=logging.ERROR)
    end = time.monotonic() + 60 * chosen.minutes
    counts: Counter[tuple[str, str]] = Counter()
    findings = 0

    def seeds():  # noqa: ANN202
        number = chosen.seed * 100_000_000
        while time.monotonic() < end:
            number += 1
            yield number, number

    with ReaderPool(examine, LIMITS, 1) as pool:
        for seed, result in pool.map(seeds()):
            if isinstance(result, Skipped):
                findings += 1
                counts["?", result.reason.value] += 1
                print(f"FINDING seed {seed}: {result.reason} {result.detail}", flush=True)
                continue
            kind, how, wrong, seconds = result
            counts[kind, how] += 1
            if wrong or seconds > SLOW_SECONDS:
                findings += 1
                print(f"FINDING seed {seed}: {kind} {how} {wrong} {seconds:.1f} s", flush=True)
    for (kind, how), count in sorted(counts.items()):
        print(f"{kind:6} {how:12} {count:8,}")
    print(f"{sum(counts.values()):,} inputs in {chosen.minutes:g} minutes, {findings} findings")


if __name__ == "__main__":
    main()
