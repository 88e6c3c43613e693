"""The user guide against the program: its links and pictures exist, and it explains all that the program has."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import click
import pytest

from dedupe_app.cli import program
from dedupe_app.review.export import COLUMNS
from dedupe_app.ui.shortcuts import shortcut_texts

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "dedupe_app"
GUIDE = ROOT / "docs" / "guide"
GUIDES = (GUIDE, GUIDE / "zh")
PAGES = sorted(path.relative_to(ROOT) for path in (ROOT / "README.md", *ROOT.glob("docs/**/*.md")))
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_links_and_pictures_exist(page: Path) -> None:
    text = _FENCE.sub("", (ROOT / page).read_text(encoding="utf-8"))
    for target in _LINK.findall(text):
        if target.startswith(("http://", "https://")):
            continue
        name, _, place = target.partition("#")
        path = (ROOT / page).parent / name if name else ROOT / page
        assert path.exists(), target
        if place:
            assert place in _anchors(path.read_text(encoding="utf-8")), target


def test_both_languages_have_the_same_pages() -> None:
    english, chinese = ({path.name for path in guide.glob("*.md")} for guide in GUIDES)
    assert english == chinese


@pytest.mark.parametrize("guide", GUIDES, ids=["en", "zh"])
def test_every_error_is_explained(guide: Path) -> None:
    page = (guide / "troubleshooting.md").read_text(encoding="utf-8")
    missing = sorted(title for title in _error_titles() if title not in page)
    assert not missing


@pytest.mark.parametrize("guide", GUIDES, ids=["en", "zh"])
def test_every_command_and_option_is_explained(guide: Path) -> None:
    page = (guide / "command-line.md").read_text(encoding="utf-8")
    missing = sorted(name for name in _command_words(program) if name not in page)
    assert not missing


@pytest.mark.parametrize("guide", GUIDES, ids=["en", "zh"])
def test_every_column_of_the_report_is_explained(guide: Path) -> None:
    page = (guide / "command-line.md").read_text(encoding="utf-8")
    assert [name for name in COLUMNS if f"`{name}`" not in page] == []


def test_every_key_is_explained() -> None:
    page = (GUIDE / "settings.md").read_text(encoding="utf-8")
    assert [line for line in shortcut_texts() if f"| {line[0]} | {line[1]} |" not in page] == []


def _anchors(text: str) -> set[str]:
    """Return the names under which the headings of a page can be linked to."""
    headings = re.findall(r"^#+ (.+)$", _FENCE.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", each.lower()).replace(" ", "-") for each in headings}


def _command_words(command: click.Command) -> set[str]:
    found = {
        word
        for parameter in command.params
        if isinstance(parameter, click.Option) and not parameter.hidden
        for word in parameter.opts
    }
    if isinstance(command, click.Group):
        for name, each in command.commands.items():
            found |= {name, *_command_words(each)}
    return found - {"--version"}


def _error_titles() -> set[str]:
    """Return the titles of all errors that are raised with one, … in the place of what differs."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in PACKAGE.rglob("*.py")]
    classes = _error_classes(trees)
    calls = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call))
    return {
        title
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id in classes and call.args
        if (title := _written(call.args[0]))
    }


def _error_classes(trees: list[ast.Module]) -> set[str]:
    found = {"DedupeError"}
    classes = [node for tree in trees for node in tree.body if isinstance(node, ast.ClassDef)]
    while (
        more := {
            each.name
            for each in classes
            if any(isinstance(base, ast.Name) and base.id in found for base in each.bases)
        }
        - found
    ):
        found |= more
    return found


def _written(title: ast.expr) -> str:
    """Return a title that stands in the code as a text, "" for one that is put together elsewhere."""
    if isinstance(title, ast.Constant):
        return str(title.value)
    if isinstance(title, ast.JoinedStr):
        parts = (part.value if isinstance(part, ast.Constant) else "…" for part in title.values)
        return "".join(map(str, parts))
    return ""
