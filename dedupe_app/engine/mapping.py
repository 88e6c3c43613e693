"""Draws the map of the texts in scope, finds and names its topics, and puts new texts among their neighbours.

A map is drawn when somebody wants to see it. After that, every scan puts on it what is new and moves nothing else.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from dedupe_app.engine.meaning import LEXICAL, model_state
from dedupe_app.engine.messages import WINDOW_SCOPE, EngineEvent, MakeMap, MapChanged
from dedupe_app.engine.scan_messages import Progress, ScanOptions
from dedupe_app.records import Layout
from dedupe_app.store import documents, folders, maps

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    import numpy as np
    from numpy.typing import NDArray

    from dedupe_app.engine.desk import Desk
    from dedupe_app.engine.scanning import Steps
    from dedupe_app.records import MapInfo
    from dedupe_app.similarity.neighbours import Vectors
    from dedupe_app.store.library import Library

# A space is used for the map if so many of the texts have a vector there; else the map would be full of holes.
_ENOUGH = 0.9
# When more than this share is new, the map has nothing to do with the texts any more, and nobody is asked.
_OUTGROWN = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class _Seen:
    """The texts in scope as one space sees them: `texts` numbers, ordered by hash; `vectors` (n, d)."""

    space: int
    texts: NDArray[np.int64]
    vectors: Vectors


def run_make_map(library: Library, desk: Desk, command: MakeMap) -> Steps:
    """Draw the map of the window's folders, or bring it up to date."""
    yield from make_map(library, desk.scan_options(), full=command.full)
    return None


def make_map(
    library: Library, options: ScanOptions, *, full: bool = False
) -> Generator[Progress | EngineEvent, None, None]:
    """Draw the map unless there is one, or `full`: anew in any case, as like the one before as can be."""
    documents.define_scope(library, options.folders)
    yield Progress("neighbours", 0, None)
    seen = _see(library, options)
    if seen is None:
        yield MapChanged()
        return
    info = maps.find_map(library, options.scope, seen.space)
    if info is None or not info.texts:
        from dedupe_app.similarity.projection import sketch

        texts = seen.texts.tolist()
        drawn = texts, sketch(seen.vectors)
        maps.save_map(library, options.scope, seen.space, Layout.SKETCH, _now(), drawn)
        yield MapChanged()
        yield from _draw(library, options, seen, None)
    elif full or _is_outgrown(library, info) or _is_unfinished(info):
        yield from _draw(library, options, seen, info)
    else:
        maps.touch_map(library, info.number)
        yield from _place(library, info, seen)
    yield MapChanged()


def place_new(library: Library, options: ScanOptions) -> Iterator[Progress | EngineEvent]:
    """Put the texts that are new on the map, if there is one."""
    if maps.latest_map(library, options.scope) is None:
        return
    documents.define_scope(library, options.folders)
    space = _space(library, options)
    info = maps.find_map(library, options.scope, space) if space else None
    if info is None or _is_outgrown(library, info) or _is_unfinished(info):
        yield from make_map(library, options)
    elif maps.texts_off_map(library, info.number):
        seen = _see(library, options)
        if seen is not None:
            yield from _place(library, info, seen)
    yield MapChanged()  # also when texts went, or groups are others


def scope_options(library: Library, scope: str) -> ScanOptions:
    """Return options with which a map of a stored scope can be made without a scan."""
    if scope == WINDOW_SCOPE:
        found = tuple(folder.path for folder in folders.folders(library))
    else:
        found = tuple(Path(os.fsdecode(bytes.fromhex(line))) for line in scope.splitlines())
    return ScanOptions(found, name=scope)


def _draw(
    library: Library, options: ScanOptions, seen: _Seen, info: MapInfo | None
) -> Iterator[Progress]:
    from dedupe_app.engine.topics import name_topics
    from dedupe_app.similarity.projection import FEWEST, Start, draw

    start = None
    if info is not None and info.layout is Layout.DRAWN:
        import numpy as np

        before = maps.points(library, info.number)
        at = np.searchsorted(before.texts, seen.texts).clip(0, max(len(before.texts) - 1, 0))
        start = Start(before.places[at], before.texts[at] == seen.texts)
    steps = draw(seen.vectors, start=start)
    while True:
        try:
            stage, done, total = next(steps)
        except StopIteration as stop:
            places = stop.value
            break
        yield Progress(stage, done, total)
    number = info.number if info else 0
    found, labels = yield from name_topics(library, number, seen.texts, places)
    layout = Layout.DRAWN if len(places) >= FEWEST else Layout.SKETCH
    texts = seen.texts.tolist()
    with library.atomic():
        number = maps.save_map(library, options.scope, seen.space, layout, _now(), (texts, places))
        maps.save_topics(library, number, found, texts, labels)


def _place(library: Library, info: MapInfo, seen: _Seen) -> Iterator[Progress]:
    """Put new texts among their neighbours on the map, and into their topics."""
    import numpy as np

    from dedupe_app.similarity.placing import NEAREST, amid, most_common, nearest_among

    off = np.array(maps.texts_off_map(library, info.number), np.int64)
    new = np.flatnonzero(np.isin(seen.texts, off))
    known = maps.points(library, info.number)
    order = np.argsort(seen.texts)
    at = order[np.searchsorted(seen.texts[order], known.texts).clip(0, len(order) - 1)]
    there = seen.texts[at] == known.texts
    if not len(new) or not there.any():
        return
    yield Progress("place", 0, len(new))
    vectors, others = seen.vectors[new], seen.vectors[at[there]]
    rows, cosines = nearest_among(vectors, others, NEAREST)
    places = amid(vectors, rows, cosines, known.places[there])
    labels = known.topics[there]
    found = np.column_stack([most_common(rows, labels[:, level]) for level in range(3)])
    maps.add_points(library, info.number, seen.texts[new].tolist(), places, found)


def _see(library: Library, options: ScanOptions) -> _Seen | None:
    import numpy as np

    from dedupe_app.store import spaces

    space = _space(library, options)
    texts = [text for text, _ in documents.texts_in_scope(library)]
    if space is None or not texts:
        return None
    if space == maps.space_number(library, _lexical()):
        vectors = documents.vectors(library, texts, _lexical(), np.int8).astype(np.int8)
        return _Seen(space, np.array(texts, np.int64), vectors)
    return _Seen(space, *spaces.vectors_in_scope(library, space))


def _space(library: Library, options: ScanOptions) -> int | None:
    """Return the space of the chosen model, or the built-in one where that model has not seen most texts."""
    if options.embedder != LEXICAL:
        from dedupe_app.store.spaces import count_vectors

        space = model_state(library, options).space
        if space is not None:
            texts = len(documents.texts_in_scope(library))
            if texts and count_vectors(library, space.number) >= _ENOUGH * texts:
                return space.number
    return maps.space_number(library, _lexical())


def _lexical() -> str:
    from dedupe_app.embed.lexical import SPACE

    return SPACE


def _is_outgrown(library: Library, info: MapInfo) -> bool:
    new = info.placed + len(maps.texts_off_map(library, info.number))
    return new > _OUTGROWN * (info.texts + new - info.placed)


def _is_unfinished(info: MapInfo) -> bool:
    """Tell whether the map is still the first sketch although there is enough to draw."""
    from dedupe_app.similarity.projection import FEWEST

    return info.layout is Layout.SKETCH and info.texts >= FEWEST


def _now() -> str:
    return datetime.now(UTC).isoformat()
