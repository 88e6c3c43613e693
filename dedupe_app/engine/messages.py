"""What goes into the engine and what comes out: small frozen dataclasses, nothing else."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dedupe_app.embed.options import EncoderOptions
from dedupe_app.engine.defaults import DEFAULT_SIMILARITY
from dedupe_app.engine.model_messages import CheckModel, DownloadModel, EmbedAgain, ModelReport
from dedupe_app.engine.search_messages import PrepareSearch, Search, SearchFound, SimilarTo
from dedupe_app.settings import ReadLimits

if TYPE_CHECKING:
    from pathlib import Path

    from dedupe_app.engine.scan_messages import ScanFinished
    from dedupe_app.records import ActionKind, FolderState, Problem, Relation

# The scope of the window: all folders that its user added, whichever they are. Its group numbers outlive changes.
WINDOW_SCOPE = "window"


# ---- commands to the engine process ------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class EngineOptions:
    """What the engine works with. The folders are not in it: they stand in the library.

    `watch`: scan when the engine starts and whenever something in the folders changes. `log`: a file for its log.
    """

    library: Path
    similarity: float = DEFAULT_SIMILARITY
    embedder: str = "lexical"
    exclude: tuple[str, ...] = ()
    limits: ReadLimits = field(default_factory=ReadLimits)
    processes: int = field(default_factory=lambda: max(1, os.cpu_count() or 1))
    watch: bool = True
    log: Path | None = None
    model: EncoderOptions = field(default_factory=EncoderOptions)


@dataclass(frozen=True, slots=True)
class Configure:
    """Work with other options from now on; what they change is done at once."""

    options: EngineOptions


@dataclass(frozen=True, slots=True)
class Scan:
    """Bring the library up to date: with all folders, or only look at `paths`."""

    paths: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Regroup:
    """Make the groups anew from stored pairs: after a decision about a keeper or a rejection, or another cut."""

    similarity: float | None = None


@dataclass(frozen=True, slots=True)
class ReadAgain:
    """Read files once more that could not be read, with so much time for each."""

    files: tuple[int, ...]
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class FoldersChanged:
    """Look at the stored list of folders again: watch, scan or drop what changed."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Stop working until Resume; nothing is lost."""


@dataclass(frozen=True, slots=True)
class Resume:
    """Go on after Pause."""


@dataclass(frozen=True, slots=True)
class Cancel:
    """Give up the command that is running, and those that wait."""


@dataclass(frozen=True, slots=True)
class Act:
    """Do something to marked files: to those of `files` that are still marked and unchanged.

    `files`: path, SHA-256, and what the file has in common with what stays, as it was shown. `folder`: where MOVE puts
    them. `last_copies`: those that may go although no copy stays, each one confirmed.
    """

    kind: ActionKind
    files: tuple[tuple[Path, str, Relation], ...]
    folder: Path | None = None
    last_copies: frozenset[Path] = frozenset()


@dataclass(frozen=True, slots=True)
class UndoAction:
    """Take back an action of the journal, or only some of its entries."""

    batch: int
    entries: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Settle:
    """Find out what became of files when the program ended in the middle of an action; the engine tells itself so."""


@dataclass(frozen=True, slots=True)
class MakeMap:
    """Draw the map of all texts if there is none; put on it what is new; `full`: draw it anew."""

    full: bool = False


@dataclass(frozen=True, slots=True)
class Shutdown:
    """End the engine process; what was done so far is kept."""


Command = (
    Configure
    | Scan
    | Regroup
    | ReadAgain
    | FoldersChanged
    | Pause
    | Resume
    | Cancel
    | Shutdown
    | Act
    | UndoAction
    | Settle
    | DownloadModel
    | CheckModel
    | EmbedAgain
    | MakeMap
    | Search
    | SimilarTo
    | PrepareSearch
)


# ---- events from the engine process ------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ready:
    """The engine has opened the library and waits for commands. `device`: where the model runs, in words."""

    embedder: str
    device: str


@dataclass(frozen=True, slots=True)
class Working:
    """How far the running command is. `rate`: things a second, `seconds_left`; None while not known."""

    stage: str
    done: int
    total: int | None
    rate: float | None = None
    seconds_left: float | None = None


@dataclass(frozen=True, slots=True)
class Finished:
    """A command ended well. `scan`: what a scan found, None for other commands."""

    command: Command
    scan: ScanFinished | None = None


@dataclass(frozen=True, slots=True)
class Cancelled:
    """A command was given up."""

    command: Command


@dataclass(frozen=True, slots=True)
class Failed:
    """A command could not be done. `fatal`: the engine cannot go on with this library; `model`: for want of a model."""

    command: Command | None
    title: str
    hint: str
    fatal: bool = False
    model: bool = False


@dataclass(frozen=True, slots=True)
class GroupsChanged:
    """The stored groups, or what was decided about them, are other than before: read them again."""


@dataclass(frozen=True, slots=True)
class FilesChanged:
    """Files came, went or were read: counts and lists of files are other than before."""


@dataclass(frozen=True, slots=True)
class MapChanged:
    """The map is other than before: read it again."""


@dataclass(frozen=True, slots=True)
class FolderStates:
    """How each folder is kept up to date now; `details` says what is wrong and what to do, by folder."""

    states: dict[Path, FolderState]
    details: dict[Path, str]


@dataclass(frozen=True, slots=True)
class Acted:
    """An action, or its undoing, came to its end; the journal says the same. `left`: what was left alone, and why.

    `batch`: its number in the journal, 0 if nothing was done. `stopped`: it was cancelled before its end.
    """

    batch: int
    kind: ActionKind
    done: int
    size_bytes: int
    left: tuple[tuple[Path, Problem, str], ...]
    undone: bool = False
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class NearCopy:
    """A file that was just saved is a near-copy of another."""

    path: Path
    other: Path
    relation: Relation


@dataclass(frozen=True, slots=True)
class Paused:
    """The engine stands still until Resume."""


@dataclass(frozen=True, slots=True)
class Resumed:
    """The engine goes on."""


@dataclass(frozen=True, slots=True)
class EngineLost:
    """The engine process ended by itself; `again`: it is being started again. Made by the supervisor."""

    again: bool
    detail: str


EngineEvent = (
    Ready
    | Working
    | Finished
    | Cancelled
    | Failed
    | GroupsChanged
    | FilesChanged
    | MapChanged
    | SearchFound
    | FolderStates
    | NearCopy
    | Acted
    | ModelReport
    | Paused
    | Resumed
    | EngineLost
)
