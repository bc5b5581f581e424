"""Two runs over the same cases -> what changed, and whether it is more than noise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from evals.intervals import figure_of
from evals.run_folder import read_whole_run
from evals.types import Figure
from rag.errors import InputError

_RESAMPLES = 2_000
_SEED = 0
_NAMED = 20
# Below this probability under "no difference", a difference is called one.
SIGNIFICANT = 0.05

Scored = Mapping[str, Mapping[str, float | None]]


@dataclass(frozen=True, slots=True)
class Difference:
    """What a metric did from the first run to the second, over the cases that both could score.

    `change` is the mean difference with its 95 % interval, `p` the exact two-sided sign test over the cases that differ
    (McNemar's test where scores are 0 or 1).
    """

    metric: str
    change: Figure
    p: float
    won: tuple[str, ...]
    lost: tuple[str, ...]

    @property
    def significant(self) -> bool:
        return self.p < SIGNIFICANT


def read_scores(folder: Path) -> Scored:
    """The scores of a run by case and metric. Raises InputError for a folder that is no whole run, or was cut off."""
    rows = read_whole_run(folder)
    return {
        f"{row.case.id}: {row.case.text}": {name: score.value for name, score in row.scores.items()} for row in rows
    }


def compare_runs(first: Scored, second: Scored) -> list[Difference]:
    """The difference in each metric. Raises InputError where the runs are not over the same cases."""
    if missing := sorted(first.keys() ^ second.keys()):
        raise InputError(f"The runs are over different cases: {len(missing)} are in one only, such as {missing[0]!r}.")
    metrics = dict.fromkeys(metric for scores in first.values() for metric in scores)
    return [difference for metric in metrics if (difference := _difference(metric, first, second)) is not None]


def sign_test(won: int, lost: int) -> float:
    """The exact two-sided probability of a split at least as uneven, were winning and losing as likely: B(n, 1/2)."""
    from scipy.stats import binomtest

    return float(binomtest(won, won + lost).pvalue) if won + lost else 1.0


def difference_table(differences: Sequence[Difference]) -> str:
    """The differences for a person, and by name the cases that flipped, at most 20 each way of a metric."""
    lines = []
    for one in differences:
        ties = one.change.cases - len(one.won) - len(one.lost)
        lines.append(
            f"{one.metric:<22} {one.change.value:+.3f}  [{one.change.low:+.3f}, {one.change.high:+.3f}]  "
            f"p {one.p:.4f}  {len(one.won)} won, {ties} tied, {len(one.lost)} lost{'  *' if one.significant else ''}"
        )
    for one in differences:
        if one.won or one.lost:
            lines.append(f"\n{one.metric}")
            lines += _names("+", one.won) + _names("-", one.lost)
    return "\n".join(lines)


def _names(sign: str, cases: Sequence[str]) -> list[str]:
    more = [f"  {sign} and {len(cases) - _NAMED} more (--json names all)"] if len(cases) > _NAMED else []
    return [f"  {sign} {name}" for name in cases[:_NAMED]] + more


def _difference(metric: str, first: Scored, second: Scored) -> Difference | None:
    changes: dict[str, float] = {}
    for name, scores in first.items():
        before, after = scores.get(metric), second[name].get(metric)
        if before is not None and after is not None:
            changes[name] = after - before
    if not changes:
        return None
    values = np.array(list(changes.values()))
    generator = np.random.default_rng(_SEED)
    resampled = [float(generator.choice(values, values.size).mean()) for _ in range(_RESAMPLES)]
    won = tuple(name for name, change in changes.items() if change > 0)
    lost = tuple(name for name, change in changes.items() if change < 0)
    change = figure_of(float(values.mean()), resampled, cases=values.size)
    return Difference(metric, change, sign_test(len(won), len(lost)), won, lost)
