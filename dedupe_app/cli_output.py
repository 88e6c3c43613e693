"""Writes results to the standard output or to a file, and ends quietly when nobody reads on."""

from __future__ import annotations

import io
import json
import os
import sys
from contextlib import closing, contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, TextIO

import click

from dedupe_app.errors import ReportError
from dedupe_app.review.earlier import check_target, is_facts, is_table
from dedupe_app.review.export import write_csv, write_file, write_json
from dedupe_app.store.known import is_known
from dedupe_app.store.results import report_rows

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from rich.console import Console

    from dedupe_app.records import GroupKind
    from dedupe_app.store.library import Library


def write_rows(
    library: Library,
    scope: str,
    kinds: Collection[GroupKind],
    *,
    csv_target: Path | None = None,
    json_target: Path | None = None,
) -> None:
    """Write the stored groups of a scope to files, or to the standard output for "-"."""
    check_targets(library, csv_target, json_target)
    for target, write in ((csv_target, write_csv), (json_target, write_json)):
        if target is None:
            continue
        # Closed here: rows that were not read to their end would outlive the library.
        with closing(report_rows(library, scope, kinds)) as rows:
            if not is_stdout(target):
                write(rows, target)
                continue
            with stdout() as stream:
                write(rows, stream)


def check_targets(library: Library, csv_target: Path | None, json_target: Path | None) -> None:
    """Refuse to write over what is no earlier report, and over documents that the library knows."""
    for target, is_own in ((csv_target, is_table), (json_target, is_facts)):
        if target is not None and not is_stdout(target):
            check_target(target, is_own, is_document=partial(is_known, library))


def write_facts(facts: dict[str, Any], target: Path, library: Library | None = None) -> None:
    """Write one JSON object to a file, but over no document of a library; or to the standard output for "-"."""
    text = json.dumps(facts, ensure_ascii=False, indent=2) + "\n"
    if is_stdout(target):
        with stdout() as stream:
            click.echo(text.encode(), file=stream, nl=False)
        return
    if library is None:
        check_target(target, is_facts)
    else:
        check_targets(library, None, target)
    write_file([text.encode()], target)


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


def is_stdout(target: Path) -> bool:
    """Tell whether the standard output was named."""
    return str(target) == "-"


def _silence_stdout() -> None:
    # What is left in the buffer has to go somewhere when Python ends.
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, sys.stdout.fileno())
    os.close(silence)
