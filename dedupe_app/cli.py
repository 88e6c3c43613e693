"""The command line: options and commands. Decides nothing itself; cli_<command>.py does the work.

Nothing heavy is imported before a command runs, so that --help answers at once.
"""

from __future__ import annotations

import os
from pathlib import Path

import click

from dedupe_app import __version__
from dedupe_app.cli_boundary import boundary
from dedupe_app.engine.messages import DEFAULT_SIMILARITY

_MODELS = ("qwen3-0.6b", "qwen3-4b", "qwen3-8b")
_MODEL_PREFIXES = ("folder:", "server:")
_KINDS = ("duplicates", "contained", "template", "meaning")


class _Program(click.Group):
    """The commands, with the one place where errors become messages and exit statuses."""

    def invoke(self, ctx: click.Context) -> object:
        with boundary(ctx):
            return super().invoke(ctx)


class _Target(click.Path):
    """A report to write: a file in a folder that exists, or - for the standard output."""

    def __init__(self) -> None:
        super().__init__(dir_okay=False, allow_dash=True, path_type=Path)

    def convert(
        self,
        value: str | os.PathLike[str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> Path:
        target = Path(os.fsdecode(super().convert(value, param, ctx)))
        if str(target) != "-" and not target.absolute().parent.is_dir():
            self.fail(f"The folder {target.absolute().parent} does not exist.", param, ctx)
        return target


_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


_library = click.option(
    "--library",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Where what was read is kept. Default: a file of your own user data.",
)
_csv = click.option(
    "--csv", "csv_target", type=_Target(), metavar="FILE|-", help="Write the report as CSV."
)
_json = click.option("--json", "json_target", type=_Target(), metavar="FILE|-", help="Write JSON.")


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
@_csv
@_json
@click.option("--quiet", is_flag=True, help="No progress and no summary.")
def scan(
    folders: tuple[Path, ...],
    library: Path | None,
    embedder: str,
    similarity: float,
    protect: tuple[Path, ...],
    exclude: tuple[str, ...],
    csv_target: Path | None,
    json_target: Path | None,
    quiet: bool,
) -> None:
    """Find the duplicates among the documents in folders.

    Without --csv and --json the groups are printed. A second scan only does what changed.
    """
    _check_embedder(embedder)
    _check_targets(csv_target, json_target)
    from dedupe_app.cli_scan import run_scan

    run_scan(
        _library_path(library),
        folders=folders,
        similarity=similarity,
        protect=protect,
        exclude=exclude,
        csv_target=csv_target,
        json_target=json_target,
        quiet=quiet,
    )


@program.command()
@_library
@click.option(
    "--kind",
    type=click.Choice([*_KINDS, "all"]),
    default="all",
    show_default=True,
    help="Which groups to write.",
)
@_csv
@_json
def export(
    library: Path | None, kind: str, csv_target: Path | None, json_target: Path | None
) -> None:
    """Write the groups of the latest scan again.

    Without --csv and --json: as CSV on the standard output.
    """
    _check_targets(csv_target, json_target)
    from dedupe_app.cli_export import run_export

    run_export(
        _library_path(library), _KINDS if kind == "all" else (kind,), csv_target, json_target
    )


@program.command()
@_library
@_json
def doctor(library: Path | None, json_target: Path | None) -> None:
    """Tell what this computer offers, and what is missing."""
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
    if name == "lexical":
        return
    from dedupe_app.errors import EmbedderUnavailableError

    hint = "Use --embedder lexical, which is built in, or leave the option out."
    if name in _MODELS or name.startswith(_MODEL_PREFIXES):
        raise EmbedderUnavailableError(
            f"The embedder {name} cannot be used with this version yet.", hint
        )
    raise EmbedderUnavailableError(f"There is no embedder named {name}.", hint)
