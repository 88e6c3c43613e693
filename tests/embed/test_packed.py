"""The packed attention with each signature that torch's kernel has had, played on the processor; batches by budget."""

import itertools

import pytest

from dedupe_app.embed import packed
from dedupe_app.embed.batches import Pace, TokenBudget, batch_end

BOUNDS = [0, 3, 4, 11]


def causal(query, key, value, starts, window):
    """Compute what the kernel does: (tokens, heads, d) in and out, one document after the other."""
    import torch
    from torch.nn.functional import scaled_dot_product_attention as attention

    assert window == (-1, 0)
    assert query.shape[1] == key.shape[1]
    rows = []
    for start, end in itertools.pairwise(starts.tolist()):
        q, k, v = (tensor[start:end].transpose(0, 1)[None] for tensor in (query, key, value))
        rows.append(attention(q, k, v, is_causal=True)[0].transpose(0, 1))
    return torch.cat(rows)


def kernel_of_torch_2_10(query, key, value, cu_seq_q, cu_seq_k, max_q, max_k, is_causal=False):
    return causal(query, key, value, cu_seq_q, (-1, 0) if is_causal else (-1, -1))


def kernel_of_torch_2_11(
    query, key, value, cu_seq_q, cu_seq_k, max_q, max_k, *, scale=None, window_size=(-1, -1)
):
    return causal(query, key, value, cu_seq_q, window_size)


def kernel_of_torch_2_13(
    query,
    key,
    value,
    cu_seq_q,
    cu_seq_k,
    max_q,
    max_k,
    *,
    scale=None,
    window_size=(-1, -1),
    enable_gqa=False,
):
    times = query.shape[1] // key.shape[1] if enable_gqa else 1
    return causal(
        query,
        key.repeat_interleave(times, 1),
        value.repeat_interleave(times, 1),
        cu_seq_q,
        window_size,
    )


@pytest.mark.parametrize(
    "kernel", [kernel_of_torch_2_10, kernel_of_torch_2_11, kernel_of_torch_2_13]
)
@pytest.mark.parametrize("key_heads", [2, 4])
def test_every_signature_of_the_kernel_gives_the_same(kernel, key_heads, monkeypatch):
    import torch

    monkeypatch.setattr("torch.nn.attention.varlen.varlen_attn", kernel)
    packed._varlen.cache_clear()
    try:
        torch.manual_seed(0)
        query = torch.randn(1, 4, BOUNDS[-1], 16)
        key, value = torch.randn(2, 1, key_heads, BOUNDS[-1], 16).unbind(0)
        starts = torch.tensor(BOUNDS, dtype=torch.int32)
        found = packed._on_cuda(packed._varlen(), query, key, value, starts, 7, 16**-0.5)
        exact = packed._one_by_one(query, key, value, BOUNDS, 16**-0.5)
    finally:
        packed._varlen.cache_clear()
    assert found.shape == exact.shape == (1, BOUNDS[-1], 4, 16)
    assert float((found - exact).abs().max()) < 1e-6


def test_packing_is_for_processors_and_for_cuda_with_bfloat16():
    assert packed.is_fast("cpu", "float32")
    assert packed.is_fast("cuda", "bfloat16")
    assert not packed.is_fast("cuda", "float32")
    assert not packed.is_fast("mps", "bfloat16")


def test_packed_batch_takes_the_sum_and_padded_the_rectangle():
    lengths = [100, 10, 10, 10]
    assert batch_end(lengths, 0, 130, padded=False) == 4
    assert batch_end(lengths, 0, 130, padded=True) == 1
    assert batch_end(lengths, 1, 20, padded=True) == 3


def test_batch_holds_at_least_one():
    assert batch_end([5000], 0, 100, padded=True) == 1


def test_budget_never_falls_below_its_least_nor_rises_above_its_most():
    budget = TokenBudget(4096)
    for _ in range(20):
        budget.halve(4096)
    assert budget.tokens == 256
    for _ in range(200):
        budget.fitted()
    assert budget.tokens == 4096


def test_chunks_keep_order_and_lose_nothing():
    texts = [str(number) * (number * 50) for number in range(100)]
    chunks = list(Pace().chunks(texts))
    assert [text for _, chunk in chunks for text in chunk] == texts
    assert [first for first, _ in chunks] == [
        0,
        *itertools.accumulate(len(chunk) for _, chunk in chunks[:-1]),
    ]
    assert len(chunks) > 1
