"""The texts of the window: all plurals have their English forms. If not: `make translations`."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator

from dedupe_app.settings import resource_folder
from dedupe_app.ui.languages import put_in_place

ROOT = Path(__file__).parents[2]


@pytest.fixture
def maker(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "packaging"))
    import make_translations

    yield make_translations
    del sys.modules["make_translations"]


def test_all_plurals_are_written_out(maker):
    texts = [
        text
        for source in (ROOT / "dedupe_app" / "ui").glob("*.py")
        for text in maker.find_texts(source)
        if "%n" in text[1]
    ]
    known = maker.read(resource_folder() / "i18n" / "dedupe_app_en.ts")
    assert sorted(set(texts) - set(known)) == [], "run `make translations`"


def test_one_is_told_from_many(qapp):
    before = qapp.findChildren(QTranslator)
    put_in_place(qapp, "en")
    try:
        texts = [QCoreApplication.translate("Groups", "%n file(s)", "", n) for n in (1, 2)]
    finally:
        for translator in set(qapp.findChildren(QTranslator)) - set(before):
            qapp.removeTranslator(translator)
    assert texts == ["1 file", "2 files"]


def test_verbs_follow_their_number(maker):
    forms = [each.text for each in maker.english("%n file(s) are protected")]
    assert forms == ["%n file is protected", "%n files are protected"]


def test_texts_are_found_in_classes_and_functions(maker, tmp_path):
    source = tmp_path / "some.py"
    source.write_text(
        "class A:\n    def f(self, n):\n        return self.tr('%n row(s)', '', n.count)\n"
        "def g(n):\n    return QCoreApplication.translate('B', 'one', '', n.count)\n"
        "def h(s):\n    return s.translate(table)\n"
    )
    assert maker.find_texts(source) == [("A", "%n row(s)", ""), ("B", "one", "")]
