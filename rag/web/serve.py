"""The page as a web application, and the server that binds it."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rag.archive import Archive
from rag.errors import AddressInUse
from rag.settings import Settings

if TYPE_CHECKING:
    from fastapi import FastAPI

_HERE = Path(__file__).parent
_MAX_UPLOAD = "1mb"


def make_app(archive: Archive, *, examples: Sequence[str] = ()) -> FastAPI:
    """The chat over an open archive as an ASGI application, at `/`.

    Gradio reads the environment when it is imported: from here on this process sends it no usage statistics.
    """
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    import gradio as gr
    from fastapi import FastAPI

    from rag.web.page import build_page, translations

    say = translations()
    fonts = ("system-ui", "sans-serif")
    app: FastAPI = gr.mount_gradio_app(
        FastAPI(title="Beleg", docs_url=None, redoc_url=None, openapi_url=None),
        build_page(archive, say, examples=examples),
        path="/",
        i18n=say,
        theme=gr.themes.Base(primary_hue="teal", neutral_hue="stone", font=fonts, font_mono=("monospace",)),
        css_paths=_HERE / "page.css",
        head=f"<script>{(_HERE / 'page.js').read_text(encoding='utf-8')}</script>",
        footer_links=[],
        run_history=False,
        ssr_mode=False,
        pwa=False,
        show_error=False,
        max_file_size=_MAX_UPLOAD,
    )
    return app


def serve(archive: Archive, settings: Settings, *, examples: Sequence[str] = ()) -> None:
    """Serves the chat until it is stopped. The model is loaded first, so that the first question need not wait.

    Raises AddressInUse where the port is taken, and what `Archive.prepare` raises.
    """
    import uvicorn

    bound = _bind(settings.host, settings.port)
    with bound:
        archive.prepare()
        app = make_app(archive, examples=examples)
        host, port = bound.getsockname()[:2]
        sys.stderr.write(f"Beleg is at http://{f'[{host}]' if ':' in host else host}:{port}\n")
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False))
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
