"""Models of two layers, made and saved on the spot, so that the real loading code runs without a download."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from transformers import BertConfig

WINDOW = 64
DIMENSIONS = 32
ANSWER = "1912"
RELATIONS = ("entailment", "neutral", "contradiction")

_LETTERS = "abcdefghijklmnopqrstuvwxyzäöüß0123456789"
_WORDS = (ANSWER, "der", "die", "das", "und", "leuchtturm", "brot", "wann", "wurde", "gebaut", "auf", "dem", "kliff")


@dataclass(frozen=True, slots=True)
class TinyModels:
    """Folders with models: an embedder, cross-encoders with one label and three, a reader that knows 1912, a judge.

    `judge` has three labels with names, `three_labels` has none.
    """

    embedder: Path
    cross_encoder: Path
    three_labels: Path
    reader: Path
    judge: Path

    @classmethod
    def make(cls, root: Path) -> TinyModels:
        import torch

        torch.manual_seed(1)
        embedder, one, three, reader = _embedder(root), _classifier(root, 1), _classifier(root, 3), _reader(root)
        return cls(embedder, one, three, reader, relabelled(three, root / "judge", RELATIONS))


def with_prompts(embedder: Path, copy: Path, prompts: Mapping[str, str]) -> Path:
    """A copy of an embedder's folder whose own configuration names prompts."""
    import json
    import shutil

    shutil.copytree(embedder, copy)
    path = copy / "config_sentence_transformers.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"prompts": dict(prompts)}))
    return copy


def relabelled(classifier: Path, copy: Path, names: Sequence[str], *, order: Sequence[int] = (0, 1, 2)) -> Path:
    """A copy of a classifier whose output `i` is that of `order[i]` before, and has the name `names[i]`."""
    import torch
    from transformers import BertForSequenceClassification

    model = BertForSequenceClassification.from_pretrained(classifier)
    model.config.id2label = dict(enumerate(names))
    model.config.label2id = {name: at for at, name in enumerate(names)}
    for name, values in list(model.classifier.named_parameters()):
        setattr(model.classifier, name, torch.nn.Parameter(values[list(order)].detach()))
    model.save_pretrained(copy)
    return _save_tokenizer(copy)


def _embedder(root: Path) -> Path:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertModel

    bare = root / "bare"
    BertModel(_config(spread=0.3)).save_pretrained(bare)
    _save_tokenizer(bare)
    encoder = Transformer(str(bare))
    model = SentenceTransformer(modules=[encoder, Pooling(encoder.get_embedding_dimension())], device="cpu")
    model.save(str(root / "embedder"))
    return root / "embedder"


def _classifier(root: Path, labels: int) -> Path:
    from transformers import BertForSequenceClassification

    folder = root / f"labels-{labels}"
    config = _config(spread=0.5)
    config.num_labels = labels
    BertForSequenceClassification(config).save_pretrained(folder)
    return _save_tokenizer(folder)


def _reader(root: Path) -> Path:
    """One coordinate is the answer's alone, the layers leave it as it is, and the head looks at nothing else."""
    import torch
    from transformers import BertForQuestionAnswering

    model = BertForQuestionAnswering(_config(spread=0.01))
    with torch.no_grad():
        embeddings = model.bert.embeddings.word_embeddings.weight
        embeddings[:, 1:] = torch.randn_like(embeddings[:, 1:])
        embeddings[:, 0] = 0.0
        embeddings[_vocabulary()[ANSWER]] = torch.eye(DIMENSIONS)[0] * 10
        model.qa_outputs.weight.zero_()
        model.qa_outputs.weight[:, 0] = 1.0
    model.save_pretrained(root / "reader")
    return _save_tokenizer(root / "reader")


def _config(*, spread: float) -> BertConfig:
    from transformers import BertConfig

    return BertConfig(
        vocab_size=len(_vocabulary()),
        hidden_size=DIMENSIONS,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=2 * DIMENSIONS,
        max_position_embeddings=WINDOW,
        initializer_range=spread,
    )


def _save_tokenizer(folder: Path) -> Path:
    from transformers import BertTokenizerFast

    vocabulary = folder / "vocab.txt"
    vocabulary.write_text("\n".join(_vocabulary()), encoding="utf-8")
    tokenizer = BertTokenizerFast(str(vocabulary), do_lower_case=True, strip_accents=False, model_max_length=WINDOW)
    tokenizer.save_pretrained(folder)
    return folder


def _vocabulary() -> dict[str, int]:
    marks = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *".,:?!"]
    pieces = [*marks, *_LETTERS, *(f"##{letter}" for letter in _LETTERS), *_WORDS]
    return {piece: number for number, piece in enumerate(pieces)}
