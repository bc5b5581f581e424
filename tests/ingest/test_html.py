"""Web pages."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from rag.errors import ArticleError
from rag.ingest.html import parse_html
from rag.ingest.read import read_file
from rag.types import Article

PARAGRAPHS = (
    "Der Leuchtturm auf der Insel Sandholm ist in dieser Woche hundert Jahre alt geworden, wie die Gemeinde mitteilte.",
    "Zur Feier kamen mehr als vierhundert Gäste, unter ihnen die Bürgermeisterin und der letzte Wärter des Turms.",
    "Der Turm war in den sechziger Jahren auf elektrisches Licht umgestellt worden und leuchtet bis heute jede Nacht.",
)
PAGE = f"""<!DOCTYPE html><html lang="de-DE"><head><title>Hundert Jahre Leuchtturm</title>
<meta property="og:title" content="Hundert Jahre Leuchtturm"><meta property="og:site_name" content="Beispiel-Zeitung">
<link rel="canonical" href="https://beispiel.example/inland/leuchtturm">
<meta property="article:published_time" content="2022-07-29T08:00:00+02:00">
<script>var spur = "Skript";</script><style>p {{ color: red }}</style></head>
<body><nav><a href="/">Startseite</a> <a href="/abo">Abo bestellen</a></nav>
<article><h1>Hundert Jahre Leuchtturm</h1>{"".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)}</article>
<footer>Impressum und Datenschutz</footer></body></html>"""


def test_the_main_text_and_what_the_mark_up_states_are_taken() -> None:
    article = parse_html(PAGE, origin="seite.html")
    assert all(paragraph in article.text for paragraph in PARAGRAPHS)
    assert not any(other in article.text for other in ("Skript", "Abo bestellen", "Impressum", "color"))
    assert (article.title, article.source) == ("Hundert Jahre Leuchtturm", "Beispiel-Zeitung")
    assert article.url == "https://beispiel.example/inland/leuchtturm"
    assert (article.published, article.language, article.guessed) == (date(2022, 7, 29), "de", ())


def test_what_the_page_does_not_state_stays_unknown() -> None:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    article = parse_html(f"<html><body><article>{body}</article></body></html>", origin="seite.html")
    assert (article.source, article.published, article.url) == (None, None, None)
    assert (article.language, article.guessed) == ("de", ("language",))


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_pages_are_read_in_their_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "seite.html"
    path.write_bytes(PAGE.encode(encoding))
    [article] = read_file(path)
    assert isinstance(article, Article)
    assert "Bürgermeisterin" in article.text


@pytest.mark.parametrize(
    "page",
    [
        "<html></html>",
        "<html><body><nav><a href='/'>Start</a></nav></body></html>",
        "kein HTML",
        "<!-- -->",
        "<" * 2_000,
        "<?xml version='1.0' encoding='utf-8'?><html/>",
    ],
    ids=["empty", "only links", "no mark-up", "a comment", "brackets", "xml"],
)
def test_a_page_without_an_article_is_refused(page: str) -> None:
    with pytest.raises(ArticleError):
        parse_html(page, origin="seite.html")


def test_mark_up_nested_too_deeply_to_read_is_refused_not_taken_for_its_menu() -> None:
    page = PAGE.replace("<article>", "<div>" * 3_000 + "<article>").replace(
        "</article>", "</article>" + "</div>" * 3_000
    )
    with pytest.raises(ArticleError, match="no article text"):
        parse_html(page, origin="seite.html")


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("https://beispiel.example/2022?id=3", "https://beispiel.example/inland/leuchtturm"),
        ("https://m.beispiel.example/a", "https://beispiel.example/inland/leuchtturm"),
        ("https://anderswo.example/abgeschrieben", "https://anderswo.example/abgeschrieben"),
        ("https://falschbeispiel.example/a", "https://falschbeispiel.example/a"),
    ],
)
def test_a_page_may_state_another_address_of_its_own_site_only(address: str, url: str) -> None:
    assert parse_html(PAGE, origin=address, address=address).url == url


def test_a_page_with_very_many_tags_keeps_its_text_and_what_it_states() -> None:
    many = "".join(f'<a href="/{n}">Möwe <b>Nummer {n}</b></a> fliegt.<!-- {n} --> ' for n in range(5_000))
    charset = '<meta charset="windows-1252">'
    page = PAGE.replace("</article>", f"<p>{many}</p></article>").replace("<head>", f"<head>{charset}")
    article = parse_html(page, origin="seite.html")
    assert all(paragraph in article.text for paragraph in PARAGRAPHS)
    assert "Möwe Nummer 4999 fliegt." in article.text
    assert "Skript" not in article.text
    assert (article.title, article.source) == ("Hundert Jahre Leuchtturm", "Beispiel-Zeitung")
    assert (article.published, article.language) == (date(2022, 7, 29), "de")
