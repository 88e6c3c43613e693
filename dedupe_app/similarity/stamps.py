"""Tells what a change of version leaves behind and says nothing: stamps, renumbered sections, single misread letters.

Never decides anything: it takes such places out of the blocks of an alignment before the others are weighed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from dedupe_app.similarity.alignment import Block
from dedupe_app.similarity.lookalikes import misread

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dedupe_app.similarity.alignment import Alignment
    from dedupe_app.similarity.crowd import Half

LONGEST_STAMP = 3
# A date written out, with the time and the zone, right beside a stamp is part of it.
_LONGEST_DATE = 12
_BESIDE = 4
# So many different numbers moved by one and the same step are sections that others were put before.
FEWEST_RENUMBERED = 3
_SECTION = re.compile(r"\d{1,3}(?:\.\d{1,3})*")
# What follows these words is the stamp of a version, which revisions change.
_STAMPS = frozenset(
    "draft entwurf brouillon borrador bozza concept rev updated modified revised revision version versions edition "
    "release milestone printed generated changed reviewed "
    "stand fassung aktualisiert geändert überarbeitet révision modifié édition revisado actualizado versión modificado "
    "modificata aggiornato aggiornata versione versão atualizado gewijzigd bijgewerkt versie".split()
)


def without_stamps(a: Half, b: Half, alignment: Alignment) -> tuple[Block, ...]:
    """Return the blocks of an alignment without what says nothing."""
    blocks = alignment.blocks
    stamps = {i for i, block in enumerate(blocks) if _is_stamp(a, b, block)}
    spreading = sorted(stamps)
    while spreading:
        i = spreading.pop()
        for j in (i - 1, i + 1):
            if not 0 <= j < len(blocks) or j in stamps:
                continue
            if _is_beside(blocks[i], blocks[j]) and _is_date(a, b, blocks[j]):
                stamps.add(j)
                spreading.append(j)
    moved_a, moved_b = _renumbered(a, b, alignment)
    kept = []
    for i, block in enumerate(blocks):
        if i in stamps or _is_misread(a, b, block):
            continue
        if moved_a and not (moved_a.isdisjoint(block.a) and moved_b.isdisjoint(block.b)):
            rest_a = tuple(j for j in block.a if j not in moved_a)
            rest_b = tuple(j for j in block.b if j not in moved_b)
            if rest_a or rest_b:
                kept.append(Block(rest_a, rest_b, block.at))
            continue
        kept.append(block)
    return tuple(kept)


def _is_stamp(a: Half, b: Half, block: Block) -> bool:
    if not (block.a and block.b) or max(len(block.a), len(block.b)) > LONGEST_STAMP:
        return False
    start = min(block.a)
    before = {a.tokens.word(i) for i in range(max(0, start - 2), start)}
    return bool(before & _STAMPS)


def _is_beside(one: Block, other: Block) -> bool:
    if not (one.a and other.a):
        return False
    first, second = sorted((one.a, other.a))
    return min(second) - max(first) <= _BESIDE


def _is_date(a: Half, b: Half, block: Block) -> bool:
    if not (block.a and block.b) or max(len(block.a), len(block.b)) > _LONGEST_DATE:
        return False
    return all(
        sum(bool(side.tokens.figures[i]) for i in own) * 2 >= len(own)
        for side, own in ((a, block.a), (b, block.b))
    )


def _is_misread(a: Half, b: Half, block: Block) -> bool:
    if not block.a or len(block.a) != len(block.b):
        return False
    return all(
        not (a.fresh[i] and b.fresh[j]) and misread(a.tokens.word(i), b.tokens.word(j))
        for i, j in zip(block.a, block.b, strict=True)
    )


def _renumbered(a: Half, b: Half, alignment: Alignment) -> tuple[set[int], set[int]]:
    """Find the numbers of sections that all moved by the same step: 43.1, 43.2, 43.2.1 to 41.1, 41.2, 41.2.1."""
    moves: defaultdict[tuple[tuple[str, ...], tuple[str, ...]], list[tuple[int, int]]]
    moves = defaultdict(list)
    for i, j in _figures_opposite(a, b, alignment):
        step = _step(a.tokens.word(i), b.tokens.word(j))
        if step:
            moves[step].append((i, j))
    found = [
        pair
        for pairs in moves.values()
        if len({a.tokens.word(i) for i, _ in pairs}) >= FEWEST_RENUMBERED
        for pair in pairs
    ]
    return {i for i, _ in found}, {j for _, j in found}


def _figures_opposite(a: Half, b: Half, alignment: Alignment) -> Iterator[tuple[int, int]]:
    for block in alignment.blocks:
        left = [i for i in block.a if a.tokens.figures[i]]
        right = [j for j in block.b if b.tokens.figures[j]]
        if len(left) == len(right):
            yield from zip(left, right, strict=True)


def _step(one: str, other: str) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Return the numbers of the section that moved, before and after: (43,) and (41,) for 43.2.1 and 41.2.1."""
    if not (_SECTION.fullmatch(one) and _SECTION.fullmatch(other)):
        return None
    left, right = one.split("."), other.split(".")
    if len(left) != len(right):
        return None
    first = next((k for k, (x, y) in enumerate(zip(left, right, strict=True)) if x != y), 0)
    return tuple(left[: first + 1]), tuple(right[: first + 1])
