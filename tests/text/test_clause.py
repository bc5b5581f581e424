"""What a question asks with, its verb and its noun phrases, by the surface."""

from __future__ import annotations

import pytest

from rag.text.clause import join_words, noun_phrases, read_clause, split_words
from rag.text.language import Language


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Wer ist „Händler des Todes“?", ["Wer", "ist", "„Händler des Todes“"]),
        ("Was geschah am 1. August 2024 ?!", ["Was", "geschah", "am", "1.", "August", "2024"]),
        ("Wann starb Elizabeth II.?", ["Wann", "starb", "Elizabeth", "II."]),
        ("Did the U.S. pay 1.5 Mio. Euro?", ["Did", "the", "U.S.", "pay", "1.5", "Mio.", "Euro"]),
        ("Who saw Trevor Reed's Kara-Mursa.", ["Who", "saw", "Trevor", "Reed's", "Kara-Mursa"]),
    ],
)
def test_words_stay_whole_and_the_end_mark_goes(question: str, words: list[str]) -> None:
    assert list(split_words(question)) == words


def test_joined_words_read_as_written() -> None:
    written = "Was sagte Merz, nachdem er (gestern) kam"
    assert join_words(split_words(written)) == written


@pytest.mark.parametrize(
    ("question", "language", "asks", "verb"),
    [
        ("Wann wurde Griner festgenommen?", "de", "Wann", "wurde"),
        ("Wie lange dauerte das Gespräch?", "de", "Wie lange", "dauerte"),
        ("Wie nannte Guterres das Abkommen?", "de", "Wie", "nannte"),
        ("Wie viele starben bei dem Beben?", "de", "Wie viele", "starben"),
        ("Aus wie vielen deutschen Städten kamen sie?", "de", "Aus wie vielen deutschen Städten", "kamen"),
        ("Kam Whelan frei?", "de", "", "Kam"),
        ("Und Whelan?", "de", "", None),
        ("What fine did Griner get?", "en", "What fine", "did"),
        ("How long did it last?", "en", "How long", "did"),
        ("Which country bought grain?", "en", "Which country", "bought"),
        ("Who signed it?", "en", "Who", "signed"),
        ("Is it over?", "en", "", "Is"),
    ],
)
def test_a_question_phrase_and_its_verb_are_told_apart(
    question: str, language: Language, asks: str, verb: str | None
) -> None:
    clause = read_clause(split_words(question), language)
    assert join_words(clause.words[: clause.asks]) == asks
    assert (None if clause.verb is None else clause.words[clause.verb]) == verb


@pytest.mark.parametrize(
    ("question", "language", "phrases"),
    [
        ("Wann wurde der Hafen von Odesa beschossen?", "de", ["der Hafen von Odesa", "Odesa"]),
        ("Wann sprachen Blinken und Lawrow in Genf?", "de", ["Blinken und Lawrow", "Genf"]),
        ("Wann wurde Olaf Scholz Kanzler?", "de", ["Olaf Scholz", "Kanzler"]),
        ("Was sagte der Mann, der Odesa verließ?", "de", ["der Mann", "Odesa"]),
        ("When did the Razoni leave Odesa?", "en", ["the Razoni", "Odesa"]),
        ("Why did the grain deal collapse?", "en", ["the grain deal"]),
        ("Where was the agreement signed?", "en", ["the agreement"]),
        ("Did the Fed raise rates?", "en", []),
    ],
)
def test_noun_phrases_end_before_the_verb(question: str, language: Language, phrases: list[str]) -> None:
    clause = read_clause(split_words(question), language)
    assert [join_words(clause.text(phrase)) for phrase in clause.phrases] == phrases


def test_a_name_goes_on_through_its_particles_but_not_into_a_phrase() -> None:
    name, _ = noun_phrases(split_words("Ursula von der Leyen aus Brüssel"), "de")
    assert name.end == 4
    assert noun_phrases(split_words("Griner von der Polizei"), "de")[0].end == 1
