"""What the compare pane says in words. Pure: the facts of a file and its differences in, sentences out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from dedupe_app.records import Decision, Relation, Role
from dedupe_app.review.rows import Weight
from dedupe_app.ui.formats import count_text, percent_text, shown_path, told_apart
from dedupe_app.ui.meters import Gauge

if TYPE_CHECKING:
    from dedupe_app.records import FileRow
    from dedupe_app.review.differences import Differences
    from dedupe_app.review.rows import Change

_EXAMPLES = 8
_LONGEST_EXAMPLE = 40
_TEMPLATES = (Relation.SAME_TEMPLATE, Relation.SAME_MEANING)


def compared_with(row: FileRow, other: FileRow | None) -> str:
    """Say what a file is compared with."""
    translate = QCoreApplication.translate
    if other is None:
        if row.role is Role.KEEPER and row.decision is Decision.KEEP:
            return translate("Compare", "This is the file to keep.")
        return ""
    is_namesake = other.path.name == row.path.name
    name = told_apart(other.path, row.path) if is_namesake else shown_path(other.path.name)
    if row.relation in _TEMPLATES:
        return translate("Compare", "compared with: {name}").format(name=name)
    return translate("Compare", "compared with the file to keep: {name}").format(name=name)


def gauges(row: FileRow, found: Differences | None) -> list[Gauge]:
    """Return the measures of a file against the one to keep; how many figures there are comes from the differences."""
    translate = QCoreApplication.translate
    shown = []
    if row.meaning is not None:
        shown.append(Gauge(translate("Compare", "Meaning"), row.meaning, f"{row.meaning:.3f}"))
    if row.relation is Relation.CONTAINED and row.contained is not None:
        name = translate("Compare", "Contained")
        shown.append(Gauge(name, row.contained / 100, percent_text(row.contained)))
    elif row.shared_text is not None:
        name = translate("Compare", "Shared text")
        shown.append(Gauge(name, row.shared_text / 100, percent_text(row.shared_text)))
    changed = row.figures_changed
    if changed is None and found is not None and row.relation is not None:
        changed = found.figures_changed
    if changed is not None and (found is None or found.figures or changed):
        shown.append(_figures(changed, found.figures if found else None))
    return shown


def _figures(changed: int, total: int | None) -> Gauge:
    translate = QCoreApplication.translate
    name = translate("Compare", "Numbers")
    if not changed:
        return Gauge(name, 1.0, translate("Compare", "all agree"))
    value = None if total is None else max(0.0, 1 - changed / max(total, changed))
    return Gauge(name, value, translate("Compare", "%n differ", "", changed), warn=True)


def statement(row: FileRow, found: Differences) -> str:
    """Say in a sentence that there is nothing to compare, or how the texts are shown; "" where the changes speak."""
    translate = QCoreApplication.translate
    if row.relation is Relation.IDENTICAL:
        return translate("Compare", "Same bytes: nothing to compare.")
    if not found.left.strip() and not found.right.strip():
        return translate("Compare", "Neither file has text to compare.")
    if row.relation is Relation.SAME_MEANING:
        return translate("Compare", "The same in other words: only figures are compared.")
    if any(change.weight is not Weight.SIGNS for change in found.changes):
        return ""
    if found.changes:
        return translate("Compare", "The same words: only capitals, punctuation or layout differ.")
    if row.relation is Relation.SAME_TEXT and found.left != found.right:
        return translate("Compare", "Same text, other format: only the layout differs.")
    if row.relation is Relation.REVISION:
        return translate(
            "Compare",
            "The words are the same; pictures or marks may differ.",
        )
    return translate("Compare", "The texts are the same, word for word.")


def summary(found: Differences) -> str:
    """List what changed, figures first, then names, then words; what has no counterpart after what has."""
    numbered = sorted(
        (change for change in found.changes if change.weight is not Weight.SIGNS),
        key=lambda change: (-change.weight, not _is_exchange(change), change.left, change.right),
    )
    return " \u00b7 ".join(example(found, change) for change in numbered[:_EXAMPLES])


def example(found: Differences, change: Change) -> str:
    """Write a change down shortly: "30 \u2192 45", "+ what was added"."""
    left = _short(found.left[slice(*change.left)])
    right = _short(found.right[slice(*change.right)])
    if left and right:
        return f"{left} \u2192 {right}"
    return f"+ {right}" if right else f"\u2212 {left}"


def spoken(found: Differences, number: int, place: int, places: int) -> str:
    """Say a change to those who do not see it: "Difference 1 of 7: removed 30, added 45"."""
    translate = QCoreApplication.translate
    change = found.changes[number]
    left = " ".join(found.left[slice(*change.left)].split())
    right = " ".join(found.right[slice(*change.right)].split())
    if change.moved:
        what = translate("Compare", "moved: {text}").format(text=left or right)
    elif left and right:
        words = translate("Compare", "removed {left}, added {right}")
        what = words.format(left=left, right=right)
    elif left:
        what = translate("Compare", "removed {text}").format(text=left)
    else:
        what = translate("Compare", "added {text}").format(text=right)
    words = translate("Compare", "Difference {place} of {places}: {what}")
    return words.format(place=place, places=places, what=what)


def counter(place: int, places: int) -> str:
    """Say at which difference the view is: "1 of 7"."""
    translate = QCoreApplication.translate
    if not places:
        return translate("Compare", "No differences")
    words = translate("Compare", "{place} of {places}")
    return words.format(place=count_text(place), places=count_text(places))


def _is_exchange(change: Change) -> bool:
    return change.left[0] < change.left[1] and change.right[0] < change.right[1]


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST_EXAMPLE else text[: _LONGEST_EXAMPLE - 1] + "\u2026"
