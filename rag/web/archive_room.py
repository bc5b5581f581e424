"""The parts of the archive's page, as Gradio lays them out."""

from __future__ import annotations

from dataclasses import dataclass

import gradio as gr


@dataclass(frozen=True, slots=True)
class ArchiveRoom:
    table: gr.HTML


def lay_out_archive(say: gr.I18n) -> ArchiveRoom:
    return ArchiveRoom(gr.HTML(elem_id="shelves"))
