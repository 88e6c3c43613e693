"""Says in the language of the window what the parts below it say in English. Pure: a sentence in, a sentence out."""

from __future__ import annotations

import re
from functools import cache

from PySide6.QtCore import QCoreApplication, QLocale

from dedupe_app.ui.formats import count_text
from dedupe_app.ui.known_sentences import OTHERWISE, SENTENCES

CONTEXT = "Sentence"
_CLAUSE = re.compile(r"([\d,]+) words? (replaced|only here|missing here)(?:, among them (.+))?")
_KINDS = re.compile(r", | and ")
_AMONG = "{changes}, among them {kinds}"
_BETWEEN = re.compile(r"(?<=[.?!]) (?=[A-Z])")


def in_words(text: str) -> str:
    """Return what a part below the window says as the window says it; what nobody knows stays as it is."""
    if not text:
        return ""
    known = _find(text) or _say_changes(text)
    if known:
        return known
    parts = _BETWEEN.split(text)
    if len(parts) > 1 and any(map(_find, parts)):
        return join(*map(in_words, parts))
    if text.endswith(".") and (plain := _find(text[:-1])):
        return QCoreApplication.translate("Sentences", "{}.").format(plain)
    return text


def is_known(text: str) -> bool:
    """Tell whether there is a translation of a sentence, or a place for one."""
    return bool(_find(text) or _say_changes(text))


def join(*sentences: str) -> str:
    """Put sentences one after the other, those that are empty left out."""
    between = QCoreApplication.translate("Sentences", "{} {}", "two sentences, one after the other")
    joined = ""
    for sentence in filter(None, sentences):
        joined = between.format(joined, sentence) if joined else sentence
    return joined


def _find(text: str) -> str:
    """Return a known sentence in the language of the window, "" if it is none."""
    whole, patterns = _known()
    if (otherwise := whole.get(text)) is not None:
        return QCoreApplication.translate(CONTEXT, otherwise)
    for pattern, sentence in patterns:
        if match := pattern.fullmatch(text):
            values = map(_fill, match.groups())
            return QCoreApplication.translate(CONTEXT, sentence).format(*values)
    return ""


def _fill(value: str) -> str:
    """Return what stands in a gap: a path stays as it is, also one that reads like a sentence."""
    whole, _ = _known()
    is_path = value.startswith(("/", "~", "\\")) or value[1:3] == ":\\"
    return value if is_path and value not in whole else in_words(value)


@cache
def _known() -> tuple[dict[str, str], list[tuple[re.Pattern[str], str]]]:
    """Return the sentences without gaps, and patterns of the others, those with the longest beginnings first."""
    said = {sentence: sentence for sentence in SENTENCES} | OTHERWISE
    gaps = sorted((each for each in said if "{}" in each), key=_sureness, reverse=True)
    patterns = [(re.compile(_pattern(each), re.DOTALL), said[each]) for each in gaps]
    return {each: words for each, words in said.items() if "{}" not in each}, patterns


def _sureness(sentence: str) -> tuple[int, int]:
    return sentence.index("{}"), len(sentence)


def _pattern(sentence: str) -> str:
    return "(.+?)".join(map(re.escape, sentence.split("{}")))


# ---- what changed, clause by clause ------------------------------------------------------------


def _say_changes(text: str) -> str:
    """Return "12 words replaced, among them a date; 1 word only here." in words, "" if the text is of another kind."""
    bare = text.removesuffix(".")
    clauses = [_CLAUSE.fullmatch(each) for each in bare.split("; ")]
    if not bare or None in clauses:
        return ""
    if _among() == _AMONG:
        return text  # as it was written: in English
    said = QCoreApplication.translate("Sentences", "; ").join(
        _say_clause(*clause.groups()) for clause in clauses if clause
    )
    if text.endswith("."):
        return QCoreApplication.translate("Sentences", "{}.").format(said)
    return said


def _say_clause(digits: str, change: str, kinds: str | None) -> str:
    translate = QCoreApplication.translate
    number = int(digits.replace(",", ""))
    said = {
        "replaced": translate("Sentences", "%n word(s) replaced", "", number),
        "only here": translate("Sentences", "%n word(s) only here", "", number),
        "missing here": translate("Sentences", "%n word(s) missing here", "", number),
    }[change].replace(str(number), count_text(number), 1)
    if not kinds:
        return said
    names = QLocale().createSeparatedList([_find(each) or each for each in _KINDS.split(kinds)])
    return _among().format(changes=said, kinds=names)


def _among() -> str:
    return QCoreApplication.translate("Sentences", "{changes}, among them {kinds}")
