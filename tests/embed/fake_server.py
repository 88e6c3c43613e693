"""A small HTTP server that speaks the embeddings protocol, with every fault we know of, and what it should answer."""

import hashlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np

WIDTH = 64


def numbers(text, width=WIDTH):
    seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "little")
    return np.random.default_rng(seed).normal(size=width).tolist()


def expected(text, dimensions=32, prefix=""):
    vector = np.array(numbers(prefix + text))[:dimensions]
    return vector / np.linalg.norm(vector)


class Server(ThreadingHTTPServer):
    """Answers embeddings; `faults` are taken one for each request, `fault` is for all."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.faults, self.fault, self.requests, self.headers = [], None, [], []
        self.matryoshka, self.longest, self.delay_s = True, 10**9, 0.0
        self.path, self.reads = "/v1/embeddings", 10**9
        self.lock = threading.Lock()
        self.thread = threading.Thread(
            target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        )
        self.thread.start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}"

    def stop(self):
        self.shutdown()
        self.server_close()
        self.thread.join()

    def handle_error(self, request, client_address):
        """Say nothing of connections that break: that is what is tested."""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        """Say nothing."""

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with self.server.lock:
            self.server.requests.append((self.path, body))
            self.server.headers.append(dict(self.headers))
            fault = self.server.faults.pop(0) if self.server.faults else self.server.fault
        time.sleep(self.server.delay_s)
        if fault is not None:
            fault(self, body)
        elif self.path != self.server.path:
            self.answer(404, {"detail": "Not Found"})
        elif "dimensions" in body and not self.server.matryoshka:
            self.answer(
                400, {"error": {"message": "Model does not support matryoshka representation"}}
            )
        elif max(map(len, body["input"])) > self.server.longest:
            self.answer(
                400, {"error": {"message": "This model's maximum context length is 512 tokens."}}
            )
        else:
            self.answer(200, self.vectors(body))

    def vectors(self, body):
        width = body.get("dimensions", WIDTH)
        data = [
            {"index": place, "embedding": numbers(text[: self.server.reads])[:width]}
            for place, text in enumerate(body["input"])
        ]
        return {"object": "list", "data": data[::-1]}  # in another order than asked

    def answer(self, status, content, **headers):
        raw = content if isinstance(content, bytes) else json.dumps(content).encode()
        self.send_response(status)
        for name, value in {"Content-Length": str(len(raw)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(raw)


def status(code, message="busy", **headers):
    return lambda handler, body: handler.answer(code, {"error": {"message": message}}, **headers)


def cut_connection(handler, body):
    handler.send_response(200)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    handler.wfile.write(b'{"data": [')
    handler.close_connection = True


def invalid(handler, body):
    """Refuse as FastAPI does."""
    handler.answer(422, {"detail": [{"loc": ["body", "input"], "msg": "Input should be a string"}]})


def changed(change):
    def fault(handler, body):
        answer = handler.vectors(body)
        change(answer["data"])
        handler.answer(200, answer)

    return fault


def right(encoder, texts, prefix=""):
    found = dict(encoder.encode(texts))
    assert sorted(found) == list(range(len(texts)))
    return all(
        np.abs(found[place] - expected(text, prefix=prefix)).max() < 1e-6
        for place, text in enumerate(texts)
    )
