"""Where things are kept, and the choices of the user. Reads the environment; never opens the library.

A file of choices that makes no sense is set aside, with the date in its name, and the defaults are used.
"""

from __future__ import annotations

import logging
import os
import tempfile
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import platformdirs

from dedupe_app.records import Show, SortKey

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

logger = logging.getLogger(__name__)

MIB = 1024 * 1024
# Python looks for garbage after so many new objects: at its own 700 the first scan of 2,000 files spends 4 % on it.
OBJECTS_PER_COLLECTION = 20_000
LOOKS = ("system", "light", "dark")
_DIMENSIONS = (64, 4096)
_MOST_PROCESSES = 256
_MOST_SECONDS = 24 * 3600.0


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """What one file may cost before it is skipped with a reason.

    `memory_bytes` is the address space one reader process may use beyond what it has after start.
    """

    size_bytes: int = 512 * MIB
    text_chars: int = 5_000_000
    seconds: float = 60.0
    memory_bytes: int = 2048 * MIB
    unpacked_bytes: int = 512 * MIB


@dataclass(frozen=True, slots=True)
class Choices:
    """What the user chose. `similarity`: 0-100; `processes` 0: as many as the computer has cores.

    `language` "": that of the desktop. `keep_rules`: names, the most important first; none: the built-in order.
    `export_folder`, `move_folder`: where something was put the last time.
    `exclude`: patterns of names that are passed over in all folders. `dimensions`, `template`: of the model's vectors;
    `template` "": what suits the model. `four_bit`: for large models on small cards.
    """

    embedder: str = "lexical"
    dimensions: int = 256
    template: str = ""
    four_bit: bool = False
    similarity: float = 30.0
    look: str = "system"
    language: str = ""
    largest_mb: int = 512
    seconds: float = 60.0
    exclude: tuple[str, ...] = ()
    processes: int = 0
    watch: bool = True
    export_folder: str = ""
    move_folder: str = ""
    keep_rules: tuple[str, ...] = ()

    @property
    def limits(self) -> ReadLimits:
        """Return the limits for reading one file."""
        return ReadLimits(size_bytes=self.largest_mb * MIB, seconds=self.seconds)

    @property
    def reader_processes(self) -> int:
        """Return how many processes read files."""
        return self.processes or max(1, os.cpu_count() or 1)


@dataclass(frozen=True, slots=True)
class WindowState:
    """How the window was left: its size in device-independent pixels, and the widths of its parts.

    `columns`: of the list of groups, as far as the user set them, 0 for the others; `sort`, `descending`: its order.
    `view`: the number of the view that was shown; `show`: which groups.
    """

    width: int = 1440
    height: int = 900
    maximised: bool = False
    parts: tuple[int, ...] = ()
    columns: tuple[int, ...] = ()
    sort: str = SortKey.FREES.value
    descending: bool = True
    view: int = 0
    show: str = Show.ALL.value


def library_path() -> Path:
    """Return the place of the library when none is named: the user's data folder."""
    return Path(platformdirs.user_data_dir("dedupe-app", appauthor=False)) / "library.sqlite"


def samples_path() -> Path:
    """Return where the samples are copied to when somebody tries them."""
    return Path(platformdirs.user_data_dir("dedupe-app", appauthor=False)) / "samples"


def choices_path() -> Path:
    """Return the file of the user's choices."""
    return Path(platformdirs.user_config_dir("dedupe-app", appauthor=False)) / "settings.toml"


def window_path() -> Path:
    """Return the file that says how the window was left."""
    return Path(platformdirs.user_state_dir("dedupe-app", appauthor=False)) / "window.toml"


def engine_log_path() -> Path:
    """Return the log of the engine process; the window and the command line have one beside it."""
    return Path(platformdirs.user_log_dir("dedupe-app", appauthor=False)) / "engine.log"


def resource_folder() -> Path:
    """Return the folder of icons, style and samples: beside the package, or inside it once installed."""
    package = Path(__file__).parent
    inside = package / "resources"
    return inside if inside.is_dir() else package.parent / "resources"


def load_choices(path: Path) -> tuple[Choices, str]:
    """Read the choices; return them with "", or the defaults with the name of the file that was set aside."""
    return _load(path, _read_choices, Choices())


def save_choices(choices: Choices, path: Path) -> None:
    """Write the choices, all or nothing.

    Raises:
        OSError: the file cannot be written.
    """
    _save(asdict(choices), path)


def load_window(path: Path) -> WindowState:
    """Read how the window was left; the default when that is not known."""
    return _load(path, _read_window, WindowState())[0]


def save_window(state: WindowState, path: Path) -> None:
    """Write how the window was left.

    Raises:
        OSError: the file cannot be written.
    """
    _save(asdict(state), path)


# ---- what makes sense --------------------------------------------------------------------------

_T = TypeVar("_T", Choices, WindowState)


def _read_choices(found: Mapping[str, Any]) -> Choices:
    choices = _typed(found, Choices())
    _demand(0 <= choices.similarity <= 100, "similarity")
    _demand(choices.look in LOOKS, "look")
    _demand(choices.largest_mb > 0, "largest_mb")
    _demand(0 < choices.seconds <= _MOST_SECONDS, "seconds")
    _demand(0 <= choices.processes <= _MOST_PROCESSES, "processes")
    _demand(_DIMENSIONS[0] <= choices.dimensions <= _DIMENSIONS[1], "dimensions")
    _demand(bool(choices.embedder), "embedder")
    return choices


def _read_window(found: Mapping[str, Any]) -> WindowState:
    state = _typed(found, WindowState())
    _demand(state.width > 0 and state.height > 0, "size")
    _demand(all(part >= 0 for part in state.parts), "parts")
    _demand(all(width >= 0 for width in state.columns), "columns")
    _demand(state.sort in set(SortKey), "sort")
    _demand(state.view >= 0, "view")
    _demand(state.show in set(Show), "show")
    return state


def _typed(found: Mapping[str, Any], default: _T) -> _T:
    """Take the values of the known names; raise ValueError where one is of another type than the default."""
    values: dict[str, Any] = {}
    for field in fields(default):
        if field.name not in found:
            continue
        value, own = found[field.name], getattr(default, field.name)
        if isinstance(own, tuple):
            kind = int if field.name in ("parts", "columns") else str
            _demand(isinstance(value, list), field.name)
            _demand(all(type(each) is kind for each in value), field.name)
            value = tuple(value)
        elif isinstance(own, float) and type(value) is int:
            value = float(value)
        else:
            _demand(type(value) is type(own), field.name)
        values[field.name] = value
    return type(default)(**values)


def _demand(sensible: bool, name: str) -> None:
    if not sensible:
        raise ValueError(f"{name} makes no sense")


# ---- files -------------------------------------------------------------------------------------


def _load(path: Path, read: Callable[[Mapping[str, Any]], _T], default: _T) -> tuple[_T, str]:
    import tomllib

    try:
        return read(tomllib.loads(path.read_text(encoding="utf-8"))), ""
    except FileNotFoundError:
        return default, ""
    except OSError as error:
        logger.warning("%s cannot be read: %s", path, error)
        return default, ""
    except ValueError as error:  # also what is not TOML, and what is not UTF-8
        logger.warning("%s makes no sense: %s", path, error)
        return default, _set_aside(path)


def _set_aside(path: Path) -> str:
    stamp = datetime.now().astimezone().strftime("%Y-%m-%d-%H%M%S")
    aside = path.with_name(f"{path.stem}-{stamp}{path.suffix}")
    try:
        path.replace(aside)
    except OSError as error:
        logger.warning("%s cannot be set aside: %s", path, error)
        return path.name
    return aside.name


def _save(values: Mapping[str, Any], path: Path) -> None:
    import tomli_w

    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
    written = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            tomli_w.dump(values, file)
            file.flush()
            os.fsync(file.fileno())
        written.replace(path)
    except BaseException:
        written.unlink(missing_ok=True)
        raise
