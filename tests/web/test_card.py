"""The card of an article: each marker leads into the cited sentence, whatever else is cited there."""

from __future__ import annotations

import re

from rag.cite import cite
from rag.errors import UnknownArticle
from rag.types import Article, Sentence
from rag.web.card import draw_cards
from rag.web.markup import Cited, Words
from tests.web.tags import Tags

ARTICLE = Article("a", "Erster Satz. Zweiter Satz. Dritter Satz.")


def _cited(start: int, end: int, marker: int, *words: Words, kind: str = "", note: str = "") -> Cited:
    citation = cite(ARTICLE, Sentence("a", marker, start, end), marker=marker, score=1.0)
    assert citation is not None
    return Cited(citation, f"t1-c{marker}", str(marker), words, kind, note)


def _drawn(*cited: Cited) -> str:
    return draw_cards(cited, {"a": ARTICLE}.__getitem__, "de")


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
    def gone(article_id: str) -> Article:
        raise UnknownArticle(article_id)

    for language, said in (("de", "nicht mehr im Archiv"), ("en", "no longer in the archive")):
        drawn = draw_cards([_cited(0, 12, 1), _cited(13, 26, 2)], gone, language)
        assert said in Tags(drawn).text
        assert re.findall(r"<mark id=.(t1-c.).>(.*?)</mark>", drawn) == [
            ("t1-c1", "Erster Satz."),
            ("t1-c2", "Zweiter Satz."),
        ]
        assert "Dritter" not in drawn


def test_words_outside_of_the_sentence_or_within_other_words_stand_out_nowhere() -> None:
    drawn = _drawn(_cited(13, 26, 1, Words(0, 6, "a"), Words(13, 20, "b"), Words(15, 18, "c"), Words(20, 20, "d")))
    assert re.findall(r'<b class="(.)">(.*?)</b>', drawn) == [("b", "Zweiter")]
