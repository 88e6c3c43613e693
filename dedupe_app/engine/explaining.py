"""What differs from one text to another, for the members of groups: as stored, or else compared now."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from dedupe_app.engine.answering import answer
from dedupe_app.engine.cloud import Question, crowds_around
from dedupe_app.engine.comparing import ask_crew
from dedupe_app.engine.shelf import Shelf
from dedupe_app.records import Changes, Relation
from dedupe_app.similarity.reasons import flipped
from dedupe_app.store import results

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dedupe_app.engine.candidates import Cloud, Key
    from dedupe_app.engine.cloud import Ask
    from dedupe_app.engine.crew import Crew
    from dedupe_app.records import Evidence
    from dedupe_app.store.library import Library

# Fewer than this are compared here before the processes of a crew have answered.
_WORTH_ASKING = 64


def make_comparer(library: Library, clouds: Sequence[Cloud]) -> Callable[[int, int], Evidence]:
    """Return a function that tells what differs from one text to another.

    Texts that were not candidates of each other are compared with their neighbours as crowds.
    """
    explain = partial(_Explainer(library, clouds).explain, ask=partial(answer, Shelf(library)))
    return lambda a, b: explain([(a, b)])[a, b]


def explain_pairs(
    library: Library, clouds: Sequence[Cloud], pairs: Sequence[Key], crew: Crew | None
) -> dict[Key, Evidence]:
    """Tell what differs from the first to the second text of many pairs, with the processes of a crew."""
    if not pairs:
        return {}
    ask: Ask = partial(answer, Shelf(library))
    if crew is not None and len(crew) > 1 and len(pairs) >= _WORTH_ASKING:
        ask = partial(ask_crew, library, crew)
    return _Explainer(library, clouds).explain(pairs, ask)


class _Explainer:
    """What was compared before, and how the rest is."""

    def __init__(self, library: Library, clouds: Sequence[Cloud]) -> None:
        self._library = library
        self._candidates = {pair for cloud in clouds for pair in cloud.pairs}
        self._neighbours = {
            text: near for cloud in clouds for text, near in cloud.neighbours.items()
        }

    def explain(self, pairs: Sequence[Key], ask: Ask) -> dict[Key, Evidence]:
        stored = {pair: self._stored(*pair) for pair in pairs}
        found = {pair: evidence for pair, evidence in stored.items() if evidence}
        # Too unlike to be aligned for the decision; people still want to know what differs.
        bare = [pair for pair, evidence in found.items() if _says_nothing(evidence)]
        for pair, changes in ask(Question.CHANGES, bare, {}):
            found[pair] = replace(found[pair], changes=changes)
        others = [pair for pair, evidence in stored.items() if evidence is None]
        found |= ask(Question.REASONS, others, crowds_around(others, self._neighbours))
        return found

    def _stored(self, a: int, b: int) -> Evidence | None:
        if (a, b) in self._candidates:
            return results.find_evidence(self._library, a, b)
        if (b, a) in self._candidates:
            found = results.find_evidence(self._library, b, a)
            return replace(found, changes=flipped(found.changes))
        return None


def _says_nothing(evidence: Evidence) -> bool:
    return evidence.relation is Relation.SAME_TEMPLATE and evidence.changes == Changes()
