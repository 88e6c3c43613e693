"""The program's icon in the containers of other systems."""

import struct
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "packaging"))

import make_icons  # noqa: E402


@pytest.fixture(scope="module")
def drawn():
    return make_icons.draw(make_icons.DRAWING, (16, 32, 256))


def size_of(png):
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", png[16:24])


def test_each_picture_has_its_size_and_is_not_empty(drawn, qapp):
    from PySide6.QtGui import QColor, QImage

    for size, content in drawn.items():
        assert size_of(content) == (size, size)
        image = QImage.fromData(content)
        middle, corner = image.pixelColor(size // 2, size // 2), image.pixelColor(0, 0)
        assert middle.alpha() == 255
        assert corner.alpha() == 0
        assert middle != QColor("white")


def test_icon_of_windows_names_each_picture_where_it_is(drawn):
    content = make_icons.ico(drawn)
    _, kind, count = struct.unpack_from("<HHH", content)
    assert (kind, count) == (1, 3)
    for place, (size, picture) in enumerate(drawn.items()):
        width, height, *_, length, start = struct.unpack_from("<BBBBHHII", content, 6 + 16 * place)
        assert (width or 256, height or 256) == (size, size)
        assert content[start : start + length] == picture


def test_icon_of_macos_is_as_long_as_it_says_and_holds_the_pictures(drawn):
    content = make_icons.icns(drawn)
    assert content[:4] == b"icns"
    assert struct.unpack(">I", content[4:8]) == (len(content),)
    place, found = 8, {}
    while place < len(content):
        name, length = content[place : place + 4], struct.unpack_from(">I", content, place + 4)[0]
        found[name] = content[place + 8 : place + length]
        place += length
    assert found == {b"icp4": drawn[16], b"icp5": drawn[32], b"ic08": drawn[256]}
