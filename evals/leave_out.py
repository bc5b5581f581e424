"""Answerable cases -> as many unanswerable ones: the same question, with its evidence out of the archive's reach."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from pydantic import BaseModel

from evals.formats.lines import read_rows
from evals.types import Case
from rag.errors import InputError


class _Group(BaseModel):
    id: str
    group: str | int


def leave_out_articles(cases: Iterable[Case]) -> list[Case]:
    """Each case without the articles that hold its evidence. Others may still touch on the topic, or answer too."""
    return [_without(case, {evidence.article_id for evidence in case.evidence}) for case in cases if case.evidence]


def leave_out_groups(cases: Iterable[Case], groups: Mapping[str, str]) -> list[Case]:
    """Each case without every article of its evidence's groups. `groups` gives an article's group by its id."""
    members: dict[str, set[str]] = {}
    for article_id, group in groups.items():
        members.setdefault(group, set()).add(article_id)
    without = []
    for case in cases:
        named = [evidence.article_id for evidence in case.evidence]
        if unknown := [article_id for article_id in named if article_id not in groups]:
            raise InputError(f"The article {unknown[0]!r}, evidence of the case {case.id!r}, has no group.")
        if named:
            without.append(_without(case, set().union(*(members[groups[article_id]] for article_id in named))))
    return without


def read_groups(path: Path) -> dict[str, str]:
    """The group of each article, by id: JSONL with `id` and `group`, the articles' own file where it says both."""
    return {row.id: str(row.group) for _, row in read_rows(path, _Group)}


def _without(case: Case, article_ids: Iterable[str]) -> Case:
    return replace(
        case,
        id=f"{case.id} without",
        without=tuple(sorted(article_ids)),
        answerable=False,
        verdict=None if case.verdict is None else "not_enough_evidence",
        quotation=None,
        speaker=None,
        tags=(*case.tags, "left out"),
    )
