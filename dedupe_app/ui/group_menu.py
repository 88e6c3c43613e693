"""The menus of the list of groups: what can be done with what is chosen, and the order of the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu

from dedupe_app.records import Role, SortKey
from dedupe_app.ui import formats

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from dedupe_app.ui.group_deeds import GroupDeeds
    from dedupe_app.ui.groups_view import GroupsView


def deeds_menu(view: GroupsView, deeds: GroupDeeds) -> QMenu:
    """Return the menu for the chosen rows."""
    translate = QCoreApplication.translate
    menu = QMenu(view)
    current = deeds.current_file()
    single = current is not None
    may_mark = current is None or current.role is not Role.PROTECTED
    is_copy = current is not None and current.role is not Role.KEEPER
    _add(menu, translate("GroupMenu", "Keep this one"), "K", deeds.keep_current, is_copy)
    _add(menu, translate("GroupMenu", "Mark to remove"), "Del", deeds.mark_to_remove, may_mark)
    _add(menu, translate("GroupMenu", "Mark to keep"), "", deeds.mark_to_keep, may_mark)
    _add(menu, translate("GroupMenu", "Leave undecided"), "", deeds.leave_undecided, may_mark)
    menu.addSeparator()
    _add(menu, translate("GroupMenu", "These are not duplicates"), "", deeds.reject_chosen)
    _add(menu, translate("GroupMenu", "Apply keep rules…"), "", deeds.ask_for_rules)
    menu.addSeparator()
    _add(menu, translate("GroupMenu", "Open"), "Return", deeds.open_current, single)
    reveal = translate("GroupMenu", "Reveal in file manager")
    _add(menu, reveal, "Ctrl+Return", deeds.reveal_current, single)
    _add(menu, translate("GroupMenu", "Copy path"), "Ctrl+C", deeds.copy_paths)
    like = translate("GroupMenu", "Find documents like this one")
    _add(menu, like, "", deeds.find_like_current, single)
    if current is not None:
        folder = formats.shown_path(current.path.parent.name or current.path.parent)
        text = translate("GroupMenu", "Protect folder “{}”").format(folder.replace("&", "&&"))
        _add(menu, text, "", deeds.protect_folder, current.role is not Role.PROTECTED)
    menu.addSeparator()
    _add(menu, translate("GroupMenu", "Expand all"), "", view.expand_all)
    _add(menu, translate("GroupMenu", "Collapse all"), "", view.collapse_all)
    menu.addMenu(order_menu(view, menu))
    return menu


def order_menu(view: GroupsView, parent: QWidget) -> QMenu:
    """Return the menu of all orders of the list."""
    translate = QCoreApplication.translate
    menu = QMenu(translate("GroupMenu", "Sort by"), parent)
    orders = QActionGroup(menu)
    for key, name in (
        (SortKey.FREES, translate("GroupMenu", "Space that can be freed")),
        (SortKey.FILES, translate("GroupMenu", "Number of files")),
        (SortKey.NAME, translate("GroupMenu", "Name")),
        (SortKey.FOLDER, translate("GroupMenu", "Folder")),
        (SortKey.SIZE, translate("GroupMenu", "Size")),
        (SortKey.MODIFIED, translate("GroupMenu", "Modified")),
        (SortKey.SIMILAR, translate("GroupMenu", "Similarity")),
    ):
        action = QAction(name, orders)
        action.setCheckable(True)
        action.setChecked(view.query().sort is key)
        action.setData(key.value)
        menu.addAction(action)
    menu.addSeparator()
    _add(menu, translate("GroupMenu", "The other way round"), "", view.reverse_order)
    orders.triggered.connect(view.take_order)
    return menu


def _add(
    menu: QMenu, text: str, keys: str, slot: Callable[[], None], is_enabled: bool = True
) -> None:
    action = QAction(text, menu)
    if keys:  # only shown: the table itself listens to the keys
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.setShortcutVisibleInContextMenu(True)
    action.setEnabled(is_enabled)
    action.triggered.connect(slot)
    menu.addAction(action)
