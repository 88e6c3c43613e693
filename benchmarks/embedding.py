"""Embedding speed: ours against sentence-transformers on the same documents, model, device and run; prints the ratio.

Run: python benchmarks/embedding.py [--size tiny|0.6b|4b] [--documents 600] [--device auto] [--batch-sizes 32,8,1]
On a GPU, one command for everything: python benchmarks/embedding.py --quick   (0.6b, then 4b, within nine minutes)
The same on a processor, with tiny configurations: python benchmarks/embedding.py --quick --device cpu

The model has the real configuration and random weights (tiny: two layers of 64, for processors); the documents are
made-up words of lognormal length (median 400 tokens, sigma 1, 16 to 8000). Both use the same prefix and at most 8192
tokens. Peers are run at each batch size; the ratio is to the best of them. Contenders take turns, and the best run of
each counts. On a processor, seconds are those of the processor (all threads), so that other programs on a shared
machine count little; use --threads 1 there. sentence-transformers comes with the packages for development.
MFU counts multiplications by weights and causal attention, against --peak.
First of all it is asserted that packed batches agree with padded ones, on every device. --quick starts no contender for
which the time may not suffice, and prints every result as soon as it is there.
"""

from __future__ import annotations

import argparse
import importlib.util
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "embed"))

from tiny_qwen3 import build

from dedupe_app.embed.device import is_out_of_memory
from dedupe_app.embed.loading import CPU_BUDGET
from dedupe_app.embed.model import Layout, LoadedModel
from dedupe_app.embed.qwen3 import Qwen3Encoder
from dedupe_app.embed.templates import TEMPLATES
from dedupe_app.embed.tokens import TokenReader, read_tokenizer

if TYPE_CHECKING:
    from transformers import PreTrainedModel

    from dedupe_app.embed.encoder import Vector

TARGETS = {"cpu": 1.3, "cuda": 2.0}
# Of the peers: their default, a smaller one, and on a processor each document alone, which is fastest there.
BATCH_SIZES = {"cpu": "32,8,1", "cuda": "32,8"}
# Sizes and numbers of documents of a quick run. On H200 these are some 10 s for each of the first contender's runs if
# half of its peak is reached; on a processor the shapes are those of the cards, with small numbers.
QUICK: dict[str, dict[str, int]] = {
    "cuda": {"0.6b": 4000, "4b": 800},
    "cpu": {"tiny-0.6b": 24, "tiny-4b": 24},
}
_TEMPLATE = TEMPLATES["clustering"]
_MAX_TOKENS = 8192
_LEAST_COSINE = {"torch.float32": 0.9999, "torch.bfloat16": 0.999}
_CONFIGS: dict[str, dict[str, int]] = {
    "0.6b": {
        "hidden_size": 1024,
        "intermediate_size": 3072,
        "num_hidden_layers": 28,
        "num_attention_heads": 16,
    },
    "4b": {
        "hidden_size": 2560,
        "intermediate_size": 9728,
        "num_hidden_layers": 36,
        "num_attention_heads": 32,
    },
    # The same proportions and code path, for a trial without a card.
    "tiny-0.6b": {
        "hidden_size": 64,
        "intermediate_size": 192,
        "num_hidden_layers": 4,
        "num_attention_heads": 4,
        "num_key_value_heads": 2,
        "head_dim": 32,
    },
    "tiny-4b": {
        "hidden_size": 96,
        "intermediate_size": 384,
        "num_hidden_layers": 6,
        "num_attention_heads": 8,
        "num_key_value_heads": 2,
        "head_dim": 32,
    },
}
_SHARED_BY_ALL = {"num_key_value_heads": 8, "head_dim": 128}


@dataclass(frozen=True)
class Work:
    """What is embedded: texts, the tokens of each with prefix, and the floating-point operations in all."""

    texts: list[str]
    lengths: NDArray[np.int64]
    operations: float

    @property
    def tokens(self) -> int:
        """Count the tokens of all texts."""
        return int(self.lengths.sum())


Encode = Callable[[list[str]], NDArray[np.float32]]


@dataclass
class Contender:
    """A way to embed, and what it achieved: seconds of each run, vectors float32 (documents, dimensions), bytes."""

    name: str
    encode: Encode
    seconds: list[float]
    vectors: NDArray[np.float32]
    peak_bytes: int = 0
    wall: list[float] = field(default_factory=list)


def main() -> None:
    options = _options()
    import torch

    if options.threads:
        torch.set_num_threads(options.threads)
    device = options.device
    if device == "auto":
        device = "cuda" if torch.cuda.is_available() else "cpu"
    if not options.quick:
        compare(options, device)
        return
    options.runs = min(options.runs, 2)
    share = options.minutes * 60 / len(QUICK[device])
    for size, documents in QUICK[device].items():
        options.deadline = time.monotonic() + share
        options.size, options.documents = size, documents
        # A card holds larger batches; peers are given their default and a smaller one.
        options.budget = 32_768 if device == "cuda" else CPU_BUDGET
        compare(options, device)
        if device == "cuda":
            torch.cuda.empty_cache()


def compare(options: argparse.Namespace, device: str) -> None:
    """Let all contenders of one size run in turns, and print what each achieved and the ratio."""
    import torch

    with tempfile.TemporaryDirectory() as temporary:
        folder = build(temporary, vocabulary=4000, corpus=[" ".join(made_up_words(4000))])
        module = _module(options.size, folder, device)
        tokens = TokenReader(read_tokenizer(folder), 0, _MAX_TOKENS, 1)
        work = make_work(options.documents, tokens, module)
        print(
            f"{options.size} on {device}, torch {torch.__version__}, {torch.get_num_threads()} threads: "
            f"{options.documents} documents, {work.tokens:,} tokens, median {np.median(work.lengths):.0f}, "
            f"longest {work.lengths.max()}"
        )
        contenders = [
            ours(module, tokens, work, options),
            *peers(module, folder, options, device),
        ]
        for _ in range(options.runs):
            for contender in list(contenders):
                if not is_time(contender, options.deadline):
                    print(f"{contender.name}: no time left", flush=True)
                elif run(contender, work, device):
                    report(contender, work, options, device)
                else:
                    contenders.remove(contender)
    print_ratio([contender for contender in contenders if contender.seconds], device)


def is_time(contender: Contender, deadline: float) -> bool:
    """Tell whether another run would end before the deadline, with a third to spare; a first one takes its chance."""
    known = 1.3 * max(contender.wall, default=0.0)
    return time.monotonic() + known < deadline


def print_ratio(contenders: list[Contender], device: str) -> None:
    """Compare ours, which is the first, with the best of the others."""
    if len(contenders) < 2 or not contenders[0].name.startswith("ours"):
        return
    first, best = (
        contenders[0],
        min(contenders[1:], key=lambda contender: min(contender.seconds)),
    )
    cosines = (first.vectors.astype(np.float64) * best.vectors).sum(axis=1)
    print(f"cosine to the peer: least {cosines.min():.7f}, mean {cosines.mean():.7f}")
    ratio = min(best.seconds) / min(first.seconds)
    print(f"ratio {ratio:.2f} to the best peer (target {TARGETS[device]})", flush=True)


def ours(
    module: PreTrainedModel,
    tokens: TokenReader,
    work: Work,
    options: argparse.Namespace,
) -> Contender:
    """Make our contender, whole way: text in, vectors on the host out."""
    model = LoadedModel(module, pooling="last", causal=True, dimensions=module.config.hidden_size)
    _assert_agreement(model, tokens, work)
    encoder = Qwen3Encoder(model, tokens, _TEMPLATE, space="benchmark", budget=options.budget)

    def encode(texts: list[str]) -> NDArray[np.float32]:
        model.use(Layout.PACKED)
        found = dict(encoder.encode(texts))
        return np.stack([_vector(found[place]) for place in range(len(texts))])

    return Contender(
        f"ours ({Layout.PACKED}, {options.budget} tokens)", encode, [], np.zeros((0, 0), np.float32)
    )


def peers(
    module: PreTrainedModel, folder: Path, options: argparse.Namespace, device: str
) -> list[Contender]:
    """Make sentence-transformers with the same module, at each batch size."""
    if importlib.util.find_spec("sentence_transformers") is None:
        print("sentence-transformers is not installed: no ratio")
        return []
    from sentence_transformers import SentenceTransformer

    peer = SentenceTransformer(
        str(folder), device=device, processor_kwargs={"padding_side": "left"}
    )
    peer[0].model = module
    peer.max_seq_length = _MAX_TOKENS

    def encoding(size: int) -> Encode:
        def encode(texts: list[str]) -> NDArray[np.float32]:
            module.set_attn_implementation("sdpa")
            found = peer.encode(
                texts,
                batch_size=size,
                prompt=_TEMPLATE.document,
                normalize_embeddings=True,
                show_progress_bar=False,
            )
            return np.asarray(found, np.float32)

        return encode

    sizes = [int(size) for size in (options.batch_sizes or BATCH_SIZES[device]).split(",")]
    empty = np.zeros((0, 0), np.float32)
    return [
        Contender(f"sentence-transformers, batches of {size}", encoding(size), [], empty)
        for size in sizes
    ]


def run(contender: Contender, work: Work, device: str) -> bool:
    """Time one run, after warming up; say whether it came through."""
    import torch

    clock = time.perf_counter if device == "cuda" else time.process_time
    problem = ""
    try:
        contender.encode(work.texts[:8])
        if device == "cuda":
            torch.cuda.reset_peak_memory_stats()
        started, wall = clock(), time.monotonic()
        contender.vectors = contender.encode(work.texts)
        contender.seconds.append(clock() - started)
        contender.wall.append(time.monotonic() - wall)
    except RuntimeError as error:  # a peer that fails is no reason to print nothing of the others
        problem = "out of memory" if is_out_of_memory(error) else f"{type(error).__name__}: {error}"
    if problem:
        print(f"{contender.name}: {problem}", flush=True)
        # Only now that the exception is gone: it held the tensors of the batch.
        if device == "cuda":
            torch.cuda.empty_cache()
        return False
    if device == "cuda":
        contender.peak_bytes = max(contender.peak_bytes, torch.cuda.max_memory_allocated())
    return True


def report(contender: Contender, work: Work, options: argparse.Namespace, device: str) -> None:
    """Print what one contender achieved."""
    best = min(contender.seconds)
    line = f"{contender.name}: {work.tokens / best:,.0f} tokens/s, {len(work.texts) / best:,.1f} documents/s"
    if device == "cuda":
        line += f", MFU {work.operations / best / options.peak:.1%}, peak {contender.peak_bytes / 1e9:.1f} GB"
    else:
        line += f", peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.1f} GB (both together)"
    print(f"{line}; runs {', '.join(f'{each:.2f}' for each in contender.seconds)} s", flush=True)


def make_work(documents: int, tokens: TokenReader, module: PreTrainedModel) -> Work:
    """Make the documents, the same for the same number."""
    random = np.random.default_rng(0)
    wanted = np.clip(np.exp(random.normal(np.log(400), 1.0, documents)), 16, 8000).astype(int)
    words = np.array(made_up_words(4000))
    texts = [" ".join(random.choice(words, max(4, int(length / 1.9)))) for length in wanted]
    lengths = np.array(
        [len(piece.ids) for piece in tokens.pieces(0, texts, _TEMPLATE.document)], np.int64
    )
    config = module.config
    weights = sum(
        weight.numel() for name, weight in module.named_parameters() if "embed_tokens" not in name
    )
    attention = (
        2
        * config.num_hidden_layers
        * config.num_attention_heads
        * config.head_dim
        * float((lengths**2).sum())
    )
    return Work(texts, lengths, 2.0 * weights * float(lengths.sum()) + attention)


def made_up_words(count: int) -> list[str]:
    """Return words of one to four syllables, the same for the same number."""
    random = np.random.default_rng(1)
    syllables = [consonant + vowel for consonant in "bcdfglmnprstv" for vowel in "aeiou"]
    return ["".join(random.choice(syllables, random.integers(1, 5))) for _ in range(count)]


def _module(size: str, folder: Path, device: str) -> PreTrainedModel:
    """Make the transformer: the tiny one from its folder, the others with random weights on the device."""
    import torch
    from transformers import AutoModel, Qwen3Config, Qwen3Model

    if size == "tiny":
        return AutoModel.from_pretrained(str(folder), dtype=torch.float32).to(device)
    config = Qwen3Config(
        **{**_SHARED_BY_ALL, **_CONFIGS[size]},
        vocab_size=151_669,
        tie_word_embeddings=True,
        max_position_embeddings=32768,
        rope_theta=1_000_000.0,
    )
    torch.manual_seed(0)
    with torch.device(device):
        module = Qwen3Model(config)
    if device == "cuda":
        for weight in module.parameters():  # not the inverse frequencies: they stay float32
            weight.data = weight.data.to(torch.bfloat16)
    return module


def _assert_agreement(model: LoadedModel, tokens: TokenReader, work: Work) -> None:
    pieces = tokens.pieces(0, work.texts[:16], _TEMPLATE.document)
    batch = [piece.ids for piece in pieces]
    model.use(Layout.PADDED)
    padded = model.vectors(batch).double()
    model.use(Layout.PACKED)
    least = float((model.vectors(batch).double() * padded).sum(1).min())
    print(f"packed against padded: least cosine {least:.6f}", flush=True)
    if least < _LEAST_COSINE[str(model.dtype)]:
        raise SystemExit("Packed and padded batches disagree.")


def _vector(found: object) -> Vector:
    if not isinstance(found, np.ndarray):
        raise SystemExit(f"A document failed: {found}")
    return found


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--size", choices=["tiny", *_CONFIGS], default="tiny")
    parser.add_argument("--documents", type=int, default=600)
    parser.add_argument("--device", choices=["auto", "cpu", "cuda"], default="auto")
    parser.add_argument("--batch-sizes", default="", help="of the peers")
    parser.add_argument(
        "--budget", type=int, default=CPU_BUDGET, help="tokens of one batch of ours"
    )
    parser.add_argument("--threads", type=int, default=0, help="of torch; 0: as it likes")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--quick", action="store_true", help="all sizes for the device in turn")
    parser.add_argument("--minutes", type=float, default=7.0, help="of a quick run")
    parser.set_defaults(deadline=float("inf"))
    parser.add_argument(
        "--peak", type=float, default=790e12, help="floating-point operations a second of the card"
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
