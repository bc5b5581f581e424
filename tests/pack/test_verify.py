"""What of a pack still holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from rag.pack.pack import Pack
from rag.pack.verify import ChangedField, VerifiedQuotation, verify_pack, verify_packs
from rag.text.word_diff import mark_edits
from rag.types import Article, Span
from tests.checks import CALL, check, evidence, refuted_by_the_call
from tests.pack.packs import CHANGED, MADE, across_a_change, answer, conversation, packed

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
    assert against(Article("a", "Zwei.\n\nDrei.\n\n25 Boote"), pack).state == "moved"


@pytest.mark.parametrize("denial", ["Falsch ist: ", "Nicht wahr ist, was gemeldet wurde: "])
def test_words_in_a_sentence_that_says_more_now_have_changed(denial: str) -> None:
    text = CALL.text.replace(QUOTATION.quote, denial + QUOTATION.quote)
    verification = verify_pack(PACK, lambda _: with_text(text))
    [one] = verification.quotations
    assert (one.state, one.closest) == ("changed", denial + QUOTATION.quote)
    assert one.now is not None
    assert text[one.now.start : one.now.end] == one.closest
    assert mark_edits(one.edits) == f"{{+{denial}+}}{QUOTATION.quote}"
    assert not verification.holds


def test_a_part_of_a_sentence_that_says_more_now_has_changed_where_it_stood_too() -> None:
    words = "ein offenes Gespräch"
    article = Article("a", f"Beispiel nannte es {words}. Muster schwieg.", language="de")
    place = Span(article.text.index(words), article.text.index(words) + len(words))
    [whole] = packed(check("C.", "supported", evidence(article, words)), {"a": article}).quotations
    part = replace(
        whole,
        start=place.start,
        end=place.end,
        quote=words,
        before=article.text[: place.start],
        after=article.text[place.end :],
    )
    pack = replace(packed(check("C.", "supported", evidence(article, words)), {"a": article}), quotations=(part,))
    assert against(article, pack).state == "holds"
    assert against(replace(article, text=f"Vorspann. {article.text}"), pack).state == "moved"
    denied = against(replace(article, text=article.text.replace(f"{words}.", f"{words}, was nicht stimmt.")), pack)
    assert denied.state == "changed"
    assert mark_edits(denied.edits) == f"Beispiel nannte es {words}{{+, was nicht stimmt+}}."


@pytest.mark.parametrize("space", ["\u00a0", "\u202f", "\n", " \n "])
def test_white_space_of_another_kind_is_no_change(space: str) -> None:
    text = CALL.text.replace("rund 25 Minuten", f"rund{space}25{space}Minuten")
    one = against(with_text(text))
    assert (one.state, one.same_text) == ("holds" if len(space) == 1 else "moved", False)
    assert one.now is not None
    assert text[one.now.start : one.now.end].split() == QUOTATION.quote.split()
    assert against(with_text(CALL.text.replace("gesprochen. Das", f"gesprochen.{space}Das"))).state != "changed"


def test_of_several_places_the_one_whose_sentence_reads_as_it_did_is_given() -> None:
    text = f"Falsch ist: {QUOTATION.quote} Füllsatz. {QUOTATION.quote}"
    one = against(with_text(text))
    assert (one.state, one.now) == ("moved", Span(len(text) - len(QUOTATION.quote), len(text)))


@pytest.mark.parametrize(("quote", "state"), [("Ja.", "holds"), ("   ", "changed")])
def test_words_that_stand_everywhere_are_looked_up_near_their_place(quote: str, state: str) -> None:
    article = replace(CALL, text="Ja. " * 10_000)
    held = replace(QUOTATION, quote=quote, start=20_000, end=20_003, before="Ja. ", after=" Ja.")
    one = against(article, replace(PACK, quotations=(held,)))
    assert (one.state, one.now) == (state, Span(20_000, 20_003) if state == "holds" else None)


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


def test_of_a_conversation_each_turn_is_verified_by_itself() -> None:
    other = replace(CALL, id="fort")
    about_other = check("C.", "supported", evidence(other, "25"))
    turns = packed(answer(), number=1), packed(about_other, {other.id: other}, number=2)
    verified = verify_packs(conversation(*turns), {CALL.id: CALL}.get)
    assert (verified.name, verified.made, verified.language, verified.holds) == ("Das Telefonat", MADE, "de", False)
    assert verified.verifications == tuple(verify_pack(turn, {CALL.id: CALL}.get) for turn in turns)
    assert [one.holds for one in verified.verifications] == [True, False]
    assert verify_packs(conversation(turns[0]), {CALL.id: CALL}.get).holds
    assert verify_packs(conversation(), lambda _: None).holds


def test_of_an_article_that_is_changed_between_two_claims_each_quotation_is_looked_up() -> None:
    pack = packed(across_a_change(), {CALL.id: CHANGED})
    verification = verify_pack(pack, {CALL.id: replace(CHANGED, source="Andere")}.get)
    assert [(one.state, one.same_text) for one in verification.quotations] == [("changed", False), ("holds", True)]
    assert [(one.field, one.then) for one in verification.changed] == [
        ("title", CALL.title),
        ("source", CALL.source),
    ]


def test_turns_keep_the_numbers_that_they_have_in_the_conversation() -> None:
    whole = conversation(packed(answer(), number=2), packed(refuted_by_the_call(), number=5))
    assert [one.number for one in verify_packs(whole, {CALL.id: CALL}.get).verifications] == [2, 5]
    assert verify_packs(packed(answer()), {CALL.id: CALL}.get).verifications[0].number is None


def test_one_pack_is_verified_as_a_file_of_one_without_a_name() -> None:
    verified = verify_packs(PACK, lambda _: None)
    assert (verified.name, verified.holds, verified.verifications) == (
        None,
        False,
        (verify_pack(PACK, lambda _: None),),
    )
