"""A person's word on a statement or on the whole -> HTML: what was said, and the buttons to say it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from rag.desk.types import Turn
from rag.text.language import Language
from rag.types import Answer, Check, Review, Verdict, Word
from rag.web.markup import draw_beside, draw_button, draw_text
from rag.web.wording import WORDING
from rag.wording import VERDICTS

_SIGNS = {"checked": "✓", "wrong": "✗"}
_TICKS: dict[Word, str] = {"checked": "tick", "wrong": "cross"}
_THUMBS: dict[Word, str] = {"checked": "thumb_up", "wrong": "thumb_down"}


def draw_reviews(reviews: Iterable[Review], statement: int | None, *, language: Language) -> str:
    """What people said of one statement, or of the whole where `statement` is None; nothing where nobody did."""
    wording = WORDING[language]
    lines = []
    for review in reviews:
        if review.statement == statement:
            said = wording[f"{review.word}_by" if review.name else review.word].format(name=review.name)
            moment = draw_time(review.made, language)
            note = f' <span class="note" dir="auto">{draw_text(review.note)}</span>' if review.note else ""
            lines.append(
                f'<p class="review {review.word}" data-name="{draw_text(review.name)}"{_about(statement)}>'
                f'<span class="sign">{_SIGNS[review.word]}</span> '
                f'<b dir="auto">{draw_beside(said)}</b> {moment}{note}</p>'
            )
    return "".join(lines)


def draw_statement_tools(turn: Turn, statement: int, *, language: Language) -> str:
    """Tick, cross and note for one statement, and what was said of it so far."""
    wording = WORDING[language]
    words = "".join(_word(turn, statement, word, icon, language) for word, icon in _TICKS.items())
    note = draw_button("note", wording["note"], icon="pencil", statement=statement)
    said = draw_reviews(turn.reviews, statement, language=language)
    case = _case(turn, statement, language) if said else ""
    reviews = f'<div class="reviews">{said}{case}</div>' if said else ""
    about = wording["about_statement"].format(number=statement + 1)
    return f'<span class="words" role="group" aria-label="{about}">{words}{note}</span>{reviews}'


def draw_thumbs(turn: Turn, *, language: Language) -> str:
    """Thumbs for the whole."""
    words = "".join(_word(turn, None, word, icon, language) for word, icon in _THUMBS.items())
    return f'<span class="words whole" role="group" aria-label="{WORDING[language]["about_whole"]}">{words}</span>'


def draw_whole_reviews(turn: Turn, *, language: Language) -> str:
    """What people said of the whole, and the way to make a test case of it; nothing where nobody did."""
    said = draw_reviews(turn.reviews, None, language=language)
    return f'<div class="reviews whole">{said}{_case(turn, None, language)}</div>' if said else ""


def draw_time(moment: datetime, language: Language) -> str:
    """The moment as the server's clock shows it."""
    from babel.dates import format_datetime

    shown = format_datetime(moment.astimezone(), "medium", locale=language)
    return f'<time datetime="{moment.isoformat()}">{draw_text(shown)}</time>'


def _about(statement: int | None) -> str:
    return "" if statement is None else f' data-statement="{statement}"'


def _word(turn: Turn, statement: int | None, word: Word, icon: str, language: Language) -> str:
    given = any(one.statement == statement and one.word == word for one in turn.reviews)
    key = f"say_{word}" if statement is not None else f"say_{word}_whole"
    return draw_button(word, WORDING[language][key], icon=icon, pressed=given, statement=statement)


def _case(turn: Turn, statement: int | None, language: Language) -> str:
    """One button; of a check that was crossed out, one for each verdict that would be right."""
    wording = WORDING[language]
    latest = [one for one in turn.reviews if one.statement == statement][-1]
    if isinstance(turn.result, Answer) or latest.word == "checked":
        return draw_button("case", wording["make_case"], label=wording["make_case_long"], statement=statement)
    wrong = _judged(turn.result, statement)
    buttons = "".join(
        draw_button(
            "case", said, label=wording["make_case_verdict"].format(verdict=said), statement=statement, value=verdict
        )
        for verdict, said in VERDICTS[language].items()
        if verdict != wrong
    )
    return f'<span class="cases">{wording["right_would_be"]} {buttons}</span>'


def _judged(check: Check | None, statement: int | None) -> Verdict | None:
    if check is None or statement is None or not check.parts:
        return check.verdict if check else None
    return check.parts[statement].verdict
