"""What the dialogs about actions say: why a file is left alone, what an action is called. Pure functions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from dedupe_app.records import SAME_TEXTS, ActionKind, Problem, Relation
from dedupe_app.ui.formats import told_apart
from dedupe_app.ui.sentences import in_words, join
from dedupe_app.ui.theme import relation_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dedupe_app.records import PlanItem
    from dedupe_app.review.plan import Reason

_OWN = frozenset({Relation.SAME_TEMPLATE, Relation.SAME_MEANING})


def problem_text(problem: Problem, detail: str = "") -> str:
    """Return why a file is left alone, as a sentence; `detail` is what the system said."""
    translate = QCoreApplication.translate
    text = {
        Problem.CHANGED: translate("Plan", "It changed since the scan."),
        Problem.MISSING: translate("Plan", "It is not there now."),
        Problem.PROTECTED: translate(
            "Plan", "It lies in a protected folder, or in one of the system."
        ),
        Problem.LAST_COPY: translate("Plan", "No copy of it would stay."),
        Problem.KEPT_LOST: translate("Plan", "The copy that should stay changed or is not there."),
        Problem.KEPT_PROTECTED: translate(
            "Plan", "The copy that stays is protected: it gets no link."
        ),
        Problem.SAME_FILE: translate(
            "Plan", "The copy that stays is another name of this very file."
        ),
        Problem.NOT_PLAIN: translate("Plan", "It is a link or no plain file."),
        Problem.NOT_IDENTICAL: translate(
            "Plan", "No identical copy stays: only the text is the same."
        ),
        Problem.OTHER_DRIVE: translate("Plan", "The copy that stays is on another drive."),
        Problem.NOT_MARKED: translate("Plan", "It is not marked any more, or changed."),
        Problem.NOT_PERMITTED: translate("Plan", "You are not allowed to change it."),
        Problem.DISK_FULL: translate("Plan", "The disk is full."),
        Problem.NO_TRASH: translate(
            "Plan", "There is no trash on its drive. Choose another action."
        ),
        Problem.IN_THE_WAY: translate("Plan", "Another file is there now; nothing is overwritten."),
        Problem.GONE: translate("Plan", "It is no longer there: the trash may have been emptied."),
        Problem.NOT_POSSIBLE: translate("Plan", "This cannot be done here."),
        Problem.STOPPED: translate("Plan", "Stopped before its turn."),
        Problem.FAILED: translate("Plan", "The system said no."),
    }[problem]
    if not detail or problem is Problem.STOPPED:
        return text
    return join(text, translate("Sentences", "{}.").format(in_words(detail).rstrip(".。")))


def why_and_kept_text(item: PlanItem) -> str:
    """Return what a file is to the one that stays for it, and which one that is: "Identical · stays: letter.odt"."""
    why = relation_name(item.relation)
    if not item.kept:
        return why
    stays = QCoreApplication.translate("Plan", "{0} · stays: {1}")
    return stays.format(why, told_apart(item.kept[0].path, item.path))


def is_same(relation: Relation) -> bool:
    """Tell whether files of this relation have the same text as what stays."""
    return relation in SAME_TEXTS


def kind_name(kind: ActionKind) -> str:
    """Return an action as it is offered."""
    translate = QCoreApplication.translate
    return {
        ActionKind.TRASH: translate("Plan", "Move to the trash"),
        ActionKind.MOVE: translate("Plan", "Move to a folder…"),
        ActionKind.LINK: translate("Plan", "Replace by hard links"),
        ActionKind.CLONE: translate("Plan", "Share space (clone)"),
        ActionKind.DELETE: translate("Plan", "Delete for good…"),
    }[kind]


def question(kind: ActionKind, files: int) -> str:
    """Return what is asked before an action."""
    translate = QCoreApplication.translate
    if not files:
        return translate("Plan", "None of the marked files can go now.")
    return {
        ActionKind.TRASH: translate("Plan", "Move %n file(s) to the trash?", "", files),
        ActionKind.MOVE: translate("Plan", "Move %n file(s) to a folder?", "", files),
        ActionKind.LINK: translate("Plan", "Replace %n file(s) by links?", "", files),
        ActionKind.CLONE: translate("Plan", "Let %n file(s) share their space?", "", files),
        ActionKind.DELETE: translate("Plan", "Delete %n file(s) for good?", "", files),
    }[kind]


def button_text(kind: ActionKind) -> str:
    """Return what the button says that begins an action."""
    translate = QCoreApplication.translate
    return {
        ActionKind.TRASH: translate("Plan", "Move to trash"),
        ActionKind.MOVE: translate("Plan", "Move"),
        ActionKind.LINK: translate("Plan", "Replace by links"),
        ActionKind.CLONE: translate("Plan", "Share space"),
        ActionKind.DELETE: translate("Plan", "Delete for good"),
    }[kind]


def busy_text(kind: ActionKind) -> str:
    """Return what is said while an action goes on."""
    translate = QCoreApplication.translate
    return {
        ActionKind.TRASH: translate("Plan", "Moving files to the trash…"),
        ActionKind.MOVE: translate("Plan", "Moving files…"),
        ActionKind.LINK: translate("Plan", "Replacing files by links…"),
        ActionKind.CLONE: translate("Plan", "Letting files share their space…"),
        ActionKind.DELETE: translate("Plan", "Deleting files…"),
    }[kind]


def done_text(kind: ActionKind, files: int, *, undone: bool = False) -> str:
    """Return what was done."""
    translate = QCoreApplication.translate
    if undone:
        return translate("Plan", "%n file(s) are as before", "", files)
    return {
        ActionKind.TRASH: translate("Plan", "%n file(s) moved to the trash", "", files),
        ActionKind.MOVE: translate("Plan", "%n file(s) moved", "", files),
        ActionKind.LINK: translate("Plan", "%n file(s) replaced by links", "", files),
        ActionKind.CLONE: translate("Plan", "%n file(s) share their space now", "", files),
        ActionKind.DELETE: translate("Plan", "%n file(s) deleted", "", files),
    }[kind]


def undo_text(kind: ActionKind) -> str:
    """Return how an action can be taken back, or why not."""
    translate = QCoreApplication.translate
    if kind is ActionKind.DELETE:
        return translate("Plan", "They do not go to the trash.")
    return translate("Plan", "You can undo this, also after a restart.")


def stays_text(kind: ActionKind) -> str:
    """Return what stays, whatever is done."""
    translate = QCoreApplication.translate
    common = translate(
        "Plan",
        "at least one copy of every group. Nothing in a protected folder is touched. "
        "Every file is checked once more before it goes.",
    )
    extra = {
        ActionKind.LINK: translate(
            "Plan",
            "Each file becomes another name of its identical copy: what is changed in one is changed in all.",
        ),
        ActionKind.CLONE: translate(
            "Plan",
            "Files stay files of their own; identical ones take space once. Not every drive can.",
        ),
    }.get(kind, "")
    return join(common, extra)


def left_text(problem: Problem, files: int) -> tuple[str, str]:
    """Return how many files a problem concerns, and what that means for them, as the two halves of a sentence."""
    translate = QCoreApplication.translate
    head = {
        Problem.CHANGED: translate("Plan", "%n file(s) changed since the scan", "", files),
        Problem.MISSING: translate("Plan", "%n file(s) are not there now", "", files),
        Problem.PROTECTED: translate("Plan", "%n file(s) are protected", "", files),
        Problem.LAST_COPY: translate("Plan", "%n file(s) have no copy that would stay", "", files),
        Problem.KEPT_LOST: translate(
            "Plan",
            "%n file(s) lost the copy that should stay (it changed, or is not there)",
            "",
            files,
        ),
        Problem.KEPT_PROTECTED: translate(
            "Plan", "The copies of %n file(s) are protected", "", files
        ),
        Problem.SAME_FILE: translate("Plan", "%n file(s) are other names of what stays", "", files),
        Problem.NOT_IDENTICAL: translate(
            "Plan", "%n file(s) are not identical to what stays", "", files
        ),
        Problem.OTHER_DRIVE: translate(
            "Plan", "%n file(s) are on another drive than what stays", "", files
        ),
    }.get(problem, translate("Plan", "%n file(s) cannot be used", "", files))
    return head, translate("Plan", "and will be left alone.")


def different_lines(different: int, alone: int) -> list[tuple[str, str]]:
    """Return what is to be said of files that what stays is no copy of."""
    translate = QCoreApplication.translate
    lines = []
    if different:
        head = translate("Plan", "%n file(s) are documents of their own:", "", different)
        lines.append((head, translate("Plan", "what stays is like them, but no copy of them.")))
    if alone:
        head = translate("Plan", "No copy of %n file(s) stays:", "", alone)
        lines.append((head, translate("Plan", "you confirmed them one by one.")))
    return lines


def has_own_documents(reasons: Iterable[Reason]) -> bool:
    """Tell whether files would go of which only the template or the meaning is that of what stays."""
    return any(reason.relation in _OWN for reason in reasons)


def warning_lines(kind: ActionKind) -> list[tuple[str, str]]:
    """Return the warning before an action that cannot be taken back."""
    translate = QCoreApplication.translate
    if kind is not ActionKind.DELETE:
        return []
    head = translate("Plan", "This cannot be undone.")
    rest = translate("Plan", "Only identical files can be made anew, from the copy that stays.")
    return [(head, rest)]
