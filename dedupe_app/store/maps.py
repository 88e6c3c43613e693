"""Maps: where texts lie, what parts of them are about. A map belongs to a scope and a space; the engine writes it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from dedupe_app.records import Detail, Layout, MapInfo, MapPoints, Topic
from dedupe_app.store.paths import to_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from dedupe_app.store.library import Library

_INFO = (
    "select maps.id, space_id, layout, count(text_id), coalesce(sum(placed), 0) "
    "from maps left join map_points on map_id = maps.id where scope = ? {} group by maps.id order by used desc limit 1"
)


def find_map(library: Library, scope: str, space: int) -> MapInfo | None:
    """Return the map of a scope as a space sees it, None if it was never drawn."""
    return _info(library.row(_INFO.format("and space_id = ?"), [scope, space]))


def latest_map(library: Library, scope: str) -> MapInfo | None:
    """Return the map of a scope that was brought up to date last, None if there is none."""
    return _info(library.row(_INFO.format(""), [scope]))


def space_number(library: Library, name: str) -> int | None:
    """Return the number of a space by its name, None if nothing was ever put into it."""
    row = library.row("select id from spaces where name = ?", [name])
    return int(row[0]) if row else None


def touch_map(library: Library, number: int) -> None:
    """Note that a map was brought up to date."""
    with library.atomic():
        library.execute(
            "update maps set used = 1 + (select max(used) from maps) where id = ?", [number]
        )


def points(library: Library, number: int) -> MapPoints:
    """Return the texts of a map with their places and topics."""
    import numpy as np  # here, and not for the many questions that need no numbers

    rows = library.rows(
        "select text_id, x, y, coalesce(broad, 0), coalesce(middle, 0), coalesce(fine, 0), placed "
        "from map_points where map_id = ? order by text_id",
        [number],
    )
    table = np.array(list(rows), np.float64).reshape(-1, 7)
    whole = table[:, [0, 3, 4, 5, 6]].astype(np.int64)
    return MapPoints(whole[:, 0], table[:, 1:3], whole[:, 1:4], whole[:, 4] > 0)


def save_map(
    library: Library,
    scope: str,
    space: int,
    layout: Layout,
    made: str,
    drawn: tuple[Sequence[int], NDArray[np.float64]],
) -> int:
    """Keep a map that was drawn, as numbers of texts and places (n, 2), in place of the earlier one.

    Returns its number. Its topics are gone until save_topics.
    """
    texts, places = drawn
    with library.atomic():
        library.execute(
            "insert into maps (scope, space_id, layout, made) values (?, ?, ?, ?) "
            "on conflict (scope, space_id) do update set layout = excluded.layout, made = excluded.made",
            [scope, space, layout.value, made],
        )
        row = library.row("select id from maps where scope = ? and space_id = ?", [scope, space])
        number = int(row[0]) if row else 0
        library.execute("delete from map_points where map_id = ?", [number])
        _insert(library, number, zip(texts, places.tolist(), strict=True), placed=False)
        touch_map(library, number)
    return number


def add_points(
    library: Library,
    number: int,
    texts: Sequence[int],
    places: NDArray[np.float64],
    topics: NDArray[np.int64],
) -> None:
    """Put more texts on a map, at places (n, 2) and in topics (n, 3), 0 for none; nothing else changes."""
    with library.atomic():
        _insert(library, number, zip(texts, places.tolist(), strict=True), placed=True)
        _set_topics(library, number, texts, topics)
        touch_map(library, number)


def topics(library: Library, number: int) -> list[Topic]:
    """Return the topics of a map, the largest first."""
    rows = library.rows(
        "select level, name, texts, x, y, id from topics where map_id = ? order by texts desc, id",
        [number],
    )
    return [Topic(Detail(level), *rest) for level, *rest in rows]


def save_topics(
    library: Library,
    number: int,
    found: Sequence[Topic],
    texts: Sequence[int],
    labels: NDArray[np.int64],
) -> None:
    """Keep the topics of a map in place of the earlier ones; those with a number keep it.

    `labels` int64 (n, 3): for each of `texts` its topics by detail, as places in `found`; -1 for none.
    """
    import numpy as np

    kept = [topic.number for topic in found if topic.number]
    with library.atomic():
        library.execute(
            "delete from topics where map_id = ? and id not in (select value from json_each(?))",
            [number, json.dumps(kept)],
        )
        numbers = [_save_topic(library, number, topic) for topic in found]
        lookup = np.array([*numbers, 0], np.int64)  # -1 leads to the last
        _set_topics(library, number, texts, lookup[labels])


def texts_off_map(library: Library, number: int) -> list[int]:
    """Return the texts in scope that are not on a map, ordered by their hashes."""
    rows = library.rows(
        "select distinct texts.id from texts join contents on text_id = texts.id "
        "join files on content_id = contents.id join temp.scope on file_id = files.id "
        "where not exists (select 1 from map_points where map_id = ? and map_points.text_id = texts.id) order by hash",
        [number],
    )
    return [int(text) for (text,) in rows]


def names_of(library: Library, texts: Sequence[int]) -> dict[int, list[str]]:
    """Return the names without suffix of the files in scope that have some texts; texts without files are left out."""
    rows = library.rows(
        "select asked.value, files.path from json_each(?) asked cross join contents on text_id = asked.value "
        "cross join files on content_id = contents.id join temp.scope on file_id = files.id order by files.path",
        [json.dumps(list(texts))],
    )
    found: dict[int, list[str]] = {}
    for text, path in rows:
        found.setdefault(text, []).append(to_path(path).stem)
    return found


def _save_topic(library: Library, number: int, topic: Topic) -> int:
    values: list[Any] = [number, topic.detail.value, topic.name, topic.texts, topic.x, topic.y]
    if topic.number:
        library.execute(
            "update topics set map_id = ?, level = ?, name = ?, texts = ?, x = ?, y = ? where id = ?",
            [*values, topic.number],
        )
        return topic.number
    cursor = library.execute(
        "insert into topics (map_id, level, name, texts, x, y) values (?, ?, ?, ?, ?, ?)", values
    )
    return int(cursor.lastrowid or 0)


def _insert(
    library: Library, number: int, rows: Iterable[tuple[int, list[float]]], *, placed: bool
) -> None:
    # Texts may have gone since they were read.
    library.connection.executemany(
        "insert or replace into map_points (map_id, text_id, x, y, placed) select ?1, id, ?3, ?4, ?5 "
        "from texts where id = ?2",
        ((number, text, place[0], place[1], int(placed)) for text, place in rows),
    )


def _set_topics(
    library: Library, number: int, texts: Sequence[int], topics: NDArray[np.int64]
) -> None:
    library.connection.executemany(
        "update map_points set broad = nullif(?3, 0), middle = nullif(?4, 0), fine = nullif(?5, 0) "
        "where map_id = ?1 and text_id = ?2",
        ((number, text, *row) for text, row in zip(texts, topics.tolist(), strict=True)),
    )


def _info(row: tuple[Any, ...] | None) -> MapInfo | None:
    if row is None:
        return None
    number, space, layout, texts, placed = row
    return MapInfo(number, space, Layout(layout), texts, placed)
