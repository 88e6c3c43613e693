"""Heavy revisions made from real pages: deleted, replaced and moved prose in known shares."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

from decision_common import Doc, jaccard, without_disputes
from decision_noise import sentences

if TYPE_CHECKING:
    from decision_sources import Pages

SHARES = [0.1, 0.2, 0.3, 0.4, 0.5]
TITLES = [
    "Overview",
    "A practical guide",
    "Reference and examples",
    "What you need to know",
    "In depth",
    "Notes for users",
    "The details",
    "Getting to grips with it",
]


def units(text: str) -> list[list[str]]:
    """Paragraphs as lists of sentences; code, tables and directives stay in one piece."""
    out = []
    for block in re.split(r"\n\s*\n", text.strip("\n")):
        plain = re.match(r"[A-Z\"'`*(]", block) and block.rstrip()[-1:] in ".!?:"
        out.append(sentences(block) if plain else [block])
    return out


def size(piece: str) -> int:
    return len(piece.split())


def rewrite(text: str, share: float, donors: list[Doc], seed: str) -> tuple[str, float]:
    """The text with `share` of its words deleted or replaced, in runs; and the share.

    The same seed changes the same places first, so that a larger share continues a smaller one.
    """
    rng = random.Random(seed)
    pool = sentence_pool(donors, rng)
    blocks = units(text)
    flat = [(i, k) for i, b in enumerate(blocks) for k in range(len(b)) if i]
    total, changed = sum(size(s) for b in blocks for s in b), 0
    done: set[tuple[int, int]] = set()
    while changed < share * total and len(done) < len(flat):
        start, action = rng.randrange(len(flat)), rng.random()
        for i, k in flat[start : start + rng.randint(1, 5)]:
            if (i, k) in done or changed >= share * total:
                continue
            done.add((i, k))
            changed += size(blocks[i][k])
            blocks[i][k] = "" if action < 0.35 or len(pool) < 9 else pool.pop()
    return arrange(blocks, share, pool, random.Random(f"{seed} {share}")), changed / total


def arrange(blocks: list[list[str]], share: float, pool: list[str], rng: random.Random) -> str:
    """New opening, new title, moved paragraphs, each in a part of the revisions."""
    paragraphs = [" ".join(s for s in b if s) for b in blocks]
    title, body = paragraphs[:1], [p for p in paragraphs[1:] if p.strip()]
    if rng.random() < 0.4:
        body.insert(0, " ".join(rng.sample(pool, min(3, len(pool)))))
    if share >= 0.2 and rng.random() < 0.5:
        for _ in range(rng.randint(1, 3)):
            body.insert(rng.randrange(len(body)), body.pop(rng.randrange(len(body))))
    if rng.random() < 0.4:
        name = rng.choice(TITLES)
        title = [f"{name}\n{'=' * len(name)}"]
    return "\n\n".join(title + body)


def sentence_pool(donors: list[Doc], rng: random.Random) -> list[str]:
    """At most a quarter of each of up to ten donors, so that no donor is copied as a whole."""
    pool: list[str] = []
    for donor in rng.sample(donors, min(10, len(donors))):
        own = [s for b in units(donor.text) for s in b if size(s) > 5]
        pool += rng.sample(own, len(own) // 4)
    rng.shuffle(pool)
    return pool


def rewrites(pages: Pages) -> list[Doc]:
    """Corpus E: 60 pages with two to four rewrites each, and the pages their new text came from."""
    rng = random.Random("rewrites")
    fit = [k for k in sorted(pages) if 300 <= size(pages[k][-1][1]) <= 3000]
    rng.shuffle(fit)
    start = [Doc(pages[k][-1][1], family="/".join(k), source=k[0]) for k in fit]
    kept, dropped = without_disputes(start, 0.15, 0.4)
    print(f"rewrites: {dropped} pages dropped as disputable, {len(kept)} left")
    originals = [d for d in kept if size(d.text) >= 800][:60]
    donors = [d for d in kept if not any(d is o for o in originals)][:70]
    docs = [*originals, *donors]
    for n, doc in enumerate(originals):
        doc.group, doc.relation, doc.level = f"rw-{n:03}", "original", "reference"
        same = [d for d in donors if d.source == doc.source]
        same = same if len(same) >= 5 else donors
        for share in rng.sample(SHARES, rng.randint(2, 4)):
            text, real = rewrite(doc.text, share, same, f"rw {n}")
            docs.append(
                Doc(
                    text,
                    doc.group,
                    "revision",
                    doc.family,
                    str(share),
                    source=doc.source,
                    sim_to_ref=f"{jaccard(text, doc.text):.3f}",
                    note=f"changed {real:.2f}",
                )
            )
    clear, dropped = without_disputes(docs, 0.2, 0.4)
    print(f"rewrites: {dropped} files dropped because a rewrite borrowed too much")
    return clear
