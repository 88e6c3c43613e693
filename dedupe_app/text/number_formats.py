"""How a workbook shows a number: 1234.5 as "1,234.50 €", 45000 as "15.03.2023". In English, wherever it is read.

Follows ECMA-376, 18.8.30 and 18.8.31, but for dates of other eras.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from functools import lru_cache
from operator import eq, ge, gt, le, lt, ne
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_EPOCH = datetime(1899, 12, 30)  # a spreadsheet date has no zone
_LAST_MOMENT = 2_958_465.99999  # the year 9999 ends here, and half a second may be added
_LONGEST_CODE = 255  # those of Excel
_MOST_SIGNS = 60  # of percent, or thousands left out
# The formats that have a number and no code. How day and currency are shown depends on the computer: they are plain.
_ISO = "yyyy-mm-dd"
_NUMBERED = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 14: _ISO,
    15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm",
    21: "h:mm:ss", 22: f"{_ISO} hh:mm:ss", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0",
} | dict.fromkeys((5, 6, 37, 38, 41, 42), "#,##0;(#,##0)") | dict.fromkeys(
    (7, 8, 39, 40, 43, 44), "#,##0.00;(#,##0.00)"
) | dict.fromkeys((*range(27, 37), *range(50, 59)), _ISO)  # fmt: skip
_PIECE = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_(?P<blank>.)|\*.|\[\$(?P<money>[^\]-]*)[^\]]*\]'
    r"|(?P<elapsed>\[(?:h+|m+|s+)\])|\[[^\]]*\]|(?P<half>am/pm|a/p)|(?P<general>general)"
    r"|(?P<power>e[+-][0#?]+)|(?P<fraction>[0#?]+ ?/ ?[0-9#?]+)|(?P<number>[0#?][0#?,]*(?:\.[0#?]*)?,*|\.[0#?]+)"
    r"|(?P<date>y+|m+|d+|h+|s+(?:\.0+)?)"
    r"|(?P<text>@)|(?P<percent>%)|(?P<literal>.)",
    re.I | re.S,
)
_SECTION = re.compile(r'((?:"[^"]*"|\\.|\[[^\]]*\]|[^;"\\\[])*)(?:;|$)')
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)\]")
_HOLDS = {"<": lt, "<=": le, ">": gt, ">=": ge, "=": eq, "<>": ne}
_DATE_KINDS = frozenset({"date", "elapsed", "half"})
_CONTEXT = Context(prec=800)  # of the largest number, with the decimals of the longest code
_NOON = 12
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WIDEST = 11  # characters of a number without a format, as they fit into a cell
_SMALLEST = 1e-9  # with more zeros after the point it is written with a power of ten
_SLIP = 500  # microseconds, by which the fraction of a day may be too small


@dataclass(frozen=True, slots=True)
class _Section:
    """What is written for some numbers: kinds and contents of its pieces; for which, where that is said."""

    pieces: tuple[tuple[str, str], ...]
    condition: tuple[str, float] | None

    @property
    def is_date(self) -> bool:
        return any(kind in _DATE_KINDS for kind, _ in self.pieces)


def code_of(number: int, codes: Mapping[int, str]) -> str:
    """Return the code of a format by its number, "" for a number that is shown as it is."""
    return codes.get(number) or _NUMBERED.get(number, "")


def is_date(code: str) -> bool:
    """Tell whether a format shows numbers as dates or times."""
    return any(section.is_date for section in _sections(code))


def show_number(value: float, code: str) -> str:
    """Return a number as a cell with this format shows it; days are counted from the last of 1899."""
    sections = _sections(code)
    if not sections or value != value or abs(value) == float("inf"):
        return _plain(value)
    section, number = _choose(sections, value)
    if section.is_date:
        return _date(section, value) if 0 <= value < _LAST_MOMENT else _plain(value)
    return _number(section, number)


@lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[_Section, ...]:
    """Take a code apart: for positive numbers, negative ones, zero; text is shown as it is."""
    if not code or code.lower() == "general" or len(code) > _LONGEST_CODE:
        return ()
    parts = _SECTION.findall(code + ";")[:-1]
    return tuple(_Section(tuple(_pieces(part)), _condition(part)) for part in parts[:3])


def _condition(part: str) -> tuple[str, float] | None:
    found = _CONDITION.search(part)
    return (found[1], float(found[2])) if found else None


def _pieces(part: str) -> Iterator[tuple[str, str]]:
    for piece in _PIECE.finditer(part):
        kind = piece.lastgroup or ""
        if kind in {"quoted", "escaped", "money"}:
            yield "literal", piece[kind]
        elif kind == "blank":
            yield "literal", " "
        elif kind:
            yield kind, piece[kind]


def _choose(sections: tuple[_Section, ...], value: float) -> tuple[_Section, float]:
    """Return the section for a number, and the number as it is written there: without a minus in one of its own."""
    if any(section.condition for section in sections):
        fitting = (
            section
            for section in sections
            if section.condition is None
            or _HOLDS[section.condition[0]](value, section.condition[1])
        )
        return next(fitting, sections[-1]), value
    if len(sections) == 1 or value > 0:
        return sections[0], value
    if value < 0:
        return sections[1], -value
    return sections[2 if len(sections) > 2 else 0], value


def _plain(value: float) -> str:
    """Return a number without a format, rounded to the width of a cell."""
    if _SMALLEST < abs(value) < 1:
        return _rounded(value, _WIDEST - 2).rstrip("0").rstrip(".")
    text = f"{value:.15g}".replace("e", "E")
    whole, point, _ = text.lstrip("-").partition(".")
    if not point or "E" in text or len(text.lstrip("-")) <= _WIDEST:
        return text
    return _rounded(value, max(0, _WIDEST - 1 - len(whole))).rstrip("0").rstrip(".")


def _rounded(value: float, decimals: int, grouped: bool = False) -> str:
    """Return a number with so many decimals, halves rounded away from zero as it is done there."""
    exact = Decimal(f"{value:.15g}").quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, _CONTEXT)
    return f"{exact:,f}" if grouped else f"{exact:f}"


def _number(section: _Section, value: float) -> str:
    patterns = [text for kind, text in section.pieces if kind == "number"]
    kinds = [kind for kind, _ in section.pieces]
    if "fraction" in kinds:
        return _with_fraction(section, value)
    if not patterns and "general" not in kinds and "text" not in kinds:
        return "".join(text for kind, text in section.pieces if kind == "literal").strip()
    value *= 100.0 ** min(kinds.count("percent"), _MOST_SIGNS)
    if abs(value) == float("inf"):
        return ""  # too wide for any cell
    power = next((text for kind, text in section.pieces if kind == "power"), "")
    shown = _digits("".join(patterns), value, power) if patterns else _plain(value)
    minus = "-" if shown.startswith("-") else ""
    parts = iter(_spread(shown.removeprefix("-"), patterns[1:]))
    written = [
        text if kind in {"literal", "percent"} else next(parts)
        for kind, text in section.pieces
        if kind != "power"
    ]
    return (minus + "".join(written)).strip()


def _with_fraction(section: _Section, value: float) -> str:
    """Write a number as 1 1/2, or, where there is no place for the whole, as 3/2."""
    pattern = next(text for kind, text in section.pieces if kind == "fraction")
    below = pattern.partition("/")[2].strip()
    exact = Fraction(abs(value))
    if below.isdecimal() and (parts := int(below)):
        above = round(exact * parts)
    else:
        near = exact.limit_denominator(10 ** len(below) - 1)
        above, parts = near.numerator, near.denominator
    has_whole = any(kind == "number" for kind, _ in section.pieces)
    whole, above = divmod(above, parts) if has_whole else (0, above)
    shown = {
        "number": str(whole) if whole or not above else "",
        "fraction": f"{above}/{parts}" if above or not has_whole else "",
    }
    written = "".join(shown.get(kind, text) for kind, text in section.pieces)
    return ("-" if value < 0 else "") + written.strip()


def _spread(shown: str, patterns: list[str]) -> list[str]:
    """Part the figures of a number that has other signs among them: each pattern but the first takes its own."""
    found = []
    for pattern in reversed(patterns):
        at = max(0, len(shown) - len(pattern))
        found.append(shown[at:])
        shown = shown[:at]
    return [shown, *reversed(found)]


def _digits(pattern: str, value: float, power: str) -> str:
    """Return the figures of a number as a pattern of 0, # and ? has them."""
    thousands = len(pattern) - len(pattern.rstrip(","))
    digits, _, fraction = pattern.rstrip(",").partition(".")
    if power:
        mantissa, _, exponent = f"{value:.{len(fraction)}E}".partition("E")
        return f"{mantissa}E{exponent[0]}{exponent[1:].lstrip('0').zfill(len(power) - 2)}"
    value /= 1000.0 ** min(thousands, _MOST_SIGNS)
    text = _rounded(value, len(fraction), "," in digits)
    if not any(char in "123456789" for char in text):
        text = text.lstrip("-")
    before, point, after = text.partition(".")
    least = len(fraction.rstrip("#?"))
    after = after[:least] + after[least:].rstrip("0")
    sign = "-" if before.startswith("-") else ""
    before = before.removeprefix("-").zfill(digits.count("0"))
    if before == "0" and "0" not in digits:
        before = ""
    if pattern.endswith("."):
        return f"{sign}{before}."
    return sign + before + (point + after if after else "")


def _date(section: _Section, value: float) -> str:
    decimals = max((text.count("0") for kind, text in section.pieces if kind == "date"), default=0)
    has_seconds = any(kind == "date" and text[0] in "sS" for kind, text in section.pieces)
    # Seconds are rounded, all else is cut off.
    moment = _EPOCH + timedelta(days=value)
    moment += timedelta(microseconds=10 ** (6 - min(decimals, 6)) // 2 if has_seconds else _SLIP)
    pieces = section.pieces
    has_half = any(kind == "half" for kind, _ in pieces)
    asked = [
        text.lower().strip("[]")[:1] if kind in {"date", "elapsed"} else "" for kind, text in pieces
    ]
    written = []
    for at, (kind, text) in enumerate(pieces):
        if kind == "half":
            written.append("AM" if moment.hour < _NOON else "PM")
        elif kind == "elapsed":
            written.append(_elapsed(asked[at], value).zfill(len(text) - 2))
        elif kind == "date":
            near = (
                [each for each in asked[:at] if each][-1:],
                [each for each in asked[at + 1 :] if each][:1],
            )
            is_minute = asked[at] == "m" and (near[0] == ["h"] or near[1] == ["s"])
            written.append(_part(text.lower(), moment, is_minute, has_half))
        elif kind in {"literal", "percent"}:
            written.append(text)
    return "".join(written).strip()


def _elapsed(unit: str, value: float) -> str:
    """Return how many hours, minutes or seconds there are in some days."""
    seconds = round(value * 86_400)
    return str(seconds // {"h": 3600, "m": 60, "s": 1}[unit])


def _part(code: str, moment: datetime, is_minute: bool, has_half: bool) -> str:
    """Return one part of a date or a time."""
    letter, length = code[0], len(code)
    if letter == "y":
        return f"{moment.year:04}" if length > 2 else f"{moment.year % 100:02}"
    if letter == "s":
        decimals = code.count("0")
        seconds = f"{moment.second:02}" if code.startswith("ss") else str(moment.second)
        return (
            f"{seconds}.{moment.microsecond:06}"[: len(seconds) + 1 + decimals]
            if decimals
            else seconds
        )
    if letter in "dm" and length > 2 and not is_minute:
        names = _MONTHS[moment.month - 1] if letter == "m" else _DAYS[moment.weekday()]
        return names[:3] if length == 3 else names
    hour = (moment.hour - 1) % 12 + 1 if has_half else moment.hour
    number = {"d": moment.day, "m": moment.minute if is_minute else moment.month, "h": hour}[letter]
    return f"{number:02}" if length > 1 else str(number)
