"""The fields of a format become one article, checked and never guessed silently."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from rag.errors import ArticleError
from rag.ingest.fields import build_article, is_article_address, is_web_address, parse_date

TEXT = "Der Leuchtturm auf der Insel wurde vor hundert Jahren gebaut."


def _build(text: object = TEXT, **fields: Any) -> Any:
    return build_article(text, origin="x.txt", **fields)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        ("", None),
        ("2022-07-29", date(2022, 7, 29)),
        ("2022-07-29T10:30:00+02:00", date(2022, 7, 29)),
        ("29.07.2022", date(2022, 7, 29)),
        (" 1.2.2022 ", date(2022, 2, 1)),
        (date(2022, 7, 29), date(2022, 7, 29)),
        (datetime(2022, 7, 29, 12, tzinfo=UTC), date(2022, 7, 29)),
    ],
)
def test_dates_are_read_as_iso_or_german(value: object, expected: date | None) -> None:
    assert parse_date(value) == expected


@pytest.mark.parametrize("value", ["gestern", "31.02.2022", "2022-13-01", "07/29/2022", 2022, True, ["2022-07-29"]])
def test_what_is_no_date_is_refused_with_its_value(value: object) -> None:
    with pytest.raises(ArticleError, match="published"):
        parse_date(value)


def test_the_given_id_and_language_are_kept() -> None:
    article = _build(id="mein-id", language="de-AT")
    assert (article.id, article.language, article.guessed) == ("mein-id", "de", ())


def test_a_detected_language_is_marked_as_guessed() -> None:
    article = _build()
    assert (article.language, article.guessed) == ("de", ("language",))
    unknown = _build("מגדלור על הצוק ליד הים")
    assert (unknown.language, unknown.guessed) == (None, ())


def test_an_id_is_readable_and_depends_on_what_the_article_is_known_by() -> None:
    by_address = _build(url="https://beispiel.example/politik/der-große-turm.html")
    assert by_address.id == _build("Neuer Text.", url="https://beispiel.example/politik/der-große-turm.html").id
    assert by_address.id.startswith("der-grosse-turm-html-")
    by_file = _build(identity="/ordner/turm.txt")
    assert by_file.id == _build("Neuer Text.", identity="/ordner/turm.txt").id
    assert by_file.id != _build(identity="/anderswo/turm.txt").id
    assert _build().id != _build("Neuer Text.").id
    front_page = "https://beispiel.example/"
    assert _build(url=front_page).id != _build("Neuer Text.", url=front_page).id


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://beispiel.example/a", True),
        ("https://beispiel.example/?id=3", True),
        ("https://beispiel.example/", False),
        ("https://beispiel.example", False),
        ("", False),
        (None, False),
    ],
)
def test_a_front_page_is_nobodys_address(url: str | None, expected: bool) -> None:
    assert is_article_address(url) is expected


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("HTTPS://beispiel.example", True),
        ("http://beispiel.example:8080/a?b=c#d", True),
        ("https://beispiel.example/ä", True),
        ("https://:8080/", False),
        ("https://beispiel.example/a b", False),
        ("https://beispiel.example/\u202eb", False),
        ("javascript:alert(1)", False),
        ("https://[kaputt", False),
        ("beispiel.example", False),
        ("", False),
    ],
)
def test_an_address_is_one_that_a_reader_can_open(address: str, expected: bool) -> None:
    assert is_web_address(address) is expected


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"text": None}, "there is no text"),
        ({"text": " \n "}, "there is no text"),
        ({"text": ["Absatz"]}, "text is not text but list"),
        ({"title": {"a": 1}}, "title is not text but dict"),
        ({"url": True}, "url is not text but bool"),
        ({"language": "Deutsch!"}, "not a code"),
        ({"published": "gestern"}, "not a date"),
    ],
)
def test_a_field_that_cannot_be_used_is_named(fields: dict[str, Any], said: str) -> None:
    with pytest.raises(ArticleError, match=said):
        _build(**fields)


def test_an_address_that_is_none_is_no_crash() -> None:
    assert _build(url="http://[kaputt").url == "http://[kaputt"


def test_a_number_may_be_an_id() -> None:
    assert _build(id=11059).id == "11059"
