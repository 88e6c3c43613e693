"""What the pipeline knows of the chosen model: its space, what is missing there, and what went wrong. Light by itself.

Without a model nothing is asked and nothing imported; with one whose vectors are all there, no model is loaded.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from dedupe_app.errors import EmbedderUnavailableError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from dedupe_app.engine.scan_messages import Progress, ScanFinished, ScanOptions
    from dedupe_app.records import Evidence, Space
    from dedupe_app.store.library import Library

logger = logging.getLogger(__name__)

LEXICAL = "lexical"
# Raised whenever the rules for texts of the same meaning change, so that groups are made anew.
MEANING_VERSION = 2


@dataclass(frozen=True, slots=True)
class ModelState:
    """How it is with the chosen model. `space`: None without a model, or when it never worked on this library.

    `problem`: why texts are missing; the scan goes on without them, and says so at its end. `name` changes whenever
    groups may be others because of the model.
    """

    space: Space | None = None
    problem: EmbedderUnavailableError | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Meanings:
    """What a model says of the texts in scope. `twins`: pairs of texts that mean the same, with what speaks for it.

    `cosine` tells of two texts how near they are in the space, None when one has no vector.
    """

    twins: dict[tuple[int, int], Evidence] = field(default_factory=dict)
    cosine: Callable[[int, int], float | None] = lambda _a, _b: None

    def twin(self, a: int, b: int) -> Evidence | None:
        """Return what speaks for two texts of the same meaning, None if they are none."""
        return self.twins.get((a, b)) or self.twins.get((b, a))


def check_embedder(options: ScanOptions) -> None:
    """Refuse an embedder that cannot be opened, before any work is done; the scan itself goes on without it.

    Raises:
        UsageError: its options make no sense.
        EmbedderUnavailableError: there is none of this name, or it is not downloaded.
    """
    if options.embedder != LEXICAL:
        from dedupe_app.embed.spaces import describe

        describe(options.embedder, options.model)


def embed_missing(library: Library, options: ScanOptions) -> Generator[Progress, None, ModelState]:
    """Embed the texts in scope that the chosen model has not seen yet, and return how it is with it."""
    state = model_state(library, options)
    if options.embedder == LEXICAL or state.problem is not None:
        return state
    from dedupe_app.store.spaces import texts_to_embed

    if state.space is not None and not texts_to_embed(library, state.space.number):
        return state
    from dedupe_app.engine.embedding import embed_texts

    problem = None
    try:
        yield from embed_texts(library, options)
    except EmbedderUnavailableError as error:
        logger.warning("Embedding broke off: %s", error)
        problem = error
    return replace(model_state(library, options), problem=problem)


def model_state(library: Library, options: ScanOptions) -> ModelState:
    """Return how it is with the chosen model, loading nothing."""
    if options.embedder == LEXICAL:
        return ModelState()
    from dedupe_app.embed.spaces import describe
    from dedupe_app.store.spaces import count_vectors, find_space

    try:
        space = find_space(library, describe(options.embedder, options.model).key)
    except EmbedderUnavailableError as error:
        return ModelState(problem=error)
    if space is None:
        return ModelState()
    count = count_vectors(library, space.number)
    return ModelState(space, None, f" {MEANING_VERSION} {space.name} {count}" if count else "")


def with_model(library: Library, summary: ScanFinished, state: ModelState) -> ScanFinished:
    """Add to the summary of a scan what the model could not do."""
    told = None if state.problem is None else (state.problem.title, state.problem.hint)
    if state.space is None:
        return replace(summary, model_problem=told)
    from dedupe_app.store.spaces import failed_files

    failed = [
        (path, f"Not compared by meaning: {reason}")
        for path, reason in failed_files(library, state.space.number)
    ]
    return replace(summary, partly=(*summary.partly, *failed), model_problem=told)


def demand_model(summary: ScanFinished) -> None:
    """Report a model that could not be used.

    Raises:
        EmbedderUnavailableError: it could not; all else was done.
    """
    if summary.model_problem is not None:
        raise EmbedderUnavailableError(*summary.model_problem)


def embedder_name(options: ScanOptions) -> str:
    """Return the chosen embedder as it may be shown: without passwords."""
    if options.embedder == LEXICAL:
        return LEXICAL
    from dedupe_app.embed.spaces import describe

    return describe(options.embedder, options.model).embedder
