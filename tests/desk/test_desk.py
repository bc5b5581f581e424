"""The desk as a page uses it: nothing is lost, nothing half stored, and nobody sees what is another's."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date
from pathlib import Path
from typing import Any

import pytest

from rag.archive import Archive
from rag.desk.desk import Desk
from rag.errors import ArchiveError, InputError, UnknownArticle, UnknownConversation
from rag.index.prepare import prepare
from rag.types import Answer, Check, Filters
from tests.conftest import OpenArchive
from tests.desk.desks import ANNA, BEN, CALL, CLAIM, QUESTION, SHIP, Clock, filled, open_desk


@pytest.fixture
def archive(open_archive: OpenArchive) -> Archive:
    return filled(open_archive)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(archive: Archive, clock: Clock) -> Desk:
    return open_desk(archive, clock)


def test_a_question_is_answered_and_a_claim_is_checked(desk: Desk) -> None:
    asked = desk.take(ANNA, f"  {QUESTION}\n")
    assert (asked.kind, asked.typed, asked.number) == ("question", QUESTION, 1)
    assert isinstance(asked.result, Answer)
    assert "25 Minuten" in asked.result.text
    checked = desk.take(ANNA, CLAIM)
    assert checked.kind == "claim"
    assert isinstance(checked.result, Check)
    assert checked.conversation != asked.conversation


def test_what_it_is_can_be_said(desk: Desk) -> None:
    assert isinstance(desk.take(ANNA, CLAIM, as_claim=False).result, Answer)
    assert isinstance(desk.take(ANNA, QUESTION, as_claim=True).result, Check)


def test_a_conversation_comes_back_equal_after_a_restart(archive: Archive, desk: Desk) -> None:
    first = desk.take(ANNA, QUESTION, language="de", since=date(2022, 1, 1), articles=["telefonat", "schiff"])
    desk.take(ANNA, CLAIM, conversation=first.conversation)
    desk.take(ANNA, f"{CLAIM} Lawrow nannte es „ein offenes Gespräch“.", conversation=first.conversation)
    desk.review(ANNA, first.id, 0, "checked", name="Anna", note="angerufen")
    before = desk.conversation(ANNA, first.conversation)
    desk.close()
    after = open_desk(archive).conversation(ANNA, first.conversation)
    assert after == before
    assert [turn.number for turn in after.turns] == [1, 2, 3]
    assert after.turns[0].filters == Filters("de", since=date(2022, 1, 1), articles=frozenset({"telefonat", "schiff"}))
    assert after.made.tzinfo == UTC


def test_filters_limit_what_is_asked(desk: Desk) -> None:
    turn = desk.take(ANNA, QUESTION, articles=["schiff"])
    assert isinstance(turn.result, Answer)
    assert {one.article_id for one in (*turn.result.citations, *turn.result.nearest)} <= {"schiff"}
    with pytest.raises(InputError, match="after until"):
        desk.take(ANNA, QUESTION, since=date(2022, 2, 1), until=date(2022, 1, 1))
    assert len(desk.conversations(ANNA)) == 1


def test_a_follow_up_is_understood_after_the_turns_before_it(desk: Desk) -> None:
    first = desk.take(ANNA, QUESTION)
    second = desk.take(ANNA, "Und wann war das?", conversation=first.conversation)
    assert second.history == (QUESTION,)
    assert isinstance(second.result, Answer)
    assert second.result.understood is not None
    assert "Telefonat" in second.result.understood


def test_what_the_archive_cannot_answer_is_kept_with_its_words(archive: Archive, desk: Desk) -> None:
    turn = desk.take(ANNA, "Wann " * 1_000 + "?")
    assert turn.result is None
    assert "Shorten it" in (turn.failure or "")
    assert desk.turn(ANNA, turn.id) == turn


@pytest.mark.parametrize("typed", ["", " \n ", "x" * 20_001, "Wann\ud800?"])
def test_what_cannot_be_taken_is_refused_and_begins_nothing(desk: Desk, typed: str) -> None:
    with pytest.raises(InputError):
        desk.take(ANNA, typed)
    assert desk.conversations(ANNA) == []


@pytest.mark.parametrize("stopped", [KeyboardInterrupt, RuntimeError, InputError])
def test_what_is_stopped_leaves_nothing(desk: Desk, stopped: type[BaseException]) -> None:
    def stop(stage: str, claim: int, claims: int) -> None:
        if stage == "choosing":
            raise stopped("genug")

    with pytest.raises(stopped, match="genug"):
        desk.take(ANNA, QUESTION, on_stage=stop)
    assert desk.conversations(ANNA) == []
    first = desk.take(ANNA, QUESTION)
    with pytest.raises(stopped):
        desk.take(ANNA, QUESTION, conversation=first.conversation, on_stage=stop)
    with pytest.raises(stopped):
        desk.take(ANNA, QUESTION, replacing=first.id, on_stage=stop)
    assert desk.conversation(ANNA, first.conversation).turns == (first,)


def test_stages_are_told_of_each_claim(desk: Desk) -> None:
    told: list[tuple[str, int, int]] = []
    desk.take(ANNA, f"{CLAIM} Das Schiff Razoni lief aus.", on_stage=lambda *stage: told.append(stage))
    assert {(claim, claims) for stage, claim, claims in told if stage != "storing"} == {(1, 2), (2, 2)}
    assert told[-1] == ("storing", 1, 1)


def test_a_turn_is_asked_anew_in_its_place(desk: Desk) -> None:
    first = desk.take(ANNA, QUESTION)
    second = desk.take(ANNA, "Und wann war das?", conversation=first.conversation)
    third = desk.take(ANNA, CLAIM, conversation=first.conversation)
    edited = desk.take(ANNA, "Und wer sprach?", replacing=second.id)
    assert (edited.number, edited.history) == (2, (QUESTION,))
    assert desk.conversation(ANNA, first.conversation).turns == (first, edited, third)
    with pytest.raises(UnknownConversation):
        desk.turn(ANNA, second.id)


def test_a_turn_that_has_a_review_stays_when_it_is_asked_anew(desk: Desk) -> None:
    first = desk.take(ANNA, QUESTION)
    second = desk.take(ANNA, CLAIM, conversation=first.conversation)
    reviewed = desk.review(ANNA, first.id, 0, "wrong")
    again = desk.take(ANNA, QUESTION, replacing=first.id)
    assert (again.number, again.history) == (3, ())
    assert desk.conversation(ANNA, first.conversation).turns == (reviewed, second, again)


def test_a_review_that_comes_meanwhile_keeps_the_turn(desk: Desk) -> None:
    first = desk.take(ANNA, QUESTION)
    again = desk.take(
        ANNA, QUESTION, replacing=first.id, on_stage=lambda *_: desk.review(ANNA, first.id, 0, "checked") and None
    )
    assert [turn.id for turn in desk.conversation(ANNA, first.conversation).turns] == [first.id, again.id]


def test_a_retry_keeps_what_it_was(desk: Desk) -> None:
    first = desk.take(ANNA, CLAIM, as_claim=False)
    assert desk.take(ANNA, CLAIM, replacing=first.id).kind == "question"


def test_what_fails_when_it_is_asked_anew_leaves_the_answer_that_is_there(desk: Desk) -> None:
    first = desk.take(ANNA, QUESTION)
    with pytest.raises(InputError, match="Shorten it"):
        desk.take(ANNA, "Wann " * 1_000 + "?", replacing=first.id)
    assert desk.conversation(ANNA, first.conversation).turns == (first,)


def test_a_failure_gives_way_to_what_is_asked_in_its_place(desk: Desk) -> None:
    failed = desk.take(ANNA, "Wann " * 1_000 + "?")
    again = desk.take(ANNA, "Wer " * 1_000 + "?", replacing=failed.id)
    assert again.failure
    asked = desk.take(ANNA, QUESTION, replacing=again.id)
    assert desk.conversation(ANNA, failed.conversation).turns == (asked,)


def test_a_turn_takes_the_place_of_one_in_its_own_conversation_only(desk: Desk) -> None:
    first, other = desk.take(ANNA, QUESTION), desk.take(ANNA, CLAIM)
    with pytest.raises(UnknownConversation):
        desk.take(ANNA, QUESTION, conversation=other.conversation, replacing=first.id)


def test_a_conversation_that_is_deleted_meanwhile_takes_nothing(desk: Desk) -> None:
    first = desk.take(ANNA, QUESTION)

    def delete(stage: str, claim: int, claims: int) -> None:
        if stage == "searching":
            desk.delete(ANNA, first.conversation)

    with pytest.raises(UnknownConversation):
        desk.take(ANNA, QUESTION, conversation=first.conversation, on_stage=delete)
    desk.restore(ANNA, first.conversation)
    assert desk.conversation(ANNA, first.conversation).turns == (first,)


def test_conversations_come_with_the_last_changed_first(desk: Desk) -> None:
    first, second = desk.take(ANNA, QUESTION), desk.take(ANNA, CLAIM)
    desk.take(ANNA, CLAIM, conversation=first.conversation)
    listed = desk.conversations(ANNA)
    assert [(entry.id, entry.turns) for entry in listed] == [(first.conversation, 2), (second.conversation, 1)]
    assert listed[0].name == QUESTION
    assert listed[0].made < listed[0].changed


def test_conversations_are_found_by_every_word_wherever_it_stands(desk: Desk) -> None:
    first = desk.take(ANNA, QUESTION)
    desk.take(ANNA, "Welches Schiff lief in Odesa aus?")
    desk.rename(ANNA, first.conversation, "Für MÜLLER 100%")

    def found(query: str) -> bool:
        return [entry.id for entry in desk.conversations(ANNA, query)] == [first.conversation]

    assert found("müller")
    assert found("LANGE dauerte")
    assert found("müller lawrow 25")  # in the name, in what was typed, in what was answered
    assert found("100%")
    assert desk.conversations(ANNA, "müller razoni") == []
    assert len(desk.conversations(ANNA, " ")) == 2
    with pytest.raises(InputError, match="500"):
        desk.conversations(ANNA, "x" * 501)
    with pytest.raises(InputError, match="Unicode"):
        desk.conversations(ANNA, "\ud800")


def test_a_percent_sign_is_looked_for_as_it_is(desk: Desk) -> None:
    desk.take(ANNA, QUESTION)
    assert desk.conversations(ANNA, "%") == []
    assert desk.conversations(ANNA, "_") == []


def test_what_was_deleted_can_be_had_back_for_a_quarter_of_an_hour(desk: Desk, clock: Clock) -> None:
    turn = desk.take(ANNA, QUESTION)
    desk.delete(ANNA, turn.conversation)
    assert desk.conversations(ANNA) == []
    for call in (desk.conversation, desk.delete):
        with pytest.raises(UnknownConversation):
            call(ANNA, turn.conversation)
    with pytest.raises(UnknownConversation):
        desk.turn(ANNA, turn.id)
    clock.forward(minutes=14)
    desk.restore(ANNA, turn.conversation)
    assert desk.turn(ANNA, turn.id) == turn
    desk.restore(ANNA, turn.conversation)
    desk.delete(ANNA, turn.conversation)
    clock.forward(minutes=15)
    with pytest.raises(UnknownConversation):
        desk.restore(ANNA, turn.conversation)


@pytest.mark.parametrize("reopened", [True, False])
def test_what_was_deleted_is_gone_for_good_later(archive: Archive, clock: Clock, *, reopened: bool) -> None:
    desk = open_desk(archive, clock)
    turn = desk.take(ANNA, QUESTION)
    desk.review(ANNA, turn.id, None, "checked")
    desk.delete(ANNA, turn.conversation)
    clock.forward(minutes=16)
    if reopened:
        open_desk(archive, clock)
    else:
        desk.delete_article("schiff")
    with sqlite3.connect(archive.folder / "desk.db") as database:
        for table in ("desk_conversations", "desk_turns", "desk_reviews"):
            assert database.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


def test_reading_writes_nothing(archive: Archive, desk: Desk, clock: Clock) -> None:
    turn, gone = desk.take(ANNA, QUESTION), desk.take(ANNA, CLAIM)
    desk.delete(ANNA, gone.conversation)
    desk.delete_article("schiff")
    clock.forward(minutes=16)
    with sqlite3.connect(archive.folder / "desk.db") as database:
        database.execute("BEGIN IMMEDIATE")  # whoever would write now waits for five seconds, and fails
        assert [one.id for one in desk.conversations(ANNA)] == [turn.conversation]
        assert desk.conversation(ANNA, turn.conversation).turns == (turn,)
        assert desk.binned() == []


def test_a_name_is_given_and_refused(desk: Desk) -> None:
    turn = desk.take(ANNA, QUESTION)
    desk.rename(ANNA, turn.conversation, "  Das \u202eTelefonat\n")
    assert desk.conversation(ANNA, turn.conversation).name == "Das Telefonat"
    for name in ("", " \u200b", "x" * 121, "\ud800"):
        with pytest.raises(InputError):
            desk.rename(ANNA, turn.conversation, name)
    assert desk.conversation(ANNA, turn.conversation).name == "Das Telefonat"


def test_a_newer_word_replaces_the_same_persons_and_none_withdraws_it(desk: Desk) -> None:
    turn = desk.take(ANNA, QUESTION)
    desk.review(ANNA, turn.id, 0, "checked", name="Anna")
    desk.review(ANNA, turn.id, 0, "wrong", name=" Ben ", note=" falsch ")
    said = desk.review(ANNA, turn.id, 0, "wrong", name="Anna").reviews
    assert [(one.statement, one.word, one.name, one.note) for one in said] == [
        (0, "wrong", "Ben", "falsch"),
        (0, "wrong", "Anna", ""),
    ]
    desk.review(ANNA, turn.id, None, "checked", name="Anna")
    left = desk.review(ANNA, turn.id, 0, None, name="Anna").reviews
    assert [(one.statement, one.name) for one in left] == [(0, "Ben"), (None, "Anna")]
    assert left[0].made.tzinfo == UTC
    assert desk.turn(ANNA, turn.id).reviews == left


def test_a_word_without_a_note_keeps_the_one_that_is_there_and_an_empty_one_clears_it(desk: Desk) -> None:
    turn = desk.take(ANNA, QUESTION)
    desk.review(ANNA, turn.id, 0, "checked", name="Anna", note="angerufen")
    desk.review(ANNA, turn.id, 0, "checked", name="Ben", note="gelesen")
    [ben, anna] = desk.review(ANNA, turn.id, 0, "wrong", name="Anna").reviews
    assert (anna.word, anna.note, ben.note) == ("wrong", "angerufen", "gelesen")
    assert desk.review(ANNA, turn.id, 0, "wrong", name="Anna", note="").reviews[-1].note == ""


@pytest.mark.parametrize(
    ("statement", "word", "given"),
    [
        (99, "checked", {}),
        (-1, "checked", {}),
        (0, "maybe", {}),
        (0, "checked", {"note": "x" * 2_001}),
        (0, "checked", {"name": "x" * 81}),
        (0, "checked", {"name": "\ud800"}),
        (0, "checked", {"note": "\ud800"}),
    ],
)
def test_a_word_that_cannot_be_kept_is_refused(desk: Desk, statement: int, word: Any, given: dict[str, str]) -> None:
    turn = desk.take(ANNA, QUESTION)
    with pytest.raises(InputError):
        desk.review(ANNA, turn.id, statement, word, **given)
    assert desk.turn(ANNA, turn.id).reviews == ()


def test_of_a_text_each_part_and_of_a_claim_the_first_has_a_word(desk: Desk) -> None:
    text, claim = desk.take(ANNA, f"{CLAIM} Das Schiff Razoni lief aus."), desk.take(ANNA, CLAIM)
    assert desk.review(ANNA, text.id, 1, "checked").reviews[0].statement == 1
    assert desk.review(ANNA, claim.id, 0, "checked").reviews[0].statement == 0
    with pytest.raises(InputError, match="has 2"):
        desk.review(ANNA, text.id, 2, "checked")
    with pytest.raises(InputError, match="has 1"):
        desk.review(ANNA, claim.id, 1, "checked")


def test_a_failure_has_nothing_to_say_anything_of(desk: Desk) -> None:
    turn = desk.take(ANNA, "Wann " * 1_000 + "?")
    for call in (
        lambda: desk.review(ANNA, turn.id, None, "wrong"),
        lambda: desk.make_case(ANNA, turn.id),
        lambda: desk.pack(ANNA, turn.id),
    ):
        with pytest.raises(InputError, match="no result"):
            call()


def test_a_pack_holds_the_words_and_a_conversations_pack_its_results(desk: Desk) -> None:
    turn = desk.take(ANNA, QUESTION)
    said = desk.review(ANNA, turn.id, 0, "checked", name="Anna").reviews
    desk.take(ANNA, "Wann " * 1_000 + "?", conversation=turn.conversation)
    desk.rename(ANNA, turn.conversation, "Das Telefonat")
    pack = desk.pack(ANNA, turn.id)
    assert (pack.answer, pack.reviews) == (turn.result, said)
    whole = desk.conversation_pack(ANNA, turn.conversation)
    assert whole.name == "Das Telefonat"
    assert [(one.text, one.reviews) for one in whole.packs] == [(QUESTION, said)]


def test_a_pack_has_its_turns_number_though_others_failed(desk: Desk) -> None:
    failed = desk.take(ANNA, "Wann " * 1_000 + "?")
    turn = desk.take(ANNA, QUESTION, conversation=failed.conversation)
    assert [one.number for one in desk.conversation_pack(ANNA, turn.conversation).packs] == [2]
    assert desk.pack(ANNA, turn.id).number == 2


def _foreign_calls() -> dict[str, Callable[[Desk, str, str], object]]:
    """Every method that takes an id, called by Ben with ids that he does not own."""
    return {
        "conversation": lambda desk, conversation, turn: desk.conversation(BEN, conversation),
        "turn": lambda desk, conversation, turn: desk.turn(BEN, turn),
        "take": lambda desk, conversation, turn: desk.take(BEN, CLAIM, conversation=conversation),
        "replace": lambda desk, conversation, turn: desk.take(BEN, CLAIM, replacing=turn),
        "rename": lambda desk, conversation, turn: desk.rename(BEN, conversation, "Meins"),
        "delete": lambda desk, conversation, turn: desk.delete(BEN, conversation),
        "restore": lambda desk, conversation, turn: desk.restore(BEN, conversation),
        "review": lambda desk, conversation, turn: desk.review(BEN, turn, 0, "wrong"),
        "withdraw": lambda desk, conversation, turn: desk.review(BEN, turn, 0, None, name="Anna"),
        "make_case": lambda desk, conversation, turn: desk.make_case(BEN, turn, 0),
        "pack": lambda desk, conversation, turn: desk.pack(BEN, turn),
        "conversation_pack": lambda desk, conversation, turn: desk.conversation_pack(BEN, conversation),
    }


@pytest.mark.parametrize("name", _foreign_calls())
def test_nobody_sees_or_changes_what_is_anothers(desk: Desk, archive: Archive, name: str) -> None:
    turn = desk.take(ANNA, QUESTION)
    desk.review(ANNA, turn.id, 0, "checked", name="Anna")
    mine = desk.take(BEN, CLAIM)
    before = desk.conversation(ANNA, turn.conversation)
    call = _foreign_calls()[name]
    with pytest.raises(UnknownConversation) as foreign:
        call(desk, turn.conversation, turn.id)
    with pytest.raises(UnknownConversation) as unknown:
        call(desk, "nirgends", "nirgends")
    told = str(foreign.value).replace(turn.conversation, "nirgends").replace(turn.id, "nirgends")
    assert told == str(unknown.value)
    assert desk.conversation(ANNA, turn.conversation) == before
    assert [entry.id for entry in desk.conversations(BEN)] == [mine.conversation]
    assert desk.conversations(BEN, "Telefonat Lawrow lange") == []
    assert not (archive.folder / "cases.jsonl").exists()


def test_nobody_takes_another_s_turn_into_their_own_conversation(desk: Desk) -> None:
    turn, mine = desk.take(ANNA, QUESTION), desk.take(BEN, CLAIM)
    with pytest.raises(UnknownConversation):
        desk.take(BEN, CLAIM, conversation=mine.conversation, replacing=turn.id)
    assert desk.turn(ANNA, turn.id) == turn


def test_deleted_conversations_stay_their_owners(desk: Desk) -> None:
    turn = desk.take(ANNA, QUESTION)
    desk.delete(ANNA, turn.conversation)
    with pytest.raises(UnknownConversation):
        desk.restore(BEN, turn.conversation)
    desk.restore(ANNA, turn.conversation)
    assert desk.turn(ANNA, turn.id) == turn


def test_an_owner_has_a_name(desk: Desk) -> None:
    with pytest.raises(InputError, match="owner"):
        desk.take("", QUESTION)


def test_several_may_ask_at_once(desk: Desk) -> None:
    first = desk.take(ANNA, QUESTION)

    def ask(number: int) -> None:
        if number % 2:
            desk.take(ANNA, QUESTION, conversation=first.conversation)
        else:
            desk.take(BEN, QUESTION)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(ask, range(12)))
    turns = desk.conversation(ANNA, first.conversation).turns
    assert [turn.number for turn in turns] == list(range(1, 8))
    assert len(desk.conversations(BEN)) == 6


def test_a_turn_that_is_asked_anew_twice_at_once_loses_nothing(desk: Desk) -> None:
    first = desk.take(ANNA, QUESTION)
    both = threading.Barrier(2)

    def wait(stage: str, claim: int, claims: int) -> None:
        if stage == "searching":
            both.wait(30)

    with ThreadPoolExecutor(2) as pool:
        futures = [pool.submit(desk.take, ANNA, one, replacing=first.id, on_stage=wait) for one in (QUESTION, CLAIM)]
        taken = {future.result().id for future in futures}
    turns = desk.conversation(ANNA, first.conversation).turns
    assert {turn.id for turn in turns} == taken
    assert [turn.number for turn in turns] == [1, 2]


def test_a_process_that_is_killed_leaves_whole_turns(archive: Archive) -> None:
    archive.close()
    code = f"""
        from datetime import UTC, datetime
        from rag.archive import Archive
        from rag.desk.desk import Desk
        from rag.models.embedder import HashEmbedder
        from rag.settings import Settings
        settings = Settings(min_confidence=0.0)
        archive = Archive.open({str(archive.folder)!r}, settings=settings, embedder=HashEmbedder())
        desk = Desk.open(archive, settings)
        turn = desk.take("anna", {QUESTION!r})
        print(turn.conversation, flush=True)
        while True:
            turn = desk.take("anna", {CLAIM!r}, conversation=turn.conversation)
            print(turn.id, flush=True)
    """
    child = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code)], stdout=subprocess.PIPE, text=True, env=os.environ
    )
    assert child.stdout is not None
    conversation = child.stdout.readline().strip()
    acknowledged = [child.stdout.readline().strip() for _ in range(3)]
    child.send_signal(signal.SIGKILL)
    child.wait(60)
    child.stdout.close()
    turns = open_desk(archive).conversation(ANNA, conversation).turns
    assert set(acknowledged) <= {turn.id for turn in turns}
    assert all(turn.result is not None and turn.failure is None for turn in turns)


def test_a_result_of_another_version_loses_no_conversation(archive: Archive, desk: Desk) -> None:
    first = desk.take(ANNA, QUESTION)
    second = desk.take(ANNA, CLAIM, conversation=first.conversation)
    with sqlite3.connect(archive.folder / "desk.db") as database:
        database.execute("UPDATE desk_turns SET result = '{\"text\": 3}' WHERE id = ?", [first.id])
    turns = desk.conversation(ANNA, first.conversation).turns
    assert turns[0] == replace(first, result=None, failure=turns[0].failure)
    assert "another version" in (turns[0].failure or "")
    assert turns[1] == second
    assert desk.take(ANNA, QUESTION, replacing=first.id).result is not None


def test_filters_of_another_version_lose_no_conversation(archive: Archive, desk: Desk) -> None:
    turn = desk.take(ANNA, QUESTION, language="de")
    with sqlite3.connect(archive.folder / "desk.db") as database:
        database.execute("""UPDATE desk_turns SET filters = '{"since": "gestern"}'""")
    assert "another version" in (desk.turn(ANNA, turn.id).failure or "")


def test_a_database_of_the_settings_holds_the_desk_too(open_archive: OpenArchive, tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'alles.db'}"
    archive = open_archive(database=database)
    archive.ingest([CALL])
    turn = open_desk(archive, database=database).take(ANNA, QUESTION)
    assert not (archive.folder / "desk.db").exists()
    assert open_desk(archive, database=database).turn(ANNA, turn.id) == turn


def test_a_damaged_database_is_told_in_words(archive: Archive) -> None:
    (archive.folder / "desk.db").write_bytes(b"kaputt" * 1_000)
    with pytest.raises(ArchiveError, match="damaged"):
        open_desk(archive)


def test_a_deleted_article_can_be_taken_in_again(archive: Archive, desk: Desk, clock: Clock) -> None:
    binned = desk.delete_article("telefonat")
    assert binned.article == CALL
    assert desk.binned() == [binned]
    with pytest.raises(UnknownArticle):
        archive.article("telefonat")
    clock.forward(minutes=14)
    assert desk.restore_article("telefonat") == CALL
    assert archive.article("telefonat") == CALL
    assert "telefonat" in {hit.article.id for hit in archive.search(QUESTION)}
    assert desk.binned() == []


def test_a_deleted_article_is_gone_for_good_later(archive: Archive, desk: Desk, clock: Clock) -> None:
    desk.delete_article("telefonat")
    clock.forward(minutes=16)
    assert desk.binned() == []
    with pytest.raises(UnknownArticle, match="15 minutes"):
        desk.restore_article("telefonat")
    desk.delete(ANNA, desk.take(ANNA, QUESTION).conversation)
    with sqlite3.connect(archive.folder / "desk.db") as database:
        assert database.execute("SELECT count(*) FROM desk_bin").fetchone() == (0,)


def test_an_article_that_is_not_there_is_neither_deleted_nor_restored(desk: Desk) -> None:
    with pytest.raises(UnknownArticle):
        desk.delete_article("nirgends")
    with pytest.raises(UnknownArticle):
        desk.restore_article("telefonat")
    assert desk.binned() == []


@pytest.mark.parametrize("newer", [replace(CALL, text=SHIP.text), replace(CALL, id="neu", text=SHIP.text)])
def test_a_restored_article_never_replaces_a_newer_one(archive: Archive, desk: Desk, newer: Any) -> None:
    desk.delete_article("telefonat")
    archive.ingest([newer])
    with pytest.raises(InputError, match="Delete that first"):
        desk.restore_article("telefonat")
    assert archive.article(newer.id) == newer
    archive.delete(newer.id)
    assert desk.restore_article("telefonat") == CALL


def test_a_newer_article_is_found_by_its_address_however_long_and_many_there_are(archive: Archive, desk: Desk) -> None:
    address = f"https://beispiel.example/{'a' * 600}"
    archive.ingest(replace(CALL, id="lang", url=address))
    desk.delete_article("lang")
    archive.ingest(replace(SHIP, id="neu", url=address))
    with pytest.raises(InputError, match="'neu' was taken in since"):
        desk.restore_article("lang")


def test_an_article_that_is_taken_in_while_another_is_restored_is_not_replaced(
    archive: Archive, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer = replace(CALL, text=SHIP.text)
    desk.delete_article("telefonat")

    def prepare_slowly(*articles: Any, **options: Any) -> Any:
        monkeypatch.undo()
        archive.ingest(newer)
        return prepare(*articles, **options)

    monkeypatch.setattr("rag.archive.prepare", prepare_slowly)
    with pytest.raises(InputError, match="Delete that first"):
        desk.restore_article("telefonat")
    assert archive.article("telefonat") == newer
    assert [one.article for one in desk.binned()] == [CALL]


def test_an_article_whose_deletion_failed_is_not_in_the_bin(
    archive: Archive, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(article_id: str) -> None:
        raise ArchiveError("The disk is full.")

    monkeypatch.setattr(archive, "delete", fail)
    with pytest.raises(ArchiveError):
        desk.delete_article("telefonat")
    assert desk.binned() == []
    assert archive.article("telefonat") == CALL
