"""A sentence read by its surface: is it a question, a request, a statement, or no sentence at all.

Closed word classes and simplemma's dictionaries, no tagger. What is in quotation marks does not count: somebody else
asks there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.text.clause import is_known, is_name, read_clause, split_words
from rag.text.ends import marks_start
from rag.text.function_words import AUXILIARIES, DETERMINERS, FUNCTION_WORDS, PREPOSITIONS
from rag.text.language import Language
from rag.text.quotations import find_quotations

_JOINING = {"de": {"und", "aber", "oder", "also", "doch"}, "en": {"and", "but", "or", "so"}}
# A question word that does not come first: "If two are multiplied, what is ...", "was retired by whom".
_ASKED_LATER = re.compile(r", (?:what|how (?:many|much|long|often|old|far))\b|\b(?:what|who|whom)\W*$", re.IGNORECASE)
# Infinitives look like finite forms; at the end of a question they are no second verb: "Kann Griner frei werden".
_INFINITIVES = set("werden haben sein lassen können müssen sollen wollen dürfen mögen be have do".split())
_GREETING = set(
    """
    hallo hi hey moin servus tschüss danke dankeschön bitte ok okay ja nein super prima hello bye thanks thank yes no
    please sorry test
    """.split()
)
_REQUEST = {
    "de": re.compile(
        r"(?:und |bitte |kannst du |können sie )*"
        r"(?:(?:ich|wir) (?:möchten?|will|wollen|würden?|brauchen?|suchen?|fragen?)"
        r"\b.*\b(?:wissen|erfahren|lesen|fragen|mich|infos?|informationen|hilfe)\b"
        r"|(?:sag|sage|sagen sie|erzähl|erzähle|erkläre?|nenne?|zeige?|suche?|finde?|gib|vergleiche?|prüfe?|fasse?"
        r"|beschreibe?|liste?|schreibe?|hilf|übersetze?) (?:mir|uns|mal|bitte|alle|alles|den|die|das|dem|etwas|einen?"
        r"|ob|was|wer|wie|wann|wo|sie)\b)"
    ),
    "en": re.compile(
        r"(?:and |please |can you |could you )*(?:i (?:want|would like|need|'d like) (?:to )?"
        r"(?:know|find|learn|read|ask|see|help|information)\b"
        r"|(?:tell|show|explain|give|list|find|name|compare|describe|summari[sz]e|check|search|translate|help|write)"
        r" (?:me|us|all|one|two|three|the|a|an|what|who|how|when|where|why|whether|for|this|that|it)\b)"
    ),
}
# English past forms that the dictionary holds as words of their own.
_IRREGULAR = set(
    """
    won left cut put hit set quit shut cost beat bet let hurt read run came come became become split spread burst fell
    found saw felt bound rose led met shot sold told held kept lost paid sent spent built fought taught sank grew
    """.split()
)
_NO_VERBS = set(
    """
    gestern morgen heute oben unten hinten vorn sieben neben eben selten meisten beiden anderen ersten letzten nächsten
    zusammen entgegen dagegen deswegen außen innen westen osten süden norden draußen drinnen unterdessen inzwischen
    """.split()
)
_HELD = {
    language: FUNCTION_WORDS[language] | PREPOSITIONS[language] | DETERMINERS[language] | _NO_VERBS
    for language in FUNCTION_WORDS
}
_SHORTEST_STATEMENT = 2


def without_quotations(text: str) -> str:
    """The text with `„“` for each of its quotations."""
    kept, at = [], 0
    for quoted in find_quotations(text):
        if quoted.level == 0:
            kept += [text[at : quoted.outer_start], "„“"]
            at = quoted.outer_end
    return "".join([*kept, text[at:]])


def is_question(text: str, language: Language) -> bool:
    """Whether a sentence asks: by its mark, by the verb right behind a question word, or by the verb before all else.

    "Wie das Weiße Haus mitteilte, ..." and "Sollte Moskau ..., werde ..." do not ask.
    """
    if "?" in text[marks_start(text, "?!.…)]") :]:
        return True
    words = _without_joint(split_words(text), language)
    if not words:
        return False
    clause = read_clause(words, language)
    if not clause.asks:
        return _verb_first(words, language) or (language == "en" and _ASKED_LATER.search(text) is not None)
    asks = clause.verb is not None or len(words) == clause.asks or clause.asked is not None
    return asks and not _main_clause_follows(words, language)


def is_request(text: str, language: Language) -> bool:
    """Whether a sentence greets, thanks or asks for something to be done: "Erkläre mir ...", "hallo"."""
    words = [word for word in split_words(text) if word[0].isalpha()]
    lowered = [word.lower() for word in words]
    if not lowered or lowered[0] in _GREETING:
        return bool(lowered)
    if language == "de" and lowered[0].endswith("en") and words[1:2] == ["Sie"]:  # "Nennen Sie die Häfen"
        return True
    return _REQUEST[language].match(" ".join(lowered)) is not None


def has_verb(text: str, language: Language) -> bool:
    """Whether there is a word that can be a finite verb, with one that it could be said of.

    Generous: a participle counts too, so that no statement is taken for a fragment.
    """
    words = [word for word in split_words(text) if word[0].isalnum() or word[0] in '„“”"»«']
    if len(words) < _SHORTEST_STATEMENT:
        return False
    return any(may_be_verb(words, at, language) for at in range(len(words)))


def _without_joint(words: Sequence[str], language: Language) -> Sequence[str]:
    passed = _JOINING[language] | _GREETING
    at = 0
    while at < len(words) and (words[at].lower() in passed or not (words[at][0].isalnum() or words[at] == "„“")):
        at += 1
    return words[at:]


def _main_clause_follows(words: Sequence[str], language: Language) -> bool:
    """Whether verbs meet at the first comma: "Wer lügt, wird bestraft"."""
    comma = words.index(",") if "," in words else 0
    around = (comma - 1, comma + 1)
    return 0 < comma < len(words) - 1 and all(may_be_verb(words, at, language) for at in around)


def _verb_first(words: Sequence[str], language: Language) -> bool:
    """Whether it begins with its only finite verb, and the subject follows: "Kam Whelan frei"."""
    if len(words) < 2 or words[1].lower() in PREPOSITIONS[language]:  # "Waren aus China werden teurer"
        return False
    if not (is_name(words, 1) or _is_held(words[1].lower(), language)):
        return False
    end = words.index(",") if "," in words else len(words)
    rest = [word.lower() for word in words[1:end]]
    if words[0].lower() in AUXILIARIES[language]:
        following = words[end + 1].lower() if end + 1 < len(words) else ""
        conditional = following in {"so", "dann"} or (following and may_be_verb(words, end + 1, language))
        return not conditional and all(word in _INFINITIVES for word in rest if word in AUXILIARIES[language])
    if language == "en" or not _is_german_verb_alone(words[0]):
        return False
    return not any(may_be_verb(words, at, language) for at in range(1, end - 1))


def _is_held(word: str, language: Language) -> bool:
    return word in FUNCTION_WORDS[language] | DETERMINERS[language]


def _is_german_verb_alone(word: str) -> bool:
    """A verb form that is no noun as well: "Kam", not "Macht" or "Reisen"."""
    import simplemma

    if _is_held(word.lower(), "de"):
        return False
    lemma = str(simplemma.lemmatize(word.lower(), lang="de"))
    noun = str(simplemma.lemmatize(word.capitalize(), lang="de"))
    return lemma != word.lower() and lemma.islower() and lemma.endswith("n") and noun.islower()


def may_be_verb(words: Sequence[str], at: int, language: Language) -> bool:
    """Whether the word there can be a verb by its form and by what stands around it."""
    word = words[at].lower()
    if word in AUXILIARIES[language]:
        return True
    if not word[0].isalpha() or word in _HELD[language] or (at and words[at][0].isupper()):
        return False
    return _may_be_german_verb(words, at) if language == "de" else _may_be_english_verb(word, first=not at)


def _may_be_german_verb(words: Sequence[str], at: int) -> bool:
    import simplemma

    if at == 0:
        return _is_german_verb_alone(words[0])
    word = words[at].lower()
    lemma = str(simplemma.lemmatize(word, lang="de"))
    after_article = words[at - 1].lower() in DETERMINERS["de"] | PREPOSITIONS["de"]
    if after_article and at + 1 < len(words) and words[at + 1][0].isupper():  # "die verurteilte Griner"
        return False
    if lemma != word and lemma.islower() and lemma.endswith("n"):
        return True
    # Of a past form the dictionary may give the participle: "belegte" is "belegt" to it.
    return word.endswith(("te", "ten")) or (lemma == word and word.endswith("n") and is_known(word))


def _may_be_english_verb(word: str, *, first: bool) -> bool:
    import simplemma

    if first:
        return False
    lemma = str(simplemma.lemmatize(word, lang="en"))
    return word in _IRREGULAR or lemma != word or word.endswith("ed")
