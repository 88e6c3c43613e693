"""The way in: `dedupe-app` and `python -m dedupe_app`.

Reader processes import this module again, so it imports nothing before it is run.
"""

from __future__ import annotations


def main() -> None:
    """Run the command line."""
    from multiprocessing import freeze_support

    freeze_support()
    from dedupe_app.cli import program

    program(prog_name="dedupe-app")


if __name__ == "__main__":
    main()
