"""The words of a claim -> those of a sentence that say the same, word by word, and what stands opposite the others."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile

from rag.check.lexicon import say_the_same
from rag.check.reading import Reading, Token
from rag.text.align import Aligner
from rag.text.speech.names import is_role

# What turns a word round where it is put before it.
_TURNING = tuple("un in im il ir miss nicht non dis anti vize vice ex".split())
_STEM, _FIRST_PART, _SHORTEST_PART, _SHORTEST_WORD = 5, 4, 3, 4
_COMPOUND = 0.85
# So much of the longer word two spellings or forms of one word begin with.
_COMMON = 0.85
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
    keys = {token.key for token in sentence.tokens}
    found: list[tuple[float, int, int, int]] = []
    for at, token in enumerate(sentence.tokens):
        if at in taken or not token.content:
            continue
        shares = aligner.matches(token.text, same=same)
        for place, asked in enumerate(claim.tokens):
            if place in pairs or not asked.content:
                continue
            share = shares.get(place, 0.0)
            if same:
                share = _share(asked, token, share, keys, language=claim.language)
            if share >= (_FOUND if same else _FOUND_ACROSS):
                found.append((-share, abs(place - at), place, at))
    for _, _, place, at in sorted(found):
        if place not in pairs and at not in taken:
            pairs[place] = at
            taken.add(at)
    return Match(claim, sentence, pairs, anchors)


def _in_order(claim: Reading, sentence: Reading) -> dict[int, int]:
    """Runs of the same words in the same order; function words alone are no run."""
    mine, theirs = ([(token.key, token.kind == "other") for token in one.tokens] for one in (claim, sentence))
    anchors: dict[int, int] = {}
    for block in SequenceMatcher(a=mine, b=theirs, autojunk=False).get_matching_blocks():
        run = claim.tokens[block.a : block.a + block.size]
        if block.size > 1 or any(token.kind != "function" for token in run):
            anchors |= {block.a + step: block.b + step for step in range(block.size)}
    return anchors


def _share(asked: Token, token: Token, share: float, keys: Collection[str], *, language: str) -> float:
    """How well a token of a sentence in the same language says what the claim's does, 0 to 1."""
    mine, theirs = asked.text.casefold(), token.text.casefold()
    # A "Sieg" may be one that is still to come: it is no "siegte".
    if (asked.kind == "other") != (token.kind == "other") or _denies_other(mine, theirs):
        return 0.0
    if asked.key == token.key:
        return 1.0
    if asked.kind == "other" and say_the_same(asked.key, token.key, language=language):
        return 0.95
    if mine.endswith((theirs, token.key)) or theirs.endswith((mine, asked.key)):
        return _COMPOUND if _holds_the_other(asked, token, keys) else 0.0
    alike = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(mine, theirs, strict=False))))
    return share if share >= _FOUND and alike >= _COMMON * max(len(mine), len(theirs)) else 0.0


def _holds_the_other(asked: Token, token: Token, keys: Collection[str]) -> bool:
    """Of two words that end alike: a "Gefangenenaustausch" is an "Austausch", but no "Vizepräsident" a "Präsident".

    And a "Weizenpreis" is a "Preis" where the sentence, whose `keys` these are, names "Weizen" too.
    """
    mine, theirs = asked.text.casefold(), token.text.casefold()
    if min(len(mine), len(theirs)) < _SHORTEST_WORD:
        return False
    if len(theirs) > len(mine):
        return not is_role(asked.text)
    first = mine.removesuffix(theirs).removesuffix(token.key)[:_FIRST_PART]
    return len(first) >= _SHORTEST_PART and any(key.startswith(first) for key in keys)


def _denies_other(one: str, other: str) -> bool:
    """Whether one is the other with a beginning that turns it round or makes another office of it: "unberechtigt"."""
    shorter, longer = sorted((one, other), key=len)
    return any(longer.startswith(prefix + shorter[:_STEM]) for prefix in _TURNING)
