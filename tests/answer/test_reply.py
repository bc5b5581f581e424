"""However a model writes its citations down, they are read; what is not known is taken out."""

from __future__ import annotations

import pytest

from rag.answer.reply import Said, read_reply, read_unfinished
from rag.llm.prompts import NOT_IN_ARCHIVE

KNOWN = {"k7qm22", "wbrtx9"}
SENTENCE = "Das Gespräch dauerte 25 Minuten."


@pytest.mark.parametrize(
    "line",
    [
        f"{SENTENCE} [k7qm22]",
        f"- {SENTENCE} [K7QM22].",
        f"1. **{SENTENCE}** [k7qm22]",
        "Das Gespräch dauerte 25 Minuten [k7qm22].",
        f"{SENTENCE} (k7qm22)",
        f"{SENTENCE} ([k7qm22])",
        f"{SENTENCE} [Quelle: k7qm22]",
        f"{SENTENCE} (see k7qm22)",
        f"{SENTENCE} [Quelle](k7qm22)",
        f"{SENTENCE} [k7qm22](#k7qm22)",
        f"{SENTENCE} [[k7qm22]](https://beispiel.example/k7qm22)",
        f"{SENTENCE} [k7qm22][zzzzz9][3]",
        f"{SENTENCE}\n[k7qm22]",
        f"<think>Erst {SENTENCE} [wbrtx9]</think>\n{SENTENCE} [k7qm22]",
        f"Erst überlege ich. {SENTENCE} [wbrtx9]\n</think>\n{SENTENCE} [k7qm22]",
        f"```\n{SENTENCE} [k7qm22]\n```",
    ],
)
def test_one_statement_and_its_citation(line: str) -> None:
    assert read_reply(line, KNOWN).statements == (Said(SENTENCE, ("k7qm22",)),)


def test_an_id_in_prose_is_shown_as_its_number() -> None:
    reply = read_reply("Laut wbrtx9 dauerte es lange.\nNach k7qm22 und wbrtx9 auch.", KNOWN)
    assert [said.text for said in reply.statements] == ["Laut [1] dauerte es lange.", "Nach [2] und [1] auch."]
    assert reply.ids == ("wbrtx9", "k7qm22")


def test_all_in_one_bracket() -> None:
    [said] = read_reply(f"{SENTENCE} [k7qm22, wbrtx9; zzzzz9]", KNOWN).statements
    assert said == Said(SENTENCE, ("k7qm22", "wbrtx9"))


def test_unknown_ids_are_taken_out_and_words_in_brackets_stay() -> None:
    reply = read_reply("Er sagte: „[…] wir [die Regierung] helfen“ (2022). [zzzzz9] [S1]", KNOWN)
    assert reply.statements == (Said("Er sagte: „[…] wir [die Regierung] helfen“ (2022).", ()),)
    assert reply.ids == ()


@pytest.mark.parametrize("line", [NOT_IN_ARCHIVE, f"**{NOT_IN_ARCHIVE}**.", f"{NOT_IN_ARCHIVE.lower()} [k7qm22]"])
def test_the_constant_alone_declines(line: str) -> None:
    assert read_reply(line, KNOWN).declined


def test_the_constant_beside_statements_is_one_and_takes_none_away() -> None:
    reply = read_reply(f"{SENTENCE} [k7qm22]\n{NOT_IN_ARCHIVE}: nichts zum Ort.", KNOWN)
    assert (reply.declined, reply.statements) == (False, (Said(SENTENCE, ("k7qm22",)), Said(NOT_IN_ARCHIVE, ())))


def test_an_id_on_a_line_before_the_first_statement_is_cited_for_it() -> None:
    assert read_reply(f"[k7qm22]\n{SENTENCE}", KNOWN).statements == (Said(SENTENCE, ("k7qm22",)),)


@pytest.mark.parametrize("brackets", ["［{}］", "（{}）", "〔{}〕", "⁽{}⁾"])
def test_other_peoples_brackets_are_brackets(brackets: str) -> None:
    reply = read_reply(f"{SENTENCE} {brackets.format('k7qm22')} {brackets.format('1')}", KNOWN)
    assert reply.statements == (Said(SENTENCE, ("k7qm22",)),)


@pytest.mark.parametrize(
    ("written", "finished", "pending"),
    [
        ("Das Gespräch dau", 0, "Das Gespräch"),
        (f"{SENTENCE} [k7q", 0, SENTENCE),
        (f"{SENTENCE}[k7q", 0, "Das Gespräch dauerte 25"),
        (f"{SENTENCE} [k7qm22] ", 0, SENTENCE),
        (f"{SENTENCE} [k7qm22]\n", 1, ""),
        (f"{SENTENCE} [k7qm22]\n- Laut wbrtx9 da", 1, "Laut [2]"),
        (f"{SENTENCE} [k7qm22]\n[wbr", 1, ""),
        ("<think>Erst Bangkok. [wbrtx9]\nDann ", 0, ""),
        (NOT_IN_ARCHIVE, 0, ""),
    ],
)
def test_of_a_reply_under_way_no_half_id_is_shown(written: str, finished: int, pending: str) -> None:
    unfinished = read_unfinished(written, KNOWN)
    assert (len(unfinished.reply.statements), unfinished.pending) == (finished, pending)


def test_whatever_was_written_of_it_the_numbers_stay_as_they_will_be() -> None:
    whole = f"Laut wbrtx9 war es lang. [k7qm22]\n{SENTENCE} [k7qm22, wbrtx9]\nAus."
    final = read_reply(whole, KNOWN)
    for end in range(len(whole)):
        reply = read_unfinished(whole[:end], KNOWN).reply
        assert final.ids[: len(reply.ids)] == reply.ids
        assert final.statements[: len(reply.statements)] == reply.statements


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("Es dauerte [90] Minuten. [k7qm22]", "Es dauerte (90) Minuten."),
        ("Es dauerte (90) Minuten. [k7qm22]", "Es dauerte (90) Minuten."),
        ("Es dauerte [100] Minuten. [k7qm22]", "Es dauerte (100) Minuten."),
        ("Es dauerte [`100`] Minuten. [k7qm22]", "Es dauerte (100) Minuten."),
        ("Es dauerte [1()] Minuten. [k7qm22]", "Es dauerte (1) Minuten."),
        ("Es dauerte lange [3]. [k7qm22]", "Es dauerte lange."),
    ],
)
def test_a_number_in_brackets_is_a_word_of_its_sentence_and_no_citation_of_ours(line: str, text: str) -> None:
    assert read_reply(line, KNOWN).statements == (Said(text, ("k7qm22",)),)


def test_letters_that_turn_words_round_or_hide_in_them_are_taken_out() -> None:
    line = "Es dauerte \u202e52\u202c Min\u200buten. [k7\u200bqm22]"
    assert read_reply(line, KNOWN).statements == (Said("Es dauerte 52 Minuten.", ("k7qm22",)),)


@pytest.mark.parametrize(
    "line",
    ["k7qm22er", "xk7qm22", "k7-qm22", "[k7 qm22]", "k7qm2", "K7QМ22", "^k7qm2²", "[]", "[[[]]]", "()"],
)
def test_ids_that_are_none_cite_nothing(line: str) -> None:
    assert read_reply(f"{SENTENCE} {line}", KNOWN).ids == ()


@pytest.mark.parametrize("sign", "[(【]<`*_#|>- \u00a0[]()x1")
def test_long_lines_of_one_sign_are_read(sign: str) -> None:
    assert read_reply(sign * 12_000 + "[k7qm22]", KNOWN) is not None
    assert read_reply(("<think>" + sign) * 2_000, KNOWN).ids == ()


def test_thousands_of_ids_are_each_cited_once() -> None:
    [said] = read_reply(SENTENCE + " [k7qm22]" * 1_000 + " [wbrtx9, zzzzz9]" * 500, KNOWN).statements
    assert said == Said(SENTENCE, ("k7qm22", "wbrtx9"))
