"""A request may not send more than is taken, whatever it says of itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.integrations.rest.served import an_archive, served


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    with an_archive(tmp_path) as archive, served(archive, max_body=200) as opened:
        yield opened


def _body(size: int) -> bytes:
    start, end = b'{"id": "neu", "text": "Ein Satz. ', b'"}'
    return start + b"x" * (size - len(start) - len(end)) + end


def test_a_body_that_is_just_small_enough_is_taken(client: TestClient) -> None:
    got = client.post("/articles", content=_body(200), headers={"content-type": "application/json"})
    assert got.json()["added"] == ["neu"]


@pytest.mark.parametrize("told", [True, False])
def test_a_larger_one_is_refused_also_where_it_does_not_tell_its_size(client: TestClient, told: bool) -> None:
    whole = _body(201)
    content = whole if told else iter([whole[:150], whole[150:]])
    got = client.post("/articles", content=content, headers={"content-type": "application/json"})
    assert got.status_code == 413
    assert got.headers["content-type"] == "application/problem+json"
    assert "200 bytes (BELEG_MAX_UPLOAD)" in got.json()["detail"]
    assert client.get("/articles/neu").status_code == 404
