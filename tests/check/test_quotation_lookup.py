"""The quotations of a claim: as they stand, altered or absent, and who says them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from rag.check.claims import read_claims
from rag.check.quotation_lookup import check_quotations, quotations_in
from rag.check.quotation_texts import ListedTexts
from rag.types import Article, QuotationCheck, Span, Speech
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
    (found,) = check("Lawrow sprach: „Das war sehr bewegend. Wir freuen uns“.", "Lawrow")
    assert (found.status, found.speaker, found.speaker_agrees) == ("exact", "Olaf Scholz", False)


def test_few_words_that_another_says_too_are_nobodys_own() -> None:
    article = Article(
        "a", "„Ich freue mich“, sagte Thomas Müller. „Ich freue mich sehr auf euch“, rief er.", language="de"
    )
    said = [speech(article, words, "Thomas Müller") for words in ("Ich freue mich", "Ich freue mich sehr auf euch")]
    quoted = ["„Ich freue mich“", "„Ich freue mich sehr auf euch“", "„Ich … mich sehr … euch“"]
    found = [_check(f"Merkel: {words}", "Merkel", [article], said) for words in quoted]
    assert [(one.status, one.speaker_agrees) for one in found] == [("exact", None), ("exact", False), ("exact", None)]
    assert _check("Merkel: „Ich freue mich so“", "Merkel", [article], said).status == "absent"
    assert _check("Müller: „Ich freue mich so“", "Müller", [article], said).status == "altered"


@pytest.mark.parametrize(
    ("name", "text", "differs"),
    [
        ("Odesa", "Im Hafen Odesa sagte man: {}. Odesa und Kiew.", None),
        ("Often", "Often said: {}.", None),
        ("Lawrow", "Außenminister Lawrow sagte: {}.", False),
        ("Lawrow", "Lawrow sagte: {}. Das war Sergej Lawrow.", False),
    ],
)
def test_only_a_person_is_another_speaker(name: str, text: str, differs: bool | None) -> None:
    words = "Die Häfen bleiben heute alle offen"
    article = Article("a", text.format(f"„{words}“"), language="de")
    assert _check(f"Scholz: „{words}“", "Scholz", [article], [speech(article, words, name)]).speaker_agrees is differs


def test_a_word_that_says_nothing_stands_only_where_it_is_quoted_alone() -> None:
    article = Article("a", "Sie rief: „Wir und die anderen“. „Nicht wir“, sagte er.", language="de")
    assert _check("Sie sagte „die“.", "Sie", [article]).status == "absent"
    assert _check("Er sagte „nicht wir“.", "Er", [article]).status == "exact"


def test_what_an_article_tells_around_a_name_in_quotation_marks_is_no_quotation_of_it() -> None:
    article = Article("a", "Am Montag lief der Frachter „Razoni“ mit Mais aus.", language="de")
    assert _check("Er sagte: „lief der Frachter Razoni mit Mais aus“", "Er", [article]).marked is False
    altered = _check("Er sagte: „lief der Frachter Rosinante mit Mais aus“", "Er", [article])
    assert (altered.status, altered.marked) == ("altered", False)


def test_whom_the_verb_beside_it_names_says_it_and_a_pronoun_is_the_one_name_before() -> None:
    article = Article("a", "Guterres nannte das Abkommen ein „Leuchtfeuer der Hoffnung“.", language="de")
    sentence = "nannte das Abkommen ein „Leuchtfeuer der Hoffnung“."
    by_name = _check(f"Guterres {sentence}", None, [article])
    assert (by_name.claimed_speaker, by_name.claimed_by, by_name.speaker_agrees) == ("Guterres", Span(0, 8), True)
    before = _check(f"Er {sentence}", None, [article], context="Guterres traf sie.")
    assert (before.claimed_speaker, before.claimed_by, before.speaker_agrees) == ("Guterres", Span(0, 2), True)
    other = _check(f"Er {sentence}", None, [article], context="Erdoğan ist Präsident.")
    assert (other.claimed_speaker, other.speaker_agrees) == ("Erdoğan", None)
    open_ = _check(f"Er {sentence}", None, [article], context="Erdoğan traf Guterres.")
    assert (open_.claimed_speaker, open_.speaker_agrees) == ("Er", None)


def _check(
    claim: str,
    by: str | None,
    articles: Sequence[Article],
    speeches: Sequence[Speech] = (),
    *,
    context: str = "",
) -> QuotationCheck:
    said = [Speech("", "direct", 0, len(claim), by)] if by else []
    texts = ListedTexts(articles, speeches)
    [found] = check_quotations(claim, language="de", texts=texts, said=said, context=context)
    return found


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
    assert [(place.citation.article_id, place.speaker, place.found_words) for place in found.others] == [
        ("welcome", "Olaf Scholz", "Wir werden niemals aufgeben")
    ]


def test_each_article_that_has_the_words_is_a_place_of_its_own_and_only_so_many_are_given() -> None:
    words = "Wir werden heute niemals wieder aufgeben"
    articles = [
        Article(f"{n:02}", f"Anfang. „{words}“, sagte Ina Muster. „{words}“.", language="de") for n in range(15)
    ]
    speeches = [speech(articles[3], words, "Ina Muster"), speech(articles[5], words, "Joe Biden")]
    found = _check(f"Muster: „{words}“", "Muster", articles, speeches)
    assert found.citation is not None
    assert (found.citation.article_id, found.speaker_agrees) == ("03", True)
    assert len({place.citation.article_id for place in found.places}) == len(found.places) == 10
    assert all(place.found_words == words for place in found.places)


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


def test_the_archive_says_who_said_it_where_the_claim_gives_it_to_another(open_archive: OpenArchive) -> None:
    archive = open_archive()
    archive.ingest([CALL, WELCOME])
    found = archive.find("„Wir werden niemals aufgeben“, sagte Sergej Lawrow.")
    look_up = quotations_in(archive._store, archive._index, None)
    [claim] = read_claims("„Das war sehr bewegend. Wir freuen uns“, sagte Lawrow.")
    (said,) = look_up(claim, found)
    assert (said.claimed_speaker, said.speaker, said.speaker_agrees) == ("Lawrow", "Scholz", None)
    [claim] = read_claims("Er sagte: „nie wieder Krieg“.")
    (kept_out,) = quotations_in(archive._store, archive._index, ["welcome"])(claim, found)
    assert (kept_out.status, kept_out.claimed_speaker) == ("absent", "Er")
