"""Turns one file into text. Never raises for a bad file: returns Skipped with a reason.

Called in a reader process (dedupe_app.text.pool); opens one file for reading and writes nothing.
"""

from __future__ import annotations

import errno
import logging
import os
import stat
from typing import TYPE_CHECKING

from dedupe_app.records import Extracted, Skipped, SkipReason
from dedupe_app.text import sniff
from dedupe_app.text.archives import Archive, archive_format
from dedupe_app.text.epub import read_epub
from dedupe_app.text.exact import name_exactly
from dedupe_app.text.mail import read_mail
from dedupe_app.text.markup import read_html, read_xml
from dedupe_app.text.office import read_office
from dedupe_app.text.old_sheets import read_xls
from dedupe_app.text.opendocument import read_opendocument
from dedupe_app.text.pdf import read_pdf
from dedupe_app.text.plain import clean, read_plain
from dedupe_app.text.reading import FEW_CHARS, Source, UnreadableError, size_text, trace_of
from dedupe_app.text.rtf import read_rtf
from dedupe_app.text.sheets import read_xlsx
from dedupe_app.text.slides import read_pptx
from dedupe_app.text.tables import read_table
from dedupe_app.text.word import read_docx

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path, PurePath

    from dedupe_app.settings import ReadLimits
    from dedupe_app.text.reading import Reading

logger = logging.getLogger(__name__)

SUPPORTED = sniff.SUFFIXES
HEAD_BYTES = sniff.HEAD_BYTES

_READERS: dict[str, Callable[[Source], Reading]] = {
    "csv": read_table,
    "doc": read_office,
    "docx": read_docx,
    "eml": read_mail,
    "epub": read_epub,
    "html": read_html,
    "mbox": read_mail,
    "msg": read_office,
    "odp": read_opendocument,
    "ods": read_opendocument,
    "odt": read_opendocument,
    "pdf": read_pdf,
    "ppt": read_office,
    "pptx": read_pptx,
    "rtf": read_rtf,
    "tsv": read_table,
    "xls": read_xls,
    "xlsx": read_xlsx,
    "xml": read_xml,
}
_OPEN_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_NOT_REGULAR = "Not an ordinary file (a folder, pipe, socket or device)."
_PICTURES = (b"/media/image", b"Pictures/")
_NO_TEXT = Skipped(SkipReason.EMPTY, "Holds no text.")
_NO_TEXT_YET = Skipped(SkipReason.TOO_LARGE, "No text as far as it was read; there is more of it.")
_OS_ERRORS = {
    errno.ELOOP: (SkipReason.UNSUPPORTED, "A link that leads back to itself."),
    errno.ENXIO: (SkipReason.UNSUPPORTED, _NOT_REGULAR),
    errno.ENOMEM: (SkipReason.TOO_LARGE, "Needs more memory than one file may use."),
}


def format_of(path: PurePath) -> str:
    """Return the format that the name promises: "html" for page.HTM, "" without a suffix."""
    return sniff.format_of(path)


def extract(path: Path, limits: ReadLimits) -> Extracted | Skipped:
    """Return the text of a file, or the reason why there is none."""
    try:
        return _extract(path, limits)
    except UnreadableError as error:
        return Skipped(error.reason, error.title)
    except FileNotFoundError:
        return Skipped(SkipReason.VANISHED, "No longer there.")
    except PermissionError:
        return Skipped(SkipReason.NOT_PERMITTED, "You do not have permission to read it.")
    except MemoryError:
        return Skipped(*_OS_ERRORS[errno.ENOMEM])
    except OSError as error:
        usual = (SkipReason.DAMAGED, f"Cannot be read: {error.strerror or error}.")
        return Skipped(*_OS_ERRORS.get(error.errno or 0, usual))
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:  # noqa: BLE001 - a panic of kreuzberg is no Exception; logged without its message
        logger.error("reader failed on %s: %s", ascii(str(path)), trace_of(error))
        return Skipped(SkipReason.DAMAGED, "Damaged: its reader failed on it.")


def _extract(path: Path, limits: ReadLimits) -> Extracted | Skipped:
    source = _load(path, limits)
    reading = _READERS.get(source.format, read_plain)(source)
    text, warning = clean(reading.text), reading.warning
    # What is cleaned away may have made it fit.
    is_long = reading.is_cut or max(len(text), len(reading.text)) > limits.text_chars
    if is_long:
        text = text[: limits.text_chars]
        warning = f"Only the first {limits.text_chars:,} characters were read."
    elif source.is_cut:
        warning = f"Only the first {size_text(len(source.data))} of the file were read."
    if not text.strip():
        # What is called empty may be thrown away unseen.
        return _NO_TEXT_YET if is_long or source.is_cut else _NO_TEXT
    # The names of what is packed in a document stand in it as they are.
    pictures = len(text) < FEW_CHARS and any(mark in source.data for mark in _PICTURES)
    beside = name_exactly(source, reading, text)
    return Extracted(text, source.format, warning, reading.shows_more or pictures, beside)


def _load(path: Path, limits: ReadLimits) -> Source:
    """Open a file without hanging on pipes, and read as much of it as its format needs."""
    if not stat.S_ISREG(path.stat().st_mode):  # opening a device can have effects
        raise UnreadableError(SkipReason.UNSUPPORTED, _NOT_REGULAR)
    with os.fdopen(os.open(path, _OPEN_FLAGS), "rb") as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableError(SkipReason.UNSUPPORTED, _NOT_REGULAR)
        if status.st_size > limits.size_bytes:
            detail = f"Larger than {size_text(limits.size_bytes)}."
            raise UnreadableError(SkipReason.TOO_LARGE, detail)
        head = file.read(HEAD_BYTES)
        if not head:
            raise UnreadableError(SkipReason.EMPTY, "An empty file.")
        name_format = format_of(path)
        chosen = sniff.choose_format(name_format, head)
        # Four bytes is the longest character; more of a text than its limit is never needed.
        wanted = limits.size_bytes if chosen in _WHOLE else 4 * limits.text_chars
        # Python reserves as many bytes as it is asked for.
        data = head + file.read(min(wanted, status.st_size))
    settled = _settle(chosen, name_format, data, limits)
    return Source(path, settled, data, limits, is_cut=len(data) < status.st_size)


_WHOLE = sniff.BINARY | {"zip", "ole"}


def _settle(chosen: str, name_format: str, data: bytes, limits: ReadLimits) -> str:
    """Return the format within a family, once the whole file is there."""
    if chosen == "ole":
        return sniff.office_format(data, name_format)
    if chosen == "zip":
        chosen = archive_format(Archive(data, limits))
        if chosen == "zip":
            raise UnreadableError(SkipReason.UNSUPPORTED, "An archive: unpack it to compare it.")
    return chosen
