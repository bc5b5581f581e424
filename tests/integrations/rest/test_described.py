"""The description of the API holds: made-up requests, good and bad, are answered as it says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from pydantic import TypeAdapter
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from rag.as_json import to_json
from rag.integrations.rest import bodies, examples
from rag.integrations.rest.api import PREFIX, make_api
from rag.integrations.rest.keys import Keys
from rag.pack.verify import Verification
from rag.types import Answer, Article, Check, IngestReport, Listing, Status
from tests.integrations.rest.served import an_archive, served

_TYPES: dict[str, Any] = {
    "health": bodies.Health,
    "status": Status,
    "ask": Answer,
    "search": bodies.Hits,
    "check": Check,
    "verify": Verification,
    "articles": Listing,
    "add": IngestReport,
    "article": Article,
    "delete": bodies.Deleted,
}


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Over an archive of its own: articles come and go in it."""
    with an_archive(tmp_path_factory.mktemp("fuzzed")) as archive:
        app = FastAPI(openapi_url=None)
        app.mount(PREFIX, make_api(archive))
        yield schemathesis.openapi.from_asgi(f"{PREFIX}/openapi.json", app)


def _answered(api: Any, name: str, mode: GenerationMode) -> None:
    @given(api.find_operation_by_id(name).as_strategy(generation_mode=mode))
    @settings(max_examples=12, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    def answered(case: schemathesis.Case) -> None:
        case.call_and_validate(excluded_checks=[positive_data_acceptance] if _may_be_refused(case, name) else [])

    answered()


def _may_be_refused(case: schemathesis.Case, name: str) -> bool:
    """What no schema can say: that a pack holds together, and that one day is not after the other."""
    given = (case.query or {}) if name == "articles" else case.body if isinstance(case.body, dict) else {}
    return name == "verify" or {"since", "until"} <= given.keys()


@pytest.mark.parametrize("name", sorted(_TYPES))
def test_made_up_requests_are_answered_as_described(api: Any, name: str) -> None:
    _answered(api, name, GenerationMode.POSITIVE)


@pytest.mark.parametrize("name", ["articles", *sorted(examples.SENT)])
def test_made_up_requests_that_break_the_description_are_refused(api: Any, name: str) -> None:
    _answered(api, name, GenerationMode.NEGATIVE)


def test_every_operation_has_an_example_of_what_it_gives() -> None:
    assert examples.GIVEN.keys() == _TYPES.keys()


@pytest.mark.parametrize("name", sorted(_TYPES))
def test_the_examples_of_what_comes_back_are_such_answers(api: Any, name: str) -> None:
    shown = api.find_operation_by_id(name).definition.raw["responses"]["200"]["content"]["application/json"]["example"]
    assert shown == examples.GIVEN[name]
    TypeAdapter(_TYPES[name]).validate_json(to_json(shown), strict=True)


@pytest.mark.parametrize("name", ["ask", "check"])
def test_where_stages_come_as_events_the_description_shows_them(api: Any, name: str) -> None:
    given = api.find_operation_by_id(name).definition.raw["responses"]["200"]["content"]["text/event-stream"]
    assert given["example"].startswith('event: stage\ndata: {"stage": "searching", "number": 1, "of": 1}\n\n')
    assert "event: " in given["example"].split("\n\n")[-2]


@pytest.mark.parametrize("name", sorted(examples.SENT))
def test_the_examples_of_what_is_sent_are_taken(tmp_path: Path, name: str) -> None:
    with an_archive(tmp_path) as archive, served(archive) as client:
        path = "/articles" if name == "add" else f"/{name}"
        assert client.post(path, json=examples.SENT[name]).status_code == 200


def test_where_keys_are_needed_the_description_says_so(tmp_path: Path) -> None:
    with an_archive(tmp_path) as archive:
        drawn = make_api(archive, keys=Keys(write=("k" * 16,))).openapi()["paths"]
        assert "security" not in make_api(archive).openapi()["paths"]["/ask"]["post"]
    assert "security" not in drawn["/health"]["get"]
    assert drawn["/ask"]["post"]["security"] == [{"HTTPBearer": []}]
    assert {"401", "403"} <= drawn["/articles"]["post"]["responses"].keys()
    assert "403" not in drawn["/articles"]["get"]["responses"]
