"""Loads a model folder onto a device: memory first, then weights, self-test, budget. Says in words what happened."""

from __future__ import annotations

import importlib
import logging
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from dedupe_app.embed import packed, selftest
from dedupe_app.embed.device import GB, Device, empty_cache, find_cpu, find_device, is_out_of_memory
from dedupe_app.embed.folder import ModelFolder, read_folder
from dedupe_app.embed.model import Layout, LoadedModel
from dedupe_app.embed.qwen3 import Qwen3Encoder
from dedupe_app.embed.templates import find_template, suitable_template
from dedupe_app.embed.tokens import END, TokenReader, read_tokenizer
from dedupe_app.errors import EmbedderUnavailableError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

    import torch
    from transformers import PreTrainedModel

    from dedupe_app.embed.encoder import EncoderOptions

logger = logging.getLogger(__name__)

# On processors more tokens at once were slower: they no longer fit into the caches.
CPU_BUDGET, _MPS_BUDGET = 2048, 8192
_LEAST_BUDGET, _MOST_BUDGET = 2048, 65_536
_PROBE_TOKENS, _PROBE_DOCUMENTS = 4096, 8
_SHARE_OF_FREE = 0.7
_FEW_TOKENS = 1024
_BYTES = {"bfloat16": 2.0, "float32": 4.0}
_FOUR_BIT_BYTES = 0.7
_RUNTIME_BYTES = 0.6 * GB
_LONGEST_SAID = 300


@dataclass(frozen=True, slots=True)
class _Loaded:
    model: LoadedModel
    account: tuple[str, ...]


def load_encoder(path: Path, options: EncoderOptions, name: str = "folder") -> Qwen3Encoder:
    """Load a model folder. `name` goes into the space, with a hash of what is in the folder.

    Raises:
        EmbedderUnavailableError: the folder, the device or its memory does not suffice.
        UsageError: an option makes no sense.
    """
    folder = read_folder(path)
    # A folder's own name says nothing certain; its architecture does.
    template = (
        find_template(options.template)
        if options.template
        else suitable_template(str(folder.config["model_type"]))
    )
    if options.dimensions < 1:
        raise UsageError(
            f"Vectors of {options.dimensions} dimensions are not possible.", "Take 256."
        )
    device = find_device(options.device)
    tokens = _token_reader(folder, options)
    if options.four_bit and device.kind != "cuda":
        raise UsageError("Weights of 4 bits need a CUDA card.", "Leave them out here.")
    check_memory(folder, device, tokens.max_tokens, four_bit=options.four_bit)
    _check_host_memory(folder, device)
    loaded = _load(folder, device, tokens, options)
    dtype = str(loaded.model.dtype).removeprefix("torch.") + ("-4bit" if options.four_bit else "")
    space = (
        f"{name}@{folder.content}:{template.name}:{loaded.model.dimensions}:"
        f"{tokens.max_tokens}x{options.most_windows}:{dtype}"
    )
    budget, speed = _find_budget(loaded.model, tokens.max_tokens)
    account = (f"{name} on {device}, {loaded.model.layout}.", *loaded.account, *speed)
    for sentence in account:
        logger.info("%s", sentence)
    return Qwen3Encoder(loaded.model, tokens, template, space=space, budget=budget, account=account)


def memory_need(
    folder: ModelFolder, device: Device, max_tokens: int, *, four_bit: bool = False
) -> int:
    """Estimate the bytes a model takes: its weights, one text of `max_tokens`, and the runtime of a GPU."""
    size = _BYTES[device.dtype]
    weights = folder.parameters * (_FOUR_BIT_BYTES if four_bit else size)
    wide = folder.hidden * 12 + int(folder.config.get("intermediate_size") or 4 * folder.hidden) * 3
    return int(
        weights + max_tokens * wide * size + (_RUNTIME_BYTES if device.kind == "cuda" else 0)
    )


def check_memory(
    folder: ModelFolder, device: Device, max_tokens: int, *, four_bit: bool = False
) -> None:
    """Compare what a model needs with what is free.

    Raises:
        EmbedderUnavailableError: it does not fit.
    """
    need = memory_need(folder, device, max_tokens, four_bit=four_bit)
    if not device.total_bytes or need <= device.free_bytes:
        return
    ways = ["choose a smaller model", "close programs that use the memory"]
    if max_tokens > _FEW_TOKENS:
        ways.insert(1, f"fewer than {max_tokens} tokens at once")
    if device.kind == "cuda":
        ways += (
            ["use the processor (slow)"]
            if four_bit
            else ["use 4-bit weights", "use the processor (slow)"]
        )
    raise EmbedderUnavailableError(
        f"The model needs about {need / GB:.1f} GB, and {device.name} has {device.free_bytes / GB:.1f} GB free "
        f"of {device.total_bytes / GB:.1f} GB.",
        f"You can {', or '.join(ways)}.",
    )


def _check_host_memory(folder: ModelFolder, device: Device) -> None:
    """Refuse weights that pass through the machine's memory on their way to the card, and do not fit there."""
    host = find_cpu()
    need = int(folder.parameters * _BYTES[device.dtype])
    if device.kind != "cpu" and host.total_bytes and need > host.free_bytes:
        raise EmbedderUnavailableError(
            f"Loading the model takes {need / GB:.1f} GB of memory, and {host.free_bytes / GB:.1f} GB are free.",
            "Close other programs, or choose a smaller model.",
        )


def _token_reader(folder: ModelFolder, options: EncoderOptions) -> TokenReader:
    tokenizer = read_tokenizer(folder.path)
    # Only Qwen3 has its own end token; another last-token model ends as its own tokeniser says.
    end = tokenizer.token_to_id(END) if folder.pooling == "last" else None
    if folder.pooling == "last" and folder.config["model_type"] == "qwen3" and end is None:
        raise EmbedderUnavailableError(
            f"The tokeniser of {folder.path} does not know {END}.",
            "The folder holds another model's tokeniser.",
        )
    return TokenReader(
        tokenizer, end, min(options.max_tokens, folder.position), options.most_windows
    )


def _load(
    folder: ModelFolder, device: Device, tokens: TokenReader, options: EncoderOptions
) -> _Loaded:
    """Load the weights, compute the reference on the processor, move to the device, and test."""
    module = _module(folder, device, four_bit=options.four_bit)
    dimensions = min(options.dimensions, folder.hidden)
    model = LoadedModel(module, pooling=folder.pooling, causal=folder.causal, dimensions=dimensions)
    ids = [piece.ids for piece in tokens.pieces(0, selftest.TEXTS, "")]
    account = (
        [f"The folder's tokeniser does not append {END}; the program does."]
        if tokens.heals_end
        else []
    )
    reference = None
    if options.four_bit:
        account.append(
            "Weights of 4 bits cannot be compared with the processor; the other self-tests were made."
        )
    elif device.kind != "cpu":
        reference = selftest.alone(model, ids)
        _move(model, device)
    return _Loaded(
        model, (*account, *selftest.settle(model, ids, reference, _layouts(folder, device)))
    )


def _module(folder: ModelFolder, device: Device, *, four_bit: bool) -> PreTrainedModel:
    import torch
    from transformers import AutoModel
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    special: dict[str, Any] = _four_bit_options() if four_bit else {}
    try:
        module, said = AutoModel.from_pretrained(
            str(folder.path),
            dtype=getattr(torch, device.dtype),
            attn_implementation="sdpa",
            local_files_only=True,
            trust_remote_code=False,
            use_safetensors=True,  # never the older format, whose reading runs what it contains
            output_loading_info=True,
            **special,
        )
    except Exception as error:  # a damaged folder makes transformers raise whatever its parts raise
        logger.exception("The model cannot be loaded")
        raise EmbedderUnavailableError(
            f"The model in {folder.path} cannot be loaded ({_said_by(error)}).",
            "Check it with: dedupe-app models check.",
        ) from error
    # transformers fills what is missing with random numbers, and only warns.
    missing = sorted(name for name in said["missing_keys"] if not name.startswith("pooler."))
    if missing:
        raise EmbedderUnavailableError(
            f"The weights in {folder.path} do not fit the model: {len(missing)} parts are missing ({missing[0]}, ...).",
            "Download the model again.",
        )
    loaded: PreTrainedModel = module
    return loaded


def _said_by(error: Exception) -> str:
    """Return the kind of an error with its words, in one line of bearable length."""
    words = " ".join(str(error).split())
    return f"{type(error).__name__}: {words[:_LONGEST_SAID]}"


def _four_bit_options() -> dict[str, Any]:
    import torch
    import transformers

    try:
        importlib.import_module("accelerate")
        importlib.import_module("bitsandbytes")
    except ImportError as error:
        raise EmbedderUnavailableError(
            "Weights of 4 bits need two more packages.", "pip install bitsandbytes accelerate"
        ) from error
    make_config: Any = transformers.BitsAndBytesConfig
    quantised = make_config(
        load_in_4bit=True, bnb_4bit_quant_type="nf4", bnb_4bit_compute_dtype=torch.bfloat16
    )
    return {"quantization_config": quantised, "device_map": {"": "cuda"}}


def _move(model: LoadedModel, device: Device) -> None:
    module: torch.nn.Module = model.module
    try:
        module.to(device.kind)
    except RuntimeError as error:
        if not is_out_of_memory(error):
            raise
        raise EmbedderUnavailableError(
            f"The model does not fit into the memory of {device.name}.",
            "Choose a smaller model, or close programs.",
        ) from error


def _layouts(folder: ModelFolder, device: Device) -> tuple[Layout, ...]:
    if not folder.causal:
        return Layout.MASKED, Layout.EAGER
    fast = (Layout.PACKED,) if packed.is_fast(device.kind, device.dtype) else ()
    return *fast, Layout.PADDED, Layout.EAGER


def _find_budget(model: LoadedModel, max_tokens: int) -> tuple[int, tuple[str, ...]]:
    """Return how many tokens one batch may have, and a sentence about the speed; on CUDA by trying."""
    import torch

    if model.device.type != "cuda":
        return (_MPS_BUDGET if model.device.type == "mps" else CPU_BUDGET), ()
    ids = np.full(min(max_tokens, _PROBE_TOKENS // _PROBE_DOCUMENTS), 100, np.int32)
    batch = [ids] * _PROBE_DOCUMENTS
    tokens = len(ids) * _PROBE_DOCUMENTS
    model.vectors(batch)
    torch.cuda.synchronize()
    torch.cuda.reset_peak_memory_stats()
    before = torch.cuda.memory_allocated()
    started = time.perf_counter()
    model.vectors(batch)
    torch.cuda.synchronize()
    seconds = time.perf_counter() - started
    each = max(1.0, (torch.cuda.max_memory_allocated() - before) / tokens)
    empty_cache("cuda")
    free, _ = torch.cuda.mem_get_info()
    budget = int(min(_MOST_BUDGET, max(_LEAST_BUDGET, free * _SHARE_OF_FREE / each)))
    return budget, (
        f"Computes {tokens / seconds:,.0f} tokens a second in batches of up to {budget:,} tokens.",
    )
