"""Answers in the sources' own words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from rag.answer.extract import answered_elsewhere, extract_answer
from rag.answer.read import NOTHING_READ, Reader, Reading
from rag.types import Answer, Filters, Hit
from rag.weights import shipped_weights
from tests.finding import found
from tests.finding import hit as _hit

TEXT = "Den Leuchtturm auf Sandholm haben Maurer gebaut. Das Wetter war gut."


def _answer(question: str, *hits: Hit, min_confidence: float = 0.5, reader: Reader | None = None) -> Answer:
    search, total = found(question, hits), len(hits)
    return extract_answer(
        search,
        shipped_weights(),
        min_confidence=min_confidence,
        articles=total,
        matching=total,
        searched=total,
        filters=Filters(),
        reader=reader,
    )


def test_the_answer_is_the_sentence_verbatim_with_its_marker() -> None:
    answer = _answer("Wer hat den Leuchtturm auf Sandholm gebaut?", _hit(TEXT))
    assert answer.text == "Den Leuchtturm auf Sandholm haben Maurer gebaut. [1]"
    [statement] = answer.statements
    assert answer.text[statement.start : statement.end] == statement.text == answer.citations[0].quote
    assert statement.support == "quoted"
    assert answer.language == "de"
    assert not answer.abstained


def test_one_text_in_two_papers_is_one_statement_with_two_markers() -> None:
    hits = [_hit(TEXT, id="a"), _hit(TEXT.replace("Leuchtturm auf", "Leuchtturm  auf"), id="b")]
    answer = _answer("Wer hat den Leuchtturm auf Sandholm gebaut?", *hits)
    assert len(answer.statements) == 1
    assert answer.statements[0].citations == (1, 2)
    assert {citation.article_id for citation in answer.citations} == {"a", "b"}


def test_sentences_that_differ_are_statements_of_their_own_up_to_three() -> None:
    hits = [
        _hit(f"Den Leuchtturm auf Sandholm haben {n} Maurer gebaut.", id=f"a{n}")
        for n in ("zwei", "drei", "vier", "elf")
    ]
    answer = _answer("Wie viele Maurer haben den Leuchtturm auf Sandholm gebaut?", *hits)
    assert len(answer.statements) == 3
    assert [statement.citations for statement in answer.statements] == [(1,), (2,), (3,)]
    for statement in answer.statements:
        assert answer.text[statement.start : statement.end] == statement.text


def test_a_sentence_far_behind_the_first_is_not_shown() -> None:
    answer = _answer("Wer hat den Leuchtturm auf Sandholm gebaut?", _hit(TEXT))
    assert "Wetter" not in answer.text


def test_an_abstention_shows_the_nearest_sentence_of_three_articles_and_cites_nothing() -> None:
    hits = [_hit(f"Die Bäckerin Nummer {n} verkauft heute Brot. Sie lacht.", id=f"a{n}") for n in range(5)]
    answer = _answer("Wie hoch war die Inflation in Portugal?", *hits)
    assert answer.abstained
    assert answer.reason == "nothing_on_topic"
    assert answer.citations == answer.statements == ()
    assert len({citation.article_id for citation in answer.nearest}) == len(answer.nearest) == 3
    assert [citation.marker for citation in answer.nearest] == [1, 2, 3]


def test_the_abstention_speaks_the_questions_language() -> None:
    assert "archive" in _answer("What was the inflation rate in Portugal?", _hit(TEXT), min_confidence=1.0).text
    assert "Archiv" in _answer("Wie hoch war die Inflation in Portugal?", _hit(TEXT), min_confidence=1.0).text


def test_below_any_threshold_an_archive_without_a_hit_still_abstains() -> None:
    answer = _answer("Wer baute?", min_confidence=0.0)
    assert (answer.abstained, answer.reason, answer.nearest) == (True, "empty_archive", ())


def _dated(text: str, *, id: str, day: int) -> Hit:
    hit = _hit(text, id=id)
    return replace(hit, article=replace(hit.article, published=date(2024, 8, day)))


def test_the_words_that_answer_are_marked_in_the_articles_text() -> None:
    hit = _hit("Das Wetter war gut. Den Leuchtturm auf Sandholm haben elf Maurer in einem Jahr gebaut.")
    answer = _answer("Wie viele Maurer haben den Leuchtturm auf Sandholm gebaut?", hit)
    [citation] = answer.citations
    assert citation.answer is not None
    assert hit.article.text[citation.answer.start : citation.answer.end] == citation.answer_text == "elf Maurer"
    assert answer.differing == ()


def test_where_sources_differ_each_value_is_a_statement_and_the_newest_comes_first() -> None:
    text = "Den Leuchtturm auf Sandholm haben {} Maurer gebaut."
    hits = [_dated(text.format(n), id=f"a{day}", day=day) for n, day in (("zwölf", 1), ("elf", 2), ("12", 3))]
    answer = _answer("Wie viele Maurer haben den Leuchtturm auf Sandholm gebaut?", *hits)
    by_marker = {citation.marker: citation for citation in answer.citations}
    shown = [(by_marker[marker].published, by_marker[marker].answer_text) for marker in answer.differing]
    assert [words for _, words in shown] in (["12 Maurer", "elf Maurer"], ["elf Maurer", "zwölf Maurer"])
    assert [day for day, _ in shown] == sorted((day for day, _ in shown if day), reverse=True)
    assert len(answer.statements) == 2


def test_the_same_value_in_other_words_does_not_differ() -> None:
    text = "Den Leuchtturm auf Sandholm haben {} Maurer gebaut."
    hits = [_dated(text.format(n), id=f"a{day}", day=day) for n, day in (("zwölf", 1), ("rund 12", 2))]
    assert _answer("Wie viele Maurer haben den Leuchtturm auf Sandholm gebaut?", *hits).differing == ()


def test_an_answer_outside_the_filters_is_an_abstention_that_says_so_and_shows_it() -> None:
    abstention = _answer("Wie hoch war die Inflation in Portugal?", _hit(TEXT))
    wider = _answer("Wer hat den Leuchtturm auf Sandholm gebaut?", _hit(TEXT))
    answer = answered_elsewhere(abstention, wider, Filters(source="X"))
    assert (answer.abstained, answer.reason, answer.citations) == (True, "outside_filters", ())
    assert answer.nearest == wider.citations
    assert "Quelle" in answer.text


@dataclass(frozen=True)
class _OneReader:
    """Finds these words, wherever they stand, with this score."""

    words: str
    score: float = 1.0
    fingerprint: str = "one"

    def read(self, question: str, contexts: Sequence[str]) -> list[Reading]:
        places = [context.find(self.words) for context in contexts]
        return [Reading(at, at + len(self.words), self.score) if at >= 0 else NOTHING_READ for at in places]


def test_a_reader_brings_its_sentence_first_and_marks_its_span() -> None:
    hits = [_hit("Den Leuchtturm auf Sandholm haben Maurer gebaut. Das war Herr Molt mit seinen Leuten.")]
    question = "Wer hat den Leuchtturm auf Sandholm gebaut?"
    assert _answer(question, *hits).citations[0].quote.startswith("Den Leuchtturm")
    citation = _answer(question, *hits, reader=_OneReader("Herr Molt")).citations[0]
    assert citation.quote.startswith("Das war")
    assert citation.answer_text == "Herr Molt"


def test_a_reader_that_finds_no_answer_likelier_changes_nothing() -> None:
    question, text = "Wer hat den Leuchtturm auf Sandholm gebaut?", _hit(TEXT)
    assert _answer(question, text, reader=_OneReader("Wetter", score=-0.5)) == _answer(question, text)


def test_each_value_is_quoted_from_its_newest_article_and_the_newest_value_comes_first() -> None:
    question = "Wie viele Maurer haben den Leuchtturm auf Sandholm gebaut?"
    said = "Den Leuchtturm auf Sandholm haben {} Maurer gebaut."
    hits = [
        _dated(said.format("zwölf"), id="a", day=1),
        _dated("Den Leuchtturm auf Sandholm, hieß es, haben zwölf Maurer gebaut.", id="b", day=20),
        _dated(said.format("15"), id="c", day=10),
    ]
    answer = _answer(question, *hits)
    shown = [answer.citations[marker - 1] for marker in answer.differing]
    assert [(one.article_id, one.answer_text) for one in shown] == [("b", "zwölf Maurer"), ("c", "15 Maurer")]
    read = _answer(question, *hits, reader=_OneReader("Maurer"))
    assert [one.answer_text for one in read.citations] == ["zwölf Maurer", "15 Maurer"]


def test_of_many_values_the_likeliest_sentences_is_among_those_shown() -> None:
    said = "Den Leuchtturm auf Sandholm haben {} Maurer gebaut."
    hits = [_dated(said.format(10 + day), id=f"a{day}", day=day) for day in range(2, 6)]
    oldest = replace(_dated(said.format(99), id="a1", day=1), score=3.0)
    answer = _answer("Wie viele Maurer haben den Leuchtturm auf Sandholm gebaut?", oldest, *hits)
    values = [one.answer_text for one in answer.citations]
    assert len(values) == 3
    assert values[-1] == "99 Maurer"
