"""Who said what, measured on annotated articles: every row and article is made up."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals.cli import main
from evals.speech import Quote, SpeechType, heads, measure_speech, read_quotes, speech_table
from rag.errors import InputError
from rag.types import Article, Span, Speech

TEXT = "„Der Kai ist zu kurz“, sagte Rosa Beispiel. Laut der Werft fehlt das Geld. Das Schiff „Möwe“ liegt fest."
ARTICLE = Article("kai", TEXT, language="de")


def _span(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def _quote(kind: SpeechType, words: str, speaker: str) -> Quote:
    return Quote("kai", kind, (_span(words),), speaker)


DIRECT = _quote("Direct", "„Der Kai ist zu kurz“", "Rosa Beispiel")
INDIRECT = _quote("Indirect", "fehlt das Geld", "der Werft")


def _speech(kind: str, words: str, said_by: str | None) -> Speech:
    span = _span(words)
    given = _span(said_by) if said_by else None
    return Speech("kai", "direct" if kind == "direct" else "indirect", span.start, span.end, said_by, said_by=given)


def _measure(quotes: list[Quote], speeches: list[Speech]) -> dict[str, float | None]:
    figures = measure_speech(quotes, {"kai": ARTICLE}, {"kai": speeches}, seconds=0.0)
    values = {
        "direct precision": figures.direct_precision,
        "direct f1": figures.direct_f1,
        "indirect precision": figures.indirect_precision,
    }
    for kind, row in figures.types.items():
        values |= {f"{kind} found": row.found, f"{kind} exact": row.exact}
        values |= {f"{kind} speaker": row.speaker, f"{kind} speaker of all": row.speaker_of_all}
    return {name: figure.value if figure else None for name, figure in values.items()}


def test_what_is_found_whole_with_its_speaker_counts_throughout() -> None:
    speeches = [
        _speech("direct", "Der Kai ist zu kurz", "Rosa Beispiel"),
        _speech("indirect", "fehlt das Geld", "der Werft"),
    ]
    assert set(_measure([DIRECT, INDIRECT], speeches).values()) == {1.0}


def test_what_is_found_in_part_is_not_exact_and_what_nobody_said_costs_precision() -> None:
    speeches = [_speech("direct", "Der Kai", "der Werft"), _speech("direct", "Möwe", None)]
    assert _measure([DIRECT, INDIRECT], speeches) == {
        "direct precision": 0.5,
        "direct f1": pytest.approx(2 / 3),
        "indirect precision": None,
        "Direct found": 1.0,
        "Direct exact": 0.0,
        "Direct speaker": 0.0,
        "Direct speaker of all": 0.0,
        "Indirect found": 0.0,
        "Indirect exact": 0.0,
        "Indirect speaker": None,
        "Indirect speaker of all": 0.0,
    }


def test_a_row_without_a_speaker_has_no_say_in_the_speakers() -> None:
    measured = _measure([_quote("Direct", "„Der Kai ist zu kurz“", "")], [_speech("direct", "Der Kai", "der Werft")])
    assert measured["Direct found"] == 1.0
    assert measured["Direct speaker"] is measured["Direct speaker of all"] is None


def test_direct_speech_does_not_meet_indirect_rows() -> None:
    measured = _measure([INDIRECT], [_speech("direct", "fehlt das Geld", "der Werft")])
    assert (measured["Indirect found"], measured["direct precision"]) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("mention", "expected"),
    [
        ("Er", {"er"}),
        ("Rosa Beispiel", {"beispiel"}),
        ("die Ministerin Rosa Beispiel (Freie Liste)", {"beispiel"}),
        ("Der Minister Frankreichs, Nicolas Muster", {"frankreich", "muster"}),
        ("der Leiter der Werft", {"leiter"}),
        ("Angaben der Polizei", {"polizei"}),
        ("ersten Angaben von Rosa Beispiel", {"beispiel"}),
        ("Angaben libanesischer Behörden", {"behörden"}),
        ("In einem Schreiben", {"schreiben"}),
        ("Medienberichten", {"medienberichten"}),
        ("", set()),
    ],
)
def test_a_mention_is_compared_by_its_heads(mention: str, expected: set[str]) -> None:
    assert heads(mention) == expected


def test_a_pronoun_is_right_where_the_same_word_or_its_annotated_name_was_given() -> None:
    text = "Rosa Beispiel kam. „Der Kai ist zu kurz“, sagte sie."
    article = Article("kai", text)
    start = text.index("Der Kai")
    said = Speech("kai", "direct", start, start + 19, "Rosa Beispiel", name=Span(0, 13), said_by=Span(48, 51))
    for speaker, right in (("sie", 1.0), ("Rosa Beispiel", 1.0), ("er", 0.0)):
        row = Quote("kai", "Direct", (Span(start - 1, start + 20),), speaker)
        figures = measure_speech([row], {"kai": article}, {"kai": [said]}, seconds=0.0)
        figure = figures.types["Direct"].speaker
        assert figure is not None
        assert figure.value == right


def _row(**changed: object) -> dict[str, object]:
    span = _span("„Der Kai ist zu kurz“")
    row = {"article_id": "kai", "split": "dev", "type": "Direct", "quote": "„Der Kai ist zu kurz“"}
    return row | {"spans": [[span.start, span.end]], "speaker": "Rosa Beispiel", "cue": "sagte"} | changed


def _files(folder: Path, *rows: object) -> tuple[Path, Path]:
    quotes, articles = folder / "quotes.jsonl", folder / "articles.jsonl"
    quotes.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    articles.write_text(json.dumps({"id": "kai", "text": TEXT, "language": "de"}) + "\n", encoding="utf-8")
    return quotes, articles


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"type": "Shouted"}, "quotes.jsonl:1: type"),
        ({"spans": []}, "quotes.jsonl:1: spans"),
        ({"spans": [[5, 9_000]]}, "quotes.jsonl:1: spans"),
        ({"article_id": "hof"}, "quotes.jsonl:1: article_id: there is no article 'hof'"),
        ({"quote": "„Der Kai ist zu lang“"}, "quotes.jsonl:1: quote"),
    ],
)
def test_a_bad_row_is_refused_by_file_line_and_field(tmp_path: Path, changed: dict[str, object], said: str) -> None:
    quotes, _ = _files(tmp_path, _row(**changed))
    with pytest.raises(InputError, match=said):
        read_quotes(quotes, {"kai": ARTICLE})


def test_a_split_without_rows_is_refused(tmp_path: Path) -> None:
    quotes, _ = _files(tmp_path, _row())
    assert len(read_quotes(quotes, {"kai": ARTICLE}, split="dev")) == 1
    with pytest.raises(InputError, match="'test'"):
        read_quotes(quotes, {"kai": ARTICLE}, split="test")


def test_the_command_prints_a_table_by_type_or_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    quotes, articles = _files(tmp_path, _row(), _row(split="train"))
    command = ["speech", str(quotes), "--corpus", str(articles), "--split", "dev"]
    assert main(command) == 0
    printed = capsys.readouterr().out
    assert "| Direct | 1 | 1.000 [1.000, 1.000] | 1.000 [1.000, 1.000] | 1.000 [1.000, 1.000] |" in printed
    assert "direct speech, precision       1.000" in printed
    assert main([*command, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["types"]["Direct"]["rows"] == 1
    assert main(["speech", str(quotes), "--corpus", str(tmp_path / "missing.jsonl")]) == 2


def test_words_with_two_rows_are_one_quotation_that_either_speaker_is_right_for(tmp_path: Path) -> None:
    path, _ = _files(tmp_path, _row(), _row(speaker="der Werft"))
    [quote] = read_quotes(path, {"kai": ARTICLE})
    assert (quote.speaker, quote.also) == ("Rosa Beispiel", ("der Werft",))
    for speaker, right in (("Rosa Beispiel", 1.0), ("der Werft", 1.0), ("Das Schiff", 0.0)):
        measured = _measure([quote], [_speech("direct", "Der Kai ist zu kurz", speaker)])
        assert measured["Direct speaker"] == right


def test_a_table_leaves_empty_what_could_not_be_measured() -> None:
    figures = measure_speech([INDIRECT], {"kai": ARTICLE}, {}, seconds=0.0)
    assert "| Indirect | 1 | 0.000 [0.000, 0.000] | 0.000 [0.000, 0.000] |  |" in speech_table(figures)
