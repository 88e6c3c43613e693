"""What narrows the list of groups: leads to its fields, takes it all away, and finds a file that was just saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from dedupe_app.records import Show

if TYPE_CHECKING:
    from dedupe_app.engine.messages import NearCopy
    from dedupe_app.ui.near_copy_card import NearCopyCard
    from dedupe_app.ui.notices import Banner
    from dedupe_app.ui.sources_panel import SourcesPanel
    from dedupe_app.ui.top_bar import TopBar
    from dedupe_app.ui.views import Views


class Filters(QObject):
    """Works the fields that narrow the list, as if a person did."""

    def __init__(
        self,
        views: Views,
        top: TopBar,
        side: SourcesPanel,
        said: tuple[Banner | NearCopyCard, ...],
    ) -> None:
        """Work these parts; `said`: what the window said by itself, which goes first."""
        super().__init__(views)
        self._views = views
        self._top = top
        self._side = side
        self._said = said
        views.all_wanted.connect(self.show_all)

    @Slot()
    def focus_field(self) -> None:
        """Go to the field of the view that is shown, or to that of the bar at the top."""
        field = self._views.own_field() or self._top.field()
        field.setFocus()
        field.selectAll()

    @Slot()
    def escape(self) -> None:
        """Close what the window said by itself; else show everything again, one step after the other."""
        closed = [each.close_message() for each in self._said]
        if any(closed):
            return
        if self._top.words():
            self._top.filter_by("")
        elif self._views.query().files:
            self._views.show_all_files()
        else:
            self._side.choose_folder(None)

    @Slot()
    def show_all(self) -> None:
        """Show the groups of all folders, words and files again."""
        self._clear()
        self._views.setFocus()

    @Slot(object)
    def show_near(self, near: NearCopy) -> None:
        """Show a file that was just saved beside what it is a near-copy of."""
        self._clear()
        self._side.choose_show(Show.ALL)
        self._top.filter_by(near.path.name)
        self._views.show_first()
        self._views.groups.choose_pair(near.path, near.other)

    def _clear(self) -> None:
        self._views.show_all_files()
        self._top.filter_by("")
        self._side.choose_folder(None)
