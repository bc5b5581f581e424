"""Web addresses: what becomes an article, of which formats and encodings, and what is refused."""

from __future__ import annotations

from datetime import date
from importlib import metadata
from pathlib import Path

import pytest

from rag.ingest.address import is_address, read_address
from rag.ingest.fetch_config import FetchConfig
from rag.types import Article, Failure
from tests.conftest import OpenArchive
from tests.ingest.test_html import PAGE, PARAGRAPHS
from tests.web_server import HERE, SENTENCE, Pages, article_at, reason_at


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("https://beispiel.example/a", True),
        (" HTTP://beispiel.example", True),
        ("file:///etc/passwd", True),
        ("ordner/a.txt", False),
        ("C://ordner/a.txt", False),
        ("beispiel.example/a", False),
        ("", False),
    ],
)
def test_what_names_its_scheme_is_an_address(source: str, expected: bool) -> None:
    assert is_address(source) is expected


def test_a_page_becomes_an_article_with_what_its_mark_up_states(pages: Pages) -> None:
    address = pages.put("/turm?id=3", PAGE.encode(), "text/html; charset=utf-8")
    article = article_at(address + "#absatz")
    assert all(paragraph in article.text for paragraph in PARAGRAPHS)
    assert (article.title, article.source, article.published) == (
        *("Hundert Jahre Leuchtturm", "Beispiel-Zeitung"),
        date(2022, 7, 29),
    )
    assert (article.url, article.origin) == (address, address + "#absatz")
    [(path, headers)] = pages.asked
    assert path == "/turm?id=3"
    assert headers["User-Agent"] == f"Beleg/{metadata.version('beleg')}"
    assert headers["Host"] == f"127.0.0.1:{pages.port}"


def test_the_same_page_again_is_the_same_article(pages: Pages) -> None:
    address = pages.put("/turm", PAGE.encode())
    first = article_at(address)
    pages.put("/turm", PAGE.replace("vierhundert", "fünfhundert").encode(), "text/html; charset=utf-8")
    assert article_at(address).id == first.id


@pytest.mark.parametrize(
    ("path", "content_type", "body"),
    [
        ("/a", "text/plain", SENTENCE),
        ("/a", "text/markdown; charset=utf-8", f"# Ein Turm\n\n{SENTENCE}"),
        ("/a", "application/jsonl", f'{{"text": "{SENTENCE}"}}'),
        ("/a.jsonl", "text/plain", f'{{"text": "{SENTENCE}"}}'),
        ("/a.md", "application/octet-stream", f"*{SENTENCE}*"),
        ("/a.txt", "", SENTENCE),
    ],
)
def test_other_formats_are_known_by_their_type_or_ending(pages: Pages, path: str, content_type: str, body: str) -> None:
    assert article_at(pages.put(path, body.encode(), content_type)).text == SENTENCE


def test_lines_of_json_are_an_article_each_and_a_broken_one_is_named(pages: Pages) -> None:
    address = pages.put("/a", b'{"text": "Der Turm steht."}\n{\n{"text": "Das Haus steht."}', "application/x-ndjson")
    first, broken, last = read_address(address, config=HERE)
    assert isinstance(first, Article)
    assert isinstance(last, Article)
    assert first.id != last.id
    assert isinstance(broken, Failure)
    assert broken.where == f"{address}:2"


@pytest.mark.parametrize(
    ("encoding", "stated"),
    [
        ("utf-8", "utf-8"),
        ("utf-8", ""),
        ("cp1252", "iso-8859-1"),
        ("cp1252", ""),
        ("iso-8859-15", "ISO-8859-15"),
        ("utf-16", ""),
        ("utf-8", "kein-zeichensatz"),
        ("utf-8", "punycode"),
        ("cp1252", "utf-8"),
        ("utf-8-sig", "iso-8859-1"),
    ],
)
def test_a_page_is_read_in_the_encoding_that_the_server_states_or_else_in_its_own(
    pages: Pages, encoding: str, stated: str
) -> None:
    content_type = f"text/plain; charset={stated}" if stated else "text/plain"
    assert article_at(pages.put("/a", SENTENCE.encode(encoding), content_type)).text == SENTENCE


def test_nothing_is_resolved_or_fetched_unless_it_is_allowed(pages: Pages) -> None:
    def resolve(host: str, port: int) -> list[str]:
        raise AssertionError(f"{host} was looked up")

    reason = reason_at(pages.put("/a", SENTENCE.encode()), FetchConfig(), resolve=resolve)
    assert "BELEG_FETCH" in reason
    assert pages.asked == []


@pytest.mark.parametrize(
    ("content_type", "body", "said"),
    [
        ("image/png", b"\x89PNG", "image/png, which has no reader; there is one for text/html"),
        ("application/pdf", b"%PDF-1.7", "application/pdf, which has no reader"),
        ("application/json", b"{}", "application/json, which has no reader"),
        ("application/octet-stream", b"abc", "application/octet-stream, which has no reader"),
        ("text/html", b"%PDF-1.7 (Ein Satz steht hier.)", "PDF"),
        ("text/html", bytes(range(256)) * 20, "binary"),
        ("text/html", b"", "the page is empty"),
        ("text/html", b" \n ", "the page is empty"),
        ("text/html", b"<html><body><nav><a href='/'>Start</a></nav></body></html>", "no article text"),
        ("text/html", b"<" * 100_000, "no article text"),
        ("text/markdown", b"---\ntitle: [\n---\nText.", "front matter"),
        ("application/jsonl", b"[1]", "not a JSON object"),
    ],
)
def test_a_page_without_an_article_is_refused_with_the_reason(
    pages: Pages, content_type: str, body: bytes, said: str
) -> None:
    [failure] = read_address(pages.put("/a", body, content_type), config=HERE)
    assert isinstance(failure, Failure)
    assert said in failure.reason


def test_an_archive_takes_in_addresses_beside_paths_and_articles(
    open_archive: OpenArchive, pages: Pages, tmp_path: Path
) -> None:
    address = pages.put("/turm", PAGE.encode(), "text/html; charset=utf-8")
    (tmp_path / "a.txt").write_text(SENTENCE, encoding="utf-8")
    archive = open_archive(fetch=True, fetch_private=True)
    missing = pages.address("/weg")
    report = archive.ingest([address, tmp_path / "a.txt", Article("b", "Das Haus steht."), missing])
    assert len(report.added) == 3
    assert report.failed == (Failure(missing, "there is no page at this address (404)"),)
    assert archive.ingest(address).unchanged == (report.added[0],)


def test_an_archive_fetches_nothing_by_default(open_archive: OpenArchive, pages: Pages) -> None:
    report = open_archive().ingest(pages.put("/a", PAGE.encode()))
    assert "BELEG_FETCH" in report.failed[0].reason
    assert pages.asked == []
