"""What a newer version of an article changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from rag.text.text_diff import text_diff
from rag.types import Article, Version
from rag.web.draw_changes import draw_changes, draw_text_diff
from tests.web.tags import Tags

DAYS = [datetime(2026, 11, day, 9, tzinfo=UTC) for day in range(20, 27)]
FIRST = Article("a", "Der Umschlag sank auf 5,7 Prozent.", title="Hafen", source="Zeitung", published=date(2024, 1, 2))
SECOND = replace(FIRST, text="Der Umschlag stieg auf 7,5 Prozent.", title="Hafen, berichtigt")
THIRD = replace(SECOND, url="https://beispiel.example/a", published=None)


def _drawn(now: Article, *earlier: Article, language: str = "de") -> str:
    versions = [
        Version(article, DAYS[at], DAYS[at + 1])
        for article, at in zip(earlier, reversed(range(len(earlier))), strict=True)
    ]
    return draw_changes(now, versions, language=language)  # type: ignore[arg-type]


def test_each_version_is_compared_with_the_next_newest_first() -> None:
    newest, oldest = _drawn(THIRD, SECOND, FIRST).split('<section class="change">')[1:]
    assert "Ersetzt am 22.11.2026" in Tags(newest).text
    assert "Ersetzt am 21.11.2026" in Tags(oldest).text
    assert "Adresse(keine Angabe) → https://beispiel.example/a" in Tags(newest).text
    assert "Datum2. Januar 2024 → ohne Datum" in Tags(newest).text
    assert "Der Text blieb, wie er war." in newest
    assert "TitelHafen → Hafen, berichtigt" in Tags(oldest).text
    assert "Quelle" not in Tags(oldest).text


def test_of_many_long_versions_the_newest_are_compared_and_the_others_named() -> None:
    texts = [f"Stand {number}. {'Der Hafen liegt an der Weser. ' * 4_000}" for number in range(6)]
    newest, *others = _drawn(*(replace(FIRST, text=text) for text in texts)).split('<section class="change">')[1:]
    assert "<del>1</del><ins>0</ins>" in newest
    assert [one.count("<del>") for one in others] == [1, 1, 0, 0]
    assert ["Verglichen werden hier nur die neueren" in one for one in others] == [False, False, True, True]


def test_the_newest_change_is_shown_however_long_the_text_is() -> None:
    long = "Der Hafen liegt an der Weser. " * 10_000
    drawn = _drawn(replace(FIRST, text=f"Neu. {long}"), replace(FIRST, text=f"Alt. {long}"))
    assert "<del>Alt</del><ins>Neu</ins>" in drawn


def test_the_words_that_were_removed_and_added_are_marked() -> None:
    drawn = _drawn(replace(FIRST, text=SECOND.text), FIRST)
    assert "Der Umschlag <del>sank</del><ins>stieg</ins> auf <del>5,7</del><ins>7,5</ins> Prozent." in drawn


def test_a_long_unchanged_stretch_is_folded_and_still_there() -> None:
    same = "Der Hafen liegt an der Weser und hat viele Becken. " * 40
    before, after = f"Alt. {same}Alt.", f"Neu. {same}Neu."
    drawn = draw_text_diff(text_diff(before, after), language="de")
    assert drawn.count("<details>") == 1
    outside = drawn.split("<details>")[0] + drawn.split("</details>")[1]
    assert len(outside) < 700
    label = next(tag["title"] for name, tag in Tags(drawn).tags if name == "summary")
    assert label is not None
    assert "unveränderte Wörter zeigen" in label
    assert Tags(drawn).text.replace("…", "") == f"AltNeu. {same}AltNeu."
    assert "<details>" not in draw_text_diff(text_diff("Alt. Kurz. Alt.", "Neu. Kurz. Neu."), language="de")


def test_an_article_without_earlier_versions_says_so() -> None:
    assert "Es ist keine frühere Fassung da." in _drawn(FIRST)
    assert "There is no earlier version." in _drawn(FIRST, language="en")


def test_hostile_versions_are_shown_as_text() -> None:
    hostile = "<script>alert(1)</script> <img src=x onerror=alert(1)>"
    drawn = _drawn(
        replace(FIRST, title=hostile, text=hostile, source='"><script>', language='"><b>'), replace(FIRST, id=hostile)
    )
    assert {tag for tag, _ in Tags(drawn).tags} <= {
        *("header", "h3", "bdi", "div", "section", "h4", "time", "p", "dl", "dt", "dd", "del", "ins", "span")
    }
    assert hostile in Tags(drawn).text
