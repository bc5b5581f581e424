"""A model that reads two texts together, through sentence-transformers: its logits for each pair."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from rag.models.model_files import Dtype, ModelFiles, loading, quiet, torch_dtype

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder


def load_cross_encoder(
    files: ModelFiles, check: Callable[[CrossEncoder, ModelFiles], None], *, device: str, dtype: Dtype, max_length: int
) -> CrossEncoder:
    """The model, loaded now. `max_length` is in tokens of both texts; the model's own limit holds where it is lower.

    `check` raises InputError where it is not of the kind that is needed. Raises InputError where it cannot be loaded.
    """
    from sentence_transformers import CrossEncoder
    from torch.nn import Identity

    quiet()
    with loading(files, device=device):
        model: CrossEncoder = CrossEncoder(
            files.location,
            device=device,
            activation_fn=Identity(),
            model_kwargs={"dtype": torch_dtype(dtype)},
            **files.loading_options,
        )
        check(model, files)
    model.max_seq_length = min(model.max_seq_length or max_length, max_length)
    return model
