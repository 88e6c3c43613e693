"""Records of a search: what was asked for, what was found, and why. Data only."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from dedupe_app.records.review import FileRow


class Why(StrEnum):
    """Why a document was found. The values are part of the report."""

    WORDS = "words"
    NAME = "name"
    WORDING = "wording"
    MEANING = "meaning"


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that is looked for: a word, or words in a row. `words` is folded: no case, letters composed alike.

    `is_prefix`: the last word may go on. `is_exact`: it stood in quotes.
    """

    words: str
    is_prefix: bool = False
    is_exact: bool = False


@dataclass(frozen=True, slots=True)
class SearchQuestion:
    """What is looked for, and where. `folders`: only below these, everywhere without any. `most`: how many hits.

    `like`: documents like this one are wanted, a text of the library, 0 for a text from elsewhere; None: words are.
    """

    words: str = ""
    folders: tuple[Path, ...] = ()
    most: int = 50
    like: int | None = None


@dataclass(frozen=True, slots=True)
class Nearest:
    """The texts that are nearest to something, nearest first, with their cosines 0-1. `why`: in which way they are."""

    why: Why
    texts: tuple[int, ...]
    cosines: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Matches:
    """Texts in which words were found, best first; `total` of them, the last ones not ranked if there are many."""

    texts: tuple[int, ...] = ()
    total: int = 0


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of a text on one line; `marks` are the places in it, (first, last + 1), of what was looked for."""

    text: str = ""
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One document that was found. `row` is one file with this text, `copies` counts the others.

    `text`: its number, 0 without one. `cosine`: the highest in which it was found, None if by words alone.
    `language`: its code, such as "de"; "" if it cannot be told. `snippet`: None while it was not read.
    """

    row: FileRow
    text: int
    why: tuple[Why, ...]
    copies: int = 0
    cosine: float | None = None
    snippet: Snippet | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The answer to a question: the best hits first, of `total` among so many `documents`.

    `indexed` of `texts` are in the index of words. `language` of the question, as far as it can be told.
    """

    question: SearchQuestion
    hits: tuple[SearchHit, ...]
    total: int
    documents: int
    indexed: int
    texts: int
    seconds: float
    by: tuple[Why, ...] = ()
    language: str = ""
