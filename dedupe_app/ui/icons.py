"""Our few icons: small drawings in resources/icons, given the colour of the text they stand beside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

from dedupe_app.settings import resource_folder

if TYPE_CHECKING:
    from PySide6.QtGui import QColor

_SHARPNESS = 3  # pixels for each device-independent one: enough for any scaling


def program_icon() -> QIcon:
    """Return the icon of the program."""
    return QIcon(str(resource_folder() / "icons" / "dedupe-app.svg"))


def icon(name: str, colour: QColor) -> QIcon:
    """Return an icon of resources/icons in a colour."""
    return QIcon(picture(name, colour, 16))


def picture(name: str, colour: QColor, size: int) -> QPixmap:
    """Draw an icon of resources/icons, `size` device-independent pixels wide and high."""
    from PySide6.QtSvg import QSvgRenderer

    source = (resource_folder() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(source.replace("currentColor", colour.name()).encode()))
    drawn = QPixmap(size * _SHARPNESS, size * _SHARPNESS)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    renderer.render(painter, QRectF(drawn.rect()))
    painter.end()
    drawn.setDevicePixelRatio(_SHARPNESS)
    return drawn
