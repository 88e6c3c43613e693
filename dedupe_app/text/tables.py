"""CSV and TSV to one line per row, cells parted by tabs, whatever the delimiter and the encoding.

kreuzberg is not used: it repeats the column names in each row.
"""

from __future__ import annotations

import csv
import io
from itertools import islice

from dedupe_app.text.plain import decode
from dedupe_app.text.reading import Reading, Source

_DELIMITERS = ",;\t|"
_SAMPLE_CHARS = 20_000
_SAMPLE_ROWS = 50


def read_table(source: Source) -> Reading:
    """Return the rows of a CSV or TSV file."""
    text = decode(source.data).replace("\0", "")
    delimiter = "\t" if source.format == "tsv" else _delimiter(text[:_SAMPLE_CHARS])
    csv.field_size_limit(max(csv.field_size_limit(), source.limits.text_chars))
    rows: list[str] = []
    try:
        rows.extend(
            "\t".join(" ".join(cell.split()) for cell in row).rstrip("\t")
            for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        )
    except csv.Error:
        return Reading(text)
    return Reading("\n".join(rows))


def _delimiter(sample: str) -> str:
    """Return the delimiter that cuts the most rows into the same number of cells, above one."""
    lines = sample.splitlines()
    if lines and lines[0].lower().startswith("sep=") and len(lines[0]) == 5:
        return lines[0][4]
    scores = {mark: _evenness(sample, mark) for mark in _DELIMITERS}
    return max(_DELIMITERS, key=lambda mark: scores[mark])


def _evenness(sample: str, delimiter: str) -> tuple[int, int]:
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    try:
        widths = [len(row) for row in islice(reader, _SAMPLE_ROWS) if row]
    except csv.Error:
        return (0, 0)
    wide = [width for width in widths if width > 1]
    if not wide:
        return (0, 0)
    usual = max(set(wide), key=wide.count)
    return (wide.count(usual), usual)
