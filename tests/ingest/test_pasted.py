"""Text that a person pasted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from rag.ingest.pasted import PASTED, read_pasted
from rag.types import Article, Failure
from tests.conftest import OpenArchive

TEXT = "Der Leuchtturm auf der Insel wurde vor hundert Jahren gebaut.\r\n\r\nEr steht noch."


def _article(text: str = TEXT, **fields: Any) -> Article:
    item = read_pasted(text, **({"max_characters": 1_000} | fields))
    assert isinstance(item, Article), item
    return item


def test_what_the_person_knows_of_it_is_kept() -> None:
    article = _article(
        title=" Ein Turm ",
        source="Beispiel-Zeitung",
        url=" https://beispiel.example/turm ",
        published=" 29.07.2022 ",
        language="de-AT",
    )
    assert article == Article(
        *(article.id, TEXT.replace("\r\n", "\n"), "Ein Turm", "https://beispiel.example/turm", "Beispiel-Zeitung"),
        published=date(2022, 7, 29),
        language="de",
        origin=PASTED,
    )
    assert article.id.startswith("turm-")


def test_what_is_left_empty_is_unknown_and_the_language_detected() -> None:
    article = _article(title="", source=" ", url=" ", published=" ", language="")
    assert article == _article()
    assert (article.title, article.source, article.url, article.published) == (None, None, None, None)
    assert (article.language, article.guessed) == ("de", ("language",))


def test_the_address_is_what_an_article_is_known_by_and_else_its_content() -> None:
    url = "https://beispiel.example/turm"
    assert _article(url=url).id == _article("Neuer Text.", url=url).id
    assert _article().id == _article().id
    assert _article().id != _article("Neuer Text.").id


def test_a_pasted_article_is_taken_in_as_it_is(open_archive: OpenArchive) -> None:
    archive = open_archive()
    article = _article(published=date(2022, 7, 29))
    assert archive.ingest(article).added == (article.id,)
    assert archive.article(article.id) == replace(article)


@pytest.mark.parametrize(
    ("text", "fields", "said"),
    [
        ("", {}, "there is no text"),
        (" \n\x00 ", {}, "there is no text"),
        ("12345 ... 678", {}, "no sentence"),
        (TEXT * 100, {}, "at most 1,000 are taken"),
        (TEXT, {"published": "gestern"}, "published 'gestern' is not a date (YYYY-MM-DD or DD.MM.YYYY)"),
        (TEXT, {"published": "31.02.2022"}, "is not a date"),
        (TEXT, {"language": "Deutsch!"}, "is not a code such as de or en"),
        (TEXT, {"url": "beispiel.example/turm"}, "is not a web address: it begins with https://"),
        (TEXT, {"url": "javascript:alert(1)"}, "is not a web address"),
        (TEXT, {"url": "https://"}, "is not a web address"),
        (TEXT, {"url": "https://[kaputt"}, "is not a web address"),
        (TEXT, {"url": "https://beispiel.example/a b"}, "is not a web address"),
        (TEXT, {"url": "https://beispiel.example/\u202eb"}, "is not a web address"),
    ],
)
def test_what_cannot_be_taken_in_is_refused_in_words(text: str, fields: dict[str, str], said: str) -> None:
    failure = read_pasted(text, **{"max_characters": 1_000, **fields})
    assert isinstance(failure, Failure)
    assert failure.where == PASTED
    assert said in failure.reason
