"""The page's head, and its evidence before anything was asked."""

from __future__ import annotations

import pytest

from rag.text.language import Language
from rag.web.draw_head import draw_head, draw_no_evidence
from tests.web.tags import Tags


@pytest.mark.parametrize(
    ("articles", "language", "expected"),
    [
        (0, "de", "Das Archiv ist leer."),
        (0, "en", "The archive is empty."),
        (1, "de", "1 Artikel im Archiv"),
        (1, "en", "1 article in the archive"),
        (1238, "de", "1.238 Artikel im Archiv"),
        (1238, "en", "1,238 articles in the archive"),
        (1_234_567, "de", "1.234.567 Artikel"),
    ],
)
def test_the_head_says_how_much_the_archive_holds(articles: int, language: Language, expected: str) -> None:
    assert expected in Tags(draw_head(articles=articles, language=language)).text


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_language_that_is_spoken_is_the_one_chosen_and_each_is_named_in_itself(language: Language) -> None:
    seen = Tags(draw_head(articles=1, language=language))
    options = [each for tag, each in seen.tags if tag == "option" and each["value"] in {"de", "en"}]
    assert [each["value"] for each in options if "selected" in each] == [language]
    assert "Deutsch" in seen.text
    assert "English" in seen.text


def test_name_language_and_look_can_be_chosen_and_are_labelled() -> None:
    drawn = draw_head(articles=1, language="de")
    seen = Tags(drawn)
    assert [each["id"] for tag, each in seen.tags if tag in {"input", "select"}] == [
        "my-name",
        "my-language",
        "my-look",
    ]
    assert drawn.count("<label>") == 3
    assert [value for value in seen.values("value") if value not in {"de", "en"}] == ["system", "light", "dark"]
    assert seen.balanced


def test_before_anything_was_asked_the_panel_says_what_will_be_there_and_what_the_keys_do() -> None:
    german, english = Tags(draw_no_evidence(language="de")), Tags(draw_no_evidence(language="en"))
    assert "Hier erscheinen die Artikel" in german.text
    assert "The articles appear here" in english.text
    for seen in (german, english):
        assert all(keys in seen.text for keys in ("Alt+↓", "Alt+↑", "Alt+Q"))
        assert seen.balanced
