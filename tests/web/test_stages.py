"""Work in the background: its stages as they come, its end, and the way to stop it."""

from __future__ import annotations

import threading

import pytest

from rag.answer.write import OnDraft
from rag.archive import OnStage
from rag.desk.types import Turn
from rag.errors import InputError
from rag.types import Draft
from rag.web.stages import Runs, Step, Stopped, staged
from tests.web.turns import answer, turn

DONE = turn(answer())
SOON = 20  # seconds, for what comes at once


def test_stages_come_in_order_and_then_what_was_worked_out() -> None:
    def work(hear: OnStage, _: OnDraft) -> Turn:
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

    def work(hear: OnStage, _: OnDraft) -> Turn:
        hear("searching", 1, 1)
        assert told.wait(SOON)
        hear("choosing", 1, 1)
        return DONE

    steps = staged(work, threading.Event())
    assert next(steps) == Step("searching", 1, 1)
    told.set()
    assert list(steps) == [Step("choosing", 1, 1), DONE]


def test_work_without_stages_gives_only_its_end() -> None:
    assert list(staged(lambda *_: DONE, threading.Event())) == [DONE]


def test_what_is_stopped_ends_at_its_next_stage() -> None:
    stop, told, reached = threading.Event(), threading.Event(), []

    def work(hear: OnStage, _: OnDraft) -> Turn:
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


def test_of_what_is_written_meanwhile_the_latest_is_told() -> None:
    heard, goes_on = threading.Event(), threading.Event()

    def work(hear: OnStage, read: OnDraft) -> Turn:
        hear("writing", 1, 1)
        assert goes_on.wait(SOON)
        for pending in ("Das", "Das Telefonat", "Das Telefonat dauerte"):
            read(Draft("", (), pending))
        heard.set()
        return DONE

    steps = staged(work, threading.Event())
    assert next(steps) == Step("writing", 1, 1)
    goes_on.set()
    assert heard.wait(SOON)
    assert list(steps) in ([Draft("", (), "Das Telefonat dauerte"), DONE], [DONE])


def test_what_waits_for_a_silent_model_stops_at_once_and_stores_nothing() -> None:
    stop, answered, ended = threading.Event(), threading.Event(), threading.Event()

    def work(hear: OnStage, _: OnDraft) -> Turn:
        hear("writing", 1, 1)
        assert answered.wait(SOON)
        try:
            hear("storing", 1, 1)
        except Stopped:
            ended.set()
            raise
        return DONE

    steps = staged(work, stop)
    next(steps)
    stop.set()
    with pytest.raises(Stopped):  # though the model has not said a word
        next(steps)
    answered.set()
    assert ended.wait(SOON)


def test_what_is_being_stored_is_not_stopped_any_more() -> None:
    stop, stored = threading.Event(), threading.Event()

    def work(hear: OnStage, _: OnDraft) -> Turn:
        hear("storing", 1, 1)
        assert stored.wait(SOON)
        return DONE

    steps = staged(work, stop)
    next(steps)
    stop.set()
    threading.Timer(0.5, stored.set).start()
    assert list(steps) == [DONE]


def test_what_the_work_raises_is_raised_after_its_stages() -> None:
    def work(hear: OnStage, _: OnDraft) -> Turn:
        hear("searching", 1, 1)
        raise InputError("zu lang")

    steps = staged(work, threading.Event())
    assert next(steps) == Step("searching", 1, 1)
    with pytest.raises(InputError, match="zu lang"):
        next(steps)


def test_where_nobody_waits_any_more_the_work_goes_on_to_its_end() -> None:
    stop, closed, ended = threading.Event(), threading.Event(), threading.Event()

    def work(hear: OnStage, _: OnDraft) -> Turn:
        hear("searching", 1, 1)
        assert closed.wait(SOON)
        hear("choosing", 1, 1)
        ended.set()
        return DONE

    steps = staged(work, stop)
    next(steps)
    steps.close()  # type: ignore[attr-defined]
    closed.set()
    assert ended.wait(SOON)
    assert not stop.is_set()


def test_a_button_stops_what_runs_in_its_tab_and_in_no_other() -> None:
    runs = Runs()
    with runs.begin("one") as one, runs.begin("other") as other:
        assert one
        assert other
        runs.stop("one")
        assert one.stop.is_set()
        assert not other.stop.is_set()


def test_what_ended_is_neither_stopped_nor_left_and_nor_is_what_comes_after_it() -> None:
    runs = Runs()
    with runs.begin("tab") as ended:
        pass
    runs.stop("tab")
    runs.leave("tab", "other")
    with runs.begin("tab") as begun:
        for run in (ended, begun):
            assert run
            assert (run.stop.is_set(), run.left_for) == (False, None)


def test_a_second_question_does_not_begin_in_a_tab_where_one_runs() -> None:
    runs = Runs()
    with runs.begin("tab") as first:
        with runs.begin("tab") as second:
            assert second is None
        with runs.begin("tab") as third:
            assert third is None
        runs.stop("tab")
        assert first
        assert first.stop.is_set()
    with runs.begin("tab") as next_one:
        assert next_one


def test_a_run_that_fails_makes_room_for_the_next() -> None:
    runs = Runs()
    with pytest.raises(InputError), runs.begin("tab"):
        raise InputError("zu lang")
    with runs.begin("tab") as begun:
        assert begun


def test_a_run_knows_which_conversation_it_was_left_for_in_its_tab_and_in_no_other() -> None:
    runs = Runs()
    with runs.begin("one") as one, runs.begin("other") as other:
        assert one
        assert other
        assert one.left_for is None
        runs.leave("one", "first")
        runs.leave("one", "")
        assert (one.left_for, other.left_for) == ("", None)
        assert not one.stop.is_set()
