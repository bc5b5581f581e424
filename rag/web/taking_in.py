"""What happens on the archive's page."""

from __future__ import annotations

from typing import Any

from rag.archive import Archive
from rag.web.archive_room import ArchiveRoom


class TakingIn:
    def __init__(self, archive: Archive, room: ArchiveRoom) -> None:
        self._archive = archive

    def connect(self, then: Any) -> None:
        pass
