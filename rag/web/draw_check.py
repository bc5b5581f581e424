"""A Check -> HTML: the verdict, the claim's words against the sources', and who says what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from rag.text.language import Language
from rag.types import (
    Check,
    Evidence,
    Finding,
    FindingKind,
    QuotationCheck,
    QuotationStatus,
    Span,
    Stance,
    Verdict,
)
from rag.web.card import Shelf, draw_cards
from rag.web.draw_sources import draw_sources
from rag.web.markup import (
    Cited,
    Tools,
    Words,
    draw_beside,
    draw_markers,
    draw_section,
    draw_text,
    draw_words,
    name_source,
    no_tools,
)
from rag.web.wording import WORDING
from rag.wording import FINDING_KINDS, QUOTATION_STATUSES, STANCES, VERDICTS, capital, judge_name, names_judge

# So many sentences are set against the claim; the others are in the table of sources.
_SET_AGAINST = 3
_DECIDING: dict[Verdict, tuple[Stance, ...]] = {
    "supported": ("for",),
    "refuted": ("against",),
    "conflicting": ("against", "for"),
    "not_enough_evidence": (),
}
_ICONS: dict[Verdict | QuotationStatus, str] = {
    "supported": "✓",
    "refuted": "✗",
    "conflicting": "⇄",
    "not_enough_evidence": "?",
    "exact": "✓",
    "altered": "≠",
    "absent": "?",
}

Numbered = Mapping[int, Cited]


def draw_check(check: Check, *, turn: int, language: Language, tools: Tools = no_tools) -> str:
    """The check for the conversation. Of a text of several claims, each part by itself under the text.

    `tools` draws what stands beside a claim, by its number among the parts.
    """
    if not check.parts:
        drawn = _one(check, _numbered(check, language, anchor=f"t{turn}"), language, tools(0))
        return f'<div class="fact-check {check.verdict}">{_verdict(check, language, as_claim=True)}{drawn}</div>'
    parts = "".join(
        f'<div class="part {part.verdict}">{_verdict(part, language, number=number)}'
        f"{_one(part, _part_numbered(part, language, turn, number), language, tools(number - 1))}</div>"
        for number, part in enumerate(check.parts, start=1)
    )
    whole = f"{_verdict(check, language, as_claim=True)}{_message(check)}{_given(check)}"
    return f'<div class="fact-check whole">{whole}{parts}</div>'


def draw_check_evidence(check: Check, articles: Shelf, *, turn: int, language: Language) -> str:
    """The cards of the articles that bear on the claim, of each part in turn."""
    if check.parts:
        cards = "".join(
            f'<p class="of-part" dir="auto">{number}. {draw_text(part.claim)}</p>'
            f"{draw_cards(_part_numbered(part, language, turn, number).values(), articles, language)}"
            for number, part in enumerate(check.parts, start=1)
        )
    else:
        cards = draw_cards(cited_in_check(check, turn=turn, language=language), articles, language)
    near = check.verdict == "not_enough_evidence" and not check.parts
    said = "nothing_for" if not cards else "nearest_for" if near else "evidence_for"
    heading = WORDING[language][said].format(question=check.claim)
    kind = "near" if near else "cited"
    return draw_section(kind, f'<h2 dir="auto">{draw_text(heading)}</h2>{cards}', language=language)


def cited_in_check(check: Check, *, turn: int, language: Language) -> list[Cited]:
    """What the check of a claim, or of each claim of a text, cites, as it is drawn."""
    if not check.parts:
        return list(_numbered(check, language, anchor=f"t{turn}").values())
    return [
        one
        for number, part in enumerate(check.parts, start=1)
        for one in _part_numbered(part, language, turn, number).values()
    ]


def _verdict(check: Check, language: Language, *, number: int | None = None, as_claim: bool = False) -> str:
    wording = WORDING[language]
    icon = f'<span class="icon">{_ICONS[check.verdict]}</span>'
    before = f"{number}. " if number else ""
    kind = f' <span class="as-claim">{wording["as_claim"]}</span>' if as_claim else ""
    said = capital(VERDICTS[language][check.verdict])
    return f'<p class="verdict {check.verdict}">{before}{icon} <b>{said}</b>{kind}</p>'


def _message(check: Check) -> str:
    """With what would be obeyed escaped: a mark of direction in the claim's words would turn ours round."""
    return f'<p class="message" dir="auto">{draw_beside(check.message)}</p>' if check.message else ""


def _given(check: Check) -> str:
    """The text that was given, each part in it with its number and its verdict's sign."""
    pieces, at = [], 0
    for number, part in enumerate(check.parts, start=1):
        start, end = part.start - check.start, part.end - check.start
        if at <= start and check.claim[start:end] == part.claim:
            label = f'<sup class="{part.verdict}">{number}&#160;{_ICONS[part.verdict]}</sup>'
            marked = f'<span class="part-text {part.verdict}">{draw_beside(part.claim)}</span>'
            pieces += [draw_beside(check.claim[at:start]), marked, label]
            at = end
    return f'<p class="given" dir="auto">{"".join(pieces)}{draw_beside(check.claim[at:])}</p>'


def _one(check: Check, cited: Numbered, language: Language, tools: str) -> str:
    """A check of one claim below its verdict."""
    wording = WORDING[language]
    deciding = _deciding(check)
    against = "".join(_versus(check, one, cited[one.citation.marker], language) for one in deciding[:_SET_AGAINST])
    more = f'<p class="more">{wording["more"]}</p>' if len(deciding) > _SET_AGAINST else ""
    quotations = "".join(_quotation(one, cited, language) for one in check.quotes)
    sources = draw_sources(check, cited, language=language)
    judge = ""
    if names_judge(check):
        judge = f'<p class="judge">{draw_text(wording["judge"].format(judge=judge_name(check, language=language)))}</p>'
    below = f'<div class="below">{tools}</div>' if tools else ""
    return f"{_message(check)}{quotations}{against}{more}{sources}{judge}{below}"


def _deciding(check: Check) -> list[Evidence]:
    """The evidence to set against the claim: of each independent source the first, those with deciding findings first.

    Without what only a quotation's check says, which is drawn by itself.
    """
    markers = {finding.marker for finding in check.findings}
    first = {source.markers[0] for source in check.sources if source.markers}
    quoted = {one.citation.marker for one in check.quotes if one.citation}
    wanted = _DECIDING[check.verdict]
    found = [
        one
        for stance in wanted
        for one in check.evidence
        if one.stance == stance
        and (not first or one.citation.marker in first)
        and not (one.citation.marker in quoted and not _findings(check, one))
    ]
    return sorted(found, key=lambda one: one.citation.marker not in markers) if len(wanted) == 1 else found


def _findings(check: Check, evidence: Evidence) -> list[Finding]:
    """Of this evidence those that decided, else all; those that differ first; not what a quotation's check says."""
    quoted = {one.citation.marker for one in check.quotes if one.citation}
    marker = evidence.citation.marker
    decided = [finding for finding in check.findings if finding.marker == marker]
    own = {"quotation", "speaker"} if marker in quoted else set()
    return sorted((f for f in decided or evidence.findings if f.kind not in own), key=lambda f: f.agrees)


def _versus(check: Check, evidence: Evidence, cited: Cited, language: Language) -> str:
    """The claim's words against a sentence's, and each finding in words."""
    wording = WORDING[language]
    findings = _findings(check, evidence)
    claim = draw_words(check.claim, _claim_words(check, findings), tag="mark")
    source = draw_words(
        cited.citation.quote, _source_words(evidence, findings), tag="mark", offset=cited.citation.start
    )
    lines = "".join(_finding(finding, cited, language) for finding in findings)
    notes = [name_source(cited.citation, language)]
    notes += [wording["said_by"].format(speaker=evidence.said_by)] if evidence.said_by else []
    notes += [wording["corrects"]] if evidence.corrects else []
    return (
        f'<div class="versus {evidence.stance}">'
        f"{_rows((wording['claim'], claim), (wording['source'] + draw_markers([cited]), source))}"
        f"{f'<ul class={chr(34)}findings{chr(34)}>{lines}</ul>' if lines else ''}"
        f'<p class="sources">{draw_beside(" · ".join(notes))}</p></div>'
    )


def _finding(finding: Finding, cited: Cited, language: Language) -> str:
    wording = WORDING[language]
    claim, source = (draw_beside(words) or f"<i>{wording['missing']}</i>" for words in _both(finding))
    kind, sign = ("agree", "=") if finding.agrees else ("differ", "≠")
    return (
        f'<li class="{kind}" dir="auto"><span class="kind">{_kind(finding.kind, language)}:</span> <b>{claim}</b> '
        f'<span class="sign">{sign}</span> <b>{source}</b>{draw_markers([cited])}</li>'
    )


def _kind(kind: FindingKind, language: Language) -> str:
    return capital(FINDING_KINDS[language][kind])


def _both(finding: Finding) -> tuple[str, str]:
    return finding.claim_words, finding.source_words


def _quotation(quotation: QuotationCheck, cited: Numbered, language: Language) -> str:
    """A quotation, whether it stands so, what differs, and who said it."""
    wording = WORDING[language]
    found = cited.get(quotation.citation.marker) if quotation.citation else None
    icon = f'<span class="icon">{_ICONS["altered" if quotation.speaker_agrees is False else quotation.status]}</span>'
    marker = draw_markers([found]) if found else ""
    beside = "" if quotation.status == "altered" else marker
    status = f"{_kind('quotation', language)} {QUOTATION_STATUSES[language][quotation.status]}"
    head = f'<p class="status">{icon} <b>{status}</b>{beside}</p>'
    left_out = [Words(c.claim.start, c.claim.end) for c in quotation.changes if c.claim]
    rows = [(wording["claim"], draw_words(quotation.text, left_out, tag="del", offset=quotation.start))]
    if found and quotation.status == "altered":
        text, start = _found_text(quotation, found)
        put_in = [Words(c.source.start, c.source.end) for c in quotation.changes if c.source]
        rows.append((wording["source"] + marker, draw_words(text, put_in, tag="ins", offset=start)))
    notes = [name_source(found.citation, language)] if found else []
    if quotation.speaker and quotation.speaker_agrees is not False:
        notes.append(wording["said_by"].format(speaker=quotation.speaker))
    speaker = _speaker(quotation, marker, language) if quotation.speaker_agrees is False else ""
    about = f'<p class="sources">{draw_beside(" · ".join(notes))}</p>' if notes else ""
    look = "misattributed" if quotation.speaker_agrees is False else quotation.status  # a wrong speaker is never green
    return f'<div class="quotation {look}">{head}{_rows(*rows)}{speaker}{about}</div>'


def _speaker(quotation: QuotationCheck, marker: str, language: Language) -> str:
    claimed, said = (draw_beside(name or "") for name in (quotation.claimed_speaker, quotation.speaker))
    return (
        f'<ul class="findings"><li class="differ" dir="auto"><span class="kind">{_kind("speaker", language)}:</span> '
        f'<b>{claimed}</b> <span class="sign">≠</span> <b>{said}</b>{marker}</li></ul>'
    )


def _found_text(quotation: QuotationCheck, found: Cited) -> tuple[str, int]:
    """The words that were found and where they begin; the cited sentence where they reach beyond it."""
    citation, span = found.citation, quotation.found
    if span and citation.start <= span.start < span.end <= citation.end:
        return citation.quote[span.start - citation.start : span.end - citation.start], span.start
    return citation.quote, citation.start


def _rows(*rows: tuple[str, str]) -> str:
    """Drawn labels and drawn texts, side by side."""
    drawn = "".join(f'<tr><th scope="row">{label}</th><td dir="auto">{text}</td></tr>' for label, text in rows)
    return f'<table class="side-by-side"><tbody>{drawn}</tbody></table>'


def _claim_words(check: Check, findings: Sequence[Finding]) -> list[Words]:
    """Those of the findings that stand in the claim where they say."""
    return [
        Words(span.start, span.end, "agree" if finding.agrees else "differ")
        for finding in findings
        if (span := finding.claim) and check.claim[span.start : span.end] == finding.claim_words
    ]


def _source_words(evidence: Evidence, findings: Sequence[Finding]) -> list[Words]:
    """Those of the findings that stand in the cited sentence where they say.

    Of a sentence that speaks neither way they are shown, but neither as agreeing nor as differing.
    """
    kinds = {True: "agree", False: "differ"} if evidence.stance != "neither" else {}
    return [
        Words(span.start, span.end, kinds.get(finding.agrees, ""))
        for finding in findings
        if (span := finding.source) and _stands(evidence, span, finding.source_words)
    ]


def _stands(evidence: Evidence, span: Span, words: str) -> bool:
    citation = evidence.citation
    within = citation.start <= span.start < span.end <= citation.end
    return within and citation.quote[span.start - citation.start : span.end - citation.start] == words


def _part_numbered(part: Check, language: Language, turn: int, number: int) -> Numbered:
    """Each part has markers of its own: the second part's first is 2.1."""
    return _numbered(part, language, anchor=f"t{turn}-p{number}", before=f"{number}.")


def _numbered(check: Check, language: Language, *, anchor: str, before: str = "") -> Numbered:
    """What a check of one claim cites, by marker, as it is drawn: the evidence first, then where quotations stand."""
    numbered: dict[int, Cited] = {}
    for one in check.evidence:
        marker, words = one.citation.marker, tuple(_source_words(one, _findings(check, one)))
        note = STANCES[language][one.stance]
        numbered[marker] = Cited(one.citation, f"{anchor}-c{marker}", f"{before}{marker}", words, one.stance, note)
    for quotation in check.quotes:
        if quotation.citation:
            marker = quotation.citation.marker
            plain = Cited(quotation.citation, f"{anchor}-c{marker}", f"{before}{marker}", kind="quoted")
            known = numbered.get(marker, plain)
            numbered[marker] = replace(known, words=(*_quoted_words(quotation), *known.words))
    return numbered


def _quoted_words(quotation: QuotationCheck) -> Iterator[Words]:
    for change in quotation.changes:
        if change.source:
            yield Words(change.source.start, change.source.end, "differ")
    if quotation.found and not quotation.changes:
        yield Words(quotation.found.start, quotation.found.end, "agree")
