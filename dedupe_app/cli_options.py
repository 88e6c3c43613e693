"""What commands of the command line have in common: types of values, options, the way onto the graphics card."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dedupe_app.engine.defaults import DEFAULT_SIMILARITY

if TYPE_CHECKING:
    from collections.abc import Callable

_SMALLEST, _LARGEST = 100, 20_000


class Target(click.Path):
    """A report to write: a file in a folder that exists, or - for the standard output."""

    def __init__(self, form: str = "") -> None:
        """Take files and the dash, no folders; over one that is there only what is of that form: csv, json."""
        super().__init__(dir_okay=False, allow_dash=True, path_type=Path)
        self._form = form

    def convert(
        self,
        value: str | os.PathLike[str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> Path:
        """Return the path; fail when its folder does not exist, or when there is another file than a report."""
        target = Path(os.fsdecode(super().convert(value, param, ctx)))
        if str(target) != "-" and not target.absolute().parent.is_dir():
            self.fail(f"The folder {target.absolute().parent} does not exist.", param, ctx)
        if self._form and str(target) != "-" and target.exists():
            _check(target, self._form)  # now, and not after all the work
        return target


def _check(target: Path, form: str) -> None:
    from dedupe_app.review import earlier

    earlier.check_target(target, earlier.is_table if form == "csv" else earlier.is_facts)


def read_size(_ctx: click.Context, _param: click.Parameter, value: str) -> tuple[int, int]:
    """Read a size such as 1600x1200."""
    width, _, height = value.lower().partition("x")
    fits = width.isdecimal() and height.isdecimal()
    if not fits or not all(_SMALLEST <= int(side) <= _LARGEST for side in (width, height)):
        raise click.BadParameter(f"{value} is not a size such as 1600x1200 (at most {_LARGEST}).")
    return int(width), int(height)


FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


library_option = click.option(
    "--library",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Where what was read is kept. Default: a file of your own user data.",
)
csv_option = click.option(
    "--csv", "csv_target", type=Target("csv"), metavar="FILE|-", help="Write the report as CSV."
)
json_option = click.option(
    "--json", "json_target", type=Target("json"), metavar="FILE|-", help="Write JSON."
)


quiet_option = click.option("--quiet", is_flag=True, help="No progress and no summary.")
_SCANNING = (
    click.argument("folders", nargs=-1, required=True, type=FOLDER, metavar="FOLDER..."),
    library_option,
    click.option(
        "--embedder",
        default="lexical",
        show_default=True,
        metavar="NAME",
        help="Compare by meaning too: qwen3-0.6b, qwen3-4b, qwen3-8b, folder:PATH or server:URL#MODEL.",
    ),
    click.option(
        "--similarity",
        type=click.FloatRange(0, 100),
        default=DEFAULT_SIMILARITY,
        show_default=True,
        metavar="0-100",
        help="Group only duplicates that are at least this similar.",
    ),
    click.option(
        "--protect",
        type=FOLDER,
        multiple=True,
        metavar="FOLDER",
        help="Never suggest to remove anything in this folder; compare the others with it. Repeatable.",
    ),
    click.option(
        "--exclude",
        multiple=True,
        metavar="GLOB",
        help="Pass over files and folders with such names: '*.tmp', 'build/**'. Repeatable.",
    ),
    csv_option,
    json_option,
    quiet_option,
)


def scanning(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the folders and options that scan and watch have in common."""
    for option in reversed(_SCANNING):
        command = option(command)
    return command


def continue_on_card(embedder: str) -> None:
    """Do the command in the environment for the graphics card if a model is to run and it is set up."""
    if embedder != "lexical":
        from dedupe_app.engine.card import continue_on_card

        continue_on_card(embedder)
