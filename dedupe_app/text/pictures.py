"""What a file shows besides its text: pictures, drawn or digital signatures, marks, embedded files.

A contract that is signed and one that is not have the same text and are not the same. Decodes no picture.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from dedupe_app.text.archives import Archive

if TYPE_CHECKING:
    from collections.abc import Callable

    from dedupe_app.text.reading import Source

    # What is shown, and what is drawn by lines: that looks otherwise in other formats, and is not counted.
    Found = tuple[list[bytes], list[bytes]]

_PARTS = frozenset({"docx", "epub", "odp", "ods", "odt", "pptx", "xlsx"})
_PICTURE = re.compile(r"\.(?:png|jpe?g|jpe|jfif|gif|bmp|tiff?|webp|hei[cf]|avif|jp2|wdp)$", re.I)
_SIGNED = re.compile(r"^_xmlsignatures/sig|^META-INF/documentsignatures\.xml$", re.I)
# Drawings, charts, handwriting, embedded files, text that is read nowhere.
_DRAWN = re.compile(
    r"\.(?:emf|wmf|svg|emz|wmz|eps)$|/charts/chart\d*\.xml$|/ink/|/embeddings/|/diagrams/data|/afchunk"
    r"|(?:ppt|xl)/(?:threaded)?comments|xl/drawings/drawing|^Object [^/]+/content\.xml$",
    re.I,
)
# What a program makes of the rest, for those that cannot draw it.
_MADE = re.compile(r"thumbnail|^ObjectReplacements/", re.I)
_FLAT_PICTURE = re.compile(rb"<office:binary-data>([^<]+)<")

# What is drawn in a PDF, and what is embedded, is a stream, whose dictionary is not packed (ISO 32000-1, 7.5.7).
_PDF_PICTURE = re.compile(rb"/Subtype\s*/Image\b|/Type\s*/EmbeddedFile\b")
# These say when and by what a file was written.
_PDF_UNSEEN = re.compile(rb"/Type\s*/(?:Metadata|XRef|ObjStm)\b")
_PDF_MASK = re.compile(rb"/S?Mask\s+(\d+)\s+\d+\s+R")
_PDF_OBJECT = re.compile(rb"\b(\d+)\s+\d+\s+obj\b")
# Its place in the file is signed with it.
_PDF_SIGNED = re.compile(rb"/ByteRange\s*\[[^\]]{1,200}\]")
_LONGEST_DICTIONARY = 4096

_RTF_PICTURE = re.compile(rb"(\\nonshppict\s*\{)?\\pict(?![a-z])([^{}]{0,400})")
_RTF_DRAWN = re.compile(rb"\\(?:wmetafile|emfblip|macpict)")
_RTF_DATA = re.compile(rb"[0-9a-fA-F][0-9a-fA-F\s]{60,}")

_EMBEDDED = re.compile(rb"data:image/[\w.+-]+[;,][^\"'\s)>]+", re.I)
# How PNG and JPEG begin: in the older formats of Office they are stored as they are.
_STORED = re.compile(rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff[\xdb\xe0\xe1\xee]")
_SAMPLE_BYTES = 400


def find_pictures(source: Source) -> Found:
    """Return what a file shows besides its text: what names each picture, and the rest that is drawn."""
    if source.format in _PARTS:
        if source.data.startswith(b"PK"):
            return _of_parts(source)
        return _FLAT_PICTURE.findall(source.data), []
    find = _OTHERS.get(source.format)
    return find(source.data) if find else ([], [])


def _of_parts(source: Source) -> Found:
    shown: list[bytes] = []
    drawn: list[bytes] = []
    for name, check, size in Archive(source.data, source.limits).parts():
        if _MADE.search(name):
            continue
        if _PICTURE.search(name) or _SIGNED.search(name):
            shown.append(b"%d %d" % (check, size))
        elif _DRAWN.search(name):
            drawn.append(b"%d %d" % (check, size))
    return shown, drawn


def _of_pdf(data: bytes) -> Found:
    whole = memoryview(data)
    masks = {int(number) for number in _PDF_MASK.findall(data)}
    shown: list[bytes] = _PDF_SIGNED.findall(data)
    drawn: list[bytes] = []
    end = 0
    while (start := data.find(b"stream", end)) >= 0:
        begin = max(end, start - _LONGEST_DICTIONARY)
        end = data.find(b"endstream", start)
        if end < 0:
            break
        found = _PDF_OBJECT.split(data[begin:start])
        dictionary, number = found[-1], int(found[-2]) if len(found) > 1 else -1
        if not _PDF_UNSEEN.search(dictionary):
            is_picture = _PDF_PICTURE.search(dictionary) and number not in masks
            # Not the stream itself: a scan is as large as its file.
            (shown if is_picture else drawn).append(hashlib.sha256(whole[start:end]).digest())
        end += len(b"endstream")
    return shown, drawn


def _of_rtf(data: bytes) -> Found:
    shown: list[bytes] = []
    drawn: list[bytes] = []
    for found in _RTF_PICTURE.finditer(data):
        stored = _RTF_DATA.search(data, found.end(), found.end() + _SAMPLE_BYTES)
        # A picture is stored twice, for programs that know only the older way.
        is_drawn = found[1] or _RTF_DRAWN.search(found[2])
        (drawn if is_drawn else shown).append(b"".join((stored or found)[0].split()))
    return shown, drawn


def _of_html(data: bytes) -> Found:
    return _EMBEDDED.findall(data), []


def _of_office(data: bytes) -> Found:
    return [data[at.start() : at.start() + _SAMPLE_BYTES] for at in _STORED.finditer(data)], []


_OTHERS: dict[str, Callable[[bytes], Found]] = {
    "doc": _of_office,
    "html": _of_html,
    "msg": _of_office,
    "pdf": _of_pdf,
    "ppt": _of_office,
    "rtf": _of_rtf,
    "xls": _of_office,
}
