"""The server: where it binds, what it refuses, and what the page as a whole answers."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from fastapi.testclient import TestClient

from rag.archive import Archive
from rag.errors import AddressInUse, Unprotected
from rag.integrations.rest.keys import Keys
from rag.models.embedder import HashEmbedder
from rag.settings import Settings
from rag.web.look import head
from rag.web.serve import make_app, serve
from rag.web.uploads import UploadFolder
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
    with opened(tmp_path_factory.mktemp("house")) as house, pytest.MonkeyPatch.context() as environment:
        environment.setenv("GRADIO_TEMP_DIR", "")  # set by the application, and given back in the end
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


def test_other_programs_are_offered_none_of_the_pages_handlers(client: TestClient) -> None:
    """What Gradio lists for them is what is meant for them, and holds nothing of the archive."""
    listed = client.get("/gradio_api/info").json()
    assert set(listed["named_endpoints"]) == {"/ask", "/check", "/search"}
    assert QUESTION not in str(listed)


def test_another_sites_page_can_ask_nothing_of_gradio_either(client: TestClient) -> None:
    headers = {"origin": "https://fremd.example"}
    for answer in (
        client.post("/gradio_api/queue/join", json={}, headers=headers),
        client.post("/gradio_api/upload", files={"files": b"Eingeschleust."}, headers=headers),
        client.options("/gradio_api/upload", headers=headers | {"access-control-request-method": "POST"}),
    ):
        assert answer.status_code == 403
        assert "access-control-allow-origin" not in answer.headers


def test_what_is_uploaded_lies_in_the_archives_folder_and_goes_when_nobody_comes_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRADIO_TEMP_DIR", "")
    monkeypatch.setattr("rag.web.page._UPLOADS_KEPT", (0.01, 0.01))
    with opened(tmp_path) as house:
        uploads = UploadFolder.of(house.archive.folder)
        with TestClient(make_app(house.archive, house.desk, max_upload=1_000_000)) as client:
            (stored,) = client.post("/gradio_api/upload", files={"files": b"Ein Satz."}).json()
            assert uploads.arriving in Path(stored).parents
            deadline = time.monotonic() + 10
            while Path(stored).exists() and time.monotonic() < deadline:
                time.sleep(0.02)
            assert not Path(stored).exists()
        assert not uploads.arriving.parent.exists()


@pytest.mark.parametrize("path", ["/", "/desk/conversations", "/gradio_api/info", "/theme.css", "/nichts"])
def test_nothing_may_be_framed_or_fetched_from_elsewhere(client: TestClient, path: str) -> None:
    assert "default-src 'self'" in client.get(path).headers["content-security-policy"]


@pytest.mark.parametrize(
    ("bound", "hosts", "status"),
    [
        ("127.0.0.1", (), 403),
        ("127.0.0.1", ("beleg.example",), 200),
        ("0.0.0.0", (), 200),
        ("0.0.0.0", ("anders.example",), 403),
    ],
)
def test_which_names_are_answered_depends_on_the_address_and_the_setting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bound: str, hosts: tuple[str, ...], status: int
) -> None:
    asked: list[int] = []
    monkeypatch.setenv("GRADIO_TEMP_DIR", "")  # set by the application, and given back in the end

    def run(server: uvicorn.Server, sockets: object) -> None:
        client = TestClient(server.config.app)  # type: ignore[arg-type]
        asked.extend(client.get("/", headers={"host": host}).status_code for host in ("beleg.example", "localhost"))

    monkeypatch.setattr(uvicorn.Server, "run", run)
    with Archive.open(tmp_path, embedder=HashEmbedder()) as archive:
        serve(archive, Settings(host=bound, port=0, hosts=hosts, open_to_all=True))
    assert asked == [status, 200]


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
