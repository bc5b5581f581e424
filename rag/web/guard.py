"""What the server answers at all: its own page's requests, under its own names; and what the browser is told with it.

There is no login, so the browser itself must not be usable against the person: not by another site's page, whose
requests it sends along with the cookies, and not by a site whose name was pointed at this machine (DNS rebinding).
"""

from __future__ import annotations

import re
from collections.abc import Collection
from ipaddress import ip_address
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.websockets import WebSocketClose

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Gradio's script makes functions from text and puts styles into elements; nothing comes from elsewhere.
_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)
_TOLD = {
    "content-security-policy": _POLICY,
    # With no-referrer, browsers would hide the origin of the page's own forms too.
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
}
_HOST = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[^\s/?#@\[\]:]+)(?::(?P<port>\d{1,5}))?")
_ORIGIN = re.compile(r"(?P<scheme>https?)://(?P<host>[^/]+)")
_DEFAULT_PORTS = {"http": "80", "https": "443"}


class Guard:
    """Middleware, the outermost: refuses what another site's page asks, and names that are not the server's.

    `hosts` are the names that it answers to beside those of loopback; None: any name. A proxy in front either passes
    on the `Host` that it was asked for or names it in `X-Forwarded-Host`; both must be names of the server. A page of
    another origin can send neither header: a browser asks for leave first, which is refused.
    """

    def __init__(self, app: ASGIApp, hosts: Collection[str] | None = None) -> None:
        self._app = app
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        reason = self._reason(Headers(scope=scope), method=scope.get("method", "GET"))
        if scope["type"] == "websocket":
            answer = self._app if reason is None else WebSocketClose(1008)
            await answer(scope, receive, send)
            return

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=[*message.get("headers", ())])
                for name, value in _TOLD.items():
                    headers.setdefault(name, value)
                message = {**message, "headers": headers.raw}
            await send(message)

        answer = self._app if reason is None else PlainTextResponse(reason, 403)
        await answer(scope, receive, told)

    def _reason(self, headers: Headers, *, method: str) -> str | None:
        """Why the request is refused; None where it is not."""
        forwarded = headers.get("x-forwarded-host")
        asked = [*headers.getlist("host"), *([] if forwarded is None else [_first(forwarded)])]
        if not all(self._is_ours(host) for host in asked or [""]):
            names = ", ".join(asked)[:200]
            return (
                f"This server does not answer to the name {names!r}. If it is its name, for instance that of a proxy "
                "in front of it, put it into BELEG_HOSTS."
            )
        if _is_of_another_page(headers, asked, method=method):
            return (
                "Only the page of this server itself can ask this of it. A proxy in front of it must pass on the "
                "header Host as it was asked for."
            )
        return None

    def _is_ours(self, host: str) -> bool:
        found = _HOST.fullmatch(host.lower())
        if found is None:
            return False
        return self._hosts is None or is_loopback(found["name"]) or found["name"] in self._hosts


def is_loopback(name: str) -> bool:
    """Whether the name of a host, or its address, is always this very machine."""
    try:
        return name == "localhost" or ip_address(name.strip("[]")).is_loopback
    except ValueError:
        return False


def _is_of_another_page(headers: Headers, asked: Collection[str], *, method: str) -> bool:
    """By what the browser says of where the request is from. A link to the page may stand anywhere."""
    if origins := headers.getlist("origin"):
        return not all(any(_is_of(origin, host) for host in asked) for origin in origins)
    if headers.get("sec-fetch-site") not in {"cross-site", "same-site"}:
        return False
    return method not in {"GET", "HEAD"} or headers.get("sec-fetch-mode") != "navigate"


def _is_of(origin: str, host: str) -> bool:
    """Whether the origin is that of the host and port. Which scheme, only a proxy in front of the server knows."""
    found = _ORIGIN.fullmatch(origin.lower())
    if found is None:
        return False
    default = _DEFAULT_PORTS[found["scheme"]]
    return _with_port(found["host"], default) == _with_port(host.lower(), default)


def _with_port(host: str, default: str) -> str:
    found = _HOST.fullmatch(host)
    return host if found is None or found["port"] else f"{host}:{default}"


def _first(value: str) -> str:
    """Of the names that several proxies have put there, that which the browser asked for."""
    return value.partition(",")[0].strip()
