"""The icons of buttons, drawn, not written: not every machine has a font that holds the signs."""

from __future__ import annotations

_THUMB = (
    '<path d="M5 7.5 7.7 2.3c1 0 1.7.8 1.5 1.8L8.8 6.3h3.7c.8 0 1.3.7 1.1 1.5l-1 4.5c-.2.7-.7 1.2-1.5 1.2H5z'
    'M5 7.5H2.5v6H5"/>'
)
_ICONS = {
    "tick": '<path d="m3 8.5 3.5 3.5L13 4.5"/>',
    "cross": '<path d="m4 4 8 8m0-8-8 8"/>',
    "pencil": '<path d="m3 13 .7-3L11 2.7 13.3 5 6 12.3z"/>',
    "thumb_up": _THUMB,
    "thumb_down": f'<g transform="rotate(180 8 8)">{_THUMB}</g>',
    "copy": '<path d="M5.5 5.5h8v8h-8zm5 0v-3h-8v8h3"/>',
    "again": '<path d="M13 8a5 5 0 1 1-1.5-3.5L13 6m0-3.5V6H9.5"/>',
    "bin": '<path d="M3 4.5h10m-6.5 0V3h3v1.5m-5 0 .6 8.5h5.8l.6-8.5"/>',
    "plus": '<path d="M8 3v10M3 8h10"/>',
    "left": '<path d="M10 3 5 8l5 5"/>',
    "right": '<path d="m6 3 5 5-5 5"/>',
}


def draw_icon(name: str) -> str:
    """An icon that says nothing by itself: the button around it has a label."""
    return f'<svg viewBox="0 0 16 16" aria-hidden="true">{_ICONS[name]}</svg>'
