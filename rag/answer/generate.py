"""Candidates -> an Answer that a language model writes, each statement checked against the sentences that it cites.

Whether to answer is decided without the model: it is asked only where there is an extractive answer, and where it gives
none that can be used, that one stands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from rag.answer.abstain import message
from rag.answer.choose import Candidate
from rag.answer.extract import nearest_sentences
from rag.answer.offer import Offer
from rag.answer.reply import Reply, read_reply
from rag.check.judge import Judge
from rag.check.written import Borne, Key, Sources, check_written
from rag.cite import cite
from rag.llm.writer import Writer, WritingFailed
from rag.retrieve.search import Found
from rag.text.sentences import split_sentences
from rag.text.unicode import is_unicode
from rag.types import Answer, Citation, Filters, Finding, Speech, Statement
from rag.wording import SUPPORTS

# A reply that is longer, or has more statements, is no answer in the form that was asked for.
MAX_REPLY_CHARACTERS = 12_000
MAX_STATEMENTS = 30


def write_reply(offer: Offer, writer: Writer) -> str:
    """What the model writes. Raises WritingFailed where it does not, or not what can be shown."""
    reply = ""
    for piece in writer.write(offer.messages):
        reply += piece
        if len(reply) > MAX_REPLY_CHARACTERS:
            raise WritingFailed("not_in_form")
    if not reply.strip():
        raise WritingFailed("empty")
    if not is_unicode(reply):
        raise WritingFailed("not_in_form")
    return reply


def generated_answer(
    extracted: Answer,
    written: str,
    offer: Offer,
    *,
    found: Found,
    speeches: Mapping[str, Sequence[Speech]],
    judge: Judge | None = None,
) -> Answer:
    """The answer that the model wrote. Raises WritingFailed where no statement of it cites a sentence it was shown.

    `extracted` is the answer without it; `speeches` are those of the offered articles. What the model
    says the archive does not say is an abstention, with the nearest sentences. Citations are numbered as they come in
    the reply; what a statement is checked to be stands behind it in the text, unless the sources bear it out.
    """
    reply = read_reply(written, offer.sentences.keys())
    if reply.declined:
        return _declined(extracted, offer)
    if not reply.ids or len(reply.statements) > MAX_STATEMENTS:
        raise WritingFailed("not_in_form")
    keys = {id: _key(candidate) for id, candidate in offer.sentences.items()}
    shown = {_key(candidate): (candidate.article, candidate.sentence) for candidate in offer.sentences.values()}
    articles = {article.id: article for article, _ in shown.values()}
    sentences = {id: split_sentences(id, one.text, language=one.language) for id, one in articles.items()}
    sources = Sources(found, shown, sentences, speeches)
    checked: list[Borne] = []
    for number, said in enumerate(reply.statements):
        before = reply.statements[number - 1].text if number else ""
        cited = [keys[id] for id in said.ids]
        checked.append(
            check_written(said.text, cited, sources, before=before, judge=judge) if cited else Borne("uncited", (), ())
        )
    return _answer(extracted, reply, checked, offer)


def _declined(extracted: Answer, offer: Offer) -> Answer:
    best = sorted(offer.sentences.values(), key=lambda candidate: -candidate.score)
    return Answer(
        question=extracted.question,
        text=message("not_answered", language=extracted.language, filters=Filters()),
        language=extracted.language,
        abstained=True,
        reason="not_answered",
        confidence=extracted.confidence,
        nearest=nearest_sentences(best),
        engine="generate",
        undated=extracted.undated,
        left_out=offer.left_out,
    )


def _answer(extracted: Answer, reply: Reply, checked: Sequence[Borne], offer: Offer) -> Answer:
    candidates = {_key(candidate): candidate for candidate in offer.sentences.values()}
    # Numbers stand in the text already; what comes in by the check alone is numbered behind them.
    cited = [_key(offer.sentences[id]) for id in reply.ids]
    order = dict.fromkeys([*cited, *(key for one in checked for key in one.keys)])
    markers = {key: marker for marker, key in enumerate(order, start=1)}
    used = {key for one in checked for key in one.keys}
    in_text = {number for said in reply.statements for number in markers.values() if f"[{number}]" in said.text}
    citations: list[Citation] = []
    for key, marker in markers.items():
        candidate = candidates[key]
        if key in used or marker in in_text:
            citation = cite(candidate.article, candidate.sentence, marker=marker, score=candidate.score)
            citations += [citation] if citation else []
    held = {citation.marker for citation in citations}
    text, statements = "", list[Statement]()
    for said, one in zip(reply.statements, checked, strict=True):
        text += "\n\n" if text else ""
        start, end = len(text), len(text) + len(said.text)
        own = tuple(marker for key in one.keys if (marker := markers[key]) in held)
        support = one.support if own or one.support == "uncited" else "unsupported"
        flag = "" if support == "supported" else f" ({SUPPORTS[extracted.language][support]})"
        text += f"{said.text} {''.join(f'[{marker}]' for marker in own)}".rstrip() + flag
        findings = tuple(_marked(finding, one.keys, markers) for finding in one.findings)
        statements.append(Statement(said.text, start, end, own, support, findings))
    return replace(
        extracted,
        text=text,
        statements=tuple(statements),
        citations=tuple(citations),
        differing=(),
        engine="generate",
        left_out=offer.left_out,
    )


def _marked(finding: Finding, keys: Sequence[Key], markers: Mapping[Key, int]) -> Finding:
    return replace(finding, marker=markers[keys[finding.marker]])


def _key(candidate: Candidate) -> Key:
    return candidate.article.id, candidate.sentence.start
