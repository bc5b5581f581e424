"""Supported claims and gold sentences -> the same with one thing wrong, so that the verdict must flip."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache

from evals.types import Case, Evidence
from rag.text.language import question_language
from rag.types import Article, Sentence

Alter = Callable[[str, str, random.Random, Sequence[str]], str | None]

_NUMBER = re.compile(r"(?<![\w.,:-])\d+(?:[.,]\d+)*(?![\w:]|[.,]\d|-\w)")
_YEAR = re.compile(r"(?<![\w.,-])(?:1\d|20)\d\d(?![\w-]|[.,]\d)")
_DAY = re.compile(
    r"\b(?:[1-9]|[12]\d|3[01])(?=\. [A-ZÄÖÜ]|\.\d\d?\.)"
    r"|(?<=[A-Z][a-z]{2}\. )(?:[1-9]|[12]\d|3[01])\b|(?<=[a-z] )(?:[1-9]|[12]\d|3[01])(?=, \d{4})"
)
_NAME = re.compile(r"(?<!-)\b[A-ZÄÖÜ][^\W\d_]+(?: (?:[A-Z]\. )?[A-ZÄÖÜ][^\W\d_]+)+(?![\w'’-])")

# Read as pairs, both ways: a swap changes what is said, and leaves a sentence.
_UNITS = {
    "de": """
    Prozent/Promille Prozentpunkte/Promille Millionen/Milliarden Mio./Mrd. Kilometer/Meter Minuten/Stunden Tage/Wochen
    Monate/Jahre Monaten/Jahren Tagen/Wochen Euro/Dollar Tonnen/Kilogramm Gramm/Kilogramm Rubel/Dollar
    """,
    "en": """
    percent/permille million/billion miles/metres minutes/hours days/weeks months/years euros/dollars tons/kilograms
    minute/hour day/week month/year
    """,
}
_DIRECTIONS = {
    "de": """
    stieg/sank stiegen/sanken gestiegen/gesunken steigt/sinkt mehr/weniger gewann/verlor gewannen/verloren
    höher/niedriger größer/kleiner früher/später erste/letzte erster/letzter ersten/letzten begann/endete
    verließ/erreichte beendet/begonnen erhöht/gesenkt länger/kürzer
    """,
    "en": """
    rose/fell rise/fall more/fewer won/lost higher/lower larger/smaller earlier/later first/last
    began/ended increased/decreased longer/shorter left/entered
    """,
}
# What denies / what is left of it.
_NEGATIONS = {
    "de": "nicht/ kein/ein keine/eine keinen/einen keiner/einer keinem/einem",
    "en": "not/ no/a never/always",
}
_AUXILIARIES = {
    "de": """
    ist sind war waren hat haben hatte hatten wird werden wurde wurden kann können konnte will wollen soll sollen
    """,
    "en": "is are was were has have had will would can could should must",
}


def perturb(
    cases: Sequence[Case],
    articles: Mapping[str, Article],
    sentences: Mapping[str, Sequence[Sentence]],
    *,
    seed: int,
    sample: int | None = None,
) -> list[Case]:
    """Claims with the verdict `refuted`, each after the claim that it was made from, which is `supported`.

    Made from the supported claims, and from the sentences that hold the evidence of questions. Each kind of alteration
    that a sentence has room for gives one claim, tagged `altered` and by its kind: number, date, name, unit, direction,
    negation. `original` is the text before. The same seed gives the same claims, whatever the order of the cases.
    With a `sample` only so many sentences that can be altered, chosen by the seed, are.
    """
    originals = [claim for case in cases for claim in _originals(case, articles, sentences)]
    unique = {original.text: original for original in reversed(originals)}
    names = sorted({name for original in unique.values() for name in _names(original.text)})
    ordered = sorted(unique.values(), key=lambda case: case.id)
    made = [(original, altered) for original in ordered if (altered := list(_altered(original, names, seed)))]
    if sample is not None:
        chosen = sorted(random.Random(seed).sample(range(len(made)), min(sample, len(made))))
        made = [made[number] for number in chosen]
    return [case for original, altered in made for case in (original, *altered)]


def _originals(
    case: Case, articles: Mapping[str, Article], sentences: Mapping[str, Sequence[Sentence]]
) -> Iterator[Case]:
    if case.kind == "claim":
        if case.verdict == "supported":
            yield Case(case.id, case.text, "claim", evidence=case.evidence, answerable=False, verdict="supported")
        return
    for number, span in enumerate(case.spans):
        for sentence in sentences.get(span.article_id, ()):
            if sentence.start <= (span.start or 0) and (span.end or 0) <= sentence.end:
                text = articles[span.article_id].text[sentence.start : sentence.end]
                evidence = (Evidence(span.article_id, text, sentence.start),)
                id = f"{case.id} gold {number}"
                yield Case(id, text, "claim", evidence=evidence, answerable=False, verdict="supported")


def _altered(original: Case, names: Sequence[str], seed: int) -> Iterator[Case]:
    language = question_language(original.text)
    for kind, alter in _ALTERATIONS.items():
        chance = random.Random(f"{seed} {kind} {original.text}")
        text = alter(original.text, language, chance, names)
        if text is not None and text != original.text:
            yield Case(
                f"{original.id} {kind}",
                text,
                "claim",
                evidence=original.evidence,
                answerable=False,
                verdict="refuted",
                tags=("altered", kind),
                original=original.text,
            )


def _number(text: str, language: str, chance: random.Random, names: Sequence[str]) -> str | None:
    dates = [found.span() for pattern in (_YEAR, _DAY) for found in pattern.finditer(text)]
    found = [one for one in _NUMBER.finditer(text) if not any(a < one.end() and one.start() < b for a, b in dates)]
    return _replaced(text, found, chance, lambda one: _other_number(one, chance))


def _date(text: str, language: str, chance: random.Random, names: Sequence[str]) -> str | None:
    """Another month where one is named, else another year, else another day."""
    months = _month_names(language)
    found = [
        one for one in re.finditer(r"[^\W\d_]+", text) if one[0] in months and one[0] not in {"Mai", "May", "March"}
    ]
    found += re.finditer(r"(?<=\d\. )Mai\b", text)
    if found:
        return _replaced(text, found, chance, lambda one: chance.choice([m for m in months if m != one]))
    if years := list(_YEAR.finditer(text)):
        return _replaced(text, years, chance, lambda one: str(int(one) + chance.choice([-3, -2, -1, 1, 2, 3])))
    return _replaced(text, list(_DAY.finditer(text)), chance, lambda one: str(int(one) % 27 + 1))


def _name(text: str, language: str, chance: random.Random, names: Sequence[str]) -> str | None:
    here = _names(text)
    others = [name for name in names if not any(set(name.split()) & set(one.split()) for one in here)]
    if not here or not others:
        return None
    return text.replace(chance.choice(here), chance.choice(others))


def _unit(text: str, language: str, chance: random.Random, names: Sequence[str]) -> str | None:
    """A unit that follows a number."""
    return _swapped(text, _pairs(_UNITS[language]), chance, before=r"(?<=\d |[a-zß] )")


def _direction(text: str, language: str, chance: random.Random, names: Sequence[str]) -> str | None:
    return _swapped(text, _pairs(_DIRECTIONS[language]), chance)


def _negation(text: str, language: str, chance: random.Random, names: Sequence[str]) -> str | None:
    """A negation taken out, else one put after the first auxiliary that is there."""
    denials = dict(pair.split("/") for pair in _NEGATIONS[language].split())
    for denial, plain in denials.items():
        if re.search(rf"\b{denial}\b", text):
            return re.sub(rf"\b{denial}\b ?", f"{plain} " if plain else "", text, count=1)
    found = [one for one in re.finditer(r"\w+", text) if one[0] in _AUXILIARIES[language].split()]
    return (
        f"{text[: found[0].end()]} {'nicht' if language == 'de' else 'not'}{text[found[0].end() :]}" if found else None
    )


_ALTERATIONS: dict[str, Alter] = {
    "number": _number,
    "date": _date,
    "name": _name,
    "unit": _unit,
    "direction": _direction,
    "negation": _negation,
}


def _swapped(text: str, pairs: Mapping[str, str], chance: random.Random, *, before: str = "") -> str | None:
    words = "|".join(re.escape(word) for word in sorted(pairs, key=len, reverse=True))
    found = list(re.finditer(rf"{before}(?<!\w)(?:{words})(?!\w)", text))
    return _replaced(text, found, chance, lambda one: pairs[one])


def _replaced(
    text: str, found: Sequence[re.Match[str]], chance: random.Random, other: Callable[[str], str]
) -> str | None:
    if not found:
        return None
    one = chance.choice(found)
    return text[: one.start()] + other(one[0]) + text[one.end() :]


def _other_number(number: str, chance: random.Random) -> str:
    """Another number with as many digits and the same separators."""
    at = chance.choice([index for index, character in enumerate(number) if character.isdigit()])
    digits = [digit for digit in "123456789" if digit != number[at]]
    return number[:at] + chance.choice(digits) + number[at + 1 :]


def _pairs(text: str) -> dict[str, str]:
    """Each word's opposite, both ways."""
    pairs: dict[str, str] = {}
    for pair in text.split():
        one, other = pair.split("/")
        pairs.setdefault(one, other)
        pairs.setdefault(other, one)
    return pairs


def _names(text: str) -> list[str]:
    """Runs of two or more capitalised words whose first no dictionary knows: German capitalises every noun."""
    import simplemma

    runs = (run[0] for run in _NAME.finditer(text))
    return [run for run in runs if not any(simplemma.is_known(part, lang=("de", "en")) for part in run.split()[:1])]


@cache
def _month_names(language: str) -> tuple[str, ...]:
    from babel.dates import get_month_names

    return tuple(get_month_names("wide", locale=language).values())
