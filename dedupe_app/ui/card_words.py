"""What the window says about the graphics card, by what is there. Pure: facts in, sentences out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from dedupe_app.runtime.places import State
from dedupe_app.ui.formats import duration_text, percent_text, size_text
from dedupe_app.ui.sentences import join

if TYPE_CHECKING:
    from dedupe_app.engine.card import CardFacts
    from dedupe_app.engine.messages import Working


def line_texts(facts: CardFacts, working: Working | None) -> tuple[str, str]:
    """Return the sentence below the models and its link; ("", "") when there is nothing to set up."""
    translate = QCoreApplication.translate
    state = facts.found.state
    if facts.card is None and state is State.ABSENT:
        return "", ""
    name = facts.card.name if facts.card is not None else translate("Card", "Graphics card")
    more = translate("Card", "More…")
    if working is not None:
        share = percent_text(100 * working.done / working.total) if working.total else ""
        return translate("Card", "{} is being set up. {}").format(name, share).strip(), more
    if facts.own_torch:
        return "", ""
    said = {
        State.READY: (translate("Card", "Models run on {}."), more),
        State.ABSENT: (
            translate("Card", "There is a graphics card here, {}, and models do not use it yet."),
            translate("Card", "Use the graphics card…"),
        ),
        State.OUTDATED: (
            translate("Card", "{} has to be set up anew for this version of the program."),
            translate("Card", "Renew…"),
        ),
        State.UNFINISHED: (
            translate("Card", "Setting up {} was not finished."),
            translate("Card", "Go on…"),
        ),
        State.FAULTY: (
            translate("Card", "{} has to be set up anew: parts are missing."),
            translate("Card", "Set up…"),
        ),
    }[state]
    return said[0].format(name), said[1]


def head_text(facts: CardFacts) -> str:
    """Return what there is to know before anything is done."""
    translate = QCoreApplication.translate
    name = facts.card.name if facts.card is not None else translate("Card", "the graphics card")
    if facts.found.state is State.READY and any(facts.found.trouble):
        said = translate(
            "Card",
            "{} is set up, but did not work when it was used last; then models run on the processor.",
        )
        return said.format(name)
    return {
        State.READY: translate("Card", "Models run on {}."),
        State.ABSENT: translate(
            "Card", "Models run on the processor now, which takes long. They can run on {} instead."
        ),
        State.OUTDATED: translate(
            "Card",
            "{} was set up for another version of the program. Until it is renewed, models run on the processor.",
        ),
        State.UNFINISHED: translate(
            "Card", "Setting up {} was broken off. What was fetched is there, the rest is missing."
        ),
        State.FAULTY: translate(
            "Card", "Parts of what was set up for {} are missing. Models run on the processor."
        ),
    }[facts.found.state].format(name)


def cost_text(facts: CardFacts) -> str:
    """Return what setting it up takes, and where it comes from."""
    from dedupe_app.engine.card import DISK_BYTES, DOWNLOAD_BYTES

    translate = QCoreApplication.translate
    size = translate("Card", "About {} are downloaded and take about {} of disk; {} are free.")
    where = translate(
        "Card",
        "They are packages from pypi.org and download.pytorch.org. Your documents stay on this computer.",
    )
    numbers = map(size_text, (DOWNLOAD_BYTES, DISK_BYTES, facts.free_bytes))
    return join(size.format(*numbers), where)


def ready_text(facts: CardFacts) -> str:
    """Return what is set up."""
    manifest = facts.found.manifest
    if manifest is None:
        return ""
    text = QCoreApplication.translate("Card", "torch {version}, Python {python}, {size} of disk.")
    return text.format(
        version=manifest.packages.get("torch", ""),
        python=manifest.python,
        size=size_text(manifest.size_bytes),
    )


def button_text(state: State) -> str:
    """Return what the button is called that sets it up."""
    translate = QCoreApplication.translate
    return {
        State.OUTDATED: translate("Card", "Renew"),
        State.UNFINISHED: translate("Card", "Go on"),
    }.get(state, translate("Card", "Set up"))


def stage_text(stage: str) -> str:
    """Return what is being done."""
    translate = QCoreApplication.translate
    return {
        "card-python": translate("Card", "Making the environment…"),
        "card-list": translate("Card", "Looking up packages…"),
        "card-fetch": translate("Card", "Fetching packages…"),
        "card-trial": translate("Card", "Trying the graphics card…"),
    }.get(stage, translate("Card", "Looking…"))


def progress_text(working: Working) -> str:
    """Return how far fetching is, how fast, and how long it takes yet; "" for the other steps."""
    translate = QCoreApplication.translate
    if not working.total:
        return ""
    parts = [
        translate("Card", "{} of {}").format(size_text(working.done), size_text(working.total))
    ]
    if working.rate and working.seconds_left and working.done < working.total:
        parts.append(translate("Card", "{} a second").format(size_text(round(working.rate))))
        parts.append(translate("Card", "{} left").format(duration_text(working.seconds_left)))
    return " · ".join(parts)
