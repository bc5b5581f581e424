"""What the two indexes hold of an article."""

from __future__ import annotations

from rag.models.embedder import Embedder
from rag.text.passages import MOST_CHARACTERS
from rag.types import Article
from tests.conftest import OpenArchive


def test_a_passage_has_a_length_to_read_and_no_sentence_is_cut(open_archive: OpenArchive) -> None:
    archive = open_archive()
    text = " ".join(f"Das ist Satz Nummer {number} in einem langen Artikel über den Hafen." for number in range(60))
    archive.ingest(Article("lang", text, language="de"))
    passages = archive._store.passages(["lang"])["lang"]
    assert len(passages) > 1
    assert sum(len(passage.sentences) for passage in passages) == 60
    for passage in passages:
        assert passage.end - passage.start <= MOST_CHARACTERS
        assert (passage.start, passage.end) == (passage.sentences[0].start, passage.sentences[-1].end)


def test_the_title_is_searched_with_every_passage(open_archive: OpenArchive, bundled: Embedder) -> None:
    archive = open_archive(embedder=bundled)
    archive.ingest(
        [
            Article("a", "Er wurde 1912 gebaut.", title="Leuchtturm Quorgenholm", language="de"),
            Article("b", "Der Bäcker öffnet um sechs.", language="de"),
        ]
    )
    assert archive.search("Quorgenholm", 1)[0].article.id == "a"
