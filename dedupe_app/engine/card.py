"""The graphics card as window and command line see it: what is there, set up, removed. Loads no torch itself."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dedupe_app.engine.findings import Finding
from dedupe_app.engine.findings import State as Health
from dedupe_app.engine.scan_messages import Progress
from dedupe_app.errors import CardError
from dedupe_app.runtime import launch, places, wanted
from dedupe_app.runtime.cards import NvidiaCard, find_card
from dedupe_app.runtime.install import Trial, install
from dedupe_app.runtime.places import Found, Manifest, State
from dedupe_app.runtime.uv import find_uv
from dedupe_app.runtime.wanted import Sources
from dedupe_app.settings import resource_folder

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

GB = 1_000_000_000
# Measured on Linux with CUDA 13. On Windows torch holds itself what are packages of their own here.
DOWNLOAD_BYTES = 2_900_000_000
DISK_BYTES = 5_300_000_000
_TRIAL = "from dedupe_app.embed.card_trial import main; main()"
_NO_CARD_NEEDED = "The torch of this program can use the card itself; nothing has to be set up."


@dataclass(frozen=True, slots=True)
class CardFacts:
    """What there is to say before anything is set up.

    own_torch: the program's own torch can use a card. problem: title and hint why none can be set up, ("", "") if one
    can. free_bytes: of the disk where it would lie.
    """

    card: NvidiaCard | None
    own_torch: bool
    found: Found
    problem: tuple[str, str]
    free_bytes: int
    place: Path


def look(root: Path | None = None) -> CardFacts:
    """Look which card there is and how it is with the environment for it; asks the driver, which takes a moment."""
    place = root or places.root_folder()
    card = find_card()
    problem = ("", "")
    try:
        wanted.build_for(card)
        launch.program_folder()
        find_uv()
    except CardError as error:
        problem = (error.title, error.hint)
    there = next(folder for folder in (place, *place.parents) if folder.exists())
    free = shutil.disk_usage(there).free
    own = wanted.own_torch_sees_cards() and not os.environ.get(wanted.STAND_IN)
    return CardFacts(card, own, places.find(place), problem, free, place)


def set_up(sources: Sources, root: Path | None = None) -> Generator[Progress, None, Manifest]:
    """Make the environment for the card and put it into use; progress is in bytes while packages are fetched.

    Closing it stops; what was fetched is kept.

    Raises:
        CardError: it cannot be made, or does not work.
    """
    place = root or places.root_folder()
    if wanted.own_torch_sees_cards() and not os.environ.get(wanted.STAND_IN):
        raise CardError(_NO_CARD_NEEDED)
    card = find_card()
    selection = wanted.wanted(wanted.build_for(card))
    models = tuple(str(path) for path in _models_to_try())
    making = install(
        place, selection, sources, Trial(_TRIAL, models), card.name if card is not None else ""
    )
    try:
        while True:
            step = next(making)
            yield Progress(f"card-{step.stage}", step.done, step.total)
    except StopIteration as stop:
        manifest: Manifest = stop.value
        return manifest
    finally:
        making.close()


def last_sources(found: Found) -> Sources:
    """Return where the packages came from the last time."""
    return found.manifest.sources if found.manifest is not None else Sources()


def examine_card(root: Path | None = None) -> list[Finding]:
    """Tell for the doctor how it is with the environment; nothing where there is no need of one."""
    place = root or places.root_folder()
    found = places.find(place)
    manifest = found.manifest
    if found.state is State.READY and manifest is not None:
        detail = f"set up for {manifest.card}: torch {manifest.packages.get('torch', '')} ({manifest.build})"
        if any(found.trouble):
            return [Finding("Card", Health.LIMITED, detail, " ".join(filter(None, found.trouble)))]
        return [Finding("Card", Health.OK, detail)]
    if found.state is State.ABSENT:
        if wanted.own_torch_sees_cards() or find_card() is None:
            return []
        detail = "not used: the torch of this program computes on the processor alone"
        return [Finding("Card", Health.MISSING, detail, "Set it up with: dedupe-app gpu install")]
    told = {
        State.UNFINISHED: ("setting it up was not finished", "Go on with: dedupe-app gpu install"),
        State.OUTDATED: (
            "set up for another version of the program, and not used",
            "Renew it with: dedupe-app gpu install",
        ),
        State.FAULTY: (
            "its Python is not there any more",
            "Set it up anew with: dedupe-app gpu install",
        ),
    }[found.state]
    return [Finding("Card", Health.LIMITED, *told)]


def continue_on_card(embedder: str | None, root: Path | None = None) -> None:
    """Do this very command in the environment for the card, if there is one and the embedder gains by it.

    Returns when there is none, or when the card does not answer there, which is said on stderr. Otherwise the process
    ends with the status of the command.
    """
    from dedupe_app.engine.launching import runs_on_card

    if embedder is None or launch.is_inside() or not runs_on_card(embedder):
        return
    place = root or places.root_folder()
    found = places.find(place)
    if found.state is not State.READY or found.manifest is None:
        return
    from dedupe_app.engine.relaying import relay

    status = relay(place, found.manifest, sys.argv[1:])
    if status is not None:
        sys.exit(status)


def _models_to_try() -> list[Path]:
    """Return a tiny model, which comes with the installed program, or else the smallest that was downloaded."""
    from dedupe_app.embed.weights import KNOWN_MODELS, find

    tiny = resource_folder() / "self_check" / "tiny-qwen3"
    there = (find(name) for name in KNOWN_MODELS)
    models = [tiny] if tiny.is_dir() else []
    return (models + [path for path in there if path is not None])[:1]
