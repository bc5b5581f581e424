"""Words in a real tantivy."""

from __future__ import annotations

import math
import random
from pathlib import Path

import pytest

from rag.errors import ArchiveError
from rag.index.words import Unit, WordIndex


@pytest.fixture
def index(tmp_path: Path) -> WordIndex:
    index = WordIndex(tmp_path / "words")
    index.replace(
        [
            Unit("a#0", "a", ["turm", "meer"], ["turm"]),
            Unit("a#1", "a", ["brot", "meer"], ["brot"]),
            Unit("b#0", "b", ["brot", "brot"], ["brot"]),
        ],
        article_ids=["a", "b"],
    )
    return index


def test_the_score_is_bm25_as_worked_out_by_hand(index: WordIndex) -> None:
    # idf = ln(1 + (3 - 1 + .5) / (1 + .5)) = .9808; all units are of mean length, so tf = 1 · 2.2 / (1 + 1.2) = 1
    assert index.search("grams", ["turm"], k=5) == pytest.approx({"a#0": math.log(1 + 2.5 / 1.5)}, rel=1e-4)


def test_more_of_a_word_scores_higher(index: WordIndex) -> None:
    assert list(index.search("grams", ["brot"], k=5)) == ["b#0", "a#1"]


def test_a_search_may_be_kept_to_some_articles_without_changing_the_scores(index: WordIndex) -> None:
    everywhere = index.search("grams", ["brot"], k=5)
    assert index.search("grams", ["brot"], k=5, article_ids=["a"]) == pytest.approx({"a#1": everywhere["a#1"]})
    assert index.search("grams", ["brot"], k=5, article_ids=[]) == {}


SOME_WORDS = ["meer", "turm", "brot", "hafen", "kliff"]


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> WordIndex:
    """Two units in each of 1,200 articles, `selten` in the last hundred articles alone."""
    chance = random.Random(1)
    index = WordIndex(tmp_path_factory.mktemp("large"))
    ids = [f"a{number}" for number in range(1_200)]
    units = [
        Unit(
            f"{id}#{n}", id, chance.choices(SOME_WORDS, k=chance.randrange(1, 9)) + ["selten"] * (id in ids[1_100:]), []
        )
        for id in ids
        for n in range(2)
    ]
    index.replace(units, article_ids=ids)
    return index


@pytest.mark.parametrize("kept", [1, 30, 499, 500, 800, 1_200])
@pytest.mark.parametrize("tokens", [["meer"], ["turm", "kliff", "selten"], ["selten"], ["nirgends"], []])
@pytest.mark.parametrize("lowest", [False, True])
def test_a_filtered_search_is_the_whole_search_with_the_others_left_out(
    large: WordIndex, kept: int, tokens: list[str], *, lowest: bool
) -> None:
    everything = large.search("grams", tokens, k=10_000)
    ids = [f"a{number}" for number in range(1_200)]
    ranked = list(dict.fromkeys(id.partition("#")[0] for id in everything))
    # the lowest ranks are not reached by searching a little wider
    allowed = [*sorted(set(ids) - set(ranked)), *ranked][-kept:] if lowest else random.Random(kept).sample(ids, kept)
    expected = [item for item in everything.items() if item[0].partition("#")[0] in set(allowed)][:20]
    found = large.search("grams", tokens, k=20, article_ids=allowed)
    assert found == pytest.approx(dict(expected))
    assert list(found.values()) == sorted(found.values(), reverse=True)


def test_fields_are_searched_by_themselves(index: WordIndex) -> None:
    assert index.search("stems", ["meer"], k=5) == {}


@pytest.mark.parametrize("tokens", [[], ["nirgends"], ["", " "], ['"', "AND", "a:b", "\x00"]])
def test_tokens_that_are_nowhere_find_nothing(index: WordIndex, tokens: list[str]) -> None:
    assert index.search("grams", tokens, k=5) == {}


def test_replacing_lets_go_of_all_the_articles_old_units(index: WordIndex) -> None:
    index.replace([Unit("a#0", "a", ["neu"], [])], article_ids=["a"])
    assert len(index) == 2
    assert index.search("grams", ["turm"], k=5) == {}
    assert list(index.search("grams", ["neu"], k=5)) == ["a#0"]


def test_document_frequencies_count_units(index: WordIndex) -> None:
    assert index.document_frequencies("grams", ["brot", "turm", "nirgends"]) == {"brot": 2, "turm": 1, "nirgends": 0}


def test_words_are_still_there_after_opening_again(index: WordIndex, tmp_path: Path) -> None:
    del index
    assert len(WordIndex(tmp_path / "words")) == 3


def test_a_folder_that_is_no_index_is_an_error_of_our_own(tmp_path: Path) -> None:
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "meta.json").write_text("not an index")
    with pytest.raises(ArchiveError, match="beleg reindex"):
        WordIndex(tmp_path / "words")


def test_what_was_deleted_is_not_counted(index: WordIndex) -> None:
    assert index.document_frequencies("grams", ["brot", "turm", "nie"]) == {"brot": 2, "turm": 1, "nie": 0}
    index.replace([Unit("b#0", "b", ["turm"], ["turm"])], article_ids=["b"])
    assert index.document_frequencies("grams", ["brot", "turm"]) == {"brot": 1, "turm": 2}
    index.replace([], article_ids=["a", "b"])
    assert index.document_frequencies("grams", ["brot", "turm"]) == {"brot": 0, "turm": 0}
