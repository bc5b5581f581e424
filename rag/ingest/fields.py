"""The fields that a format gives -> one Article, checked. Shared by all readers."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from hashlib import sha256
from pathlib import PurePath
from urllib.parse import urlsplit

from rag.errors import ArticleError
from rag.ingest.encoding import clean
from rag.text.language import detect_language, language_code
from rag.types import Article

_GERMAN_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_TITLE_CHARACTERS = 500


def build_article(
    text: object,
    *,
    origin: str,
    id: object = None,
    title: object = None,
    url: object = None,
    source: object = None,
    published: object = None,
    language: object = None,
    identity: str | None = None,
) -> Article:
    """An Article of what a reader found. Raises ArticleError, naming the field, where one cannot be used.

    The id is the given one; else it is made of the address; else of `identity` (a file's path); else of the content.
    The language is the given one, else the detected one, and then `guessed` says so.
    """
    body = clean(_string(text, "text") or "")
    if not body:
        raise ArticleError("there is no text")
    name = clean(_string(title, "title") or "")[:_TITLE_CHARACTERS] or None
    address = _string(url, "url")
    given = _string(language, "language")
    code = language_code(given) if given else detect_language(body)
    if given and not code:
        raise ArticleError(f"language {given!r} is not a code such as de or en")
    return Article(
        id=_string(id, "id") or make_id(name, address=address, identity=identity, text=body),
        text=body,
        title=name,
        url=address,
        source=_string(source, "source"),
        published=parse_date(published),
        language=code,
        origin=origin,
        guessed=("language",) if code and not given else (),
    )


def make_id(title: str | None, *, address: str | None, identity: str | None, text: str) -> str:
    """A readable id: words of what the article is known by (address, file, title) and eight hex digits of its hash."""
    if address and is_article_address(address):
        name, known_by = urlsplit(address).path.rstrip("/").rpartition("/")[2], address
    elif identity:
        name, known_by = PurePath(identity).stem, identity
    else:
        name, known_by = title or "", f"{title}\n{text}"
    plain = unicodedata.normalize("NFKD", name.replace("ß", "ss")).encode("ascii", "ignore").decode()
    slug = "-".join(re.findall(r"[a-z0-9]+", plain.lower())[:6])
    return "-".join(part for part in (slug, sha256(known_by.encode("utf-8", "surrogatepass")).hexdigest()[:8]) if part)


def is_article_address(url: str | None) -> bool:
    """Whether an address is one article's own: it has a path or a query. A site's front page is nobody's identity."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return False
    return bool(parts.path.strip("/") or parts.query)


def is_web_address(address: str) -> bool:
    """Whether it is one that a reader can open: http or https, with a site's name, and nothing that is not shown."""
    try:
        parts = urlsplit(address)
        named = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return False
    return named and address.isprintable() and " " not in address


def parse_date(value: object) -> date | None:
    """A date from a date, a datetime, ISO 8601 text or DD.MM.YYYY. None for None and for empty text."""
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        if isinstance(value, str):
            if match := _GERMAN_DATE.fullmatch(value.strip()):
                return date(int(match[3]), int(match[2]), int(match[1]))
            return datetime.fromisoformat(value.strip()).date()
    except ValueError:
        pass
    raise ArticleError(f"published {value!r} is not a date (YYYY-MM-DD or DD.MM.YYYY)")


def _string(value: object, field: str) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise ArticleError(f"{field} is not text but {type(value).__name__}")
    return clean(str(value)) or None
