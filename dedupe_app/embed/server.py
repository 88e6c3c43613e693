"""The encoder for servers that speak the OpenAI embeddings protocol: vLLM, TEI, llama.cpp, Ollama; one or several.

Servers of one embedder share the load and must run the same model. This is how a group uses one machine with a GPU.
"""

from __future__ import annotations

import logging
import os
import threading
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import TYPE_CHECKING

import httpx
import numpy as np

from dedupe_app.embed.answers import ServerDenialError, ServerFaultError, ServerRejectionError
from dedupe_app.embed.endpoint import Endpoint, Patience
from dedupe_app.embed.keys import OWN_KEY, find_key
from dedupe_app.embed.sending import Answered, Assembly, Piece, Sender
from dedupe_app.embed.templates import Template, find_template, suitable_template
from dedupe_app.embed.tokens import windows
from dedupe_app.errors import EmbedderUnavailableError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

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
# server refuses and the text is halved.
_CHARS_PER_TOKEN = 3
_LOOK_S = 0.2


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
        batches = self._batches(texts, assembly)
        stop = threading.Event()
        most = _IN_FLIGHT * len(self._endpoints)
        threads = ThreadPoolExecutor(most, "embed-server")
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
        finally:
            stop.set()
            # Without waiting: a slow answer under way would hold up a cancel for minutes.
            threads.shutdown(wait=False, cancel_futures=True)

    def _batches(self, texts: Sequence[str], assembly: Assembly) -> Iterator[list[Piece]]:
        batch: list[Piece] = []
        chars = 0
        room = self._options.max_tokens * _CHARS_PER_TOKEN
        for index in range(len(texts)):
            text = texts[index].encode("utf-8", "replace").decode()
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

    def _greet(self, dimensions: int) -> dict[Endpoint, int]:
        """Return the servers that answer, with the length of their vectors."""
        answered: dict[Endpoint, int] = {}
        account: list[str] = []
        problems: list[str] = []
        for endpoint in self._endpoints:
            try:
                answered[endpoint] = self._learned_length(endpoint, dimensions)
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
        return answered

    def _learned_length(self, endpoint: Endpoint, dimensions: int) -> int:
        """Return how many numbers the vectors of a server have; it is asked to cut them, once."""
        endpoint.dimensions = dimensions
        try:
            one, other = endpoint.embed(GREETING, self._closed, attempts=_GREETINGS)
        except ServerRejectionError:  # as vLLM does: "does not support matryoshka"
            endpoint.dimensions = None
            one, other = endpoint.embed(GREETING, self._closed, attempts=_GREETINGS)
        if one is None or other is None:
            raise ServerFaultError(f"{endpoint.name}: its vectors are not finite")
        if one.shape != other.shape:
            raise ServerFaultError(f"{endpoint.name}: its vectors are of different lengths")
        if one @ other > _SAME_COSINE * np.linalg.norm(one) * np.linalg.norm(other):
            raise ServerFaultError(f"{endpoint.name}: it gives different texts the same vector")
        if len(one) > dimensions:  # asked to cut, it did not
            endpoint.dimensions = None
        return len(one)


def _is_address(url: str) -> bool:
    try:
        address = httpx.URL(url)
    except httpx.InvalidURL:
        return False
    return address.scheme in ("http", "https") and bool(address.host)
