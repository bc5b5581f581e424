"""Who may ask: keys of the API, read and write keys apart, as `Authorization: Bearer` (RFC 6750)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hmac import compare_digest
from typing import Annotated, Any, Self

from fastapi import Depends, HTTPException
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from rag.settings import Settings

_bearer = HTTPBearer(auto_error=False, description="A key of BELEG_READ_KEYS or BELEG_WRITE_KEYS.")
Given = Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]


@dataclass(frozen=True, slots=True, repr=False)
class Keys:
    """The keys that there are. With none at all everybody may read and write; a write key may read too."""

    read: tuple[str, ...] = ()
    write: tuple[str, ...] = ()

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """Those of the settings."""
        read, write = (tuple(key.get_secret_value() for key in s) for s in (settings.read_keys, settings.write_keys))
        return cls(read, write)

    def __bool__(self) -> bool:
        return bool(self.read or self.write)

    def to_read(self) -> list[Any]:
        """What a route that reads depends on."""

        def may_read(given: Given) -> None:
            _refuse_unknown(given, (*self.read, *self.write))

        return [Depends(may_read)] if self else []

    def to_write(self) -> list[Any]:
        """What a route that changes the archive depends on."""

        def may_write(given: Given) -> None:
            key = _refuse_unknown(given, (*self.read, *self.write))
            if not _is_among(key, self.write):
                raise HTTPException(
                    403,
                    "This key may read and not change the archive. Use one of BELEG_WRITE_KEYS.",
                    {"WWW-Authenticate": 'Bearer realm="Beleg", error="insufficient_scope"'},
                )

        return [Depends(may_write)] if self else []


def _refuse_unknown(given: HTTPAuthorizationCredentials | None, keys: Sequence[str]) -> str:
    """The key that was given. Raises HTTPException where it is none of these."""
    if given is None:
        raise HTTPException(
            401,
            "A key is needed: send one of BELEG_READ_KEYS or BELEG_WRITE_KEYS as `Authorization: Bearer KEY`.",
            {"WWW-Authenticate": 'Bearer realm="Beleg"'},
        )
    if not _is_among(given.credentials, keys):
        raise HTTPException(
            401,
            "The key is not known here. Send one of BELEG_READ_KEYS or BELEG_WRITE_KEYS.",
            {"WWW-Authenticate": 'Bearer realm="Beleg", error="invalid_token"'},
        )
    return given.credentials


def _is_among(given: str, keys: Sequence[str]) -> bool:
    """In a time that tells nothing of how much of which key was right: every key is compared, and whole."""
    sent = given.encode("utf-8", "surrogatepass")
    same = [compare_digest(sent, key.encode()) for key in keys]
    return any(same)
