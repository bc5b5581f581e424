"""Which language a text or a question is in: German, English, or not known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from rag.text.function_words import AUXILIARIES, FUNCTION_WORDS

Language = Literal["de", "en"]

SUPPORTED: tuple[Language, ...] = ("de", "en")

_SAMPLE_CHARACTERS = 4_000
_MINIMUM_SHARE = 0.35
_WORD = re.compile(r"\w+")
_LETTERS = re.compile(r"[^\W\d_]+")
# Of a statement, as many of the words that are no names must be known in its language.
_KNOWN_SHARE = 0.5
_CODE = re.compile(r"[A-Za-z]{2,3}(?:[-_].+)?")

# A question word settles the language where the names around it are in both dictionaries ("Who is Viktor Bout?").
_QUESTION_WORDS: dict[str, Language] = {
    **dict.fromkeys(("who", "whom", "whose", "what", "which", "when", "where", "why", "how", "does", "did"), "en"),
    **dict.fromkeys(("wer", "wen", "wem", "wessen", "wann", "warum", "weshalb", "wieso", "wie", "wo", "wohin"), "de"),
    **dict.fromkeys(("woher", "wodurch", "womit", "wofür", "woran", "worauf", "welche", "welcher"), "de"),
    **dict.fromkeys(("welches", "welchen", "welchem", "wieviel", "wieviele"), "de"),
}

# The commonest function words of languages that are not understood. Some are German or English words too ("es", "is"):
# those tell nothing for them, and nothing against.
_OTHERS: dict[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "fr": """le la les un une des du de et est sont dans en pour qui que qu avec sur à au aux a ont pas été par ce
                 cette il elle on ne se son sa ses leur plus mais très""",
        "es": """el la los las un una y en es son por que con del de al fue ha han su sus lo para más no se pero dijo a
                 está entre sobre muy""",
        "it": """il lo la gli le un una è e di che per con nel nella della del dei ha hanno sono stato stata alla non si
                 in a ma più molto""",
        "pt": """o a os as um uma e em é que com do da dos das no na não foi para por mais se são ao muito""",
        "nl": """de het een van en is dat die voor op niet werd worden zijn tot in te aan er naar ook heeft hij over was
                 bij om zei""",
        "sv": """och att är det som på en ett av för med den till i har inte om han hon var sa blev""",
        "da": """og at er det som på en et af for med den til i har ikke om han hun var sagde blev""",
        "pl": """że się w z na jest do i o od po nie to został została oraz dla""",
        "tr": """ve bir bu için ile da de çok daha olarak olan""",
        "ro": """și în este un o la de pe cu nu a fost care din""",
    }.items()
}
# Parts of names where a name follows: "Charles de Gaulle", "Die Air France fliegt nach La Paz".
_PARTICLES = frozenset("de De la La le Le les Les el El del Del van Van di Di da Da du Du dos das al Al y i".split())
_FOREIGN_LETTER = re.compile(r"[^\W\d_a-zA-ZäöüÄÖÜß]")


def language_code(given: str) -> str | None:
    """The two letters that articles are marked with, of a code such as de, DE or de-AT; None where it is no code."""
    return given[:2].lower() if _CODE.fullmatch(given) else None


def detect_language(text: str) -> Language | None:
    """The language that most of the words belong to, by simplemma's dictionaries; None where neither fits.

    Looks at the first 4,000 characters. At least 35 % of the words must be known in the language named.
    """
    import simplemma

    sample = text[:_SAMPLE_CHARACTERS]
    if not _WORD.search(sample):
        return None
    shares = dict(simplemma.langdetect(sample, lang=SUPPORTED))
    language = max(SUPPORTED, key=lambda code: shares.get(code, 0.0))
    return language if shares.get(language, 0.0) >= _MINIMUM_SHARE else None


def question_language(question: str) -> Language:
    """The language to answer in: the question word's where there is one, else the detected one, else German."""
    return known_language(question) or "de"


def known_language(question: str) -> Language | None:
    """The language of a question, as `question_language` tells it; None where its words are of neither."""
    for word in _WORD.findall(question.lower()):
        if word in _QUESTION_WORDS:
            return _QUESTION_WORDS[word]
    return detect_language(question)


def asked_language(question: str) -> Language | None:
    """The language of a question, as `question_language` tells it; None where it is in a third one.

    A few names are no third language: they are taken to be asked in German.
    """
    language, words = question_language(question), _LETTERS.findall(question)
    if not words or _QUESTION_WORDS.keys() & _lowered(words):
        return language
    return None if _is_foreign(question, _telling(words, language)) else language


def statement_language(text: str) -> Language | None:
    """The language of a statement: that of more of its function words, else of more of its words; None where neither.

    Half of the words must be known in it, and no other language may have more function words. A name that no
    dictionary holds does not count against it: a sentence may be little but names. Where both tie, German.
    """
    words = list(dict.fromkeys(_LETTERS.findall(text)))
    shares = {language: _share_known(words, language) for language in SUPPORTED}
    leads = {language: len(_telling(words, language)) for language in SUPPORTED}
    helping = {language: len(_lowered(words) & AUXILIARIES[language]) for language in SUPPORTED}
    language = max(SUPPORTED, key=lambda code: (leads[code], shares[code], helping[code]))
    return None if shares[language] < _KNOWN_SHARE or _is_foreign(text, _telling(words, language)) else language


def _share_known(words: Sequence[str], language: Language) -> float:
    import simplemma

    held = FUNCTION_WORDS[language]
    known = {word for word in words if simplemma.is_known(word, lang=language) or word.casefold() in held}
    strange = [word for word in words if word not in known and word.islower()]
    return len(known) / (len(known) + len(strange)) if known else 0.0


def _telling(words: Sequence[str], language: Language) -> set[str]:
    """The function words of this language that are none of the other."""
    other: Language = "en" if language == "de" else "de"
    return _lowered(words) & (FUNCTION_WORDS[language] - FUNCTION_WORDS[other])


def _lowered(words: Sequence[str]) -> set[str]:
    return {word.casefold() for word in words}


def _is_foreign(text: str, telling: set[str]) -> bool:
    """Whether another language has more of the function words than the one that the `telling` ones are of."""
    known = FUNCTION_WORDS["de"] | FUNCTION_WORDS["en"]
    words = _LETTERS.findall(text)
    following = [*words[1:], ""]
    seen = {
        word.casefold()
        for word, after in zip(words, following, strict=True)
        if (word not in _PARTICLES or after.islower()) and (len(word) > 1 or word.islower())
    }
    strange = {
        word for word in words if word[0].islower() and _FOREIGN_LETTER.search(word) and not _in_dictionary(word)
    }
    return any(len((seen & (held - known)) | strange) > len(telling - held) for held in _OTHERS.values())


def _in_dictionary(word: str) -> bool:
    import simplemma

    return any(simplemma.is_known(word, lang=language) for language in SUPPORTED)
