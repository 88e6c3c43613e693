"""Checks a loaded model on three fixed texts before it is trusted: many machines compute attention wrongly somewhere.

Known cases: NaN from padding on macOS (sentence-transformers #3498), wrong results on MPS (pytorch #174861).
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import numpy as np

from dedupe_app.embed.device import empty_cache, is_out_of_memory
from dedupe_app.embed.model import Layout
from dedupe_app.errors import EmbedderUnavailableError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dedupe_app.embed.model import LoadedModel

logger = logging.getLogger(__name__)

# The second one made float16 overflow in real models (Qwen3-Embedding #164).
TEXTS = (
    "The tenant pays the rent on the first day of each month; either party may end the lease with notice of three "
    "months, in writing, to the address named above.",
    "import { render } from 'preact'",
    "合同自双方签字之日起生效。 Ünïcode 🙂",
)
# bfloat16 keeps 8 bits: vectors move with the composition of a batch, the more the deeper the model. Measured with
# random weights, the least cosine of a text alone to the same text in a batch is .99998 with 2 layers and .9999 to
# .99905 with 36; to float32 it is .9998 to .9967. Swapped or missing texts fall below .9, unless the model puts all
# texts close together.
_LEAST_COSINE = {"float32": 0.99999, "bfloat16": 0.999}
_LEAST_COSINE_TO_CPU = {"float32": 0.9999, "bfloat16": 0.99}
_LONGEST_NORM_ERROR = 1e-3


def settle(
    model: LoadedModel,
    ids: Sequence[NDArray[np.int32]],
    reference: NDArray[np.float32] | None,
    layouts: Sequence[Layout],
) -> list[str]:
    """Put a model into the first layout that computes rightly, on the processor if need be.

    ids: the tokens of TEXTS. reference: their vectors on the processor, float32 (3, dimensions), or None where there
    are none. Returns sentences about what did not work; empty when the first layout did.

    Raises:
        EmbedderUnavailableError: nothing computes rightly.
    """
    account: list[str] = []
    plans = [(model.device.type, layout) for layout in layouts]
    if model.device.type != "cpu" and not model.quantised:
        plans += [("cpu", layout) for layout in layouts if layout is not Layout.PACKED]
    for device, layout in plans:
        if device != model.device.type:
            old = model.device.type
            model.to_float32_on_cpu()
            empty_cache(old)
        problem = _problem(model, layout, ids, reference)
        if not problem:
            if account:
                account.append(f"Used instead: {layout} on {device}. It is slower, and right.")
            return account
        account.append(f"The self-test failed ({layout}, {device}): {problem}.")
        logger.warning("%s", account[-1])
    raise EmbedderUnavailableError(
        "The model computes wrong vectors on this machine.",
        f"{' '.join(account)} Check the model folder (dedupe-app models check), or update torch.",
    )


def alone(model: LoadedModel, ids: Sequence[NDArray[np.int32]]) -> NDArray[np.float32]:
    """Compute each document in a batch of its own: float32 (documents, dimensions)."""
    rows: list[NDArray[np.float32]] = [model.vectors([one]).cpu().numpy() for one in ids]
    return np.concatenate(rows)


def _problem(
    model: LoadedModel,
    layout: Layout,
    ids: Sequence[NDArray[np.int32]],
    reference: NDArray[np.float32] | None,
) -> str:
    """Say what is wrong with a layout, or nothing."""
    try:
        model.use(layout)
        single = alone(model, ids)
        together = model.vectors(ids).cpu().numpy()
    except (RuntimeError, TypeError, ValueError, NotImplementedError, ImportError) as error:
        logger.exception("The self-test broke off: %s", layout)
        return (
            "memory ran out" if is_out_of_memory(error) else f"{type(error).__name__}, see the log"
        )
    return found_wrong(single, together, reference, str(model.dtype).removeprefix("torch."))


def found_wrong(
    single: NDArray[np.float32],
    together: NDArray[np.float32],
    reference: NDArray[np.float32] | None,
    dtype: str,
) -> str:
    """Say what is wrong with the vectors, float32 (3, dimensions) each, or nothing."""
    if not (np.isfinite(single).all() and np.isfinite(together).all()):
        return "some numbers are not finite"
    if float(np.abs(np.linalg.norm(together, axis=1) - 1).max()) > _LONGEST_NORM_ERROR:
        return "vectors are not of length 1"
    if _least_cosine(single, together) < _LEAST_COSINE[dtype]:
        return "a text alone and the same text in a batch give different vectors"
    if reference is not None and _least_cosine(together, reference) < _LEAST_COSINE_TO_CPU[dtype]:
        return "vectors differ from those of the processor"
    return ""


def _least_cosine(first: NDArray[np.float32], second: NDArray[np.float32]) -> float:
    return float((first.astype(np.float64) * second).sum(axis=1).min())
