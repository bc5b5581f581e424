from datetime import date

import pytest

from rag.check.compare import Claimed, Comparison, compare


def compared(claim: str, sentence: str, language: str = "de", **context) -> Comparison:
    return compare(Claimed(claim, language=language), sentence, language=context.pop("other", language), **context)


def differing(claim: str, sentence: str, comparison: Comparison) -> list[tuple[str, str | None, str | None]]:
    return [
        (one.kind, one.claim and claim[slice(*one.claim)], one.source and sentence[slice(*one.source)])
        for one in comparison.found
        if not one.agrees
    ]


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        ("Das Telefonat dauerte 25 Minuten.", "Das Telefonat dauerte nach Angaben eines Beamten rund 25 Minuten."),
        ("An Bord waren 26.000 Tonnen Mais.", "An Bord sind rund 26.000 Tonnen Mais."),
        ("Whelan war nicht Teil des Austauschs.", "Nicht Teil des Austauschs war Paul Whelan."),
        ("Die Inflation kletterte auf 5,7 Prozent.", "Die Inflation stieg im Mai auf 5,7 Prozent."),
        ("Das Gericht lehnte den Antrag ab.", "Den Antrag hat das Gericht abgelehnt."),
    ],
)
def test_a_sentence_that_holds_all_of_it_speaks_for_a_claim(claim, sentence):
    comparison = compared(claim, sentence)
    assert comparison.stance == "for"
    assert all(one.agrees for one in comparison.found)


@pytest.mark.parametrize(
    ("claim", "sentence", "expected"),
    [
        (
            "Die Inflation stieg auf 7,5 Prozent.",
            "Die Inflation sank auf 5,7 Prozent.",
            [("number", "7,5 Prozent", "5,7 Prozent"), ("direction", "stieg", "sank")],
        ),
        (
            "Das Telefonat dauerte 45 Minuten.",
            "Das Telefonat dauerte rund 25 Minuten.",
            [("number", "45 Minuten", "rund 25 Minuten")],
        ),
        (
            "Die Razoni lief am 3. August 2022 aus.",
            "Die Razoni lief am 1. August aus.",
            [("date", "3. August 2022", "1. August")],
        ),
        ("Die Welt werde das anerkennen.", "Die Welt werde das nicht anerkennen.", [("negation", None, "nicht")]),
        (
            "Es ist sicher, dass Whelan freikommt.",
            "Es ist möglicherweise so, dass Whelan freikommt.",
            [("degree", "sicher", "möglicherweise")],
        ),
        (
            "Yaroshenko was arrested in Thailand in 2010.",
            "Yaroshenko was arrested in Liberia in 2010.",
            [("name", "Thailand", "Liberia")],
        ),
    ],
)
def test_a_sentence_that_holds_all_but_what_differs_speaks_against_it(claim, sentence, expected):
    language = "en" if claim.startswith("Yaro") else "de"
    comparison = compared(claim, sentence, language, published=date(2022, 8, 2))
    assert comparison.stance == "against"
    assert differing(claim, sentence, comparison) == expected


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        ("Griner wurde festgenommen.", "Gershkovich wurde festgenommen."),
        ("Blinken rief Lawrow an.", "Lawrow rief Blinken an."),
        ("Das Schiff lief aus.", "Lief das Schiff aus?"),
        ("Das Schiff lief aus.", "Das Schiff soll auslaufen."),
        ("Nur Russland verhandelte.", "Russland verhandelte."),
        ("Der Preis stieg nicht.", "Der Preis sank."),
        ("Das Schiff hatte Weizen an Bord.", "Das Schiff hatte Mais an Bord."),
        ("Griner wurde zu neun Jahren verurteilt.", "Das Gericht verurteilte die 31-jährige Griner."),
        ("Die Regierung senkte die Steuer.", "Das Schiff hatte Mais an Bord."),
        (
            "Griner wurde am 17. Februar verurteilt.",
            "Griner wurde am 17. Februar festgenommen und am 4. August verurteilt.",
        ),
        ("Für Kiew unterschrieb Schoigu.", "Für Kiew unterschrieb Kubrakow, für Moskau Schoigu."),
        ("Krasikov wurde von Krieger erschossen.", "Krasikov hatte Krieger erschossen."),
        ("Griner wurde nicht zu acht Jahren verurteilt.", "Griner wurde zu neun Jahren verurteilt."),
        ("Russland stimmt der Verlängerung zu.", "Ob Russland der Verlängerung zustimmt, blieb offen."),
        ("Russland annektierte Cherson.", "Blinken warnte Russland davor, Cherson zu annektieren."),
        ("Ein Schiff verließ Odesa am 3. August 2022.", "Ein Schiff verließ Odesa am 1. August 2022."),
        ("Reed kam 1950 frei.", "Reed kam 2022 frei."),
    ],
)
def test_what_is_less_clear_speaks_neither_way(claim, sentence):
    assert compared(claim, sentence).stance == "neither"


def test_the_topic_may_stand_in_the_sentence_before():
    claim = "Reed wurde zu neun Jahren verurteilt."
    sentence = "Ein Gericht verurteilte ihn zu neun Jahren."
    assert compared(claim, sentence, before=["Reed kam 2019 nach Moskau."]).stance == "for"
    assert compared(claim, sentence).stance == "neither"


def test_but_not_where_somebody_else_is_nearer():
    claim = "Reed wurde zu neun Jahren verurteilt."
    sentence = "Ein Gericht verurteilte ihn zu neun Jahren."
    nearer = compared(claim, sentence, before=["Whelan kam 2018 nach Moskau.", "Reed kam 2019 nach Moskau."])
    assert nearer.stance == "neither"


def test_the_title_gives_the_topic_where_no_sentence_names_anyone():
    claim, sentence = "Die Razoni hatte 26.000 Tonnen Mais an Bord.", "An Bord sind 26.000 Tonnen Mais."
    assert compared(claim, sentence, title="Was die Razoni geladen hat").stance == "for"


def test_a_claim_in_one_language_meets_a_sentence_in_the_other_by_names_and_numbers():
    sentence = "Brittney Griner flog im Dezember nach Deutschland."
    comparison = compared("Brittney Griner flew to Germany in December.", sentence, "en", other="de")
    assert comparison.bearing > 0.5
    assert compared("Brittney Griner flew to Germany in May.", sentence, "en", other="de").stance != "for"


def test_bearing_is_the_share_that_the_sentence_speaks_of():
    whole = compared("Das Telefonat dauerte 25 Minuten.", "Das Telefonat dauerte 25 Minuten.")
    part = compared("Das Telefonat dauerte 25 Minuten.", "Das Telefonat war freundlich.")
    none = compared("Das Telefonat dauerte 25 Minuten.", "Der Hafen ist gesperrt.")
    assert whole.bearing == 1.0
    assert 0.0 < part.bearing < 1.0
    assert none.bearing == 0.0


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        (
            "Das Abkommen läuft am 19. November aus.",
            "Wird es nicht verlängert, läuft das Abkommen am 19. November aus.",
        ),
        ("Kiew missbrauchte den Korridor.", "Moskau warf Kiew vor, den Korridor missbraucht zu haben."),
        ("Schiffe bringen Waffen in die Ukraine.", "So wird verhindert, dass Schiffe Waffen in die Ukraine bringen."),
        ("Lawrow ist US-Außenminister.", "US-Außenminister Antony Blinken und sein Kollege Lawrow sind da."),
    ],
)
def test_a_condition_a_charge_what_is_prevented_and_another_ones_office_speak_for_nothing(claim, sentence):
    assert compared(claim, sentence).stance != "for"


def test_a_pronoun_in_another_case_is_not_the_one_who_does_it():
    before = ["Bout war 2008 festgenommen worden."]
    sentence = "Biden erließ ihm den Rest der Strafe."
    assert compared("Biden erließ Bout den Rest der Strafe.", sentence, before=before).stance == "for"
    assert compared("Bout erließ Biden den Rest der Strafe.", sentence, before=before).stance == "neither"


def test_the_first_part_of_a_compound_is_not_the_one_whom_a_pronoun_means():
    before = ["Die US-Basketballerin Griner ist frei."]
    comparison = compared(
        "Griner wurde in Berlin gegen Bout getauscht.", "Sie wurde in Berlin gegen Bout getauscht.", before=before
    )
    assert comparison.stance == "for"
