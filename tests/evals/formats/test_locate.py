"""Evidence is found at its place, or named."""

from __future__ import annotations

import pytest

from evals.formats.locate import locate_evidence
from evals.types import Case, Evidence
from rag.errors import InputError
from rag.types import Article

ARTICLES = {"a": Article("a", "Es regnet. Morgen schneit es. Es regnet.")}


def _located(evidence: Evidence) -> tuple[Evidence, ...]:
    [case] = locate_evidence([Case("q", "?", evidence=(evidence,), where="suite.jsonl:3")], ARTICLES)
    return case.evidence


def test_a_quote_counts_wherever_it_stands() -> None:
    assert [evidence.start for evidence in _located(Evidence("a", "Es regnet."))] == [0, 30]


def test_a_quote_with_a_start_counts_there_even_if_ingest_trimmed_a_little() -> None:
    assert _located(Evidence("a", "Es regnet.", 30)) == (Evidence("a", "Es regnet.", 30),)
    assert _located(Evidence("a", "Es regnet.", 32)) == (Evidence("a", "Es regnet.", 30),)
    with pytest.raises(InputError, match="at character 90"):
        _located(Evidence("a", "Es regnet.", 90))


def test_a_rejected_sentence_is_located_as_evidence_is() -> None:
    case = Case("q", "?", rejected=(Evidence("a", "Es regnet."), Evidence("a", "Morgen schneit es.", 12)))
    [located] = locate_evidence([case], ARTICLES)
    assert [sentence.start for sentence in located.rejected] == [0, 30, 11]
    assert located.evidence == ()


def test_evidence_without_words_is_the_whole_article() -> None:
    assert _located(Evidence("a")) == (Evidence("a"),)


@pytest.mark.parametrize(
    ("evidence", "said"),
    [
        (Evidence("b"), "the corpus has no article 'b'"),
        (Evidence("a", "Es hagelt."), "the article 'a' does not say 'Es hagelt.'"),
    ],
)
def test_evidence_that_is_not_in_the_corpus_is_named(evidence: Evidence, said: str) -> None:
    with pytest.raises(InputError, match=f"suite.jsonl:3: evidence of 'q': {said}"):
        _located(evidence)
    with pytest.raises(InputError, match=f"suite.jsonl:3: rejected of 'q': {said}"):
        locate_evidence([Case("q", "?", rejected=(evidence,), where="suite.jsonl:3")], ARTICLES)


def test_every_row_to_take_out_is_named_at_once() -> None:
    right = Case("gut", "?", evidence=(Evidence("a", "Es regnet."),), where="suite.jsonl:1")
    bad = [Case(f"q{at}", "?", evidence=(Evidence("b"),), where=f"suite.jsonl:{at}") for at in range(2, 5)]
    with pytest.raises(InputError, match=r"evidence of 'q2'.* are 3: suite.jsonl:2, suite.jsonl:3, suite.jsonl:4\."):
        locate_evidence([right, *bad], ARTICLES)
    with pytest.raises(InputError, match=r"^suite.jsonl:2: .* delete the row\.$"):
        locate_evidence([right, bad[0]], ARTICLES)
