"""What is wrong is said as a problem: where in the request, in what words, and nothing that a screen would obey."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from rag.errors import ArchiveInUse, BelegError, IndexMismatch, InputError, PackError, UnknownArticle
from rag.integrations.rest.problems import problem_of
from tests.integrations.rest.served import an_archive, served


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with an_archive(tmp_path_factory.mktemp("archive")) as archive, served(archive) as opened:
        yield opened


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (UnknownArticle("x"), 404),
        (InputError("x"), 422),
        (ArchiveInUse("x"), 503),
        (IndexMismatch("x"), 503),
        (PackError("x"), 500),
    ],
)
def test_each_kind_of_error_has_its_status(error: BelegError, status: int) -> None:
    assert problem_of(error)["status"] == status


def test_what_a_terminal_would_obey_is_escaped() -> None:
    assert problem_of(InputError("Der Satz \x1b[31m\u202e"))["detail"] == "Der Satz \\u001b[31m\\u202e"


@pytest.mark.parametrize(
    ("path", "body", "pointer"),
    [
        ("/ask", {}, "#/question"),
        ("/ask", {"question": 1}, "#/question"),
        ("/ask", {"question": "Wer?", "a/b~": 1}, "#/a~1b~0"),
        ("/ask", {"question": "Wer?", "history": ["Was?", 2]}, "#/history/1"),
        ("/ask", {"question": "Wer?", "since": "morgen"}, "#/since"),
        ("/ask", {"question": "Wer?", "since": 0}, "#/since"),
        ("/ask", [], "#"),
        ("/search", {"query": "Wer?", "k": "3"}, "#/k"),
        ("/search", {"query": "Wer?", "k": 1.5}, "#/k"),
        ("/articles", {"text": None}, "#/text"),
        ("/articles", [{"text": "Ein Satz."}, {}], "#/1/text"),
        ("/articles", [], "#"),
        ("/verify", [], "#"),
    ],
)
def test_the_place_of_what_is_wrong_is_named(client: TestClient, path: str, body: Any, pointer: str) -> None:
    got = client.post(path, json=body)
    assert got.status_code == 422
    assert got.headers["content-type"] == "application/problem+json"
    assert [one["pointer"] for one in got.json()["errors"]] == [pointer]
    assert got.json()["errors"][0]["detail"] in got.json()["detail"]


@pytest.mark.parametrize("body", [b"{", b"\xff", b'{"question": "Wer?"', b"nicht", b"[" * 100_000])
def test_what_is_no_json_is_said_to_be_none(client: TestClient, body: bytes) -> None:
    got = client.post("/ask", content=body, headers={"content-type": "application/json"})
    assert got.status_code == 400
    assert got.headers["content-type"] == "application/problem+json"


def test_half_a_character_in_a_name_is_written_down(client: TestClient) -> None:
    body = b'{"question": "Wer?", "a\\ud800": 1}'
    got = client.post("/ask", content=body, headers={"content-type": "application/json"})
    assert got.status_code == 422
    assert got.json()["title"] == "Unprocessable Entity"


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/nie", 404), ("PUT", "/ask", 405)])
def test_what_there_is_not_is_a_problem_too(client: TestClient, method: str, path: str, status: int) -> None:
    got = client.request(method, path)
    assert (got.status_code, got.json()["status"]) == (status, status)
    assert got.headers["content-type"] == "application/problem+json"
