"""`dedupe-app export`: the groups of the latest scan, from the library alone."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from dedupe_app.cli_output import write_rows
from dedupe_app.records import GroupKind
from dedupe_app.store.database import open_for_reading
from dedupe_app.store.results import latest_scope

if TYPE_CHECKING:
    from collections.abc import Iterable


def run_export(
    library_path: Path, kinds: Iterable[str], csv_target: Path | None, json_target: Path | None
) -> None:
    """Write the stored groups of the folders that were scanned last."""
    wanted = {GroupKind(kind) for kind in kinds}
    if csv_target is None and json_target is None:
        csv_target = Path("-")
    with closing(open_for_reading(library_path)) as library:
        scope = latest_scope(library)
        write_rows(library, scope, wanted, csv_target=csv_target, json_target=json_target)
