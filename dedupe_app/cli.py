"""The command line: reads options, runs the engine, prints what comes of it. Decides nothing itself.

Nothing heavy is imported before a command runs, so that --help answers at once.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from dedupe_app import __version__
from dedupe_app.cli_boundary import boundary
from dedupe_app.engine.messages import DEFAULT_SIMILARITY

if TYPE_CHECKING:
    from collections.abc import Callable

logger = logging.getLogger(__name__)

_MODELS = ("qwen3-0.6b", "qwen3-4b", "qwen3-8b")
_MODEL_PREFIXES = ("folder:", "server:")
_KINDS = ("duplicates", "contained", "template", "meaning")


class _Program(click.Group):
    """The commands, with the one place where errors become messages and exit statuses."""

    def invoke(self, ctx: click.Context) -> Any:
        with boundary(ctx):
            return super().invoke(ctx)


class _Target(click.Path):
    """A report to write: a file in a folder that exists, or - for the standard output."""

    def __init__(self) -> None:
        super().__init__(dir_okay=False, allow_dash=True, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        target = super().convert(value, param, ctx)
        if str(target) != "-" and not target.absolute().parent.is_dir():
            self.fail(f"The folder {target.absolute().parent} does not exist.", param, ctx)
        return target


_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


def _options(*options: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def add(command: Any) -> Any:
        for option in reversed(options):
            command = option(command)
        return command

    return add


_library = click.option(
    "--library",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Where what was read is kept. Default: a file of your own user data.",
)
_reports = _options(
    click.option(
        "--csv", "csv_target", type=_Target(), metavar="FILE|-", help="Write the report as CSV."
    ),
    click.option("--json", "json_target", type=_Target(), metavar="FILE|-", help="Write as JSON."),
)


@click.group(
    cls=_Program,
    context_settings={"help_option_names": ["-h", "--help"]},
    invoke_without_command=True,
)
@click.version_option(__version__, prog_name="dedupe-app")
@click.pass_context
def program(ctx: click.Context) -> None:
    """Find the documents that exist more than once, and see why.

    Nothing is ever deleted, moved or changed by these commands.
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


@program.command()
@click.argument("folders", nargs=-1, required=True, type=_FOLDER, metavar="FOLDER...")
@_library
@click.option(
    "--embedder",
    default="lexical",
    show_default=True,
    metavar="NAME",
    help="How texts become vectors. So far only the built-in one.",
)
@click.option(
    "--similarity",
    type=click.FloatRange(0, 100),
    default=DEFAULT_SIMILARITY,
    show_default=True,
    metavar="0-100",
    help="Group only duplicates that are at least this similar.",
)
@click.option(
    "--protect",
    type=_FOLDER,
    multiple=True,
    metavar="FOLDER",
    help="Never suggest to remove anything in this folder; compare the others with it. Repeatable.",
)
@click.option(
    "--exclude",
    multiple=True,
    metavar="GLOB",
    help="Pass over files and folders with such names: '*.tmp', 'build/**'. Repeatable.",
)
@_reports
@click.option("--quiet", is_flag=True, help="No progress and no summary.")
def scan(embedder: str, **options: Any) -> None:
    """Read the documents in folders and find which are duplicates of which.

    Without --csv and --json the groups are printed as a table. A second scan only does what changed.
    """
    _check_embedder(embedder)
    _check_targets(options["csv_target"], options["json_target"])
    from dedupe_app.cli_scan import run_scan

    run_scan(_library_path(options.pop("library")), **options)


@program.command()
@_library
@click.option(
    "--kind",
    type=click.Choice([*_KINDS, "all"]),
    default="all",
    show_default=True,
    help="Which groups to write.",
)
@_reports
def export(
    library: Path | None, kind: str, csv_target: Path | None, json_target: Path | None
) -> None:
    """Write the groups of the latest scan again; CSV on the standard output unless told otherwise."""
    _check_targets(csv_target, json_target)
    from dedupe_app.cli_export import run_export

    run_export(
        _library_path(library), _KINDS if kind == "all" else (kind,), csv_target, json_target
    )


@program.command()
@_library
@click.option("--json", "json_target", type=_Target(), metavar="FILE|-", help="Write as JSON.")
def doctor(library: Path | None, json_target: Path | None) -> None:
    """Tell what this computer offers to the program, what is missing, and how to get it."""
    from dedupe_app.cli_doctor import run_doctor

    run_doctor(_library_path(library), json_target)


# ---- options -----------------------------------------------------------------------------------


def _library_path(named: Path | None) -> Path:
    from dedupe_app.settings import library_path

    return Path(os.path.abspath(named)) if named else library_path()  # noqa: PTH100 - links stay


def _check_targets(csv_target: Path | None, json_target: Path | None) -> None:
    if csv_target and json_target and str(csv_target) == str(json_target) == "-":
        raise click.UsageError("Only one of --csv and --json can go to the standard output.")


def _check_embedder(name: str) -> None:
    if name != "lexical":
        _refuse_embedder(name)


def _refuse_embedder(name: str) -> NoReturn:
    from dedupe_app.errors import EmbedderUnavailableError

    hint = "Use --embedder lexical, which is built in, or leave the option out."
    if name in _MODELS or name.startswith(_MODEL_PREFIXES):
        raise EmbedderUnavailableError(
            f"The embedder {name} cannot be used with this version yet.", hint
        )
    raise EmbedderUnavailableError(f"There is no embedder named {name}.", hint)
