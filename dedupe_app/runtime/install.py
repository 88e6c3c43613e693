"""Makes the environment for the graphics card, step by step: Python, list of packages, packages, trial, into use.

A generator that can be closed at any time: what was fetched is kept for the next time, and what was in use stays so.
"""

from __future__ import annotations

import json
import logging
import shutil
import sys
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from dedupe_app.errors import CardError
from dedupe_app.runtime import launch, places
from dedupe_app.runtime.fetching import UNPACKED, Fetching, pins, read_list
from dedupe_app.runtime.places import Manifest, State, log_path
from dedupe_app.runtime.uv import find_uv, last_words, listen, uv_environment
from dedupe_app.runtime.wanted import PYTHONS, Sources, torch_index

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence
    from pathlib import Path

    from dedupe_app.runtime.fetching import Package
    from dedupe_app.runtime.wanted import Wanted

logger = logging.getLogger(__name__)

_GB = 1_000_000_000
_SPARE_BYTES = 1_000_000_000
_TRIAL_S = 900.0
_LEAST, _MOST = (3, 11), (3, 13)


@dataclass(frozen=True, slots=True)
class Step:
    """How far it is. `stage`: python, list, fetch or trial; `fetch` counts bytes, the others count nothing."""

    stage: str
    done: int = 0
    total: int | None = None


@dataclass(frozen=True, slots=True)
class Trial:
    """What is run in the new environment before it is used: a line of Python with arguments, which prints JSON.

    {"account": [sentences]} when all is well, {"title": ..., "hint": ...} when it is not.
    """

    code: str
    arguments: tuple[str, ...] = ()


def install(
    root: Path, wanted: Wanted, sources: Sources, trial: Trial, card: str
) -> Generator[Step, None, Manifest]:
    """Make the environment, or make it anew, and put it into use. card: its name, for the record.

    Raises:
        CardError: something is missing, does not fit or failed; what was in use before stays in use.
    """
    launch.program_folder()
    before = places.find(root)
    if before.state is State.READY and before.manifest is not None:
        return before.manifest
    with places.alone(root):
        log_path(root).unlink(missing_ok=True)
        maker = _Maker(root, wanted, sources)
        yield Step("python")
        if before.manifest is not None and before.manifest.folder == maker.environment.name:
            (root / "environment.json").unlink(missing_ok=True)  # its folder is made anew
        yield from maker.make_environment()
        yield Step("list")
        packages = yield from maker.list_packages()
        maker.check_disk(packages)
        yield from maker.fetch(packages)
        yield Step("trial")
        account = yield from try_out(root, maker.environment, trial)
        manifest = maker.manifest(packages, card, account)
        places.write_manifest(root, manifest)
        logger.info("The environment for %s is ready: %s", card, manifest.folder)
        yield from maker.tidy(before.manifest, manifest)
    return manifest


def try_out(root: Path, environment: Path, trial: Trial) -> Generator[Step, None, tuple[str, ...]]:
    """Run the trial in an environment; return the sentences it says.

    Raises:
        CardError: it did not work there.
    """
    command = launch.command(environment, trial.code, *trial.arguments)
    hearing = listen(
        command, launch.variables(root), log_path(root), folder=root, patience_s=_TRIAL_S
    )
    status, lines = yield from _passed_on(hearing, Step("trial"))
    try:
        told = json.loads(lines[-1]) if lines else {}
    except ValueError:
        told = {}
    if status == 0 and "account" in told:
        return tuple(map(str, told["account"]))
    if "title" in told:
        raise CardError(str(told["title"]), str(told.get("hint", "")))
    raise CardError("The trial of the graphics card broke off.", last_words(root))


class _Maker:
    """Knows where things go and whence they come while an environment is made."""

    def __init__(self, root: Path, wanted: Wanted, sources: Sources) -> None:
        self.root = root
        self.wanted = wanted
        self.sources = sources
        self.environment = root / f"env-{wanted.fingerprint}"
        self._uv = find_uv()
        self._project = root / "pyproject.toml"
        self._list = root / "pylock.toml"

    def make_environment(self) -> Generator[Step, None, None]:
        """Make an empty environment with a Python that fits."""
        shutil.rmtree(self.environment, ignore_errors=True)
        command = ["venv", "--python", _python_wish(), str(self.environment)]
        if self.sources.wheels and not self.sources.python_mirror:
            command.append("--no-python-downloads")
        status, _ = yield from self._run(command, Step("python"))
        if status:
            raise CardError(
                "No Python was found that fits.",
                "Install Python 3.11, 3.12 or 3.13 (Debian: apt install python3), or name a mirror it can be fetched "
                f"from. {last_words(self.root)}",
            )

    def list_packages(self) -> Generator[Step, None, list[Package]]:
        """Ask which files belong to what is wanted, and how large they are."""
        self._project.write_text(_project(self.wanted, self.sources), encoding="utf-8")
        self._list.unlink(missing_ok=True)
        command = ["pip", "compile", str(self._project), "--quiet", "--format", "pylock.toml"]
        command += ["--output-file", str(self._list), *self._where(), *self._with_python()]
        status, _ = yield from self._run(command, Step("list"))
        if status or not self._list.is_file():
            raise self._unreached()
        return read_list(self._list)

    def check_disk(self, packages: Sequence[Package]) -> None:
        """Compare what the packages take with what is free."""
        fetched = sum(each.size_bytes for each in packages)
        needed = int(fetched * UNPACKED) + _SPARE_BYTES
        free = shutil.disk_usage(self.root).free + places.size_of(self.root / "cache")
        if free < needed:
            raise CardError(
                f"The environment needs {needed / _GB:.1f} GB of disk, and {free / _GB:.1f} GB are free in "
                f"{self.root}.",
                "Make room and try again; what is there is kept.",
            )

    def fetch(self, packages: Sequence[Package]) -> Generator[Step, None, None]:
        """Fetch what is not there yet, and put it into the environment."""
        fetching = Fetching(packages, self.root / "cache")
        yield Step("fetch", fetching.done, fetching.total)
        locked = self.root / "locked.txt"
        locked.write_text(pins(packages), encoding="utf-8")
        # Not `pip sync` with the list: that fetches files again whose server does not say how long they may be kept.
        command = ["pip", "install", "--requirement", str(self._project)]
        command += ["--constraint", str(locked), *self._where(), *self._with_python()]
        hearing = self._listen(command)
        try:
            while True:
                done = fetching.hear(next(hearing))
                yield Step("fetch", done, fetching.total)
        except StopIteration as stop:
            status, _ = stop.value
        finally:
            hearing.close()
        if status:
            raise self._unreached()
        yield Step("fetch", fetching.total, fetching.total)

    def manifest(
        self, packages: Sequence[Package], card: str, account: tuple[str, ...]
    ) -> Manifest:
        """Return what is written down about the finished environment."""
        settings = (self.environment / "pyvenv.cfg").read_text(encoding="utf-8")
        pairs = dict(line.split(" = ", 1) for line in settings.splitlines() if " = " in line)
        return Manifest(
            folder=self.environment.name,
            build=self.wanted.build,
            fingerprint=self.wanted.fingerprint,
            packages={each.name: each.version for each in packages},
            card=card,
            python=pairs.get("version_info", ""),
            made=datetime.now().astimezone().isoformat(timespec="seconds"),
            size_bytes=places.size_of(self.environment),
            account=account,
            sources=self.sources,
        )

    def tidy(self, before: Manifest | None, after: Manifest) -> Generator[Step, None, None]:
        """Delete what only the environment before needed; what both have stays in the cache for the next time."""
        places.drop_others(self.root, after.folder)
        old = before.packages if before is not None else {}
        gone = [name for name, version in old.items() if after.packages.get(name) != version]
        if gone:
            yield from self._run(["cache", "clean", *gone], Step("trial"))

    # ---- uv ------------------------------------------------------------------------------------

    def _with_python(self) -> list[str]:
        return ["--python", str(places.python_of(self.environment)), "--only-binary", ":all:"]

    def _where(self) -> list[str]:
        if self.sources.wheels:
            return ["--no-index", "--find-links", self.sources.wheels]
        return ["--default-index", self.sources.index] if self.sources.index else []

    def _run(
        self, arguments: list[str], step: Step
    ) -> Generator[Step, None, tuple[int, list[str]]]:
        return (yield from _passed_on(self._listen(arguments), step))

    def _listen(self, arguments: list[str]) -> Generator[list[str], None, tuple[int, list[str]]]:
        variables = uv_environment(self.root, self.sources.python_mirror)
        return listen([self._uv, *arguments], variables, log_path(self.root), folder=self.root)

    def _unreached(self) -> CardError:
        if self.sources.wheels:
            return CardError(
                f"The folder {self.sources.wheels} does not hold all packages that are needed.",
                last_words(self.root),
            )
        return CardError(
            "The packages for the graphics card could not be fetched.",
            "Check the connection (proxy: HTTPS_PROXY) and try again; what is there is kept. Or name a mirror, or a "
            f"folder with the packages. {last_words(self.root)}",
        )


def _passed_on(
    hearing: Generator[list[str], None, tuple[int, list[str]]], step: Step
) -> Generator[Step, None, tuple[int, list[str]]]:
    """Yield a step as long as a program runs; return its status and what it said."""
    try:
        while True:
            next(hearing)
            yield step
    except StopIteration as stop:
        status, lines = stop.value
        return status, lines
    finally:
        hearing.close()


def _python_wish() -> str:
    """Name the Python that is wanted: the one that runs, when the program is not frozen, else any that fits."""
    frozen = bool(getattr(sys, "frozen", False))
    return sys.executable if not frozen and _LEAST <= sys.version_info[:2] <= _MOST else PYTHONS


def _project(wanted: Wanted, sources: Sources) -> str:
    """Write down for uv what is wanted; torch may have a list of its own."""
    packages = "".join(f"    {json.dumps(each)},\n" for each in wanted.packages)
    text = (
        '[project]\nname = "dedupe-app-card"\nversion = "0"\n'
        f'requires-python = ">=3.11"\ndependencies = [\n{packages}]\n'
    )
    index = torch_index(wanted.build, sources)
    if index:
        flat = '\nformat = "flat"' if index.startswith("file:") else ""
        text += (
            '\n[tool.uv.sources]\ntorch = { index = "torch" }\n'
            f'\n[[tool.uv.index]]\nname = "torch"\nurl = {json.dumps(index)}\nexplicit = true{flat}\n'
        )
    return text
