"""The words of a claim -> those of a sentence that say the same, word by word, and what stands opposite the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from rag.check.lexicon import say_the_same
from rag.check.reading import Reading, Token
from rag.text.align import Aligner

# How well a word has to be found in another to stand for it (`rag.text.align.Aligner`), and across languages.
_FOUND = 0.72
_FOUND_ACROSS = 0.7


@dataclass(frozen=True, slots=True)
class Match:
    """Which tokens of a claim and of a sentence say the same: `pairs`, by their places.

    `anchors` are those of the pairs that follow one another in both texts: they say what stands opposite what.
    """

    claim: Reading
    sentence: Reading
    pairs: Mapping[int, int]
    anchors: Mapping[int, int]

    @property
    def matched(self) -> frozenset[int]:
        """The sentence's tokens that are found in the claim."""
        return frozenset(self.pairs.values())

    def opposite(self, place: int) -> range:
        """The sentence's tokens between what the claim's nearest anchors on either side stand for."""
        before = max((at for at in self.anchors if at < place), default=None)
        behind = min((at for at in self.anchors if at > place), default=None)
        start = -1 if before is None else self.anchors[before]
        end = len(self.sentence.tokens) if behind is None else self.anchors[behind]
        return range(start + 1, end)

    def between(self, place: int) -> range:
        """The claim's tokens between the nearest anchors on either side of that place."""
        before = max((at for at in self.anchors if at < place), default=-1)
        behind = min((at for at in self.anchors if at > place), default=len(self.claim.tokens))
        return range(before + 1, behind)


def match_words(claim: Reading, sentence: Reading, aligner: Aligner) -> Match:
    """Matches words in their order first, then the claim's remaining ones wherever they are.

    `aligner` was made with the texts of the claim's tokens, in their order, and the claim's language.
    """
    same = claim.language == sentence.language
    anchors = _in_order(claim, sentence) if same else {}
    pairs = dict(anchors)
    taken = set(anchors.values())
    found: list[tuple[float, int, int, int]] = []
    for at, token in enumerate(sentence.tokens):
        if at in taken:
            continue
        for place, share in aligner.matches(token.text, same=same).items():
            if place in pairs or not _comparable(claim.tokens[place], token):
                continue
            if share >= (_FOUND if same else _FOUND_ACROSS):
                found.append((-share, abs(place - at), place, at))
        for place, asked in enumerate(claim.tokens):
            alike = same and place not in pairs and (asked.key == token.key or _synonyms(asked, token, claim.language))
            if alike and _comparable(asked, token):
                found.append((-0.95, abs(place - at), place, at))
    for _, _, place, at in sorted(found):
        if place not in pairs and at not in taken:
            pairs[place] = at
            taken.add(at)
    return Match(claim, sentence, pairs, anchors)


def _in_order(claim: Reading, sentence: Reading) -> dict[int, int]:
    """Runs of the same words in the same order; function words alone are no run."""
    mine, theirs = ([token.key for token in one.tokens] for one in (claim, sentence))
    anchors: dict[int, int] = {}
    for block in SequenceMatcher(a=mine, b=theirs, autojunk=False).get_matching_blocks():
        run = claim.tokens[block.a : block.a + block.size]
        if block.size > 1 or any(token.kind != "function" for token in run):
            anchors |= {block.a + step: block.b + step for step in range(block.size)}
    return anchors


def _comparable(one: Token, other: Token) -> bool:
    """Function words and quantities are not matched out of their order."""
    return one.content and other.content


def _synonyms(one: Token, other: Token, language: str) -> bool:
    return one.kind == other.kind == "other" and say_the_same(one.key, other.key, language=language)
