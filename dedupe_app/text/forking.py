"""The process that imports what readers need and forks them, where readers can be forked.

Imports next to nothing, so that it can be started before anything else is: knows no jobs and no files.
"""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING

from dedupe_app.signals import held_back

if TYPE_CHECKING:
    from collections.abc import Sequence

logger = logging.getLogger(__name__)

# On Linux readers are forked from a process that has imported all they need: that takes 20 ms instead of 300. Elsewhere
# native code does not bear to be forked.
FORKS = sys.platform == "linux"
_NURSERY = "dedupe_app.text.nursery"


def begin_forking(modules: Sequence[str]) -> bool:
    """Start the process that imports what readers need, by name, and forks them. Waits for nothing; Linux only.

    It stays as long as the program, and what the first call names counts. False where that is not possible, as with a
    temporary folder whose name is too long for a socket: readers are then started one by one.
    """
    # Imported here: the window needs no readers for seconds, and most commands never.
    from multiprocessing import forkserver, resource_tracker

    try:
        resource_tracker.ensure_running()  # its start would let Ctrl+C through again
        forkserver.set_forkserver_preload([_NURSERY, *modules])
        with held_back("SIGINT"):
            forkserver.ensure_running()
    except (OSError, EOFError) as error:
        logger.warning("readers cannot be forked, and are started one by one: %s", error)
        return False
    return True
