"""The index of words: what is found, what is passed over, and that nothing people type has a meaning of its own."""

import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

sys.path.append(str(Path(__file__).parent))

from planted import ROOT, SCOPE, add, change, group, read, save, state

from dedupe_app.records import ChangeKind, GroupQuery
from dedupe_app.store import browse, documents, fulltext
from dedupe_app.store.database import open_beside, open_library
from dedupe_app.store.terms import all_of, fold_text, index_form, parse


def index(library):
    """Build the index to its end; return how many texts were put into it."""
    added = 0
    while step := fulltext.index_more(library):
        added += step
    return added


def found(library, words, folders=(), most=50):
    """Return the names of the files in whose text the words are found, best first."""
    matches = fulltext.find_texts(library, parse(words), most, folders)
    files = fulltext.files_of(library, matches.texts, folders)
    return [fulltext.path_of(library, files[text][0]).name for text in matches.texts]


@pytest.fixture
def shelf(library):
    """A library of a few texts, indexed."""
    for name, words in {
        "terms.txt": "4.2 Invoices are payable within 45 days of receipt.",
        "policy.txt": "Invoices without an order number are not payable.",
        "vertrag.txt": "Rechnungen sind gemäß Straßenverzeichnis zu prüfen; Exam-\nple am Zeilenende.",
        "规定.txt": "发票须在收到后四十五日内支付。中国银行",
        "hindi.txt": "हिन्दी में लिखा हुआ दस्तावेज़",
        "ligature.txt": "The o\ufb03ce of the \uff26\uff35\uff2c\uff2c team, so\u00adft hyphen",
    }.items():
        add(library, name, words)
    index(library)
    return library


# ---- what is found -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("invoices payable", {"terms.txt", "policy.txt"}),
        ("INVOICES  45 ", {"terms.txt"}),
        ("payab", {"terms.txt", "policy.txt"}),
        ('"payable within"', {"terms.txt"}),
        ('"not pay', {"policy.txt"}),
        ("\u201corder number\u201d", {"policy.txt"}),
        ("prufen", {"vertrag.txt"}),
        ("STRASSENverz", {"vertrag.txt"}),
        ("example ", {"vertrag.txt"}),
        ("office full soft", {"ligature.txt"}),
        ("发票", {"规定.txt"}),
        ("四十五日内", {"规定.txt"}),
        ("行", {"规定.txt"}),
        ("支付 银行", {"规定.txt"}),
        ("हिन्दी", {"hindi.txt"}),
        ("हिन्द", {"hindi.txt"}),
        ("payab ", set()),
        ("四百六天内外", set()),
        ("...", set()),
        ("", set()),
    ],
)
def test_texts_are_found_by_their_words(shelf, words, names):
    assert set(found(shelf, words)) == names


def test_text_with_more_of_a_word_comes_first(library):
    add(library, "once.txt", "a lease among many other words that say nothing of it")
    add(library, "often.txt", "lease lease lease")
    index(library)
    assert found(library, "lease") == ["often.txt", "once.txt"]


def test_without_a_text_that_has_all_words_those_with_several_are_found(library):
    for number in range(12):
        add(library, f"{number}.txt", f"common words of number{number}")
    add(library, "two.txt", "granite and marble")
    add(library, "one.txt", "granite alone")
    index(library)
    assert found(library, "common granite marble basalt") == ["two.txt"]
    assert found(library, "granite basalt") == ["one.txt", "two.txt"]
    assert found(library, "basalt common") == []


def test_only_folders_that_are_asked_for_are_looked_in(library):
    add(library, "a/one.txt", "granite in a")
    add(library, "b/two.txt", "granite in b")
    index(library)
    assert set(found(library, "granite")) == {"one.txt", "two.txt"}
    assert found(library, "granite", [ROOT / "a"]) == ["one.txt"]
    assert fulltext.find_texts(library, parse("granite"), 50, [ROOT / "a"]).total == 1


def test_file_that_is_kept_stands_for_its_copies(library):
    files = [add(library, name, "the very same words") for name in ("a.txt", "b.txt", "c.txt")]
    save(library, group(files[1], files[0], files[2]))
    index(library)
    (text,) = fulltext.find_texts(library, parse("very same"), 5).texts
    assert fulltext.files_of(library, [text]) == {text: (files[1], 2)}


def test_names_are_found_by_their_last_part_shortest_first(library):
    add(library, "lease/notes on granite.txt", "x y z")
    unread = add(library, "Lease 2024.pdf")
    long_name = add(library, "the long lease of 2024.txt", "words in it")
    names = fulltext.find_names(library, parse("LEASE 2024"), 10)
    assert [file for file, _ in names] == [unread, long_name]
    assert [bool(text) for _, text in names] == [False, True]
    assert fulltext.find_names(library, parse("l"), 10) == []


# ---- the index follows the texts ---------------------------------------------------------------


def test_index_is_built_step_by_step_and_goes_on_where_it_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(fulltext, "_STEP_TEXTS", 2)
    path = tmp_path / "library.sqlite"
    with open_library(path) as library:
        for number in range(5):
            add(library, f"{number}.txt", f"granite {number}")
        assert (fulltext.index_more(library), fulltext.count_indexed(library)) == (2, (2, 5))
    with open_library(path) as library:
        assert not fulltext.is_complete(library)
        assert (index(library), fulltext.count_indexed(library)) == (3, (5, 5))
        assert fulltext.is_complete(library)
        assert (index(library), len(found(library, "granite"))) == (0, 5)
        fulltext.tidy(library)
        assert len(found(library, "granite")) == 5


def test_changed_text_is_found_by_its_new_words_only(shelf):
    own = state("terms.txt", mtime=2000)
    documents.apply_changes(shelf, [change(ChangeKind.CHANGED, own)])
    assert found(shelf, "receipt") == []
    read(shelf, own, "Payment is due in granite.")
    assert found(shelf, "granite") == []  # not yet in the index
    documents.forget_unused(shelf)
    index(shelf)
    assert found(shelf, "granite") == ["terms.txt"]
    assert found(shelf, "receipt") == []


def test_text_that_comes_back_is_found_again(shelf):
    own = state("terms.txt")
    documents.apply_changes(shelf, [change(ChangeKind.REMOVED, own)])
    documents.forget_unused(shelf)
    assert found(shelf, "receipt") == []
    add(shelf, "terms.txt", "4.2 Invoices are payable within 45 days of receipt.")
    index(shelf)
    assert found(shelf, "receipt") == ["terms.txt"]


def test_moved_file_is_found_where_it_is_now(shelf):
    own = state("terms.txt")
    documents.apply_changes(
        shelf,
        [change(ChangeKind.MOVED, state("elsewhere/conditions.txt", inode=own.inode), "terms.txt")],
    )
    assert found(shelf, "receipt") == ["conditions.txt"]
    assert found(shelf, "receipt", [ROOT / "elsewhere"]) == ["conditions.txt"]


def test_index_with_many_texts_that_are_gone_is_made_anew(shelf, monkeypatch):
    assert not fulltext.drop_if_stale(shelf)
    documents.apply_changes(shelf, [change(ChangeKind.REMOVED, state("terms.txt"))])
    documents.forget_unused(shelf)
    monkeypatch.setattr(fulltext, "_STALE_TEXTS", 1)
    assert fulltext.drop_if_stale(shelf)
    assert index(shelf) == 5
    assert not fulltext.drop_if_stale(shelf)
    assert found(shelf, "payable") == ["policy.txt"]


def test_window_searches_while_the_engine_writes(tmp_path):
    path = tmp_path / "library.sqlite"
    with open_library(path) as engine:
        add(engine, "a.txt", "granite")
        index(engine)
        with open_beside(path) as window:
            add(engine, "b.txt", "granite too")
            assert found(window, "granite") == ["a.txt"]
            index(engine)
            assert len(found(window, "granite")) == 2


def test_groups_are_filtered_by_the_words_of_their_texts(shelf):
    files = [add(shelf, name, words) for name, words in (("x.txt", "marble"), ("y.txt", "slate"))]
    other = [add(shelf, name, words) for name, words in (("v.txt", "chalk"), ("w.txt", "lime"))]
    numbers = save(shelf, group(*files), group(*other))

    def listed(words):
        return list(browse.group_list(shelf, SCOPE, GroupQuery(words=words))[0])

    assert listed("marble") == []
    index(shelf)
    assert listed("marble") == [numbers[0]]
    assert listed("W.TXT") == [numbers[1]]
    assert listed('"; drop table files; --') == []


# ---- what people type --------------------------------------------------------------------------

_SYNTAX = st.sampled_from(
    [
        '"',
        "'",
        "*",
        "^",
        "(",
        ")",
        "+",
        "-",
        ":",
        "NEAR(",
        " AND ",
        " OR ",
        " NOT ",
        "{",
        "}",
        ",",
        "\0",
        "\\",
        "words:",
    ]
)
_TYPED = st.lists(st.one_of(_SYNTAX, st.text(max_size=8)), max_size=8).map("".join)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=_TYPED)
def test_anything_can_be_typed(shelf, typed):
    matches = fulltext.find_texts(shelf, parse(typed), 5)
    assert len(matches.texts) <= matches.total
    assert len(fulltext.find_names(shelf, parse(typed), 5)) <= 5
    numbers, sizes = browse.group_list(shelf, SCOPE, GroupQuery(words=typed))
    assert len(numbers) == len(sizes)


@settings(max_examples=300)
@given(typed=_TYPED)
def test_terms_are_folded_and_never_empty(typed):
    for term in parse(typed):
        assert any(map(str.isalnum, term.words))
        assert fold_text(term.words) == term.words
    assert bool(all_of(parse(typed))) == bool(parse(typed))


def _old_letters(letter):
    """Tell whether SQLite, which knows Unicode 6.1, can know a letter."""
    return unicodedata.category(letter)[0] in "LN" and ord(letter) < 0xA000


_WORDS = st.text(
    st.characters(min_codepoint=48, max_codepoint=0x9FFF).filter(_old_letters),
    min_size=1,
    max_size=12,
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(_WORDS, min_size=1, max_size=4))
def test_a_text_is_found_by_each_of_its_words(library, words):
    text = " ".join(words)
    library.execute("insert into text_words (text_words) values ('delete-all')")
    library.execute("insert into text_words (rowid, words) values (1, ?)", [index_form(text)])
    for word in words:
        for query in (
            f"{word} ",
            f'"{word}"',
            word.upper() if fold_text(word.upper()) == fold_text(word) else word,
        ):
            wanted = all_of(parse(query))
            if wanted:
                assert library.row(
                    "select rowid from text_words where text_words match ?", [wanted]
                ) == (1,), query
