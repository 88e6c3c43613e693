"""The command line: options and commands. Decides nothing itself; cli_<command>.py does the work.

Nothing heavy is imported before a command runs, so that --help answers at once.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from dedupe_app import __version__
from dedupe_app.cli_boundary import boundary
from dedupe_app.cli_groups import gpu, models
from dedupe_app.cli_options import (
    FOLDER,
    Target,
    continue_on_card,
    csv_option,
    json_option,
    library_option,
    quiet_option,
    read_size,
    scanning,
)

_KINDS = ("duplicates", "contained", "template", "meaning")


class _Program(click.Group):
    """The commands, with the one place where errors become messages and exit statuses."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        # Folders instead of a command, as a menu or a file manager gives them: the window opens with them.
        if args and args[0] not in self.commands and all(Path(each).is_dir() for each in args):
            args = [part for each in args for part in ("--add", each)]
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        with boundary(ctx):
            return super().invoke(ctx)


@click.group(
    cls=_Program,
    context_settings={"help_option_names": ["-h", "--help"]},
    invoke_without_command=True,
)
@click.version_option(__version__, prog_name="dedupe-app")
@library_option
@click.option("--add", multiple=True, type=FOLDER, metavar="FOLDER", hidden=True)
@click.pass_context
def program(ctx: click.Context, library: Path | None, add: tuple[Path, ...]) -> None:
    """Find the documents that exist more than once, and see why.

    Without a command the window opens. The commands never delete, move or change a document.
    """
    if ctx.invoked_subcommand is not None:
        if library or add:
            raise click.UsageError("Name the library after the command, not before it.")
        return
    if ctx.obj is not None and _has_display():
        ctx.exit(ctx.obj(_library_path(library), add))
    click.echo(ctx.get_help())
    click.echo("\nThere is no display here, so the window cannot open; these commands need none.")


@program.command()
@scanning
@click.option(
    "--retry-failed", is_flag=True, help="Try the texts again that the model could not take."
)
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
    retry_failed: bool,
) -> None:
    """Find the duplicates among the documents in folders.

    Without --csv and --json the groups are printed. A second scan only does what changed.
    """
    _check_targets(csv_target, json_target)
    continue_on_card(embedder)
    path = _library_path(library)
    if not path.exists():
        # A first scan: the processes that read get ready while the rest is imported here.
        from dedupe_app.engine.head_start import get_ready

        get_ready()
    from dedupe_app.cli_scan import run_scan

    run_scan(
        path,
        folders=folders,
        embedder=embedder,
        similarity=similarity,
        protect=protect,
        exclude=exclude,
        csv_target=csv_target,
        json_target=json_target,
        quiet=quiet,
        retry_failed=retry_failed,
    )


@program.command()
@scanning
def watch(
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
    """Keep the library up to date with folders until Ctrl+C; print one line per change.

    --csv and --json name files that are written anew whenever the groups change.
    """
    if "-" in map(str, (csv_target, json_target)):
        raise click.UsageError("The standard output is for the changes: name a file.")
    continue_on_card(embedder)
    from dedupe_app.cli_folders import scan_options
    from dedupe_app.cli_watch import run_watch

    targets = (csv_target, json_target)
    options = scan_options(
        folders,
        embedder=embedder,
        similarity=similarity,
        protect=protect,
        exclude=exclude,
        targets=targets,
    )
    run_watch(
        _library_path(library),
        options,
        csv_target=csv_target,
        json_target=json_target,
        quiet=quiet,
    )


@program.command()
@library_option
@click.option(
    "--kind",
    type=click.Choice([*_KINDS, "all"]),
    default="all",
    show_default=True,
    help="Which groups to write.",
)
@csv_option
@json_option
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
@click.argument("words", metavar="WORDS")
@library_option
@click.option(
    "-n",
    "most",
    type=click.IntRange(1, 1000),
    default=20,
    show_default=True,
    help="How many to show.",
)
@click.option(
    "--embedder",
    metavar="NAME",
    help="Search by meaning with this model, or lexical: words only. Default: the model of the latest scan.",
)
@json_option
@quiet_option
def search(
    words: str,
    library: Path | None,
    most: int,
    embedder: str | None,
    json_target: Path | None,
    quiet: bool,
) -> None:
    """Find documents by words, and by meaning if the library was scanned with a model.

    Words in double quotes are found in a row; the last word may be a beginning.
    """
    from dedupe_app.cli_search import run_search

    run_search(
        _library_path(library),
        words,
        most=most,
        embedder=embedder,
        json_target=json_target,
        quiet=quiet,
    )


@program.command("map")
@library_option
@click.option("--png", type=Target(), metavar="FILE|-", help="Draw it as a picture.")
@click.option(
    "--csv",
    "csv_target",
    type=Target("csv"),
    metavar="FILE|-",
    help="Write places and topics as CSV.",
)
@click.option(
    "--size",
    default="1600x1200",
    show_default=True,
    callback=read_size,
    metavar="WIDTHxHEIGHT",
    help="How large the picture is, in pixels.",
)
@click.option("--dark", is_flag=True, help="Light dots on a dark ground.")
@quiet_option
def draw_map(
    library: Path | None,
    png: Path | None,
    csv_target: Path | None,
    size: tuple[int, int],
    dark: bool,
    quiet: bool,
) -> None:
    """Draw the map of all documents: those about the same come to lie near each other."""
    if png is None and csv_target is None:
        raise click.UsageError("Say what to write: --png FILE or --csv FILE.")
    if png and csv_target and str(png) == str(csv_target) == "-":
        raise click.UsageError("Only one of --png and --csv can go to the standard output.")
    from dedupe_app.cli_map import run_map

    run_map(
        _library_path(library), png=png, csv_target=csv_target, size=size, dark=dark, quiet=quiet
    )


@program.command()
@library_option
@json_option
@click.option(
    "--repair", is_flag=True, help="Set a damaged library aside; rescue what was decided."
)
def doctor(library: Path | None, json_target: Path | None, repair: bool) -> None:
    """Tell what this computer offers, and what is missing."""
    from dedupe_app.cli_doctor import run_doctor, run_repair

    if repair:
        run_repair(_library_path(library))
    run_doctor(_library_path(library), json_target)


program.add_command(models)
program.add_command(gpu)


# ---- options -----------------------------------------------------------------------------------


def _has_display() -> bool:
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def _library_path(named: Path | None) -> Path:
    from dedupe_app.settings import library_path

    return Path(os.path.abspath(named)) if named else library_path()  # noqa: PTH100 - links stay


def _check_targets(csv_target: Path | None, json_target: Path | None) -> None:
    if csv_target and json_target and str(csv_target) == str(json_target) == "-":
        raise click.UsageError("Only one of --csv and --json can go to the standard output.")
