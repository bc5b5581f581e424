"""A claim or a sentence -> its words with their places, its numbers and its dates: as both are laid side by side."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache

from rag.check.clauses import clause_numbers
from rag.check.lexicon import is_denial
from rag.text.asked import WordKind, word_kind
from rag.text.dates import DateMention, find_dates
from rag.text.function_words import FUNCTION_WORDS
from rag.text.language import Language
from rag.text.numbers import Number, find_numbers, limited_start
from rag.text.overlap import Taken
from rag.text.statement import may_be_verb
from rag.text.tokens import stem

_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)?")
# German verbs leave these at the end of the clause: "lehnte ... ab".
_PARTICLES = frozenset(
    """ab an auf aus bei durch ein fort frei fest her hin los mit nach nieder statt teil um vor weg weiter wieder zu
    zurück zusammen zustande""".split()
)
_LONGEST_CLAUSE = 40
_SHORTEST_PART, _LONGEST_PART = 5, 50
# What ends a clause behind a word: nothing more, a mark, or what joins another.
_END_OF_CLAUSE = re.compile(r"\s*+\Z|[,;.:!?“\"«»)]| (?:und|oder) | –")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or number of a text, `text[start:end]`; `key` is alike for forms of one word.

    `kind` is that of `rag.text.asked`; `measured`: it belongs to a number with its unit, or to a date. `clause` is the
    number of its clause (`rag.check.clauses`); `verb`: by its form it may be one.
    """

    text: str
    start: int
    end: int
    key: str
    kind: WordKind
    measured: bool
    clause: int
    verb: bool = False

    @property
    def content(self) -> bool:
        """Whether it says something of its own, other than a quantity or a time."""
        return not self.measured and self.kind != "function"


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as it is compared. `language` is "de" or "en"."""

    text: str
    language: str
    tokens: tuple[Token, ...]
    numbers: tuple[Number, ...]
    dates: tuple[DateMention, ...]

    def covered(self, start: int, end: int) -> range:
        """The tokens that lie in these characters, by their place."""
        inside = [at for at, token in enumerate(self.tokens) if token.start < end and start < token.end]
        return range(inside[0], inside[-1] + 1) if inside else range(0)


@lru_cache(maxsize=4_096)
def read_text(text: str, *, language: str | None, anchor: date | None = None) -> Reading:
    """Reads one sentence. `anchor` is the day its article was published; a claim has none."""
    code: Language = "en" if language == "en" else "de"
    numbers = tuple(find_numbers(text, language=code))
    dates = tuple(find_dates(text, language=code, anchor=anchor))
    taken = [(limited_start(text, number.unit_start, language=code), number.unit_end) for number in numbers]
    taken += [(day.start, day.end) for day in dates]
    measures = Taken(len(text), taken)
    places = Taken(len(text), (match.span() for match in _territories(code).finditer(text)))
    shouted = text.isupper()
    tokens: list[Token] = []
    found = list(_WORD.finditer(text))
    clauses = clause_numbers(text, [match.span() for match in found], language=code, whole=taken)
    spoken = [match.group() for match in found]
    for at, match in enumerate(found):
        word = unicodedata.normalize("NFKC", match.group())
        start, end = match.span()
        denies = is_denial(word, language=code)
        kind = "function" if denies else word_kind(word, language=code, first=not tokens)
        opens_with_name = (
            not tokens and code == "en" and kind == "other" and word[0].isupper() and not _is_english(word)
        )
        initials = word.isupper() and len(word) > 1 and not shouted
        if opens_with_name or initials or places.holds(start):
            kind = "name"
        elif kind == "name" and code == "de" and _is_compound(word):
            kind = "noun"
        measured = measures.holds(start)
        verb = kind in ("other", "function") and may_be_verb(spoken, at, code)
        tokens.append(Token(word, start, end, _key(word, code, kind), kind, measured, clauses[at], verb))
    return Reading(text, code, tuple(_rejoined(tokens, text) if code == "de" else tokens), numbers, dates)


def _is_english(word: str) -> bool:
    import simplemma

    return bool(simplemma.is_known(word.lower(), lang="en"))


@cache
def _territories(language: str) -> re.Pattern[str]:
    """The names of countries and continents, by CLDR; German ones in the genitive too: "Panamas"."""
    from babel import Locale

    names = sorted(map(re.escape, map(str, Locale.parse(language).territories.values())), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(names)})s?(?![\w-])")


@lru_cache(maxsize=50_000)
def _is_compound(word: str) -> bool:
    """Whether a German word ends in a noun that the dictionary knows: "Getreideabkommen" is no name."""
    import simplemma

    first = max(_SHORTEST_PART, len(word) - _LONGEST_PART)
    ends = (word[at:].title() for at in range(first, len(word) - _SHORTEST_PART + 1))
    return any(simplemma.is_known(end, lang="de") for end in ends)


def _key(word: str, language: str, kind: WordKind) -> str:
    if kind == "function" or word[0].isdigit():
        return word.casefold()
    if language == "en" and word.casefold().endswith(("'s", "’s")):
        word = word[:-2]
    return stem(word, language=language)


def _rejoined(tokens: list[Token], text: str) -> list[Token]:
    """Verbs with the particle that stands at the end of their clause: "lehnte ... ab" is "ablehnen"."""
    import simplemma

    joined = list(tokens)
    for at, particle in enumerate(tokens):
        word = particle.text
        if word not in _PARTICLES or not _ends_clause(text, particle.end):
            continue
        for back in range(at - 1, max(-1, at - _LONGEST_CLAUSE), -1):
            verb = tokens[back]
            if verb.text in FUNCTION_WORDS["de"] or not verb.text.islower() or not verb.text.isalpha():
                continue
            lemma = str(simplemma.lemmatize(verb.text, lang="de"))
            if lemma.endswith("n") and lemma != verb.text and simplemma.is_known(word + lemma, lang="de"):
                joined[back] = _with_key(verb, stem(word + lemma, language="de"))
                joined[at] = _as_function(particle)
                break
    return joined


def _with_key(token: Token, key: str) -> Token:
    return replace(token, key=key)


def _as_function(token: Token) -> Token:
    return replace(token, kind="function")


def _ends_clause(text: str, at: int) -> bool:
    return _END_OF_CLAUSE.match(text, at) is not None
