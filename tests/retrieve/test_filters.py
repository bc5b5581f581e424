"""What may be asked for, and that nothing else is found."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from rag.archive import Archive
from rag.errors import InputError
from rag.models.embedder import HashEmbedder
from rag.retrieve.filters import make_filters
from rag.types import Article, Filters

WORDS = ["Turm", "Meer", "Brot", "Hafen", "Kliff", "Sturm", "Schiff", "Bäcker"]
FIRST_DAY = date(2022, 1, 1)


def _articles() -> list[Article]:
    chance = random.Random(3)
    return [
        Article(
            f"a{number}",
            " ".join(f"Der {chance.choice(WORDS)} und der {chance.choice(WORDS)} sind hier." for _ in range(3)),
            language=chance.choice(["de", "de", "en"]),
            source=chance.choice(["Zeitung", "Agentur", None]),
            published=chance.choice([None, *[FIRST_DAY + timedelta(days=chance.randrange(20))] * 4]),
        )
        for number in range(60)
    ]


ARTICLES = _articles()


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder: Path = tmp_path_factory.mktemp("filters")
    with Archive.open(folder, embedder=HashEmbedder()) as archive:
        archive.ingest(ARTICLES)
        yield archive


def _random_filters(chance: random.Random) -> dict[str, Any]:
    since, until = sorted(FIRST_DAY + timedelta(days=chance.randrange(20)) for _ in range(2))
    ids = [article.id for article in ARTICLES]
    possible: dict[str, Any] = {
        "language": chance.choice(["de", "en", "fr"]),
        "source": chance.choice(["Zeitung", "Agentur", "Unbekannt"]),
        "since": since,
        "until": until,
        "articles": [*chance.sample(ids, chance.randrange(60)), "never-there"],
        "without": [*chance.sample(ids, chance.randrange(60)), "never-there"],
    }
    return {name: value for name, value in possible.items() if chance.random() < 0.4}


def _matches(article: Article, given: dict[str, Any], *, dated: bool) -> bool:
    return (
        article.language == given.get("language", article.language)
        and article.source == given.get("source", article.source)
        and article.id in given.get("articles", [article.id])
        and article.id not in given.get("without", [])
        and (not dated or _in_time(article.published, given))
    )


def _in_time(published: date | None, given: dict[str, Any]) -> bool:
    if "since" not in given and "until" not in given:
        return True
    return published is not None and given.get("since", date.min) <= published <= given.get("until", date.max)


@pytest.mark.parametrize("seed", range(40))
def test_any_filters_find_all_that_match_and_nothing_else(archive: Archive, seed: int) -> None:
    given = _random_filters(random.Random(seed))
    matching = {article.id for article in ARTICLES if _matches(article, given, dated=True)}
    assert {hit.article.id for hit in archive.search("Turm am Meer", 1_000, **given)} == matching
    assert {hit.article.id for hit in archive.search("Turm am Meer", 3, **given)} <= matching
    undated = [a for a in ARTICLES if _matches(a, given, dated=False) and not _matches(a, given, dated=True)]
    expected = sum(article.published is None for article in undated)
    assert archive.undated(**given) == expected
    answer = archive.ask("Wo ist der Turm am Meer?", **given)
    assert answer.undated == expected
    assert {citation.article_id for citation in answer.citations} <= matching
    if answer.reason != "outside_filters":  # which shows what there is outside
        assert {citation.article_id for citation in answer.nearest} <= matching
    assert matching or answer.reason == "outside_filters"


@pytest.mark.parametrize("seed", range(20))
def test_a_filter_changes_nothing_that_a_passage_is_worth(archive: Archive, seed: int) -> None:
    given = _random_filters(random.Random(seed))
    reachable = archive.search("Turm am Meer", 1_000, without=given.get("without", ()))
    everywhere = {hit.passage.id: hit for hit in reachable}
    for hit in archive.search("Turm am Meer", 1_000, **given):
        before = everywhere[hit.passage.id]
        if "best sentence" in hit.parts and "best sentence" in before.parts:  # both among the first, that are read
            assert dict(hit.parts) == pytest.approx(dict(before.parts), abs=1e-5)
            assert hit.score == pytest.approx(before.score, abs=1e-4)


def test_a_question_is_about_as_sure_within_the_article_that_answers_it(archive: Archive) -> None:
    found = archive.ask("Wo sind der Bäcker und der Sturm?")
    within = archive.ask("Wo sind der Bäcker und der Sturm?", articles=[found.citations[0].article_id])
    assert within.confidence == pytest.approx(found.confidence, abs=0.05)
    assert within.reason is None


def test_what_is_not_given_filters_nothing() -> None:
    assert make_filters() == Filters()


def test_what_is_given_is_brought_into_the_articles_form() -> None:
    assert make_filters(
        language="DE-at", since=datetime(2022, 7, 29, 23, 59), articles=iter(["b", "a", "b"])
    ) == Filters(language="de", since=date(2022, 7, 29), articles=frozenset({"a", "b"}))
    assert make_filters(since=date(2022, 7, 29), until=date(2022, 7, 29))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"language": "German"}, "language 'German' is not a code"),
        ({"language": ""}, "language '' is not a code"),
        ({"source": " "}, "source is empty"),
        ({"since": "2022-07-29"}, "since is '2022-07-29', which is not a date"),
        (
            {"since": date(2022, 7, 30), "until": date(2022, 7, 29)},
            r"since \(2022-07-30\) is after until \(2022-07-29\)",
        ),
        ({"articles": "turm"}, "articles is the text 'turm'"),
        ({"without": [1]}, "without holds 1"),
    ],
)
def test_what_cannot_be_used_is_refused_by_name_and_value(given: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said):
        make_filters(**given)
