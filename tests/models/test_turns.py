"""A lock that is handed over in the order in which it was asked for."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import NoReturn

import pytest

from rag.models.turns import Turns


def wait_until_waiting(turns: Turns, count: int) -> None:
    while len(turns._waiting) < count:
        threading.Event().wait(0.001)


def test_who_waits_is_next_however_often_another_comes_back() -> None:
    turns, order = Turns(), []

    def ask(name: str) -> None:
        with turns:
            order.append(name)

    with ThreadPoolExecutor() as pool:
        with turns:
            for number, name in enumerate(("first", "second"), start=1):
                pool.submit(ask, name)
                wait_until_waiting(turns, number)
        with turns:
            order.append("again")
    assert order == ["first", "second", "again"]


def test_one_at_a_time_is_inside() -> None:
    turns, inside, most = Turns(), [0], [0]

    def work() -> None:
        for _ in range(200):
            with turns:
                inside[0] += 1
                most[0] = max(most[0], inside[0])
                threading.Event().wait(0)  # lets the others come
                inside[0] -= 1

    with ThreadPoolExecutor(4) as pool:
        for future in [pool.submit(work) for _ in range(4)]:
            future.result()
    assert most == [1]


def test_an_error_inside_ends_the_turn() -> None:
    turns = Turns()
    with pytest.raises(ValueError, match="inside"), turns:
        raise ValueError("inside")
    with turns:
        pass


@pytest.fixture
def interrupting() -> Iterator[signal.Signals]:
    def interrupt(*_: object) -> NoReturn:
        raise InterruptedError

    before = signal.signal(signal.SIGUSR1, interrupt)
    yield signal.SIGUSR1
    signal.signal(signal.SIGUSR1, before)


def test_who_gives_up_waiting_holds_nobody_up(interrupting: signal.Signals) -> None:
    turns, held, over = Turns(), threading.Event(), threading.Event()

    def hold() -> None:
        with turns:
            held.set()
            wait_until_waiting(turns, 1)
            signal.pthread_kill(threading.main_thread().ident or 0, interrupting)
            over.wait(20)

    with ThreadPoolExecutor() as pool:
        holding = pool.submit(hold)
        held.wait(20)
        with pytest.raises(InterruptedError), turns:
            pass
        over.set()
        holding.result(20)
        with turns:
            assert not turns._waiting


def test_who_gives_up_when_it_had_just_been_its_turn_hands_it_on() -> None:
    turns = Turns()
    turns.__enter__()
    turns._give_up(threading.Lock())  # one that was handed the turn, and interrupted before it could begin
    with turns:
        assert turns._taken
