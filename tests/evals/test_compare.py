"""What changed between two runs, and whether it is more than noise."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.compare import compare_runs, difference_table, read_scores, sign_test
from evals.run_folder import RunFolder
from evals.types import Case, Row, Score
from rag.errors import InputError


def _scored(*values: float | None) -> dict[str, dict[str, float | None]]:
    return {f"q{number}: ?": {"sentence first": value} for number, value in enumerate(values)}


@pytest.mark.parametrize(
    ("won", "lost", "expected"),
    [
        (0, 0, 1.0),
        (5, 0, 2 / 2**5),
        (1, 6, 2 * (1 + 7) / 2**7),
        (3, 3, 1.0),
    ],
)
def test_the_sign_test_is_the_exact_binomial(won: int, lost: int, expected: float) -> None:
    assert sign_test(won, lost) == pytest.approx(expected)


def test_the_same_run_twice_shows_no_difference() -> None:
    [same] = compare_runs(_scored(1.0, 0.0, 1.0), _scored(1.0, 0.0, 1.0))
    assert (same.change.value, same.p, same.significant, same.won, same.lost) == (0.0, 1.0, False, (), ())


def test_a_loss_in_most_cases_is_significant_and_names_them() -> None:
    [worse] = compare_runs(_scored(*[1.0] * 12), _scored(*[0.0] * 10, 1.0, 1.0))
    assert worse.significant
    assert worse.change.value == pytest.approx(-10 / 12)
    assert worse.change.low <= worse.change.value <= worse.change.high < 0
    assert worse.lost == tuple(f"q{number}: ?" for number in range(10))
    assert "0 won, 2 tied, 10 lost  *" in difference_table([worse])
    assert "  - q3: ?" in difference_table([worse])


def test_of_many_flipped_cases_the_table_names_twenty() -> None:
    shown = difference_table(compare_runs(_scored(*[1.0] * 30), _scored(*[0.0] * 30)))
    assert shown.count("  - q") == 20
    assert "  - and 10 more (--json names all)" in shown


def test_one_case_more_or_less_is_noise() -> None:
    [noise] = compare_runs(_scored(1.0, 1.0, 0.0, 0.0), _scored(1.0, 0.0, 1.0, 1.0))
    assert not noise.significant


def test_cases_that_one_run_could_not_score_are_left_out() -> None:
    [difference] = compare_runs(_scored(1.0, None, 0.0), _scored(1.0, 1.0, 1.0))
    assert difference.change.cases == 2


def test_runs_over_different_cases_are_refused() -> None:
    with pytest.raises(InputError, match="different cases: 1"):
        compare_runs(_scored(1.0), _scored(1.0, 1.0))


def test_a_runs_scores_are_read_by_case_and_metric(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path, {})
    rows = [Row(Case("q0", "?"), {"sentence first": Score(1.0)}), Row(Case("q1", "?"), {"sentence first": Score(None)})]
    folder.write_rows(rows)
    folder.write("summary.json", '{"cases": 2}')
    assert read_scores(tmp_path) == _scored(1.0, None)
    with pytest.raises(InputError, match="not a whole run"):
        read_scores(tmp_path / "none")
