"""Writes the report as CSV or JSON, and makes file names safe to show. Never leaves half a report.

A file is written beside its target and renamed when complete; the earlier report stays until then.
"""

from __future__ import annotations

import base64
import csv
import errno
import json
import os
import re
import secrets
import shutil
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dedupe_app.errors import ReportError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from typing import TextIO

    from dedupe_app.records import ReportRow

COLUMNS = (
    "group",
    "kind",
    "relation",
    "similarity",
    "role",
    "decision",
    "path",
    "folder",
    "name",
    "size_bytes",
    "modified",
    "format",
    "words",
    "shared_text",
    "contained",
    "meaning",
    "figures_changed",
    "compared_with",
    "sha256",
)
JSON_VERSION = 1

_BOM = "\ufeff"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_DECIMALS = {"similarity": 1, "shared_text": 1, "contained": 1, "meaning": 3, "x": 5, "y": 5}
_NS_PER_SECOND = 1_000_000_000

# Lone surrogates: how Python keeps bytes of a name that are not UTF-8 (and odd names on Windows).
_NOT_TEXT = re.compile(r"[\ud800-\udfff]")
# Besides those: control characters, line separators, and marks that turn the reading direction.
_NOT_PRINTABLE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
# In a report those stay as they are, but none of them may reach a terminal.
_COMMANDS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_HINTS = {
    errno.ENOSPC: "The disk is full: free some space or choose another place.",
    errno.EDQUOT: "Your share of the disk is used up: free some space or choose another place.",
    errno.ENOENT: "The folder does not exist: create it or choose another place.",
    errno.ENOTDIR: "A part of the path is a file, not a folder: choose another place.",
    errno.EISDIR: "This is a folder: name a file in it.",
    errno.EACCES: "Writing is not allowed there, or another program has the report open.",
    errno.EPERM: "Writing is not allowed there: choose another place.",
    errno.EROFS: "The disk can only be read: choose another place.",
    errno.ENAMETOOLONG: "The name is too long: choose a shorter one.",
}


def write_csv(rows: Iterable[ReportRow], out: TextIO | Path) -> None:
    """Write the rows as CSV: UTF-8 with BOM, RFC 4180, CRLF; a file is replaced in one step.

    Raises:
        ReportError: The report could not be written; an earlier one is as it was.
    """
    _write(_csv_pieces(rows), out)


def write_json(rows: Iterable[ReportRow], out: TextIO | Path) -> None:
    """Write the rows as JSON: UTF-8, numbers and nulls typed, one row to a line.

    Raises:
        ReportError: The report could not be written; an earlier one is as it was.
    """
    _write(_json_pieces(rows), out)


def write_table(
    columns: Sequence[str],
    rows: Iterable[Sequence[str | Path | int | float | None]],
    out: TextIO | Path,
) -> None:
    """Write any rows as CSV, in the same way as the report.

    Raises:
        ReportError: The file could not be written; an earlier one is as it was.
    """
    _write(_table_pieces(columns, rows), out)


def only_rows(
    rows: Iterable[ReportRow], groups: Collection[int] | None, paths: Collection[Path] | None
) -> Iterator[ReportRow]:
    """Yield the rows of some groups and of some files; None stands for all."""
    for row in rows:
        if (groups is None or row.group in groups) and (paths is None or row.path in paths):
            yield row


def neutral(text: str) -> str:
    r"""Make a name safe for terminals and logs: control characters become `\x1b`, `\u202e`."""
    return _NOT_PRINTABLE.sub(_visible, text)


# ---- rows ------------------------------------------------------------------------------------


def _csv_pieces(rows: Iterable[ReportRow]) -> Iterator[str]:
    writer = csv.writer(_Line(), lineterminator="\r\n")
    yield _BOM
    yield writer.writerow(COLUMNS)
    for row in rows:
        facts = _facts(row)
        yield writer.writerow([_cell(name, facts[name]) for name in COLUMNS])


def _table_pieces(
    columns: Sequence[str], rows: Iterable[Sequence[str | Path | int | float | None]]
) -> Iterator[str]:
    writer = csv.writer(_Line(), lineterminator="\r\n")
    yield _BOM
    yield writer.writerow(columns)
    for row in rows:
        facts = [_text(fact) if isinstance(fact, str | Path) else fact for fact in row]
        yield writer.writerow(
            [_cell(name, fact) for name, fact in zip(columns, facts, strict=True)]
        )


class _Line:
    """A file for csv.writer that hands each line back."""

    def write(self, line: str) -> str:
        return line


def _json_pieces(rows: Iterable[ReportRow]) -> Iterator[str]:
    yield f'{{"version":{JSON_VERSION},"rows":['
    separator = "\n"
    for row in rows:
        facts = _facts(row) | {"reason": _text(row.reason)}
        if _NOT_TEXT.search(str(row.path)):
            facts["path_bytes"] = base64.b64encode(os.fsencode(row.path)).decode("ascii")
        yield separator + json.dumps(facts, ensure_ascii=False, allow_nan=False)
        separator = ",\n"
    yield "\n]}\n"


def _facts(row: ReportRow) -> dict[str, Any]:
    return {
        "group": row.group,
        "kind": row.kind.value,
        "relation": row.relation and row.relation.value,
        "similarity": _rounded("similarity", row.similarity),
        "role": row.role.value,
        "decision": row.decision.value,
        "path": _text(row.path),
        "folder": _text(row.path.parent),
        "name": _text(row.path.name),
        "size_bytes": row.size_bytes,
        "modified": _local_time(row.mtime_ns),
        "format": _text(row.format),
        "words": row.words,
        "shared_text": _rounded("shared_text", row.shared_text),
        "contained": _rounded("contained", row.contained),
        "meaning": _rounded("meaning", row.meaning),
        "figures_changed": row.figures_changed,
        "compared_with": row.compared_with and _text(row.compared_with),
        "sha256": row.sha256,
    }


def _cell(name: str, fact: str | int | float | None) -> str:
    if fact is None:
        return ""
    if isinstance(fact, str):
        return f"'{fact}" if fact.startswith(_FORMULA_STARTS) else fact
    if isinstance(fact, float):
        return f"{fact:.{_DECIMALS[name]}f}".removesuffix(".0")
    return str(fact)


def _rounded(name: str, number: float | None) -> float | None:
    # Adding 0.0 turns -0.0 into 0.0.
    return None if number is None else round(float(number), _DECIMALS[name]) + 0.0


def _text(path: Path | str) -> str:
    return _NOT_TEXT.sub(_visible, str(path))


def _visible(match: re.Match[str]) -> str:
    code = ord(match[0])
    if 0xDC80 <= code <= 0xDCFF:
        code -= 0xDC00
    return f"\\x{code:02x}" if code <= 0xFF else f"\\u{code:04x}"


def _local_time(mtime_ns: int) -> str | None:
    try:
        moment = datetime.fromtimestamp(mtime_ns // _NS_PER_SECOND, UTC).astimezone()
    except (OverflowError, ValueError, OSError):
        return None  # a time that no calendar knows, which a file may well carry
    return moment.isoformat(timespec="seconds")


# ---- files -----------------------------------------------------------------------------------


def write_file(pieces: Iterable[bytes], target: Path, title: str = "") -> None:
    """Write a file beside its target and rename it when it is complete. `title`: of the error, if it is no report.

    Raises:
        ReportError: the file could not be written; an earlier one is as it was.
    """
    with readable_errors(title or f"The report could not be written to {neutral(str(target))}."):
        if is_stream(target):
            with target.open("wb") as device:
                device.writelines(pieces)
        else:
            _replace(Path(os.path.realpath(target)), pieces)


def is_stream(target: Path) -> bool:
    """Tell whether a target is a device or a pipe: those are written to, none may become a plain file."""
    # What the shell opened (/dev/stdout) may be a plain file, and is at a place in it.
    return target.parts[1:2] in (("dev",), ("proc",)) or (target.exists() and not target.is_file())


def _write(pieces: Iterator[str], out: TextIO | Path) -> None:
    if isinstance(out, Path):
        write_file((piece.encode() for piece in pieces), out)
        return
    with readable_errors("The report could not be written to the output."):
        _write_stream(pieces, out)


def _write_stream(pieces: Iterator[str], out: TextIO) -> None:
    if out.isatty():
        pieces = (_COMMANDS.sub(_visible, piece) for piece in pieces)
    binary = getattr(out, "buffer", None)
    if binary is None:
        out.writelines(pieces)
        return
    # Past the text layer, which has its own encoding and on Windows would write CR CR LF.
    out.flush()
    for piece in pieces:
        binary.write(piece.encode("utf-8"))
    binary.flush()


def _replace(target: Path, pieces: Iterable[bytes]) -> None:
    part = target.with_name(f".dedupe-{secrets.token_hex(8)}.part")
    try:
        with part.open("xb") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, part)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def readable_errors(title: str) -> Iterator[None]:
    """Turn what the system says about a file into a ReportError with a hint."""
    try:
        yield
    except BrokenPipeError:
        raise  # the reader had enough (`| head`): the command line ends quietly
    except OSError as error:
        hint = _HINTS.get(error.errno or 0, error.strerror or str(error))
        raise ReportError(title, hint) from error
