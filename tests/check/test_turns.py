import pytest

from rag.check.compare import Claimed
from rag.check.match import Match, match_words
from rag.check.reading import read_text
from rag.check.turns import Turn, degrees, denied, opposite_words


def matched(claim: str, sentence: str, language: str = "de") -> Match:
    claimed = Claimed(claim, language=language)
    return match_words(claimed.reading, read_text(sentence, language=language), claimed.aligner)


def words(match: Match, turns: list[Turn]) -> list[tuple[str | None, str | None, bool]]:
    return [
        (
            None if turn.claim is None else match.claim.tokens[turn.claim].text,
            None if turn.source is None else match.sentence.tokens[turn.source].text,
            turn.sure,
        )
        for turn in turns
    ]


def test_an_opposite_in_the_same_place_is_sure():
    match = matched("Die Inflation stieg im Mai.", "Die Inflation sank im Mai.")
    assert words(match, opposite_words(match)) == [("stieg", "sank", True)]


def test_an_opposite_elsewhere_may_be_another_event():
    match = matched("Griner wurde festgenommen.", "Der Präsident will Griner bald aus der Haft freilassen.")
    assert words(match, opposite_words(match)) == [("festgenommen", "freilassen", False)]


def test_a_word_that_the_sentence_holds_is_not_turned_by_its_opposite():
    match = matched("Der Preis stieg.", "Der Preis stieg erst und sank dann.")
    assert opposite_words(match) == []


@pytest.mark.parametrize(
    ("claim", "sentence", "expected"),
    [
        ("Die Welt erkennt das an.", "Die Welt erkennt das nicht an.", [(None, "nicht", True)]),
        ("Sie hat sich nicht schuldig bekannt.", "Sie hat sich schuldig bekannt.", [("nicht", None, True)]),
        ("Sie hat sich nicht schuldig bekannt.", "Sie hat keine Schuld bekannt.", []),
        ("Whelan war nicht Teil des Austauschs.", "Nicht Teil des Austauschs war Whelan.", []),
        ("Das Schiff fuhr.", "Das Schiff fuhr nicht nur bei Tag.", [(None, "nicht", False)]),
        ("Das Schiff lief aus.", "Das Schiff lief aus, obwohl niemand Bescheid wusste.", []),
        ("Es geht darum, Schiff zu sein.", "Es geht darum, Schiff (oder nicht) zu sein.", [(None, "nicht", False)]),
    ],
)
def test_denials(claim, sentence, expected):
    match = matched(claim, sentence)
    assert words(match, denied(match)) == expected


def test_a_verb_denies_what_hangs_on_it():
    match = matched("Cruz modelled for Prado.", "Cruz refused to model for Prado.", "en")
    assert words(match, denied(match)) == [(None, "refused", True)]


def test_what_is_only_possible_is_marked_and_sure_where_the_claim_calls_it_certain():
    sentence = "Die Razoni läuft möglicherweise am Montag aus."
    match = matched("Die Razoni läuft am Montag aus.", sentence)
    assert words(match, degrees(match)) == [(None, "möglicherweise", False)]
    match = matched("Die Razoni läuft sicher am Montag aus.", sentence)
    assert words(match, degrees(match)) == [("sicher", "möglicherweise", True)]
    match = matched("Die Razoni läuft vielleicht am Montag aus.", sentence)
    assert degrees(match) == []


def test_the_month_of_may_leaves_nothing_open():
    match = matched("Reed was freed in 2022.", "Reed was freed on May 2, 2022.", "en")
    assert degrees(match) == []
