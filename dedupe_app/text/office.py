"""DOC, PPT, MSG, and the XLS that xlrd does not read, through kreuzberg, from memory; never cache, OCR or downloads."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from dedupe_app.text.reading import Reading, Source, damaged, encrypted
from dedupe_app.text.word97 import stored_text

if TYPE_CHECKING:
    import kreuzberg

_MIMETYPES = {
    "doc": "application/msword",
    "ppt": "application/vnd.ms-powerpoint",
    "xls": "application/vnd.ms-excel",
    "msg": "application/vnd.ms-outlook",
}
_FIELD = re.compile(
    r" ?(?:HYPERLINK|PAGEREF|REF|NOTEREF|INCLUDEPICTURE|SEQ|TOC|EMBED|SHAPE)(?:\s+\\[a-z*]"
    r'|\s+"[^"\n]{0,2000}"|\s+_\w+|\s+\\\*\s*MERGEFORMAT)+ ?'
)
_SHAPE = re.compile(r"(?:^| )SHAPE ?(?:\\\* MERGEFORMAT|$)", re.M)

# Of headers, notes and boxes of one document.
_MOST_LINES = 5000
_ROW_END = re.compile(r"\t\t+")  # cells end with one tab, rows with one more


def read_office(source: Source) -> Reading:
    """Return the text of a document in one of the older Office formats.

    Raises:
        UnreadableError: It is damaged or encrypted.
    """
    import kreuzberg  # 100 MB of library: only where it is needed

    try:
        result = kreuzberg.extract_bytes_sync(
            source.data, _MIMETYPES[source.format], config=_config()
        )
    except kreuzberg.KreuzbergError as error:
        if "encrypt" in str(error).lower() or "password" in str(error).lower():
            raise encrypted() from error
        raise damaged(f"the {source.format.upper()} file cannot be read") from error
    text: str = result.content
    if source.format == "doc":
        return _read_doc(text, source.data)
    if source.format == "xls":
        text = text.replace(" 00:00:00", "")  # a day, as the cell shows it
    return Reading(text)


def _read_doc(text: str, data: bytes) -> Reading:
    """Return the text of a DOC with its headers, notes, comments and boxes, which kreuzberg leaves out."""
    body, rest = stored_text(data)
    read = _well_read(without_fields(text), body)
    known = _letters(read)
    lines = [line.strip() for line in rest.split("\n")[:_MOST_LINES]]
    more = [
        line
        for line in dict.fromkeys(lines)
        if not line.isdecimal() and _letters(line) not in known
    ]
    return Reading("\n".join([_ROW_END.sub("\n", read), *more]))


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def without_fields(text: str) -> str:
    """Drop the field codes that kreuzberg leaves in the text of a DOC."""
    return _FIELD.sub(" ", _SHAPE.sub("", text))


def _well_read(text: str, stored: str) -> str:
    """Return the text as stored where kreuzberg took it for another encoding: then most of its words are missing."""
    words = set(stored.split())
    return stored if 2 * len(words & set(text.split())) < len(words) else text


@functools.cache
def _config() -> kreuzberg.ExtractionConfig:
    import kreuzberg

    return kreuzberg.ExtractionConfig(output_format="plain", use_cache=False, disable_ocr=True)  # type: ignore[call-arg]
