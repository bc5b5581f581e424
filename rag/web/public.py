"""What of the page other programs may call, by `gradio_client` or over HTTP: `ask`, `check` and `search`.

They lie behind what the page lies behind, its login and its guard, and are as open as it is: the keys of the API are
not asked for, and whoever may not read the archive must not reach the page. They change nothing and keep nothing.
"""

# Without postponed annotations: Gradio describes each function's parameters and result by the types themselves.
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import gradio as gr
from gradio.events import api
from pydantic import Field, ValidationError

from rag.archive import Archive
from rag.as_json import as_plain
from rag.errors import BelegError
from rag.integrations.rest.bodies import Ask, Question, Search, ToCheck
from rag.integrations.rest.problems import validation_problem
from rag.text.unicode import escape_obeyed

# So many calls of one kind are answered side by side.
_CALLED_AT_ONCE = 8


class _Search(Search):
    """With the name that it has for callers, which errors name too."""

    query: Question = Field(alias="question")


def offer(archive: Archive) -> None:
    """Makes them part of the page. To be called within it.

    Their docstrings are what their callers are shown.
    """

    def ask(  # noqa: PLR0917 - Gradio passes all by their place
        question: str,
        history: list[str] | None = None,
        language: str | None = None,
        source: str | None = None,
        since: str | None = None,
        until: str | None = None,
    ) -> dict[str, Any]:
        """An answer in statements with the sentences that they cite, or an abstention with its reason.

        The JSON object of `beleg ask --json`. `history`: the conversation's earlier questions, oldest first, for a
        follow-up. Only articles in this `language` (such as de) and of this `source`, whose own date is `since` or
        later and `until` or earlier (YYYY-MM-DD).
        """
        with _told():
            wanted = Ask.model_validate(
                {"question": question, "history": [] if history is None else history}
                | _within(language, source, since, until)
            )
            return _plain(archive.ask(wanted.question, wanted.earlier(), **wanted.within()))

    def check(
        claim: str,
        language: str | None = None,
        source: str | None = None,
        since: str | None = None,
        until: str | None = None,
    ) -> dict[str, Any]:
        """Whether the articles bear a claim out, or each claim of a text, with findings and evidence.

        The JSON object of `beleg check --json`. Only articles in this `language` (such as de) and of this `source`,
        whose own date is `since` or later and `until` or earlier (YYYY-MM-DD).
        """
        with _told():
            wanted = ToCheck.model_validate({"claim": claim} | _within(language, source, since, until))
            return _plain(archive.check(wanted.claim, **wanted.within()))

    def search(  # noqa: PLR0917 - as above
        question: str,
        k: int = 10,
        language: str | None = None,
        source: str | None = None,
        since: str | None = None,
        until: str | None = None,
    ) -> dict[str, Any]:
        """The `k` passages nearest to a question, best first, each with its place in its article.

        The JSON object of `beleg search --json`. Only articles in this `language` (such as de) and of this `source`,
        whose own date is `since` or later and `until` or earlier (YYYY-MM-DD).
        """
        with _told():
            wanted = _Search.model_validate({"question": question, "k": k} | _within(language, source, since, until))
            hits = archive.search(wanted.query, wanted.k, **wanted.within())
            return _plain({"query": wanted.query, "hits": hits, "undated": archive.undated(**wanted.within())})

    for called in (ask, check, search):
        api(called, api_name=called.__name__, concurrency_limit=_CALLED_AT_ONCE)


def _within(language: str | None, source: str | None, since: str | None, until: str | None) -> dict[str, str | None]:
    return {"language": language, "source": source, "since": since, "until": until}


def _plain(given: Any) -> dict[str, Any]:
    plain: dict[str, Any] = as_plain(given)
    return plain


@contextmanager
def _told() -> Iterator[None]:
    """What is wrong is told in the command line's words, as they are: the caller is a program, not the page."""
    try:
        yield
    except ValidationError as error:
        raise gr.Error(validation_problem(error.errors())["detail"], print_exception=False) from error
    except BelegError as error:
        raise gr.Error(escape_obeyed(str(error)), print_exception=False) from error
