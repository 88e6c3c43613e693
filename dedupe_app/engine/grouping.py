"""Stage 5, second half, and 6: evidence to groups with a keeper. Computes only; the pipeline stores.

Group numbers are stable: a group that keeps most of its files keeps its number.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from dedupe_app.engine.edges import Edges
from dedupe_app.engine.meaning import Meanings
from dedupe_app.records import (
    Evidence,
    Group,
    GroupKind,
    GroupMember,
    KeeperChoice,
    Member,
    Relation,
    Role,
)
from dedupe_app.review.suggest import choose_container, choose_keeper, default_decision
from dedupe_app.sameness import find_doubtful, is_same_text, letters_of
from dedupe_app.similarity.evidence import IDENTICAL, SAME_TEXT, SAME_WORDS
from dedupe_app.similarity.groups import build_hierarchy, cut, distances, strengths
from dedupe_app.similarity.reasons import sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from dedupe_app.engine.candidates import Key
    from dedupe_app.engine.edges import Edge
    from dedupe_app.records import Document
    from dedupe_app.similarity.groups import Apart

    Compare = Callable[[int, int], Evidence]

_KINDS = {
    Relation.CONTAINED: GroupKind.CONTAINED,
    Relation.SAME_TEMPLATE: GroupKind.TEMPLATE,
    Relation.SAME_MEANING: GroupKind.MEANING,
}
_KEEPER_REASONS = {
    GroupKind.DUPLICATES: "To keep: {}.",
    GroupKind.CONTAINED: "To keep: {}.",
    GroupKind.TEMPLATE: "The others are compared with this one.",
    GroupKind.MEANING: "The others are compared with this one.",
}
_SAME = frozenset({Relation.IDENTICAL, Relation.SAME_TEXT, Relation.REVISION})


def make_groups(
    documents: Sequence[Document],
    pairs: Sequence[tuple[int, int, Relation, float]],
    protected: Collection[int],
    similarity: float,
    evidence: Compare,
    *,
    kept: Collection[int] = (),
    rejected: Collection[tuple[str, str]] = (),
    meanings: Meanings | None = None,
    ahead: Callable[[list[Key]], None] | None = None,
) -> list[Group]:
    """Group documents by what is known of their bytes, texts and pairs of texts.

    `pairs`: relation and similarity of text numbers. `protected`: file numbers. `similarity`: the cut, 0-100.
    `evidence` tells of any two texts what differs from the first to the second. `kept`: files that a person chose to
    keep. `rejected`: pairs of SHA-256 that a person said are no duplicates: they are never in one group, and what is
    most alike is joined first. `meanings`: what a model says of the texts. `ahead` is told all pairs of texts that
    `evidence` will be asked about, before. Groups come duplicates first, by path.
    """
    known = _Known(documents, evidence, meanings or Meanings())
    edges = Edges(documents, rejected)
    by_kind: dict[GroupKind, list[Edge]] = defaultdict(list)
    by_kind[GroupKind.DUPLICATES] = edges.of_files()
    for a, b, relation, alike in pairs:
        kind = _KINDS.get(relation, GroupKind.DUPLICATES)
        each = kind is not GroupKind.DUPLICATES
        by_kind[kind] += edges.of_texts(a, b, alike, each=each)
    for (a, b), twin in known.meanings.twins.items():
        by_kind[GroupKind.MEANING] += edges.of_texts(a, b, twin.similarity, each=True)
    chosen = [
        _choose(kind, files, known, protected, kept)
        for kind in GroupKind
        for files in _components(
            by_kind[kind], similarity if kind is GroupKind.DUPLICATES else 0.0, edges.apart
        )
    ]
    if ahead is not None:
        asked = (
            known.texts(file, own.keeper)
            for own in chosen
            for file in own.copies
            if known.differ(file, own.keeper)
        )
        ahead(list(dict.fromkeys(asked)))
    return [_group(own, known, protected) for own in chosen]


def number_groups(
    groups: Iterable[Group], earlier: Mapping[int, tuple[GroupKind, frozenset[int]]]
) -> list[Group]:
    """Give each group the number of the earlier group of its kind with which it shares most of the files of either."""
    owners = {(kind, file): number for number, (kind, files) in earlier.items() for file in files}
    numbered, taken = [], set()
    for group in groups:
        shared = Counter(
            owners[group.kind, member.file]
            for member in group.members
            if (group.kind, member.file) in owners
        )
        number, count = min(shared.items(), key=lambda item: (-item[1], item[0]), default=(0, 0))
        mostly = number and 2 * count > min(len(group.members), len(earlier[number][1]))
        keeps = number if mostly and number not in taken else 0
        taken.add(keeps)
        numbered.append(replace(group, number=keeps))
    return numbered


class _Known:
    """What is known of files and texts, looked up by number."""

    def __init__(self, documents: Sequence[Document], compare: Compare, meanings: Meanings) -> None:
        self.documents = {document.file: document for document in documents}
        self.meanings = meanings
        self._doubtful = find_doubtful(document.same_text for document in documents)
        self._compare = compare

    def evidence(self, file: int, keeper: int) -> Evidence:
        """Return how a file differs from the keeper."""
        own, other = self.documents[file], self.documents[keeper]
        if own.sha256 == other.sha256:
            return IDENTICAL
        texts = self.texts(file, keeper)
        if is_same_text(own.same_text, other.same_text, self._doubtful):
            return SAME_TEXT
        if not self.differ(file, keeper):
            return SAME_WORDS
        found = self._compare(*texts)
        twin = self.meanings.twin(*reversed(texts)) if found.relation is None else None
        return (
            replace(found, relation=twin.relation, similarity=twin.similarity, support=twin.support)
            if twin
            else found
        )

    def differ(self, file: int, keeper: int) -> bool:
        """Tell whether two files have texts in other words, so that only a comparison can tell how they differ."""
        own, other = self.documents[file], self.documents[keeper]
        return (
            own.sha256 != other.sha256
            and letters_of(own.same_text) != letters_of(other.same_text)
            and own.text != other.text
        )

    def texts(self, file: int, keeper: int) -> Key:
        """Return the texts of two files as they are compared."""
        own, other = self.documents[file], self.documents[keeper]
        if own.text is None or other.text is None:
            raise LookupError(f"files {file} and {keeper} have no bytes and no text in common")
        return other.text, own.text

    def meaning(self, file: int, keeper: int) -> float | None:
        """Return how near the meaning of a file is to the keeper's, None where no model says so."""
        own, other = self.documents[file].text, self.documents[keeper].text
        return None if own is None or other is None else self.meanings.cosine(own, other)


def _components(edges: Sequence[Edge], least: float, apart: Apart) -> list[list[tuple[int, float]]]:
    """Return the files of each group with their membership strength."""
    edges = [edge for edge in edges if edge[2] >= least]
    if not edges:
        return []
    a, b, similarity = (np.array(column) for column in zip(*edges, strict=True))
    hierarchy = build_hierarchy(
        a.astype(np.int64), b.astype(np.int64), distances(similarity), apart
    )
    labels = cut(hierarchy, least)
    strength = strengths(hierarchy, labels)
    groups: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for node, label, firmly in zip(
        hierarchy.nodes.tolist(), labels.tolist(), strength.tolist(), strict=True
    ):
        if label >= 0:
            groups[label].append((node, firmly))
    return list(groups.values())


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The files of a group: the keeper and why, the others by path, and how firmly each belongs."""

    kind: GroupKind
    keeper: int
    reason: str
    copies: tuple[int, ...]
    strength: dict[int, float]


def _choose(
    kind: GroupKind,
    files: Sequence[tuple[int, float]],
    known: _Known,
    protected: Collection[int],
    kept: Collection[int],
) -> _Chosen:
    strength = dict(files)
    members = [_member(known.documents[file], file in protected) for file in strength]
    chosen = {known.documents[file].path for file in strength if file in kept}
    choice = _choose_keeper(kind, members, chosen)
    by_path = {known.documents[file].path: file for file in strength}
    keeper = by_path[choice.member.path]
    copies = tuple(by_path[path] for path in sorted(by_path) if by_path[path] != keeper)
    return _Chosen(kind, keeper, choice.reason, copies, strength)


def _group(own: _Chosen, known: _Known, protected: Collection[int]) -> Group:
    kind, keeper, strength = own.kind, own.keeper, own.strength
    role = Role.PROTECTED if keeper in protected else Role.KEEPER
    first = GroupMember(
        keeper,
        role,
        default_decision(None, role),
        None,
        None,
        strength[keeper],
        _KEEPER_REASONS[kind].format(own.reason),
    )
    rest = [
        _copy(kind, file, keeper, strength[file], known, file in protected) for file in own.copies
    ]
    similar = [member.evidence.similarity for member in rest if member.evidence]
    return Group(
        kind,
        (first, *rest),
        sum(known.documents[file].size_bytes for file in own.copies if file not in protected)
        if kind is GroupKind.DUPLICATES
        else 0,
        min(similar, default=100.0),
    )


def _choose_keeper(
    kind: GroupKind, members: Sequence[Member], chosen: Collection[Path]
) -> KeeperChoice:
    """Choose the keeper by the rules, or among those that a person chose; a protected file goes before these."""
    if kind is GroupKind.CONTAINED:
        return choose_container(members)
    left = [member for member in members if member.protected] or members
    mine = [member for member in left if member.path in chosen]
    if not mine:
        return choose_keeper(members)
    return KeeperChoice(choose_keeper(mine).member, "you chose it")


def _copy(
    kind: GroupKind, file: int, keeper: int, strength: float, known: _Known, protected: bool
) -> GroupMember:
    evidence = known.evidence(file, keeper)
    relation, direct = evidence.relation, True
    if kind is GroupKind.DUPLICATES and relation not in _SAME:
        relation, direct = Relation.REVISION, False
    elif relation is None:
        relation, direct = next(own for own, of in _KINDS.items() if of is kind), False
    role = Role.PROTECTED if protected else Role.COPY
    reason = sentence(relation, evidence, direct=direct)
    # Only in groups of duplicates is anything marked: the keepers of other kinds may be copies themselves.
    marked = relation if kind is GroupKind.DUPLICATES else None
    decision = default_decision(marked, role)
    meaning = known.meaning(file, keeper)
    return GroupMember(file, role, decision, relation, evidence, strength, reason, meaning)


def _member(document: Document, protected: bool) -> Member:
    return Member(
        document.path,
        document.size_bytes,
        document.mtime_ns,
        document.format,
        document.words,
        document.sha256,
        protected,
    )
