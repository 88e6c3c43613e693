"""Downloads and checks of models, against a hub of our own on this machine with a tiny model under a known name."""

import hashlib
import json
import re
import shutil
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from dedupe_app.embed import weights
from dedupe_app.embed.download import DownloadCancelledError, download
from dedupe_app.embed.weights import (
    KNOWN_MODELS,
    KnownModel,
    check,
    check_folder,
    find,
    import_folder,
)
from dedupe_app.errors import EmbedderUnavailableError, UsageError

COMMIT = "0123456789abcdef0123456789abcdef01234567"
NAME = "tiny"


@pytest.fixture(autouse=True)
def known_tiny(monkeypatch):
    model = KnownModel(NAME, "maker/tiny-embedding", 131_648, 64, 2, 528_920, 10**9)
    monkeypatch.setattr(weights, "KNOWN_MODELS", {**KNOWN_MODELS, NAME: model})


class Hub(ThreadingHTTPServer):
    """Speaks as much of the hub's protocol as a download needs. `break_after`: bytes of weights before it hangs up."""

    daemon_threads = True

    def __init__(self, folder):
        super().__init__(("127.0.0.1", 0), HubHandler)
        self.folder, self.break_after, self.spoil, self.ranges, self.sent = (
            folder,
            None,
            False,
            [],
            0,
        )
        self.thread = threading.Thread(
            target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        )
        self.thread.start()
        self.url = f"http://127.0.0.1:{self.server_port}"

    def files(self):
        for path in sorted(self.folder.rglob("*")):
            if path.is_file():
                raw = path.read_bytes()
                lfs = {
                    "sha256": hashlib.sha256(raw).hexdigest(),
                    "size": len(raw),
                    "pointerSize": 130,
                }
                blob = hashlib.sha1(raw, usedforsecurity=False).hexdigest()
                name = path.relative_to(self.folder).as_posix()
                yield name, raw, blob, lfs if name.endswith(".safetensors") else None

    def handle_error(self, request, client_address):
        """Say nothing of connections that break: that is what is tested."""


class HubHandler(BaseHTTPRequestHandler):
    def log_message(self, *_):
        """Say nothing."""

    def do_HEAD(self):
        self.do_GET(body=False)

    def do_GET(self, body=True):
        path = self.path.partition("?")[0]
        if resolved := re.fullmatch(rf"/maker/tiny-embedding/resolve/{COMMIT}/(.+)", path):
            self.send_file(resolved[1], body)
        elif path.startswith("/api/models/maker/tiny-embedding/tree/"):
            self.send_json(
                [
                    self.entry("path", "oid", *file) | {"type": "file"}
                    for file in self.server.files()
                ]
            )
        elif path.startswith("/api/models/maker/tiny-embedding"):
            siblings = [self.entry("rfilename", "blobId", *file) for file in self.server.files()]
            self.send_json({"id": "maker/tiny-embedding", "sha": COMMIT, "siblings": siblings})
        else:
            self.send_error(404)

    @staticmethod
    def entry(name_key, blob_key, name, raw, blob, lfs):
        entry = {name_key: name, blob_key: blob, "size": len(raw)}
        return {**entry, "lfs": {**lfs, "oid": lfs["sha256"]}} if lfs else entry

    def send_json(self, content):
        raw = json.dumps(content).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def send_file(self, wanted, body):
        raw, blob, lfs = next(rest for name, *rest in self.server.files() if name == wanted)
        if self.server.spoil and lfs:
            raw = raw[:-4] + b"\1\2\3\4"
        start = int(re.search(r"bytes=(\d+)-", self.headers.get("Range") or "bytes=0-")[1])
        self.send_response(206 if start else 200)
        self.send_header("ETag", f'"{lfs["sha256"] if lfs else blob}"')
        self.send_header("X-Repo-Commit", COMMIT)
        self.send_header("Content-Length", str(len(raw) - start))
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(raw) - 1}/{len(raw)}")
        self.end_headers()
        if body:
            self.write(raw[start:], lfs, start)

    def write(self, raw, lfs, start):
        if lfs:
            self.server.ranges.append(start)
        if lfs and self.server.break_after:
            self.wfile.write(raw[: self.server.break_after])
            self.wfile.flush()
            self.connection.close()
        else:
            self.wfile.write(raw)


@pytest.fixture
def hub(tiny_folder):
    running = Hub(tiny_folder)
    yield running
    running.shutdown()
    running.server_close()
    running.thread.join()


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch):
    import huggingface_hub.file_download

    monkeypatch.setattr(huggingface_hub.file_download.time, "sleep", lambda seconds: None)


def test_download_is_checked_found_and_loads(hub, tmp_path, tiny_folder, load):
    assert find(NAME, tmp_path) is None
    path = download(NAME, models=tmp_path, endpoint=hub.url)
    assert find(NAME, tmp_path) == path
    result = check(NAME, tmp_path)
    assert result.problems == ()
    assert result.checksums == 1
    assert load(path).space == load(tiny_folder).space
    assert json.loads((path / "dedupe-app.json").read_text())["commit"] == COMMIT
    assert [entry.name for entry in tmp_path.iterdir()] == [NAME]


def test_progress_counts_bytes(hub, tmp_path):
    seen = []
    download(
        NAME,
        models=tmp_path,
        endpoint=hub.url,
        progress=lambda done, total: seen.append((done, total)),
    )
    assert seen[-1][0] == seen[-1][1] > 500_000
    assert seen == sorted(seen)


def test_mirror_is_taken_from_the_environment(hub, tmp_path, monkeypatch):
    monkeypatch.setenv("HF_ENDPOINT", hub.url)
    assert download(NAME, models=tmp_path).is_dir()


def test_cancelled_download_keeps_what_is_there(hub, tmp_path):
    with pytest.raises(DownloadCancelledError):
        download(NAME, models=tmp_path, endpoint=hub.url, cancelled=lambda: True)
    assert find(NAME, tmp_path) is None
    assert download(NAME, models=tmp_path, endpoint=hub.url).is_dir()


def test_broken_download_goes_on_where_it_stopped(hub, tmp_path, monkeypatch):
    import huggingface_hub.constants

    monkeypatch.setattr(
        huggingface_hub.constants, "DOWNLOAD_CHUNK_SIZE", 50_000
    )  # what is kept, is in whole blocks
    hub.break_after = 100_000
    download(NAME, models=tmp_path, endpoint=hub.url)
    assert hub.ranges[:3] == [0, 100_000, 200_000]


def test_damaged_download_is_noticed(hub, tmp_path):
    hub.spoil = True
    with pytest.raises(EmbedderUnavailableError, match="checksum differs"):
        download(NAME, models=tmp_path, endpoint=hub.url)
    assert find(NAME, tmp_path) is None


def test_hub_that_is_not_there_is_an_unavailable_embedder(tmp_path):
    with pytest.raises(EmbedderUnavailableError, match="could not be downloaded") as caught:
        download(NAME, models=tmp_path, endpoint="http://127.0.0.1:9")
    assert "HTTPS_PROXY" in caught.value.hint


def test_full_disk_is_noticed_before_the_download(hub, tmp_path, monkeypatch):
    monkeypatch.setattr(weights.shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10, 9, 1))
    with pytest.raises(EmbedderUnavailableError, match="disk"):
        download(NAME, models=tmp_path, endpoint=hub.url)
    assert hub.ranges == []


def test_folder_from_another_machine_is_imported(tiny_folder, tmp_path):
    assert import_folder(NAME, tiny_folder, tmp_path) == find(NAME, tmp_path)


def test_another_model_is_not_imported(tiny_folder, tmp_path):
    with pytest.raises(EmbedderUnavailableError, match="another model"):
        import_folder("qwen3-0.6b", tiny_folder, tmp_path)


def test_check_names_what_is_wrong(tiny_folder, tmp_path):
    folder = shutil.copytree(tiny_folder, tmp_path / NAME)
    (folder / "dedupe-app.json").write_text(
        json.dumps({"sha256": {"model.safetensors": "00", "gone.safetensors": "0"}})
    )
    (folder / "tokenizer.json").unlink()
    problems = " ".join(check_folder(folder).problems)
    assert "tokenizer.json is missing" in problems
    assert "model.safetensors is damaged" in problems
    assert "gone.safetensors is missing" in problems


def test_model_that_was_never_downloaded_has_problems_not_errors(tmp_path):
    assert check("qwen3-8b", tmp_path).problems


def test_unknown_model_is_wrong_usage(tmp_path):
    with pytest.raises(UsageError, match=r"qwen3-0\.6b"):
        find("qwen4", tmp_path)


@pytest.mark.parametrize("model", KNOWN_MODELS.values(), ids=lambda model: model.name)
def test_known_sizes_fit_together(model):
    assert abs(model.weights_bytes - 2 * model.parameters) < 50_000
    assert model.card_bytes > model.weights_bytes * 1.1
