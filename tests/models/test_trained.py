"""A model's own tensors in a file: as near as 8 bits are, and refused where they are not what they should be."""

from __future__ import annotations

import struct
from hashlib import sha256
from pathlib import Path

import pytest
import torch

from rag.errors import InputError
from rag.models.trained import Form, TrainedModel, batch, read_trained, write_trained

FORM = Form("judge", first_layer=11, heads={"relation": 3})


@pytest.fixture(scope="module")
def model() -> TrainedModel:
    torch.manual_seed(0)
    return TrainedModel(FORM)


@pytest.fixture
def file(model: TrainedModel, tmp_path: Path) -> Path:
    write_trained(model, tmp_path / "judge.safetensors")
    return tmp_path / "judge.safetensors"


def _logits(model: TrainedModel) -> torch.Tensor:
    numbers, padded = batch([[0, 581, 4003, 2], [0, 581, 2]], padding=model.tokenizer.padding)
    with torch.inference_mode():
        return torch.as_tensor(model.heads["relation"](model(numbers, padded)[:, 0]))


def test_what_is_written_is_read_again_as_near_as_eight_bits_are(model: TrainedModel, file: Path) -> None:
    again = read_trained(file)
    assert again.form == FORM
    for name, tensor in model.own_state().items():
        read = again.own_state()[name]
        assert read.shape == tensor.shape
        step = tensor.abs().amax() / 127 if tensor.ndim == 2 else tensor.abs().amax() / 1024
        assert (read - tensor).abs().max() <= step
    assert torch.allclose(_logits(again), _logits(model), atol=0.05)


def test_only_its_own_layers_and_heads_are_in_the_file(model: TrainedModel, file: Path) -> None:
    assert {name.split(".")[1] for name in model.own_state() if name.startswith("layers")} == {"0"}
    assert file.stat().st_size < 2_000_000


def test_the_digest_is_the_files(model: TrainedModel, tmp_path: Path) -> None:
    digest = write_trained(model, tmp_path / "a")
    assert digest == sha256((tmp_path / "a").read_bytes()).hexdigest()
    assert digest == write_trained(model, tmp_path / "b")
    assert read_trained(tmp_path / "a", digest=digest).form == FORM
    with pytest.raises(InputError, match="not the file that this version knows"):
        read_trained(tmp_path / "a", digest="0" * 64)


def test_a_file_that_is_cut_or_none_is_refused(file: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut"
    cut.write_bytes(file.read_bytes()[:-100])
    other = tmp_path / "other"
    other.write_bytes(b"no model at all")
    for path in (cut, other, tmp_path / "absent"):
        with pytest.raises(InputError, match="no trained model"):
            read_trained(path)


def test_one_of_another_encoder_is_refused(file: Path) -> None:
    data = file.read_bytes()
    (size,) = struct.unpack("<Q", data[:8])
    header = data[8 : 8 + size].replace(b"1571fc98", b"00000000")
    file.write_bytes(data[:8] + header + data[8 + size :])
    with pytest.raises(InputError, match="another encoder"):
        read_trained(file)


def test_a_batch_is_filled_up_to_a_multiple() -> None:
    numbers, padded = batch([[5, 6, 7], [5]], padding=1, step=4)
    assert numbers.tolist() == [[5, 6, 7, 1], [5, 1, 1, 1]]
    assert padded.tolist() == [[False, False, False, True], [False, True, True, True]]
