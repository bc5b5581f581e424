"""A pack for a reader."""

from __future__ import annotations

from dataclasses import replace

import pytest
from markdown_it import MarkdownIt

from rag.pack.markdown import to_markdown
from rag.types import Article, Change, IndependentSource, QuotationCheck, Span
from tests.checks import CALL, CLAIM, check, cited, evidence, finding, refuted_by_the_call
from tests.pack.packs import CHANGED, across_a_change, answer, conversation, packed, review
from tests.pack.test_escape import HOSTILE, read

EVIL = "Titel\n\n# H1 | <script>x</script> [l](http://e.example) ![i](x) **b** `c` \u202e"


def kinds(markdown: str) -> list[str]:
    reader = MarkdownIt("commonmark", {"html": True}).enable("table")
    return [token.type for block in reader.parse(markdown) for token in (block, *(block.children or []))]


def test_verdict_message_findings_evidence_and_articles_come_in_order() -> None:
    text = to_markdown(packed(replace(refuted_by_the_call(), message="Es waren 25.")))
    parts = [
        "# Geprüfte Behauptung",
        f"> {CLAIM}",
        "**Urteil: Widerlegt**",
        "Es waren 25.",
        "| Zahl | 45 Minuten | ≠ rund 25 Minuten | [1] |",
        "### [1] Dagegen: Blinken und Lawrow telefonieren",
        "> Das Telefonat dauerte nach Angaben eines Beamten rund 25 Minuten.",
        "Beispiel-Agentur, 29. Juli 2022",
        "Zeichen 60 bis 125",
        "Adresse: <https://beispiel.example/telefonat>",
        "abgerufen: 2026-11-01 08:00 UTC",
        CALL.content_hash,
        "am 2026-11-24 12:30 UTC mit Beleg 0.1.0",
        "Filter: keine",
        "weights: 0123456789abcdef",
    ]
    places = [text.find(part) for part in parts]
    assert -1 not in places
    assert places == sorted(places)


def test_it_speaks_the_language_of_the_claim() -> None:
    text = to_markdown(packed(replace(refuted_by_the_call(), language="en")))
    assert "# Claim checked" in text
    assert "**Verdict: Refuted**" in text
    assert "July 29, 2022" in text


def test_one_text_in_two_papers_is_said_to_count_once() -> None:
    other = replace(CALL, id="zeitung", source="Beispiel-Zeitung")
    pieces = [evidence(CALL, "25 Minuten"), evidence(other, "25 Minuten", marker=2)]
    source = IndependentSource("for", (1, 2), (CALL.id, "zeitung"))
    pack = packed(check(CLAIM, "supported", *pieces, sources=[source]), {CALL.id: CALL, "zeitung": other})
    assert (
        "| Dafür | Beispiel-Agentur, 29. Juli 2022; Beispiel-Zeitung, 29. Juli 2022 "
        "(ein Text, zählt als eine Quelle) | [1] [2] |"
    ) in to_markdown(pack)


def test_an_altered_quotation_shows_what_reads_otherwise_and_who_said_it() -> None:
    found = Span(CALL.text.index("einen solchen"), CALL.text.index(" nicht anerkennen"))
    change = Change(Span(0, 5), "jeden", Span(found.start, found.start + 5), "einen")
    quote = QuotationCheck(
        *("jeden solchen Schritt", 0, 21, "altered", cited(CALL, "Die Welt"), found),
        changes=(change,),
        claimed_speaker="Lawrow",
        speaker="Blinken",
        speaker_agrees=False,
    )
    absent = QuotationCheck("nie gesagt", 30, 40, "absent")
    text = to_markdown(packed(check(CLAIM, "refuted", quotes=[quote, absent])))
    assert "### Verändert: „jeden solchen Schritt“\n\n> <del>jeden</del><b>einen</b> solchen Schritt" in text
    assert "Sprecher: Lawrow (Behauptung) gegen Blinken (Quelle)" in text
    assert "### Nicht im Archiv gefunden: „nie gesagt“" in text


def test_parts_have_their_own_verdicts_below_the_whole() -> None:
    parts = [refuted_by_the_call(), check("Es war Freitag.", "supported", evidence(CALL, "Freitag"))]
    text = to_markdown(packed(check("Zwei Teile.", "refuted", parts=parts)))
    assert text.index("## Teil 1") < text.index("### Befunde") < text.index("## Teil 2") < text.index("Urteil: Belegt")


def test_an_answer_and_an_abstention_are_written() -> None:
    text = to_markdown(packed(answer()))
    assert "# Beantwortete Frage\n\n> Wie lange dauerte es?" in text
    assert "Das Telefonat dauerte nach Angaben eines Beamten rund 25 Minuten. [1]" in text
    assert "Filter: language=de" in text
    abstained = replace(answer(), abstained=True, statements=(), citations=(), nearest=answer().citations, text="Leer.")
    written = to_markdown(packed(abstained))
    assert "## Kein Beleg im Archiv\n\nLeer.\n\n## Am nächsten kommt" in written


@pytest.mark.parametrize("language", ["de", "en"])
def test_nothing_that_an_article_or_a_claim_gives_breaks_out_of_its_place(language: str) -> None:
    def written(words: str) -> str:
        article = Article(words, f"{words}. Der Turm steht seit 1912.", title=words, source=words, url=f"ftp://{words}")
        says = finding(words, article, says=words, source=words, kind="name")
        one = replace(evidence(article, "Turm", findings=[says]), said_by=words)
        quote = QuotationCheck(words, 0, len(words), "altered", one.citation, Span(0, 5), speaker=words)
        made = check(words, "supported", one, quotes=[quote], message=words, language=language)
        made = replace(made, judge=words, config={words: words, "filters": words})
        return to_markdown(packed(made, {article.id: article}))

    evil = written(EVIL)
    assert [kind for kind in kinds(evil) if kind not in ("text", "text_special")] == [
        kind for kind in kinds(written("Wort")) if kind not in ("text", "text_special")
    ]
    assert "\u202e" not in evil
    assert r"\\u202e" in evil


def test_what_people_said_stands_beside_each_statement_and_of_the_whole_above() -> None:
    first = answer()
    second = replace(first.statements[0], text="Die Welt werde das nicht anerkennen.")
    said = [review(1, "wrong", note="Das sagte\nLawrow."), review(0), review(None, name=" ", note="Gut.")]
    text = to_markdown(packed(replace(first, statements=(*first.statements, second)), reviews=said))
    assert "> Wie lange dauerte es?\n\n- Das Ergebnis als Ganzes: geprüft am 2026-11-23 09:15 UTC: Gut.\n\n## A" in text
    assert "rund 25 Minuten. [1]\n\n- Geprüft von Erika Muster am 2026-11-23 09:15 UTC\n\nDie Welt" in text
    assert "[1]\n\n- Als falsch markiert von Erika Muster am 2026-11-23 09:15 UTC: Das sagte Lawrow.\n\n## B" in text


def test_what_people_said_of_a_claim_and_of_its_parts() -> None:
    one = replace(refuted_by_the_call(), message="Es waren 25.", language="en")
    said = [review(0, "wrong"), review(0, name="Max Muster"), review(None)]
    assert (
        "Es waren 25.\n\n- The result as a whole: checked by Erika Muster at 2026-11-23 09:15 UTC\n\n"
        "- Marked as wrong by Erika Muster at 2026-11-23 09:15 UTC\n"
        "- Checked by Max Muster at 2026-11-23 09:15 UTC\n\n## Findings"
    ) in to_markdown(packed(one, reviews=said))
    parts = [replace(one, message="Eins."), replace(one, message="Zwei.")]
    whole = replace(check("Zwei Teile.", "refuted", parts=parts), message="Beide.")
    text = to_markdown(packed(whole, reviews=[review(1), review(None)]))
    assert "Beide.\n\n- Das Ergebnis als Ganzes: geprüft von" in text
    assert "Eins.\n\n### Befunde" in text
    assert "Zwei.\n\n- Geprüft von Erika Muster" in text


def test_a_conversation_is_told_turn_by_turn_with_the_articles_once() -> None:
    parts = [refuted_by_the_call(), check("Es war Freitag.", "supported", evidence(CALL, "Freitag"))]
    turns = [answer(), refuted_by_the_call(), check("Zwei Teile.", "refuted", parts=parts)]
    text = to_markdown(conversation(*(packed(turn) for turn in turns)))
    headings = [line for line in text.splitlines() if line.startswith("#")]
    assert headings[:7] == [
        "# Das Telefonat",
        "## 1. Beantwortete Frage",
        "### Antwort",
        "### Belege",
        "#### [1] Blinken und Lawrow telefonieren",
        "### Hergestellt",
        "## 2. Geprüfte Behauptung",
    ]
    assert headings[-4:] == ["### Hergestellt", "## Artikel", "### Blinken und Lawrow telefonieren", "## Hergestellt"]
    assert "##### [1] Dagegen: Blinken und Lawrow telefonieren" in headings
    assert text.count("## Artikel") == text.count("beleg verify") == 1
    assert "Filter: language=de" in text
    assert to_markdown(conversation(name="")).startswith("# Gespräch\n\n## Hergestellt")


def test_turns_have_the_numbers_that_they_have_in_the_conversation() -> None:
    markdown = to_markdown(conversation(packed(answer(), number=2), packed(refuted_by_the_call(), number=5)))
    assert [line[:5] for line in markdown.splitlines() if line.startswith("## ")][:2] == ["## 2.", "## 5."]


def test_an_article_that_is_changed_between_two_claims_is_told_as_each_cites_it() -> None:
    markdown = to_markdown(packed(across_a_change(), {CALL.id: CHANGED}))
    assert CALL.content_hash in markdown
    assert CHANGED.content_hash in markdown
    assert f"### {CHANGED.title}" in markdown


def test_a_turn_reads_as_it_does_by_itself_but_for_its_headings() -> None:
    pack = packed(refuted_by_the_call(), reviews=[review(0)])
    alone = to_markdown(pack).split("\n\n## Artikel")[0].replace("# Geprüfte", "# 1. Geprüfte")
    lower = "\n".join(f"#{line}" if line.startswith("#") else line for line in alone.split("\n"))
    assert lower in to_markdown(conversation(pack))


TYPED = [
    *HOSTILE,
    EVIL,
    "gut\u202egnirts\u2066 \u200b\u2060\ufeff",
    "Zeile\r\n\r\n# Neue\u2028Zeile\u2029\x85- Punkt",
    "Wort" * 1250,
    "[" * 5000,
    "{word} {name} %s",
]


@pytest.mark.parametrize("typed", TYPED, ids=range(len(TYPED)))
@pytest.mark.parametrize("statement", [0, None])
def test_nothing_that_a_person_typed_breaks_out_of_its_place(typed: str, statement: int | None) -> None:
    def written(words: str) -> str:
        said = [review(statement, name=words, note=words), review(statement, name="", note=words)]
        return to_markdown(conversation(packed(refuted_by_the_call(), reviews=said), name=words))

    hostile = written(typed)
    assert [kind for kind in kinds(hostile) if kind not in ("text", "text_special")] == [
        kind for kind in kinds(written("Wort")) if kind not in ("text", "text_special")
    ]
    assert not set(hostile) & set("\u202e\u2066\u200b\u2060\ufeff\u2028\u2029\r\x85")


@pytest.mark.parametrize("typed", [*HOSTILE, "Wort" * 1250, "{word} {name} %s"])
def test_what_a_person_typed_is_seen_letter_by_letter(typed: str) -> None:
    said = [review(0, name=typed, note=typed)]
    seen, _ = read(to_markdown(conversation(packed(answer(), reviews=said), name=typed)))
    assert seen.startswith(f"{typed}1. Beantwortete Frage")
    assert f"Geprüft von {typed} am 2026-11-23 09:15 UTC: {typed}" in seen
