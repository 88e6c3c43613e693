"""The work of one process of the crew: reads a file, or compares texts. Writes nothing."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dedupe_app.engine.crew import Clouds, Questions
from dedupe_app.engine.kept_texts import KeptTexts
from dedupe_app.engine.preparing import read_content
from dedupe_app.records import Changes, Evidence, Pair, ReadText
from dedupe_app.text.reader import pass_quickly

if TYPE_CHECKING:
    from dedupe_app.engine.shelf import Shelf
    from dedupe_app.records import Skipped
    from dedupe_app.settings import ReadLimits
    from dedupe_app.store.library import Library


class Chores:
    """Does one job after another; keeps the library open, and what it knows of texts, from job to job."""

    def __init__(self, limits: ReadLimits) -> None:
        """Keep the limits for files."""
        pass_quickly(Changes, Evidence, Pair, ReadText)
        self._limits = limits
        self._open: tuple[Library, Shelf] | None = None
        self._kept = KeptTexts()

    def share(self, descriptor: int) -> None:
        """Keep texts where all processes of the crew find them, before the first job."""
        self._kept = KeptTexts(shared=descriptor)

    def __call__(
        self, job: Path | Clouds | Questions
    ) -> ReadText | Skipped | list[Pair] | list[Any]:
        """Do one job."""
        if isinstance(job, Path):
            return read_content(job, self._limits, self._kept.keep)
        # Imported here: most processes read for a while before, and some never compare.
        from dedupe_app.engine.answering import answer
        from dedupe_app.engine.cloud import compare_cloud
        from dedupe_app.store.results import load_pair_states

        library, shelf = self._shelf(job.library)
        if isinstance(job, Questions):
            return [found for _, found in answer(shelf, job.question, job.pairs, job.crowds)]
        pairs: list[Pair] = []
        for cloud in job.clouds:
            known = load_pair_states(library, cloud.neighbours)
            found = compare_cloud(cloud, known, partial(answer, shelf))
            pairs += [pair for pair in found if pair is not None]
        return pairs

    def _shelf(self, path: Path) -> tuple[Library, Shelf]:
        if self._open is None or self._open[0].path != path:
            from dedupe_app.engine.shelf import Shelf
            from dedupe_app.store.library import open_again

            _lift_memory_limit()
            library = open_again(path)
            self._open = library, Shelf(library, self._kept)
        return self._open


def _lift_memory_limit() -> None:
    """Allow what was allowed before files were read: they cost what they like, the texts on a shelf do not."""
    if sys.platform == "linux":
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
