"""Models as things that are listed, downloaded and checked: generators that can be closed. Embeds no document."""

from __future__ import annotations

import platform
import queue
import shutil
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from dedupe_app.embed.weights import (
    KNOWN_MODELS,
    check_folder,
    find,
    import_folder,
    known_model,
    models_folder,
)
from dedupe_app.engine.model_messages import CheckModel, DownloadModel, ModelReport
from dedupe_app.engine.scan_messages import Progress
from dedupe_app.errors import EmbedderUnavailableError
from dedupe_app.runtime.wanted import own_torch_sees_cards

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from dedupe_app.embed.encoder import Encoder
    from dedupe_app.embed.options import EncoderOptions
    from dedupe_app.embed.weights import CheckResult

    Told = Callable[[int, int], None]
    Cancelled = Callable[[], bool]

_T = TypeVar("_T")

GB = 1_000_000_000
_ANSWER_SECONDS = 10
_MIB = 1024 * 1024
_SILENCE_S = 0.25
_END_SECONDS = 2.0
# A model is timed on texts like these for about so long.
_TIMED_S = 2.0
_MOST_TIMED = 512
_SAMPLE = (
    "The tenant pays the rent on the first day of each month to the account named below. The landlord keeps the roof, "
    "the walls and the heating in good order. Either party may end the lease with three months of notice in writing. "
) * 6
_SAMPLE_TOKEN_CHARS = 4


@dataclass(frozen=True, slots=True)
class Card:
    """The graphics card that a model would run on."""

    name: str
    free_bytes: int
    total_bytes: int


@dataclass(frozen=True, slots=True)
class ModelRow:
    """One model in the list. `place`: its folder, None when it is not downloaded. `fits`: None without a known card."""

    name: str
    download_bytes: int
    card_bytes: int
    fits: bool | None
    place: Path | None


def list_models() -> list[ModelRow]:
    """Return the models that the program knows, smallest first."""
    card = find_card()
    return [
        ModelRow(
            model.name,
            model.weights_bytes,
            model.card_bytes,
            None if card is None else model.card_bytes <= card.free_bytes,
            find(model.name),
        )
        for model in KNOWN_MODELS.values()
    ]


def find_card() -> Card | None:
    """Ask the driver for the first NVIDIA card, without loading torch; None if there is no answer."""
    program = shutil.which("nvidia-smi")
    if program is None:
        return None
    asked = "--query-gpu=name,memory.free,memory.total"
    try:
        done = subprocess.run(
            [program, asked, "--format=csv,noheader,nounits"],
            capture_output=True,
            text=True,
            timeout=_ANSWER_SECONDS,
            check=True,
        )
        name, free, total = done.stdout.splitlines()[0].rsplit(",", 2)
        return Card(name.strip(), int(free) * _MIB, int(total) * _MIB)
    except (OSError, subprocess.SubprocessError, ValueError, IndexError):
        return None


def device_name() -> str:
    """Name what a model would run on, without loading torch: the graphics card, or CPU."""
    if sys.platform == "darwin" and platform.machine() == "arm64":
        return "Apple GPU"
    card = find_card()
    return card.name if card and own_torch_sees_cards() else "CPU"


def download_model(command: DownloadModel) -> Generator[Progress, None, ModelReport]:
    """Download a model, or import it from a folder, and say where it is; progress is in bytes.

    Raises:
        UsageError: there is no such model.
        EmbedderUnavailableError: it could not be had, is damaged, or the disk is too full.
    """
    name, source = command.name, command.source
    known_model(name)
    if source is not None:
        yield Progress("download", 0, None)
        place = import_folder(name, source)
        return ModelReport(name, (f"{name} was imported to {place}.",))
    if (there := find(name)) is not None:
        return ModelReport(name, (f"{name} is there already: {there}.",))

    def work(told: Told, cancelled: Cancelled) -> Path:
        from dedupe_app.embed.download import download

        return download(name, progress=told, cancelled=cancelled)

    place = yield from _in_thread("download", work)
    return ModelReport(name, (f"{name} is in {place}.",))


def check_model(
    command: CheckModel, options: EncoderOptions
) -> Generator[Progress, None, ModelReport]:
    """Look at every byte of a model, load it, test it, and measure how fast it is here; progress is in bytes.

    Of a server it is asked whether it answers, and how fast.
    """
    from dedupe_app.embed.spaces import describe

    name, told = command.name, tuple[str, ...]()
    place = _place(name)
    if place is not None and place.is_dir():
        model = KNOWN_MODELS.get(name)
        found: CheckResult = yield from _in_thread(
            "check", lambda said, _: check_folder(place, model, progress=said)
        )
        told = (_said_of(found),)
        if found.problems:
            return ModelReport(name, told, found.problems)
    described = describe(name, options)
    try:
        account, speed = yield from _in_thread("model", lambda _told, _: _tried(name, options))
    except EmbedderUnavailableError as error:
        return ModelReport(described.embedder, told, (error.title, error.hint))
    return ModelReport(described.embedder, (*told, *account), words_per_second=speed)


def _place(name: str) -> Path | None:
    """Return the folder that a name means, there or not; None for servers."""
    kind, _, rest = name.partition(":")
    if kind == "folder" and rest:
        return Path(rest).expanduser()
    return models_folder() / name if name in KNOWN_MODELS else None


def _said_of(found: CheckResult) -> str:
    told = f"{found.path}: {found.size_bytes / GB:.1f} GB"
    if found.checksums:
        return f"{told}, {found.checksums} files compared with their checksums."
    return f"{told}; there are no checksums to compare it with."


def _tried(name: str, options: EncoderOptions) -> tuple[tuple[str, ...], float]:
    """Load a model, which tests it, and return what it says of itself and its words per second."""
    from dedupe_app.engine.encoders import lent_encoder

    with lent_encoder(name, options) as encoder:
        speed = _speed(encoder)
        if name.startswith("server:"):  # with a long text it shows how much of one goes in
            long = _SAMPLE * (options.max_tokens * _SAMPLE_TOKEN_CHARS // len(_SAMPLE) + 1)
            list(encoder.encode([long]))
        return encoder.account, speed


def _speed(encoder: Encoder) -> float:
    """Embed more and more texts until that takes a while; the last, largest lot counts."""
    from dedupe_app.embed.encoder import Failure

    count, words = 1, len(_SAMPLE.split())
    while True:
        started = time.perf_counter()
        texts = [f"{number} {_SAMPLE}" for number in range(count)]
        for _, outcome in encoder.encode(texts):
            if isinstance(outcome, Failure):
                raise EmbedderUnavailableError("The model gives no vectors.", outcome.reason)
        seconds = time.perf_counter() - started
        if seconds > _TIMED_S or count >= _MOST_TIMED:
            return count * words / max(seconds, 1e-6)
        count = min(_MOST_TIMED, count * 4)


def _in_thread(stage: str, work: Callable[[Told, Cancelled], _T]) -> Generator[Progress, None, _T]:
    """Do something long in a thread, yield how far it is, and return what came of it; closing it gives it up."""
    stop = threading.Event()
    news: queue.Queue[tuple[int, int] | None] = queue.Queue()
    outcome: list[_T] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            outcome.append(work(lambda done, total: news.put((done, total)), stop.is_set))
        except BaseException as error:  # noqa: BLE001 - raised again below
            errors.append(error)
        news.put(None)

    # A program that ends while torch computes in a thread is aborted; a slow network is not worth waiting for.
    thread = threading.Thread(target=run, name=stage, daemon=stage == "download")
    thread.start()
    done, total = 0, 0
    try:
        while True:
            try:
                heard = news.get(timeout=_SILENCE_S)
                if heard is None:
                    break
                done, total = heard
            except queue.Empty:
                pass  # a word now and then, so that whoever waits can give up
            yield Progress(stage, done, total or None)
    finally:
        stop.set()
        thread.join(_END_SECONDS)
    if errors:
        raise errors[0]
    return outcome[0]
