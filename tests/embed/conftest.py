"""What the tests of the embedders share: a tiny Qwen3 folder, built once, and an encoder on it."""

import pytest
import tiny_qwen3

from dedupe_app.embed.encoder import EncoderOptions


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
