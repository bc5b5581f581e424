"""Whether the sources give different values, and when they only seem to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from rag.answer.choose import Candidate
from rag.answer.differ import differing_accounts
from rag.types import Article, Sentence

QUESTION = "Wie viele Gefangene wurden in Sandholm ausgetauscht?"
FIRST = "Bei dem großen Austausch in Sandholm wurden am 1. August 26 Gefangene übergeben."
LATER = "Bei dem großen Austausch in Sandholm sind am 1. August 24 Gefangene freigekommen."


def _candidate(text: str, *, id: str, day: int = 1, score: float = 0.0, language: str = "de") -> Candidate:
    article = Article(id, text, published=date(2024, 8, day) if day else None, language=language)
    return Candidate(article, Sentence(id, 0, 0, len(text)), score, {})


def _values(question: str, *texts: str) -> list[str]:
    candidates = [_candidate(text, id=f"a{n}", day=n + 1, score=-0.1 * n) for n, text in enumerate(texts)]
    return [
        account.candidates[0].text[account.value.start : account.value.end]
        for account in differing_accounts(question, candidates)
    ]


def test_two_numbers_for_one_event_are_shown_the_newest_article_first() -> None:
    assert _values(QUESTION, FIRST, LATER) == ["24 Gefangene", "26 Gefangene"]


def test_the_words_that_limit_a_value_are_listed_with_it() -> None:
    assert _values(QUESTION, FIRST, LATER.replace("24", "bis zu 24")) == ["bis zu 24 Gefangene", "26 Gefangene"]


@pytest.mark.parametrize("when", ["im April", "am 17. Februar"])
def test_a_day_or_month_of_an_unknown_year_does_not_differ_from_itself(when: str) -> None:
    text = "Der große Austausch der Gefangenen in Sandholm am Hafen war {}."
    published = (date(2022, 12, 8), date(2022, 7, 1))

    def differing(*written: str) -> int:
        candidates = [_candidate(text.format(each), id=each + str(n)) for n, each in enumerate(written)]
        return len(
            differing_accounts(
                "Wann war der Austausch in Sandholm?",
                [
                    replace(c, score=-0.1 * n, article=replace(c.article, published=published[n]))
                    for n, c in enumerate(candidates)
                ],
            )
        )

    assert differing(when, when) == 0
    assert differing(f"{when} 2023", f"{when} 2022") == 2


def test_a_count_of_people_is_no_amount_of_damage() -> None:
    text = "Beim Brand in Sandholm entstand {} ein Schaden."
    fitting = [text.format(f"für {count}") for count in ("fünf Euro", "drei Euro")]
    question = "Wie hoch ist der Schaden beim Brand?"
    assert len(_values(question, *fitting)) == 2
    assert _values(question, *(one.replace("Euro", "Menschen") for one in fitting)) == []


def test_an_undated_article_comes_last() -> None:
    undated, dated = _candidate(FIRST, id="a", day=0), _candidate(LATER, id="b", score=-0.1)
    assert [account.published for account in differing_accounts(QUESTION, [undated, dated])] == [
        date(2024, 8, 1),
        None,
    ]


def test_who_gives_the_same_value_stands_together() -> None:
    candidates = [
        _candidate(text, id=str(n)) for n, text in enumerate((FIRST, LATER, FIRST.replace("übergeben", "frei")))
    ]
    accounts = differing_accounts(QUESTION, candidates)
    assert sorted(len(account.candidates) for account in accounts) == [1, 2]


def test_two_dates_for_one_event_differ() -> None:
    one = "Der Turm auf Sandholm wurde im Mai 1912 eingeweiht."
    assert _values("Wann wurde der Turm auf Sandholm eingeweiht?", one, one.replace("Mai 1912", "Juni 1913")) == [
        "Juni 1913",
        "Mai 1912",
    ]


TALK = "Das Gespräch der Minister in Sandholm dauerte {}."


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("25 Minuten", "fünfundzwanzig Minuten"),
        ("25 Minuten", "rund 25 Minuten"),
        ("rund 25 Minuten", "26 Minuten"),
        ("mehr als 20 Minuten", "25 Minuten"),
        ("20 bis 30 Minuten", "25 Minuten"),
        ("25 Minuten", "eine Stunde"),  # another unit: not compared
    ],
)
def test_values_that_can_mean_the_same_do_not_differ(one: str, other: str) -> None:
    assert _values("Wie lange dauerte das Gespräch?", TALK.format(one), TALK.format(other)) == []
    assert _values("Wie lange dauerte das Gespräch?", TALK.format("25 Minuten"), TALK.format("45 Minuten"))


@pytest.mark.parametrize(
    ("one", "other"), [("im Mai 1912", "am 3. Mai 1912"), ("1912", "im Mai 1912"), ("am 3. Mai", "am 3. Mai 1912")]
)
def test_a_date_within_another_does_not_differ(one: str, other: str) -> None:
    text = "Der Turm auf Sandholm wurde {} eingeweiht."
    candidates = [_candidate(text.format(when), id=when, day=0) for when in (one, other)]
    assert differing_accounts("Wann wurde der Turm eingeweiht?", candidates) == []


@pytest.mark.parametrize(
    "other",
    [
        "Bei dem Austausch in Sandholm wurden am 27. April zwei Gefangene übergeben.",
        "Aus den Lagern im Norden kamen laut Ministerium 40 Gefangene an.",
        "Bei dem Austausch in Sandholm am 1. August flogen 24 Flugzeuge Gefangene aus.",
        "Bei dem Austausch in Sandholm sind am 1. August 24 Gefangene und zwei Kinder, zusammen 26 Gefangene, frei.",
    ],
    ids=["another day", "another event", "another thing", "both values"],
)
def test_numbers_of_different_things_do_not_differ(other: str) -> None:
    assert _values(QUESTION, FIRST, other) == []


def test_one_article_does_not_differ_from_itself() -> None:
    text = f"{FIRST} {LATER}"
    article = Article("a", text, language="de")
    border = len(FIRST)
    candidates = [
        Candidate(article, Sentence("a", 0, 0, border), 0.0, {}),
        Candidate(article, Sentence("a", 1, border + 1, len(text)), -0.1, {}),
    ]
    assert differing_accounts(QUESTION, candidates) == []


def test_a_sentence_far_behind_the_best_does_not_count() -> None:
    assert differing_accounts(QUESTION, [_candidate(FIRST, id="a"), _candidate(LATER, id="b", score=-3.0)]) == []


def test_a_question_for_no_value_has_no_readings() -> None:
    assert _values("Wer wurde in Sandholm ausgetauscht?", FIRST, LATER) == []
    assert differing_accounts(QUESTION, []) == []


def test_a_sentence_that_any_article_could_hold_does_not_differ_from_one_on_the_topic() -> None:
    question = "Wie hoch war der Schaden beim Brand in Sandholm?"
    one = "Bei dem Brand in Sandholm entstand ein Schaden von 200.000 Euro."
    other = "Laut Polizei entstand ein Schaden von 15.000 Euro."
    elsewhere = _candidate(other, id="b", score=-0.1)
    assert differing_accounts(question, [_candidate(one, id="a"), elsewhere]) == []
    there = replace(elsewhere, article=replace(elsewhere.article, title="Nach dem Brand in Sandholm"))
    assert len(differing_accounts(question, [_candidate(one, id="a"), there])) == 2


def test_what_was_published_long_after_must_share_more() -> None:
    talk = "Das Gespräch dauerte {} Minuten."
    first, soon = _candidate(talk.format(25), id="a"), _candidate(talk.format(45), id="b", day=9, score=-0.1)
    late = replace(soon, article=replace(soon.article, published=date(2026, 8, 9)))
    assert len(differing_accounts("Wie lange dauerte das Gespräch?", [first, soon])) == 2
    assert differing_accounts("Wie lange dauerte das Gespräch?", [first, late]) == []
