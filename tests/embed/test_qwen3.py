"""The local encoder: exact whatever the batch, whole whatever the text, on a tiny model through the real code."""

import itertools
import logging
import threading

import numpy as np
import pytest

from dedupe_app.embed import qwen3
from dedupe_app.embed.encoder import Failure, mean_of_windows
from dedupe_app.embed.model import Layout
from dedupe_app.embed.tokens import windows

LEASE = (
    "The tenant pays the rent on the first day of each month, and keeps the garden in good order. "
)
TEXTS = [
    LEASE,
    LEASE * 20,
    "import { render } from 'preact'",
    "",
    "x",
    "🙂🎉🙂",
    "合同自双方签字之日起生效。 The contract starts when both have signed. 承租人应当按月支付租金。",
    "a broken \ud800 half",
    *(LEASE[start:] for start in range(12)),
]


def vectors(encoder, texts, **options):
    found = dict(encoder.encode(texts, **options))
    assert sorted(found) == list(range(len(texts)))
    return np.stack([found[place] for place in range(len(texts))])


def reference(folder, texts, *, dimensions=32, prefix="Instruct: clustering\nDocument: "):
    """Embed with plain transformers, as the model card does: one text at a time, last token, nothing of ours."""
    import torch
    from transformers import AutoModel, AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
    model = AutoModel.from_pretrained(
        folder, dtype=torch.float32, attn_implementation="eager", local_files_only=True
    )
    rows = []
    with torch.inference_mode():
        for text in texts:
            given = tokenizer([prefix + text], return_tensors="pt")
            row = model(**given).last_hidden_state[0, -1, :dimensions]
            rows.append(torch.nn.functional.normalize(row, dim=0).numpy())
    return np.stack(rows)


@pytest.fixture(scope="module")
def encoder(tiny_folder):
    from dedupe_app.embed.encoder import EncoderOptions
    from dedupe_app.embed.loading import load_encoder

    opened = load_encoder(tiny_folder, EncoderOptions(dimensions=32, device="cpu", max_tokens=2048))
    yield opened
    opened.close()


@pytest.mark.parametrize("layout", [Layout.PACKED, Layout.PADDED, Layout.EAGER])
def test_a_text_has_the_same_vector_alone_and_in_any_batch(encoder, layout):
    encoder.model.use(Layout.PADDED)
    alone = np.concatenate([vectors(encoder, [text]) for text in TEXTS])
    encoder.model.use(layout)
    together = vectors(encoder, TEXTS)
    encoder.model.use(Layout.PADDED)
    assert np.abs(together - alone).max() < 1e-6


def test_vectors_agree_with_plain_transformers(encoder, tiny_folder):
    texts = [text for text in TEXTS if "\ud800" not in text]
    assert np.abs(vectors(encoder, texts) - reference(tiny_folder, texts)).max() < 1e-6


def test_vectors_agree_with_sentence_transformers(tiny_folder, load):
    peers = pytest.importorskip("sentence_transformers")
    texts = [text for text in TEXTS if "\ud800" not in text]
    peer = peers.SentenceTransformer(str(tiny_folder), device="cpu")
    theirs = np.asarray(
        peer.encode(texts, prompt="Instruct: clustering\nDocument: ", normalize_embeddings=True)
    )
    assert (vectors(load(dimensions=64), texts) * theirs).sum(axis=1).min() > 0.9999


def test_vectors_are_float32_of_length_1_and_the_wanted_dimensions(encoder):
    found = vectors(encoder, TEXTS)
    assert found.dtype == np.float32
    assert found.shape == (len(TEXTS), 32)
    assert np.abs(np.linalg.norm(found, axis=1) - 1).max() < 1e-6


def test_dimensions_beyond_the_model_are_those_of_the_model(load):
    assert load(dimensions=256).dimensions == 64


def test_queries_have_their_own_prefix(encoder, tiny_folder):
    found = vectors(encoder, ["rent"], query=True)
    assert (
        np.abs(
            found - reference(tiny_folder, ["rent"], prefix="Instruct: retrieval\nQuery: ")
        ).max()
        < 1e-6
    )


def test_official_template_puts_nothing_before_documents(load, tiny_folder):
    found = vectors(load(template="official"), [LEASE])
    assert np.abs(found - reference(tiny_folder, [LEASE], prefix="")).max() < 1e-6


def test_folder_without_end_token_heals_and_warns(load, tiny_without_end, encoder, caplog):
    with caplog.at_level(logging.WARNING):
        healed = load(tiny_without_end)
    assert "does not append" in caplog.text
    assert any("does not append" in sentence for sentence in healed.account)
    assert np.abs(vectors(healed, TEXTS) - vectors(encoder, TEXTS)).max() < 1e-6


def test_tokeniser_with_truncation_and_padding_of_its_own_is_not_obeyed(
    tiny_folder, tmp_path, load, encoder
):
    import shutil

    from tokenizers import Tokenizer

    folder = shutil.copytree(tiny_folder, tmp_path / "cut")
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.enable_truncation(16)
    tokenizer.enable_padding(length=64)
    tokenizer.save(str(folder / "tokenizer.json"))
    assert np.abs(vectors(load(folder), TEXTS) - vectors(encoder, TEXTS)).max() < 1e-6


def test_long_text_is_the_average_of_its_windows(load):
    encoder = load(max_tokens=128, template="none")
    reader = encoder._tokens
    text = LEASE * 12
    pieces = reader.pieces(0, [text], "")
    assert len(pieces) > 2
    assert max(len(piece.ids) for piece in pieces) <= 128
    each = encoder.model.vectors([piece.ids for piece in pieces]).numpy()
    weights = np.array([piece.weight for piece in pieces])
    expected = (weights @ each) / np.linalg.norm(weights @ each)
    assert np.abs(vectors(encoder, [text])[0] - expected).max() < 1e-6


def test_windows_cover_the_text_overlap_and_are_nearly_equal():
    spans = windows(1000, 300, 8)
    assert spans[0][0] == 0
    assert spans[-1][1] == 1000
    assert all(later[0] < earlier[1] for earlier, later in itertools.pairwise(spans))
    assert {end - start for start, end in spans} == {264}


def test_windows_of_a_very_long_text_are_spread_over_all_of_it():
    spans = windows(1_000_000, 300, 8)
    assert len(spans) == 8
    assert spans[0] == (0, 300)
    assert spans[-1] == (999_700, 1_000_000)


@pytest.mark.parametrize("letters", ["a", "lorem ipsum ", "合"])
def test_200_000_characters_embed(load, letters):
    encoder = load(max_tokens=512, most_windows=4)
    text = (letters * 200_000)[:200_000]
    assert np.isfinite(vectors(encoder, [text, "short"])).all()


def test_end_of_a_long_text_counts(load):
    encoder = load(max_tokens=256, most_windows=4)
    first, second = vectors(
        encoder, [LEASE * 2000, LEASE * 1600 + "import { render } from 'preact' " * 1000]
    )
    assert first @ second < 0.9999


def test_average_of_windows_is_weighted_by_length():
    rows = np.eye(2, dtype=np.float32)
    mean = mean_of_windows(rows, np.array([3.0, 4.0]))
    assert np.abs(mean - [0.6, 0.8]).max() < 1e-7


def test_many_texts_come_in_chunks_with_their_own_index(encoder, monkeypatch):
    monkeypatch.setattr("dedupe_app.embed.batches._MOST_TEXTS", 7)
    texts = [f"{number} {LEASE[: number % 60]}" for number in range(40)]
    seen = []
    found = dict(encoder.encode(texts, progress=lambda done, total: seen.append((done, total))))
    expected = np.concatenate([vectors(encoder, [text]) for text in texts])
    assert np.abs(np.stack([found[place] for place in range(40)]) - expected).max() < 1e-6
    assert seen == sorted(seen)
    assert seen[-1] == (40, 40)


def test_cancel_ends_between_batches(encoder, monkeypatch):
    monkeypatch.setattr("dedupe_app.embed.batches._MOST_TEXTS", 5)
    stop = threading.Event()
    found = []
    for index, _ in encoder.encode([LEASE] * 50, cancelled=stop.is_set):
        found.append(index)
        stop.set()
    assert 1 <= len(found) <= 5


def test_no_texts_give_no_vectors(encoder):
    assert list(encoder.encode([])) == []


# ---- memory ----------------------------------------------------------------------------------


class SmallCard:
    """Stands between an encoder and its model: batches of more tokens than `holds` run out of memory."""

    def __init__(self, encoder, monkeypatch, holds):
        self.holds, self.sizes = holds, []
        self._vectors = encoder.model.vectors
        monkeypatch.setattr(encoder.model, "vectors", self.vectors)

    def vectors(self, batch):
        import torch

        size = max(map(len, batch)) * len(batch)
        self.sizes.append(size)
        if size > self.holds:
            raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB")
        return self._vectors(batch)


def test_batches_are_halved_until_they_fit(load, monkeypatch):
    encoder = load()
    expected = vectors(encoder, TEXTS)
    card = SmallCard(encoder, monkeypatch, 600)
    assert np.abs(vectors(encoder, TEXTS) - expected).max() < 1e-6
    assert max(card.sizes) > 600
    assert encoder.budget.tokens <= 600


def test_budget_recovers_after_batches_that_fitted(load, monkeypatch):
    encoder = load()
    whole = encoder.budget.tokens
    card = SmallCard(encoder, monkeypatch, 600)
    vectors(encoder, TEXTS)
    card.holds = 10**9
    for _ in range(80):
        vectors(encoder, ["x"])
    assert encoder.budget.tokens == whole


def test_text_that_never_fits_fails_alone_with_a_reason(load, monkeypatch):
    encoder = load()
    SmallCard(encoder, monkeypatch, 100)
    found = dict(encoder.encode([LEASE, LEASE * 20, "x"]))
    assert isinstance(found[1], Failure)
    assert "memory" in found[1].reason
    assert not isinstance(found[0], Failure)
    assert not isinstance(found[2], Failure)


def test_other_errors_are_not_taken_for_want_of_memory(load, monkeypatch):
    encoder = load()

    def broken(batch):
        raise RuntimeError("CUDA error: an illegal memory access was encountered")

    monkeypatch.setattr(encoder.model, "vectors", broken)
    with pytest.raises(RuntimeError, match="illegal"):
        list(encoder.encode(["x"]))


# ---- numbers that are not finite -------------------------------------------------------------


def spoil(encoder, monkeypatch, *, always):
    """Make vectors of texts of exactly 20 tokens NaN; in float32 as well if `always`."""
    original = encoder.model.vectors
    plain = encoder.model.in_float32

    def spoilt(batch):
        rows = original(batch).clone()
        for place, ids in enumerate(batch):
            if len(ids) == 20:
                rows[place] = float("nan")
        return rows

    def again(ids):
        if always:
            return spoilt([ids])
        with monkeypatch.context() as context:
            context.setattr(encoder.model, "vectors", original)
            return plain(ids)

    monkeypatch.setattr(encoder.model, "vectors", spoilt)
    monkeypatch.setattr(encoder.model, "in_float32", again)


@pytest.fixture
def text_of_20_tokens(encoder):
    texts = ["m" * length for length in range(1, 60)]
    prefix = "Instruct: clustering\nDocument: "
    pieces = encoder._tokens.pieces(0, texts, prefix)
    return next(texts[piece.text] for piece in pieces if len(piece.ids) == 20)


def test_not_finite_is_computed_again_in_float32(load, monkeypatch, text_of_20_tokens):
    encoder = load()
    expected = vectors(encoder, [LEASE, text_of_20_tokens])
    spoil(encoder, monkeypatch, always=False)
    assert np.abs(vectors(encoder, [LEASE, text_of_20_tokens]) - expected).max() < 1e-6


def test_not_finite_for_good_fails_that_text_only(load, monkeypatch, text_of_20_tokens):
    encoder = load()
    spoil(encoder, monkeypatch, always=True)
    found = dict(encoder.encode([LEASE, text_of_20_tokens]))
    assert found[1] == qwen3._NOT_FINITE
    assert not isinstance(found[0], Failure)


def test_float32_retry_of_a_bfloat16_model_leaves_its_weights_alone(tiny_folder, encoder):
    import torch
    from transformers import AutoModel

    from dedupe_app.embed.model import LoadedModel

    module = AutoModel.from_pretrained(tiny_folder, dtype=torch.bfloat16)
    model = LoadedModel(module, pooling="last", causal=True, dimensions=32)
    piece = encoder._tokens.pieces(0, [LEASE], "")[0]
    before = model.vectors([piece.ids])
    precise = model.in_float32(piece.ids)
    assert torch.equal(model.vectors([piece.ids]), before)
    assert model.dtype == torch.bfloat16
    assert float((precise * before).sum()) > 0.999
    assert module.rotary_emb.inv_freq.dtype == torch.float32
