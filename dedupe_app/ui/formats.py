"""How numbers, dates and names are written in the window. Pure functions of their input and the locale."""

from __future__ import annotations

import itertools
import os
import unicodedata
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLocale

_THOUSAND = 1000
_UNITS = ("KB", "MB", "GB", "TB", "PB")
_NS = 1_000_000_000
_MINUTE, _HOUR = 60, 3600
# Marks that turn the direction of what follows: a name must not look like another.
_TURNING = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
)
_HIDDEN = frozenset({"Cc", "Cs", "Zl", "Zp"})


def count_text(number: int) -> str:
    """Return a number with the thousands parted: "12,480"."""
    return _locale().toString(number)


def size_text(size_bytes: int) -> str:
    """Return a size in decimal units as file managers do: "812 KB", "1.2 MB", "1.26 GB"."""
    if size_bytes < _THOUSAND:
        return f"{size_bytes}\u00a0B"
    size, unit = size_bytes / _THOUSAND, 0
    # What would be rounded to 1000 is written in the next unit.
    while size >= _THOUSAND - 0.5 and unit < len(_UNITS) - 1:
        size, unit = size / _THOUSAND, unit + 1
    decimals = max(0, min(unit, 3 - len(str(int(size)))))  # three digits say enough
    return f"{_locale().toString(size, 'f', decimals)}\u00a0{_UNITS[unit]}"


def date_text(mtime_ns: int) -> str:
    """Return the day of a time in nanoseconds, here: "2024-05-02"."""
    try:
        return datetime.fromtimestamp(mtime_ns / _NS).astimezone().date().isoformat()
    except (OverflowError, OSError, ValueError):
        return "\u2014"  # a time that no calendar holds


def percent_text(value: float) -> str:
    """Return 0-100 as a percentage; only what is wholly alike gets "100 %"."""
    whole = min(int(value + 1e-9), 100) if value > 99 else round(value)
    return f"{whole}\u00a0%"


def duration_text(seconds: float) -> str:
    """Return how long something takes, roughly: "24 s", "3 min", "2 h 5 min"."""
    translate = QCoreApplication.translate
    whole = max(1, round(seconds))
    if whole < 2 * _MINUTE - 30:
        return translate("Formats", "{} s").format(whole)
    minutes = round(seconds / _MINUTE)
    if minutes < 2 * _HOUR // _MINUTE:
        return translate("Formats", "{} min").format(minutes)
    hours, minutes = divmod(minutes, _MINUTE)
    if not minutes:
        return translate("Formats", "{} h").format(hours)
    return translate("Formats", "{} h {} min").format(hours, minutes)


def shown_path(path: str | Path) -> str:
    r"""Return a path or name that can be shown: odd bytes, control and turning marks become `\x0a`, `\u202e`."""
    text = os.fsencode(path).decode("utf-8", "backslashreplace")
    if text.isascii() and text.isprintable():
        return text
    return "".join(_visible(letter) for letter in text)


def told_apart(path: Path, other: Path) -> str:
    """Return the name of a file that can be shown, after its folders from where those of another one are others."""
    if path.parent == other.parent:
        return shown_path(path.name)
    pairs = zip(path.parent.parts, other.parent.parts, strict=False)
    shared = sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], pairs))
    folders = path.parent.parts[shared:] or path.parent.parts[-1:]
    return shown_path(Path(*folders, path.name))


def _locale() -> QLocale:
    """Return the locale of the user; a system without one gets English, which parts thousands."""
    own = QLocale()
    return QLocale("en_GB") if own.language() == QLocale.Language.C else own


def _visible(letter: str) -> str:
    if letter not in _TURNING and unicodedata.category(letter) not in _HIDDEN:
        return letter
    code = ord(letter)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
