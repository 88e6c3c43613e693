"""The dialogs that the window opens by itself: the settings, the models, and the list of keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from dedupe_app.ui.shade import open_over

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from dedupe_app.ui.card_actions import CardActions
    from dedupe_app.ui.model_actions import ModelActions
    from dedupe_app.ui.preferences import Preferences
    from dedupe_app.ui.settings_dialog import SettingsDialog
    from dedupe_app.ui.top_bar import TopBar


class WindowDialogs(QObject):
    """Opens dialogs in front of a window. Their modules are imported then: the window opens sooner without them."""

    def __init__(
        self,
        preferences: Preferences,
        models: ModelActions,
        graphics: CardActions,
        top: TopBar,
        window: QWidget,
    ) -> None:
        """Take what the settings change, who chooses models and cards, what knows the views, and the window."""
        super().__init__(window)
        self._preferences = preferences
        self._models = models
        self._graphics = graphics
        self._top = top
        self._window = window

    @Slot()
    def open_settings(self) -> None:
        """Open the settings."""
        open_over(self._make_settings(), self._window)

    @Slot()
    def open_server(self) -> None:
        """Open the settings where the address of a server is written."""
        dialog = self._make_settings()
        dialog.focus_server()
        open_over(dialog, self._window)

    @Slot()
    def open_models(self) -> None:
        """Open the choice among models."""
        from dedupe_app.ui.model_dialog import ModelDialog

        dialog = ModelDialog(self._window)
        dialog.server_wanted.connect(self.open_server)
        dialog.chooser.chosen.connect(self._models.choose)
        self._graphics.attach(dialog.chooser.card_line)
        self._models.cards_changed.connect(dialog.chooser.show_models)
        self._models.reload()
        open_over(dialog, self._window)

    @Slot()
    def open_keys(self) -> None:
        """Open the list of keys."""
        from dedupe_app.ui.shortcuts import ShortcutsDialog

        open_over(ShortcutsDialog(self._top.view_names(), self._window), self._window)

    def _make_settings(self) -> SettingsDialog:
        from dedupe_app.ui.languages import languages
        from dedupe_app.ui.settings_dialog import SettingsDialog

        dialog = SettingsDialog(self._preferences.choices, languages(), self._window)
        dialog.chosen.connect(self._preferences.set)
        return dialog
