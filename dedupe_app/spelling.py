"""Writes a path as its drive writes it: many take Docs and docs for one folder, and some give each its own number.

Looks at names alone, never changes anything.
"""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path


def as_written(path: Path) -> Path:
    """Return an absolute path with each name as its folder lists it; what is not there stays as it is."""
    found = Path(path.anchor)
    for name in path.parts[1:]:
        found /= _listed_name(found, name)
    return found


def place_of(path: Path) -> Path:
    """Return where a path leads, as the drive writes it: past links, and in its letters."""
    return as_written(Path(os.path.realpath(path)))


def fold_letters(name: str) -> str:
    """Return the same text for all names, or paths, that a drive may take for one because of their letters."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def has_other_name(folder: Path, name: str) -> bool:
    """Tell whether a name is there in other letters, too: then it may be but another way to say that one.

    Many drives take A.txt and a.txt for one name, and some a letter and its dots, in one character or in two.
    """
    others = {name.swapcase(), *(unicodedata.normalize(form, name) for form in ("NFC", "NFD"))}
    return any(os.path.lexists(folder / other) for other in others - {name})


def listed(folder: Path) -> frozenset[str] | None:
    """Return the names in a folder as they are written there; None if it cannot be read."""
    try:
        return frozenset(os.listdir(folder))  # noqa: PTH208 - names alone
    except OSError:
        return None


def _listed_name(folder: Path, name: str) -> str:
    names = listed(folder) if has_other_name(folder, name) else None
    if names is None or name in names:
        return name
    wanted = fold_letters(name)
    same = [each for each in names if fold_letters(each) == wanted]
    return same[0] if len(same) == 1 else name
