"""Looks for the texts of the window, and makes the files in resources/i18n that it reads.

English has a file too, with the plurals alone: it makes "1 file" and "2 files" of "%n file(s)". A further language is
one more code in LANGUAGES; its texts are then translated in its .ts file, with any editor or with Qt Linguist.
Own code finds the texts: lupdate overlooks some calls of translate() in Python, and their plurals. The .qm files are
kept beside the .ts files, so that the program is built and installed without the tools of Qt.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

from dedupe_app.ui.known_sentences import OTHERWISE, SENTENCES
from dedupe_app.ui.sentences import CONTEXT

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "resources" / "i18n"
LRELEASE = Path(sys.executable).with_name("pyside6-lrelease")
ENGLISH = "en"
LANGUAGES = (ENGLISH, "zh_CN")

VERBS = {"are": "is", "were": "was", "have": "has", "share": "shares"}

Text = tuple[str, str, str]  # context, source, comment


def main() -> None:
    """Make the files of all languages."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    texts = all_texts()
    for language in LANGUAGES:
        path = FOLDER / f"dedupe_app_{language}.ts"
        write(path, language, texts, read(path))
        release(path, path.with_suffix(".qm"))
        unfinished = sum(each.get("type") == "unfinished" for each in read(path).values())
        print(f"{path.relative_to(ROOT)}: {unfinished} to translate")  # noqa: T201 - what a script is for


def all_texts() -> list[Text]:
    """Return all texts of the window, also those that come from the parts below it."""
    sources = [*sorted((ROOT / "dedupe_app" / "ui").glob("*.py")), ROOT / "dedupe_app" / "app.py"]
    found = {text for source in sources for text in find_texts(source)}
    shown = set(SENTENCES) - set(OTHERWISE) | set(OTHERWISE.values())
    return sorted(found | {(CONTEXT, sentence, "") for sentence in shown})


def release(path: Path, target: Path) -> None:
    """Make the file that the window reads."""
    subprocess.run([str(LRELEASE), "-silent", str(path), "-qm", str(target)], check=True)


def find_texts(path: Path) -> list[Text]:
    """Return the texts that a module gives to tr() and translate(), with their contexts."""
    finder = Finder()
    finder.visit(ast.parse(path.read_text(encoding="utf-8")))
    return finder.texts


class Finder(ast.NodeVisitor):
    """Walks through a module; a class is the context of tr() within it."""

    def __init__(self) -> None:
        """Begin outside of any class."""
        self.texts: list[Text] = []
        self._classes: list[str] = []

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        """Go into a class."""
        self._classes.append(node.name)
        self.generic_visit(node)
        self._classes.pop()

    def visit_Call(self, node: ast.Call) -> None:
        """Note the texts of one call."""
        function = node.func
        name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        words = [each.value if isinstance(each, ast.Constant) else None for each in node.args]
        if name == "tr" and self._classes:
            words = [self._classes[-1], *words]
        strings = [each for each in words[:2] if isinstance(each, str)]
        if name in ("tr", "translate", "QT_TRANSLATE_NOOP") and len(strings) == 2:
            comment = words[2] if len(words) > 2 else ""
            self.texts.append((strings[0], strings[1], str(comment or "")))
        self.generic_visit(node)


def read(path: Path) -> dict[Text, ET.Element]:
    """Return what is translated already."""
    if not path.exists():
        return {}
    found = {}
    for context in ET.parse(path).getroot().iter("context"):
        name = context.findtext("name") or ""
        for message in context.iter("message"):
            translation = message.find("translation")
            if translation is not None:
                key = (name, message.findtext("source") or "", message.findtext("comment") or "")
                found[key] = translation
    return found


def write(path: Path, language: str, texts: list[Text], known: dict[Text, ET.Element]) -> None:
    """Write the texts of a language: of English only those with a number."""
    root = ET.Element("TS", version="2.1", language=language, sourcelanguage="en_GB")
    contexts: dict[str, ET.Element] = {}
    for text in texts:
        name, source, comment = text
        plural = "%n" in source
        if language == ENGLISH and not plural:
            continue
        if name not in contexts:
            contexts[name] = ET.SubElement(root, "context")
            ET.SubElement(contexts[name], "name").text = name
        message = ET.SubElement(contexts[name], "message", {"numerus": "yes"} if plural else {})
        ET.SubElement(message, "source").text = source
        if comment:
            ET.SubElement(message, "comment").text = comment
        message.append(
            english(source) if language == ENGLISH else known.get(text, unfinished(plural=plural))
        )
    ET.indent(root, "    ")
    ET.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)


def english(source: str) -> ET.Element:
    """Return the two forms of "%n file(s) are": "%n file is" and "%n files are"."""
    translation = ET.Element("translation")
    one = re.sub(r"(^%n \w+\(s\)) (\w+)", lambda m: f"{m[1]} {VERBS.get(m[2], m[2])}", source)
    one = re.sub(r"\(\w+\)", "", one).replace(" their ", " its ")
    for text in (one, re.sub(r"\((\w+)\)", r"\1", source)):
        ET.SubElement(translation, "numerusform").text = text
    return translation


def unfinished(*, plural: bool) -> ET.Element:
    """Return an empty translation."""
    translation = ET.Element("translation", type="unfinished")
    if plural:
        ET.SubElement(translation, "numerusform")
    return translation


if __name__ == "__main__":
    main()
