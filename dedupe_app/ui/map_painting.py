"""What is painted over the dots of the map: names of topics, links of groups, rings, what is being chosen."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPainterPath, QPen

from dedupe_app.ui.map_labels import place_labels
from dedupe_app.ui.theme import colours

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from PySide6.QtGui import QPolygonF

    from dedupe_app.ui.map_camera import Camera
    from dedupe_app.ui.map_labels import Label
    from dedupe_app.ui.map_scene import Scene

# Links are of use when one can follow them: with so few files in sight.
MOST_LINKED = 3000
_HALO = 3.0
_RING = 7.0


def to_image(picture: NDArray[np.uint32], ratio: float) -> QImage:
    """Return a picture as an image, which lasts as long as it; `ratio` of its pixels to those of the layout."""
    height, width = picture.shape
    image = QImage(picture.data, width, height, 4 * width, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    return image


def paint_labels(
    painter: QPainter,
    scene: Scene,
    camera: Camera,
    keep_free: Sequence[tuple[float, float, float, float]],
) -> list[Label]:
    """Paint the names of the topics in sight, and return where they are."""
    font = QFont(painter.font())
    font.setWeight(QFont.Weight.DemiBold)
    painter.setFont(font)
    described = font.toString()
    ascent = QFontMetricsF(font).ascent()
    labels = place_labels(
        scene.data.topic_list, camera, lambda name: _size(name, described), keep_free
    )
    shown = colours()
    look = described, shown.ink.rgba(), shown.panel.rgba(), _ratio(painter)
    for label in labels:
        image, left, top = _rimmed(label.topic.name, *look)
        painter.drawImage(QPointF(label.left + left, label.top + ascent + top), image)
    return labels


def paint_text(
    painter: QPainter, place: QPointF, text: str, font: QFont, colour: QColor | None = None
) -> None:
    """Paint text that can be read on dots: with a rim in the colour of the background."""
    shown = colours()
    ink, rim = (colour or shown.ink).rgba(), shown.panel.rgba()
    image, left, top = _rimmed(text, font.toString(), ink, rim, _ratio(painter))
    painter.drawImage(QPointF(place.x() + left, place.y() + top), image)


def _ratio(painter: QPainter) -> float:
    return painter.device().devicePixelRatioF() if painter.device() else 1.0


@lru_cache(maxsize=4096)
def _size(text: str, described: str) -> tuple[float, float]:
    font = QFont()
    font.fromString(described)
    metrics = QFontMetricsF(font)
    return metrics.horizontalAdvance(text), metrics.height()


@lru_cache(maxsize=1024)
def _rimmed(
    text: str, described: str, ink: int, rim_rgba: int, ratio: float
) -> tuple[QImage, float, float]:
    """Return text with its rim, and where it is to be painted from its base line; rims take a millisecond each."""
    font = QFont()
    font.fromString(described)
    path = QPainterPath()
    path.addText(QPointF(0, 0), font, text)
    box = path.boundingRect().adjusted(-_HALO, -_HALO, _HALO, _HALO).toAlignedRect()
    size = box.size() * ratio
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(0)
    rim = QColor.fromRgba(rim_rgba)
    rim.setAlpha(225)
    pen = QPen(
        rim, _HALO, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    )
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(-box.topLeft())
    painter.strokePath(path, pen)
    painter.fillPath(path, QColor.fromRgba(ink))
    painter.end()
    return image, float(box.left()), float(box.top())


def paint_links(painter: QPainter, scene: Scene, camera: Camera, rows: NDArray[np.int64]) -> None:
    """Paint a line from each file in sight to the one it was compared with."""
    links = scene.data.links
    if not len(links):
        return
    seen = np.zeros(len(scene), bool)
    seen[rows] = True
    own = links[seen[links[:, 0]] & seen[links[:, 1]]][:MOST_LINKED]
    ends = [
        (camera.to_screen(*one), camera.to_screen(*other))
        for one, other in zip(_places(scene, own[:, 0]), _places(scene, own[:, 1]), strict=True)
    ]
    colour = QColor(colours().mute)
    colour.setAlpha(130)
    painter.setPen(QPen(colour, 1.0))
    painter.drawLines([QLineF(*one, *other) for one, other in ends if one != other])


def paint_ring(painter: QPainter, scene: Scene, camera: Camera, row: int, colour: QColor) -> None:
    """Paint a ring around a file."""
    place = QPointF(*camera.to_screen(float(scene.x[row]), float(scene.y[row])))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colours().panel, 4.0))
    painter.drawEllipse(place, _RING, _RING)
    painter.setPen(QPen(colour, 2.0))
    painter.drawEllipse(place, _RING, _RING)


def paint_lasso(painter: QPainter, shape: QPolygonF) -> None:
    """Paint what is being chosen with the mouse."""
    shown = colours()
    fill = QColor(shown.acc)
    fill.setAlpha(38)
    painter.setBrush(fill)
    painter.setPen(QPen(shown.acc, 1.5, Qt.PenStyle.DashLine))
    painter.drawPolygon(shape)


def paint_legend(
    painter: QPainter, entries: Sequence[tuple[str, QColor]], right: float, top: float
) -> QRectF:
    """Paint names beside their colours, and return where; the right upper corner is given."""
    shown = colours()
    metrics = QFontMetricsF(painter.font())
    line = metrics.height() + 4
    width = max(metrics.horizontalAdvance(name) for name, _ in entries) + 40
    box = QRectF(right - width, top, width, line * len(entries) + 12)
    back = QColor(shown.panel)
    back.setAlpha(235)
    painter.setBrush(back)
    painter.setPen(QPen(shown.line, 1.0))
    painter.drawRoundedRect(box, 8, 8)
    for place, (name, colour) in enumerate(entries):
        down = box.top() + 6 + place * line
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(QPointF(box.left() + 15, down + line / 2), 4.5, 4.5)
        painter.setPen(shown.ink)
        text = QRectF(box.left() + 28, down, width - 32, line)
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)
    return box


def rows_inside(
    scene: Scene, camera: Camera, shape: QPolygonF, rows: NDArray[np.int64] | None
) -> NDArray[np.int64]:
    """Return which files are inside a shape on the screen: those whose pixel it covers."""
    mask = QImage(camera.width, camera.height, QImage.Format.Format_Grayscale8)
    mask.fill(0)
    painter = QPainter(mask)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(Qt.GlobalColor.white)
    painter.drawPolygon(shape, Qt.FillRule.WindingFill)
    painter.end()
    line = mask.bytesPerLine()
    covered = np.frombuffer(mask.constBits(), np.uint8).reshape(camera.height, line)
    chosen = np.arange(len(scene)) if rows is None else rows
    across = ((scene.x[chosen] - camera.x) * camera.scale + camera.width / 2).astype(np.int64)
    down = ((scene.y[chosen] - camera.y) * camera.scale + camera.height / 2).astype(np.int64)
    there = (across >= 0) & (across < camera.width) & (down >= 0) & (down < camera.height)
    chosen, across, down = chosen[there], across[there], down[there]
    return np.asarray(chosen[covered[down, across] > 0])


def _places(scene: Scene, rows: NDArray[np.int64]) -> list[tuple[float, float]]:
    return list(zip(scene.x[rows].tolist(), scene.y[rows].tolist(), strict=True))
