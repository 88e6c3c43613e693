"""Search as a whole: words, names and meaning in one list; documents that are like another; the commands about it."""

import pytest
from meaning_server import Server, answer_by_matter, status
from test_meaning import ESSAY_EN, ESSAY_FR, LEASE_DE, LEASE_EN, MATTERS

from dedupe_app.embed.options import EncoderOptions
from dedupe_app.engine.commands import HANDLERS
from dedupe_app.engine.encoders import kept_loaded
from dedupe_app.engine.looking_up import index_texts
from dedupe_app.engine.messages import EngineOptions
from dedupe_app.engine.nearest import Finder
from dedupe_app.engine.scan_messages import Progress
from dedupe_app.engine.search_messages import PrepareSearch, Search, SearchFound, SimilarTo
from dedupe_app.engine.searching import folders_to_search, search
from dedupe_app.errors import EmbedderUnavailableError
from dedupe_app.records import Nearest, SearchQuestion, Why
from dedupe_app.store import folders, fulltext
from dedupe_app.store.database import open_library

FILES = {
    "Contracts/lease.txt": LEASE_EN,
    "Contracts/miete.txt": LEASE_DE,
    "Contracts/the same lease.txt": LEASE_EN,
    "Essays/shore.txt": ESSAY_EN,
    "Essays/rivage.txt": ESSAY_FR,
    "broken lease.docx": b"PK\x03\x04 nothing",
}
PLAIN = EncoderOptions()


class Desk:
    """As much of the engine's desk as the commands about search need."""

    def __init__(self, library, embedder="lexical"):
        self.library = library
        self.options = EngineOptions(library.path, embedder=embedder, processes=1)
        self.finder = None
        self.waiting = []
        self.enqueued = []

    def waits(self, kind):
        return any(isinstance(command, kind) for command in self.waiting)

    def later(self, command):
        self.enqueued.append(command)

    def do(self, command):
        return list(HANDLERS[type(command)](self.library, self, command))


@pytest.fixture(scope="module")
def server():
    running = Server()
    running.fault = answer_by_matter(MATTERS | {"lease": (*MATTERS["lease"], "renting")})
    yield running
    running.fault = status(401)
    running.stop()


@pytest.fixture
def tree(plant, tmp_path):
    return plant(tmp_path / "tree", FILES)


@pytest.fixture
def shelf(run_scan, tree, tmp_path):
    run_scan(tmp_path / "library.sqlite", tree, name="window")
    with open_library(tmp_path / "library.sqlite") as library:
        list(index_texts(library))
        yield library


@pytest.fixture
def meant(run_scan, tree, tmp_path, server):
    embedder = f"server:{server.url}#m"
    run_scan(tmp_path / "library.sqlite", tree, name="window", embedder=embedder)
    with open_library(tmp_path / "library.sqlite") as library:
        list(index_texts(library))
        yield library, embedder


def names(page):
    return [hit.row.path.name for hit in page.hits]


def file_named(library, name):
    return next(
        file
        for file, path in library.rows("select id, path from files")
        if path.decode().endswith(f"/{name}")
    )


# ---- words and names ---------------------------------------------------------------------------


def test_copies_are_one_hit_and_what_has_no_text_is_found_by_its_name(shelf):
    page = search(shelf, SearchQuestion("lease"))
    assert sorted(names(page)) == ["broken lease.docx", "lease.txt"]
    first = page.hits[0]
    assert first.row.path.name == "lease.txt"
    assert first.why == (Why.WORDS, Why.NAME)
    assert first.copies == 1
    assert first.row.group > 0
    assert first.snippet.marks
    assert page.hits[1].why == (Why.NAME,)
    assert (page.total, page.documents, page.by) == (2, 6, (Why.WORDS, Why.NAME))
    assert (page.indexed, page.texts) == (4, 4)


def test_snippets_of_later_hits_are_read_when_asked_for(shelf):
    from dedupe_app.engine.searching import read_snippets

    page = search(shelf, SearchQuestion("lease"), snippets=0)
    assert {hit.snippet for hit in page.hits} == {None}
    read = read_snippets(shelf, page.question, page.hits)
    assert [hit.row for hit in read] == [hit.row for hit in page.hits]
    assert read[0].snippet.text


def test_only_a_folder_or_the_folders_that_were_added_are_looked_in(shelf, tree):
    assert folders_to_search(shelf, tree / "Essays") == (tree / "Essays",)
    essays = SearchQuestion("low tide lease", folders=(tree / "Essays",))
    page = search(shelf, essays)
    assert names(page) == ["shore.txt"]
    assert page.documents == 2
    folders.add_folders(shelf, [tree])
    assert folders_to_search(shelf) == ()
    folders.remove_folder(shelf, folders.folders(shelf)[0].number, forget=False)
    folders.add_folders(shelf, [tree / "Contracts"])
    assert folders_to_search(shelf) == (tree / "Contracts",)


# ---- meaning -----------------------------------------------------------------------------------


def test_another_model_under_the_name_of_the_first_finds_nothing(meant, server):
    """Most servers of one model take any name; what is near to the vectors of another model is near by chance."""
    library, embedder = meant
    first = server.fault

    def other(handler, body):
        body["input"] = [f"to the other model: {text[::-1]}" for text in body["input"]]
        first(handler, body)

    finder = Finder()
    try:
        server.fault = other
        for ask in (finder.by_words, finder.by_raw_text):
            with pytest.raises(EmbedderUnavailableError, match="Another model runs behind"):
                ask(library, "renting a flat by the month", embedder, PLAIN)
    finally:
        server.fault = first
    assert finder.by_words(library, "renting a flat", embedder, PLAIN) is not None


def test_server_is_checked_once_for_as_long_as_it_stays_connected(meant, server):
    library, embedder = meant
    finder = Finder()
    with kept_loaded():
        finder.by_words(library, "renting a flat", embedder, PLAIN)
        asked = len(server.requests)
        finder.by_words(library, "renting a house", embedder, PLAIN)
    assert len(server.requests) == asked + 1


def test_question_in_one_language_finds_a_document_in_another(meant):
    library, embedder = meant
    (found,) = [Finder().by_words(library, "renting a flat", embedder, PLAIN)]
    assert found.why is Why.MEANING
    page = search(library, SearchQuestion("renting the flat"), [found])
    # Of the two files with the same text, the one that is kept.
    by_name = {hit.row.path.name.replace("the same ", ""): hit for hit in page.hits}
    assert set(list(by_name)[:2]) == {"lease.txt", "miete.txt"}
    assert by_name["miete.txt"].why == (Why.MEANING,)
    assert by_name["miete.txt"].cosine > 0.8
    assert by_name["miete.txt"].language == "de"
    assert by_name["miete.txt"].snippet.text.startswith("Mietvertrag")
    assert by_name["lease.txt"].why == (Why.WORDS, Why.MEANING)
    assert Why.MEANING in page.by


def test_without_a_model_nothing_is_said_of_meaning(shelf):
    assert Finder().by_words(shelf, "renting", "lexical", PLAIN) is None


# ---- likeness ----------------------------------------------------------------------------------


def test_documents_like_one_leave_itself_out(run_scan, plant, tmp_path):
    texts = {
        "a.txt": LEASE_EN,
        "b.txt": LEASE_EN.replace("third floor", "fourth floor"),
        "c.txt": ESSAY_EN,
        "d.txt": ESSAY_FR,
    }
    run_scan(tmp_path / "l.sqlite", plant(tmp_path / "t", texts), name="window")
    with open_library(tmp_path / "l.sqlite") as library:
        text = fulltext.text_of(library, file_named(library, "a.txt"))
        lists = Finder().by_text(library, text, "lexical", PLAIN)
        page = search(library, SearchQuestion(like=text), lists)
        assert names(page) == ["b.txt"]
        assert page.hits[0].why == (Why.WORDING,)
        assert page.hits[0].cosine > 0.9


def test_what_is_near_is_looked_for_in_the_folders_of_the_window(shelf, tree):
    finder = Finder()
    finder.look_in((tree / "Essays",))
    assert finder.by_raw_text(shelf, LEASE_EN, "lexical", PLAIN)[0].cosines[:1] < (0.9,)
    finder.look_in(())
    assert finder.by_raw_text(shelf, LEASE_EN, "lexical", PLAIN)[0].cosines[0] > 0.9


def test_kept_vectors_are_loaded_again_when_the_library_changed(shelf, run_scan, tree, tmp_path):
    finder = Finder()
    assert len(finder.by_raw_text(shelf, LEASE_EN, "lexical", PLAIN)[0].texts) == 1
    shelf.execute("delete from vectors")
    assert finder.by_raw_text(shelf, LEASE_EN, "lexical", PLAIN)[0].texts == ()


# ---- commands ----------------------------------------------------------------------------------


def test_search_command_answers_with_its_number(meant):
    library, embedder = meant
    desk = Desk(library, embedder)
    (found,) = desk.do(Search("renting a flat", 7))
    assert found.number == 7
    assert [each.why for each in found.lists] == [Why.MEANING]
    assert desk.do(Search("renting a flat", 8))[0].lists == found.lists


def test_older_question_is_passed_over(shelf):
    desk = Desk(shelf)
    desk.waiting = [Search("lea", 2)]
    assert desk.do(Search("le", 1)) == []


def test_without_a_model_the_answer_is_empty(shelf):
    assert Desk(shelf).do(Search("lease", 3)) == [SearchFound(3)]


def test_model_that_is_gone_is_told_and_likeness_in_words_remains(shelf):
    desk = Desk(shelf, "folder:/nowhere/at/all")
    (found,) = desk.do(Search("lease", 3))
    assert found.lists == ()
    assert found.problem
    (found,) = desk.do(SimilarTo(4, file=file_named(shelf, "lease.txt")))
    assert [each.why for each in found.lists] == [Why.WORDING]
    assert found.problem


def test_documents_like_a_text_or_a_file_from_elsewhere(shelf, tmp_path):
    text = fulltext.text_of(shelf, file_named(shelf, "lease.txt"))
    (found,) = Desk(shelf).do(SimilarTo(1, text=LEASE_EN + "Signed by both."))
    assert found.lists[0].texts == (text,)
    elsewhere = tmp_path / "elsewhere.txt"
    elsewhere.write_text(LEASE_EN)
    (found,) = Desk(shelf).do(SimilarTo(2, path=elsewhere))
    assert found.lists[0] == Nearest(Why.WORDING, (text,), (pytest.approx(1.0),))
    (found,) = Desk(shelf).do(SimilarTo(3, path=tmp_path / "not there.txt"))
    assert found == SearchFound(3)


def test_index_is_prepared_unless_there_is_something_else_to_do(
    run_scan, tree, tmp_path, monkeypatch
):
    monkeypatch.setattr(fulltext, "_STEP_TEXTS", 1)
    run_scan(tmp_path / "library.sqlite", tree)
    with open_library(tmp_path / "library.sqlite") as library:
        desk = Desk(library)
        desk.waiting = [Search("lease", 1)]
        assert desk.do(PrepareSearch()) == [Progress("index", 1, 4), SearchFound(0, indexed=True)]
        assert desk.enqueued == [PrepareSearch()]
        desk.waiting = []
        steps = desk.do(PrepareSearch())
        assert steps == [
            *(Progress("index", n, 4) for n in (2, 3, 4)),
            SearchFound(0, indexed=True),
        ]
        assert desk.enqueued == [PrepareSearch()]
        assert desk.do(PrepareSearch()) == []


def test_articles_alone_find_nothing(run_scan, plant, tmp_path):
    texts = {"a.txt": "Der Brief für den Hafen. " * 5, "b.txt": "Ein Boot für den Sommer. " * 5}
    run_scan(tmp_path / "l.sqlite", plant(tmp_path / "t", texts), name="window")
    with open_library(tmp_path / "l.sqlite") as library:
        list(index_texts(library))
        assert names(search(library, SearchQuestion("Datenträger für"))) == []
        assert names(search(library, SearchQuestion("Hafen für"))) == ["a.txt"]
