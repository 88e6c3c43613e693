"""The encoder for servers that speak the OpenAI embeddings protocol: vLLM, TEI, llama.cpp, Ollama; one or several.

Servers of one embedder share the load and must run the same model. This is how a group uses one machine with a GPU.
"""

from __future__ import annotations

import logging
import math
import os
import threading
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from functools import partial
from typing import TYPE_CHECKING

import httpx
import numpy as np

from dedupe_app.embed.answers import ServerDenialError, ServerFaultError, ServerRejectionError
from dedupe_app.embed.endpoint import Endpoint, Patience
from dedupe_app.embed.keys import OWN_KEY, find_key
from dedupe_app.embed.one_model import is_one_model
from dedupe_app.embed.reach import Reach, generous_tokens
from dedupe_app.embed.sending import Answered, Assembly, Piece, Sender
from dedupe_app.embed.templates import Template, find_template, suitable_template
from dedupe_app.embed.tokens import windows
from dedupe_app.errors import EmbedderUnavailableError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from dedupe_app.embed.encoder import Cancelled, EncoderOptions, Failure, Progress, Vector

logger = logging.getLogger(__name__)

_IN_FLIGHT = 4
# A server that is not there is found out in two seconds; one that breaks off later is given more time.
_GREETINGS = 3
# Two texts that have nothing in common: a server that gives both the same vector gives it to every text.
GREETING = ("hello", "The cellar was dry, and the bicycles stood along its northern wall.")
_SAME_COSINE = 0.9999
_BATCH_TEXTS, _BATCH_CHARS = 32, 100_000
# The client cannot count the server's tokens. Three characters make one in most languages; where they make more, the
# server refuses and the text is halved. One that cuts instead is found out by reach.py.
_CHARS_PER_TOKEN = 3
_SHORTEST_WINDOW_CHARS = 100
_LOOK_S = 0.2
_Limit = Callable[[int], int | None]


def open_server(
    address: str,
    options: EncoderOptions,
    environment: Mapping[str, str] | None = None,
    patience: Patience | None = None,
) -> ServerEncoder:
    """Open `URL[,URL...]#MODEL` and ask each server for two vectors; those that do not answer are left out.

    environment: where the key is looked up; os.environ without one.

    Raises:
        UsageError: the address makes no sense.
        EmbedderUnavailableError: no server answers with a vector.
    """
    urls, _, model = address.partition("#")
    addresses = [url.strip() for url in urls.split(",") if url.strip()]
    if not model or not addresses or not all(_is_address(url) for url in addresses):
        raise UsageError(
            "The address of a server is not complete.", "Write server:http://HOST:PORT#MODEL."
        )
    template = find_template(options.template) if options.template else suitable_template(model)
    chosen, known = patience or Patience(), os.environ if environment is None else environment
    endpoints = [Endpoint(url, model, find_key(url, known), chosen) for url in addresses]
    return ServerEncoder(endpoints, model, template, options)


class ServerEncoder:
    """Embeds texts on servers, several batches at a time."""

    def __init__(
        self, endpoints: Sequence[Endpoint], model: str, template: Template, options: EncoderOptions
    ) -> None:
        """Ask each endpoint for two vectors, to learn what it can do."""
        self._endpoints = tuple(endpoints)
        self._template = template
        self._options = options
        self._closed = threading.Event()
        self.account: tuple[str, ...] = ()
        lengths = self._greet(options.dimensions)
        self.dimensions = min(options.dimensions, *lengths.values())
        windowed = f"{options.max_tokens}x{options.most_windows}"
        self.space = f"server/{model}:{template.name}:{self.dimensions}:{windowed}"
        self._sender = Sender(lengths, self.dimensions)
        self._reach = Reach(lengths)

    def encode(
        self,
        texts: Sequence[str],
        *,
        query: bool = False,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> Iterator[tuple[int, Vector | Failure]]:
        """Yield the index of each text with its unit vector or why it has none; see encoder.Encoder.

        Raises:
            EmbedderUnavailableError: no server is left that answers.
        """
        assembly, done = Assembly(), 0
        for answers in self._answers(
            texts, self._template.prefix(query=query), assembly, cancelled
        ):
            for result in assembly.add(answers):
                done += 1
                yield result
            if progress is not None:
                progress(done, len(texts))

    def close(self) -> None:
        """Close all connections; requests under way break off."""
        self._closed.set()
        for endpoint in self._endpoints:
            endpoint.close()

    def _answers(
        self, texts: Sequence[str], prefix: str, assembly: Assembly, cancelled: Cancelled | None
    ) -> Iterator[Answered]:
        """Keep some batches per server under way; yield each as it comes back."""
        stop = threading.Event()
        most = _IN_FLIGHT * len(self._endpoints)
        threads = ThreadPoolExecutor(most, "embed-server")
        limit = partial(self._limit, threads=threads, stop=stop, cancelled=cancelled)
        batches = self._batches(texts, prefix, assembly, limit)
        running: set[Future[Answered]] = set()
        try:
            batch = next(batches, None)
            while batch is not None or running:
                while batch is not None and len(running) < most:
                    running.add(threads.submit(self._sender.send, batch, prefix, stop))
                    batch = next(batches, None)
                finished, running = wait(running, _LOOK_S, FIRST_COMPLETED)
                if cancelled is not None and cancelled():
                    return
                for future in finished:
                    yield future.result()
        except _CancelledError:
            return
        finally:
            stop.set()
            # Without waiting: a slow answer under way would hold up a cancel for minutes.
            threads.shutdown(wait=False, cancel_futures=True)

    def _batches(
        self, texts: Sequence[str], prefix: str, assembly: Assembly, limit: _Limit
    ) -> Iterator[list[Piece]]:
        batch: list[Piece] = []
        chars = 0
        for index in range(len(texts)):
            text = texts[index].encode("utf-8", "replace").decode()
            room = self._room(text, prefix, limit)
            spans = windows(len(text), room, self._options.most_windows)
            assembly.expect(index, len(spans))
            for start, end in spans:
                if batch and (chars + end - start > _BATCH_CHARS or len(batch) >= _BATCH_TEXTS):
                    yield batch
                    batch, chars = [], 0
                batch.append(Piece(index, text[start:end], float(max(1, end - start))))
                chars += end - start
        if batch:
            yield batch

    def _room(self, text: str, prefix: str, limit: _Limit) -> int:
        """Return how many characters a window of a text may have."""
        room = self._options.max_tokens * _CHARS_PER_TOKEN
        each = generous_tokens(text) / max(1, len(text))
        before = generous_tokens(prefix)
        most = limit(math.ceil(before + min(len(text), room) * each))
        if most is None or not text:
            return room
        return min(room, max(_SHORTEST_WINDOW_CHARS, int((most - before) / each)))

    def _limit(
        self,
        wanted: int,
        threads: ThreadPoolExecutor,
        stop: threading.Event,
        cancelled: Cancelled | None,
    ) -> int | None:
        """Return what reach.py does, but do not hold up a cancel while the servers are asked."""
        if not self._reach.covers(wanted):
            asked = threads.submit(self._reach.limit, wanted, stop)
            while not wait([asked], _LOOK_S).done:
                if cancelled is not None and cancelled():
                    raise _CancelledError
            asked.result()
        most = self._reach.limit(wanted, stop)
        said = f"Texts of more than about {most} tokens do not go in whole; they are sent in parts."
        if most is not None and said not in self.account:
            self.account = (*self.account, said)
        return most

    def _greet(self, dimensions: int) -> dict[Endpoint, int]:
        """Return the servers that answer, with the length of their vectors."""
        answered: dict[Endpoint, NDArray[np.float32]] = {}
        account: list[str] = []
        problems: list[str] = []
        for endpoint in self._endpoints:
            try:
                answered[endpoint] = self._learned_vector(endpoint, dimensions)
                cut = (
                    "cuts vectors itself"
                    if endpoint.dimensions
                    else "sends whole vectors, which are cut here"
                )
                account.append(f"{endpoint.name} answers and {cut}.")
                if endpoint.in_the_clear:
                    account.append(
                        f"The key for {endpoint.name} travels in the clear: use https outside your own network."
                    )
                    logger.warning("%s", account[-1])
            except (ServerFaultError, ServerDenialError, ServerRejectionError) as error:
                problems.append(f"{error}.")
                account.append(f"{error}; left out.")
                logger.warning("%s", account[-1])
        self.account = tuple(account)
        if not answered:
            self.close()
            raise EmbedderUnavailableError(
                f"No embedding server can be used: {' '.join(problems)}",
                f"Check the address, the model's name and the key (environment variable {OWN_KEY}).",
            )
        self._refuse_several_models(answered)
        return {endpoint: len(vector) for endpoint, vector in answered.items()}

    def _refuse_several_models(self, answered: Mapping[Endpoint, NDArray[np.float32]]) -> None:
        (first, own), *others = answered.items()
        for endpoint, vector in others:
            if not is_one_model(own, vector):
                self.close()
                raise EmbedderUnavailableError(
                    f"{first.name} and {endpoint.name} give one text different vectors.",
                    "They run different models. Servers that share the work must run the same one.",
                )

    def _learned_vector(self, endpoint: Endpoint, dimensions: int) -> NDArray[np.float32]:
        """Return what a server makes of a text; it is asked to cut vectors, once."""
        endpoint.dimensions = dimensions
        try:
            one, other = self._greeted(endpoint)
        except ServerRejectionError:  # as vLLM does: "does not support matryoshka"
            endpoint.dimensions = None
            one, other = self._greeted(endpoint)
        if one is None or other is None:
            raise ServerFaultError(f"{endpoint.name}: its vectors are not finite")
        if one.shape != other.shape:
            raise ServerFaultError(f"{endpoint.name}: its vectors are of different lengths")
        if one @ other > _SAME_COSINE * np.linalg.norm(one) * np.linalg.norm(other):
            raise ServerFaultError(f"{endpoint.name}: it gives different texts the same vector")
        if len(one) > dimensions:  # asked to cut, it did not
            endpoint.dimensions = None
        return one

    def _greeted(self, endpoint: Endpoint) -> list[NDArray[np.float32] | None]:
        """Return what it answers to two texts, on the path where it is at home."""
        try:
            return endpoint.embed(GREETING, self._closed, attempts=_GREETINGS)
        except ServerDenialError as error:
            if not (error.no_path and endpoint.takes_other_path()):
                raise
            try:
                return endpoint.embed(GREETING, self._closed, attempts=_GREETINGS)
            except (ServerDenialError, ServerFaultError) as other:
                raise error from other  # the usual path says more of what is wrong


class _CancelledError(Exception):
    """Report that nobody waits for an answer any more."""


def _is_address(url: str) -> bool:
    try:
        address = httpx.URL(url)
    except httpx.InvalidURL:
        return False
    return address.scheme in ("http", "https") and bool(address.host)
