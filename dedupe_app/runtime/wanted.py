"""What is to be in the environment for the graphics card, and where it comes from. Data and rules; fetches nothing."""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
import platform
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dedupe_app.errors import CardError
from dedupe_app.settings import resource_folder

if TYPE_CHECKING:
    from dedupe_app.runtime.cards import NvidiaCard

# For tests alone: other packages than ours, and a processor that stands in for the card.
STAND_IN = "DEDUPE_APP_CARD_STAND_IN"
PYTHONS = ">=3.11,<3.14"
_TORCH_INDEX = "https://download.pytorch.org/whl/"


@dataclass(frozen=True, slots=True)
class Build:
    """One build of torch. `driver`: the oldest it runs with; `least`, `most`: capabilities it was compiled for."""

    name: str
    driver: int
    least: tuple[int, int]
    most: tuple[int, int]


# Of torch 2.13 (its RELEASE.md); drivers: NVIDIA's rules for CUDA 13, and for all of CUDA 12.
_BUILDS = (
    Build("cu130", 580, (7, 5), (99, 0)),
    Build("cu126", 525, (5, 0), (9, 99)),
)


@dataclass(frozen=True, slots=True)
class Sources:
    """Where packages come from; "" means the usual place.

    index: a mirror of PyPI. torch_index: a mirror of the list of torch's builds. wheels: a folder with all packages,
    for computers without a network. python_mirror: where a Python is fetched from if this computer has none that fits.
    """

    index: str = ""
    torch_index: str = ""
    wheels: str = ""
    python_mirror: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an environment must hold: `packages` as name==version, and the `build` of torch."""

    packages: tuple[str, ...]
    build: str

    @property
    def fingerprint(self) -> str:
        """Name this selection; another one has another name."""
        told = "\n".join((self.build, *self.packages))
        return hashlib.sha256(told.encode()).hexdigest()[:12]


def wanted(build: str) -> Wanted:
    """Return what this version of the program wants, with one build of torch."""
    path = Path(os.environ.get(STAND_IN) or resource_folder() / "card" / "packages.txt")
    lines = path.read_text(encoding="utf-8").splitlines()
    return Wanted(tuple(line for line in lines if line and not line.startswith("#")), build)


def build_for(card: NvidiaCard | None) -> str:
    """Return the name of the build that suits a card.

    Raises:
        CardError: there is no card, or none that this torch can use with its driver.
    """
    if card is None:
        raise CardError(
            "There is no NVIDIA graphics card here.",
            "If there is one, install its driver; nvidia-smi must list it.",
        )
    able = [
        build
        for build in _BUILDS
        if card.capability is None or build.least <= card.capability <= build.most
    ]
    if not able:
        raise CardError(
            f"The graphics card {card.name} is too old.",
            "A model runs on the processor here; or let a server with a newer card do it.",
        )
    for build in able:
        if card.driver and int(card.driver.partition(".")[0]) >= build.driver:
            return build.name
    if not card.driver:
        raise CardError(
            f"The driver of {card.name} does not answer.",
            "Run nvidia-smi to see why; a restart of the computer often helps.",
        )
    raise CardError(
        f"The driver of {card.name} is too old: {card.driver}.",
        f"Install version {able[-1].driver} or newer.",
    )


def torch_index(build: str, sources: Sources) -> str:
    """Return where torch is listed apart from the other packages, "" when it is with them."""
    if sources.wheels or os.environ.get(STAND_IN):
        return sources.torch_index
    if sources.torch_index:
        return sources.torch_index
    # On this system PyPI itself has the build with CUDA 13.
    with_the_others = sys.platform == "linux" and platform.machine() == "x86_64"
    return "" if with_the_others and build == _BUILDS[0].name else _TORCH_INDEX + build


def own_torch_sees_cards() -> bool:
    """Tell by its version whether the torch of this program is a build with CUDA, without loading it."""
    try:
        _, _, local = importlib.metadata.version("torch").partition("+")
    except importlib.metadata.PackageNotFoundError:
        return False
    return local.startswith("cu") or (not local and sys.platform == "linux")
