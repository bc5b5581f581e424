"""The smallest parts: escaped, and nothing shown where it does not stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from rag.web.markup import (
    Cited,
    Words,
    draw_beside,
    draw_button,
    draw_link,
    draw_marker,
    draw_markers,
    draw_section,
    draw_text,
    draw_words,
    name_date,
    name_source,
)
from tests.checks import CALL, cited
from tests.web.tags import HOSTILE, TURNING, Tags, assert_harmless


def _cited(**fields: object) -> Cited:
    return Cited(replace(cited(CALL, "25 Minuten"), **fields), "t1-c1", "1")  # type: ignore[arg-type]


def test_text_is_text_in_an_element_and_in_an_attribute() -> None:
    assert Tags(f'<p title="{draw_text(HOSTILE)}">{draw_text(HOSTILE)}</p>').tags == [("p", {"title": HOSTILE})]
    assert Tags(f"<p>{draw_text(HOSTILE)}</p>").text == HOSTILE


def test_what_stands_beside_our_words_cannot_turn_them_round() -> None:
    assert draw_beside(f"{TURNING} <b>\t\n") == "\\u202egnul &lt;b&gt;\t\n"


def test_words_stand_out_where_they_say_and_offsets_count_from_the_articles_start() -> None:
    assert draw_words("a <b> c", [Words(12, 15, "k")], tag="mark", offset=10) == (
        'a <mark class="k">&lt;b&gt;</mark> c'
    )


def test_words_may_stand_at_either_end_and_in_any_order() -> None:
    assert draw_words("abc", [Words(2, 3), Words(0, 1)]) == "<b>a</b>b<b>c</b>"


@pytest.mark.parametrize("words", [Words(-1, 2), Words(2, 9), Words(2, 2), Words(3, 1)])
def test_words_that_do_not_lie_in_the_text_stand_out_nowhere(words: Words) -> None:
    assert draw_words("abcd", [words]) == "abcd"


def test_a_button_says_what_it_does_and_hands_over_what_it_is_about() -> None:
    [(tag, attributes)] = Tags(draw_button("note", "Notiz", statement=0, value='a"b', pressed=False)).tags
    assert tag == "button"
    assert attributes == {
        "type": "button",
        "class": "act note",
        "aria-pressed": "false",
        "data-statement": "0",
        "data-value": 'a"b',
    }


def test_a_button_of_an_icon_has_a_name() -> None:
    drawn = Tags(draw_button("copy", "Kopieren", icon="copy"))
    assert drawn.text == ""
    assert drawn.tags[0][1]["aria-label"] == drawn.tags[0][1]["title"] == "Kopieren"


def test_nothing_of_a_button_becomes_an_element() -> None:
    for drawn in (draw_button("x", HOSTILE, value=HOSTILE), draw_button("x", "y", icon="bin", label=HOSTILE)):
        assert_harmless(drawn)


def test_a_marker_leads_to_its_sentence_and_names_article_and_outlet() -> None:
    assert Tags(draw_marker(_cited())).tags == [
        ("a", {"class": "cite", "href": "#t1-c1", "title": "Blinken und Lawrow telefonieren · Beispiel-Agentur"})
    ]
    assert Tags(draw_marker(_cited(title=None, source=None))).values("title") == [""]
    assert_harmless(draw_marker(_cited(title=HOSTILE, source=HOSTILE)))


def test_markers_stay_on_the_line_of_the_word_before_them() -> None:
    assert Tags(draw_markers([_cited(), _cited()])).text == "\xa0[1][1]"


def test_drawn_a_second_time_a_citation_has_another_place() -> None:
    assert _cited().elsewhere("whole").anchor == "whole-t1-c1"


@pytest.mark.parametrize(
    ("language", "previous", "following"), [("de", "vorige", "nächste"), ("en", "previous", "next")]
)
def test_a_turns_evidence_has_the_way_back_and_forth(language: str, previous: str, following: str) -> None:
    seen = Tags(draw_section("cited", "<p>x</p>", language=language))  # type: ignore[arg-type]
    assert previous in str(seen.of_class("previous")[0]["aria-label"])
    assert following in str(seen.of_class("next")[0]["aria-label"])
    assert seen.of_class("evidence")[0]["class"] == "evidence cited"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://beispiel.example/a", True),
        ("http://beispiel.example", True),
        ("HTTPS://beispiel.example", True),
        ("javascript:alert(1)", False),
        ("JavaScript://beispiel.example/%0aalert(1)", False),
        (" javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,<script>", False),
        ("vbscript:x", False),
        ("file:///etc/passwd", False),
        ("//beispiel.example", False),
        ("https:", False),
        ("https://[", False),
        ("beispiel.example", False),
        ("", False),
    ],
)
def test_only_addresses_of_the_web_are_linked(address: str, expected: bool) -> None:
    assert bool(draw_link(address, "de")) == expected


def test_there_is_no_link_without_an_address() -> None:
    assert draw_link(None, "de") == ""


def test_a_linked_address_is_escaped_and_opens_without_a_way_back() -> None:
    drawn = Tags(draw_link('https://beispiel.example/"onclick="alert(1)', "en"))
    assert drawn.tags == [
        (
            "a",
            {
                "href": 'https://beispiel.example/"onclick="alert(1)',
                "target": "_blank",
                "rel": "noopener noreferrer",
            },
        )
    ]
    assert "Open the original" in drawn.text


def test_outlet_and_date_are_named_in_the_interfaces_language() -> None:
    assert name_source(_cited().citation, "de") == "Beispiel-Agentur, 29. Juli 2022"
    assert name_source(_cited().citation, "en") == "Beispiel-Agentur, July 29, 2022"
    assert name_source(_cited(source=None, published=None).citation, "de") == "ohne Quellenangabe, ohne Datum"
    assert name_date(date(2024, 2, 1), "de") == "1. Februar 2024"
    assert name_source(_cited(source=TURNING).citation, "de") == "\\u202egnul, 29. Juli 2022"
