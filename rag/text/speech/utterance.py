"""Whether a quotation is something that somebody says, or a name, a title, a word set apart.

Marks stand around "Der Spiegel" and the ship "Möwe" too, and no single sign tells which they are: their signs add up.
"""

from __future__ import annotations

from collections.abc import Sequence

from rag.text.function_words import DETERMINERS
from rag.text.language import Language
from rag.text.speech.cue import Cue
from rag.text.speech.words import Word, inner_words, stands_alone

# What each sign counts, by logistic regression on the train split of Wikinews' annotated quotations, rounded. On fifths
# of its articles that a fit had no part in, F1 is .92: .98 of quotations of five words or more, .78 of shorter ones. Of
# those of up to four words that nothing cues, the annotators took every second one for speech.
_WEIGHTS = {
    "small letters": 1.8,
    "any small letter": 1.5,
    "five words": 1.1,
    "ends a sentence": 1.5,
    "first person": 1.5,
    "repeated": -2.0,
    "dotted": -1.1,
    "in brackets": -1.2,
    "Konjunktiv": 1.1,
    "capital after a determiner": -0.9,
    "capital after a capital": -1.8,
    "before a capital": -1.6,
    "stands alone": 0.9,
    "so-called": -0.8,
    "hangs on a cue": 1.4,
    "near a cue": 0.9,
    "called so by somebody": 1.7,
    "called so by nobody": -0.8,
    "is the speaker": -1.4,
}
_BIAS = -2.8
_NEAR = 5  # words
_REPEATED_WITHIN = 20_000  # characters on either side: an article
_SO_CALLED = frozenset("sogenannte sogenannten sogenannter sogenanntes genannte genannten genannter genanntes".split())
_FIRST_PERSON = {
    "de": frozenset(
        "ich wir uns mich mir unser unsere unserem unseren unserer unseres mein meine meinem meinen".split()
    ),
    "en": frozenset("i we us me my our".split()),
}


def is_utterance(
    text: str, words: Sequence[Word], at: int, *, cues: Sequence[Cue], cue: Cue | None, language: Language
) -> bool:
    """Whether the quotation at `words[at]` is speech. `cue` is the one of the sentence's that it would hang on."""
    signs = {
        **_inner_signs(text, words[at], language),
        **_outer_signs(words, at, language),
        **_cue_signs(words, at, cues, cue),
    }
    return _BIAS + sum(_WEIGHTS[name] * value for name, value in signs.items()) > 0


def _inner_signs(text: str, word: Word, language: Language) -> dict[str, float]:
    """Signs of what stands between the marks."""
    assert word.quoted is not None
    inside, inner = text[word.quoted.start : word.quoted.end], inner_words(text, word.quoted)
    small = [word for word in inner if word[0].islower()]
    return {
        "small letters": len(small) / max(1, len(inner)),
        "any small letter": bool(small),
        "five words": len(inner) >= 5,
        "ends a sentence": inside[-1] in ".!?",
        "first person": any(word.lower() in _FIRST_PERSON[language] for word in inner),
        "repeated": text.count(inside, max(0, word.start - _REPEATED_WITHIN), word.end + _REPEATED_WITHIN) > 1,
        "dotted": len(inner) == 1 and "." in inside[:-1],
        "in brackets": text[max(0, word.start - 1) : word.start] == "(",
    }


def _outer_signs(words: Sequence[Word], at: int, language: Language) -> dict[str, float]:
    """Signs of what stands around the marks."""
    before = words[at - 1] if at else None
    after = words[at + 1] if at + 1 < len(words) else None
    capital = words[at].text[1:].lstrip()[:1].isupper()
    return {
        "Konjunktiv": language == "de" and any(word.reported for word in words),
        "capital after a determiner": capital and before is not None and before.lower in DETERMINERS[language],
        "capital after a capital": capital and at > 1 and before is not None and _has_capital(before),
        "before a capital": after is not None and _has_capital(after),
        "stands alone": stands_alone(words),
        "so-called": before is not None and before.lower in _SO_CALLED,
    }


def _cue_signs(words: Sequence[Word], at: int, cues: Sequence[Cue], cue: Cue | None) -> dict[str, float]:
    """Signs of what cues it."""
    caller = next((other for other in cues if other.called and other.called[0] <= at < other.called[1]), None)
    by_itself = caller is not None and any(word.lower == "sich" for word in words[caller.region[0] : caller.region[1]])
    return {
        "hangs on a cue": cue is not None and cue.complement and any(low <= at < high for low, high in cue.contents),
        "near a cue": cue is not None and min(abs(at - cue.start), abs(at - cue.end + 1)) <= _NEAR,
        "called so by somebody": caller is not None and caller.said is not None and not by_itself,
        "called so by nobody": caller is not None and (caller.said is None or by_itself),
        "is the speaker": any(other.said is not None and other.said.start <= at < other.said.end for other in cues),
    }


def _has_capital(word: Word) -> bool:
    return word.quoted is None and word.text[0].isupper()
