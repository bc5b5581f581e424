"""Candidates of different articles -> the values that they give to one question, where those differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from math import log

from rag.answer.choose import Candidate
from rag.answer.span import Value, answer_value, asked_kind
from rag.text.dates import DateMention, find_dates
from rag.text.function_words import content_text
from rag.text.language import question_language
from rag.text.numbers import Number, find_numbers
from rag.text.tokens import stems
from rag.types import Article

# How far behind the best a sentence may be: a twentieth as likely to hold the answer. Scores are log odds.
_BEARS_ON_IT = log(20)
# What two sentences about one event share of the shorter one's words, besides their numbers and dates.
_SAME_EVENT = 0.5
_FEWEST_SHARED = 2
# Articles that are not known to have appeared within this time must share more: "Der Schaden beträgt 5.000 Euro."
_SAME_TIME = timedelta(days=92)
_FEWEST_SHARED_LATER = 4
# What of the question's words in the one article the other must hold too.
_SAME_TOPIC = 0.75
# "rund 25" may be 23 or 27.
_ABOUT = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Account:
    """One value and the sentences that give it, best first."""

    value: Value
    candidates: tuple[Candidate, ...]

    @property
    def published(self) -> date | None:
        """When the newest article that gives this value appeared; None where none of them says."""
        return max((c.article.published for c in self.candidates if c.article.published), default=None)


def differing_accounts(question: str, candidates: Sequence[Candidate]) -> list[Account]:
    """The values that different articles give, newest first, undated last; empty where none are seen to differ.

    `candidates` come best first. Only what is surely comparable counts as differing: the best sentence of each article
    with a clear value (`answer_value`) in the same unit as the very best one's, near it in score, in the same
    language, on the same topic, about the same event. Values differ where neither can mean the other ("rund 25" and 25,
    a day and its month) and neither sentence names the other's value besides its own.
    """
    kind = asked_kind(question)
    if kind is None or not candidates:
        return []
    first = candidates[0]
    accounts: list[Account] = []
    seen: set[str] = set()
    for candidate in candidates:
        if candidate.score < first.score - _BEARS_ON_IT or candidate.article.id in seen:
            continue
        article = candidate.article
        value = answer_value(question, candidate.text, kind=kind, language=article.language, anchor=article.published)
        if value is None:
            if candidate is first:
                return []
            continue
        if accounts and not (
            _same_topic(question, first.article, article) and _comparable(first, accounts[0].value, candidate, value)
        ):
            continue
        seen.add(article.id)
        _put(accounts, value, candidate)
    dated = sorted(accounts, key=lambda account: account.published or date.min, reverse=True)
    return dated if len(dated) > 1 else []


def agree(one: Value, other: Value) -> bool:
    """Whether both values can mean the same: the numbers' ranges meet in one unit, or the dates' do."""
    if one.numbers and other.numbers:
        if one.numbers[-1].unit != other.numbers[-1].unit:
            return False
        (low, high), (least, most) = _reach(one.numbers), _reach(other.numbers)
        return low <= most and least <= high
    if one.dates and other.dates:
        return any(mine.agrees(theirs) for mine in _whole(one.dates) for theirs in _whole(other.dates))
    return False


def _put(accounts: list[Account], value: Value, candidate: Candidate) -> None:
    """Adds the candidate to the account that it agrees with, or as a new one."""
    for at, account in enumerate(accounts):
        if agree(account.value, value) or any(
            _names(value, c) or _names(account.value, candidate) for c in account.candidates
        ):
            accounts[at] = Account(account.value, (*account.candidates, candidate))
            return
    accounts.append(Account(value, (candidate,)))


def _names(value: Value, candidate: Candidate) -> bool:
    """Whether the sentence names this value anywhere."""
    language, text = candidate.article.language, candidate.text
    if value.numbers:
        found = [Value(n.start, n.end, numbers=(n,)) for n in find_numbers(text, language=language)]
    else:
        mentions = find_dates(text, language=language, anchor=candidate.article.published)
        found = [Value(m.start, m.end, dates=(m,)) for m in mentions]
    return any(agree(value, other) for other in found)


def _comparable(first: Candidate, value: Value, second: Candidate, other: Value) -> bool:
    """Whether the two sentences speak of one thing in one unit, and their further dates allow it."""
    if first.article.language != second.article.language:
        return False
    if value.numbers:
        unit = value.numbers[-1].unit
        if unit is None or not other.numbers or other.numbers[-1].unit != unit:
            return False
        if not _dates_allow(first, second):
            return False
    elif not other.dates:
        return False
    one, two = _content(first, value), _content(second, other)
    fewest = _FEWEST_SHARED if _same_time(first.article, second.article) else _FEWEST_SHARED_LATER
    return len(one & two) >= max(fewest, _SAME_EVENT * min(len(one), len(two)))


def _same_topic(question: str, first: Article, second: Article) -> bool:
    """Whether the second article holds the question's words that the first one holds, or nearly all."""
    asked = content_text(question, language=question_language(question))
    one, two = (
        {*stems(asked, language=article.language)}
        & {*stems(f"{article.title or ''} {article.text}", language=article.language)}
        for article in (first, second)
    )
    return len(one & two) >= _SAME_TOPIC * len(one)


def _same_time(first: Article, second: Article) -> bool:
    return bool(first.published and second.published and abs(first.published - second.published) <= _SAME_TIME)


def _dates_allow(first: Candidate, second: Candidate) -> bool:
    """No date of either, or one of the first that agrees with one of the second."""
    mine, theirs = (
        find_dates(c.text, language=c.article.language, anchor=c.article.published) for c in (first, second)
    )
    return not mine or not theirs or any(one.agrees(other) for one in mine for other in theirs)


def _content(candidate: Candidate, value: Value) -> set[str]:
    """The stems of a sentence's content words without its value."""
    code = "en" if candidate.article.language == "en" else "de"
    rest = candidate.text[: value.start] + candidate.text[value.end :]
    return {stem for stem in stems(content_text(rest, language=code), language=code) if not stem[0].isdigit()}


def _reach(numbers: Sequence[Number]) -> tuple[Decimal, Decimal]:
    """The least and the most that the numbers may mean."""
    low, high = min(n.value for n in numbers), max(n.value for n in numbers)
    bounds = {number.bound for number in numbers}
    if "about" in bounds:
        low, high = low - abs(low) * _ABOUT, high + abs(high) * _ABOUT
    return (
        Decimal("-Infinity") if "at most" in bounds else low,
        Decimal("Infinity") if "at least" in bounds else high,
    )


def _whole(dates: Sequence[DateMention]) -> list[DateMention]:
    """One mention from the first day to the last, or the mentions as they are where a year is unknown."""
    days = [day for mention in dates for day in (mention.first, mention.last) if day]
    if len(days) < 2 * len(dates):
        return list(dates)
    return [DateMention(dates[0].start, dates[-1].end, min(days), max(days))]
