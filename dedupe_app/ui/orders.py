"""What the window tells the engine without a dialog: scan, pause, another cut, other options. Waits for no answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from dedupe_app.engine.messages import (
    Cancel,
    Configure,
    Pause,
    ReadAgain,
    Regroup,
    Resume,
    Scan,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from dedupe_app.engine.messages import Command
    from dedupe_app.ui.preferences import Preferences


class Orders(QObject):
    """Makes commands of what people want."""

    def __init__(
        self, preferences: Preferences, submit: Callable[[Command], None], parent: QObject
    ) -> None:
        """Give commands to `submit`; what lasts is remembered in the preferences."""
        super().__init__(parent)
        self._preferences = preferences
        self._submit = submit

    @Slot()
    def scan(self) -> None:
        """Look at all folders."""
        self._submit(Scan())

    @Slot(bool)
    def pause(self, paused: bool) -> None:
        """Stand still, or go on."""
        self._submit(Pause() if paused else Resume())

    @Slot()
    def stop(self) -> None:
        """Give up what is being done."""
        self._submit(Cancel())

    @Slot(float)
    def regroup_at(self, similarity: float) -> None:
        """Cut the groups at another similarity, 0-100."""
        self._preferences.change(similarity=similarity)
        self._submit(Regroup(similarity))

    @Slot()
    def configure(self) -> None:
        """Work with the options that are chosen now."""
        self._submit(Configure(self._preferences.engine_options()))

    @Slot(object, object)
    def read_again(self, files: list[int], seconds: float | None) -> None:
        """Read some files once more, with so many seconds for each."""
        self._submit(ReadAgain(tuple(files), seconds))
