"""What the middle of the window says while there is no list to show. Pure: facts in, a title and a hint out."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from dedupe_app.records import Show


@dataclass(frozen=True, slots=True)
class Situation:
    """What there is. `groups`: that the filter lets through and `shown` of them; `scanning`: the engine is at work.

    `filtered`: words, a folder or files leave groups out.
    """

    files: int = 0
    groups: int = 0
    shown: int = 0
    scanning: bool = False
    filtered: bool = False
    show: Show = Show.ALL


def words_for(now: Situation) -> tuple[str, str]:
    """Return a title and a hint for an empty list; two empty texts when there is something to show."""
    translate = QCoreApplication.translate
    if now.shown:
        return "", ""
    if now.filtered or (now.groups and now.show is not Show.ALL):
        return (
            translate("State", "Nothing fits this filter"),
            translate("State", "Other words, or All groups on the left, show more."),
        )
    if now.scanning:
        return (
            translate("State", "Your documents are being read"),
            translate("State", "Groups appear here as soon as they are found."),
        )
    if not now.files:
        return (
            translate("State", "No documents yet"),
            translate("State", "Add a folder that has documents in it."),
        )
    return (
        translate("State", "No document is here twice"),
        translate("State", "Everything that could be read was compared."),
    )
