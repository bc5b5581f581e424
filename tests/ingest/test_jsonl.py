"""JSON lines."""

from __future__ import annotations

import json
from datetime import date

import pytest

from rag.ingest.jsonl import read_jsonl
from rag.types import Article, Failure

GOOD = {"id": "a", "text": "Der Turm steht.", "language": "de"}


def _read(*lines: object, end: str = "\n") -> list[Article | Failure]:
    written = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
    return list(read_jsonl(end.join(written), origin="a.jsonl"))


def test_each_line_is_an_article_with_all_its_fields() -> None:
    fields = {
        "title": "Turm",
        "url": "https://beispiel.example/t",
        "source": "Beispiel-Zeitung",
        "published": "2022-07-29",
    }
    [first, second] = _read(GOOD | fields, "", GOOD | {"id": "b", "date": "29.07.2022"}, end="\r\n")
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.title, first.url, first.source) == ("Turm", "https://beispiel.example/t", "Beispiel-Zeitung")
    assert first.published == second.published == date(2022, 7, 29)
    assert first.origin is not None
    assert first.origin.endswith("a.jsonl:1")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"text": ', "not JSON"),
        ("[1, 2]", "not a JSON object but list"),
        ('"Text"', "not a JSON object but str"),
        ("[" * 100_000, "not JSON"),
        ('{"id": ' + "1" * 5_000 + "}", "not JSON"),
        ({"id": "x"}, "there is no text"),
        ({"text": 3.5}, "text is not text but float"),
        (GOOD | {"published": "gestern"}, "not a date"),
        (GOOD | {"title": ["a"]}, "title is not text"),
    ],
)
def test_a_broken_line_is_named_by_its_number_and_loses_no_other(line: object, said: str) -> None:
    first, broken, last = _read(GOOD, line, GOOD | {"id": "z"})
    assert isinstance(first, Article)
    assert isinstance(last, Article)
    assert isinstance(broken, Failure)
    assert broken.where.endswith("a.jsonl:2")
    assert broken.reason.startswith("line 2: ")
    assert said in broken.reason


def test_a_line_separator_inside_a_text_does_not_end_the_line() -> None:
    [article] = _read(GOOD | {"text": "Der Turm\u2028steht\x85 hier."})
    assert isinstance(article, Article)
