"""What changes on the page when a question is asked, stopped, edited or asked again, and a conversation opened."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import gradio as gr
import pytest
from starlette.requests import Request

from rag.archive import Archive
from rag.desk.desk import Desk
from rag.desk.types import Turn
from rag.errors import ArchiveError
from rag.types import Answer, Check, Filters
from rag.web.asking import Asking, Update
from rag.web.desk_room import DeskRoom, lay_out_desk
from rag.web.page import translations
from rag.web.visitor import Visitor
from tests.conftest import OpenArchive
from tests.web.desks import CLAIM, QUESTION, TWO_CLAIMS, House, new_owner, opened
from tests.web.tags import HOSTILE, SCRIPT, Tags, assert_harmless


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with opened(tmp_path_factory.mktemp("house")) as house:
        yield house


@pytest.fixture(scope="module")
def room() -> DeskRoom:
    with gr.Blocks():
        return lay_out_desk(translations())


@dataclass
class Tab:
    """A tab of a German browser of its own, in which things change as the handlers say."""

    house: House
    room: DeskRoom
    asking: Asking
    owner: str
    shown: dict[Any, Any]

    @property
    def request(self) -> gr.Request:
        cookies = f"beleg_desk={self.owner}; beleg_language=de"
        scope = {"type": "http", "headers": [(b"cookie", cookies.encode())], "query_string": b""}
        return gr.Request(request=Request(scope), session_hash=f"tab of {self.owner}")

    def apply(self, update: Update) -> None:
        for part, change in update.items():
            if change == gr.skip():
                continue
            if isinstance(change, dict) and change.get("__type__") == "update":
                self.shown[part] = (
                    self.shown.get(part, {}) | change if isinstance(self.shown.get(part), dict) else change
                )
            else:
                self.shown[part] = change

    def follow(self, updates: Iterator[Update]) -> list[Update]:
        steps = []
        for step in updates:
            self.apply(step)
            steps.append(step)
        return steps

    def ask(self, typed: str, **filters: Any) -> list[Update]:
        """Types it, sets the filters, and presses the button to ask."""
        self.shown[self.room.box] = typed
        return self.follow(self.asking.respond(self.given(**filters), self.request))

    def given(self, **filters: Any) -> Mapping[Any, Any]:
        named = dict(zip(("source", "language", "since", "until"), self.room.filters, strict=True))
        chosen = dict.fromkeys(self.room.filters, "") | {named[name]: value for name, value in filters.items()}
        return {part: self.shown.get(part, "") for part in self.room.typed} | chosen

    @property
    def turns(self) -> tuple[Turn, ...]:
        """What is kept of the open conversation."""
        return self.house.desk.conversation(self.owner, self.shown[self.room.conversation]).turns

    @property
    def unsent(self) -> str:
        """The question that came to no turn, as it stands to be had back."""
        assert Tags(self.shown[self.room.live]).of_class("unsent")
        return Tags(self.shown[self.room.live].split("</p>")[0] + "</p></div></article>").text

    def visible(self, part: Any) -> bool:
        return bool(self.shown[part]["visible"])


@pytest.fixture
def tab(house: House, room: DeskRoom) -> Tab:
    return _tab(house, room)


def _tab(house: House, room: DeskRoom, archive: Archive | None = None, desk: Desk | None = None) -> Tab:
    asking = Asking(archive or house.archive, desk or house.desk, room)
    return Tab(house, room, asking, new_owner(), {room.conversation: "", room.replacing: ""})


def _event(**data: Any) -> gr.EventData:
    return gr.EventData(None, data)


@pytest.fixture
def informed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    said: list[str] = []
    monkeypatch.setattr(gr, "Info", said.append)
    return said


# --- asking and checking


def test_a_question_is_shown_at_once_with_its_stages_and_then_answered(tab: Tab) -> None:
    steps = tab.ask(QUESTION)
    said = [Tags(step[tab.room.live]).text for step in steps]
    assert said[0] == f"{QUESTION}Das Archiv wird durchsucht …"
    assert f"{QUESTION}Die Sätze werden ausgewählt …" in said
    assert said[-1] == ""
    [turn] = tab.turns
    assert isinstance(turn.result, Answer)
    assert f'id="turn-{turn.id}"' in tab.shown[tab.room.log]
    assert tab.shown[tab.room.box] == ""


def test_what_is_typed_is_checked_where_it_is_a_claim_and_can_be_checked_anyway(tab: Tab) -> None:
    steps = tab.ask(CLAIM)
    assert any("Die Behauptung wird geprüft …" in step.get(tab.room.live, "") for step in steps)
    assert isinstance(tab.turns[0].result, Check)
    tab.shown[tab.room.box] = QUESTION
    tab.follow(tab.asking.check(tab.given(), tab.request))
    assert tab.turns[1].kind == "claim"


def test_of_several_claims_it_is_said_which_is_being_checked(tab: Tab) -> None:
    said = "".join(step.get(tab.room.live, "") for step in tab.ask(TWO_CLAIMS))
    assert "(1 von 2)" in said
    assert "(2 von 2)" in said


def test_while_it_is_worked_on_it_can_be_stopped_and_nothing_else_asked(tab: Tab) -> None:
    steps = tab.ask(QUESTION)
    first = Tab(tab.house, tab.room, tab.asking, tab.owner, {})
    first.apply(steps[0])
    assert (first.visible(tab.room.ask), first.visible(tab.room.check), first.visible(tab.room.stop)) == (
        False,
        False,
        True,
    )
    assert (tab.visible(tab.room.ask), tab.visible(tab.room.check), tab.visible(tab.room.stop)) == (True, True, False)


def test_questions_follow_one_another_in_the_open_conversation(tab: Tab) -> None:
    tab.ask(QUESTION)
    tab.ask("Und wann war das?")
    assert [turn.number for turn in tab.turns] == [1, 2]
    assert tab.turns[1].history == (QUESTION,)
    assert tab.shown[tab.room.log].count('<article class="turn ') == 2


@pytest.mark.parametrize("typed", ["", "  \n"])
def test_where_nothing_was_typed_nothing_is_asked(tab: Tab, typed: str) -> None:
    [update] = tab.ask(typed)
    assert update == {tab.room.live: gr.skip()}
    assert tab.shown[tab.room.box] == typed
    assert tab.house.desk.conversations(tab.owner) == []


def test_filters_are_handed_over_as_they_are_set(tab: Tab) -> None:
    tab.ask(QUESTION, source="Beispiel-Agentur", language="de", since="2022-07-01", until="2022-07-31")
    assert tab.turns[0].filters == Filters("de", "Beispiel-Agentur", date(2022, 7, 1), date(2022, 7, 31))
    assert "Quelle: Beispiel-Agentur · Sprache: Deutsch" in Tags(tab.shown[tab.room.log]).text


@pytest.mark.parametrize(
    ("filters", "said"),
    [({"since": "gestern"}, "is no date"), ({"since": "2022-08-01", "until": "2022-07-01"}, "after until")],
)
def test_filters_that_cannot_be_used_are_told_of_and_what_was_typed_can_be_had_back(
    tab: Tab, filters: dict[str, str], said: str
) -> None:
    tab.ask(QUESTION, **filters)
    assert tab.unsent == QUESTION
    assert said in Tags(tab.shown[tab.room.live]).text
    assert tab.visible(tab.room.ask)
    assert tab.house.desk.conversations(tab.owner) == []


def test_what_an_error_says_of_a_persons_text_is_no_element(tab: Tab) -> None:
    tab.ask(QUESTION, since=SCRIPT)
    assert_harmless(tab.shown[tab.room.live])


def test_what_is_typed_becomes_no_element_while_it_is_worked_on_and_after(tab: Tab) -> None:
    for step in tab.ask(f"{HOSTILE[:300]} Wie lange dauerte das Telefonat?"):
        if step.get(tab.room.live):
            assert_harmless(step[tab.room.live])
    assert_harmless(tab.shown[tab.room.log])


def test_what_fails_on_the_way_is_told_and_what_was_typed_can_be_had_back(
    tab: Tab, monkeypatch: pytest.MonkeyPatch
) -> None:
    _fail(tab, monkeypatch, ArchiveError("Das Archiv ist fort."))
    tab.ask(QUESTION)
    assert tab.unsent == QUESTION
    assert "Das Archiv ist fort." in Tags(tab.shown[tab.room.live]).text
    assert tab.visible(tab.room.ask)
    assert not tab.visible(tab.room.stop)


def test_what_nobody_foresaw_is_raised_after_what_was_typed_can_be_had_back(
    tab: Tab, monkeypatch: pytest.MonkeyPatch
) -> None:
    _fail(tab, monkeypatch, ZeroDivisionError("innen"))
    with pytest.raises(ZeroDivisionError):
        tab.ask(QUESTION)
    assert tab.unsent == QUESTION
    assert "Das hat nicht geklappt" in Tags(tab.shown[tab.room.live]).text
    assert "innen" not in tab.shown[tab.room.live]
    assert tab.visible(tab.room.ask)


def test_after_a_failure_the_next_can_be_asked(tab: Tab, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as failing:
        _fail(tab, failing, ArchiveError("Das Archiv ist fort."))
        tab.ask(QUESTION)
    tab.ask(QUESTION)
    assert len(tab.turns) == 1
    assert tab.shown[tab.room.live] == ""


def _fail(tab: Tab, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fail(*_: object, **__: object) -> Turn:
        raise error

    monkeypatch.setattr(tab.house.desk, "take", fail)


# --- one at a time


def test_while_a_question_runs_its_tab_asks_nothing_more_and_says_so(
    tab: Tab, informed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    go, updates = _begin(tab, monkeypatch)
    [update] = tab.ask(CLAIM)
    assert update == {tab.room.live: gr.skip()}
    assert informed == ["Das Vorige ist noch in Arbeit."]
    assert tab.shown[tab.room.box] == CLAIM
    assert tab.visible(tab.room.stop)
    go.set()
    tab.follow(updates)
    assert [turn.typed for turn in tab.turns] == [QUESTION]
    assert tab.shown[tab.room.box] == CLAIM


def test_while_a_question_runs_another_tab_can_ask(
    tab: Tab, informed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    go, updates = _begin(tab, monkeypatch)
    other = Tab(tab.house, tab.room, tab.asking, new_owner(), {tab.room.conversation: "", tab.room.replacing: ""})
    go.set()
    other.ask(CLAIM)
    assert informed == []
    assert [turn.typed for turn in other.turns] == [CLAIM]
    tab.follow(updates)


def test_the_end_of_a_question_does_not_take_away_the_conversation_that_was_opened_meanwhile(
    tab: Tab, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab.ask(QUESTION)
    earlier = tab.shown[tab.room.conversation]
    tab.apply(tab.asking.open(tab.request, _event(id="")))
    go, updates = _begin(tab, monkeypatch, CLAIM)
    tab.apply(tab.asking.open(tab.request, _event(id=earlier)))
    drawn = tab.shown[tab.room.log]
    go.set()
    tab.follow(updates)
    assert tab.shown[tab.room.conversation] == earlier
    assert tab.shown[tab.room.log] == drawn
    assert tab.shown[tab.room.live] == ""
    assert tab.visible(tab.room.ask)
    assert {one.name for one in tab.house.desk.conversations(tab.owner)} == {QUESTION, CLAIM}


def test_who_comes_back_to_the_conversation_before_its_question_ends_sees_the_answer(
    tab: Tab, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab.ask(QUESTION)
    asked_in = tab.shown[tab.room.conversation]
    go, updates = _begin(tab, monkeypatch, CLAIM)
    tab.apply(tab.asking.open(tab.request, _event(id="")))
    tab.apply(tab.asking.open(tab.request, _event(id=asked_in)))
    go.set()
    tab.follow(updates)
    assert f'id="turn-{tab.turns[1].id}"' in tab.shown[tab.room.log]


# --- what was typed meanwhile


def test_only_what_is_asked_from_the_box_leaves_it(tab: Tab) -> None:
    tab.ask(QUESTION)
    assert tab.shown[tab.room.box] == ""
    half = tab.shown[tab.room.box] = "Und wo"
    given = dict.fromkeys((*tab.room.filters, tab.room.conversation), "")
    tab.follow(tab.asking.ask_given(given, tab.request, _event(text=CLAIM)))
    assert tab.shown[tab.room.box] == half
    tab.follow(tab.asking.ask_again(tab.request, _event(turn=tab.turns[0].id)))
    assert tab.shown[tab.room.box] == half
    tab.apply(tab.asking.open(tab.request, _event(id=tab.shown[tab.room.conversation])))
    assert tab.shown[tab.room.box] == half


# --- stopping


def test_what_is_stopped_leaves_nothing_but_what_was_typed_to_be_had_back(
    tab: Tab, monkeypatch: pytest.MonkeyPatch
) -> None:
    go, updates = _begin(tab, monkeypatch)
    tab.asking.stop(tab.request)
    go.set()
    tab.follow(updates)
    assert tab.unsent == QUESTION
    assert "Angehalten, nichts wurde gespeichert." in Tags(tab.shown[tab.room.live]).text
    assert tab.visible(tab.room.ask)
    assert not tab.visible(tab.room.stop)
    assert tab.house.desk.conversations(tab.owner) == []


def test_another_tab_stops_nothing_here(tab: Tab, monkeypatch: pytest.MonkeyPatch) -> None:
    go, updates = _begin(tab, monkeypatch)
    tab.asking.stop(_tab(tab.house, tab.room).request)
    go.set()
    tab.follow(updates)
    assert len(tab.turns) == 1


def test_to_stop_where_nothing_runs_does_nothing(tab: Tab) -> None:
    tab.asking.stop(tab.request)
    tab.ask(QUESTION)
    assert len(tab.turns) == 1


def _begin(
    tab: Tab, monkeypatch: pytest.MonkeyPatch, typed: str = QUESTION
) -> tuple[threading.Event, Iterator[Update]]:
    """Asks in the tab, until the first stage is told of: what lets it go on, and the updates to come."""
    tab.shown[tab.room.box] = typed
    go = _hold_after_each_stage(tab, monkeypatch)
    updates = tab.asking.respond(tab.given(), tab.request)
    tab.apply(next(updates))
    tab.apply(next(updates))
    return go, updates


def _hold_after_each_stage(tab: Tab, monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Makes the asking wait, once a stage has been told of, for the event."""
    go, take = threading.Event(), tab.house.desk.take

    def held(owner: str, typed: str, *, on_stage: Any, **options: Any) -> Turn:
        def hear(stage: Any, number: int, of: int) -> None:
            on_stage(stage, number, of)
            assert go.wait(20)

        return take(owner, typed, on_stage=hear, **options)

    monkeypatch.setattr(tab.house.desk, "take", held)
    return go


# --- editing, asking again, asking instead


def test_a_question_is_edited_in_its_place(tab: Tab) -> None:
    tab.ask(QUESTION)
    tab.ask("Und wann war das?")
    first, second = tab.turns
    tab.apply(tab.asking.edit(tab.request, _event(turn=first.id)))
    assert tab.shown[tab.room.box] == QUESTION
    assert tab.visible(tab.room.editing)
    tab.ask("Wer telefonierte?")
    assert [(turn.number, turn.typed) for turn in tab.turns] == [(1, "Wer telefonierte?"), (2, second.typed)]
    assert not tab.visible(tab.room.editing)
    assert tab.shown[tab.room.replacing] == ""


def test_editing_can_be_left_and_then_nothing_is_replaced(tab: Tab) -> None:
    tab.ask(QUESTION)
    tab.apply(tab.asking.edit(tab.request, _event(turn=tab.turns[0].id)))
    tab.apply(tab.asking.leave())
    assert tab.shown[tab.room.box] == ""
    assert not tab.visible(tab.room.editing)
    tab.ask(CLAIM)
    assert [turn.typed for turn in tab.turns] == [QUESTION, CLAIM]


def test_a_question_is_asked_again_in_its_place_within_its_own_filters(tab: Tab) -> None:
    tab.ask(QUESTION, source="Beispiel-Agentur", since="2022-07-01")
    [before] = tab.turns
    tab.follow(tab.asking.ask_again(tab.request, _event(turn=before.id)))
    [after] = tab.turns
    assert after.id != before.id
    assert (after.number, after.typed, after.filters) == (1, QUESTION, before.filters)


def test_what_was_checked_is_checked_again(tab: Tab) -> None:
    tab.shown[tab.room.box] = QUESTION
    tab.follow(tab.asking.check(tab.given(), tab.request))
    tab.follow(tab.asking.ask_again(tab.request, _event(turn=tab.turns[0].id)))
    assert [turn.kind for turn in tab.turns] == ["claim"]


def test_a_claim_can_be_asked_as_a_question_after_it(tab: Tab) -> None:
    tab.ask(CLAIM)
    given = dict.fromkeys(tab.room.filters, "") | {tab.room.conversation: tab.shown[tab.room.conversation]}
    tab.follow(tab.asking.ask_given(given, tab.request, _event(turn=tab.turns[0].id)))
    assert [(turn.typed, turn.kind) for turn in tab.turns] == [(CLAIM, "claim"), (CLAIM, "question")]


def test_a_sample_is_asked_as_if_it_were_typed(tab: Tab) -> None:
    given = dict.fromkeys((*tab.room.filters, tab.room.conversation), "")
    tab.follow(tab.asking.ask_given(given, tab.request, _event(text=CLAIM)))
    assert [(turn.typed, turn.kind) for turn in tab.turns] == [(CLAIM, "claim")]


def test_what_is_anothers_can_be_neither_edited_nor_asked(tab: Tab) -> None:
    tab.ask(QUESTION)
    [turn] = tab.turns
    stranger = _tab(tab.house, tab.room)
    given = dict.fromkeys((*tab.room.filters, tab.room.conversation), "")
    with pytest.raises(gr.Error, match="somebody else"):
        stranger.asking.edit(stranger.request, _event(turn=turn.id))
    with pytest.raises(gr.Error, match="somebody else"):
        list(stranger.asking.ask_again(stranger.request, _event(turn=turn.id)))
    with pytest.raises(gr.Error, match="somebody else"):
        list(stranger.asking.ask_given(given, stranger.request, _event(turn=turn.id)))
    assert tab.turns == (turn,)


def test_nobody_can_ask_in_anothers_conversation(tab: Tab) -> None:
    tab.ask(QUESTION)
    stranger = _tab(tab.house, tab.room)
    stranger.shown[tab.room.conversation] = tab.shown[tab.room.conversation]
    stranger.ask(CLAIM)
    assert "somebody else" in Tags(stranger.shown[tab.room.live]).text
    assert len(tab.turns) == 1


# --- opening


def test_a_conversation_is_opened_as_it_was_left(tab: Tab) -> None:
    tab.ask(QUESTION)
    drawn, opened = tab.shown[tab.room.log], tab.shown[tab.room.conversation]
    tab.apply(tab.asking.open(tab.request, _event(id="")))
    assert 'class="turn' not in tab.shown[tab.room.log]
    assert tab.shown[tab.room.conversation] == ""
    tab.apply(tab.asking.open(tab.request, _event(id=opened)))
    assert tab.shown[tab.room.log] == drawn
    assert tab.shown[tab.room.conversation] == opened


def test_where_there_is_no_such_conversation_a_new_one_begins(tab: Tab) -> None:
    tab.ask(QUESTION)
    stranger = _tab(tab.house, tab.room)
    for wanted in (tab.shown[tab.room.conversation], "nichts", SCRIPT):
        stranger.apply(stranger.asking.open(stranger.request, _event(id=wanted)))
        assert "Was soll geprüft werden?" in stranger.shown[tab.room.log]
        assert stranger.shown[tab.room.conversation] == ""


def test_over_an_empty_archive_it_is_said_how_articles_come_in(tab: Tab, open_archive: OpenArchive) -> None:
    with open_archive("empty") as archive, Desk.open(archive) as desk:
        update = _tab(tab.house, tab.room, archive, desk).asking.opened(Visitor(tab.owner, "de"), "")
    assert "Das Archiv ist noch leer" in update[tab.room.log]


def test_the_filters_offer_what_the_archive_holds(tab: Tab) -> None:
    offered = tab.asking.offered("de")
    assert offered[tab.room.source]["choices"] == [
        ("alle", ""),
        ("Beispiel-Agentur", "Beispiel-Agentur"),
        ("Beispiel-Zeitung", "Beispiel-Zeitung"),
    ]
    assert offered[tab.room.language]["choices"] == [("alle", ""), ("Deutsch", "de")]
    assert tab.asking.offered("en")[tab.room.language]["choices"] == [("any", ""), ("German", "de")]


def test_filters_are_cleared(tab: Tab) -> None:
    assert tab.asking.clear() == dict.fromkeys(tab.room.filters, "")
