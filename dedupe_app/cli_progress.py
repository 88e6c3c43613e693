"""Shows on stderr how far a scan is: a live bar on a terminal, elsewhere a line now and then."""

from __future__ import annotations

import sys
import time
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING

from dedupe_app.signals import cancel_if_asked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dedupe_app.cli_bar import Show
    from dedupe_app.engine import scan_messages

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


@contextmanager
def shown_progress(*, quiet: bool) -> Iterator[Show]:
    """Open the display that fits; its function takes progress, and ends the command if a signal asked for it."""
    with _display(quiet=quiet) as show:

        def step(progress: scan_messages.Progress) -> None:
            cancel_if_asked()
            show(progress)

        yield step


def _display(*, quiet: bool) -> AbstractContextManager[Show]:
    if quiet:
        return _nothing()
    if sys.stderr.isatty():
        # Imported here: nothing else needs it, and a scan of an unchanged folder is as short as its imports.
        from dedupe_app.cli_bar import shown_bar

        return shown_bar(_words) or _lines()
    return _lines()


@contextmanager
def _nothing() -> Iterator[Show]:
    yield lambda _progress: None


@contextmanager
def _lines() -> Iterator[Show]:
    stage, begun, printed = "", 0.0, time.monotonic()

    def show(progress: scan_messages.Progress) -> None:
        nonlocal stage, begun, printed
        now = time.monotonic()
        if progress.stage != stage:
            stage, begun = progress.stage, now
        if now - printed >= _SECONDS_BETWEEN_LINES:
            printed = now
            print(_line(progress, now - begun), file=sys.stderr, flush=True)  # noqa: T201

    yield show


def _line(progress: scan_messages.Progress, seconds: float) -> str:
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
