"""What goes to a language model's server and no further, and what it means where that fails.

OpenAI's and Ollama's clients stand on httpx, Anthropic's on httpx2, which has the same names: who calls says which.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType
from typing import Any

from rag.llm.deadline import Deadline
from rag.types import Fallback

# What a request needs. The clients add what they find in the environment: organisations, projects, whole headers.
_NEEDED = frozenset(
    (
        *("accept", "accept-encoding", "anthropic-version", "connection", "content-length", "content-type", "host"),
        *("authorization", "x-api-key"),
    )
)
# A server that will not have a request is told apart by these.
_STATUSES: Mapping[int, Fallback] = {
    401: "not_authorised",
    403: "not_authorised",
    408: "timed_out",
    429: "too_many_requests",
}


def client_options(*, key: str | None, deadline: Deadline) -> dict[str, Any]:
    """What a client is made with, so that the server gets this key and no other, and the reply ends in time.

    The deadline is one for all that the client asks. Redirects are not followed, as they lead to another server.
    """

    def before(request: Any) -> None:
        for name in set(request.headers) - _NEEDED:
            del request.headers[name]
        if not request.url.userinfo:  # a name and a password in the address go before a key
            _show(key, request.headers)
        deadline.limit(request)

    return {"follow_redirects": False, "event_hooks": {"request": [before], "response": []}}


def reason_of_status(status: int) -> Fallback:
    return _STATUSES.get(status, "server_error" if status >= 500 else "refused")


def reason_of_transfer(error: BaseException | None, http: ModuleType) -> Fallback | None:
    """Why a request or its reply did not get through; None where that is not what happened."""
    if isinstance(error, TimeoutError | http.TimeoutException):
        return "timed_out"
    if isinstance(error, ConnectionError | http.ConnectError | http.InvalidURL):
        return "not_reached"
    return "cut_off" if isinstance(error, http.HTTPError) else None


def retry_after(headers: Mapping[str, str]) -> float | None:
    """After how many seconds a server says to come back, where it says so in seconds."""
    try:
        seconds = float(headers.get("retry-after", ""))
    except ValueError:
        return None
    return seconds if seconds >= 0 else None


def _show(key: str | None, headers: Any) -> None:
    """The key in the header that the client chose for it; whatever else stands there is somebody else's."""
    for name in ("authorization", "x-api-key"):
        if name in headers and (key is None or headers[name] not in (key, f"Bearer {key}")):
            del headers[name]
    if key is not None and "authorization" not in headers and "x-api-key" not in headers:
        headers["authorization"] = f"Bearer {key}"
