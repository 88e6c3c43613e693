"""What a file shows besides its text: pictures, drawn or digital signatures, marks, embedded files.

A contract that is signed and one that is not have the same text and are not the same. Decodes no picture.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from dedupe_app.text.archives import Archive
from dedupe_app.text.compound import find_streams

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

_RTF_BYTES = re.compile(rb"\\bin(\d{1,9}) ?")
_HEADER_BYTES = 400  # what else is said of a picture before it

_EMBEDDED = re.compile(rb"data:image/[\w.+-]+[;,][^\"'\s)>]+", re.I)
# How pictures begin in the older formats of Office: one number says how many of them there are of which kind, the next
# how long they are ([MS-ODRAW] 2.2.24 to 2.2.30). Of lines: EMF, WMF, PICT; of points: JPEG, PNG, DIB, TIFF.
_STORED = re.compile(
    rb"(?:(?P<drawn>[\x40\x50]\x3d\x1a|[\x60\x70]\x21\x1b|[\x20\x30]\x54\x1c)"
    rb"|[\xa0\xb0]\x46[\x1d\x2a]|[\x20\x30]\x6e[\x1d\x2a]|[\x00\x10]\x6e\x1e|[\x80\x90]\x7a\x1f"
    rb"|[\x40\x50]\x6e\x29)\xf0(?P<size>.{4})",
    re.S,
)
_DOC_STREAMS = frozenset({"Data", "WordDocument"})
# What is attached to a mail, and all texts of it and of mails attached to it ([MS-OXMSG] 2.2, [MS-OXPROPS] 2).
_MSG_ATTACHED = re.compile(r"__substg1\.0_3701")
_MSG_SAID = re.compile(r"__substg1\.0_(?:3701|1000|1009|1013)")


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
        # A picture is stored twice, for programs that know only the older way.
        is_drawn = found[1] or _RTF_DRAWN.search(found[2])
        (drawn if is_drawn else shown).append(_rtf_data(data, found))
    return shown, drawn


def _rtf_data(data: bytes, picture: re.Match[bytes]) -> bytes:
    start, end = picture.start(2), picture.end() + _HEADER_BYTES
    if count := _RTF_BYTES.search(data, start, end):
        stored = memoryview(data)[count.end() : count.end() + int(count[1])]
        return hashlib.sha256(stored).digest()
    if begun := _RTF_DATA.search(data, start, end):
        whole = _RTF_DATA.match(data, begun.start()) or begun
        return hashlib.sha256(b"".join(whole[0].split())).digest()
    return picture[0]


def _of_html(data: bytes) -> Found:
    return _EMBEDDED.findall(data), []


def _of_office(data: bytes) -> Found:
    whole = memoryview(data)
    shown: list[bytes] = []
    drawn: list[bytes] = []
    end = 0
    while found := _STORED.search(data, end):
        end = found.end() + int.from_bytes(found["size"], "little")
        if end > len(data):
            end = found.end()  # only looks like one
            continue
        picture = hashlib.sha256(whole[found.end() : end]).digest()
        (drawn if found["drawn"] else shown).append(picture)
    return shown, drawn


def _of_doc(data: bytes) -> Found:
    return _of_office(b"".join(find_streams(data, _DOC_STREAMS.__contains__).values()))


def _of_msg(data: bytes) -> Found:
    shown: list[bytes] = []
    drawn: list[bytes] = []
    for path, stream in find_streams(data, lambda path: bool(_MSG_SAID.search(path))).items():
        (shown if _MSG_ATTACHED.search(path) else drawn).append(hashlib.sha256(stream).digest())
    return shown, drawn


_OTHERS: dict[str, Callable[[bytes], Found]] = {
    "doc": _of_doc,
    "html": _of_html,
    "msg": _of_msg,
    "pdf": _of_pdf,
    "ppt": _of_office,
    "rtf": _of_rtf,
    "xls": _of_office,
}
