"""What the page's script fetches and sends: fragments of HTML, a person's word, and exports.

Every request is answered for the browser that asks it. What changes something must carry a header of the script's own,
which no other site's page can send.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Literal

from fastapi import APIRouter, Body, Depends, Header, HTTPException, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, Response
from fastapi.routing import APIRoute
from pydantic import BaseModel

from rag.archive import Archive
from rag.as_json import to_json
from rag.desk.desk import Desk
from rag.desk.types import Turn
from rag.errors import BelegError, InputError, UnknownArticle, UnknownConversation
from rag.pack.files import file_stem
from rag.pack.markdown import to_markdown
from rag.pack.pack import AnyPack
from rag.types import Answer, Check, Verdict, Word
from rag.web.card import draw_whole
from rag.web.copied import copied_text
from rag.web.draw import cited_in, draw_evidence
from rag.web.draw_check import cited_in_check, draw_check_evidence
from rag.web.draw_conversations import draw_conversations, draw_deleted_conversation
from rag.web.draw_export import draw_export
from rag.web.draw_turn import draw_turn
from rag.web.markup import Cited
from rag.web.visitor import Visitor, visitor_of
from rag.web.wording import WORDING

Ending = Literal["md", "html", "json"]
_TYPES: dict[Ending, str] = {"md": "text/markdown", "html": "text/html", "json": "application/json"}
_STATUS: dict[type[BelegError], int] = {UnknownConversation: 404, UnknownArticle: 404, InputError: 422}


class Said(BaseModel):
    """A person's word on a statement, or on the whole where that is None; None withdraws what they said.

    Without a note, the one that is there stays.
    """

    statement: int | None = None
    word: Word | None = None
    name: str = ""
    note: str | None = None


class Wanted(BaseModel):
    """What a test case is made of: a statement, or the whole; and the verdict that would have been right."""

    statement: int | None = None
    verdict: Verdict | None = None


class SaysErrors(APIRoute):
    """Errors that are meant for a person come as their message, in plain text."""

    def get_route_handler(self) -> Callable[[Request], object]:  # type: ignore[override]
        handle = super().get_route_handler()

        async def handled(request: Request) -> Response:
            try:
                return await handle(request)
            except BelegError as error:
                status = next((code for kind, code in _STATUS.items() if isinstance(error, kind)), 500)
                return PlainTextResponse(str(error), status_code=status)

        return handled


def from_script(x_beleg: Annotated[str, Header()] = "") -> None:
    """Refuses a change that another site's page asked for: it cannot set this header without our leave."""
    if x_beleg != "desk":
        raise HTTPException(403, "Only the page itself can change something here: the header X-Beleg is missing.")


def asking(request: Request) -> Visitor:
    return visitor_of(request)


Who = Annotated[Visitor, Depends(asking)]
CHANGES = [Depends(from_script)]


def desk_routes(archive: Archive, desk: Desk) -> APIRouter:
    """The routes of turns and conversations, under `/desk`."""
    routes = APIRouter(prefix="/desk", route_class=SaysErrors, default_response_class=HTMLResponse)

    @routes.get("/turns/{turn_id}/evidence")
    def evidence(turn_id: str, who: Who) -> str:
        turn = desk.turn(who.owner, turn_id)
        if isinstance(turn.result, Answer):
            return draw_evidence(turn.result, archive, turn=turn.number, language=who.language)
        if isinstance(turn.result, Check):
            return draw_check_evidence(turn.result, archive, turn=turn.number, language=who.language)
        return ""

    @routes.get("/turns/{turn_id}/whole/{anchor}")
    def whole(turn_id: str, anchor: str, who: Who) -> str:
        """The whole article that the citation with this anchor is of, with all that the turn cites of it."""
        cited = _cited(desk.turn(who.owner, turn_id), who)
        wanted = next((one.citation for one in cited if one.anchor == anchor), None)
        if wanted is None:
            raise UnknownConversation(f"The question {turn_id!r} cites nothing as {anchor!r}.")
        key = wanted.article_id, wanted.content_hash
        same = [one for one in cited if (one.citation.article_id, one.citation.content_hash) == key]
        return draw_whole([one.elsewhere("whole") for one in same], archive, who.language)

    @routes.get("/turns/{turn_id}/text", response_class=PlainTextResponse)
    def text(turn_id: str, who: Who) -> str:
        return copied_text(desk.turn(who.owner, turn_id), language=who.language)

    @routes.post("/turns/{turn_id}/reviews", dependencies=CHANGES)
    def review(
        turn_id: str,
        who: Who,
        said: Said,
    ) -> str:
        turn = desk.review(who.owner, turn_id, said.statement, said.word, name=said.name, note=said.note)
        return draw_turn(turn, language=who.language)

    @routes.post("/turns/{turn_id}/cases", dependencies=CHANGES, response_class=PlainTextResponse)
    def case(
        turn_id: str,
        who: Who,
        wanted: Wanted,
    ) -> str:
        made = desk.make_case(who.owner, turn_id, wanted.statement, verdict=wanted.verdict)
        return WORDING[who.language]["case_made"].format(id=made.id, file=made.file)

    @routes.get("/turns/{turn_id}/export.{ending}")
    def export_turn(turn_id: str, ending: Ending, who: Who) -> Response:
        pack = desk.pack(who.owner, turn_id)
        return _file(_written(pack, ending, who), file_stem(pack.text), ending)

    @routes.get("/conversations")
    def conversations(who: Who, q: str = "") -> str:
        found = desk.conversations(who.owner, q)
        return draw_conversations(found, searched=bool(q.strip()), language=who.language)

    @routes.post("/conversations/{conversation_id}", dependencies=CHANGES)
    def rename(conversation_id: str, who: Who, name: Annotated[str, Body(embed=True)]) -> str:
        desk.rename(who.owner, conversation_id, name)
        return ""

    @routes.delete("/conversations/{conversation_id}", dependencies=CHANGES)
    def delete(conversation_id: str, who: Who) -> str:
        name = desk.conversation(who.owner, conversation_id).name
        desk.delete(who.owner, conversation_id)
        return draw_deleted_conversation(conversation_id, name, language=who.language)

    @routes.post("/conversations/{conversation_id}/restore", dependencies=CHANGES)
    def restore(conversation_id: str, who: Who) -> str:
        desk.restore(who.owner, conversation_id)
        return ""

    @routes.get("/conversations/{conversation_id}/export.{ending}")
    def export_conversation(conversation_id: str, ending: Ending, who: Who) -> Response:
        pack = desk.conversation_pack(who.owner, conversation_id)
        return _file(_written(pack, ending, who), file_stem(pack.name), ending)

    return routes


def _cited(turn: Turn, who: Visitor) -> list[Cited]:
    if isinstance(turn.result, Answer):
        return cited_in(turn.result, turn=turn.number)
    if isinstance(turn.result, Check):
        return cited_in_check(turn.result, turn=turn.number, language=who.language)
    return []


def _written(pack: AnyPack, ending: Ending, who: Visitor) -> str:
    if ending == "html":
        return draw_export(pack, language=who.language)
    return to_markdown(pack) if ending == "md" else to_json(pack)


def _file(text: str, stem: str, ending: Ending) -> Response:
    """A file to be kept, never a page of this site: what is in an export must not run here."""
    headers = {
        "content-disposition": f'attachment; filename="{stem}.{ending}"',
        "content-security-policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'",
        "x-content-type-options": "nosniff",
    }
    return Response(text, media_type=f"{_TYPES[ending]}; charset=utf-8", headers=headers)
