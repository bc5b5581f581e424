"""What is drawn of an answer: everything escaped, every marker pointing at its sentence."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape

import pytest

from rag.cite import cite
from rag.types import Answer, Article, Citation, Draft, Sentence, Span, Statement
from rag.web.draw import draw_answer, draw_draft, draw_evidence, draw_failure
from tests.web.held import Held
from tests.web.tags import HOSTILE, SCRIPT, TURNING, Tags, assert_harmless
from tests.web.turns import answer as answered


def _article(text: str, **fields: object) -> Article:
    return Article(id=str(fields.pop("id", "a")), text=text, **fields)  # type: ignore[arg-type]


def _cited(article: Article, quote: str, marker: int = 1, *, words: str = "") -> Citation:
    start = article.text.index(quote)
    at = article.text.index(words, start)
    answer = Span(at, at + len(words)) if words else None
    citation = cite(
        article, Sentence(article.id, 0, start, start + len(quote)), marker=marker, score=1.0, answer=answer
    )
    assert citation is not None
    return citation


def _answer(*citations: Citation, **fields: object) -> Answer:
    statement = Statement(citations[0].quote, 0, len(citations[0].quote), tuple(c.marker for c in citations), "quoted")
    text = f"{citations[0].quote} " + "".join(f"[{c.marker}]" for c in citations)
    return Answer("Frage?", text, "de", (statement,), citations, **fields)  # type: ignore[arg-type]


def test_each_marker_points_at_the_mark_that_holds_exactly_its_quote() -> None:
    article = _article("Erster Satz. Zweiter Satz.\n\nDritter Satz.")
    answer = _answer(_cited(article, "Dritter Satz.", 1), _cited(article, "Erster Satz.", 2))
    said = draw_answer(answer, turn=4, language="de")
    evidence = draw_evidence(answer, Held(article), turn=4, language="de")
    for citation in answer.citations:
        assert f'href="#t4-c{citation.marker}"' in said
        marked = re.search(rf'<mark id="t4-c{citation.marker}">(.*?)</mark>', evidence)
        assert marked is not None
        assert unescape(marked[1]) == citation.quote


def test_the_evidence_holds_the_articles_text_unchanged_around_the_mark() -> None:
    article = _article("Vorher & <b>danach</b>.\nZitat „mit“ Zeichen. Nachher.")
    answer = _answer(_cited(article, "Zitat „mit“ Zeichen."))
    drawn = draw_evidence(answer, Held(article), turn=1, language="de")
    body = drawn.split('class="text"')[1]
    assert article.text in Tags(f"<div {body}").text


def test_a_long_article_is_shown_around_the_cited_sentences_and_says_that_it_is_shortened() -> None:
    article = _article("Füllung. " * 10_000 + "Der eine Satz. " + "Füllung. " * 10_000)
    answer = _answer(_cited(article, "Der eine Satz."))
    drawn = draw_evidence(answer, Held(article), turn=1, language="de")
    assert len(drawn) < 20_000
    assert '<mark id="t1-c1">Der eine Satz.</mark>' in drawn
    assert drawn.count("gekürzt") == 2


def test_an_article_that_changed_after_the_answer_shows_what_was_cited_and_marks_nothing_else() -> None:
    answer = _answer(_cited(_article("Erster Satz. Zweiter Satz."), "Zweiter Satz."))
    drawn = draw_evidence(answer, Held(_article("Ganz anderer Text steht hier.")), turn=1, language="de")
    assert re.findall(r"<mark[^>]*>(.*?)</mark>", drawn) == ["Zweiter Satz."]
    assert "geändert" in drawn
    assert "Ganz anderer" not in drawn


def test_one_article_cited_twice_is_one_card() -> None:
    article = _article("Erster Satz. Zweiter Satz.")
    answer = _answer(_cited(article, "Erster Satz.", 1), _cited(article, "Zweiter Satz.", 2))
    drawn = draw_evidence(answer, Held(article), turn=1, language="de")
    assert drawn.count("<article ") == 1
    assert drawn.count("<mark ") == 2


def test_source_title_and_date_stand_on_the_card_in_the_interfaces_language() -> None:
    article = _article("Ein Satz.", title="Titel", source="Beispiel-Zeitung", published=date(2022, 7, 29))
    answer = _answer(_cited(article, "Ein Satz."))
    german = draw_evidence(answer, Held(article), turn=1, language="de")
    english = draw_evidence(answer, Held(article), turn=1, language="en")
    assert "Titel" in german
    assert "Beispiel-Zeitung, 29. Juli 2022" in german
    assert "Beispiel-Zeitung, July 29, 2022" in english


def test_what_an_article_does_not_state_is_said_to_be_missing() -> None:
    article = _article("Ein Satz.", id="blatt-1")
    drawn = draw_evidence(_answer(_cited(article, "Ein Satz.")), Held(article), turn=1, language="de")
    assert "ohne Datum" in drawn
    assert "ohne Quellenangabe" in drawn
    assert "Ohne Titel (blatt-1)" in drawn


def test_hostile_text_becomes_no_element_anywhere() -> None:
    article = _article(HOSTILE, title=HOSTILE, source=HOSTILE, language='"><script>', url="https://beispiel.example/a")
    answer = Answer(
        HOSTILE,
        HOSTILE,
        "de",
        (Statement(HOSTILE, 0, len(HOSTILE), (1,), "quoted"),),
        (_cited(article, HOSTILE, words=HOSTILE[4:40]),),
        differing=(1,),
    )
    drawn = [
        draw_answer(answer, turn=1, language="de"),
        draw_answer(replace(answer, abstained=True, nearest=answer.citations), turn=1, language="de"),
        draw_evidence(answer, Held(article), turn=1, language="de"),
        draw_evidence(answer, Held(), turn=1, language="de"),
        draw_failure(HOSTILE, language="en"),
    ]
    for html in drawn:
        assert_harmless(html)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//beispiel.example", "https://", "http://["]
)
def test_only_web_addresses_become_links(url: str) -> None:
    article = _article("Ein Satz.", url=url)
    drawn = draw_evidence(_answer(_cited(article, "Ein Satz.")), Held(article), turn=1, language="de")
    assert [attributes["href"] for tag, attributes in Tags(drawn).tags if tag == "a"] == ["#t1-c1"]


def test_a_web_address_is_linked_without_handing_over_the_page() -> None:
    article = _article("Ein Satz.", url='https://beispiel.example/a?b="c"&d')
    drawn = draw_evidence(_answer(_cited(article, "Ein Satz.")), Held(article), turn=1, language="de")
    link = next(attributes for tag, attributes in Tags(drawn).tags if attributes.get("target"))
    assert link["href"] == article.url
    assert link["rel"] == "noopener noreferrer"


def test_an_abstention_is_a_box_with_its_reason_and_the_nearest_marked_as_no_evidence() -> None:
    article = _article("Ein Satz.")
    answer = Answer(
        *("Frage?", "Dazu wurde nichts gefunden.", "de"),
        abstained=True,
        reason="nothing_on_topic",
        nearest=(_cited(article, "Ein Satz."),),
    )
    said = draw_answer(answer, turn=1, language="de")
    assert 'class="abstained"' in said
    assert "Dazu wurde nichts gefunden." in said
    assert 'href="#t1-c1"' in said
    german = draw_evidence(answer, Held(article), turn=1, language="de")
    english = draw_evidence(answer, Held(article), turn=1, language="en")
    assert '<h2 dir="auto">Nächste Fundstellen (kein Beleg) zu: Frage?</h2>' in german
    assert '<h2 dir="auto">Nearest passages (not evidence) for: Frage?</h2>' in english


def test_what_a_follow_up_was_understood_to_be_is_said_in_answer_and_evidence_as_text() -> None:
    article = _article("Ein Satz.")
    answer = _answer(_cited(article, "Ein Satz."), understood=HOSTILE)
    for drawn in (
        draw_answer(answer, turn=1, language="de"),
        draw_answer(replace(answer, abstained=True, reason="not_answered"), turn=1, language="de"),
        draw_evidence(answer, Held(article), turn=1, language="de"),
    ):
        assert_harmless(drawn, f"Verstanden als: {SCRIPT}")
    assert "Understood as: " in draw_answer(answer, turn=1, language="en")


def test_a_question_that_stood_by_itself_is_not_repeated() -> None:
    article = _article("Ein Satz.")
    answer = _answer(_cited(article, "Ein Satz."))
    assert "understood" not in draw_answer(answer, turn=1, language="de")
    assert "understood" not in draw_evidence(answer, Held(article), turn=1, language="de")


def test_the_words_that_answer_stand_out_in_the_statement_and_in_the_evidence() -> None:
    article = _article("Vorher. Es waren <24> Gefangene & mehr.")
    answer = _answer(_cited(article, "Es waren <24> Gefangene & mehr.", words="<24> Gefangene"))
    drawn = "Es waren <b>&lt;24&gt; Gefangene</b> &amp; mehr."
    assert drawn in draw_answer(answer, turn=1, language="de")
    assert f">{drawn}</mark>" in draw_evidence(answer, Held(article), turn=1, language="de")
    changed = Held(_article("Ganz anderer Text."))
    assert f">{drawn}</mark>" in draw_evidence(answer, changed, turn=1, language="de")


@pytest.mark.parametrize(
    ("language", "heading", "day"),
    [("de", "geben Verschiedenes an", "2. August 2024"), ("en", "The sources differ", "August 2, 2024")],
)
def test_where_sources_differ_a_line_for_each_says_what_who_and_when(language: str, heading: str, day: str) -> None:
    one = _article("Es waren 26.", id="a", source="Blatt <A>", published=date(2024, 8, 1))
    other = _article("Es waren 24.", id="b", source="Blatt B", published=date(2024, 8, 2))
    cited = (_cited(one, "Es waren 26.", 1, words="26"), _cited(other, "Es waren 24.", 2, words="24"))
    drawn = draw_answer(_answer(*cited, differing=(2, 1)), turn=3, language=language)  # type: ignore[arg-type]
    box = drawn.split('class="statement')[0]
    assert heading in box
    assert day in box
    assert box.index("<b>24</b>") < box.index('href="#t3-c2"') < box.index("<b>26</b>") < box.index('href="#t3-c1"')
    assert "Blatt &lt;A&gt;" in box
    assert heading not in draw_answer(_answer(*cited), turn=3, language=language)  # type: ignore[arg-type]


def test_each_statement_has_its_own_tools_by_its_number() -> None:
    drawn = draw_answer(answered(), turn=1, language="de", tools=lambda number: f"<i>Werkzeug {number}</i>")
    first, second = drawn.split('<p class="statement')[1:]
    assert "Werkzeug 0" in first
    assert "Werkzeug 1" in second
    assert (first + second).count("Werkzeug") == 2


def test_what_is_only_to_be_read_has_no_tools() -> None:
    assert "<button" not in draw_answer(answered(), turn=1, language="de")


def test_an_outlet_cannot_turn_the_words_beside_it_round() -> None:
    one = _article("Es waren 26.", id="a", source=TURNING, published=date(2024, 8, 1))
    cited = _cited(one, "Es waren 26.", 1, words="26")
    answer = _answer(cited, differing=(1,))
    for drawn in (
        draw_answer(answer, turn=1, language="de"),
        draw_evidence(answer, Held(one), turn=1, language="de"),
    ):
        assert "\\u202egnul, 1. August 2024" in Tags(drawn).text
        assert "\u202e" not in Tags(drawn).text


def test_a_failure_is_said_in_the_interfaces_language() -> None:
    assert (
        "Das hat nicht geklapptDie Frage ist zu lang."
        in Tags(draw_failure("Die Frage ist zu lang.", language="de")).text
    )
    assert "That did not work" in draw_failure("Die Frage ist zu lang.", language="en")


def test_a_draft_shows_what_was_checked_and_what_is_not_yet_and_points_nowhere() -> None:
    statements = (
        Statement("Es dauerte 25 Minuten.", 0, 22, (1,), "supported"),
        Statement(HOSTILE, 24, 24 + len(HOSTILE), (), "uncited"),
    )
    html = draw_draft(Draft("", statements, HOSTILE), language="de")
    drawn = Tags(html)
    assert drawn.text.startswith("Es dauerte 25 Minuten.1Belegt")
    assert drawn.text.count(SCRIPT) == 2
    assert {tag for tag, _ in drawn.tags} == {"div", "p", "sup", "s"}
    assert drawn.balanced
    assert draw_draft(Draft("", (), ""), language="de") == '<div class="answer draft"></div>'
