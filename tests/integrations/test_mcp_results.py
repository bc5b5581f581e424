"""What a model is given stays small, and what is quoted in it stays what stands in the article."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from rag.as_json import to_json
from rag.integrations.mcp_results import (
    MAX_CHARACTERS,
    MAX_QUOTE_CHARACTERS,
    answered,
    article_text,
    checked,
    found_passages,
)
from rag.types import Answer, Article, Check, Citation, Evidence, Hit, Passage, Statement

LONG = Article(
    "lang", "Der Leuchtturm und noch ein Leuchtturm " * 1_000, "T" * 900, "https://beispiel.example/" + "u" * 3_000
)
# The indentation of what is nested, and the fields beside the quotations.
BESIDE = 2_000


def hit(article: Article) -> Hit:
    return Hit(Passage(article.id, 0, 0, len(article.text), ()), 1.0, {}, article)


def citation(marker: int, quote: str) -> Citation:
    return Citation(
        marker, f"a{marker}", "Turm", "Zeitung", None, date(2022, 7, 29), 0, 7, 7 + len(quote), quote, "0" * 64, 1.0
    )


CITATIONS = tuple(citation(number, f"{number} " + "Der Turm steht noch. " * 40) for number in range(1, 61))
LONG_ANSWER = Answer(
    "Steht er?",
    "Er steht. " * 2_000,
    "de",
    statements=tuple(Statement("Er steht. " * 100, 0, 1_000, (one.marker,), "quoted") for one in CITATIONS),
    citations=CITATIONS,
)
LONG_CHECK = Check(
    "Er steht.",
    *(0, 9, "de", "supported", "Belegt."),
    evidence=tuple(Evidence(one, "for", 1.0) for one in CITATIONS),
)
LONG_TEXT = replace(LONG_CHECK, parts=(LONG_CHECK,) * 300)


def test_a_quotation_that_is_cut_is_still_what_stands_there() -> None:
    [passage] = found_passages("Wo?", [hit(LONG)], undated=0).passages
    assert passage.cut
    assert passage.quote == LONG.text[passage.start : passage.end]
    assert len(passage.quote) == MAX_QUOTE_CHARACTERS


def test_a_long_title_is_shortened_and_a_long_address_left_out() -> None:
    [passage] = found_passages("Wo?", [hit(LONG)], undated=0).passages
    assert passage.title is not None
    assert passage.title.endswith("T…")
    assert len(passage.title) == 300
    assert passage.url is None


def test_an_article_ends_where_its_text_ends() -> None:
    piece = article_text(LONG, len(LONG.text) - 5)
    assert (piece.text, piece.next_start, piece.note) == (LONG.text[-5:], None, None)
    beyond = article_text(LONG, len(LONG.text) + 5)
    assert (beyond.text, beyond.start, beyond.end, beyond.next_start) == ("", len(LONG.text), len(LONG.text), None)


@pytest.mark.parametrize(
    "make",
    [
        lambda: found_passages("Wo?", [hit(LONG)] * 50, undated=0),
        lambda: answered(LONG_ANSWER),
        lambda: answered(replace(LONG_ANSWER, nearest=CITATIONS)),
        lambda: checked(LONG_CHECK),
        lambda: checked(LONG_TEXT),
    ],
)
def test_whatever_was_found_the_result_is_small_and_says_what_it_left_out(make: Callable[[], object]) -> None:
    result = make()
    assert len(to_json(result)) < MAX_CHARACTERS + MAX_QUOTE_CHARACTERS + BESIDE
    assert getattr(result, "note", None)


def test_what_fits_is_given_whole_and_nothing_is_said_to_be_missing() -> None:
    answer = replace(LONG_ANSWER, text="Er steht.", citations=CITATIONS[:2], statements=LONG_ANSWER.statements[:2])
    given = answered(answer)
    assert [one.quote for one in given.citations] == [one.quote for one in CITATIONS[:2]]
    assert [one.citations for one in given.statements] == [[1], [2]]
    assert given.note is None


def test_of_a_text_every_verdict_comes_before_any_evidence() -> None:
    check = checked(replace(LONG_CHECK, parts=(LONG_CHECK,) * 20))
    assert [claim.verdict for claim in check.claims] == ["supported"] * 20
    assert check.claims[0].evidence
    assert not check.claims[-1].evidence
    assert "sentences of evidence" in (check.note or "")
