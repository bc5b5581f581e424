"""Characters that spans were put on."""

from __future__ import annotations

from rag.text.overlap import Taken


def test_a_span_meets_those_that_share_a_character_with_it() -> None:
    taken = Taken(10, [(2, 4)])
    taken.put(7, 8)
    assert [taken.meets(*span) for span in [(0, 2), (0, 3), (3, 9), (4, 7), (8, 10)]] == [
        False,
        True,
        True,
        False,
        False,
    ]
    assert [taken.holds(at) for at in (1, 2, 3, 4, 7)] == [False, True, True, False, True]
