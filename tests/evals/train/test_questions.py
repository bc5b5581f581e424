"""Questions made from sentences, and the words that answer them."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from evals.train.questions import Asked, Questioner, asked_by_people, asked_of_text
from tests.evals.train.zipped import write_set


def _questions(sentence: str, title: str = "Leuchtturm") -> set[tuple[str, str]]:
    """What is asked of a sentence under several seeds, with the words that answer."""
    found = [Questioner(Random(seed), {}).ask(sentence, title) for seed in range(60)]
    return {(one.text, sentence[one.start : one.end]) for one in found if one}


@pytest.mark.parametrize(
    ("sentence", "question", "answer"),
    [
        (
            "Im Jahr 1912 wurde der Leuchtturm auf dem Kliff gebaut.",
            "Wann wurde der Leuchtturm auf dem Kliff gebaut?",
            "Im Jahr 1912",
        ),
        (
            "Der Leuchtturm auf dem Kliff wurde im Mai 1912 gebaut.",
            "Wann wurde der Leuchtturm auf dem Kliff gebaut?",
            "im Mai 1912",
        ),
        ("In Bremen steht noch heute ein Turm.", "Wo steht noch heute ein Turm?", "In Bremen"),
        ("Der rote Turm steht in Bremen am Hafen.", "Wo steht der rote Turm am Hafen?", "in Bremen"),
        ("Der Turm hat etwa 135 Stufen aus Granit.", "Wie viele Stufen hat der Turm aus Granit?", "etwa 135"),
        ("Der Turm ist noch 135 Meter hoch.", "Wie viele Meter ist der Turm noch hoch?", "135 Meter"),
        ("Der Turm ist noch 135 Meter hoch.", "Wie viel ist der Turm noch hoch?", "135 Meter"),
        ("Der Turm wurde von Anna Adler entworfen.", "Von wem wurde der Turm entworfen?", "Anna Adler"),
        (
            "Der rote Turm wurde gesperrt, weil er unterspült war.",
            "Warum wurde der rote Turm gesperrt?",
            "er unterspült war",
        ),
        ("Anna Adler war lange Wärterin des Turms.", "Wer war lange Wärterin des Turms?", "Anna Adler"),
        ("Der Turm hat keine Fenster zum Land hin.", "Was hat keine Fenster zum Land hin?", "Der Turm"),
    ],
)
def test_a_question_asks_for_the_words_that_answer(sentence: str, question: str, answer: str) -> None:
    assert (question, answer) in _questions(sentence)


def test_a_pronoun_is_named_and_what_is_beside_the_point_left_out() -> None:
    sentence = "1912 wurde er (nach langem Streit) auf dem Kliff gebaut."
    assert _questions(sentence, "Leuchtturm (Kliff)") == {("Wann wurde Leuchtturm auf dem Kliff gebaut?", "1912")}


@pytest.mark.parametrize(
    "sentence",
    [
        "Zu kurz.",
        "Wurde der Leuchtturm im Jahr 1912 gebaut?",
        "Der Turm, der dort steht, wurde im Mai 1912 gebaut.",
        "Der Turm (er ist rot und im Mai 1912 gebaut) steht dort.",
        "Der Turm hat 3,5 Millionen Besucher im Jahr gezählt.",
    ],
)
def test_nothing_is_asked_where_the_verb_or_the_number_cannot_be_told(sentence: str) -> None:
    assert not {answer for _, answer in _questions(sentence) if any(figure.isdigit() for figure in answer)}


def test_words_are_put_in_for_others() -> None:
    questioner = Questioner(Random(1), {"Leuchtturm": ["Feuerturm"]})
    sentence = "Im Jahr 1912 wurde der Leuchtturm auf dem Kliff gebaut."
    asked = {question.text for _ in range(20) if (question := questioner.ask(sentence, ""))}
    assert asked == {f"Wann wurde der {tower} auf dem Kliff gebaut?" for tower in ("Leuchtturm", "Feuerturm")}


@pytest.mark.parametrize(
    ("sentence", "without"),
    [
        ("Der rote Turm steht in Bremen am Hafen.", {"Der rote Turm steht am Hafen."}),
        (
            "Der Turm hat etwa 135 Stufen aus Granit.",
            {f"Der Turm hat {some} Stufen aus Granit." for some in ("einige", "mehrere", "viele", "zahlreiche")},
        ),
        (
            "Der Turm ist noch 135 Meter hoch.",
            {f"Der Turm ist noch {some} Meter hoch." for some in ("einige", "mehrere", "viele", "zahlreiche")},
        ),
    ],
)
def test_a_sentence_without_what_is_asked_for_tells_all_else(sentence: str, without: set[str]) -> None:
    told = set()
    for seed in range(200):
        questioner = Questioner(Random(seed), {})
        question = questioner.ask(sentence, "")
        if question and question.text.startswith(("Wo ", "Wie viele ")):
            told.add(questioner.without(question, sentence))
    assert told == without


PARAGRAPHS = [
    {
        "title": "Leuchtturm",
        "text": "Im Jahr 1912 wurde der Leuchtturm auf dem Kliff gebaut. Der rote Turm steht in Bremen am Hafen.",
    },
    {
        "title": "Leuchtturm",
        "text": "Der Turm hat etwa 135 Stufen aus Granit. Eine Treppe führte bis unter das flache Dach hinauf.",
    },
    {
        "title": "Brot",
        "text": "Das Brot wurde im Mai 1990 auf dem Markt verkauft. Es war noch warm und wurde gegessen.",
    },
]


def _made(folder: Path, seed: int = 1, count: int = 400) -> list[Asked]:
    write_set(folder, "text_dewiki_paragraphs", PARAGRAPHS)
    return list(asked_of_text(folder, random=Random(seed), synonyms={}, count=count))


def test_passages_hold_the_answer_or_do_not(tmp_path: Path) -> None:
    made = _made(tmp_path)
    answers: dict[str, set[str]] = {}
    for one in made:
        if one.kind == "made":
            assert one.span
            number, start, end = one.span
            assert one.answers == (number,)
            assert one.sentences[number][start:end].strip() == one.sentences[number][start:end] != ""
            answers.setdefault(one.question, set()).add(one.sentences[number][start:end])
    assert {one.kind for one in made} == {"made", "made, taken out", "made, not there", "made, beside"}
    for one in made:
        if one.kind != "made":
            assert (one.answers, one.span) == ((), None)
            assert not any(answer in " ".join(one.sentences) for answer in answers[one.question]), one


def test_what_was_taken_out_leaves_the_rest_of_the_passage(tmp_path: Path) -> None:
    whole = {sentence for row in PARAGRAPHS for sentence in row["text"].replace(". ", ".\n").split("\n")}
    for one in _made(tmp_path):
        if one.kind == "made, taken out":
            assert len(one.sentences) == 2
            assert len(set(one.sentences) - whole) == 1


def test_the_same_seed_gives_the_same_questions(tmp_path: Path) -> None:
    assert _made(tmp_path, 1, 50) == _made(tmp_path, 1, 50) != _made(tmp_path, 2, 50)


def test_there_is_an_end_where_nothing_can_be_asked(tmp_path: Path) -> None:
    write_set(tmp_path, "text_dewiki_paragraphs", [{"title": "Brot", "text": "Warm. Weich."}])
    assert list(asked_of_text(tmp_path, random=Random(1), synonyms={}, count=5)) == []


def _write_peoples_sets(folder: Path) -> None:
    for language, question in (("de", "Wann öffnet es?"), ("en", "When does it open?")):
        page = ["Das Amt hilft." if language == "de" else "The office helps.", "x" * 880, f"{language}: 9-12."]
        rows = [{"id": "1", "question": question, "sentences": page, "answers": [2]}]
        write_set(folder, f"omos_{language}_train", rows)
        write_set(folder, f"omos_{language}_dev", [])
    selqa = [{"question": "Who?", "article": "Tower", "sentence": f"S{at}.", "label": at == 3} for at in range(6)]
    write_set(folder, "as_selqa_en", selqa)
    for name in ("qa_policyqa_en", "qa_covidqa_en_windows"):
        write_set(folder, name, [])
    text = "It stands on a cliff. It was built in 1912 by Anna Adler. It is red."
    answer = {"start": text.index("1912"), "text": "1912"}
    rows = [{"question": "When?", "context": text, "answers": answers} for answers in ([answer], [])]
    write_set(folder, "qa_qed_en_dev", rows)


def _of_people(folder: Path, kind: str) -> list[Asked]:
    _write_peoples_sets(folder)
    every = [one for seed in range(30) for one in asked_by_people(folder, random=Random(seed))]
    return [one for one in every if one.kind == kind]


@pytest.mark.parametrize(
    ("kind", "question", "answer"),
    [
        ("omos_de_train", "Wann öffnet es?", "de: 9-12."),
        ("omos_en_train", "When does it open?", "en: 9-12."),
        ("omos_across_train", "When does it open?", "de: 9-12."),
    ],
)
def test_pages_are_asked_in_pieces_in_both_languages(kind: str, question: str, answer: str, tmp_path: Path) -> None:
    found = _of_people(tmp_path, kind)
    assert {one.question for one in found} == {question}
    assert {one.sentences[at] for one in found for at in one.answers} == {answer}
    assert any(not one.answers for one in found)
    assert all(len(one.sentences) < 3 for one in found)


def test_candidates_are_in_the_order_of_the_text_with_those_that_answer(tmp_path: Path) -> None:
    found = _of_people(tmp_path, "selqa")
    for one in found:
        assert list(one.sentences) == sorted(one.sentences)
        assert [one.sentences[at] for at in one.answers] == [text for text in one.sentences if text == "S3."]
    assert {bool(one.answers) for one in found} == {True, False}


def test_an_answer_is_marked_in_its_sentence_or_its_sentence_is_left_out(tmp_path: Path) -> None:
    found = _of_people(tmp_path, "qa_qed_en_dev")
    for one in found:
        if one.span:
            number, start, end = one.span
            assert one.sentences[number][start:end] == "1912"
            assert one.answers == (number,)
        else:
            assert one.answers == ()
            assert "1912" not in " ".join(one.sentences)
    assert {one.span is None for one in found} == {True, False}
