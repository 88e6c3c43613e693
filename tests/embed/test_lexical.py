"""The lexical vector: the same on every machine, near for copies, far for other texts."""

import hashlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe_app.embed.lexical import DIMENSIONS, LONGEST_TOKENS, SPACE, lexical_vector
from dedupe_app.text.canonical import canonicalise
from dedupe_app.text.tokens import joined, tokenise

INVOICE = "Invoice 2024-017 of 3 May 2024: 1,234.50 EUR. Don't pay twice; see CVE-2024-1234 and snake_case."
LEASE = (
    "The tenant shall pay the rent on the first day of each month to the account named below. The landlord keeps the "
    "roof, the walls and the heating in good order. Either party may end the lease with three months of notice in "
    "writing. Pets are allowed with the consent of the landlord, which is not refused without a good reason."
)
RECIPE = (
    "Peel six apples and cut them into thin slices. Melt butter in a pan, add sugar and cinnamon, and let everything "
    "simmer for ten minutes. Roll out pastry, fill it, close its edges with egg yolk, then bake at medium heat until "
    "golden. Serve warm with vanilla sauce or whipped cream; leftovers freeze well."
)


def vector(text):
    tokens = tokenise(canonicalise(text))
    return lexical_vector(joined(tokens), tokens.hashes)


def cosine(a, b):
    a, b = vector(a).astype(float), vector(b).astype(float)
    return float(a @ b / np.linalg.norm(a) / np.linalg.norm(b))


def test_stored_vectors_stay_valid():
    found = vector(INVOICE)
    assert SPACE == "lexical-1"
    assert found.dtype == np.int8
    assert found[:16].tolist() == [0, 0, 0, 85, 0, -42, 42, 0, 42, 0, 42, -42, 0, -42, 0, 0]
    assert hashlib.sha256(found.tobytes()).hexdigest() == (
        "ffeed178b8ae379b1080a10f1a25fa19cdacae7f325d749d6d5c6a7cdebe5543"
    )


def test_empty_text_is_all_zero():
    assert vector("").tolist() == [0] * DIMENSIONS


@pytest.mark.parametrize("text", ["a", "a b", "文", "42"])
def test_shortest_texts_have_a_direction(text):
    assert np.abs(vector(text)).max() == 127


def test_copy_with_typing_errors_is_near():
    assert (
        cosine(
            LEASE,
            LEASE.replace("month", "mnoth").replace("writing", "wrting").replace("walls", "wals"),
        )
        > 0.9
    )


def test_copy_in_other_lines_and_case_is_equal():
    assert vector(LEASE.upper().replace(" ", "\n")).tolist() == vector(LEASE).tolist()


def test_unrelated_text_is_far():
    assert cosine(LEASE, RECIPE) < 0.5


def test_part_of_the_words_is_nearer_than_other_words():
    half = LEASE[: len(LEASE) // 2]
    assert cosine(LEASE, half) > cosine(LEASE, RECIPE) + 0.2


def test_long_text_is_sampled_at_start_middle_and_end():
    words = [f"w{number}" for number in range(3 * LONGEST_TOKENS)]
    changed = words.copy()
    changed[LONGEST_TOKENS] = "x14000"  # between the parts that count
    assert vector(" ".join(changed)).tolist() == vector(" ".join(words)).tolist()
    changed[-1] = "other"
    assert vector(" ".join(changed)).tolist() != vector(" ".join(words)).tolist()


@given(st.integers(0, 2**32), st.integers(1, 127))
def test_products_are_exact_in_float32_in_any_order(seed, most):
    random = np.random.default_rng(seed)
    a, b = random.integers(-most, most, (2, 256), endpoint=True)
    order = random.permutation(256)
    in_float = np.float32(0)
    for place in order:
        in_float += np.float32(a[place]) * np.float32(b[place])
    exact = int(a @ b)
    assert float(in_float) == exact
    assert float(a.astype(np.float32) @ b.astype(np.float32)) == exact


@given(st.text(max_size=200))
def test_any_text_has_a_vector_within_bounds(text):
    found = vector(text)
    assert found.shape == (DIMENSIONS,)
    assert int(np.abs(found.astype(int)).max()) in (0, 127)
