"""Attention over documents laid end to end, without padding and without a mask. Only qwen3 models go through here.

On CUDA one varlen kernel of torch serves all documents of a batch; elsewhere each has one causal product of its own.
Never sees a mask: transformers would build one of (tokens x tokens).
"""

from __future__ import annotations

import functools
import inspect
import itertools
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    import torch

NAME = "dedupe_app_packed"


@functools.cache
def register() -> str:
    """Make the attention known to transformers; return the name to load a model with."""
    from transformers import AttentionInterface
    from transformers.masking_utils import AttentionMaskInterface

    AttentionInterface.register(NAME, packed_attention)
    AttentionMaskInterface.register(NAME, _no_mask)
    return NAME


def is_fast(device: str, dtype: str) -> bool:
    """Tell whether packing pays: on CUDA where the kernel takes the number format, and on processors.

    Measured on two cores, against batches padded to 4096 tokens: lengths of 16 to 6,014 tokens 1.1 to 1.4 times as
    fast, eight words each from a fifth slower to a tenth faster (benchmarks/RESULTS.md). On MPS not measured.
    """
    return device == "cpu" or (device == "cuda" and dtype == "bfloat16" and _varlen() is not None)


def packed_attention(
    module: torch.nn.Module,
    query: torch.Tensor,
    key: torch.Tensor,
    value: torch.Tensor,
    attention_mask: torch.Tensor | None,
    *,
    starts: torch.Tensor,
    bounds: list[int],
    longest: int,
    scaling: float | None = None,
    **_: object,
) -> tuple[torch.Tensor, None]:
    """Attend causally within each document.

    query (1, heads, tokens, d), key and value (1, kv heads, tokens, d); starts int32 (documents + 1,) on the device and
    `bounds` the same numbers on the host; longest: tokens of the longest document. Returns (1, tokens, heads, d).
    """
    varlen = _varlen()
    if query.is_cuda and varlen is not None:
        return _on_cuda(varlen, query, key, value, starts, longest, scaling), None
    return _one_by_one(query, key, value, bounds, scaling), None


def _on_cuda(
    varlen: tuple[Callable[..., Any], frozenset[str]],
    query: torch.Tensor,
    key: torch.Tensor,
    value: torch.Tensor,
    starts: torch.Tensor,
    longest: int,
    scaling: float | None,
) -> torch.Tensor:
    kernel, keywords = varlen
    q, k, v = (tensor[0].transpose(0, 1).contiguous() for tensor in (query, key, value))
    options: dict[str, Any] = {}
    if q.shape[1] != k.shape[1]:
        if "enable_gqa" in keywords:  # from torch 2.12
            options["enable_gqa"] = True
        else:
            times = q.shape[1] // k.shape[1]
            k, v = k.repeat_interleave(times, 1), v.repeat_interleave(times, 1)
    # torch 2.10 says is_causal, later ones (-1, 0): all before, none after.
    if "window_size" in keywords:
        options["window_size"] = (-1, 0)
    else:
        options["is_causal"] = True
    if "scale" in keywords:  # without it the kernel takes 1/sqrt(d), which is what qwen3 has
        options["scale"] = scaling
    attended: torch.Tensor = kernel(q, k, v, starts, starts, longest, longest, **options)
    return attended.unsqueeze(0)


def _one_by_one(
    query: torch.Tensor,
    key: torch.Tensor,
    value: torch.Tensor,
    bounds: list[int],
    scaling: float | None,
) -> torch.Tensor:
    import torch
    from torch.nn.functional import scaled_dot_product_attention

    attended = torch.empty_like(query)
    for start, end in itertools.pairwise(bounds):
        attended[:, :, start:end] = scaled_dot_product_attention(
            query[:, :, start:end],
            key[:, :, start:end],
            value[:, :, start:end],
            is_causal=True,
            scale=scaling,
            enable_gqa=query.shape[1] != key.shape[1],
        )
    return attended.transpose(1, 2)


@functools.cache
def _varlen() -> tuple[Callable[..., Any], frozenset[str]] | None:
    """Return torch's kernel with the keywords it takes; its signature changed in 2.11 and 2.12. None before 2.10."""
    try:
        from torch.nn.attention.varlen import varlen_attn
    except ImportError:
        return None
    return varlen_attn, frozenset(inspect.signature(varlen_attn).parameters)


def _no_mask(*_: object, **__: object) -> None:
    """Stand in for the builder of masks."""
