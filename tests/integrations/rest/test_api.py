"""The API answers as the command line does with `--json`, and says what is wrong in the same words."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from rag.archive import Archive
from rag.as_json import as_plain
from rag.cli import main
from tests.checks import CALL
from tests.conftest import OpenArchive
from tests.integrations.rest.served import QUESTION, an_archive, served
from tests.web.desks import SHIP

CLAIM = "Das Telefonat dauerte 45 Minuten."


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Read only by the tests that share it."""
    with an_archive(tmp_path_factory.mktemp("archive")) as opened:
        yield opened


@pytest.fixture(scope="module")
def client(archive: Archive) -> Iterator[TestClient]:
    with served(archive) as opened:
        yield opened


def _timeless(given: Any) -> Any:
    """Without how long it took."""
    return {name: value for name, value in as_plain(given).items() if name != "seconds"}


@pytest.mark.parametrize(
    "within",
    [{}, {"language": "de", "source": CALL.source}, {"articles": [CALL.id]}, {"since": "2022-07-01"}],
)
def test_an_answer_is_the_archives_own(archive: Archive, client: TestClient, within: dict[str, Any]) -> None:
    got = client.post("/ask", json={"question": QUESTION, **within})
    assert got.status_code == 200
    kept = {name: value for name, value in within.items() if name != "since"}
    since = CALL.published.replace(day=1) if "since" in within and CALL.published else None
    assert _timeless(got.json()) == _timeless(archive.ask(QUESTION, since=since, **kept))
    assert "25 Minuten" in got.json()["citations"][0]["quote"]


def test_a_citation_can_be_found_in_the_article_that_is_got(client: TestClient) -> None:
    citation = client.post("/ask", json={"question": QUESTION}).json()["citations"][0]
    article = client.get(f"/articles/{citation['article_id']}").json()
    assert article["text"][citation["start"] : citation["end"]] == citation["quote"]
    assert article["content_hash"] == citation["content_hash"]


def test_a_follow_up_is_understood_by_what_was_asked_before(archive: Archive, client: TestClient) -> None:
    asked = {"question": "Und wer hat dabei gesprochen?", "history": ["Wie lange dauerte das Telefonat von Blinken?"]}
    got = client.post("/ask", json=asked).json()
    assert got["understood"] == archive.ask(asked["question"], asked["history"]).understood is not None


def test_a_search_is_the_archives_own(archive: Archive, client: TestClient) -> None:
    got = client.post("/search", json={"query": QUESTION, "k": 2, "until": "01.08.2022"}).json()
    hits = archive.search(QUESTION, 2)
    assert got == {"query": QUESTION, "hits": as_plain(hits), "undated": 0}
    assert [hit["article"]["id"] for hit in got["hits"]] == [CALL.id, SHIP.id]


def test_a_check_is_the_archives_own(archive: Archive, client: TestClient) -> None:
    got = client.post("/check", json={"claim": CLAIM}).json()
    assert _timeless(got) == _timeless(archive.check(CLAIM))
    assert got["verdict"] == "refuted"


def test_a_pack_is_verified_one_results_and_a_conversations(archive: Archive, client: TestClient) -> None:
    pack = archive.pack(archive.check(CLAIM))
    got = client.post("/verify", json=as_plain(pack)).json()
    assert got["holds"] is True
    assert got["text"] == CLAIM
    whole = client.post("/verify", json=as_plain(archive.conversation_pack("Das Gespräch", [pack]))).json()
    assert whole["name"] == "Das Gespräch"
    assert whole["verifications"] == [got | {"number": 1}]


def test_articles_are_listed_page_by_page(client: TestClient) -> None:
    first = client.get("/articles", params={"limit": 1}).json()
    second = client.get("/articles", params={"limit": 1, "offset": 1}).json()
    assert [first["total"], second["total"]] == [2, 2]
    assert [first["articles"][0]["id"], second["articles"][0]["id"]] == [SHIP.id, CALL.id]
    found = client.get("/articles", params={"q": "mais", "since": "2022-08-01"}).json()
    assert [one["id"] for one in found["articles"]] == [SHIP.id]


def test_articles_are_added_got_and_deleted(open_archive: OpenArchive) -> None:
    with served(open_archive()) as client:
        one = {
            "text": "Der Turm ist 30 Meter hoch.",
            "id": "bau/turm",
            "date": "1.2.2022",
            "source": "Beispiel-Zeitung",
        }
        assert client.post("/articles", json=one).json()["added"] == ["bau/turm"]
        more = [one, {"text": "Die Mühle steht am Fluss.", "id": "mühle"}, {"text": "Nie.", "published": "morgen"}]
        report = client.post("/articles", json=more).json()
        assert (report["added"], report["unchanged"]) == (["mühle"], ["bau/turm"])
        assert report["failed"] == [
            {"where": "api:3", "reason": "published 'morgen' is not a date (YYYY-MM-DD or DD.MM.YYYY)"}
        ]
        got = client.get("/articles/bau/turm").json()
        assert (got["text"], got["published"], got["source"]) == (one["text"], "2022-02-01", one["source"])
        assert client.get("/articles/bau%2Fturm").json() == got
        assert client.delete("/articles/bau/turm").json() == {"deleted": "bau/turm"}
        assert client.get("/articles/bau/turm").status_code == 404
        assert [one["id"] for one in client.get("/articles").json()["articles"]] == ["mühle"]


def test_it_says_that_it_is_up_and_what_the_archive_holds(archive: Archive, client: TestClient) -> None:
    assert client.get("/health").json() == {"status": "ok", "version": archive.status().version}
    assert client.get("/status").json() == as_plain(archive.status())


@pytest.mark.parametrize(
    ("command", "path", "body"),
    [
        (["ask", " "], "/ask", {"question": " "}),
        (["ask", "Wer?", "--language", "deutsch"], "/ask", {"question": "Wer?", "language": "deutsch"}),
        (["search", "Wer?", "-k", "0"], "/search", {"query": "Wer?", "k": 0}),
        (["check", ""], "/check", {"claim": ""}),
        (
            ["search", "Wer?", "--since", "2022-02-01", "--until", "2022-01-01"],
            "/search",
            {"query": "Wer?", "since": "2022-02-01", "until": "2022-01-01"},
        ),
    ],
)
def test_what_cannot_be_used_is_said_in_the_words_of_the_command_line(
    client: TestClient,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    *,
    command: list[str],
    path: str,
    body: dict[str, Any],
) -> None:
    assert main([*command, "--data", str(tmp_path)]) == 2
    got = client.post(path, json=body)
    assert got.status_code == 422
    assert got.headers["content-type"] == "application/problem+json"
    assert f"beleg: {got.json()['detail']}\n" == capsys.readouterr().err


def test_an_unknown_article_is_a_problem_of_its_own(client: TestClient) -> None:
    for got in (client.get("/articles/nie"), client.delete("/articles/nie")):
        assert got.status_code == 404
        assert got.json() == {
            "type": "about:blank",
            "title": "Not Found",
            "status": 404,
            "detail": "There is no article 'nie' in the archive. `beleg articles` lists them.",
        }


def test_a_closed_archive_is_not_up(open_archive: OpenArchive) -> None:
    archive = open_archive()
    archive.close()
    with served(archive) as client:
        for got in (client.get("/health"), client.post("/ask", json={"question": QUESTION})):
            assert got.status_code == 503
            assert got.json()["detail"] == "The archive was closed. Open it again to use it."


def _numbered(number: int, name: str) -> dict[str, str]:
    return {"id": f"{name}-{number}", "text": f"Der Turm {name}{number} ist {number} Meter hoch. Er steht am Fluss."}


def test_fifty_ask_at_once_while_two_hundred_articles_come_in(open_archive: OpenArchive) -> None:
    """Each is answered from the article that it is about, whatever else is going on."""
    archive = open_archive()
    with served(archive) as client, ThreadPoolExecutor(51) as threads:
        towers = [_numbered(number, "Alt") for number in range(100, 150)]
        assert client.post("/articles", json=towers).json()["failed"] == []
        coming = [_numbered(number, "Neu") for number in range(200, 400)]
        taken = threads.submit(client.post, "/articles", json=coming)
        asked = [
            threads.submit(client.post, "/ask", json={"question": f"Wie hoch ist der Turm Alt{number}?"})
            for number in range(100, 150)
        ]
        for number, answer in zip(range(100, 150), asked, strict=True):
            got = answer.result()
            assert got.status_code == 200
            first = got.json()["citations"][0]
            assert first["article_id"] == f"Alt-{number}"
            for citation in got.json()["citations"]:
                text = archive.article(citation["article_id"]).text
                assert text[citation["start"] : citation["end"]] == citation["quote"]
        report = taken.result().json()
        assert (len(report["added"]), report["failed"]) == (200, [])
        assert client.get("/articles", params={"limit": 1}).json()["total"] == 250
