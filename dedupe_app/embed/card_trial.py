"""Tries the graphics card in the process that it is to work in: a matrix product, and a small model if there is one.

Run in the environment for the card before that is used; prints one line of JSON. Writes nothing.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from pathlib import Path

from dedupe_app.errors import CardError, DedupeError

logger = logging.getLogger(__name__)

_SIDE = 512
# Sums of 512 products: float32 on a card keeps 5 digits, TF32 only 3. Wrong products are far off.
_MOST_ERROR = 5e-3
# For tests alone, see runtime/wanted.py: the processor stands in for the card.
_STAND_IN = "DEDUPE_APP_CARD_STAND_IN"


def main() -> None:
    """Try the card with the models named as arguments; print what came of it, and end with 0 when all is well."""
    try:
        account = try_card([Path(each) for each in sys.argv[1:] if each])
    except DedupeError as error:
        told: dict[str, object] = {"title": error.title, "hint": error.hint}
    except Exception as error:
        logger.exception("The trial failed")
        hint = f"Set it up anew. Torch says: {error}"
        told = {"title": "The trial of the graphics card broke off.", "hint": hint}
    else:
        told = {"account": account}
    print(json.dumps(told), flush=True)  # noqa: T201 - what it is for
    sys.exit(0 if "account" in told else 1)


def try_card(models: list[Path]) -> list[str]:
    """Compute on the card and compare with the processor; load models, which test themselves. Returns sentences.

    Raises:
        CardError: torch does not see the card, or the card computes wrongly.
        EmbedderUnavailableError: a model gives wrong vectors.
    """
    name = see_card()
    account = [
        f"{name}: matrix products agree with those of the processor (error {_product_error():.0e})."
    ]
    from dedupe_app.embed.loading import load_encoder
    from dedupe_app.embed.options import EncoderOptions

    for model in models:
        encoder = load_encoder(model, EncoderOptions(max_tokens=512))
        account += encoder.account
        encoder.close()
    return account


def see_card() -> str:
    """Return the name of the card as torch sees it.

    Raises:
        CardError: torch sees none, and why as far as torch says so.
    """
    import torch

    if torch.cuda.is_available():
        return torch.cuda.get_device_name()
    if os.environ.get(_STAND_IN):
        return "processor"
    reason = ""
    try:
        torch.cuda.init()  # type: ignore[no-untyped-call]
    except (RuntimeError, AssertionError) as error:
        reason = str(error).splitlines()[0]
    logger.warning("torch %s sees no card: %s", torch.__version__, reason)
    raise CardError(
        "The graphics card does not answer to CUDA.",
        f"Update its driver, or restart the computer. Torch says: {reason or 'no card'}",
    )


def _product_error() -> float:
    """Return the largest relative error of a matrix product on the card."""
    import torch

    device = "cuda" if torch.cuda.is_available() else "cpu"
    maker = torch.Generator().manual_seed(1)
    one = torch.randn(_SIDE, _SIDE, generator=maker)
    here = one @ one.T
    try:
        there = (one.to(device) @ one.to(device).T).cpu()
    except RuntimeError as error:
        raise CardError(
            "The graphics card cannot compute.", f"Torch says: {str(error).splitlines()[0]}"
        ) from error
    wrong = float((there - here).abs().max() / here.abs().max())
    if not wrong < _MOST_ERROR:
        raise CardError(
            "The graphics card computes wrongly.",
            "Update its driver. Until then a model runs on the processor.",
        )
    return wrong
