"""The card of an article: each marker leads into the cited sentence, whatever else is cited there."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from rag.cite import cite
from rag.text.language import Language
from rag.types import Article, Citation, Sentence
from rag.web.card import draw_cards, draw_whole
from rag.web.markup import Cited, Words
from tests.web.held import Held
from tests.web.tags import HOSTILE, Tags, assert_harmless

ARTICLE = Article("a", "Erster Satz. Zweiter Satz. Dritter Satz.")
CHANGED = replace(ARTICLE, text="Neuer Text.")


def _made(article: Article, start: int, end: int, marker: int) -> Citation:
    citation = cite(article, Sentence(article.id, marker, start, end), marker=marker, score=1.0)
    assert citation is not None
    return citation


def _cited(start: int, end: int, marker: int, *words: Words, kind: str = "", note: str = "") -> Cited:
    return Cited(_made(ARTICLE, start, end, marker), f"t1-c{marker}", str(marker), words, kind, note)


def _drawn(*cited: Cited) -> str:
    return draw_cards(cited, Held(ARTICLE), "de")


def test_spans_that_overlap_are_one_mark_that_every_marker_leads_into() -> None:
    drawn = _drawn(_cited(0, 26, 1), _cited(13, 40, 2, Words(27, 33, "differ")), _cited(13, 26, 3))
    [mark] = re.findall(r"<mark .*?</mark>", drawn)
    assert Tags(mark).text == ARTICLE.text
    assert {attributes["id"] for _, attributes in Tags(mark).tags if "id" in attributes} == {"t1-c1", "t1-c2", "t1-c3"}
    assert '<b class="differ">Dritte</b>r Satz.' in mark


def test_markers_with_one_note_share_it() -> None:
    drawn = _drawn(
        _cited(0, 12, 1, note="dagegen"), _cited(13, 26, 2, note="weder noch"), _cited(27, 40, 3, note="weder noch")
    )
    assert "[1]dagegen[2][3]weder noch" in Tags(drawn).text


def test_a_marks_kind_and_note_are_drawn() -> None:
    drawn = _drawn(_cited(0, 12, 1, kind="against", note="dagegen <b>"))
    assert '<mark id="t1-c1" class="against">Erster Satz.</mark>' in drawn
    assert "dagegen &lt;b&gt;" in drawn


def test_of_an_article_that_is_gone_the_quotations_are_drawn_and_that_it_is_gone() -> None:
    for language, said in (("de", "nicht mehr im Archiv"), ("en", "no longer in the archive")):
        drawn = draw_cards([_cited(0, 12, 1), _cited(13, 26, 2)], Held(), language)
        assert said in Tags(drawn).text
        assert re.findall(r"<mark id=.(t1-c.).>(.*?)</mark>", drawn) == [
            ("t1-c1", "Erster Satz."),
            ("t1-c2", "Zweiter Satz."),
        ]
        assert "Dritter" not in drawn


def test_words_outside_of_the_sentence_or_within_other_words_stand_out_nowhere() -> None:
    drawn = _drawn(_cited(13, 26, 1, Words(0, 6, "a"), Words(13, 20, "b"), Words(15, 18, "c"), Words(20, 20, "d")))
    assert re.findall(r'<b class="(.)">(.*?)</b>', drawn) == [("b", "Zweiter")]


@pytest.mark.parametrize(
    ("language", "said"), [("de", "Der Artikel wurde seither geändert."), ("en", "The article has changed since.")]
)
def test_of_an_article_that_changed_the_text_that_was_cited_is_drawn_and_that_it_changed(
    language: Language, said: str
) -> None:
    drawn = draw_cards([_cited(13, 26, 1)], Held(CHANGED, earlier=[ARTICLE]), language)
    assert "Erster Satz. Zweiter Satz. Dritter Satz." in Tags(drawn).text
    assert '<mark id="t1-c1">Zweiter Satz.</mark>' in drawn
    assert "Neuer" not in drawn
    assert said in Tags(drawn).text
    assert [button["data-value"] for button in Tags(drawn).of_class("changes")] == ["a"]


def test_of_an_article_that_was_deleted_but_is_kept_the_text_is_drawn_and_that_it_is_gone() -> None:
    drawn = draw_cards([_cited(13, 26, 1)], Held(earlier=[ARTICLE]), "de")
    assert "Erster Satz. Zweiter Satz. Dritter Satz." in Tags(drawn).text
    assert "nicht mehr im Archiv. So las er sich" in Tags(drawn).text
    assert Tags(drawn).of_class("changes") == []


def test_of_an_article_that_changed_and_whose_text_is_not_kept_the_quotations_are_drawn() -> None:
    drawn = draw_cards([_cited(13, 26, 1)], Held(CHANGED), "de")
    assert re.findall(r"<mark id=.(t1-c.).>(.*?)</mark>", drawn) == [("t1-c1", "Zweiter Satz.")]
    assert "geändert" in Tags(drawn).text
    assert "Neuer" not in drawn
    assert "Erster" not in drawn


def test_an_unchanged_article_is_said_neither_to_have_changed_nor_to_be_gone() -> None:
    assert Tags(_drawn(_cited(13, 26, 1))).of_class("changed") == []


def test_one_article_cited_in_two_versions_is_two_cards() -> None:
    now = cite(CHANGED, Sentence("a", 0, 0, 11), marker=2, score=1.0)
    assert now is not None
    drawn = draw_cards([_cited(0, 12, 1), Cited(now, "t1-c2", "2")], Held(CHANGED, earlier=[ARTICLE]), "de")
    first, second = drawn.split("</article>")[:-1]
    assert '<mark id="t1-c1">Erster Satz.</mark>' in first
    assert "seither geändert" in first
    assert '<mark id="t1-c2">Neuer Text.</mark>' in second
    assert "seither geändert" not in second


def test_a_citation_that_does_not_hold_in_the_text_of_its_hash_marks_nothing_there() -> None:
    wrong = replace(_cited(0, 12, 1), citation=replace(_cited(0, 12, 1).citation, start=1, end=13))
    drawn = draw_cards([wrong], Held(ARTICLE), "de")
    assert re.findall(r"<mark[^>]*>(.*?)</mark>", drawn) == ["Erster Satz."]
    assert "Zweiter" not in drawn


def test_the_whole_article_is_drawn_whole_with_all_that_is_cited_of_it() -> None:
    article = Article("a", "Füllung. " * 2_000 + "Der eine Satz. " + "Füllung. " * 2_000 + "Der andere Satz.")
    at, other = article.text.index("Der eine"), article.text.index("Der andere")
    cited = [
        Cited(_made(article, at, at + 14, 1), "whole-t1-c1", "1"),
        Cited(_made(article, other, other + 16, 2), "whole-t1-c2", "2"),
    ]
    drawn = draw_whole(cited, Held(article), "de")
    assert article.text in Tags(drawn).text
    assert "gekürzt" not in drawn
    assert re.findall(r'<mark id="([\w-]+)">(.*?)</mark>', drawn) == [
        ("whole-t1-c1", "Der eine Satz."),
        ("whole-t1-c2", "Der andere Satz."),
    ]
    assert Tags(drawn).values("href") == ["#whole-t1-c1", "#whole-t1-c2"]


def test_of_an_article_whose_text_is_not_kept_the_whole_is_its_quotations() -> None:
    drawn = draw_whole([_cited(0, 12, 1)], Held(), "de")
    assert '<mark id="t1-c1">Erster Satz.</mark>' in drawn
    assert "nicht mehr im Archiv" in drawn


def test_the_way_to_the_whole_article_names_the_first_citation() -> None:
    drawn = _drawn(_cited(13, 26, 2), _cited(0, 12, 1))
    assert [button["data-value"] for button in Tags(drawn).of_class("whole")] == ["t1-c2"]


@pytest.mark.parametrize("held", [True, False])
def test_nothing_of_an_article_becomes_an_element(held: bool) -> None:
    article = Article(f'"{HOSTILE}', HOSTILE, title=HOSTILE, source=HOSTILE, language='"><script>', url=HOSTILE)
    cited = [Cited(_made(article, 2, 60, 1), "t1-c1", "1", (Words(5, 20),), note=HOSTILE)]
    changed = replace(article, text="Anders.")
    shelf = Held(changed, earlier=[article]) if held else Held(changed)
    for drawn in (draw_cards(cited, shelf, "de"), draw_whole(cited, shelf, "de")):
        assert_harmless(drawn, "cript>alert(1)</script>")
