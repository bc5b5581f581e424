"""What a browser would see of drawn HTML, and text that would like to be more than text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

SCRIPT = "<script>alert(1)</script>"
HOSTILE = (
    f"{SCRIPT} <img src=x onerror=alert(1)> \" onfocus=\"alert(1) ' onfocus='alert(1) & &lt; </p></article> "
    "$$x$$ **b** [l](javascript:alert(1)) ${alert(1)} {{alert(1)}} {0}\n\n# h"
)
# Turns the words after it round.
TURNING = "\u202egnul"
_NEVER_CLOSED = {"br", "hr", "img", "input", "link", "meta", "path"}
_TAGS = set(
    "a article b button caption dd del details div dl dt footer h1 h2 h3 header i ins kbd label li mark nav option p "
    "path s section select span summary sup svg table tbody td th thead time tr ul g br input".split()
)
_ATTRIBUTES = set(
    "aria-hidden aria-label aria-live aria-pressed autocomplete class colspan d data-conversation data-made "
    "data-name data-statement data-value datetime dir download href id lang maxlength open placeholder rel role scope "
    "selected tabindex target title transform type value viewbox".split()
)
_LINK = re.compile(r"#[\w-]+|desk/[\w./-]+|https?://.+", re.DOTALL)


class Tags(HTMLParser):
    """The elements with their attributes, the text, and whether every element is closed in its place."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.open: list[str] = []
        self.balanced = True
        self.feed(html)
        self.close()
        self.balanced = self.balanced and not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in _NEVER_CLOSED:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.balanced = self.balanced and bool(self.open) and self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def values(self, name: str, *, tag: str | None = None) -> list[str]:
        """What the elements have for an attribute, in order."""
        return [
            given or "" for one, attributes in self.tags if tag in {None, one} for given in _given(attributes, name)
        ]

    def of_class(self, name: str) -> list[dict[str, str | None]]:
        """The attributes of the elements of a class."""
        return [attributes for _, attributes in self.tags if name in (attributes.get("class") or "").split()]


def assert_harmless(html: str, says: str = SCRIPT) -> None:
    """Nothing but what the page itself draws is in the HTML, and what it `says` is in it as text or a value."""
    seen = Tags(html)
    assert seen.balanced
    assert {tag for tag, _ in seen.tags} <= _TAGS
    assert {name for _, attributes in seen.tags for name in attributes} <= _ATTRIBUTES
    assert [link for link in seen.values("href") if not _LINK.fullmatch(link)] == []
    assert says in "\n".join([seen.text, *(given or "" for _, each in seen.tags for given in each.values())])


def _given(attributes: dict[str, str | None], name: str) -> Iterator[str | None]:
    if name in attributes:
        yield attributes[name]
