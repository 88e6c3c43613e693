"""Names what is asked for when somebody chooses an embedder, without loading anything: no torch, no network.

The request decides the space but for what the machine adds (number format): a library that knows the request's space
and has all vectors needs no model to be loaded.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dedupe_app.embed.templates import find_template, suitable_template
from dedupe_app.errors import EmbedderUnavailableError, UsageError

if TYPE_CHECKING:
    from dedupe_app.embed.options import EncoderOptions

LEXICAL = "lexical"


@dataclass(frozen=True, slots=True)
class SpaceRequest:
    """What was asked for. `key`: equal for the same model and settings; `embedder`: for people, without passwords."""

    key: str
    embedder: str


def describe(name: str, options: EncoderOptions) -> SpaceRequest:
    """Name the space of `qwen3-0.6b`, `folder:PATH` or `server:URL#MODEL`, and refuse what cannot be opened.

    Raises:
        UsageError: there is no such embedder, or its options make no sense.
        EmbedderUnavailableError: it is not downloaded, or not whole.
    """
    if options.dimensions < 1:
        raise UsageError(
            f"Vectors of {options.dimensions} dimensions are not possible.", "Take 256."
        )
    windows = f"{options.dimensions}:{options.max_tokens}x{options.most_windows}"
    kind, _, rest = name.partition(":")
    if kind == "server" and rest:
        urls, _, model = rest.partition("#")
        if not model or not urls:
            raise UsageError(
                "The address of a server is not complete.", "Write server:http://HOST:PORT#MODEL."
            )
        template = _template(options, model)
        return SpaceRequest(f"server/{model}:{template}:{windows}", _without_login(urls, model))
    # Only here: reading the headers of a model takes numbers out of no file, but hashing takes a moment.
    from dedupe_app.embed.folder import read_folder

    folder = read_folder(_place(name))
    template = _template(options, str(folder.config["model_type"]))
    where = f"{options.device}{' 4bit' if options.four_bit else ''}"
    label = name if kind != "folder" else "folder"
    return SpaceRequest(f"{label}@{folder.content}:{template}:{windows}:{where}", name)


def _place(name: str) -> Path:
    from dedupe_app.embed.weights import KNOWN_MODELS, find

    kind, _, rest = name.partition(":")
    if kind == "folder" and rest:
        return Path(rest).expanduser()
    if name not in KNOWN_MODELS:
        names = ", ".join([LEXICAL, *KNOWN_MODELS])
        raise EmbedderUnavailableError(
            f"There is no embedder named {name!r}.",
            f"Choose one of {names}, folder:PATH or server:URL#MODEL. Without a model: --embedder lexical.",
        )
    path = find(name)
    if path is None:
        raise EmbedderUnavailableError(
            f"The model {name} is not downloaded.",
            f"Download it ({KNOWN_MODELS[name].weights_bytes / 1e9:.1f} GB) with: dedupe-app models download {name}. "
            "Without a model: --embedder lexical.",
        )
    return path


def _template(options: EncoderOptions, model: str) -> str:
    chosen = find_template(options.template) if options.template else suitable_template(model)
    return chosen.name


def _without_login(urls: str, model: str) -> str:
    """Leave out user names and passwords: this is shown and stored."""
    shown = []
    for url in urls.split(","):
        scheme, mark, rest = url.strip().partition("://")
        host, slash, path = rest.partition("/")
        shown.append(f"{scheme}{mark}{host.rpartition('@')[2]}{slash}{path.partition('?')[0]}")
    return f"server:{','.join(shown)}#{model}"
