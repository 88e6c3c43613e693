"""Writes resources/card/packages.txt: what the engine needs when it runs in the environment for the graphics card.

    python packaging/make_card_packages.py

These are the packages of pyproject.toml without those of the window, with all that they need, in the versions of
constraints.txt. What torch brings along for CUDA is not named: each build of torch names its own.
"""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "resources" / "card" / "packages.txt"
# The window stays in the program; umap-learn is only what the map is measured against.
LEFT_OUT = frozenset({"pyside6-essentials", "umap-learn"})
_HEAD = "# Made by packaging/make_card_packages.py from pyproject.toml and constraints.txt.\n"


def main() -> None:
    """Write the file."""
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(_HEAD + "".join(f"{line}\n" for line in lines()), encoding="utf-8")


def lines() -> list[str]:
    """Return name==version of each package, torch first."""
    pins = pinned()
    names = sorted(closure(direct()), key=lambda name: (name != "torch", name))
    return [f"{name}=={pins[name]}" for name in names]


def direct() -> set[str]:
    """Return the names of the packages that the engine itself imports."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = {canonicalize_name(Requirement(each).name) for each in project["dependencies"]}
    return named - LEFT_OUT


def pinned() -> dict[str, str]:
    """Return the versions of constraints.txt by name."""
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    found = re.findall(r"^([\w.-]+)==(\S+)$", text, re.MULTILINE)
    return {canonicalize_name(name): version for name, version in found}


def closure(names: set[str]) -> set[str]:
    """Return packages with all that they need here, as far as it is pinned: what CUDA needs is not."""
    pins = pinned()
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = canonicalize_name(waiting.pop())
        if name in found or name not in pins:
            continue
        found.add(name)
        needed = map(Requirement, requires(name) or ())
        waiting += [
            each.name for each in needed if not each.marker or each.marker.evaluate({"extra": ""})
        ]
    return found


if __name__ == "__main__":
    main()
