"""What is said of what was taken in."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from rag.ingest.read import read_file
from rag.types import Failure
from rag.web.draw_report import draw_report, draw_reports, draw_step
from rag.web.intake import Step, Taken
from tests.web.tags import Tags

MADE = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


def _said(*taken: Taken, stopped: bool = False, language: str = "de") -> str:
    return Tags(draw_report(taken, made=MADE, stopped=stopped, language=language)).text  # type: ignore[arg-type]


def test_each_thing_has_a_line_with_what_became_of_it() -> None:
    said = _said(
        Taken("neu.txt", added=1),
        Taken("alt.txt", unchanged=1),
        Taken("viele.jsonl", added=3, updated=2, failed=(Failure("viele.jsonl:7", "line 7: not JSON: x"),)),
        Taken("leer.html"),
    )
    assert "4 neu, 2 geändert, 1 unverändert, 1 nicht aufgenommen" in said
    assert "✓ neu.txt: neu aufgenommen" in said
    assert "✓ alt.txt: unverändert schon da" in said
    assert "! viele.jsonl: 3 neu, 2 geändert, 1 nicht aufgenommenZeile 7: not JSON: x" in said
    assert "✗ leer.html: kein Artikel darin" in said


def test_what_stopping_left_out_is_said() -> None:
    said = _said(Taken("viele.jsonl", added=16, left=14), Taken("a.txt", begun=False), stopped=True)
    assert "Angehalten. 16 neu" in said
    assert "! viele.jsonl: 16 neu, 14 nicht mehr aufgenommen" in said
    assert "– a.txt: nicht mehr begonnen" in said


@pytest.mark.parametrize(
    ("name", "data", "german", "english"),
    [
        ("a.txt", b" \n", "Es steht kein Text darin.", "There is no text in it."),
        ("a.txt", bytes(range(256)) * 9, "etwas Binäres", "something binary"),
        ("a.txt", b"%PDF-1.7", "etwas Binäres", "something binary"),
        ("a.png", b"x", "Dieses Format wird nicht gelesen.", "This format is not read."),
        ("liesmich", b"x", "Dieses Format wird nicht gelesen.", "This format is not read."),
    ],
)
def test_the_usual_reasons_are_said_in_the_interfaces_language(
    tmp_path: Path, name: str, data: bytes, german: str, english: str
) -> None:
    (tmp_path / "lag").write_bytes(data)
    taken = Taken(name, failed=tuple(one for one in read_file(tmp_path / "lag", name=name) if isinstance(one, Failure)))
    assert f"✗ {name}: nicht aufgenommen: " in _said(taken)
    assert german in _said(taken)
    assert english in _said(taken, language="en")


def test_any_other_reason_stands_as_it_is() -> None:
    assert "nicht aufgenommen: too late" in _said(Taken("a.txt", failed=(Failure("a.txt", "too late"),)))


def test_names_and_reasons_are_text_and_turn_nothing_round() -> None:
    name = "<img src=x onerror=alert(1)>\u202egnp.md"
    drawn = draw_report(
        [Taken(name, failed=(Failure(name, "<script>x</script>"),))], made=MADE, stopped=False, language="de"
    )
    for html in (drawn, draw_step(Step(name, 1, 2), language="de")):
        seen = Tags(html)
        assert not {"img", "script"} & {tag for tag, _ in seen.tags}
        assert "<img src=x onerror=alert(1)>\\u202egnp.md" in seen.text


def test_of_many_failures_all_can_be_seen_and_few_stand_open() -> None:
    failed = tuple(Failure(f"a.jsonl:{line}", "not JSON") for line in range(1, 41))
    drawn = draw_report([Taken("a.jsonl", failed=failed)], made=MADE, stopped=False, language="de")
    open_part, folded = drawn.split("<details>")
    assert open_part.count("not JSON") == 10
    assert folded.count("not JSON") == 30
    assert "30 weitere" in folded


def test_the_step_says_how_many_things_and_articles_are_done() -> None:
    drawn = draw_step(Step("b.jsonl", 2, 3, 8, 20), language="de")
    assert "Wird aufgenommen, 2 von 3: b.jsonl" in Tags(drawn).text
    bars = [tag for name, tag in Tags(drawn).tags if name == "progress"]
    assert [(bar["value"], bar["max"]) for bar in bars] == [("1", "3"), ("8", "20")]
    assert [name for name, _ in Tags(draw_step(Step("a.txt", 1, 1), language="de")).tags if name == "progress"] == []


def test_earlier_reports_stay_readable() -> None:
    drawn = draw_reports(["<p>eins</p>", "<p>zwei</p>", "<p>drei</p>"], language="de")
    assert drawn.startswith("<p>drei</p><details><summary>Frühere Berichte (2)</summary><p>zwei</p><p>eins</p>")
    assert draw_reports([], language="de") == ""
