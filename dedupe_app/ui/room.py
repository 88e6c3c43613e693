"""How much room a window may take on its screen: what lies beyond the edge cannot be reached. Moves nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize

if TYPE_CHECKING:
    from PySide6.QtGui import QScreen

_FRAME = (8, 40)  # what the desktop draws around a window, device-independent pixels


def room_on(screen: QScreen) -> QSize:
    """Return the largest size for a window on a screen; with a large scale there is little, also on a usual screen."""
    return screen.availableSize() - QSize(*_FRAME)
