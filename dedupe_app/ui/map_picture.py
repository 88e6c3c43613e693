"""The whole map as a picture, as it looks in the window, without one."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QFont, QGuiApplication, QImage, QImageWriter, QPainter, QPalette

from dedupe_app.ui import map_painting, theme
from dedupe_app.ui.map_camera import fit
from dedupe_app.ui.map_colours import colour_by_topic
from dedupe_app.ui.map_drawing import Order, draw_well

if TYPE_CHECKING:
    from dedupe_app.ui.map_scene import Scene

_FONT_PIXELS = 13


def make_png(
    scene: Scene, width: int, height: int, *, dark: bool, mark: tuple[str, str] = ("", "")
) -> bytes:
    """Draw a scene with the names of its topics; return the bytes of a PNG file.

    `mark`: name and content of a text in it, which nobody sees.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # no display is needed, nor looked for
    application = QGuiApplication.instance() or QGuiApplication(["dedupe-app"])
    before = QGuiApplication.palette()
    look = theme.DARK if dark else theme.LIGHT
    palette = QPalette(before)
    palette.setColor(QPalette.ColorRole.Window, look.panel)
    QGuiApplication.setPalette(palette)
    try:
        image = _draw(scene, width, height)
        if any(mark):
            image.setText(*mark)
        return _encoded(image)
    finally:
        QGuiApplication.setPalette(before)
        del application


def _draw(scene: Scene, width: int, height: int) -> QImage:
    camera = fit(scene.bounds, width, height)
    colouring = colour_by_topic(scene.data)
    order = Order(
        scene=scene,
        camera=camera,
        ratio=1.0,
        codes=colouring.codes,
        table=colouring.colours(),
        chosen=np.zeros(0, np.int64),
        background=theme.colours().panel.rgb() & 0xFFFFFF,
        faded=0.0,
    )
    image = map_painting.to_image(draw_well(order).pixels, 1.0).copy()
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    font = QFont(painter.font())
    font.setPixelSize(_FONT_PIXELS)
    painter.setFont(font)
    map_painting.paint_labels(painter, scene, camera, ())
    painter.end()
    return image


def _encoded(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())
