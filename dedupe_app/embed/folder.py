"""Reads what a model folder in the usual Hugging Face layout says of itself. No torch: headers and small files only."""

from __future__ import annotations

import hashlib
import json
import logging
import math
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dedupe_app.errors import EmbedderUnavailableError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

logger = logging.getLogger(__name__)

# The sizes that config.json names, and whether a model may go without.
_SIZES = {
    "hidden_size": False,
    "num_hidden_layers": True,
    "intermediate_size": True,
    "max_position_embeddings": True,
}
# A layer has at least the square of its width in weights, unless layers share theirs (ALBERT: up to 24 of them).
_MOST_SHARED = 24
_DAMAGES = (
    ArithmeticError,
    AttributeError,
    LookupError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
)
_LENGTH_BYTES = 8
_LONGEST_HEADER = 100_000_000
_SAMPLES, _SAMPLE_BYTES = 64, 4096
_KNOWN_MODULES = {"Transformer", "Pooling", "Normalize"}
# Marks the modules of sentence-transformers 5 and later, which keep their class elsewhere.
_POOLINGS = {
    "pooling_mode_lasttoken": "last",
    "pooling_mode_mean_tokens": "mean",
    "pooling_mode_cls_token": "cls",
}


@dataclass(frozen=True, slots=True)
class Weights:
    """One safetensors file, by its header. `complete`: the file is as long as the header says."""

    path: Path
    size_bytes: int
    parameters: int
    complete: bool


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """A model on disk. `config`: config.json; `pooling`: last, mean or cls; `content`: names all that changes vectors.

    causal: later tokens never touch earlier ones, so that padding on the right needs no mask. position: the most
    tokens it was made for.
    """

    path: Path
    config: dict[str, Any]
    weights: tuple[Weights, ...]
    pooling: str
    position: int
    causal: bool
    content: str

    @property
    def parameters(self) -> int:
        """Count the numbers in all weights."""
        return sum(weights.parameters for weights in self.weights)

    @property
    def hidden(self) -> int:
        """Return the components of a vector before it is cut."""
        return int(self.config["hidden_size"])


def read_folder(path: Path) -> ModelFolder:
    """Read a model folder without loading it.

    Raises:
        EmbedderUnavailableError: a file is missing or damaged, or the model is of a kind that is not supported.
    """
    with _damage_told(path):
        return _read(path)


def read_weights(path: Path) -> tuple[Weights, ...]:
    """Read the headers of all safetensors files of a folder, in order of their names.

    Raises:
        EmbedderUnavailableError: there is none, one of the index is missing, or one is damaged or cut short.
    """
    with _damage_told(path):
        return _read_weights(path)


@contextmanager
def _damage_told(path: Path) -> Iterator[None]:
    """Say of a folder that it is damaged, whatever its files hold instead of what they should."""
    try:
        yield
    except _DAMAGES as error:
        logger.exception("The model folder cannot be read")
        raise _unfit(path, f"its files are damaged ({type(error).__name__})") from error


def _read(path: Path) -> ModelFolder:
    config = _json(path / "config.json")
    if not isinstance(config, dict) or "model_type" not in config or not _is_described(config):
        raise _unfit(path, "its config.json does not describe a text model")
    for module in _modules(path):
        if module not in _KNOWN_MODULES:
            raise _unfit(path, f"it has a module of kind {module}, which is not supported")
    weights = _read_weights(path)
    parameters = sum(part.parameters for part in weights)
    # Before anything of the size that it names is made in memory.
    if config["hidden_size"] ** 2 * config.get("num_hidden_layers", 1) > _MOST_SHARED * parameters:
        raise _unfit(path, "its weights are those of a smaller model")
    causal = (
        config["model_type"] == "qwen3" and config.get("is_causal", True) and not _slides(config)
    )
    return ModelFolder(
        path,
        config,
        weights,
        _pooling(path, config),
        _position(path, config),
        bool(causal),
        _content(path, weights),
    )


def _is_described(config: dict[str, Any]) -> bool:
    """Tell whether the sizes of a model are there, and numbers."""
    found = [config.get(name, 1 if optional else None) for name, optional in _SIZES.items()]
    return all(type(size) is int and size > 0 for size in found)


def _read_weights(path: Path) -> tuple[Weights, ...]:
    files = sorted(path.glob("*.safetensors"))
    index = path / "model.safetensors.index.json"
    wanted = set(_json(index)["weight_map"].values()) if index.exists() else set()
    missing = sorted(wanted - {file.name for file in files})
    if missing or not files:
        raise _unfit(path, f"weights are missing ({', '.join(missing) or 'no *.safetensors file'})")
    found = tuple(map(_header, files))
    for weights in found:
        if not weights.complete:
            raise _unfit(path, f"{weights.path.name} is cut short or damaged")
    return found


def _header(file: Path) -> Weights:
    """Read the header of a safetensors file: its length (uint64), then JSON with shapes and offsets."""
    size = file.stat().st_size
    with file.open("rb") as stream:
        length = int.from_bytes(stream.read(_LENGTH_BYTES), "little")
        if not 2 <= length <= min(size - _LENGTH_BYTES, _LONGEST_HEADER):
            return Weights(file, size, 0, complete=False)
        raw = stream.read(length)
    try:
        tensors = [entry for name, entry in json.loads(raw).items() if name != "__metadata__"]
        parameters = sum(math.prod(tensor["shape"]) for tensor in tensors)
        end = max((tensor["data_offsets"][1] for tensor in tensors), default=0)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return Weights(file, size, 0, complete=False)
    return Weights(file, size, parameters, complete=_LENGTH_BYTES + length + end == size)


def _content(path: Path, weights: tuple[Weights, ...]) -> str:
    """Name the content: a hash of configuration, tokeniser, headers of the weights and samples of their numbers.

    Two models trained from one share every header, so 64 blocks of each file count too; whole files would take minutes.
    """
    digest = hashlib.sha256()
    for name in ("config.json", "tokenizer.json", "1_Pooling/config.json"):
        file = path / name
        digest.update(name.encode() + b"\0" + (file.read_bytes() if file.exists() else b"") + b"\0")
    for part in weights:
        digest.update(f"{part.path.name} {part.size_bytes}\0".encode())
        with part.path.open("rb") as stream:
            length = stream.read(_LENGTH_BYTES)
            digest.update(length + stream.read(int.from_bytes(length, "little")))
            start = stream.tell()
            for sample in range(_SAMPLES):
                stream.seek(start + (part.size_bytes - start) * sample // _SAMPLES)
                digest.update(stream.read(_SAMPLE_BYTES))
    return digest.hexdigest()[:16]


def _pooling(path: Path, config: dict[str, Any]) -> str:
    file = path / "1_Pooling" / "config.json"
    if not file.exists():
        return "last" if config["model_type"] == "qwen3" else "mean"
    said = _json(file)
    modes = [mode for key, mode in _POOLINGS.items() if said.get(key)]
    if not modes and said.get("pooling_mode") in ("lasttoken", "mean", "cls"):
        modes = [str(said["pooling_mode"]).removesuffix("token")]
    if len(modes) != 1:
        raise _unfit(path, "its way of pooling is not supported")
    return modes[0]


def _position(path: Path, config: dict[str, Any]) -> int:
    """Return the smaller of what the model has positions for and what it was trained with."""
    limits = [int(config.get("max_position_embeddings") or 512)]
    file = path / "sentence_bert_config.json"
    if file.exists() and (trained := _json(file).get("max_seq_length")):
        limits.append(int(trained))
    return min(limits)


def _modules(path: Path) -> list[str]:
    file = path / "modules.json"
    return (
        [str(module["type"]).rsplit(".", 1)[-1] for module in _json(file)] if file.exists() else []
    )


def _slides(config: dict[str, Any]) -> bool:
    return any(kind != "full_attention" for kind in config.get("layer_types") or ())


def _json(file: Path) -> Any:  # noqa: ANN401
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise _unfit(file.parent, f"it has no {file.name}") from None
    except (OSError, ValueError, RecursionError) as error:
        raise _unfit(file.parent, f"{file.name} cannot be read ({error})") from error


def _unfit(path: Path, reason: str) -> EmbedderUnavailableError:
    return EmbedderUnavailableError(
        f"The model folder {path} cannot be used: {reason}.",
        "Choose a folder in the Hugging Face layout (config.json, tokenizer.json, *.safetensors), or download again.",
    )
