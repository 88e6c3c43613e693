"""Tiny wheels, an index of packages that serves them, and environments that borrow the packages of this one."""

from __future__ import annotations

import base64
import hashlib
import json
import sysconfig
import threading
import venv
import zipfile
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from dedupe_app.runtime import places
from dedupe_app.runtime.places import Manifest
from dedupe_app.runtime.wanted import wanted


def make_wheel(folder, name, version, text="", needs=()):
    """Write a wheel that holds one module; return its path."""
    module = name.replace("-", "_")
    about = f"{module}-{version}.dist-info"
    meta = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    files = {
        f"{module}.py": text or f"VERSION = {version!r}\n",
        f"{about}/METADATA": meta + "".join(f"Requires-Dist: {each}\n" for each in needs),
        f"{about}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(
        f"{path},sha256={_digest(content)},{len(content.encode())}\n"
        for path, content in files.items()
    )
    files[f"{about}/RECORD"] = f"{record}{about}/RECORD,,\n"
    wheel = Path(folder, f"{module}-{version}-py3-none-any.whl")
    wheel.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(wheel, "w") as archive:
        for path, content in files.items():
            archive.writestr(path, content)
    return wheel


def _digest(content):
    return base64.urlsafe_b64encode(hashlib.sha256(content.encode()).digest()).rstrip(b"=").decode()


class Index:
    """What an index was asked for. `held`: wheels of such names break off in the middle."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.fetched = []
        self.held = set()
        self.started = threading.Event()
        self.let_go = threading.Event()
        self.url = ""


@contextmanager
def serving(folder):
    """Serve the wheels of a folder as an index with sizes and hashes."""
    index = Index(folder)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            parts = [part for part in self.path.split("/") if part]
            if parts[0] == "simple":
                self._answer(*_page(index, parts[1]))
            elif parts[-1].endswith(".metadata"):
                self._answer(_metadata(index.folder / parts[-1]), "text/plain")
            else:
                self._send_wheel(index.folder / parts[-1])

        def _send_wheel(self, path):
            content = path.read_bytes()
            if any(name in path.name for name in index.held):
                self.send_response(200)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content[: len(content) // 2])
                self.wfile.flush()
                index.started.set()
                index.let_go.wait(60)
                return
            index.fetched.append(path.name)
            self._answer(content, "application/octet-stream")

        def _answer(self, content, kind):
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Cache-Control", "no-cache")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    index.url = f"http://127.0.0.1:{server.server_port}/simple"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield index
    finally:
        index.let_go.set()
        server.shutdown()
        server.server_close()
        thread.join()


def _page(index, name):
    files = [
        {
            "filename": path.name,
            "url": f"/wheels/{path.name}",
            "hashes": {"sha256": hashlib.sha256(path.read_bytes()).hexdigest()},
            "size": path.stat().st_size,
            "core-metadata": True,
        }
        for path in sorted(index.folder.glob(f"{name.replace('-', '_')}-*.whl"))
    ]
    page = {"meta": {"api-version": "1.1"}, "name": name, "files": files}
    return json.dumps(page).encode(), "application/vnd.pypi.simple.v1+json"


def _metadata(path):
    with zipfile.ZipFile(path.with_suffix("")) as archive:
        (name,) = (each for each in archive.namelist() if each.endswith("/METADATA"))
        return archive.read(name)


def borrow(root):
    """Make an environment that is ready and has the packages of the Python that runs the tests."""
    selection = wanted("cu130")
    folder = root / f"env-{selection.fingerprint}"
    venv.create(folder, symlinks=True)
    own = Path(sysconfig.get_paths(vars={"base": str(folder), "platbase": str(folder)})["purelib"])
    (own / "borrowed.pth").write_text(sysconfig.get_paths()["purelib"] + "\n", encoding="utf-8")
    manifest = Manifest(
        folder.name, "cu130", selection.fingerprint, {"torch": "0"}, "Test card", "3", "2026", 1
    )
    places.write_manifest(root, manifest)
    return manifest
