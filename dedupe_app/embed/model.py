"""A loaded transformer: token numbers in, unit vectors out. Chooses how documents share a batch; never reads text."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from dedupe_app.embed import packed

if TYPE_CHECKING:
    from collections.abc import Sequence

    import torch
    from numpy.typing import NDArray
    from transformers import PreTrainedModel


class Layout(StrEnum):
    """How documents share a batch. The first two are for causal models only: nothing later touches earlier tokens."""

    PACKED = "packed, without padding"
    PADDED = "padded on the right, without a mask"
    MASKED = "padded on the right, with a mask"
    EAGER = "padded on the right, with plain attention"


class LoadedModel:
    """A transformer on a device. `layout` may be changed at any time; batches of all layouts give the same vectors."""

    def __init__(
        self,
        module: PreTrainedModel,
        *,
        pooling: str,
        causal: bool,
        dimensions: int,
        layout: Layout | None = None,
    ) -> None:
        """Take a model that was loaded with any attention. `pooling`: last, mean or cls."""
        self.module = module
        self.quantised = bool(getattr(module, "is_quantized", False))
        module.train(mode=False)
        self.pooling = pooling
        self.causal = causal
        self.dimensions = dimensions
        self.layout = Layout.PADDED
        self.use(layout or (Layout.PADDED if causal else Layout.MASKED))

    @property
    def device(self) -> torch.device:
        """Say where it is."""
        device: torch.device = self.module.device
        return device

    @property
    def dtype(self) -> torch.dtype:
        """Say in which number format it computes."""
        dtype: torch.dtype = self.module.dtype
        return dtype

    def use(self, layout: Layout) -> None:
        """Change the layout."""
        names = {Layout.PACKED: packed.NAME, Layout.EAGER: "eager"}
        if layout is Layout.PACKED:
            packed.register()
        self.module.set_attn_implementation(names.get(layout, "sdpa"))
        self.layout = layout

    def vectors(self, batch: Sequence[NDArray[np.int32]]) -> torch.Tensor:
        """Return float32 (documents, dimensions) unit vectors on the device, not yet finished computing on CUDA.

        batch: the token numbers of each document, int32 (n,), n >= 1.
        """
        import torch

        with torch.inference_mode():
            pooled = self._packed(batch) if self.layout is Layout.PACKED else self._padded(batch)
            # Cut first, normalise afterwards, in float32: the other way round vectors are not of length 1.
            return torch.nn.functional.normalize(pooled.float()[:, : self.dimensions], dim=-1)

    def in_float32(self, ids: NDArray[np.int32]) -> torch.Tensor:
        """Compute one document alone with weights in float32: float32 (1, dimensions). Slow; a last resort."""
        import torch

        if self.quantised:  # there are no weights in float32 to go back to
            return self.vectors([ids])
        originals = [(weight, weight.data) for weight in self.module.parameters()]
        # Only the parameters: the inverse frequencies of the positions are a buffer, and always float32.
        try:
            for weight, data in originals:
                weight.data = data.to(torch.float32)
            return self.vectors([ids])
        finally:
            for weight, data in originals:
                weight.data = data

    def to_float32_on_cpu(self) -> None:
        """Move to the processor, which has no fast bfloat16."""
        import torch

        plain: torch.nn.Module = self.module
        plain.to("cpu")
        for weight in self.module.parameters():
            weight.data = weight.data.to(torch.float32)

    def _packed(self, batch: Sequence[NDArray[np.int32]]) -> torch.Tensor:
        lengths = [len(ids) for ids in batch]
        bounds = np.concatenate([[0], np.cumsum(lengths)])
        positions = np.concatenate([np.arange(length) for length in lengths])
        ids, places, starts = (
            self._sent(array)
            for array in (
                np.concatenate(batch).astype(np.int64),
                positions,
                bounds.astype(np.int32),
            )
        )
        hidden = self.module(
            input_ids=ids[None],
            position_ids=places[None],
            use_cache=False,
            starts=starts,
            bounds=bounds.tolist(),
            longest=max(lengths),
        ).last_hidden_state[0]
        pooled: torch.Tensor = hidden[(starts[1:] - 1).long()]
        return pooled

    def _padded(self, batch: Sequence[NDArray[np.int32]]) -> torch.Tensor:
        import torch

        lengths = np.array([len(ids) for ids in batch])
        rows = np.zeros((len(batch), int(lengths.max())), np.int64)
        for row, document in zip(rows, batch, strict=True):
            row[: len(document)] = document
        ids, ends = self._sent(rows), self._sent(lengths - 1)
        mask = torch.arange(rows.shape[1], device=self.device)[None] <= ends[:, None]
        # A causal model needs no mask for padding on the right, and is faster and safer without (NaN in masked rows).
        given = {} if self.causal else {"attention_mask": mask.long()}
        hidden = self.module(input_ids=ids, use_cache=False, **given).last_hidden_state
        return self._pooled(hidden, ends, mask)

    def _pooled(self, hidden: torch.Tensor, ends: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Pool (documents, tokens, hidden) to (documents, hidden)."""
        import torch

        if self.pooling == "last":
            return hidden[torch.arange(len(ends), device=ends.device), ends]
        if self.pooling == "cls":
            return hidden[:, 0]
        kept = mask[:, :, None].float()
        return (hidden.float() * kept).sum(1) / kept.sum(1)

    def _sent(self, array: NDArray[np.int64] | NDArray[np.int32]) -> torch.Tensor:
        """Copy to the device, on CUDA without waiting for it."""
        import torch

        tensor = torch.from_numpy(array)
        if self.device.type == "cuda":
            return tensor.pin_memory().to(self.device, non_blocking=True)
        return tensor.to(self.device)
