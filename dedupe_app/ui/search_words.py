"""What the search view says: why a document was found, how many were, what to do when none was. Pure functions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from dedupe_app.records import Why
from dedupe_app.ui.formats import count_text, percent_text, shown_path
from dedupe_app.ui.group_words import folder_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from dedupe_app.records import SearchHit, SearchPage

_SLOW_MS = 1000


def why_text(hit: SearchHit, usual_language: str) -> str:
    """Return why a document was found; the language is named where it is not the usual one."""
    parts = [_ways()[why] for why in hit.why]
    if hit.why == (Why.WORDING,) and hit.cosine is not None:
        parts = [
            QCoreApplication.translate("Search", "wording {}").format(
                percent_text(100 * hit.cosine)
            )
        ]
    text = " + ".join(parts)
    language = _languages().get(hit.language, "")
    if Why.MEANING in hit.why and Why.WORDS not in hit.why and hit.language != usual_language:
        return f"{text} · {language}" if language else text
    return text


def copies_text(copies: int) -> str:
    """Return how many other files have the same text, "" for none."""
    if not copies:
        return ""
    return QCoreApplication.translate("Search", "+ %n more with the same text", "", copies)


def name_text(hit: SearchHit) -> str:
    """Return the name of a hit as it may be shown."""
    return shown_path(hit.row.path.name)


def place_text(hit: SearchHit, roots: Iterable[Path]) -> str:
    """Return the folder of a hit, from the added folder on."""
    return folder_text(hit.row.path.parent, roots)


def hit_sentence(hit: SearchHit, roots: Iterable[Path], usual_language: str) -> str:
    """Say a whole hit in one sentence."""
    in_folder = QCoreApplication.translate("Search", "in {}").format(place_text(hit, roots))
    found_by = QCoreApplication.translate("Search", "found by {}").format(
        why_text(hit, usual_language)
    )
    parts = [name_text(hit), in_folder, found_by, copies_text(hit.copies)]
    snippet = hit.snippet.text if hit.snippet else ""
    return ", ".join(filter(None, parts)) + (f". {snippet}" if snippet else "")


def summary_text(page: SearchPage, like: str = "") -> str:
    """Return how many documents were found, in which ways, and how long it took; `like` names what they are like."""
    translate = QCoreApplication.translate
    of = translate("Search", "{} of {} documents").format(
        count_text(page.total), count_text(page.documents)
    )
    if like:
        of = translate("Search", "{} like “{}”").format(of, like)
    parts = [of]
    ways = [_ways()[why] for why in page.by if why is not Why.NAME]
    if ways:
        last = ways.pop()
        by = translate("Search", "{} and {}").format(", ".join(ways), last) if ways else last
        parts.append(by)
    if not like:
        parts.append(_took(page.seconds * 1000))
    if page.total > len(page.hits) > 0:
        parts.append(translate("Search", "the first {}").format(count_text(len(page.hits))))
    if page.indexed < page.texts:
        done = translate("Search", "preparing search: {} of {} texts")
        parts.append(done.format(count_text(page.indexed), count_text(page.texts)))
    return " · ".join(parts)


def nothing_found(words: str, like: str = "", *, early: bool = False) -> tuple[str, str]:
    """Return what is said when nothing was found: a sentence and a hint; `early`: not all texts were searched."""
    translate = QCoreApplication.translate
    if like:
        return (
            translate("Search", "Nothing is like “{}”").format(like),
            translate("Search", "No other document comes near to it."),
        )
    if early:
        return (
            translate("Search", "Nothing found for “{}” so far").format(words.strip()),
            translate(
                "Search",
                "Not all texts are ready to be searched. What is found later appears by itself.",
            ),
        )
    return (
        translate("Search", "Nothing found for “{}”").format(words.strip()),
        translate("Search", "Try fewer words, or only the beginning of one."),
    )


def invitation() -> tuple[str, str]:
    """Return what is said before anything is looked for."""
    translate = QCoreApplication.translate
    return (
        translate("Search", "Search names and texts"),
        translate(
            "Search",
            "Words in quotes are found in a row; the last word may be a beginning. "
            "Drop a file or a piece of text here to find documents like it.",
        ),
    )


def _took(milliseconds: float) -> str:
    translate = QCoreApplication.translate
    if milliseconds < _SLOW_MS:
        return translate("Search", "{} ms").format(max(1, round(milliseconds)))
    return translate("Search", "{} s").format(round(milliseconds / 1000, 1))


def _ways() -> dict[Why, str]:
    translate = QCoreApplication.translate
    return {
        Why.WORDS: translate("Search", "words"),
        Why.NAME: translate("Search", "name"),
        Why.WORDING: translate("Search", "wording"),
        Why.MEANING: translate("Search", "meaning"),
    }


def _languages() -> dict[str, str]:
    translate = QCoreApplication.translate
    return {
        "ar": translate("Search", "Arabic"),
        "de": translate("Search", "German"),
        "el": translate("Search", "Greek"),
        "en": translate("Search", "English"),
        "es": translate("Search", "Spanish"),
        "fr": translate("Search", "French"),
        "he": translate("Search", "Hebrew"),
        "hi": translate("Search", "Hindi"),
        "it": translate("Search", "Italian"),
        "ja": translate("Search", "Japanese"),
        "ko": translate("Search", "Korean"),
        "nl": translate("Search", "Dutch"),
        "pt": translate("Search", "Portuguese"),
        "ru": translate("Search", "Russian"),
        "th": translate("Search", "Thai"),
        "uk": translate("Search", "Ukrainian"),
        "zh": translate("Search", "Chinese"),
    }
