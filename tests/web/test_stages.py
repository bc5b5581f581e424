"""Work in the background: its stages as they come, its end, and the way to stop it."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from rag.desk.types import Turn
from rag.errors import InputError
from rag.web.stages import OnStage, Step, Stopped, Stops, staged
from tests.web.turns import answer, turn

DONE = turn(answer())
SOON = 20  # seconds, for what comes at once


def test_stages_come_in_order_and_then_what_was_worked_out() -> None:
    def work(hear: OnStage) -> Turn:
        hear("searching", 1, 2)
        hear("checking", 1, 2)
        hear("checking", 2, 2)
        return DONE

    assert list(staged(work, threading.Event())) == [
        Step("searching", 1, 2),
        Step("checking", 1, 2),
        Step("checking", 2, 2),
        DONE,
    ]


def test_a_stage_is_told_before_the_next_begins() -> None:
    told = threading.Event()

    def work(hear: OnStage) -> Turn:
        hear("searching", 1, 1)
        assert told.wait(SOON)
        hear("choosing", 1, 1)
        return DONE

    steps = staged(work, threading.Event())
    assert next(steps) == Step("searching", 1, 1)
    told.set()
    assert list(steps) == [Step("choosing", 1, 1), DONE]


def test_work_without_stages_gives_only_its_end() -> None:
    assert list(staged(lambda _: DONE, threading.Event())) == [DONE]


def test_what_is_stopped_ends_at_its_next_stage() -> None:
    stop, told, reached = threading.Event(), threading.Event(), []

    def work(hear: OnStage) -> Turn:
        hear("searching", 1, 1)
        assert told.wait(SOON)
        hear("choosing", 1, 1)
        reached.append("chosen")
        return DONE

    steps = staged(work, stop)
    next(steps)
    stop.set()
    told.set()
    with pytest.raises(Stopped):
        next(steps)
    assert reached == []


def test_what_the_work_raises_is_raised_after_its_stages() -> None:
    def work(hear: OnStage) -> Turn:
        hear("searching", 1, 1)
        raise InputError("zu lang")

    steps = staged(work, threading.Event())
    assert next(steps) == Step("searching", 1, 1)
    with pytest.raises(InputError, match="zu lang"):
        next(steps)


def test_closing_the_tab_stops_the_work() -> None:
    stop, ended = threading.Event(), []

    def work(hear: OnStage) -> Turn:
        try:
            hear("searching", 1, 1)
            assert stop.wait(SOON)
            hear("choosing", 1, 1)
        except Stopped:
            ended.append("stopped")
            raise
        return DONE

    steps = staged(work, stop)
    next(steps)
    assert isinstance(steps, Iterator)
    steps.close()  # type: ignore[attr-defined]
    assert ended == ["stopped"]
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("beleg-question")]


def test_a_button_stops_what_runs_in_its_tab_and_in_no_other() -> None:
    stops = Stops()
    with stops.running("one") as one, stops.running("other") as other:
        stops.stop("one")
        assert one.is_set()
        assert not other.is_set()


def test_a_button_stops_nothing_where_nothing_runs() -> None:
    stops = Stops()
    with stops.running("tab") as ended:
        pass
    stops.stop("tab")
    assert not ended.is_set()
    with stops.running("tab") as begun:
        assert not begun.is_set()


def test_of_two_that_run_in_one_tab_the_later_can_be_stopped_after_the_first_ended() -> None:
    stops = Stops()
    first = stops.running("tab")
    first.__enter__()
    with stops.running("tab") as later:
        first.__exit__(None, None, None)
        stops.stop("tab")
        assert later.is_set()
