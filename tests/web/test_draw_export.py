"""The page that stands alone: it runs nothing, fetches nothing, and every number in it leads to its sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest

from rag.pack.pack import AnyPack, Pack
from rag.types import Answer, Article, Check, Review
from rag.web.draw_export import draw_export
from tests.checks import CALL, cited, refuted_by_the_call
from tests.pack.packs import CHANGED, across_a_change, conversation, packed
from tests.web.tags import HOSTILE, SCRIPT, TURNING, Tags
from tests.web.turns import abstained, answer, review, two_claims

BEIDES = conversation(packed(answer()), packed(refuted_by_the_call()), packed(answer()), name="Beides")
EVERY: dict[str, AnyPack] = {
    "answer": packed(answer()),
    "abstention": packed(abstained()),
    "claim": packed(refuted_by_the_call()),
    "text": packed(two_claims()),
    "conversation": BEIDES,
    "nothing": conversation(),
}


def _exported(result: Answer | Check, reviews: Sequence[Review] = (), *, language: str = "de") -> Tags:
    return Tags(draw_export(packed(result, reviews=reviews), language=language))  # type: ignore[arg-type]


@pytest.mark.parametrize("pack", EVERY.values(), ids=EVERY.keys())
def test_every_link_within_the_page_has_its_element_and_only_one(pack: AnyPack) -> None:
    seen = Tags(draw_export(pack, language="de"))
    ids = seen.values("id")
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in seen.values("href") if link.startswith("#")} <= set(ids)
    assert seen.balanced


@pytest.mark.parametrize("name", ["answer", "abstention", "claim", "text", "conversation"])
def test_what_is_cited_has_a_link(name: str) -> None:
    seen = Tags(draw_export(EVERY[name], language="de"))
    assert {f"#{anchor}" for anchor in seen.values("id")} == {
        link for link in seen.values("href") if link.startswith("#")
    }


@pytest.mark.parametrize("pack", EVERY.values(), ids=EVERY.keys())
def test_the_page_runs_nothing_and_fetches_nothing(pack: AnyPack) -> None:
    drawn = draw_export(pack, language="de")
    seen = Tags(drawn)
    assert not {tag for tag, _ in seen.tags} & {
        *(
            "script",
            "link",
            "img",
            "iframe",
            "object",
            "embed",
            "form",
            "base",
            "svg",
            "button",
            "input",
            "audio",
            "video",
        )
    }
    names = {name for _, attributes in seen.tags for name in attributes}
    assert not names & {"src", "srcset", "style", "background", "action", "formaction", "data", "poster"}
    assert not [name for name in names if name.startswith("on")]
    assert not re.findall(r"@import|url\(", "".join(re.findall(r"<style>(.*?)</style>", drawn, re.DOTALL)))
    [policy] = [each["content"] for _, each in seen.tags if each.get("http-equiv") == "Content-Security-Policy"]
    assert policy == "default-src 'none'; style-src 'unsafe-inline'"


def test_addresses_of_articles_are_the_only_ones_and_only_where_they_are_of_the_web() -> None:
    seen = _exported(answer())
    assert {link for link in seen.values("href") if not link.startswith("#")} == {CALL.url}
    elsewhere = [replace(one, url="javascript:alert(1)") for one in answer().citations]
    assert [link for link in _exported(answer(*elsewhere)).values("href") if not link.startswith("#")] == []


def test_each_citation_stands_between_the_words_around_it_with_its_place_and_hash() -> None:
    citation = cited(CALL, "25 Minuten")
    drawn = draw_export(packed(answer(citation)), language="de")
    text = Tags(drawn).text
    assert CALL.text in text
    assert f'<mark id="t1-c1">{citation.quote}</mark>' in drawn
    assert f"SHA-256 {CALL.content_hash}" in text
    assert f"Zeichen {citation.start} bis {citation.end}" in text
    assert "2026-11-01 08:00 UTC" in text, "when the archive took the article in"


def test_of_an_article_that_is_gone_the_citation_stands_alone() -> None:
    drawn = draw_export(packed(answer(cited(CALL, "25 Minuten")), {}), language="de")
    [box] = re.findall(r'<div class="text" dir="auto">(.*?)</div>', drawn)
    assert Tags(box).text == cited(CALL, "25 Minuten").quote


def test_what_people_said_stands_with_its_statement_and_with_the_whole() -> None:
    said = [review(1, name="Anna", note="angerufen"), review(None, "wrong", name="Ben")]
    text = _exported(answer(), said).text
    second = text.index("Blinken und Lawrow haben am Freitag")
    assert second < text.index("Geprüft von Anna") < text.index("angerufen") < text.index("Falsch, sagt Ben")
    claims = _exported(two_claims(), [review(1, name="Anna")]).text
    assert claims.index("2. ✗") < claims.index("Geprüft von Anna")


def test_a_conversation_has_its_turns_in_order_under_its_name() -> None:
    seen = Tags(draw_export(BEIDES, language="de"))
    headings = re.findall(r"<h[12][^>]*>(.*?)</h[12]>", draw_export(BEIDES, language="de"))
    assert headings == ["Beides", answer().question, refuted_by_the_call().claim, answer().question]
    assert {"t1-c1", "t2-c1", "t3-c1"} <= set(seen.values("id"))


def test_turns_have_the_numbers_that_they_have_on_the_page() -> None:
    whole = conversation(packed(answer(), number=2), packed(answer(), number=5))
    assert {"t2-c1", "t5-c1"} <= set(Tags(draw_export(whole, language="de")).values("id"))
    assert "t2-c1" in Tags(draw_export(packed(answer(), number=2), language="de")).values("id")


def test_an_article_that_is_changed_between_two_claims_stands_as_each_cites_it() -> None:
    drawn = draw_export(packed(across_a_change(), {CALL.id: CHANGED}), language="de")
    first, second = re.findall(r'<div class="text" dir="auto">(.*?)</div>', drawn)
    assert Tags(first).text == cited(CALL, "25 Minuten").quote
    assert Tags(second).text == CHANGED.text


@pytest.mark.parametrize(("language", "said"), [("de", "Belegt"), ("en", "Supported")])
def test_the_page_speaks_the_interfaces_language(language: str, said: str) -> None:
    seen = _exported(replace(refuted_by_the_call(), verdict="supported"), language=language)
    assert said in seen.text
    assert seen.values("lang", tag="html") == [language]


def test_what_it_was_made_with_and_within_is_said() -> None:
    text = _exported(replace(answer(), config={"filters": "source=Blatt", "model": "hash"})).text
    assert "source=Blatt · model: hash" in text
    assert "keine" in _exported(answer()).text


def _hostile() -> Sequence[Pack]:
    article = Article(
        "a",
        f"{HOSTILE} Ende. {HOSTILE} Schluss.",
        title=f"{HOSTILE}</title>",
        source=f"{HOSTILE}</style>",
        url="https://beispiel.example/" + HOSTILE,
    )
    citation = replace(
        cited(CALL, "25 Minuten"),
        article_id="a",
        start=0,
        end=len(HOSTILE),
        quote=HOSTILE,
        title=article.title,
        source=article.source,
        url=article.url,
        content_hash=article.content_hash,
    )
    said = [review(number, name=HOSTILE, note=HOSTILE) for number in (0, None)]
    config = {"filters": HOSTILE, HOSTILE: HOSTILE}
    asked = replace(answer(citation, question=HOSTILE), understood=HOSTILE, config=config)
    claim = replace(refuted_by_the_call(), claim=HOSTILE, message=HOSTILE, judge=HOSTILE, config=config)
    claim = replace(claim, evidence=tuple(replace(one, citation=citation, said_by=HOSTILE) for one in claim.evidence))
    return [packed(result, {"a": article}, said) for result in (asked, claim)]


def test_nothing_of_anyones_text_becomes_an_element() -> None:
    for pack in (*_hostile(), conversation(*_hostile(), name=f"{HOSTILE}</title>")):
        seen = Tags(draw_export(pack, language="de"))
        assert seen.balanced
        assert not {tag for tag, _ in seen.tags} & {"script", "img"}
        assert not [name for _, attributes in seen.tags for name in attributes if name.startswith("on")]
        assert [tag for tag, _ in seen.tags].count("title") == 1
        assert seen.text.count(SCRIPT) >= 8


def test_an_outlet_cannot_turn_the_words_beside_it_round() -> None:
    turning = [replace(one, source=TURNING) for one in answer().citations]
    assert "\\u202egnul, 29. Juli 2022" in _exported(answer(*turning)).text
