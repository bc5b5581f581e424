"""Who is looking at the page: which browser, and which language it is to be spoken to in."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from starlette.requests import Request

from rag.text.language import Language
from rag.web.wording import preferred_language

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Names the browser whose conversations are shown; only the server reads it.
OWNER_COOKIE = "beleg_desk"
# Chosen on the page, by its script; without it the browser's own language counts.
LANGUAGE_COOKIE = "beleg_language"
_OWNER = re.compile(r"[A-Za-z0-9_-]{43}")
_DAYS = 400  # longer ones are cut by browsers


@dataclass(frozen=True, slots=True)
class Visitor:
    """`owner` is what the browser's conversations are kept under; `language` that of the interface."""

    owner: str
    language: Language


def visitor(headers: Mapping[str, str], cookies: Mapping[str, str]) -> Visitor:
    """The visitor that a request's headers and cookies tell of.

    A browser that keeps no cookies is given a new owner at each request: it finds nothing again, and nobody else does.
    """
    chosen = cookies.get(LANGUAGE_COOKIE, "")
    language: Language = "de" if chosen == "de" else "en" if chosen == "en" else _preferred(headers)
    owner = cookies.get(OWNER_COOKIE, "")
    return Visitor(owner if _OWNER.fullmatch(owner) else _new_owner(), language)


def visitor_of(request: Any) -> Visitor:
    """The visitor that Gradio's or Starlette's request is from."""
    return visitor(dict(request.headers), dict(request.cookies or {}))


class KeepsVisitors:
    """Middleware: gives a browser that asks for the page, and has no owner yet, one in a cookie."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] != "/" or _has_owner(scope):
            await self._app(scope, receive, send)
            return
        secure = "; Secure" if scope.get("scheme") == "https" else ""
        cookie = f"{OWNER_COOKIE}={_new_owner()}; Path=/; Max-Age={_DAYS * 86_400}; HttpOnly; SameSite=Lax{secure}"

        async def with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), (b"set-cookie", cookie.encode())]
            await send(message)

        await self._app(scope, receive, with_cookie)


def _has_owner(scope: Scope) -> bool:
    return bool(_OWNER.fullmatch(Request(scope).cookies.get(OWNER_COOKIE, "")))


def _preferred(headers: Mapping[str, str]) -> Language:
    return preferred_language(headers.get("accept-language"))


def _new_owner() -> str:
    return secrets.token_urlsafe(32)
