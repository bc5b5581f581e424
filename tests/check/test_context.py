"""What a sentence leaves to what stands around it."""

from __future__ import annotations

from rag.check.compare import Claimed
from rag.check.context import Around, found_around, refers_back
from rag.check.match import match_words
from rag.check.reading import read_text


def meant(claim: str, sentence: str, *before: str, title: str | None = None, article: str | None = None) -> set[str]:
    """The words of the claim that the sentence speaks of without saying them; `before` are the nearest first."""
    claimed = Claimed(claim, language="de")
    match = match_words(claimed.reading, read_text(sentence, language="de"), claimed.aligner)
    readings = [read_text(text, language="de") for text in before]
    around = Around(readings, read_text(title, language="de") if title else None, article)
    return {claimed.reading.tokens[at].text for at in found_around(match, claimed.aligner, around)}


CLAIM = "Reed wurde zu neun Jahren verurteilt."
SENTENCE = "Ein Gericht verurteilte ihn zu neun Jahren."


def test_a_pronoun_stands_for_the_one_whom_the_sentence_before_names():
    assert meant(CLAIM, SENTENCE, "Reed kam 2019 nach Moskau.") == {"Reed"}


def test_not_for_one_of_several_nor_for_one_who_is_further_off():
    assert meant(CLAIM, SENTENCE, "Reed und Jaroschenko kamen frei.") == set()
    assert meant(CLAIM, SENTENCE, "Jaroschenko kam frei.", "Reed kam 2019 nach Moskau.") == set()


def test_nor_where_the_sentence_names_another_itself():
    assert meant(CLAIM, "Jaroschenko verurteilte ihn zu neun Jahren.", "Reed kam 2019 nach Moskau.") == set()


def test_a_sentence_without_a_subject_goes_on_about_the_topic():
    claim = "Das Getreideabkommen gilt zunächst 120 Tage."
    assert meant(claim, "Es gilt zunächst 120 Tage.", "Das Getreideabkommen wurde verlängert.") == {"Getreideabkommen"}
    assert meant(claim, "Die Absichtserklärung gilt 120 Tage.", "Das Getreideabkommen wurde verlängert.") == set()


def test_names_that_say_which_one_is_meant_may_stand_before():
    claim = "Das Telefonat zwischen Guterres und Lawrow dauerte 25 Minuten."
    before = "Guterres und Lawrow sprachen miteinander."
    assert meant(claim, "Das Telefonat dauerte 25 Minuten.", before) == {"Guterres", "Lawrow"}
    assert meant(claim, "Ein Telefonat dauerte 25 Minuten.", before) == set()


def test_a_place_is_never_taken_from_around():
    assert "Moskau" not in meant("Reed wurde in Moskau verurteilt.", "Er wurde verurteilt.", "Reed kam nach Moskau.")


def test_a_first_name_may_be_left_out_where_the_article_gives_the_surname_to_nobody_else():
    claim, sentence = "Brittney Griner kam frei.", "Griner kam frei."
    assert meant(claim, sentence, article="Brittney Griner spielt. Griner kam frei.") == {"Brittney"}
    assert meant(claim, sentence, article="Brittney Griner und Cherelle Griner kamen.") == set()
    assert meant("Cherelle Griner kam frei.", sentence, article="Brittney Griner spielt.") == set()


def test_what_refers_back():
    assert refers_back(read_text("Er kam frei.", language="de"))
    assert refers_back(read_text("Dieser kam frei.", language="de"))
    assert not refers_back(read_text("Dieser Mann kam frei.", language="de"))
    assert not refers_back(read_text("Reed kam frei.", language="de"))
