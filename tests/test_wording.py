"""Every value that a person is shown has a name in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

import pytest

from rag.types import FindingKind, QuotationStatus, Stance, Verdict
from rag.wording import FINDING_KINDS, QUOTATION_STATUSES, STANCES, VERDICTS, capital


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize(
    ("names", "values"),
    [
        (VERDICTS, get_args(Verdict)),
        (STANCES, get_args(Stance)),
        (QUOTATION_STATUSES, get_args(QuotationStatus)),
        (FINDING_KINDS, get_args(FindingKind)),
    ],
)
def test_every_value_has_a_name_of_its_own(
    names: Mapping[str, Mapping[Any, str]], values: tuple[str, ...], language: str
) -> None:
    assert set(names[language]) == set(values)
    assert len(set(names[language].values())) == len(values)


def test_a_name_begins_a_line_with_a_capital_and_stays_as_it_is_otherwise() -> None:
    assert [capital(name) for name in ("nicht genug Belege", "Zahl", "")] == ["Nicht genug Belege", "Zahl", ""]
