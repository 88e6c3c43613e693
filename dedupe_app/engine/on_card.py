"""The engine process in the environment for the graphics card: looks whether the card answers, then serves as ever."""

from __future__ import annotations

import logging
import sys

from dedupe_app.engine import wire
from dedupe_app.engine.messages import EngineOptions, Failed
from dedupe_app.errors import DedupeError

logger = logging.getLogger(__name__)

_UNUSED = "The graphics card is not used."
# Ends like this when the card does not answer; why was said before.
REFUSED = 75


def main() -> None:
    """Take the wire whose number is the last argument, and be the engine at its other end."""
    pipe = wire.take(sys.argv[-1])
    options: EngineOptions = pipe.recv()
    from dedupe_app.embed.card_trial import see_card

    try:
        see_card()
    except DedupeError as error:
        pipe.send(Failed(None, error.title, error.hint))
        sys.exit(REFUSED)
    except Exception as error:
        logger.exception("The packages for the graphics card cannot be loaded")
        pipe.send(Failed(None, _UNUSED, f"Set it up anew. Torch says: {error}"))
        sys.exit(REFUSED)
    from dedupe_app.engine.serving import serve_commands

    serve_commands(pipe, options)
