"""Stages of a question or a check as events, what it comes to in the end, and what becomes of one that fails or that
nobody waits for.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Generator, Iterator, Sequence
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from fastapi.testclient import TestClient

from rag.answer.write import OnDraft
from rag.archive import Archive, OnStage
from rag.errors import ArchiveError
from rag.integrations.rest.staged import Left, in_stages, wants_events
from rag.llm.writer import Message, ScriptedWriter
from rag.types import Answer, Check, Stage
from tests.integrations.rest.served import QUESTION, an_archive, events, served
from tests.web.desks import CLAIM, TWO_CLAIMS

EVENTS = {"Accept": "text/event-stream"}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with an_archive(tmp_path_factory.mktemp("archive")) as archive, served(archive) as opened:
        yield opened


def _timeless(check: dict[str, Any]) -> dict[str, Any]:
    return check | {"seconds": 0, "parts": [part | {"seconds": 0} for part in check["parts"]]}


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


def test_each_claim_of_a_text_has_its_stages_and_then_comes_the_same_check_as_in_json(client: TestClient) -> None:
    got = client.post("/check", json={"claim": TWO_CLAIMS}, headers=EVENTS)
    assert got.headers["content-type"] == "text/event-stream; charset=utf-8"
    *stages, (name, check) = events(got.text)
    assert stages == [
        ("stage", {"stage": stage, "number": number, "of": 2})
        for number in (1, 2)
        for stage in ("searching", "checking")
    ]
    assert name == "check"
    plain = client.post("/check", json={"claim": TWO_CLAIMS}).json()
    assert _timeless(check) == _timeless(plain)
    assert check["verdict"] == "refuted"


def test_a_claim_that_gets_no_verdict_has_no_stages(client: TestClient) -> None:
    got = client.post("/check", json={"claim": QUESTION}, headers=EVENTS)
    [(name, check)] = events(got.text)
    assert (name, check["reason"]) == ("check", "question")


@pytest.mark.parametrize(("path", "body"), [("/ask", {"question": " "}), ("/check", {"claim": " "})])
def test_what_cannot_be_used_gets_a_status_of_its_own(client: TestClient, path: str, body: dict[str, str]) -> None:
    got = client.post(path, json=body, headers=EVENTS)
    assert got.status_code == 422
    assert got.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(("name", "body"), [("ask", {"question": QUESTION}), ("check", {"claim": QUESTION})])
@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (ArchiveError("The archive was closed. Open it again to use it."), 503, "The archive was closed."),
        (RuntimeError("geheim"), 500, "Something went wrong that should not have."),
    ],
)
def test_what_fails_later_is_an_event_without_a_stack_trace(
    client: TestClient,
    monkeypatch: pytest.MonkeyPatch,
    *,
    name: str,
    body: dict[str, str],
    error: Exception,
    status: int,
    said: str,
) -> None:
    def begin(self: Archive, *_: Any, on_stage: OnStage, **__: Any) -> Answer:
        on_stage("searching", 1, 1)
        raise error

    monkeypatch.setattr(Archive, name, begin)
    got = client.post(f"/{name}", json=body, headers=EVENTS)
    *_, (last, problem) = events(got.text)
    assert (last, problem["status"]) == ("problem", status)
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

    def ask(on_stage: OnStage, _: OnDraft) -> Answer:
        on_stage("searching", 1, 1)
        goes_on.wait(60)
        try:
            on_stage("choosing", 1, 1)
        except Left:
            ended.set()
            raise
        return Answer(QUESTION, "", "de")

    async def listen_to_the_first() -> str:
        answer = await in_stages(ask)
        body = answer.body_iterator
        first = await anext(body)  # type: ignore[call-overload]
        await body.aclose()  # type: ignore[union-attr]
        goes_on.set()
        return str(first)

    assert "searching" in asyncio.run(listen_to_the_first())
    assert ended.wait(60)


def test_where_nobody_listens_any_more_a_check_ends_too_and_lets_go_of_the_archive(tmp_path: Path) -> None:
    with an_archive(tmp_path) as archive:
        told: list[int] = []

        async def listen_to_the_first() -> None:
            def check(on_stage: OnStage, _: OnDraft) -> Check:
                def hear(stage: Stage, number: int, of: int) -> None:
                    on_stage(stage, number, of)
                    told.append(number)
                    left.wait(60)

                return archive.check(" ".join([CLAIM] * 50), on_stage=hear)

            left = Event()
            body = (await in_stages(check)).body_iterator
            await anext(body)  # type: ignore[call-overload]
            await body.aclose()  # type: ignore[union-attr]
            left.set()

        asyncio.run(listen_to_the_first())
        assert archive.search(QUESTION, 1)
        assert told == [1]


def test_what_a_language_model_writes_comes_as_drafts_before_the_answer(tmp_path: Path) -> None:
    def reply(messages: Sequence[Message]) -> str:
        [id] = re.findall(r"\[(\w{6})\][^\n]*25 Minuten", messages[-1].text)
        return f"Das Telefonat dauerte rund 25 Minuten. [{id}]\nDas war lang."

    writer = ScriptedWriter(reply, reply, QUESTION, reply)
    history = [
        "Wie lange dauerte das Telefonat?",
        {"question": "Und wann?", "answer": "Am Freitag."},
        {"question": "Und wo?"},
    ]
    with an_archive(tmp_path, writer=writer) as archive, served(archive) as client:
        got = client.post("/ask", json={"question": QUESTION}, headers=EVENTS)
        plain = client.post("/ask", json={"question": QUESTION}).json()
        quoted = client.post("/ask", json={"question": QUESTION, "quote_only": True}).json()
        followed = client.post("/ask", json={"question": "Und wie lange?", "history": history}).json()
    told = events(got.text)
    drafts = [told_of for name, told_of in told if name == "draft"]
    assert [name for name, _ in told if name != "draft"] == ["stage", "stage", "stage", "answer"]
    assert drafts[-1] == {"text": plain["text"], "statements": plain["statements"], "pending": ""}
    assert [one["support"] for one in plain["statements"]] == ["supported", "uncited"]
    assert (quoted["engine"], followed["understood"]) == ("extract", QUESTION)
    assert "Frage: Und wann?\nAntwort: Am Freitag.\nFrage: Und wo?\n" in writer.told[2][-1].text


def test_where_nobody_listens_any_more_the_model_is_left(tmp_path: Path) -> None:
    listening, left = Event(), Event()

    class Endless(ScriptedWriter):
        def write(self, messages: Sequence[Message]) -> Generator[str]:
            try:
                while True:
                    yield "Und noch ein Satz.\n"
                    listening.wait(0.01)
            finally:
                left.set()

    with an_archive(tmp_path, writer=Endless()) as archive:

        def work(hear: OnStage, read: OnDraft) -> Answer:
            return archive.ask(QUESTION, on_stage=hear, on_draft=read)

        async def listen_to_a_draft() -> None:
            body = (await in_stages(work)).body_iterator
            while "event: draft" not in str(await anext(body)):  # type: ignore[call-overload]
                pass
            await body.aclose()  # type: ignore[union-attr]

        asyncio.run(listen_to_a_draft())
        assert left.wait(60)


def test_questions_whose_model_is_silent_keep_no_other_from_beginning_and_nothing_from_ending() -> None:
    speaks, many = Event(), 40  # more than the threads that asyncio shares

    def ask(on_stage: OnStage, _: OnDraft) -> Answer:
        on_stage("writing", 1, 1)
        speaks.wait(60)
        return Answer(QUESTION, "", "de")

    async def listen_to_the_first() -> str:
        body = (await in_stages(ask)).body_iterator
        first = await anext(body)  # type: ignore[call-overload]
        await body.aclose()  # type: ignore[union-attr]
        return str(first)

    async def listen_to_all() -> list[str]:
        async with asyncio.timeout(30):
            return await asyncio.gather(*(listen_to_the_first() for _ in range(many)))

    begun = asyncio.run(listen_to_all())
    speaks.set()
    assert ["writing" in first for first in begun] == [True] * many


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
