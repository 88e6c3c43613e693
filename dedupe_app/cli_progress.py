"""Shows on stderr how far a scan is: a live bar on a terminal, elsewhere a line now and then."""

from __future__ import annotations

import sys
import time
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING

from rich.progress import (
    BarColumn,
    Progress,
    ProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from dedupe_app.cli_output import make_console

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.console import Console
    from rich.progress import Task

    from dedupe_app.engine import messages

    Show = Callable[[messages.Progress], None]

_STAGES = {
    "intake": "Looking for files",
    "hash": "Checking files",
    "text": "Reading documents",
    "model": "Loading the model",
    "embed": "Embedding texts",
    "neighbours": "Finding similar texts",
    "compare": "Comparing texts",
    "meaning": "Comparing by meaning",
    "groups": "Making groups",
    "index": "Preparing search",
    "map": "Drawing the map",
    "topics": "Naming topics",
    "place": "Placing on the map",
    "download": "Downloading",
    "check": "Checking",
    "card-python": "Making the environment",
    "card-list": "Looking up packages",
    "card-fetch": "Fetching packages",
    "card-trial": "Trying the card",
}
_SECONDS_BETWEEN_LINES = 5.0
_SECONDS_BETWEEN_UPDATES = 0.1


def shown_progress(*, quiet: bool) -> AbstractContextManager[Show]:
    """Return the display that fits: as long as it is open, its function takes progress."""
    if quiet:
        return _nothing()
    console = make_console(sys.stderr)
    return _bar(console) if sys.stderr.isatty() and not console.is_dumb_terminal else _lines()


@contextmanager
def _nothing() -> Iterator[Show]:
    yield lambda _progress: None


@contextmanager
def _bar(console: Console) -> Iterator[Show]:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=None),
        _CountColumn(),
        _RateColumn(),
        TimeRemainingColumn(compact=True, elapsed_when_finished=True),
    )
    with Progress(*columns, console=console, transient=True, expand=True) as display:
        stage, task, updated = "", display.add_task("Starting", total=None), 0.0

        def show(progress: messages.Progress) -> None:
            nonlocal stage, task, updated
            now = time.monotonic()
            if progress.stage != stage:
                display.remove_task(task)
                stage, task = progress.stage, display.add_task(_words(progress.stage), total=None)
            elif progress.done != progress.total and now - updated < _SECONDS_BETWEEN_UPDATES:
                return
            updated = now
            display.update(task, completed=progress.done, total=progress.total)

        yield show


class _CountColumn(ProgressColumn):
    """How many of how many, as far as that is known."""

    def render(self, task: Task) -> Text:
        """Return the count, nothing for a stage that does not count."""
        if task.total is None:
            return Text(f"{task.completed:,.0f}" if task.completed else "")
        return Text(f"{task.completed:,.0f} of {task.total:,.0f}")


class _RateColumn(ProgressColumn):
    """How many of a stage are done in a second."""

    def render(self, task: Task) -> Text:
        """Return the rate, nothing while it is not known."""
        return Text(f"{task.speed:,.0f}/s" if task.speed else "", style="dim")


@contextmanager
def _lines() -> Iterator[Show]:
    stage, begun, printed = "", 0.0, time.monotonic()

    def show(progress: messages.Progress) -> None:
        nonlocal stage, begun, printed
        now = time.monotonic()
        if progress.stage != stage:
            stage, begun = progress.stage, now
        if now - printed >= _SECONDS_BETWEEN_LINES:
            printed = now
            print(_line(progress, now - begun), file=sys.stderr, flush=True)  # noqa: T201

    yield show


def _line(progress: messages.Progress, seconds: float) -> str:
    parts = [f"{_words(progress.stage)}: {progress.done:,}"]
    if progress.total is not None:
        parts[0] += f" of {progress.total:,}"
    if progress.done and seconds > 0:
        rate = progress.done / seconds
        parts.append(f"{rate:,.0f}/s")
        if progress.total is not None:
            parts.append(f"{_duration((progress.total - progress.done) / rate)} left")
    return ", ".join(parts)


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def _words(stage: str) -> str:
    return _STAGES.get(stage, stage)
