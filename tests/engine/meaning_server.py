"""A server whose vectors know what texts mean: those about one matter are near each other, whatever the language."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import numpy as np

# The server with its faults lives with the tests of the embedders.
sys.path.append(str(Path(__file__).parents[1] / "embed"))

from fake_server import Server, status

__all__ = ["NEAR", "Server", "answer_by_matter", "direction", "status", "vector_of"]

NEAR = 0.94


def direction(name, width=256):
    seed = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "little")
    vector = np.random.default_rng(seed).normal(size=width)
    return vector / np.linalg.norm(vector)


def vector_of(text, matters, near=NEAR):
    """Return a unit vector: texts in which words of one matter stand have a cosine of about `near`."""
    matter = next((name for name, words in matters.items() if any(w in text for w in words)), text)
    vector = np.sqrt(near) * direction(matter) + np.sqrt(1 - near) * direction(f"own {text}")
    return vector / np.linalg.norm(vector)


def answer_by_matter(matters, near=NEAR):
    """Return a way to answer: `matters` maps each matter to words that its texts hold."""

    def answer(handler, body):
        data = [
            {"index": place, "embedding": vector_of(text, matters, near).tolist()}
            for place, text in enumerate(body["input"])
        ]
        handler.answer(200, {"data": data})

    return answer
