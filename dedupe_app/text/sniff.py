"""What a file is, by its name and by its first bytes. Looks at bytes only; opens nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dedupe_app.records import SkipReason
from dedupe_app.text.plain import NOT_TEXT, is_binary, is_text
from dedupe_app.text.reading import UnreadableError, damaged, encrypted

if TYPE_CHECKING:
    from pathlib import PurePath

# So many bytes of a file tell what it is.
HEAD_BYTES = 8192
# fmt: off
PLAIN = frozenset({
    "txt", "text", "md", "markdown", "mdx", "rst", "adoc", "asciidoc", "org", "log", "tex", "ltx",
    "sty", "cls", "bib", "json", "jsonl", "ndjson", "geojson", "ipynb", "yaml", "yml", "toml",
    "ini", "cfg", "conf", "properties", "env", "diff", "patch", "srt", "vtt", "sub", "po", "pot",
    "textile", "creole", "wiki", "me", "nfo", "py", "pyi", "pyx", "js", "mjs", "cjs", "jsx", "ts",
    "tsx", "c", "cc", "cpp", "cxx", "h", "hh", "hpp", "hxx", "java", "kt", "kts", "rs", "go", "rb",
    "php", "pl", "pm", "sh", "bash", "zsh", "fish", "ps1", "bat", "cmd", "sql", "css", "scss",
    "sass", "less", "swift", "scala", "cs", "fs", "vb", "vbs", "lua", "r", "jl", "hs", "ml", "mli",
    "ex", "exs", "erl", "clj", "cljs", "dart", "groovy", "gradle", "cmake", "mk", "make", "mm",
    "asm", "s", "v", "vhd", "f", "f90", "f95", "pas", "proto", "graphql", "tf", "vue", "svelte",
    "el", "lisp", "scm", "tcl", "awk", "sed", "nim", "zig", "ics", "vcf", "ldif", "man",
})
# fmt: on
MARKUP = frozenset({"html", "xml", "csv", "tsv", "eml", "mbox"})
# fmt: off
BINARY = frozenset({
    "pdf", "doc", "docx", "odt", "ods", "odp", "rtf", "epub", "pptx", "xlsx", "ppt", "xls", "msg",
})
# fmt: on

_SAME_AS = {
    "htm": "html", "xhtml": "html", "xht": "html", "shtml": "html", "tab": "tsv", "emlx": "eml",
    "mht": "eml", "mhtml": "eml", "dot": "doc", "docm": "docx", "dotx": "docx", "dotm": "docx",
    "pptm": "pptx", "ppsx": "pptx", "potx": "pptx", "pps": "ppt", "xlsm": "xlsx", "xltx": "xlsx",
    "xlt": "xls", "ott": "odt", "ots": "ods", "otp": "odp", "fodt": "odt", "fods": "ods",
    "fodp": "odp", "docbook": "xml", "dbk": "xml", "xsl": "xml", "xslt": "xml", "xsd": "xml",
    "rss": "xml", "atom": "xml", "tei": "xml", "xlf": "xml", "xliff": "xml", "dita": "xml",
    "fb2": "xml", "plist": "xml", "rdf": "xml", "opml": "xml", "wsdl": "xml",
}  # fmt: skip
_FORMATS = {name: name for name in PLAIN | MARKUP | BINARY} | _SAME_AS
SUFFIXES = frozenset(f".{name}" for name in _FORMATS)

# Formats without text, by their first bytes. The last three are short enough to begin a text too.
_FOREIGN = (
    (b"\x89PNG", "A PNG picture"),
    (b"\xff\xd8\xff", "A JPEG picture"),
    (b"GIF8", "A GIF picture"),
    (b"II*\0", "A TIFF picture"),
    (b"MM\0*", "A TIFF picture"),
    (b"\x7fELF", "A program"),
    (b"7z\xbc\xaf\x27\x1c", "An archive"),
    (b"Rar!\x1a", "An archive"),
    (b"\x1f\x8b", "A compressed file"),
    (b"\xfd7zXZ\0", "A compressed file"),
    (b"\x28\xb5\x2f\xfd", "A compressed file"),
    (b"SQLite format 3\0", "A database"),
    (b"OggS\0", "A sound recording"),
    (b"ID3", "A sound recording"),
    (b"RIFF", "A sound recording or film"),
    (b"BZh", "A compressed file"),
    (b"MZ", "A program"),
    (b"BM", "A BMP picture"),
)
_MARKUP_START = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+)?(\w+)",
    re.I | re.S,
)
_MAIL_HEADER = re.compile(
    rb"(?:return-path|received|delivered-to|from|to|date|subject|message-id|mime-version|x-[\w-]+)"
    rb":[ \t]",
    re.I,
)


def format_of(path: PurePath) -> str:
    """Return the format that the name promises: "html" for page.HTM, others by their suffix."""
    suffix = path.suffix[1:].lower()
    return _FORMATS.get(suffix, suffix)


def choose_format(name_format: str, head: bytes) -> str:
    """Return the format to read a file as, by its first bytes first and then by its name.

    The answers "zip" and "ole" are families: `dedupe_app.text.archives` and `office_format` tell
    their members apart.

    Raises:
        UnreadableError: No reader would make sense of it.
    """
    magic = _magic(head, name_format)
    if magic in {"pdf", "zip", "ole", "rtf"}:
        return magic
    if magic == "html" and (name_format not in PLAIN or name_format == "txt"):
        return "html"
    if name_format in PLAIN or name_format in MARKUP:
        return name_format
    if magic == "xml":
        return name_format if name_format in {"odt", "ods", "odp"} else "xml"
    if not is_text(head):
        raise _unreadable(name_format)
    if _MAIL_HEADER.match(head) and len(_MAIL_HEADER.findall(head)) > 2:
        return "eml"
    return "txt"


def office_format(data: bytes, name_format: str) -> str:
    """Return the format of an OLE file (Office before 2007, Outlook) by the streams in it.

    Raises:
        UnreadableError: It is protected by a password, or holds none of the known formats.
    """
    if _stream(data, "EncryptedPackage") >= 0 or _stream(data, "EncryptedSummary") >= 0:
        raise encrypted()
    found = {name for stream, name in _STREAMS if _stream(data, stream) >= 0}
    if not found:
        raise damaged("it is not one of the known Office formats, or its end is missing")
    chosen = name_format if name_format in found else _first(found)
    if chosen == "doc" and _is_locked_word(data):
        raise encrypted()
    return chosen


_STREAMS = (
    ("__properties_version1.0", "msg"),
    ("WordDocument", "doc"),
    ("PowerPoint Document", "ppt"),
    ("Workbook", "xls"),
    ("Book", "xls"),
)


def _first(found: set[str]) -> str:
    return next(name for _, name in _STREAMS if name in found)


def _stream(data: bytes, name: str) -> int:
    """Return where the directory entry of a stream begins, or -1."""
    at = data.find(name.encode("utf-16-le") + b"\0\0")
    while at >= 0 and at % 128:
        at = data.find(name.encode("utf-16-le") + b"\0\0", at + 1)
    return at


def _is_locked_word(data: bytes) -> bool:
    """Tell whether the header of the WordDocument stream says that it is encrypted."""
    entry = _stream(data, "WordDocument")
    sector = int.from_bytes(data[entry + 116 : entry + 120], "little")
    start = (sector + 1) << int.from_bytes(data[30:32], "little")
    return data[start : start + 2] == b"\xec\xa5" and bool(data[start + 11] & 0x01)


def _magic(head: bytes, name_format: str) -> str:
    if head.startswith(b"%PDF-") or (name_format == "pdf" and b"%PDF-" in head[:1024]):
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08PK")):
        return "zip"
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "ole"
    if head.startswith(b"{\\rtf"):
        return "rtf"
    for start, kind in _FOREIGN:
        if head.startswith(start) and is_binary(head):
            raise UnreadableError(SkipReason.UNSUPPORTED, f"{kind}: it holds no text to read.")
    return _markup(head)


def _markup(head: bytes) -> str:
    found = _MARKUP_START.match(head)
    if found and found[1].lower() == b"html":
        return "html"
    return "xml" if re.match(rb"(?:\xef\xbb\xbf)?\s*<\?xml\s", head) else ""


def _unreadable(name_format: str) -> UnreadableError:
    if name_format in BINARY:
        return damaged(f"it does not begin as a file of type .{name_format} does")
    if name_format in PLAIN or name_format in MARKUP:
        return UnreadableError(SkipReason.DAMAGED, NOT_TEXT)
    of_type = f"A file of type .{name_format}" if name_format else "A file without a known type"
    return UnreadableError(SkipReason.UNSUPPORTED, f"{of_type}: no reader for it.")
