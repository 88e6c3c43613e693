"""`dedupe-app models`: lists, downloads and checks embedding models."""

from __future__ import annotations

import sys
from contextlib import closing
from dataclasses import asdict
from typing import TYPE_CHECKING, TypeVar

from rich.text import Text

from dedupe_app.cli_output import make_console, path_text, stdout, write_facts
from dedupe_app.cli_progress import shown_progress
from dedupe_app.cli_tables import print_beside, print_paragraph
from dedupe_app.embed.options import EncoderOptions
from dedupe_app.engine.model_messages import CheckModel, DownloadModel, ModelReport
from dedupe_app.engine.models import (
    GB,
    ModelRow,
    check_model,
    download_model,
    find_card,
    list_models,
)
from dedupe_app.errors import EmbedderUnavailableError

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from dedupe_app.engine.scan_messages import Progress

_NAME_WIDTH = 14
_T = TypeVar("_T")


def run_list(json_target: Path | None) -> None:
    """Print the models with their sizes, and whether they are there."""
    rows = list_models()
    if json_target is not None:
        facts = [
            {**asdict(row), "place": path_text(row.place) if row.place else None} for row in rows
        ]
        write_facts({"models": facts}, json_target)
        return
    card = find_card()
    with stdout() as stream:
        console = make_console(stream)
        here = f"{card.name}, {card.free_bytes / GB:.1f} GB free" if card else "no NVIDIA card"
        print_paragraph(console, f"Models run on this computer ({here}).\n")
        print_beside(
            console,
            Text("lexical", style="bold"),
            Text("built in: compares wording, needs nothing"),
            _NAME_WIDTH,
        )
        for row in rows:
            print_beside(console, Text(row.name, style="bold"), Text(_told(row)), _NAME_WIDTH)


def run_download(name: str, source: Path | None) -> None:
    """Download a model, or import it from a folder."""
    _print_report(_done(download_model(DownloadModel(name, source))))


def run_check(name: str) -> None:
    """Check a model and print what was found; one that is not right is an error."""
    report = _done(check_model(CheckModel(name), EncoderOptions()))
    _print_report(report)
    if report.problems:
        title, *rest = report.problems
        raise EmbedderUnavailableError(title, " ".join(rest) or "Download it again.")


def _done(work: Generator[Progress, None, _T]) -> _T:
    with closing(work), shown_progress(quiet=False) as show:
        while True:
            try:
                show(next(work))
            except StopIteration as stop:
                value: _T = stop.value
                return value


def _print_report(report: ModelReport) -> None:
    console = make_console(sys.stdout)
    for sentence in report.told:
        print_paragraph(console, sentence)
    if report.words_per_second is not None:
        print_paragraph(console, f"{report.words_per_second:,.0f} words a second.")


def _told(row: ModelRow) -> str:
    told = f"{row.download_bytes / GB:.1f} GB to download, {row.card_bytes / GB:.1f} GB on a card"
    if row.fits is not None:
        told += " (fits)" if row.fits else " (does not fit now)"
    return f"{told}; {f'downloaded: {row.place}' if row.place else 'not downloaded'}"
