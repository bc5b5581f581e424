"""What the page's script fetches and sends: for the browser that asks, and no change that another site asked for."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import unescape
from re import findall, fullmatch
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from rag.desk.types import Turn
from rag.pack.files import read_packs
from rag.types import Answer, Article, Check
from rag.web.routes import desk_routes
from tests.checks import CALL
from tests.web.desks import CLAIM, QUESTION, TWO_CLAIMS, House, new_owner, opened
from tests.web.tags import HOSTILE, SCRIPT, Tags, assert_harmless

SCRIPTS_OWN = {"X-Beleg": "desk"}
READS = (
    "turns/{turn}/evidence",
    "turns/{turn}/whole/t1-c1",
    "turns/{turn}/text",
    "turns/{turn}/export.md",
    "turns/{turn}/export.html",
    "turns/{turn}/export.json",
    "conversations/{conversation}/export.md",
    "conversations/{conversation}/export.html",
    "conversations/{conversation}/export.json",
)
CHANGES: tuple[tuple[str, str, Any], ...] = (
    ("POST", "turns/{turn}/reviews", {"statement": 0, "word": "wrong", "name": "Fremde"}),
    ("POST", "turns/{turn}/reviews", {"statement": 0, "word": None, "name": "Anna"}),
    ("POST", "turns/{turn}/cases", {"statement": 0}),
    ("POST", "conversations/{conversation}", {"name": "Anders"}),
    ("DELETE", "conversations/{conversation}", None),
    ("POST", "conversations/{conversation}/restore", None),
)
EVERY = [("GET", path, None) for path in READS] + list(CHANGES)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with opened(tmp_path_factory.mktemp("house")) as house:
        yield house


@dataclass(frozen=True)
class Browser:
    """A browser of an owner of its own."""

    house: House
    owner: str
    client: TestClient

    def take(self, typed: str, after: Turn | None = None, **filters: Any) -> Turn:
        return self.house.desk.take(self.owner, typed, conversation=after and after.conversation, **filters)

    def get(self, path: str, **headers: str) -> httpx.Response:
        return self.client.get(f"/desk/{path}", headers=headers)

    def send(self, method: str, path: str, body: Any = None) -> httpx.Response:
        return self.client.request(method, f"/desk/{path}", json=body, headers=SCRIPTS_OWN)

    def review(
        self, turn: Turn, statement: int | None = 0, word: str | None = "checked", **said: str
    ) -> httpx.Response:
        return self.send("POST", f"turns/{turn.id}/reviews", {"statement": statement, "word": word, **said})


def _browser(house: House, language: str = "de") -> Browser:
    app, owner = FastAPI(), new_owner()
    app.include_router(desk_routes(house.archive, house.desk))
    cookies = {"beleg_desk": owner, "beleg_language": language}
    return Browser(house, owner, TestClient(app, cookies=cookies))


@pytest.fixture
def browser(house: House) -> Browser:
    return _browser(house)


def _filled(path: str, turn: Turn) -> str:
    return path.format(turn=turn.id, conversation=turn.conversation)


# --- whose it is


def test_every_route_of_a_turn_or_conversation_is_tried_as_a_strangers(house: House) -> None:
    forms = {
        route.path.replace("{ending}", ending)  # type: ignore[attr-defined]
        for route in desk_routes(house.archive, house.desk).routes
        for ending in ("md", "html", "json")
    }
    tried = {
        f"/desk/{path}".replace("{turn}", "{turn_id}")
        .replace("{conversation}", "{conversation_id}")
        .replace("t1-c1", "{anchor}")
        for _, path, _ in EVERY
    }
    assert tried == forms - {"/desk/conversations"}


@pytest.mark.parametrize(("method", "path", "body"), EVERY)
def test_what_is_anothers_is_not_there_and_stays_as_it_is(
    house: House, browser: Browser, method: str, path: str, body: Any
) -> None:
    stranger = _browser(house)
    turn = browser.take(QUESTION)
    browser.review(turn, name="Anna")
    before = house.desk.conversation(browser.owner, turn.conversation)
    refused = stranger.send(method, _filled(path, turn), body)
    missing = stranger.send(method, _filled(path, replace(turn, id="nichts", conversation="nichts")), body)
    assert refused.status_code == missing.status_code == 404
    assert refused.headers["content-type"] == "text/plain; charset=utf-8"
    assert refused.text.replace(turn.id, "nichts").replace(turn.conversation, "nichts") == missing.text
    assert house.desk.conversation(browser.owner, turn.conversation) == before
    assert not house.cases.exists()


def test_each_browser_lists_its_own_conversations(house: House, browser: Browser) -> None:
    turn = browser.take(QUESTION)
    assert Tags(browser.get("conversations").text).values("data-conversation") == [turn.conversation]
    assert "Noch keine Gespräche." in _browser(house).get("conversations").text


def test_without_a_cookie_nothing_is_found(house: House, browser: Browser) -> None:
    turn = browser.take(QUESTION)
    browser.client.cookies.clear()
    assert browser.get(f"turns/{turn.id}/evidence").status_code == 404
    assert "No conversations yet." in browser.get("conversations").text


# --- what changes something


@pytest.mark.parametrize("headers", [{}, {"X-Beleg": ""}, {"X-Beleg": "anders"}])
@pytest.mark.parametrize("change", CHANGES)
def test_a_change_without_the_scripts_own_header_is_refused_and_changes_nothing(
    house: House, browser: Browser, change: tuple[str, str, Any], headers: dict[str, str]
) -> None:
    method, path, body = change
    turn = browser.take(QUESTION)
    browser.review(turn, name="Anna")
    before = house.desk.conversation(browser.owner, turn.conversation)
    refused = browser.client.request(method, f"/desk/{_filled(path, turn)}", json=body, headers=headers)
    assert refused.status_code == 403
    assert "X-Beleg" in refused.text
    assert house.desk.conversation(browser.owner, turn.conversation) == before
    assert not house.cases.exists()


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("turns/{turn}/reviews", {"word": "vielleicht"}),
        ("turns/{turn}/reviews", {"statement": "eins", "word": "checked"}),
        ("turns/{turn}/reviews", {"word": "checked", "name": 7}),
        ("turns/{turn}/reviews", ["checked"]),
        ("turns/{turn}/reviews", None),
        ("turns/{turn}/cases", {"verdict": "wahr"}),
        ("turns/{turn}/cases", None),
        ("conversations/{conversation}", {"name": None}),
        ("conversations/{conversation}", {}),
    ],
)
def test_a_body_that_cannot_be_read_is_refused_and_changes_nothing(
    house: House, browser: Browser, path: str, body: Any
) -> None:
    turn = browser.take(QUESTION)
    before = house.desk.conversation(browser.owner, turn.conversation)
    assert browser.send("POST", _filled(path, turn), body).status_code == 422
    assert house.desk.conversation(browser.owner, turn.conversation) == before


@pytest.mark.parametrize(
    ("path", "body", "said"),
    [
        ("turns/{turn}/reviews", {"statement": 7, "word": "checked"}, "There is no statement 7"),
        ("turns/{turn}/reviews", {"word": "checked", "name": "x" * 81}, "at most 80"),
        ("turns/{turn}/reviews", {"word": "checked", "note": "x" * 2_001}, "at most 2,000"),
        ("turns/{turn}/cases", {"statement": 0}, "Mark it as checked or as wrong first."),
        ("conversations/{conversation}", {"name": " "}, "The name is empty"),
        ("conversations/{conversation}", {"name": SCRIPT * 9}, "at most 120"),
    ],
)
def test_an_error_comes_as_its_message_in_plain_text(browser: Browser, path: str, body: Any, said: str) -> None:
    refused = browser.send("POST", _filled(path, browser.take(QUESTION)), body)
    assert refused.status_code == 422
    assert refused.headers["content-type"] == "text/plain; charset=utf-8"
    assert said in refused.text


# --- evidence


def test_the_evidence_of_an_answer_has_what_its_markers_lead_to(browser: Browser) -> None:
    turn = browser.take(QUESTION)
    assert isinstance(turn.result, Answer)
    got = browser.get(f"turns/{turn.id}/evidence")
    assert got.headers["content-type"] == "text/html; charset=utf-8"
    for citation in turn.result.citations:
        [marked] = findall(rf'<mark id="t1-c{citation.marker}">(.*?)</mark>', got.text)
        assert Tags(marked).text == citation.quote


def test_the_evidence_of_a_check_has_it_for_each_claim(browser: Browser) -> None:
    one = browser.take(CLAIM)
    assert '<mark id="t1-c1" class="against">' in browser.get(f"turns/{one.id}/evidence").text
    two = browser.take(TWO_CLAIMS, one)
    drawn = browser.get(f"turns/{two.id}/evidence").text
    assert '<mark id="t2-p1-c1"' in drawn
    assert '<mark id="t2-p2-c1"' in drawn


def test_what_failed_has_no_evidence_nothing_whole_and_no_export(browser: Browser) -> None:
    turn = browser.take("Wann " * 1_000 + "?")
    assert turn.result is None
    assert browser.get(f"turns/{turn.id}/evidence").text == ""
    assert browser.get(f"turns/{turn.id}/whole/t1-c1").status_code == 404
    refused = browser.get(f"turns/{turn.id}/export.md")
    assert (refused.status_code, refused.headers["content-type"]) == (422, "text/plain; charset=utf-8")
    assert "Ask again" in refused.text


def test_the_whole_article_is_had_by_a_marker_of_the_turn(browser: Browser) -> None:
    turn = browser.take(CLAIM)
    drawn = browser.get(f"turns/{turn.id}/whole/t1-c1").text
    assert CALL.text in Tags(drawn).text
    assert '<mark id="whole-t1-c1"' in drawn


@pytest.mark.parametrize("anchor", ["t1-c99", "t2-c1", "%3Cscript%3E"])
def test_what_a_turn_does_not_cite_is_not_there(browser: Browser, anchor: str) -> None:
    turn = browser.take(QUESTION)
    refused = browser.get(f"turns/{turn.id}/whole/{anchor}")
    assert refused.status_code == 404
    assert refused.headers["content-type"].startswith("text/plain")
    assert "cites nothing" in refused.text


def test_an_article_that_changed_since_is_shown_as_it_was_cited(browser: Browser) -> None:
    archive = browser.house.archive
    bakery = Article(
        "baecker", "Die Bäckerei Krumm verkauft 120 Brezeln am Tag. Sie öffnet um sechs Uhr.", language="de"
    )
    archive.ingest(bakery)
    turn = browser.take("Wie viele Brezeln verkauft die Bäckerei Krumm am Tag?", articles=["baecker"])
    archive.ingest(replace(bakery, text="Die Bäckerei Krumm hat geschlossen."))
    anchor = _anchor(browser, turn)
    for path in (f"turns/{turn.id}/evidence", f"turns/{turn.id}/whole/{anchor}"):
        text = Tags(browser.get(path).text).text
        assert bakery.text in text
        assert "Der Artikel wurde seither geändert." in text
        assert "geschlossen" not in text


def test_an_article_that_was_deleted_since_is_shown_by_its_quotations(browser: Browser) -> None:
    archive = browser.house.archive
    smithy = Article("schmiede", "Die Schmiede Amboss beschlägt 14 Pferde am Tag. Sie liegt am Bach.", language="de")
    archive.ingest(smithy)
    turn = browser.take("Wie viele Pferde beschlägt die Schmiede Amboss am Tag?", articles=["schmiede"])
    anchor = _anchor(browser, turn)
    browser.house.desk.delete_article("schmiede")
    for path in (f"turns/{turn.id}/evidence", f"turns/{turn.id}/whole/{anchor}"):
        text = Tags(browser.get(path).text).text
        assert "nicht mehr im Archiv" in text
        assert "14 Pferde" in text


def _anchor(browser: Browser, turn: Turn) -> str:
    return Tags(browser.get(f"turns/{turn.id}/evidence").text).values("id", tag="mark")[0]


def test_fragments_speak_the_browsers_language(house: House) -> None:
    english = _browser(house, "en")
    turn = english.take(QUESTION)
    assert f"Evidence for: {QUESTION}" in unescape(english.get(f"turns/{turn.id}/evidence").text)
    english.client.cookies.delete("beleg_language")
    german = english.get(f"turns/{turn.id}/evidence", **{"Accept-Language": "de-AT,de;q=0.9"})
    assert f"Belege zu: {QUESTION}" in unescape(german.text)


def test_the_text_for_the_clipboard_is_plain(browser: Browser) -> None:
    got = browser.get(f"turns/{browser.take(CLAIM).id}/text")
    assert got.headers["content-type"] == "text/plain; charset=utf-8"
    assert got.text.startswith(f"{CLAIM}\n\nWiderlegt.")


# --- a person's word


def test_a_word_is_kept_and_the_turn_drawn_anew_with_it(browser: Browser) -> None:
    turn = browser.take(QUESTION)
    drawn = browser.review(turn, name="Erika Muster", note="angerufen").text
    assert "Geprüft von Erika Muster" in Tags(drawn).text
    assert "angerufen" in Tags(drawn).text
    assert Tags(drawn).tags[0][1]["id"] == f"turn-{turn.id}"
    [review] = browser.house.desk.turn(browser.owner, turn.id).reviews
    assert (review.statement, review.word, review.name, review.note) == (0, "checked", "Erika Muster", "angerufen")


def test_a_word_can_be_changed_and_withdrawn(browser: Browser) -> None:
    turn = browser.take(QUESTION)
    browser.review(turn, name="Anna")
    changed = Tags(browser.review(turn, word="wrong", name="Anna").text)
    assert "Falsch, sagt Anna" in changed.text
    assert "Geprüft von" not in changed.text
    assert Tags(browser.review(turn, word=None, name="Anna").text).of_class("review") == []
    assert browser.house.desk.turn(browser.owner, turn.id).reviews == ()


def test_a_tick_keeps_the_note_and_an_empty_note_clears_it(browser: Browser) -> None:
    turn = browser.take(QUESTION)
    browser.review(turn, word="wrong", note="angerufen")
    browser.review(turn, word="checked")
    [review] = browser.house.desk.turn(browser.owner, turn.id).reviews
    assert (review.word, review.note) == ("checked", "angerufen")
    browser.review(turn, word="checked", note="")
    assert browser.house.desk.turn(browser.owner, turn.id).reviews[0].note == ""


def test_a_word_on_the_whole_is_kept_as_such(browser: Browser) -> None:
    turn = browser.take(TWO_CLAIMS)
    assert Tags(browser.review(turn, statement=None, word="wrong").text).of_class("reviews")[0]["class"] == (
        "reviews whole"
    )
    assert [one.statement for one in browser.house.desk.turn(browser.owner, turn.id).reviews] == [None]


def test_what_people_write_becomes_no_element(browser: Browser) -> None:
    turn = browser.take(f"{HOSTILE[:200]} wie lange?")
    assert_harmless(browser.review(turn, statement=None, name=SCRIPT, note=HOSTILE).text)
    assert_harmless(browser.get(f"turns/{turn.id}/evidence").text)
    browser.send("POST", f"conversations/{turn.conversation}", {"name": f'"{SCRIPT}'})
    assert_harmless(browser.get("conversations").text)
    assert_harmless(browser.send("DELETE", f"conversations/{turn.conversation}").text)


def test_a_test_case_is_written_and_named(browser: Browser) -> None:
    turn = browser.take(CLAIM)
    browser.review(turn, word="wrong")
    made = browser.send("POST", f"turns/{turn.id}/cases", {"statement": 0, "verdict": "supported"})
    try:
        [row] = [json.loads(line) for line in browser.house.cases.read_text(encoding="utf-8").splitlines()]
        assert made.text == f"Testfall {row['id']} steht in {browser.house.cases}."
        assert made.headers["content-type"].startswith("text/plain")
        assert row["verdict"] == "supported"
    finally:
        browser.house.cases.unlink()


# --- conversations


def test_conversations_are_searched(browser: Browser) -> None:
    call, ship = browser.take(QUESTION), browser.take("Was hat das Schiff Razoni geladen?")
    found = [
        Tags(browser.get(f"conversations?q={query}").text).values("data-conversation")
        for query in ("Schiff", "telefonat")
    ]
    assert found == [[ship.conversation], [call.conversation]]
    assert "Kein Gespräch enthält das." in browser.get("conversations?q=Quastenberg").text
    assert browser.get(f"conversations?q={'x' * 501}").status_code == 422


def test_a_conversation_is_renamed_deleted_and_brought_back(browser: Browser) -> None:
    turn = browser.take(QUESTION)
    path = f"conversations/{turn.conversation}"
    assert browser.send("POST", path, {"name": "Anders"}).text == ""
    assert "Anders" in browser.get("conversations").text
    deleted = Tags(browser.send("DELETE", path).text)
    assert "„Anders“ wurde gelöscht." in deleted.text
    assert [button["data-value"] for button in deleted.of_class("restore")] == [turn.conversation]
    assert "Anders" not in browser.get("conversations").text
    assert browser.get(f"turns/{turn.id}/evidence").status_code == 404
    assert browser.send("POST", f"{path}/restore").status_code == 200
    assert "Anders" in browser.get("conversations").text
    assert browser.get(f"turns/{turn.id}/evidence").status_code == 200


# --- exports


@pytest.mark.parametrize(
    ("ending", "kind"), [("md", "text/markdown"), ("html", "text/html"), ("json", "application/json")]
)
@pytest.mark.parametrize("of", ["turns/{turn}", "conversations/{conversation}"])
def test_an_export_is_a_file_to_be_kept_and_never_a_page_of_this_site(
    browser: Browser, of: str, ending: str, kind: str
) -> None:
    got = browser.get(f"{_filled(of, browser.take(CLAIM))}/export.{ending}")
    assert got.status_code == 200
    assert got.headers["content-type"] == f"{kind}; charset=utf-8"
    assert got.headers["x-content-type-options"] == "nosniff"
    assert got.headers["content-disposition"] == (
        f'attachment; filename="das-telefonat-von-blinken-und-lawrow-dauerte-45-minuten.{ending}"'
    )
    policy = [rule.strip() for rule in got.headers["content-security-policy"].split(";")]
    assert policy == ["sandbox", "default-src 'none'", "style-src 'unsafe-inline'"]


@pytest.mark.parametrize(
    "typed", ['"; filename="boese.exe', "\r\nSet-Cookie: a=b", "../../etc/passwd", "\u202egpj.exe", "?!"]
)
def test_a_files_name_cannot_say_anything_else(browser: Browser, typed: str) -> None:
    got = browser.get(f"turns/{browser.take(typed, as_claim=False).id}/export.md")
    assert fullmatch(r'attachment; filename="[a-z0-9-]+\.md"', got.headers["content-disposition"])
    assert "set-cookie" not in got.headers


def test_there_is_no_other_form(browser: Browser) -> None:
    turn = browser.take(QUESTION)
    assert browser.get(f"turns/{turn.id}/export.exe").status_code == 422


@pytest.mark.parametrize("typed", [QUESTION, CLAIM, TWO_CLAIMS])
def test_the_three_forms_hold_the_same_citations_with_the_same_numbers(
    browser: Browser, typed: str, tmp_path: Any
) -> None:
    turn = browser.take(typed)
    browser.review(turn, name="Erika Muster")
    numbered = _numbered(turn)
    assert numbered
    markdown, html, text = (browser.get(f"turns/{turn.id}/export.{ending}").text for ending in ("md", "html", "json"))
    (tmp_path / "pack.json").write_text(text, encoding="utf-8")
    [pack] = read_packs(tmp_path / "pack.json")
    assert pack.text == turn.typed
    assert {(q.marker if q.part is None else f"{q.part + 1}.{q.marker}", q.quote) for q in pack.quotations} >= {
        (int(number) if "." not in number else number, quote) for number, quote in numbered
    }
    shown = [
        (Tags(head).text.split("]")[0].lstrip("["), Tags(mark).text)
        for head, mark in findall(r'<span class="numbers">(.*?)</span><h3.*?<mark id="[^"]*"[^>]*>(.*?)</mark>', html)
    ]
    assert shown == numbered
    for _, quote in numbered:
        assert quote in markdown.replace("\\", "")
    for form in (markdown, html, text):
        assert "Erika Muster" in form


def test_a_conversations_export_holds_its_turns_in_order_and_not_what_failed(browser: Browser, tmp_path: Any) -> None:
    first = browser.take(QUESTION)
    browser.take("Wann " * 1_000 + "?", first)
    browser.take(CLAIM, first)
    path = f"conversations/{first.conversation}/export"
    (tmp_path / "pack.json").write_text(browser.get(f"{path}.json").text, encoding="utf-8")
    assert [pack.text for pack in read_packs(tmp_path / "pack.json")] == [QUESTION, CLAIM]
    html, markdown = browser.get(f"{path}.html").text, browser.get(f"{path}.md").text
    for form in (html, markdown):
        assert 0 <= form.index(QUESTION) < form.rindex(CLAIM[:40])
    assert len(Tags(html).values("id")) == len(set(Tags(html).values("id"))) >= 2


def _numbered(turn: Turn) -> list[tuple[str, str]]:
    """Each number that the page shows in the turn, with the sentence that it stands for."""
    result = turn.result
    if isinstance(result, Answer):
        return [(str(one.marker), one.quote) for one in result.citations]
    assert isinstance(result, Check)
    parts: Sequence[tuple[str, Check]] = [(f"{n}.", part) for n, part in enumerate(result.parts, start=1)]
    return [
        (f"{before}{one.citation.marker}", one.citation.quote)
        for before, part in (parts or [("", result)])
        for one in part.evidence
    ]
