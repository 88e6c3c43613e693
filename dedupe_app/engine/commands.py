"""Who does which command: a table from its type to the generator that does it. Add a command by adding a line.

Such a generator takes the library, the desk and the command, yields progress and events, and returns what a scan found
or None. It is closed when the command is given up. Heavy modules are imported within it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dedupe_app.engine import (
    acting,
    looking_up,
    mapping,
    messages,
    model_messages,
    modelling,
    scanning,
    search_messages,
)

if TYPE_CHECKING:
    from collections.abc import Callable

HANDLERS: dict[type[messages.Command], Callable[[Any, Any, Any], scanning.Steps]] = {
    messages.Scan: scanning.run_scan,
    messages.Regroup: scanning.run_regroup,
    messages.ReadAgain: scanning.run_read_again,
    messages.FoldersChanged: scanning.run_folders_changed,
    messages.Configure: scanning.run_configure,
    model_messages.DownloadModel: modelling.run_download,
    model_messages.CheckModel: modelling.run_check,
    model_messages.EmbedAgain: modelling.run_embed_again,
    messages.Act: acting.run_act,
    messages.UndoAction: acting.run_undo,
    messages.Settle: acting.run_settle,
    messages.MakeMap: mapping.run_make_map,
    search_messages.Search: looking_up.run_search,
    search_messages.SimilarTo: looking_up.run_similar_to,
    search_messages.PrepareSearch: looking_up.run_prepare_search,
}
