"""A question's stages as events, its answer in the end; and what becomes of one that fails or that nobody waits for."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from fastapi.testclient import TestClient

from rag.archive import Archive, OnStage
from rag.errors import ArchiveError
from rag.integrations.rest.staged import Left, answer_in_stages, wants_events
from rag.types import Answer
from tests.integrations.rest.served import QUESTION, an_archive, events, served

EVENTS = {"Accept": "text/event-stream"}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with an_archive(tmp_path_factory.mktemp("archive")) as archive, served(archive) as opened:
        yield opened


def test_the_stages_come_in_order_and_then_the_same_answer_as_in_json(client: TestClient) -> None:
    got = client.post("/ask", json={"question": QUESTION}, headers=EVENTS)
    assert got.headers["content-type"] == "text/event-stream; charset=utf-8"
    *stages, (name, answer) = events(got.text)
    assert stages == [
        ("stage", {"stage": "searching", "number": 1, "of": 1}),
        ("stage", {"stage": "choosing", "number": 1, "of": 1}),
    ]
    assert name == "answer"
    plain = client.post("/ask", json={"question": QUESTION}).json()
    assert answer | {"seconds": 0} == plain | {"seconds": 0}


def test_a_question_that_cannot_be_used_gets_a_status_of_its_own(client: TestClient) -> None:
    got = client.post("/ask", json={"question": " "}, headers=EVENTS)
    assert got.status_code == 422
    assert got.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (ArchiveError("The archive was closed. Open it again to use it."), 503, "The archive was closed."),
        (RuntimeError("geheim"), 500, "Something went wrong that should not have."),
    ],
)
def test_what_fails_later_is_an_event_without_a_stack_trace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int, said: str
) -> None:
    def ask(self: Archive, *_: Any, on_stage: OnStage, **__: Any) -> Answer:
        on_stage("searching", 1, 1)
        raise error

    monkeypatch.setattr(Archive, "ask", ask)
    with an_archive(tmp_path) as archive, served(archive) as client:
        got = client.post("/ask", json={"question": QUESTION}, headers=EVENTS)
    *_, (name, problem) = events(got.text)
    assert (name, problem["status"]) == ("problem", status)
    assert problem["detail"].startswith(said)
    assert "geheim" not in got.text


def test_an_unforeseen_error_is_a_problem_that_tells_nothing_of_the_inside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ask(self: Archive, *_: Any, **__: Any) -> Answer:
        raise RuntimeError("geheim")

    monkeypatch.setattr(Archive, "ask", ask)
    with an_archive(tmp_path) as archive, served(archive) as client:
        for accept in ({}, EVENTS):
            got = client.post("/ask", json={"question": QUESTION}, headers=accept)
            assert got.status_code == 500
            assert got.headers["content-type"] == "application/problem+json"
            assert "geheim" not in got.text
            assert "Traceback" not in got.text


def test_where_nobody_listens_any_more_the_question_ends_at_its_next_stage() -> None:
    goes_on, ended = Event(), Event()

    def ask(on_stage: OnStage) -> Answer:
        on_stage("searching", 1, 1)
        goes_on.wait(60)
        try:
            on_stage("choosing", 1, 1)
        except Left:
            ended.set()
            raise
        return Answer(QUESTION, "", "de")

    async def listen_to_the_first() -> str:
        answer = await answer_in_stages(ask)
        body = answer.body_iterator
        first = await anext(body)  # type: ignore[call-overload]
        await body.aclose()  # type: ignore[union-attr]
        goes_on.set()
        return str(first)

    assert "searching" in asyncio.run(listen_to_the_first())
    assert ended.wait(60)


@pytest.mark.parametrize(
    ("accept", "events_wanted"),
    [
        ("text/event-stream", True),
        ("TEXT/EVENT-STREAM; q=1, */*;q=0.1", True),
        ("application/json, text/event-stream", False),
        ("*/*", False),
        ("", False),
    ],
)
def test_events_are_sent_where_they_are_asked_for(accept: str, events_wanted: bool) -> None:
    assert wants_events(accept) is events_wanted
