"""Builds a Qwen3-Embedding folder of half a megabyte with random weights and a tokeniser laid out like the real one."""

from __future__ import annotations

import json
from pathlib import Path

END = "<|endoftext|>"
# Qwen's way of splitting text before byte pairs are merged.
_SPLIT = (
    r"""(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}|"""
    r""" ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"""
)
_CORPUS = [
    "The tenant pays the rent on the first day of each month, and keeps the garden in good order.",
    "Instruct: clustering\nDocument: Instruct: retrieval\nQuery: import { render } from 'preact'",
    "Payment is due within thirty days of the date of this invoice; please state the invoice number.",
    "Die Mieterin zahlt die Miete am ersten Tag des Monats. Le locataire paie le loyer au premier jour du mois.",
    "合同自双方签字之日起生效。承租人应当按月支付租金。",
]


def build(folder, *, vocabulary=1000, hidden=64, layers=2, heads=4, end=True, corpus=(), seed=0):
    """Write the folder and return its path. `end`: whether the tokeniser appends the end token, as it should."""
    import torch
    from transformers import Qwen3Config, Qwen3Model

    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = _tokenizer(vocabulary, [*_CORPUS, *corpus], end=end)
    tokenizer.save(str(folder / "tokenizer.json"))
    last = tokenizer.token_to_id(END)
    config = Qwen3Config(
        vocab_size=tokenizer.get_vocab_size(),
        hidden_size=hidden,
        intermediate_size=3 * hidden,
        num_hidden_layers=layers,
        num_attention_heads=heads,
        num_key_value_heads=heads // 2,
        head_dim=16,
        max_position_embeddings=32768,
        rope_theta=1_000_000.0,
        tie_word_embeddings=True,
        bos_token_id=last,
        eos_token_id=last,
    )
    torch.manual_seed(seed)
    model = Qwen3Model(config)
    with torch.no_grad():
        for weight in model.parameters():
            if weight.ndim > 1:
                weight.normal_(0, 0.08)  # large enough that attention matters
    model.save_pretrained(folder)
    _write_small_files(folder, hidden)
    return folder


def _tokenizer(vocabulary, corpus, *, end):
    from tokenizers import (
        Regex,
        Tokenizer,
        decoders,
        models,
        normalizers,
        pre_tokenizers,
        processors,
        trainers,
    )

    tokenizer = Tokenizer(models.BPE(byte_fallback=False))
    tokenizer.normalizer = normalizers.NFC()
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(_SPLIT), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.train_from_iterator(
        corpus,
        trainers.BpeTrainer(
            vocab_size=vocabulary,
            special_tokens=[END, "<|im_start|>", "<|im_end|>"],
            initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
            show_progress=False,
        ),
    )
    if end:
        template = processors.TemplateProcessing(
            single=f"$A {END}",
            pair=f"$A {END} $B {END}",
            special_tokens=[(END, tokenizer.token_to_id(END))],
        )
        tokenizer.post_processor = processors.Sequence(
            [processors.ByteLevel(trim_offsets=False), template]
        )
    return tokenizer


def _write_small_files(folder, hidden):
    settings = {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "pad_token": END,
        "eos_token": "<|im_end|>",
    }
    modules = ["Transformer", "Pooling", "Normalize"]
    paths = ["", "1_Pooling", "2_Normalize"]
    files = {
        "tokenizer_config.json": {**settings, "padding_side": "left", "model_max_length": 131072},
        "modules.json": [
            {
                "idx": place,
                "name": str(place),
                "path": path,
                "type": f"sentence_transformers.models.{module}",
            }
            for place, (path, module) in enumerate(zip(paths, modules, strict=True))
        ],
        "1_Pooling/config.json": {
            "word_embedding_dimension": hidden,
            "pooling_mode_cls_token": False,
            "pooling_mode_mean_tokens": False,
            "pooling_mode_lasttoken": True,
            "include_prompt": True,
        },
        "config_sentence_transformers.json": {
            "prompts": {"query": "", "document": ""},
            "similarity_fn_name": "cosine",
        },
    }
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(json.dumps(content), encoding="utf-8")
