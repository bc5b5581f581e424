"""The order of evidence, and what counts as one source."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from rag.check.sources import independent_sources, near_duplicates, order_evidence
from rag.ingest.read import read_articles
from rag.types import Article, Evidence, IndependentSource
from tests.checks import CALL, CLAIM, evidence, finding

SEEDS = {a.id: a for a in read_articles([Path(__file__).parents[2] / "seeds"]) if isinstance(a, Article)}
AGENCY, PAPER, OTHER = (SEEDS[i] for i in ("telefonat-blinken-lawrow", "telefonat-zeitung", "ende-getreideabkommen"))
RADIO = SEEDS["erstes-schiff-razoni"]


def as_printed(article: Article, *, words: float, changed: float) -> Article:
    """An agency text as a paper prints it: cut from the end, words exchanged, a paragraph of another article added."""
    shuffled = random.Random(1)
    others = OTHER.text.split()
    kept = article.text.split()[: int(len(article.text.split()) * words)]
    printed = " ".join(shuffled.choice(others) if shuffled.random() < changed else word for word in kept)
    return Article("printed", f"{printed}\n\n{RADIO.text[:400]}", title="Eigene Überschrift")


def test_one_agency_text_in_two_papers_is_one_source_and_no_other_sample_article_is() -> None:
    groups = near_duplicates(SEEDS.values())
    assert [group for group in groups if len(group) > 1] == [(AGENCY.id, PAPER.id)]
    assert sorted(i for group in groups for i in group) == sorted(SEEDS)


@pytest.mark.parametrize(("words", "changed"), [(1.0, 0.0), (0.6, 0.1), (0.5, 0.1)])
def test_a_cut_and_reworded_text_is_still_the_same(words: float, changed: float) -> None:
    printed = as_printed(AGENCY, words=words, changed=changed)
    assert near_duplicates([AGENCY, OTHER, printed]) == ((AGENCY.id, "printed"), (OTHER.id,))


def test_a_short_text_inside_of_a_long_article_is_the_same_text() -> None:
    brief = Article("brief", AGENCY.text[:700])
    long = Article("long", "\n\n".join([OTHER.text, brief.text, RADIO.text, SEEDS["austausch-ankara-bericht"].text]))
    assert near_duplicates([long, brief]) == (("long", "brief"),)


def test_a_digest_of_two_texts_does_not_make_one_source_of_them() -> None:
    digest = Article("digest", f"{AGENCY.text}\n\n{OTHER.text}")
    groups = near_duplicates([AGENCY, OTHER, digest])
    assert len(groups) == 2
    assert not any({AGENCY.id, OTHER.id} <= set(group) for group in groups)


def test_two_short_reports_are_the_same_only_word_for_word() -> None:
    one, other = (
        "Der Turm wurde von zwölf Maurern in Sandholm gebaut.",
        "Der Turm wurde von elf Maurern in Sandholm gebaut.",
    )
    assert len(near_duplicates([Article("a", one), Article("b", other)])) == 2
    assert near_duplicates([Article("a", one), Article("b", one)]) == (("a", "b"),)


def test_evidence_comes_for_against_neither_corrections_and_new_ones_first() -> None:
    def one(article_id: str, day: date | None, stance: str = "for", *, corrects: bool = False) -> Evidence:
        article = replace(CALL, id=article_id, published=day)
        says = finding(CLAIM, article, says="45 Minuten", source="rund 25 Minuten", marker=7)
        made = evidence(article, "25 Minuten", marker=7, findings=[says], corrects=corrects)
        return replace(made, stance=stance)  # type: ignore[arg-type]

    given = [
        one("neither", date(2024, 1, 1), "neither"),
        one("undated", None),
        one("old", date(2022, 1, 1)),
        one("against", date(2023, 1, 1), "against"),
        one("corrects", date(2022, 6, 1), corrects=True),
        one("new", date(2023, 1, 1)),
    ]
    ordered = order_evidence(given)
    ids = [piece.citation.article_id for piece in ordered]
    assert ids == ["corrects", "new", "old", "undated", "against", "neither"]
    assert [piece.citation.marker for piece in ordered] == [1, 2, 3, 4, 5, 6]
    assert [piece.findings[0].marker for piece in ordered] == [1, 2, 3, 4, 5, 6]
    assert order_evidence(reversed(given)) == ordered


def test_each_text_counts_once_for_each_stance() -> None:
    other = replace(OTHER, source="Beispiel-Rundfunk")
    given = order_evidence(
        [
            evidence(AGENCY, "rund 25 Minuten"),
            evidence(PAPER, "etwa 25 Minuten"),
            evidence(PAPER, "ohne Polemik"),
            evidence(other, "Odesa am Sonntag"),
            evidence(AGENCY, "ohne Polemik", "against"),
        ]
    )
    assert independent_sources(given, [AGENCY, PAPER, other]) == (
        IndependentSource("for", (1,), (OTHER.id,)),
        IndependentSource("for", (2, 3, 4), (PAPER.id, AGENCY.id)),
        IndependentSource("against", (5,), (AGENCY.id,)),
    )


def test_two_articles_of_one_outlet_are_one_source_and_of_none_that_is_named_two() -> None:
    def report(id: str, text: str, source: str | None) -> Article:
        return Article(id, text, source=source, language="de")

    radio = [report("a", "Der Hafen ist offen.", "Funk"), report("b", "Die Ernte war gut.", "FUNK")]
    unnamed = [report("c", "Das Wetter war gut.", None), report("d", "Die Werft hat Arbeit.", None)]
    given = order_evidence([evidence(one, one.text) for one in (*radio, *unnamed)])
    assert [source.articles for source in independent_sources(given, [*radio, *unnamed])] == [
        ("a", "b"),
        ("c",),
        ("d",),
    ]


def test_an_article_that_is_no_evidence_makes_no_one_source_of_two_others() -> None:
    brief = Article("brief", RADIO.text[:300])
    longer = [replace(one, text=f"{brief.text}\n\n{one.text}") for one in (AGENCY, replace(OTHER, source="Funk"))]
    assert len(near_duplicates([brief, *longer])) == 1
    given = order_evidence([evidence(longer[0], "rund 25 Minuten"), evidence(longer[1], "Odesa am Sonntag")])
    alone = independent_sources(given, longer)
    assert len(alone) == 2
    assert independent_sources(given, [brief, *longer]) == alone


def test_evidence_of_an_article_that_is_not_given_is_a_source_by_itself() -> None:
    given = order_evidence([evidence(AGENCY, "rund 25 Minuten"), evidence(PAPER, "etwa 25 Minuten")])
    assert [source.articles for source in independent_sources(given, [PAPER])] == [(PAPER.id,), (AGENCY.id,)]
    assert independent_sources((), []) == ()
