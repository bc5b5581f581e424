"""The packed BERT gives what transformers' own gives with the same numbers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from rag.models.encoder import Encoder
from rag.models.packed import Floats, read_packed_model
from tests.packed_files import EPSILON, FEED_FORWARD, HEADS, HIDDEN, LAYERS, PIECES, POSITIONS, PackedFile, write_packed

NUMBERS = torch.tensor([[0, 13, 15, 6, 2], [0, 14, 2, 1, 1]])
PADDED = NUMBERS == 1


@pytest.fixture
def packed(tmp_path: Path) -> PackedFile:
    return write_packed(tmp_path / "model.bin")


@pytest.fixture
def encoder(packed: PackedFile) -> Encoder:
    encoder = Encoder(read_packed_model(packed.path))
    encoder.run_in(torch.float32)
    return encoder


def _read(encoder: Encoder, numbers: torch.Tensor = NUMBERS) -> Floats:
    with torch.inference_mode():
        return np.asarray(encoder(numbers, numbers == 1).float())


def test_it_computes_what_bert_is_defined_to(packed: PackedFile, encoder: Encoder) -> None:
    with torch.inference_mode():
        expected = _bert(packed)(NUMBERS, attention_mask=(~PADDED).long()).last_hidden_state
    assert _read(encoder)[~PADDED] == pytest.approx(np.asarray(expected)[~PADDED], abs=1e-4)


def test_what_a_text_is_filled_up_with_does_not_count(encoder: Encoder) -> None:
    alone = _read(encoder, NUMBERS[1:, :3])
    assert _read(encoder)[1, :3] == pytest.approx(alone[0], abs=1e-5)


def test_products_in_bfloat16_are_near_and_not_the_same(packed: PackedFile, encoder: Encoder) -> None:
    half = Encoder(read_packed_model(packed.path))
    half.run_in(torch.bfloat16)
    distance = np.abs(_read(half) - _read(encoder))[~PADDED]
    assert 0 < distance.max() < 0.1


def test_it_can_be_trained_before_it_runs(packed: PackedFile) -> None:
    encoder = Encoder(read_packed_model(packed.path))
    encoder(NUMBERS, PADDED)[0, 0].sum().backward()
    assert all(weights.grad is not None for weights in encoder.layers.parameters())


def _bert(packed: PackedFile) -> torch.nn.Module:
    from transformers import BertConfig, BertModel

    config = BertConfig(
        vocab_size=len(PIECES),
        hidden_size=HIDDEN,
        num_hidden_layers=LAYERS,
        num_attention_heads=HEADS,
        intermediate_size=FEED_FORWARD,
        max_position_embeddings=POSITIONS,
        layer_norm_eps=EPSILON,
    )
    model = BertModel(config, add_pooling_layer=False)
    names = {
        "embeddings.word_embeddings.weight": "emb.word",
        "embeddings.position_embeddings.weight": "emb.pos",
        "embeddings.token_type_embeddings.weight": "emb.type",
        "embeddings.LayerNorm.weight": "emb.ln.w",
        "embeddings.LayerNorm.bias": "emb.ln.b",
    }
    parts = {
        "attention.self.query": "q",
        "attention.self.key": "k",
        "attention.self.value": "v",
        "attention.output.dense": "ao",
        "attention.output.LayerNorm": "aln",
        "intermediate.dense": "fi",
        "output.dense": "fo",
        "output.LayerNorm": "oln",
    }
    for layer in range(LAYERS):
        for theirs, ours in parts.items():
            names[f"encoder.layer.{layer}.{theirs}.weight"] = f"l{layer}.{ours}.w"
            names[f"encoder.layer.{layer}.{theirs}.bias"] = f"l{layer}.{ours}.b"
    state = {
        theirs: torch.from_numpy(packed.tensors[ours]).view(model.state_dict()[theirs].shape)
        for theirs, ours in names.items()
    }
    model.load_state_dict(state, strict=False)
    assert {name for name in model.state_dict() if not name.endswith(("position_ids", "token_type_ids"))} == set(names)
    return model.eval()
