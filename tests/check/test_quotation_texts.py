"""What quotations are looked up in."""

from __future__ import annotations

import pytest

from rag.check.quotation_lookup import check_quotations
from rag.check.quotation_texts import IndexedTexts, ListedTexts, Texts
from rag.types import Article
from tests.check.test_quotation_lookup import CALL, WELCOME
from tests.conftest import OpenArchive


@pytest.mark.parametrize("kind", ["listed", "indexed"])
def test_the_words_lead_to_the_article_with_its_sentences_and_speech(kind: str, open_archive: OpenArchive) -> None:
    archive = open_archive()
    archive.ingest([CALL, WELCOME])
    texts: Texts = (
        ListedTexts([CALL, WELCOME], archive.speeches("welcome"))
        if kind == "listed"
        else IndexedTexts(archive._store, archive._index, language="de")
    )
    found: dict[str, Article] = {article.id: article for article in texts.find("wir werden niemals aufgeben")}
    assert found["welcome"].text == WELCOME.text
    sentences = texts.sentences(["welcome"])["welcome"]
    assert WELCOME.text[sentences[-1].start : sentences[-1].end].endswith("sagte er.")
    assert [speech.article_id for speech in texts.speeches(["welcome"])["welcome"]] == ["welcome"] * 2
    assert texts.find("") == []


def test_an_archive_is_searched_for_the_words_within_what_is_allowed(open_archive: OpenArchive) -> None:
    archive = open_archive()
    archive.ingest([CALL, WELCOME])
    allowed = IndexedTexts(archive._store, archive._index, language="de", allowed=["call"])
    everything = IndexedTexts(archive._store, archive._index, language="de")
    claim = "„Wir werden niemals aufgeben“"
    (found,) = check_quotations(claim, language="de", texts=everything)
    (kept_out,) = check_quotations(claim, language="de", texts=allowed)
    assert found.citation is not None
    assert (found.status, found.citation.article_id) == ("exact", "welcome")
    assert kept_out.status == "absent"


def test_what_an_archive_holds_of_an_article_is_fetched_once_a_claim(
    open_archive: OpenArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = open_archive()
    archive.ingest([CALL, WELCOME])
    fetched: list[str] = []
    passages = archive._store.passages
    monkeypatch.setattr(archive._store, "passages", lambda ids: fetched.extend(ids) or passages(ids))
    texts = IndexedTexts(archive._store, archive._index, language="de")
    check_quotations("Sie sagte „Wir“ und „werden niemals“ und „niemals aufgeben“.", language="de", texts=texts)
    assert fetched == ["welcome"]
