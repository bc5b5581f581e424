"""Icons are drawn, say nothing, and are all there."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from rag.web import icons
from rag.web.icons import draw_icon

USED = sorted(
    {
        name
        for file in Path(icons.__file__).parent.glob("*.py")
        for name in re.findall(r'(?:icon=|draw_icon\()"(\w+)"', file.read_text(encoding="utf-8"))
    }
    | {"tick", "cross", "thumb_up", "thumb_down", "left", "right"}
)


@pytest.mark.parametrize("name", USED)
def test_every_icon_that_a_button_names_is_well_formed_and_hidden_from_readers(name: str) -> None:
    drawn = ElementTree.fromstring(draw_icon(name))
    assert drawn.attrib["aria-hidden"] == "true"
    assert "".join(drawn.itertext()) == ""
    assert drawn.findall(".//path")


def test_there_is_no_icon_of_another_name() -> None:
    with pytest.raises(KeyError):
        draw_icon("unbekannt")
