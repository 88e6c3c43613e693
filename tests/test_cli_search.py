"""`dedupe-app search`, as a person types it."""

import json

import pytest
from click.testing import CliRunner

from dedupe_app.cli import program
from dedupe_app.store import fulltext
from dedupe_app.store.database import open_library

FILES = {
    "terms.txt": "4.2 Invoices are payable within 45 days of receipt.",
    "policy.txt": "Invoices without an order number are not payable.",
    "规定.txt": "发票须在收到后四十五日内支付。",
}


@pytest.fixture
def library_path(run_scan, plant, tmp_path):
    run_scan(tmp_path / "library.sqlite", plant(tmp_path / "tree", FILES))
    return tmp_path / "library.sqlite"


def run(*arguments):
    return CliRunner().invoke(program, ["search", *map(str, arguments)])


def test_hits_are_printed_with_their_snippets(library_path):
    result = run("invoices payable", "--library", library_path)
    assert result.exit_code == 0
    assert "terms.txt  (words)" in result.stdout
    assert "  4.2 Invoices are payable within 45 days of receipt." in result.stdout
    assert "2 found by words in 3 documents" in result.stdout


def test_index_is_built_by_the_first_search(library_path):
    with open_library(library_path) as library:
        assert fulltext.count_indexed(library) == (0, 3)
    assert "规定.txt" in run("发票", "--library", library_path).stdout
    with open_library(library_path) as library:
        assert fulltext.count_indexed(library) == (3, 3)


def test_json_has_the_facts(library_path):
    result = run("invoices", "-n", 1, "--library", library_path, "--json", "-")
    facts = json.loads(result.stdout)
    assert facts["words"] == "invoices"
    assert (facts["total"], facts["documents"], facts["by"]) == (2, 3, ["words"])
    (hit,) = facts["hits"]
    assert hit["why"] == ["words"]
    first, last = hit["marks"][0]
    assert hit["snippet"][first:last] == "Invoices"
    assert hit["meaning"] is None


def test_nothing_found_is_no_error(library_path):
    result = run('granite OR "', "--library", library_path)
    assert (result.exit_code, result.stdout.split(",")[0]) == (0, "nothing found in 3 documents")


def test_library_in_use_is_searched_as_far_as_it_is_indexed(library_path):
    with open_library(library_path) as library:
        result = run("invoices", "--library", library_path)
        assert result.exit_code == 0
        assert "only 0 of 3 texts are searched" in result.stderr
        while fulltext.index_more(library):
            pass
        assert "2 found" in run("invoices", "--library", library_path).stdout


def test_without_a_library_it_says_so_and_makes_none(tmp_path):
    result = run("x", "--library", tmp_path / "none.sqlite")
    assert result.exit_code == 3
    assert "There is no library" in result.stderr
    assert not (tmp_path / "none.sqlite").exists()


def test_model_that_was_named_has_to_be_there(library_path):
    result = run("x", "--library", library_path, "--embedder", "folder:/nowhere")
    assert result.exit_code == 4
