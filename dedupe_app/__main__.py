"""The way in: `dedupe-app` and `python -m dedupe_app`.

Reader processes import this module again, so it imports nothing before it is run.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def main() -> None:
    """Run the command line, or open the window."""
    import os
    from multiprocessing import freeze_support

    from dedupe_app.own_modules import keep_to_own_modules

    freeze_support()
    keep_to_own_modules()
    # The threads of numpy's products sleep as soon as they have nothing to do: else they spin for a tenth of a second.
    os.environ.setdefault("OPENBLAS_THREAD_TIMEOUT", "4")
    if sys.argv[1:] == ["--self-check"]:
        from dedupe_app.self_check import run

        sys.exit(run())
    from dedupe_app.cli import program

    # The command line knows nothing of the window: it is told how to open it.
    program(prog_name="dedupe-app", obj=_open_window)


def _open_window(library: Path, add: Sequence[Path]) -> int:
    from dedupe_app.app import run

    return run(library, add)


if __name__ == "__main__":
    main()
