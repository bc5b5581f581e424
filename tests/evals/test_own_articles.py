"""Claims that bring their own articles: both forms of row, and what counts as right."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals.own_articles import Outcome, OwnClaim, check_own, own_figures, read_own_claims
from rag.check.judge import DenialJudge
from rag.errors import InputError
from rag.models.embedder import HashEmbedder
from rag.types import Article, Check, CheckReason, Verdict

TEXT = "Der Leuchtturm auf dem Kliff wurde 1912 gebaut."


def _written(folder: Path, *rows: dict[str, object]) -> Path:
    path = folder / "claims.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


def test_claims_with_articles_and_claims_with_evidence_are_read(tmp_path: Path) -> None:
    article = {"id": "a", "text": TEXT, "published": "2024-05-01", "language": "de"}
    claims = read_own_claims(
        _written(
            tmp_path,
            {"id": "1", "claim": "Der Turm ist alt.", "right": "not refuted", "articles": [article], "class": "old"},
            {"id": "2", "question": "Wann?", "right": "span 1912", "articles": [article]},
            {
                "id": "3",
                "claim": "It is old.",
                "verdict": "refuted",
                "evidence": [{"question": "So?", "text": "No."}],
            },
            {"id": "4", "claim": "It is new.", "verdict": "refuted", "evidence": [{"text": " "}]},
        )
    )
    assert [(one.id, one.due, [article.text for article in one.articles]) for one in claims] == [
        ("1", "not refuted", [TEXT]),
        ("3", "refuted", ["So? No."]),
    ]
    assert claims[0].articles[0].published is not None


def test_what_cannot_be_due_is_refused_by_its_line(tmp_path: Path) -> None:
    path = _written(tmp_path, {"id": "1", "claim": "Der Turm ist alt.", "right": "perhaps", "articles": []})
    with pytest.raises(InputError, match=r"claims.jsonl:1: 'perhaps'"):
        read_own_claims(path)


@pytest.mark.parametrize(
    ("due", "verdict", "reason", "right"),
    [
        ("supported", "supported", None, True),
        ("supported", "not_enough_evidence", None, False),
        ("not supported", "refuted", None, True),
        ("not supported", "conflicting", None, True),
        ("not supported", "supported", None, False),
        ("not refuted", "not_enough_evidence", None, True),
        ("not refuted", "refuted", None, False),
        ("not no_claim", "not_enough_evidence", "not_decided", True),
        ("not no_claim", "not_enough_evidence", "no_claim", False),
    ],
)
def test_right_is_what_is_due(due: str, verdict: Verdict, reason: CheckReason | None, right: bool) -> None:
    check = Check("Der Turm ist alt.", 0, 17, "de", verdict, "", reason)
    assert Outcome(OwnClaim("1", check.claim, (), due), check).right == right


def test_each_claim_is_checked_in_its_own_articles_alone() -> None:
    mine, other = (Article("a", TEXT),), (Article("a", "Das Brot kostet zwei Euro."),)
    claims = [OwnClaim(str(at), TEXT, articles, "supported") for at, articles in enumerate((mine, other, mine))]
    outcomes = list(check_own(claims, embedder=HashEmbedder(), judge=DenialJudge()))
    verdicts = {one.claim.id: one.check.verdict for one in outcomes}
    assert verdicts == {"0": "supported", "1": "not_enough_evidence", "2": "supported"}
    figures = own_figures(outcomes)
    for name, value in (("wrong", 1 / 3), ("due verdict given", 2 / 3), ("decided", 2 / 3), ("right of decided", 1.0)):
        figure = figures[name]
        assert figure is not None
        assert figure.value == pytest.approx(value)
