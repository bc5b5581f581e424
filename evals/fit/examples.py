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
from rag.answer.read import PASSAGES_READ, Reader, Readings, TrainedReader
from rag.archive import Archive
from rag.errors import InputError
from rag.models.embedder import Embedder, Vectors
from rag.retrieve.search import ALIGNED, Found
from rag.settings import Settings
from rag.types import Article

_STRANGERS = 12
_EVERY = 4
# So many hits tell how the searches are to be fused, of the questions that are asked of the whole archive.
_FUSED = 100
_MORE = 1


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """A question, the group of its evidence, and what was found for it in an archive of so many `articles`.

    Those out of reach are counted too, so that the number does not tell whether a question can be answered. `kind` says
    which archive it was asked of and what was out of reach. `readings` are of more passages than are read of
    a question, as other weights may put others first.
    """

    case: Case
    group: str
    kind: str
    found: Found
    articles: int
    readings: Readings | None = None


def whole_archive(archive: Archive, cases: Sequence[Case], groups: Mapping[str, str]) -> Iterator[Example]:
    """Each question as it is, without the articles that answer it, and without their whole groups."""
    for kind, some in (
        ("whole", [case for case in cases if case.evidence]),
        ("whole, article out", leave_out_articles(cases)),
        ("whole, group out", leave_out_groups(cases, groups)),
    ):
        yield from _ask(archive, some, groups, kind)


def small_archives(
    cases: Sequence[Case],
    groups: Mapping[str, str],
    articles: Mapping[str, Article],
    embedder: Embedder,
    reader: Reader | None,
) -> Iterator[Example]:
    """Questions of each group, one in four, asked of an archive of that group alone, of one of a single article of the
    group among twelve of others, and beside one other; with the article that answers in reach and out of it.

    In a small archive fewer words are rare and fewer passages are near by chance.
    """
    draw, remembering = Random(0), _Remembering(embedder)
    own_files = Settings(database=None, reranker=None, reader=None, judge=None)
    members: dict[str, list[str]] = {}
    for article_id, group in groups.items():
        if article_id in articles:
            members.setdefault(group, []).append(article_id)
    for group, own in members.items():
        asked = [case for case in cases if case.evidence and group_of(case, groups) == group]
        others = [id for name, ids in members.items() if name != group for id in ids]
        strangers = draw.sample(others, min(_STRANGERS, len(others)))
        alone = draw.choice(own)
        of_alone = [case for case in asked if case.evidence[0].article_id == alone]
        for kind, ids, some in (
            ("one topic", own, asked[::_EVERY]),
            ("few topics", [alone, *strangers], of_alone[:: _EVERY // 2]),
            ("two articles", [alone, *strangers[:1]], of_alone[:: _EVERY // 2]),
        ):
            with (
                TemporaryDirectory(prefix="beleg-eval-") as folder,
                Archive.open(folder, settings=own_files, embedder=remembering, reader=reader) as archive,
            ):
                archive.ingest([articles[id] for id in ids])
                located = locate_evidence(some, {article.id: article for article in archive.articles()})
                yield from _ask(archive, located, groups, kind)
                yield from _ask(archive, leave_out_articles(located), groups, f"{kind}, article out")


class _Remembering:
    """An embedder that embeds a text once, in however many archives it is."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._known: dict[str, Vectors] = {}
        self.fingerprint = embedder.fingerprint
        self.dimensions = embedder.dimensions
        self.embed_query = embedder.embed_query

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        if new := list(dict.fromkeys(text for text in texts if text not in self._known)):
            self._known |= dict(zip(new, self._embedder.embed_passages(new), strict=True))
        return np.stack([self._known[text] for text in texts])


def group_of(case: Case, groups: Mapping[str, str]) -> str:
    """The group of all evidence of a case. Raises InputError where it has none, or several."""
    found = {groups.get(evidence.article_id, "") for evidence in case.evidence}
    if len(found) != 1 or "" in found:
        raise InputError(
            f"The evidence of the case {case.id!r} is not of one group: {', '.join(sorted(found)) or 'none'}."
        )
    return found.pop()


def _ask(archive: Archive, cases: Iterable[Case], groups: Mapping[str, str], kind: str) -> Iterator[Example]:
    total = archive.status().articles
    for case in cases:
        found = archive.find(case.text, _FUSED if kind == "whole" else ALIGNED, without=case.without)
        readings = None
        if isinstance(archive.reader, TrainedReader):
            readings = archive.reader.read(found.question.text, found.hits[: PASSAGES_READ + _MORE])
        yield Example(case, group_of(case, groups), kind, found, total, readings)
