"""Question and passages -> which sentences answer, by the reader that comes with Beleg; or the span in each that does.

Other readers are extractive: they give start and end logits, and of each passage the span that answers best.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from rag.errors import InputError
from rag.models.embedder import BUNDLED
from rag.models.model_files import Dtype, ModelFiles, check_finite, loading, quiet, torch_dtype
from rag.models.trained_reader import ReadSentence, TrainedReaderModel
from rag.types import Hit, Sentence

if TYPE_CHECKING:
    from transformers import PreTrainedModel, PreTrainedTokenizerBase

Logits = NDArray[np.float32]
# By article and index of a sentence, what was read of it.
Readings = Mapping[tuple[str, int], ReadSentence]

# So many of the first passages are read.
PASSAGES_READ = 3
# The log odds of a sentence that was not read, and the farthest that those of one count.
_UNREAD = 6.0

MAX_SPAN_TOKENS = 30
_WINDOW = 384
_STRIDE = 128
_BATCH = 8


@dataclass(frozen=True, slots=True)
class ReaderConfig:
    """Which model, `bundled`, a folder or a name on the hub, and how it is run. None is no reader."""

    model: str | None = None
    revision: str | None = None
    device: str = "cpu"
    dtype: Dtype = "float32"


@dataclass(frozen=True, slots=True)
class Reading:
    """The span of a context that answers best: `context[start:end]`, whatever its score.

    `score` is its log odds against there being no answer: above 0 the model holds the span the likelier. Where there is
    no span at all, both offsets are 0, the score is minus infinity, and the reading counts as false.
    """

    start: int
    end: int
    score: float

    def __bool__(self) -> bool:
        return self.end > self.start


NOTHING_READ = Reading(0, 0, -math.inf)


class SpanReader(Protocol):
    """What is asked of another model that reads."""

    @property
    def fingerprint(self) -> str:
        """Names everything that decides the readings. Known without loading the model."""

    def read(self, question: str, contexts: Sequence[str]) -> list[Reading]:
        """The best span of each context, in their order."""


class TrainedReader:
    """The reader that is trained here: it scores every sentence of a passage, each in sight of the others."""

    def __init__(self, config: ReaderConfig) -> None:
        self._model = TrainedReaderModel(device=config.device, dtype=config.dtype)

    @property
    def fingerprint(self) -> str:
        return self._model.fingerprint

    def read(self, question: str, hits: Sequence[Hit]) -> Readings:
        """Of the sentences of these hits. What is too long to be read is left out."""
        texts = [
            (hit.article.title or "", [hit.article.text[one.start : one.end] for one in hit.passage.sentences])
            for hit in hits
        ]
        return {
            (sentence.article_id, sentence.index): one
            for hit, read in zip(hits, self._model.read(question, texts), strict=True)
            for sentence, one in zip(hit.passage.sentences, read, strict=False)
        }


def reading_of(readings: Readings, sentence: Sentence) -> float:
    """The log odds that a sentence answers; of one that was not read, as low as they get."""
    read = readings.get((sentence.article_id, sentence.index))
    return -_UNREAD if read is None else max(-_UNREAD, min(_UNREAD, read.log_odds))


class TransformersReader:
    """A model with a question-answering head and a fast tokenizer, through transformers, loaded when first needed.

    A context that is too long for the model is read in windows that overlap. A question is cut where it would take more
    than half of a window.
    """

    def __init__(self, files: ModelFiles, config: ReaderConfig) -> None:
        self._files = files
        self._config = config

    @cached_property
    def fingerprint(self) -> str:
        return f"{self._files.identity()}, torch {self._config.dtype}, windows of {_WINDOW}"

    def read(self, question: str, contexts: Sequence[str]) -> list[Reading]:
        readings = [NOTHING_READ] * len(contexts)
        told = [number for number, context in enumerate(contexts) if context.strip()]
        if not told:
            return readings
        windows = self._windows(question, [contexts[number] for number in told])
        for window, (start, end) in self._logits(windows):
            number = told[window.context]
            readings[number] = max(
                readings[number], best_span(window.offsets, start, end, window.no_answer), key=_score
            )
        return readings

    def _windows(self, question: str, contexts: Sequence[str]) -> list[_Window]:
        tokenizer = self._tokenizer
        question = self._cut(question.strip())
        room = self._window - len(tokenizer(question, add_special_tokens=False)["input_ids"]) - self._marks
        encoded = tokenizer(
            [question] * len(contexts),
            list(contexts),
            truncation="only_second",
            max_length=self._window,
            stride=min(_STRIDE, room // 2),
            return_overflowing_tokens=True,
            return_offsets_mapping=True,
        )
        windows = []
        for number, context in enumerate(encoded["overflow_to_sample_mapping"]):
            ids = encoded["input_ids"][number]
            places = zip(encoded.sequence_ids(number), encoded["offset_mapping"][number], strict=True)
            windows.append(
                _Window(
                    context,
                    {name: encoded[name][number] for name in tokenizer.model_input_names if name in encoded},
                    tuple(offsets if part == 1 else (0, 0) for part, offsets in places),
                    ids.index(tokenizer.cls_token_id) if tokenizer.cls_token_id in ids else 0,
                )
            )
        return windows

    def _cut(self, question: str) -> str:
        most = max(1, (self._window - self._marks) // 2)
        encoded = self._tokenizer(question, add_special_tokens=False, return_offsets_mapping=True, verbose=False)
        offsets = encoded["offset_mapping"]
        return question if len(offsets) <= most else question[: offsets[most - 1][1]]

    def _logits(self, windows: Sequence[_Window]) -> Iterator[tuple[_Window, tuple[Logits, Logits]]]:
        """Each window with its logits of shape (tokens,), in any order."""
        import torch

        by_length = sorted(windows, key=lambda window: -len(window.offsets))  # so that little of a batch is padding
        for first in range(0, len(by_length), _BATCH):
            batch = by_length[first : first + _BATCH]
            padded = self._tokenizer.pad([dict(window.inputs) for window in batch], return_tensors="pt")
            with torch.inference_mode():
                out = self._model(**padded.to(self._config.device))
            starts, ends = (logits.float().cpu().numpy() for logits in (out.start_logits, out.end_logits))
            for window, mask, start, end in zip(batch, padded["attention_mask"], starts, ends, strict=True):
                real = np.flatnonzero(mask.cpu().numpy())  # a tokenizer may pad on either side
                check_finite(np.stack([start[real], end[real]]), self._files, dtype=self._config.dtype)
                yield window, (start[real], end[real])

    @property
    def _marks(self) -> int:
        return int(self._tokenizer.num_special_tokens_to_add(pair=True))

    @cached_property
    def _window(self) -> int:
        own = [self._tokenizer.model_max_length, getattr(self._model.config, "max_position_embeddings", None)]
        return min([_WINDOW, *(int(limit) for limit in own if limit)])

    @cached_property
    def _tokenizer(self) -> PreTrainedTokenizerBase:
        from transformers import AutoTokenizer

        quiet()
        with loading(self._files, device=self._config.device):
            tokenizer: Any = AutoTokenizer.from_pretrained(self._files.location, **self._files.loading_options)
        if not tokenizer.is_fast:
            raise InputError(
                f"The reader {self._files.location!r} has a tokenizer ({type(tokenizer).__name__}) that does not tell "
                f"where its tokens stand in the text. Set {self._files.setting} to a model with a fast tokenizer."
            )
        return tokenizer  # type: ignore[no-any-return]

    @cached_property
    def _model(self) -> PreTrainedModel:
        from transformers import AutoModelForQuestionAnswering

        config, files = self._config, self._files
        quiet()
        with loading(files, device=config.device):
            model, found = AutoModelForQuestionAnswering.from_pretrained(
                files.location, dtype=torch_dtype(config.dtype), output_loading_info=True, **files.loading_options
            )
            if found["missing_keys"]:
                raise InputError(
                    f"The model {files.location!r} has no question-answering head. Set {files.setting} to a model that "
                    "was trained to find answers in a text."
                )
            return model.eval().to(config.device)  # type: ignore[no-any-return]


class FirstNumberReader:
    """A stand-in without a model: the first number of a context answers everything, with log odds of 1."""

    fingerprint = "first-number"

    def read(self, question: str, contexts: Sequence[str]) -> list[Reading]:  # noqa: ARG002
        found = (re.search(r"\d+", context) for context in contexts)
        return [Reading(number.start(), number.end(), 1.0) if number else NOTHING_READ for number in found]


Reader = TrainedReader | SpanReader

READERS: dict[str, Callable[[], SpanReader]] = {FirstNumberReader.fingerprint: FirstNumberReader}


def make_reader(config: ReaderConfig) -> Reader | None:
    """The reader that a configuration names, if it names one. Loads nothing yet."""
    if not config.model:
        return None
    if config.model == BUNDLED:
        return TrainedReader(config)
    if fake := READERS.get(config.model):
        return fake()
    files = ModelFiles.find(config.model, setting="BELEG_READER", revision=config.revision)
    return TransformersReader(files, config)


def load_reader(reader: Reader) -> None:
    """Loads its model now. Raises InputError where it cannot be loaded."""
    if isinstance(reader, TrainedReader):
        reader.read("Beleg", [])
    else:
        reader.read("Beleg", ["Beleg"])


@dataclass(frozen=True, slots=True)
class ReadSpan:
    """What a reader found in a hit: `article.text[start:end]`, within one `sentence`. `score` is the reading's."""

    sentence: Sentence
    start: int
    end: int
    score: float


def read_hits(question: str, hits: Sequence[Hit], reader: SpanReader) -> list[ReadSpan | None]:
    """The best span of each hit, in their order. None where there is none or it does not lie within one sentence."""
    readings = reader.read(question, [hit.text for hit in hits])
    return [_in_article(hit, reading) for hit, reading in zip(hits, readings, strict=True)]


def best_span(offsets: Sequence[tuple[int, int]], start: Logits, end: Logits, no_answer: int) -> Reading:
    """The legal span of the highest `log p(start) + log p(end)`, minus the same of the token `no_answer`.

    The softmax's denominators cancel out, so this is `start_i + end_j - start_no_answer - end_no_answer` (Devlin et al.
    2019, BERT, 4.3). Legal is i <= j < i + 30, both in the context. `offsets` are the tokens' places in the context,
    (0, 0) where they have none; `start` and `end` are logits of shape (len(offsets),).
    """
    within = np.flatnonzero([last > first for first, last in offsets])
    if not within.size:
        return NOTHING_READ
    sums = start[within][:, None].astype(float) + end[within][None, :]
    length = within[None, :] - within[:, None]
    sums[(length < 0) | (length >= MAX_SPAN_TOKENS)] = -math.inf
    i, j = np.unravel_index(int(sums.argmax()), sums.shape)
    first, last = offsets[within[i]][0], offsets[within[j]][1]
    return Reading(first, last, float(sums[i, j]) - float(start[no_answer]) - float(end[no_answer]))


@dataclass(frozen=True, slots=True, eq=False)
class _Window:
    """What the model reads at once: `context` is its number, `offsets` are as in `best_span`."""

    context: int
    inputs: Mapping[str, list[int]]
    offsets: Sequence[tuple[int, int]]
    no_answer: int


def _in_article(hit: Hit, reading: Reading) -> ReadSpan | None:
    if not reading:
        return None
    start, end = hit.passage.start + reading.start, hit.passage.start + reading.end
    sentence = next((s for s in hit.passage.sentences if s.start <= start and end <= s.end), None)
    return ReadSpan(sentence, start, end, reading.score) if sentence else None


def _score(reading: Reading) -> float:
    return reading.score
