"""Which files hang together, from what is known of their bytes and texts: the edges that groups are made of.

As few edges as will do, unless a person rejected one of the files as a duplicate: then another may have to take its
place, so there are edges between all that matter.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from dedupe_app.records import SkipReason
from dedupe_app.sameness import letters_of
from dedupe_app.similarity.groups import Apart

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from dedupe_app.records import Document

Edge = tuple[int, int, float]
_Name = tuple[str, str | int]


class Edges:
    """The edges between some documents. `rejected`: pairs of SHA-256 that are no duplicates."""

    def __init__(
        self, documents: Sequence[Document], rejected: Collection[tuple[str, str]] = ()
    ) -> None:
        """Look the documents up by their texts."""
        self._documents = documents
        self._files: dict[int, list[int]] = defaultdict(list)
        for document in documents:
            if document.text is not None:
                self._files[document.text].append(document.file)
        foes: dict[str, set[str]] = defaultdict(set)
        for one, other in rejected:
            foes[one].add(other)
            foes[other].add(one)
        contents = {each.file: each.sha256 for each in documents if each.sha256 in foes}
        self.apart = Apart(contents, {name: frozenset(others) for name, others in foes.items()})

    def of_files(self) -> list[Edge]:
        """Return edges between files of equal bytes, equal letters or equal words: a star around the first of each."""
        first: dict[_Name, int] = {}
        found: list[Edge] = []
        for document in self._documents:
            for name in _names(document):
                other = first.setdefault(name, document.file)
                if other != document.file:
                    found.append((other, document.file, 100.0))
        return found + (list(self._around_rejected()) if self.apart.contents else [])

    def of_texts(self, a: int, b: int, similarity: float, *, each: bool) -> list[Edge]:
        """Return the edges between the files of two texts: of all of them, or one that stands for all."""
        first, second = self._files[a], self._files[b]
        if not first or not second:
            return []  # remembered of a text that nobody has any more
        if any(file in self.apart.contents for file in (*first, *second)):
            return [(file, other, similarity) for file in first for other in second]
        if not each:
            return [(first[0], second[0], similarity)]
        return [(first[0], file, similarity) for file in second] + [
            (file, second[0], similarity) for file in first[1:]
        ]

    def _around_rejected(self) -> Iterator[Edge]:
        """Yield edges between all rejected files of a star, and from each to one of the others, for when it breaks."""
        rejected: dict[_Name, list[int]] = defaultdict(list)
        others: dict[_Name, int] = {}
        for document in self._documents:
            for name in _names(document):
                if document.file in self.apart.contents:
                    rejected[name].append(document.file)
                else:
                    others.setdefault(name, document.file)
        for name, files in rejected.items():
            if name[0] == "bytes":
                continue  # never apart
            for one, other in combinations(self._one_of_each(files), 2):
                yield one, other, 100.0
            for file in files if name in others else ():
                yield others[name], file, 100.0

    def _one_of_each(self, files: Sequence[int]) -> list[int]:
        return list({self.apart.contents[file]: file for file in reversed(files)}.values())[::-1]


def _names(document: Document) -> list[_Name]:
    """Name what a document has in common with those that are the same."""
    if not document.sha256 or document.reason is SkipReason.EMPTY:
        return []
    names: list[_Name] = [("bytes", document.sha256)]
    if document.text is not None:
        names += [("letters", letters_of(document.same_text)), ("words", document.text)]
    return names
