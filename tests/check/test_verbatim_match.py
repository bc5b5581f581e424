"""A quotation among an article's words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from rag.check.verbatim_match import Close, count_gaps, find_closest, find_exact, read_pattern
from rag.text.verbatim import read_verbatim
from rag.types import Change, Span

ARTICLE = (
    "Vor Journalisten nannte Blinken das Telefonat „ein offenes und direktes Gespräch“. Das sei „kein ernsthaftes "
    "Gegenangebot“, sagte sie.\n\n„Wir werden niemals aufgeben“, fügte Biden hinzu, „und wir holen Paul Whelan heim.“"
)


def exact(quotation: str, article: str = ARTICLE) -> list[str]:
    text = read_verbatim(article)
    runs = find_exact(read_pattern(quotation, Span(0, len(quotation)), language="de"), text)
    return [article[text.tokens[run.start].start : text.tokens[run.end - 1].end] for run in runs]


def closest(quotation: str, article: str = ARTICLE) -> Close:
    pattern = read_pattern(quotation, Span(0, len(quotation)), language="de")
    found = find_closest(pattern, read_verbatim(article), claim=quotation, article=article, least=0.5)
    return max(found, key=lambda close: close.share)


@pytest.mark.parametrize(
    ("quotation", "words"),
    [
        ("ein offenes und direktes Gespräch", "ein offenes und direktes Gespräch"),
        ("Ein offenes, und direktes Gespräch.", "ein offenes und direktes Gespräch"),
        ("ein offenes […] Gespräch", "ein offenes und direktes Gespräch"),
        ("ein offenes ... Gespräch", "ein offenes und direktes Gespräch"),
        ("[es war] ein offenes (…) Gespräch", "ein offenes und direktes Gespräch"),
        ("[E]in offenes und", "ein offenes und"),
        ("ein[en] offenes und", "ein offenes und"),
        ("niemals aufgeben […] holen Paul", "niemals aufgeben“, fügte Biden hinzu, „und wir holen Paul"),
        ("Wir werden niemals aufgeben und wir", "Wir werden niemals aufgeben“, fügte Biden hinzu, „und wir"),
    ],
)
def test_the_same_words_are_found_whatever_is_between_them(quotation: str, words: str) -> None:
    assert exact(quotation) == [words]


@pytest.mark.parametrize(
    "quotation",
    [
        "ein offenes Gespräch",
        "ein offene",
        "Gespräch […] ein offenes",
        "ein Offenes und direktes",
        "Gegenangebot […] niemals aufgeben",
        "nannte das Telefonat",
    ],
)
def test_other_words_another_order_and_another_paragraph_are_not_exact(quotation: str) -> None:
    assert exact(quotation) == []


@pytest.mark.parametrize(
    ("quotation", "changes"),
    [
        ("ein offenes und herzliches Gespräch", [("herzliches", "direktes")]),
        ("ein ernsthaftes Gegenangebot", [("ein", "kein")]),
        ("Wir werden aufgeben", [("", "niemals")]),
        ("Wir werden wohl niemals aufgeben", [("wohl", "")]),
        ("ein offenes und Direktes Gespräch", [("Direktes", "direktes")]),
    ],
)
def test_what_differs_is_named_on_both_sides(quotation: str, changes: list[tuple[str, str]]) -> None:
    close = closest(quotation)
    assert [(change.claim_words, change.source_words) for change in close.changes] == changes
    for change in close.changes:
        assert _words(quotation, change.claim) == change.claim_words
        assert _words(ARTICLE, change.source) == change.source_words


def test_what_the_quotation_says_is_left_out_is_no_change() -> None:
    close = closest("ein offenes […] Gepräch […] kein ernsthaftes Gegenangebot")
    assert [(change.claim_words, change.source_words) for change in close.changes if change.claim] == [
        ("Gepräch", "und direktes Gespräch“. Das sei")
    ]


def test_the_share_is_that_of_the_longer_of_the_two() -> None:
    assert closest("ein offenes und herzliches Gespräch").share == pytest.approx(4 / 5)
    assert closest("Wir werden aufgeben").share == pytest.approx(3 / 4)


def _words(text: str, span: Span | None) -> str:
    return text[span.start : span.end] if span else ""


def test_a_change_without_words_has_no_span() -> None:
    assert closest("Wir werden aufgeben").changes == (Change(None, "", _span_of("niemals"), "niemals"),)


def _span_of(words: str) -> Span:
    return Span(ARTICLE.index(words), ARTICLE.index(words) + len(words))


def test_a_quotation_with_many_gaps_is_looked_for_once_at_each_place() -> None:
    article = "die " * 2_000 + "Haus"
    assert exact("die … " * 20 + "xyz", article) == []
    [found] = exact("die … " * 20 + "Haus", article)
    assert found.endswith("die Haus")
    assert len(exact("die … die", article)) == 1_000


def test_where_too_few_of_the_words_stand_nothing_is_compared() -> None:
    assert not [*_close("1.000 Euro " * 500, least=0.6)]
    assert [*_close("ein offenes und herzliches Gespräch", least=0.6)]
    assert not [*_close("ein offenes und herzliches Gespräch", least=0.9)]


def test_what_is_left_out_or_put_in_is_counted() -> None:
    quotation = "[Es] war … ein (…) [schönes] [G]espräch ..."
    assert count_gaps(quotation, Span(0, len(quotation))) == 5


def _close(quotation: str, *, least: float) -> Iterator[Close]:
    pattern = read_pattern(quotation, Span(0, len(quotation)), language="de")
    return find_closest(pattern, read_verbatim(ARTICLE), claim=quotation, article=ARTICLE, least=least)
