"""One contract for every re-ranker, and the order that comes of its scores."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.errors import InputError
from rag.retrieve.rerank import Reranker, RerankerConfig, WordOverlapReranker, make_reranker, rerank
from rag.types import Article, Hit, Passage, Sentence
from tests.tiny_models import TinyModels

QUERY = "Wann wurde der Leuchtturm gebaut?"
TEXTS = ["Das Brot.", "Der Leuchtturm wurde 1912 gebaut.", "Der Leuchtturm steht auf dem Kliff. " * 20, ""]


@pytest.fixture(params=["word overlap", "cross-encoder"])
def reranker(request: pytest.FixtureRequest) -> Reranker:
    if request.param == "word overlap":
        return WordOverlapReranker()
    return _made(request.getfixturevalue("tiny_models").cross_encoder)


def _made(folder: Path, **options: object) -> Reranker:
    made = make_reranker(RerankerConfig(str(folder), **options))
    assert made is not None
    return made


def _hits(*scored: tuple[str, float]) -> list[Hit]:
    return [
        Hit(
            Passage(f"a{n}", 0, 0, len(text), (Sentence(f"a{n}", 0, 0, len(text)),)),
            score,
            {"grams": 1.0},
            Article(f"a{n}", text),
        )
        for n, (text, score) in enumerate(scored)
    ]


class Fixed:
    """Gives the scores that it was told, and remembers what it was asked."""

    fingerprint = "fixed"

    def __init__(self, *scores: float) -> None:
        self.scores = list(scores)
        self.asked: list[str] = []

    def score(self, query: str, texts: list[str]) -> list[float]:
        self.asked += texts
        return self.scores


def test_a_score_for_each_text_in_their_order(reranker: Reranker) -> None:
    scores = reranker.score(QUERY, TEXTS)
    assert len(scores) == len(TEXTS)
    assert len(set(scores)) > 1
    assert reranker.score(QUERY, TEXTS[::-1]) == pytest.approx(scores[::-1], abs=1e-5)
    assert reranker.score(QUERY, TEXTS[:1]) == pytest.approx(scores[:1], abs=1e-5)


def test_no_texts_have_no_scores(reranker: Reranker) -> None:
    assert reranker.score(QUERY, []) == []


def test_it_is_named_without_being_loaded(reranker: Reranker) -> None:
    assert reranker.fingerprint
    assert "_model" not in vars(reranker)


def test_everything_that_decides_the_scores_is_in_the_fingerprint(tiny_models: TinyModels) -> None:
    folder = tiny_models.cross_encoder
    options = [{}, {"revision": "abc"}, {"dtype": "bfloat16"}, {"max_length": 20}]
    names = [_made(folder, **given).fingerprint for given in options]
    assert len(set(names)) == len(names)
    assert _made(folder, device="cuda").fingerprint == names[0]


def test_the_scores_are_logits_and_not_squeezed_between_0_and_1(tiny_models: TinyModels) -> None:
    scores = _made(tiny_models.cross_encoder).score(QUERY, TEXTS)
    assert any(not 0.0 <= score <= 1.0 for score in scores)


def test_what_is_beyond_the_length_is_not_seen(tiny_models: TinyModels) -> None:
    short = _made(tiny_models.cross_encoder, max_length=16)
    whole = _made(tiny_models.cross_encoder)
    texts = ["brot " * 20, "brot " * 20 + "1912"]
    assert short.score("wann", texts)[0] == pytest.approx(short.score("wann", texts)[1], abs=1e-6)
    assert abs(whole.score("wann", texts)[0] - whole.score("wann", texts)[1]) > 1e-4


@pytest.mark.parametrize(
    ("kind", "said"),
    [("three_labels", "has 3 labels"), ("embedder", "no cross-encoder"), ("reader", "no cross-encoder")],
)
def test_a_model_that_gives_no_single_score_is_refused(tiny_models: TinyModels, kind: str, said: str) -> None:
    with pytest.raises(InputError, match=f"{said}.*BELEG_RERANKER"):
        _made(getattr(tiny_models, kind)).score(QUERY, TEXTS)


def test_a_folder_that_holds_no_model_is_refused_when_it_is_needed(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"BELEG_RERANKER.* cannot be loaded"):
        _made(tmp_path).score(QUERY, TEXTS)


@pytest.mark.parametrize("model", [None, ""])
def test_none_is_made_where_none_is_named(model: str | None) -> None:
    assert make_reranker(RerankerConfig(model)) is None


def test_the_new_score_is_the_models_alone_standardised_and_the_old_ones_are_kept() -> None:
    hits = rerank(QUERY, _hits(("a", 3.0), ("b", 2.0), ("c", 1.0)), Fixed(1.0, 3.0, 5.0))
    assert [hit.text for hit in hits] == ["c", "b", "a"]
    # mean 3, standard deviation (8 / 3) ** 0.5 = 1.632993
    assert [hit.score for hit in hits] == pytest.approx([1.224745, 0.0, -1.224745], abs=1e-6)
    assert dict(hits[0].parts) == {"grams": 1.0, "reranker": 5.0, "before": 1.0}


def test_hits_that_the_model_holds_equal_stay_in_their_order() -> None:
    hits = rerank(QUERY, _hits(("a", 3.0), ("b", 2.0)), Fixed(0.7, 0.7))
    assert [(hit.text, hit.score) for hit in hits] == [("a", 0.0), ("b", 0.0)]


def test_only_the_first_are_read_and_the_others_stay_behind_them() -> None:
    reranker = Fixed(1.0, 3.0)
    hits = rerank(QUERY, _hits(("a", 9.0), ("b", 8.0), ("c", 7.5), ("d", 5.0)), reranker, first=2)
    assert reranker.asked == ["a", "b"]
    assert [hit.text for hit in hits] == ["b", "a", "c", "d"]
    # The lowest fused score that was re-ranked, 8, goes with the lowest z, -1: the others move by -9.
    assert [hit.score for hit in hits] == pytest.approx([1.0, -1.0, -1.5, -4.0])
    assert "reranker" not in hits[2].parts
    assert hits[2].parts["before"] == 7.5


def test_nothing_found_needs_no_model(tmp_path: Path) -> None:
    assert rerank(QUERY, [], _made(tmp_path)) == []
