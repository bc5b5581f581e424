"""A packed BERT in torch: token numbers -> a vector a token. The table of word pieces stays packed."""

from __future__ import annotations

from typing import Protocol

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from rag.models.packed import Floats, PackedMatrix, PackedModel, Sizes


class Attend(Protocol):
    """Queries, keys and values of shape (texts, heads, tokens, size) -> what each token attends to, of that shape.

    `attn_mask` has shape (texts, 1, 1, tokens), and is false where a token is not to be seen.
    """

    def __call__(self, query: Tensor, key: Tensor, value: Tensor, *, attn_mask: Tensor | None = None) -> Tensor: ...


class PackedTable(nn.Module):
    """Word pieces' vectors: 96 of the model's 118 million numbers, of which a text needs a few rows.

    They stay in the file as 4 bits, mapped, and only the rows that are asked for are read and unpacked.
    """

    def __init__(self, table: PackedMatrix) -> None:
        super().__init__()
        self._table = table

    def forward(self, numbers: Tensor) -> Tensor:
        unique, places = np.unique(numbers.cpu().numpy(), return_inverse=True)
        rows = torch.from_numpy(self._table.rows(unique)).to(numbers.device)
        return rows[torch.from_numpy(places).to(numbers.device)].view(*numbers.shape, -1)


class _Linear(nn.Linear):
    """Not filled at random first: its numbers come from a file. (torch's own way, the meta device, costs a second.)"""

    def reset_parameters(self) -> None: ...


class Layer(nn.Module):
    """Self-attention and a feed-forward network, each added to what it was given and normalised (Devlin et al. 2019).

    Not torch's `TransformerEncoderLayer`: on a CPU its quick path attends without fusion, at half the speed.
    """

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self._heads = sizes.heads
        self.attend: Attend = functional.scaled_dot_product_attention
        self.attention = _Linear(sizes.hidden, 3 * sizes.hidden)
        self.attended = _Linear(sizes.hidden, sizes.hidden)
        self.attention_norm = nn.LayerNorm(sizes.hidden, eps=sizes.epsilon)
        self.wide = _Linear(sizes.hidden, sizes.feed_forward)
        self.narrow = _Linear(sizes.feed_forward, sizes.hidden)
        self.norm = nn.LayerNorm(sizes.hidden, eps=sizes.epsilon)

    def forward(self, tokens: Tensor, mask: Tensor | None) -> Tensor:
        texts, length, hidden = tokens.shape
        parts = self.attention(tokens).view(texts, length, 3, self._heads, -1).permute(2, 0, 3, 1, 4)
        attended = self.attend(parts[0], parts[1], parts[2], attn_mask=mask)
        attended = self.attended(attended.transpose(1, 2).reshape(texts, length, hidden))
        tokens = self.attention_norm(tokens + attended)
        return torch.as_tensor(self.norm(tokens + self.narrow(functional.gelu(self.wide(tokens)))))


class Encoder(nn.Module):
    """`forward(numbers, padded)`: vectors of shape (texts, tokens, hidden) for numbers of shape (texts, tokens).

    `padded` has that shape too, and is true where a text is filled up.
    """

    def __init__(self, packed: PackedModel) -> None:
        super().__init__()
        sizes = packed.sizes
        self.words = PackedTable(packed.matrix("emb.word", columns=sizes.hidden))
        self.positions = nn.Embedding(sizes.positions, sizes.hidden)
        self.norm = nn.LayerNorm(sizes.hidden, eps=sizes.epsilon)
        self.layers = nn.ModuleList(Layer(sizes) for _ in range(sizes.layers))
        self.load_state_dict(_state(packed), assign=True)
        self._dtype = torch.float32

    def run_in(self, dtype: torch.dtype) -> None:
        """To compute with, in no more training. Products are made in that type, sums and normalisations in float32."""
        self.requires_grad_(requires_grad=False).eval()
        self._dtype = dtype
        for module in self.modules():
            if isinstance(module, nn.Linear):
                module.to(dtype)

    def forward(self, numbers: Tensor, padded: Tensor) -> Tensor:
        if self._dtype == torch.float32:  # as its caller has it, who may be training it in another
            return self._read(numbers, padded)
        with torch.autocast(numbers.device.type, dtype=self._dtype):
            return self._read(numbers, padded)

    def _read(self, numbers: Tensor, padded: Tensor) -> Tensor:
        tokens = self.norm(self.words(numbers) + self.positions.weight[: numbers.shape[1]])
        mask = ~padded[:, None, None, :] if bool(padded.any()) else None
        for layer in self.layers:
            tokens = layer(tokens, mask)
        return torch.as_tensor(tokens)


def _state(packed: PackedModel) -> dict[str, Tensor]:
    """The tensors under the encoder's names. All texts are of token type 0, whose vector is in each position's."""
    sizes = packed.sizes
    state: dict[str, Floats] = {
        "positions.weight": packed.vector("emb.pos").reshape(-1, sizes.hidden)
        + packed.vector("emb.type")[: sizes.hidden],
        "norm.weight": packed.vector("emb.ln.w"),
        "norm.bias": packed.vector("emb.ln.b"),
    }
    for number in range(sizes.layers):
        for name, parts, columns in (
            ("attention", "qkv", sizes.hidden),
            ("attended", ("ao",), sizes.hidden),
            ("wide", ("fi",), sizes.hidden),
            ("narrow", ("fo",), sizes.feed_forward),
        ):
            matrices = [packed.matrix(f"l{number}.{part}.w", columns=columns).whole() for part in parts]
            state[f"layers.{number}.{name}.weight"] = np.concatenate(matrices)
            state[f"layers.{number}.{name}.bias"] = np.concatenate(
                [packed.vector(f"l{number}.{part}.b") for part in parts]
            )
        for name, part in (("attention_norm", "aln"), ("norm", "oln")):
            state[f"layers.{number}.{name}.weight"] = packed.vector(f"l{number}.{part}.w")
            state[f"layers.{number}.{name}.bias"] = packed.vector(f"l{number}.{part}.b")
    return {name: torch.from_numpy(np.array(values)) for name, values in state.items()}
