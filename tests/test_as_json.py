"""What flows, as JSON."""

from __future__ import annotations

import json
from datetime import date

from rag.as_json import to_json
from rag.types import Article, Citation, Hit, Passage, Sentence, Span
from tests.checks import check, refuted_by_the_call


def test_fields_keep_their_names_dates_are_iso_and_letters_stay() -> None:
    article = Article("a", "Grüße.", title="Ü", published=date(2022, 7, 29))
    read = json.loads(to_json(article))
    assert (read["id"], read["text"], read["published"], read["url"]) == ("a", "Grüße.", "2022-07-29", None)
    assert "Grüße" in to_json(article)


def test_a_hit_carries_its_own_text_and_not_the_whole_article() -> None:
    article = Article("a", "Eins. Zwei.", title="T")
    hit = Hit(Passage("a", 1, 6, 11, (Sentence("a", 1, 6, 11),)), 0.5, {"grams": 1.0}, article)
    read = json.loads(to_json({"hits": [hit]}))["hits"][0]
    assert read["text"] == "Zwei."
    assert read["article"]["title"] == "T"
    assert "text" not in read["article"]
    assert read["passage"]["sentences"] == [{"article_id": "a", "index": 1, "start": 6, "end": 11}]


def test_a_citation_says_where_the_words_stand_that_answer() -> None:
    citation = Citation(1, "a", None, None, None, None, 0, 0, 5, "Eins.", "hash", 1.0, Span(0, 4))
    assert json.loads(to_json(citation))["answer"] == {"start": 0, "end": 4}


def test_a_check_comes_out_with_its_findings_and_parts() -> None:
    whole = check("Zwei Teile.", "refuted", parts=[refuted_by_the_call()])
    [part] = json.loads(to_json(whole))["parts"]
    assert part["verdict"] == "refuted"
    assert part["findings"] == [
        {"kind": "number", "agrees": False, "claim": {"start": 22, "end": 32}, "claim_words": "45 Minuten"}
        | {"source": {"start": 109, "end": 124}, "source_words": "rund 25 Minuten", "marker": 1}
    ]
    assert part["evidence"][0]["citation"]["published"] == "2022-07-29"
    assert "text" not in part["evidence"][0]["citation"]
