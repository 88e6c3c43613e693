"""What can be done with the files that are chosen on the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMenu

if TYPE_CHECKING:
    from dedupe_app.ui.map_view import MapView


def map_menu(view: MapView) -> QMenu:
    """Return the menu for the chosen files, or the current one."""
    translate = QCoreApplication.translate
    menu = QMenu(view)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.addAction(translate("MapMenu", "Show these in Groups"), view.show_groups)
    menu.addAction(translate("MapMenu", "Mark copies to remove"), view.mark_copies)
    menu.addAction(translate("MapMenu", "Export\u2026"), view.export_chosen)
    menu.addSeparator()
    if len(view.canvas.chosen):
        menu.addAction(translate("MapMenu", "Look at the selection"), view.canvas.fit_chosen)
    menu.addAction(translate("MapMenu", "Show the whole map"), view.canvas.fit)
    if view.canvas.current >= 0:
        menu.addSeparator()
        menu.addAction(translate("MapMenu", "Open"), view.open_current)
        menu.addAction(translate("MapMenu", "Reveal in file manager"), view.reveal_current)
    return menu
