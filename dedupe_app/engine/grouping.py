"""Stage 5, second half, and 6: evidence to groups with a keeper. Computes only; the pipeline stores.

Group numbers are stable: a group that keeps most of its files keeps its number.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from dedupe_app.records import (
    Evidence,
    Group,
    GroupKind,
    GroupMember,
    Member,
    Relation,
    Role,
    SkipReason,
)
from dedupe_app.review.suggest import choose_container, choose_keeper, default_decision
from dedupe_app.similarity.evidence import IDENTICAL, SAME_TEXT, SAME_WORDS
from dedupe_app.similarity.groups import build_hierarchy, cut, distances, strengths
from dedupe_app.similarity.reasons import sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from dedupe_app.records import Document

    Compare = Callable[[int, int], Evidence]

_KINDS = {Relation.CONTAINED: GroupKind.CONTAINED, Relation.SAME_TEMPLATE: GroupKind.TEMPLATE}
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
) -> list[Group]:
    """Group documents by what is known of their bytes, texts and pairs of texts.

    `pairs`: relation and similarity of text numbers. `protected`: file numbers. `similarity`: the cut, 0-100.
    `evidence` tells of any two texts what differs from the first to the second. Groups come duplicates first, by path.
    """
    known = _Known(documents, evidence)
    by_kind: dict[GroupKind, list[tuple[int, int, float]]] = defaultdict(list)
    by_kind[GroupKind.DUPLICATES] = list(_same_edges(documents))
    for a, b, relation, alike in pairs:
        kind = _KINDS.get(relation, GroupKind.DUPLICATES)
        each = kind is not GroupKind.DUPLICATES
        by_kind[kind] += known.file_edges(a, b, alike, each=each)
    return [
        _group(kind, files, known, protected)
        for kind in (GroupKind.DUPLICATES, GroupKind.CONTAINED, GroupKind.TEMPLATE)
        for files in _components(by_kind[kind], similarity if kind is GroupKind.DUPLICATES else 0.0)
    ]


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

    def __init__(self, documents: Sequence[Document], compare: Compare) -> None:
        self.documents = {document.file: document for document in documents}
        self.files: dict[int, list[int]] = defaultdict(list)
        for document in documents:
            if document.text is not None:
                self.files[document.text].append(document.file)
        self._compare = compare

    def file_edges(
        self, a: int, b: int, similarity: float, *, each: bool
    ) -> list[tuple[int, int, float]]:
        """Return the edges between the files of two texts: all of them, or one that stands for all."""
        first, second = self.files[a], self.files[b]
        if not each:
            return [(first[0], second[0], similarity)]
        return [(first[0], file, similarity) for file in second] + [
            (file, second[0], similarity) for file in first[1:]
        ]

    def evidence(self, file: int, keeper: int) -> Evidence:
        """Return how a file differs from the keeper."""
        own, other = self.documents[file], self.documents[keeper]
        if own.sha256 == other.sha256:
            return IDENTICAL
        if own.text is None or other.text is None:
            raise LookupError(f"files {file} and {keeper} have neither bytes nor text in common")
        if own.same_text == other.same_text:
            return SAME_TEXT
        if own.text == other.text:
            return SAME_WORDS
        return self._compare(other.text, own.text)


def _same_edges(documents: Sequence[Document]) -> Iterable[tuple[int, int, float]]:
    """Yield edges between files of equal bytes, equal letters or equal words: a star around the first of each."""
    first: dict[tuple[str, str | int], int] = {}
    for document in documents:
        if not document.sha256 or document.reason is SkipReason.EMPTY:
            continue
        names: list[tuple[str, str | int]] = [("bytes", document.sha256)]
        if document.text is not None:
            names += [("letters", document.same_text), ("words", document.text)]
        for name in names:
            other = first.setdefault(name, document.file)
            if other != document.file:
                yield other, document.file, 100.0


def _components(
    edges: Sequence[tuple[int, int, float]], least: float
) -> list[list[tuple[int, float]]]:
    """Return the files of each group with their membership strength."""
    edges = [edge for edge in edges if edge[2] >= least]
    if not edges:
        return []
    a, b, similarity = (np.array(column) for column in zip(*edges, strict=True))
    hierarchy = build_hierarchy(a.astype(np.int64), b.astype(np.int64), distances(similarity))
    labels = cut(hierarchy, least)
    strength = strengths(hierarchy, labels)
    groups: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for node, label, firmly in zip(
        hierarchy.nodes.tolist(), labels.tolist(), strength.tolist(), strict=True
    ):
        if label >= 0:
            groups[label].append((node, firmly))
    return list(groups.values())


def _group(
    kind: GroupKind, files: Sequence[tuple[int, float]], known: _Known, protected: Collection[int]
) -> Group:
    strength = dict(files)
    members = [_member(known.documents[file], file in protected) for file in strength]
    choose = choose_container if kind is GroupKind.CONTAINED else choose_keeper
    choice = choose(members)
    by_path = {known.documents[file].path: file for file in strength}
    keeper = by_path[choice.member.path]
    copies = [by_path[path] for path in sorted(by_path) if by_path[path] != keeper]
    role = Role.PROTECTED if keeper in protected else Role.KEEPER
    first = GroupMember(
        keeper,
        role,
        default_decision(None, role),
        None,
        None,
        strength[keeper],
        _KEEPER_REASONS[kind].format(choice.reason),
    )
    rest = [_copy(kind, file, keeper, strength[file], known, file in protected) for file in copies]
    similar = [member.evidence.similarity for member in rest if member.evidence]
    return Group(
        kind,
        (first, *rest),
        sum(known.documents[file].size_bytes for file in copies if file not in protected)
        if kind is GroupKind.DUPLICATES
        else 0,
        min(similar, default=100.0),
    )


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
    return GroupMember(file, role, decision, relation, evidence, strength, reason)


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
