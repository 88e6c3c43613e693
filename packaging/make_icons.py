"""Draws the program's icon in all sizes that desktops ask for: PNG for Linux, .ico for Windows, .icns for macOS.

The two containers hold the same PNG files, so no tool of the other systems is needed. Changes nothing but the folder
it is given.
"""

from __future__ import annotations

import os
import struct
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
DRAWING = ROOT / "resources" / "icons" / "dedupe-app.svg"
SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512, 1024)
ICO_SIZES = (16, 24, 32, 48, 64, 128, 256)
# Apple's names for PNG files of so many pixels.
ICNS_TYPES = {b"icp4": 16, b"icp5": 32, b"ic07": 128, b"ic08": 256, b"ic09": 512, b"ic10": 1024}
_ICO_HEADER, _ICO_ENTRY = "<HHH", "<BBBBHHII"


def main() -> None:
    """Make the icons in the folder named on the command line."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    drawn = draw(DRAWING, SIZES)
    for size, content in drawn.items():
        (folder / f"{size}.png").write_bytes(content)
    (folder / "dedupe-app.ico").write_bytes(ico({size: drawn[size] for size in ICO_SIZES}))
    (folder / "dedupe-app.icns").write_bytes(icns(drawn))


def draw(drawing: Path, sizes: tuple[int, ...]) -> dict[int, bytes]:
    """Return a PNG file of each size in pixels."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QBuffer, QByteArray
    from PySide6.QtGui import QGuiApplication, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    _application = QGuiApplication.instance() or QGuiApplication(sys.argv[:1])
    renderer = QSvgRenderer(str(drawing))
    if not renderer.isValid():
        raise ValueError(f"{drawing} is no drawing")
    made = {}
    for size in sizes:
        image = QImage(size, size, QImage.Format.Format_ARGB32)
        image.fill(0)
        painter = QPainter(image)
        renderer.render(painter)
        painter.end()
        content = QByteArray()
        buffer = QBuffer(content)
        buffer.open(QBuffer.OpenModeFlag.WriteOnly)
        if not image.save(buffer, "PNG"):
            raise OSError(f"the icon of {size} pixels cannot be written")
        made[size] = bytes(content.data())
    return made


def ico(pictures: dict[int, bytes]) -> bytes:
    """Return an icon of Windows with PNG files by their size; 256 pixels are written as 0."""
    start = struct.calcsize(_ICO_HEADER) + len(pictures) * struct.calcsize(_ICO_ENTRY)
    head = struct.pack(_ICO_HEADER, 0, 1, len(pictures))
    for size, content in pictures.items():
        head += struct.pack(_ICO_ENTRY, size % 256, size % 256, 0, 0, 1, 32, len(content), start)
        start += len(content)
    return head + b"".join(pictures.values())


def icns(pictures: dict[int, bytes]) -> bytes:
    """Return an icon of macOS with those PNG files that have a name there."""
    parts = [
        name + struct.pack(">I", 8 + len(pictures[size])) + pictures[size]
        for name, size in ICNS_TYPES.items()
        if size in pictures
    ]
    return b"icns" + struct.pack(">I", 8 + sum(map(len, parts))) + b"".join(parts)


if __name__ == "__main__":
    main()
