"""What the archive's page fetches and sends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from rag.archive import Archive
from rag.desk.desk import Desk
from rag.types import Article
from rag.web.archive_routes import archive_routes
from tests.conftest import OpenArchive
from tests.web.tags import Tags

ODD = "https://beispiel.example/a/b?c=d&e#f ü"
MINE = {"X-Beleg": "desk", "Accept-Language": "de"}


@pytest.fixture
def archive(open_archive: OpenArchive) -> Archive:
    archive = open_archive()
    archive.ingest(
        [
            Article(ODD, "Der Hafen wuchs im Jahr 2020.", title="Hafen", source="Blatt", published=date(2024, 1, 2)),
            *(
                Article(f"a{n:02d}", f"Die Meldung Nummer {n} kam am Montag.", title=f"Meldung {n:02d}")
                for n in range(60)
            ),
        ]
    )
    return archive


@pytest.fixture
def client(archive: Archive) -> Iterator[TestClient]:
    app = FastAPI()
    with Desk.open(archive) as desk:
        app.include_router(archive_routes(archive, desk))
        with TestClient(app, headers=MINE) as client:
            yield client


def _titles(html: str) -> list[str]:
    return [one.split("<")[0] for one in html.split('class="read" dir="auto">')[1:]]


def test_articles_are_listed_sorted_and_turned_page_by_page(client: TestClient) -> None:
    first = client.get("/desk/articles", params={"sort": "title", "descending": False}).text
    second = client.get("/desk/articles", params={"sort": "title", "descending": False, "offset": 50}).text
    assert _titles(first) == ["Hafen", *(f"Meldung {n:02d}" for n in range(49))]
    assert _titles(second) == [f"Meldung {n:02d}" for n in range(49, 60)]
    assert "61 Artikel" in first


def test_articles_are_searched_and_filtered(client: TestClient) -> None:
    assert _titles(client.get("/desk/articles", params={"q": "hafen wuchs"}).text) == ["Hafen"]
    assert _titles(client.get("/desk/articles", params={"source": "Blatt", "until": "2024-01-02"}).text) == ["Hafen"]
    assert "Kein Artikel passt dazu." in client.get("/desk/articles", params={"since": "2024-01-03"}).text


def test_a_page_that_is_no_longer_there_is_the_last_one_that_is(client: TestClient) -> None:
    drawn = client.get("/desk/articles", params={"sort": "title", "descending": False, "offset": 100}).text
    assert "51–61 von 61" in Tags(drawn).text


def test_an_article_with_an_odd_id_is_read_deleted_and_had_back(client: TestClient, archive: Archive) -> None:
    path = f"/desk/articles/{quote(ODD, safe='')}"
    assert "Der Hafen wuchs im Jahr 2020." in client.get(f"{path}/whole").text
    assert "Es ist keine frühere Fassung da." in client.get(f"{path}/changes").text
    assert "Hafen" in client.delete(path).text
    assert archive.status().articles == 60
    assert "Hafen" in client.get("/desk/articles/bin").text
    assert client.get(f"{path}/whole").status_code == 404
    assert client.post(f"{path}/restore").text == ""
    assert archive.article(ODD).title == "Hafen"


def test_what_a_newer_version_changed_is_shown(client: TestClient, archive: Archive) -> None:
    archive.ingest([Article("a07", "Die Meldung Nummer 7 kam am Dienstag.", title="Meldung 07")])
    drawn = client.get("/desk/articles/a07/changes").text
    assert "<del>Montag</del><ins>Dienstag</ins>" in drawn


def test_another_sites_page_can_delete_nothing(client: TestClient, archive: Archive) -> None:
    assert client.delete("/desk/articles/a07", headers={"X-Beleg": ""}).status_code == 403
    assert client.post("/desk/articles/a07/restore", headers={"X-Beleg": ""}).status_code == 403
    assert archive.article("a07")


def test_filters_offer_outlets_and_languages(client: TestClient) -> None:
    values = [tag["value"] for name, tag in Tags(client.get("/desk/articles/filters").text).tags if name == "option"]
    assert values == ["", "Blatt", "", "de"]
