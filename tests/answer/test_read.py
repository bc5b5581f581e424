"""One contract for every reader, the legal span, and where it stands in the article."""

from __future__ import annotations

import json
import math
import shutil
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from rag.answer.read import (
    MAX_SPAN_TOKENS,
    NOTHING_READ,
    FirstNumberReader,
    ReaderConfig,
    Reading,
    ReadSpan,
    SpanReader,
    TrainedReader,
    best_span,
    make_reader,
    read_hits,
)
from rag.errors import InputError
from rag.types import Article, Hit, Passage, Sentence
from tests.tiny_models import ANSWER, TinyModels

QUESTION = "Wann wurde der Leuchtturm gebaut?"
SHORT = "Der Leuchtturm wurde 1912 gebaut."


@pytest.fixture(params=["first number", "transformers"])
def reader(request: pytest.FixtureRequest) -> SpanReader:
    if request.param == "first number":
        return FirstNumberReader()
    return _made(request.getfixturevalue("tiny_models").reader)


def _made(folder: Path, **options: object) -> SpanReader:
    made = make_reader(ReaderConfig(str(folder), **options))
    assert made is not None
    assert not isinstance(made, TrainedReader)
    return made


def _hit(text: str, *spans: tuple[int, int], start: int = 0) -> Hit:
    sentences = tuple(Sentence("a", n, first, last) for n, (first, last) in enumerate(spans))
    return Hit(Passage("a", 0, start, spans[-1][1], sentences), 1.0, {}, Article("a", text))


class Fixed:
    """Reads the same span in everything."""

    fingerprint = "fixed"

    def __init__(self, reading: Reading) -> None:
        self.reading = reading

    def read(self, question: str, contexts: list[str]) -> list[Reading]:
        return [self.reading for _ in contexts]


def test_each_context_has_a_reading_that_lies_in_it(reader: SpanReader) -> None:
    contexts = ["Es war 1912.", "", SHORT, "Der Größe nach: 1912!", " \n"]
    readings = reader.read(QUESTION, contexts)
    found = [context[r.start : r.end] for context, r in zip(contexts, readings, strict=True)]
    assert found == [ANSWER, "", ANSWER, ANSWER, ""]
    assert [bool(reading) for reading in readings] == [True, False, True, True, False]
    assert readings[1] == readings[4] == NOTHING_READ
    assert all(reading.score > 0 for reading in readings if reading)


def test_no_contexts_have_no_readings(reader: SpanReader) -> None:
    assert reader.read(QUESTION, []) == []


def test_a_context_is_read_alone_as_beside_others(reader: SpanReader) -> None:
    others = ["Das Brot und 1912. " * 30, SHORT]
    [alone], [_, beside] = reader.read(QUESTION, [SHORT]), reader.read(QUESTION, others)
    assert (beside.start, beside.end) == (alone.start, alone.end)
    assert beside.score == pytest.approx(alone.score, abs=1e-4)


def test_it_is_named_without_being_loaded(reader: SpanReader) -> None:
    assert reader.fingerprint
    assert not {"_model", "_tokenizer"} & vars(reader).keys()


@pytest.mark.parametrize("before", [0, 3, 20, 61, 400])
def test_the_answer_is_found_wherever_it_stands_in_a_long_context(tiny_models: TinyModels, before: int) -> None:
    context = "und das Brot " * before + "1912 " + "auf dem Kliff " * (400 - before)
    [reading] = _made(tiny_models.reader).read(QUESTION, [context])
    assert context[reading.start : reading.end] == ANSWER
    assert reading.score > 5


def test_a_long_question_leaves_room_for_the_context(tiny_models: TinyModels) -> None:
    [reading] = _made(tiny_models.reader).read("und das Brot " * 150, [SHORT])
    assert SHORT[reading.start : reading.end] == ANSWER


def test_an_answer_in_the_question_is_none(tiny_models: TinyModels) -> None:
    text = "Der Leuchtturm steht."
    [reading] = _made(tiny_models.reader).read("1912 1912 1912", [text])
    assert reading.score < 1
    assert text[reading.start : reading.end] != ""


def test_half_precision_reads_the_same(tiny_models: TinyModels) -> None:
    [reading] = _made(tiny_models.reader, dtype="bfloat16").read(QUESTION, [SHORT])
    assert SHORT[reading.start : reading.end] == ANSWER


def test_everything_that_decides_the_readings_is_in_the_fingerprint(tiny_models: TinyModels) -> None:
    options = [{}, {"revision": "abc"}, {"dtype": "bfloat16"}]
    names = [_made(tiny_models.reader, **given).fingerprint for given in options]
    assert len(set(names)) == len(names)
    assert _made(tiny_models.reader, device="cuda").fingerprint == names[0]


def test_a_model_without_the_head_is_refused(tiny_models: TinyModels) -> None:
    with pytest.raises(InputError, match=r"no question-answering head.*BELEG_READER"):
        _made(tiny_models.cross_encoder).read(QUESTION, [SHORT])


def test_a_tokenizer_that_is_not_fast_is_refused(tiny_models: TinyModels, tmp_path: Path) -> None:
    folder = shutil.copytree(tiny_models.reader, tmp_path / "slow")
    for name in ("tokenizer.json", "vocab.txt"):
        (folder / name).unlink()
    (folder / "tokenizer_config.json").write_text(json.dumps({"tokenizer_class": "CanineTokenizer"}))
    with pytest.raises(InputError, match=r"CanineTokenizer.*fast tokenizer"):
        _made(folder).read(QUESTION, [SHORT])


def test_a_folder_that_holds_no_model_is_refused_when_it_is_needed(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"BELEG_READER.* cannot be loaded"):
        _made(tmp_path).read(QUESTION, [SHORT])


@pytest.mark.parametrize("model", [None, ""])
def test_none_is_made_where_none_is_named(model: str | None) -> None:
    assert make_reader(ReaderConfig(model)) is None


def test_the_best_legal_span_and_its_log_odds_against_no_answer() -> None:
    offsets = [(0, 0), (0, 0), (0, 3), (4, 7), (8, 11), (0, 0)]
    start = np.array([1.0, 9.0, 0.0, 4.0, 5.0, 9.0], np.float32)
    end = np.array([0.5, 9.0, 6.0, 3.0, 1.0, 9.0], np.float32)
    # (3, 3): 4 + 3 = 7; (2, 2): 0 + 6; (4, 4): 5 + 1; (3, 2) would be 10 but ends before it starts; 7 - 1.5 = 5.5
    assert best_span(offsets, start, end, 0) == Reading(4, 7, 5.5)


def test_a_span_is_at_most_thirty_tokens_long() -> None:
    n = MAX_SPAN_TOKENS + 5
    offsets = [(0, 0), *pairwise(range(n + 1))]
    start, end = np.zeros(n + 1, np.float32), np.zeros(n + 1, np.float32)
    start[1], end[MAX_SPAN_TOKENS], end[n] = 5, 3, 4
    assert best_span(offsets, start, end, 0) == Reading(0, MAX_SPAN_TOKENS, 8.0)


def test_no_token_of_the_context_is_no_span() -> None:
    reading = best_span([(0, 0)], np.ones(1, np.float32), np.ones(1, np.float32), 0)
    assert not reading
    assert reading.score == -math.inf


def test_a_span_is_placed_in_the_article_and_in_its_sentence() -> None:
    text = "Vorspann hier. Der Turm ist alt. Er ist von 1912."
    hit = _hit(text, (15, 32), (33, 49), start=15)
    [span] = read_hits(QUESTION, [hit], FirstNumberReader())
    assert span == ReadSpan(hit.passage.sentences[1], 44, 48, 1.0)
    assert text[span.start : span.end] == "1912"


@pytest.mark.parametrize("reading", [NOTHING_READ, Reading(4, 9, 3.0), Reading(5, 6, 3.0)])
def test_a_span_that_no_single_sentence_holds_is_none(reading: Reading) -> None:
    assert read_hits(QUESTION, [_hit("Eins. Zwei.", (0, 5), (6, 11))], Fixed(reading)) == [None]


def test_each_hit_has_its_own_entry() -> None:
    hits = [_hit("Nichts.", (0, 7)), _hit("Um 7 Uhr.", (0, 9))]
    spans = read_hits(QUESTION, hits, FirstNumberReader())
    assert [span and (span.start, span.end) for span in spans] == [None, (3, 4)]
    assert read_hits(QUESTION, [], FirstNumberReader()) == []


def test_a_reader_that_does_not_come_along_is_said_to_be_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "SHA256SUMS").write_text("")
    monkeypatch.setattr("rag.models.shipped._DIGESTS", tmp_path / "SHA256SUMS")
    reader = make_reader(ReaderConfig("bundled"))
    assert isinstance(reader, TrainedReader)
    with pytest.raises(InputError, match=r"No reader comes with this version.*BELEG_READER"):
        _ = reader.fingerprint
