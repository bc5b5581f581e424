"""An evidence pack -> Markdown, in the language of the claim or question.

Whatever an article, a claim or a setting gives is shown as text: nothing in it can begin a heading, a link or a table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from rag.pack.escape import as_address, as_text
from rag.pack.pack import Pack, PackedArticle, PackedQuotation
from rag.pack.wording import finding_sides, long_date, quotation_edits, speaker_line, utc_time, wording
from rag.text.word_diff import Edit
from rag.types import Answer, Check, Evidence, Finding, IndependentSource, QuotationCheck
from rag.wording import capital

Wording = Mapping[str, str]


def to_markdown(pack: Pack) -> str:
    """The pack for a reader, the JSON beside it for `beleg verify`."""
    say = wording(pack.language)
    if pack.check:
        body = [f"# {say['claim_checked']}", *_check(pack, pack.check, None)]
    elif pack.answer:
        body = [f"# {say['question_asked']}", *_answer(pack, pack.answer)]
    else:
        body = []
    return "\n\n".join([*body, *_articles(pack), *_made(pack)]) + "\n"


def _check(pack: Pack, check: Check, part: int | None) -> Iterator[str]:
    say = wording(pack.language)
    yield f"> {as_text(check.claim)}"
    yield f"**{say['verdict']}: {capital(say[f'verdict.{check.verdict}'])}**"
    yield as_text(check.message)
    if check.judge != "findings":
        yield say["judged_by"].format(judge=as_text(check.judge))
    if check.undated:
        yield say["undated_articles"].format(count=check.undated)
    if check.parts:
        for number, piece in enumerate(check.parts):
            yield f"## {say['part'].format(number=number + 1)}"
            for block in _check(pack, piece, number):
                yield f"#{block}" if block.startswith("#") else block
        return
    if check.findings:
        yield f"## {say['findings']}"
        yield _finding_table(check.findings, say)
    if check.evidence:
        yield f"## {say['evidence']}"
        for one in check.evidence:
            yield from _evidence(pack, one, part)
    if check.quotes:
        yield f"## {say['quotations']}"
        for quote in check.quotes:
            yield from _quote(pack, quote, part)
    if check.sources:
        yield f"## {say['sources']}"
        yield _source_table(pack, check.sources)


def _evidence(pack: Pack, one: Evidence, part: int | None) -> Iterator[str]:
    say = wording(pack.language)
    citation = one.citation
    stance = capital(say[f"stance.{one.stance}"])
    yield f"### [{citation.marker}] {stance}: {as_text(citation.title or say['untitled'])}"
    yield f"> {as_text(citation.quote)}"
    notes = [say["corrects"]] if one.corrects else []
    notes += [say["said_by"].format(speaker=as_text(one.said_by))] if one.said_by else []
    notes += [_finding(finding, say) for finding in one.findings]
    held = _held(pack, part, citation.article_id, citation.start, citation.end)
    yield _list([*notes, *(_place(held, pack) if held else [])])


def _answer(pack: Pack, answer: Answer) -> Iterator[str]:
    say = wording(pack.language)
    yield f"> {as_text(answer.question)}"
    if answer.understood:
        yield f"{say['understood']} {as_text(answer.understood)}"
    yield f"## {say['abstained' if answer.abstained else 'answer']}"
    if answer.undated:
        yield say["undated_articles"].format(count=answer.undated)
    if answer.abstained:
        yield as_text(answer.text)
    for statement in answer.statements:
        yield f"{as_text(statement.text)} {''.join(f'[{marker}]' for marker in statement.citations)}".rstrip()
    cited = answer.nearest if answer.abstained else answer.citations
    if cited:
        yield f"## {say['nearest' if answer.abstained else 'evidence']}"
    for citation in cited:
        yield f"### [{citation.marker}] {as_text(citation.title or say['untitled'])}"
        yield f"> {as_text(citation.quote)}"
        held = _held(pack, None, citation.article_id, citation.start, citation.end)
        words = [f"**{as_text(citation.answer_text)}**"] if citation.answer_text else []
        yield _list([*words, *(_place(held, pack) if held else [])])


def _quote(pack: Pack, quote: QuotationCheck, part: int | None) -> Iterator[str]:
    say = wording(pack.language)
    quoted = say["quoted"].format(words=as_text(quote.text))
    yield f"### {capital(say[f'status.{quote.status}'])}: {quoted}"
    if quote.citation is None:
        return
    yield f"> {_edited(edits) if (edits := quotation_edits(quote)) else as_text(quote.citation.quote)}"
    notes = [] if edits else [_sides(one.claim_words, one.source_words, say, agrees=False) for one in quote.changes]
    notes += [as_text(speaker_line(quote, say))] if speaker_line(quote, say) else []
    span = quote.found or quote.citation
    held = _held(pack, part, quote.citation.article_id, span.start, span.end)
    held = held or _held(pack, part, quote.citation.article_id, quote.citation.start, quote.citation.end)
    yield _list([*notes, *(_place(held, pack) if held else [])])


def _finding_table(findings: Iterable[Finding], say: Wording) -> str:
    rows = [
        (
            capital(say[f"kind.{one.kind}"]),
            as_text(one.claim_words) or say["missing"],
            ("= " if one.agrees else "≠ ") + (as_text(one.source_words) or say["missing"]),
            f"[{one.marker}]",
        )
        for one in findings
    ]
    return _table([say["finding"], say["claim"], say["source"], say["cited"]], rows)


def _source_table(pack: Pack, sources: Iterable[IndependentSource]) -> str:
    say = wording(pack.language)
    articles = {article.id: article for article in pack.articles}
    rows = []
    for one in sources:
        known = [articles.get(article_id) for article_id in one.articles]
        outlets = {article.source for article in known if article}
        named = "; ".join(_outlet(articles.get(id), id, pack.language) for id in one.articles)
        note = f" ({say['one_text' if len(outlets) > 1 else 'one_outlet']})" if len(known) > 1 else ""
        markers = " ".join(f"[{marker}]" for marker in one.markers)
        rows.append((capital(say[f"stance.{one.stance}"]), named + note, markers))
    return _table([say["stance"], say["source"], say["cited"]], rows)


def _articles(pack: Pack) -> Iterator[str]:
    say = wording(pack.language)
    if not pack.articles:
        return
    yield f"## {say['articles']}"
    for article in pack.articles:
        yield f"### {as_text(article.title or say['untitled'])}"
        yield _list(
            [
                _outlet(article, article.id, pack.language),
                f"{say['address']}: {as_address(article.url) if article.url else say['unknown']}",
                f"{say['retrieved']}: {utc_time(article.retrieved, pack.language)}",
                f"ID: {as_text(article.id)}",
                f"{say['hash']}: {as_text(article.content_hash)}",
            ]
        )


def _made(pack: Pack) -> Iterator[str]:
    say = wording(pack.language)
    result = pack.check or pack.answer
    config = result.config if result else {}
    yield f"## {say['made']}"
    yield say["made_at"].format(time=utc_time(pack.made, pack.language), version=as_text(pack.version))
    settings = [f"{as_text(key)}: {as_text(value)}" for key, value in config.items() if key != "filters"]
    yield _list([f"{say['filters']}: {as_text(config.get('filters', '')) or say['none']}", *settings])
    yield say["how_to_verify"]


def _place(held: PackedQuotation, pack: Pack) -> list[str]:
    """Where the words stand, when that was published, and what stands around them."""
    say = wording(pack.language)
    article = next((one for one in pack.articles if one.id == held.article_id), None)
    place = say["characters"].format(id=as_text(held.article_id), start=held.start, end=held.end)
    lines = [_outlet(article, held.article_id, pack.language), f"{say['place']}: {place}"]
    if held.before.strip() or held.after.strip():
        around = f"… {as_text(held.before)} **{as_text(held.quote)}** {as_text(held.after)} …"
        lines.append(f"{say['context']}: {around}")
    return lines


def _outlet(article: PackedArticle | None, article_id: str, language: str) -> str:
    say = wording(language)
    if article is None:
        return as_text(article_id)
    return f"{as_text(article.source or say['no_source'])}, {long_date(article.published, language)}"


def _held(pack: Pack, part: int | None, article_id: str, start: int, end: int) -> PackedQuotation | None:
    wanted = (part, article_id, start, end)
    return next((one for one in pack.quotations if (one.part, one.article_id, one.start, one.end) == wanted), None)


def _finding(finding: Finding, say: Wording) -> str:
    sides = _sides(finding.claim_words, finding.source_words, say, agrees=finding.agrees)
    return f"{capital(say[f'kind.{finding.kind}'])}: {sides}"


def _sides(claim: str, source: str, say: Wording, *, agrees: bool) -> str:
    return finding_sides(as_text(claim), as_text(source), say, agrees=agrees)


def _edited(edits: Iterable[Edit]) -> str:
    """What the claim has struck out, what the source has in bold."""
    forms = {"same": "{}", "removed": "<del>{}</del>", "added": "<b>{}</b>"}
    return "".join(
        f"{' ' * edit.text[:1].isspace()}{forms[edit.kind].format(as_text(edit.text))}{' ' * edit.text[-1:].isspace()}"
        if edit.text.strip()
        else " "
        for edit in edits
    )


def _list(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _table(heads: list[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *(list(row) for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
