"""Whether the answer says one of the accepted answers, after German normalisation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from evals.types import Case, Observation, Score
from rag.text.tokens import words

METRICS = ("answer contained", "answer F1")

_ARTICLES = frozenset(
    """
    der die das den dem des ein eine einen einem einer eines the a an
    """.split()
)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


def score(case: Case, seen: Observation) -> dict[str, Score]:
    """`answer contained`: 1 where the answer holds an accepted one word for word; an abstention is 0.

    `answer F1`: token F1 of the first statement against the accepted answer that it fits best. Where the answer is a
    whole sentence and the accepted one a few words of it, this is far below 1 at its best.
    """
    if not case.answers or not case.answerable or not case.within_reach:
        return dict.fromkeys(METRICS, Score(None, "there is no accepted answer within reach"))
    if seen.answer is None or seen.answer.abstained:
        return dict.fromkeys(METRICS, Score(0.0, "abstained"))
    said = [tokens(statement.text) for statement in seen.answer.statements]
    first = said[0] if said else []
    held = next((one for one in case.answers if any(_holds(statement, tokens(one)) for statement in said)), None)
    best = max(case.answers, key=lambda one: token_f1(first, tokens(one)))
    return {
        "answer contained": Score(float(held is not None), f"{held or case.answers[0]!r}{'' if held else ' not said'}"),
        "answer F1": Score(token_f1(first, tokens(best)), f"against {best!r}"),
    }


def tokens(text: str) -> list[str]:
    """Words and numbers, NFKC, case-folded (ß = ss), umlauts as ae, oe, ue; without German and English articles."""
    return [word.translate(_UMLAUTS) for word in words(text) if word not in _ARTICLES]


def token_f1(said: Sequence[str], expected: Sequence[str]) -> float:
    """`2 p r / (p + r)` over the tokens that both hold, with p and r the shares of each (Rajpurkar et al. 2016)."""
    shared = sum((Counter(said) & Counter(expected)).values())
    return 2 * shared / (len(said) + len(expected)) if shared else 0.0


def _holds(said: Sequence[str], expected: Sequence[str]) -> bool:
    length = len(expected)
    return bool(length) and any(said[at : at + length] == expected for at in range(len(said) - length + 1))
