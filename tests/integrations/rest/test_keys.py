"""Whoever may ask is told by a key; reading and changing are apart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from rag.integrations.rest.keys import Keys
from rag.settings import Settings
from tests.integrations.rest.served import QUESTION, an_archive, served

READ, OTHER_READ, WRITE = "lesen-0123456789", "auch-lesen-01234", "schreiben-012345"
READING: tuple[tuple[str, str, Any], ...] = (
    ("GET", "/status", None),
    ("POST", "/ask", {"question": QUESTION}),
    ("POST", "/search", {"query": QUESTION}),
    ("POST", "/check", {"claim": "Es dauerte 25 Minuten."}),
    ("POST", "/verify", {}),
    ("GET", "/articles", None),
    ("GET", "/articles/telefonat", None),
)
WRITING: tuple[tuple[str, str, Any], ...] = (
    ("POST", "/articles", {"text": "Ein Satz."}),
    ("DELETE", "/articles/nie", None),
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    keys = Keys(read=(READ, OTHER_READ), write=(WRITE,))
    with an_archive(tmp_path_factory.mktemp("archive")) as archive, served(archive, keys=keys) as opened:
        yield opened


def _with(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


@pytest.mark.parametrize(("method", "path", "body"), [*READING, *WRITING])
def test_without_a_key_nothing_is_answered(client: TestClient, method: str, path: str, body: Any) -> None:
    got = client.request(method, path, json=body)
    assert got.status_code == 401
    assert got.headers["www-authenticate"] == 'Bearer realm="Beleg"'
    assert got.headers["content-type"] == "application/problem+json"
    assert "BELEG_READ_KEYS" in got.json()["detail"]


@pytest.mark.parametrize("given", ["falsch", READ[:-1], f"{READ}0", READ.upper(), "ü" * 16, ""])
def test_another_key_is_refused_and_not_shown(client: TestClient, given: str) -> None:
    got = client.post("/ask", json={"question": QUESTION}, headers={"Authorization": f"Bearer {given}".encode()})
    assert got.status_code == 401
    assert READ not in got.text


def test_a_key_goes_by_no_other_scheme(client: TestClient) -> None:
    assert client.get("/status", headers={"Authorization": f"Basic {READ}"}).status_code == 401
    assert client.get("/status", params={"key": READ}).status_code == 401


@pytest.mark.parametrize("key", [READ, OTHER_READ, WRITE])
@pytest.mark.parametrize(("method", "path", "body"), READING)
def test_every_key_may_read(client: TestClient, key: str, method: str, path: str, body: Any) -> None:
    assert client.request(method, path, json=body, headers=_with(key)).status_code == (
        422 if path == "/verify" else 200
    )


@pytest.mark.parametrize(("method", "path", "body"), WRITING)
def test_only_a_write_key_may_change_the_archive(client: TestClient, method: str, path: str, body: Any) -> None:
    got = client.request(method, path, json=body, headers=_with(READ))
    assert got.status_code == 403
    assert 'error="insufficient_scope"' in got.headers["www-authenticate"]
    assert client.request(method, path, json=body, headers=_with(WRITE)).status_code in {200, 404}


def test_what_describes_it_and_whether_it_is_up_need_no_key(client: TestClient) -> None:
    assert client.get("/health").status_code == 200
    assert client.get("/openapi.json").status_code == 200


def test_with_write_keys_alone_reading_needs_one_too(client: TestClient, tmp_path_factory: Any) -> None:
    with an_archive(tmp_path_factory.mktemp("other")) as archive:
        with served(archive, keys=Keys(write=(WRITE,))) as other:
            assert other.get("/articles").status_code == 401
            assert other.get("/articles", headers=_with(WRITE)).status_code == 200
        with served(archive, keys=Keys(read=(READ,))) as other:
            assert other.request("DELETE", "/articles/telefonat", headers=_with(READ)).status_code == 403


def test_they_come_from_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BELEG_READ_KEYS", f"{READ}, {OTHER_READ},")
    monkeypatch.setenv("BELEG_WRITE_KEYS", WRITE)
    settings = Settings()
    keys = Keys.of(settings)
    assert (keys.read, keys.write) == ((READ, OTHER_READ), (WRITE,))
    assert READ not in f"{settings!r} {keys!r}"
    assert not Keys()
