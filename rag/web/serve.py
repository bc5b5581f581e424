"""The page as a web application, and the server that binds it."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from rag.archive import Archive
from rag.desk.desk import Desk
from rag.errors import AddressInUse
from rag.settings import Settings
from rag.web.guard import is_loopback
from rag.web.uploads import UploadFolder

if TYPE_CHECKING:
    from fastapi import FastAPI

    from rag.integrations.rest.keys import Keys


# So many seconds an answer may still take when the server is stopped; open pages would keep it up for ever.
_GRACE = 3


def make_app(
    archive: Archive,
    desk: Desk,
    *,
    max_upload: int,
    fetch: bool = False,
    hosts: Collection[str] | None = None,
    keys: Keys | None = None,
    login: str | None = None,
) -> FastAPI:
    """The page over an open archive and its desk as an ASGI application, at `/`, and the API at `/api/v1`.

    `max_upload` is in bytes, a file. `fetch`: whether articles are fetched from addresses, as the archive was told.
    `hosts`: the names that it answers to beside those of loopback; None: any. `keys` are those of the API. With a
    `login`, NAME:PASSWORD, the page wants it, and so does an API without keys.

    Gradio reads the environment: from here on this process sends it no usage statistics, and files arrive in the
    archive's folder. There they lie until they are taken in, at most until the application is shut down.
    """
    uploads = UploadFolder.of(archive.folder)
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["GRADIO_TEMP_DIR"] = str(uploads.arriving)
    import gradio as gr
    from fastapi import FastAPI
    from starlette.middleware import Middleware

    from rag.integrations.rest.api import PREFIX, make_api
    from rag.web.archive_routes import archive_routes
    from rag.web.early import Early
    from rag.web.guard import Guard
    from rag.web.login import Login
    from rag.web.look import STYLES, head
    from rag.web.page import build_page, translations
    from rag.web.routes import desk_routes
    from rag.web.theme import make_theme
    from rag.web.visitor import KeepsVisitors

    @asynccontextmanager
    async def running(_: FastAPI) -> AsyncIterator[None]:
        with uploads.opened():
            yield

    say = translations()
    ours = [Middleware(Guard, hosts), Middleware(KeepsVisitors), Middleware(Early, head())]
    if login:
        ours.insert(1, Middleware(Login, login, but=PREFIX if keys else None))
    app = FastAPI(title="Beleg", docs_url=None, redoc_url=None, openapi_url=None, middleware=ours, lifespan=running)
    app.include_router(desk_routes(archive, desk))
    app.include_router(archive_routes(archive, desk))
    app.mount(PREFIX, make_api(archive, keys=keys, max_body=max_upload))
    mounted: FastAPI = gr.mount_gradio_app(
        app,
        build_page(archive, desk, say, uploads=uploads, max_upload=max_upload, fetch=fetch),
        path="/",
        i18n=say,
        theme=make_theme(),
        css_paths=list(STYLES),
        footer_links=[],
        run_history=False,
        ssr_mode=False,
        pwa=False,
        show_error=False,
        max_file_size=max_upload,
    )
    return mounted


def serve(archive: Archive, settings: Settings) -> None:
    """Serves the page until it is stopped. The model is loaded first, so that the first question need not wait.

    Raises AddressInUse where the port is taken, Unprotected where others would reach it without a login, and what
    `Archive.prepare` raises.
    """
    import uvicorn

    from rag.integrations.rest.keys import Keys
    from rag.web.login import refuse_open

    bound = _bind(settings.host, settings.port)
    with bound, Desk.open(archive, settings) as desk:
        refuse_open(bound.getsockname()[0], settings)
        archive.prepare()
        host, port = bound.getsockname()[:2]
        app = make_app(
            archive,
            desk,
            max_upload=settings.max_upload,
            fetch=settings.fetch,
            hosts=settings.hosts if settings.hosts or is_loopback(host) else None,
            keys=Keys.of(settings),
            login=settings.login.get_secret_value() if settings.login else None,
        )
        sys.stderr.write(f"Beleg is at http://{f'[{host}]' if ':' in host else host}:{port}\n")
        server = uvicorn.Server(
            uvicorn.Config(app, log_level="warning", access_log=False, timeout_graceful_shutdown=_GRACE)
        )
        server.run(sockets=[bound])


def _bind(host: str, port: int) -> socket.socket:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise AddressInUse(
            f"http://{host}:{port} cannot be served: {error.strerror}. Choose another address with HOST and PORT, "
            "or --host and --port."
        ) from error
