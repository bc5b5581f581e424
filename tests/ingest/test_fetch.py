"""Pages over a real server: how far they are followed, waited for, unpacked, and from whom they are not asked."""

from __future__ import annotations

import gzip
import shutil
import socket
import ssl
import subprocess
import threading
import zlib
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from rag.ingest.fetch_config import FetchConfig
from tests.ingest.test_html import PAGE
from tests.web_server import HERE, SENTENCE, Pages, article_at, reason_at


def test_a_page_may_be_packed_in_one_member_or_more(pages: Pages) -> None:
    packed = gzip.compress(SENTENCE[:20].encode()) + gzip.compress(SENTENCE[20:].encode())
    assert article_at(pages.put("/a", packed, "text/plain", Content_Encoding="gzip")).text == SENTENCE


def test_redirects_are_followed_to_the_final_address(pages: Pages) -> None:
    final = pages.put("/ziel", SENTENCE.encode(), "text/plain")
    pages.redirect("/4", "ziel#stelle", 308)
    for number in range(4):
        pages.redirect(f"/{number}", f"/{number + 1}", (301, 302, 303, 307)[number])
    article = article_at(pages.address("/0"))
    assert (article.url, article.origin) == (final, pages.address("/0"))


def test_what_a_server_sets_on_the_way_is_sent_on(pages: Pages) -> None:
    pages.put("/a", b"", status=302, Location="/b", Set_Cookie="gelesen=ja")
    pages.put("/b", SENTENCE.encode(), "text/plain")
    article_at(pages.address("/a"))
    assert pages.asked[1][1]["Cookie"] == "gelesen=ja"


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("https://", "names no server"),
        ("https:///artikel", "names no server"),
        ("https://beispiel.example:99999/", "names no server"),
        ("https://[::1", "not an address"),
        ("https://beispiel\x00.example/", "not an address"),
        ("https://\u202ebeispiel.example/", "not an address"),
        ("https://beispiel.example/\ud800", "not an address"),
        ("https://.example/", "names no server"),
        ("https://zwei wörter/", "not an address"),
        ("https://zwei worte/", "names no server"),
        ("http://[fe80::1%25eth0]/", "names no server"),
        ("ftp://beispiel.example/a.txt", "begin with https:// or http://"),
        ("file:///etc/passwd", "begin with https:// or http://"),
        ("https://name:geheim@beispiel.example/", "name or password"),
    ],
)
def test_what_is_no_address_is_refused_before_anything_is_reached(address: str, said: str) -> None:
    def resolve(host: str, port: int) -> list[str]:
        raise AssertionError(f"{host} was looked up")

    assert said in reason_at(address, resolve=resolve)


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (404, "no page at this address"),
        (410, "no page at this address"),
        (403, "403 Forbidden"),
        (503, "503 Service Unavailable"),
        (204, "204 No Content"),
        (300, "300 Multiple Choices"),
        (799, "799"),
    ],
)
def test_a_server_that_gives_no_page_is_told_with_its_status(pages: Pages, status: int, said: str) -> None:
    assert said in reason_at(pages.put("/a", b"" if status == 204 else PAGE.encode(), status=status))


def test_a_page_that_redirects_for_ever_is_refused(pages: Pages) -> None:
    pages.redirect("/a", "/b")
    pages.redirect("/b", "/a")
    assert "in a circle" in reason_at(pages.address("/a"))
    for number in range(10):
        pages.redirect(f"/{number}", f"/{number + 1}")
    pages.asked.clear()
    assert "more than 5 times" in reason_at(pages.address("/0"))
    assert len(pages.asked) == 6


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("file:///etc/passwd", "begin with https:// or http://"),
        ("http://name:geheim@127.0.0.1/", "name or password"),
        ("http://[kaputt/", "names no server"),
        ("//[::1", "not an address"),
        ("javascript:alert(1)", "not an address"),
    ],
)
def test_a_redirect_is_checked_as_the_first_address_was(pages: Pages, target: str, said: str) -> None:
    reason = reason_at(pages.redirect("/a", target))
    assert reason.startswith("the address redirects to ")
    assert said in reason


@pytest.mark.parametrize("stated", [True, False])
def test_a_page_that_is_too_large_is_not_read_to_its_end(pages: Pages, stated: bool) -> None:
    sent = 0

    def answer(handler: BaseHTTPRequestHandler) -> None:
        nonlocal sent
        handler.send_response(200)
        if stated:
            handler.send_header("Content-Length", str(10**12))
        handler.end_headers()
        while not pages.stopped.is_set():
            try:
                handler.wfile.write(b"a" * 1_000)
            except OSError:
                return
            sent += 1_000

    pages.answers["/a"] = answer
    config = replace(HERE, bytes=20_000)
    assert "too large: at most 20,000 bytes" in reason_at(pages.address("/a"), config)
    assert sent < 100_000_000


def test_the_limit_is_of_the_unpacked_bytes_and_no_more_are_unpacked(
    pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    unpacked: list[int] = []
    make = zlib.decompressobj

    class Counting:
        def __init__(self, *arguments: int) -> None:
            self._real = make(*arguments)

        def decompress(self, data: bytes, limit: int = 0) -> bytes:
            out = self._real.decompress(data, limit)
            unpacked.append(len(out))
            return out

        def __getattr__(self, name: str) -> Any:
            return getattr(self._real, name)

    monkeypatch.setattr(zlib, "decompressobj", Counting)
    bomb = gzip.compress(bytes(50_000_000))
    assert len(bomb) < 100_000
    address = pages.put("/a", bomb, "text/plain", Content_Encoding="gzip")
    assert "too large: at most 1,000,000 bytes" in reason_at(address, replace(HERE, bytes=1_000_000))
    assert sum(unpacked) <= 1_000_001


@pytest.mark.parametrize(
    ("body", "packing", "said"),
    [
        (gzip.compress(PAGE.encode())[:-20], "gzip", "ends too soon"),
        (b"nicht gepackt", "gzip", "broken"),
        (b"irgendwas", "br", "packed as 'br'"),
        (gzip.compress(gzip.compress(b"x")), "gzip, gzip", "packed as 'gzip, gzip'"),
    ],
)
def test_a_page_that_cannot_be_unpacked_is_refused(pages: Pages, body: bytes, packing: str, said: str) -> None:
    assert said in reason_at(pages.put("/a", body, Content_Encoding=packing))


def _drip(what: bytes, pages: Pages) -> None:
    """At /a, a byte at a time, each well within the time to wait for the next."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.0 200 OK\r\n" + what)
        while not pages.stopped.wait(0.05):
            try:
                handler.wfile.write(b"a")
            except OSError:
                return

    pages.answers["/a"] = answer


@pytest.mark.parametrize("what", [b"X-Kopf: ", b"Content-Type: text/plain\r\n\r\n"], ids=["headers", "body"])
def test_a_page_that_comes_a_byte_at_a_time_is_given_up(pages: Pages, what: bytes) -> None:
    _drip(what, pages)
    assert "too slow" in reason_at(pages.address("/a"), replace(HERE, whole_seconds=0.5))


@pytest.mark.parametrize("limit", [{"connect_seconds": 0.2}, {"whole_seconds": 2.0}])
def test_a_name_that_is_looked_up_for_ever_is_given_up(limit: dict[str, Any]) -> None:
    ended = threading.Event()

    def resolve(host: str, port: int) -> list[str]:
        ended.wait(30)
        return ["127.0.0.1"]

    reason = reason_at("http://beispiel.example/", replace(HERE, **limit), resolve=resolve)
    ended.set()
    assert "'beispiel.example' could not be looked up within" in reason


def test_a_server_that_says_nothing_is_given_up(pages: Pages) -> None:
    pages.answers["/a"] = lambda handler: bool(pages.stopped.wait(30)) and None
    assert "too slow" in reason_at(pages.address("/a"), replace(HERE, read_seconds=0.2))


def test_a_connection_that_breaks_off_is_told(pages: Pages) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(b"Der Anfang.")

    pages.answers["/a"] = answer
    assert "connection failed" in reason_at(pages.address("/a"))
    pages.answers["/b"] = lambda handler: handler.wfile.write(b"\x00kein HTTP\r\n\r\n") and None
    assert "connection failed" in reason_at(pages.address("/b"))


def test_a_port_that_nobody_listens_on_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    assert "cannot be reached: Connection refused" in reason_at(f"http://127.0.0.1:{port}/a")


PUBLIC = FetchConfig(allowed=True, connect_seconds=1, whole_seconds=2)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "127.1", "intern.example"])
def test_a_server_outside_the_public_network_is_not_asked(pages: Pages, host: str) -> None:
    pages.put("/a", SENTENCE.encode(), "text/plain")
    reason = reason_at(pages.address("/a", host), PUBLIC, resolve=lambda host, port: ["127.0.0.1"])
    assert f"{host!r} is not in the public network: BELEG_FETCH_PRIVATE" in reason
    assert pages.asked == []


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "[fd00::1]", "169.254.169.254"])
def test_a_number_outside_the_public_network_is_not_asked(pages: Pages, host: str) -> None:
    assert "is not in the public network" in reason_at(pages.address("/a", host), PUBLIC)


def test_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    addresses = ["93.184.215.14", "10.0.0.1"]
    assert "not in the public network" in reason_at(
        "http://beispiel.example/", PUBLIC, resolve=lambda host, port: addresses
    )


def test_a_redirect_into_a_private_network_is_refused(pages: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    # The first server passes for a public one; where it redirects to is judged as it is.
    monkeypatch.setattr("rag.ingest.fetch.is_public", lambda address: asked == ["beispiel.example"])
    pages.redirect("/a", pages.address("/geheim", "intern.example"))
    pages.put("/geheim", SENTENCE.encode(), "text/plain")
    reason = reason_at(pages.address("/a", "beispiel.example"), PUBLIC, resolve=resolve)
    assert "'intern.example' is not in the public network" in reason
    assert [path for path, _ in pages.asked] == ["/a"]


def test_the_address_that_was_checked_is_the_one_connected_to(pages: Pages) -> None:
    asked: list[tuple[str, int]] = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append((host, port))
        return ["127.0.0.1"]

    pages.put("/a", SENTENCE.encode(), "text/plain")
    # The system is never asked for the name: no test may look one up.
    article = article_at(pages.address("/a", "beispiel.example"), resolve=resolve)
    assert asked == [("beispiel.example", pages.port)]
    assert article.url == pages.address("/a", "beispiel.example")
    assert pages.asked[0][1]["Host"] == f"beispiel.example:{pages.port}"


def test_the_next_address_of_a_server_is_tried(pages: Pages) -> None:
    pages.put("/a", SENTENCE.encode(), "text/plain")
    article_at(pages.address("/a", "beispiel.example"), resolve=lambda host, port: ["127.0.0.2", "127.0.0.1"])


def test_a_proxy_of_the_environment_is_not_used(pages: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    article_at(pages.put("/a", SENTENCE.encode(), "text/plain"))


def test_a_server_that_does_not_speak_tls_is_told(pages: Pages) -> None:
    assert "no encrypted connection" in reason_at(pages.address("/a").replace("http:", "https:"))


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate of turm.example's own, with its key, in one file."""
    if (openssl := shutil.which("openssl")) is None:
        pytest.skip("needs openssl")
    key, made = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        [
            *(openssl, *"req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=turm.example".split()),
            *("-addext", "subjectAltName=DNS:turm.example", "-keyout", str(key), "-out", str(made)),
        ],
        check=True,
        capture_output=True,
    )
    made.write_bytes(made.read_bytes() + key.read_bytes())
    return made


@pytest.mark.parametrize(
    ("host", "trusted", "said"),
    [
        ("turm.example", True, None),
        ("turm.example", False, "certificate is not valid"),
        ("anderswo.example", True, "certificate is not valid"),
    ],
)
def test_a_certificate_is_checked_against_the_name_not_the_number(
    certificate: Path, monkeypatch: pytest.MonkeyPatch, host: str, trusted: bool, said: str | None
) -> None:
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)

    def serve(listening: socket.socket) -> None:
        try:
            with context.wrap_socket(listening.accept()[0], server_side=True) as connection:
                connection.recv(10_000)
                connection.sendall(b"HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\n" + SENTENCE.encode())
        except OSError:
            pass

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=serve, args=(listening,))
        thread.start()
        address = f"https://{host}:{listening.getsockname()[1]}/a"
        if said:
            assert said in reason_at(address, resolve=lambda host, port: ["127.0.0.1"])
        else:
            assert article_at(address, resolve=lambda host, port: ["127.0.0.1"]).text == SENTENCE
        thread.join()
