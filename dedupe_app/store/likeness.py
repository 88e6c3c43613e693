"""The vectors of all texts of the library in one space, for finding those that are near to something. Never writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from dedupe_app.store.library import Library


def space_vectors(library: Library, space: str) -> tuple[NDArray[np.int64], NDArray[np.generic]]:
    """Return numbers int64 (n,) of the texts, in order, and their vectors (n, d) as they are stored."""
    import numpy as np  # here, and not for the many questions that need no numbers

    known = library.row("select id, dimensions, dtype from spaces where name = ?", [space])
    if known is None:
        return np.zeros(0, np.int64), np.zeros((0, 0), np.int8)
    number, dimensions, dtype = known
    texts: list[int] = []
    pieces: list[bytes] = []
    for text, vector in library.rows(
        "select text_id, vector from vectors where space_id = ? order by text_id", [number]
    ):
        texts.append(text)
        pieces.append(vector)
    matrix = np.frombuffer(b"".join(pieces), dtype).reshape(len(texts), dimensions)
    return np.array(texts, np.int64), matrix


def changes(library: Library) -> int:
    """Return a number that is another after this connection has written something."""
    return int(library.connection.total_changes)
