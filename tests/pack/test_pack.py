"""What goes into an evidence pack."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rag.errors import InputError
from rag.pack.pack import make_conversation_pack, make_pack
from rag.types import Answer, Article, Check, QuotationCheck, Review, Span
from tests.checks import CALL, CLAIM, check, cited, evidence, refuted_by_the_call
from tests.pack.packs import CHANGED, MADE, RETRIEVED, across_a_change, answer, conversation, packed, review


def test_a_quotation_comes_with_offsets_hash_and_what_stands_around_it() -> None:
    pack = packed(refuted_by_the_call())
    [quotation] = pack.quotations
    assert CALL.text[quotation.start : quotation.end] == quotation.quote
    assert quotation.content_hash == CALL.content_hash
    assert CALL.text.startswith(quotation.before + quotation.quote + quotation.after)
    assert quotation.before == CALL.text[: quotation.start]
    assert (quotation.number, quotation.role, quotation.part, quotation.marker) == (1, "evidence", None, 1)


def test_an_article_comes_with_its_address_its_dates_and_its_hash() -> None:
    [article] = packed(refuted_by_the_call()).articles
    assert (article.id, article.title, article.source, article.url) == (CALL.id, CALL.title, CALL.source, CALL.url)
    assert (article.published, article.retrieved, article.content_hash) == (
        CALL.published,
        RETRIEVED,
        CALL.content_hash,
    )


def test_of_an_article_that_changed_since_only_what_was_cited_is_packed() -> None:
    changed = Article(CALL.id, f"Ganz anders. {CALL.text}", title="Anders")
    for now in ({CALL.id: changed}, {}):
        pack = packed(refuted_by_the_call(), now)
        [article], [quotation] = pack.articles, pack.quotations
        assert (article.title, article.retrieved, article.content_hash) == (CALL.title, None, CALL.content_hash)
        assert (quotation.before, quotation.after) == ("", "")
        assert quotation.quote == cited(CALL, "25 Minuten").quote


def test_a_quotation_of_the_claim_is_packed_with_the_words_found_beyond_its_sentence() -> None:
    words = "25 Minuten. Die Welt"
    found = Span(CALL.text.index(words), CALL.text.index(words) + len(words))
    quote = QuotationCheck(words, 0, len(words), "exact", cited(CALL, "Die Welt"), found)
    within = replace(quote, found=Span(found.end - 8, found.end))
    pack = packed(check(CLAIM, "refuted", evidence(CALL, "25 Minuten", "against"), quotes=[quote, within]))
    assert [(one.role, one.quote) for one in pack.quotations] == [
        ("evidence", cited(CALL, "25 Minuten").quote),
        ("quotation", cited(CALL, "Die Welt").quote),
        ("quotation", words),
    ]
    absent = replace(quote, status="absent", citation=None, found=None)
    assert packed(check(CLAIM, "not_enough_evidence", quotes=[absent])).quotations == ()


def test_each_part_of_a_text_keeps_its_own_quotations() -> None:
    parts = [refuted_by_the_call(), check("Es war Freitag.", "supported", evidence(CALL, "Freitag"))]
    pack = packed(check("Zwei Teile.", "refuted", parts=parts))
    assert [(one.part, one.marker) for one in pack.quotations] == [(0, 1), (1, 1)]
    assert [article.id for article in pack.articles] == [CALL.id]


def test_an_article_that_is_changed_between_two_claims_is_packed_as_each_cites_it() -> None:
    pack = packed(across_a_change(), {CALL.id: CHANGED})
    assert [(one.content_hash, one.title) for one in pack.articles] == [
        (CALL.content_hash, CALL.title),
        (CHANGED.content_hash, CHANGED.title),
    ]
    assert [(one.part, one.content_hash) for one in pack.quotations] == [
        (0, CALL.content_hash),
        (1, CHANGED.content_hash),
    ]
    assert pack.article(CALL.id, CHANGED.content_hash) == pack.articles[1]


def test_of_one_claim_too_a_place_is_that_of_one_text() -> None:
    pieces = evidence(CALL, "25 Minuten"), evidence(CHANGED, "35 Minuten", marker=2)
    pack = packed(check(CLAIM, "refuted", *pieces), {CALL.id: CHANGED})
    assert [one.quote for one in pack.quotations] == [one.citation.quote for one in pieces]
    second = pieces[1].citation
    assert pack.quotation(None, second, Span(second.start, second.end)) == pack.quotations[1]


def test_turns_are_numbered_as_they_know_themselves_or_else_in_order() -> None:
    def numbers(*known: int | None) -> list[int]:
        return [number for number, _ in conversation(*(packed(answer(), number=one) for one in known)).numbered]

    assert numbers(2, 5) == [2, 5]
    assert numbers(None, None) == numbers(None, 2) == numbers(2, 2) == [1, 2]


def test_an_answer_is_packed_and_the_nearest_of_an_abstention_too() -> None:
    pack = packed(answer())
    assert (pack.text, pack.check, [one.role for one in pack.quotations]) == (
        "Wie lange dauerte es?",
        None,
        ["citation"],
    )
    abstained = Answer("Wer?", "Nichts.", "de", abstained=True, reason="not_answered", nearest=answer().citations)
    assert [one.role for one in packed(abstained).quotations] == ["nearest"]


def test_only_what_was_cited_is_looked_up() -> None:
    asked: list[str] = []

    def look_up(article_id: str) -> Article:
        asked.append(article_id)
        return CALL

    make_pack(refuted_by_the_call(), article=look_up, retrieved=lambda _: None, version="1", made=MADE)
    assert asked == [CALL.id]


TWO_PARTS = check("Zwei Teile.", "refuted", parts=[refuted_by_the_call(), check("Es war Freitag.", "supported")])
ABSTAINED = Answer("Wer?", "Nichts.", "de", abstained=True, reason="not_answered")


def test_what_people_said_goes_along_in_its_order() -> None:
    said = [review(1, "wrong", note="Es war Samstag."), review(None), review(0), review(1, name="Max Muster")]
    pack = packed(TWO_PARTS, reviews=said)
    assert pack.reviews == tuple(said)
    assert pack.reviews_of(1) == (said[0], said[3])
    assert pack.reviews_of(None) == (said[1],)
    assert packed(TWO_PARTS).reviews == ()


@pytest.mark.parametrize(
    ("result", "statement"),
    [(answer(), 1), (answer(), -1), (refuted_by_the_call(), 1), (TWO_PARTS, 2), (ABSTAINED, 0)],
    ids=["answer", "below 0", "one claim", "parts", "abstention"],
)
def test_a_word_on_a_statement_that_is_not_there_is_refused(result: Check | Answer, statement: int) -> None:
    with pytest.raises(InputError, match=f"no statement {statement} to review"):
        packed(result, reviews=[review(statement)])
    assert packed(result, reviews=[review(None)]).reviews


@pytest.mark.parametrize("said", [review(0, name="\ud800"), review(None, note="a\udfff")])
def test_what_no_file_can_hold_is_refused_before_it_is_packed(said: Review) -> None:
    with pytest.raises(InputError, match="cannot be written down"):
        packed(answer(), reviews=[said])
    with pytest.raises(InputError, match="cannot be written down"):
        make_conversation_pack(said.name + said.note, [], version="1", made=MADE)


def test_a_pack_gives_the_article_and_the_place_of_a_citation() -> None:
    pack = packed(TWO_PARTS)
    [quotation] = pack.quotations
    citation = cited(CALL, "25 Minuten")
    place = Span(quotation.start, quotation.end)
    assert pack.quotation(0, citation, place) == quotation
    assert pack.quotation(1, citation, place) is None
    assert pack.quotation(0, citation, Span(0, 1)) is None
    assert pack.article(CALL.id) == pack.articles[0]
    assert pack.article("fort") is None
    assert packed(answer()).config == {"filters": "language=de"}


def test_a_conversation_has_each_article_once_and_one_that_changed_in_between_twice() -> None:
    changed = replace(CALL, text=f"{CALL.text} Nachtrag.")
    later = packed(check(CLAIM, "refuted", evidence(changed, "25 Minuten", "against")), {CALL.id: changed})
    whole = conversation(packed(answer()), packed(refuted_by_the_call()), later)
    assert [one.content_hash for one in whole.articles] == [CALL.content_hash, changed.content_hash]
    assert (whole.language, conversation().language, conversation().articles) == ("de", "de", ())
