"""Writes results to the standard output or to a file, and ends quietly when nobody reads on."""

from __future__ import annotations

import io
import json
import os
import sys
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any, TextIO

import click

from dedupe_app.errors import ReportError
from dedupe_app.review.export import neutral, write_csv, write_json
from dedupe_app.store.results import report_rows

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from rich.console import Console

    from dedupe_app.records import GroupKind
    from dedupe_app.store.database import Library


def write_rows(
    library: Library,
    scope: str,
    kinds: Collection[GroupKind],
    *,
    csv_target: Path | None = None,
    json_target: Path | None = None,
) -> None:
    """Write the stored groups of a scope to files, or to the standard output for "-"."""
    for target, write in ((csv_target, write_csv), (json_target, write_json)):
        if target is None:
            continue
        # Closed here: rows that were not read to their end would outlive the library.
        with closing(report_rows(library, scope, kinds)) as rows:
            if not _is_stdout(target):
                write(rows, target)
                continue
            with stdout() as stream:
                write(rows, stream)


def write_facts(facts: dict[str, Any], target: Path) -> None:
    """Write one JSON object to a file, or to the standard output for "-"."""
    text = json.dumps(facts, ensure_ascii=False, indent=2) + "\n"
    if _is_stdout(target):
        with stdout() as stream:
            click.echo(text.encode(), file=stream, nl=False)
        return
    try:
        target.write_text(text, encoding="utf-8")
    except OSError as error:
        title = f"The report could not be written to {neutral(str(target))}."
        raise ReportError(title, f"{error.strerror or error}.") from error


def make_console(stream: TextIO) -> Console:
    """Return a console that prints text as it is: no markup, no emoji, no guessing of colours."""
    from rich.console import Console

    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="backslashreplace")  # an old terminal may not know all letters
    return Console(file=stream, highlight=False, markup=False, emoji=False)


@contextmanager
def stdout() -> Iterator[TextIO]:
    """Give the standard output; when its reader had enough (`| head`), end the program quietly."""
    try:
        yield sys.stdout
        sys.stdout.flush()
    except BrokenPipeError:
        _silence_stdout()
        raise click.exceptions.Exit(0) from None
    except ReportError:
        _silence_stdout()
        raise
    except OSError as error:
        _silence_stdout()
        title = "The result could not be written to the output."
        raise ReportError(title, f"{error.strerror or error}.") from error


def path_text(path: Path) -> str:
    r"""Return a path for a report: bytes that are not UTF-8 become `\xNN`, as in the CSV."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _is_stdout(target: Path) -> bool:
    return str(target) == "-"


def _silence_stdout() -> None:
    # What is left in the buffer has to go somewhere when Python ends.
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, sys.stdout.fileno())
    os.close(silence)
