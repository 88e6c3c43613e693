"""What the engine process does with models: embeds in a scan, checks them, tries failed texts again."""

import pytest
from meaning_server import Server, answer_by_matter, status
from strange_engines import Heard
from test_meaning import LEASE_DE, LEASE_EN, MATTERS
from test_process import running

from dedupe_app.embed.server import GREETING
from dedupe_app.engine.messages import WINDOW_SCOPE, Failed, Finished, GroupsChanged, Scan, Working
from dedupe_app.engine.model_messages import CheckModel, DownloadModel, EmbedAgain, ModelReport
from dedupe_app.records import GroupKind
from dedupe_app.store import folders, results
from dedupe_app.store.database import open_for_reading, open_library


@pytest.fixture
def server():
    served = Server()
    served.fault = answer_by_matter(MATTERS)
    yield served
    served.fault = status(401)
    served.stop()


@pytest.fixture
def library_path(plant, tmp_path):
    tree = plant(tmp_path / "tree", {"a.txt": LEASE_EN, "b.txt": LEASE_DE, "c.txt": LEASE_EN})
    with open_library(tmp_path / "library.sqlite") as library:
        folders.add_folders(library, [tree])
    return tmp_path / "library.sqlite"


def end_of(engine, heard, command):
    engine.submit(command)
    return heard.end_of(command)


def kinds(path):
    with open_for_reading(path) as library:
        return {row.kind for row in results.report_rows(library, WINDOW_SCOPE, set(GroupKind))}


def test_scan_embeds_and_finds_translations(library_path, server):
    heard = Heard()
    with running(library_path, heard, embedder=f"server:{server.url}#m") as engine:
        assert isinstance(end_of(engine, heard, Scan()), Finished)
        assert {event.stage for event in heard.events if isinstance(event, Working)} >= {
            "model",
            "embed",
            "meaning",
        }
        asked = len(server.requests)
        assert isinstance(end_of(engine, heard, Scan()), Finished)
        assert len(server.requests) == asked
    assert kinds(library_path) == {GroupKind.DUPLICATES, GroupKind.MEANING}


def test_scan_without_its_server_still_groups_by_wording_and_says_so(library_path, server):
    server.fault = status(403, "not you")
    heard = Heard()
    with running(library_path, heard, embedder=f"server:{server.url}#m") as engine:
        end = end_of(engine, heard, Scan())
        assert isinstance(end, Failed)
        assert "not you" in end.title
        assert not end.fatal
        assert any(isinstance(event, GroupsChanged) for event in heard.events)
        assert kinds(library_path) == {GroupKind.DUPLICATES}
        server.fault = answer_by_matter(MATTERS)
        assert isinstance(end_of(engine, heard, Scan()), Finished)
    assert kinds(library_path) == {GroupKind.DUPLICATES, GroupKind.MEANING}


def test_failed_texts_are_tried_again_on_request(library_path, server):
    def refuse(handler, body):
        told = status(422, "no") if body["input"] != list(GREETING) else answer_by_matter({})
        told(handler, body)

    server.fault = refuse
    heard = Heard()
    with running(library_path, heard, embedder=f"server:{server.url}#m") as engine:
        end = end_of(engine, heard, Scan())
        assert [why.startswith("Not compared by meaning") for _, why in end.scan.partly] == [
            True
        ] * 3
        server.fault = answer_by_matter(MATTERS)
        assert len(end_of(engine, heard, Scan()).scan.partly) == 3
        assert end_of(engine, heard, EmbedAgain()).scan.partly == ()
    assert GroupKind.MEANING in kinds(library_path)


def test_check_and_download_report_or_fail(library_path, server, monkeypatch):
    heard = Heard()
    with running(library_path, heard) as engine:
        check = CheckModel(f"server:{server.url}#m")
        assert isinstance(end_of(engine, heard, check), Finished)
        (report,) = [event for event in heard.events if isinstance(event, ModelReport)]
        assert report.words_per_second > 0
        end = end_of(engine, heard, DownloadModel("word2vec"))
        assert isinstance(end, Failed)
        assert "word2vec" in end.title
