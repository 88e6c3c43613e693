"""`dedupe-app doctor`: prints what engine/doctor.py found out, and repairs the library when asked to."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click
from rich.text import Text

from dedupe_app import __version__
from dedupe_app.cli_output import make_console, path_text, stdout, write_facts
from dedupe_app.cli_tables import print_beside
from dedupe_app.engine.doctor import State, examine
from dedupe_app.review.export import neutral
from dedupe_app.store.rescue import repair

if TYPE_CHECKING:
    from pathlib import Path

_WHAT_WIDTH = 12
_STATE_WIDTH = 9
_STYLES = {State.OK: "green", State.MISSING: "yellow", State.LIMITED: "yellow", State.FAULTY: "red"}


def run_doctor(library_path: Path, json_target: Path | None) -> None:
    """Print the findings as a table, or write them as JSON."""
    findings = examine(library_path)
    if json_target is not None:
        facts = [asdict(finding) for finding in findings]
        write_facts({"version": __version__, "findings": facts}, json_target)
        return
    with stdout() as stream:
        console = make_console(stream)
        for finding in findings:
            detail = Text(neutral(finding.detail))
            if finding.hint:
                detail.append(f"\n{neutral(finding.hint)}", style="dim")
            mark = Text.assemble((f"{finding.what:<{_WHAT_WIDTH}}", "bold"))
            mark.append(finding.state.value, style=_STYLES[finding.state])
            print_beside(console, mark, detail, _WHAT_WIDTH + _STATE_WIDTH)


def run_repair(library_path: Path) -> None:
    """Repair the library if it is damaged, and say on stderr what came of it."""
    rescued = repair(library_path)
    if rescued is None:
        lines = [f"The library {path_text(library_path)} is not damaged; nothing was done."]
    else:
        lines = [
            f"The damaged library is now {path_text(rescued.aside)}.",
            f"Rescued into a new one: {rescued.decisions:,} decisions, {rescued.rejections:,} pairs that are no "
            f"duplicates, {rescued.folders:,} folders, {rescued.actions:,} entries of the journal.",
            "The next scan reads the documents again.",
        ]
    for line in lines:
        click.echo(neutral(line), err=True)
