"""What the archive's page is laid out of."""

from __future__ import annotations

from pathlib import Path

import gradio as gr

from rag.web.archive_room import lay_out_archive
from rag.web.page import translations
from rag.web.uploads import Upload


def test_what_a_closed_tab_has_left_is_removed(tmp_path: Path) -> None:
    with gr.Blocks(analytics_enabled=False):
        room = lay_out_archive(translations(), max_upload=1, fetch=False)
    left = tmp_path / "own" / "file"
    left.parent.mkdir()
    left.write_text("Ein Satz.")
    room.uploads.delete_callback([Upload("a.txt", left), Upload("b.txt", None)])
    assert not left.parent.exists()
