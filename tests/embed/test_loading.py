"""Loading: what is refused with words, what the space names, what the self-test catches and falls back to."""

import json
import os
import pickle
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

from dedupe_app.embed import loading, packed, selftest
from dedupe_app.embed.device import Device, find_device, is_out_of_memory
from dedupe_app.embed.encoder import EncoderOptions
from dedupe_app.embed.folder import read_folder
from dedupe_app.embed.model import Layout
from dedupe_app.embed.opening import open_encoder
from dedupe_app.embed.weights import check_folder
from dedupe_app.errors import EmbedderUnavailableError, UsageError

GB = 10**9


@pytest.fixture
def copy(tiny_folder, tmp_path):
    return shutil.copytree(tiny_folder, tmp_path / "copy")


def change(file, **values):
    file.write_text(json.dumps({**json.loads(file.read_text()), **values}))


def test_importing_the_embedders_imports_no_torch():
    modules = (
        "encoder templates device packed folder tokens batches model selftest qwen3 loading opening"
    )
    modules += " answers endpoint sending server weights download"
    code = f"import sys; [__import__('dedupe_app.embed.' + name) for name in {modules.split()!r}]; "
    code += "print([name for name in ('torch', 'transformers', 'huggingface_hub') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# ---- the space -------------------------------------------------------------------------------


def test_space_names_model_template_dimensions_tokens_and_format(load, tiny_folder):
    assert load().space == f"folder@{read_folder(tiny_folder).content}:clustering:32:2048x8:float32"


@pytest.mark.parametrize(
    "options",
    [{"template": "official"}, {"dimensions": 16}, {"max_tokens": 1024}, {"most_windows": 2}],
)
def test_every_option_that_changes_vectors_changes_the_space(load, options):
    assert load(**options).space != load().space


def test_same_architecture_with_other_numbers_is_another_content(copy, tiny_folder):
    weights = copy / "model.safetensors"
    raw = bytearray(weights.read_bytes())
    middle = len(raw) // 2
    raw[middle:] = bytes(reversed(raw[middle:]))
    weights.write_bytes(raw)
    assert read_folder(copy).content != read_folder(tiny_folder).content


def test_content_does_not_depend_on_the_place(copy, tiny_folder):
    assert read_folder(copy).content == read_folder(tiny_folder).content


# ---- what cannot be used ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda folder: (folder / "config.json").unlink(), "no config.json"),
        (lambda folder: (folder / "model.safetensors").unlink(), "weights are missing"),
        (lambda folder: (folder / "model.safetensors").write_bytes(b"\0" * 50), "cut short"),
        (
            lambda folder: (folder / "model.safetensors").write_bytes(
                (folder / "model.safetensors").read_bytes()[:-9]
            ),
            "cut short",
        ),
        (lambda folder: (folder / "config.json").write_text("{"), "cannot be read"),
        (lambda folder: (folder / "tokenizer.json").write_text("{}"), "tokeniser"),
        (
            lambda folder: change(folder / "1_Pooling/config.json", pooling_mode_lasttoken=False),
            "pooling",
        ),
        (
            lambda folder: (folder / "modules.json").write_text(
                '[{"type": "sentence_transformers.models.Dense"}]'
            ),
            "Dense",
        ),
    ],
)
def test_damaged_folder_is_refused_with_its_reason(copy, load, spoil, words):
    spoil(copy)
    with pytest.raises(EmbedderUnavailableError, match=words) as caught:
        load(copy)
    assert caught.value.exit_status == 4


ODD = [b"", b"null", b"[]", b"{}", b'"x"', b"[null]", b'[{"type": 1}]', b"\xff\xfe", b"[" * 100_000]
FILES = (
    "config.json modules.json 1_Pooling/config.json sentence_bert_config.json tokenizer.json model.safetensors "
    "model.safetensors.index.json tokenizer_config.json dedupe-app.json"
)


@pytest.mark.parametrize("name", FILES.split())
@pytest.mark.parametrize("content", ODD)
def test_odd_files_are_refused_in_words_or_do_no_harm(copy, load, name, content):
    (copy / name).write_bytes(content)
    check_folder(copy)
    with suppress(EmbedderUnavailableError):
        load(copy).close()


@pytest.mark.parametrize(
    "header",
    [
        b"[" * 1000,
        b'{"a": {"shape": ["x"], "data_offsets": [0, 4]}}',
        b'{"a": {"shape": [1], "data_offsets": [0]}}',
        b'{"a": {"dtype": "F32", "shape": [-1], "data_offsets": [0, 4]}}',
        b'{"a": {"dtype": "F32", "shape": [1], "data_offsets": ["0", "4"]}}',
        b'{"a": 1}',
    ],
)
def test_odd_headers_of_weights_are_refused(copy, load, header):
    raw = len(header).to_bytes(8, "little") + header + b"\0" * 4
    (copy / "model.safetensors").write_bytes(raw)
    with pytest.raises(EmbedderUnavailableError):
        load(copy)


@pytest.mark.parametrize(
    "values",
    [
        {"hidden_size": "abc"},
        {"hidden_size": 10**30},
        {"hidden_size": 100_000},
        {"num_hidden_layers": 10**9, "layer_types": None},
        {"num_hidden_layers": None},
        {"max_position_embeddings": "x"},
        {"intermediate_size": 10**15},
        {"head_dim": 0},
        {"head_dim": 10**400},
        {"hidden_act": 7},
        {"vocab_size": 10**12},
        {"vocab_size": -1},
        {"layer_types": "x"},
        {"rope_parameters": []},
        {"model_type": "no such model"},
    ],
)
def test_odd_sizes_are_refused_before_they_fill_the_memory(copy, load, values):
    change(copy / "config.json", **values)
    with pytest.raises(EmbedderUnavailableError):
        load(copy)


class Payload:
    """What runs when an unsafe reader opens a file of the older format."""

    def __reduce__(self):
        return (Path.touch, (Path(os.environ["PAYLOAD"]),))


@pytest.mark.parametrize("beside", [False, True])
def test_weights_of_the_older_format_are_never_opened(copy, load, tmp_path, monkeypatch, beside):
    monkeypatch.setenv("PAYLOAD", str(tmp_path / "ran"))
    (copy / "pytorch_model.bin").write_bytes(pickle.dumps(Payload()))
    # Beside: safetensors are there, but not under the name that is loaded.
    weights = copy / "model.safetensors"
    weights.rename(copy / "other.safetensors") if beside else weights.unlink()
    with pytest.raises(EmbedderUnavailableError):
        load(copy)
    assert not (tmp_path / "ran").exists()


def test_program_code_of_a_model_is_never_run(copy, load, tmp_path):
    code = f"from pathlib import Path\nPath({str(tmp_path / 'ran')!r}).touch()\n"
    (copy / "modeling_own.py").write_text(f"{code}class Model: pass\nclass Config: pass\n")
    classes = {"AutoModel": "modeling_own.Model", "AutoConfig": "modeling_own.Config"}
    change(copy / "config.json", auto_map=classes, model_type="own")
    with pytest.raises(EmbedderUnavailableError):
        load(copy)
    change(copy / "config.json", model_type="qwen3")
    load(copy).close()
    assert not (tmp_path / "ran").exists()


def test_missing_shard_is_named(copy, load):
    index = {"weight_map": {"norm.weight": "model-00002-of-00002.safetensors"}}
    (copy / "model.safetensors.index.json").write_text(json.dumps(index))
    with pytest.raises(EmbedderUnavailableError, match="model-00002-of-00002"):
        load(copy)


def test_weights_that_transformers_would_fill_with_random_numbers_are_refused(copy, load):
    change(copy / "config.json", num_hidden_layers=3, layer_types=["full_attention"] * 3)
    with pytest.raises(EmbedderUnavailableError, match="parts are missing"):
        load(copy)


def test_model_that_does_not_fit_the_card_is_refused_before_loading(tiny_folder):
    folder = read_folder(tiny_folder)
    card = Device("cuda", "GeForce GT 710", 100_000_000, 2 * GB, bf16=True)
    with pytest.raises(
        EmbedderUnavailableError, match=r"GeForce GT 710 has 0\.1 GB free of 2\.0 GB"
    ):
        loading.check_memory(folder, card, 8192)


def test_four_bits_need_less(tiny_folder):
    folder = read_folder(tiny_folder)
    card = Device("cuda", "card", GB, GB, bf16=True)
    assert loading.memory_need(folder, card, 512, four_bit=True) < loading.memory_need(
        folder, card, 512
    )


def test_four_bits_without_a_card_are_refused(load):
    with pytest.raises(UsageError, match="CUDA"):
        load(four_bit=True)


@pytest.mark.parametrize(
    "options", [{"device": "abacus"}, {"template": "poem"}, {"max_tokens": 3}, {"dimensions": 0}]
)
def test_impossible_options_are_wrong_usage(load, options):
    with pytest.raises(UsageError):
        load(**options)


def test_missing_device_is_said(monkeypatch):
    import torch

    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    with pytest.raises(EmbedderUnavailableError, match="cuda"):
        find_device("cuda")


# ---- names -----------------------------------------------------------------------------------


def test_folder_opens_by_name(tiny_folder):
    encoder = open_encoder(f"folder:{tiny_folder}", EncoderOptions(device="cpu", dimensions=8))
    assert encoder.dimensions == 8


@pytest.mark.parametrize("name", ["qwen3", "folder:", "server:", "bert"])
def test_unknown_names_are_wrong_usage(name):
    with pytest.raises(UsageError):
        open_encoder(name)


def test_model_that_is_not_downloaded_says_how(monkeypatch, tmp_path):
    monkeypatch.setattr("dedupe_app.embed.weights.models_folder", lambda: tmp_path)
    with pytest.raises(EmbedderUnavailableError, match="models download qwen3-4b"):
        open_encoder("qwen3-4b")


# ---- the self-test ---------------------------------------------------------------------------


@pytest.fixture
def loaded(load):
    encoder = load()
    ids = [piece.ids for piece in encoder._tokens.pieces(0, selftest.TEXTS, "")]
    return encoder.model, ids


def test_right_model_passes_in_the_first_layout(loaded):
    model, ids = loaded
    assert selftest.settle(model, ids, None, (Layout.PACKED, Layout.PADDED)) == []
    assert model.layout is Layout.PACKED


def test_attention_that_leaks_between_documents_is_left_for_the_next_layout(loaded, monkeypatch):
    model, ids = loaded
    right = packed._one_by_one
    monkeypatch.setattr(
        packed,
        "_one_by_one",
        lambda query, key, value, bounds, scaling: right(
            query, key, value, [0, bounds[-1]], scaling
        ),
    )
    account = selftest.settle(model, ids, None, (Layout.PACKED, Layout.PADDED))
    assert "different vectors" in account[0]
    assert "slower, and right" in account[-1]
    assert model.layout is Layout.PADDED


def test_kernel_that_breaks_is_left_for_the_next_layout(loaded, monkeypatch):
    model, ids = loaded

    def broken(*_):
        raise RuntimeError("no kernel image is available")

    monkeypatch.setattr(packed, "_one_by_one", broken)
    account = selftest.settle(model, ids, None, (Layout.PACKED, Layout.EAGER))
    assert "RuntimeError" in account[0]
    assert model.layout is Layout.EAGER


def test_model_that_is_wrong_everywhere_is_refused(loaded):
    model, ids = loaded
    other = np.roll(selftest.alone(model, ids), 1, axis=0)
    with pytest.raises(EmbedderUnavailableError, match="wrong vectors"):
        selftest.settle(model, ids, other, (Layout.PADDED, Layout.EAGER))


def test_model_that_fails_on_the_card_goes_to_the_processor(loaded):
    from dedupe_app.embed.model import LoadedModel

    class OnBrokenCard(LoadedModel):
        """Says it is on a card, where nothing can be copied to: this machine has none."""

        on_card = True

        @property
        def device(self):
            import torch

            return torch.device("cuda" if self.on_card else "cpu")

        def to_float32_on_cpu(self):
            self.on_card = False
            super().to_float32_on_cpu()

    plain, ids = loaded
    expected = selftest.alone(plain, ids)
    model = OnBrokenCard(plain.module, pooling="last", causal=True, dimensions=32)
    account = selftest.settle(model, ids, expected, (Layout.PADDED, Layout.EAGER))
    assert len(account) == 3
    assert (
        account[-1]
        == "Used instead: padded on the right, without a mask on cpu. It is slower, and right."
    )
    assert np.abs(selftest.alone(model, ids) - expected).max() < 1e-6


def test_way_to_a_card_packs_in_bfloat16_and_compares_with_the_processor(load, monkeypatch):
    card = Device("cuda", "card", 8 * GB, 8 * GB, bf16=True)
    monkeypatch.setattr(loading, "find_device", lambda wanted: card)
    monkeypatch.setattr(loading, "_move", lambda model, device: None)
    compared = []
    right = selftest.found_wrong
    monkeypatch.setattr(
        selftest, "found_wrong", lambda *rows: compared.append(rows[2]) or right(*rows)
    )
    encoder = load(device="auto")
    assert encoder.space.endswith(":bfloat16")
    assert encoder.model.layout is Layout.PACKED
    assert len(encoder.account) == 1
    assert compared[0].shape == (3, 32)
    ((_, found),) = encoder.encode(["The tenant pays the rent."])
    monkeypatch.undo()
    ((_, precise),) = load().encode(["The tenant pays the rent."])
    assert 0.999 < float(found @ precise) < 1 - 1e-7


@pytest.mark.parametrize(
    ("single", "together", "reference", "words"),
    [
        ([[np.nan, 0.0]], [[1.0, 0.0]], None, "finite"),
        ([[1.0, 0.0]], [[0.7, 0.0]], None, "length 1"),
        ([[1.0, 0.0]], [[0.8, 0.6]], None, "different vectors"),
        ([[1.0, 0.0]], [[1.0, 0.0]], [[0.0, 1.0]], "processor"),
        ([[1.0, 0.0]], [[1.0, 0.0]], [[1.0, 0.0]], ""),
    ],
)
def test_each_fault_has_its_words(single, together, reference, words):
    arrays = [
        None if rows is None else np.array(rows, np.float32)
        for rows in (single, together, reference)
    ]
    found = selftest.found_wrong(*arrays, "float32")
    assert words in found if words else not found


def test_want_of_memory_is_known_by_its_words():
    assert is_out_of_memory(RuntimeError("MPS backend out of memory (MPS allocated: 5.00 GB)"))
    assert not is_out_of_memory(RuntimeError("illegal memory access"))


# ---- models of another kind ------------------------------------------------------------------


def test_bidirectional_model_with_mean_pooling_is_exact_too(tmp_path, load, tiny_folder):
    """BERT and its kin need the mask, and the average over all tokens."""
    import torch
    from transformers import BertConfig, BertModel

    torch.manual_seed(0)
    folder = tmp_path / "bert"
    sizes = {
        "hidden_size": 32,
        "num_hidden_layers": 2,
        "num_attention_heads": 2,
        "intermediate_size": 64,
    }
    model = BertModel(BertConfig(vocab_size=1000, **sizes), add_pooling_layer=False).eval()
    model.save_pretrained(folder)
    shutil.copy(tiny_folder / "tokenizer.json", folder)
    encoder = load(folder)
    assert encoder.model.layout is Layout.MASKED
    assert encoder.space.split(":")[1:] == ["none", "32", "512x8", "float32"]
    texts = ["one", "two words here", "a much longer text " * 12]
    found = dict(encoder.encode(texts))
    for place, piece in enumerate(encoder._tokens.pieces(0, texts, "")):
        with torch.inference_mode():
            hidden = model(
                input_ids=torch.from_numpy(piece.ids.astype(np.int64))[None]
            ).last_hidden_state[0]
        expected = torch.nn.functional.normalize(hidden.mean(0), dim=0).numpy()
        assert np.abs(found[place] - expected).max() < 1e-6
