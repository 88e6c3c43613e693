"""What a long-lived engine remembers from scan to scan, so that little is done twice. Forgetting it is always safe."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from dedupe_app.engine.candidates import CandidateFinder, Cloud, Key
    from dedupe_app.engine.meaning import Meanings
    from dedupe_app.engine.near_texts import NearFinder
    from dedupe_app.engine.scan_messages import ScanFinished, ScanOptions
    from dedupe_app.intake.scan import Identity, Unreadable
    from dedupe_app.records import Document, Evidence, Relation


@dataclass(slots=True)
class Compared:
    """The candidate pairs of some texts, all compared; `texts` says of which.

    `related`: relation and similarity of those that have one. `evidence`: what grouping looked up so far. `meanings`:
    what a model says of the texts, in the state named by `meant`.
    """

    texts: list[tuple[int, str]]
    clouds: tuple[Cloud, ...]
    related: list[tuple[int, int, Relation, float]]
    evidence: dict[Key, Evidence] = field(default_factory=dict)
    meanings: Meanings | None = None
    meant: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """The documents of some folders, ordered by path; `total` stands for all that their groups depend on."""

    folders: tuple[Path, ...]
    documents: list[Document]
    total: int


@dataclass(frozen=True, slots=True)
class Made:
    """What the stored groups were made from; `terms`: all besides documents and clouds.

    `version`: of what other connections wrote until then.
    """

    terms: tuple[object, ...]
    version: int
    documents: list[Document]
    clouds: tuple[Cloud, ...]


@dataclass(slots=True)
class Memory:
    """What was found out the last time.

    `walked`: for which options all folders were looked at; `links`: the files met there that have several names;
    `devices`: which number drives have there that were stored with another;
    `unreadable`: what could not be looked at there or since.
    `is_lasting`: it will be asked again, so that what makes the next time fast is worth its room; `finder`, `near`:
    that.
    `done`: for which options a scan came to its end, and nothing is left to be done; `summary`: what it found.
    `in_scope`: the folders that a scan reads just now, when it does not read all. `seen`: the documents, as long as the
    connection has counted no more `writes`; brought up to date after. `made`: what the stored groups were made from,
    None if that is not known; `altered`: the files that are others since. `stored`: stands in for `compared` until a
    scan compared something.
    """

    walked: ScanOptions | None = None
    links: set[Identity] = field(default_factory=set)
    devices: dict[int, int] = field(default_factory=dict)
    unreadable: tuple[Unreadable, ...] = ()
    done: ScanOptions | None = None
    summary: ScanFinished | None = None
    in_scope: tuple[Path, ...] = ()
    seen: Seen | None = None
    writes: int = 0
    made: Made | None = None
    altered: set[int] = field(default_factory=set)
    compared: Compared | None = None
    stored: Compared | None = None
    is_lasting: bool = False
    finder: CandidateFinder | None = None
    near: NearFinder | None = None
