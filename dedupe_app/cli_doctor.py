"""`dedupe-app doctor`: prints what engine/doctor.py found out."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from rich.text import Text

from dedupe_app import __version__
from dedupe_app.cli_output import make_console, stdout, write_facts
from dedupe_app.cli_tables import print_beside
from dedupe_app.engine.doctor import State, examine
from dedupe_app.review.export import neutral

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
