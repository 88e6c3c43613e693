"""The model that is loaded now: opened when first needed, lent to one thread at a time, closed or kept afterwards.

Loading takes seconds to minutes, so a process that lives long keeps the model for a while; a command closes it.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dedupe_app.embed.encoder import Encoder
    from dedupe_app.embed.options import EncoderOptions

KEPT_SECONDS = 600.0
_END_SECONDS = 0.5


class _Loaded:
    """What is loaded in this process. `keep_s` 0: nothing stays loaded after its use."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.keep_s = 0.0
        self.name: tuple[str, EncoderOptions] | None = None
        self.encoder: Encoder | None = None
        self.timer: threading.Timer | None = None


_loaded = _Loaded()


def keep_loaded(seconds: float = KEPT_SECONDS) -> None:
    """Keep the model of this process for so long after each use; 0 closes it at once."""
    _loaded.keep_s = seconds
    if not seconds:
        close_encoder(_END_SECONDS)


@contextmanager
def kept_loaded(seconds: float = KEPT_SECONDS) -> Iterator[None]:
    """Keep the model loaded between uses in what follows; close it at the end."""
    keep_loaded(seconds)
    try:
        yield
    finally:
        keep_loaded(0)


@contextmanager
def lent_encoder(name: str, options: EncoderOptions) -> Iterator[Encoder]:
    """Lend the encoder of that name, loading it if it is not the one that is loaded; waits while another thread has it.

    Raises:
        UsageError: there is no such embedder.
        EmbedderUnavailableError: it is not downloaded, does not fit, or cannot be reached.
    """
    with _loaded.lock:
        _stop_timer()
        if _loaded.name != (name, options):
            _close()
        try:
            if _loaded.encoder is None:
                from dedupe_app.embed.opening import open_encoder

                _loaded.encoder = open_encoder(name, options)
                _loaded.name = (name, options)
            yield _loaded.encoder
        except BaseException:
            _close()  # whatever went wrong may have been the encoder's state: a server that died, a card that is full
            raise
        if not _loaded.keep_s:
            _close()
            return
        _loaded.timer = threading.Timer(_loaded.keep_s, close_encoder)
        _loaded.timer.daemon = True
        _loaded.timer.start()


def close_encoder(seconds: float = -1) -> None:
    """Give the memory of the loaded model back; a thread that has it is waited for so long, without end below 0.

    Who has it longer closes it after use, if nothing is to stay loaded.
    """
    if not _loaded.lock.acquire(timeout=seconds):
        return
    try:
        _stop_timer()
        _close()
    finally:
        _loaded.lock.release()


def _stop_timer() -> None:
    if _loaded.timer is not None:
        _loaded.timer.cancel()
        _loaded.timer = None


def _close() -> None:
    encoder, _loaded.encoder, _loaded.name = _loaded.encoder, None, None
    if encoder is not None:
        encoder.close()
