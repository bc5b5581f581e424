"""Evidence from several articles -> its order, and what counts as one source.

Papers print agency texts: cut, with a paragraph of their own and some words changed. Such articles are one source.
They are told by the runs of three words that they share, of the shorter article's; MinHash estimates it from sketches
of 2 KB (Broder, On the resemblance and containment of documents, 1997). evals/README.md says how well.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from threading import Lock
from typing import TYPE_CHECKING, get_args
from zlib import crc32

from rag.text.tokens import words
from rag.types import Article, Evidence, IndependentSource, Stance

if TYPE_CHECKING:
    from datasketch import MinHash

_RUN = 3
_PERMUTATIONS = 512
# What an article must hold of a shorter one's runs of words. Pairs of different articles on one topic reach .17.
_SAME_TEXT = 0.2
# Two reports of a sentence or two share as much when they quote one person.
_FEWEST_SHARED = 10
# One or two slots of a sketch agree by chance; beside a very long article they would stand for a whole short one.
_FEWEST_AGREEING = 4
_SKETCHES_KEPT = 1_024

_STANCES: tuple[Stance, ...] = get_args(Stance)


def order_evidence(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """For, against, neither; in each what corrects first, then the newest article, undated ones last.

    The markers are given anew in this order, from 1, in the citations and in their findings.
    """
    ordered = sorted(evidence, key=_place)
    return tuple(_marked(one, marker) for marker, one in enumerate(ordered, start=1))


def independent_sources(evidence: Sequence[Evidence], articles: Iterable[Article]) -> tuple[IndependentSource, ...]:
    """What counts as one source of each stance, in the order of their first markers.

    `articles` hold those that the evidence is from, each once or more; articles that print one text are one source, and
    so are those of one outlet. Evidence from an article that is not among them is a source by itself.
    """
    cited = {one.citation.article_id for one in evidence}
    groups = near_duplicates(article for article in articles if article.id in cited)
    group_of = {article_id: group for group in groups for article_id in group}
    sources = []
    for stance in _STANCES:
        by_group: dict[tuple[str, ...], list[Evidence]] = {}
        for one in evidence:
            if one.stance == stance:
                article_id = one.citation.article_id
                by_group.setdefault(group_of.get(article_id, (article_id,)), []).append(one)
        sources += [_source(stance, members) for members in _by_outlet(by_group.values())]
    return tuple(sources)


def _by_outlet(groups: Iterable[list[Evidence]]) -> list[list[Evidence]]:
    """The groups, those together that have an outlet in common."""
    joined: list[list[Evidence]] = []
    for group in groups:
        same = [other for other in joined if _outlets(other) & _outlets(group)]
        joined = [other for other in joined if other not in same] + [[one for some in (*same, group) for one in some]]
    return joined


def _outlets(evidence: Iterable[Evidence]) -> set[str]:
    return {one.citation.source.casefold() for one in evidence if one.citation.source}


def near_duplicates(articles: Iterable[Article]) -> tuple[tuple[str, ...], ...]:
    """The articles' ids, those together that print one text. Groups and ids come in their order.

    Each article joins that shorter one of which it holds the most, if it holds enough. So a digest that prints two
    agency texts is one source with one of them, and does not make one source of the two.
    """
    unique = {article.id: article for article in articles}
    sketches = {article_id: _sketches.of(article) for article_id, article in unique.items()}
    by_length = sorted(unique, key=lambda article_id: (sketches[article_id].size, article_id))
    root: dict[str, str] = {}
    for place, article_id in enumerate(by_length):
        shares = [(_share(sketches[shorter], sketches[article_id]), shorter) for shorter in by_length[:place]]
        most, shorter = max(shares, default=(0.0, ""), key=lambda pair: pair[0])
        root[article_id] = root[shorter] if most >= _SAME_TEXT else article_id
    groups: dict[str, list[str]] = {}
    for article_id in unique:
        groups.setdefault(root[article_id], []).append(article_id)
    return tuple(tuple(group) for group in groups.values())


@dataclass(frozen=True, slots=True)
class _Sketch:
    """What stands for a text: the sketch of its runs of three words, and how many different ones there are."""

    minhash: MinHash
    size: int


class _Sketches:
    """The sketches of the texts last asked for, by their hash."""

    def __init__(self) -> None:
        self._kept: dict[str, _Sketch] = {}
        self._guard = Lock()

    def of(self, article: Article) -> _Sketch:
        found = self._kept.get(article.content_hash)
        if found is None:
            found = _sketch(article.text)
            with self._guard:
                while len(self._kept) >= _SKETCHES_KEPT:
                    self._kept.pop(next(iter(self._kept)))
                self._kept[article.content_hash] = found
        return found


_sketches = _Sketches()


def _sketch(text: str) -> _Sketch:
    from datasketch import MinHash

    run = words(text)
    runs = {" ".join(run[i : i + _RUN]) for i in range(max(1, len(run) - _RUN + 1))}
    minhash = MinHash(_PERMUTATIONS, hashfunc=crc32)
    minhash.update_batch([shingle.encode() for shingle in runs])
    return _Sketch(minhash, len(runs))


def _share(shorter: _Sketch, longer: _Sketch) -> float:
    """What the longer text holds of the shorter one's runs of words, as the sketches estimate it, 0 to 1.

    With the resemblance `J = |A ∩ B| / |A ∪ B|` it is `J / (1 + J) · (|A| + |B|) / |A|`; 0 where too few agree.
    """
    resemblance = shorter.minhash.jaccard(longer.minhash)
    shared = resemblance / (1 + resemblance) * (shorter.size + longer.size)
    few = shared < _FEWEST_SHARED or resemblance * _PERMUTATIONS < _FEWEST_AGREEING
    return 0.0 if few and resemblance < 1 else min(1.0, shared / shorter.size)


def _place(one: Evidence) -> tuple[object, ...]:
    day = one.citation.published
    newest_first = -(day or date.min).toordinal()
    bearing_first = -one.bearing
    return (
        _STANCES.index(one.stance),
        not one.corrects,
        newest_first,
        bearing_first,
        one.citation.article_id,
        one.citation.start,
    )


def _marked(one: Evidence, marker: int) -> Evidence:
    findings = tuple(replace(finding, marker=marker) for finding in one.findings)
    return replace(one, citation=replace(one.citation, marker=marker), findings=findings)


def _source(stance: Stance, evidence: Sequence[Evidence]) -> IndependentSource:
    newest = sorted(evidence, key=lambda one: -(one.citation.published or date.min).toordinal())
    return IndependentSource(
        stance,
        markers=tuple(sorted(one.citation.marker for one in evidence)),
        articles=tuple(dict.fromkeys(one.citation.article_id for one in newest)),
    )
