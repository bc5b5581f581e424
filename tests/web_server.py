"""A real HTTP server on loopback, whose pages a test writes down."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from rag.ingest.address import read_address
from rag.ingest.fetch_config import FetchConfig
from rag.ingest.networks import Resolve, resolve_host
from rag.types import Article, Failure

HERE = FetchConfig(allowed=True, private=True)
SENTENCE = "Die Bürgermeisterin zahlte am Leuchtturm für die Führung 3 €."


@dataclass
class Pages:
    """What the server answers at each path, and which headers it was asked with, in order."""

    port: int = 0
    answers: dict[str, Callable[[BaseHTTPRequestHandler], None]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    stopped: threading.Event = field(default_factory=threading.Event)

    def put(self, path: str, body: bytes, content_type: str = "text/html", status: int = 200, **headers: str) -> str:
        """Puts a page there and returns its address."""

        def answer(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(status)
            if content_type:
                handler.send_header("Content-Type", content_type)
            handler.send_header("Content-Length", str(len(body)))
            for name, value in headers.items():
                handler.send_header(name.replace("_", "-"), value)
            handler.end_headers()
            handler.wfile.write(body)

        self.answers[path] = answer
        return self.address(path)

    def redirect(self, path: str, target: str, status: int = 302) -> str:
        return self.put(path, b"", status=status, Location=target)

    def address(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"


@contextmanager
def serve_pages() -> Iterator[Pages]:
    """Serves until the block ends."""
    pages = Pages()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            pages.asked.append((self.path, dict(self.headers)))
            answer = pages.answers.get(self.path)
            if answer is None:
                self.send_error(404)
            else:
                answer(self)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    pages.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield pages
    finally:
        pages.stopped.set()
        server.shutdown()
        server.server_close()
        thread.join()


def article_at(address: str, config: FetchConfig = HERE, resolve: Resolve = resolve_host) -> Article:
    """The one article of the page there."""
    [item] = read_address(address, config=config, resolve=resolve)
    assert isinstance(item, Article), item
    return item


def reason_at(address: str, config: FetchConfig = HERE, resolve: Resolve = resolve_host) -> str:
    """Why there is none."""
    [item] = read_address(address, config=config, resolve=resolve)
    assert isinstance(item, Failure), item
    assert item.where == address
    return item.reason
