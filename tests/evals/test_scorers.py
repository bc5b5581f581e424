"""Each metric on answers whose value is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from evals.scorers import SCORERS
from evals.types import Case, Observation, Span
from rag.types import Answer, Article, Citation, Hit, Passage, content_hash

TEXT = "Das Haus ist alt. Es wurde 1987 gebaut. Niemand wohnt darin."
CASE = Case("q", "Wann wurde das Haus gebaut?", ("gold",), (Span("gold", 27, 31, "1987"),))


def _citation(marker: int, start: int, end: int, article_id: str = "gold") -> Citation:
    return Citation(
        *(marker, article_id, None, None, None, None, 0),
        start=start,
        end=end,
        quote=TEXT[start:end],
        content_hash=content_hash(TEXT),
        score=1.0,
    )


WITHOUT, WITH, AFTER = _citation(1, 0, 17), _citation(2, 18, 39), _citation(3, 40, 60)


def _seen(citations: Sequence[Citation], found: Sequence[str] = ("gold",), **fields: object) -> Observation:
    hits = tuple(Hit(Passage(id, 0, 0, len(TEXT), ()), 1.0, {}, Article(id, TEXT)) for id in found)
    return Observation(hits, Answer("?", "", "de", citations=tuple(citations), **fields), 0.1)  # type: ignore[arg-type]


def _value(metric: str, seen: Observation, case: Case = CASE) -> float | None:
    return SCORERS[metric](case, seen).value


def test_the_span_of_the_case_is_the_year() -> None:
    assert TEXT[27:31] == "1987"


@pytest.mark.parametrize(
    ("found", "first", "five"),
    [
        (["gold"], 1.0, 1.0),
        (["a", "b", "c", "d", "gold"], 0.0, 1.0),
        (["a", "b", "c", "d", "e", "gold"], 0.0, 0.0),
        ([], 0.0, 0.0),
    ],
)
def test_article_recall_counts_the_passages_found(found: list[str], first: float, five: float) -> None:
    seen = _seen([], found)
    assert (_value("article first", seen), _value("article in five", seen)) == (first, five)


@pytest.mark.parametrize(
    ("citations", "first", "three"),
    [
        ([WITH], 1.0, 1.0),
        ([WITHOUT, WITH], 0.0, 1.0),
        ([WITHOUT, AFTER], 0.0, 0.0),
        ([WITHOUT, WITHOUT, AFTER, WITH], 0.0, 0.0),
        ([_citation(1, 18, 39, "other")], 0.0, 0.0),
        ([_citation(1, 28, 39)], 0.0, 0.0),
    ],
)
def test_a_cited_sentence_counts_where_it_holds_the_whole_answer_at_its_place(
    citations: list[Citation], first: float, three: float
) -> None:
    seen = _seen(citations)
    assert (_value("sentence first", seen), _value("sentence in three", seen)) == (first, three)


def test_an_abstention_scores_no_sentence_and_is_not_answered() -> None:
    seen = _seen([], abstained=True, reason="not_answered", nearest=(WITH,))
    assert (_value("answered", seen), _value("sentence first", seen)) == (0.0, 0.0)


def test_an_unanswerable_case_is_scored_by_whether_it_was_abstained_from() -> None:
    case = replace(CASE, without=("gold",))
    kept = _seen([], ["a"], abstained=True, reason="not_answered")
    assert [_value("abstained", seen, case) for seen in (kept, _seen([AFTER], ["gold"]))] == [1.0, 0.0]
    for metric in ("answered", "article first", "sentence first"):
        assert _value(metric, kept, case) is None
    assert _value("abstained", kept) is None


def test_a_case_without_answers_leaves_the_sentence_unscored() -> None:
    score = SCORERS["sentence first"](replace(CASE, answers=()), _seen([WITH]))
    assert score.value is None
    assert score.explanation


def test_a_quote_that_is_not_at_its_offsets_is_counted_as_broken() -> None:
    assert _value("citations valid", _seen([WITH, replace(AFTER, quote="anders")])) == 0.5
    assert _value("citations valid", _seen([], nearest=(replace(AFTER, end=59),), abstained=True)) == 0.0
    assert _value("citations valid", _seen([])) is None
