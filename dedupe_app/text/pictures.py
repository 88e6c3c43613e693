"""What a file shows besides its text: pictures, drawn or digital signatures, marks, embedded files.

A contract that is signed and one that is not have the same text and are not the same. Decodes no picture.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, NamedTuple

from dedupe_app.text.archives import Archive
from dedupe_app.text.compound import find_streams

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dedupe_app.text.reading import Source

_PARTS = frozenset({"docx", "epub", "odp", "ods", "odt", "pptx", "xlsx"})


class Found(NamedTuple):
    """What a file shows besides its text.

    `shown`: one name for each picture, signature or attached file; there are as many in a file of another format.
    `drawn`: what is made of lines, or embedded, or read nowhere; no file of another format can be told to show it.
    `beside`: what a file of the same format must have too, and need not be seen.
    """

    shown: list[bytes]
    drawn: list[bytes]
    beside: list[bytes]


_PICTURE = re.compile(r"\.(?:png|jpe?g|jpe|jfif|gif|bmp|tiff?|webp|hei[cf]|avif|jp2|wdp)$", re.I)
_SIGNED = re.compile(r"^_xmlsignatures/sig|^META-INF/documentsignatures\.xml$", re.I)
# Drawings, charts, handwriting, embedded files, text that is read nowhere.
_DRAWN = re.compile(
    r"\.(?:emf|wmf|svg|emz|wmz|eps)$|/charts/chart(?:Ex)?\d*\.xml$|/ink/|/embeddings/|/diagrams/data|/afchunk"
    r"|(?:ppt|xl)/(?:threaded)?comments|xl/drawings/drawing|^Object [^/]+(?:/content\.xml)?$"
    # Films, sounds, and pictures of kinds that are not known.
    r"|^(?:(?:word|ppt|xl)/media|Pictures)/.",
    re.I,
)
# How a page of a book is shown; the programs in a workbook.
_STYLES = re.compile(r"\.css$|vbaProject\.bin$", re.I)
# What a program makes of the rest, for those that cannot draw it.
_MADE = re.compile(r"thumbnail|^ObjectReplacements/|^Pictures/TablePreview", re.I)
_FLAT_PICTURE = re.compile(rb"<office:binary-data>([^<]+)<")
# How PNG, JPEG, GIF, BMP, TIFF and WebP begin, in base 64.
_FLAT_POINTS = re.compile(rb"iVBORw0|/9j/|R0lGOD|Qk|SUkq|TU0A|UklGR")

# What is drawn in a PDF, and what is embedded, is a stream, whose dictionary is not packed (ISO 32000-1, 7.5.7).
_PDF_PICTURE = re.compile(rb"/Subtype\s*/Image\b|/Type\s*/EmbeddedFile\b")
# These say when and by what a file was written.
_PDF_UNSEEN = re.compile(rb"/Type\s*/(?:Metadata|XRef|ObjStm)\b")
_PDF_MASK = re.compile(rb"/S?Mask\s+(\d{1,10})\s+\d+\s+R")
_PDF_BESIDE = re.compile(
    rb"/(?:(?:Crop|Media)Box|OFF|BaseState|Rotate)\b[^/>\])]{0,500}|/URI\s*\([^)]{0,2000}"
)
_PDF_OBJECT = re.compile(rb"\b(\d{1,10})\s+\d+\s+obj\b")
# Its place in the file is signed with it.
_PDF_SIGNED = re.compile(rb"/ByteRange\s*\[[^\]]{1,200}\]")
_LONGEST_DICTIONARY = 4096

_RTF_PICTURE = re.compile(rb"(\\nonshppict\s*\{)?\\pict(?![a-z])([^{}]{0,400})")
_RTF_DRAWN = re.compile(rb"\\(?:wmetafile|emfblip|macpict)")
_RTF_OBJECT = re.compile(rb"\\objdata(?![a-z])")
_RTF_DATA = re.compile(rb"[0-9a-fA-F][0-9a-fA-F\s]{60,}")

_RTF_BYTES = re.compile(rb"\\bin(\d{1,9}) ?")
_HEADER_BYTES = 400  # what else is said of a picture before it

_EMBEDDED_START = b"data:image/"
_EMBEDDED = re.compile(rb"data:image/[\w.+-]+[;,][^\"'\s)>]+", re.I)
# How pictures begin in the older formats of Office: one number says how many of them there are of which kind, the next
# how long they are ([MS-ODRAW] 2.2.24 to 2.2.30). Of lines: EMF, WMF, PICT; of points: JPEG, PNG, DIB, TIFF.
# The last byte of their kind is looked for first, and then what is before it: a tenth of the time.
_KIND_BYTES = 4
_STORED = re.compile(
    rb"\xf0(?<=(?P<drawn>[\x40\x50]\x3d\x1a\xf0|[\x60\x70]\x21\x1b\xf0|[\x20\x30]\x54\x1c\xf0)"
    rb"|[\xa0\xb0]\x46[\x1d\x2a]\xf0|[\x20\x30]\x6e[\x1d\x2a]\xf0|[\x00\x10]\x6e\x1e\xf0"
    rb"|[\x80\x90]\x7a\x1f\xf0|[\x40\x50]\x6e\x29\xf0)(?P<size>.{4})",
    re.S,
)
# A shape and what becomes of it ([MS-ODRAW] 2.2.40); its kind stands before.
_SHAPE = re.compile(rb"\x0a\xf0\x08\0\0\0.{4}(.{4})", re.S)
_IS_SHAPE = 2
# Where a chart begins in an XLS, whether on a sheet or alone ([MS-XLS] 2.4.21).
_CHART = b"\x09\x08\x10\0\0\x06\x20\0"
# Rectangle, line, connector, frame of a picture, box for text, form control ([MS-ODRAW] 2.4.24).
_PLAIN_SHAPES = frozenset({1, 20, 32, 75, 201, 202})
# A group, the sheet that all lie on, what is deleted, and the background.
_NO_SHAPE = 0x040D
# Where the pictures of a DOC are, and where its shapes are.
_DOC_PICTURES = frozenset({"Data", "WordDocument"})
_DOC_SHAPES = frozenset({"0Table", "1Table"})
# What is struck out or deleted, which is read as if it were not ([MS-DOC] 2.6.1: sprmCFStrike, sprmCFDStrike,
# sprmCFRMarkDel beside sprmCIbstRMarkDel).
_DOC_STRUCK = re.compile(
    rb"\x37\x08\x01|\x53\x2a\x01|\x00\x08\x01.{0,6}?\x63\x48|\x63\x48.{0,12}?\x00\x08\x01", re.S
)
# What is attached to a mail, and all texts of it and of mails attached to it ([MS-OXMSG] 2.2, [MS-OXPROPS] 2).
_MSG_ATTACHED = re.compile(r"__substg1\.0_3701")
_MSG_SAID = re.compile(r"__substg1\.0_(?:3701|1000|1009|1013)")


def find_pictures(source: Source) -> Found:
    """Return what a file shows besides its text."""
    if source.format in _PARTS:
        if source.data.startswith(b"PK"):
            return _of_parts(source)
        return _of_flat(source.data)
    find = _OTHERS.get(source.format)
    return find(source.data) if find else Found([], [], [])


def is_plain_shape(kind: int) -> bool:
    """Tell whether a shape of Office is a frame, a box or a rule, which a print cannot be told to have or not."""
    return kind in _PLAIN_SHAPES


def _of_parts(source: Source) -> Found:
    found = Found([], [], [])
    for name, check, size in Archive(source.data, source.limits).parts():
        if _MADE.search(name):
            continue
        if _PICTURE.search(name) or _SIGNED.search(name):
            found.shown.append(b"%d %d" % (check, size))
            if source.format == "epub":  # the others tell which picture stands where
                found.beside.append(b"%s %d" % (name.encode("utf-8", "replace"), check))
        elif _DRAWN.search(name):
            found.drawn.append(b"%d %d" % (check, size))
        elif _STYLES.search(name):
            found.beside.append(b"%d %d" % (check, size))
    return found


def _of_flat(data: bytes) -> Found:
    found = Found([], [], [])
    for picture in map(bytes.lstrip, _FLAT_PICTURE.findall(data)):
        (found.shown if _FLAT_POINTS.match(picture) else found.drawn).append(picture)
    return found


def _of_pdf(data: bytes) -> Found:
    whole = memoryview(data)
    order = hashlib.sha256()
    masks = {int(number) for number in _PDF_MASK.findall(data)}
    found = Found(_PDF_SIGNED.findall(data), [], [])
    end = 0
    while (start := data.find(b"stream", end)) >= 0:
        begin = max(end, start - _LONGEST_DICTIONARY)
        end = data.find(b"endstream", start)
        if end < 0:
            break
        split = _PDF_OBJECT.split(data[begin:start])
        dictionary, number = split[-1], int(split[-2]) if len(split) > 1 else -1
        if not _PDF_UNSEEN.search(dictionary):
            is_picture = _PDF_PICTURE.search(dictionary) and number not in masks
            # Not the stream itself: a scan is as large as its file.
            name = hashlib.sha256(whole[start:end]).digest()
            (found.shown if is_picture else found.beside).append(name)
            order.update(name)
        end += len(b"endstream")
    # Two pictures may change places; a page may be cropped, a layer turned off, a link lead elsewhere.
    found.beside.extend((order.digest(), *_PDF_BESIDE.findall(data)))
    return found


def _of_rtf(data: bytes) -> Found:
    found = Found([], [], [])
    for picture, name in _rtf_stored(data, _RTF_PICTURE):
        # A picture is stored twice, for programs that know only the older way.
        is_drawn = _RTF_DRAWN.search(picture[2])
        kind = found.beside if picture[1] else found.drawn if is_drawn else found.shown
        kind.append(name)
    found.drawn.extend(name for _, name in _rtf_stored(data, _RTF_OBJECT))
    return found


def _rtf_stored(data: bytes, headers: re.Pattern[bytes]) -> Iterator[tuple[re.Match[bytes], bytes]]:
    """Yield the headers of pictures or of embedded files, and what names the bytes of each."""
    end = 0
    for header in headers.finditer(data):
        if header.start() < end:  # among the bytes of another
            continue
        last = header.end() + _HEADER_BYTES
        if count := _RTF_BYTES.search(data, header.start(), last):
            end = count.end() + int(count[1])
            yield header, hashlib.sha256(memoryview(data)[count.end() : end]).digest()
        elif begun := _RTF_DATA.search(data, header.start(), last):
            whole = _RTF_DATA.match(data, begun.start()) or begun
            yield header, hashlib.sha256(b"".join(whole[0].split())).digest()
        else:
            yield header, header[0]


def _of_html(data: bytes) -> Found:
    # Asked first: where case does not count, the expression looks at every byte.
    return Found(_EMBEDDED.findall(data) if _EMBEDDED_START in data.lower() else [], [], [])


def _of_office(data: bytes) -> Found:
    """Return the pictures and shapes in a file of which no other is the same: only how many there are counts."""
    whole = memoryview(data)
    found = Found([], _shapes(data), [])
    end = 0
    while stored := _STORED.search(data, end + _KIND_BYTES - 1):
        end = stored.end() + int.from_bytes(stored["size"], "little")
        if end > len(data):
            end = stored.end()  # only looks like one
            continue
        # One that is stored again is the same picture.
        name = hashlib.sha256(whole[stored.end() : end]).digest()
        (found.drawn if stored["drawn"] else found.shown).append(name)
    return found


def _shapes(data: bytes) -> list[bytes]:
    """Return the charts, and the shapes that are neither frames nor rules, by what is said of them."""
    found = [_CHART] if _CHART in data else []
    for shape in _SHAPE.finditer(data):
        kind, version = divmod(
            int.from_bytes(data[shape.start() - 2 : shape.start()], "little"), 16
        )
        is_shown = not int.from_bytes(shape[1], "little") & _NO_SHAPE
        if version == _IS_SHAPE and is_shown and not is_plain_shape(kind):
            found.append(shape[0])
    return found


def _of_doc(data: bytes) -> Found:
    # Taking a stream together is slow, and the sheet that all shapes lie on is a shape too.
    wanted = _DOC_PICTURES | _DOC_SHAPES if _SHAPE.search(data) else _DOC_PICTURES
    streams = find_streams(data, wanted.__contains__)
    found = _of_office(b"".join(streams.values()))
    found.drawn.extend(_DOC_STRUCK.findall(streams.get("WordDocument", b"")))
    return found


def _of_msg(data: bytes) -> Found:
    found = Found([], [], [])
    for path, stream in find_streams(data, lambda path: bool(_MSG_SAID.search(path))).items():
        kind = found.shown if _MSG_ATTACHED.search(path) else found.beside
        kind.append(hashlib.sha256(stream).digest())
    return found


_OTHERS: dict[str, Callable[[bytes], Found]] = {
    "doc": _of_doc,
    "html": _of_html,
    "msg": _of_msg,
    "pdf": _of_pdf,
    "ppt": _of_office,
    "rtf": _of_rtf,
    "xls": _of_office,
}
