"""`dedupe-app gpu`: says how it is with the graphics card, sets it up, and removes what was set up."""

from __future__ import annotations

import sys
from contextlib import closing
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from dedupe_app.cli_output import make_console, path_text, stdout, write_facts
from dedupe_app.cli_progress import shown_progress
from dedupe_app.cli_tables import print_paragraph
from dedupe_app.engine.card import (
    DISK_BYTES,
    DOWNLOAD_BYTES,
    GB,
    CardFacts,
    last_sources,
    look,
    set_up,
)
from dedupe_app.runtime import places
from dedupe_app.runtime.places import State

if TYPE_CHECKING:
    from pathlib import Path

    from dedupe_app.runtime.wanted import Sources

_WORDS = {
    State.ABSENT: "Nothing is set up for it; models run on the processor.",
    State.UNFINISHED: "Setting it up was not finished. Go on with: dedupe-app gpu install",
    State.OUTDATED: "It was set up for another version of the program, and is not used. Renew it with: "
    "dedupe-app gpu install",
    State.FAULTY: "Its Python is not there any more. Set it up anew with: dedupe-app gpu install",
    State.READY: "It is set up, and models run on it.",
}


def run_status(json_target: Path | None) -> None:
    """Print which card there is, what is set up, and what setting it up would take."""
    facts = look()
    if json_target is not None:
        write_facts(_as_facts(facts), json_target)
        return
    with stdout() as stream:
        console = make_console(stream)
        for sentence in _sentences(facts):
            print_paragraph(console, sentence)


def run_install(sources: Sources | None) -> None:
    """Set the card up; without sources: from where the packages came the last time."""
    facts = look()
    chosen = sources or last_sources(facts.found)
    if facts.found.state is not State.READY and not any(facts.problem) and not facts.own_torch:
        click.echo(_cost(facts), err=True)
    with closing(set_up(chosen)) as work, shown_progress(quiet=False) as show:
        while True:
            try:
                show(next(work))
            except StopIteration as stop:
                manifest = stop.value
                break
    console = make_console(sys.stdout)
    print_paragraph(
        console, f"{manifest.card} is set up: torch {manifest.packages.get('torch', '')}."
    )
    for sentence in manifest.account:
        print_paragraph(console, sentence)


def run_remove() -> None:
    """Remove what was set up."""
    freed = places.remove(places.root_folder())
    console = make_console(sys.stdout)
    print_paragraph(
        console,
        f"Removed; {freed / GB:.1f} GB are free again. Models run on the processor."
        if freed
        else "Nothing was set up; there is nothing to remove.",
    )


def _sentences(facts: CardFacts) -> list[str]:
    told = []
    card = facts.card
    if card is None:
        told.append("There is no sign of an NVIDIA graphics card.")
    else:
        driver = card.driver or "unknown"
        memory = f", {card.memory_bytes / GB:.1f} GB" if card.memory_bytes else ""
        told.append(f"{card.name}{memory}, driver {driver}.")
    if facts.own_torch:
        told.append("The torch of this program can use a card itself; nothing has to be set up.")
        return told
    told.append(_WORDS[facts.found.state])
    manifest = facts.found.manifest
    if manifest is not None and facts.found.state is State.READY:
        told.append(
            f"torch {manifest.packages.get('torch', '')} ({manifest.build}), Python {manifest.python}, "
            f"{manifest.size_bytes / GB:.1f} GB in {path_text(facts.place)}."
        )
        told.extend(manifest.account)
    if any(facts.found.trouble):
        told.append(f"When it was used last: {' '.join(filter(None, facts.found.trouble))}")
    if facts.found.state is not State.READY:
        told.append(" ".join(filter(None, facts.problem)) or _cost(facts))
    return told


def _cost(facts: CardFacts) -> str:
    return (
        f"Setting it up fetches about {DOWNLOAD_BYTES / GB:.1f} GB and takes about {DISK_BYTES / GB:.1f} GB of disk; "
        f"{facts.free_bytes / GB:,.1f} GB are free in {path_text(facts.place)}."
    )


def _as_facts(facts: CardFacts) -> dict[str, object]:
    manifest = facts.found.manifest
    return {
        "card": asdict(facts.card) if facts.card is not None else None,
        "own_torch": facts.own_torch,
        "state": facts.found.state.value,
        "environment": asdict(manifest) if manifest is not None else None,
        "trouble": list(facts.found.trouble),
        "problem": list(facts.problem),
        "place": path_text(facts.place),
        "free_bytes": facts.free_bytes,
        "download_bytes": DOWNLOAD_BYTES,
        "disk_bytes": DISK_BYTES,
    }
