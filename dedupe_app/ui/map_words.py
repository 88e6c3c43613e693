"""What the page in place of the map says: a title and a sentence. Pure functions."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def being_drawn() -> tuple[str, str]:
    """Return what is said while there is no map yet."""
    translate = QCoreApplication.translate
    return (
        translate("MapView", "The map is being drawn"),
        translate("MapView", "Documents that are about the same come to lie near each other."),
    )


def nothing_to_draw() -> tuple[str, str]:
    """Return what is said when there are no documents."""
    translate = QCoreApplication.translate
    return (
        translate("MapView", "Nothing to draw yet"),
        translate("MapView", "The map shows documents as soon as they are read."),
    )


def not_drawn() -> tuple[str, str]:
    """Return what is said when drawing it failed or was stopped."""
    translate = QCoreApplication.translate
    return (
        translate("MapView", "The map was not drawn"),
        translate("MapView", "It is drawn when documents change, or when the map is opened again."),
    )
