"""The server: where it binds, what it refuses, and what the page as a whole answers."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from rag.archive import Archive
from rag.errors import AddressInUse, Unprotected
from rag.index.embedder import HashEmbedder
from rag.integrations.rest.keys import Keys
from rag.settings import Settings
from rag.web.look import head
from rag.web.serve import make_app, serve
from tests.web.desks import QUESTION, opened


def test_a_taken_port_is_refused_and_named(tmp_path: Path) -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as taken,
        Archive.open(tmp_path, embedder=HashEmbedder()) as archive,
        pytest.raises(AddressInUse, match=str(port := taken.getsockname()[1])),
    ):
        serve(archive, Settings(port=port))


def test_a_host_that_is_not_there_is_refused(tmp_path: Path) -> None:
    settings = Settings(host="192.0.2.1", port=0)
    with Archive.open(tmp_path, embedder=HashEmbedder()) as archive, pytest.raises(AddressInUse, match=r"192\.0\.2\.1"):
        serve(archive, settings)


def test_an_address_that_others_reach_is_not_served_without_a_login(tmp_path: Path) -> None:
    settings = Settings(host="0.0.0.0", port=0, write_keys=("k" * 16,))
    with Archive.open(tmp_path, embedder=HashEmbedder()) as archive, pytest.raises(Unprotected, match="BELEG_LOGIN"):
        serve(archive, settings)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with opened(tmp_path_factory.mktemp("house")) as house:
        yield TestClient(make_app(house.archive, house.desk, max_upload=1_000_000))


def test_the_page_comes_with_its_scripts_and_names_the_browser(client: TestClient) -> None:
    page = client.get("/")
    assert page.status_code == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "beleg_desk" in page.headers["set-cookie"]
    assert f'<meta charset="utf-8" />{head()}' in page.text
    assert int(page.headers["content-length"]) == len(page.content)


def test_fragments_are_answered_before_the_page(client: TestClient) -> None:
    assert "No conversations yet." in client.get("/desk/conversations").text
    assert client.get("/desk/turns/nichts/evidence").headers["content-type"].startswith("text/plain")
    assert client.get("/desk/articles/filters").status_code == 200


def test_questions_are_asked_on_the_page_alone(client: TestClient) -> None:
    """What Gradio lists for other programs names none of the page's handlers."""
    listed = client.get("/gradio_api/info").json()
    assert listed["named_endpoints"] == {}
    assert QUESTION not in str(listed)


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json"])
def test_the_routes_are_not_listed_anywhere(client: TestClient, path: str) -> None:
    assert "/desk" not in client.get(path).text


def test_no_usage_statistics_are_sent(client: TestClient) -> None:
    assert os.environ["GRADIO_ANALYTICS_ENABLED"] == "False"


def test_the_api_lies_beside_the_page(client: TestClient) -> None:
    got = client.post("/api/v1/ask", json={"question": QUESTION}).json()
    assert got["citations"][0]["article_id"] == "telefonat"
    assert client.get("/api/v1/openapi.json").json()["servers"] == [{"url": "/api/v1"}]
    assert client.get("/api/v1/nie").headers["content-type"] == "application/problem+json"


def test_with_a_login_the_page_wants_it_and_the_api_its_keys(tmp_path: Path) -> None:
    login, key = ("anna", "ein langes Wort"), "schlüssel".encode().hex()
    with opened(tmp_path) as house:
        keys = Keys(read=(key,))
        app = make_app(house.archive, house.desk, max_upload=1_000_000, keys=keys, login=":".join(login))
        client = TestClient(app)
        for path in ("/", "/desk/conversations", "/gradio_api/info", "/config", "/api/v1"):
            assert client.get(path).status_code == 401
        assert client.get("/", auth=login).status_code == 200
        assert client.get("/api/v1/articles").status_code == 401
        assert client.get("/api/v1/articles", auth=login).status_code == 401
        assert client.get("/api/v1/articles", headers={"Authorization": f"Bearer {key}"}).status_code == 200
