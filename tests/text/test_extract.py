"""Every file ends with a text or a reason, whatever it is and whatever it is called."""

from __future__ import annotations

import logging
from pathlib import Path

import kreuzberg
import pytest
from hostile import ENCODED, WORDS, make_hostile
from tiny_files import assemble, docx, ole, paragraph, pdf

from dedupe_app.records import Extracted, Skipped, SkipReason
from dedupe_app.settings import ReadLimits
from dedupe_app.text.extract import SUPPORTED, extract, format_of

LIMITS = ReadLimits()


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    """Read all hostile files once: {name: (expected reason, result)}."""
    expected = make_hostile(tmp_path_factory.mktemp("h"))
    return {path.name: (reason, extract(path, LIMITS)) for path, reason in expected.items()}


def test_every_hostile_file_ends_with_the_expected_reason(outcomes):
    assert len(outcomes) > 70
    ends = {
        name: getattr(result, "reason", None)
        for name, (expected, result) in outcomes.items()
        if getattr(result, "reason", None) != expected
    }
    assert ends == {}


def test_a_damaged_file_is_not_called_locked_because_the_one_before_it_was(tmp_path):
    make_hostile(tmp_path)
    locked, empty = tmp_path / "locked.pdf", tmp_path / "no pages.pdf"
    catalogue, pages = b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 0/Kids[]>>"
    empty.write_bytes(assemble([catalogue, pages]))
    reasons = [extract(path, LIMITS).reason for path in (empty, locked, empty)]
    assert reasons == [SkipReason.DAMAGED, SkipReason.ENCRYPTED, SkipReason.DAMAGED]


def test_every_reason_comes_with_a_sentence(outcomes):
    details = [result.detail for _, result in outcomes.values() if isinstance(result, Skipped)]
    assert details
    assert all(detail.endswith(".") and detail[0].isupper() for detail in details)


def test_mislabelled_files_are_read_as_what_they_are(outcomes):
    formats = {
        name: result.format
        for name, (_, result) in outcomes.items()
        if "-as." in name and isinstance(result, Extracted)
    }
    assert formats == {
        "word-as.pdf": "docx",
        "word-as.txt": "docx",
        "word-as.odt": "docx",
        "page-as.doc": "html",
        "page-as.txt": "html",
        "rtf-as.doc": "rtf",
        "pdf-as.txt": "pdf",
        "pdf-as.unknown": "pdf",
        "text-as.doc": "txt",
        "text-as.unknown": "txt",
    }
    for name in formats:
        assert outcomes[name][1].text.split() == WORDS.split(), name


@pytest.mark.parametrize("name", ENCODED)
def test_legacy_encodings_are_recognised(outcomes, name):
    assert outcomes[name][1].text == ENCODED[name][1]


def test_external_entities_are_not_read(outcomes):
    host = Path("/etc/hostname")
    secret = host.read_text(encoding="utf-8").strip() if host.exists() else "root:"
    for name in ("outside.xml", "outside.docx"):
        assert WORDS.strip() in outcomes[name][1].text
        assert secret not in outcomes[name][1].text


def test_entities_do_not_multiply(outcomes):
    assert len(outcomes["laughs.xml"][1].text) < 2000


def test_text_below_four_hundred_thousand_tags_is_found(outcomes):
    assert outcomes["deep.html"][1].text.strip() == WORDS.strip()
    assert WORDS in outcomes["deep.xml"][1].text


def test_a_long_text_is_cut_with_a_warning(tmp_path):
    path = tmp_path / "long.txt"
    path.write_text("ä" * 5000, encoding="utf-8")
    result = extract(path, ReadLimits(text_chars=1000))
    assert result.text == "ä" * 1000
    assert result.warning == "Only the first 1,000 characters were read."


def test_a_long_text_without_words_at_its_beginning_is_not_called_empty(tmp_path):
    path = tmp_path / "late.txt"
    path.write_text("\n" * 2000 + WORDS)
    assert extract(path, ReadLimits()).text.strip() == WORDS.strip()
    assert extract(path, ReadLimits(text_chars=1000)).reason is SkipReason.TOO_LARGE
    path.write_text("\n" * 200)
    assert extract(path, ReadLimits(text_chars=1000)).reason is SkipReason.EMPTY


@pytest.mark.parametrize("name", ["long.html", "long.docx", "long.xml", "long.eml", "long.pdf"])
def test_the_limit_on_characters_holds_for_every_reader(tmp_path, name):
    lines = [WORDS] * 40
    page = "".join(f"<p>{line}</p>" for line in lines)
    contents = {
        "html": page.encode(),
        "xml": f"<x>{page}</x>".encode(),
        "docx": docx("".join(map(paragraph, lines))),
        "eml": b"Subject: x\n\n" + "\n".join(lines).encode(),
        "pdf": pdf("\n".join(lines)),
    }
    path = tmp_path / name
    path.write_bytes(contents[path.suffix[1:]])
    result = extract(path, ReadLimits(text_chars=1000))
    assert isinstance(result, Extracted)
    assert len(result.text) <= 1000
    assert "1,000" in result.warning


def test_a_large_file_is_not_read(tmp_path):
    path = tmp_path / "large.txt"
    path.write_bytes(b"x" * 2048)
    assert extract(path, ReadLimits(size_bytes=2047)) == Skipped(
        SkipReason.TOO_LARGE, "Larger than 2,047 bytes."
    )


def test_a_failing_reader_is_logged_and_costs_one_file(tmp_path, caplog, monkeypatch):
    class PanicException(BaseException):
        pass

    def panic(*_args, **_kwargs):
        raise PanicException("byte index 26 is not a char boundary")

    monkeypatch.setattr(kreuzberg, "extract_bytes_sync", panic)
    path = tmp_path / "broken.doc"
    path.write_bytes(ole("WordDocument"))
    with caplog.at_level(logging.ERROR):
        result = extract(path, LIMITS)
    assert result == Skipped(SkipReason.DAMAGED, "Damaged: its reader failed on it.")
    assert "reader failed" in caplog.text
    assert "char boundary" not in caplog.text  # such a message may quote the document


def test_ctrl_c_is_let_through(tmp_path, monkeypatch):
    def interrupt(*_args, **_kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(kreuzberg, "extract_bytes_sync", interrupt)
    path = tmp_path / "x.doc"
    path.write_bytes(ole("WordDocument"))
    with pytest.raises(KeyboardInterrupt):
        extract(path, LIMITS)


def test_a_page_too_large_to_read_whole_says_so(tmp_path):
    path = tmp_path / "page.html"
    path.write_bytes(b"<p>The text.</p>" + b"<script>x</script>" * 5000)
    result = extract(path, ReadLimits(text_chars=1000))
    assert result.text == "The text."
    assert result.warning == "Only the first 12,192 bytes of the file were read."


def test_newlines_are_single_and_no_code_point_is_broken(tmp_path):
    path = tmp_path / "lines.txt"
    path.write_bytes(b"\xef\xbb\xbfone\r\ntwo\rthree\n")
    assert extract(path, LIMITS).text == "one\ntwo\nthree\n"


@pytest.mark.parametrize(
    ("name", "expected"),
    [("a.HTM", "html"), ("a.jpeg", "jpeg"), ("README", ""), ("a.docm", "docx"), ("a.py", "py")],
)
def test_format_of_a_name(name, expected):
    assert format_of(Path(name)) == expected


def test_supported_suffixes():
    assert SUPPORTED.isdisjoint({".jpg", ""})
    usual = "txt md rst html pdf docx doc odt rtf epub pptx xlsx csv tsv eml msg json yaml xml tex"
    assert {f".{name}" for name in usual.split()} <= SUPPORTED
