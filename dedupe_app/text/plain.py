"""Plain text in any encoding. Never fails on odd bytes; refuses files that are not text at all."""

from __future__ import annotations

import codecs
import re
import unicodedata

from dedupe_app.records import SkipReason
from dedupe_app.text.reading import Reading, Source, UnreadableError

SAMPLE_BYTES = 32_768
NOT_TEXT = "Not a text file, although its name says so."

# The four-byte marks come first: the UTF-32 mark begins with the UTF-16 one.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
_CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13, 27}) + b"\x7f"
_WESTERN = frozenset(
    "àáâãäåæçèéêëìíîïñòóôõöøùúûüÿßœÀÁÂÄÅÆÇÈÉÊÍÎÑÓÔÖØÙÚÜŒªº¡¿«»‹›‘’‚“”„–—…•·©®™§°€£½¼¾²³±×\xa0"
)
_WESTERN_ENCODING, _DOS_ENCODING = "cp1252", "cp850"
# In the first an opening quote, a dagger or a sign of money in the middle of a word, in the second a letter.
_IN_A_WORD = re.compile(
    rb"(?i:[a-z](?:[\x81\x82\x84\x86-\x89\x8b\x8d\x90\x93\x94\x9b\xa2-\xa4][a-z]|[\x82\x84\x95](?![a-z]))|"
    rb"\b\x99[a-z])"
)
# An opening quote of the first where one may stand: what else looks odd is a quote, too ("MP"s).
_OPENING = re.compile(rb"(?:^|[\s(\[])[\x84\x93]", re.M)
# So few characters that are not ASCII tell no encoding from another: a dash, a name. In so few bytes one that is nearly
# as likely as the best will do.
_FEW, _SHORT, _NEARLY = 2, 100, 0.8
# What programs write that claim to write the first, and what has some characters more.
_WIDER = {"iso8859-1": "cp1252", "ascii": "cp1252", "euc_kr": "cp949", "tis-620": "cp874"}
_NOT_ASCII = bytes(range(128, 256))
_SURROGATES = re.compile("[\ud800-\udfff]")
# Putting marks in order takes time by the square of their number: no letter has more than these.
_MOST_MARKS, _MANY_CHARS = 30, 50_000
_SIGNS = re.compile(r"[^\w\s!-~]{31,}")
# So many of them take at least twice as many bytes, none of which is one of ASCII.
_MANY_BYTES = b"\x80" * 62
_HIGH_BYTES = bytes(range(128)) + b"\x80" * 128


def read_plain(source: Source) -> Reading:
    """Return the file as it is, decoded."""
    return Reading(decode(source.data))


def decode(data: bytes, declared: str = "") -> str:
    """Decode bytes: by their mark, as UTF-8, as `declared`, or in the most likely encoding.

    Raises:
        UnreadableError: The bytes are not text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_part(data[len(mark) :], encoding, "replace")
    sample = data[:SAMPLE_BYTES]
    if b"\0" in sample:
        wide = _wide_encoding(sample)
        if wide:
            return _decode_part(data, wide, "replace")
        if is_binary(sample):
            raise UnreadableError(SkipReason.DAMAGED, NOT_TEXT)
        data = data.replace(b"\0", b"")
    for encoding in filter(None, _likely(data, declared)):
        try:
            return _decode_part(data, encoding, "strict")
        except (UnicodeDecodeError, LookupError):
            continue
    return _decode_legacy(data)


def is_text(sample: bytes) -> bool:
    """Tell whether the first bytes of a file look like text in some encoding."""
    if any(sample.startswith(mark) for mark, _ in _MARKS):
        return True
    return not is_binary(sample) or bool(_wide_encoding(sample))


def is_binary(sample: bytes) -> bool:
    """Tell whether more than one byte in a hundred is a control character."""
    return len(sample) - len(sample.translate(None, _CONTROLS)) > len(sample) / 100


def clean(text: str) -> str:
    """Return text with single newlines, without NULs and lone surrogates."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    if text.isascii():
        return text
    # What is seldom found is looked for in bytes: that takes a tenth of the time.
    try:
        data = text.encode()
    except UnicodeEncodeError:
        text = _SURROGATES.sub("\ufffd", text)
        data = text.encode()
    text = text.removeprefix("\ufeff")
    if len(text) > _MANY_CHARS and _MANY_BYTES in data.translate(_HIGH_BYTES):
        text = _SIGNS.sub(_few_marks, text)
    return text


def _few_marks(run: re.Match[str]) -> str:
    """Return the first of many accents on one letter, as Unicode Standard Annex 15, section 13, does for streams."""
    kept: list[str] = []
    count = 0
    for char in run[0]:
        count = count + 1 if unicodedata.category(char).startswith("M") else 0
        if count <= _MOST_MARKS:
            kept.append(char)
    return "".join(kept)


def _decode_part(data: bytes, encoding: str, errors: str) -> str:
    """Decode a beginning of a file: a character cut in two at its end is no error."""
    return codecs.getincrementaldecoder(encoding)(errors).decode(data, final=False)


def _likely(data: bytes, declared: str) -> tuple[str, ...]:
    """Return the encodings to try strictly: ISO-2022-JP is ASCII with escapes, so first."""
    japanese = b"\x1b$B" in data or b"\x1b$@" in data
    return ("iso2022_jp_2" if japanese else "", "utf-8", declared)


def _decode_legacy(data: bytes) -> str:
    if is_binary(data[:SAMPLE_BYTES]):
        raise UnreadableError(SkipReason.DAMAGED, NOT_TEXT)
    return _decode_part(data, "utf-8" if _is_nearly_utf8(data) else _guess(data), "replace")


def _is_nearly_utf8(data: bytes) -> bool:
    """Tell whether only a few characters are broken, as in a log of several programs."""
    text = data[: 16 * SAMPLE_BYTES].decode("utf-8", "replace")
    broken = text.count("\ufffd")
    good = len(text) - broken - len(text.encode("ascii", "ignore"))
    return broken * 20 < good


def _wide_encoding(sample: bytes) -> str:
    """Return the kind of UTF-16 or UTF-32 that makes nearly all of it ordinary text."""
    if b"\0" not in sample:
        return ""
    for encoding in _WIDE:
        try:
            text = _decode_part(sample, encoding, "strict")
        except UnicodeDecodeError:
            continue
        ordinary = sum(c.isalnum() or c in " \t\r\n.,;:!?-()\"'" for c in text)
        if text and "\0" not in text and ordinary > 0.8 * len(text) and _has_blanks(text):
            return encoding
    return ""


def _has_blanks(text: str) -> bool:
    """Tell whether the text has the blanks that byte-swapped text lacks (U+2000 for a space)."""
    return len(text) < 32 or any(c in text for c in " \n\u3000\u3002\uff0c")


def _guess(data: bytes) -> str:
    from chardet import EncodingEra, detect_all  # slow to import, seldom needed

    sample = _foreign_lines(data)
    is_western = _is_western(sample)
    if len(sample) - len(sample.translate(None, _NOT_ASCII)) <= _FEW:
        if _IN_A_WORD.search(sample) and not _OPENING.search(sample):
            return _DOS_ENCODING
        if is_western:
            return _WESTERN_ENCODING
    eras = EncodingEra.ALL & ~EncodingEra.MAINFRAME & ~EncodingEra.LEGACY_REGIONAL
    found = [
        (_WIDER.get(each["encoding"], each["encoding"]), each["confidence"])
        for each in detect_all(sample, encoding_era=eras, compat_names=False)
        if each["encoding"]
    ]
    best, certainty = found[0] if found else (_WESTERN_ENCODING, 0.0)
    if is_western and len(sample) < _SHORT:
        western = max((each for name, each in found if name == _WESTERN_ENCODING), default=0.0)
        return _WESTERN_ENCODING if western >= _NEARLY * certainty else best
    return best


def _is_western(sample: bytes) -> bool:
    """Tell whether the most common encoding gives accented letters of western Europe among more plain ones."""
    text = sample.decode(_WESTERN_ENCODING, "replace")
    foreign = [letter for letter in text if not letter.isascii()]
    letters = sum(map(str.isalpha, text))
    return _WESTERN.issuperset(foreign) and len(foreign) * 3 < letters


def _foreign_lines(data: bytes) -> bytes:
    """Return the lines that are not ASCII: only these tell encodings apart."""
    lines = data[: 64 * SAMPLE_BYTES].split(b"\n")
    sample = b"\n".join(line[:4096] for line in lines if not line.isascii())[:SAMPLE_BYTES]
    return sample or data[:SAMPLE_BYTES]
