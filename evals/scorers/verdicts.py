"""Whether a claim got the verdict that was expected."""

from __future__ import annotations

from evals.types import Case, Observation, Score

METRICS = ("verdict right",)


def score(case: Case, seen: Observation) -> dict[str, Score]:
    """`verdict right`: 1 where the verdict is the expected one."""
    if case.verdict is None:
        return {"verdict right": Score(None, "no verdict is expected")}
    if seen.checked is None:
        return {"verdict right": Score(None, "the claim was not checked")}
    said = f"expected {case.verdict}, got {seen.checked.verdict}"
    return {"verdict right": Score(float(seen.checked.verdict == case.verdict), said)}
