"""Fragments of the archive's page."""

from __future__ import annotations

from fastapi import APIRouter

from rag.archive import Archive
from rag.desk.desk import Desk


def archive_routes(archive: Archive, desk: Desk) -> APIRouter:
    return APIRouter(prefix="/desk/articles")
