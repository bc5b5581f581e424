"""Claims as FEVER and FeverSymmetric give them (Thorne et al. 2018; Schuster et al. 2019)."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel

from evals.formats.lines import read_rows
from evals.types import Case, Evidence, Suite
from rag.errors import InputError
from rag.types import Article, Verdict, content_hash

_VERDICTS: dict[str, Verdict] = {
    "SUPPORTS": "supported",
    "REFUTES": "refuted",
    "NOT ENOUGH INFO": "not_enough_evidence",
}


class _Row(BaseModel):
    id: str | int | None = None
    claim: str
    label: Literal["SUPPORTS", "REFUTES", "NOT ENOUGH INFO"]
    evidence: str | list[Any] | None = None
    evidence_sentence: str | None = None


def read_fever(path: Path) -> Suite:
    """Claims with the verdict that their label stands for.

    Evidence that is a sentence becomes an article of its own. Evidence that names pages, `[[annotation, id, page,
    sentence]]`, is those pages whole, under their titles: the corpus has to hold them.
    Raises InputError by file, line and field.
    """
    cases: list[Case] = []
    articles: dict[str, Article] = {}
    for where, row in read_rows(path, _Row):
        sentence = row.evidence_sentence or (row.evidence if isinstance(row.evidence, str) else None)
        evidence: tuple[Evidence, ...]
        if sentence:
            article = Article(f"evidence-{content_hash(sentence)[:12]}", sentence, origin=where)
            articles[article.id] = article
            evidence = (Evidence(article.id, sentence, 0),)
        else:
            evidence = tuple(Evidence(page) for page in _pages(row.evidence or [], where))
        number = where.rsplit(":", 1)[1]
        cases.append(
            Case(
                str(row.id if row.id is not None else number),
                row.claim,
                kind="claim",
                evidence=evidence,
                answerable=False,
                verdict=_VERDICTS[row.label],
                where=where,
            )
        )
    return Suite(tuple(cases), tuple(articles.values()))


def _pages(sets: str | list[Any], where: str) -> list[str]:
    """The titles in FEVER's list of evidence sets; a set without a page, as of a claim that has none, names nothing."""
    try:
        pages = [entry[2] for one in sets for entry in one]
    except (IndexError, TypeError, KeyError) as error:
        raise InputError(f"{where}: evidence: not [[annotation, id, page, sentence]]") from error
    if not all(page is None or isinstance(page, str) for page in pages):
        raise InputError(f"{where}: evidence: a page is not text")
    return list(dict.fromkeys(page for page in pages if page))
