from datetime import date
from itertools import pairwise

import pytest

from rag.check.reading import read_text


def kinds(text: str, language: str = "de") -> dict[str, str]:
    return {token.text: token.kind for token in read_text(text, language=language).tokens}


def test_every_token_lies_where_it_says():
    text = "Die Straße nach Odesa – 25 km lang – wurde am 1. August gesperrt."
    for token in read_text(text, language="de").tokens:
        assert text[token.start : token.end] == token.text


def test_a_german_compound_is_no_name_and_a_country_is_one():
    found = kinds("Das Getreideabkommen betrifft Panama und Scheremetjewo.")
    assert (found["Getreideabkommen"], found["Panama"], found["Scheremetjewo"]) == ("noun", "name", "name")


def test_an_english_name_at_the_head_of_a_sentence_is_a_name():
    assert kinds("Yaroshenko was arrested.", "en")["Yaroshenko"] == "name"
    assert kinds("Ships were arrested.", "en")["Ships"] == "other"


def test_a_denial_holds_the_sentence_together_and_is_no_content():
    assert kinds("Sie hat keine Strafe erhalten.")["keine"] == "function"
    assert kinds("She was never there.", "en")["never"] == "function"


def test_a_verb_is_read_with_its_particle_from_the_end_of_the_clause():
    tokens = {
        token.text: token for token in read_text("Er lehnte das Angebot ab, sie nahm es an.", language="de").tokens
    }
    whole = {token.text: token for token in read_text("abgelehnt angenommen", language="de").tokens}
    assert tokens["lehnte"].key == whole["abgelehnt"].key
    assert tokens["nahm"].key == whole["angenommen"].key
    assert tokens["ab"].kind == "function"


def test_quantities_and_dates_are_measured_and_the_rest_is_not():
    reading = read_text("Am 1. August fuhren 26 Schiffe aus.", language="de")
    assert [token.text for token in reading.tokens if token.measured] == ["1", "August", "26", "Schiffe"]


def test_commas_and_joining_words_begin_clauses_but_not_inside_a_number():
    tokens = read_text("Der Preis stieg um 5,7 Prozent, aber die Menge sank.", language="de").tokens
    assert [token.clause for token in tokens][:5] == [0] * 5
    assert tokens[-1].clause > 0
    assert all(one.clause <= other.clause for one, other in pairwise(tokens))


def test_a_day_without_a_year_is_that_of_the_article():
    reading = read_text("Sie kam am 4. August frei.", language="de", anchor=date(2022, 8, 5))
    assert reading.dates[0].first == date(2022, 8, 4)


@pytest.mark.parametrize("language", [None, "de", "fr"])
def test_what_is_not_english_is_read_as_german(language):
    assert read_text("Das Schiff lief aus.", language=language).language == "de"


def test_what_a_span_covers_is_told_by_places():
    reading = read_text("Das Gespräch dauerte 25 Minuten.", language="de")
    assert [reading.tokens[at].text for at in reading.covered(21, 31)] == ["25", "Minuten"]
    assert list(reading.covered(31, 32)) == []
