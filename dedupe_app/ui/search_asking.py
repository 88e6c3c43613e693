"""Asks the library for words and the engine for what is near, and puts both answers together. Shows nothing.

Words are answered at once; what is near in meaning comes when the engine has time, and is put among the others.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from dedupe_app.engine.search_messages import Search, SearchFound, SimilarTo
from dedupe_app.records import SearchPage, SearchQuestion

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dedupe_app.engine.messages import Command
    from dedupe_app.records import Nearest, SearchHit
    from dedupe_app.store.library import Library
    from dedupe_app.ui.library import LibraryThread

_LONGEST_TEXT = 200_000


@dataclass(frozen=True, slots=True)
class Likeness:
    """Documents like this one are looked for: a file of the library, one from elsewhere, or a text. `name`: of it."""

    name: str
    file: int = 0
    path: Path | None = None
    text: str = ""


class Asking(QObject):
    """Answers with `answered`: a SearchPage and the folders that were added; later with `completed`: hits."""

    answered = Signal(object, object)
    completed = Signal(object)

    def __init__(
        self, library: LibraryThread, submit: Callable[[Command], None], parent: QObject
    ) -> None:
        """Ask nothing yet."""
        super().__init__(parent)
        self._library = library
        self._submit = submit
        self._number = 0
        self._question = SearchQuestion()
        self._nearest: tuple[Nearest, ...] = ()
        self._folder: Path | None = None
        self.likeness: Likeness | None = None
        self.is_waiting = False
        self.problem = ""

    @property
    def words(self) -> str:
        """Return the words that are looked for."""
        return self._question.words

    def is_idle(self) -> bool:
        """Tell whether nothing is looked for."""
        return self.likeness is None and not self._question.words.strip()

    def look_in(self, folder: Path | None) -> None:
        """Look only in a folder from now on; None: in all."""
        if folder != self._folder:
            self._folder = folder
            self.repeat()

    def ask_for_words(self, words: str) -> None:
        """Look for words instead of what was looked for before."""
        self._begin(SearchQuestion(words), None)
        if not self.is_idle():
            self._submit(Search(words, self._number))
            self._ask()

    def ask_for_like(self, likeness: Likeness) -> None:
        """Look for documents like one instead of what was looked for before."""
        self._begin(SearchQuestion(like=0), likeness)
        text = likeness.text[:_LONGEST_TEXT]
        self._submit(SimilarTo(self._number, likeness.file, text, likeness.path))

    def repeat(self) -> None:
        """Ask the library again: it may be another by now."""
        if not self.is_idle() and not (self.likeness and self.is_waiting):
            self._ask()

    def take_found(self, event: SearchFound) -> bool:
        """Take what the engine found; tell whether it was what is looked for now."""
        if event.number != self._number or self.is_idle():
            return False
        self._nearest, self.problem, self.is_waiting = event.lists, event.problem, False
        if event.lists or self.likeness:
            self._ask()
        return True

    def complete(self, hits: list[SearchHit]) -> None:
        """Ask for the snippets of hits that have none yet."""
        question = partial(_read_snippets, question=self._question, hits=hits)
        self._library.ask(question, self._complete, key="search snippets")

    def _begin(self, question: SearchQuestion, likeness: Likeness | None) -> None:
        self._number += 1
        self._question, self.likeness = question, likeness
        self._nearest, self.problem, self.is_waiting = (), "", True

    def _ask(self) -> None:
        question = partial(
            _search,
            question=self._question,
            nearest=self._nearest,
            folder=self._folder,
            like=self.likeness.file if self.likeness else None,
        )
        self._library.ask(question, self._answer, key="search")

    @Slot(object)
    def _answer(self, answer: tuple[SearchPage, tuple[Path, ...]]) -> None:
        if not self.is_idle():
            self.answered.emit(*answer)

    @Slot(object)
    def _complete(self, hits: list[SearchHit]) -> None:
        self.completed.emit(hits)


def _search(
    library: Library,
    question: SearchQuestion,
    nearest: tuple[Nearest, ...],
    folder: Path | None,
    like: int | None,
) -> tuple[SearchPage, tuple[Path, ...]]:
    """Run in the thread of the library; imported there, for the window shall be there before the database is."""
    from dedupe_app.engine.searching import folders_to_search, search
    from dedupe_app.store.folders import folders
    from dedupe_app.store.fulltext import text_of

    roots = tuple(each.path for each in folders(library))
    if not roots:  # the library may know documents of folders that were taken out of the window
        return SearchPage(question, (), 0, 0, 0, 0, 0.0), roots
    asked = replace(question, folders=folders_to_search(library, folder))
    if like:
        asked = replace(asked, like=text_of(library, like))
    return search(library, asked, nearest), roots


def _read_snippets(
    library: Library, question: SearchQuestion, hits: list[SearchHit]
) -> list[SearchHit]:
    from dedupe_app.engine.searching import read_snippets

    return read_snippets(library, question, hits)
