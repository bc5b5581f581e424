"""A text to check, from end to end over a small archive."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

import pytest

from rag.archive import Archive
from rag.check.check import Library, check_claims
from rag.check.judge import DenialJudge
from rag.check.wording import message
from rag.errors import IndexMismatch, InputError
from rag.models.embedder import HashEmbedder
from rag.types import Article, Check, Citation, Filters
from tests.conftest import OpenArchive

AGENCY = Article(
    "agentur",
    "Außenminister Lawrow und UN-Generalsekretär Guterres haben am Freitag miteinander gesprochen. Das Telefonat "
    "dauerte rund 25 Minuten. Guterres nannte es „ein offenes und direktes Gespräch“. Lawrow äußerte sich nicht.",
    title="Lawrow und Guterres telefonieren",
    source="Beispiel-Agentur",
    published=date(2022, 7, 29),
    language="de",
)
PAPER = Article(
    "zeitung", AGENCY.text, title="Ein Telefonat", source="Beispiel-Zeitung", published=date(2022, 7, 30), language="de"
)
RADIO = Article(
    "rundfunk",
    "Das Telefonat von Lawrow und Guterres dauerte 40 Minuten. Im Hafen von Odesa lief ein Schiff aus.",
    source="Beispiel-Rundfunk",
    published=date(2022, 7, 30),
    language="de",
)


@pytest.fixture
def archive(open_archive: OpenArchive) -> Archive:
    archive = open_archive()
    archive.ingest([AGENCY, PAPER])
    return archive


def holds(archive: Archive, check: Check) -> None:
    """Every span of a check and of its parts lies where it says."""

    def cited(citation: Citation) -> str:
        article = archive.article(citation.article_id)
        assert article.text[citation.start : citation.end] == citation.quote
        assert citation.content_hash == article.content_hash
        return article.text

    for part in check.parts:
        assert check.claim[part.start - check.start : part.end - check.start] == part.claim
        holds(archive, part)
    for quote in check.quotes:
        assert check.claim[quote.start : quote.end] == quote.text
        assert (quote.citation is None) == (quote.found is None) == (quote.status == "absent")
        for place in quote.places:
            assert cited(place.citation)[place.found.start : place.found.end] == place.found_words
        for change in quote.changes:
            assert change.claim is None or check.claim[change.claim.start : change.claim.end] == change.claim_words
        if quote.citation and quote.found:
            text = cited(quote.citation)
            found = text[quote.found.start : quote.found.end]
            assert quote.citation.start <= quote.found.start < quote.citation.end
            assert found == quote.text if quote.status == "exact" else found != quote.text
            for change in quote.changes:
                assert change.source is None or text[change.source.start : change.source.end] == change.source_words
    for one in check.evidence:
        text = cited(one.citation)
        for finding in one.findings:
            assert finding.marker == one.citation.marker
            if finding.claim:
                assert check.claim[finding.claim.start : finding.claim.end] == finding.claim_words
            if finding.source:
                assert text[finding.source.start : finding.source.end] == finding.source_words


def test_a_claim_is_supported_and_one_text_in_two_papers_is_one_source(archive: Archive):
    check = archive.check("Das Telefonat dauerte 25 Minuten.")
    assert check.verdict == "supported"
    [source] = [one for one in check.sources if one.stance == "for"]
    assert set(source.articles) == {"agentur", "zeitung"}
    assert check.message == "Belegt durch eine Quelle."
    holds(archive, check)


def test_a_claim_is_refuted_with_the_words_of_both_sides(archive: Archive):
    check = archive.check("Das Telefonat dauerte 45 Minuten.")
    assert check.verdict == "refuted"
    assert {(one.claim_words, one.source_words) for one in check.findings} == {("45 Minuten", "rund 25 Minuten")}
    holds(archive, check)


def test_articles_that_differ_conflict_the_newest_first(archive: Archive):
    archive.ingest([RADIO])
    check = archive.check("Das Telefonat von Lawrow und Guterres dauerte 40 Minuten.")
    assert check.verdict == "conflicting"
    assert [one.citation.article_id for one in check.evidence if one.stance != "neither"] == [
        "rundfunk", "zeitung", "agentur"
    ]  # fmt: skip
    holds(archive, check)


def test_quotations_are_looked_up_with_who_said_them(archive: Archive):
    right = archive.check("Guterres nannte das Telefonat „ein offenes und direktes Gespräch“.")
    assert (right.verdict, right.quotes[0].status) == ("supported", "exact")
    assert {place.citation.article_id for place in right.quotes[0].places} == {"agentur", "zeitung"}
    altered = archive.check("Guterres nannte das Telefonat „ein offenes und herzliches Gespräch“.")
    assert (altered.verdict, altered.quotes[0].status) == ("refuted", "altered")
    assert [(one.claim_words, one.source_words) for one in altered.quotes[0].changes] == [("herzliches", "direktes")]
    absent = archive.check("Guterres sagte: „Der Frühling kommt bald wieder“.")
    assert (absent.verdict, absent.reason) == ("not_enough_evidence", "quotation_absent")
    for check in (right, altered, absent):
        holds(archive, check)


def test_a_quotations_marker_is_that_of_its_evidence(archive: Archive):
    check = archive.check("Guterres nannte das Telefonat „ein offenes und direktes Gespräch“.")
    [quote] = check.quotes
    [shown] = [one for one in check.evidence if one.citation.marker == quote.citation.marker]
    assert (shown.citation.article_id, shown.citation.start) == (quote.citation.article_id, quote.citation.start)


def test_a_topic_that_the_archive_lacks_stays_open(archive: Archive):
    check = archive.check("Die Inflation in Portugal stieg 1987 auf 12 Prozent.")
    assert (check.verdict, check.reason) == ("not_enough_evidence", "nothing_on_topic")
    assert check.confidence is None


def test_a_text_of_several_claims_is_checked_part_by_part(archive: Archive):
    text = "  Das Telefonat dauerte 25 Minuten. Das Telefonat dauerte 45 Minuten. Das finde ich gut.\n"
    check = archive.check(text)
    assert [part.verdict for part in check.parts] == ["supported", "refuted", "not_enough_evidence"]
    assert check.parts[2].reason == "opinion"
    assert check.verdict == "refuted"
    assert all(text[part.start : part.end] == part.claim for part in check.parts)
    assert text[check.start : check.end] == check.claim == text.strip()
    holds(archive, check)


def test_the_spans_of_quotations_hold_in_every_part(archive: Archive):
    text = (
        "Das Telefonat dauerte 25 Minuten.\n\nGuterres nannte es „ein offenes und herzliches Gespräch“. "
        "Beispiel sprach von einem „direkten Gespräch“. Beispiel nannte es „ein offenes und direktes Gespräch“."
    )
    check = archive.check(text)
    statuses = [quote.status for part in check.parts for quote in part.quotes]
    assert {"altered", "exact"} <= set(statuses)
    holds(archive, check)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Wie lange dauerte das Telefonat?", "question"),
        ("Odesa ist schön.", "opinion"),
        ("Le chat est sur la table et il dort.", "not_understood"),
        ("Rosa Beispiel", "no_claim"),
    ],
)
def test_what_is_no_claim_is_told_so(archive: Archive, text: str, reason: str):
    check = archive.check(text)
    assert (check.verdict, check.reason, check.evidence) == ("not_enough_evidence", reason, ())
    assert check.message == message("not_enough_evidence", check.reason, (), (), language="de")


@pytest.mark.parametrize("text", ["", " \n", "x" * 10_001, "Das \ud800 Telefonat dauerte 25 Minuten."])
def test_what_cannot_be_used_is_refused(archive: Archive, text: str):
    with pytest.raises(InputError):
        archive.check(text)


def test_what_cannot_be_checked_opens_no_index(open_archive: OpenArchive):
    archive = open_archive()
    archive.ingest([AGENCY])
    archive.close()
    other = open_archive(embedder=HashEmbedder("another-model"))
    with pytest.raises(InputError, match="empty"):
        other.check("")
    assert other.check("Wie lange dauerte das Telefonat?").reason == "question"
    with pytest.raises(IndexMismatch):
        other.check("Das Telefonat dauerte 25 Minuten.")


def test_unbalanced_marks_and_five_thousand_characters_get_an_answer(archive: Archive):
    unbalanced = archive.check("Guterres sagte: „Das Telefonat dauerte 45 Minuten.")
    assert unbalanced.verdict in {"refuted", "not_enough_evidence"}
    holds(archive, unbalanced)
    long = archive.check("Das Telefonat dauerte 45 Minuten. " * 147)
    assert long.verdict == "refuted"
    assert len(long.parts) == 147
    assert archive.check("a" * 5_000).verdict == "not_enough_evidence"


def test_an_empty_archive_and_filters_that_leave_nothing_say_so(open_archive: OpenArchive):
    archive = open_archive()
    claim = "Das Telefonat dauerte 25 Minuten."
    assert archive.check(claim).reason == "empty_archive"
    archive.ingest([AGENCY])
    outside = archive.check(claim, since=date(2023, 1, 1))
    assert (outside.verdict, outside.reason) == ("not_enough_evidence", "outside_filters")


def test_articles_without_a_date_are_counted_that_a_date_filter_leaves_out(archive: Archive):
    archive.ingest([Article("undatiert", "Das Telefonat dauerte 40 Minuten.", language="de")])
    assert archive.check("Das Telefonat dauerte 25 Minuten.", since=date(2022, 1, 1)).undated == 1


def test_a_judge_decides_the_stance_and_is_named(open_archive: OpenArchive):
    archive = open_archive(judge="denial")
    archive.ingest([AGENCY])
    check = archive.check("Lawrow äußerte sich.")
    assert (check.verdict, check.judge) == ("refuted", DenialJudge.fingerprint)
    assert check.config["judge"] == DenialJudge.fingerprint


def test_what_decided_is_in_the_config(archive: Archive):
    check = archive.check("Das Telefonat dauerte 25 Minuten.", source="Beispiel-Agentur")
    assert check.config["filters"] == "source=Beispiel-Agentur"
    assert check.config["model"] == archive.embedder.fingerprint
    assert check.config["weights"] == archive.weights.fingerprint
    assert check.judge == "findings"


def test_an_english_claim_is_checked_in_german_articles_and_answered_in_english(open_archive: OpenArchive):
    archive = open_archive()
    text = "Präsident Otto Muster traf am 1. August 2022 in Ankara Ministerin Rosa Beispiel."
    archive.ingest([Article("treffen", text, language="de")])
    wrong = archive.check("President Otto Muster met Rosa Beispiel in Ankara on 3 August 2022.")
    assert (wrong.language, wrong.verdict) == ("en", "refuted")
    assert wrong.message == "Refuted by one source: time “3 August 2022”, in the source “1. August 2022”."
    right = archive.check("President Otto Muster met Rosa Beispiel in Ankara on 1 August 2022.")
    assert right.verdict in {"supported", "not_enough_evidence"}
    [found] = right.evidence
    assert ("date", True, "1. August 2022") in {(one.kind, one.agrees, one.source_words) for one in found.findings}
    for check in (right, wrong):
        holds(archive, check)


def test_threads_may_check_while_another_takes_in_and_deletes(archive: Archive):
    text = "Das Telefonat dauerte 25 Minuten. Das Telefonat dauerte 45 Minuten. Muster äußerte sich nicht."

    def check() -> list[Check]:
        return [archive.check(text) for _ in range(4)]

    def change() -> list[Check]:
        for number in range(6):
            other = Article(f"neu-{number}", f"Im Hafen von Odesa liefen {number} Schiffe aus.", language="de")
            archive.ingest([other, replace(PAPER, text=f"{PAPER.text} Stand {number}.")])
            archive.delete(f"neu-{number}")
        return []

    with ThreadPoolExecutor(3) as threads:
        work = [threads.submit(one) for one in (check, check, change)]
        checks = [one for done in work for one in done.result()]
    assert len(checks) == 8
    for one in checks:
        assert [part.claim for part in one.parts] == [text[part.start : part.end] for part in one.parts]
        assert [part.verdict for part in one.parts[:2]] == ["supported", "refuted"]


def test_the_archive_is_lent_for_one_claim_at_a_time_and_only_for_what_can_be_checked(archive: Archive):
    seen: list[str] = []

    @contextmanager
    def library() -> Iterator[Library]:
        seen.append("lent")
        with archive._library(Filters(), archive.weights) as lent:
            yield lent
        seen.append("given back")

    check = check_claims("Das Telefonat dauerte 25 Minuten. Das finde ich gut. Muster schwieg am Freitag.", library)
    assert [part.reason == "opinion" for part in check.parts] == [False, True, False]
    assert seen == ["lent", "given back"] * 2


SAID = "„Wir werden das Abkommen noch heute in vollem Umfang unterzeichnen“, sagte Anna Holm am {} in {}."
MAY = [
    Article(f"mai-{n}", SAID.format(day, place), source=f"Blatt {n}", published=date(2022, 5, 5), language="de")
    for n, (day, place) in enumerate([("3. Mai 2022", "Berlin"), ("4. Mai 2022", "Berlin"), ("3. Mai 2022", "Bonn")])
]


def test_articles_with_one_quotation_and_different_dates_conflict(open_archive: OpenArchive):
    archive = open_archive()
    archive.ingest(MAY[:2])
    check = archive.check(SAID.format("3. Mai 2022", "Berlin"))
    assert check.verdict == "conflicting"
    assert {one.citation.article_id: one.stance for one in check.evidence} == {"mai-0": "for", "mai-1": "against"}
    holds(archive, check)


def test_only_the_articles_that_have_the_rest_of_the_claim_too_are_its_sources(open_archive: OpenArchive):
    archive = open_archive()
    archive.ingest([MAY[0], MAY[2]])
    check = archive.check(SAID.format("3. Mai 2022", "Bonn"))
    assert [one.citation.article_id for one in check.evidence if one.stance == "for"] == ["mai-2"]
    assert {place.citation.article_id for place in check.quotes[0].places} == {"mai-0", "mai-2"}
    markers = {one.citation.article_id: one.citation.marker for one in check.evidence}
    assert all(place.citation.marker == markers[place.citation.article_id] for place in check.quotes[0].places)
    holds(archive, check)


def test_few_words_that_anybody_says_refute_nothing_and_are_said_by_whom_it_says(open_archive: OpenArchive):
    archive = open_archive()
    archive.ingest([Article("spiel", "„Ich freue mich“, sagte der Stürmer Thomas Müller.", language="de")])
    assert archive.check("„Ich freue mich“, sagte Angela Merkel.").verdict == "not_enough_evidence"


@pytest.mark.parametrize("before", ["", "Tayyip Erdoğan ist Präsident. ", "Erdoğan traf Guterres. "])
def test_words_that_a_pronoun_says_are_not_borne_out_by_anothers(open_archive: OpenArchive, before: str):
    archive = open_archive()
    text = "Guterres traf Tayyip Erdoğan. Guterres nannte das Abkommen ein „Leuchtfeuer der Hoffnung“."
    archive.ingest([Article("abkommen", text, language="de")])
    check = archive.check(f"{before}Er nannte das Abkommen ein „Leuchtfeuer der Hoffnung“.")
    last = check.parts[-1] if check.parts else check
    assert last.verdict == "not_enough_evidence"
    named = archive.check("Guterres traf Erdoğan. Guterres nannte das Abkommen ein „Leuchtfeuer der Hoffnung“.")
    assert named.parts[-1].verdict == "supported"


def test_a_quotation_over_two_sentences_is_shown_where_it_stands(open_archive: OpenArchive):
    archive = open_archive()
    archive.ingest(
        [Article("a", "„Das war sehr bewegend. Wir freuen uns alle“, sagte Scholz am Abend.", language="de")]
    )
    check = archive.check("„Das war sehr bewegend. Wir freuen uns alle“, sagte Scholz.")
    assert check.verdict == "supported"
    holds(archive, check)


def test_a_quotation_that_is_only_told_in_other_words_is_said_to_be(open_archive: OpenArchive):
    archive = open_archive()
    text = "Die Regierung werde einen solchen Schritt ihres Nachbarn niemals anerkennen, sagte Rosa Beispiel."
    archive.ingest([Article("a", text, language="de")])
    check = archive.check(
        "Beispiel sagte: „Die Regierung wird einen solchen Schritt ihres Nachbarn niemals anerkennen“."
    )
    assert (check.verdict, check.reason) == ("not_enough_evidence", "quotation_reworded")
    assert "eigenen Worten" in check.message
