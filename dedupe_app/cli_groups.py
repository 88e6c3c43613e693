"""The commands that come in groups: models and gpu. cli_models.py and cli_card.py do the work."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dedupe_app.cli_options import FOLDER, continue_on_card, json_option

if TYPE_CHECKING:
    from pathlib import Path


@click.group()
def models() -> None:
    """List, download and check the models that compare by meaning."""


@models.command("list")
@json_option
def models_list(json_target: Path | None) -> None:
    """Show which models there are, what they need, and which are downloaded."""
    from dedupe_app.cli_models import run_list

    run_list(json_target)


@models.command("download")
@click.argument("name", metavar="NAME")
@click.option(
    "--from",
    "source",
    type=FOLDER,
    metavar="FOLDER",
    help="Import it from a folder; stay offline.",
)
def models_download(name: str, source: Path | None) -> None:
    """Download a model, or what is missing of it. HTTPS_PROXY and HF_ENDPOINT are heeded."""
    from dedupe_app.cli_models import run_download

    run_download(name, source)


@models.command("check")
@click.argument("name", metavar="NAME")
def models_check(name: str) -> None:
    """Look whether a model is whole, load it, test it, and measure its speed. NAME as for --embedder."""
    continue_on_card(name)
    from dedupe_app.cli_models import run_check

    run_check(name)


@click.group()
def gpu() -> None:
    """Let models run on the graphics card (NVIDIA): look, set it up, remove what was set up."""


@gpu.command("status")
@json_option
def gpu_status(json_target: Path | None) -> None:
    """Show which card there is, whether it is set up, and what that takes."""
    from dedupe_app.cli_card import run_status

    run_status(json_target)


@gpu.command("install")
@click.option("--index", default="", metavar="URL", help="A mirror of PyPI.")
@click.option("--torch-index", default="", metavar="URL", help="A mirror of the list of torch.")
@click.option("--wheels", type=FOLDER, metavar="FOLDER", help="All packages; stay offline.")
@click.option("--python-mirror", default="", metavar="URL", help="Fetch a Python from here.")
def gpu_install(index: str, torch_index: str, wheels: Path | None, python_mirror: str) -> None:
    """Fetch the torch for the card, or what is missing of it, and try it out. HTTPS_PROXY is heeded."""
    from dedupe_app.cli_card import run_install
    from dedupe_app.runtime.wanted import Sources

    named = Sources(index, torch_index, str(wheels.absolute()) if wheels else "", python_mirror)
    run_install(named if named != Sources() else None)


@gpu.command("remove")
def gpu_remove() -> None:
    """Remove what was set up; models run on the processor then."""
    from dedupe_app.cli_card import run_remove

    run_remove()
