"""Markdown files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from rag.errors import ArticleError
from rag.ingest.markdown import read_markdown
from rag.types import Article


def _read(tmp_path: Path, text: str) -> Article:
    path = tmp_path / "a.md"
    path.write_text(text, encoding="utf-8", newline="")
    [article] = read_markdown(path)
    assert isinstance(article, Article)
    return article


def test_front_matter_gives_the_fields(tmp_path: Path) -> None:
    article = _read(
        tmp_path,
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
def test_without_front_matter_the_first_heading_is_the_title(tmp_path: Path, ends: str) -> None:
    article = _read(tmp_path, ends.join(["# Ein Turm", "", "Er steht", "noch immer.", "", "## Später", "", "Gut."]))
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
def test_mark_up_is_removed(tmp_path: Path, marked: str, plain: str) -> None:
    assert _read(tmp_path, marked).text == plain


def test_a_line_of_dashes_in_the_text_is_no_front_matter(tmp_path: Path) -> None:
    assert _read(tmp_path, "Erster Absatz.\n\n---\n\nZweiter Absatz.").text == "Erster Absatz.\n\nZweiter Absatz."


@pytest.mark.parametrize(
    ("front", "said"),
    [
        ("title: [", "front matter is not YAML"),
        ("published: gestern", "not a date"),
        ("source: [a, b]", "source is not text but list"),
    ],
)
def test_front_matter_that_cannot_be_used_is_refused(tmp_path: Path, front: str, said: str) -> None:
    with pytest.raises(ArticleError, match=said):
        _read(tmp_path, f"---\n{front}\n---\nDer Turm steht.")
