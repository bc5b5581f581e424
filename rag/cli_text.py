"""What `beleg` prints for a person, as text on lines. The terminal's control characters are escaped by the printing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rag.pack.verify import Verification, VerifiedFile, VerifiedQuotation
from rag.pack.wording import finding_sides, quotation_edits, speaker_line, utc_time, wording
from rag.text.word_diff import mark_edits
from rag.types import Answer, Article, Check, Citation, Draft, Evidence, Hit, IndependentSource, QuotationCheck, Stance
from rag.wording import capital, judge_name, names_judge, support_notes, writing_notes

Say = Mapping[str, str]

_STANCES: tuple[Stance, ...] = ("for", "against", "neither")
# What bears on a claim without deciding it is shown up to this many sentences; all of it is in the JSON.
_NEITHER_SHOWN = 3


def hit_lines(number: int, hit: Hit) -> str:
    return f"{number}. {_describe(hit.article)}  {hit.score:.2f}\n   {_line(hit.text)}"


def article_line(article: Article) -> str:
    return f"{article.published or '-'!s:<10}  {article.language or '?'}  {_describe(article)}"


def answer_lines(answer: Answer) -> str:
    cited = answer.nearest if answer.abstained else answer.citations
    heading = {"de": "Am nächsten kommt:", "en": "Nearest:"}[answer.language]
    understood = {"de": "Verstanden als:", "en": "Understood as:"}[answer.language]
    lines = [f"{understood} {answer.understood}", ""] if answer.understood else []
    for note in writing_notes(answer.fallback, answer.left_out, language=answer.language):
        lines += [note, ""]
    lines += [*_differing_lines(answer), *_said_lines(answer), ""] + ([heading] if answer.abstained and cited else [])
    lines += [_citation_line(citation, quoted=answer.abstained) for citation in cited]
    return "\n".join(lines).rstrip()


def draft_lines(draft: Draft) -> str:
    """What is written so far: the finished lines as the answer will have them, then the words of the next."""
    return "\n\n".join(part for part in (draft.text, f"{draft.pending} …".lstrip()) if part)


def check_lines(check: Check) -> str:
    """Verdict and message, then the evidence by stance, the quotations and the sources; of each part by itself."""
    say = wording(check.language)
    lines = [f"{say['verdict']}: {say[f'verdict.{check.verdict}']}", _line(check.message)]
    if names_judge(check):
        lines.append(say["judged_by"].format(judge=_line(judge_name(check, language=check.language))))
    for number, part in enumerate(check.parts, start=1):
        lines += ["", f"{number}. {_quoted(part.claim, say)}", *_indented(check_lines(part))]
    if not check.parts:
        for stance in _STANCES:
            lines += _stance_lines(check, stance, say)
        lines += _quotation_lines(check.quotes, say)
        lines += _source_lines(check, say)
    return "\n".join(lines)


def verified_file_lines(verified: VerifiedFile) -> str:
    """As `verification_lines`; of a conversation whether all holds and its name, and then of each turn by itself."""
    if verified.name is None:
        return "\n".join(map(verification_lines, verified.verifications))
    say = wording(verified.language)
    holds = sum(one.holds for one in verified.verifications)
    lines = [
        f"{say['all_hold' if verified.holds else 'not_all_hold']} "
        + say["turns_hold"].format(holds=holds, total=len(verified.verifications)),
        f"{_line(verified.name) or say['conversation']} ({utc_time(verified.made, verified.language)})",
    ]
    for one in verified.verifications:
        first, *others = verification_lines(one).split("\n")
        lines += ["", f"{one.number}. {first}", *_indented("\n".join(others))]
    return "\n".join(lines)


def verification_lines(verification: Verification) -> str:
    """Whether all holds, how many quotations do, and each that does not, with what it has become."""
    say = wording(verification.language)
    total = sum(verification.counts.values())
    lines = [
        f"{say['all_hold' if verification.holds else 'not_all_hold']} "
        + (say["counts"].format(**verification.counts) if total else say["no_quotations"]),
        f"{_line(verification.text)} ({verification.made:%Y-%m-%d %H:%M} UTC)",
        "",
    ]
    for one in verification.quotations:
        lines += _verified_lines(one, say)
    if verification.changed:
        lines += ["", f"{say['changed_fields']}:"]
    for field in verification.changed:
        then, now = (_line(value) or say["missing"] for value in (field.then, field.now))
        became = say["became"].format(then=then, now=now)
        lines.append(f"  {_line(field.article_id)}, {say[f'field.{field.field}']}: {became}")
    return "\n".join(lines).rstrip()


def _stance_lines(check: Check, stance: Stance, say: Say) -> list[str]:
    evidence = [one for one in check.evidence if one.stance == stance]
    shown = evidence[:_NEITHER_SHOWN] if stance == "neither" else evidence
    lines = ["", f"{capital(say[f'stance.{stance}'])}:"] if evidence else []
    for one in shown:
        lines += _evidence_lines(one, say)
    if len(evidence) > len(shown):
        lines.append(f"  {say['more'].format(count=len(evidence) - len(shown))}")
    return lines


def _evidence_lines(one: Evidence, say: Say) -> Iterator[str]:
    yield _citation_line(one.citation, quoted=False)
    yield f"      {_quoted(one.citation.quote, say)}"
    if one.said_by:
        yield f"      {say['said_by'].format(speaker=_line(one.said_by))}"
    if one.corrects:
        yield f"      {say['corrects']}"
    for finding in one.findings:
        sides = finding_sides(_line(finding.claim_words), _line(finding.source_words), say, agrees=finding.agrees)
        yield f"      {capital(say[f'kind.{finding.kind}'])}: {sides}"


def _quotation_lines(quotes: Sequence[QuotationCheck], say: Say) -> list[str]:
    lines = ["", f"{say['quotations']}:"] if quotes else []
    for quote in quotes:
        edits = quotation_edits(quote) if quote.status == "altered" else ()
        lines.append(f"  {say[f'status.{quote.status}']}: {_quoted(quote.text, say)}")
        lines += [f"      {_line(mark_edits(edits))}"] if edits else []
        for change in () if edits else quote.changes:
            sides = finding_sides(_line(change.claim_words), _line(change.source_words), say, agrees=False)
            lines.append(f"      {sides}")
        if speakers := speaker_line(quote, say):
            lines.append(f"      {_line(speakers)}")
        if quote.citation:
            lines.append(f"    {_citation_line(quote.citation, quoted=False)}")
    return lines


def _source_lines(check: Check, say: Say) -> list[str]:
    """How many independent sources each stance has, and which articles each is."""
    cited = {one.citation.article_id: one.citation for one in check.evidence}
    lines = ["", f"{say['sources']}:"] if check.sources else []
    for stance in _STANCES:
        sources = [source for source in check.sources if source.stance == stance]
        if sources:
            counted = say["independent_one" if len(sources) == 1 else "independent"].format(count=len(sources))
            lines.append(f"  {capital(say[f'stance.{stance}'])}: {counted}")
        lines += [f"    {_source_line(source, cited, say)}" for source in sources]
    return lines


def _source_line(source: IndependentSource, cited: Mapping[str, Citation], say: Say) -> str:
    articles = (_outlet(cited[one], say) if one in cited else _line(one) for one in source.articles)
    markers = " ".join(f"[{marker}]" for marker in source.markers)
    outlets = {cited[article].source for article in source.articles if article in cited}
    note = f" ({say['one_text' if len(outlets) > 1 else 'one_outlet']})" if len(source.articles) > 1 else ""
    return f"{'; '.join(articles)} {markers}{note}"


def _outlet(citation: Citation, say: Say) -> str:
    return _line(citation.source or say["no_source"], citation.published or say["undated"])


def _verified_lines(one: VerifiedQuotation, say: Say) -> Iterator[str]:
    place = f"{_line(one.article_id)}, {one.then.start}-{one.then.end}"
    part = f"{say['part'].format(number=one.part + 1)} " if one.part is not None else ""
    yield f"  {say[f'state.{one.state}']:<11} {part}[{one.marker}] {_quoted(one.quote, say)} ({place})"
    if one.state == "gone":
        yield f"      {say['no_article'].format(id=_line(one.article_id))}"
    if one.state == "moved" and one.now:
        yield f"      {say['now_at'].format(start=one.now.start, end=one.now.end)}"
    if one.state == "holds" and not one.same_text:
        yield f"      {say['other_text']}"
    if one.state == "changed":
        yield f"      {_line(mark_edits(one.edits)) if one.edits else say['no_closest']}"


def _said_lines(answer: Answer) -> list[str]:
    """The text as it is; of what a language model wrote, each statement with how far it is borne out."""
    if answer.engine != "generate" or answer.abstained:
        return [answer.text]
    lines: list[str] = []
    for one in answer.statements:
        lines += [f"{_line(one.text)} {''.join(f'[{marker}]' for marker in one.citations)}".rstrip()]
        lines += [f"    {_line(note)}" for note in support_notes(one, language=answer.language)]
    return lines


def _differing_lines(answer: Answer) -> list[str]:
    """Who gives which value, where the sources differ."""
    by_marker = {citation.marker: citation for citation in answer.citations}
    heading = {
        "de": "Die Quellen geben Verschiedenes an, die neueste zuerst:",
        "en": "The sources differ, the newest first:",
    }[answer.language]
    lines = []
    for citation in (by_marker[marker] for marker in answer.differing):
        value = citation.answer_text or citation.quote
        lines.append(f"  {_line(value, citation.source, citation.published)} [{citation.marker}]")
    return [heading, *lines, ""] if lines else []


def _citation_line(citation: Citation, *, quoted: bool) -> str:
    article = _line(citation.title, citation.source, citation.published, citation.url)
    where = f"{_line(citation.article_id)}, {citation.start}-{citation.end}"
    quote = f"\n      {_line(citation.quote)}" if quoted else ""
    words = f": {_line(citation.answer_text)}" if citation.answer_text else ""
    return f"  [{citation.marker}] {article} ({where}){words}{quote}"


def _describe(article: Article) -> str:
    return f"{_line(article.id)}  {_line(article.title, article.source)}".rstrip()


def _quoted(words: str, say: Say) -> str:
    return say["quoted"].format(words=_line(words))


def _indented(lines: str) -> Iterator[str]:
    return (f"   {line}".rstrip() for line in lines.split("\n"))


def _line(*parts: object) -> str:
    """What there is of the parts on one line: no article begins a line of its own."""
    return " · ".join(" ".join(str(part).split()) for part in parts if part)
