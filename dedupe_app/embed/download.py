"""Downloads a known model from the Hugging Face hub or a mirror of it. The only place that goes online for weights.

Mirrors: HF_ENDPOINT. Proxies: HTTPS_PROXY and NO_PROXY, as the hub's library reads them. Nothing needs an account.
"""

from __future__ import annotations

import io
import json
import logging
import os
from typing import TYPE_CHECKING, Any

from dedupe_app.embed.weights import (
    MANIFEST,
    check_disk,
    check_folder,
    known_model,
    models_folder,
    replace_folder,
)
from dedupe_app.errors import EmbedderUnavailableError

if TYPE_CHECKING:
    from pathlib import Path

    from huggingface_hub.hf_api import ModelInfo

    from dedupe_app.embed.encoder import Cancelled, Progress
    from dedupe_app.embed.weights import KnownModel

logger = logging.getLogger(__name__)

_FILES = ("*.json", "*.safetensors", "*.txt", "1_Pooling/*", "LICENSE*", "README.md")
_OFFICIAL = "https://huggingface.co"


class DownloadCancelledError(Exception):
    """Report that the user stopped a download; what is there already is kept for the next time."""


def download(
    name: str,
    *,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    models: Path | None = None,
    endpoint: str | None = None,
) -> Path:
    """Download a model, or what is missing of it, check it, and return its folder.

    progress: called with bytes there and bytes in all. endpoint: a mirror, in place of HF_ENDPOINT. A download that was
    broken off is resumed. The commit and the checksums the hub tells are kept for `check`.

    Raises:
        UsageError: there is no such model.
        EmbedderUnavailableError: the hub is not reached, the disk is too full, or what came is damaged.
        DownloadCancelledError: `cancelled` said so.
    """
    model, root = known_model(name), models or models_folder()
    root.mkdir(parents=True, exist_ok=True)
    part, address = root / f"{name}.part", endpoint or os.environ.get("HF_ENDPOINT") or _OFFICIAL
    told = _ask(model, address)
    total = sum(int(file.size or 0) for file in told.siblings or () if _is_wanted(file.rfilename))
    check_disk(root, total - _present_bytes(part))
    _fetch(model, address, str(told.sha), part, _Counter(total, progress, cancelled))
    _write_manifest(part, model, told)
    _refuse_damaged(part, model)
    replace_folder(part, root / name)
    return root / name


class _Counter:
    """Counts the bytes that arrive, over all files, and breaks the download off when it is cancelled."""

    def __init__(self, total: int, progress: Progress | None, cancelled: Cancelled | None) -> None:
        self._total, self._progress, self._cancelled = total, progress, cancelled
        self._done: dict[int, int] = {}

    def note(self, bar: int, done: int) -> None:
        if self._cancelled is not None and self._cancelled():
            raise DownloadCancelledError
        # The hub's library shows received and written bytes in a bar each; both count the same file.
        self._done[bar] = done
        if self._progress is not None:
            self._progress(min(max(self._done.values()), self._total), self._total)


def _ask(model: KnownModel, endpoint: str) -> ModelInfo:
    """Ask which files there are, of which commit, how long, with which checksums."""
    from huggingface_hub import HfApi

    try:
        return HfApi(endpoint=endpoint, token=False).model_info(
            model.repository, files_metadata=True
        )
    except Exception as error:
        raise _unreachable(model, endpoint, error) from error


def _fetch(model: KnownModel, endpoint: str, commit: str, part: Path, counter: _Counter) -> None:
    from huggingface_hub import snapshot_download

    try:
        snapshot_download(
            model.repository,
            revision=commit,
            local_dir=part,
            allow_patterns=list(_FILES),
            tqdm_class=_counting_bar(counter),
            endpoint=endpoint,
            token=False,
            max_workers=4,
        )
    except DownloadCancelledError:
        raise
    except Exception as error:
        raise _unreachable(model, endpoint, error) from error


def _counting_bar(counter: _Counter) -> type[Any]:
    """Make a progress bar that shows nothing and counts bytes."""
    from tqdm.std import tqdm  # type: ignore[import-untyped]

    class Bar(tqdm):  # type: ignore[misc]
        monitor_interval = 0

        def __init__(self, *args: object, **options: Any) -> None:  # noqa: ANN401
            options.pop("name", None)
            super().__init__(*args, **{**options, "file": io.StringIO(), "disable": False})

        def update(self, n: float | None = 1) -> bool | None:
            shown: bool | None = super().update(n)
            if self.unit == "B":
                counter.note(id(self), int(self.n))
            return shown

    return Bar


def _write_manifest(part: Path, model: KnownModel, told: ModelInfo) -> None:
    checksums = {
        file.rfilename: file.lfs.sha256
        for file in told.siblings or ()
        if file.lfs and _is_wanted(file.rfilename)
    }
    content = {"repository": model.repository, "commit": told.sha, "sha256": checksums}
    (part / MANIFEST).write_text(json.dumps(content, indent=1), encoding="utf-8")


def _refuse_damaged(part: Path, model: KnownModel) -> None:
    problems = check_folder(part, model).problems
    if problems:
        raise EmbedderUnavailableError(
            f"The download of {model.name} is damaged: {' '.join(problems)}",
            f"Delete {part} and download it again.",
        )


def _is_wanted(name: str) -> bool:
    from fnmatch import fnmatch

    return any(fnmatch(name, pattern) for pattern in _FILES)


def _present_bytes(part: Path) -> int:
    return (
        sum(file.stat().st_size for file in part.rglob("*") if file.is_file())
        if part.exists()
        else 0
    )


def _unreachable(model: KnownModel, endpoint: str, error: Exception) -> EmbedderUnavailableError:
    logger.error("Downloading %s from %s failed", model.repository, endpoint, exc_info=error)
    return EmbedderUnavailableError(
        f"{model.name} could not be downloaded from {endpoint} ({type(error).__name__}).",
        "Check the connection (proxy: HTTPS_PROXY, mirror: HF_ENDPOINT) and try again; what is there is kept. Or bring "
        f"the folder of {model.repository} from another machine and import it.",
    )
