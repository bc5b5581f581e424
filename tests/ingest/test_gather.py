"""Sources as they are given -> articles, each once."""

from __future__ import annotations

from pathlib import Path

from rag.ingest.fetch_config import FetchConfig
from rag.ingest.gather import gather
from rag.types import Article

URL = "https://beispiel.example/artikel"


def test_files_and_articles_come_in_their_order_in_the_form_in_which_they_are_kept(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Der Leuchtturm auf Sandholm wurde 1912 gebaut.", encoding="utf-8")
    articles, report = gather(
        [tmp_path / "a.txt", Article("b", "Es regnet heute.", language="DE")], fetch=FetchConfig(), max_characters=99
    )
    assert [article.text for article in articles] == [
        "Der Leuchtturm auf Sandholm wurde 1912 gebaut.",
        "Es regnet heute.",
    ]
    assert articles[1].language == "de"
    assert (report.failed, report.replaced) == ((), ())


def test_what_fails_and_what_gives_way_is_reported() -> None:
    first, second = (Article(id, "Es regnet.", url=URL, language="de") for id in ("alt", "neu"))
    articles, report = gather(
        [first, second, Article("lang", "Zu lang. " * 9), first], fetch=FetchConfig(), max_characters=50
    )
    assert [article.id for article in articles] == ["neu"]
    assert report.replaced == ("alt",)
    assert [failure.where for failure in report.failed] == ["lang"]
