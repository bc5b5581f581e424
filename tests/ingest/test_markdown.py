"""Markdown files."""

from __future__ import annotations

from datetime import date

import pytest

from rag.errors import ArticleError
from rag.ingest.markdown import read_markdown
from rag.types import Article


def _read(text: str) -> Article:
    [article] = read_markdown(text, origin="a.md")
    assert isinstance(article, Article)
    return article


def test_front_matter_gives_the_fields() -> None:
    article = _read(
        "---\nid: turm\ntitle: 'Ein Turm: hundert Jahre'\nsource: Beispiel-Zeitung\nurl: https://beispiel.example/turm\n"
        "published: 2022-07-29\nlanguage: de\n---\n\nDer Turm steht.\n",
    )
    assert article == Article(
        *("turm", "Der Turm steht.", "Ein Turm: hundert Jahre", "https://beispiel.example/turm", "Beispiel-Zeitung"),
        published=date(2022, 7, 29),
        language="de",
        origin=article.origin,
    )


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_without_front_matter_the_first_heading_is_the_title(ends: str) -> None:
    article = _read(ends.join(["# Ein Turm", "", "Er steht", "noch immer.", "", "## Später", "", "Gut."]))
    assert article.title == "Ein Turm"
    assert article.text == "Er steht noch immer.\n\nSpäter\n\nGut."


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("Ein **fetter**, *schräger* und `fester` Satz.", "Ein fetter, schräger und fester Satz."),
        ("Ein [Verweis](https://beispiel.example) und ![Bild](b.png) hier.", "Ein Verweis und  hier."),
        ("- Eins.\n- Zwei.", "Eins.\n\nZwei."),
        ("> Ein Zitat.", "Ein Zitat."),
        ("Ein &amp; noch ein \\* Stern.", "Ein & noch ein * Stern."),
        ("Text <b>mit</b> Tags.", "Text mit Tags."),
        ("```\nZeile im Block\n```", "Zeile im Block"),
        ("Zeile  \nUmbruch.", "Zeile\nUmbruch."),
    ],
)
def test_mark_up_is_removed(marked: str, plain: str) -> None:
    assert _read(marked).text == plain


def test_a_line_of_dashes_in_the_text_is_no_front_matter() -> None:
    assert _read("Erster Absatz.\n\n---\n\nZweiter Absatz.").text == "Erster Absatz.\n\nZweiter Absatz."


@pytest.mark.parametrize(
    ("front", "said"),
    [
        ("title: [", "front matter is not YAML"),
        ("published: gestern", "not a date"),
        ("published: 2022-02-31", "front matter is not YAML"),
        ("source: [a, b]", "source is not text but list"),
    ],
)
def test_front_matter_that_cannot_be_used_is_refused(front: str, said: str) -> None:
    with pytest.raises(ArticleError, match=said):
        _read(f"---\n{front}\n---\nDer Turm steht.")
