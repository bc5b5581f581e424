"""What a sentence leaves to what stands around it -> the words of a claim that it speaks of all the same.

A sentence that says "sie" speaks of the one whom the sentence before it names, if it names only one; a sentence that
says "das Telefonat" of that between the two whom it was between. Nothing else is taken from around a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.check.match import Match
from rag.check.names import bare_names, name_runs, preposition_before
from rag.check.reading import Reading
from rag.text.align import Aligner
from rag.text.function_words import DETERMINERS
from rag.text.speech.names import is_role

# How well a word has to be found in what stands around (`rag.text.align.Aligner`).
NAMED = 0.72

PRONOUNS = {
    "de": frozenset(
        """er sie es ihn ihm ihr ihnen sein seine seinen seinem seiner seines ihre ihren ihrem ihrer ihres dieser diese
        dieses diesem diesen dessen deren""".split()
    ),
    "en": frozenset("he she it they him her them his hers its their this that these those".split()),
}
# A name behind one of these, right behind a noun, says which one is meant: "das Telefonat zwischen Blinken und Lawrow".
_ATTRIBUTES = frozenset("zwischen von mit gegen of between with".split())
_POINTING = frozenset("dieser diese dieses diesem diesen this that these those".split())
_DEFINITE = frozenset("der die das dem den des dieser diese dieses diesem the this that".split())
# Personal pronouns by what they are in a sentence; of "sie" and "it" that cannot be told.
_SUBJECTS = frozenset("er he she they".split())
_OBJECTS = frozenset("ihm ihn ihnen him them".split())
_LONGEST_NAME = 60  # characters
_FIRST_NAME = re.compile(r"(?<![\w-])([^\W\d_a-zäöüß][\w-]+)\s+$")


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a sentence: the two before it, the nearest first, its article's title and text."""

    before: Sequence[Reading] = ()
    title: Reading | None = None
    article: str | None = None

    @property
    def named(self) -> frozenset[str]:
        """The keys of those whom the nearest sentence names that names any, else the title: the last words of names."""
        for reading in (*self.before, *([self.title] if self.title else [])):
            if names := bare_names(reading):
                return frozenset(reading.tokens[at].key for at in names)
        return frozenset()


def found_around(match: Match, aligner: Aligner, around: Around) -> frozenset[int]:
    """The claim's tokens that the sentence speaks of without saying them."""
    return _referred_to(match, aligner, around) | _said_of_a_noun(match, aligner, around) | _first_names(match, around)


def refers_back(reading: Reading) -> bool:
    """Whether there is a pronoun that may stand for someone named before; "dieses Angebot" has none."""
    tokens = reading.tokens
    return any(
        token.text.casefold() in PRONOUNS[reading.language]
        and not (token.text.casefold() in _POINTING and at + 1 < len(tokens) and not tokens[at + 1].verb)
        for at, token in enumerate(tokens)
    )


def _referred_to(match: Match, aligner: Aligner, around: Around) -> frozenset[int]:
    """The names, or the topic, that a pronoun stands for, or that a sentence without a subject goes on about."""
    claim, sentence = match.claim, match.sentence
    if not (refers_back(sentence) or _has_no_subject(match)):
        return frozenset()
    found: set[int] = set()
    bare = [run for run in name_runs(claim) if run[-1] in set(bare_names(claim))]
    missing = [run for run in bare if run[-1] not in match.pairs and _keeps_case(match, run, bare)]
    others = [at for at in bare_names(sentence) if at not in match.matched]
    if missing and not others and around.named == {claim.tokens[run[-1]].key for run in missing}:
        found |= {at for run in missing if _is_that_one(claim, run, around) for at in run}
    nearest = [reading.text for reading in around.before[:1]] + ([around.title.text] if around.title else [])
    held = [aligner.row(text, language=sentence.language) >= NAMED for text in nearest]
    for at, token in enumerate(claim.tokens):
        topic = token.kind == "noun" and not token.measured and at not in match.pairs and _is_definite(claim, at)
        if topic and any(row[at] for row in held):
            found.add(at)
            break  # one topic
    return frozenset(found)


def _keeps_case(match: Match, run: range, bare: Sequence[range]) -> bool:
    """Whether a name may be what the sentence's pronoun is: "Biden erließ ihm die Strafe" makes nobody waive Biden's.

    A claim names who does it before whom it is done to.
    """
    words = {token.text.casefold() for token in match.sentence.tokens}
    held = [other for other in bare if other[-1] in match.pairs]
    subject, object_ = bool(words & _SUBJECTS), bool(words & _OBJECTS)
    if subject == object_:
        return True
    return not any(other.start < run.start if subject else run.start < other.start for other in held)


def _has_no_subject(match: Match) -> bool:
    """Whether no name or noun may be the sentence's subject, but those of the claim and those behind prepositions."""
    sentence = match.sentence
    return not any(
        token.kind in ("name", "noun")
        and not token.measured
        and at not in match.matched
        and preposition_before(sentence, at) is None
        for at, token in enumerate(sentence.tokens)
    )


def _said_of_a_noun(match: Match, aligner: Aligner, around: Around) -> frozenset[int]:
    """The names that say which one a noun means: where the sentence has it with "das", they may stand before it."""
    claim, sentence = match.claim, match.sentence
    texts = [reading.text for reading in around.before] + ([around.title.text] if around.title else [])
    if not texts:
        return frozenset()
    anywhere = [aligner.row(text, language=sentence.language) >= NAMED for text in texts]
    found: set[int] = set()
    for at, token in enumerate(claim.tokens):
        here = match.pairs.get(at)
        if token.kind != "noun" or here is None or not _is_definite(sentence, here):
            continue
        attribute = _attribute(claim, at)
        missing = [place for place in attribute if place not in match.pairs]
        if missing and all(any(row[place] for row in anywhere) for place in missing):
            found |= set(missing)
    return frozenset(found)


def _attribute(reading: Reading, at: int) -> list[int]:
    """The names and nouns that hang on the noun there: "zwischen Blinken und Lawrow", "von Griner gegen Bout"."""
    found: list[int] = []
    place = at + 1
    while place < len(reading.tokens) and reading.tokens[place].text.casefold() in _ATTRIBUTES:
        place += 1
        while place < len(reading.tokens) and (
            reading.tokens[place].kind in ("name", "noun")
            or reading.tokens[place].text.casefold() in {"und", "and", *DETERMINERS[reading.language]}
        ):
            if reading.tokens[place].content:
                found.append(place)
            place += 1
    return found


def _first_names(match: Match, around: Around) -> frozenset[int]:
    """What the sentence leaves out of a name that it gives the end of: "Cruz" for "Penélope Cruz".

    Only where the article gives that surname to nobody else, and no other name stands before it in the sentence.
    """
    left_out: set[int] = set()
    for run in name_runs(match.claim):
        at = match.pairs.get(run[-1])
        missing = [place for place in run[:-1] if place not in match.pairs]
        if at is None or not missing:
            continue
        if _is_that_one(match.claim, run, around, sentence=match.sentence.text):
            left_out |= set(missing)
    return frozenset(left_out)


def _is_that_one(claim: Reading, run: range, around: Around, *, sentence: str = "") -> bool:
    """Whether the article gives the surname of a claim's name to nobody with another first name."""
    if len(run) == 1:
        return True
    surname = re.escape(claim.tokens[run[-1]].text)
    firsts = {claim.tokens[place].text for place in run[:-1]}
    text = around.article if around.article is not None else sentence
    places = [found.start() for found in re.finditer(rf"(?<!\w){surname}", text)]
    before = [_FIRST_NAME.search(text, max(0, at - _LONGEST_NAME), at) for at in places]
    given = {found[1] for found in before if found and _is_given(found[1])}
    return given <= firsts and (bool(given) or around.article is None)


def _is_given(word: str) -> bool:
    """Whether a word before a surname is a first name, not what its bearer is nor a word that opens a sentence."""
    return not is_role(word) and word.casefold() not in DETERMINERS["de"] | DETERMINERS["en"] | _OPENERS


_OPENERS = frozenset(
    """und oder aber auch mit von für gegen bei nach zu dass wie als in an auf the and but with of for by frau herr mr
    mrs ms dr prof""".split()
)


def _is_definite(reading: Reading, at: int) -> bool:
    """Whether "das" or the like stands before a noun, with up to two words between."""
    for back in range(at - 1, max(-1, at - 4), -1):
        token = reading.tokens[back]
        if token.text.casefold() in _DEFINITE:
            return True
        if token.kind != "other":
            return False
    return False
