"""Colours, badges and the look of the whole window, light and dark. Paints nothing itself."""

from __future__ import annotations

from dataclasses import dataclass, fields
from string import Template
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette

from dedupe_app.records import Relation
from dedupe_app.settings import resource_folder

if TYPE_CHECKING:
    from PySide6.QtGui import QFont
    from PySide6.QtWidgets import QApplication

_FONT_PIXELS = 13
_SHADES_AWAY_FROM_DARK = 128


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of one look. `add`, `del_`: paragraphs; `addk`, `delk`: the words in them that differ.

    `acc`: what is chosen, `accbg` behind it, `on_acc` upon it; `fine`, `hold`: the dots beside folders.
    """

    bg: QColor
    panel: QColor
    side: QColor
    ink: QColor
    mute: QColor
    line: QColor
    acc: QColor
    accbg: QColor
    on_acc: QColor
    add: QColor
    del_: QColor
    addk: QColor
    delk: QColor
    chip: QColor
    warn: QColor
    keep: QColor
    remove: QColor
    danger: QColor
    fine: QColor
    hold: QColor
    mark: QColor


LIGHT = Colours(
    bg=QColor("#f6f7f9"),
    panel=QColor("#ffffff"),
    side=QColor("#eef0f4"),
    ink=QColor("#1c2430"),
    mute=QColor("#5f6979"),
    line=QColor("#dfe3ea"),
    acc=QColor("#2f6fed"),
    accbg=QColor("#e6eefe"),
    on_acc=QColor("#ffffff"),
    add=QColor("#e3f6e8"),
    del_=QColor("#fdeaea"),
    addk=QColor("#9fe0b0"),
    delk=QColor("#f5b5b5"),
    chip=QColor("#e9ecf2"),
    warn=QColor("#b7791f"),
    keep=QColor("#15803d"),
    remove=QColor("#c53030"),
    danger=QColor("#c53030"),
    fine=QColor("#22a55b"),
    hold=QColor("#e0a100"),
    mark=QColor("#ffe58a"),
)
DARK = Colours(
    bg=QColor("#15181e"),
    panel=QColor("#1b1f27"),
    side=QColor("#181c23"),
    ink=QColor("#e6e9ef"),
    mute=QColor("#939db0"),
    line=QColor("#2b313c"),
    acc=QColor("#6b9bff"),
    accbg=QColor("#22314f"),
    on_acc=QColor("#0b1220"),
    add=QColor("#15301f"),
    del_=QColor("#3a1f22"),
    addk=QColor("#24603a"),
    delk=QColor("#7a2f36"),
    chip=QColor("#2a303b"),
    warn=QColor("#e0b25b"),
    keep=QColor("#2fa35a"),
    remove=QColor("#ef6262"),
    danger=QColor("#ef6262"),
    fine=QColor("#22a55b"),
    hold=QColor("#e0a100"),
    mark=QColor("#6b5a1e"),
)

# Background and text of the badges; in the dark look they stay light, as stamps on the page.
_BADGES = {
    Relation.IDENTICAL: (QColor("#d5f0f0"), QColor("#0f5c5c")),
    Relation.SAME_TEXT: (QColor("#d9f2e3"), QColor("#15653a")),
    Relation.REVISION: (QColor("#e0e9ff"), QColor("#2450b5")),
    Relation.CONTAINED: (QColor("#f4e6ff"), QColor("#6b2aa6")),
    Relation.SAME_MEANING: (QColor("#fff0d6"), QColor("#8a5a00")),
    Relation.SAME_TEMPLATE: (QColor("#e9ecf2"), QColor("#3b4657")),
}


def is_dark() -> bool:
    """Tell whether the window is dark now."""
    window = QGuiApplication.palette().color(QPalette.ColorRole.Window)
    return window.lightness() < _SHADES_AWAY_FROM_DARK


def colours() -> Colours:
    """Return the colours of the look that is on now; ask again each time something is painted."""
    return DARK if is_dark() else LIGHT


def badge_colours(relation: Relation) -> tuple[QColor, QColor]:
    """Return the background and the text colour of the badge of a relation."""
    return _BADGES[relation]


def relation_name(relation: Relation) -> str:
    """Return a relation as people read it."""
    translate = QCoreApplication.translate
    return {
        Relation.IDENTICAL: translate("Relation", "Identical"),
        Relation.SAME_TEXT: translate("Relation", "Same text"),
        Relation.REVISION: translate("Relation", "Revision"),
        Relation.CONTAINED: translate("Relation", "Contained"),
        Relation.SAME_TEMPLATE: translate("Relation", "Same template"),
        Relation.SAME_MEANING: translate("Relation", "Same meaning"),
    }[relation]


def apply(application: QApplication, look: str) -> None:
    """Give the whole program a look: "light", "dark", or "system" for that of the desktop."""
    hints = application.styleHints()
    wanted = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}.get(look)
    if wanted is None:
        hints.unsetColorScheme()
        wanted = hints.colorScheme()
    elif hints.colorScheme() != wanted:
        hints.setColorScheme(wanted)
    chosen = DARK if wanted == Qt.ColorScheme.Dark else LIGHT
    application.setStyle("Fusion")
    application.setPalette(_palette(chosen))
    application.setFont(_font(application))
    application.setStyleSheet(_style_sheet(chosen))


def _palette(chosen: Colours) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for name, colour in (
        (role.Window, chosen.panel),
        (role.WindowText, chosen.ink),
        (role.Base, chosen.panel),
        (role.AlternateBase, chosen.bg),
        (role.Text, chosen.ink),
        (role.Button, chosen.panel),
        (role.ButtonText, chosen.ink),
        (role.BrightText, chosen.danger),
        (role.Link, chosen.acc),
        (role.LinkVisited, chosen.acc),
        (role.Accent, chosen.acc),
        (role.Highlight, chosen.accbg),
        (role.HighlightedText, chosen.ink),
        (role.PlaceholderText, chosen.mute),
        (role.ToolTipBase, chosen.panel),
        (role.ToolTipText, chosen.ink),
        (role.Light, chosen.panel),
        (role.Midlight, chosen.bg),
        (role.Mid, chosen.line),
        (role.Dark, chosen.line),
        (role.Shadow, chosen.line),
    ):
        palette.setColor(name, colour)
    faint = QColor(chosen.mute)
    faint.setAlphaF(0.6)
    for name in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, faint)
    return palette


def _font(application: QApplication) -> QFont:
    """Return the font of the desktop, at least as large as the window is drawn for."""
    font = application.font()
    screen = application.primaryScreen()
    dots = screen.logicalDotsPerInch() if screen else 96.0
    pixels = font.pixelSize() if font.pixelSize() > 0 else font.pointSizeF() * dots / 72
    if pixels < _FONT_PIXELS - 0.1:
        font.setPixelSize(_FONT_PIXELS)
    return font


def _style_sheet(chosen: Colours) -> str:
    source = (resource_folder() / "style" / "window.qss").read_text(encoding="utf-8")
    values = {each.name: getattr(chosen, each.name).name() for each in fields(Colours)}
    icons = (resource_folder() / "icons").as_posix()
    return Template(source).substitute(values, icons=icons)
