"""What is made of articles before anything is written."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from rag.errors import InputError
from rag.index.prepare import context_span, pieces, prepare
from rag.models.embedder import HashEmbedder, Vectors
from rag.types import Article, Passage, Speech
from tests.lighthouse import LONG, OTHER, ChokingEmbedder, article


def test_each_article_gets_its_own_vectors_words_and_speeches() -> None:
    said = article("rede", "„Wir bauen aus“, sagte die Ministerin Rosa Beispiel. Die Werft hofft.")
    embedder = HashEmbedder()
    articles = [article(text=LONG * 3), said, article("brot", OTHER, title="Brot")]
    prepared, failed = prepare(articles, embedder=embedder)
    assert [one.article for one in prepared] == articles
    assert not failed
    for one in prepared:
        reading = one.reading
        assert np.array_equal(one.sentence_vectors, embedder.embed_passages(reading.sentences))
        first = one.sentence_vectors[: reading.counts[0]].mean(axis=0)
        assert one.passage_vectors[0] == pytest.approx(first / np.linalg.norm(first), abs=1e-6)
        assert one.passage_vectors.shape == (len(reading.passages), embedder.dimensions)
        assert [unit.id for unit in reading.passage_units] == [passage.id for passage in reading.passages]
        assert len(reading.sentence_units) == len(reading.sentences) == sum(reading.counts)
        units = (*reading.passage_units, *reading.sentence_units)
        assert {unit.article_id for unit in units} == {one.article.id}
    assert len(prepared[0].reading.passages) > 1
    assert [len(one.reading.speeches) for one in prepared] == [0, 1, 0]
    assert "brot" in prepared[2].reading.passage_units[0].grams


def test_no_article_is_no_work() -> None:
    assert prepare([], embedder=HashEmbedder()) == ([], [])


def test_what_cannot_be_prepared_costs_no_other_and_is_named() -> None:
    articles = [article("brot", OTHER), article("gift", "Ein Giftwort steht hier.", origin="gift.txt"), article()]
    prepared, [failure] = prepare(articles, embedder=ChokingEmbedder())
    assert [one.article.id for one in prepared] == ["brot", "turm"]
    assert failure.where == "gift.txt"
    assert failure.reason == "it cannot be made ready for searching: IndexError: Giftwort"


@pytest.mark.parametrize("error", [OSError("the disk is full"), InputError("no such model"), MemoryError()])
def test_what_is_no_article_s_fault_is_raised(error: Exception) -> None:
    with pytest.raises(type(error)):
        prepare([article("gift", "Ein Giftwort steht hier."), article()], embedder=ChokingEmbedder(error))


def test_a_model_that_embeds_nothing_more_is_no_articles_fault() -> None:
    class Broken(HashEmbedder):
        def embed_passages(self, texts: Sequence[str]) -> Vectors:
            raise RuntimeError("the device is gone")

    with pytest.raises(RuntimeError, match="the device is gone"):
        prepare([article(), article("brot", OTHER)], embedder=Broken())


def test_an_article_that_cannot_be_read_costs_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def choke(_id: str, text: str, *_: object, **__: object) -> list[Speech]:
        if "Brot" in text:
            raise IndexError("list index out of range")
        return []

    monkeypatch.setattr("rag.index.prepare.find_speech", choke)
    prepared, [failure] = prepare([article("brot", OTHER), article()], embedder=HashEmbedder())
    assert [one.article.id for one in prepared] == ["turm"]
    assert (failure.where, "list index out of range" in failure.reason) == ("brot", True)


def test_pieces_hold_few_articles_and_few_characters_and_lose_none() -> None:
    short = [Article(str(number), "Ein Satz.") for number in range(20)]
    long = [Article(f"lang-{number}", "Ein Satz. " * 3_000) for number in range(3)]
    assert [len(piece) for piece in pieces(short)] == [8, 8, 4]
    assert [[one.id for one in piece] for piece in pieces(long)] == [["lang-0", "lang-1"], ["lang-2"]]
    assert [one for piece in pieces([*short, *long]) for one in piece] == [*short, *long]


def _passages(*lengths: int) -> list[Passage]:
    passages, start = [], 0
    for index, length in enumerate(lengths):
        passages.append(Passage("a", index, start, start + length, ()))
        start += length + 1
    return passages


@pytest.mark.parametrize(
    ("lengths", "index", "expected"),
    [
        ([200], 0, (0, 200)),
        ([200, 200, 200], 1, (0, 602)),
        ([900, 200, 300], 1, (901, 1402)),
        ([2_000, 10, 2_000], 1, (2_001, 2_011)),
        ([300, 300, 300, 300, 300], 0, (0, 902)),
        ([300, 300, 300, 300, 300], 4, (602, 1_504)),
        ([3_000], 0, (0, 3_000)),
    ],
)
def test_a_passage_is_weighed_with_the_neighbours_that_fit(
    lengths: list[int], index: int, expected: tuple[int, int]
) -> None:
    passages = _passages(*lengths)
    start, end = context_span(passages[index], passages)
    assert (start, end) == expected
    assert end - start <= 1_000 or (start, end) == (passages[index].start, passages[index].end)
