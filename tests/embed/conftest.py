"""What the tests of the embedders share: a tiny Qwen3 folder, built once, an encoder on it, and servers."""

import pytest
import tiny_qwen3
from fake_server import Server

from dedupe_app.embed.encoder import EncoderOptions
from dedupe_app.embed.endpoint import Patience
from dedupe_app.embed.server import open_server

QUICK = Patience(attempts=4, first_wait_s=0.01, timeout_s=5.0)


@pytest.fixture(scope="session")
def tiny_folder(tmp_path_factory):
    import torch

    torch.set_num_threads(1)
    return tiny_qwen3.build(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture(scope="session")
def tiny_without_end(tmp_path_factory):
    """The same folder, but its tokeniser forgets the end token."""
    return tiny_qwen3.build(tmp_path_factory.mktemp("models") / "tiny-without-end", end=False)


@pytest.fixture
def load(tiny_folder):
    from dedupe_app.embed.loading import load_encoder

    def load_with(folder=tiny_folder, **options):
        return load_encoder(
            folder,
            EncoderOptions(**{"dimensions": 32, "device": "cpu", "max_tokens": 2048, **options}),
        )

    return load_with


@pytest.fixture
def server():
    running = Server()
    yield running
    running.stop()


@pytest.fixture
def second_server():
    running = Server()
    yield running
    running.stop()


@pytest.fixture
def connect(server):
    opened = []

    def open_with(address=None, environment=None, **options):
        address = address or f"{server.url}#bge"
        encoder = open_server(
            address, EncoderOptions(**{"dimensions": 32, **options}), environment or {}, QUICK
        )
        opened.append(encoder)
        return encoder

    yield open_with
    for encoder in opened:
        encoder.close()
