"""The page's theme for Gradio's own components: paper, ink and one colour."""

from __future__ import annotations

import gradio as gr

_FONTS = ("system-ui", "Segoe UI", "Roboto", "Helvetica", "Arial", "sans-serif")


def make_theme() -> gr.themes.Base:
    """Only fonts that the reader's machine has: none is fetched."""
    theme = gr.themes.Base(
        primary_hue="teal",
        neutral_hue="stone",
        radius_size="md",
        spacing_size="md",
        font=_FONTS,
        font_mono=("ui-monospace", "monospace"),
    )
    return theme.set(
        body_background_fill="#faf9f7",
        body_background_fill_dark="#141312",
        background_fill_primary="#ffffff",
        background_fill_primary_dark="#1c1a19",
        block_background_fill="transparent",
        block_background_fill_dark="transparent",
        block_border_width="0px",
        block_shadow="none",
        block_label_background_fill="transparent",
        input_background_fill="#ffffff",
        input_background_fill_dark="#1c1a19",
        input_border_color="*neutral_400",
        input_border_color_dark="*neutral_500",
        button_primary_background_fill="*primary_700",
        button_primary_background_fill_hover="*primary_800",
        button_primary_background_fill_dark="*primary_700",
        button_primary_text_color="#ffffff",
        button_secondary_background_fill="#ffffff",
        button_secondary_background_fill_dark="#292524",
        button_secondary_border_color="*neutral_400",
        button_secondary_border_color_dark="*neutral_500",
        block_label_text_color="*neutral_700",
        block_label_text_color_dark="*neutral_300",
        body_text_color_subdued="*neutral_600",
        body_text_color_subdued_dark="*neutral_400",
        block_info_text_color="*neutral_600",
        block_info_text_color_dark="*neutral_400",
    )
