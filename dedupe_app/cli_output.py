"""Writes results to the standard output or to a file, and ends quietly when nobody reads on."""

from __future__ import annotations

import io
import json
import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TextIO

import click

from dedupe_app.errors import ReportError
from dedupe_app.review.export import neutral, write_csv, write_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from rich.console import Console

    from dedupe_app.records import ReportRow


def write_rows(
    rows: Iterable[ReportRow], *, csv_target: Path | None = None, json_target: Path | None = None
) -> None:
    """Write the rows of the report to one target: a file, or the standard output for "-"."""
    for target, write in ((csv_target, write_csv), (json_target, write_json)):
        if target is not None:
            with stdout() as stream:
                write(rows, stream if _is_stdout(target) else target)


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
        # What is left in the buffer has to go somewhere when Python ends.
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, sys.stdout.fileno())
        os.close(silence)
        raise click.exceptions.Exit(0) from None


def path_text(path: Path) -> str:
    r"""Return a path for a report: bytes that are not UTF-8 become `\xNN`, as in the CSV."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _is_stdout(target: Path) -> bool:
    return str(target) == "-"
