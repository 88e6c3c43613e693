"""What the window asks of the engine about search, and what it is told: part of messages.py."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from dedupe_app.records import Nearest


@dataclass(frozen=True, slots=True)
class Search:
    """Find the texts whose meaning is near to some words. `number` comes back with the answer."""

    words: str
    number: int


@dataclass(frozen=True, slots=True)
class SimilarTo:
    """Find the texts that are near to a file of the library, else to a text, else to the file at `path`."""

    number: int
    file: int = 0
    text: str = ""
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class PrepareSearch:
    """Put what is new into the index of words; the engine tells itself so when it has nothing else to do."""


@dataclass(frozen=True, slots=True)
class SearchFound:
    """What a Search or SimilarTo found: lists of texts, nearest first. `problem`: why a model found nothing.

    `indexed`: nothing was looked for, but the index of words has grown.
    """

    number: int
    lists: tuple[Nearest, ...] = ()
    problem: str = ""
    indexed: bool = False
