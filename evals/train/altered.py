"""Sentences of an encyclopedia and of translators, changed in one thing -> pairs whose label is known from the change.

No parser: a change is made where its place can be told from the words, and a sentence that has no such place is not
used for it. What comes out is now and then clumsy, never (by design) of another label.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

from evals.train.examples import Pair
from evals.train.patterns import DATE, DAY, MONTH, without_additions
from evals.train.words import load_words
from rag.text.sentences import split_sentences

_NUMBER = re.compile(r"(?<![\w.,-])(\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?(?![\w]|\.\d)")
_CAPITALISED = r"[A-ZÄÖÜ][a-zäöüß]{3,}"
_NAME = re.compile(rf"\b(?:in|nach|aus|bei|von|mit|gegen|durch|für) ({_CAPITALISED}(?: {_CAPITALISED}){{0,2}})\b")
# Not at the beginning of a sentence, where any word is capitalised.
_NAME_WITHIN = re.compile(rf"(?<=[a-zäöüß,] ){_CAPITALISED}(?: {_CAPITALISED})?")
# What stands behind an article, a possessive or a declined adjective.
_NOUN = re.compile(
    r"\b(?:[Dd]er|[Dd]ie|[Dd]as|de[mns]|(?:ein|kein|ihr|sein)e?[mnrs]?|[a-zäöüß]+e[nr]?)"
    rf" ({_CAPITALISED})"
)
_WHEN = re.compile(rf" (?:{DATE}|seit \d{{4}}|von \d{{4}} bis \d{{4}}|bis \d{{4}})\b")
_WHERE = re.compile(rf" in (?:der Nähe von )?{_CAPITALISED}(?= |\.|,)")
_SUBJECT = (
    r"er|sie|es|(?:der|die|das|ein|eine|sein|seine|ihre?) (?:[a-zäöüß]+ ){0,2}[A-ZÄÖÜ]\w+"
    r"|[A-ZÄÖÜ]\w+(?: [A-ZÄÖÜ]\w+){0,2}"
)
_FRONT = (
    rf"(?:Im Jahre? )?\d{{4}}|(?:Im|Seit|Ab|Ende|Anfang) {MONTH}|(?:Seit|Ab|Um) \d{{4}}|Am {DAY}"
    r"|In (?:der |den )?[A-ZÄÖÜ]\w+|Nach dem [A-ZÄÖÜ]\w+"
)
# Of a subject that goes on, only a part would change its place.
_GOES_ON = r"(?:des|der|eines|einer|dieses|dieser|seiner|ihrer|von|vom|und|oder|sowie) "
# Something else than the subject stands first: then follow the verb and the subject.
_FRONTED = re.compile(rf"^({_FRONT}) (\w+) ({_SUBJECT}) (?!{_GOES_ON})(?=[a-zäöü])")
_DENIED = re.compile(r"\b(?:nicht|kein\w*|nie|niemals|ohne|kaum)\b")
_LEANS = re.compile(r" (?:sich|er|sie|es|ihm|ihr|ihn)\b")
_ENUMERATED = re.compile(r"(?:,| und| oder| sowie)? ?")

Change = Callable[["Alterer", "Source"], Pair | None]


@dataclass(frozen=True, slots=True)
class Source:
    """A sentence in its paragraph."""

    title: str
    text: str
    before: str
    after: str
    others: tuple[str, ...]


def sources(paragraphs: Sequence[Mapping[str, Any]], *, random: Random) -> Iterator[Source]:
    """The sentences of 40 to 300 characters, in an order by chance."""
    for row in random.sample(list(paragraphs), len(paragraphs)):
        text = " ".join(str(row["text"]).split())
        spans = [text[one.start : one.end] for one in split_sentences("", text, language="de")]
        for at, sentence in enumerate(spans):
            if 40 <= len(sentence) <= 300 and sentence.endswith(".") and sentence[:1].isupper():
                before = " ".join(spans[max(0, at - 2) : at])
                others = tuple(one for one in spans if one != sentence and 30 < len(one) < 250)
                yield Source(row["title"], sentence, before, spans[at + 1] if at + 1 < len(spans) else "", others)


class Alterer:
    """Changes sentences, by chance that a seed decides.

    `names` are other names to put in, `titles` those of other articles, `synonyms` are by word.
    """

    def __init__(
        self, random: Random, *, names: Sequence[str], titles: Sequence[str], synonyms: Mapping[str, Sequence[str]]
    ) -> None:
        self.random = random
        self._names = names
        self._known_names = frozenset(names)
        self._titles = titles
        self._synonyms = synonyms
        self._words = load_words("altered")
        self._finite = frozenset(self._words["finite"].split())
        self._subordinators = frozenset(self._words["subordinators"].split())
        pairs = [one.split() for one in self._words["opposites"]]
        self._opposites = {a: b for pair in pairs for a, b in (pair, pair[::-1])}
        self._phrases = frozenset(self._words["phrases"])
        self._bounds = tuple(f"{bound} " for bound in self._words["bounds"])
        self._some = re.compile(rf"\b(?:{'|'.join(self._words['some'])})\b")

    def pairs(self, found: Iterator[Source], count: int) -> Iterator[Pair]:
        """So many pairs, two changes of each sentence tried."""
        made = 0
        for source in found:
            for change in self.random.choices(list(_CHANGES), list(_CHANGES.values()), k=2):
                if pair := change(self, source):
                    yield self._around(pair, source)
                    made += 1
                    if made == count:
                        return

    def _around(self, pair: Pair, source: Source) -> Pair:
        """As it stood: after its sentences, under its title; at times alone."""
        before = pair.before or ("" if self.random.random() < 0.3 else source.before)
        if self.random.random() < 0.5 and not before.startswith(f"{_plain_title(source.title)}."):
            before = f"{source.title}. {before}"
        after = pair.after or ("" if self.random.random() < 0.5 else source.after)
        return replace(pair, before=before.strip(), after=after, kind=f"altered {pair.kind}")

    def same(self, source: Source) -> Pair | None:
        return Pair(source.text, source.text, "entailment", kind="same")

    def shorter(self, source: Source) -> Pair | None:
        short = self._short(source.text)
        if not 25 < len(short) < len(source.text) - 5:
            return None
        return Pair(short, source.text, "entailment", kind="shorter")

    def synonym(self, source: Source) -> Pair | None:
        parts = self._claim(source.text).split(" ")
        places = [at for at, part in enumerate(parts) if at and part in self._synonyms]
        if not places:
            return None
        for at in self.random.sample(places, min(2, len(places))):
            parts[at] = self.random.choice(list(self._synonyms[parts[at]]))
        return Pair(" ".join(parts), source.text, "entailment", kind="synonym")

    def turned_round(self, source: Source) -> Pair | None:
        """The subject first, and then what stood there."""
        if not (found := _FRONTED.match(source.text)):
            return None
        when, verb, who = found.groups()
        first = when[:1].lower() + when[1:]
        claim = f"{who[:1].upper()}{who[1:]} {verb} {first} {source.text[found.end() :]}"
        return Pair(self._short(claim), source.text, "entailment", kind="turned round")

    def number(self, source: Source) -> Pair | None:
        text = self._claim(source.text)
        # More than 300 is more than 200 too.
        found = [one for one in _NUMBER.finditer(text) if not text[: one.start()].endswith(self._bounds)]
        if not found:
            return None
        one = self.random.choice(found)
        claim = text[: one.start(1)] + self._other_number(one[1]) + text[one.end(1) :]
        return Pair(claim, source.text, "contradiction", kind="number")

    def negated(self, source: Source) -> Pair | None:
        claim = self._inserted(self._claim(source.text), self._one("nots"))
        return Pair(claim, source.text, "contradiction", kind="negated") if claim else None

    def negated_in_source(self, source: Source) -> Pair | None:
        told = self._inserted(source.text, self._one("nots"))
        if not told:
            return None
        return Pair(self._dated_claim(source.text), told, "contradiction", kind="negated in the source")

    def hedged(self, source: Source) -> Pair | None:
        told = self._inserted(source.text, self._one("hedges"))
        if not told:
            return None
        if self.random.random() < 0.2:
            return Pair(told, told, "entailment", kind="hedged, as told")
        return Pair(self._claim(source.text), told, "neutral", kind="hedged")

    def almost(self, source: Source) -> Pair | None:
        told = self._inserted(source.text, self._one("almosts"))
        return Pair(self._dated_claim(source.text), told, "contradiction", kind="almost") if told else None

    def opposite(self, source: Source) -> Pair | None:
        parts = self._claim(source.text).split(" ")
        places = [at for at, part in enumerate(parts) if part in self._opposites and not self._in_phrase(parts, at)]
        if not places:
            return None
        at = self.random.choice(places)
        parts[at] = self._opposites[parts[at]]
        return Pair(" ".join(parts), source.text, "contradiction", kind="opposite")

    def renamed(self, source: Source) -> Pair | None:
        text = self._claim(source.text)
        if not (found := list(_NAME.finditer(text))):
            return None
        one = self.random.choice(found)
        new = self.random.choice(self._names)
        if new in text:
            return None
        claim = text[: one.start(1)] + new + text[one.end(1) :]
        return Pair(claim, source.text, "not_entailment", kind="renamed")

    def names_swapped(self, source: Source) -> Pair | None:
        """The first and the last name change places, unless they are enumerated: then it says the same."""
        text = source.text
        names = [one for one in _NAME_WITHIN.finditer(text) if one[0] in self._known_names]
        if len(names) < 2 or names[0][0] == names[-1][0]:
            return None
        first, second = names[0], names[-1]
        between = text[first.end() : second.start()]
        if _ENUMERATED.fullmatch(between):
            return None
        claim = text[: first.start()] + second[0] + between + first[0] + text[second.end() :]
        return Pair(claim, text, "not_entailment", kind="names swapped")

    def said_false(self, source: Source) -> Pair | None:
        denial = self._one("denials")
        told = f"{self._one('rumours')} {source.text}" if self.random.random() < 0.5 else source.text
        claim = self._dated_claim(source.text)
        if self.random.random() < 0.4:
            return Pair(claim, f"{told} {denial}", "contradiction", kind="said false")
        return Pair(claim, told, "contradiction", after=denial, kind="said false")

    def rumoured(self, source: Source) -> Pair | None:
        if self.random.random() < 0.3:
            return Pair(self._claim(source.text), f"{self._one('sure')} {source.text}", "entailment", kind="sure")
        return Pair(self._claim(source.text), f"{self._one('rumours')} {source.text}", "neutral", kind="rumoured")

    def another_sentence(self, source: Source) -> Pair | None:
        """What another sentence of the paragraph says, of those the one with most words of this one more often."""
        others = [one for one in source.others if one != source.after]
        if not others:
            return None
        own = set(source.text.split())
        nearest = max(others, key=lambda other: len(own & set(other.split())))
        other = nearest if self.random.random() < 0.6 else self.random.choice(others)
        claim = self._short(other)
        if claim in source.text:
            return None
        # The other one may be among those before, which are left out: a space stands for none.
        return Pair(claim, source.text, "neutral", before=" ", kind="another sentence")

    def by_title(self, source: Source) -> Pair | None:
        """A pronoun, and whom it stands for."""
        head, _, rest = source.text.partition(" ")
        verb = rest.split(" ", 1)[0]
        singular = not verb.endswith(("en", "sind")) and (verb in self._finite or verb.endswith("te"))
        if head not in {"Er", "Sie"} or not singular:
            return None
        title = _plain_title(source.title)
        before = f"{title}. {source.before}"
        if self.random.random() < 0.65:
            return Pair(f"{title} {self._short(rest)}", source.text, "entailment", before, kind="pronoun")
        other = _plain_title(self.random.choice(self._titles))
        if other == title:
            return None
        return Pair(f"{other} {self._short(rest)}", source.text, "not_entailment", before, kind="pronoun, another")

    def added(self, source: Source) -> Pair | None:
        """Says when or where, which the sentence does not."""
        pattern = self.random.choice([_WHEN, _WHERE])
        text = self._claim(source.text)
        if pattern.search(source.text) or not source.others:
            return None
        addition = self._addition(pattern, source.others)
        end = self._finite_end(text)
        if end is None or addition.strip() in f"{source.before} {source.after}":
            return None
        return Pair(text[:end] + addition + text[end:], source.text, "neutral", kind="added")

    def more(self, source: Source) -> Pair | None:
        """All or none where the sentence says some."""
        if not (found := self._some.search(source.text)):
            return None
        claim = source.text[: found.start()] + self._one("all") + source.text[found.end() :]
        return Pair(claim, source.text, "not_entailment", kind="more of them")

    def _claim(self, text: str) -> str:
        """What the sentence says, in as many words or in fewer."""
        return self._short(text) if self.random.random() < 0.5 else text

    def _dated_claim(self, text: str) -> str:
        """As `_claim`, with when it was: what was not so in 1912 may have been so in another year."""
        return without_additions(text) if self.random.random() < 0.5 else text

    def _short(self, text: str) -> str:
        text = without_additions(text)
        return _WHEN.sub("", text, count=1) if self.random.random() < 0.5 else text

    def _one(self, key: str) -> str:
        return str(self.random.choice(self._words[key]))

    def _other_number(self, number: str) -> str:
        """Another one of about its size; of a year, one near it. Thousands are marked off where they were."""
        value = int(number.replace(".", ""))
        step = self.random.choice([1, 2, 3, 10, value // 2 + 1, value + 3])
        new = value + step if self.random.random() < 0.5 or value <= step else value - step
        if len(number) == 4 and number.isdigit():
            new = value + self.random.choice([-30, -12, -7, -3, -2, -1, 1, 2, 3, 5, 9, 20])
        return f"{new:,}".replace(",", ".") if "." in number else str(new)

    def _in_phrase(self, parts: Sequence[str], at: int) -> bool:
        """Whether a word means something else together with the one beside it."""
        beside = [part.rstrip(",.;:") for part in parts[max(0, at - 1) : at + 2]]
        return any(f"{one} {other}" in self._phrases for one, other in pairwise(beside))

    def _inserted(self, text: str, word: str) -> str | None:
        """A word put behind the finite verb, where nothing is denied yet."""
        if _DENIED.search(text) or (end := self._finite_end(text)) is None:
            return None
        return f"{text[:end]} {word}{text[end:]}"

    def _finite_end(self, text: str) -> int | None:
        """Where the first finite verb of a main clause ends, with the pronoun that leans on it."""
        if text.split(" ", 1)[0] in self._subordinators:
            return None
        at = 0
        for part in text.split(" "):
            end = at + len(part)
            if at and part in self._finite:
                follows = _LEANS.match(text, end)
                return follows.end() if follows else end
            if part.endswith((",", ";", ":")):
                return None
            at = end + 1
        return None

    def _addition(self, pattern: re.Pattern[str], others: Sequence[str]) -> str:
        """When or where something else of the paragraph was, or a year or a place by chance."""
        if found := pattern.search(self.random.choice(others)):
            return found[0]
        if pattern is _WHEN:
            return f" im Jahr {self.random.randint(1850, 2020)}"
        return f" in {self.random.choice(self._names)}"


# Each with its weight.
_CHANGES: dict[Change, int] = {
    Alterer.same: 3,
    Alterer.shorter: 16,
    Alterer.synonym: 12,
    Alterer.turned_round: 14,
    Alterer.number: 9,
    Alterer.negated: 8,
    Alterer.negated_in_source: 5,
    Alterer.opposite: 6,
    Alterer.renamed: 8,
    Alterer.names_swapped: 5,
    Alterer.hedged: 7,
    Alterer.almost: 3,
    Alterer.said_false: 6,
    Alterer.rumoured: 3,
    Alterer.another_sentence: 9,
    Alterer.by_title: 20,
    Alterer.added: 8,
    Alterer.more: 14,
}


def read_synonyms(file: Path) -> dict[str, list[str]]:
    """Single words with the single words that mean the same, of a MyThes file, where a word has one meaning alone.

    Without the file (Debian's package mythes-de) there are none.
    """
    if not file.is_file():
        return {}
    synonyms: dict[str, list[str]] = {}
    lines = iter(file.read_text(encoding="utf-8", errors="replace").splitlines()[1:])
    for line in lines:
        head, _, count = line.partition("|")
        meanings = [next(lines, "") for _ in range(int(count or 0))]
        if len(meanings) != 1:
            continue
        own = [one.strip() for one in meanings[0].split("|")[1:]]
        word = next((one for one in own if one.casefold() == head), "")
        others = [one for one in own if _is_synonym(one, word)]
        if word.isalpha() and len(word) >= 5 and 0 < len(others) <= 4:
            synonyms[word] = others
    return synonyms


def _is_synonym(one: str, word: str) -> bool:
    """Whether one can stand where the other does.

    With an ending in common, the gender is most often the same, and so is the form of the words before it.
    """
    alike = one[:1].isupper() == word[:1].isupper() and one[-2:] == word[-2:]
    return one.isalpha() and one != word and alike


def names_in(paragraphs: Sequence[Mapping[str, Any]], *, least: int = 4) -> list[str]:
    """What stands behind a preposition often enough to be a name, and hardly ever behind an article, as nouns do."""
    counts: dict[str, int] = defaultdict(int)
    nouns: dict[str, int] = defaultdict(int)
    for row in paragraphs:
        for found in _NAME.finditer(row["text"]):
            counts[found[1]] += 1
        for found in _NOUN.finditer(row["text"]):
            nouns[found[1]] += 1
    return sorted(name for name, count in counts.items() if count >= least and 8 * nouns[name.split()[0]] < count)


def translated_pairs(rows: Sequence[Mapping[str, str]], *, random: Random, count: int) -> Iterator[Pair]:
    """Sentences that translate one: the same in other words, within German and across; and those that are near them."""
    by_english: dict[str, list[str]] = defaultdict(list)
    by_word: dict[str, list[Mapping[str, str]]] = defaultdict(list)
    for row in rows:
        by_english[row["en"]].append(row["de"])
        for word in _distinct_words(row["de"]):
            by_word[word].append(row)
    made = 0
    for row in random.sample(rows, len(rows)):
        same = [one for one in by_english[row["en"]] if one != row["de"]]
        if pair := _translated(row, same, by_word, random):
            yield replace(pair, kind=f"altered {pair.kind}")
            made += 1
            if made == count:
                return


def _translated(
    row: Mapping[str, str], same: Sequence[str], by_word: Mapping[str, Sequence[Mapping[str, str]]], random: Random
) -> Pair | None:
    drawn = random.random()
    if same and drawn < 0.6:
        return Pair(random.choice(same), row["de"], "entailment", kind="translated alike")
    if drawn >= 0.75:
        return _translation_of_another(row, by_word, random)
    if not same and random.random() < 0.5 and (negated := _negated_english(row["en"])):
        return Pair(negated, row["de"], "contradiction", kind="translated, negated")
    return Pair(row["en"], row["de"], "entailment", kind="translated")


def _translation_of_another(
    row: Mapping[str, str], by_word: Mapping[str, Sequence[Mapping[str, str]]], random: Random
) -> Pair | None:
    """A sentence that has the rarest word in common that any other one has."""
    shared = [word for word in _distinct_words(row["de"]) if len(by_word[word]) > 1]
    if not shared:
        return None
    other = random.choice(by_word[min(shared, key=lambda word: len(by_word[word]))])
    if other is row or other["en"] == row["en"]:
        return None
    claim = other["en" if random.random() < 0.3 else "de"]
    return Pair(claim, row["de"], "not_entailment", kind="translated, another")


def _distinct_words(text: str) -> list[str]:
    """In their order: that of a set changes from one run to the next."""
    return list(dict.fromkeys(text.lower().split()))


def _negated_english(text: str) -> str | None:
    if re.search(r"\b(?:not|never|no|nobody|nothing)\b|n't\b", text) or not text.endswith("."):
        return None
    negated = re.sub(r"\b(is|was|are|were|has|had|will|can|could|should|would)\b (?=[a-z])", r"\1 not ", text, count=1)
    return negated if negated != text else None


def _plain_title(title: str) -> str:
    """Without what tells it from others of that name: "Ulm (Schiff)"."""
    return title.split(" (", maxsplit=1)[0]
