"""What the two indexes hold of an article."""

from __future__ import annotations

import pytest

from rag.index.prepare import context_span
from rag.types import Article, Passage
from tests.conftest import OpenArchive


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


def test_a_passage_fits_the_window_and_no_sentence_is_cut(open_archive: OpenArchive) -> None:
    archive = open_archive()
    text = " ".join(f"Das ist Satz Nummer {number} in einem langen Artikel über den Hafen." for number in range(60))
    archive.ingest(Article("lang", text, language="de"))
    passages = archive._store.passages(["lang"])["lang"]
    assert len(passages) > 1
    assert sum(len(passage.sentences) for passage in passages) == 60
    for passage in passages:
        assert len(text[passage.start : passage.end].split()) <= archive.embedder.window
        assert (passage.start, passage.end) == (passage.sentences[0].start, passage.sentences[-1].end)


def test_the_title_is_searched_with_every_passage(open_archive: OpenArchive) -> None:
    archive = open_archive()
    archive.ingest(
        [
            Article("a", "Er wurde 1912 gebaut.", title="Leuchtturm Quorgenholm", language="de"),
            Article("b", "Der Bäcker öffnet um sechs.", language="de"),
        ]
    )
    assert archive.search("Quorgenholm", 1)[0].article.id == "a"
