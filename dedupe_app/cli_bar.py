"""A live bar on a terminal: how far a scan is, how fast, and how long still."""

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

    from dedupe_app.engine import scan_messages

    Show = Callable[[scan_messages.Progress], None]

_SECONDS_BETWEEN_UPDATES = 0.1


def shown_bar(stage_words: Callable[[str], str]) -> AbstractContextManager[Show] | None:
    """Return the display, None on a terminal that cannot move its cursor. `stage_words`: what a stage does."""
    console = make_console(sys.stderr)
    return None if console.is_dumb_terminal else _bar(console, stage_words)


@contextmanager
def _bar(console: Console, stage_words: Callable[[str], str]) -> Iterator[Show]:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=None),
        _CountColumn(),
        _RateColumn(),
        TimeRemainingColumn(compact=True, elapsed_when_finished=True),
    )
    with Progress(*columns, console=console, transient=True, expand=True) as display:
        stage, task, updated = "", display.add_task("Starting", total=None), 0.0

        def show(progress: scan_messages.Progress) -> None:
            nonlocal stage, task, updated
            now = time.monotonic()
            if progress.stage != stage:
                display.remove_task(task)
                stage, task = (
                    progress.stage,
                    display.add_task(stage_words(progress.stage), total=None),
                )
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
