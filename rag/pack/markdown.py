"""An evidence pack -> Markdown, in the language of the claim or question; of a conversation, turn by turn.

Whatever an article, a claim, a setting or a person gives is shown as text: nothing in it can begin a heading, a link or
a table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from rag.pack.escape import as_address, as_text
from rag.pack.pack import AnyPack, ConversationPack, Pack, PackedArticle, PackedQuotation
from rag.pack.wording import finding_sides, long_date, quotation_edits, review_line, speaker_line, utc_time, wording
from rag.text.word_diff import Edit
from rag.types import Answer, Check, Evidence, Finding, IndependentSource, QuotationCheck, Span
from rag.wording import capital, judge_name, names_judge, support_notes, writing_notes

Wording = Mapping[str, str]


def to_markdown(pack: AnyPack) -> str:
    """The pack for a reader, the JSON beside it for `beleg verify`.

    Of a conversation, its name is the title, each turn is as a pack by itself but a level of headings lower, and the
    articles of all turns stand once, behind them.
    """
    blocks = _conversation(pack) if isinstance(pack, ConversationPack) else _single(pack)
    return "\n\n".join(blocks) + "\n"


def _single(pack: Pack) -> Iterator[str]:
    say = wording(pack.language)
    yield from _result(pack)
    yield from _articles(pack.articles, pack.language)
    yield from _made(pack)
    yield say["how_to_verify"]


def _conversation(conversation: ConversationPack) -> Iterator[str]:
    say = wording(conversation.language)
    yield f"# {as_text(conversation.name) or say['conversation']}"
    for number, pack in conversation.numbered:
        heading, *blocks = _lower([*_result(pack), *_made(pack)])
        yield heading.replace("## ", f"## {number}. ", 1)
        yield from blocks
    yield from _articles(conversation.articles, conversation.language)
    yield f"## {say['made']}"
    yield _made_at(conversation)
    yield say["how_to_verify"]


def _lower(blocks: Iterable[str]) -> Iterator[str]:
    """With their headings one level lower: nothing else begins with their sign, which is escaped in all texts."""
    return (f"#{block}" if block.startswith("#") else block for block in blocks)


def _result(pack: Pack) -> Iterator[str]:
    say = wording(pack.language)
    if pack.check:
        yield f"# {say['claim_checked']}"
        yield from _check(pack, pack.check, None)
    elif pack.answer:
        yield f"# {say['question_asked']}"
        yield from _answer(pack, pack.answer)


def _check(pack: Pack, check: Check, part: int | None) -> Iterator[str]:
    say = wording(pack.language)
    yield f"> {as_text(check.claim)}"
    yield f"**{say['verdict']}: {capital(say[f'verdict.{check.verdict}'])}**"
    yield as_text(check.message)
    if names_judge(check):
        yield say["judged_by"].format(judge=as_text(judge_name(check, language=pack.language)))
    if check.undated:
        yield say["undated_articles"].format(count=check.undated)
    if part is None:
        yield from _reviews(pack, None)
    if check.parts:
        for number, piece in enumerate(check.parts):
            yield f"## {say['part'].format(number=number + 1)}"
            yield from _lower(_check(pack, piece, number))
        return
    yield from _reviews(pack, part or 0)
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
    held = pack.quotation(part, citation, Span(citation.start, citation.end))
    yield _list([*notes, *(_place(held, pack) if held else [])])


def _answer(pack: Pack, answer: Answer) -> Iterator[str]:
    say = wording(pack.language)
    yield f"> {as_text(answer.question)}"
    if answer.understood:
        yield f"{say['understood']} {as_text(answer.understood)}"
    yield from _reviews(pack, None)
    yield f"## {say['abstained' if answer.abstained else 'answer']}"
    if answer.undated:
        yield say["undated_articles"].format(count=answer.undated)
    yield from writing_notes(answer.fallback, answer.left_out, language=pack.language)
    if answer.abstained:
        yield as_text(answer.text)
    for number, statement in enumerate(answer.statements):
        yield f"{as_text(statement.text)} {''.join(f'[{marker}]' for marker in statement.citations)}".rstrip()
        if notes := support_notes(statement, language=pack.language):
            yield _list([as_text(note) for note in notes])
        yield from _reviews(pack, number)
    cited = answer.nearest if answer.abstained else answer.citations
    if cited:
        yield f"## {say['nearest' if answer.abstained else 'evidence']}"
    for citation in cited:
        yield f"### [{citation.marker}] {as_text(citation.title or say['untitled'])}"
        yield f"> {as_text(citation.quote)}"
        held = pack.quotation(None, citation, Span(citation.start, citation.end))
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
    sentence = Span(quote.citation.start, quote.citation.end)
    held = pack.quotation(part, quote.citation, quote.found or sentence)
    held = held or pack.quotation(part, quote.citation, sentence)
    yield _list([*notes, *(_place(held, pack) if held else [])])


def _reviews(pack: Pack, statement: int | None) -> Iterator[str]:
    if reviews := pack.reviews_of(statement):
        yield _list(as_text(review_line(one, pack.language)) for one in reviews)


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
    rows = []
    for one in sources:
        known = [pack.article(article_id) for article_id in one.articles]
        outlets = {article.source for article in known if article}
        named = "; ".join(_outlet(pack.article(id), id, pack.language) for id in one.articles)
        note = f" ({say['one_text' if len(outlets) > 1 else 'one_outlet']})" if len(known) > 1 else ""
        markers = " ".join(f"[{marker}]" for marker in one.markers)
        rows.append((capital(say[f"stance.{one.stance}"]), named + note, markers))
    return _table([say["stance"], say["source"], say["cited"]], rows)


def _articles(articles: Sequence[PackedArticle], language: str) -> Iterator[str]:
    say = wording(language)
    if articles:
        yield f"## {say['articles']}"
    for article in articles:
        yield f"### {as_text(article.title or say['untitled'])}"
        yield _list(
            [
                _outlet(article, article.id, language),
                f"{say['address']}: {as_address(article.url) if article.url else say['unknown']}",
                f"{say['retrieved']}: {utc_time(article.retrieved, language)}",
                f"ID: {as_text(article.id)}",
                f"{say['hash']}: {as_text(article.content_hash)}",
            ]
        )


def _made(pack: Pack) -> Iterator[str]:
    say = wording(pack.language)
    yield f"## {say['made']}"
    yield _made_at(pack)
    settings = [f"{as_text(key)}: {as_text(value)}" for key, value in pack.config.items() if key != "filters"]
    yield _list([f"{say['filters']}: {as_text(pack.config.get('filters', '')) or say['none']}", *settings])


def _made_at(pack: AnyPack) -> str:
    time = utc_time(pack.made, pack.language)
    return wording(pack.language)["made_at"].format(time=time, version=as_text(pack.version))


def _place(held: PackedQuotation, pack: Pack) -> list[str]:
    """Where the words stand, when that was published, and what stands around them."""
    say = wording(pack.language)
    place = say["characters"].format(id=as_text(held.article_id), start=held.start, end=held.end)
    article = pack.article(held.article_id, held.content_hash)
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
