"""An http(s) address -> the page there: within limits of time and size, and from no server but those allowed.

The host's name is resolved once for a connection, and the connection goes to the very address that was checked: a name
that resolves otherwise a moment later changes nothing. Redirects are followed here, each checked as the first was.
"""

from __future__ import annotations

import re
import ssl
import time
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from importlib import metadata
from typing import Any

import httpcore
import httpx

from rag.errors import ArticleError
from rag.ingest.fetch_config import FetchConfig
from rag.ingest.networks import Resolve, is_public, resolve_within

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PAGES = frozenset({200, 203})
_GONE = frozenset({404, 410})
_HOST = re.compile(rb"[a-z0-9_-][a-z0-9_.-]*|[0-9a-f:.]+", re.IGNORECASE)
_ACCEPTED = (
    "text/html, application/xhtml+xml, text/markdown;q=0.9, text/plain;q=0.9, application/jsonl;q=0.9, */*;q=0.1"
)


@dataclass(frozen=True, slots=True)
class Page:
    """What was fetched: `url` is the address after all redirects, `content_type` "" where the server names none."""

    url: str
    path: str
    content_type: str
    charset: str | None
    data: bytes


def fetch_page(address: str, *, config: FetchConfig, resolve: Resolve) -> Page:
    """The page at the address. Raises ArticleError, in words for a person, where there is none to be had.

    The configuration's `whole_seconds` cover all that is waited for: looking servers' names up, connecting, asking and
    reading, through all redirects. What is then done with the page is not in them.
    """
    deadline = time.monotonic() + config.whole_seconds
    servers = _Servers(resolve, private=config.private, deadline=deadline)
    try:
        with httpx.Client(
            transport=_Transport(servers),
            timeout=httpx.Timeout(config.read_seconds, connect=config.connect_seconds),
            headers={
                "User-Agent": f"Beleg/{metadata.version('beleg')}",
                "Accept": _ACCEPTED,
                "Accept-Encoding": "gzip",
            },
            trust_env=False,
        ) as client:
            return _follow(client, _web_address(address), config)
    except httpcore.TimeoutException as error:
        raise ArticleError(
            f"the server is too slow: at most {config.read_seconds:g} s are waited for it, "
            f"and {config.whole_seconds:g} s for the whole page"
        ) from error
    except httpcore.ConnectError as error:
        raise ArticleError(_unreachable(error)) from error
    except (httpcore.NetworkError, httpcore.ProtocolError) as error:
        raise ArticleError(f"the connection failed: {str(error) or type(error).__name__}") from error
    except (
        httpx.RemoteProtocolError,
        httpx.InvalidURL,
    ) as error:  # httpx reads where a redirect leads before it is followed here
        raise ArticleError(f"the address redirects to what is not an address: {error}") from error


def _follow(client: httpx.Client, url: httpx.URL, config: FetchConfig) -> Page:
    seen: list[httpx.URL] = []
    while len(seen) <= config.redirects:
        seen.append(url)
        with client.stream("GET", url) as response:
            if response.status_code not in _REDIRECTS:
                return _page(response, url, config.bytes)
            target = response.headers.get("Location", "")
        try:
            url = _web_address(str(url.join(target)))
        except ArticleError as error:
            raise ArticleError(f"the address redirects to {target[:200]!r}, and {error}") from error
    if url in seen:
        raise ArticleError("the address redirects in a circle")
    raise ArticleError(f"the address redirects more than {config.redirects} times")


def _web_address(address: str) -> httpx.URL:
    """The address as it is asked for, without its fragment. Raises ArticleError where it is none of a web page."""
    try:
        url = httpx.URL(address).copy_with(fragment=None)
    except (httpx.InvalidURL, UnicodeError) as error:
        raise ArticleError(f"this is not an address: {error}") from error
    if url.scheme not in {"http", "https"}:
        raise ArticleError("only addresses that begin with https:// or http:// are fetched")
    if not _HOST.fullmatch(url.raw_host) or not 0 < (url.port or 80) < 65_536:
        raise ArticleError("this is not an address: it names no server")
    if url.userinfo:
        raise ArticleError("an address with a name or password in it is not fetched")
    return url


def _page(response: httpx.Response, url: httpx.URL, limit: int) -> Page:
    if response.status_code in _GONE:
        raise ArticleError(f"there is no page at this address ({response.status_code})")
    if response.status_code not in _PAGES:
        raise ArticleError(f"the server gives no page but {_named(response.status_code)}")
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    packing = response.headers.get("Content-Encoding", "").strip().lower()
    if packing not in {"", "identity", "gzip", "x-gzip"}:
        raise ArticleError(f"the page is packed as {packing!r}, which was not asked for")
    parts: Iterable[bytes] = _limited(response.iter_raw(), limit)
    if packing in {"gzip", "x-gzip"}:
        parts = _limited(_unpacked(parts, limit), limit)
    return Page(str(url), url.path, kind, response.charset_encoding, b"".join(parts))


def _limited(parts: Iterable[bytes], limit: int) -> Iterator[bytes]:
    """The parts as they come, up to `limit` bytes in all. Raises ArticleError at the first more."""
    size = 0
    for part in parts:
        size += len(part)
        if size > limit:
            raise ArticleError(f"the page is too large: at most {limit:,} bytes are taken")
        yield part


def _unpacked(parts: Iterable[bytes], limit: int) -> Iterator[bytes]:
    """What gzip packed, never more than `limit` bytes and one at a time: a few can unpack to a thousand times as many.

    Raises ArticleError where it is broken or ends too soon.
    """
    stream = zlib.decompressobj(zlib.MAX_WBITS | 16)
    begun = False
    try:
        for part in parts:
            rest = part
            while rest:
                if stream.eof:  # the file consists of several members
                    stream = zlib.decompressobj(zlib.MAX_WBITS | 16)
                begun = True
                yield stream.decompress(rest, limit + 1)
                rest = stream.unconsumed_tail or stream.unused_data
    except zlib.error as error:
        raise ArticleError("the page is packed with gzip, and broken") from error
    if begun and not stream.eof:
        raise ArticleError("the page is packed with gzip, and ends too soon")


def _named(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def _unreachable(error: httpcore.ConnectError) -> str:
    cause = error.args[0] if error.args else None  # httpcore clears what it was raised from
    if isinstance(cause, ssl.SSLCertVerificationError):
        return f"the server's certificate is not valid: {cause.verify_message}"
    if isinstance(cause, ssl.SSLError):
        return f"no encrypted connection to the server can be made: {cause.reason or cause}"
    if isinstance(cause, OSError) and cause.strerror:
        return f"the server cannot be reached: {cause.strerror}"
    return f"the server cannot be reached: {error}"


class _Transport(httpx.BaseTransport):
    """httpx over connections of one's own making. What goes wrong is raised as httpcore's errors."""

    def __init__(self, servers: _Servers) -> None:
        # Where a house has certificates of its own, SSL_CERT_FILE and SSL_CERT_DIR name them, as for httpx.
        self._pool = httpcore.ConnectionPool(ssl_context=httpx.create_ssl_context(), network_backend=servers)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        response = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                extensions=request.extensions,
            )
        )
        return httpx.Response(response.status, headers=response.headers, stream=_Body(response))

    def close(self) -> None:
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        return self._response.iter_stream()

    def close(self) -> None:
        self._response.close()


class _Servers(httpcore.NetworkBackend):
    """Connections to servers whose every address is allowed, until the deadline (of `time.monotonic`)."""

    def __init__(self, resolve: Resolve, *, private: bool, deadline: float) -> None:
        self._resolve = resolve
        self._private = private
        self._deadline = deadline
        self._network = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        failed: httpcore.ConnectError | httpcore.ConnectTimeout | None = None
        for address in self._allowed(host, port, _left(self._deadline, timeout)):
            try:
                stream = self._network.connect_tcp(
                    address, port, _left(self._deadline, timeout), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
            else:
                return _TimedStream(stream, self._deadline)
        raise failed or httpcore.ConnectError(f"{host} has no address")

    def _allowed(self, host: str, port: int, seconds: float) -> list[str]:
        addresses = resolve_within(seconds, self._resolve, host, port)
        if not self._private and not all(map(is_public, addresses)):
            raise ArticleError(
                f"the server {host!r} is not in the public network: BELEG_FETCH_PRIVATE=true allows it, and then "
                "whoever may take articles in can reach the servers that this machine reaches"
            )
        return addresses


class _TimedStream(httpcore.NetworkStream):
    """A connection whose every wait ends at the deadline: else a byte now and then would hold it for ever."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(self._deadline, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(self._deadline, timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, _left(self._deadline, timeout))
        return _TimedStream(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _left(deadline: float, timeout: float | None) -> float:
    """The seconds to wait at most. Raises httpcore.ReadTimeout where the deadline is over."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("the deadline is over")
    return left if timeout is None else min(timeout, left)
