"""The quotations of a claim: as they stand, altered or absent, and who says them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from rag.check.quotation_lookup import IndexedTexts, ListedTexts, check_quotations, quotations_in
from rag.types import Article, QuotationCheck, Speech
from tests.conftest import OpenArchive

CALL = Article(
    "call",
    "Vor Journalisten nannte Blinken das Telefonat „ein offenes und direktes Gespräch“. Die Welt werde einen solchen "
    "Schritt nicht anerkennen, sagte der Minister. Das sei „kein ernsthaftes Gegenangebot“, sagte Adrienne Watson. "
    "Sie sprach von „Gesindel“. Das Telefonat dauerte nach Angaben eines Beamten 25 Minuten. Die Häfen sind offen.",
    title="Das Telefonat",
    language="de",
)
WELCOME = Article(
    "welcome",
    "„Das war sehr bewegend. Wir freuen uns“, sagte Scholz. „Wir werden niemals aufgeben“, sagte er.",
    language="de",
)


def speech(article: Article, words: str, speaker: str | None, *, indirect: bool = False) -> Speech:
    start = article.text.index(words)
    return Speech(article.id, "indirect" if indirect else "direct", start, start + len(words), speaker)


SPEECHES = [
    speech(CALL, "ein offenes und direktes Gespräch", "Antony Blinken"),
    speech(CALL, "Die Welt werde einen solchen Schritt nicht anerkennen", "der Minister", indirect=True),
    speech(CALL, "kein ernsthaftes Gegenangebot", "Adrienne Watson"),
    speech(CALL, "Gesindel", "Adrienne Watson"),
    speech(WELCOME, "Das war sehr bewegend. Wir freuen uns", "Olaf Scholz"),
    speech(WELCOME, "Wir werden niemals aufgeben", "Olaf Scholz"),
]


def check(
    claim: str, by: str | None = None, *, articles: Sequence[Article] = (CALL, WELCOME), cued: bool = True
) -> tuple[QuotationCheck, ...]:
    said = [Speech("", "direct", 0, len(claim), by)] if cued else []
    return check_quotations(claim, language="de", texts=ListedTexts(articles, SPEECHES), said=said)


def test_an_exact_quotation_is_cited_where_it_stands() -> None:
    (found,) = check('Blinken nannte es "Ein offenes und direktes Gespräch".', "Blinken")
    assert found.status == "exact"
    assert found.found is not None
    assert found.citation is not None
    assert CALL.text[found.found.start : found.found.end] == "ein offenes und direktes Gespräch"
    assert found.citation.quote.startswith("Vor Journalisten")
    assert found.citation.answer_text == "ein offenes und direktes Gespräch"
    assert (found.text, found.changes, found.marked) == ("Ein offenes und direktes Gespräch", (), True)
    assert (found.claimed_speaker, found.speaker, found.speaker_agrees) == ("Blinken", "Antony Blinken", True)


def test_a_quotation_over_two_sentences_is_cited_by_the_first_and_found_whole() -> None:
    text = "Er war froh. Das war gut. Wir gehen. Das sagte Scholz."
    (found,) = check("Scholz: „war gut. Wir gehen“", articles=[Article("a", text, language="de")])
    assert found.found is not None
    assert text[found.found.start : found.found.end] == "war gut. Wir gehen"
    assert found.citation is not None
    assert (found.citation.quote, found.citation.answer_text) == ("Das war gut.", "war gut.")


def test_a_true_quotation_of_another_says_whose_it_is() -> None:
    (found,) = check("Lawrow sprach: „kein ernsthaftes Gegenangebot“.", "Lawrow")
    assert (found.status, found.speaker, found.speaker_agrees) == ("exact", "Adrienne Watson", False)


def test_one_word_is_exact_or_absent_and_belongs_to_nobody_else() -> None:
    (said,) = check("Lawrow sprach von „Gesindel“.", "Lawrow")
    (told,) = check("Lawrow nannte die Häfen „offen“.", "Lawrow")
    (absent,) = check("Lawrow nannte sie „Gesinde“.", "Lawrow")
    assert (said.status, said.speaker_agrees) == ("exact", None)
    assert (told.status, absent.status) == ("absent", "absent")


def test_the_same_words_of_several_are_taken_from_the_one_who_is_named() -> None:
    other = Article("other", "„Wir werden niemals aufgeben“, sagte Biden.", language="de")
    speeches = [*SPEECHES, speech(other, "Wir werden niemals aufgeben", "Joe Biden")]
    claim = "„Wir werden niemals aufgeben“, sagte Biden."
    texts = ListedTexts([WELCOME, other], speeches)
    (found,) = check_quotations(claim, language="de", texts=texts, said=[Speech("", "direct", 0, len(claim), "Biden")])
    assert found.citation is not None
    assert (found.citation.article_id, found.speaker_agrees) == ("other", True)
    assert found.others == ()  # there, it is another who says it


@pytest.mark.parametrize(
    ("claim", "changes"),
    [
        ("„ein offenes und herzliches Gespräch“", [("herzliches", "direktes")]),
        ("„ein ernsthaftes Gegenangebot“", [("ein", "kein")]),
        ("„Wir werden bald aufgeben“", [("bald", "niemals")]),
        ("„Die Welt wird einen solchen Schritt anerkennen“", [("wird", "werde"), ("", "nicht")]),
    ],
)
def test_an_altered_quotation_says_what_differs(claim: str, changes: list[tuple[str, str]]) -> None:
    (found,) = check(claim)
    assert found.status == "altered"
    assert [(change.claim_words, change.source_words) for change in found.changes] == changes
    assert found.citation is not None


def test_what_is_only_reported_is_told_apart_from_what_is_in_quotation_marks() -> None:
    (reported,) = check("„Die Welt werde einen solchen Schritt nicht anerkennen“")
    assert (reported.status, reported.marked, reported.speaker) == ("exact", False, "der Minister")


@pytest.mark.parametrize(
    "claim",
    [
        "„Ich habe Putin persönlich angerufen“",
        "„Wir haben genug Geduld gezeigt“",
        "„Das Telefonat war nach meinen Angaben kurz“",
        "„ein Gegenangebot der Regierung“",
        "„Wir werden das nicht tun“",
    ],
)
def test_other_words_are_absent_and_no_citation_is_given(claim: str) -> None:
    (found,) = check(claim, "Lawrow")
    assert (found.status, found.citation, found.found, found.changes) == ("absent", None, None, ())
    assert found.claimed_speaker == "Lawrow"


@pytest.mark.parametrize(
    "claim",
    [
        "Der Frachter „Razoni“ lief aus.",
        "Ein „Spiegel“-Reporter war dort.",
        "Die „Zeit“ berichtet von dem Telefonat.",
        "Das Nachrichtenmagazin „Der Spiegel“ nannte Zahlen.",
    ],
)
def test_the_name_of_a_thing_is_no_quotation(claim: str) -> None:
    assert check(claim, cued=False) == ()
    assert len(check(claim, cued=True)) == 1


def test_several_quotations_are_looked_up_each_by_itself_and_nested_ones_with_theirs() -> None:
    found = check("Sie sagte „kein ‚ernsthaftes‘ Gegenangebot“ und „Gesindel“, „nie gesagt haben“ und „ “.")
    assert [(one.text, one.status) for one in found] == [
        ("kein ‚ernsthaftes‘ Gegenangebot", "exact"),
        ("Gesindel", "exact"),
        ("nie gesagt haben", "absent"),
    ]
    assert [one.citation.marker for one in found if one.citation] == [1, 2]


@pytest.mark.parametrize("claim", ["Watson sagte: „kein ernsthaftes Gegenangebot", "Ganz ohne.", "„…“", "“„»«"])
def test_a_claim_without_a_whole_quotation_has_none_to_check(claim: str) -> None:
    assert check(claim) == ()


def test_an_archive_is_searched_for_the_words_within_what_is_allowed(open_archive: OpenArchive) -> None:
    archive = open_archive()
    archive.ingest([CALL, WELCOME])
    allowed = IndexedTexts(archive._store, archive._index, language="de", allowed=["call"])
    everything = IndexedTexts(archive._store, archive._index, language="de")
    claim = "„Wir werden niemals aufgeben“"
    (found,) = check_quotations(claim, language="de", texts=everything)
    (kept_out,) = check_quotations(claim, language="de", texts=allowed)
    assert found.citation is not None
    assert (found.status, found.citation.article_id) == ("exact", "welcome")
    assert kept_out.status == "absent"


def test_the_archive_says_who_said_it_where_the_claim_gives_it_to_another(open_archive: OpenArchive) -> None:
    archive = open_archive()
    archive.ingest([CALL, WELCOME])
    claim = "„Das sei kein ernsthaftes Gegenangebot“, sagte Sergej Lawrow."
    found = archive.find(claim)
    (said,) = quotations_in(archive._store, archive._index, None)(
        "Lawrow sagte: „kein ernsthaftes Gegenangebot“.", found
    )
    assert (said.claimed_speaker, said.speaker, said.speaker_agrees) == ("Lawrow", "Adrienne Watson", False)
    (kept_out,) = quotations_in(archive._store, archive._index, ["welcome"])("Er sagte: „nie wieder Krieg“.", found)
    assert (kept_out.status, kept_out.claimed_speaker) == ("absent", "Er")
