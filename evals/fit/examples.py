"""Cases -> what a search found for each, kept whole, so that weights can be tried without searching again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from tempfile import TemporaryDirectory

import numpy as np

from evals.formats.locate import locate_evidence
from evals.leave_out import leave_out_articles, leave_out_groups
from evals.types import Case
from rag.archive import Archive
from rag.index.embedder import Embedder, Vectors
from rag.retrieve.search import Found
from rag.types import Article

_STRANGERS = 12
_EVERY = 4


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """A question, the group of its evidence, and what was found for it among so many `articles`.

    `kind` says which archive it was asked of and what was out of reach.
    """

    case: Case
    group: str
    kind: str
    found: Found
    articles: int


def whole_archive(archive: Archive, cases: Sequence[Case], groups: Mapping[str, str]) -> Iterator[Example]:
    """Each question as it is, without the articles that answer it, and without their whole groups."""
    for kind, some in (
        ("whole", [case for case in cases if case.evidence]),
        ("whole, article out", leave_out_articles(cases)),
        ("whole, group out", leave_out_groups(cases, groups)),
    ):
        yield from _ask(archive, some, groups, kind)


def small_archives(
    cases: Sequence[Case], groups: Mapping[str, str], articles: Mapping[str, Article], embedder: Embedder
) -> Iterator[Example]:
    """Questions of each group, one in four, asked of an archive of that group alone, and of one of a single article of
    the group among twelve of others; with the article that answers in reach and out of it.

    In a small archive fewer words are rare and fewer passages are near by chance.
    """
    draw, remembering = Random(0), _Remembering(embedder)
    members: dict[str, list[str]] = {}
    for article_id, group in groups.items():
        members.setdefault(group, []).append(article_id)
    for group, own in members.items():
        asked = [case for case in cases if case.evidence and groups[case.evidence[0].article_id] == group]
        strangers = draw.sample([id for id in groups if groups[id] != group], _STRANGERS)
        alone = draw.choice(own)
        of_alone = [case for case in asked if case.evidence[0].article_id == alone]
        for kind, ids, some in (
            ("one topic", own, asked[::_EVERY]),
            ("few topics", [alone, *strangers], of_alone[:: _EVERY // 2]),
        ):
            with (
                TemporaryDirectory(prefix="beleg-eval-") as folder,
                Archive.open(folder, embedder=remembering) as archive,
            ):
                archive.ingest([articles[id] for id in ids])
                located = locate_evidence(some, {article.id: article for article in archive.articles()})
                yield from _ask(archive, located, groups, kind)
                yield from _ask(archive, leave_out_articles(located), groups, f"{kind}, article out")


class _Remembering:
    """An embedder that embeds a passage once, in however many archives it is."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._known: dict[str, Vectors] = {}
        self.fingerprint = embedder.fingerprint
        self.dimensions = embedder.dimensions
        self.window = embedder.window
        self.count_tokens = embedder.count_tokens
        self.embed_query = embedder.embed_query

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        if new := list(dict.fromkeys(text for text in texts if text not in self._known)):
            self._known |= dict(zip(new, self._embedder.embed_passages(new), strict=True))
        return np.stack([self._known[text] for text in texts])


def _ask(archive: Archive, cases: Iterable[Case], groups: Mapping[str, str], kind: str) -> Iterator[Example]:
    total = archive.status().articles
    for case in cases:
        found = archive.find(case.text, without=case.without)
        yield Example(case, groups[case.evidence[0].article_id], kind, found, total - len(case.without))
