import pytest

from rag.check.lexicon import are_opposites, denies_nothing, is_denial, is_denying, is_hedge, is_limiting, say_the_same
from rag.text.tokens import stem


def key(word: str, language: str) -> str:
    return stem(word, language=language)


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("stieg", "gesunken", "de"),
        ("gewann", "verloren", "de"),
        ("höher", "niedriger", "de"),
        ("festgenommen", "freigelassen", "de"),
        ("rose", "fell", "en"),
        ("won", "lost", "en"),
        ("accepted", "rejected", "en"),
    ],
)
def test_opposites_meet_in_any_form_and_both_ways(one, other, language):
    assert are_opposites(key(one, language), key(other, language), language=language)
    assert are_opposites(key(other, language), key(one, language), language=language)


@pytest.mark.parametrize(("one", "other"), [("stieg", "kletterte"), ("stieg", "gestiegen"), ("Haus", "Garten")])
def test_words_of_one_camp_or_of_none_are_no_opposites(one, other):
    assert not are_opposites(key(one, "de"), key(other, "de"), language="de")


def test_only_words_of_change_stand_for_one_another():
    assert say_the_same(key("stieg", "de"), key("kletterte", "de"), language="de")
    assert not say_the_same(key("verdoppelte", "de"), key("stieg", "de"), language="de")
    assert not say_the_same(key("gewann", "de"), key("siegte", "de"), language="de")


def test_denials_and_what_takes_them_back():
    assert is_denial("Keine", language="de")
    assert is_denial("doesn’t", language="en")
    assert not is_denial("eine", language="de")
    assert denies_nothing("", "nur", language="de")
    assert not denies_nothing("", "hier", language="de")


def test_some_verbs_deny_what_hangs_on_them():
    assert is_denying(key("weigerte", "de"), language="de")
    assert is_denying(key("failed", "en"), language="en")
    assert not is_denying(key("kam", "de"), language="de")


def test_hedges_and_limits():
    assert is_hedge("möglicherweise", language="de")
    assert is_hedge("Allegedly", language="en")
    assert not is_hedge("gestern", language="de")
    assert is_limiting("nur", language="de")
    assert not is_limiting("auch", language="de")
