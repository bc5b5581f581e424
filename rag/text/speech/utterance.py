"""Whether a quotation is something that somebody says, or a name, a title, a word set apart.

Marks stand around "Der Spiegel" and the ship "Möwe" too, and no single sign tells which they are: their signs add up.
"""

from __future__ import annotations

from collections.abc import Sequence

from rag.text.function_words import DETERMINERS
from rag.text.language import Language
from rag.text.speech.cue import Cue
from rag.text.speech.words import Word, inner_words

# What each sign counts, by logistic regression on the train split of Wikinews' annotated quotations, rounded.
_WEIGHTS = {
    "small letters": 2.1,
    "any small letter": 1.8,
    "first person": 1.9,
    "hangs on a cue": 1.6,
    "near a cue": 0.9,
    "Konjunktiv": 0.5,
    "capital after a determiner": -0.9,
    "capital after a capital": -2.1,
    "before a capital": -2.2,
    "repeated": -2.5,
}
_BIAS = -2.6
_NEAR = 5  # words
_FIRST_PERSON = {
    "de": frozenset(
        "ich wir uns mich mir unser unsere unserem unseren unserer unseres mein meine meinem meinen".split()
    ),
    "en": frozenset("i we us me my our".split()),
}


def is_utterance(text: str, words: Sequence[Word], at: int, *, cue: Cue | None, language: Language) -> bool:
    """Whether the quotation at `words[at]` is speech. `cue` is the one that it would hang on."""
    signs = _signs(text, words, at, cue, language)
    return _BIAS + sum(_WEIGHTS[name] * value for name, value in signs.items()) > 0


def _signs(text: str, words: Sequence[Word], at: int, cue: Cue | None, language: Language) -> dict[str, float]:
    quoted = words[at].quoted
    assert quoted is not None
    inside, inner = text[quoted.start : quoted.end], inner_words(text, quoted)
    small = [word for word in inner if word[0].islower()]
    before = words[at - 1] if at else None
    after = words[at + 1] if at + 1 < len(words) else None
    capital = inside[0].isupper()
    return {
        "small letters": len(small) / max(1, len(inner)),
        "any small letter": bool(small),
        "first person": any(word.lower() in _FIRST_PERSON[language] for word in inner),
        "hangs on a cue": cue is not None and cue.complement and any(low <= at < high for low, high in cue.contents),
        "near a cue": cue is not None and min(abs(at - cue.start), abs(at - cue.end + 1)) <= _NEAR,
        "Konjunktiv": language == "de" and any(word.reported for word in words),
        "capital after a determiner": capital and before is not None and before.lower in DETERMINERS[language],
        "capital after a capital": capital and at > 1 and before is not None and _has_capital(before),
        "before a capital": after is not None and _has_capital(after),
        "repeated": text.count(inside) > 1,
    }


def _has_capital(word: Word) -> bool:
    return word.quoted is None and word.text[0].isupper()
