"""RTF to lines: header, body, notes, footer, comments; no pictures, no field codes.

Deleted text that nobody has let go yet is no text, but told besides.

kreuzberg is not used: it parts words where their formatting changes ("ten ant").
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from dedupe_app.text.reading import Reading, Source, TextFullError, TextLines, damaged
from dedupe_app.text.rtf_looks import (
    FORMULA,
    SHAPE_WORDS,
    TABLE_WORDS,
    TOLD,
    WRITING_WORDS,
    RtfLooks,
)

if TYPE_CHECKING:
    from collections.abc import Callable

_TOKEN = re.compile(
    rb"\\([a-z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-f]{2})|\\([^a-z])|([{}])|[\r\n]+|([^\\{}\r\n]+)",
    re.IGNORECASE | re.DOTALL,
)
# fmt: off
_SKIPPED = frozenset({
    "fonttbl", "stylesheet", "info", "object", "themedata", "datastore",
    "listtable", "listoverridetable", "revtbl", "rsidtbl", "generator", "xmlnstbl", "shprslt",
    "nonshppict", "atnid", "atnauthor", "atndate", "atnref", "atntime", "atnparent",
    "tc", "xe", "rxe", "txe", "bkmkstart", "bkmkend", "filetbl", "template", "upr_ud", "ftnsep", "ftnsepc", "aftnsep",
})
_MARGINS = frozenset({
    "header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf",
})
_PLACES = _MARGINS | {"annotation", "footnote", "shptxt"}
_FORM_FIELDS = frozenset({"fftype", "ffres", "ffdefres"})
_CHANGES = frozenset({"f", "uc", "deleted", "plain", "strike", "striked"})
_SIGNS = {
    "tab": "\t", "emdash": "\u2014", "endash": "\u2013", "lquote": "\u2018", "rquote": "\u2019",
    "ldblquote": "\u201c", "rdblquote": "\u201d", "bullet": "\u2022", "emspace": " ",
    "enspace": " ", "qmspace": " ", "~": " ", "_": "-", "\\": "\\", "{": "{", "}": "}",
}
_CODE_PAGES = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gb18030", 136: "cp950", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251",
    222: "cp874", 238: "cp1250",
}
# fmt: on
# The character set of fonts in which letters are boxes, ticks and arrows.
_SIGNS_ONLY = 2
_HALVES = re.compile("[\ud800-\udfff]")
_BREAKS = frozenset({"par", "line", "page", "sect", "column", "softline", "lbr", "\n", "\r"})


@dataclass(frozen=True, slots=True)
class _Group:
    """What a pair of braces saves: whether its text is shown, where it goes, how it is encoded."""

    skipped: bool = False
    place: str = "body"
    alternatives: int = 1  # how many characters stand in for one \u character
    font: int = -1
    is_deleted: bool = False
    is_struck: bool = False
    told: str = ""  # what its contents are, where they are told and are no text


def read_rtf(source: Source) -> Reading:
    """Return the text of an RTF document.

    Raises:
        UnreadableError: It ends before any text.
    """
    document = _RtfText(source.limits.text_chars)
    with suppress(TextFullError):  # raised when there is enough text
        for token in _TOKEN.finditer(source.data):
            document.take(token)
    text = document.text()
    if not text.strip() and not source.data.rstrip(b"\0 \r\n").endswith(b"}"):
        raise damaged()
    deleted = document.deleted.text().strip()
    marks = (deleted,) if deleted else ()
    shows = document.shows
    return Reading(text, marks=marks, looks=tuple(shows.looks), is_drawn=shows.is_drawn)


class _RtfText:
    """Follows the groups and the control words of one document."""

    def __init__(self, limit_chars: int) -> None:
        self._limit_chars = limit_chars
        self._lines = {"body": TextLines(limit_chars)}
        self.deleted = TextLines(limit_chars)
        self.shows = RtfLooks()
        self._is_struck = False
        self._groups: list[_Group] = []
        self._now = _Group()
        self._bytes = bytearray()
        self._to_drop = 0
        self._skip_until = 0
        self._code_page = "cp1252"
        self._fonts: dict[int, str] = {}
        self._sign_fonts: set[int] = set()
        self._font_of_table = -1

    def take(self, token: re.Match[bytes]) -> None:
        """Take the next token of the file."""
        if token.start() < self._skip_until:
            return
        word, number, byte, sign, brace, run = token.groups()
        if run is not None:
            self._take_bytes(run)
        elif byte is not None:
            self._take_bytes(bytes([int(byte, 16)]))
        elif word is not None:
            name = word.decode("ascii").lower()
            value = int(number) if number else None
            if name == "bin":
                self._skip_until = token.end() + (value or 0)
                if self._now.told:
                    self.shows.tell(token.string[token.end() : self._skip_until])
            else:
                self._take_word(name, value)
        elif sign is not None:
            self._take_sign(sign.decode("latin-1"))
        elif brace is not None:
            self._take_brace(opens=brace == b"{")

    def text(self) -> str:
        """Return header, body, notes and footer, each margin once."""
        with suppress(TextFullError):
            self._flush()
        places = sorted(self._lines, key=_rank)
        texts = [self._lines[place].text().strip("\n") for place in places]
        text = "\n".join(text for text in dict.fromkeys(texts) if text.strip())
        if _HALVES.search(text):
            text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return text

    def _take_brace(self, *, opens: bool) -> None:
        self._flush()
        self._to_drop = 0
        if opens:
            self._groups.append(self._now)
            self.shows.open_group()
        elif self._groups:
            before = self._groups.pop()
            self.shows.close_group()
            if self._now.told and before.told != self._now.told:
                self.shows.finish(self._now.told, self._current().length)
            if before.place != self._now.place:
                self._current().row()
            self._now = before

    def _take_word(self, name: str, value: int | None) -> None:
        if name == "u":
            self._take_character(value or 0)
            return
        self._flush()
        self._to_drop = 0
        handle = self._HANDLERS.get(name)
        if handle:
            handle(self, name, value)
        elif self._now.told == FORMULA:
            self.shows.tell(name.encode())

    def _note_form(self, name: str, value: int | None) -> None:
        self.shows.looks.append(f"{name}{value}")

    def _write(self, name: str, value: int | None) -> None:
        if self._is_shown():
            self.shows.change(name, value)
        if name in _CHANGES:
            self._change(name, value)

    def _draw(self, name: str, value: int | None) -> None:
        self.shows.draw(name, value, self._current().length)

    def _lay_out_table(self, name: str, value: int | None) -> None:
        self.shows.lay_out(name, value, self._current().length)
        self._lay_out(name)

    def _set_code_page(self, name: str, value: int | None) -> None:
        if name == "mac":
            self._code_page = "mac_roman"
        elif value:
            self._code_page = f"cp{value}" if _is_known(f"cp{value}") else "cp1252"

    def _set_character_set(self, _name: str, value: int | None) -> None:
        self._fonts[self._font_of_table] = _CODE_PAGES.get(value or 0, "")
        if value == _SIGNS_ONLY:
            self._sign_fonts.add(self._font_of_table)

    def _begin(self, name: str, value: int | None) -> None:
        if name in TOLD:
            self._now = replace(self._now, skipped=True, told=name)
            self.shows.begin()
        elif name == "datafield":
            # A field once more, in another way.
            self._now = replace(self._now, skipped=True, told="")
        elif self._now.told:
            self.shows.tell(b"%b%d" % (name.encode(), value or 0))

    def _enter(self, name: str, _value: int | None) -> None:
        if name == "object":
            self.shows.looks.append(f"{name} {self._current().length}")
        if name in _SKIPPED:
            self._now = replace(self._now, skipped=True)
        elif name == "shptxt":
            self._now = replace(self._now, skipped=False)
            self._current().line()
        else:
            shown = name == "annotation"
            if shown or name == "footnote":
                self.shows.note(name, self._now.place, self._current().length)
            self._now = replace(self._now, place=name, skipped=self._now.skipped and not shown)

    def _change(self, name: str, value: int | None) -> None:
        if name == "f":
            self._font_of_table = value or 0
            if self._now.font != self._font_of_table:
                self._now = replace(self._now, font=self._font_of_table)
            self.shows.change(name, int(self._font_of_table in self._sign_fonts))
        elif name == "uc":
            self._now = replace(self._now, alternatives=1 if value is None else min(value, 9))
        elif name in ("strike", "striked"):
            self._now = replace(self._now, is_struck=value != 0)
        else:
            self._now = replace(
                self._now, is_deleted=name == "deleted" and value != 0, is_struck=False
            )

    def _lay_out(self, name: str, _value: int | None = None) -> None:
        if not self._is_shown():
            return
        if name in _BREAKS:
            self._current().line()
        elif name in ("cell", "nestcell"):
            self._current().cell()
        elif name in ("trowd", "row", "nestrow"):
            self._current().row()
        elif name in _SIGNS:
            self.shows.write(self._now.place, self._current().length)
            self._current().add(_SIGNS[name])

    def _take_sign(self, sign: str) -> None:
        self._flush()
        if sign == "*":
            self._now = replace(self._now, skipped=True)
        elif self._to_drop:
            self._to_drop -= 1
        else:
            self._lay_out(sign)

    def _take_character(self, code: int) -> None:
        self._flush()
        self._to_drop = self._now.alternatives
        if self._is_shown():
            # Characters beyond 65,535 come as two halves, which are joined in `text`.
            self._add(chr(code % 65_536))
        elif self._now.told:
            self.shows.tell(b"u%d" % code)

    def _take_bytes(self, run: bytes) -> None:
        dropped = min(self._to_drop, len(run))
        self._to_drop -= dropped
        if self._is_shown():
            self._bytes += run[dropped:]
        elif self._now.told:
            self.shows.tell(run[dropped:])

    def _flush(self) -> None:
        """Decode the bytes since the last control word: two of them may be one character."""
        if self._bytes:
            encoding = self._fonts.get(self._now.font) or self._code_page
            self._add(self._bytes.decode(encoding, "replace"))
            self._bytes.clear()

    def _add(self, text: str) -> None:
        if self._now.is_struck != self._is_struck:
            # As Markdown has it: what is struck out is still to be read, and says the opposite.
            self._is_struck = self._now.is_struck
            self._current().add("~~")
        self.shows.write(self._now.place, self._current().length)
        is_raised = self.shows.is_raised()
        if is_raised is not None:
            text = self._current().small(text, is_raised=is_raised)
        self._current().add(text)

    def _is_shown(self) -> bool:
        return not self._now.skipped

    def _current(self) -> TextLines:
        if self._now.is_deleted:
            return self.deleted
        place = self._now.place
        if place not in self._lines:
            self._lines[place] = TextLines(self._limit_chars)
        return self._lines[place]

    _HANDLERS: ClassVar[dict[str, Callable[[_RtfText, str, int | None], None]]] = {
        **dict.fromkeys(_BREAKS | _SIGNS.keys() | {"cell", "nestcell"}, _lay_out),
        **dict.fromkeys(TABLE_WORDS, _lay_out_table),
        **dict.fromkeys(SHAPE_WORDS, _draw),
        **dict.fromkeys(TOLD | {"datafield", "red", "green", "blue"}, _begin),
        **dict.fromkeys(_CHANGES, _change),
        **dict.fromkeys(WRITING_WORDS, _write),
        **dict.fromkeys(_FORM_FIELDS, _note_form),
        **dict.fromkeys(_SKIPPED | _PLACES, _enter),
        **dict.fromkeys(("ansicpg", "mac"), _set_code_page),
        "fcharset": _set_character_set,
    }


def _rank(place: str) -> int:
    order = ("header", "body", "footnote", "footer", "annotation")
    return next(i for i, kind in enumerate(order) if place.startswith(kind))


def _is_known(encoding: str) -> bool:
    try:
        "".encode(encoding)
    except LookupError:
        return False
    return True
