"""What of a pack still holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from rag.pack.pack import Pack
from rag.pack.verify import ChangedField, VerifiedQuotation, verify_pack
from rag.text.word_diff import mark_edits
from rag.types import Article, Span
from tests.checks import CALL, check, evidence, refuted_by_the_call
from tests.pack.packs import packed

PACK = packed(refuted_by_the_call())
[QUOTATION] = PACK.quotations


def against(article: Article | None, pack: Pack = PACK) -> VerifiedQuotation:
    return verify_pack(pack, lambda _: article).quotations[0]


def with_text(text: str) -> Article:
    return replace(CALL, text=text)


def test_an_untouched_article_holds() -> None:
    verification = verify_pack(PACK, {CALL.id: CALL}.get)
    [one] = verification.quotations
    assert (one.state, one.same_text, one.now) == ("holds", True, Span(QUOTATION.start, QUOTATION.end))
    assert verification.holds
    assert verification.counts == {"holds": 1, "moved": 0, "changed": 0, "gone": 0}
    assert verification.changed == ()


def test_a_change_behind_the_quotation_leaves_it_where_it_is() -> None:
    one = against(with_text(CALL.text + " Nachtrag."))
    assert (one.state, one.same_text) == ("holds", False)


def test_words_that_stand_elsewhere_have_moved() -> None:
    text = f"Vorspann. {CALL.text}"
    one = against(with_text(text))
    assert (one.state, one.same_text) == ("moved", False)
    assert one.now is not None
    assert text[one.now.start : one.now.end] == QUOTATION.quote
    assert verify_pack(PACK, lambda _: with_text(text)).holds


def test_of_several_places_the_one_nearest_to_the_old_is_given() -> None:
    text = f"{QUOTATION.quote} {'Füllsatz. ' * 5}{QUOTATION.quote} {'Füllsatz. ' * 50}{QUOTATION.quote}"
    one = against(with_text(text))
    assert one.now is not None
    assert one.now.start == text.index(QUOTATION.quote, 1)


def test_words_inside_of_longer_words_are_not_the_quotation() -> None:
    article = Article("a", "Eins.\n\n25 Boote", language="de")
    pack = packed(check("C.", "supported", evidence(article, "25 Boote")), {"a": article})
    assert pack.quotations[0].quote == "25 Boote"
    assert against(Article("a", "Es waren 125 Boote."), pack).state == "changed"
    assert against(Article("a", "Es waren 25 Boote."), pack).state == "moved"


def test_reworded_words_have_changed_and_the_difference_is_shown() -> None:
    verification = verify_pack(PACK, lambda _: with_text(CALL.text.replace("rund 25", "knapp 30")))
    [one] = verification.quotations
    assert one.state == "changed"
    assert mark_edits(one.edits) == (
        "Das Telefonat dauerte nach Angaben eines Beamten [-rund-]{+knapp+} [-25-]{+30+} Minuten."
    )
    assert one.closest == QUOTATION.quote.replace("rund 25", "knapp 30")
    assert not verification.holds


def test_where_no_sentence_comes_near_none_is_shown() -> None:
    one = against(with_text("Hier steht nun etwas völlig anderes über Getreide."))
    assert (one.state, one.now, one.closest, one.edits) == ("changed", None, None, ())


def test_a_quotation_that_never_stood_there_does_not_hold_though_the_hash_does() -> None:
    forged = replace(PACK, quotations=(replace(QUOTATION, quote=QUOTATION.quote.replace("25", "99")),))
    one = against(CALL, forged)
    assert (one.state, one.same_text) == ("changed", True)


def test_an_article_that_is_not_there_is_gone() -> None:
    verification = verify_pack(PACK, lambda _: None)
    [one] = verification.quotations
    assert (one.state, one.same_text, one.now) == ("gone", None, None)
    assert verification.counts["gone"] == 1
    assert not verification.holds
    assert verification.changed == ()


@pytest.mark.parametrize(
    ("field", "now", "said"),
    [
        ("title", "Anders", "Anders"),
        ("source", None, None),
        ("url", "https://beispiel.example/neu", "https://beispiel.example/neu"),
        ("published", date(2022, 7, 30), "2022-07-30"),
    ],
)
def test_what_changed_about_an_article_is_named(field: str, now: object, said: str | None) -> None:
    changed = replace(CALL, **{field: now})  # type: ignore[arg-type]
    verification = verify_pack(PACK, lambda _: changed)
    assert verification.changed == (ChangedField(CALL.id, field, str(getattr(CALL, field)), said),)
    assert verification.counts["holds"] == 1
    assert not verification.holds


def test_a_pack_without_quotations_holds() -> None:
    verification = verify_pack(packed(check("Nichts.", "not_enough_evidence")), lambda _: None)
    assert (verification.holds, verification.quotations) == (True, ())
