from rag.check.compare import Claimed
from rag.check.match import match_words
from rag.check.reading import read_text


def matched(claim: str, sentence: str, language: str = "de", other: str = "de") -> dict[str, str]:
    claimed = Claimed(claim, language=language)
    match = match_words(claimed.reading, read_text(sentence, language=other), claimed.aligner)
    return {match.claim.tokens[a].text: match.sentence.tokens[b].text for a, b in match.pairs.items()}


def test_forms_of_one_word_match_and_each_word_once():
    found = matched("Das Gespräch dauerte lange.", "Lange hat das Gespräch gedauert.")
    assert found["Gespräch"] == "Gespräch"
    assert found["dauerte"] == "gedauert"
    assert len(set(found.values())) == len(found)


def test_a_compound_matches_its_part():
    assert matched("Der Gefangenenaustausch war lang.", "Der Austausch der Gefangenen.")["Gefangenenaustausch"]


def test_function_words_alone_do_not_match():
    assert matched("Der Bäcker schläft in der Stube.", "In der Küche kocht der Koch.").keys() <= {"in", "der"}


def test_words_of_change_match():
    assert matched("Der Preis stieg.", "Der Preis kletterte.")["stieg"] == "kletterte"


def test_between_languages_names_and_countries_match():
    found = matched("Brittney Griner flew to Germany.", "Brittney Griner flog nach Deutschland.", "en", "de")
    assert found["Griner"] == "Griner"
    assert found["Germany"] == "Deutschland"


def test_what_stands_opposite_is_told_by_what_both_share():
    claimed = Claimed("Die Inflation stieg im Mai.", language="de")
    sentence = read_text("Die Inflation sank im Mai.", language="de")
    match = match_words(claimed.reading, sentence, claimed.aligner)
    at = next(n for n, token in enumerate(claimed.reading.tokens) if token.text == "stieg")
    assert [sentence.tokens[place].text for place in match.opposite(at)] == ["sank"]


def test_a_beginning_that_turns_a_word_round_or_another_office_is_another_word():
    assert "akzeptabel" not in matched("Das Urteil war akzeptabel.", "Das Urteil war inakzeptabel.")
    assert "Recht" not in matched("Das Recht siegte.", "Das Unrecht siegte.")
    assert "Präsident" not in matched("Der Präsident schwieg.", "Der Vizepräsident schwieg.")


def test_two_compounds_of_one_kind_are_not_the_same():
    assert "Ölexporteure" not in matched("Die Ölexporteure warten.", "Die Getreideexporteure warten.")
    assert "Weizenpreis" not in matched("Der Weizenpreis stieg.", "Der Preis stieg.")
    assert matched("Der Weizenpreis stieg.", "Der Preis für Weizen stieg.")["Weizenpreis"] == "Preis"


def test_a_noun_is_no_verb():
    assert "siegte" not in matched("Romney siegte.", "Der Sieg ist fern.")
