"""Claims that bring their own articles, each set of them an archive by itself: what checking says, and how right.

Two forms of row are read: claims over short articles (`claim`, `articles`, and in `right` what is due), and AVeriTeC's
(`claim`, `verdict`, `evidence` with `question` and `text`, each piece an article).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from evals.formats.lines import read_rows
from evals.intervals import mean_figure
from evals.types import VERDICTS, Figure
from rag.errors import InputError
from rag.settings import Settings
from rag.types import Article, Check

if TYPE_CHECKING:
    from rag.check.judge import Judge
    from rag.models.embedder import Embedder

# What is due where no verdict is: that the claim is not called the one thing.
_NOT = {"not supported": "supported", "not refuted": "refuted"}
_NOT_REFUSED = "not no_claim"


class _Article(BaseModel):
    id: str
    text: str
    title: str | None = None
    published: date | None = None
    language: str | None = None


class _Evidence(BaseModel):
    text: str
    question: str | None = None


class _Row(BaseModel):
    id: str
    claim: str | None = None
    articles: tuple[_Article, ...] = ()
    right: str | None = None
    verdict: str | None = None
    evidence: tuple[_Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnClaim:
    """A claim, all that its archive holds, and what is due: a verdict, or what it must not be called."""

    id: str
    claim: str
    articles: tuple[Article, ...]
    due: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a claim."""

    claim: OwnClaim
    check: Check

    @property
    def right(self) -> bool:
        due, verdict = self.claim.due, self.check.verdict
        if due in _NOT:
            return verdict != _NOT[due]
        return self.check.reason != "no_claim" if due == _NOT_REFUSED else verdict == due


def read_own_claims(path: Path) -> list[OwnClaim]:
    """The claims of a file; rows that ask a question are passed over. Raises InputError by file and line."""
    claims = []
    for where, row in read_rows(path, _Row):
        if row.claim is None:
            continue
        due = row.right or row.verdict or ""
        if due not in {*VERDICTS, *_NOT, _NOT_REFUSED}:
            raise InputError(f"{where}: {due!r} is nothing that can be due of a claim.")
        articles = tuple(Article(**one.model_dump()) for one in row.articles) or _pieces(row.evidence)
        if articles:
            claims.append(OwnClaim(row.id, row.claim, articles, due))
    return claims


def _pieces(evidence: Sequence[_Evidence]) -> tuple[Article, ...]:
    told = [" ".join(filter(None, [one.question, one.text])) for one in evidence if one.text.strip()]
    return tuple(Article(f"piece-{number}", text) for number, text in enumerate(told, start=1))


def check_own(claims: Iterable[OwnClaim], *, embedder: Embedder, judge: Judge | None) -> Iterator[Outcome]:
    """Each claim checked in an archive of its articles alone; claims that bring the same ones share it."""
    from rag.archive import Archive

    by_articles: dict[tuple[Article, ...], list[OwnClaim]] = {}
    for claim in claims:
        by_articles.setdefault(claim.articles, []).append(claim)
    settings = Settings(database=None, reranker=None, reader="none", judge="none")
    for articles, some in by_articles.items():
        with (
            TemporaryDirectory(prefix="beleg-eval-") as folder,
            Archive.open(folder, settings=settings, embedder=embedder, judge=judge) as archive,
        ):
            archive.ingest(list(articles))
            for claim in some:
                yield Outcome(claim, archive.check(claim.claim))


def own_figures(outcomes: Sequence[Outcome]) -> Mapping[str, Figure | None]:
    """How often what was said is wrong, how often a due verdict was given, how many were decided and how rightly."""
    verdicts = [one for one in outcomes if one.claim.due in ("supported", "refuted")]
    decided = [one for one in outcomes if one.check.verdict in ("supported", "refuted", "conflicting")]
    due = [one for one in decided if one.claim.due in VERDICTS]
    return {
        "wrong": mean_figure(float(not one.right) for one in outcomes),
        "due verdict given": mean_figure(float(one.right) for one in verdicts),
        "decided": mean_figure(float(one in decided) for one in outcomes),
        "right of decided": mean_figure(float(one.right) for one in due),
    }


def outcome_rows(outcomes: Sequence[Outcome]) -> list[dict[str, Any]]:
    return [
        {
            "id": one.claim.id,
            "claim": one.claim.claim,
            "due": one.claim.due,
            "verdict": one.check.verdict,
            "confidence": one.check.confidence,
            "right": one.right,
        }
        for one in outcomes
    ]
