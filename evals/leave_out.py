"""Answerable cases -> as many unanswerable ones: the same question, with its evidence out of the archive's reach."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from evals.types import Case
from rag.errors import InputError


def leave_out_articles(cases: Iterable[Case]) -> list[Case]:
    """Each case without the articles that answer it. Others may still touch on the topic, or answer too."""
    return [_without(case, case.evidence) for case in cases]


def leave_out_groups(cases: Iterable[Case], groups: Mapping[str, str]) -> list[Case]:
    """Each case without every article of its evidence's groups. `groups` gives an article's group by its id."""
    members: dict[str, list[str]] = {}
    for article_id, group in groups.items():
        members.setdefault(group, []).append(article_id)
    without = []
    for case in cases:
        if unknown := [article_id for article_id in case.evidence if article_id not in groups]:
            raise InputError(f"The article {unknown[0]!r}, evidence of the case {case.id!r}, has no group.")
        gone = {member for article_id in case.evidence for member in members[groups[article_id]]}
        without.append(_without(case, sorted(gone)))
    return without


def read_groups(path: Path) -> dict[str, str]:
    """The group of each article, by id: JSONL with `id` and `group`, the articles' own file where it says both."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"The groups {str(path)!r} cannot be read: {error}") from error
    return dict(_group(line, f"{path}:{number}") for number, line in enumerate(lines, start=1) if line.strip())


def _group(line: str, where: str) -> tuple[str, str]:
    try:
        row = json.loads(line)
        return str(row["id"]), str(row["group"])
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        raise InputError(f"{where}: not a JSON object with id and group: {error}") from error


def _without(case: Case, article_ids: Iterable[str]) -> Case:
    return replace(case, id=f"{case.id} without", without=tuple(article_ids))
