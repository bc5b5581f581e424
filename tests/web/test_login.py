"""The page's login, and that nothing is served to strangers without one."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from rag.errors import Unprotected
from rag.settings import Settings
from rag.web.login import Login, refuse_open

NAME, PASSWORD = "anna", "Wörter: viele"


def _client(but: str | None = None) -> TestClient:
    async def page(_: Request) -> PlainTextResponse:
        return PlainTextResponse("die Seite")

    async def socket(websocket: WebSocket) -> None:
        await websocket.accept()
        await websocket.close()

    routes = [WebSocketRoute("/socket", socket), Route("/{path:path}", page, methods=["GET", "POST"])]
    login = Middleware(Login, f"{NAME}:{PASSWORD}", but=but)
    return TestClient(Starlette(routes=routes, middleware=[login]))


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_without_the_login_the_browser_is_told_to_ask_for_it(method: str) -> None:
    got = _client().request(method, "/")
    assert got.status_code == 401
    assert got.headers["www-authenticate"] == 'Basic realm="Beleg", charset="UTF-8"'
    assert "die Seite" not in got.text


@pytest.mark.parametrize(
    "header",
    ["", "Basic", "Basic !", "Basic YW5uYQ==", "Bearer YW5uYTpX", "Basic \u00fc", "Basic YW5uYTpXw7ZydGVyOiB2aWVs"],
)
def test_what_is_not_the_login_does_not_open_the_page(header: str) -> None:
    assert _client().get("/", headers={"Authorization": header.encode()}).status_code == 401


def test_the_login_opens_it() -> None:
    login = (NAME.encode(), PASSWORD.encode())
    assert _client().get("/", auth=login).text == "die Seite"
    with _client().websocket_connect("/socket", headers={"Authorization": "Basic YW5uYTpXw7ZydGVyOiB2aWVsZQ=="}):
        pass


def test_a_socket_is_closed_without_it() -> None:
    with pytest.raises(WebSocketDisconnect), _client().websocket_connect("/socket"):
        pass


@pytest.mark.parametrize(("path", "status"), [("/api/x", 200), ("/apix", 401), ("/", 401), ("/x/api/", 401)])
def test_what_has_keys_of_its_own_is_left_alone(path: str, status: int) -> None:
    assert _client("/api").get(path).status_code == status


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "192.168.1.5", "fe80::1%eth0", "8.8.8.8"])
def test_an_address_that_others_reach_needs_a_login_or_leave(address: str) -> None:
    with pytest.raises(Unprotected, match=f"{address} can be reached"):
        refuse_open(address, Settings(read_keys=("k" * 16,), write_keys=("w" * 16,)))
    refuse_open(address, Settings(login=f"{NAME}:{PASSWORD}"))
    refuse_open(address, Settings(open_to_all=True))


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.9.10", "::1"])
def test_this_machines_own_needs_none(address: str) -> None:
    refuse_open(address, Settings())
