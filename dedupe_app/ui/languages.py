"""The languages of the window: which translations there are, and how one is put in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QLibraryInfo, QLocale, QTranslator

from dedupe_app.settings import resource_folder

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

_PREFIX = "dedupe_app_"
_ENGLISH = "en"
# Each language translates this by its own name.
_NAME = str(QT_TRANSLATE_NOOP("Languages", "English"))


def languages() -> list[tuple[str, str]]:
    """Return the codes and the own names of the languages; none when there is only English."""
    codes = sorted(
        path.stem.removeprefix(_PREFIX)
        for path in (resource_folder() / "i18n").glob(f"{_PREFIX}*.qm")
    )
    if codes in ([], [_ENGLISH]):
        return []
    return [(code, _own_name(code)) for code in codes]


def put_in_place(application: QApplication, language: str) -> None:
    """Let the program speak a language, "" for that of the desktop; English where there is no translation.

    English has a file too: only with it do "1 file" and "2 files" come out right. What was spoken before is forgotten.
    """
    for before in application.findChildren(QTranslator):
        application.removeTranslator(before)
        before.deleteLater()
    locale = QLocale(language) if language else QLocale.system()
    QLocale.setDefault(locale)  # numbers and lists are written as the language has it
    folder = str(resource_folder() / "i18n")
    for name in dict.fromkeys((_ENGLISH, locale.name())):
        translator = QTranslator(application)
        if translator.load(f"{_PREFIX}{name}", folder):
            application.installTranslator(translator)
    standard = QTranslator(application)
    place = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if standard.load(locale, "qtbase", "_", place):
        application.installTranslator(standard)


def _own_name(code: str) -> str:
    """Return what a language calls itself: its translation says so."""
    translator = QTranslator()
    translator.load(f"{_PREFIX}{code}", str(resource_folder() / "i18n"))
    return str(translator.translate("Languages", _NAME)) or _NAME
