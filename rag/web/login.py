"""The page's login: one name and password for all who may use it, as the browser asks for them (RFC 7617)."""

from __future__ import annotations

from base64 import b64decode
from binascii import Error
from hmac import compare_digest
from ipaddress import ip_address
from typing import TYPE_CHECKING

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.websockets import WebSocketClose

from rag.errors import Unprotected
from rag.settings import Settings

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

_ASKS = {"WWW-Authenticate": 'Basic realm="Beleg", charset="UTF-8"'}


class Login:
    """Middleware: answers nobody who does not give the login, NAME:PASSWORD. What lies under `but` is left alone."""

    def __init__(self, app: ASGIApp, login: str, *, but: str | None = None) -> None:
        self._app = app
        self._login = login.encode()
        self._but = but

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"} or self._is_let_through(scope):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await WebSocketClose(1008)(scope, receive, send)
        else:
            await PlainTextResponse("A login is needed (BELEG_LOGIN).", 401, _ASKS)(scope, receive, send)

    def _is_let_through(self, scope: Scope) -> bool:
        if self._but is not None and scope["path"].startswith(f"{self._but}/"):
            return True
        scheme, _, given = Headers(scope=scope).get("authorization", "").partition(" ")
        if scheme.lower() != "basic":
            return False
        try:
            return compare_digest(b64decode(given.strip(), validate=True), self._login)
        except (Error, ValueError):
            return False


def refuse_open(address: str, settings: Settings) -> None:
    """Raises Unprotected where others reach this address, no login is set, and nobody has said that it may be so."""
    if settings.login or settings.open_to_all or ip_address(address.partition("%")[0]).is_loopback:
        return
    raise Unprotected(
        f"{address} can be reached from other machines, and whoever reaches the page may read and change the archive: "
        "the keys of the API do not guard it. Set BELEG_LOGIN=NAME:PASSWORD; or BELEG_OPEN_TO_ALL=true where something "
        "else keeps strangers away, such as a proxy with a login; or serve at 127.0.0.1."
    )
