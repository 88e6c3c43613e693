"""Opens an embedder by the name a user gives: a known model, a folder, or servers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dedupe_app.embed.encoder import Encoder, EncoderOptions
from dedupe_app.errors import EmbedderUnavailableError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping


def open_encoder(
    name: str, options: EncoderOptions | None = None, environment: Mapping[str, str] | None = None
) -> Encoder:
    """Open `qwen3-0.6b`, `qwen3-4b`, `qwen3-8b`, `folder:PATH` or `server:URL[,URL...]#MODEL`.

    environment: where a server's key is looked up; os.environ without one. "lexical" is no model and not opened here.

    Raises:
        UsageError: there is no such embedder.
        EmbedderUnavailableError: it is not downloaded, does not fit, or cannot be reached.
    """
    chosen = options or EncoderOptions()
    kind, _, rest = name.partition(":")
    if kind == "server" and rest:
        from dedupe_app.embed.server import open_server

        return open_server(rest, chosen, environment)
    from dedupe_app.embed.loading import load_encoder
    from dedupe_app.embed.weights import KNOWN_MODELS, find

    if kind == "folder" and rest:
        return load_encoder(Path(rest).expanduser(), chosen)
    if name not in KNOWN_MODELS:
        names = ", ".join(["lexical", *KNOWN_MODELS])
        raise UsageError(
            f"There is no embedder named {name!r}.",
            f"Choose {names}, folder:PATH or server:URL#MODEL.",
        )
    path = find(name)
    if path is None:
        raise EmbedderUnavailableError(
            f"The model {name} is not downloaded.",
            f"Download it ({KNOWN_MODELS[name].weights_bytes / 1e9:.1f} GB) with: dedupe-app models download {name}.",
        )
    return load_encoder(path, chosen, name)
