"""A thread that loads a model and embeds, fed and emptied through bounded queues: the store never waits for the model.

It knows no library. The model, the tokeniser and servers let go of the interpreter lock, so a thread is enough.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, overload

from dedupe_app.engine.encoders import lent_encoder

if TYPE_CHECKING:
    from collections.abc import Callable

    from dedupe_app.embed.encoder import Failure, Vector
    from dedupe_app.embed.options import EncoderOptions

logger = logging.getLogger(__name__)

_AHEAD_CHARS = 8_000_000
_RESULTS = 1024
# A batch that is under way when somebody gives up is not waited for longer than this.
_END_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Opened:
    """The model is loaded; `space` names what its vectors are comparable with."""

    space: str
    dimensions: int
    account: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Embedded:
    """What came of the text that was put on as number `index`."""

    index: int
    outcome: Vector | Failure


@dataclass(frozen=True, slots=True)
class Hungry:
    """There is room for more texts."""


@dataclass(frozen=True, slots=True)
class Ended:
    """Nothing more comes; `error`: why, None if all is done. `account`: as in Opened, with what was found out since."""

    error: BaseException | None
    account: tuple[str, ...] = ()


Message = Opened | Embedded | Hungry | Ended


class Conveyor:
    """Loads an encoder at once; takes texts after `begin`, gives vectors back in any order."""

    def __init__(self, name: str, options: EncoderOptions) -> None:
        """Start loading."""
        self._name, self._options = name, options
        self._messages: queue.Queue[Message] = queue.Queue(_RESULTS)
        self._stop = threading.Event()
        self._begun = threading.Event()
        self._feed = _Feed(self._hungry)
        # No daemon: a program that ends while torch computes in a thread is aborted.
        self._thread = threading.Thread(target=self._run, name="embed")
        self._thread.start()

    def begin(self, texts: int) -> None:
        """Say how many texts there will be."""
        self._feed.total = texts
        self._begun.set()

    def has_room(self) -> bool:
        """Tell whether `put` may be called."""
        return self._feed.has_room()

    def put(self, text: str) -> None:
        """Put the next text on."""
        self._feed.put(text)

    def receive(self, seconds: float) -> Message | None:
        """Return what comes next, None if nothing comes within so many seconds."""
        try:
            return self._messages.get(timeout=seconds)
        except queue.Empty:
            return None

    def close(self) -> None:
        """Stop; what is being computed right now is not waited for, and lost."""
        self._stop.set()
        self._begun.set()
        self._feed.close()
        self._thread.join(_END_SECONDS)

    def _run(self) -> None:
        error: BaseException | None = None
        account: tuple[str, ...] = ()
        try:
            with lent_encoder(self._name, self._options) as encoder:
                self._send(Opened(encoder.space, encoder.dimensions, encoder.account))
                self._begun.wait()
                for index, outcome in encoder.encode(self._feed, cancelled=self._stop.is_set):
                    self._send(Embedded(index, outcome))
                account = encoder.account
        except _StoppedError:
            logger.info("Embedding was stopped")
        except BaseException as caught:  # noqa: BLE001 - raised again by whoever receives it
            error = caught
        self._send(Ended(error, account))

    def _send(self, message: Message) -> None:
        while not self._stop.is_set():
            try:
                self._messages.put(message, timeout=_END_SECONDS)
            except queue.Full:
                continue
            return

    def _hungry(self) -> None:
        self._send(Hungry())


class _StoppedError(Exception):
    """Report that no more texts will come, to an encoder that waits for one."""


class _Feed(Sequence[str]):
    """The texts of an encoder: each is asked for once, in order, whatever the index says, and waited for."""

    def __init__(self, hungry: Callable[[], None]) -> None:
        self.total = 0
        self._hungry = hungry
        self._texts: deque[str] = deque()
        self._chars = 0
        self._closed = False
        self._changed = threading.Condition()

    def __len__(self) -> int:
        return self.total

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[str]: ...
    def __getitem__(self, index: int | slice) -> str | Sequence[str]:
        with self._changed:
            self._changed.wait_for(lambda: self._texts or self._closed)
            if self._closed:
                raise _StoppedError
            before = self._chars
            text = self._texts.popleft()
            self._chars -= len(text) + 1
            # Said once, when half of what may wait is used up, or all of it.
            passed = self._chars < _AHEAD_CHARS // 2 <= before or not self._texts
        if passed:
            self._hungry()
        return text

    def has_room(self) -> bool:
        with self._changed:
            return self._chars < _AHEAD_CHARS

    def put(self, text: str) -> None:
        with self._changed:
            self._texts.append(text)
            self._chars += len(text) + 1
            self._changed.notify_all()

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify_all()
