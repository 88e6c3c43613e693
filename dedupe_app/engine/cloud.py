"""Compares the pairs of one cloud of texts, in three passes. Asks for each pair; reads and writes nothing itself.

What was compared before in the same crowds is not compared again.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from enum import Enum, auto
from typing import TYPE_CHECKING, Any

from dedupe_app.records import Pair
from dedupe_app.similarity import DECISION_VERSION
from dedupe_app.similarity.crowd import crowd_keys

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from dedupe_app.engine.candidates import Cloud, Key
    from dedupe_app.records import PairState

Crowds = dict[int, tuple[int, ...]]


class Question(Enum):
    """What is asked about a pair: in the three passes over a cloud, and when people want to know what differs."""

    FAMILY = auto()
    SURE = auto()
    EVIDENCE = auto()
    REASONS = auto()
    CHANGES = auto()


if TYPE_CHECKING:
    # Answers come in any order: bool, bool, Evidence, Evidence, Changes.
    Ask = Callable[[Question, Sequence[Key], Crowds], Iterator[tuple[Key, Any]]]


def compare_cloud(cloud: Cloud, known: Mapping[Key, PairState], ask: Ask) -> Iterator[Pair | None]:
    """Yield the pairs of a cloud that were compared anew, and None now and then while there is work.

    `known`: in which crowds pairs were compared before. First the crowds leave out families that are so whatever the
    crowd; then also what was found surely one.
    """
    pairs = cloud.pairs
    families = {pair: known[pair].family for pair in pairs if pair in known}
    for pair, family in ask(Question.FAMILY, [pair for pair in pairs if pair not in families], {}):
        families[pair] = family
        yield None
    crowds = _crowds(cloud, (pair for pair in pairs if families[pair]))
    first = _names(crowds)
    sure = {
        pair: state.sure
        for pair, state in known.items()
        if pair in families and state.first_crowds == first[pair[0]] + first[pair[1]]
    }
    # Whatever else is found out about a family, its crowds leave each other out.
    sure |= dict.fromkeys((pair for pair in pairs if families[pair]), True)
    for pair, is_sure in ask(Question.SURE, [pair for pair in pairs if pair not in sure], crowds):
        sure[pair] = is_sure
        yield None
    crowds = _crowds(cloud, (pair for pair in pairs if families[pair] or sure[pair]))
    names = _names(crowds)
    due = [
        pair
        for pair in pairs
        if pair not in known
        or known[pair].crowds != names[pair[0]] + names[pair[1]]
        or known[pair].first_crowds != first[pair[0]] + first[pair[1]]
    ]
    for (a, b), evidence in ask(Question.EVIDENCE, due, crowds):
        family = families[a, b]
        yield Pair(a, b, family, first[a] + first[b], sure[a, b], names[a] + names[b], evidence)


def crowds_around(pairs: Iterable[Key], crowds: Crowds) -> Crowds:
    """Return the crowds of the texts of some pairs."""
    return {text: crowds[text] for pair in pairs for text in pair if text in crowds}


def _crowds(cloud: Cloud, together: Iterable[Key]) -> Crowds:
    families = _families(together)
    return {text: crowd_keys(text, near, families) for text, near in cloud.neighbours.items()}


def _families(together: Iterable[Key]) -> dict[int, frozenset[int]]:
    """Return for each text all that hang together with it, itself included."""
    beside: defaultdict[int, list[int]] = defaultdict(list)
    for a, b in together:
        beside[a].append(b)
        beside[b].append(a)
    found: dict[int, frozenset[int]] = {}
    for start in beside:
        if start in found:
            continue
        family = dict.fromkeys([start])
        waiting = [start]
        for text in waiting:
            fresh = [other for other in beside[text] if other not in family]
            family.update(dict.fromkeys(fresh))
            waiting.extend(fresh)
        found.update(dict.fromkeys(family, frozenset(family)))
    return found


def _names(crowds: Crowds) -> dict[int, bytes]:
    """Name each crowd by its members and by the version of the decision, in 8 bytes."""
    return {
        text: hashlib.blake2b(
            f"{DECISION_VERSION} {sorted(crowd)}".encode(), digest_size=8
        ).digest()
        for text, crowd in crowds.items()
    }
