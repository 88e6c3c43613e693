"""The models the program knows, where their weights lie, and whether they are whole. Downloads: download.py."""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from dedupe_app.embed.folder import read_folder, read_weights
from dedupe_app.errors import EmbedderUnavailableError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

logger = logging.getLogger(__name__)

MANIFEST = "dedupe-app.json"
_BLOCK_BYTES = 4 << 20
_SPARE_BYTES = 500_000_000


@dataclass(frozen=True, slots=True)
class KnownModel:
    """A model that can be downloaded. Sizes are of the bfloat16 weights; `card_bytes`: what a card should have free."""

    name: str
    repository: str
    parameters: int
    hidden: int
    layers: int
    weights_bytes: int
    card_bytes: int


# Parameters: mteb's model metadata. The weights of the smallest were measured; the others are two bytes a parameter.
KNOWN_MODELS: Mapping[str, KnownModel] = {
    model.name: model
    for model in (
        KnownModel(
            "qwen3-0.6b",
            "Qwen/Qwen3-Embedding-0.6B",
            595_776_512,
            1024,
            28,
            1_191_586_416,
            2_200_000_000,
        ),
        KnownModel(
            "qwen3-4b",
            "Qwen/Qwen3-Embedding-4B",
            4_021_774_336,
            2560,
            36,
            8_043_548_672,
            9_700_000_000,
        ),
        KnownModel(
            "qwen3-8b",
            "Qwen/Qwen3-Embedding-8B",
            7_567_295_488,
            4096,
            36,
            15_134_590_976,
            17_200_000_000,
        ),
    )
}


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What a check of a model folder found: `problems` is empty when all is well."""

    path: Path
    size_bytes: int
    checksums: int
    problems: tuple[str, ...]


def models_folder() -> Path:
    """Return where models are kept: beside the library, in the user's data folder."""
    return Path(platformdirs.user_data_dir("dedupe-app", appauthor=False)) / "models"


def known_model(name: str) -> KnownModel:
    """Return what is known of a model.

    Raises:
        UsageError: it is not known.
    """
    if name not in KNOWN_MODELS:
        raise UsageError(
            f"There is no model named {name!r}.", f"Choose one of: {', '.join(KNOWN_MODELS)}."
        )
    return KNOWN_MODELS[name]


def find(name: str, models: Path | None = None) -> Path | None:
    """Return the folder of a model, or None when it is not (wholly) there. models: in place of models_folder()."""
    path = (models or models_folder()) / known_model(name).name
    try:
        read_weights(path)
    except EmbedderUnavailableError:
        return None
    return path


def check(
    name: str, models: Path | None = None, *, progress: Callable[[int, int], None] | None = None
) -> CheckResult:
    """Look at every file of a model: headers, lengths, architecture, and checksums where they are known.

    progress: called with bytes hashed and bytes in all; gigabytes take a while.
    """
    path = (models or models_folder()) / known_model(name).name
    return check_folder(path, known_model(name), progress=progress)


def check_folder(
    path: Path,
    model: KnownModel | None = None,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> CheckResult:
    """Look at every file of any model folder; `model`: which one it should be."""
    problems: list[str] = []
    try:
        folder = read_folder(path)
        if model is not None and (folder.hidden, folder.config.get("num_hidden_layers")) != (
            model.hidden,
            model.layers,
        ):
            problems.append(
                f"This is another model than {model.name}: {folder.hidden} wide, not {model.hidden}."
            )
        if not (path / "tokenizer.json").exists():
            problems.append("tokenizer.json is missing.")
    except EmbedderUnavailableError as error:
        problems.append(error.title)
    known = known_checksums(path)
    problems.extend(_wrong_checksums(path, known, progress))
    size = (
        sum(file.stat().st_size for file in path.glob("*") if file.is_file())
        if path.is_dir()
        else 0
    )
    return CheckResult(path, size, len(known), tuple(problems))


def import_folder(name: str, source: Path, models: Path | None = None) -> Path:
    """Copy a model that was brought from another machine to where models are kept; return its folder.

    Raises:
        EmbedderUnavailableError: it is not this model, it is not whole, or the disk is too full.
    """
    found = check_folder(source, known_model(name))
    if found.problems:
        raise EmbedderUnavailableError(
            f"{source} cannot be used as {name}: {' '.join(found.problems)}"
        )
    root = models or models_folder()
    root.mkdir(parents=True, exist_ok=True)
    check_disk(root, found.size_bytes)
    part, target = root / f"{name}.import", root / name
    shutil.rmtree(part, ignore_errors=True)
    shutil.copytree(source, part, ignore=shutil.ignore_patterns(".git", "onnx", "*.bin", "*.gguf"))
    replace_folder(part, target)
    return target


def check_disk(folder: Path, needed_bytes: int) -> None:
    """Compare what shall be written with what is free.

    Raises:
        EmbedderUnavailableError: too little is free.
    """
    free = shutil.disk_usage(folder).free
    if free < needed_bytes + _SPARE_BYTES:
        raise EmbedderUnavailableError(
            f"The model needs {needed_bytes / 1e9:.1f} GB of disk, and {free / 1e9:.1f} GB are free in {folder}.",
            "Make room, or choose a smaller model.",
        )


def replace_folder(part: Path, target: Path) -> None:
    """Put a finished folder in its place; there is never half of one under the final name."""
    old = target.with_name(f"{target.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        target.rename(old)
    part.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def known_checksums(path: Path) -> dict[str, str]:
    """Return the sha256 of each file that the hub told at download."""
    try:
        told = json.loads((path / MANIFEST).read_text(encoding="utf-8"))
        return {str(name): str(value) for name, value in told.get("sha256", {}).items()}
    except (OSError, ValueError, AttributeError, RecursionError):
        return {}


def _wrong_checksums(
    path: Path, known: dict[str, str], progress: Callable[[int, int], None] | None
) -> list[str]:
    files = [path / name for name in known if (path / name).is_file()]
    total, done = sum(file.stat().st_size for file in files), 0
    wrong = [f"{name} is missing." for name in known if not (path / name).is_file()]
    for file in files:
        digest = hashlib.sha256()
        with file.open("rb") as stream:
            while block := stream.read(_BLOCK_BYTES):
                digest.update(block)
                done += len(block)
                if progress is not None:
                    progress(done, total)
        name = file.relative_to(path).as_posix()
        if digest.hexdigest() != known[name]:
            wrong.append(f"{name} is damaged (its checksum differs).")
    return wrong
