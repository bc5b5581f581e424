"""The archive's table, the bin and the reader."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from rag.desk.types import Binned
from rag.types import Article, Listed, Listing
from rag.web.draw_articles import Order, draw_articles, draw_bin, draw_filters, draw_reader
from tests.web.tags import Tags

TAKEN = datetime(2026, 11, 25, 9, tzinfo=UTC)
HOSTILE = "\u202e<script>alert(1)</script> <img src=x onerror=alert(1)> \"q\" 'a' &"
LISTED = Listed("a", "Hafen", "Zeitung", None, date(2024, 1, 2), "de", 2_345, TAKEN)


def _table(*articles: Listed, total: int | None = None, order: Order | None = None, filtered: bool = False) -> str:
    listing = Listing(articles, len(articles) if total is None else total)
    return draw_articles(listing, order or Order(), filtered=filtered, language="de")


def test_a_row_says_what_is_known_of_an_article() -> None:
    said = Tags(_table(replace(LISTED, versions=2))).text
    for part in ("1 Artikel", "Hafen", "Zeitung", "02.01.2024", "Deutsch", "2.345 Zeichen", "25.11.2026", "2 frühere"):
        assert part in said


def test_what_is_not_known_is_a_dash_and_an_article_without_a_title_goes_by_its_id() -> None:
    said = Tags(_table(replace(LISTED, title=None, source=None, published=None, language=None))).text
    assert "Ohne Titel (a)" in said
    assert said.count("–") == 3


def test_only_an_article_with_earlier_versions_has_changes_to_show() -> None:
    actions = [(tag.get("class") or "").split()[-1] for name, tag in Tags(_table(LISTED)).tags if name == "button"]
    assert actions[-2:] == ["read", "remove"]
    assert "act changes" in _table(replace(LISTED, versions=1))


def test_the_heading_says_what_the_table_is_sorted_by_and_a_click_turns_it_round() -> None:
    tags = Tags(_table(LISTED, order=Order("title", descending=False))).tags
    assert [tag["aria-sort"] for _, tag in tags if "aria-sort" in tag] == ["ascending", *["none"] * 4]
    buttons = {tag["data-value"]: tag["data-descending"] for _, tag in tags if tag.get("class") == "sort"}
    assert buttons == {
        "title": "true",
        "source": "false",
        "published": "true",
        "language": "false",
        "ingested": "true",
    }


@pytest.mark.parametrize(
    ("offset", "shown", "before", "after"),
    [(0, "1–50 von 1.234", None, "50"), (50, "51–100 von 1.234", "0", "100"), (1_184, "1.185–1.234 von", "1134", None)],
)
def test_pages_lead_on_and_back_as_far_as_there_are_any(
    offset: int, shown: str, before: str | None, after: str | None
) -> None:
    drawn = _table(*[LISTED] * 50, total=1_234, order=Order(offset=offset))
    assert shown in Tags(drawn).text
    pages = [tag for name, tag in Tags(drawn).tags if name == "button" and "page" in (tag["class"] or "").split()]
    assert [None if "disabled" in page else page["data-value"] for page in pages] == [before, after]


def test_the_count_says_whether_it_is_of_all_or_of_what_matches() -> None:
    assert "2 Artikel<" in _table(LISTED, LISTED)
    assert "1 Artikel passt" in _table(LISTED, filtered=True)
    assert "Kein Artikel passt dazu." in _table(filtered=True)
    assert "Noch kein Artikel im Archiv." in _table()


def test_hostile_titles_sources_and_ids_are_text_and_kept_apart() -> None:
    drawn = _table(replace(LISTED, id=HOSTILE, title=HOSTILE, source=HOSTILE, language='"><b>', versions=1))
    seen = Tags(drawn)
    assert not {"script", "img", "b"} & {tag for tag, _ in seen.tags}
    assert not any(name.startswith("on") for _, attributes in seen.tags for name in attributes)
    assert f"<bdi>{HOSTILE[0]}" in drawn
    assert [tag["dir"] for _, tag in seen.tags if tag.get("class") == "read"] == ["auto"]
    row = next(tag for _, tag in seen.tags if "data-article" in tag)
    assert row["data-article"] == HOSTILE
    asked = next(tag["data-ask"] for _, tag in seen.tags if "data-ask" in tag)
    assert asked is not None
    assert "\u202e" not in asked


def test_filters_offer_what_the_archive_has_by_label() -> None:
    drawn = draw_filters({HOSTILE: 3, "Blatt": 1_200}, ["de", "en"], language="de")
    assert not {"script", "img"} & {tag for tag, _ in Tags(drawn).tags}
    assert [tag["value"] for name, tag in Tags(drawn).tags if name == "option"] == [
        "",
        HOSTILE,
        "Blatt",
        "",
        "de",
        "en",
    ]
    assert "Blatt (1.200)" in drawn
    labels = [name for name, _ in Tags(drawn).tags if name == "label"]
    fields = [name for name, _ in Tags(drawn).tags if name in {"input", "select"}]
    assert len(labels) == len(fields) == 5


def test_the_bin_names_each_article_with_the_way_back_and_folds_the_older() -> None:
    binned = [Binned(Article(f"a{n}", "Text.", title=HOSTILE), TAKEN, TAKEN) for n in range(5)]
    drawn = draw_bin(binned, language="de")
    undone = [tag["data-value"] for _, tag in Tags(drawn).tags if "undo" in (tag.get("class") or "").split()]
    assert undone == ["a0", "a1", "a2", "a3", "a4"]
    assert "2 weitere gelöschte" in drawn.split("<details>")[1]
    assert not {"script", "img"} & {tag for tag, _ in Tags(drawn).tags}
    assert draw_bin([], language="de") == ""


def test_the_reader_shows_the_whole_text_and_marks_what_was_inferred() -> None:
    article = Article(
        "a", f"Erster Satz.\n\n{HOSTILE}", title="Hafen", source="Zeitung", url="https://beispiel.example/a?b&c",
        language="de", origin="hafen.txt", guessed=("language",),
    )  # fmt: skip
    drawn = draw_reader(article, ingested=TAKEN, versions=1, language="de")
    seen = Tags(drawn)
    assert article.text in seen.text
    for part in ("Zeitung", "ohne Datum", "Deutsch erschlossen", "hafen.txt", article.content_hash, "Kennunga"):
        assert part in seen.text
    assert seen.text.count("erschlossen") == 1
    link = next(tag for name, tag in seen.tags if name == "a")
    assert (link["href"], link["rel"]) == (article.url, "noopener noreferrer")
    assert "act changes" in drawn
    assert not {"script", "img"} & {tag for tag, _ in seen.tags}


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//beispiel.example", "http://["])
def test_an_address_of_another_kind_is_shown_and_no_link(url: str) -> None:
    drawn = draw_reader(Article("a", "Text.", url=url), ingested=TAKEN, versions=0, language="de")
    assert url in Tags(drawn).text
    assert not [tag for name, tag in Tags(drawn).tags if name == "a"]
    assert "act changes" not in drawn
