"""What stands in quotation marks."""

from __future__ import annotations

import pytest

from rag.text.quotations import find_quotations


def _found(text: str) -> list[str]:
    return [text[q.start : q.end] for q in find_quotations(text)]


MARKS = ["„ “", "„ ”", '„ "', "“ ”", '" "', '" “', "” ”", "» «", "« »", "» »", "‚ ‘", "‚ ’", "‘ ’", "' '", "‹ ›", "› ‹"]


@pytest.mark.parametrize("marks", MARKS)
def test_all_the_usual_marks_are_known(marks: str) -> None:
    left, right = marks.split()
    for before, after in (("Er rief: ", " Dann ging er."), ("", ""), ("(", ")"), ("Am Tor – ", ", sagte er.")):
        text = f"{before}{left}Wir gehen, jetzt!{right}{after}"
        [quoted] = find_quotations(text)
        assert text[quoted.start : quoted.end] == "Wir gehen, jetzt!"
        assert text[quoted.outer_start : quoted.outer_end] == f"{left}Wir gehen, jetzt!{right}"
        assert (quoted.open, quoted.close, quoted.level) == (left, right, 0)


@pytest.mark.parametrize("marks", MARKS)
def test_each_of_several_quotations_ends_where_it_ends(marks: str) -> None:
    left, right = marks.split()
    text = f"Die {left}Rote{right} und die {left}Blaue{right}, {left}Gelb{right}."
    assert _found(text) == ["Rote", "Blaue", "Gelb"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("„Sie sagte ‚nie wieder‘ zu mir“, so er.", [("Sie sagte ‚nie wieder‘ zu mir", 0), ("nie wieder", 1)]),
        ("„Das Schiff „Möwe“ sinkt“, rief er.", [("Das Schiff „Möwe“ sinkt", 0), ("Möwe", 1)]),
        ("„‚Ja‘, hat er gesagt.“", [("‚Ja‘, hat er gesagt.", 0), ("Ja", 1)]),
        ("„Er hat gesagt: ‚Ja.‘“", [("Er hat gesagt: ‚Ja.‘", 0), ("Ja.", 1)]),
        ("»Der ›Bote‹ kam«, sagte sie.", [("Der ›Bote‹ kam", 0), ("Bote", 1)]),
        ("“He said ‘no’ and we left,” she said.", [("He said ‘no’ and we left,", 0), ("no", 1)]),
        ("\"He said 'no' and we left,\" she said.", [("He said 'no' and we left,", 0), ("no", 1)]),
        ('„Das Blatt "Bote" irrt“, sagte sie.', [('Das Blatt "Bote" irrt', 0), ("Bote", 1)]),
        ("« Le ‹ mot › juste »", [("Le ‹ mot › juste", 0), ("mot", 1)]),
        ("„A „B ‚C‘ B“ A“", [("A „B ‚C‘ B“ A", 0), ("B ‚C‘ B", 1), ("C", 2)]),
    ],
)
def test_a_quotation_within_one_is_an_item_of_its_own(text: str, expected: list[tuple[str, int]]) -> None:
    assert [(text[q.start : q.end], q.level) for q in find_quotations(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Das ist Hans' Hut und Max' Mantel.",
        "Er hat's gewusst, sie hat’s geahnt, und 's war wahr.",
        "Die '68er und die ’90er waren James' Jahre.",
        "It's the writers' and the readers' house; don't go.",
        'Ein Bildschirm von 15" kostet mehr als einer von 13".',
        "Er misst 5'11\" und sie 5'2\".",
        "Rock ’n’ Roll und Rock 'n' Roll",
        '„“ und "" und ‚ ‘ sind leer.',
        "Ein Ende“ ohne Anfang.",
        "Das ''Freiburger Blatt'' steht in der Schrift eines Wikis.",
        "Zwei Ziele: 12° 30' und 14° 20'.",
    ],
)
def test_apostrophes_inches_and_single_marks_are_no_quotation(text: str) -> None:
    assert _found(text) == []


def test_apostrophes_end_no_quotation() -> None:
    assert _found("Er sagte: 'Hans' Hut ist weg.' Dann ging er.") == ["Hans' Hut ist weg."]
    assert _found("‘It’s the writers’ house,’ she said.") == ["It’s the writers’ house,"]
    assert _found("„Hab's nicht, hat’s auch nicht“, sagte er.") == ["Hab's nicht, hat’s auch nicht"]


@pytest.mark.parametrize("break_", ["\n\n", "\n \n", "\r\n\r\n"])
def test_a_mark_without_partner_swallows_no_further_paragraph(break_: str) -> None:
    text = f"Er rief: „Kommt nicht.{break_}Sie schrieb „Nein“ zurück. „Und.{break_}Dann war Ruhe“."
    assert _found(text) == ["Nein"]
    assert [q.level for q in find_quotations(text)] == [0]


def test_a_mark_without_partner_leaves_the_next_quotation_whole() -> None:
    text = "Er nannte es „Unfug. Sie sagte: „Kommt her.“ Dann gingen sie."
    assert [(text[q.start : q.end], q.level) for q in find_quotations(text)] == [("Kommt her.", 0)]


def test_a_quotation_of_several_paragraphs_is_an_item_for_each() -> None:
    text = "Sie sagte: „Erster Satz. Zweiter Satz.\n\n„Dritter Satz.\n\n„Vierter.“ Das war alles.\n\nEnde."
    found = find_quotations(text)
    assert [text[q.start : q.end] for q in found] == ["Erster Satz. Zweiter Satz.", "Dritter Satz.", "Vierter."]
    assert [q.close for q in found] == ["", "", "“"]
    assert text[found[1].outer_start : found[1].outer_end] == "„Dritter Satz."


def test_several_sentences_and_a_line_break_stay_in_one_quotation() -> None:
    assert _found("„Wir kommen. Wir bringen\nBrot! Ja?“, rief er.") == ["Wir kommen. Wir bringen\nBrot! Ja?"]


def test_offsets_count_characters() -> None:
    text = "🙂 e\u0301 „Grüße an «Zoë»“ 👩‍👩‍👧"
    assert _found(text) == ["Grüße an «Zoë»", "Zoë"]


HOSTILE = [
    "„" * 500,
    "“" * 500,
    '"' * 501,
    "'" * 501,
    "»«" * 200,
    "„a" * 300 + "b“" * 300,
    "",
    "\n\n\n",
    "„\n\n“",
    "’s",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_the_marks_quotations_are_in_order_and_lie_in_one_another(text: str) -> None:
    found = find_quotations(text)
    assert [q.outer_start for q in found] == sorted(q.outer_start for q in found)
    for quoted in found:
        assert quoted.outer_start < quoted.start < quoted.end <= quoted.outer_end
        assert text[quoted.outer_start] == quoted.open
        around = [q for q in found if q.outer_start < quoted.outer_start and q.outer_end > quoted.outer_end]
        assert len(around) == quoted.level
