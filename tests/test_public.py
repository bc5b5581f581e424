"""What `from rag import ...` gives, and what others build on: a name that goes breaks their programs."""

from __future__ import annotations

import dataclasses
import inspect
import subprocess
import sys
import typing
from pathlib import Path

import rag
import rag.types
from rag.archive import Archive

NAMES = [
    *("Answer", "Archive", "Article", "BelegError", "Change", "Check", "Citation", "Draft", "Evidence"),
    *("Exchange", "Failure", "Filters"),
    *("Finding", "Hit", "IndependentSource", "IngestReport", "Listed", "Listing", "Passage", "QuotationCheck"),
    *("QuotationPlace", "Review", "Sentence", "Span", "Speech", "Statement", "Status", "Version"),
]
METHODS = {
    "open": ["path"],
    "ingest": ["sources"],
    "search": ["query", "k"],
    "ask": ["question", "history"],
    "check": ["text"],
    "delete": ["article_id"],
    "articles": [],
    "article": ["article_id"],
    "as_llama_index": ["k"],
    "as_langchain": ["k"],
    "close": [],
}


def test_the_names_are_these() -> None:
    assert sorted(rag.__all__) == NAMES
    assert [name for name in rag.__all__ if not inspect.getdoc(getattr(rag, name))] == []


def test_every_type_that_flows_is_among_them() -> None:
    flowing = {
        name
        for name, value in vars(rag.types).items()
        if dataclasses.is_dataclass(value) and value.__module__ == "rag.types"
    }
    assert flowing - set(rag.__all__) == set()


def test_the_archives_methods_take_what_they_took_are_typed_and_say_what_they_do() -> None:
    for name, operands in METHODS.items():
        method = getattr(Archive, name)
        given = [
            parameter.name
            for parameter in inspect.signature(method).parameters.values()
            if parameter.kind is parameter.POSITIONAL_OR_KEYWORD and parameter.name != "self"
        ]
        assert given == operands, name
        assert inspect.getdoc(method), name
        assert "return" in method.__annotations__, name


def test_the_filters_have_the_names_they_had() -> None:
    from rag.retrieve.filters import FilterOptions

    assert set(typing.get_type_hints(FilterOptions)) == {"language", "source", "since", "until", "articles", "without"}


def test_the_names_but_for_the_archive_come_without_any_library() -> None:
    script = """
import sys
from rag import Answer, Article, BelegError, Hit
outside = ("torch", "gradio", "llama_index", "chromadb", "langchain_core", "mcp", "numpy", "pydantic", "sqlalchemy")
print([name for name in outside if name in sys.modules])
"""
    root = Path(__file__).parents[1]
    ran = subprocess.run([sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"
