"""What the window's commands about models do. Yields what is to be told; imports nothing heavy before it is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedupe_app.engine import scanning
from dedupe_app.engine.messages import Scan

if TYPE_CHECKING:
    from dedupe_app.engine.desk import Desk
    from dedupe_app.engine.model_messages import CheckModel, DownloadModel, EmbedAgain
    from dedupe_app.engine.scanning import Steps
    from dedupe_app.store.library import Library


def run_download(_library: Library, _desk: Desk, command: DownloadModel) -> Steps:
    """Download a model, or import it, and say where it is."""
    from dedupe_app.engine.models import download_model

    yield (yield from download_model(command))
    return None


def run_check(_library: Library, desk: Desk, command: CheckModel) -> Steps:
    """Check a model and say what was found."""
    from dedupe_app.engine.models import check_model

    yield (yield from check_model(command, desk.options.model))
    return None


def run_embed_again(library: Library, desk: Desk, command: EmbedAgain) -> Steps:
    """Try the texts again that the model could not take."""
    from dedupe_app.store.spaces import forget_failures

    forget_failures(library, command.files)
    desk.memory.done = None
    return (yield from scanning.run_scan(library, desk, Scan()))
