"""The hits of a search as a list that Qt can show. Asks nothing, decides nothing."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from dedupe_app.records import Why
from dedupe_app.ui import search_words
from dedupe_app.ui.formats import shown_path

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from dedupe_app.records import SearchHit, SearchPage

    Index = QModelIndex | QPersistentModelIndex

_ROOT = QModelIndex()


class HitModel(QAbstractListModel):
    """One row for each hit."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Hold nothing yet."""
        super().__init__(parent)
        self._hits: list[SearchHit] = []
        self._usual = ""
        self.roots: tuple[Path, ...] = ()

    def show(self, page: SearchPage | None, roots: tuple[Path, ...] = ()) -> None:
        """Show the hits of a page instead of those before."""
        self.beginResetModel()
        self._hits = list(page.hits) if page else []
        self.roots = roots
        self._usual = _usual_language(page) if page else ""
        self.endResetModel()

    def complete(self, hits: Iterable[SearchHit]) -> None:
        """Put hits with snippets in the place of the same ones without."""
        places = {hit.row.file: place for place, hit in enumerate(self._hits)}
        for hit in hits:
            place = places.get(hit.row.file)
            if place is not None and self._hits[place].snippet is None:
                self._hits[place] = hit
                index = self.index(place)
                self.dataChanged.emit(index, index)

    def hit(self, row: int) -> SearchHit:
        """Return the hit in a row."""
        return self._hits[row]

    def hits(self) -> list[SearchHit]:
        """Return all hits, the best first."""
        return list(self._hits)

    def row_of(self, file: int) -> int:
        """Return the row of a file, -1 if it is in none."""
        return next((row for row, hit in enumerate(self._hits) if hit.row.file == file), -1)

    def why_text(self, row: int) -> str:
        """Return why the hit in a row was found."""
        return search_words.why_text(self._hits[row], self._usual)

    def place_text(self, row: int) -> str:
        """Return the folder of the hit in a row."""
        return search_words.place_text(self._hits[row], self.roots)

    def rowCount(self, parent: Index = _ROOT) -> int:  # noqa: N802 - Qt's name
        """Count the hits."""
        return 0 if parent.isValid() else len(self._hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt
        """Return what is shown, said and explained of a hit."""
        if not index.isValid() or index.row() >= len(self._hits):
            return None
        hit = self._hits[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return search_words.name_text(hit)
        if role == Qt.ItemDataRole.ToolTipRole:
            return shown_path(hit.row.path)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return search_words.hit_sentence(hit, self.roots, self._usual)
        return None


def _usual_language(page: SearchPage) -> str:
    """Return the language of the question, else that of most documents in which its words stand."""
    if page.language:
        return page.language
    found = Counter(hit.language for hit in page.hits if Why.WORDS in hit.why and hit.language)
    return found.most_common(1)[0][0] if found else ""
