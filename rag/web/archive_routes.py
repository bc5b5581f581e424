"""Fragments of the archive's page: the list of articles, one to be read, what changed in it; deleting, with undo."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from rag.archive import Archive
from rag.desk.desk import Desk
from rag.index.listing import Sort
from rag.types import Listing
from rag.web.draw_articles import PAGE, Order, draw_articles, draw_bin, draw_filters, draw_reader
from rag.web.draw_changes import draw_changes
from rag.web.routes import CHANGES, SaysErrors, Who


def archive_routes(archive: Archive, desk: Desk) -> APIRouter:
    """The routes of articles, under `/desk/articles`. An id may hold slashes."""
    routes = APIRouter(prefix="/desk/articles", route_class=SaysErrors, default_response_class=HTMLResponse)

    @routes.get("")
    def listed(  # noqa: PLR0917
        who: Who,
        q: str = "",
        sort: Sort = "published",
        descending: bool = True,
        offset: int = 0,
        source: str | None = None,
        language: str | None = None,
        since: date | None = None,
        until: date | None = None,
    ) -> str:
        def browse(at: int) -> Listing:
            return archive.browse(
                q,
                sort=sort,
                descending=descending,
                offset=at,
                limit=PAGE,
                source=source,
                language=language,
                since=since,
                until=until,
            )

        found = browse(offset)
        if offset and not found.articles:  # the last one of a page was deleted
            offset = max(0, (found.total - 1) // PAGE * PAGE)
            found = browse(offset)
        filtered = bool(q.strip() or source or language or since or until)
        return draw_articles(found, Order(sort, descending, offset), filtered=filtered, language=who.language)

    @routes.get("/filters")
    def filters(who: Who) -> str:
        codes = [code for code in archive.status().languages if code != "?"]
        return draw_filters(archive.sources(), codes, language=who.language)

    @routes.get("/bin")
    def binned(who: Who) -> str:
        return draw_bin(desk.binned(), language=who.language)

    @routes.get("/{article_id:path}/whole")
    def whole(article_id: str, who: Who) -> str:
        article, versions = archive.article(article_id), archive.versions(article_id)
        ingested = archive.ingested(article_id)
        return draw_reader(article, ingested=ingested, versions=len(versions), language=who.language)

    @routes.get("/{article_id:path}/changes")
    def changes(article_id: str, who: Who) -> str:
        return draw_changes(archive.article(article_id), archive.versions(article_id), language=who.language)

    @routes.delete("/{article_id:path}", dependencies=CHANGES)
    def delete(article_id: str, who: Who) -> str:
        desk.delete_article(article_id)
        return draw_bin(desk.binned(), language=who.language)

    @routes.post("/{article_id:path}/restore", dependencies=CHANGES)
    def restore(article_id: str, who: Who) -> str:
        desk.restore_article(article_id)
        return draw_bin(desk.binned(), language=who.language)

    return routes
