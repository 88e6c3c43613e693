"""When two files hold the same text: the same letters and signs, and as far as can be told the same pictures.

A name of this kind is what the library keeps of every text; one that begins with "bytes" is equal for equal bytes only.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

# The number of pictures of a file whose text is the same as that of no file of another format.
NO_OTHER = -1
_APART, _WITHIN = " ", ":"
_PARTS = 3


def named(letters: str, beside: str) -> str:
    """Return the same-text name of the hash of a text's letters and of what is `beside` them (see `beside_name`)."""
    return f"{letters}{_APART}{beside}" if beside else letters


def beside_name(family: str, count: int, digest: str) -> str:
    """Name the pictures, signatures and marks of a file.

    `family`: of formats that store pictures alike, so that equal ones have equal `digest`; between others only their
    `count` can be compared.
    """
    return f"{family}{_WITHIN}{count}{_WITHIN}{digest}"


def letters_of(name: str) -> str:
    """Return the part of a same-text name that is equal for equal letters, whatever pictures there are."""
    return name if name.startswith("bytes") else name.partition(_APART)[0]


def find_doubtful(names: Iterable[str]) -> frozenset[tuple[str, int, str]]:
    """Return the letters and numbers of pictures that files of one family have in different ways, among these names.

    Which of them a file of another family shows cannot be told.
    """
    found: dict[tuple[str, int, str], set[str]] = defaultdict(set)
    for name in names:
        family, count, digest = _beside(name)
        if family:
            found[letters_of(name), count, family].add(digest)
    return frozenset(key for key, digests in found.items() if len(digests) > 1)


def is_same_text(name: str, other: str, doubtful: Collection[tuple[str, int, str]] = ()) -> bool:
    """Tell from their same-text names whether two files say and show the same.

    `doubtful`: what `find_doubtful` gives for all files that may be the same.
    """
    if name == other:
        return True
    letters = letters_of(name)
    if not name or letters != letters_of(other):
        return False
    family, count, digest = _beside(name)
    other_family, other_count, other_digest = _beside(other)
    if family == other_family:
        return digest == other_digest
    known = {(letters, count, family), (letters, count, other_family)}
    return count == other_count != NO_OTHER and known.isdisjoint(doubtful)


def _beside(name: str) -> tuple[str, int, str]:
    found = name.partition(_APART)[2].split(_WITHIN)
    return (found[0], int(found[1]), found[2]) if len(found) == _PARTS else ("", 0, "")
