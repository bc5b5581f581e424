"""What a language model wrote -> an Answer, each statement checked against the sentences that it cites."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from rag.answer.abstain import message
from rag.answer.choose import Candidate
from rag.answer.extract import nearest_sentences
from rag.answer.offer import Offer
from rag.answer.reply import Reply, Said, read_reply, read_unfinished
from rag.check.judge import Judge
from rag.check.written import Borne, Key, Sources, check_written
from rag.cite import cite
from rag.llm.prompts import NOT_IN_ARCHIVE
from rag.llm.writer import WritingFailed
from rag.retrieve.search import Found
from rag.text.sentences import split_sentences
from rag.types import Answer, Citation, Draft, Filters, Speech, Statement
from rag.wording import SUPPORTS

# A reply that has more statements is no answer in the form that was asked for.
MAX_WRITTEN = 30


class StatementChecker:
    """Checks the statements of a reply against the sentences that were offered, each once, as they come.

    `speeches` are those of the offered articles. What is deleted while the model writes is checked as it was shown.
    """

    def __init__(
        self, offer: Offer, *, found: Found, speeches: Mapping[str, Sequence[Speech]], judge: Judge | None = None
    ) -> None:
        shown = {_key(one): (one.article, one.sentence) for one in offer.sentences.values()}
        articles = {article.id: article for article, _ in shown.values()}
        sentences = {id: split_sentences(id, one.text, language=one.language) for id, one in articles.items()}
        self._sources = Sources(found, shown, sentences, speeches)
        self._keys = {id: _key(candidate) for id, candidate in offer.sentences.items()}
        self._judge = judge
        self._checked: dict[tuple[Said, str], Borne] = {}

    def check(self, statements: Sequence[Said]) -> list[Borne]:
        """What each is borne out to be, in their order: the one before may say what a pronoun means."""
        texts = ["", *(said.text for said in statements)]
        return [self._check(said, before) for said, before in zip(statements, texts, strict=False)]

    def _check(self, said: Said, before: str) -> Borne:
        if not said.ids:
            return Borne("uncited", (), ())
        if (said, before) not in self._checked:
            cited = [self._keys[id] for id in said.ids]
            borne = check_written(said.text, cited, self._sources, before=before, judge=self._judge)
            self._checked[said, before] = borne
        return self._checked[said, before]


def generated_answer(extracted: Answer, written: str, offer: Offer, checker: StatementChecker) -> Answer:
    """The answer that the model wrote. Raises WritingFailed where no statement of it cites a sentence it was shown.

    `extracted` is the answer without it. What the model says the archive does not say is an abstention, with the
    nearest sentences. Citations are numbered as they come in the reply; what a statement is checked to be stands behind
    it in the text, unless the sources bear it out.
    """
    reply = read_reply(written, offer.sentences.keys())
    if reply.declined:
        return _declined(extracted, offer)
    if not any(said.ids for said in reply.statements) or len(reply.statements) > MAX_WRITTEN:
        raise WritingFailed("not_in_form")
    checked = checker.check(reply.statements)
    numbers = _numbers(reply, offer, also=[key for one in checked for key in one.keys])
    named = {key for one in checked for key in one.keys}
    named |= {key for key, number in numbers.items() if any(f"[{number}]" in said.text for said in reply.statements)}
    citations = {key: citation for key in numbers if key in named and (citation := _cite(offer, key, numbers[key]))}
    held = {key: number for key, number in numbers.items() if key in citations}
    text, statements = _laid_out(reply, checked, held, language=extracted.language)
    return replace(
        extracted,
        text=text,
        statements=statements,
        citations=tuple(citations.values()),
        differing=(),
        engine="generate",
        left_out=offer.left_out,
    )


def draft_of(written: str, offer: Offer, checker: StatementChecker, *, language: str) -> Draft:
    """What stands there before the reply is whole: its finished lines, checked, with the sentences that they cite.

    What other sentences say against them is numbered behind all that are cited, so only when the reply is whole.
    """
    unfinished = read_unfinished(written, offer.sentences.keys())
    reply = unfinished.reply
    checked = checker.check(reply.statements[:MAX_WRITTEN])
    numbers = _numbers(reply, offer)
    held = {key: number for key, number in numbers.items() if _cite(offer, key, number)}
    text, statements = _laid_out(reply, checked, held, language=language)
    return Draft(text, statements, unfinished.pending)


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


def _numbers(reply: Reply, offer: Offer, *, also: Iterable[Key] = ()) -> dict[Key, int]:
    """The numbers of the citations: those of the reply, which stand in its text; then what the check brings in."""
    cited = [_key(offer.sentences[id]) for id in reply.ids]
    return {key: number for number, key in enumerate(dict.fromkeys([*cited, *also]), start=1)}


def _laid_out(
    reply: Reply, checked: Sequence[Borne], numbers: Mapping[Key, int], *, language: str
) -> tuple[str, tuple[Statement, ...]]:
    """The text of an answer and its statements, with the citations that have a number."""
    text, statements = "", list[Statement]()
    for said, one in zip(reply.statements, checked, strict=False):
        words = message("not_answered", language=language, filters=Filters()) if _declines(said) else said.text
        text += "\n\n" if text else ""
        start, end = len(text), len(text) + len(words)
        own = tuple(numbers[key] for key in one.keys if key in numbers)
        support = one.support if own or one.support == "uncited" else "unsupported"
        flag = "" if support == "supported" else f" ({SUPPORTS[language][support]})"
        text += f"{words} {''.join(f'[{number}]' for number in own)}".rstrip() + flag
        findings = tuple(
            replace(finding, marker=numbers[key])
            for finding in one.findings
            if (key := one.keys[finding.marker]) in numbers
        )
        statements.append(Statement(words, start, end, own, support, findings))
    return text, tuple(statements)


def _declines(said: Said) -> bool:
    return said.text == NOT_IN_ARCHIVE


def _cite(offer: Offer, key: Key, marker: int) -> Citation | None:
    [candidate] = [one for one in offer.sentences.values() if _key(one) == key]
    return cite(candidate.article, candidate.sentence, marker=marker, score=candidate.score)


def _key(candidate: Candidate) -> Key:
    return candidate.article.id, candidate.sentence.start
