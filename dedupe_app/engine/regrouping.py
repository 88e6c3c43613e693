"""Stages 5 and 6 together: neighbours, evidence, groups, and what people said of them. Stores groups that are others.

What was found out is remembered, so that another cut, or another decision, costs little.
"""

from __future__ import annotations

import hashlib
import os
from datetime import UTC, datetime
from functools import cache, partial
from typing import TYPE_CHECKING

from dedupe_app.engine.affected import find_affected, renewed, renewed_texts
from dedupe_app.engine.memory import Compared, Made, Memory, Seen
from dedupe_app.engine.scan_messages import Progress
from dedupe_app.intake.scan import below_any
from dedupe_app.similarity import DECISION_VERSION
from dedupe_app.store import alterations, decisions, documents, folders, membership, results

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Generator, Iterable, Sequence

    from dedupe_app.engine.candidates import Cloud, Key
    from dedupe_app.engine.crew import Crew
    from dedupe_app.engine.meaning import Meanings, ModelState
    from dedupe_app.engine.scan_messages import ScanOptions
    from dedupe_app.records import Document, Evidence, Group, Relation
    from dedupe_app.store.library import Library

# Raised whenever the grouping or the keep rules change, so that stored groups are made anew.
GROUPING_VERSION = 2
# About 1 kB each.
_MOST_EVIDENCE = 100_000
_MOST_DOCUMENTS = 200_000
_EARLY = " early"
# With more altered documents than one in this many, all are read anew.
_ALTERED_SHARE = 8
_MODULUS = 2**256


def look(library: Library, options: ScanOptions, memory: Memory) -> Seen:
    """Return the documents in scope as they stand in the library now; read anew is only what this connection wrote."""
    seen = _renewed(library, options, memory)
    if seen is None:
        memory.seen = memory.made = None  # from what the groups were made, is not known any more
        alterations.note_alterations(library)
        found = documents.documents(library)
        seen = Seen(options.folders, found, _total(found) % _MODULUS)
        remember(library, memory, seen)
        return seen
    # In this order: whoever cancels in between finds the same alterations once more, rather than none.
    remember(library, memory, seen)
    alterations.note_alterations(library)
    return seen


def _renewed(library: Library, options: ScanOptions, memory: Memory) -> Seen | None:
    """Bring the documents that are remembered up to date; None if there are none, or others wrote files."""
    before = memory.seen
    if before is None or before.folders != options.folders:
        return None
    altered = alterations.altered_files(library)
    if len(altered) * _ALTERED_SHARE > len(before.documents):
        return None
    new = documents.documents(library, altered)
    found, gone = renewed(before.documents, altered, new)
    if alterations.scope_sums(library) != _sums(found):
        return None
    memory.altered |= altered
    total = before.total + _total(new) - _total(gone)
    return Seen(options.folders, found, total % _MODULUS)


def remember(library: Library, memory: Memory, seen: Seen) -> None:
    """Remember documents until this connection writes again: nobody else writes what they are made of."""
    memory.seen = seen if len(seen.documents) <= _MOST_DOCUMENTS else None
    memory.writes = membership.writes(library)


def recall(library: Library, options: ScanOptions, memory: Memory) -> Seen | None:
    """Return the documents that are remembered for these folders, None if there are none or they may be others now."""
    if memory.seen is None or memory.seen.folders != options.folders:
        return None
    return memory.seen if memory.writes == membership.writes(library) else None


def regroup(
    library: Library,
    options: ScanOptions,
    memory: Memory,
    seen: Seen,
    model: ModelState,
    stop: Callable[[str], None] = lambda _stage: None,
    crew: Crew | None = None,
    *,
    early: bool = False,
) -> Generator[Progress, None, bool]:
    """Store the groups of the documents in scope, unless the stored ones are those already; return whether it did.

    `stop` is told of the end of a stage. `crew`: the processes that take a share of the work. `early`: at once, with
    the pairs that are remembered or stored; the next scan makes the groups anew.
    """
    version = alterations.foreign_version(library)
    kept, rejected = decisions.kept_files(library), decisions.rejections(library)
    signature = _signature(seen, options, kept, rejected) + model.name + (_EARLY if early else "")
    if results.scope_signature(library, options.scope) == signature:
        results.touch_scope(library, options.scope, _now())
        return False
    from dedupe_app.engine.grouping import number_groups

    if early:
        compared = memory.compared or _stored(library, memory)
    else:
        compared = yield from _compare(library, options, memory, seen, stop, crew)
    meanings = yield from _meanings(library, model, compared, memory)
    yield Progress("groups", 0, None)
    own = (options.scope, options.protected, options.similarity, kept, rejected)
    terms = (*own, folders.protected_folders(library), model.name)
    made = Made(terms, version, seen.documents, compared.clouds)
    part = None if early or meanings is not None else _part(memory, made)
    chosen = _chosen(made, part)
    groups = _make(library, options, compared, chosen, own[-2:], meanings, crew)
    earlier = results.group_files(library, options.scope, part)
    numbered = number_groups(groups, earlier)
    instead_of = None if part is None else earlier.keys()
    contents = {document.file: document.sha256 for document in chosen[0]}
    memory.made = None
    results.save_groups(
        *(library, options.scope, signature, _now(), numbered, contents), instead_of=instead_of
    )
    memory.altered = set()
    memory.made = None if early or memory.seen is None else made
    return True


def _make(
    library: Library,
    options: ScanOptions,
    compared: Compared,
    chosen: tuple[Sequence[Document], Sequence[Cloud]],
    said: tuple[Collection[int], Collection[tuple[str, str]]],
    meanings: Meanings | None,
    crew: Crew | None,
) -> list[Group]:
    """Make the groups of the chosen documents, whose texts are in the chosen clouds; `said`: kept and rejected."""
    from dedupe_app.engine.explaining import explain_pairs, make_comparer
    from dedupe_app.engine.grouping import make_groups

    found, clouds = chosen
    texts = {document.text for document in found}
    related = [row for row in compared.related if row[0] in texts]
    is_protected = below_any(options.protected)
    protected = {document.file for document in found if is_protected(document.path)}
    comparer = _remembering(partial(make_comparer, library, clouds), compared.evidence)

    def explain_ahead(pairs: list[Key]) -> None:
        new = [pair for pair in pairs if pair not in compared.evidence][:_MOST_EVIDENCE]
        compared.evidence |= explain_pairs(library, clouds, new, crew)

    return make_groups(
        *(found, related, protected, options.similarity, comparer),
        kept=said[0],
        rejected=said[1],
        meanings=meanings,
        ahead=explain_ahead,
    )


def _chosen(made: Made, part: set[int] | None) -> tuple[list[Document], tuple[Cloud, ...]]:
    """Return the documents that are grouped again, and the clouds of their texts."""
    if part is None:
        return made.documents, made.clouds
    found = [document for document in made.documents if document.file in part]
    texts = {document.text for document in found}
    clouds = tuple(cloud for cloud in made.clouds if not texts.isdisjoint(cloud.neighbours))
    return found, clouds


def _part(memory: Memory, now: Made) -> set[int] | None:
    """Return the files whose groups may be others than the stored ones, None if it may be any."""
    before = memory.made
    if before is None or (before.terms, before.version) != (now.terms, now.version):
        return None
    return find_affected(before.documents, now.documents, memory.altered, before.clouds, now.clouds)


def _stored(library: Library, memory: Memory) -> Compared:
    """Return what the library knows of pairs: a few may be no candidates of each other any more."""
    if memory.stored is None:
        from dedupe_app.engine.candidates import Cloud

        texts = {text for text, _ in documents.texts_in_scope(library)}
        related = [row for row in results.related_pairs(library) if texts.issuperset(row[:2])]
        cloud = Cloud(dict.fromkeys(texts, ()), tuple((a, b) for a, b, _, _ in related))
        memory.stored = Compared([], (cloud,), related)
    return memory.stored


def _compare(
    library: Library,
    options: ScanOptions,
    memory: Memory,
    seen: Seen,
    stop: Callable[[str], None],
    crew: Crew | None,
) -> Generator[Progress, None, Compared]:
    """Find the neighbours of the texts in scope and compare the pairs, unless that was just done."""
    texts = _texts(library, memory, seen)
    if memory.compared is not None and memory.compared.texts == texts:
        return memory.compared
    from dedupe_app.engine.candidates import CandidateFinder, find_candidates
    from dedupe_app.engine.comparing import compare_pairs

    yield Progress("neighbours", 0, None)
    if memory.is_lasting and memory.finder is None:
        memory.finder = CandidateFinder()
    clouds = find_candidates(library, memory.finder, texts)
    stop("neighbours")
    before = memory.compared.clouds if memory.compared else ()
    yield from compare_pairs(library, clouds, options.processes, crew, before)
    stop("evidence")
    compared = Compared(texts, clouds, _related(library, memory.compared, texts, clouds))
    if memory.compared is not None:
        compared.evidence |= _still_true(memory.compared, clouds)
    memory.compared, memory.stored = compared, None
    return compared


def _texts(library: Library, memory: Memory, seen: Seen) -> list[tuple[int, str]]:
    """Return number and hash of each text in scope, ordered by hash."""
    if memory.compared is None:
        return documents.texts_in_scope(library)
    wanted = {each.text for each in seen.documents if each.text is not None}
    new = wanted.difference(text for text, _ in memory.compared.texts)
    return renewed_texts(memory.compared.texts, wanted, documents.text_hashes(library, new))


def _related(
    library: Library,
    before: Compared | None,
    texts: Sequence[tuple[int, str]],
    clouds: Sequence[Cloud],
) -> list[tuple[int, int, Relation, float]]:
    """Return the candidate pairs that have a relation, ordered by the hashes of their texts."""
    same = {id(cloud) for cloud in before.clouds} if before else set()
    other = [cloud for cloud in clouds if id(cloud) not in same]
    pairs = {pair for cloud in other for pair in cloud.pairs}
    if before is None or len(other) == len(clouds):
        return [row for row in results.related_pairs(library) if row[:2] in pairs]
    old = {text for cloud in clouds if id(cloud) in same for text in cloud.neighbours}
    found = [row for row in before.related if row[0] in old]
    fresh = results.related_pairs(library, {a for a, _ in pairs})
    found += [row for row in fresh if row[:2] in pairs]
    places = {text: place for place, (text, _) in enumerate(texts)}
    return sorted(found, key=lambda row: (places[row[0]], places[row[1]]))


def _still_true(before: Compared, clouds: Collection[Cloud]) -> dict[Key, Evidence]:
    """Return what was looked up of the texts in clouds that are as they were."""
    same = {id(cloud) for cloud in before.clouds}
    texts = {text for cloud in clouds if id(cloud) in same for text in cloud.neighbours}
    return {pair: found for pair, found in before.evidence.items() if texts.issuperset(pair)}


def _meanings(
    library: Library, model: ModelState, compared: Compared, memory: Memory
) -> Generator[Progress, None, Meanings | None]:
    """Find out what the model says of the texts, unless that was just done."""
    if model.space is None or not model.name:
        return None
    if compared.meanings is None or compared.meant != model.name:
        from dedupe_app.engine.near_texts import NearFinder
        from dedupe_app.engine.same_meaning import find_meanings

        if memory.is_lasting and memory.near is None:
            memory.near = NearFinder()
        related = [(a, b) for a, b, _, _ in compared.related]
        compared.meanings = yield from find_meanings(library, model.space, related, memory.near)
        compared.meant = model.name
    return compared.meanings


def _remembering(
    make: Callable[[], Callable[[int, int], Evidence]], known: dict[Key, Evidence]
) -> Callable[[int, int], Evidence]:
    """Return a comparer that looks into what is `known` first, and is made when that is not enough."""
    comparer = cache(make)

    def compare(a: int, b: int) -> Evidence:
        found = known.get((a, b)) or comparer()(a, b)
        if len(known) < _MOST_EVIDENCE:
            known[a, b] = found
        return found

    return compare


def _now() -> str:
    return datetime.now(UTC).isoformat()


def _signature(
    seen: Seen,
    options: ScanOptions,
    kept: Collection[int],
    rejected: Collection[tuple[str, str]],
) -> str:
    """Name all that the groups depend on."""
    digest = hashlib.sha256(f"{DECISION_VERSION} {GROUPING_VERSION} {options.similarity}".encode())
    for folder in sorted(options.protected):
        digest.update(b"\0protected " + os.fsencode(folder))
    digest.update(f"\0kept {sorted(kept)} rejected {sorted(rejected)} {seen.total:064x}".encode())
    return digest.hexdigest()


def _total(found: Iterable[Document]) -> int:
    """Sum up hashes of all that the groups depend on in some documents, so that one can be taken out again."""
    return sum(
        int.from_bytes(
            hashlib.sha256(
                os.fsencode(document.path)
                + f"\0{document.sha256} {document.mtime_ns} {document.same_text} ".encode()
                + f"{document.text} {document.reason}\0".encode()
            ).digest()
        )
        for document in found
    )


def _sums(found: Collection[Document]) -> tuple[int, int]:
    return len(found), sum(document.file for document in found)
