"""Prints the groups, the unread files and the summary of a scan for people. Never cuts a name."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from rich.text import Text

from dedupe_app.records import GroupKind, Role, SkipReason
from dedupe_app.review.export import neutral

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from rich.console import Console

    from dedupe_app.engine.scan_messages import ScanFinished
    from dedupe_app.records import ReportRow, Skipped

MOST_GROUPS = 50
MOST_FILES = 12
MOST_SKIPPED = 30

_INDENT = "  "
_ROLE_WIDTH = 11
_REASON_WIDTH = 19
_LEAST_ROOM = 20
_KINDS = {
    GroupKind.DUPLICATES: "Duplicates",
    GroupKind.CONTAINED: "Contained: one holds the others",
    GroupKind.TEMPLATE: "Same template, different documents",
    GroupKind.MEANING: "Same meaning in other words",
}
_ROLES = {Role.KEEPER: "bold green", Role.COPY: "", Role.PROTECTED: "bold blue"}


def print_groups(console: Console, rows: Iterable[ReportRow], folders: Sequence[Path]) -> None:
    """Print the groups, duplicates first."""
    groups: defaultdict[int, list[ReportRow]] = defaultdict(list)
    for row in rows:
        groups[row.group].append(row)
    kinds = list(_KINDS)
    ordered = sorted(
        groups.values(), key=lambda group: (kinds.index(group[0].kind), group[0].group)
    )
    for group in ordered[:MOST_GROUPS]:
        console.print(_header(group))
        _print_files(console, group, folders)
        console.print()
    if len(ordered) > MOST_GROUPS:
        more = len(ordered) - MOST_GROUPS
        console.print(f"... and {more:,} more groups; write the full report with --csv\n")


def print_skipped(
    console: Console, skipped: Sequence[tuple[Path, Skipped]], folders: Sequence[Path]
) -> None:
    """Print which files could not be read, and why; files of other kinds (pictures, films) last."""
    if not skipped:
        return
    foreign = SkipReason.UNSUPPORTED
    ordered = sorted(skipped, key=lambda item: item[1].reason is foreign)
    console.print(Text(f"Could not be read: {_counted(len(skipped), 'file')}", style="bold"))
    for path, why in ordered[:MOST_SKIPPED]:
        told = _named(path, folders)
        if why.detail:
            told.append(f"\n{neutral(why.detail)}", style="dim")
        print_beside(console, Text(why.reason.value, style="yellow"), told, _REASON_WIDTH)
    if len(ordered) > MOST_SKIPPED:
        console.print(f"  ... and {len(ordered) - MOST_SKIPPED:,} more; --json lists all")
    console.print()


def print_partly(
    console: Console, partly: Sequence[tuple[Path, str]], folders: Sequence[Path]
) -> None:
    """Print which files were not read to their end, or not surely, and what was left out."""
    if not partly:
        return
    console.print(Text(f"Read in part: {_counted(len(partly), 'file')}", style="bold"))
    for path, what in partly[:MOST_SKIPPED]:
        told = _named(path, folders)
        told.append(f"\n{neutral(what)}", style="dim")
        print_beside(console, Text("in part", style="yellow"), told, _REASON_WIDTH)
    if len(partly) > MOST_SKIPPED:
        console.print(f"  ... and {len(partly) - MOST_SKIPPED:,} more")
    console.print()


def print_paragraph(console: Console, told: str) -> None:
    """Print a sentence or two, wrapped to the width of the console."""
    for line in Text(told).wrap(console, console.width):
        line.rstrip()
        console.print(line, soft_wrap=True)


def print_beside(console: Console, mark: Text, told: Text, width: int) -> None:
    """Print a mark and, beside it, a text wrapped to the rest of the line; nothing is cut off."""
    room = max(_LEAST_ROOM, console.width - width - len(_INDENT))
    mark.pad_right(width - mark.cell_len)
    for line in told.wrap(console, room, overflow="fold"):
        line.rstrip()
        console.print(Text.assemble(_INDENT, mark, line), soft_wrap=True)
        mark = Text(" " * width)


def summary(finished: ScanFinished) -> str:
    """Say in one paragraph what a scan found."""
    told = f"{_counted(finished.files, 'file')}, {finished.read:,} read"
    if finished.skipped:
        told += f", {len(finished.skipped):,} could not be read"
    if finished.groups:
        groups = _counted(finished.groups, "group")
        copies = _counted(finished.duplicate_files, "file")
        size = size_words(finished.reclaimable_bytes)
        told += f". {groups} of duplicates, {copies} more than one of each; {size} could be freed"
    else:
        told += ". No duplicates were found"
    return f"{told}. Nothing was changed or deleted. {finished.seconds['total']:.1f} s."


def size_words(size_bytes: int) -> str:
    """Return a size as people read it: 1,234 bytes are 1.2 kB."""
    if size_bytes < 1000:
        return _counted(size_bytes, "byte")
    size = float(size_bytes)
    for unit in ("kB", "MB", "GB"):
        size /= 1000
        if size < 999.95:
            return f"{size:.1f} {unit}"
    return f"{size / 1000:,.1f} TB"


def _header(group: Sequence[ReportRow]) -> Text:
    copies = [row for row in group if row.compared_with is not None]
    parts = [_KINDS[group[0].kind], _counted(len(group), "file")]
    if group[0].kind is GroupKind.DUPLICATES:
        free = sum(row.size_bytes for row in copies if row.role is not Role.PROTECTED)
        parts.append(f"{size_words(free)} could be freed")
    similar = [int(row.similarity) for row in copies if row.similarity is not None]
    if similar:
        least, most = min(similar), max(similar)
        parts.append(f"{least} % similar" if least == most else f"{least} to {most} % similar")
    return Text(f"{group[0].group}. {' · '.join(parts)}", style="bold")


def _print_files(console: Console, group: Sequence[ReportRow], folders: Sequence[Path]) -> None:
    for row in group[:MOST_FILES]:
        told = _named(row.path, folders)
        # Cut, not rounded: what is not quite the same must not read as 100 %.
        why = f"{row.relation.value}, {int(row.similarity or 0)} %: " if row.relation else ""
        told.append(f"\n{why}{neutral(row.reason)}", style="dim")
        print_beside(console, Text(row.role.value, style=_ROLES[row.role]), told, _ROLE_WIDTH)
    if len(group) > MOST_FILES:
        more = Text(f"... and {_counted(len(group) - MOST_FILES, 'more file')}")
        print_beside(console, Text(), more, _ROLE_WIDTH)


def _named(path: Path, folders: Sequence[Path]) -> Text:
    """Return the name of a file and its folder, below the scanned one if there is only one."""
    folder = path.parent
    if len(folders) == 1 and folder.is_relative_to(folders[0]):
        folder = folder.relative_to(folders[0])
    told = Text(neutral(path.name))
    if folder.parts:
        told.append(f"  in {neutral(str(folder))}", style="cyan")
    return told


def _counted(number: int, noun: str) -> str:
    return f"1 {noun}" if number == 1 else f"{number:,} {noun}s"
