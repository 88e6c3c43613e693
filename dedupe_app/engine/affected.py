"""Which files may be in other groups after a change: all that hung together, or do now, with what changed.

Rather too many than too few: nothing in the group of any other file depends on what changed. Computes only.
"""

from __future__ import annotations

from bisect import insort
from operator import itemgetter
from typing import TYPE_CHECKING

from dedupe_app.records import SkipReason
from dedupe_app.sameness import letters_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from dedupe_app.engine.candidates import Cloud
    from dedupe_app.records import Document


def find_affected(
    before: Sequence[Document],
    now: Sequence[Document],
    altered: Collection[int],
    clouds_before: Sequence[Cloud],
    clouds: Sequence[Cloud],
) -> set[int]:
    """Return the numbers of the files that may be in other groups than before, those that went among them.

    `altered`: the files that are not the same in `now` as `before`. Clouds that are the same objects are as they were.
    """
    reach = _Reach(clouds_before, clouds)
    for document in (*before, *now):
        if document.file in altered:
            reach.add(document)
    while fresh := [each for each in now if each.file not in reach.files and reach.has(each)]:
        for document in fresh:
            reach.add(document)
    return reach.files | set(altered)


def renewed(
    before: Sequence[Document], altered: Collection[int], new: Iterable[Document]
) -> tuple[list[Document], list[Document]]:
    """Put `new` documents in place of the altered ones, ordered by path; return all, and what they replace."""
    kept = [each for each in before if each.file not in altered]
    gone = [each for each in before if each.file in altered]
    for document in new:
        insort(kept, document, key=_by_path)
    return kept, gone


def renewed_texts(
    before: Sequence[tuple[int, str]], wanted: Collection[int], new: Iterable[tuple[int, str]]
) -> list[tuple[int, str]]:
    """Keep of numbers and hashes of texts those that are wanted, and add the new ones; ordered by hash."""
    kept = [each for each in before if each[0] in wanted]
    for each in new:
        insort(kept, each, key=itemgetter(1))
    return kept


def _by_path(document: Document) -> bytes:
    return bytes(document.path)


class _Reach:
    """What was reached so far: files, and what others must have to hang together with them."""

    def __init__(self, before: Sequence[Cloud], now: Sequence[Cloud]) -> None:
        self.files: set[int] = set()
        both = {id(cloud) for cloud in before} & {id(cloud) for cloud in now}
        self._texts = {
            text for cloud in (*before, *now) if id(cloud) not in both for text in cloud.neighbours
        }
        self._clouds = {text: cloud for cloud in now for text in cloud.neighbours}
        self._letters: set[str] = set()
        self._contents: set[str] = set()

    def add(self, document: Document) -> None:
        self.files.add(document.file)
        if not document.sha256 or document.reason is SkipReason.EMPTY:
            return
        self._contents.add(document.sha256)
        if document.text is None:
            return
        self._letters.add(letters_of(document.same_text))
        self._texts.add(document.text)
        cloud = self._clouds.pop(document.text, None)
        if cloud is not None:
            self._texts.update(cloud.neighbours)

    def has(self, document: Document) -> bool:
        if document.text is not None and (
            document.text in self._texts or letters_of(document.same_text) in self._letters
        ):
            return True
        return document.sha256 in self._contents
