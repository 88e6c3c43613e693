"""Where things are kept, and the choices of the user. Reads the environment; never opens the library.

A file that makes no sense is set aside, with the date in its name. What does make sense of it is used, and what
other versions wrote into it stays.
"""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import platformdirs

from dedupe_app.records import Show, SortKey

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


def load_choices(path: Path) -> tuple[Choices, str, tuple[str, ...]]:
    """Read the choices.

    Returns them with the name of the file that was set aside, "" if none was, and of the choices that made no sense,
    for which the defaults hold; none with a file that was set aside: it could not be read at all.
    """
    choices, set_aside, wrong = _load(path, Choices(), _CHOICES)
    if not wrong:
        return choices, set_aside, ()
    aside = _aside(path)
    try:
        shutil.copy2(path, aside)
        save_choices(choices, path)
    except OSError as error:
        logger.warning("%s cannot be written anew: %s", path, error)
        return choices, path.name, wrong
    return choices, aside.name, wrong


def save_choices(choices: Choices, path: Path) -> None:
    """Write the choices, all or nothing; what other versions wrote into the file stays.

    Raises:
        OSError: the file cannot be written.
    """
    _write(_others(path, choices) | asdict(choices), path)


def load_window(path: Path) -> WindowState:
    """Read how the window was left; the defaults for what is not known of it."""
    return _load(path, WindowState(), _WINDOW)[0]


def save_window(state: WindowState, path: Path) -> None:
    """Write how the window was left.

    Raises:
        OSError: the file cannot be written.
    """
    _write(_others(path, state) | asdict(state), path)


# ---- what makes sense --------------------------------------------------------------------------

_T = TypeVar("_T", Choices, WindowState)
_Checks = Mapping[str, Callable[[Any], bool]]

_CHOICES: _Checks = {
    "similarity": lambda value: 0 <= value <= 100,
    "look": lambda value: value in LOOKS,
    "largest_mb": lambda value: value > 0,
    "seconds": lambda value: 0 < value <= _MOST_SECONDS,
    "processes": lambda value: 0 <= value <= _MOST_PROCESSES,
    "dimensions": lambda value: _DIMENSIONS[0] <= value <= _DIMENSIONS[1],
    "embedder": bool,
}
_WINDOW: _Checks = {
    "width": lambda value: value > 0,
    "height": lambda value: value > 0,
    "parts": lambda value: all(part >= 0 for part in value),
    "columns": lambda value: all(width >= 0 for width in value),
    "sort": lambda value: value in set(SortKey),
    "view": lambda value: value >= 0,
    "show": lambda value: value in set(Show),
}


def _read(found: Mapping[str, Any], default: _T, checks: _Checks) -> tuple[_T, tuple[str, ...]]:
    """Take the values of the known names; return also the names of those that make no sense."""
    values: dict[str, Any] = {}
    for field in fields(default):
        if field.name in found:
            values[field.name] = _typed(found[field.name], field.name, getattr(default, field.name))
    sensible = {
        name: value
        for name, value in values.items()
        if value is not None and checks.get(name, _is_fine)(value)
    }
    return type(default)(**sensible), tuple(name for name in values if name not in sensible)


def _typed(value: Any, name: str, default: Any) -> Any:  # noqa: ANN401 - of the type of the default
    """Return a value as it is kept, None if it is of another type than the default."""
    if isinstance(default, tuple):
        kind = int if name in ("parts", "columns") else str
        is_right = isinstance(value, list) and all(type(each) is kind for each in value)
        return tuple(value) if is_right else None
    if isinstance(default, float) and type(value) is int:
        return float(value)
    return value if type(value) is type(default) else None


def _is_fine(_value: object) -> bool:
    return True


# ---- files -------------------------------------------------------------------------------------


def _load(path: Path, default: _T, checks: _Checks) -> tuple[_T, str, tuple[str, ...]]:
    try:
        choices, wrong = _read(_parsed(path), default, checks)
    except FileNotFoundError:
        return default, "", ()
    except OSError as error:
        logger.warning("%s cannot be read: %s", path, error)
        return default, "", ()
    except ValueError as error:  # also what is not TOML, and what is not UTF-8
        logger.warning("%s makes no sense: %s", path, error)
        return default, _set_aside(path), ()
    if wrong:
        logger.warning("In %s these make no sense: %s", path, ", ".join(wrong))
    return choices, "", wrong


def _parsed(path: Path) -> dict[str, Any]:
    import tomllib

    return tomllib.loads(path.read_text(encoding="utf-8"))


def _others(path: Path, known: Choices | WindowState) -> dict[str, Any]:
    """Return what is in a file under names that are not known: a later version wrote it."""
    own = {field.name for field in fields(known)}
    try:
        return {name: value for name, value in _parsed(path).items() if name not in own}
    except (OSError, ValueError):
        return {}  # not there, or made no sense and was named when it was read


def _aside(path: Path) -> Path:
    stamp = datetime.now().astimezone().strftime("%Y-%m-%d-%H%M%S")
    return path.with_name(f"{path.stem}-{stamp}{path.suffix}")


def _set_aside(path: Path) -> str:
    aside = _aside(path)
    try:
        path.replace(aside)
    except OSError as error:
        logger.warning("%s cannot be set aside: %s", path, error)
        return path.name
    return aside.name


def _write(values: Mapping[str, Any], path: Path) -> None:
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
