import pytest

from rag.check.compare import Claimed
from rag.check.match import Match, match_words
from rag.check.names import bare_names, name_runs, renamed, roles_unclear
from rag.check.reading import read_text


def matched(claim: str, sentence: str, language: str = "de") -> Match:
    claimed = Claimed(claim, language=language)
    return match_words(claimed.reading, read_text(sentence, language=language), claimed.aligner)


def names(match: Match) -> list[tuple[str, str]]:
    unknown = frozenset(at for at, token in enumerate(match.claim.tokens) if token.content and at not in match.pairs)
    return [
        (
            " ".join(match.claim.tokens[at].text for at in one.claim),
            " ".join(match.sentence.tokens[at].text for at in one.source),
        )
        for one in renamed(match, unknown)
    ]


def test_words_of_one_name_are_one_run():
    reading = read_text("Brittney Griner traf Viktor Bout, Guterres und Sergej Lawrow.", language="de")
    runs = [" ".join(reading.tokens[at].text for at in run) for run in name_runs(reading)]
    assert runs == ["Brittney Griner", "Viktor Bout", "Guterres", "Sergej Lawrow"]


def test_another_place_in_the_same_place_is_found():
    match = matched("Die Razoni fährt unter der Flagge von Panama.", "Die Razoni fährt unter der Flagge von Liberia.")
    assert names(match) == [("Panama", "Liberia")]


def test_another_who_did_the_same_is_not():
    assert names(matched("Griner wurde festgenommen.", "Gershkovich wurde festgenommen.")) == []


@pytest.mark.parametrize(
    ("claim", "sentence", "change"),
    [
        ("Blinken rief Lawrow an.", "Lawrow rief Blinken an.", True),
        ("Blinken rief Lawrow an.", "Blinken rief am Freitag Lawrow an.", False),
        ("Griner und Bout kamen frei.", "Bout und Griner kamen frei.", False),
        ("Griner wurde gegen Bout getauscht.", "Gegen Bout wurde Griner getauscht.", False),
        ("Griner wurde von Bout getauscht.", "Griner wurde gegen Bout getauscht.", True),
        ("Zu neun Jahren wurde Griner verurteilt.", "Griner wurde zu neun Jahren verurteilt.", False),
    ],
)
def test_who_does_it_to_whom(claim, sentence, change):
    assert roles_unclear(matched(claim, sentence)) is change


def test_bare_names_are_those_that_may_do_or_suffer_it():
    reading = read_text("Griner kam in Moskau gegen Viktor Bout frei.", language="de")
    assert [reading.tokens[at].text for at in bare_names(reading)] == ["Griner"]
    reading = read_text("Russian officials met Reed.", language="en")
    assert [reading.tokens[at].text for at in bare_names(reading)] == ["Reed"]
