"""The languages of the window: every text has its translation, also those that come from the parts below it."""

from __future__ import annotations

import ast
import re
import string
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget

from dedupe_app.app import Program
from dedupe_app.records import Decision, FileRow, Problem, Role, SkipReason, UnreadRow
from dedupe_app.settings import Choices, choices_path, resource_folder, save_choices
from dedupe_app.ui import group_words, plan_words
from dedupe_app.ui.known_sentences import OTHERWISE, SENTENCES
from dedupe_app.ui.languages import languages, put_in_place
from dedupe_app.ui.sentences import in_words, is_known
from dedupe_app.ui.unread_model import why_text

ROOT = Path(__file__).parents[2]
I18N = resource_folder() / "i18n"
CHINESE = "zh_CN"
BELOW = ("intake", "text", "embed", "store", "review", "engine", "similarity", "runtime")
# What makes an error, or a reason why a file is left out, of a sentence.
SAYING = re.compile(
    r"damaged|_unfit|Skipped|LeftAlone|Failed|(Unreadable|Library\w*|Embedder\w*|Usage|Report|Card)Error"
)
# Said at the command line or in the log alone.
ELSEWHERE = re.compile(r"--retry-failed|^[a-z-]+$|^X9$|^X9\.$")


@pytest.fixture
def maker(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "packaging"))
    import make_translations

    yield make_translations
    del sys.modules["make_translations"]


@pytest.fixture
def chinese(qapp):
    """Everything is said in Chinese."""
    before = qapp.findChildren(QTranslator)
    put_in_place(qapp, CHINESE)
    yield
    for translator in set(qapp.findChildren(QTranslator)) - set(before):
        qapp.removeTranslator(translator)
    QLocale.setDefault(QLocale.system())


def translations(maker):
    """Return the Chinese texts by context, source and comment."""
    found = maker.read(I18N / f"dedupe_app_{CHINESE}.ts")
    return {
        text: "".join(form.text or "" for form in each) if len(each) else each.text or ""
        for text, each in found.items()
    }


# ---- the files ---------------------------------------------------------------------------------


def test_every_text_has_a_translation_and_none_is_left_over(maker):
    found, wanted = translations(maker), set(maker.all_texts())
    assert sorted(wanted - set(found)) == [], "run `make translations` and translate what is new"
    assert sorted(set(found) - wanted) == [], "run `make translations`"
    assert [text for text, words in found.items() if not words.strip()] == [], "to be translated"


def test_translations_have_the_gaps_of_their_texts(maker):
    wrong = []
    for (context, source, comment), words in translations(maker).items():
        if gaps(source) != gaps(words) or source.count("%n") != words.count("%n"):
            wrong.append((context, source, comment))
    assert wrong == []


def gaps(text):
    """Return the names of the gaps; those without a name are numbered, as format() does it."""
    names = [name for _, name, _, _ in string.Formatter().parse(text) if name is not None]
    return {name or str(number) for number, name in enumerate(names)}


@pytest.mark.parametrize("language", ["en", CHINESE])
def test_what_the_window_reads_is_up_to_date(maker, language, tmp_path):
    made = tmp_path / "made.qm"
    maker.release(I18N / f"dedupe_app_{language}.ts", made)
    assert made.read_bytes() == (I18N / f"dedupe_app_{language}.qm").read_bytes(), (
        "run `make translations`"
    )


def test_languages_are_named_as_they_name_themselves():
    assert languages() == [("en", "English"), (CHINESE, "简体中文")]


def test_plurals_are_not_in_classes_that_others_inherit_from():
    # tr() of a class that inherits from it takes the text without a translation for the translated one.
    bases, plurals = set(), set()
    for path in (ROOT / "dedupe_app" / "ui").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                bases |= {ast.unparse(base) for base in node.bases}
                plurals |= {
                    node.name
                    for call in ast.walk(node)
                    if isinstance(call, ast.Call)
                    and ast.unparse(call.func) == "self.tr"
                    and len(call.args) > 2
                }
    assert bases & plurals == set()


# ---- sentences from below ----------------------------------------------------------------------


def test_sentences_from_below_are_known():
    missing = {
        f"{path.relative_to(ROOT)}: {sentence}"
        for folder in BELOW
        for path in (ROOT / "dedupe_app" / folder).glob("*.py")
        for sentence in said_in(path)
        if not is_known(sentence) and not ELSEWHERE.search(sentence)
    }
    assert sorted(missing) == [], "add them to dedupe_app/ui/known_sentences.py"


def said_in(path):
    """Yield the sentences that a module gives to errors and reasons, "X9" in their gaps."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    constants = {
        ast.unparse(node.targets[0]): node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not SAYING.fullmatch(ast.unparse(node.func)):
            continue
        for argument in node.args:
            value = constants.get(ast.unparse(argument), argument)
            if isinstance(value, ast.Constant) and isinstance(value.value, str) and value.value:
                yield value.value
            elif isinstance(value, ast.JoinedStr):
                yield "".join(
                    str(each.value) if isinstance(each, ast.Constant) else "X9"
                    for each in value.values
                )


def test_no_sentence_of_the_window_is_about_the_command_line():
    shown = [each for each in SENTENCES if each not in OTHERWISE] + list(OTHERWISE.values())
    assert [each for each in shown if "--" in each or "dedupe-app " in each] == []


@pytest.mark.parametrize("sentence", [each for each in SENTENCES if "{}" not in each])
def test_in_english_sentences_stay_as_they_are(sentence):
    assert in_words(sentence) == OTHERWISE.get(sentence, sentence)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("", ""),
        ("Nobody knows this.", "Nobody knows this."),
        ("Larger than 512 MiB.", "大于 512 MiB。"),
        (
            "Damaged: the part word/document.xml is missing.",
            "已损坏：缺少 word/document.xml 部分。",
        ),
        ("Cannot be read: Input/output error.", "无法读取：输入/输出错误。"),
        ("Permission denied.", "没有权限。"),
        ("There is no library at /home/my files.", "/home/my files 处没有资料库。"),
        ("Empty. /home/two words. Not a sentence", "Empty. /home/two words. Not a sentence"),
        ("To keep: best format (docx before pdf).", "保留原因：格式最佳（docx 优先于 pdf）。"),
        ("mark 1,204 files to remove", "将 1,204 个文件 标记为移除"),
        ("The disk is full. Take 256.", "磁盘已满。请用 256。"),
        (
            "1,204 words replaced, among them a date, a time and a number; 1 word only here.",
            "替换了 1,204 个词，其中有日期、时间和数字；仅此处有 1 个词。",
        ),
        (
            "The same wording for another matter: 2 words missing here.",
            "措辞相同，但讲的是另一件事：此处缺少 2 个词。",
        ),
        ("Close it, or name another library with --library.", None),
    ],
)
def test_sentences_from_below_are_said_in_chinese(chinese, said, words):
    if words is None:
        assert "--library" not in in_words(said)
        assert in_words(said) != said
    else:
        assert in_words(said) == words


def test_lists_say_reasons_in_chinese(chinese):
    path = Path("/home/somebody/letter.odt")
    unread = UnreadRow(1, path, 5, SkipReason.TOO_LARGE, "Larger than 512 MiB.")
    assert why_text(unread) == "太大。大于 512 MiB。"
    assert plan_words.problem_text(Problem.FAILED, "Permission denied") == (
        "系统拒绝了此操作。没有权限。"
    )
    row = FileRow(
        *(1, 2, path, 5, 0, "odt", 9, None, None, None, None, None, None),
        *(Role.KEEPER, Decision.KEEP, False, False, "To keep: newest.", None),
    )
    assert group_words.file_tip(row).splitlines()[1:] == ["按规则保留。", "保留原因：最新。"]


# ---- the window --------------------------------------------------------------------------------

NAMES = re.compile(
    r"Ctrl|Alt|Shift|Esc|F\d|CSV|JSON|KB|MB|GB|Dedupe App|Qwen3-Embedding|vLLM|llama.cpp|Ollama|"
    r"text-embeddings-inference|\*\.log|build/"
)


def test_no_english_is_left_in_the_window(chinese, qapp, own_places, tmp_path):
    save_choices(Choices(language=CHINESE), choices_path())
    program = Program(qapp, tmp_path / "library.sqlite")
    try:
        shown = {text for widget in all_widgets(program.window) for text in texts_of(widget)}
    finally:
        program.close()
        qapp.setStyleSheet("")
    assert len(shown) > 60
    assert sorted(text for text in shown if re.search(r"[A-Za-z]{2}", NAMES.sub("", text))) == []


def all_widgets(window):
    return [window, *window.findChildren(QWidget)]


def texts_of(widget):
    """Yield what a widget shows, and what is said of it to those who do not see it."""
    yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    if isinstance(widget, QLineEdit):
        yield widget.placeholderText()
