"""Runs a command of the command line in the environment for the graphics card, with this terminal."""

from __future__ import annotations

import logging
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

from dedupe_app.engine.on_card import REFUSED
from dedupe_app.errors import CardError
from dedupe_app.runtime import launch

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from dedupe_app.runtime.places import Manifest

logger = logging.getLogger(__name__)

_CODE = (
    "from dedupe_app.engine.relaying import refuse_without_card; refuse_without_card(); "
    "from dedupe_app.__main__ import main; main()"
)


def relay(root: Path, manifest: Manifest, arguments: Sequence[str]) -> int | None:
    """Run the command there and return its status; None when the card does not answer, and nothing was done."""
    try:
        command = launch.command(root / manifest.folder, _CODE, *arguments)
        process = subprocess.Popen(command, env=launch.variables(root))
    except (OSError, CardError) as error:
        logger.warning("The command cannot be run for the graphics card: %s", error)
        return None
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches the other one too
    try:
        status = process.wait()
    except BaseException:  # a request to end reaches this process alone
        process.terminate()
        process.wait()
        raise
    finally:
        signal.signal(signal.SIGINT, before)
    if status == REFUSED:
        return None
    return status if status >= 0 else 128 - status


def refuse_without_card() -> None:
    """End this process with REFUSED when the card does not answer in it; say why on stderr."""
    from dedupe_app.embed.card_trial import see_card
    from dedupe_app.errors import DedupeError

    try:
        see_card()
    except DedupeError as error:
        _say(f"{error} The processor is used.")
        sys.exit(REFUSED)
    except Exception as error:
        logger.exception("The packages for the graphics card cannot be loaded")
        _say(
            f"The environment for the graphics card is broken ({type(error).__name__}: {error}). The processor is "
            "used. Set it up anew: dedupe-app gpu install"
        )
        sys.exit(REFUSED)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)  # noqa: T201 - the program's own output
