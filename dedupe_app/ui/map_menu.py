"""What is said below the map, and what can be done with the files that are chosen on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMenu

from dedupe_app.records import Detail
from dedupe_app.ui.formats import count_text

if TYPE_CHECKING:
    from dedupe_app.ui.map_scene import Scene
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


def hint_text(scene: Scene, chosen: int) -> str:
    """Return how much there is and how to move about, or how much is chosen."""
    translate = QCoreApplication.translate
    if chosen:
        told = translate("MapMenu", "{} of {} documents chosen \u00b7 Esc chooses none")
        return told.format(count_text(chosen), count_text(len(scene)))
    topics = sum(topic.detail is Detail.MIDDLE for topic in scene.data.topic_list)
    count = translate("MapMenu", "%n document(s)", "", len(scene))
    parts = [count.replace(str(len(scene)), count_text(len(scene)), 1)]
    if topics:
        parts.append(translate("MapMenu", "%n topic(s)", "", topics))
    parts.append(translate("MapMenu", "scroll to zoom, drag to pan, Shift-drag to select"))
    return " \u00b7 ".join(parts)
