"""A pack for a reader."""

from __future__ import annotations

from dataclasses import replace

import pytest
from markdown_it import MarkdownIt

from rag.pack.markdown import to_markdown
from rag.types import Article, Change, IndependentSource, QuotationCheck, Span
from tests.checks import CALL, CLAIM, check, cited, evidence, finding, refuted_by_the_call
from tests.pack.packs import answer, packed

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
